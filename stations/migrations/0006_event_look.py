import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stations", "0005_ready_orders_followed_up")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="colour",
            field=models.CharField(
                blank=True,
                help_text="Behind the event's name on the wall, the order page and posters, such as #0b6e5f.",
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A#[0-9a-fA-F]{6}\\Z", "Write the colour as # and six digits, such as #0b6e5f."
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="logo_url",
            field=models.CharField(
                blank=True,
                help_text="The address (https) of an image; 200 pixels high are enough.",
                max_length=200,
                validators=[django.core.validators.URLValidator(schemes=["https"])],
                verbose_name="logo URL",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="message",
            field=models.CharField(
                blank=True,
                help_text="A line on the wall and the order page: Keynote at ten, order before.",
                max_length=120,
            ),
        ),
    ]
