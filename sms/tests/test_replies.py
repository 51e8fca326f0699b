"""Replies to customers: their words, their length, and words that they must never contain."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from inventory.menu import Menu, MenuDrink
from inventory.menu_file import read_menu
from orders import lifecycle
from orders.display.amounts import with_amount
from orders.items import Choice, Item
from orders.parser import Misfit, Topic
from orders.refusals import (
    CannotBeMade,
    EmptyOrder,
    EventClosed,
    NotOnMenu,
    TooManyDrinks,
    TooManyOrders,
    TransitionError,
    WindowFull,
)
from orders.tests import factory
from sms.conversation.actions import OrderProgress, QuotedWait, StoredData
from sms.conversation.facts import Facts, OpenOrder, Unavailable
from sms.conversation.opt_out import OPT_OUT_WORDS
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    AskWhich,
    BaristaAsked,
    ConfirmCups,
    Contains,
    DietNoted,
    DoesNotFit,
    DraftExpired,
    NameTaken,
    NothingChanged,
    NotUnderstood,
    OfferInstead,
    OnlyWithOthers,
    OpenNow,
    OrderRefused,
    OrdersDropped,
    OrderTaken,
    Phrase,
    Saying,
    ShowAllergens,
    ShowAvailability,
    ShowDrinks,
    ShowMenu,
    ShowProgress,
    ShowStoredData,
    TooLate,
    UnknownWords,
)
from sms.replies import notifications
from sms.replies.answering import CHECKED, LONG, word
from sms.replies.gsm7 import plain
from sms.replies.names import example
from sms.replies.order_texts import item_spoken
from sms.segments import GSM_7, segments
from tests import catalogs

MENU = read_menu((Path(settings.BASE_DIR) / "expresso" / "demo" / "menu.yaml").read_text(encoding="utf-8"))
NOW = dt.datetime(2026, 5, 4, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
LATER = NOW + dt.timedelta(hours=1, minutes=30)
NAME = "Maria-Magdalena Freifrau von Hohenstein"
FACTS = Facts(now=NOW, event="The Annual Conference of Very Long Names 2026", name=NAME)
WAIT = QuotedWait(12, 35, 50)


def longest(names: list[str]) -> str:
    return max(names, key=len)


def longest_item(**fields: object) -> Item:
    """Return twelve cups of the drink with the most groups and the longest name, with the longest option of each
    group."""
    drink = max(MENU.drinks, key=lambda each: (len(each.groups), len(each.name)))
    choices = tuple(
        Choice(name, longest([option.name for option in MENU.group_by_name[name].options])) for name in drink.groups
    )
    return replace(Item(drink.name, 12, choices, name="Bartholomew"), **fields)  # type: ignore[arg-type]


TEA = Item(longest([drink.name for drink in MENU.drinks]), 2, (Choice("Milk", "Lactose free"),))
LATTE = Item("Latte", choices=(Choice("Milk", "Oat"), Choice("Size", "Large")))
ITEMS = (longest_item(), TEA, *(Item(drink.name) for drink in MENU.drinks[:8]))
ORDER = OpenOrder(7, "W99", "waiting", ITEMS, NAME, "Coffee bar by the main entrance")
SMALL_ORDER = OpenOrder(8, "A07", "waiting", (LATTE,), "Sam", "Bar 2")
SIZES, MILKS = ("Small", "Regular", "Large"), ("Skim", "Oat", "Soy", "Almond", "Lactose free")
MISFIT = Misfit("English breakfast tea", "Temperature", "Extra hot", "extra hot and over ice")
NO_LACTOSE_FREE = Unavailable(options=frozenset({("Milk", "Lactose free")}))
NO_TEA = Unavailable(drinks=frozenset({"English breakfast tea"}))
UNKNOWN = ("triple pumpkin spice frappuccino", "macadamia milk with whiskey", "bagel", "beer")

SAYINGS: list[Saying] = [
    *Phrase,
    OrderTaken(ORDER, WAIT),
    OrderTaken(ORDER, WAIT, changed=True),
    UnknownWords(UNKNOWN),
    DoesNotFit((MISFIT, replace(MISFIT, fits=MILKS))),
    AskOption((TEA,), "Size", SIZES),
    AskOption(ITEMS, "Size", SIZES),
    AskOption((longest_item(),), "Milk", tuple(option.name for option in MENU.group_by_name["Milk"].options)),
    AskDrink(),
    AskDrink(longest_item().choices, tuple(drink.name for drink in MENU.drinks)),
    AskWhich(ITEMS),
    AskWhich((longest_item(), TEA)),
    OfferInstead((), ()),
    OfferInstead(("Lactose free",), MILKS),
    OfferInstead(("English breakfast tea",), tuple(drink.name for drink in MENU.drinks[-4:])),
    OfferInstead(tuple(drink.name for drink in MENU.drinks)),
    NameTaken(NAME),
    NameTaken(NAME, ORDER),
    OrdersDropped((ORDER,)),
    OrdersDropped((ORDER,), (ORDER,), (SMALL_ORDER, ORDER)),
    BaristaAsked(ORDER),
    OrdersDropped((), wished=(ORDER, ORDER, ORDER)),
    TooLate(replace(ORDER, status="ready")),
    NotUnderstood(),
    NotUnderstood((ORDER, ORDER, ORDER)),
    NotUnderstood((ORDER,), UNKNOWN),
    DraftExpired(ITEMS),
    NothingChanged(ORDER),
    ConfirmCups(ITEMS),
    Contains(ITEMS[0].drink, "caffeine"),
    DietNoted("x" * 120),
    ShowAllergens(("nuts",)),
    ShowDrinks(tuple(drink.name for drink in MENU.drinks[-4:])),
    ShowAllergens(("lactose",), (Item("English breakfast tea"),)),
    ShowAvailability(
        Topic("option", "Lactose free", "Milk"), Unavailable(options=frozenset({("Milk", "Lactose free")}))
    ),
    ShowAvailability(Topic("drink", "English breakfast tea"), Unavailable(drinks=frozenset({"English breakfast tea"}))),
    ShowAvailability(Topic("drink", "English breakfast tea")),
    OpenNow(None),
    OpenNow(EventClosed(LATER)),
    OrderRefused(EventClosed(None)),
    OrderRefused(EventClosed(LATER, paused=True)),
    OrderRefused(EventClosed(NOW + dt.timedelta(days=9))),
    OrderRefused(TooManyOrders(1)),
    OrderRefused(TooManyOrders(300)),
    OrderRefused(TooManyDrinks(100)),
    OrderRefused(WindowFull(LATER + dt.timedelta(days=1))),
    OrderRefused(CannotBeMade(("Oat",), ("Soy",))),
    OrderRefused(NotOnMenu(TEA, "extra hot and over ice")),
    OrderRefused(TransitionError("cancel", "collected")),
    OrderRefused(EmptyOrder()),
    ShowMenu(),
    ShowProgress((OrderProgress(ORDER, WAIT), OrderProgress(replace(ORDER, status="making"), WAIT))),
    ShowStoredData(StoredData(1, 2)),
]


def named(saying: Saying) -> str:
    return saying if isinstance(saying, Phrase) else type(saying).__name__


@pytest.mark.parametrize("saying", SAYINGS, ids=named)
def test_every_reply_fits_a_segment_with_the_longest_names(saying: Saying) -> None:
    text = word((saying,), MENU, FACTS)

    assert text
    assert GSM_7.issuperset(text)
    most = 3 if isinstance(saying, LONG) else 2 if isinstance(saying, CHECKED) else 1
    assert segments(text) <= most, f"{len(text)}: {text}"


@pytest.mark.parametrize("saying", [say for say in SAYINGS if not isinstance(say, LONG)], ids=named)
def test_what_comes_along_never_makes_a_reply_longer_than_a_segment(saying: Saying) -> None:
    text = word((saying, UnknownWords(UNKNOWN), DoesNotFit((MISFIT,)), Phrase.ASK_NAME), MENU, FACTS)

    assert segments(text) <= (2 if isinstance(saying, CHECKED) else 1)
    assert text.startswith(word((saying,), MENU, FACTS)[:3])


def test_no_reply_contains_a_word_that_would_unsubscribe_who_repeats_it() -> None:
    """Twilio blocks customers who text an opt-out word, so no sentence contains such a word, in capitals or not."""
    sentences = [
        sentence
        for said in catalogs.said()
        if said.where.startswith("sms/")
        for sentence in (said.one, said.many)
        if sentence
    ]
    worded = [word((saying,), MENU, FACTS) for saying in SAYINGS]

    found = [
        (token, text)
        for text in (*sentences, *worded)
        for token in re.findall(r"[A-Za-z]+", text)
        if token.upper() in OPT_OUT_WORDS
    ]

    assert len(sentences) > 60
    assert found == []


# Which words a reply contains -----------------------------------------------------------------------


QUICK = QuotedWait(1, 2, 4)
THIRD = OrderProgress(SMALL_ORDER, QuotedWait(3, 5, 8))
NEXT = OrderProgress(SMALL_ORDER, QUICK)
READY = OrderProgress(replace(SMALL_ORDER, status="ready"), QuotedWait(0, 0, 0))
NO_STRONG = Unavailable(options=frozenset({("Strength", "Strong")}))
NO_LATTE = Unavailable(drinks=frozenset({"Latte"}))
STRONG_LATTE = Item("Latte", choices=(Choice("Strength", "Strong"),))
OTHER = replace(SMALL_ORDER, code="A08")


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ([OrderTaken(SMALL_ORDER, QUICK)], "Got it: large oat latte (A07), ready in 2-4 min."),
        (
            [OrderTaken(SMALL_ORDER, QUICK), UnknownWords(("bagel",)), Phrase.ASK_NAME],
            "Got it: large oat latte (A07), ready in 2-4 min. No bagel, sorry. What name for the cup?",
        ),
        ([DoesNotFit((Misfit("Piccolo", "Size", "Large", "large"),))], "Piccolo doesn't come large."),
        (
            [
                DoesNotFit(
                    tuple(Misfit("Piccolo", "Size", said, said) for said in ("large", "iced", "with foam", "large"))
                )
            ],
            "Piccolo doesn't come large, iced or with foam.",
        ),
        (
            [DoesNotFit((Misfit("Long black", "Temperature", "Iced", "iced", fits=("Hot", "Warm")),))],
            "Long black comes hot or warm, not iced.",
        ),
        (
            [AskOption((Item("Latte"), Item("Mocha")), "Size", SIZES)],
            "What size for the latte and mocha: small, regular or large?",
        ),
        ([OfferInstead(("Oat",), ("Soy", "Almond"))], "Sorry, no oat right now. Soy or almond instead?"),
        ([ShowProgress((THIRD,))], "A07 (large oat latte) is number 3 in line at Bar 2, ready in 5-8 min."),
        ([ShowProgress((NEXT,))], "A07 (large oat latte) is next in line at Bar 2, ready in 2-4 min."),
        ([ShowProgress((READY,))], "A07 (large oat latte) is ready at Bar 2!"),
        ([OrdersDropped((SMALL_ORDER,), (), (OTHER,))], "OK, dropped: large oat latte (A07). A08 stays."),
        ([OrderRefused(EventClosed(LATER))], "We're closed right now. Order again from 11:30, please."),
        (
            [OrderRefused(EventClosed(LATER + dt.timedelta(days=1)))],
            "We're closed right now. Order again from 11:30 tomorrow, please.",
        ),
        ([NotUnderstood(unknown=("beer",))], "No beer, sorry. Text me an order like 'large latte', or MENU."),
        ([ShowMenu((Topic("group", "Strength"),))], "Strength: weak, strong, triple."),
        ([ShowMenu((Topic("category", "Cold"),))], "Cold: cold brew."),
        ([ShowAvailability(Topic("option", "Oat", "Milk"))], "Yes, we have oat."),
        (
            [ShowAvailability(Topic("drink", "Latte"), NO_STRONG, STRONG_LATTE)],
            "No strong right now, sorry. There is weak and triple.",
        ),
        ([ShowAvailability(Topic("drink", "Latte"), NO_LATTE, STRONG_LATTE)], "No strong latte right now, sorry."),
        (
            [OnlyWithOthers("Mocha", Choice("Strength", "Strong"), ("Latte", "Flat white"), NO_LATTE)],
            "Mocha doesn't come strong. Flat white.",
        ),
        (
            [ShowAvailability(Topic("option", "Strong", "Strength"), NO_STRONG)],
            "No strong right now, sorry. There is weak and triple.",
        ),
    ],
)
def test_replies_read_as_people_talk(says: list[Saying], text: str) -> None:
    assert word(says, MENU, FACTS) == text


LARGE = Choice("Size", "Large")
SUGAR = Choice("Sweetener", "Sugar", 2.0)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (Item("Latte"), "latte"),
        (Item("Latte", 3, (LARGE,)), "3x large latte"),
        (Item("Cappuccino", 1, (SUGAR, LARGE, Choice("Milk", "Skim"))), "large skim cappuccino, 2 sugar"),
        (
            Item("Latte", 1, (Choice("Milk", "Lactose free"), replace(SUGAR, amount=0.5))),
            "latte, lactose free, 1/2 sugar",
        ),
        (
            Item("Mocha", 1, (Choice("Extras", "Whipped cream", "no"), Choice("Syrup", "Vanilla", "light"))),
            "mocha, a little vanilla, no whipped cream",
        ),
        (Item("Latte", 1, (LARGE,), "Ana", "allergic to nuts"), "large latte for Ana, allergic to nuts"),
    ],
)
def test_item_is_told_as_it_was_ordered(item: Item, text: str) -> None:
    assert item_spoken(item, MENU) == text


def test_a_french_preposition_loses_its_vowel_before_another() -> None:
    avoine = Item("Latte", 1, (LARGE, Choice("Extras", "Cinnamon", "light"), Choice("Milk", "Oat", "light")))

    with override("fr"):
        said = item_spoken(avoine, MENU)

    assert said == "latte, grand, un peu de lait d'avoine, un peu de cannelle"
    assert with_amount("peu de", "avoine", "fr") == "peu d'avoine"
    assert with_amount("poco de", "avena", "es") == "poco de avena"


def test_example_comes_from_the_events_own_menu() -> None:
    smoothies = Menu("Bar", (MenuDrink("Green dream", "Smoothies"),))

    assert (example(MENU), example(smoothies), example(Menu("Empty", ()))) == ("large latte", "green dream", "")


def test_menu_leaves_out_what_cannot_be_had() -> None:
    without = Unavailable(drinks=frozenset({"Cold brew", "Mocha"}))

    text = word((ShowMenu(without=without),), MENU, FACTS)

    assert "mocha" not in text
    assert "Cold:" not in text
    assert text.startswith("Coffee: latte, cappuccino, flat white, cortado,")


def test_menu_too_long_for_texts_names_its_categories() -> None:
    drinks = tuple(MenuDrink(f"Splendid smoothie number {n}", f"Kind {n % 3}") for n in range(60))

    assert (
        word((ShowMenu(),), Menu("Bar", drinks), FACTS)
        == "We have kind 0, kind 1 and kind 2. Text MENU and one of these."
    )


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("it’s “ready” – now…", 'it\'s "ready" - now...'),
        ("Łukasz ☕️ Dvořák", "Łukasz Dvorak"),
        ("Zoë, Jürgen", "Zoe, Jürgen"),
        ("Ольга", "Ольга"),
        ("`tick`", "tick"),
    ],
)
def test_no_emoji_or_curly_quote_makes_a_text_expensive(typed: str, sent: str) -> None:
    assert plain(typed) == sent


def test_link_that_a_customer_typed_does_not_travel_back() -> None:
    assert word((UnknownWords(("http://evil.example/x?a",)),), MENU, FACTS) == "No http evil example..., sorry."


# Texts that Expresso starts -------------------------------------------------------------------------


@pytest.mark.django_db
def test_ready_text_tells_what_where_and_the_code() -> None:
    bar = factory.cafe()
    order = lifecycle.mark_ready(factory.order(bar, factory.item("Latte", "Large", "Oat"), name="Sam"), by=None)

    assert notifications.order_ready(order) == f"Sam, your large oat latte is ready at Bar 1 ({order.code})."


@pytest.mark.django_db
def test_cancelled_text_tells_the_reason_and_what_to_do() -> None:
    order = factory.order(factory.cafe(), factory.item("Latte", "Large"), name="Sam")

    text = notifications.cancelled(order, "out of milk")

    sorry = f"Sorry, we can't make your large latte ({order.code}): out of milk."
    assert text == f"{sorry} Text me something else, or ask at Bar 1."


def test_four_cups_are_told_with_their_sizes_milks_and_names_in_two_segments() -> None:
    cups = tuple(
        Item("Latte", choices=(Choice("Size", "Large"), Choice("Milk", milk), Choice("Syrup", "Vanilla")), name=name)
        for milk, name in (("Oat", "Ann"), ("Soy", "Bea"), ("Skim", "Cleo"), ("Almond", "Dan"))
    )

    text = word((OrderTaken(replace(SMALL_ORDER, items=cups), QUICK), Phrase.ASK_NAME), MENU, FACTS)

    assert all(f"large {milk} latte" in text for milk in ("oat", "soy", "skim", "almond"))
    assert all(f"for {name}" in text for name in ("Ann", "Bea", "Cleo", "Dan"))
    assert segments(text) <= 2


def test_equal_cups_are_counted_and_not_listed() -> None:
    cups = (Item("Latte", choices=(Choice("Size", "Large"),)),) * 3

    assert word((OrderTaken(replace(SMALL_ORDER, items=cups), QUICK),), MENU, FACTS).startswith(
        "Got it: 3x large latte"
    )
