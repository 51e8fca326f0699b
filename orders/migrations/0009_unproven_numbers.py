import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_help_texts"),
        ("orders", "0008_event_requested"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="on_page",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="order",
            name="ready_text_to",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.customer",
            ),
        ),
    ]
