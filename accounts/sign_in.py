"""Views to sign in and out. The audit log gets only names of existing accounts, because other typed names could be
passwords."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from accounts import authenticator
from accounts.audit import record_once_a_minute
from accounts.known_devices import remember
from accounts.models import User, record

#: Under this key the session stores which user has given the right password and still has to give a code.
_PENDING = "sign-in without code"
#: Seconds that a user has to enter the code.
PATIENCE = 300
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def note_refused(username: str, why: str) -> None:
    """Write a failed sign-in to the audit log, if there is an account with this name."""
    if user := User.objects.filter(username=username[:150].replace("\0", "")).first():
        record_once_a_minute("sign-in refused", f"user {user}", user=user, why=why)


class SignInView(LoginView):
    template_name = "accounts/login.html"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        if isinstance(user, User) and authenticator.asks_for_code(user):
            self.request.session[_PENDING] = [user.pk, user.get_session_auth_hash(), int(time.time())]
            wanted = urlencode({"next": self.get_redirect_url()}) if self.get_redirect_url() else ""
            return redirect(f"{reverse('code')}?{wanted}".rstrip("?"))
        response = super().form_valid(form)
        remember(self.request, response, user.get_username())
        record("signed in", f"user {user}", by=user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        note_refused(form.data.get("username", ""), "wrong password")
        return super().form_invalid(form)


@method_decorator(never_cache, name="dispatch")
class CodeView(RedirectURLMixin, TemplateView):
    """The second step of a sign-in, which asks for a code of the authenticator app or a backup code."""

    template_name = "accounts/code.html"
    next_page = "home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"is_over": _pending(self.request) is None, "next": self.get_redirect_url()}
        return super().get_context_data(**context | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = _pending(request)
        if user is None:
            return self.render_to_response(self.get_context_data())
        if not authenticator.passes(request, user, request.POST.get("code", "")):
            note_refused(user.get_username(), "wrong code")
            return self.render_to_response(self.get_context_data(wrong=True))
        del request.session[_PENDING]
        login(request, user, backend=_BACKEND)
        response = redirect(self.get_success_url())
        remember(request, response, user.get_username(), authenticator.codes_of(user))
        record("signed in", f"user {user}", by=user, by_way_of="password and code")
        return response


def _pending(request: HttpRequest) -> User | None:
    """Return the user who still has to give a code, or None if there is none.

    The user has to start again after `PATIENCE` seconds, or if the password was changed or the account made
    inactive."""
    pk, fit, begun_at = request.session.get(_PENDING) or (0, "", 0)
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or time.time() - begun_at > PATIENCE:
        return None
    return user if constant_time_compare(fit, user.get_session_auth_hash()) else None


class SignOutView(LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if isinstance(request.user, User):
            record("signed out", f"user {request.user}", by=request.user)
        return super().post(request, *args, **kwargs)
