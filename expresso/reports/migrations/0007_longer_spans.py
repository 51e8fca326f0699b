"""Creates views from which a report of a year adds up fewer rows.

They count orders by hours, cups by four weeks, and sent texts by days. The view of customers gets an array with the
times of each customer's orders, from which the customers of any period are counted. It keeps its name and its other
columns, because the previous release reads and refreshes it."""

import django.contrib.postgres.fields
from django.db import migrations, models

#: Numbers of quarters of an hour in an hour, in a day, and in four weeks.
HOUR, DAY, WEEKS = 4, 96, 2688
LONGEST = 60
OUTCOMES = ("orders", "cups", "cancelled", "not_collected", "still_open", "early", "kept", "late")
OF_TIME = f"event_id, slot, {', '.join(OUTCOMES)}, waits"
OF_CUPS = "event_id, slot, status, drink_name, choices, digest, cups"
OF_TEXTS = "event_id, slot, status, texts, sent_segments"

CUSTOMERS_BEFORE = [
    "DROP MATERIALIZED VIEW reports_customercount",
    """
CREATE MATERIALIZED VIEW reports_customercount AS
SELECT event_id, customer_id, count(*)::int AS orders,
  min(floor(extract(epoch FROM placed_at))::bigint / 900) AS first_slot
FROM orders_order WHERE customer_id IS NOT NULL AND NOT practice
GROUP BY event_id, customer_id
""",
]
CUSTOMERS = [
    "DROP MATERIALIZED VIEW reports_customercount",
    """
CREATE MATERIALIZED VIEW reports_customercount AS
SELECT event_id, customer_id, count(*)::int AS orders, min(slot)::bigint AS first_slot,
  array_agg(slot ORDER BY slot) AS slots
FROM (
  SELECT event_id, customer_id, (floor(extract(epoch FROM placed_at))::bigint / 900)::int AS slot
  FROM orders_order WHERE customer_id IS NOT NULL AND NOT practice
) AS placed
GROUP BY event_id, customer_id
""",
]
OF_CUSTOMERS = [
    "CREATE UNIQUE INDEX reports_customercount_once ON reports_customercount (customer_id, event_id)",
    "CREATE INDEX reports_customercount_event ON reports_customercount (event_id, orders)",
]

HOURS = [
    f"""
CREATE MATERIALIZED VIEW reports_timesumshour AS
SELECT event_id, slot / {HOUR} * {HOUR} AS slot, {", ".join(f"sum({name})::int AS {name}" for name in OUTCOMES)},
  ARRAY[{", ".join(f"sum(waits[{n + 1}])::int" for n in range(LONGEST + 1))}] AS waits
FROM reports_timesums GROUP BY event_id, slot / {HOUR}
""",
    "CREATE UNIQUE INDEX reports_timesumshour_once ON reports_timesumshour (event_id, slot)",
    f"""
CREATE VIEW reports_timesumsspan AS
SELECT 1 AS span, {OF_TIME} FROM reports_timesums
UNION ALL SELECT {HOUR}, {OF_TIME} FROM reports_timesumshour
""",
]
CUPS_BEFORE = f"""
CREATE OR REPLACE VIEW reports_cupspan AS
SELECT 1 AS span, {OF_CUPS} FROM reports_cupcount
UNION ALL SELECT {DAY}, {OF_CUPS} FROM reports_cupday
"""
CUPS = [
    f"""
CREATE MATERIALIZED VIEW reports_cupweeks AS
SELECT event_id, weeks * {WEEKS} AS slot, status, drink_name, choices, digest, sum(cups)::int AS cups
FROM (SELECT *, slot / {WEEKS} AS weeks FROM reports_cupday) AS days
GROUP BY event_id, weeks, status, drink_name, choices, digest
""",
    "CREATE UNIQUE INDEX reports_cupweeks_once ON reports_cupweeks (event_id, slot, status, drink_name, digest)",
    f"{CUPS_BEFORE} UNION ALL SELECT {WEEKS}, {OF_CUPS} FROM reports_cupweeks",
]

TEXTS = [
    """
CREATE MATERIALIZED VIEW reports_sentcount AS
SELECT event_id, slot, status, count(*)::int AS texts, sum(segments)::int AS sent_segments
FROM (
  SELECT conversation.event_id, floor(extract(epoch FROM text.created_at))::bigint / 900 AS slot, text.status,
    coalesce(text.segments, 1) AS segments
  FROM sms_outboundmessage AS text JOIN sms_conversation AS conversation ON conversation.id = text.conversation_id
) AS each
GROUP BY event_id, slot, status
""",
    "CREATE UNIQUE INDEX reports_sentcount_once ON reports_sentcount (event_id, slot, status)",
    f"""
CREATE MATERIALIZED VIEW reports_sentday AS
SELECT event_id, day * {DAY} AS slot, status, sum(texts)::int AS texts, sum(sent_segments)::int AS sent_segments
FROM (SELECT *, slot / {DAY} AS day FROM reports_sentcount) AS quarters
GROUP BY event_id, day, status
""",
    "CREATE UNIQUE INDEX reports_sentday_once ON reports_sentday (event_id, slot, status)",
    f"""
CREATE VIEW reports_sentspan AS
SELECT 1 AS span, {OF_TEXTS} FROM reports_sentcount
UNION ALL SELECT {DAY}, {OF_TEXTS} FROM reports_sentday
""",
]

SQL = [*CUSTOMERS, *OF_CUSTOMERS, *HOURS, *CUPS, *TEXTS]
UNDONE = [
    *(f"DROP VIEW reports_{name}" for name in ("sentspan", "timesumsspan", "cupspan")),
    *(f"DROP MATERIALIZED VIEW reports_{name}" for name in ("sentday", "sentcount", "timesumshour", "cupweeks")),
    CUPS_BEFORE,
    *CUSTOMERS_BEFORE,
    *OF_CUSTOMERS,
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in SQL:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in UNDONE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_outcomes"), ("sms", "0022_conversation_of_forgotten")]

    operations = [
        migrations.AddField(
            "customercount",
            "slots",
            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
        ),
        migrations.AddField("timecount", "span", models.IntegerField()),
        migrations.AlterModelTable("timecount", "reports_timesumsspan"),
        migrations.CreateModel(
            name="SentCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot", models.IntegerField()),
                ("span", models.IntegerField()),
                ("status", models.CharField(max_length=16)),
                ("texts", models.IntegerField()),
                ("sent_segments", models.IntegerField()),
            ],
            options={"db_table": "reports_sentspan", "managed": False},
        ),
        migrations.RunPython(create, drop),
    ]
