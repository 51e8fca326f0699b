"""The organizers' pages are Django's admin, on the events' clocks."""

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

from stations.models import shared_zone

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Backoffice(AdminSite):
    site_title = site_header = "Expresso"
    index_title = "Events, menus, orders and people"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one page to sign in on. Whoever has signed in and may not come here is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Hours are read and typed as they are at the events; the head of each page names their time zone."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def on_event_time(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with timezone.override(shared_zone()):
                response = guarded(request, *args, **kwargs)
                # What is rendered later would be in UTC again.
                return response.render() if isinstance(response, SimpleTemplateResponse) else response

        return cast(View, on_event_time)
