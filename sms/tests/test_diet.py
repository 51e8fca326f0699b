"""What a customer must not eat or drink: on the ticket, in questions, and in answers from the menu's facts."""

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
from sms.dry_run import Rehearsal
from sms.tests.texting import known, text
from stations.models import Station

DAIRY = ("dairy", "lactose")
MENU = Menu(
    "Corner",
    (
        MenuDrink("Latte", "Coffee", groups=("Milk", "Syrup", "Decaf"), contains=("caffeine",)),
        MenuDrink("Mocha", "Coffee", groups=("Milk",), contains=("caffeine", "dairy")),
        MenuDrink("Tea", "Tea", contains=("caffeine",)),
        MenuDrink("Soup", "Food"),
    ),
    (
        MenuGroup(
            "Milk",
            (
                MenuOption("Full cream", contains=DAIRY),
                MenuOption("Oat", contains=("gluten",)),
                MenuOption("Soy", contains=("soy",)),
            ),
            default="Full cream",
        ),
        MenuGroup("Syrup", (MenuOption("Hazelnut", contains=("nuts",)), MenuOption("Vanilla", contains=()))),
        MenuGroup("Decaf", (MenuOption("Decaf", contains=(), removes=("caffeine",)),)),
    ),
)


def replies(*texts: str, menu: Menu = MENU) -> list[str]:
    rehearsal = Rehearsal(menu, languages=("en", "de", "es", "fr"))
    return [rehearsal.text(each).reply for each in texts]


def test_a_cup_contains_its_usual_options_unless_another_was_chosen() -> None:
    latte = MENU.drink_by_name["Latte"]

    assert contents(latte, MENU) == frozenset({"caffeine", "dairy", "lactose"})
    assert contents(latte, MENU, [("Milk", "Soy"), ("Syrup", "Hazelnut")]) == frozenset({"caffeine", "soy", "nuts"})
    assert contents(latte, MENU, [("Decaf", "Decaf")]) == frozenset({"dairy", "lactose"})
    assert contents(MENU.drink_by_name["Soup"], MENU) is None


#: Milk has no default on this menu, so every customer is asked for their milk. Cream is an extra.
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
    reply = replies("dairy allergy", "latte with oat and cream", menu=ASKED)[1]
    assert "Note that latte contains dairy." in reply


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
        ("cant do oat", "large oat latte", "What milk for the large latte: full cream, skim, soy, almond"),
        ("anaphylaxis to almonds!!", "large almond latte", "What milk for the large latte: full cream, skim, oat"),
        ("nut allergy", "large almond latte", "What milk for the large latte: full cream, skim, oat, soy"),
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

    assert told == "What milk for the large latte: full cream, skim, oat, soy, lactose free or no milk?"


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


@pytest.mark.parametrize("question", ["what has no caffeine?", "is there caffeine in the tea?"])
def test_question_about_caffeine_is_answered(question: str) -> None:
    assert "caffeine" in replies(question, menu=sets.menu("demo"))[0].lower()


def test_a_warning_is_for_what_a_text_adds_or_changes_and_is_not_repeated_for_the_rest() -> None:
    first, added, changed = replies(
        "mocha for Sam, allergic to dairy", "and a latte with hazelnut and soy", "make the mocha two"
    )

    assert "Note that mocha contains dairy." in first
    assert "contains" not in added
    assert "Note that mocha contains dairy." in changed


def test_what_was_chosen_against_the_allergy_is_made_and_told() -> None:
    assert "Note that latte contains nuts." in replies("latte with hazelnut, nut allergy")[0]


def test_what_is_without_an_allergen_is_told_from_the_menu() -> None:
    assert replies("what can I have without lactose")[0] == (
        "Without lactose: tea. With oat or soy: latte, mocha. If it's an allergy, please tell the barista too."
    )


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("show me the menu with soy", "Yes, we have soy."),
        ("which soy milks do you have", "Yes, we have soy. Milk: full "),
    ],
)
def test_an_option_that_is_called_like_an_allergen_is_asked_for_as_what_it_is(question: str, reply: str) -> None:
    assert replies(question)[0].startswith(reply)


