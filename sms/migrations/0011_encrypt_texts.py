from django.db import migrations

from accounts.rotation import encrypt_anew

MODELS = ("Conversation", "InboundMessage", "OutboundMessage", "Ignored", "PushSubscription", "Feedback")


def encrypt(apps, schema_editor):
    for name in MODELS:
        encrypt_anew(apps.get_model("sms", name), plain_too=True)


class Migration(migrations.Migration):
    # Each row is its own step, so that an interrupted run is continued.
    atomic = False
    dependencies = [("sms", "0010_encrypted_texts")]
    operations = [migrations.RunPython(encrypt, elidable=True)]
