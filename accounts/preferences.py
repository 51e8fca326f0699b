"""A user's preferences. They are stored with the user, so they apply on every tablet where the user signs in."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import signed_in, user_of
from accounts.models import User

#: The allowed values of each preference. The first value is the default.
CHOICES = {
    "theme": ("", "dark", "light", "system"),
    "sound": ("bell", "knock", "off"),
    "shortcuts": ("on", "off"),
    # Label sizes in millimetres. A continuous roll has only a width.
    "label_size": ("62x29", "57x32", "58", "80", "102x76"),
}


@signed_in
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Store the preferences that the form contains, and leave all other preferences unchanged."""
    chosen = {name: request.POST[name] for name in CHOICES if name in request.POST}
    for name, value in chosen.items():
        if value not in CHOICES[name]:
            return HttpResponseBadRequest(_("There is no such {name}.").format(name=name))
    with transaction.atomic():
        # Lock the row, so that the same person's two tablets do not overwrite each other's preferences.
        user = User.objects.select_for_update().get(pk=user_of(request).pk)
        user.preferences = user.preferences | chosen
        user.save(update_fields=["preferences"])
    return HttpResponse(status=204)
