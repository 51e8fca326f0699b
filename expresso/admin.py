from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from accounts.access import user_of
from expresso.setup.usual_names import add_usual_names
from stations.admin import EventAdmin
from stations.models import Event

# The admin page of a text says whether it was sent, so the table of background tasks would only confuse organizers.
admin.site.unregister(DBTaskResult)


@admin.action(description=_("Give the drinks their usual names, in every language"), permissions=["change"])
def give_usual_names(events: admin.ModelAdmin[Event], request: HttpRequest, queryset: QuerySet[Event]) -> None:
    for event in queryset:
        events.message_user(request, f"{event}: {add_usual_names(event, by=user_of(request))}.")


# `stations` does not know about menus, so the action is added here.
EventAdmin.actions = [*EventAdmin.actions, give_usual_names]