def test_few_things_with_an_allergen_are_told_if_the_menu_states_it_of_all() -> None:
    stated = Menu(MENU.name, MENU.drinks[:3], MENU.groups)

    assert replies("nut free?", menu=stated)[0].startswith("Only these contain nuts: hazelnut.")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is the tea nut free?", "Tea is made without nuts."),
        ("does the latte contain lactose?", "Latte contains lactose, but not with oat or soy."),
        ("does the mocha contain dairy?", "Mocha contains dairy."),
        ("does the soup contain gluten?", "I don't know whether Soup contains gluten."),
    ],
)
def test_question_about_one_drink_is_answered_from_its_facts(question: str, answer: str) -> None:
    assert replies(question)[0].startswith(answer)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("menu tea", "English breakfast tea, peppermint tea."),
        ("tea menu please", "English breakfast tea, peppermint tea."),
        ("milk menu", "Milk: full cream, skim, oat, soy, almond, lactose free, no milk."),
        ("Karte Schokolade bitte", "Heiße Schokolade."),
        ("Karte Schokolade mal bitte", "Heiße Schokolade."),
        ("menu milk", "Milk: full cream, skim, oat, soy, almond, lactose free, no milk."),
        ("MENU Tea and chocolate", "Chai latte, matcha latte, hot chocolate, english breakfast tea, peppermint tea."),
        ("menu cold", "Cold brew."),
    ],
)
def test_menu_with_a_word_lists_the_category_or_the_drinks_with_that_word(said: str, reply: str) -> None:
    assert replies(said, menu=sets.menu("demo")) == [reply]


def test_menu_without_facts_sends_the_question_to_the_barista() -> None:
    unstated = Menu("Corner", (MenuDrink("Latte", "Coffee"),))

    assert replies("nut free?", menu=unstated)[0].startswith("Please check allergies with the barista.")


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is there dairy in the latte?", "Latte contains dairy"),
        ("does the chai latte have milk in it?", "Chai latte contains dairy"),
        ("any nuts in the mocha?", "Mocha is made without nuts."),
        ("has your mocha got dairy in it", "Mocha contains dairy"),
        ("mocha contains dairy?", "Mocha contains dairy"),
        ("ist im Latte Milch?", "Latte enthält Milcheiweiß"),
        ("hat der Latte Laktose?", "Latte enthält Laktose"),
        ("enthält der Latte Milch?", "Latte enthält Milcheiweiß"),
        ("ist da Laktose im Cappuccino?", "Cappuccino enthält Laktose"),
        ("sind Nüsse in der heißen Schokolade?", "Heiße Schokolade wird ohne Nüsse gemacht"),
        ("¿tiene leche el moca?", "Moca contiene l"),
        ("hay nueces en el moca?", "Moca se hace sin frutos secos"),
        ("le mocha contient du lait ?", "Moka contient produits laitiers"),
        ("y a-t-il du lait dans le thé ?", "Thé noir est fait sans produits laitiers"),
    ],
)
def test_what_is_inside_of_a_drink_is_told_and_nothing_is_ordered(question: str, answer: str) -> None:
    reply = replies(question, menu=sets.menu("demo"))[0]

    assert reply.startswith(answer)
    assert "barista" in reply.lower()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is the almond latte nut free?", "Almond latte contains nuts, but not with full cream, skim, oat"),
        ("is the hazelnut mocha nut free?", "Mocha, hazelnut contains nuts. If"),
        ("is the oat latte gluten free?", "Oat latte contains gluten, but not with full cream, skim, soy"),
        ("ist der Hafer Latte glutenfrei?", "Latte, Hafermilch enthält Gluten"),
        ("el latte de avena lleva gluten?", "Latte, leche de avena contiene gluten"),
        ("y a-t-il du gluten dans le latte avoine ?", "Latte, lait d'avoine contient gluten"),
        ("is a soy latte vegan?", "Soy latte is made without dairy. If"),
        ("is the latte with whipped cream dairy free if i take oat?", "Oat latte, whipped cream contains dairy. If"),
        ("does the oat latte contain dairy?", "Oat latte is made without dairy."),
        ("is the large latte nut free?", "Large latte is made without nuts."),
        ("is an oat espresso gluten free?", "Oat espresso contains gluten. If"),
        ("is there gluten or soy in the soy latte?", "Soy latte is made without gluten. Soy latte contains soy, but"),
        # The word of an option alone is what the question is about.
        ("does the latte contain soy?", "Latte is made without soy."),
        ("is the soy latte soy free?", "Soy latte contains soy, but not with"),
        ("is the latte lactose free?", "Latte contains lactose, but not with oat"),
        # Without a drink the options are asked about.
        ("is oat milk gluten free?", "Oat contains gluten. If"),
        ("is oat milk nut free?", "Oat is made without nuts. If"),
        ("how strong is the lactose free latte?", "Latte: espresso, lots of milk, milk foam."),
    ],
)
def test_a_question_that_names_an_option_is_answered_for_the_cup_with_it(question: str, answer: str) -> None:
    assert replies(question, menu=sets.menu("demo"))[0].startswith(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is the latte with peanut sauce nut free?", "I don't know whether Latte, peanut sauce contains nuts."),
        ("does peanut sauce contain nuts?", "I don't know whether Peanut sauce contains nuts."),
        ("is the soup with hazelnut nut free?", "Hazelnut soup contains nuts."),
    ],
)
def test_nothing_is_claimed_of_an_option_whose_contents_nobody_states(question: str, answer: str) -> None:
    sauce = MenuGroup("Sauce", (MenuOption("Peanut sauce"),))
    menu = Menu(MENU.name, MENU.drinks, (*MENU.groups, sauce))

    assert replies(question, menu=menu)[0].startswith(answer)


