from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_help_texts"),
        ("orders", "0009_unproven_numbers"),
        ("stations", "0011_order_page_switches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="network",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=24),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ("waiting", "making", "ready")), models.Q(("network", ""), _negated=True)
                ),
                fields=["network"],
                name="open_from_network",
            ),
        ),
    ]
