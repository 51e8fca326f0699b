from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from accounts.access import user_of
from expresso.setup.usual_names import add_usual_names
from stations.admin import EventAdmin
from stations.models import Event

# Hide the table of background tasks, because it would only confuse organizers. The admin page of each text message says
# whether the text was sent.
admin.site.unregister(DBTaskResult)


@admin.action(description=_("Give the drinks their usual names, in every language"), permissions=["change"])
def give_usual_names(events: admin.ModelAdmin[Event], request: HttpRequest, queryset: QuerySet[Event]) -> None:
    for event in queryset:
        events.message_user(request, f"{event}: {add_usual_names(event, by=user_of(request))}.")


# Add the action "give usual names" to the page of events here. `stations.admin` cannot do it, because the app
# `stations` must not import the menu's code.
EventAdmin.actions = [*EventAdmin.actions, give_usual_names]
