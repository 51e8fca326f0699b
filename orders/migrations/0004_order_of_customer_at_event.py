from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_maker_vip_made")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["customer", "event", "-placed_at"], name="order_of_customer_at_event"),
        ),
        migrations.RemoveIndex(model_name="order", name="order_of_customer"),
    ]
