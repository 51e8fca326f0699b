import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OF_AN_EVENT = [
    ("organizer", "Organizer"),
    ("barista", "Barista"),
    ("support", "Support"),
    ("display", "Display"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_help_texts"),
        ("stations", "0010_event_countries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=OF_AN_EVENT, default="barista", max_length=16)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="stations.event"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["event", "user"]},
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "event"),
                name="one_role_per_event",
                violation_error_message="This person has a role at this event already.",
            ),
        ),
        # The new code writes no role any more. The old code may still run during the update and expects a role.
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(default="barista", db_default="barista", max_length=16),
        ),
    ]
