import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSED = "The audit is append-only."
SQLITE = [
    f"""CREATE TRIGGER audit_is_not_{act}d BEFORE {act.upper()} ON accounts_auditentry
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"""
    for act in ("update", "delete")
]
SQLITE_UNDONE = [f"DROP TRIGGER IF EXISTS audit_is_not_{act}d" for act in ("update", "delete")]
POSTGRESQL = [
    f"""CREATE FUNCTION refuse_to_rewrite_the_audit() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{REFUSED}'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_the_audit()""",
]
POSTGRESQL_UNDONE = [
    "DROP TRIGGER IF EXISTS audit_is_append_only ON accounts_auditentry",
    "DROP FUNCTION IF EXISTS refuse_to_rewrite_the_audit()",
]


def guard(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unguard(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_UNDONE, "postgresql": POSTGRESQL_UNDONE})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_encrypt_customers")]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
