"""Creates views that count orders by half hours, without stations and channels, for the tables of days and hours.

By station, channel, wait and quarter of an hour, an event that lasts a year has hundreds of thousands of rows. By half
hours and without station and channel it has a third of them. A plain view adds the quarters of an hour, for days and
time zones that do not begin at a half hour."""

from django.db import migrations, models

SQL = [
    """
CREATE MATERIALIZED VIEW reports_halfhour AS
SELECT event_id, half * 2 AS slot, status, waited, promise, sum(orders)::int AS orders, sum(cups)::int AS cups
FROM (SELECT *, slot / 2 AS half FROM reports_ordercount) AS quarters
GROUP BY event_id, half, status, waited, promise
""",
    "CREATE UNIQUE INDEX reports_halfhour_once ON reports_halfhour (event_id, slot, status, waited, promise)",
    """
CREATE VIEW reports_timespan AS
SELECT 2 AS span, event_id, slot, status, waited, promise, orders, cups FROM reports_halfhour
UNION ALL SELECT 1, event_id, slot, status, waited, promise, orders, cups FROM reports_ordercount
""",
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in SQL:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP VIEW reports_timespan")
        schema_editor.execute("DROP MATERIALIZED VIEW reports_halfhour")


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_days")]

    operations = [
        migrations.CreateModel(
            name="TimeCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("making", "Making"),
                            ("ready", "Ready"),
                            ("collected", "Collected"),
                            ("not_collected", "Not collected"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                    ),
                ),
                ("slot", models.IntegerField()),
                ("span", models.IntegerField()),
                ("waited", models.IntegerField()),
                ("promise", models.CharField(max_length=5)),
                ("orders", models.IntegerField()),
                ("cups", models.IntegerField()),
            ],
            options={"db_table": "reports_timespan", "managed": False},
        ),
        migrations.RunPython(create, drop),
    ]
