"""Greetings, requests for the menu, and questions get an answer, order nothing, and leave an open question open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from inventory.menu import MenuGroup, MenuOption
from orders.parser import Intent, Topic
from orders.parser.reading import TopicKind
from orders.tests import sets
from sms.conversation import respond
from sms.conversation.actions import Act, CallPerson, CheckWaits
from sms.conversation.sayings import (
    DietNoted,
    NotUnderstood,
    OpenNow,
    OwnAnswer,
    Phrase,
    Saying,
    ShowAvailability,
    ShowMenu,
    UnknownWords,
)
from sms.conversation.smalltalk import ON_MENU
from sms.conversation.state import ConversationState, Stage
from sms.dry_run import Rehearsal
from sms.tests.decisions import FACTS, LARGE_LATTE, LATTE, MENU, NOW, STATES, WAITING, Hear, choosing, naming

SIZE = "What size for the latte: small, regular or large?"
PASSED_ON = "I don't know that, sorry. I've passed your question on to the team; the baristas may know, too."
HI = "Hi! Text me your order, like 'large latte'. MENU shows what there is."
UNCLEAR = "Sorry, I didn't get that. Text me an order like 'large latte', or MENU."
TEAS = "English breakfast tea, peppermint tea."
MILKS = "Milk: full cream, skim, oat, soy, almond, lactose free, no milk."
NO_PRICE = "I don't know about prices, sorry. The baristas do."
MAY_ASK = " If it's an allergy, please tell the barista too."


def last_reply(*texts: str) -> str:
    rehearsal = Rehearsal(sets.menu("demo"), languages=("en", "de", "es", "fr"))
    return [rehearsal.text(each).reply for each in texts][-1]


@pytest.mark.parametrize(
    ("texts", "reply"),
    [
        # Greetings and thanks.
        (["👋"], HI),
        (["hello"], HI),
        (["haha"], ""),
        (["latte small for Sam", "👋"], ""),
        (["latte", "hello"], SIZE),
        (["latte", "thanks"], f"You're welcome! {SIZE}"),
        # Requests for the menu, or for a part of it.
        (["menu tea"], TEAS),
        (["tea menu"], TEAS),
        (["the tea menu please"], TEAS),
        (["menu chocolate"], "Mocha, hot chocolate."),
        (["Karte Tee"], "Chai Latte, Matcha Latte, Schwarztee, Pfefferminztee."),
        (["menu ea"], UNCLEAR),
        (["menu milk"], MILKS),
        (["milk menu"], MILKS),
        (["what milks do you have"], MILKS),
        (["menu oat"], "Oat what? We have latte, cappuccino or flat white ... (MENU)."),
        (["what is on the menu without nuts"], f"Only these contain nuts: almond, hazelnut.{MAY_ASK}"),
        # Questions about things on the menu.
        (["do you have oat"], "Yes, we have oat."),
        (["do you have oat", "add it to a small latte for Sam"], "Got it: small oat latte (A01), ready within 3 min."),
        (["do you have oat and soy?"], "Yes, we have oat. Yes, we have soy."),
        (["do you have oat milk or which milks?"], "Yes, we have oat."),
        (["do you have oat latte?"], "Yes, we have oat latte."),
        (["do you have xyzzy?"], PASSED_ON),
        # Questions about what drinks contain.
        (["what's in a mocha"], "Mocha: chocolate, espresso, lots of milk, milk foam."),
        (["small latte for Sam", "what's in it"], "Latte: espresso, lots of milk, milk foam."),
        (["what's in it"], PASSED_ON),
        (
            ["small latte for Sam, whats in a mocha"],
            "Got it: small latte (A01), ready within 3 min. Mocha: chocolate, espresso, lots of milk, milk foam.",
        ),
        (["any nuts in the mocha?"], f"Mocha is made without nuts.{MAY_ASK}"),
        (["what is in the mocha, any nuts?"], f"Mocha is made without nuts.{MAY_ASK}"),
        (
            ["is there milk in the mocha?"],
            f"Mocha contains dairy, but not with oat, soy, almond or no milk.{MAY_ASK}",
        ),
        (["are there nuts?"], f"Only these contain nuts: almond, hazelnut.{MAY_ASK}"),
        # Questions about the event.
        (["where are the toilets and the bar?"], PASSED_ON),
        (["how much is a latte?"], NO_PRICE),
        (["is it free?"], NO_PRICE),
        (["are you open?"], "Yes, we're taking orders."),
        # Diets and allergies.
        (["allergic to peanuts"], "Noted for the barista: allergic to peanuts. What can I get you?"),
        (
            ["allergic to peanuts", "latte small for Sam"],
            "Got it: small latte, allergic to peanuts (A01), ready within 3 min.",
        ),
        (
            ["small latte for Sam", "allergic to eggs"],
            "Changed: small latte, allergic to eggs (A01), ready within 3 min.",
        ),
    ],
)
def test_a_text_gets_its_answer(texts: list[str], reply: str) -> None:
    assert last_reply(*texts) == reply


def test_a_diet_that_is_told_twice_is_noted_once_and_another_beside_it() -> None:
    rehearsal = Rehearsal(sets.menu("demo"))
    for text in ("allergic to eggs", "allergic to eggs", "and allergic to fish"):
        rehearsal.text(text)

    assert [item.note for item in rehearsal.text("small latte").items] == ["allergic to eggs; allergic to fish"]


@pytest.mark.parametrize(("state", "then"), [(naming(), Stage.NAMING), (choosing(LATTE), Stage.CHOOSING)])
def test_thanks_end_no_question(hear: Hear, state: ConversationState, then: Stage) -> None:
    """After "thanks", an open question stays open, because customers often answer it only in their next text."""
    assert hear("thanks", state=state, intent=Intent.THANKS).state.stage is then


@pytest.mark.parametrize("facts", [{"orders": (WAITING,)}, {"usual": (LARGE_LATTE,)}])
def test_a_wave_of_somebody_known_gets_no_reply(hear: Hear, facts: dict[str, Any]) -> None:
    assert hear("👋", facts=replace(FACTS, **facts), intent=Intent.CHAT).says == ()


@pytest.mark.parametrize(
    ("topics", "act", "says"),
    [
        ((Topic("price"),), None, (Phrase.PRICE,)),
        ((Topic("allergens"),), None, (Phrase.ALLERGENS,)),
        ((Topic("who"),), None, (Phrase.WHO,)),
        ((Topic("open"),), None, (OpenNow(None),)),
        ((Topic("place"),), CallPerson(), (Phrase.PASSED_ON,)),
        ((Topic("place"), Topic("price")), None, (Phrase.PRICE,)),
        ((Topic("place"), Topic("who")), CallPerson(), (Phrase.PASSED_ON, Phrase.WHO)),
        ((Topic("other"),), CallPerson(), (Phrase.PASSED_ON,)),
        ((Topic("made"),), CallPerson(), (Phrase.PASSED_ON,)),
        ((Topic("group", "Milk"),), None, (ShowMenu((Topic("group", "Milk"),)),)),
        ((Topic("category", "Coffee"),), None, (ShowMenu((Topic("category", "Coffee"),)),)),
        ((Topic("drink", "Latte"),), None, (ShowAvailability(Topic("drink", "Latte")),)),
        (
            (Topic("option", "Oat", "Milk"), Topic("group", "Size")),
            None,
            (ShowAvailability(Topic("option", "Oat", "Milk")), ShowMenu((Topic("group", "Size"),))),
        ),
        ((), CallPerson(), (Phrase.PASSED_ON,)),
    ],
)
def test_a_question_is_answered_from_facts_or_handed_on(
    hear: Hear, topics: tuple[Topic, ...], act: Act, says: tuple[Saying, ...]
) -> None:
    turn = hear("a question?", intent=Intent.QUESTION, topics=topics)

    assert (turn.act, turn.says) == (act, says)


def test_the_place_is_told_with_the_open_order(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))

    turn = hear("where?", facts=facts, intent=Intent.QUESTION, topics=(Topic("place"),))

    assert (turn.act, turn.says) == (CheckWaits(), ())


@pytest.mark.parametrize("kind", [kind for kind in get_args(TopicKind) if kind not in ON_MENU])
def test_a_question_about_a_fact_is_not_answered_as_one_about_the_menu(hear: Hear, kind: TopicKind) -> None:
    says = hear("a question?", intent=Intent.QUESTION, topics=(Topic(kind),)).says

    assert not any(isinstance(said, ShowAvailability) for said in says)


def test_only_a_single_thing_that_there_is_can_be_taken_up(hear: Hear) -> None:
    oat, soy = Topic("option", "Oat", "Milk"), Topic("option", "Soy", "Milk")

    assert hear("oat?", intent=Intent.QUESTION, topics=(oat,)).state.told == "Oat"
    assert hear("oat or soy?", intent=Intent.QUESTION, topics=(oat, soy)).state.told == ""
    assert hear("prices?", intent=Intent.QUESTION, topics=(Topic("price"),)).state.told == ""


def test_strange_words_in_a_question_are_named_back_with_its_answer(hear: Hear) -> None:
    turn = hear("latte with glitter?", intent=Intent.QUESTION, topics=(Topic("drink", "Latte"),), unknown=("glitter",))

    assert turn.says == (ShowAvailability(Topic("drink", "Latte")), UnknownWords(("glitter",)))


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("wifi?", None, "Guest"),
        ("the internet password please", None, "Guest"),
        ("internet", None, None),
        ("wifi?", "de", "Gast"),
        # The organizer wrote no French answer about the Wi-Fi, so the answer without a language is given.
        ("wifi?", "fr", "Guest"),
        ("toilets?", "fr", None),
        ("toilets?", "de", "Links"),
    ],
)
def test_the_events_own_answer_is_found_by_all_its_words_in_the_language_of_the_reply(
    hear: Hear, text: str, language: str | None, answer: str | None
) -> None:
    answers = (
        ("", ("wifi",), "Guest"),
        ("", ("internet", "password"), "Guest"),
        ("de", ("wifi",), "Gast"),
        ("de", ("toilet",), "Links"),
    )
    facts = replace(FACTS, language=language, languages=("en", "de", "fr"), answers=lambda: answers)

    turn = hear(text, facts=facts, intent=Intent.UNCLEAR)

    assert [said.text for said in turn.says if isinstance(said, OwnAnswer)] == ([answer] if answer else [])


def test_a_group_without_a_letter_in_its_name_is_asked_for_by_no_text() -> None:
    odd = replace(MENU, groups=(*MENU.groups, MenuGroup("☕", (MenuOption("Hot"),))))

    turn = respond(ConversationState(at=NOW.timestamp()), "hello", odd, FACTS)

    assert turn.says == (Phrase.GREETING,)


def test_a_note_that_says_no_diet_is_not_kept_for_the_next_order(hear: Hear) -> None:
    diet = hear("allergic to eggs", intent=Intent.UNCLEAR, note="allergic to eggs")
    other = hear("extra hot", intent=Intent.UNCLEAR, note="extra hot")

    assert (diet.says, diet.state.diet) == ((DietNoted("allergic to eggs"),), "allergic to eggs")
    assert (other.says, other.state.diet) == ((NotUnderstood(),), "")


def test_a_nod_of_somebody_without_an_order_is_greeted(hear: Hear) -> None:
    assert hear("ok", state=STATES[Stage.IDLE], intent=Intent.YES).says == (Phrase.GREETING,)
