"""Diets and allergies are noted on the ticket and in later orders, and customers are warned of drinks with the
allergen."""

from __future__ import annotations

import re

import pytest

from inventory.allergens import contents
from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Item
from orders.models import Order
from orders.tests import factory, sets
from sms.conversation.diet import allergens_in, avoided, warnings
from sms.conversation.sayings import Contains
from sms.tests.asking import DAIRY, MENU, replies
from sms.tests.texting import known, text
from stations.models import Station


def test_a_cup_contains_its_usual_options_unless_another_was_chosen() -> None:
    latte = MENU.drink_by_name["Latte"]

    assert contents(latte, MENU) == frozenset({"caffeine", "dairy", "lactose"})
    assert contents(latte, MENU, [("Milk", "Soy"), ("Syrup", "Hazelnut")]) == frozenset({"caffeine", "soy", "nuts"})
    assert contents(latte, MENU, [("Decaf", "Decaf")]) == frozenset({"dairy", "lactose"})
    assert contents(MENU.drink_by_name["Soup"], MENU) is None


#: On this menu the group Milk has no default, so every customer is asked for a milk. Cream is an optional extra.
ASKED = Menu(
    "Asked",
    (
        MenuDrink("Latte", "Coffee", groups=("Milk", "Top"), contains=("caffeine", "lactose")),
        MenuDrink("Tea", "Tea", contains=("caffeine",)),
    ),
    (
        MenuGroup(
            "Milk",
            (
                *(MenuOption(name, contains=DAIRY) for name in ("Whole", "Skim", "Barista", "Hay")),
                MenuOption("Oat", contains=(), removes=("lactose",)),
            ),
            ask=True,
        ),
        MenuGroup("Top", (MenuOption("Cream", contains=DAIRY),), choose="many"),
    ),
)


def test_an_open_choice_may_bring_what_each_of_its_options_contains() -> None:
    latte = ASKED.drink_by_name["Latte"]

    assert contents(latte, ASKED) == frozenset({"caffeine", "dairy", "lactose"})
    assert contents(latte, ASKED, [("Milk", "Oat")]) == frozenset({"caffeine"})
    assert replies("does the latte have dairy?", menu=ASKED)[0].startswith("Latte contains dairy, but not with oat.")
    assert replies("what is dairy free?", menu=ASKED)[0].startswith("Without dairy: tea. With oat: latte.")


def test_an_option_does_not_remove_what_another_one_adds() -> None:
    latte = ASKED.drink_by_name["Latte"]

    assert contents(latte, ASKED, [("Milk", "Oat"), ("Top", "Cream")]) == frozenset({"caffeine", "dairy", "lactose"})
    *_, left_out, insisted = replies("dairy allergy", "latte with oat and cream", "add cream", menu=ASKED)
    assert left_out.startswith("Got it: oat latte, no cream, dairy allergy (A01)")
    assert "Note that latte contains dairy." in insisted


def test_an_open_choice_is_asked_for_without_what_the_customer_cannot_have() -> None:
    assert replies("dairy allergy", "latte", menu=ASKED)[1] == "What milk for the latte: oat?"
    assert replies("lactose intolerant", "latte", menu=ASKED)[1] == "What milk for the latte: oat?"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("nut free?", ("nuts",)),
        ("Ich bin laktoseintolerant", ("lactose",)),
        ("allergique aux fruits à coque", ("nuts",)),
        ("sin gluten", ("gluten",)),
        ("Erdnussallergie", ("nuts",)),
        ("a nutmeg latte", ()),
    ],
)
def test_allergens_are_named_in_every_language(said: str, found: tuple[str, ...]) -> None:
    assert allergens_in(said) == found


def test_what_is_wanted_if_something_is_out_is_no_allergy() -> None:
    assert avoided("if no soy then oat") == ()


def test_drink_that_left_the_menu_hides_no_warning_about_the_others() -> None:
    assert warnings((Item("Affogato"), Item("Mocha")), "dairy allergy", MENU) == (Contains("Mocha", "dairy"),)


def test_allergy_before_any_order_stands_on_the_order(cafe: Station) -> None:
    known(cafe.event)

    noted = text(cafe.event, "nut allergy here!")
    reply = text(cafe.event, "large mocha")

    assert noted == "Noted for the barista: nut allergy here. What can I get you?"
    assert reply.startswith("Got it: large mocha, nut allergy here (")
    assert [item.note for item in Order.objects.get().items.all()] == ["nut allergy here"]


def test_allergy_stands_on_every_order_of_the_conversation(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "large latte, nut allergy")

    text(cafe.event, "separate order: large mocha")

    assert [item.note for item in Order.objects.latest("pk").items.all()] == ["nut allergy"]


