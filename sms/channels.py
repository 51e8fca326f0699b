"""One interface for all channels that notify customers about their orders: SMS, WhatsApp, RCS, web push and mail.

`sms.tasks` sends every message through its `NoticeChannel` and treats all channels alike. A text is sent to a
conversation. A push or a mail is sent to a `Subscription`, whose address begins with "https:" for a push service and
with "mailto:" for a mailbox. If a channel fails, `sms.fallback` sends a text instead."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import tracing
from orders.models import Order
from sms import delivery, mail, push, twilio
from sms.carriers import Accepted, Refused
from sms.models import Carrier, Conversation, OutboundMessage, Subscription
from sms.segments import segments


class NoticeChannel(ABC):
    """A channel that can send a message. Callers use only this interface, so a new channel is a new subclass."""

    name: str
    #: True if a message that is sent twice appears on the recipient's device only once. Then a message is simply sent
    #: again if it is unknown whether the carrier took it. Otherwise the carrier is asked first.
    shows_once: ClassVar[bool] = False
    #: Values of `Refused.code` by which this carrier says that the address no longer exists.
    gone: ClassVar[tuple[int, ...]] = ()

    @abstractmethod
    def send(self, message: OutboundMessage) -> Accepted:
        """Send the message. Raises `sms.carriers.NotProcessed`, `Ambiguous` or `Refused`."""

    def find(self, message: OutboundMessage) -> Accepted | None:
        """Ask the carrier whether it has a message that may have been sent. Return `Accepted` if it has.

        Return None if the carrier does not have the message or cannot be asked. Raises NotProcessed if the carrier does
        not answer."""
        return None

    def why_not(self, message: OutboundMessage) -> tuple[str, int | None] | None:
        """Return why the message must not be sent, as a pair: the reason, and the carrier's error code for this reason
        (None if the carrier has no code for it).

        Return None in place of the pair if the message can be sent now."""
        return None

    def units(self, message: OutboundMessage) -> int:
        """Return how many units of the sender's rate limit the message uses; 0 for a channel without a limit."""
        return 0


class _ByTwilio(NoticeChannel):
    """Sends texts to conversations through Twilio, on one carrier: SMS, WhatsApp or RCS."""

    def __init__(self, carrier: Carrier) -> None:
        self.name = carrier.value

    def why_not(self, message: OutboundMessage) -> tuple[str, int | None] | None:
        talk = message.talk
        if talk.opted_out_at:
            return "opted_out", twilio.OPTED_OUT
        if not talk.sender or not talk.customer.phone:
            return "no_number", None
        return ("outside_window", twilio.OUTSIDE_WINDOW) if self._window_is_over(talk) else None

    def _window_is_over(self, talk: Conversation) -> bool:
        return False

    def units(self, message: OutboundMessage) -> int:
        return 1

    def send(self, message: OutboundMessage) -> Accepted:
        return twilio.send(
            **_address(message),
            body=message.body,
            # The callback's URL contains the message's primary key, because Twilio can call it before the response with
            # the sid arrives.
            callback=f"{settings.PUBLIC_URL}/sms/status?{urlencode({'message': message.pk} | tracing.carried())}",
            valid_for=message.expires_at - timezone.now(),
            before=message.claimed_at + delivery.SENT_WITHIN if message.claimed_at else None,
        )

    def find(self, message: OutboundMessage) -> Accepted | None:
        # Two texts of this conversation can have the same words, for example "ready" about two orders. Exclude the sids
        # of all other texts, so that another text is not taken for this one.
        others = OutboundMessage.objects.filter(conversation=message.conversation_id).exclude(pk=message.pk)
        return twilio.find(
            **_address(message),
            body=message.body,
            since=message.unsure_since or message.created_at,
            known={sid for sid in others.values_list("sid", flat=True) if sid},
        )


class _Sms(_ByTwilio):
    def units(self, message: OutboundMessage) -> int:
        # For SMS the rate limit counts segments. For other carriers it counts messages.
        return segments(message.body)


class _WhatsApp(_ByTwilio):
    def _window_is_over(self, talk: Conversation) -> bool:
        return timezone.now() - talk.last_text_at >= twilio.WINDOW


class _Push(NoticeChannel):
    """Sends a notification through a browser's push service. A device shows a repeated notification once."""

    name = "push"
    shows_once = True
    gone = push.GONE

    def send(self, message: OutboundMessage) -> Accepted:
        order, device = _subscribed(message)
        told = {
            "id": message.pk,
            "title": order.event.name,
            "body": message.body,
            "order": f"order-{order.pk}",
            "url": reverse("tracking", args=[order.token]),
        }
        push.send(
            json.dumps(told).encode(),
            endpoint=device.endpoint,
            p256dh=device.p256dh,
            auth=device.auth,
            ttl=int((message.expires_at - timezone.now()).total_seconds()),
            topic=f"order-{order.pk}",
        )
        return Accepted()


class _Mail(NoticeChannel):
    """Sends a mail to a mailbox. Mail programs show two mails with the same Message-ID as one."""

    name = "mail"
    shows_once = True
    #: The mail server's codes for "no such mailbox" (RFC 5321, 4.2.3).
    gone = (550, 553)

    def send(self, message: OutboundMessage) -> Accepted:
        order, mailbox = _subscribed(message)
        page = settings.PUBLIC_URL + reverse("tracking", args=[order.token])
        mail.send_mail(
            mailbox.endpoint.removeprefix("mailto:"),
            subject=f"{order.event.name}: {order.code}",
            body=f"{message.body}\n\n{page}\n",
            reference=f"expresso-{message.pk}",
        )
        return Accepted()


_TEXTS = {
    Carrier.SMS: _Sms(Carrier.SMS),
    Carrier.WHATSAPP: _WhatsApp(Carrier.WHATSAPP),
    Carrier.RCS: _ByTwilio(Carrier.RCS),
}
#: The channel of a subscription, by the scheme of its address.
_SUBSCRIBED: dict[str, NoticeChannel] = {"https": _Push(), "mailto": _Mail()}


def channel_of(message: OutboundMessage) -> NoticeChannel:
    if message.subscription is None:
        return _TEXTS[Carrier(message.talk.carrier)]
    return _SUBSCRIBED[message.subscription.endpoint.partition(":")[0]]


def _subscribed(message: OutboundMessage) -> tuple[Order, Subscription]:
    """Return the order and the subscription of a push or mail. Raises Refused if either was deleted."""
    if message.order is None or message.subscription is None:
        raise Refused(0)
    return message.order, message.subscription


def _address(message: OutboundMessage) -> dict[str, Any]:
    talk = message.talk
    return {"to": talk.customer.phone or "", "sender": talk.sender, "carrier": talk.carrier}
