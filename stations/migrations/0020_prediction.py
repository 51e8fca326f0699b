from django.db import migrations, models

import stations.features


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0019_payments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="features",
            field=models.JSONField(
                blank=True,
                db_default=models.Value(["order_for_later", "prediction"], models.JSONField()),
                default=stations.features.default_features,
                validators=[stations.features.known_features],
            ),
        ),
    ]
