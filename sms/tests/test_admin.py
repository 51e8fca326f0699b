from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import encryption
from accounts.models import AuditEntry, User
from expresso.tests.plans import plans_of
from orders.tests import factory
from sms.models import Conversation, InboundMessage, Sender
from stations.models import Event
from tests.forms import act, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]


@pytest.fixture
def event() -> Event:
    return factory.event()


def talk(at: Event, **fields: Any) -> Conversation:
    return Conversation.objects.create(event=at, customer=factory.customer(), **fields)


def test_somebody_who_asked_for_a_person_is_found_and_taken_care_of(
    client: Client, organizer: User, event: Event
) -> None:
    asked, other = talk(event, needs_person=True), talk(event)
    conversations = reverse("admin:sms_conversation_changelist")

    found = client.get(conversations, {"needs_person__exact": "1"}).context["cl"].result_list
    assert list(found) == [asked]

    act(client, conversations, "taken_care_of", [asked, other])

    assert not Conversation.objects.filter(needs_person=True).exists()
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.act, entry.subject) == (organizer, "solved", f"conversation {asked.pk}")


def test_texts_of_a_rare_intent_are_listed_without_reading_all_others(client: Client, event: Event) -> None:
    InboundMessage.objects.create(sid="SM1", conversation=talk(event), intent="support")

    plans = plans_of(lambda: client.get(reverse("admin:sms_inboundmessage_changelist"), {"intent": "support"}))

    assert plans.count("text_by_intent") == 2


def test_conversations_of_one_event_stand_by_their_last_text_and_those_of_all_by_their_first(
    client: Client, event: Event
) -> None:
    earlier = talk(event)
    later = talk(event, last_text_at=timezone.now() - dt.timedelta(hours=1))
    conversations = reverse("admin:sms_conversation_changelist")

    def listed() -> list[Conversation]:
        return list(client.get(conversations).context["cl"].result_list)

    assert listed() == [later, earlier]
    client.post(reverse("admin:choose_event"), {"event": event.pk})
    assert listed() == [earlier, later]


def test_nobody_undoes_an_opt_out_or_rewrites_a_text(client: Client, event: Event) -> None:
    conversation = talk(event, opted_out_at=timezone.now())
    message = InboundMessage.objects.create(sid="SM1", conversation=conversation, body="stop")

    pages = [
        reverse("admin:sms_conversation_change", args=[conversation.pk]),
        reverse("admin:sms_inboundmessage_change", args=[message.pk]),
        reverse("admin:sms_inboundmessage_delete", args=[message.pk]),
    ]

    assert [client.post(page, {"body": "go", "post": "yes"}).status_code for page in pages] == [403, 403, 403]
    conversation.refresh_from_db()
    message.refresh_from_db()
    assert (conversation.opted_out_at is not None, message.body) == (True, "stop")


def test_a_conversation_of_thousands_of_texts_shows_the_newest_and_decrypts_no_more(
    client: Client, organizer: User, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = talk(event)
    InboundMessage.objects.bulk_create(
        InboundMessage(sid=f"SM{n}", conversation=conversation, body=f"words-{n}-end") for n in range(300)
    )
    decrypted: list[str] = []
    monkeypatch.setattr(encryption, "decrypt", partial(_decrypt, encryption.decrypt, decrypted))

    page = client.get(reverse("admin:sms_conversation_change", args=[conversation.pk])).content.decode()

    assert ("words-299-end" in page, "words-200-end" in page, "words-199-end" in page) == (True, True, False)
    assert sum("words" in each for each in decrypted) == 100


def _decrypt(real: Callable[[str], str], decrypted: list[str], stored: str, **among: Any) -> str:
    decrypted.append(real(stored, **among))
    return decrypted[-1]


def test_the_pace_of_a_number_is_that_of_an_events_number(client: Client, event: Event) -> None:
    page = reverse("admin:sms_sender_add")
    number = str(event.sms_number)

    refused = send(client, page, number="+1 555 999 0000", segments_per_second=100)
    send(client, page, number=f"{number[:5]} {number[5:]}", segments_per_second=100)

    assert "No event has this number. Give it to the event first." in refused.content.decode()
    assert list(Sender.objects.values_list("number", flat=True)) == [number]
