from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sms", "0013_support_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboundmessage",
            name="unsure_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
