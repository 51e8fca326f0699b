"""When Expresso erases texts, it also has Twilio erase its copies, if this is switched on for the event."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from orders.tests import factory
from sms.models import Conversation, InboundMessage, OutboundMessage
from sms.purge import purge
from sms.tests.factory import FakeTwilio, refusal
from sms.tests.sending import work, work_later
from sms.tests.texting import text
from stations.models import Event

pytestmark = pytest.mark.django_db


def day_is_over(*, erase_at_carrier: bool) -> list[str]:
    """Create an event with one received and one sent text, both so old that their personal data must be erased.

    Return the sids of both texts."""
    bar = factory.cafe(erase_at_carrier=erase_at_carrier)
    text(bar.event, "large latte for Quentina")
    sent = OutboundMessage.objects.create(
        conversation=Conversation.objects.get(),
        kind="ready",
        body="Ready!",
        sid="SM" + "7" * 32,
        status="delivered",
        expires_at=timezone.now(),
    )
    Event.objects.update(last_day=timezone.now().date() - dt.timedelta(days=9))
    return [InboundMessage.objects.get().sid, str(sent.sid)]


@pytest.mark.parametrize("is_wanted", [True, False])
def test_twilios_copies_are_erased_where_the_event_wants_it(fake_twilio: FakeTwilio, is_wanted: bool) -> None:
    sids = day_is_over(erase_at_carrier=is_wanted)

    purge()
    asked = [task.args_kwargs["args"][0] for task in DBTaskResult.objects.filter(task_path="sms.erasing.redact_copies")]
    work()

    assert asked == ([sids] if is_wanted else [])
    assert fake_twilio.sent == ([{"Body": ""}] * 2 if is_wanted else [])


def test_what_twilio_did_not_erase_is_asked_again_and_what_it_does_not_have_is_not(fake_twilio: FakeTwilio) -> None:
    day_is_over(erase_at_carrier=True)
    fake_twilio.answers = [refusal(503, 20503), refusal(404, 20404)]
    purge()
    work()

    work_later(minutes=11)
    work_later(minutes=11)

    assert fake_twilio.sent == [{"Body": ""}] * 3


def test_forget_me_erases_twilios_copies_too(fake_twilio: FakeTwilio) -> None:
    bar = factory.cafe(erase_at_carrier=True)
    text(bar.event, "large latte for Quentina")

    text(bar.event, "FORGET ME")
    work()

    assert fake_twilio.sent == [{"Body": ""}]
