"""Deletes every hour what has expired: sessions, tokens, API answers, tries to sign in, and logos that no event uses.

Tasks, label jobs and webhook deliveries are deleted by their own modules, personal data by `orders.upkeep.erasing`."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from expresso.api.models import SignIn, StoredAnswer
from orders.statuses import OPEN
from sms.models import Subscription
from stations.models import Logo

#: How long the API repeats a stored answer.
ANSWERS = dt.timedelta(hours=24)
#: How long tries to sign in are kept, to explain a lock. They hold people's IP addresses.
SIGN_INS = dt.timedelta(days=30)
#: Push subscriptions of ended orders are deleted at this age.
PUSHED_TO = dt.timedelta(days=1)
#: How long the history on the admin's pages is kept. The audit has the same facts, and stays.
HISTORY = dt.timedelta(days=180)


def clear_expired() -> None:
    now = timezone.now()
    # A session holds its attendee's name, encrypted. So it is deleted even if the attendee does not come back.
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    StoredAnswer.objects.filter(created_at__lt=now - ANSWERS).delete()
    SignIn.objects.filter(expires_at__lt=now).delete()
    for tries in (AccessAttempt, AccessFailureLog, AccessLog):
        tries.objects.filter(attempt_time__lt=now - SIGN_INS).delete()
    LogEntry.objects.filter(action_time__lt=now - HISTORY).delete()
    over = Subscription.objects.exclude(order__status__in=OPEN)
    over.filter(created_at__lt=now - PUSHED_TO).delete()
    Logo.objects.filter(events=None).delete()
