"""Creates materialized views in which the numbers of orders by their wait are an array.

One view has a row for each quarter of an hour, another a row for each station, channel and day. With a row for each
wait and outcome, an event that lasts a year had hundreds of thousands of rows, and a report took more than a second to
add them up. The older views of half hours and days stay for the previous release, whose worker still refreshes them."""

import django.contrib.postgres.fields
from django.db import migrations, models

#: Number of quarters of an hour in a day, and the longest counted wait in minutes, which stands for an hour or more.
DAY, LONGEST = 96, 60

TIMES = {f"{name}_seconds": "bigint" for name in ("quoted", "true", "waiting", "making", "ready")} | {
    f"{name}_orders": "int" for name in ("waiting", "making", "ready")
}
#: SQL of each sum, over orders that have the same status and the same outcome of the quoted wait.
OUTCOMES = {
    "orders": "orders",
    "cups": "CASE WHEN status = 'cancelled' THEN 0 ELSE cups END",
    "cancelled": "CASE WHEN status = 'cancelled' THEN orders ELSE 0 END",
    "not_collected": "CASE WHEN status = 'not_collected' THEN orders ELSE 0 END",
    "still_open": "CASE WHEN status IN ('waiting', 'making', 'ready') THEN orders ELSE 0 END",
    "early": "CASE WHEN promise = 'early' THEN orders ELSE 0 END",
    "kept": "CASE WHEN promise = 'kept' THEN orders ELSE 0 END",
    "late": "CASE WHEN promise = 'late' THEN orders ELSE 0 END",
}
NAMES = ", ".join((*OUTCOMES, "waits"))
WAITS = ", ".join(f"coalesce(sum(orders) FILTER (WHERE waited = {n}), 0)::int" for n in range(LONGEST + 1))
SUMS = ", ".join(f"sum({sql})::int AS {name}" for name, sql in OUTCOMES.items())
SUMMED = ", ".join(f"sum({name})::int AS {name}" for name in OUTCOMES)
TIMES_SUMMED = ", ".join(f"sum({name})::{kind} AS {name}" for name, kind in TIMES.items())
#: Rows with the same wait are added up first, so that fewer rows have to be compared with all 61 waits.
SQL = [
    f"""
CREATE MATERIALIZED VIEW reports_timesums AS
SELECT event_id, slot, {SUMMED}, ARRAY[{WAITS}] AS waits
FROM (SELECT event_id, slot, waited, {SUMS} FROM reports_ordercount GROUP BY event_id, slot, waited) AS waited
GROUP BY event_id, slot
""",
    "CREATE UNIQUE INDEX reports_timesums_once ON reports_timesums (event_id, slot)",
    f"""
CREATE MATERIALIZED VIEW reports_ordersumsday AS
SELECT event_id, day * {DAY} AS slot, station_id, channel, {SUMMED}, {TIMES_SUMMED}, ARRAY[{WAITS}] AS waits
FROM (
  SELECT event_id, slot / {DAY} AS day, station_id, channel, waited, {SUMS}, {TIMES_SUMMED}
  FROM reports_ordercount GROUP BY event_id, slot / {DAY}, station_id, channel, waited
) AS waited
GROUP BY event_id, day, station_id, channel
""",
    "CREATE UNIQUE INDEX reports_ordersumsday_once ON reports_ordersumsday (event_id, slot, station_id, channel)",
    f"""
CREATE VIEW reports_ordersums AS
SELECT {DAY} AS span, event_id, slot, station_id, channel, {NAMES}, {", ".join(TIMES)} FROM reports_ordersumsday
UNION ALL SELECT 1, event_id, slot, station_id, channel, {", ".join(OUTCOMES.values())},
  CASE WHEN waited < 0 THEN array_fill(0, ARRAY[{LONGEST + 1}])
  ELSE array_fill(0, ARRAY[waited::int]) || orders || array_fill(0, ARRAY[{LONGEST} - waited::int]) END, {", ".join(TIMES)}
FROM reports_ordercount
""",
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in SQL:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP VIEW reports_ordersums")
        for name in ("ordersumsday", "timesums"):
            schema_editor.execute(f"DROP MATERIALIZED VIEW reports_{name}")


OUTCOME_FIELDS = ("cancelled", "not_collected", "still_open", "early", "kept", "late")


def operations_of(model, table, gone):
    waits = django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)
    return [
        *(migrations.RemoveField(model, name) for name in gone),
        *(migrations.AddField(model, name, models.IntegerField()) for name in OUTCOME_FIELDS),
        migrations.AddField(model, "waits", waits),
        migrations.AlterModelTable(model, table),
    ]


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_half_hours")]

    operations = [
        *operations_of("ordercount", "reports_ordersums", ("status", "waited", "promise")),
        *operations_of("timecount", "reports_timesums", ("status", "waited", "promise", "span")),
        migrations.RunPython(create, drop),
    ]
