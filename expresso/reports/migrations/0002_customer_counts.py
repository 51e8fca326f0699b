"""Creates a materialized view of each event's customers on PostgreSQL, so that reports need not read all orders."""

from django.db import migrations, models

SQL = [
    """
CREATE MATERIALIZED VIEW reports_customercount AS
SELECT event_id, customer_id, count(*)::int AS orders,
  min(floor(extract(epoch FROM placed_at))::bigint / 900) AS first_slot
FROM orders_order WHERE customer_id IS NOT NULL AND NOT practice
GROUP BY event_id, customer_id
""",
    # The customer is the first column of the index, because orders at earlier events are looked up by customer.
    "CREATE UNIQUE INDEX reports_customercount_once ON reports_customercount (customer_id, event_id)",
    "CREATE INDEX reports_customercount_event ON reports_customercount (event_id, orders)",
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in SQL:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP MATERIALIZED VIEW reports_customercount")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_views")]

    operations = [
        migrations.CreateModel(
            name="CustomerCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orders", models.IntegerField()),
                ("first_slot", models.IntegerField()),
            ],
            options={"db_table": "reports_customercount", "managed": False},
        ),
        migrations.RunPython(create, drop),
    ]
