"""Creates an event with a row of every model, for tests of access rights."""

from __future__ import annotations

import re

from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.models import AuditEntry, Customer, Role
from expresso.api.models import ApiKey, Webhook, WebhookDelivery
from expresso.payments.models import Payment
from inventory.models import CannotMake, Drink, Ingredient, Option, Stock, Use
from orders.models import LabelJob, Order
from orders.tests import factory
from sms.models import (
    Broadcast,
    Conversation,
    Feedback,
    FrequentQuestion,
    InboundMessage,
    OutboundMessage,
    Sender,
    Wording,
)
from stations.models import Logo, Printer, Shift, Station

#: Name of the other event, at which the user has no role. It is part of every name there.
FOREIGN = "Zanzibar"


class World:
    """An event with a row of every model."""

    def __init__(self, name: str) -> None:
        self.bar = factory.cafe(name=name, max_open_orders=0)
        self.event = self.bar.event
        Station.objects.filter(pk=self.bar.pk).update(name=f"{name} bar")
        self.order = factory.order(self.bar, name=f"{name} guest", channel="web")
        # Read primary keys here, because `address` is also called in an event loop, where Django allows no query.
        self.drink = self.event.drinks.values_list("pk", flat=True)[0]
        self.option = Option.objects.filter(group__event=self.event).values_list("pk", flat=True)[0]
        self.talk = Conversation.objects.create(event=self.event, customer=factory.customer(f"{name} texter"))
        self.broadcast = Broadcast.objects.create(event=self.event, kind="delay", key=name)
        self.heard = InboundMessage.objects.create(sid=f"SM1{name}", conversation=self.talk, body=f"{name} text")
        self.stock = factory.stock(self.bar, option="Oat", on_hand=9)
        Ingredient.objects.filter(pk=self.stock.ingredient_id).update(name=f"{name} milk")
        self.printer = Printer.objects.create(station=self.bar, name=f"{name} printer")
        self.worker = factory.user(f"{name}-worker", at=self.event)
        self.shift = Shift.objects.create(station=self.bar, user=self.worker, starts_at=timezone.now())
        self.customer = Customer.objects.create(name=f"{name} regular")
        self.item = self.order.items.values_list("pk", flat=True)[0]
        Order.objects.filter(pk=self.order.pk).update(customer=self.customer)
        self.owner = factory.user(f"{name}-owner", Role.ORGANIZER, at=self.event)
        self.webhook = Webhook.objects.create(
            event=self.event, owner=self.owner, url=f"https://{name}.example.org/", kinds=["paused"]
        )
        self.logo = Logo.objects.create(digest=f"{name}-logo", media_type="image/png", content=b"")
        self.key = ApiKey.objects.create(
            event=self.event, owner=self.owner, name=f"{name} robot", digest=f"{name} robot", scopes=["read"]
        )

    def fill(self, name: str) -> None:
        """Create rows of further models, so that every admin page of the event has one. Each contains this name."""
        customer = Customer.objects.create(name=f"{name} customer")
        Order.objects.filter(pk=self.order.pk).update(customer=customer)
        barista = factory.user(f"{name}-barista", at=self.event)
        latte, oat = (
            Drink.objects.get(event=self.event, name="Latte"),
            Option.objects.get(group__event=self.event, name="Oat"),
        )
        Drink.objects.filter(event=self.event).update(name=Concat(Value(f"{name} "), "name"))
        Option.objects.filter(group__event=self.event).update(name=Concat(Value(f"{name} "), "name"))
        self.event.option_groups.update(name=Concat(Value(f"{name} "), "name"))
        beans = Ingredient.objects.create(event=self.event, name=f"{name} beans", unit="g")
        Stock.objects.create(station=self.bar, ingredient=beans, on_hand=9)
        Use.objects.create(ingredient=beans, drink=latte, amount=1)
        CannotMake.objects.create(station=self.bar, option=oat)
        Shift.objects.create(station=self.bar, user=barista, starts_at=timezone.now())
        LabelJob.objects.create(order=self.order, printer=self.printer, key=name, outcome=f"{name} outcome")
        talk = Conversation.objects.create(event=self.event, customer=customer)
        InboundMessage.objects.create(sid=f"SM{name}", conversation=talk, body=f"{name} words")
        OutboundMessage.objects.create(
            conversation=talk,
            kind="bar",
            body=f"{name} reply",
            expires_at=timezone.now(),
            cause=self.order.events.first(),
        )
        Feedback.objects.create(
            event=self.event, customer=customer, order=self.order, day=timezone.now(), score=5, words=f"{name} score",
            answered_at=timezone.now(),
        )  # fmt: skip
        Wording.objects.create(event=self.event, key="thanks", language="en", text=f"{name} thanks")
        FrequentQuestion.objects.create(event=self.event, words=f"{name} wifi", answer=f"{name} network")
        Sender.objects.create(number=str(self.event.sms_number))
        ApiKey.objects.create(event=self.event, owner=self.owner, name=f"{name} key", digest=name, scopes=["read"])
        WebhookDelivery.objects.create(
            webhook=self.webhook, fact=name, kind="paused", body={}, outcome=f"{name} answer"
        )
        Payment.objects.create(order=self.order, amount=350, currency="EUR", session=f"{name} session")
        AuditEntry.objects.create(by=barista, event=self.event, act="changed", subject=f"{name} drink")

    def address(self, pattern: str) -> str:
        """Return the URL for this pattern, with the primary keys of this event's rows in place of the parameters."""
        pattern = pattern.lstrip("/")
        of_event = pattern.startswith(("events/", "ws/events/", "ws/api/"))
        values = {
            "slug": self.event.slug if of_event else self.bar.slug,
            "pk": self.order.pk,
            "token": self.order.token,
            "verb": "start",
            "act": "pause",
            "n": 1,
            "key": self.key.pk if pattern.startswith("api/") else self.printer.key,
            "item": self.item,
            "language": "en",
            "event": self.event.slug,
            "station": self.bar.slug,
            "order": self.order.pk,
            "stock": self.stock.pk,
            "user": self.worker.pk,
            "shift": self.shift.pk,
            "customer": self.customer.pk,
            "drink": self.drink,
            "option": self.option,
            "webhook": self.webhook.pk,
            "talk": self.talk.pk,
            "text": self.heard.pk,
            "broadcast": self.broadcast.pk,
            "table": "totals",
            "step": "basics",
            "uidb64": "MQ",
            "kind": "csv",
            "digest": self.logo.digest,
        }
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values[found[1]]), pattern)
