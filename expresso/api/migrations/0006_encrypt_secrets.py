from django.db import migrations

from accounts.rotation import encrypt_anew


def encrypt(apps, schema_editor):
    encrypt_anew(apps.get_model("api", "Webhook"), plain_too=True)


class Migration(migrations.Migration):
    # Each row is committed by itself, so an interrupted run can be continued.
    atomic = False
    dependencies = [("api", "0005_encrypted_secrets")]
    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop, elidable=True)]
