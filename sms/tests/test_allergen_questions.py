"""Questions about allergens and contents are answered from what the menu states. Answers are never guessed."""

from __future__ import annotations

import pytest

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.tests import sets
from sms.conversation.sayings import Phrase
from sms.dry_run import Rehearsal
from sms.tests.asking import MENU, replies


@pytest.mark.parametrize("question", ["what has no caffeine?", "is there caffeine in the tea?"])
def test_question_about_caffeine_is_answered(question: str) -> None:
    assert "caffeine" in replies(question, menu=sets.menu("demo"))[0].lower()


def test_what_is_without_an_allergen_is_told_from_the_menu() -> None:
    assert replies("what can I have without lactose")[0] == (
        "Without lactose: tea. With oat or soy: latte, mocha. If it's an allergy, please tell the barista too."
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("latte lactose free?", "Latte contains lactose, but not with oat, soy, almond, lactose free or no milk."),
        ("Latte laktosefrei?", "Latte enthält Laktose, aber nicht mit Hafermilch, Sojamilch, Mandelmilch"),
        ("mocha nut free?", "Mocha is made without nuts."),
        ("Ist der Mokka nussfrei?", "Mokka wird ohne Nüsse gemacht."),
        ("¿latte sin lactosa?", "Latte contiene lactosa, pero no con leche de avena"),
        ("¿latte vegano?", "Latte contiene lácteos, pero no con leche de avena"),
    ],
)
def test_drink_is_asked_about_with_and_without_a_verb(question: str, answer: str) -> None:
    reply = replies(question, menu=sets.menu("demo"))[0]

    assert reply.startswith((answer, answer.replace("á", "a")))


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
        # An option's name can also be the allergen: "does the latte contain soy?" is about soy in the latte, not a soy
        # latte.
        ("does the latte contain soy?", "Latte is made without soy."),
        ("is the soy latte soy free?", "Soy latte contains soy, but not with"),
        ("is the latte lactose free?", "Latte contains lactose, but not with oat"),
        # A question that names an option but no drink is about the contents of the option.
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
        ("algo sin frutos secos?", "Solo esto contiene frutos secos: leche de almendra, avellana."),
        ("irgendwas ohne Nüsse?", "Nur das enthält Nüsse: Mandelmilch, Haselnuss."),
        ("quelque chose sans noix ?", "Seuls contiennent fruits à coque : lait d'amande, noisette."),
        ("Ist der Latte laktosefrei?", "Latte enthält Laktose, aber nicht mit"),
        ("ist der große Latte mit Soja laktosefrei?", "Latte, Sojamilch wird ohne Laktose gemacht. Bei einer"),
        ("is the soy latte lactose free?", "Soy latte is made without lactose."),
        ("is the latte with soy lactose free?", "Soy latte is made without lactose."),
        ("Est-ce que le latte est sans lactose ?", "Latte contient lactose, mais pas avec"),
        ("le latte est sans lactose ?", "Latte contient lactose, mais pas avec"),
        ("Le cappuccino peut être sans lactose ?", "Cappuccino contient lactose, mais pas avec"),
        ("el latte es sin lactosa?", "Latte contiene lactosa, pero no con"),
        ("¿el capuchino puede ser sin lactosa?", "Capuchino contiene lactosa, pero no con"),
        ("le thé est sans caféine ?", "Thé noir contient caféine"),
        ("contains the hot chocolate nuts?", "Hot chocolate is made without nuts."),
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
    assert replies("do you have soy latte?", menu=sets.menu("demo"))[0].startswith("Yes, we have soy latte.")


@pytest.mark.parametrize("said", ["le latte est froid", "el latte está frío", "der Latte ist kalt"])
def test_a_complaint_about_a_cup_is_no_question(said: str) -> None:
    turn = Rehearsal(sets.menu("demo")).text(said).turn

    assert turn.says == (Phrase.PERSON_CALLED,)


@pytest.mark.parametrize("said", ["großer Latte ohne Nüsse", "un latte grande sin nueces", "latte sans noix"])
def test_an_order_without_something_stays_an_order(said: str) -> None:
    rehearsal = Rehearsal(sets.menu("demo"))
    rehearsal.text(said)

    assert [item.drink for item in rehearsal.holds()] == ["Latte"]
