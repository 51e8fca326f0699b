"""The page of a user's own account: roles, password, and for organizers and admins the authenticator app."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import authenticator
from accounts.access import Right, may, signed_in, user_of
from accounts.models import Authenticator, User, record
from accounts.sign_in import note_refused
from orders.views.posters import code


class OwnPasswordForm(PasswordChangeForm):
    """Form to change one's own password.

    A wrong present password counts as a failed sign-in, and many failed sign-ins lock the account."""

    def __init__(self, user: User, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(user, *args, **kwargs)

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if not is_own_password(self.request, old):
            raise ValidationError(_("This is not your present password."), code="password_incorrect")
        return old


def is_own_password(request: HttpRequest, typed: str) -> bool:
    """Return whether `typed` is the password of the signed-in user. A wrong password counts as a failed sign-in."""
    me = user_of(request)
    if authenticate(request, username=me.get_username(), password=typed) == me:
        return True
    note_refused(me.get_username(), "wrong password on the own account's page")
    return False


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "POST"])
def own_account(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(user_of(request), request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            me = form.save()
            record("own password changed", f"user {me}", by=me)
        # Keep this session. The user's other sessions and sockets end, because each holds a hash of the old password,
        # which is no longer valid.
        update_session_auth_hash(request, me)
        messages.success(request, _("Your password is changed. You are signed out everywhere else."))
        return redirect("account")
    return _account_page(request, form=form)


def locked_account(request: HttpRequest) -> HttpResponse:
    """Show the account's page with status 429, after too many wrong passwords were typed there."""
    return _account_page(request, form=OwnPasswordForm(user_of(request), request=request), locked=True, status=429)


def _account_page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    me = user_of(request)
    roles = me.memberships.select_related("event").filter(event__archived_at=None).order_by("event__name")
    uses_app = authenticator.asks_for_code(me)
    context |= {"roles": roles, "uses_app": uses_app, "may_use_app": uses_app or may(me, Right.MANAGE)}
    return render(request, "accounts/account.html", context, status=status)


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "POST"])
def own_authenticator(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app by a QR code. A user who has the app already can get new backup codes or remove it."""
    me = user_of(request)
    if authenticator.asks_for_code(me):
        return _with_app(request, me)
    if not may(me, Right.MANAGE):
        # Only organizers and admins can add the app. Other staff sign in with cards, which cannot ask for its code.
        raise PermissionDenied
    wrong = ""
    if request.method == "POST":
        if not is_own_password(request, request.POST.get("password", "")):
            wrong = "password"
        elif codes := authenticator.confirm(me, request.POST.get("code", "")):
            return render(request, "accounts/authenticator.html", {"codes": codes})
        else:
            wrong = "code"
    return _page_to_add(request, authenticator.begin(me), wrong=wrong)


def _page_to_add(request: HttpRequest, found: Authenticator, *, wrong: str) -> HttpResponse:
    secret = authenticator.in_base32(found)
    context = {
        "code": code(authenticator.link_for_app(found)),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "wrong": wrong,
    }
    return render(request, "accounts/authenticator.html", context)


def _with_app(request: HttpRequest, me: User) -> HttpResponse:
    """Replace the backup codes or remove the app. Both need a code of the app, to stop a stranger at an open page."""
    wrong = ""
    if request.method == "POST":
        if not authenticator.passes(request, me, request.POST.get("code", "")):
            note_refused(me.get_username(), "wrong code")
            wrong = "code"
        elif request.POST.get("act") == "remove":
            authenticator.remove(me, by=me)
            messages.success(request, _("The authenticator app is removed. Your password alone signs you in."))
            return redirect("account")
        else:
            codes = authenticator.replace_backup_codes(me)
            return render(request, "accounts/authenticator.html", {"codes": codes})
    left = Authenticator.objects.get(user=me).backup_codes.count()
    return render(request, "accounts/authenticator.html", {"added": True, "left": left, "wrong": wrong})
