"""Creates materialized views that count whole days in UTC. A report of a year then adds up a hundredth of the rows.

Each view of days is computed from the view of quarters of an hour. A plain view combines both, and its column `span`
tells their rows apart."""

from django.db import migrations, models

#: Number of quarters of an hour in a day.
DAY = 96

KEPT = {
    "order": ("station_id", "channel", "status", "waited", "promise"),
    "people": ("maker_id", "speaks", "status"),
    "cup": ("status", "drink_name", "choices", "digest"),
    "text": ("intent", "strange", "placed", "replied"),
}
SUMS = {
    "order": {"orders": "int", "cups": "int", "quoted_seconds": "bigint", "true_seconds": "bigint"}
    | {
        f"{status}_{of}": kind
        for status in ("waiting", "making", "ready")
        for of, kind in (("seconds", "bigint"), ("orders", "int"))
    },
    "people": {"orders": "int", "cups": "int", "making_seconds": "bigint", "making_orders": "int"},
    "cup": {"cups": "int"},
    "text": {"texts": "int", "sent_segments": "int", "firsts": "int"},
}
#: Columns of the unique index of each view, without which the view could not be refreshed while it is read. For cups
#: the index has a digest in place of the options, because options can be too long for an index.
UNIQUE = KEPT | {"cup": ("status", "drink_name", "digest")}


def statements_of(name):
    """Return the SQL for a view of days, and for the view that combines quarters and days."""
    kept, sums = ", ".join(KEPT[name]), SUMS[name]
    summed = ", ".join(f"sum({column})::{kind} AS {column}" for column, kind in sums.items())
    columns = f"event_id, slot, {kept}, {', '.join(sums)}"
    day = f"""
CREATE MATERIALIZED VIEW reports_{name}day AS
SELECT event_id, day * {DAY} AS slot, {kept}, {summed}
FROM (SELECT *, slot / {DAY} AS day FROM reports_{name}count) AS quarters
GROUP BY event_id, day, {kept}
"""
    span = f"""
CREATE VIEW reports_{name}span AS
SELECT 1 AS span, {columns} FROM reports_{name}count
UNION ALL SELECT {DAY}, {columns} FROM reports_{name}day
"""
    unique = ", ".join(("event_id", "slot", *UNIQUE[name]))
    return [day, f"CREATE UNIQUE INDEX reports_{name}day_once ON reports_{name}day ({unique})", span]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in KEPT:
            for statement in statements_of(name):
                schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in KEPT:
            schema_editor.execute(f"DROP VIEW reports_{name}span")
            schema_editor.execute(f"DROP MATERIALIZED VIEW reports_{name}day")


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_text_counts")]

    operations = [
        operation
        for name in KEPT
        for operation in (
            migrations.AlterModelTable(f"{name}count", f"reports_{name}span"),
            migrations.AddField(f"{name}count", "span", models.IntegerField()),
        )
    ] + [migrations.RunPython(create, drop)]
