"""Creates a materialized view of each event's texts on PostgreSQL, so that reports need not count single texts."""

from django.db import migrations, models

SQL = [
    """
CREATE MATERIALIZED VIEW reports_textcount AS
SELECT event_id, slot, intent, strange, placed, replied, count(*)::int AS texts, sum(segments)::int AS sent_segments,
  count(*) FILTER (WHERE id = first)::int AS firsts
FROM (
  SELECT conversation.event_id, floor(extract(epoch FROM text.received_at))::bigint / 900 AS slot, text.intent,
    text.unknown <> '[]' AS strange, text.order_id IS NOT NULL AS placed, text.reply <> '' AS replied,
    coalesce(text.segments, 1) AS segments, text.id,
    min(text.id) FILTER (WHERE text.intent NOT IN ('ignored', 'feedback', 'answer'))
      OVER (PARTITION BY text.conversation_id) AS first
  FROM sms_inboundmessage AS text JOIN sms_conversation AS conversation ON conversation.id = text.conversation_id
) AS each
GROUP BY event_id, slot, intent, strange, placed, replied
""",
    "CREATE UNIQUE INDEX reports_textcount_once ON reports_textcount"
    " (event_id, slot, intent, strange, placed, replied)",
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in SQL:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP MATERIALIZED VIEW reports_textcount")


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_customer_counts"), ("sms", "0017_frequent_questions")]

    operations = [
        migrations.CreateModel(
            name="TextCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot", models.IntegerField()),
                ("intent", models.CharField(max_length=16)),
                ("strange", models.BooleanField()),
                ("placed", models.BooleanField()),
                ("replied", models.BooleanField()),
                ("texts", models.IntegerField()),
                ("sent_segments", models.IntegerField()),
                ("firsts", models.IntegerField()),
            ],
            options={"db_table": "reports_textcount", "managed": False},
        ),
        migrations.RunPython(create, drop),
    ]
