"""Tests of the parser in addition to the sets of texts: questions, answers, names, spelling and any kind of menu."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Choice, Item
from orders.parser import Intent, Misfit, Question, Topic, detect_language, lexicon, prepare, read
from orders.tests import sets

COFFEE = sets.menu("coffee")
LATTE = Item("Latte")


def test_a_prepared_menu_compiles_nothing_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    menu = Menu("Tea", (MenuDrink("Chai", "Tea", translations={"de": ("Gewürztee",)}),))
    prepare(menu)
    monkeypatch.setattr(lexicon, "Lexicon", None)
    monkeypatch.setattr(detect_language, "_look_through", None)

    assert [read(text, menu).items for text in ("chai please", "einen Gewürztee bitte")] == [(Item("Chai"),)] * 2


def test_what_the_menu_asks_for_and_was_not_said_is_missing() -> None:
    reading = read("latte and a large mocha", COFFEE)

    assert reading.missing == (Question("option", item=0, group="Size", offers=("Small", "Regular", "Large")),)


def test_options_without_a_drink_are_kept_until_the_drink_is_named() -> None:
    first = read("2 large with oat", COFFEE)
    second = read("flat white", COFFEE, asked=first.missing[0])

    assert first.missing == (Question("drink", quantity=2, choices=(Choice("Size", "Large"), Choice("Milk", "Oat"))),)
    assert second.items == (Item("Flat white", 2, (Choice("Size", "Large"), Choice("Milk", "Oat"))),)


def test_a_text_without_an_option_orders_not_even_the_only_drink() -> None:
    menu = Menu("Tea", (MenuDrink("Chai", "Tea"),))

    assert read("my name is Ben", menu).items == ()
    assert read("for Ben", menu).items == ()


def test_an_option_that_does_not_fit_is_told_with_its_drink() -> None:
    reading = read("large cortado", COFFEE)

    assert reading.items == (Item("Cortado"),)
    assert reading.misfits == (Misfit("Cortado", "Size", "Large", "large"),)
    assert reading.unknown == ("large",)


def test_what_fits_neither_of_two_drinks_is_told_once() -> None:
    reading = read("a large cortado and a large cortado", COFFEE)

    assert reading.misfits == (Misfit("Cortado", "Size", "Large", "large"),)


def test_a_number_in_the_name_of_a_drink_can_be_written_as_a_word() -> None:
    menu = Menu("Bar", (MenuDrink("7 Up", "Soda"),))

    assert read("a seven up please", menu).items == (Item("7 Up"),)


def test_the_usual_carries_what_is_to_be_different() -> None:
    reading = read("2 of the usual but with oat", COFFEE)

    assert (reading.intent, reading.quantity, reading.choices) == (Intent.USUAL, 2, (Choice("Milk", "Oat"),))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("do you have oat milk?", Topic("option", "Oat", "Milk")),
        ("what milks have you got", Topic("group", "Milk")),
        ("is the chai vegan?", Topic("drink", "Chai latte")),
        ("what tea do you have", Topic("category", "Tea and chocolate")),
        ("is it lactose free?", Topic("option", "Lactose free", "Milk")),
        ("sugar free?", Topic("allergens")),
        ("are you open", Topic("open")),
        ("how much is a mocha?", Topic("price")),
        ("who are you?", Topic("who")),
    ],
)
def test_a_question_says_what_it_is_about(text: str, topic: Topic) -> None:
    assert topic in read(text, COFFEE).topics


@pytest.mark.parametrize("text", ["no", "that's it", "just the drink", "yes please", "nope thanks", "thx", "nah"])
def test_politeness_is_no_name_when_a_name_was_asked(text: str) -> None:
    reading = read(text, COFFEE, order=(LATTE,), asked=Question("name"))

    assert reading.name is None


@pytest.mark.parametrize(
    "name", ["April", "Basil", "Rose", "Jean-Luc", "O'Neill", "Hiroshi", "Mary Ann", "Zoë", "Will"]
)
def test_names_are_names_when_a_name_was_asked_and_when_not(name: str) -> None:
    answered = read(name, COFFEE, order=(LATTE,), asked=Question("name"))
    said = read(f"large latte for {name}", COFFEE)

    assert (answered.intent, answered.name) == (Intent.NAME, name)
    assert (said.items, said.name) == ((Item("Latte", 1, (Choice("Size", "Large"),)),), name)


def test_an_order_given_as_answer_to_the_name_is_an_order() -> None:
    reading = read("a mocha", COFFEE, order=(LATTE,), asked=Question("name"))

    assert [item.drink for item in reading.items] == ["Latte", "Mocha"]


@pytest.mark.parametrize(("text", "size"), [("L", "Large"), ("m", "Regular"), ("2", "Regular"), ("the first", "Small")])
def test_an_answer_may_be_a_letter_or_a_place(text: str, size: str) -> None:
    asked = read("latte", COFFEE).missing[0]

    reading = read(text, COFFEE, order=(LATTE,), asked=asked)

    assert reading.items == (Item("Latte", 1, (Choice("Size", size),)),)


def test_an_answer_goes_to_the_item_that_was_asked_about() -> None:
    order = (Item("Latte"), Item("Mocha"))

    reading = read("large", COFFEE, order=order, asked=Question("option", item=0, group="Size"))

    assert reading.items == (Item("Latte", 1, (Choice("Size", "Large"),)), Item("Mocha"))


def test_substitutes_that_were_offered_are_picked_by_place() -> None:
    asked = Question("drink", choices=(Choice("Size", "Large"),), offers=("Cortado", "Flat white"))

    reading = read("the second", COFFEE, asked=asked)

    assert reading.items == (Item("Flat white", 1, (Choice("Size", "Large"),)),)


def test_what_went_off_the_menu_stays_in_the_order_and_nothing_raises() -> None:
    order = (Item("Gone", 2, (Choice("Gone group", "Gone"),)), Item("Latte", 1, (Choice("Size", "Giant"),)))

    reading = read("make it oat", COFFEE, order=order, asked=Question("option", item=7, group="Gone group"))

    gone = Choice("Size", "Giant")
    assert reading.items == (order[0], replace(order[1], choices=(gone, Choice("Milk", "Oat"))))


def test_a_choice_that_its_drink_no_longer_takes_stays_in_the_order() -> None:
    espresso = Item("Espresso", 1, (Choice("Size", "Large"),))

    assert read("and a chai latte", COFFEE, order=(espresso,)).items == (espresso, Item("Chai latte"))


def test_an_option_that_left_the_menu_is_not_kept_until_the_drink_is_named() -> None:
    asked = Question("drink", choices=(Choice("Gone group", "Gone"), Choice("Milk", "Oat")))

    kept = read("large", COFFEE, asked=asked).missing[0].choices

    assert kept == (Choice("Milk", "Oat"), Choice("Size", "Large"))


def test_a_drink_that_left_the_menu_has_no_words() -> None:
    order = (Item("White russian"), LATTE)

    assert read("drop the white", COFFEE, order=order).intent is Intent.UNCLEAR


def test_one_with_means_no_milk_in_particular_if_the_menu_has_no_usual_milk() -> None:
    milk = MenuGroup("Milk", (MenuOption("No milk"), MenuOption("Oat")))
    menu = Menu("Tea", (MenuDrink("Tea", "Tea", groups=("Milk",)),), (milk,))

    items = read("a tea without milk and one with", menu).items

    assert {choice.option for item in items for choice in item.choices} == {"No milk"}


@pytest.mark.parametrize(
    ("text", "drink"),
    [
        ("mocha", "Mocha"),
        ("matcha", "Matcha latte"),
        ("macha", "Matcha latte"),
        ("moccha", "Mocha"),
        ("mocka", "Mocha"),
    ],
)
def test_a_typing_error_never_turns_one_drink_into_another(text: str, drink: str) -> None:
    assert [item.drink for item in read(text, COFFEE).items] == [drink]


def test_a_word_is_not_found_inside_another() -> None:
    reading = read("latte with a shot", COFFEE)

    assert Choice("Temperature", "Hot") not in reading.items[0].choices


@pytest.mark.parametrize(
    "text", ["it was a hit", "what a beauty", "lunch at ten", "my mother is late again", "the chair"]
)
def test_everyday_words_are_no_typing_errors_for_the_menu(text: str) -> None:
    tea = Menu("Tea", (MenuDrink("Chai", "Tea"), MenuDrink("Matcha", "Tea"), MenuDrink("Mocha", "Tea")))

    assert read(text, tea).items == ()


def test_a_new_drink_group_and_option_need_no_code() -> None:
    dumplings = Menu(
        "Dumplings",
        (MenuDrink("Gyoza", "Dumplings", ("pot stickers",), ("Filling", "Dip")),),
        (
            MenuGroup("Filling", (MenuOption("Pork"), MenuOption("Tofu", ("bean curd",))), ask=True),
            MenuGroup("Dip", (MenuOption("Soy sauce", ("soy",)), MenuOption("Chili oil")), "many", amounts=True),
        ),
    )

    reading = read("3 pot stickers w bean curd, extra chilli oil no soy", dumplings)

    assert reading.items == (
        Item(
            "Gyoza",
            3,
            (Choice("Filling", "Tofu"), Choice("Dip", "Chili oil", "extra"), Choice("Dip", "Soy sauce", "no")),
        ),
    )


def test_a_translation_on_the_menu_is_read_like_an_alias() -> None:
    latte = MenuDrink("Latte", "Coffee", groups=("Milk",), translations={"de": ("Milchkaffee",)})
    milk = MenuGroup("Milk", (MenuOption("Oat", translations={"de": ("Hafermilch", "Hafer"), "es": ("avena",)}),))

    reading = read("Milchkaffee Hafermilch", Menu("m", (latte,), (milk,)))

    assert reading.items == (Item("Latte", 1, (Choice("Milk", "Oat"),)),)


def test_an_everyday_word_of_the_text_is_no_translation_on_the_menu() -> None:
    long = MenuDrink("Americano", "Coffee", translations={"fr": ("Long",)})
    menu = Menu("Bar", (long, MenuDrink("Latte", "Coffee")))

    assert read("a latte, how long will that be", menu).items == (LATTE,)
    assert read("un long, s'il vous plaît", menu).items == (Item("Americano"),)


def test_the_same_menu_is_compiled_once() -> None:
    from orders.parser.lexicon import lexicon_for

    assert lexicon_for(COFFEE) is lexicon_for(COFFEE)


def test_a_word_of_its_group_may_be_left_out_of_an_option() -> None:
    tea = MenuDrink("Iced tea", "Tea", groups=("Milk", "Flavour"))
    milk = MenuGroup("Milk", (MenuOption("Oat milk"), MenuOption("Soy milk")))
    flavour = MenuGroup("Flavour", (MenuOption("Peach syrup"), MenuOption("Lemon syrup")), "many", amounts=True)

    reading = read("iced tea with oat and 2 lemon", Menu("Tea", (tea,), (milk, flavour)))

    assert reading.items == (Item("Iced tea", 1, (Choice("Milk", "Oat milk"), Choice("Flavour", "Lemon syrup", 2.0))),)


@pytest.mark.parametrize(
    "text", ["I hate coffee", "meet me at the coffee stand in 5", "running 5 mins late", "tell Ben the latte is ready"]
)
def test_talk_about_coffee_orders_none(text: str) -> None:
    assert read(text, COFFEE).items == ()


def test_ten_thousand_aliases_are_looked_up_and_not_gone_through() -> None:
    from bench.parser import with_aliases
    from orders.parser.lexicon import lexicon_for

    many = lexicon_for(with_aliases(COFFEE, 10_000))

    assert max(len(words) for words in many.spelling._by_gap.values()) < 200
    assert read("lage lattte oatmilk", many.menu).items == read("lage lattte oatmilk", COFFEE).items


@pytest.mark.parametrize("text", ["no", "nope", "n", "skip", "any", "whatever", "no preference", "I don't mind"])
def test_no_preference_is_no_option(text: str) -> None:
    asked = read("latte", COFFEE).missing[0]

    reading = read(text, COFFEE, order=(LATTE,), asked=asked)

    assert (reading.intent, reading.items, reading.unknown) == (Intent.NO, (), ())


def test_any_takes_the_first_of_what_is_offered_instead_and_no_takes_nothing() -> None:
    asked = Question("option", group="Milk", offers=("Soy", "Almond"))
    other = Question("drink", quantity=2, offers=("Cortado", "Flat white"))

    for text in ("any", "any!"):
        assert read(text, COFFEE, order=(LATTE,), asked=asked).items == (Item("Latte", 1, (Choice("Milk", "Soy"),)),)
    assert read("you choose", COFFEE, asked=other).items == (Item("Cortado", 2),)
    assert read("no", COFFEE, order=(LATTE,), asked=asked).intent is Intent.NO


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("latte no foam", "no foam"),
        ("large latte, no nuts, for Jo", "no nuts"),
        ("latte with cinnamon, no nuts", "no nuts"),
        ("latte without foam and nuts", "without foam, without nuts"),
    ],
)
def test_a_refusal_in_a_group_without_amounts_reaches_the_barista(text: str, note: str) -> None:
    extras = MenuGroup("Extras", tuple(map(MenuOption, ("Foam", "Cinnamon", "Nuts"))), choose="many")
    menu = Menu("Small", (MenuDrink("Latte", "Coffee", groups=("Extras",)),), (extras,))

    (item,) = read(text, menu).items

    assert item.note == note
    assert "Nuts" not in {choice.option for choice in item.choices}

    (with_nuts,) = read("latte with nuts", menu).items
    (safe,) = read("no nuts", menu, order=(with_nuts,)).items
    assert (safe.note, safe.choices) == ("no nuts", ())

    (chosen,) = read("latte with foam", menu).items
    (taken_off,) = read("no foam", menu, order=(chosen,)).items
    assert (taken_off.note, taken_off.choices) == ("", ())


@pytest.mark.parametrize(
    "text",
    [
        "please cancel, I won't make it",
        "I'm leaving, please cancel",
        "no, cancel please, i'm late",
        "Bitte stornieren, ich schaffe es nicht mehr",
        "cancela por favor, no llego",
        "annulez svp, je suis en retard",
    ],
)
def test_order_is_cancelled_with_an_excuse(text: str) -> None:
    assert read(text, COFFEE, order=(LATTE,)).intent is Intent.CANCEL


@pytest.mark.parametrize(
    "text", ["never mind, I'll wait", "don't cancel, I'm on my way", "cancel, the second one", "cancel, no keep it"]
)
def test_order_is_not_cancelled_where_the_rest_says_otherwise(text: str) -> None:
    assert read(text, COFFEE, order=(LATTE, Item("Mocha"))).intent is not Intent.CANCEL


@pytest.mark.parametrize("text", ["drop all", "remove everything", "cancel all", "delete everything", "drop both"])
def test_all_of_it_can_be_dropped(text: str) -> None:
    assert read(text, COFFEE, order=(LATTE, Item("Mocha"))).intent is Intent.CANCEL


def test_food_that_is_not_there_is_named_back_beside_an_order() -> None:
    assert read("and a muffin", COFFEE, order=(LATTE,)).unknown == ("muffin",)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("is it gluten free", (Topic("allergens"),)),
        ("is it free?", (Topic("price"),)),
        ("what teas do you have", (Topic("category", "Tea and chocolate"),)),
        ("do you have tea?", (Topic("drink", "English breakfast tea"),)),
    ],
)
def test_question_is_about_what_was_asked(text: str, topics: tuple[Topic, ...]) -> None:
    reading = read(text, COFFEE)

    assert (reading.topics, reading.items) == (topics, ())
