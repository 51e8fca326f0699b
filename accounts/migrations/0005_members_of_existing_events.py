from django.db import migrations


def become_members(apps, schema_editor):
    """Give everybody their former role at every existing event, so that nobody loses a right."""
    User, Event = apps.get_model("accounts", "User"), apps.get_model("stations", "Event")
    Membership = apps.get_model("accounts", "Membership")
    User.objects.filter(role="admin").update(is_superuser=True)
    staff = User.objects.filter(is_superuser=False).values_list("pk", "role")
    events = list(Event.objects.values_list("pk", flat=True))
    Membership.objects.bulk_create(
        (Membership(user_id=user, event_id=event, role=role) for user, role in staff for event in events),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_membership")]

    operations = [migrations.RunPython(become_members, migrations.RunPython.noop, elidable=True)]
