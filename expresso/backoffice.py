"""Django's admin with Expresso's sign-in page and the time zone of the events."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.access import Right, may, user_of
from stations.models import shared_zone

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Backoffice(AdminSite):
    site_title = site_header = "Expresso"
    index_title = "Events, menus, orders and people"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in admins, and organizers of any event; each page shows an organizer their own events only."""
        return may(user_of(request), Right.MANAGE)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Redirect to the site's own sign-in page; refuse somebody who has signed in but may not use the admin."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Show and read times in the events' time zone, which the head of each page names."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def on_event_time(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with timezone.override(shared_zone()):
                response = guarded(request, *args, **kwargs)
                # A response that is rendered after this block would show UTC again.
                return response.render() if isinstance(response, SimpleTemplateResponse) else response

        return cast(View, on_event_time)
