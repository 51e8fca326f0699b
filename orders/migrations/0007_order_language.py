from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0006_label_jobs"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="language",
            field=models.CharField(blank=True, help_text="Of the page it was ordered on.", max_length=8),
        ),
    ]
