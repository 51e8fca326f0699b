import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0004_milk_groups_have_their_role"),
    ]

    operations = [
        migrations.AlterField(
            model_name="cannotmake",
            name="until",
            field=models.DateTimeField(blank=True, help_text="Empty: until somebody removes this entry.", null=True),
        ),
        migrations.AlterField(
            model_name="drink",
            name="aliases",
            field=models.JSONField(blank=True, default=list, help_text="Other words that customers may text for it."),
        ),
        migrations.AlterField(
            model_name="drink",
            name="defaults",
            field=models.ManyToManyField(
                blank=True,
                help_text="Made for this drink when the order does not say which; overrides the group's default.",
                related_name="+",
                to="inventory.option",
            ),
        ),
        migrations.AlterField(
            model_name="drink",
            name="minutes",
            field=models.DecimalField(
                decimal_places=1,
                default=1,
                help_text="Minutes of work for one cup; waits are computed from it.",
                max_digits=4,
            ),
        ),
        migrations.AlterField(
            model_name="ingredient",
            name="unit",
            field=models.CharField(help_text="Such as ml, g or pcs.", max_length=12),
        ),
        migrations.AlterField(
            model_name="option",
            name="aliases",
            field=models.JSONField(blank=True, default=list, help_text="Other words that customers may text for it."),
        ),
        migrations.AlterField(
            model_name="option",
            name="translations",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Words by language, such as de: Hafer, Hafermilch. Pages and texts show the first one.",
            ),
        ),
        migrations.AlterField(
            model_name="optiongroup",
            name="aliases",
            field=models.JSONField(
                blank=True, default=list, help_text="Words for the whole group, such as milks or toppings."
            ),
        ),
        migrations.AlterField(
            model_name="optiongroup",
            name="amounts",
            field=models.BooleanField(default=False, help_text="Customers can order an amount: 2, no, light, extra."),
        ),
        migrations.AlterField(
            model_name="optiongroup",
            name="ask",
            field=models.BooleanField(default=False, help_text="Ask the customer when the order does not say which."),
        ),
        migrations.AlterField(
            model_name="optiongroup",
            name="default",
            field=models.ForeignKey(
                blank=True,
                help_text="Made when the order does not say which.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="inventory.option",
            ),
        ),
        migrations.AlterField(
            model_name="optiongroup",
            name="retired_at",
            field=models.DateTimeField(
                blank=True, help_text="Off the menu since then. Old orders still show it.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="stock",
            name="reserved",
            field=models.DecimalField(
                decimal_places=2, default=0, help_text="Reserved for orders that are not made yet.", max_digits=10
            ),
        ),
        migrations.AlterField(
            model_name="use",
            name="option",
            field=models.ForeignKey(
                blank=True,
                help_text="Also counts when the option is made by default.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="uses",
                to="inventory.option",
            ),
        ),
    ]
