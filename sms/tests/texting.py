"""Helpers that send texts as customers do, and create customers who have texted before."""

from __future__ import annotations

from itertools import count
from typing import Any

from accounts.models import Customer
from sms import inbound
from sms.incoming import IncomingText
from sms.models import Carrier, Conversation
from stations.models import Event

_sids = count(1)
PHONE = "+15550200001"


def incoming(to: Event, body: str, *, sender: str = PHONE, **fields: Any) -> IncomingText:
    given: dict[str, Any] = {"sid": f"SM{next(_sids):032}", "carrier": Carrier.SMS} | fields
    number = to.whatsapp_number if given["carrier"] == Carrier.WHATSAPP else to.sms_number
    return IncomingText(sender=sender, to=number or "", body=body, **given)


def text(to: Event, body: str, **fields: Any) -> str:
    return inbound.receive(incoming(to, body, **fields))


def known(to: Event, *, name: str = "Sam", phone: str = PHONE, **fields: Any) -> Conversation:
    customer = Customer.objects.create(phone=phone, name=name)
    return Conversation.objects.create(event=to, customer=customer, **fields)
