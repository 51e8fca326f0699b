from importlib import import_module

from django.db import migrations
from django.db.models import OuterRef, Subquery

audit = import_module("accounts.migrations.0009_audit_append_only")


def fill(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.filter(pk=OuterRef("by"))
    entries = apps.get_model("accounts", "AuditEntry").objects.exclude(by=None)
    entries.update(by_name=Subquery(users.values("username")[:1]))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_audit_names_and_events")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(audit.guard, audit.unguard),
    ]
