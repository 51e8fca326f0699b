from django.db import migrations

from accounts.rotation import encrypt_anew


def encrypt(apps, schema_editor):
    encrypt_anew(apps.get_model("accounts", "Customer"), plain_too=True)
    # Older sessions are stored in plain text, which can no longer be read, so everybody signs in again.
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    # Each row is changed on its own, so that an interrupted run can continue.
    atomic = False
    dependencies = [
        ("accounts", "0007_encrypted_customers"),
        ("sessions", "0001_initial"),
    ]
    operations = [migrations.RunPython(encrypt, elidable=True)]