NUTS, LACTOSE = "Only these contain nuts: almond, hazelnut.", "Only these contain lactose: full cream, skim, whipped"
DAIRY_TOLD = "Only these contain dairy: full cream, skim, lactose free, whipped cream."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("anything nut free?", NUTS),
        ("anything without nuts?", NUTS),
        ("what's vegan?", DAIRY_TOLD),
        ("which drinks are vegan?", DAIRY_TOLD),
        ("what's lactose free?", LACTOSE),
        ("is anything lactose free?", LACTOSE),
        ("do you have lactose free milk?", "Yes, we have lactose free."),
        ("was ist ohne Laktose?", "Nur das enthält Laktose:"),
        ("was ist vegan?", "Nur das enthält Milcheiweiß:"),
        ("qu'est-ce qui est sans lactose ?", "Seuls contiennent lactose"),
        ("le latte avoine est-il sans gluten ?", "Latte, lait d'avoine contient gluten"),
        ("qué es sin lactosa?", "Solo esto contiene lactosa:"),
    ],
)
def test_a_question_what_is_without_something_is_answered_and_orders_nothing(question: str, answer: str) -> None:
    rehearsal = Rehearsal(sets.menu("demo"), languages=("en", "de", "es", "fr"))

    assert rehearsal.text(question).reply.startswith(answer)
    assert (rehearsal.holds(), rehearsal.state.diet) == ((), "")


@pytest.mark.parametrize(
    ("menu", "question", "answer"),
    [
        ("sub", "what can I have without gluten", "Please check allergies with the barista."),
        ("sub", "what's vegan?", "Please check allergies with the barista."),
        ("sub", "what can I have without onion?", "I don't know that, sorry."),
        ("pizza", "do you have anything without cheese?", "I don't know that, sorry."),
        ("pizza", "anything without cheese?", "I don't know that, sorry."),
        ("pizza", "do you have a margherita without onions?", "Yes, we have margherita."),
        ("demo", "are there sulphites in the tea", "I don't know that, sorry."),
        ("demo", "sind Sulfite im Tee?", "Das weiß ich leider nicht."),
    ],
)
def test_nothing_is_claimed_that_the_menu_does_not_state(menu: str, question: str, answer: str) -> None:
    assert replies(question, menu=sets.menu(menu))[0].startswith(answer)


def test_whether_a_drink_is_made_with_something_is_no_question_about_an_allergy() -> None:
    assert replies("do you have soy latte?", menu=sets.menu("demo"))[0].startswith("Yes, we have soy.")
