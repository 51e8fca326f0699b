from django.db import migrations

import accounts.fields
import expresso.api.models


class Migration(migrations.Migration):
    dependencies = [("api", "0004_encrypt_answers")]

    operations = [
        migrations.AlterField(
            model_name="webhook",
            name="secret",
            field=accounts.fields.EncryptedCharField(
                default=expresso.api.models.new_secret, editable=False, max_length=80
            ),
        ),
    ]