def test_allergy_in_one_word_stands_on_the_next_order() -> None:
    noted, order = replies("Nussallergie", "Latte")

    assert noted == "Für den Barista notiert: Nussallergie. Was darf es sein?"
    assert "Nussallergie (A01)" in order


def test_usual_milk_that_the_customer_cannot_have_is_asked_about() -> None:
    first, question, taken = replies("lactose intolerant", "latte", "soy")

    assert first == "Noted for the barista: lactose intolerant. What can I get you?"
    assert question == "What milk for the latte: oat or soy?"
    assert taken.startswith("Got it: soy latte, lactose intolerant (A01)")


def test_allergy_told_after_the_order_asks_about_its_milk() -> None:
    assert replies("latte", "Sam", "lactose intolerant")[-1] == "What milk for the latte: oat or soy?"


@pytest.mark.parametrize(
    ("told", "ordered", "reply"),
    [
        (
            "no soy or almond for me",
            "large soy latte",
            "What milk for the large latte, no soy: full cream, skim, oat, lact",
        ),
        (
            "nada de soja para mí",
            "latte grande de soja",
            "¿Qué leche para latte, grande, sin leche de soja: leche entera",
        ),
        ("cant do oat", "large oat latte", "What milk for the large latte, no oat: full cream, skim, soy, almond"),
        (
            "anaphylaxis to almonds!!",
            "large almond latte",
            "What milk for the large latte, no almond: full cream, skim, oat",
        ),
        ("nut allergy", "large almond latte", "What milk for the large latte, no almond: full cream, skim, oat, soy"),
        ("nut allergy", "large hazelnut latte", "Got it: large latte, no hazelnut, nut allergy (A01)"),
        ("soy celíaca", "latte grande con avena", "¿Qué leche para latte, grande, sin leche de avena: leche entera"),
        ("Nussallergie", "großer Latte mit Haselnuss", "Notiert: Latte, groß, ohne Haselnuss, Nussallergie (A01)"),
        (
            "allergique aux fruits à coque",
            "grand latte noisette",
            "C'est noté: latte, grand, sans noisette, allergique",
        ),
        ("milk and I are not friends", "large latte", "What milk for the large latte: oat, soy, almond or no milk?"),
        ("allergique au lait", "grand latte", "Lait pour latte, grand: lait d'avoine, lait de soja, lait d'amande"),
        ("tengo alergia a la leche", "latte grande", "¿Qué leche para latte, grande: leche de avena, leche de soja"),
        ("ich bin Veganer", "großer Latte", "Milch für Latte, groß: Hafermilch, Sojamilch, Mandelmilch oder"),
        ("Milchallergie", "großer Latte", "Milch für Latte, groß: Hafermilch, Sojamilch, Mandelmilch oder"),
        ("I'm allergic to hazelnut", "large hazelnut latte", "Got it: large latte, no hazelnut, I'm allergic to haz"),
        ("I can't have caffeine", "large latte", "Got it: large decaf latte, I can't have caffeine (A01)"),
        ("I can't have caffeine", "espresso with whole beans", "Got it: decaf espresso, I can't have caffeine"),
        ("soy allergy", "large oat latte", "Got it: large oat latte, soy allergy (A01)"),
        ("I hate soy", "large latte", "Got it: large latte"),
        ("dairyfree", "large latte", "What milk for the large latte: oat, soy, almond or no milk?"),
    ],
)
def test_what_was_refused_before_is_asked_about_or_left_out_of_a_later_order(
    told: str, ordered: str, reply: str
) -> None:
    assert replies(told, ordered, menu=sets.menu("demo"))[1].startswith(reply)


def test_what_somebody_cannot_have_is_made_if_they_choose_it_when_asked() -> None:
    *_, chosen, _, changed = replies(
        "cant do oat", "large oat latte", "oat", "Sam", "add a sugar", menu=sets.menu("demo")
    )

    assert chosen.startswith("Got it: large oat latte, cant do oat (A01)")
    assert changed.startswith("Changed: large oat latte, 1 sugar, cant do oat (A01)")


def test_allergy_told_after_the_order_asks_about_the_milk_that_was_chosen() -> None:
    told = replies("large almond latte", "Sam", "tree nut allergy", menu=sets.menu("demo"))[-1]

    assert told == "What milk for the large latte, no almond: full cream, skim, oat, soy, lactose free or no milk?"


