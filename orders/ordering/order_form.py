"""The order form: choose a drink and its options, add more drinks, give a name, place the order.

The web page, the kiosk, walk-ins and every change of an order use this form. A `Desk` says in what they differ. The
page itself holds the drinks that were chosen so far, in a signed hidden field. So the server stores nothing for
unfinished orders, and the form works without JavaScript."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.phones import mobile_as_e164
from accounts.typed_input import whole_number
from inventory.menu import Menu, MenuDrink
from inventory.naming import drink_titled
from inventory.snapshot import Snapshot, menu_of
from orders.display.cups import cup_of
from orders.display.example_order import example_order
from orders.display.tickets import lines_from
from orders.items import Item, as_json, from_json
from orders.models import Order
from orders.ordering import menu_cards, option_fields, time_field
from orders.ordering.availability import SoldOut, sold_out
from orders.ordering.desk import Desk, Slip, SubmittedOrder
from orders.ordering.past_orders import PastOrder, past_orders
from orders.ordering.refusal_texts import off_menu, refusal_text
from orders.ordering.sent_twice import form_key, placed
from orders.parser import Intent, read
from orders.refusals import CannotBeMade, ChangedMeanwhile, NotOnMenu, Refusal, TooManyDrinks
from orders.renaming import Renaming, keys_named

#: Seconds for which the signed drinks of a public form stay valid. A barista's form has no such limit, because a tablet
#: can be without a connection for hours.
BASKET_HOLDS = 6 * 60 * 60
#: Maximum length of a name on a cup, and of an order that is typed as free text, in characters.
NAME, TEXT = 40, 1600
#: Maximum length of a search text, in characters.
FIND = 60
_SALT = "orders.ordering.order_form"


def serve_order_form(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Handle one request: show the next step of the form, or return `desk.after(order)` once the order is placed."""
    return _OrderForm(request, desk).answer()


