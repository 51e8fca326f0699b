"""Rules for greetings and questions. Such texts order nothing, and a question that we asked before stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from inventory.allergens import states_facts
from inventory.menu import Menu
from orders.parser import Intent, Topic
from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.menu_phrases import every_name
from orders.parser.words import stems
from sms.conversation.actions import CallPerson, CheckWaits
from sms.conversation.allergen_questions import allergens_asked
from sms.conversation.asking import as_typed, not_served, still_open
from sms.conversation.availability import as_option, what_there_is
from sms.conversation.diet import allergens_in, states_diet
from sms.conversation.frequent_questions import own_answer
from sms.conversation.ordering import DIET_LENGTH, ask_or_commit, joined_notes
from sms.conversation.prices import prices_asked
from sms.conversation.sayings import (
    DietNoted,
    NotUnderstood,
    OpenNow,
    OwnAnswer,
    Phrase,
    Saying,
    ShowAllergens,
    ShowContents,
    ShowDrinks,
    ShowMenu,
)
from sms.conversation.spoken import single_words
from sms.conversation.state import OrderDraft
from sms.conversation.turn import Heard, Turn

#: The kinds of question topics that name something on the menu.
ON_MENU = ("drink", "option", "group", "category")
#: Maximum number of words in a text that asks for a part of the menu, such as "menu hot chocolate". In longer texts the
#: word "menu" belongs to an order.
MENU_WORDS = 4


def greet(h: Heard) -> Turn:
    return h.turn(*(still_open(h) or (Phrase.GREETING,)))


def thank(h: Heard) -> Turn:
    return h.turn(Phrase.THANKS, *still_open(h), state=h.state)


def acknowledge(h: Heard) -> Turn:
    """Handle "yes" or "no" when nothing was asked: show the open orders, or greet if there are none."""
    return tell_progress(h) if h.facts.orders else h.turn(Phrase.GREETING)


def list_menu(h: Heard) -> Turn:
    topics = tuple(topic for topic in h.reading.topics if topic.kind in ON_MENU)
    options = [topic for topic in topics if topic.kind == "option"]
    if (allergens := allergens_in(h.text)) and not options:
        if not states_facts(h.menu):
            return h.turn(Phrase.ALLERGENS, *still_open(h))
        return h.turn(ShowAllergens(allergens), *still_open(h))
    if Topic("free") in h.reading.topics and not topics:
        # The menu cannot answer "what can I have without onions?", because onions are neither an option nor an
        # allergen.
        return pass_on(h)
    # "What's the biggest size you have" has two topics: the group "Size" and the option "large". The customer asks
    # about the option, so "yes please" in the next text can only mean the option.
    told = _one_thing([topic for topic in topics if topic.kind != "group"]) if options else ""
    return h.turn(ShowMenu(topics), *still_open(h), state=replace(h.state, told=told))


def asked_drinks(text: str, menu: Menu) -> tuple[str, ...]:
    """Return the drinks that a text such as "menu tea" asks for. Return an empty tuple if the text asks for none.

    These are the drinks of the category "tea" or, if no category has this name, the drinks with "tea" in their
    names."""
    asked = _asked(text)
    if not asked:
        return ()
    categories = {each.name: tuple(chain.from_iterable(each.translations.values())) for each in menu.categories}
    in_category = tuple(
        drink.name
        for drink in menu.drinks
        if any(asked == {*stems(name)} for name in (drink.category, *categories.get(drink.category, ())))
    )
    return in_category or tuple(
        drink.name for drink in menu.drinks if any(_has(stems(n), asked) for n in every_name(drink))
    )


def _has(name: Iterable[str], asked: Iterable[str]) -> bool:
    """Return whether the name contains all the words. The end of a word counts: "Pfefferminztee" contains "Tee"."""
    return all(any(part == word or (len(word) > 2 and part.endswith(word)) for part in name) for word in asked)


def asked_group(text: str, menu: Menu) -> str:
    """Return the group of options that a text such as "menu milk" asks for. Return "" if the text asks for none."""
    asked = _asked(text)
    groups = (group.name for group in menu.groups if any(asked == {*stems(name)} for name in every_name(group)))
    return next(groups, "") if asked else ""


def _asked(text: str) -> set[str]:
    """Return the words that stand beside the word "menu": "tea" in "menu tea" and in "tea menu".

    Return an empty set if there are no such words, or if the text is longer than MENU_WORDS."""
    words = stems(text)
    # Drop fillers at the end of the text. German "mal" multiplies in "2 mal Latte", but as the last word it is a
    # filler.
    while words and words[-1] in single_words(Kind.FILLER, Kind.TIMES):
        words = words[:-1]
    if not 2 <= len(words) <= MENU_WORDS:
        return set()
    if words[0] in menu_words():
        return set(words[1:])
    # Leave out "the" before "menu". It looks like French "thé" without its accent, so "the menu" would ask for the
    # teas.
    return {*words[:-1]} - single_words(Kind.THE, Kind.ARTICLE) if words[-1] in menu_words() else set()


@cache
def menu_words() -> frozenset[str]:
    """Return the words that ask for the menu on their own, in all languages ("menu", "carta")."""
    said = (text for language in LANGUAGES.values() for intent, text in language.messages if intent is Intent.MENU)
    return frozenset(words[0] for text in said for phrase in text.split(",") if len(words := stems(phrase)) == 1)


def list_drinks(h: Heard, drinks: tuple[str, ...]) -> Turn:
    return h.turn(ShowDrinks(drinks), *still_open(h))


def answer_question(h: Heard) -> Turn:
    """Answer a question about the menu or the event from stored facts. Pass any other question on to a person."""
    if own := own_answer(h):
        return h.turn(OwnAnswer(own), *still_open(h))
    says: list[Saying] = []
    act: CheckWaits | CallPerson | None = None
    allergens = allergens_asked(h)
    asked = in_question(h.reading.topics, about_allergens=allergens is not None)
    if on_menu := [topic for topic in asked if topic.kind in ON_MENU]:
        says += what_there_is(on_menu, h.menu)
    for topic in asked[len(on_menu) :]:
        if topic.kind == "allergens" and allergens:
            says.append(allergens)
        elif topic.kind in ("open", "hours"):
            until = h.facts.open_until()
            if topic.kind == "hours" and until is None and h.facts.closed is None:
                return pass_on(h)
            says.append(OpenNow(h.facts.closed, until))
        elif topic.kind == "made":
            if not (drinks := with_contents(h)) or not tells_contents(drinks, h.menu):
                return pass_on(h)
            says.append(ShowContents(drinks))
        elif topic.kind == "other":
            return pass_on(h)
        elif topic.kind == "price":
            says.append(prices_asked(h))
        elif topic.kind == "pay" and h.facts.pays_online():
            says.append(Phrase.PAY_ONLINE)
        elif topic.kind in ("allergens", "who"):
            says.append(Phrase(topic.kind))
        elif topic.kind == "pay" or (topic.kind == "place" and not h.facts.orders):
            # "Where are you?" can only be answered for an order, because the order belongs to one of the event's bars.
            act = CallPerson()
            says.append(Phrase.PASSED_ON)
        elif topic.kind == "place":
            act = CheckWaits()
    things = [as_option(topic, h.menu) for topic in on_menu]
    if any(isinstance(said, ShowContents) for said in says):
        # After "Is there sugar in it?" the customer can text "add one", so remember the sugar. If the question names no
        # option, remember the drinks in our answer.
        things += [topic for topic in h.reading.topics if topic.kind == "option"] or _described(says, h)
    told = _one_thing(things)
    says += not_served(h)
    state = replace(h.state, told=told)
    return h.turn(*says, *still_open(h), act=act, state=state) if says or act else pass_on(h)


def _described(says: Sequence[Saying], h: Heard) -> list[Topic]:
    """Return the drinks whose contents the reply tells, so that "I'll try that" can order them. Leave out drinks that
    are already in the customer's order."""
    own = {item.drink for item in h.order.items} if h.order else set()
    drinks = [drink for said in says if isinstance(said, ShowContents) for drink in said.drinks]
    return [Topic("drink", drink) for drink in drinks if drink not in own]


