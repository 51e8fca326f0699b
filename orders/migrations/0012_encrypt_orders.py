from django.db import migrations

from accounts.rotation import encrypt_anew


def encrypt(apps, schema_editor):
    for name in ("Order", "OrderItem", "OrderEvent", "Message"):
        encrypt_anew(apps.get_model("orders", name), plain_too=True)


class Migration(migrations.Migration):
    # Each row is saved separately, so that a run that was interrupted can go on.
    atomic = False
    dependencies = [("orders", "0011_encrypted_orders")]
    operations = [migrations.RunPython(encrypt, elidable=True)]
