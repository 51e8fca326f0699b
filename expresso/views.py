from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allowed
from stations.models import Event


@allowed(lambda user: user.is_active)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where to go, by role."""
    events = Event.objects.prefetch_related("stations")
    return render(request, "home.html", {"events": events, "simulator": settings.SIMULATOR})
