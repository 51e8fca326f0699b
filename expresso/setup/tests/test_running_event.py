"""Tests of changes to an event while orders come in: forms refuse some of them, and warn before others.

The forms of the set-up and of the admin follow the same rules."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib import messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orders.models import Order
from orders.tests import factory
from stations.models import Event, Station
from tests.forms import send

pytestmark = pytest.mark.django_db


def forms_of(event: Event, step: str) -> list[str]:
    return [f"/events/{event.slug}/setup/{step}/", reverse("admin:stations_event_change", args=[event.pk])]


@pytest.mark.parametrize("form", [0, 1])
def test_a_last_day_that_would_erase_the_data_of_orders_of_today_is_refused(
    client: Client, bar: Station, form: int
) -> None:
    factory.order(bar)
    page, today = forms_of(bar.event, "basics")[form], timezone.now().date()
    first = str(today - dt.timedelta(days=60))
    Event.objects.update(first_day=first)

    wrong = send(client, page, last_day=str(today - dt.timedelta(days=30)))

    assert "use “Erase sooner” in the admin" in wrong.content.decode()
    assert Event.objects.get().last_day is None
    for right in (today - dt.timedelta(days=2), today):
        send(client, page, last_day=str(right))
        assert Event.objects.get().last_day == right


def test_a_last_day_in_the_past_is_taken_where_no_order_came_later(client: Client, bar: Station) -> None:
    order = factory.order(bar)
    past = timezone.now() - dt.timedelta(days=30)
    Order.objects.filter(pk=order.pk).update(placed_at=past)

    send(client, forms_of(bar.event, "basics")[0], last_day=f"{past:%Y-%m-%d}")

    assert Event.objects.get().last_day == past.date()


@pytest.mark.parametrize("form", [0, 1])
def test_a_number_that_is_removed_while_orders_are_open_warns(client: Client, bar: Station, form: int) -> None:
    Event.objects.update(sms_number="+12025550100", whatsapp_number="+12025550101")
    page = forms_of(bar.event, "numbers")[form]
    quiet = [send(client, page, whatsapp_number=""), send(client, page, whatsapp_number="+12025550102")]
    factory.order(bar)

    quiet.append(send(client, page, sms_number="+12025550103"))
    warned = send(client, page, sms_number="")

    said = [[str(message) for message in messages.get_messages(answer.wsgi_request)] for answer in (*quiet, warned)]
    assert ["is open" in " ".join(each) for each in said] == [False, False, False, True]
    assert Event.objects.get().sms_number is None
