import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0022_put_first"),
        ("sms", "0018_payment_texts"),
    ]

    operations = [
        # The table keeps its name: the release before uses it while this one starts.
        migrations.AlterModelTable(name="pushsubscription", table="sms_pushsubscription"),
        migrations.RenameModel(old_name="PushSubscription", new_name="Subscription"),
        migrations.AlterField(
            model_name="subscription",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="orders.order"
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="is_first",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("subscription__isnull", True)),
                fields=("cause", "kind", "conversation"),
                name="fact_texted_once",
            ),
        ),
        migrations.RemoveConstraint(model_name="outboundmessage", name="fact_told_once"),
    ]