@pytest.mark.parametrize(
    "said",
    [
        "large latte no caffeine",
        "I can't have caffeine, large latte",
        "large latte, I'm sensitive to caffeine",
        "im pregnant so no caffeine, large latte",
        "großer Latte, ich vertrage kein Koffein",
    ],
)
def test_who_cannot_have_caffeine_gets_decaf(said: str) -> None:
    assert re.match("Got it: large decaf latte|Notiert: Latte, groß, entkoff", replies(said, menu=sets.menu("demo"))[0])


def test_decaf_is_taken_after_the_order_too() -> None:
    assert "decaf" in replies("large latte", "Sam", "no caffeine please", menu=sets.menu("demo"))[-1]
    assert "decaf" in replies("large latte", "Sam", "I can't have caffeine", menu=sets.menu("demo"))[-1]


def test_a_warning_is_for_what_a_text_adds_or_changes_and_is_not_repeated_for_the_rest() -> None:
    first, added, changed = replies(
        "mocha for Sam, allergic to dairy", "and a latte with hazelnut and soy", "make the mocha two"
    )

    assert "Note that mocha contains dairy." in first
    assert "contains" not in added
    assert "Note that mocha contains dairy." in changed


def test_what_was_chosen_against_the_allergy_is_left_out_and_made_if_it_is_named_again() -> None:
    left_out, insisted = replies("latte with hazelnut, nut allergy", "add hazelnut")

    assert left_out.startswith("Got it: latte, no hazelnut, nut allergy (A01)")
    assert "Note that latte contains nuts." in insisted


def test_another_note_does_not_take_back_what_was_chosen_against_the_allergy() -> None:
    changed = replies("latte with hazelnut, nut allergy", "add hazelnut", "make it decaf, no lid")[-1]

    assert changed.startswith("Changed: hazelnut decaf latte, nut allergy, no lid (A01)")


@pytest.mark.parametrize(
    ("texts", "reply"),
    [
        (
            ["large almond latte and a small almond mocha", "oat"],
            "Got it: large oat latte, nut allergy; small oat mocha",
        ),
        (["large almond latte and a small latte", "oat"], "Got it: large oat latte, nut allergy; small latte, nut"),
        (["2 large almond lattes with hazelnut", "oat"], "Got it: 2x large oat latte, no hazelnut, nut allergy (A01)"),
        (
            ["large almond latte", "oat, and a large almond mocha"],
            "What milk for the large mocha, no almond: full cream",
        ),
        (["large almond latte", "make it two"], "What milk for the large latte, no almond: full cream, skim, oat"),
        (["large almond latte", "drop the latte, a small mocha"], "Got it: small mocha, nut allergy (A01)"),
        (["large almond latte", "and a large tea"], "Noted: large english breakfast tea, nut allergy. What milk for"),
        (["almond latte", "almond", "large"], "Got it: large almond latte, nut allergy (A01)"),
        (["large latte", "Sam", "add hazelnut"], "Changed: large latte, no hazelnut, nut allergy (A01)"),
        (
            ["large almond latte and a small almond mocha", "oat for the latte"],
            "What milk for the small mocha, no almond: full cream, skim, oat, soy, lactose free or no milk?",
        ),
    ],
)
def test_milk_is_asked_about_until_it_is_chosen_for_each_cup_that_lost_its_own(texts: list[str], reply: str) -> None:
    assert replies("nut allergy", *texts, menu=sets.menu("demo"))[-1].startswith(reply)


@pytest.mark.parametrize(
    ("texts", "reply"),
    [
        (
            ["I can't have dairy, large latte"],
            "Noted: I can't have dairy. What milk for the large latte: oat, soy, almond",
        ),
        (["large latte", "Sam", "I can't have dairy"], "Noted: I can't have dairy. What milk for the large latte: oat"),
        (
            ["No dairy! Large latte with whatever plant milk you have"],
            "Noted: No dairy, whatever plant milk. What milk for the large latte: oat, soy, almond",
        ),
        (["large latte without milk, I can't have dairy"], "Got it: large latte, no milk, I can't have dairy (A01)"),
        (
            ["large latte and a large long black, dairy allergy"],
            "Noted: dairy allergy. What milk for the large latte: oat",
        ),
        (
            ["small latte, allergic to milk", "oat, and a large mocha"],
            "What milk for the large mocha: oat, soy, almond",
        ),
    ],
)
def test_milk_is_asked_about_where_one_text_orders_and_refuses_it(texts: list[str], reply: str) -> None:
    assert replies(*texts, menu=sets.menu("demo"))[-1].startswith(reply)


def test_milk_is_not_asked_about_for_a_drink_without_any() -> None:
    question = replies("allergic to milk", "large latte and an espresso", menu=sets.menu("demo"))[1]

    assert question == "What milk for the large latte: oat, soy, almond or no milk?"


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()
