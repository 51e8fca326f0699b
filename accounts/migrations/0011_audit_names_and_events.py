from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

audit = import_module("accounts.migrations.0009_audit_append_only")


class Migration(migrations.Migration):
    # The next migration fills in the names, and then protects the table against changes again.
    dependencies = [("accounts", "0010_sign_in_cards"), ("stations", "0012_limits_of_settings")]

    operations = [
        migrations.RunPython(audit.unguard, audit.guard),
        migrations.AddField(
            model_name="auditentry",
            name="by_name",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="As it was at that time.",
                max_length=150,
                verbose_name="user name",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="stations.event",
            ),
        ),
    ]
