from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0010_event_countries"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="kiosk_orders",
            field=models.BooleanField(db_default=True, default=True, verbose_name="orders from the kiosk"),
        ),
        migrations.AddField(
            model_name="event",
            name="web_orders",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="Anybody's phone can order there.",
                verbose_name="orders from the order page",
            ),
        ),
    ]
