from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0008_printers"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="category_names",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
