from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_members_of_existing_events")]

    operations = [
        # The next release removes the column itself. Until every process runs the new code, old processes read it.
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("user", "role")]),
    ]