def _one_thing(topics: Sequence[Topic]) -> str:
    """Return the words of the drink or option that "yes please" in the next text would order.

    This is the only topic of the question ("oat"), or its only drink with the named options ("iced matcha"). Return ""
    for several drinks or several options without a drink, because "yes please" could mean any of them."""
    drinks = [topic.name for topic in topics if topic.kind == "drink"]
    options = [topic.name for topic in topics if topic.kind == "option"]
    return " ".join((*options, *drinks)) if len(topics) == 1 or len(drinks) == 1 else ""


def pass_on(h: Heard) -> Turn:
    """Call a person to answer a question that no stored fact answers."""
    return h.turn(Phrase.PASSED_ON, *still_open(h), act=CallPerson())


def with_contents(h: Heard) -> tuple[str, ...]:
    """Return the drinks that the question is about and whose contents the menu states.

    A question that names no drink is about the drinks of the order. "Large latte, what's in a mocha" orders the latte
    and asks only about the mocha."""
    named = [topic.name for topic in h.reading.topics if topic.kind == "drink"]
    items = h.state.unfinished.items or (h.order.items if h.order else ()) or h.reading.items
    ordered = [item.drink for item in h.reading.items]
    asked = dict.fromkeys([name for name in named if name not in ordered] or named or [item.drink for item in items])
    return tuple(name for name in asked if (drink := h.menu.drink_by_name.get(name)) and drink.made_of)


