from django.db import migrations, models

import stations.models


class Migration(migrations.Migration):
    dependencies = [("stations", "0003_extra_minutes")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="languages",
            field=models.JSONField(
                default=stations.models.default_languages,
                help_text="Texts are answered in these; the first is for whoever has not shown another.",
                validators=[stations.models.known_languages],
            ),
        ),
    ]
