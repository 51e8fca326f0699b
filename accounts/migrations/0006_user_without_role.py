from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_members_of_existing_events")]

    operations = [
        # The column itself goes with the next release: until every process runs the new code, the old one reads it.
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("user", "role")]),
    ]
