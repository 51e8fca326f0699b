"""Taking an order on a page, in as few taps as there are things to say: drink, options, name, order.

The web page, the kiosk, a walk-in and every change of an order go through here; a `Desk` says what differs. What was
chosen so far travels in the form itself (signed), so nothing is kept of whoever goes away, and no script is needed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Customer
from accounts.phones import mobile_as_e164
from accounts.typed_input import whole_number
from inventory.menu import MenuDrink
from inventory.naming import drink_titled
from inventory.snapshot import Snapshot, menu_of
from orders.availability import SoldOut, sold_out
from orders.display.example_order import sample
from orders.display.tickets import lines_from
from orders.items import Item, as_json, from_json
from orders.models import Order, OrderEvent
from orders.ordering import option_fields
from orders.ordering.refusal_texts import off_menu, sentence
from orders.parser import Intent, read
from orders.refusals import CannotBeMade, NotOnMenu, Refusal
from stations.models import Event, Station

#: As long as a name on a cup may be, and as a text is read.
NAME, TEXT = 40, 1600
_SALT = "orders.ordering.order_form"
#: Fields that do not say what is ordered.
_NOT_SAID = {"csrfmiddlewaretoken", "key", "basket", "step"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A whole order, as somebody put it together."""

    items: tuple[Item, ...]
    name: str
    #: E.164, or "".
    phone: str
    #: The same for the same order from the same form, however often it comes.
    key: str

    def customer(self, language: str = "") -> Customer | None:
        """Whose number it is. Name and language are only theirs if they are new: nobody renames somebody else."""
        if not self.phone:
            return None
        new = {"name": self.name, "language": language}
        return Customer.objects.get_or_create(phone=self.phone, defaults=new)[0]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where an order is taken, and what becomes of it."""

    event: Event
    template: str
    #: Raises a Refusal; the page says it.
    place: Callable[[Taken], Order]
    after: Callable[[Order], HttpResponse]
    verb: str
    #: The customer's, in which the menu is shown; "" shows it as it was written.
    language: str = ""
    #: Whose supplies count; None: any station's that takes orders.
    stations: Iterable[Station] | None = None
    #: What the order holds that is changed here.
    items: tuple[Item, ...] = ()
    name: str = ""
    name_needed: bool = False
    phone_asked: bool = False
    #: What answers a refusal in the place of the page; None leaves it to the page.
    refused: Callable[[Slip], HttpResponse] | None = None
    #: The page's own.
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Slip:
    """An order while it is put together."""

    key: str
    basket: list[Item] = field(default_factory=list)
    #: The drink whose options are being chosen.
    current: Item | None = None
    name: str = ""
    phone: str = ""
    #: The order as it was typed, and its words that are on no menu.
    text: str = ""
    unknown: tuple[str, ...] = ()
    #: Sentences by field; under "" what is about the whole.
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def drinks(self) -> list[Item]:
        """All of them, the one in hand too."""
        return [*self.basket, self.current] if self.current else self.basket


def serve(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page at its next step, or, after the last, wherever the desk leads."""
    return _Counter(request, desk).answer()


