from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_group_translations")]

    operations = [
        migrations.AddField(
            model_name="optiongroup",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[("milk", "milk")],
                db_default="",
                help_text="Milks stand first on tickets as coloured chips, and cups with the same milk are made together.",
                max_length=8,
            ),
        ),
    ]