class _OrderForm:
    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        self.request, self.desk = request, desk
        self.snapshot: Snapshot = menu_of(desk.event)
        #: True if the signed drinks in the posted form are not valid, for example because they are too old.
        self.expired = False
        #: The drinks in the posted page's hidden field, with their names of that time. `slip.basket` has their present
        #: names.
        self.posted: list[Item] = []
        self.slip = self._slip()
        if self.expired:
            self.slip.faults[""] = _("This page was open for too long. Choose your drinks again; nothing was ordered.")

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

    # reading the request ------------------------------------------------------------------------

    def _slip(self) -> Slip:
        post = self.request.POST
        if self.request.method != "POST":
            return self._fresh_slip()
        return Slip(
            key=post.get("key", "")[:32] or secrets.token_hex(16),
            basket=self._unsigned(post.get("basket", "")),
            name=option_fields.one_line(post.get("name", ""), NAME),
            phone=option_fields.one_line(post.get("phone", ""), 32),
            time=post.get("time", time_field.first(self.desk))[:5],
            seen=post.get("seen", "")[:32],
        )

    def _fresh_slip(self) -> Slip:
        """Return the values of a newly opened form."""
        desk = self.desk
        return Slip(key=secrets.token_hex(16), name=desk.name, time=time_field.first(desk), seen=desk.seen)

    def _unsigned(self, given: str) -> list[Item]:
        """Return the basket from the signed hidden field; an empty list if the signature is wrong or too old."""
        try:
            signed = signing.loads(given, salt=_SALT, max_age=BASKET_HOLDS if self.desk.is_public else None)
        except signing.BadSignature:
            self.expired = bool(given)
            return []
        # Pages that were opened before an upgrade of Expresso send a list of items without primary keys.
        raw, keys = (signed, {}) if isinstance(signed, list) else (signed["items"], signed["keys"])
        self.posted = list(from_json(raw))
        return list(Renaming.since(keys, self.snapshot.menu).items(self.posted))

    def _start(self) -> None:
        """Show the drinks of the order that is being changed. Its options are opened at once if there is only one
        drink.

        For a new order there are none."""
        self.slip.basket = list(self.desk.items)
        if len(self.slip.basket) == 1:
            self._edit(0)

    def _step(self, step: str, word: str) -> Order | None:
        """Carry out the submit button that was tapped. Return the order if it is placed now, else None."""
        match step:
            case "pick":
                self._pick(word)
            case "read":
                self._read()
            case "add":
                self._keep_current()
            case "edit" | "remove":
                self._turn_to(step, word)
            case "take":
                self._take(word)
            case "again":
                self.slip.basket = list(self.desk.past.get(word, ()))
                return self._order() if self.slip.basket else None
            case "order":
                return self._order()
        return None

    def _take(self, token: str) -> None:
        """Fill the basket with the drinks of a past order of this browser. A single drink is opened at once."""
        self.slip.basket = list(self.desk.past.get(token, ()))
        if len(self.slip.basket) == 1:
            self._edit(0)

    def _pick(self, drink: str) -> None:
        if drink in self.snapshot.menu.drink_by_name:
            self.slip.current = Item(drink)
        else:
            self.slip.faults[""] = _("That drink is not on the menu any more. Choose another.")

    def _turn_to(self, step: str, word: str) -> None:
        """Open the drink at a place of the basket, or remove it. If another drink is open, first put that one into the
        basket."""
        basket = self.slip.basket
        at = whole_number(word, most=len(basket) - 1) if basket else None
        if not self._keep_current(strict=False):
            return
        if at is not None and step == "edit":
            self._edit(at)
        elif at is not None:
            del basket[at]

    def _edit(self, at: int) -> None:
        """Open the options of the drink at this place of the basket. A drink that left the menu has none, so it stays
        in the basket, where the customer can remove it."""
        menu = self.snapshot.menu
        if self.slip.basket[at].drink in menu.drink_by_name:
            self.slip.current = self.slip.basket.pop(at)
            if gone := option_fields.off_its_drink(menu, self.slip.current):
                self.slip.faults.setdefault("", off_menu(*gone))

    def _keep_current(self, *, strict: bool = True) -> bool:
        """Put the drink whose options are open into the basket. Return True, also if no drink is open.

        Return False, and keep it open, if the order would have too many drinks, or if `strict` and its fields have
        errors. A drink that left the menu is put into the basket too, where the customer sees it and can remove it."""
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
        if self._too_many([item]):
            self.slip.current = item
            return False
        self.slip.basket.append(item)
        return True

    def _too_many(self, more: Sequence[Item]) -> bool:
        """Return True, and show an error, if basket and `more` have more drinks together than one order may have."""
        most = self.desk.event.max_drinks_per_order
        if sum(item.quantity for item in (*self.slip.basket, *more)) <= most:
            return False
        self.slip.faults[""] = refusal_text(TooManyDrinks(most), self.desk.event, self.desk.language)
        return True

    def _read(self) -> None:
        """Read an order that was typed as free text, and put its drinks into the basket.

        The parser is the same as for texts."""
        self.slip.text = self.request.POST.get("text", "")[:TEXT].strip()
        timed = self.desk.time_asked
        reading = read(self.slip.text, self.snapshot.menu, language=self.desk.language or None, times=timed)
        self.slip.unknown = reading.unknown
        if reading.intent != Intent.ORDER or not reading.items:
            example = example_order(self.snapshot.menu, self.desk.language)
            fault = _("No drink of the menu was found in that. Write it as “{sample}”.")
            self.slip.faults["text"] = fault.format(sample=example)
            return
        items = reading.items
        if self._too_many(items):
            return
        if reading.note:
            items = (replace(items[0], note=items[0].note or reading.note), *items[1:])
        self.slip.basket += items
        self.slip.name = self.slip.name or option_fields.one_line(reading.name or "", NAME)
        if reading.time:
            time_field.take(reading.time, self.desk, self.slip)
        self.slip.text = ""
        self._ask()

    def _ask(self) -> bool:
        """Open the first drink for which the customer still has to choose an option, and return True; False if there is
        none."""
        menu = self.snapshot.menu
        for at, item in enumerate(self.slip.basket):
            if option_fields.has_open_question(menu, item):
                self._edit(at)
                asked = option_fields.fields_of(menu, item, SoldOut(), {})
                said = {f"option {choice.group}" for choice in item.choices}
                self.slip.faults |= {f.name: _("Choose one.") for f in asked if f.needed and f.name not in said}
                return True
        return False

    # placing the order --------------------------------------------------------------------------

    def _order(self) -> Order | None:
        slip = self.slip
        key = form_key(slip.key, self.posted, self.request.POST)
        # If the response to an earlier request with this key was lost, the order is already placed. Return that order,
        # without checking it again: the menu may have changed since.
        if before := placed(key):
            return before
        if not self._keep_current():
            return None
        items = tuple(slip.basket)
        phone = self._phone()
        if self.desk.name_needed and not slip.name:
            slip.faults["name"] = _("Say whose it is: the name is called and shown.")
        if self.desk.is_public:
            self._check_names()
        wanted_at = time_field.wanted_moment(self.desk, slip)
        if slip.faults or self._ask():
            self._reopen()
            return None
        taken = SubmittedOrder(items, slip.name, phone, key, wanted_at, slip.seen)
        try:
            # If the order is refused, this transaction also rolls back a customer row that was created for it.
            with transaction.atomic():
                return self.desk.place(taken)
        except Refusal as refusal:
            # The form may have been posted twice at once. Then the other request has placed this order, perhaps with
            # the last stock, and this request is refused only because of that.
            if before := placed(key):
                return before
            if isinstance(refusal, ChangedMeanwhile):
                self.slip = slip = replace(self._fresh_slip(), key=slip.key)
                self._start()
            slip.faults[""] = refusal_text(refusal, self.desk.event, self.desk.language)
            self._reopen(refusal)
            return None
        except IntegrityError:
            # Between the first look for this key and the insert, another request with the same key has placed the
            # order.
            if before := placed(key):
                return before
            raise

    def _check_names(self) -> None:
        fault = _("A name is up to {most} letters, without digits and links.").format(most=option_fields.MOST_LETTERS)
        if self.slip.name != self.desk.name and not option_fields.is_name(self.slip.name):
            self.slip.faults["name"] = fault
        known = {item.name for item in self.desk.items}
        others = [item.name for item in self.slip.basket if item.name and item.name not in known]
        if not all(map(option_fields.is_name, others)):
            self.slip.faults.setdefault("", fault)

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
        """Open the drink that caused the refusal, or the only drink."""
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

    # rendering ----------------------------------------------------------------------------------

    @cached_property
    def _gone(self) -> SoldOut:
        return sold_out(self.desk.event, self.desk.stations)

    def _page(self) -> HttpResponse:
        slip, menu, language = self.slip, self.snapshot.menu, self.desk.language
        current = slip.current
        cups = sum(item.quantity for item in slip.basket)
        find = option_fields.one_line((self.request.POST or self.request.GET).get("q", ""), FIND)
        context = {
            "desk": self.desk,
            "event": self.desk.event,
            "slip": slip,
            "basket": _signed(slip.basket, menu),
            "lines": lines_from(slip.basket, self.snapshot, language),
            "example": example_order(menu, language),
            "current": drink_titled(menu, current.drink, language) if current else "",
            "fields": option_fields.fields_of(menu, current, self._gone, slip.faults, language) if current else [],
            "card": self._card(current) if current else None,
            "cup": cup_of(menu, current) if current else None,
            "categories": [] if current else menu_cards.categories(menu, self._gone, language, find),
            "has_many": len(menu.drinks) >= menu_cards.MANY,
            "find": find,
            "past": self._past(),
            "cups": cups,
            "sum": cups + (current.quantity if current else 0),
            "most": max(1, self.desk.event.max_drinks_per_order - cups),
        }
        return render(self.request, self.desk.template, context | dict(self.desk.context))

    def _card(self, current: Item) -> menu_cards.DrinkCard | None:
        menu = self.snapshot.menu
        drink = menu.drink_by_name.get(current.drink)
        return menu_cards.card_of(menu, drink, self._gone, self.desk.language, is_open=True) if drink else None

    def _past(self) -> list[PastOrder]:
        if self.slip.drinks or not self.desk.past:
            return []
        return past_orders([*self.desk.past.items()], self.snapshot, self._gone, self.desk.language)


def _holds(item: Item, missing: tuple[str, ...]) -> bool:
    return item.drink in missing or any(choice.option in missing for choice in item.choices)


def _signed(basket: list[Item], menu: Menu) -> str:
    held = {"items": as_json(basket), "keys": keys_named(menu, basket)}
    return signing.dumps(held, salt=_SALT, compress=True) if basket else ""
