from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sms", "0002_words_not_understood")]

    operations = [
        migrations.AlterField(
            model_name="outboundmessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ready", "Ready"),
                    ("cancelled", "Cancelled"),
                    ("granted", "Wish granted"),
                    ("declined", "Wish declined"),
                ],
                max_length=16,
            ),
        ),
    ]
