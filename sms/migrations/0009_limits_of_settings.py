from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sms", "0008_push"),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="sender",
            name="sender_has_a_rate",
            constraint=models.CheckConstraint(
                condition=models.Q(("segments_per_second__gt", 0)),
                name="sender_has_a_rate",
                violation_error_message="Give a rate above 0 segments a second.",
            ),
        ),
    ]
