from django.db import migrations
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

REFUSED = "Order events are append-only."
#: The reason may change: it is encrypted anew when keys are rotated, and emptied when personal data is erased.
FIXED = "id, order_id, verb, was, status, at, by_id, by_name, requested, key"
ACTS = {"update": f"UPDATE OF {FIXED}", "delete": "DELETE"}
SQLITE = [
    f"""CREATE TRIGGER order_event_is_not_{act}d BEFORE {when} ON orders_orderevent
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"""
    for act, when in ACTS.items()
]
SQLITE_UNDONE = [f"DROP TRIGGER IF EXISTS order_event_is_not_{act}d" for act in ACTS]
POSTGRESQL = [
    f"""CREATE FUNCTION refuse_to_rewrite_order_events() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{REFUSED}'; END $$ LANGUAGE plpgsql""",
    f"""CREATE TRIGGER order_events_are_append_only BEFORE UPDATE OF {FIXED} OR DELETE ON orders_orderevent
    FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_order_events()""",
]
POSTGRESQL_UNDONE = [
    "DROP TRIGGER IF EXISTS order_events_are_append_only ON orders_orderevent",
    "DROP FUNCTION IF EXISTS refuse_to_rewrite_order_events()",
]


def fill(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.filter(pk=OuterRef("by"))
    shown = users.annotate(shown=Coalesce(NullIf("first_name", Value("")), "username"))
    apps.get_model("orders", "OrderEvent").objects.exclude(by=None).update(by_name=Subquery(shown.values("shown")[:1]))


def guard(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unguard(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_UNDONE, "postgresql": POSTGRESQL_UNDONE})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("orders", "0016_event_names"), ("accounts", "0012_name_the_audit")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
