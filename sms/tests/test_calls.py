"""A customer who asks for a person reaches one: first the support desk and, if nobody there takes the case, the bar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Role, User
from orders.live.boards import station_board
from orders.tests import factory
from sms import helping
from sms.models import Conversation
from sms.tests.texting import known, text
from stations.models import Station

pytestmark = pytest.mark.django_db
COMPLAINT = "I want to talk to a person, this is the wrong coffee"
FLAGGED = "Thanks for telling us. I've flagged this for the team; for anything urgent, please ask at the bar."


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture
def talk(bar: Station) -> Conversation:
    return known(bar.event, name="Robin")


def asks_for_a_person(talk: Conversation, *, minutes_ago: float) -> None:
    # The second call in a test gets the reply "", because Expresso does not answer a customer who repeats a text.
    assert text(talk.event, COMPLAINT) in ("", FLAGGED)
    Conversation.objects.filter(pk=talk.pk).update(needs_since=timezone.now() - dt.timedelta(minutes=minutes_ago))


def board_of(station: Station) -> str:
    return station_board(station).frame(oob=False).html


def test_the_bar_is_told_when_nobody_of_the_desk_has_taken_the_case(bar: Station, talk: Conversation) -> None:
    asks_for_a_person(talk, minutes_ago=0)
    early = board_of(bar)
    before = station_board(bar).look().version

    asks_for_a_person(talk, minutes_ago=2)

    assert "asks for a person" not in early
    assert station_board(bar).look().version != before
    board = board_of(bar)
    assert "Robin" in board
    assert "this is the wrong coffee" in board


def test_a_case_that_the_desk_has_taken_does_not_ring_at_the_bar(bar: Station, talk: Conversation) -> None:
    asks_for_a_person(talk, minutes_ago=2)

    helping.claim(talk, by=factory.user("priya", Role.SUPPORT, bar.event))

    assert "asks for a person" not in board_of(bar)


def test_it_rings_where_the_customers_order_is_made_and_without_one_at_every_bar(
    bar: Station, talk: Conversation
) -> None:
    other = factory.station(bar.event, "Bar 2")
    asks_for_a_person(talk, minutes_ago=2)
    everywhere = ["asks for a person" in board_of(each) for each in (bar, other)]

    factory.order(bar, customer=talk.customer, name="Robin")

    assert everywhere == [True, True]
    assert ["asks for a person" in board_of(each) for each in (bar, other)] == [True, False]


def test_a_barista_who_sees_to_it_takes_it_off_all_lists(bar: Station, talk: Conversation) -> None:
    asks_for_a_person(talk, minutes_ago=2)
    client = Client()
    maya: User = factory.user("maya", Role.BARISTA, bar.event)
    client.force_login(maya, "django.contrib.auth.backends.ModelBackend")

    answer = client.post(f"/stations/{bar.slug}/calls/{talk.pk}/", follow=True)

    talk.refresh_from_db()
    assert "Robin is off the list" in answer.content.decode()
    assert (talk.needs_person, talk.needs_since) == (False, None)
    assert AuditEntry.objects.filter(act="solved", by=maya).exists()
    assert client.post(f"/stations/{bar.slug}/calls/{talk.pk + 1}/").status_code == 404
