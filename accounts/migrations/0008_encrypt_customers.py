from django.db import migrations

from accounts.rotation import encrypt_anew


def encrypt(apps, schema_editor):
    encrypt_anew(apps.get_model("accounts", "Customer"), plain_too=True)
    # Sessions from before are stored in plain text, which can no longer be read: everybody signs in again.
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    # Each row is its own step, so that an interrupted run is continued.
    atomic = False
    dependencies = [
        ("accounts", "0007_encrypted_customers"),
        ("sessions", "0001_initial"),
    ]
    operations = [migrations.RunPython(encrypt, elidable=True)]
