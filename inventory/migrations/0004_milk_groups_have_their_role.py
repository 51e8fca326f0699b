"""Gives the role "milk" to groups with the name "Milk", which marked the milks until now."""

from django.db import migrations


def give_role(apps, schema_editor):
    groups = apps.get_model("inventory", "OptionGroup")
    groups.objects.filter(name__iexact="milk").update(role="milk")


class Migration(migrations.Migration):
    dependencies = [("inventory", "0003_group_role")]

    operations = [migrations.RunPython(give_role, migrations.RunPython.noop)]