def tells_contents(drinks: Sequence[str], menu: Menu) -> bool:
    """Return whether the contents tell more than the name: "Filter coffee: filter coffee." does not."""
    return any(len({*menu.drink_by_name[drink].made_of}) > 1 for drink in drinks)


def in_question(topics: tuple[Topic, ...], *, about_allergens: bool) -> tuple[Topic, ...]:
    """Return the topics that the question is really about.

    "How much is the latte" asks for the price and not whether there is a latte. "Is there oat milk" asks for oat and
    not for the list of milks."""
    if about_allergens:
        topics = tuple(dict.fromkeys((*topics, Topic("allergens"))))
    if {topic.kind for topic in topics} <= {"inside", "drink"} and Topic("inside") in topics:
        # The parser knows only "in" and the drink of "are there sulphites in the tea?". The menu does not state such
        # contents, so no topic is left to answer.
        return ()
    # "Inside" ("in the mocha") and "free" ("free of") only accompany the topic that says what is asked, such as
    # "allergens". So drop these two.
    unknown, detail = Topic("unknown") in topics, Topic("detail") in topics
    topics = tuple(topic for topic in topics if topic.kind not in ("inside", "free", "unknown", "detail"))
    kinds = {topic.kind for topic in topics}
    if (kinds <= {"drink", "option"} and unknown) or (kinds <= {*ON_MENU} and detail):
        # The menu does not state what is asked: "is there ginger tea" (topic "unknown") or "is the milk organic" (topic
        # "detail").
        return ()
    if not kinds <= {*ON_MENU}:
        # "Where are the toilets" does not ask where the bar is, so drop the topic "place". "What is in the mocha, any
        # nuts" asks about nuts and not for all contents, so drop the topic "made".
        less = {"place"} if kinds & {"other", "price", "pay"} else {"made"} if "allergens" in kinds else set()
        # "What does a flat white cost" does not ask what it is made of, so the topic "made" is dropped.
        less |= {"made"} if "price" in kinds else set()
        # "When do you close?" has the topics "hours" and "open". The opening hours answer both, so drop "open".
        less |= {"open"} if "hours" in kinds else set()
        # In a question about allergens, drop the topics "price" and "who". "Free" in "is the latte soy free?" does not
        # ask for a price, and "qui est" in "qu'est-ce qui est vegan ?" does not ask who we are.
        less |= {"price", "who"} if about_allergens else set()
        return tuple(topic for topic in topics if topic.kind not in (*ON_MENU, *less))
    options = {topic.group for topic in topics if topic.kind == "option"}
    return tuple(topic for topic in topics if topic.kind != "group" or topic.name not in options)


def tell_progress(h: Heard) -> Turn:
    return h.turn(*still_open(h), act=CheckWaits())


def chat(h: Heard) -> Turn:
    """Reply to small talk such as "haha" with the question that is still open. Reply nothing if no question is open.

    If the text has no words (a waving hand) and the customer has never ordered, reply with a greeting."""
    if not (stems(h.text) or h.facts.orders or h.facts.usual):
        return greet(h)
    return h.turn(*still_open(h))


def help_(h: Heard) -> Turn:
    return h.turn(Phrase.HELP)


def call_person(h: Heard) -> Turn:
    return h.turn(Phrase.PERSON_CALLED, act=CallPerson())


def say_unclear(h: Heard) -> Turn:
    """Handle a text that was not understood.

    If the text has a note for the barista ("allergic to nuts"), the note goes on the open order. If there is no open
    order, a diet or allergy is remembered for the next order."""
    if h.reading.note and h.order is not None:
        draft = OrderDraft(h.order.wanted, note=h.reading.note, changes=h.order.pk, was=h.order.wanted)
        return ask_or_commit(h, draft, ())
    if h.reading.note and states_diet(h.reading.note, h.menu, h.facts.language):
        diet = joined_notes(h.state.diet, h.reading.note)[:DIET_LENGTH]
        return h.turn(DietNoted(h.reading.note), *still_open(h), state=replace(h.state, diet=diet))
    return h.turn(NotUnderstood(h.facts.orders, as_typed(h.reading.unknown, h.text)), *still_open(h))
