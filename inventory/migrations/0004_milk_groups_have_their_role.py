"""Until now a group was the milks where it was called "Milk"."""

from django.db import migrations


def give_role(apps, schema_editor):
    groups = apps.get_model("inventory", "OptionGroup")
    groups.objects.filter(name__iexact="milk").update(role="milk")


class Migration(migrations.Migration):
    dependencies = [("inventory", "0003_group_role")]

    operations = [migrations.RunPython(give_role, migrations.RunPython.noop)]