class _Counter:
    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        self.request, self.desk = request, desk
        self.snapshot: Snapshot = menu_of(desk.event)
        self.slip = self._slip()

    def answer(self) -> HttpResponse:
        if self.request.method == "POST":
            step, _space, word = self.request.POST.get("step", "").partition(" ")
            order = self._step(step, word)
            if order:
                return self.desk.after(order)
            if step == "order" and self.desk.refused:
                return self.desk.refused(self.slip)
        elif drink := self.request.GET.get("drink", ""):
            self._pick(drink)
        else:
            self._start()
        return self._page()

    # what was sent ------------------------------------------------------------------------------

    def _slip(self) -> Slip:
        post = self.request.POST
        if self.request.method != "POST":
            return Slip(key=secrets.token_hex(16), name=self.desk.name)
        return Slip(
            key=post.get("key", "")[:32] or secrets.token_hex(16),
            basket=_unsigned(post.get("basket", "")),
            name=option_fields.one_line(post.get("name", ""), NAME),
            phone=option_fields.one_line(post.get("phone", ""), 32),
        )

    def _start(self) -> None:
        """A change begins with what the order holds; with its only drink at once."""
        self.slip.basket = list(self.desk.items)
        if len(self.slip.basket) == 1:
            self._edit(0)

    def _step(self, step: str, word: str) -> Order | None:
        """The order, once it is placed."""
        match step:
            case "pick":
                self._pick(word)
            case "read":
                self._read()
            case "add":
                self._keep_current()
            case "edit" | "remove":
                self._turn_to(step, word)
            case "order":
                return self._order()
        return None

    def _pick(self, drink: str) -> None:
        if drink in self.snapshot.menu.drink_by_name:
            self.slip.current = Item(drink)
        else:
            self.slip.faults[""] = _("That drink is not on the menu any more. Choose another.")

    def _turn_to(self, step: str, word: str) -> None:
        """Another drink of the order, by its place; the one in hand joins the order as far as it is chosen."""
        basket = self.slip.basket
        at = whole_number(word, most=len(basket) - 1) if basket else None
        self._keep_current(strict=False)
        if at is not None and step == "edit":
            self._edit(at)
        elif at is not None:
            del basket[at]

    def _edit(self, at: int) -> None:
        """Its options; a drink that is off the menu stays where it can be taken out."""
        menu = self.snapshot.menu
        if self.slip.basket[at].drink in menu.drink_by_name:
            self.slip.current = self.slip.basket.pop(at)
            if gone := option_fields.off_its_drink(menu, self.slip.current):
                self.slip.faults.setdefault("", off_menu(*gone))

    def _keep_current(self, *, strict: bool = True) -> bool:
        """Put the drink whose options were chosen with the others; False where they are not complete.

        One that left the menu meanwhile goes with them too: there it is seen, and can be taken out."""
        posted = self.request.POST.get("drink", "")
        if not posted:
            return True
        name, drink = option_fields.one_line(posted, NAME), self.snapshot.menu.drink_by_name.get(posted)
        most = self.desk.event.max_drinks_per_order
        asked = drink or MenuDrink(name, category="")
        item, faults = option_fields.read_item(self.snapshot.menu, asked, self.request.POST, most=most)
        if drink is None:
            self.slip.faults[""] = off_menu(name)
        elif faults and strict:
            self.slip.current = item
            self.slip.faults |= faults
            return False
        self.slip.basket.append(item)
        return True

    def _read(self) -> None:
        """What somebody typed as they would text it joins the order, to be looked at before it is placed."""
        self.slip.text = self.request.POST.get("text", "")[:TEXT].strip()
        reading = read(self.slip.text, self.snapshot.menu, language=self.desk.language or None)
        self.slip.unknown = reading.unknown
        if reading.intent != Intent.ORDER or not reading.items:
            example = sample(self.snapshot.menu, self.desk.language)
            fault = _("No drink of the menu was found in that. Write it as “{sample}”.")
            self.slip.faults["text"] = fault.format(sample=example)
            return
        items = reading.items
        if reading.note:
            items = (replace(items[0], note=items[0].note or reading.note), *items[1:])
        self.slip.basket += items
        self.slip.name = self.slip.name or option_fields.one_line(reading.name or "", NAME)
        self.slip.text = ""
        self._ask()

    def _ask(self) -> bool:
        """Open the first drink of which something must still be said; True where there is one."""
        menu = self.snapshot.menu
        for at, item in enumerate(self.slip.basket):
            if option_fields.is_open(menu, item):
                self._edit(at)
                asked = option_fields.fields_of(menu, item, SoldOut(), {})
                said = {f"option {choice.group}" for choice in item.choices}
                self.slip.faults |= {f.name: _("Choose one.") for f in asked if f.needed and f.name not in said}
                return True
        return False

    # the last step ------------------------------------------------------------------------------

    def _order(self) -> Order | None:
        slip = self.slip
        key = _key(slip, self.request.POST)
        # Before anything is refused over what changed since: it may be only the answer that was lost.
        if before := placed(key):
            return before
        if not self._keep_current():
            return None
        items = tuple(slip.basket)
        phone = self._phone()
        if self.desk.name_needed and not slip.name:
            slip.faults["name"] = _("Say whose it is: the name is called and shown.")
        if slip.faults or self._ask():
            self._reopen()
            return None
        taken = Taken(items, slip.name, phone, key)
        try:
            # A number whose order is refused is not kept.
            with transaction.atomic():
                return self.desk.place(taken)
        except Refusal as refusal:
            # The same form twice in the same moment: the other one may have had the last oat.
            if before := placed(key):
                return before
            slip.faults[""] = sentence(refusal, self.desk.event, self.desk.language)
            self._reopen(refusal)
            return None
        except IntegrityError:
            # Or it was taken in that moment.
            if before := placed(key):
                return before
            raise

    def _phone(self) -> str:
        if not self.desk.phone_asked or not self.slip.phone:
            return ""
        event = self.desk.event
        try:
            return mobile_as_e164(self.slip.phone, like=event.sms_number or "", countries=event.countries)
        except ValidationError as fault:
            self.slip.faults["phone"] = fault.messages[0]
            return ""

    def _reopen(self, refusal: Refusal | None = None) -> None:
        """Show the options of the drink it failed on, or of the only one there is."""
        slip = self.slip
        if slip.current or not slip.basket:
            return
        at = 0 if len(slip.basket) == 1 else None
        if isinstance(refusal, NotOnMenu) and refusal.item in slip.basket:
            at = slip.basket.index(refusal.item)
        elif isinstance(refusal, CannotBeMade):
            held = (n for n, item in enumerate(slip.basket) if _holds(item, refusal.missing))
            at = next(held, at)
        if at is not None:
            self._edit(at)

    # the page -----------------------------------------------------------------------------------

    @cached_property
    def _gone(self) -> SoldOut:
        return sold_out(self.desk.event, self.desk.stations)

    def _page(self) -> HttpResponse:
        slip, menu, language = self.slip, self.snapshot.menu, self.desk.language
        current = slip.current
        cups = sum(item.quantity for item in slip.basket)
        context = {
            "desk": self.desk,
            "event": self.desk.event,
            "slip": slip,
            "basket": _signed(slip.basket),
            "lines": lines_from(slip.basket, self.snapshot, language),
            "example": sample(menu, language),
            "current": drink_titled(menu, current.drink, language) if current else "",
            "fields": option_fields.fields_of(menu, current, self._gone, slip.faults, language) if current else [],
            "categories": [] if current else option_fields.categories(menu, self._gone, language),
            "most": max(1, self.desk.event.max_drinks_per_order - cups),
        }
        return render(self.request, self.desk.template, context | dict(self.desk.context))


def placed(key: str) -> Order | None:
    """The order that was placed with this key."""
    before = OrderEvent.objects.filter(key=f"place:{key}").select_related("order__event", "order__station").first()
    return before.order if before else None


def _key(slip: Slip, post: QueryDict) -> str:
    """Somebody who goes back and orders something else means a second order, not the first one again.

    Of what was sent, not of what the menu makes of it by now; a basket is signed anew on each page, the same or not."""
    said = sorted((name, values) for name, values in post.lists() if name not in _NOT_SAID)
    what = repr((slip.key, slip.basket, said))
    return f"page:{blake2b(what.encode(), digest_size=20).hexdigest()}"


def _holds(item: Item, missing: tuple[str, ...]) -> bool:
    return item.drink in missing or any(choice.option in missing for choice in item.choices)


def _signed(basket: list[Item]) -> str:
    return signing.dumps(as_json(basket), salt=_SALT, compress=True) if basket else ""


def _unsigned(given: str) -> list[Item]:
    """Empty where somebody wrote it by hand, or the secret changed."""
    try:
        return list(from_json(signing.loads(given, salt=_SALT))) if given else []
    except signing.BadSignature:
        return []
