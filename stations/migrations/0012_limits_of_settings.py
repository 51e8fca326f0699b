import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0011_order_page_switches"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="late_after_minutes",
            field=models.PositiveSmallIntegerField(
                default=8,
                help_text="A waiting order turns red on the board.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(240)],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="max_drinks_per_order",
            field=models.PositiveSmallIntegerField(
                default=12,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="max_drinks_per_window",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Drinks accepted within the minutes below; 0 for no limit.",
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(5000),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="max_open_orders",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="How many orders of one customer may be waiting or in the making; 0 for no limit.",
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="put_aside_after_minutes",
            field=models.PositiveSmallIntegerField(
                default=20,
                help_text="Close a ready order as not collected after this time; 0 for never.",
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(1440),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="ready_grace_seconds",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="The ready text is held back this long, so that a tap undone in time sends nothing.",
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(300)],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="remind_after_minutes",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="Text the customer again when a ready order has not been collected; 0 for never.",
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(240)],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="warn_after_minutes",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="A waiting order turns amber on the board.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)],
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="window_minutes",
            field=models.PositiveSmallIntegerField(
                default=15,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(1440),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="station",
            name="baristas",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="How many people make drinks here at the same time. Quoted waits depend on it.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)],
            ),
        ),
        migrations.AlterField(
            model_name="station",
            name="extra_minutes",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Added to every quoted wait, for a slow machine or a new barista.",
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(120)],
            ),
        ),
        migrations.AlterConstraint(
            model_name="station",
            name="station_has_a_barista",
            constraint=models.CheckConstraint(
                condition=models.Q(("baristas__gte", 1)),
                name="station_has_a_barista",
                violation_error_message="Give at least one barista, or close the station while nobody works there.",
            ),
        ),
    ]
