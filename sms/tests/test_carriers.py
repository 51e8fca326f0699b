"""All code that distinguishes carriers (SMS, WhatsApp …) handles every carrier. For a new carrier, each failing test
names the code to extend."""

from __future__ import annotations

import pytest

from orders.messaging.texting import Reach
from orders.models import Channel
from sms.channels import _TEXTS
from sms.models import SENDER_FIELDS, Carrier
from sms.pace import USUAL_RATE
from stations.admin import EventAdmin
from stations.models import Event


@pytest.mark.parametrize("carrier", Carrier)
def test_a_carrier_has_its_channel_its_pace_and_its_address_at_the_event(carrier: Carrier) -> None:
    assert carrier in Channel.values, "orders/models.py: Channel"
    assert carrier.value in list(Reach), "orders/messaging/texting.py: Reach"
    assert Reach(carrier).by_text, "orders/messaging/texting.py: Reach.by_text"
    assert carrier in _TEXTS, "sms/channels.py: _TEXTS"
    assert carrier in USUAL_RATE, "sms/pace.py: USUAL_RATE"
    assert carrier in SENDER_FIELDS, "sms/models/conversations.py: SENDER_FIELDS"
    assert Event._meta.get_field(SENDER_FIELDS[carrier]), "stations/models.py: Event"
    assert SENDER_FIELDS[carrier] in str(EventAdmin.fieldsets), "stations/admin.py: EventAdmin.fieldsets"
