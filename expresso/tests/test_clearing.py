"""Tests that no table grows without limit: each one is either cleared by a rule or listed here as kept."""

from __future__ import annotations

import datetime as dt

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from expresso.api.models import SignIn, StoredAnswer
from expresso.clearing import clear_expired
from orders import lifecycle
from orders.tests import factory
from sms import rounds
from sms.models import Subscription

pytestmark = pytest.mark.django_db

#: Tables from which old rows are deleted, by `expresso.clearing`, the workers of `sms` and `orders.printing`, or
#: `expresso.api.webhooks`.
CLEARED = {
    *("sessions.Session", "api.StoredAnswer", "api.SignIn", "sms.Subscription"),
    *("axes.AccessAttempt", "axes.AccessAttemptExpiration", "axes.AccessFailureLog", "axes.AccessLog"),
    *("django_tasks_database.DBTaskResult", "orders.LabelJob", "api.WebhookDelivery", "facts.Fact", "stations.Logo"),
}
#: Tables that organizers fill when they set up an event. They grow only with the number of events.
SET_UP = {
    *(
        "stations.Event",
        "stations.Station",
        "stations.Shift",
        "stations.Printer",
        "sms.Sender",
        "sms.Wording",
        "sms.FrequentQuestion",
    ),
    *("inventory.OptionGroup", "inventory.Option", "inventory.Drink", "inventory.CannotMake", "inventory.Ingredient"),
    *("inventory.Use", "inventory.Stock", "inventory.Drink_groups", "inventory.Drink_defaults", "api.ApiKey"),
    *("api.Webhook", "accounts.User", "accounts.User_groups", "accounts.User_user_permissions", "accounts.Membership"),
    *("accounts.SignInCard", "accounts.Authenticator", "accounts.BackupCode"),
    *("planner.EventPlan", "planner.PlannedBreak", "facts.RelayTurn"),
    *("auth.Group", "auth.Group_permissions", "auth.Permission", "contenttypes.ContentType", "sms.Ignored"),
}
#: Records that are kept for reports and later questions. Personal data in them is erased after some time, or when the
#: customer texts FORGET.
RECORDS = {
    *("orders.Order", "orders.OrderItem", "orders.OrderEvent", "orders.Message", "accounts.Customer"),
    *("sms.Conversation", "sms.InboundMessage", "sms.OutboundMessage", "sms.Feedback", "sms.Broadcast"),
    *("accounts.AuditEntry", "admin.LogEntry", "payments.Payment"),
}


def test_every_table_is_cleared_or_known_to_be_kept() -> None:
    tables = {model._meta.label for model in apps.get_models(include_auto_created=True) if model._meta.managed}

    assert tables - CLEARED - SET_UP - RECORDS == set()


def test_clearing_runs_every_hour() -> None:
    assert clear_expired in rounds.HOURLY


def test_what_has_expired_is_deleted_and_nothing_else() -> None:
    bar = factory.cafe()
    maya = factory.user("maya")
    now, long_ago = timezone.now(), timezone.now() - dt.timedelta(days=31)
    client = Client()
    client.force_login(maya)
    Session.objects.create(session_key="ended", session_data="", expire_date=now - dt.timedelta(minutes=1))
    for at in (now, long_ago):
        StoredAnswer.objects.create(key=f"{at.timestamp():.0f}", fingerprint="x", created_at=at)
        SignIn.objects.create(user=maya, newest=f"{at.timestamp():.0f}", expires_at=at + dt.timedelta(days=7))
        AccessLog.objects.create(username="maya", ip_address="127.0.0.1")
        AccessFailureLog.objects.create(username="maya", ip_address="127.0.0.1")
        AccessAttempt.objects.create(username=f"{at.timestamp():.0f}", ip_address="127.0.0.1", failures_since_start=1)
        order = factory.order(bar)
        Subscription.objects.create(order=order, endpoint=f"https://push/{at.timestamp():.0f}", created_at=at)
        open_order = factory.order(bar)
        Subscription.objects.create(order=open_order, endpoint=f"https://push/{at.timestamp():.0f}/open", created_at=at)
        lifecycle.cancel(order, by=maya)
    for tries in (AccessLog, AccessFailureLog, AccessAttempt):
        tries.objects.filter(pk=tries.objects.latest("pk").pk).update(attempt_time=long_ago)

    clear_expired()

    assert list(Session.objects.values_list("session_key", flat=True)) == [client.session.session_key]
    counts = (StoredAnswer, SignIn, AccessLog, AccessFailureLog, AccessAttempt, Subscription)
    assert [model._default_manager.count() for model in counts] == [1, 1, 1, 1, 1, 3]
