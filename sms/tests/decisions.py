"""A menu, orders and conversation states for tests of `respond`, which decides how a text is handled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Choice, Item
from orders.parser import Question
from sms.conversation.actions import QuotedWait
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.state import ConversationState, OrderDraft, Stage
from sms.conversation.turn import Turn

NOW = dt.datetime(2026, 5, 4, 10, 0, tzinfo=dt.UTC)
MENU = Menu(
    "Corner",
    (
        MenuDrink("Latte", "Coffee", groups=("Size", "Milk")),
        MenuDrink("Mocha", "Coffee", groups=("Size", "Milk")),
        MenuDrink("Espresso", "Coffee"),
    ),
    (
        MenuGroup("Size", (MenuOption("Small"), MenuOption("Large")), ask=True),
        MenuGroup("Milk", (MenuOption("Dairy"), MenuOption("Oat"), MenuOption("Soy")), default="Dairy"),
    ),
)
LARGE, SMALL = Choice("Size", "Large"), Choice("Size", "Small")
OAT, SOY = Choice("Milk", "Oat"), Choice("Milk", "Soy")
LATTE, MOCHA, ESPRESSO = Item("Latte"), Item("Mocha"), Item("Espresso")
LARGE_LATTE = Item("Latte", choices=(LARGE,))
SIZE = Question("option", 0, "Size")
FACTS = Facts(now=NOW, event="Fair", name="Sam")
WAITING = OpenOrder(7, "A07", "waiting", (LARGE_LATTE,), "Sam", "Bar 1")
MAKING = replace(WAITING, status="making")
WAIT = QuotedWait(1, 2, 4)
Hear = Callable[..., Turn]


def choosing(*items: Item, asked: Question = SIZE, **draft: Any) -> ConversationState:
    return ConversationState(draft=OrderDraft(items, **draft), asked=asked, at=NOW.timestamp())


def naming() -> ConversationState:
    return ConversationState(asked=Question("name"), order=7, at=NOW.timestamp())


def offered(*items: Item, offers: tuple[str, ...] = ("Soy", "Dairy")) -> ConversationState:
    asked = Question("option", 0, "Milk", offers=offers)
    return ConversationState(draft=OrderDraft(items), asked=asked, offered=True, at=NOW.timestamp())


STATES = {
    Stage.IDLE: ConversationState(at=NOW.timestamp()),
    Stage.CHOOSING: choosing(LATTE),
    Stage.OFFERED: offered(replace(LARGE_LATTE, choices=(LARGE, OAT))),
    Stage.NAMING: naming(),
    Stage.RATING: ConversationState(rating_of=5, at=NOW.timestamp()),
}
TWO = replace(FACTS, orders=(WAITING, replace(WAITING, pk=8, code="A08")))
