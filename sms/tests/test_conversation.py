"""The decisions, on readings that are given: what the words mean is the parser's business and tested there."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Choice, Item
from orders.parser import Asked, Intent, Misfit, Reading, Topic
from orders.refusals import CannotBeMade, EventClosed, TooManyOrders, TransitionError
from sms.conversation import TABLE, answers, conclude, ordering, respond, table
from sms.conversation.deeds import (
    CallPerson,
    Cancel,
    Cancelled,
    Change,
    CheckMenu,
    CheckWaits,
    Forget,
    OptIn,
    OptOut,
    Ordered,
    Place,
    Rename,
    Standing,
    Wait,
    Waits,
    Wish,
    Wished,
    Without,
)
from sms.conversation.facts import AskedTaste, Facts, OpenOrder
from sms.conversation.sayings import (
    Answer,
    AskDrink,
    AskOption,
    BaristaAsked,
    DoesNotFit,
    Dropped,
    Instead,
    Lapsed,
    Named,
    NotHere,
    NotUnderstood,
    OpenNow,
    Phrase,
    Refused,
    Saying,
    Standings,
    Taken,
    TooLate,
)
from sms.conversation.state import Draft, Stage, State
from sms.conversation.turn import Turn, clean_name

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
SIZE = Asked("option", 0, "Size")
FACTS = Facts(now=NOW, event="Fair", name="Sam")
WAITING = OpenOrder(7, "A07", "waiting", (LARGE_LATTE,), "Sam", "Bar 1")
MAKING = replace(WAITING, status="making")
WAIT = Wait(1, 2, 4)

Hear = Callable[..., Turn]


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Hear:
    """Respond to a text that was read as given."""

    def respond_to(
        text: str = "…",
        *,
        state: State | None = None,
        facts: Facts = FACTS,
        intent: Intent = Intent.ORDER,
        **reading: Any,
    ) -> Turn:
        for module in (table, ordering, answers):
            monkeypatch.setattr(module, "read", lambda *_args, **_kwargs: Reading(intent, **reading))
        return respond(state or State(at=NOW.timestamp()), text, MENU, facts)

    return respond_to


def choosing(*items: Item, asked: Asked = SIZE, **draft: Any) -> State:
    return State(draft=Draft(items, **draft), asked=asked, at=NOW.timestamp())


def naming() -> State:
    return State(asked=Asked("name"), order=7, at=NOW.timestamp())


def offered(*items: Item, offers: tuple[str, ...] = ("Soy", "Dairy")) -> State:
    asked = Asked("option", 0, "Milk", offers=offers)
    return State(draft=Draft(items), asked=asked, offered=True, at=NOW.timestamp())


# The table ------------------------------------------------------------------------------------------


STATES = {
    Stage.IDLE: State(at=NOW.timestamp()),
    Stage.CHOOSING: choosing(LATTE),
    Stage.OFFERED: offered(replace(LARGE_LATTE, choices=(LARGE, OAT))),
    Stage.NAMING: naming(),
    Stage.TASTED: State(tasted=5, at=NOW.timestamp()),
}


def test_table_has_an_answer_to_every_kind_of_text_in_every_state() -> None:
    assert set(TABLE) == set(Intent)
    assert {len(row) for row in TABLE.values()} == {len(Stage)}
    assert {state.stage for state in STATES.values()} == set(Stage)


@pytest.mark.parametrize("orders", [(), (WAITING,), (MAKING,)])
@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("stage", list(Stage))
def test_every_text_in_every_state_leads_to_an_act_or_a_sentence(
    hear: Hear, stage: Stage, intent: Intent, orders: tuple[OpenOrder, ...]
) -> None:
    items = (LARGE_LATTE,) if intent in (Intent.ORDER, Intent.CHANGE) else ()
    asked = AskedTaste(5, NOW.timestamp()) if stage is Stage.TASTED else None
    facts = replace(FACTS, orders=orders, usual=(LARGE_LATTE,), asked_taste=asked)

    turn = hear("a text", state=STATES[stage], facts=facts, intent=intent, items=items)

    assert turn.act is not None or turn.says


def test_decisions_import_no_django() -> None:
    code = "import sys, sms.conversation; print([name for name in sys.modules if name.split('.')[0] == 'django'])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"


# Ordering -------------------------------------------------------------------------------------------


def test_order_with_nothing_missing_is_placed_at_once_under_the_known_name(hear: Hear) -> None:
    turn = hear(items=(LARGE_LATTE,), note="allergic to nuts")

    assert turn.act == Place((LARGE_LATTE,), "Sam", "allergic to nuts")
    assert turn.state.stage == Stage.IDLE


def test_missing_size_is_asked_before_placing_and_the_order_kept(hear: Hear) -> None:
    turn = hear(items=(LATTE,), missing=(SIZE,), name="Ana")

    assert turn.act is None
    assert turn.says == (AskOption((LATTE,), "Size", ("Small", "Large")),)
    assert turn.state == choosing(LATTE, name="Ana")


def test_answer_places_what_was_kept(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE, name="Ana", note="extra cup"), intent=Intent.CHANGE, items=(LARGE_LATTE,))

    assert turn.act == Place((LARGE_LATTE,), "Ana", "extra cup")


def test_one_question_covers_all_drinks_that_lack_the_group(hear: Hear) -> None:
    asked = hear(items=(LATTE, MOCHA), missing=(SIZE, replace(SIZE, item=1)))
    answered = hear(
        state=asked.state,
        intent=Intent.CHANGE,
        items=(LARGE_LATTE, MOCHA),
        missing=(replace(SIZE, item=1),),
    )

    assert asked.says == (AskOption((LATTE, MOCHA), "Size", ("Small", "Large")),)
    assert answered.act == Place((LARGE_LATTE, replace(MOCHA, choices=(LARGE,))), "Sam")


def test_answer_for_each_drink_is_not_spread_over_the_others(hear: Hear) -> None:
    small_mocha = replace(MOCHA, choices=(SMALL,))

    turn = hear(state=choosing(LATTE, MOCHA), intent=Intent.CHANGE, items=(LARGE_LATTE, small_mocha))

    assert turn.act == Place((LARGE_LATTE, small_mocha), "Sam")


def test_no_preference_places_the_order_without_the_option(hear: Hear) -> None:
    turn = hear("any", state=choosing(LATTE), intent=Intent.NO)

    assert turn.act == Place((LATTE,), "Sam")


def test_missing_drink_is_asked_for_and_what_was_said_kept(hear: Hear) -> None:
    which = Asked("drink", choices=(LARGE, OAT))

    turn = hear(choices=(LARGE, OAT), missing=(which,))

    assert turn.says == (AskDrink((LARGE, OAT)),)
    assert turn.state == choosing(asked=which, name="Sam")


def test_drink_that_was_asked_for_gets_what_was_said_before(hear: Hear) -> None:
    state = choosing(asked=Asked("drink", choices=(LARGE,)), name="Ana", note="no nuts")

    turn = hear("latte", state=state, items=(LARGE_LATTE,))

    assert turn.act == Place((LARGE_LATTE,), "Ana", "no nuts")


def test_words_not_on_the_menu_are_named_back_beside_the_order(hear: Hear) -> None:
    misfit = Misfit("Espresso", "Size", "Large", "large")

    turn = hear(items=(ESPRESSO,), unknown=("bagel", "large"), misfits=(misfit,))

    assert turn.act == Place((ESPRESSO,), "Sam")
    assert turn.says == (NotHere(("bagel",)), DoesNotFit((misfit,)))


def test_closed_event_asks_nothing_and_orders_nothing(hear: Hear) -> None:
    closed = EventClosed(None)

    turn = hear(facts=replace(FACTS, closed=closed), items=(LATTE,), missing=(SIZE,))

    assert (turn.act, turn.says, turn.state.stage) == (None, (Refused(closed),), Stage.IDLE)


def test_usual_orders_the_last_order_with_what_was_said_on_top(hear: Hear) -> None:
    usual = (Item("Latte", choices=(SMALL, OAT)), ESPRESSO)

    turn = hear(facts=replace(FACTS, usual=usual), intent=Intent.USUAL, choices=(LARGE,))

    assert turn.act == Place((Item("Latte", choices=(OAT, LARGE)), ESPRESSO), "Sam")


def test_unknown_usual_is_admitted(hear: Hear) -> None:
    assert hear(intent=Intent.USUAL).says == (Phrase.NO_USUAL,)


# The name -------------------------------------------------------------------------------------------


def test_order_without_a_name_goes_in_and_the_name_is_asked_afterwards(hear: Hear) -> None:
    placed = replace(WAITING, name="")
    turn = hear(facts=replace(FACTS, name=""), items=(LARGE_LATTE,))

    says, state = conclude(turn, Ordered(placed, WAIT), MENU, FACTS)

    assert turn.act == Place((LARGE_LATTE,), "")
    assert says == (Taken(placed, WAIT), Phrase.ASK_NAME)
    assert (state.stage, state.order) == (Stage.NAMING, 7)


def test_name_goes_onto_the_cup(hear: Hear) -> None:
    turn = hear("Ana", state=naming(), facts=replace(FACTS, orders=(WAITING,)), intent=Intent.NAME, name="Ana")

    assert turn.act == Rename("Ana", WAITING)
    assert turn.says == (Named("Ana", WAITING),)
    assert turn.state.stage == Stage.IDLE


def test_no_is_no_name_and_is_not_asked_again(hear: Hear) -> None:
    refused = hear("no", state=naming(), intent=Intent.NO)
    again = hear(state=refused.state, facts=replace(FACTS, name=""), items=(LARGE_LATTE,))
    says, _ = conclude(again, Ordered(replace(WAITING, name=""), WAIT), MENU, FACTS)

    assert (refused.act, refused.says) == (None, (Phrase.NAMELESS,))
    assert says == (Taken(replace(WAITING, name=""), WAIT),)


@pytest.mark.parametrize("text", ["skip", "no name", "…"])
def test_word_that_is_no_name_is_a_way_to_give_none(hear: Hear, text: str) -> None:
    turn = hear(text, state=naming(), intent=Intent.UNCLEAR)

    assert (turn.act, turn.says, turn.state.stage) == (None, (Phrase.NAMELESS,), Stage.IDLE)


def test_name_is_asked_once_and_still_taken_after_a_change(hear: Hear) -> None:
    nameless = replace(WAITING, name="")
    facts = replace(FACTS, name="", orders=(nameless,))
    turn = hear(
        "make it small", state=naming(), facts=facts, intent=Intent.CHANGE, items=(replace(LATTE, choices=(SMALL,)),)
    )

    says, state = conclude(turn, Ordered(nameless, WAIT), MENU, facts)

    assert says == (Taken(nameless, WAIT, changed=True),)
    assert state.stage == Stage.NAMING


def test_name_told_with_nothing_changed_is_a_name(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))

    turn = hear("my name is Jo", facts=facts, intent=Intent.CHANGE, items=WAITING.items, name="Jo")

    assert turn.act == Rename("Jo", WAITING)


def test_name_is_not_asked_where_every_cup_has_one(hear: Hear) -> None:
    cups = (replace(LARGE_LATTE, name="Ana"), replace(ESPRESSO, name="Ben"))
    placed = replace(WAITING, name="", items=cups)
    turn = hear(facts=replace(FACTS, name=""), items=cups)

    says, state = conclude(turn, Ordered(placed, WAIT), MENU, FACTS)

    assert (says, state.stage) == ((Taken(placed, WAIT),), Stage.IDLE)


def test_name_told_while_a_size_is_asked_is_kept_and_the_question_repeated(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), intent=Intent.NAME, name="Ana")

    assert turn.act == Rename("Ana")
    assert turn.says == (AskOption((LATTE,), "Size", ("Small", "Large")),)
    assert turn.state == choosing(LATTE, name="Ana")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("  Jean-Luc ", "Jean-Luc"),
        ("O’Neill", "O’Neill"),
        ("Sa\x00m\u202e\nOx", "Sa m Ox"),
        ("x" * 60, "x" * 40),
        ("\u200b", ""),
    ],
)
def test_name_fits_a_cup(said: str, name: str) -> None:
    assert clean_name(said) == name


# Changing one's mind --------------------------------------------------------------------------------


def test_change_applies_to_the_order_that_waits(hear: Hear) -> None:
    oat = (replace(LARGE_LATTE, choices=(LARGE, OAT)),)

    turn = hear(facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=oat)

    assert turn.act == Change(WAITING, oat)


def test_added_drink_with_a_question_changes_nothing_until_it_is_answered(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))
    both = (LARGE_LATTE, replace(MOCHA, choices=(SMALL,)))

    reading = {"intent": Intent.CHANGE, "items": (LARGE_LATTE, MOCHA), "missing": (replace(SIZE, item=1),)}
    asked = hear("and a mocha", facts=facts, **reading)
    answered = hear(state=asked.state, facts=facts, intent=Intent.CHANGE, items=both)

    assert (asked.act, asked.says) == (None, (AskOption((MOCHA,), "Size", ("Small", "Large")),))
    assert answered.act == Change(WAITING, both)


def test_what_an_order_went_in_without_is_not_asked_when_it_is_changed(hear: Hear) -> None:
    order = replace(WAITING, items=(LATTE,))
    oat = (replace(LATTE, choices=(OAT,)),)

    turn = hear(facts=replace(FACTS, orders=(order,)), intent=Intent.CHANGE, items=oat, missing=(SIZE,))

    assert turn.act == Change(order, oat)


def test_barista_is_asked_about_an_order_in_the_making(hear: Hear) -> None:
    turn = hear(facts=replace(FACTS, orders=(MAKING,)), intent=Intent.CHANGE, items=(ESPRESSO,))

    assert turn.act == Wish(MAKING, (ESPRESSO,))
    assert conclude(turn, Wished(MAKING), MENU, FACTS)[0] == (BaristaAsked(MAKING),)


def test_a_further_wish_is_about_what_was_wished_before(hear: Hear) -> None:
    wished = replace(MAKING, wish=(ESPRESSO,))
    facts = replace(FACTS, orders=(wished,))

    turn = hear("and a latte", facts=facts, intent=Intent.CHANGE, items=(ESPRESSO, LARGE_LATTE))

    assert turn.act == Place((LARGE_LATTE,), "Sam")


def test_order_that_is_ready_stays_as_it_is(hear: Hear) -> None:
    ready = replace(WAITING, status="ready")

    turn = hear(facts=replace(FACTS, orders=(ready,)), intent=Intent.CANCEL)

    assert (turn.act, turn.says) == (None, (TooLate(ready),))


def test_drink_added_to_an_order_in_the_making_is_a_new_order(hear: Hear) -> None:
    facts = replace(FACTS, orders=(MAKING,))

    turn = hear("and an espresso", facts=facts, intent=Intent.CHANGE, items=(LARGE_LATTE, ESPRESSO))

    assert turn.act == Place((ESPRESSO,), "Sam")


def test_barista_who_was_faster_than_the_change_is_told_of(hear: Hear) -> None:
    turn = hear(facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=(ESPRESSO,))

    says, _ = conclude(turn, TransitionError("change", "ready"), MENU, FACTS)

    assert says == (TooLate(replace(WAITING, status="ready")),)


def test_dropping_the_last_drink_drops_the_order(hear: Hear) -> None:
    assert hear(facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=()).act == Cancel((WAITING,))


def test_half_finished_order_is_dropped_without_a_trace(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CANCEL)

    assert (turn.act, turn.says, turn.state.stage) == (None, (Phrase.NOT_ORDERED,), Stage.IDLE)


TWO = replace(FACTS, orders=(WAITING, replace(WAITING, pk=8, code="A08")))


@pytest.mark.parametrize(
    ("text", "dropped"),
    [("drop it", ["A08"]), ("drop a07", ["A07"]), ("drop #A08", ["A08"]), ("drop everything", ["A07", "A08"])],
)
def test_of_several_orders_the_one_that_is_meant_is_dropped(hear: Hear, text: str, dropped: list[str]) -> None:
    turn = hear(text, facts=TWO, intent=Intent.CANCEL)

    assert isinstance(turn.act, Cancel)
    assert [order.code for order in turn.act.orders] == dropped


def test_dropping_tells_what_stays(hear: Hear) -> None:
    first, second = TWO.orders
    turn = hear(facts=TWO, intent=Intent.CANCEL)

    says, _ = conclude(turn, Cancelled((second,)), MENU, TWO)

    assert says == (Dropped((second,), (), (first,)),)


def test_barista_is_asked_to_drop_what_is_being_made(hear: Hear) -> None:
    turn = hear(facts=replace(FACTS, orders=(MAKING,)), intent=Intent.CANCEL)

    assert turn.act == Cancel((MAKING,))
    says, _ = conclude(turn, Cancelled((), wished=(MAKING,)), MENU, replace(FACTS, orders=(MAKING,)))
    assert says == (Dropped((), wished=(MAKING,)),)


def test_allergy_told_after_ordering_goes_onto_every_cup(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))

    turn = hear(facts=facts, intent=Intent.UNCLEAR, note="allergic to nuts")

    assert turn.act == Change(WAITING, (replace(LARGE_LATTE, note="allergic to nuts"),))


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("and a mocha", True),
        ("+ large mocha", True),
        ("another large latte", True),
        ("can I also get a mocha", True),
        ("large mocha", False),
        ("latte and a mocha", False),
        ("andalusian tea", False),
    ],
)
def test_drink_joins_the_order_where_the_text_says_so(text: str, joins: bool) -> None:
    assert ordering.joins(text) is joins


# Leaving --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", "unsubscribe", "End", "QUIT", "stopall", "REVOKE", "OPTOUT", "CANCEL "])
def test_opt_out_word_alone_is_recorded_and_not_answered(hear: Hear, word: str) -> None:
    turn = hear(word, intent=Intent.UNCLEAR)

    assert (turn.act, turn.says) == (OptOut(), ())


def test_word_cancel_drops_an_order_and_unsubscribes_nobody(hear: Hear) -> None:
    turn = hear("Cancel", facts=replace(FACTS, orders=(WAITING,)), intent=Intent.STOP)

    assert turn.act == Cancel((WAITING,))


def test_word_cancel_drops_a_half_finished_order(hear: Hear) -> None:
    turn = hear("CANCEL", state=choosing(LATTE), intent=Intent.STOP)

    assert (turn.act, turn.says) == (None, (Phrase.NOT_ORDERED,))


def test_leaving_in_other_words_is_confirmed(hear: Hear) -> None:
    turn = hear("please stop texting me", intent=Intent.STOP)

    assert (turn.act, turn.says) == (OptOut(), (Phrase.STOPPED,))


@pytest.mark.parametrize("word", ["START", "unstop", "yes"])
def test_who_left_can_come_back(hear: Hear, word: str) -> None:
    turn = hear(word, facts=replace(FACTS, opted_out=True), intent=Intent.UNCLEAR)

    assert (turn.act, turn.says) == (OptIn(), ())


def test_start_from_somebody_who_never_left_is_a_greeting(hear: Hear) -> None:
    assert hear("START", intent=Intent.START).says == (Phrase.GREETING,)


def test_forgetting_leaves_nothing_open(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), intent=Intent.FORGET)

    assert (turn.act, turn.state) == (Forget(), State())


# Questions ------------------------------------------------------------------------------------------


def test_status_tells_every_open_order(hear: Hear) -> None:
    turn = hear(facts=TWO, intent=Intent.STATUS)
    standings = tuple(Standing(order, WAIT) for order in TWO.orders)

    says, _ = conclude(turn, Waits(standings), MENU, TWO)

    assert turn.act == CheckWaits()
    assert says == (Standings(standings),)


def test_status_without_an_order_says_so(hear: Hear) -> None:
    says, _ = conclude(hear(intent=Intent.STATUS), Waits(()), MENU, FACTS)

    assert says == (Phrase.NOTHING_OPEN,)


def test_code_alone_asks_for_that_order(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def read(text: str, *_args: Any, **_kwargs: Any) -> Reading:
        texts.append(text)
        return Reading(Intent.STATUS)

    monkeypatch.setattr(table, "read", read)
    respond(State(at=NOW.timestamp()), "a07", MENU, TWO)

    assert texts == ["status"]


def test_talk_in_between_keeps_the_question_open_and_repeats_it(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), intent=Intent.STATUS)

    says, state = conclude(turn, Waits(()), MENU, FACTS)

    assert says == (Phrase.NOTHING_OPEN, AskOption((LATTE,), "Size", ("Small", "Large")))
    assert state == choosing(LATTE)


def test_question_about_the_menu_is_answered_from_what_there_is(hear: Hear) -> None:
    topic = Topic("option", "Oat", "Milk")
    without = Without(options=frozenset({("Milk", "Oat")}))
    turn = hear(intent=Intent.QUESTION, topics=(topic,))

    says, _ = conclude(turn, without, MENU, FACTS)

    assert turn.act == CheckMenu()
    assert says == (Answer(topic, without),)


@pytest.mark.parametrize(
    ("topics", "says"),
    [
        ((Topic("option", "Oat", "Milk"), Topic("group", "Milk")), (Answer(Topic("option", "Oat", "Milk")),)),
        ((Topic("drink", "Latte"), Topic("price")), (Phrase.PRICE,)),
    ],
)
def test_question_is_answered_to_the_point(hear: Hear, topics: tuple[Topic, ...], says: tuple[Saying, ...]) -> None:
    assert hear(intent=Intent.QUESTION, topics=topics).says == says


def test_question_about_opening_is_answered(hear: Hear) -> None:
    closed = EventClosed(NOW)

    turn = hear(facts=replace(FACTS, closed=closed), intent=Intent.QUESTION, topics=(Topic("open"),))

    assert turn.says == (OpenNow(closed),)


def test_question_about_what_is_not_there_names_it(hear: Hear) -> None:
    assert hear(intent=Intent.QUESTION, unknown=("beer",)).says == (NotHere(("beer",)),)


def test_unclear_text_leaves_orders_as_they_are_and_says_so(hear: Hear) -> None:
    turn = hear("don't cancel it!", facts=replace(FACTS, orders=(WAITING,)), intent=Intent.UNCLEAR)

    assert (turn.act, turn.says) == (None, (NotUnderstood((WAITING,)),))


def test_complaint_reaches_a_person(hear: Hear) -> None:
    turn = hear(intent=Intent.SUPPORT)

    assert (turn.act, turn.says) == (CallPerson(), (Phrase.PERSON_CALLED,))


# What cannot be made --------------------------------------------------------------------------------


def test_sold_out_option_is_offered_a_substitute_and_the_order_kept(hear: Hear) -> None:
    oat_latte = Item("Latte", choices=(LARGE, OAT))
    refusal = CannotBeMade(("Oat",), ("Dairy", "Soy"))
    turn = hear(items=(oat_latte,))

    says, state = conclude(turn, refusal, MENU, FACTS)

    assert says == (Instead(("Oat",), ("Dairy", "Soy")),)
    assert state == replace(offered(oat_latte, offers=("Dairy", "Soy")), draft=Draft((oat_latte,), "Sam"))


def test_sold_out_drink_leaves_the_others_and_asks_what_instead(hear: Hear) -> None:
    turn = hear(items=(LARGE_LATTE, ESPRESSO))

    _, state = conclude(turn, CannotBeMade(("Latte",), ("Mocha",)), MENU, FACTS)

    assert state.draft == Draft((ESPRESSO,), "Sam")
    assert state.asked == Asked("drink", choices=(LARGE,), offers=("Mocha",))
    assert state.stage == Stage.OFFERED


def test_default_that_is_sold_out_is_asked_about(hear: Hear) -> None:
    turn = hear(items=(LARGE_LATTE,))

    _, state = conclude(turn, CannotBeMade(("Dairy",), ("Oat",)), MENU, FACTS)

    assert state.asked == Asked("option", 0, "Milk", offers=("Oat",))


def test_yes_takes_the_first_offer_for_every_drink_that_had_it(hear: Hear) -> None:
    latte, mocha = Item("Latte", choices=(LARGE, OAT)), Item("Mocha", choices=(SMALL, OAT))
    answered = (replace(latte, choices=(LARGE, SOY)), mocha)
    state = offered(latte, mocha, ESPRESSO)

    turn = hear("yes", state=state, intent=Intent.YES, items=(*answered, ESPRESSO))

    soy_mocha = replace(mocha, choices=(SMALL, SOY))
    assert turn.act == Place((answered[0], soy_mocha, ESPRESSO), "Sam")


def test_no_to_an_offer_orders_nothing(hear: Hear) -> None:
    turn = hear("no", state=offered(LARGE_LATTE), intent=Intent.NO)

    assert (turn.act, turn.says, turn.state.stage) == (None, (Phrase.NOT_ORDERED,), Stage.IDLE)


def test_other_refusals_leave_no_question_open(hear: Hear) -> None:
    refusal = TooManyOrders(3)

    says, state = conclude(hear(items=(LARGE_LATTE,)), refusal, MENU, FACTS)

    assert (says, state.stage) == ((Refused(refusal),), Stage.IDLE)


# State ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [
        *STATES.values(),
        State(
            draft=Draft((Item("Latte", 2, (Choice("Sugar", "Sugar", 0.5), Choice("Foam", "Foam", "no")), "Al", "x"),)),
            asked=Asked("drink", quantity=2, choices=(LARGE,), offers=("Mocha",)),
            nameless=True,
        ),
        State(draft=Draft((LATTE,), "Sam", "note", changes=7, was=(LARGE_LATTE,)), asked=SIZE),
    ],
)
def test_state_survives_json(state: State) -> None:
    import json

    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


@pytest.mark.parametrize(
    "stored",
    [
        {},
        None,
        [],
        "x",
        {"draft": 1},
        {**State().to_json(), "draft": {"items": "latte"}},
        {**State().to_json(), "draft": {"items": [{"drink": "Latte"}], "name": "", "note": "", "changes": None}},
        {**State().to_json(), "asked": {"about": "the weather"}},
        {**State().to_json(), "order": "seven"},
        {**State().to_json(), "at": "noon"},
    ],
)
def test_stored_state_that_is_not_understood_is_a_fresh_one(stored: object) -> None:
    assert State.from_json(stored) == State()


def test_half_finished_order_expires_politely(hear: Hear) -> None:
    earlier = NOW.timestamp() - 21 * 60
    state = replace(choosing(LATTE), at=earlier)

    turn = hear("large", state=state, intent=Intent.UNCLEAR)

    assert turn.act is None
    assert turn.says == (Lapsed((LATTE,)), NotUnderstood())
    assert turn.state == State(at=NOW.timestamp())


def test_order_after_an_expired_one_is_simply_taken(hear: Hear) -> None:
    state = replace(choosing(LATTE), at=NOW.timestamp() - 21 * 60)

    turn = hear(state=state, items=(ESPRESSO,))

    assert (turn.act, turn.says) == (Place((ESPRESSO,), "Sam"), ())


def test_notes_add_up(hear: Hear) -> None:
    order = replace(WAITING, items=(replace(LARGE_LATTE, note="no nuts"),))

    turn = hear(facts=replace(FACTS, orders=(order,)), intent=Intent.UNCLEAR, note="no soy")

    assert turn.act == Change(order, (replace(LARGE_LATTE, note="no nuts; no soy"),))


def test_half_finished_order_waits_for_its_answer(hear: Hear) -> None:
    state = replace(choosing(LATTE), at=NOW.timestamp() - 19 * 60)

    assert hear(state=state, intent=Intent.CHANGE, items=(LARGE_LATTE,)).act == Place((LARGE_LATTE,), "Sam")
