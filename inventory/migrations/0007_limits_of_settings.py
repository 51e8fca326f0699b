import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0006_allergens"),
        ("stations", "0012_limits_of_settings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="stock",
            name="low_at",
            field=models.DecimalField(
                decimal_places=2, default=0, max_digits=10, validators=[django.core.validators.MinValueValidator(0)]
            ),
        ),
        migrations.AlterField(
            model_name="stock",
            name="on_hand",
            field=models.DecimalField(
                decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0)]
            ),
        ),
        migrations.AlterConstraint(
            model_name="drink",
            name="drink_takes_time",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gt", 0)),
                name="drink_takes_time",
                violation_error_message="Give more than 0 minutes of work for one cup.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stock",
            name="stock_reserved_not_negative",
            constraint=models.CheckConstraint(
                condition=models.Q(("reserved__gte", 0)),
                name="stock_reserved_not_negative",
                violation_error_message="No less than nothing can be reserved.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="use",
            name="use_is_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="use_is_positive",
                violation_error_message="Give an amount above 0, or remove the row.",
            ),
        ),
    ]
