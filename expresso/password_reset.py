"""Resetting a password by mail. This is possible only if a mail server is configured (EMAIL_URL)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_tasks import task
from redis.exceptions import RedisError

from accounts.access import client_address
from accounts.models import User, record
from orders.ordering.network_limit import network_of

#: A network gets an answer to at most ASKED_AN_HOUR requests for a mail in an hour. An account gets its next mail at
#: the earliest BETWEEN_MAILS seconds after the last one.
ASKED_AN_HOUR, BETWEEN_MAILS = 20, 300
#: If several accounts have the same mail address, at most this many get a mail.
MOST_ACCOUNTS = 3


class _MailForm(PasswordResetForm):
    """Django's form that mails the link to set a new password.

    It gets the account, and so does not search for accounts by address."""

    def __init__(self, user: User) -> None:
        super().__init__({"email": user.email})
        self.user = user

    def get_users(self, email: str) -> Iterable[User]:
        return [self.user]


@task()
def mail_reset_link(users: list[int]) -> None:
    """Mail each of these accounts a link to set a new password. Each link works once."""
    for user in User.objects.filter(pk__in=users, is_active=True).exclude(email=""):
        form = _MailForm(user)
        if form.is_valid():
            # Build the link from PUBLIC_URL and not from the request's host, because a client can send any host name.
            form.save(
                domain_override=urlsplit(settings.PUBLIC_URL).netloc,
                use_https=settings.HTTPS,
                subject_template_name="accounts/reset_subject.txt",
                email_template_name="accounts/reset_mail.txt",
            )
            record("password reset mailed", f"user {user}", by=None)


@never_cache
@require_http_methods(["GET", "POST"])
def ask_for_reset(request: HttpRequest) -> HttpResponse:
    """Answer every mail address with the same page and in the same time.

    So nobody can find out which addresses have an account."""
    if not settings.SENDS_MAIL:
        return render(request, "accounts/reset.html", {"no_mail": True}, status=404)
    form = PasswordResetForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "accounts/reset.html", {"form": form})
    if _is_one_too_many(f"reset-from-{network_of(client_address(request))}", most=ASKED_AN_HOUR, seconds=3600):
        return render(request, "accounts/reset.html", {"form": form, "too_often": True}, status=429)
    asked = [user.pk for user in form.get_users(form.cleaned_data["email"])][:MOST_ACCOUNTS]
    mailed = [pk for pk in asked if not _is_one_too_many(f"reset-of-{pk}", most=1, seconds=BETWEEN_MAILS)]
    mail_reset_link.enqueue(mailed)
    return render(request, "accounts/reset.html", {"asked": True})


class NewPasswordView(PasswordResetConfirmView):
    """The page that the mailed link opens. A link works only once, because it holds a hash of the old password."""

    template_name = "accounts/new_password.html"
    success_url = reverse_lazy("login")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SENDS_MAIL:
            return render(self.request, "accounts/reset.html", {"no_mail": True}, status=404)
        return super().dispatch(*args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record("password reset by mail", f"user {form.user}", by=form.user)
        messages.success(self.request, _("Your password is changed. Sign in with it."))
        return response


def _is_one_too_many(key: str, *, most: int, seconds: int) -> bool:
    """Count a request under `key`. Return True if this makes more than `most` requests within `seconds`.

    While the cache is down nothing can be counted. The result is False then."""
    try:
        cache.add(key, 0, seconds)
        return bool(cache.incr(key) > most)
    except (RedisError, ValueError):
        # `incr` raises ValueError if the key has expired since `add`.
        return False
