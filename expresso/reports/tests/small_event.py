"""A small event whose figures were counted by hand. Times are local, an hour ahead of UTC; "quoted" is in minutes.

   day   placed  started  ready  closed  quoted  status         station  channel  customer  drinks
A  9th   09:02   09:03    09:06  09:08   4-8     collected      Bar 1    sms      Sam       1 latte oat
B  9th   09:10   09:12    09:13  09:15   5-9     collected      Bar 1    sms      Kim       2 latte, 1 mocha soy large
C  9th   09:16   09:20    09:31  09:40   4-8     not collected  Bar 2    web      -         1 tea
D  9th   10:05   -        -      10:07   4-8     cancelled      Bar 2    sms      Sam       1 latte ("too slow", by Sam)
E  10th  00:30   -        00:36  00:37   -       collected      Bar 1    walk_in  -         1 latte, no oat
F  10th  09:00   09:01    -      09:04   4-8     cancelled      Bar 1    sms      Kim       3 latte (by the bar)
G  10th  09:05   09:07    -      -       4-8     making         Bar 1    sms      Lee       1 latte oat

On the 9th, A (3.50) and D (4.25) were paid. On the 10th, B was paid (12.00) and D was refunded. C was not paid.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Customer, Role, User
from expresso.payments.models import Payment
from inventory.models import Drink, Ingredient, Option, Use
from orders.models import Order, OrderEvent, OrderItem
from orders.tests import factory
from stations.models import Event, Station

ZONE = ZoneInfo("Europe/Berlin")
FIRST, LAST = dt.date(2026, 11, 9), dt.date(2026, 11, 10)


def at(day: int, time: str) -> dt.datetime:
    hour, minute = time.split(":")
    return dt.datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZONE)


class SmallEvent:
    def __init__(self) -> None:
        self.bar_1 = factory.cafe(name="Fair", time_zone="Europe/Berlin", sms_number="+15550100001")
        self.event: Event = self.bar_1.event
        self.bar_2 = factory.station(self.event, "Bar 2")
        self.maya = factory.user("maya", at=self.event)
        self.ben = factory.user("ben", at=self.event)
        self.owner = factory.user("olga", Role.ORGANIZER, at=self.event)
        self.sam = factory.customer("Sam", language="en")
        self.kim = factory.customer("Kim", language="de")
        self.lee = factory.customer("Lee")
        self._recipes()
        oat, soy, large = ("Milk", "Oat"), ("Milk", "Soy"), ("Size", "Large")
        self.order(
            self.bar_1, 9, "09:02", "09:03", "09:06", "09:08", "collected", (4, 8), self.sam, [(1, "Latte", oat)]
        )
        self.order(
            self.bar_1, 9, "09:10", "09:12", "09:13", "09:15", "collected", (5, 9), self.kim,
            [(2, "Latte"), (1, "Mocha", soy, large)], maker=self.ben,
        )  # fmt: skip
        self.order(
            self.bar_2, 9, "09:16", "09:20", "09:31", "09:40", "not_collected", (4, 8), None, [(1, "Tea")],
            channel="web", language="fr",
        )  # fmt: skip
        d = self.order(
            self.bar_2, 9, "10:05", "", "", "10:07", "cancelled", (4, 8), self.sam, [(1, "Latte")], maker=None
        )
        self.cancelled(d, reason="too slow", by=None)
        self.order(
            self.bar_1, 10, "00:30", "", "00:36", "00:37", "collected", None, None,
            [(1, "Latte", ("Milk", "Oat", "no"))], channel="walk_in",
        )  # fmt: skip
        f = self.order(self.bar_1, 10, "09:00", "09:01", "", "09:04", "cancelled", (4, 8), self.kim, [(3, "Latte")])
        self.cancelled(f, reason="", by=self.maya)
        self.order(self.bar_1, 10, "09:05", "09:07", "", "", "making", (4, 8), self.lee, [(1, "Latte", oat)])
        self._payments()
        self._not_counted()
        self.event.refresh_from_db()

    def order(
        self,
        station: Station,
        day: int,
        placed: str,
        started: str,
        ready: str,
        closed: str,
        status: str,
        quoted: tuple[int, int] | None,
        customer: Customer | None,
        drinks: list[Any],
        **fields: Any,
    ) -> Order:
        moment = at(day, placed)
        span = [moment + dt.timedelta(minutes=m) for m in quoted] if quoted else [None, None]
        given: dict[str, Any] = {"channel": "sms", "maker": self.maya} | fields
        order = Order.objects.create(
            event=station.event, station=station, customer=customer, code=f"A{Order.objects.count()}", status=status,
            name="Guest", cups=sum(quantity for quantity, *_ in drinks), minutes=1, placed_at=moment,
            started_at=at(day, started) if started else None, ready_at=at(day, ready) if ready else None,
            closed_at=at(day, closed) if closed else None, quoted_from=span[0], quoted_to=span[1], **given,
        )  # fmt: skip
        for quantity, drink, *choices in drinks:
            OrderItem.objects.create(
                order=order, drink=Drink.objects.get(event=station.event, name=drink), drink_name=drink,
                quantity=quantity,
                choices=[{"group": c[0], "option": c[1], "amount": c[2] if len(c) > 2 else None} for c in choices],
            )  # fmt: skip
        return order

    def cancelled(self, order: Order, *, reason: str, by: User | None) -> None:
        OrderEvent.objects.create(order=order, verb="cancel", status="cancelled", reason=reason, by=by)

    def _recipes(self) -> None:
        """Create recipes for the stock that a cup uses.

        A latte and a mocha use 8 g of beans. The option Oat uses 200 ml of oat milk, and Full cream 180 ml of full
        cream milk."""
        beans = Ingredient.objects.create(event=self.event, name="Beans", unit="g")
        for name in ("Latte", "Mocha"):
            Use.objects.create(ingredient=beans, drink=Drink.objects.get(event=self.event, name=name), amount=8)
        for name, amount in (("Oat", 200), ("Full cream", 180)):
            milk = Ingredient.objects.create(event=self.event, name=f"{name} milk", unit="ml")
            option = Option.objects.get(group__event=self.event, name=name)
            Use.objects.create(ingredient=milk, option=option, amount=amount)

    def _payments(self) -> None:
        a, b, c, d = Order.objects.filter(event=self.event).order_by("pk")[:4]
        for order, amount, state, paid_at, refunded_at in (
            (a, 350, "paid", at(9, "09:03"), None),
            (b, 1200, "paid", at(10, "08:00"), None),
            (c, 100, "closed", None, None),
            (d, 425, "refunded", at(9, "10:06"), at(10, "07:00")),
        ):
            Payment.objects.create(
                order=order, amount=amount, currency="EUR", state=state, paid_at=paid_at, refunded_at=refunded_at
            )

    def _not_counted(self) -> None:
        """Create two orders that must not be counted: one of a rehearsal, and an earlier one of Sam at another
        event."""
        self.order(
            self.bar_1, 9, "09:02", "09:03", "09:50", "09:51", "collected", (1, 2), None, [(5, "Tea")], practice=True
        )
        other = factory.cafe(name="Other")
        self.stranger = factory.user("otto", Role.ORGANIZER, at=other.event)
        self.order(other, 1, "09:02", "09:03", "09:50", "09:51", "collected", (1, 2), self.sam, [(5, "Tea")])
