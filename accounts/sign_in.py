"""Signing in and out on the pages. The audit names accounts only: a typed name may be a password, or anybody's name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse

from accounts.audit import record_refusal
from accounts.known_devices import remember
from accounts.models import User, record


def note_refused(username: str, why: str) -> None:
    """Record a failed sign-in, where an account has that name."""
    if user := User.objects.filter(username=username[:150].replace("\0", "")).first():
        record_refusal("sign-in refused", f"user {user}", user=user, why=why)


class SignInView(LoginView):
    template_name = "accounts/login.html"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        remember(self.request, response, user.get_username())
        record("signed in", f"user {user}", by=user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        note_refused(form.data.get("username", ""), "wrong password")
        return super().form_invalid(form)


class SignOutView(LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if isinstance(request.user, User):
            record("signed out", f"user {request.user}", by=request.user)
        return super().post(request, *args, **kwargs)
