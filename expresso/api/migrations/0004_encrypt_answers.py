from django.db import migrations

from accounts.rotation import encrypt_anew


def encrypt(apps, schema_editor):
    encrypt_anew(apps.get_model("api", "StoredAnswer"), plain_too=True)


class Migration(migrations.Migration):
    # Each row is committed by itself, so an interrupted run can be continued.
    atomic = False
    dependencies = [("api", "0003_encrypted_answers")]
    operations = [migrations.RunPython(encrypt, elidable=True)]
