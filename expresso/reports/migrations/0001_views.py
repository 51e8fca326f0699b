"""Creates materialized views on PostgreSQL that count orders and cups. On SQLite, reports count single orders.

Each view has a unique index. Without one, PostgreSQL could not refresh the view while it is read."""

from django.db import migrations, models

ORDERS = """
CREATE MATERIALIZED VIEW reports_ordercount AS
SELECT event_id, station_id, channel, status, slot, waited, promise,
  count(*)::int AS orders, sum(cups)::int AS cups,
  sum(CASE WHEN promise <> '' THEN quoted ELSE 0 END)::bigint AS quoted_seconds,
  sum(CASE WHEN promise <> '' THEN took ELSE 0 END)::bigint AS true_seconds,
  coalesce(sum(waiting), 0)::bigint AS waiting_seconds, count(waiting)::int AS waiting_orders,
  coalesce(sum(making), 0)::bigint AS making_seconds, count(making)::int AS making_orders,
  coalesce(sum(ready), 0)::bigint AS ready_seconds, count(ready)::int AS ready_orders
FROM (
  SELECT event_id, station_id, channel, status, cups, placed / 900 AS slot,
    quoted - placed AS quoted, ready_at - placed AS took,
    CASE WHEN ready_at IS NULL THEN -1 ELSE least(60, greatest(0, (ready_at - placed) / 60)) END AS waited,
    promise,
    coalesce(started, ready_at, closed) - placed AS waiting,
    coalesce(ready_at, closed) - started AS making,
    closed - ready_at AS ready
  FROM (
    SELECT event_id, station_id, channel, status, cups,
      floor(extract(epoch FROM placed_at))::bigint AS placed,
      floor(extract(epoch FROM started_at))::bigint AS started,
      floor(extract(epoch FROM ready_at))::bigint AS ready_at,
      floor(extract(epoch FROM closed_at))::bigint AS closed,
      floor(extract(epoch FROM quoted_to))::bigint AS quoted,
      CASE
        WHEN ready_at IS NULL OR quoted_from IS NULL OR quoted_to IS NULL THEN ''
        WHEN ready_at < quoted_from THEN 'early'
        WHEN ready_at <= quoted_to THEN 'kept'
        ELSE 'late'
      END AS promise
    FROM orders_order WHERE NOT practice
  ) AS moments
) AS spans
GROUP BY event_id, station_id, channel, status, slot, waited, promise
"""

PEOPLE = """
CREATE MATERIALIZED VIEW reports_peoplecount AS
SELECT event_id, maker_id, speaks, status, slot,
  count(*)::int AS orders, sum(cups)::int AS cups,
  coalesce(sum(making), 0)::bigint AS making_seconds, count(making)::int AS making_orders
FROM (
  SELECT placed.event_id, placed.maker_id, placed.status, placed.cups,
    coalesce(nullif(placed.language, ''), customer.language, '') AS speaks,
    floor(extract(epoch FROM placed.placed_at))::bigint / 900 AS slot,
    floor(extract(epoch FROM coalesce(placed.ready_at, placed.closed_at)))::bigint
      - floor(extract(epoch FROM placed.started_at))::bigint AS making
  FROM orders_order AS placed LEFT JOIN accounts_customer AS customer ON customer.id = placed.customer_id
  WHERE NOT placed.practice
) AS spans
GROUP BY event_id, maker_id, speaks, status, slot
"""

# The index contains a digest of the options, because the options themselves can be too long for an index.
CUPS = """
CREATE MATERIALIZED VIEW reports_cupcount AS
SELECT placed.event_id, floor(extract(epoch FROM placed.placed_at))::bigint / 900 AS slot, placed.status,
  item.drink_name, item.choices, md5(item.choices::text) AS digest, sum(item.quantity)::int AS cups
FROM orders_orderitem AS item JOIN orders_order AS placed ON placed.id = item.order_id
WHERE NOT placed.practice
GROUP BY placed.event_id, slot, placed.status, item.drink_name, item.choices
"""

SQL = [
    ORDERS,
    "CREATE UNIQUE INDEX reports_ordercount_once"
    " ON reports_ordercount (event_id, slot, station_id, channel, status, waited, promise)",
    PEOPLE,
    "CREATE UNIQUE INDEX reports_peoplecount_once ON reports_peoplecount (event_id, slot, maker_id, speaks, status)",
    CUPS,
    "CREATE UNIQUE INDEX reports_cupcount_once ON reports_cupcount (event_id, slot, status, drink_name, digest)",
]
UNDONE = [f"DROP MATERIALIZED VIEW reports_{name}" for name in ("cupcount", "peoplecount", "ordercount")]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in SQL:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in UNDONE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0009_audit_append_only"),
        ("orders", "0013_practice"),
    ]

    operations = [
        migrations.CreateModel(
            name="CupCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot", models.IntegerField()),
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
                ("drink_name", models.CharField(max_length=40)),
                ("choices", models.JSONField()),
                ("cups", models.IntegerField()),
            ],
            options={
                "db_table": "reports_cupcount",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="OrderCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("sms", "SMS"),
                            ("whatsapp", "WhatsApp"),
                            ("web", "Web page"),
                            ("kiosk", "Kiosk"),
                            ("walk_in", "Walk-in"),
                            ("api", "API"),
                        ],
                        max_length=8,
                    ),
                ),
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
                ("waited", models.IntegerField()),
                ("promise", models.CharField(max_length=5)),
                ("orders", models.IntegerField()),
                ("cups", models.IntegerField()),
                ("quoted_seconds", models.BigIntegerField()),
                ("true_seconds", models.BigIntegerField()),
                ("waiting_seconds", models.BigIntegerField()),
                ("waiting_orders", models.IntegerField()),
                ("making_seconds", models.BigIntegerField()),
                ("making_orders", models.IntegerField()),
                ("ready_seconds", models.BigIntegerField()),
                ("ready_orders", models.IntegerField()),
            ],
            options={
                "db_table": "reports_ordercount",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PeopleCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("speaks", models.CharField(max_length=8)),
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
                ("orders", models.IntegerField()),
                ("cups", models.IntegerField()),
                ("making_seconds", models.BigIntegerField()),
                ("making_orders", models.IntegerField()),
            ],
            options={
                "db_table": "reports_peoplecount",
                "managed": False,
            },
        ),
        migrations.RunPython(create, drop),
    ]
