"""Deletes expired rows every hour: sessions, tokens, stored API answers, sign-in attempts, logos that no event uses.

Other modules delete background tasks, label jobs and webhook deliveries. `orders.upkeep.erasing` deletes personal
data."""

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

#: How long an answer of the API is stored, to be repeated when a client sends the same request again.
ANSWERS = dt.timedelta(hours=24)
#: How long sign-in attempts are kept, so that a lock can be explained. They contain IP addresses.
SIGN_INS = dt.timedelta(days=30)
#: Push subscriptions of orders that have ended are deleted at this age.
PUSHED_TO = dt.timedelta(days=1)
#: How long Django's history of changes in the admin is kept. The audit log records the same changes and is not deleted.
HISTORY = dt.timedelta(days=180)


def clear_expired() -> None:
    now = timezone.now()
    # Delete expired sessions even if the attendee never comes back, because a session holds the attendee's name
    # (encrypted).
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    StoredAnswer.objects.filter(created_at__lt=now - ANSWERS).delete()
    SignIn.objects.filter(expires_at__lt=now).delete()
    for tries in (AccessAttempt, AccessFailureLog, AccessLog):
        tries.objects.filter(attempt_time__lt=now - SIGN_INS).delete()
    LogEntry.objects.filter(action_time__lt=now - HISTORY).delete()
    over = Subscription.objects.exclude(order__status__in=OPEN)
    over.filter(created_at__lt=now - PUSHED_TO).delete()
    Logo.objects.filter(events=None).delete()
