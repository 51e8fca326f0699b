"""What to do and what to say about a text: pure decisions, no Django, no clock, no database.

    turn = respond(state, text, menu, facts)          # what to do
    ... the act is carried out ...
    says, state = conclude(turn, outcome, menu, facts)  # what to say, and where that leaves us

TABLE below is the whole conversation: what a text is, by what we had asked before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from inventory.menu import Menu
from orders.items import Choice, Item
from orders.parser import Asked, Intent, Reading, Topic, read
from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.refusals import CannotBeMade, Refusal, TransitionError
from sms.opinions import judges, score_in
from sms.turns import (
    Act,
    Answer,
    AskDrink,
    AskOption,
    BaristaAsked,
    CallPerson,
    Cancel,
    Cancelled,
    Change,
    CheckMenu,
    CheckWaits,
    CountData,
    DoesNotFit,
    Draft,
    Dropped,
    Facts,
    Forget,
    FromTheBar,
    Instead,
    Kept,
    Lapsed,
    Named,
    NotHere,
    NotUnderstood,
    OpenNow,
    OpenOrder,
    OptIn,
    OptOut,
    Ordered,
    Outcome,
    Phrase,
    Place,
    Rate,
    Refused,
    Rename,
    Saying,
    ShowMenu,
    Stage,
    Standings,
    State,
    Taken,
    TooLate,
    Turn,
    Waits,
    WhatIsKept,
    Wish,
    Wished,
    Without,
)

#: Alone in a text they make Twilio block us: https://help.twilio.com/articles/223134027
OPT_OUT_WORDS = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})
OPT_IN_WORDS = frozenset({"START", "YES", "UNSTOP"})
#: As long as a name on a cup may be.
NAME_LENGTH = 40
#: As much as is kept of how it was.
WORDS_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """One text, understood, with all that the decision about it may know."""

    text: str
    reading: Reading
    state: State
    menu: Menu
    facts: Facts
    #: The open order that the text is about, where it is about one.
    order: OpenOrder | None
    #: How it was is the last thing that we said.
    just_asked: bool = False
    #: What the barista wrote is.
    just_written: bool = False

    @property
    def name(self) -> str:
        return clean_name(self.reading.name or "")

    def turn(self, *says: Saying, act: Act = None, state: State | None = None) -> Turn:
        """Says that and leaves what was asked open, unless another state is given."""
        return Turn(self.reading, act, says, self.state if state is None else state)

    def settled(self) -> State:
        """Nothing is open any more; what the conversation was about stays known."""
        return replace(self.state, draft=None, asked=None, offered=False, tasted=None)


def respond(state: State, text: str, menu: Menu, facts: Facts) -> Turn:
    """Decide about one text. Never raises, whatever the text."""
    just_asked = facts.asked_taste is not None and facts.asked_taste.at > state.at
    just_written = is_last(facts.written, state, facts)
    lapsed = state.draft if state.lapsed(facts.now) else None
    if state.lapsed(facts.now):
        state = replace(state, draft=None, asked=None, offered=False)
    state = after_pickup(state, facts)
    if facts.written and just_written:
        state = after_message(state, facts.written, menu, facts)
    state = replace(state, at=facts.now.timestamp())
    order, words = spoken_of(text, state, facts)
    in_hand = state.draft.items if state.draft else order.wanted if order else ()
    reading = read(words, menu, order=in_hand, asked=state.asked, language=facts.language)
    heard = Heard(text, reading, state, menu, facts, order, just_asked, just_written)
    reading = replace(reading, intent=opt_word(heard) or reading.intent)
    heard = replace(heard, reading=reading)
    turn = to_barista(heard, TABLE[reading.intent][state.stage](heard))
    if lapsed and turn.act is None:
        turn = replace(turn, says=(Lapsed(lapsed.items), *turn.says))
    return turn


def after_pickup(state: State, facts: Facts) -> State:
    """How it was is what we asked last, unless an order is half finished or its name was asked for since."""
    asked = facts.asked_taste
    if asked is None or state.draft or (state.asked and state.at > asked.at):
        return replace(state, tasted=None)
    return replace(state, asked=None, tasted=asked.order)


def is_last(written: FromTheBar | None, state: State, facts: Facts) -> bool:
    """Nothing was said since the barista wrote."""
    taste = facts.asked_taste.at if facts.asked_taste else 0.0
    return written is not None and written.at > max(state.at, taste)


def after_message(state: State, written: FromTheBar, menu: Menu, facts: Facts) -> State:
    """The barista's words are what is answered now, unless an order is half finished.

    Out of oat, is soy fine? stands open like a question of ours, about the order that stands."""
    if state.draft:
        return state
    state = replace(state, asked=None, offered=False, tasted=None)
    order = next((order for order in facts.orders if order.pk == written.order), None)
    if order is None or not written.offers:
        return state
    draft = Draft(order.wanted, changes=order.pk, was=order.wanted)
    return substitute(state, draft, (written.missing,), written.offers, menu) or state


#: Between the customer and us.
PRIVATE = frozenset({Intent.STOP, Intent.START, Intent.HELP, Intent.FORGET, Intent.MY_DATA})
#: What these say in answer to a barista, only the barista knows.
ONLY_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.UNCLEAR, Intent.GREETING, Intent.THANKS})


def to_barista(h: Heard, turn: Turn) -> Turn:
    """An answer to what a barista wrote is passed on, whatever else it does; the customer is told so once."""
    written = h.facts.written
    if written is None or h.reading.intent in PRIVATE:
        return turn
    turn = replace(turn, answers=written.order)
    if not only_answers(h, turn):
        return turn
    says = () if h.state.passed_on == written.message else (Phrase.TO_BARISTA,)
    state = replace(turn.state, passed_on=written.message)
    return replace(turn, act=None, says=says, state=state, only_answers=True)


def only_answers(h: Heard, turn: Turn) -> bool:
    match turn.act:
        case None:
            puzzled = any(isinstance(saying, NotUnderstood) for saying in turn.says)
            return puzzled or (h.just_written and h.reading.intent in ONLY_ANSWERS)
        case Change(order, items, None) | Wish(order, items, None):
            # "The large one", of an order that is large.
            return _unordered(items) == _unordered(order.wanted)
        case _:
            return False


def _unordered(items: tuple[Item, ...]) -> list[tuple[Item, frozenset[Choice]]]:
    """What is said again of a drink comes last among its options."""
    return [(replace(item, choices=()), frozenset(item.choices)) for item in items]


def spoken_of(text: str, state: State, facts: Facts) -> tuple[OpenOrder | None, str]:
    """The open order that the text is about, and the text without its code.

    Without a code it is the last one that can still be changed, else the last one in the making."""
    for order in facts.orders:
        code = re.compile(rf"#?\b{re.escape(order.code)}\b", re.IGNORECASE)
        if code.search(text):
            return order, code.sub(" ", text).strip() or "status"
    to_make = [order for order in facts.orders if order.status != "ready"]
    changeable = [order for order in to_make if order.changeable]
    return next(reversed(changeable or to_make), None), text


def opt_word(heard: Heard) -> Intent | None:
    """Twilio's words, alone in a text, mean what they mean to Twilio, but nobody leaves by a change of mind.

    Somebody with an order to drop who texts CANCEL means the order."""
    word = heard.text.strip().upper()
    if word == "CANCEL" and (heard.state.draft or any(order.status != "ready" for order in heard.facts.orders)):
        return Intent.CANCEL
    if word in OPT_OUT_WORDS:
        return Intent.STOP
    if word in OPT_IN_WORDS and heard.facts.opted_out:
        return Intent.START
    return None


# ordering -------------------------------------------------------------------------------------------


def order(h: Heard) -> Turn:
    if h.facts.closed:
        return h.turn(Refused(h.facts.closed), state=h.settled())
    return proceed(h, Draft(h.reading.items, h.name or h.facts.name, h.reading.note), h.reading.missing)


def change(h: Heard) -> Turn:
    """Of an order that stands. Nothing is written before all is known.

    A further drink joins it where the text says so ("and a tea"); by itself ("large tea") it is an order of its own."""
    if h.order is None:
        return order(h)
    if not h.reading.items:
        return cancel(h)
    if h.reading.items == h.order.wanted and h.name:
        return rename(h)
    if added(h.order.wanted, h.reading.items) and not joins(h.text):
        alone = read(h.text, h.menu, language=h.facts.language)
        if alone.intent is Intent.ORDER:
            return order(replace(h, reading=alone))
    draft = Draft(h.reading.items, h.name, h.reading.note, changes=h.order.pk, was=h.order.wanted)
    return proceed(h, draft, h.reading.missing)


def joins(text: str) -> bool:
    """The text begins with "and", or says "also" or "another", in any language that is read."""
    return any(pattern.search(text) for pattern in _joining())


@cache
def _joining() -> tuple[re.Pattern[str], ...]:
    begins = rf"^\W*({_phrases(Kind.AND)})(?!\w)"
    says = rf"(?<!\w)({_phrases(Kind.ADD, Kind.ANOTHER)})(?!\w)"
    return re.compile(begins, re.IGNORECASE), re.compile(says, re.IGNORECASE)


@cache
def _everything() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_phrases(Kind.ALL)})(?!\w)", re.IGNORECASE)


def _phrases(*kinds: Kind) -> str:
    """In every language that is read, as a part of a pattern."""
    said = (language.phrases.get(kind, "") for language in LANGUAGES.values() for kind in kinds)
    words = {phrase.strip() for each in said for phrase in each.split(",") if phrase.strip()}
    return "|".join(map(re.escape, sorted(words)))


def fill(h: Heard) -> Turn:
    """An answer to our question, or another change to the draft."""
    draft = h.state.draft or Draft()
    if not h.reading.items and not h.reading.missing:
        return let_go(h)
    items = answered_for_all(draft.items, h.reading.items, h.state.asked, h.menu)
    note = both(draft.note, h.reading.note)
    return proceed(h, replace(draft, items=items, name=h.name or draft.name, note=note), h.reading.missing)


def answered_for_all(
    before: tuple[Item, ...], after: tuple[Item, ...], asked: Asked | None, menu: Menu
) -> tuple[Item, ...]:
    """One word in answer to the question about the latte and the mocha is about both."""
    if asked is None or asked.about != "option" or len(before) != len(after):
        return after
    said = [(n, each) for n, item in enumerate(after) for each in item.choices if each not in before[n].choices]
    if len(said) != 1 or said[0][0] != asked.item or said[0][1].group != asked.group:
        return after
    was = in_group(before[asked.item], asked.group)
    new = in_group(after[asked.item], asked.group)

    def same(item: Item) -> bool:
        return in_group(item, asked.group) == was if was else lacks(item, asked.group, menu)

    return tuple(
        replace(item, choices=(*(each for each in item.choices if each.group != asked.group), *new))
        if same(item)
        else item
        for item in after
    )


def in_group(item: Item, group: str) -> tuple[Choice, ...]:
    return tuple(choice for choice in item.choices if choice.group == group)


def lacks(item: Item, group: str, menu: Menu) -> bool:
    drink = menu.drink_by_name.get(item.drink)
    return drink is not None and group in drink.groups and not in_group(item, group)


def proceed(h: Heard, draft: Draft, missing: Iterable[Asked]) -> Turn:
    """Ask the next question about the draft, or have it done."""
    asides = not_served(h.reading)
    for asked in missing:
        if asked.about == "drink":
            question: Saying = AskDrink(asked.choices, asked.offers)
        elif asked.about == "option" and is_open(asked, draft, h.menu):
            items = tuple(item for item in draft.items if lacks(item, asked.group, h.menu))
            question = AskOption(items, asked.group, options_of(asked, h.menu))
        else:
            continue
        return h.turn(*asides, question, state=replace(h.settled(), draft=draft, asked=asked))
    turn = commit(h, draft)
    return replace(turn, says=(*turn.says, *asides))


def is_open(asked: Asked, draft: Draft, menu: Menu) -> bool:
    """Nobody is asked twice: not for what an answer settled, nor for what an order went in without."""
    item = draft.items[asked.item]
    went_without = any(old.drink == item.drink and lacks(old, asked.group, menu) for old in draft.was)
    return lacks(item, asked.group, menu) and not went_without


def options_of(asked: Asked, menu: Menu) -> tuple[str, ...]:
    group = menu.group_by_name.get(asked.group)
    return asked.offers or (tuple(option.name for option in group.options) if group else ())


def commit(h: Heard, draft: Draft) -> Turn:
    """All is known: an order, or a change. For what is being made the barista is asked, but more can be ordered."""
    name = draft.name or h.facts.name
    if draft.changes is None:
        return h.turn(act=Place(draft.items, name, draft.note), state=h.settled())
    target = next((order for order in h.facts.orders if order.pk == draft.changes), None)
    items = noted(draft.items, draft.note)
    if target and target.changeable:
        return h.turn(act=Change(target, items, draft.name or None), state=h.settled())
    if more := added(draft.was, draft.items):
        return h.turn(act=Place(more, name, draft.note), state=h.settled())
    if target and target.status == "making":
        return h.turn(act=Wish(target, items, draft.name or None), state=h.settled())
    return h.turn(TooLate(target) if target else Phrase.NOTHING_OPEN, state=h.settled())


def added(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """What came on top, where everything that was there before is still wanted; else nothing."""
    rest = list(after)
    for item in before:
        if item not in rest:
            return ()
        rest.remove(item)
    return tuple(rest)


def noted(items: tuple[Item, ...], note: str) -> tuple[Item, ...]:
    """A note that comes with a change goes onto every cup: the barista must not miss it."""
    return tuple(replace(item, note=both(item.note, note)) for item in items) if note else items


def both(note: str, more: str) -> str:
    return note if more in note else "; ".join(filter(None, (note, more)))


def usual(h: Heard) -> Turn:
    if h.facts.closed:
        return h.turn(Refused(h.facts.closed), state=h.settled())
    if not h.facts.usual:
        return h.turn(Phrase.NO_USUAL, state=h.settled())
    items = tuple(with_choices(item, h.reading.choices, h.menu) for item in h.facts.usual)
    return proceed(h, Draft(items, h.name or h.facts.name, h.reading.note), ())


def with_choices(item: Item, choices: tuple[Choice, ...], menu: Menu) -> Item:
    """The item with what was said on top, where its drink takes it."""
    drink = menu.drink_by_name.get(item.drink)
    for choice in choices:
        group = menu.group_by_name.get(choice.group)
        if drink is None or group is None or choice.group not in drink.groups:
            continue
        same = choice.group if group.choose == "one" else None
        kept = tuple(
            each
            for each in item.choices
            if each.group != same and (each.group, each.option) != (choice.group, choice.option)
        )
        item = replace(item, choices=(*kept, choice))
    return item


def not_served(reading: Reading) -> tuple[Saying, ...]:
    """What was said and is not part of the order: named back, never dropped in silence."""
    unknown = strange(reading)
    return (*((NotHere(unknown),) if unknown else ()), *((DoesNotFit(reading.misfits),) if reading.misfits else ()))


def strange(reading: Reading) -> tuple[str, ...]:
    """Words that the menu does not know; an option that does not fit its drink is known."""
    misfits = {misfit.said for misfit in reading.misfits}
    return tuple(word for word in reading.unknown if word not in misfits)


# changing one's mind --------------------------------------------------------------------------------


def cancel(h: Heard) -> Turn:
    """The order named by its code, all of them, or the last one."""
    named = h.order is not None and re.search(rf"\b{re.escape(h.order.code)}\b", h.text, re.IGNORECASE)
    every = _everything().search(h.text)
    if h.order is None:
        late = h.facts.orders[-1:]
        return h.turn(TooLate(late[0]) if late else Phrase.NOTHING_TO_CANCEL, state=h.settled())
    orders = (h.order,) if named or not every else tuple(o for o in h.facts.orders if o.status != "ready")
    if all(order.status == "ready" for order in orders):
        return h.turn(TooLate(orders[-1]), state=h.settled())
    return h.turn(act=Cancel(orders), state=h.settled())


def let_go(h: Heard) -> Turn:
    """Of a draft: nothing was ordered, and an order that was to be changed stays as it is."""
    return h.turn(Phrase.NOT_ORDERED, state=h.settled())


# answers to our questions ---------------------------------------------------------------------------


def rename(h: Heard) -> Turn:
    if not h.name:
        return not_understood(h)
    target = next((o for o in h.facts.orders if o.pk == h.state.order), None) or h.order
    state = replace(h.settled(), nameless=False)
    return h.turn(Named(h.name, target), act=Rename(h.name, target), state=state)


def name_draft(h: Heard) -> Turn:
    draft = replace(h.state.draft or Draft(), name=h.name)
    return h.turn(*still_open(h), act=Rename(h.name) if h.name else None, state=replace(h.state, draft=draft))


def without_name(h: Heard) -> Turn:
    return h.turn(Phrase.NAMELESS, state=replace(h.settled(), nameless=True))


def ask_name_again(h: Heard) -> Turn:
    return h.turn(Phrase.NAME_AGAIN)


def accept(h: Heard) -> Turn:
    """Yes, to something offered: the first of it."""
    offers = h.state.asked.offers if h.state.asked else ()
    if not offers:
        return ask_again(h)
    items = h.state.draft.items if h.state.draft else ()
    reading = read(offers[0], h.menu, order=items, asked=h.state.asked)
    return fill(replace(h, reading=reading)) if reading.items else ask_again(h)


def without_option(h: Heard) -> Turn:
    """No preference: the order goes in without it, and the barista makes it as usual."""
    asked, draft = h.state.asked, h.state.draft
    if draft is None or asked is None or asked.about != "option" or not draft.items:
        return let_go(h)
    return commit(h, draft)


def ask_again(h: Heard) -> Turn:
    return h.turn(*not_served(h.reading), *still_open(h))


def still_open(h: Heard) -> tuple[Saying, ...]:
    """The question that waits for an answer, once more."""
    asked, draft = h.state.asked, h.state.draft
    if asked is None or draft is None:
        return ()
    if asked.about == "drink":
        return (AskDrink(asked.choices, asked.offers),)
    if asked.about == "option" and asked.item < len(draft.items):
        items = tuple(item for item in draft.items if lacks(item, asked.group, h.menu)) or (draft.items[asked.item],)
        return (AskOption(items, asked.group, options_of(asked, h.menu)),)
    return ()


# talk: whatever was asked stays open ----------------------------------------------------------------


def greet(h: Heard) -> Turn:
    return h.turn(*(still_open(h) or (Phrase.GREETING,)))


def thank(h: Heard) -> Turn:
    state = h.settled() if h.state.stage is Stage.NAMING else h.state
    return h.turn(Phrase.THANKS, *still_open(h), state=state)


def fine(h: Heard) -> Turn:
    """A yes or no that answers nothing."""
    return h.turn(*(standing(h) if h.facts.orders else (Phrase.GREETING,)))


def standing(h: Heard) -> tuple[Saying, ...]:
    return (NotUnderstood(h.facts.orders),)


def show_menu(h: Heard) -> Turn:
    return h.turn(ShowMenu(h.reading.topics), *still_open(h), act=CheckMenu())


def answer(h: Heard) -> Turn:
    """A question about the menu or the event, from what is known."""
    says: list[Saying] = []
    act: CheckMenu | CheckWaits | None = None
    for topic in in_question(h.reading.topics):
        if topic.kind == "open":
            says.append(OpenNow(h.facts.closed))
        elif topic.kind in ("price", "allergens", "who"):
            says.append(Phrase(topic.kind))
        elif topic.kind == "place":
            act = CheckWaits()
        elif topic.kind in ("group", "category"):
            act = CheckMenu()
            says.append(ShowMenu((topic,)))
        else:
            act = CheckMenu()
            says.append(Answer(topic))
    says += not_served(h.reading)
    return h.turn(*(says or not_understood(h).says if act is None else says), *still_open(h), act=act)


def in_question(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """What the customer wants to know: the price, not that there is latte; oat, not all milks."""
    about_menu = ("drink", "option", "group", "category")
    if any(topic.kind not in about_menu for topic in topics):
        return tuple(topic for topic in topics if topic.kind not in about_menu)
    options = {topic.group for topic in topics if topic.kind == "option"}
    return tuple(topic for topic in topics if topic.kind != "group" or topic.name not in options)


def status(h: Heard) -> Turn:
    return h.turn(*still_open(h), act=CheckWaits())


def help_(h: Heard) -> Turn:
    return h.turn(Phrase.HELP)


def call_person(h: Heard) -> Turn:
    return h.turn(Phrase.PERSON_CALLED, act=CallPerson())


def stop(h: Heard) -> Turn:
    """Where the word alone arrived, the carrier has answered already."""
    silent = h.text.strip().upper() in OPT_OUT_WORDS
    return h.turn(*(() if silent else (Phrase.STOPPED,)), act=OptOut(), state=h.settled())


def start(h: Heard) -> Turn:
    return h.turn(act=OptIn()) if h.facts.opted_out else greet(h)


def forget(h: Heard) -> Turn:
    return h.turn(Phrase.FORGOTTEN, act=Forget(), state=State())


def my_data(h: Heard) -> Turn:
    return h.turn(act=CountData())


def not_understood(h: Heard) -> Turn:
    """A word about an allergy alone goes onto the order that it comes after."""
    if h.reading.note and h.order is not None:
        return commit(h, Draft(h.order.wanted, note=h.reading.note, changes=h.order.pk, was=h.order.wanted))
    return h.turn(NotUnderstood(h.facts.orders, h.reading.unknown), *still_open(h))


def no_name(h: Heard) -> Turn:
    """A word or two that are no name ("skip", "no name") are a way to give none."""
    if len(h.text.split()) <= 2 and not h.reading.unknown and not h.reading.note:
        return without_name(h)
    return replace(not_understood(h), state=h.settled())


Rule = Callable[[Heard], Turn]


# how it was -----------------------------------------------------------------------------------------


def rate(h: Heard) -> Turn:
    """An answer, stored as it was texted; a complaint is one for a person too."""
    score = score_in(h.text)
    words = "" if score and len(h.text.split()) == 1 else clean_name(h.text, WORDS_LENGTH)
    person = h.reading.intent is Intent.SUPPORT
    says = Phrase.RATED if score is None or score > 2 else Phrase.RATED_LOW
    act = Rate(cast(int, h.state.tasted), score, words, person)
    return h.turn(Phrase.PERSON_CALLED if person else says, act=act, state=h.settled())


def rated_or(rule: Rule) -> Rule:
    """Whoever judges, or gives a number and orders nothing by it, answers; any other text is what it always is."""

    def rated(h: Heard) -> Turn:
        # To "1 to 5?" a "5" makes no five lattes of an order that still waits.
        number = h.just_asked and len(h.text.split()) == 1
        ordered = (h.reading.items or h.reading.choices) and not number
        return rate(h) if judges(h.text) or (score_in(h.text) and not ordered) else rule(h)

    return rated


def unclear_taste(h: Heard) -> Turn:
    """A few words that say nothing else are the answer; what names something that is not here is not."""
    return not_understood(h) if strange(h.reading) or h.reading.note else rate(h)


#: A text's kind (row) by what we had asked before (column: `Stage`). Talk leaves a question open and repeats it.
#:                    nothing         drink or option a substitute the name        how it was
TABLE: dict[Intent, tuple[Rule, Rule, Rule, Rule, Rule]] = {
    Intent.ORDER:     (order,          fill,           fill,        order,          rated_or(order)),
    Intent.CHANGE:    (change,         fill,           fill,        change,         rated_or(change)),
    Intent.USUAL:     (usual,          usual,          usual,       usual,          usual),
    Intent.CANCEL:    (cancel,         let_go,         let_go,      cancel,         cancel),
    Intent.NAME:      (rename,         name_draft,     name_draft,  rename,         rename),
    Intent.YES:       (fine,           ask_again,      accept,      ask_name_again, rate),
    Intent.NO:        (fine,           without_option, let_go,      without_name,   thank),
    Intent.UNCLEAR:   (not_understood, ask_again,      ask_again,   no_name,        rated_or(unclear_taste)),
    Intent.GREETING:  (greet,          greet,          greet,       greet,          greet),
    Intent.THANKS:    (thank,          thank,          thank,       thank,          rated_or(thank)),
    Intent.MENU:      (show_menu,      show_menu,      show_menu,   show_menu,      show_menu),
    Intent.QUESTION:  (answer,         answer,         answer,      answer,         answer),
    Intent.STATUS:    (status,         status,         status,      status,         status),
    Intent.HELP:      (help_,          help_,          help_,       help_,          help_),
    Intent.SUPPORT:   (call_person,    call_person,    call_person, call_person,    rated_or(call_person)),
    Intent.STOP:      (stop,           stop,           stop,        stop,           stop),
    Intent.START:     (start,          start,          start,       start,          start),
    Intent.FORGET:    (forget,         forget,         forget,      forget,         forget),
    Intent.MY_DATA:   (my_data,        my_data,        my_data,     my_data,        my_data),
}  # fmt: skip


def language_after(reading: Reading, facts: Facts) -> str | None:
    """What the customer speaks, as far as known, of what the event answers in."""
    return reading.language if reading.language in facts.languages else facts.language


# what came of it ------------------------------------------------------------------------------------


def conclude(turn: Turn, outcome: Outcome, menu: Menu, facts: Facts) -> tuple[tuple[Saying, ...], State]:
    """What to say once the act was carried out or refused, and where that leaves the conversation."""
    match outcome:
        case Ordered():
            return ordered(turn, outcome)
        case Cancelled(orders, too_late, wished):
            gone = {order.pk for order in (*orders, *too_late, *wished)}
            left = tuple(order for order in facts.orders if order.pk not in gone)
            return (Dropped(orders, too_late, left, wished), *turn.says), turn.state
        case Wished(order):
            return (BaristaAsked(order), *turn.says), turn.state
        case Waits(standings):
            return ((Standings(standings) if standings else Phrase.NOTHING_OPEN), *turn.says), turn.state
        case Without():
            says = (replace(s, without=outcome) if isinstance(s, ShowMenu | Answer) else s for s in turn.says)
            return tuple(says), turn.state
        case Kept():
            return (WhatIsKept(outcome), *turn.says), turn.state
        case CannotBeMade():
            return offer(turn, outcome, menu)
        case TransitionError(status="ready") if isinstance(turn.act, Change | Wish):
            return (TooLate(replace(turn.act.order, status="ready")),), turn.state
        case Refusal():
            return (Refused(outcome), *turn.says), turn.state
        case _:
            return turn.says, turn.state


def ordered(turn: Turn, outcome: Ordered) -> tuple[tuple[Saying, ...], State]:
    placed = outcome.order
    changed = isinstance(turn.act, Change)
    says: tuple[Saying, ...] = (Taken(placed, outcome.wait, changed), *turn.says)
    state = replace(turn.state, order=placed.pk)
    if placed.name or state.nameless or all(item.name for item in placed.items):
        return says, state
    # Asked once an order; an answer is still welcome after a change.
    return says if changed else (*says, Phrase.ASK_NAME), replace(state, asked=Asked("name"))


def offer(turn: Turn, refusal: CannotBeMade, menu: Menu) -> tuple[tuple[Saying, ...], State]:
    """What cannot be made is kept as a draft, with a question about what to take instead."""
    says = (Instead(refusal.missing, refusal.instead), *turn.says)
    act = turn.act
    if not isinstance(act, Place | Change) or not refusal.instead:
        return says, turn.state
    draft = Draft(act.items, act.name or "")
    if isinstance(act, Place):
        draft = replace(draft, note=act.note)
    else:
        draft = replace(draft, changes=act.order.pk, was=act.order.items)
    return says, substitute(turn.state, draft, refusal.missing, refusal.instead, menu) or turn.state


def substitute(
    state: State, draft: Draft, missing: tuple[str, ...], offers: tuple[str, ...], menu: Menu
) -> State | None:
    """What is missing in the draft is asked for, with these offered in its place; None where nothing of it is."""
    for n, item in enumerate(draft.items):
        if item.drink in missing:
            others = (*draft.items[:n], *draft.items[n + 1 :])
            asked = Asked("drink", quantity=item.quantity, choices=item.choices, offers=offers)
            return replace(state, draft=replace(draft, items=others), asked=asked, offered=True)
        if group := group_of(item, missing, menu):
            asked = Asked("option", item=n, group=group, offers=offers)
            return replace(state, draft=draft, asked=asked, offered=True)
    return None


def group_of(item: Item, missing: Iterable[str], menu: Menu) -> str | None:
    """The group in which the item has one of the missing options, said or by default."""
    drink = menu.drink_by_name.get(item.drink)
    for name in drink.groups if drink else ():
        said = {choice.option for choice in in_group(item, name) if choice.amount != "no"}
        default = menu.default_option(drink, menu.group_by_name[name]) if drink else None
        if (said or {default or ""}) & set(missing):
            return name
    return None


def clean_name(name: str, length: int = NAME_LENGTH) -> str:
    """As it can stand on a cup and on a ticket: one line, nothing invisible, not too long."""
    printable = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(printable.split())[:length].rstrip()
