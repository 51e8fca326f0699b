"""Property-based tests of the parser: statements about every text, every menu and every way to write an order."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Amount, Choice, Item
from orders.parser import Question, read
from orders.parser.lexicon import lexicon_for
from orders.parser.phrases import phrase_table
from orders.parser.words import stems
from orders.tests import sets

COFFEE, DEMO, SMOOTHIE, ROASTERY = (sets.menu(name) for name in ("coffee", "demo", "smoothie", "roastery"))

#: Made-up words that are very different from each other and from English, so that the names on a menu cannot be
#: confused.
WORDS = tuple(
    first + middle + last
    for first in ("bra", "dru", "fli", "gro", "kla", "plu", "sti", "tro", "vre", "zwo")
    for middle in ("b", "d", "g", "k", "m", "v")
    for last in ("ax", "ip", "ond", "urt")
)
UNHEARD = [word for word in WORDS if word not in phrase_table("en").words]
NUMBERS = {1: ("a", "one", "1", "1x"), 2: ("two", "2", "a couple of", "2 x"), 3: ("three", "3"), 12: ("a dozen", "12")}


@dataclass(frozen=True)
class Written:
    text: str
    items: tuple[Item, ...]


@st.composite
def menus(draw: st.DrawFn) -> Menu:
    """Draw a menu with any number of drinks and groups. Each word on the menu belongs to only one drink or option."""
    words = iter(draw(st.permutations(UNHEARD)))
    groups = tuple(
        MenuGroup(
            name=f"Group {at}",
            options=tuple(_option(draw, words) for _ in range(draw(st.integers(1, 4)))),
            choose=draw(st.sampled_from(("one", "many"))),
            amounts=draw(st.booleans()),
        )
        for at in range(draw(st.integers(1, 4)))
    )
    names = [group.name for group in groups]
    drinks = tuple(
        MenuDrink(
            name=_phrase(draw, words),
            category="Things",
            aliases=(_phrase(draw, words),),
            groups=tuple(name for name in names if draw(st.booleans())),
        )
        for _ in range(draw(st.integers(1, 5)))
    )
    return Menu("Made up", drinks, groups)


def _phrase(draw: st.DrawFn, words: object) -> str:
    count = draw(st.integers(1, 2))
    return " ".join(next(words) for _ in range(count)).capitalize()  # type: ignore[call-overload]


def _option(draw: st.DrawFn, words: object) -> MenuOption:
    return MenuOption(_phrase(draw, words), (_phrase(draw, words),))


@st.composite
def orders(draw: st.DrawFn, menu: Menu) -> Written:
    """Draw an order, and one of the ways to write it as a text."""
    cups = [draw(_cups(menu)) for _ in range(draw(st.integers(1, 4)))]
    joint = draw(st.sampled_from((", ", " and ", " + ", "\n", "; ", ". ")))
    start = draw(st.sampled_from(("", "hi, ", "Can I get ", "please could we have ", "I'd like ")))
    end = draw(st.sampled_from(("", " please", " thanks!", " 😀")))
    text = start + joint.join(cup.text for cup in cups) + end
    return Written(
        draw(st.sampled_from((text, text.upper(), text.lower()))), tuple(item for c in cups for item in c.items)
    )


@st.composite
def _cups(draw: st.DrawFn, menu: Menu) -> Written:
    drink = draw(st.sampled_from(menu.drinks))
    quantity = draw(st.sampled_from(tuple(NUMBERS)))
    choices = [
        choice for group in map(menu.group_by_name.__getitem__, drink.groups) for choice in draw(_choices(group))
    ]
    # In "no honey and sugar" both options are refused, so a refused option must not have another option after it.
    choices = sorted(draw(st.permutations(choices)), key=lambda choice: choice.amount == "no")
    # An alias such as "black coffee" also orders an option, so only aliases that mean just the drink are drawn.
    implied = lexicon_for(menu).implied
    spoken = draw(st.sampled_from([w for w in (drink.name, *drink.aliases) if (drink.name, stems(w)) not in implied]))
    number = draw(st.sampled_from(NUMBERS[quantity]))
    said = [_said(draw, menu, choice) for choice in choices]
    bare = all(choice.amount is None for choice in choices)
    if bare and choices and draw(st.booleans()):
        text = f"{number} {' '.join(said)} {spoken}{'s' if quantity > 1 and not spoken.endswith('s') else ''}"
    else:
        # On a real menu "matcha latte hot chocolate" can be read as another order, so options are separated by a comma
        # there.
        apart = " " if menu.name == "Made up" else ", "
        linked = f" with {' and '.join(said)}" if draw(st.booleans()) else apart + apart.join(said)
        text = f"{number} {spoken}{linked if said else ''}"
    return Written(text, (Item(drink.name, quantity, tuple(choices)),))


@st.composite
def _choices(draw: st.DrawFn, group: MenuGroup) -> list[Choice]:
    most = 1 if group.choose == "one" else 3
    options = draw(st.lists(st.sampled_from(group.options), max_size=most, unique_by=lambda o: o.name))
    amounts: tuple[Amount, ...] = (None, 2.0, 3.0, 0.5, "no", "light", "extra") if group.amounts else (None,)
    return [Choice(group.name, option.name, draw(st.sampled_from(amounts))) for option in options]


def _said(draw: st.DrawFn, menu: Menu, choice: Choice) -> str:
    option = next(o for o in menu.group_by_name[choice.group].options if o.name == choice.option)
    # The word for a whole group ("milk", "sweetener") would be read together with the option before it, so it is not
    # drawn.
    groups = lexicon_for(menu).group_words
    words = draw(st.sampled_from([option.name, *(word for word in option.aliases if stems(word) not in groups)]))
    ways: dict[Amount, tuple[str, ...]] = {
        None: ("",),
        2.0: ("2 ", "two ", "2 pumps of "),
        3.0: ("3 ", "three "),
        0.5: ("half a ", "1/2 ", "½ "),
        "no": ("no ", "without ", "hold the "),
        "light": ("light ", "a bit of ", "easy on the "),
        "extra": ("extra ", "lots of "),
    }
    return draw(st.sampled_from(ways[choice.amount])) + words


def _plain(items: tuple[Item, ...]) -> list[tuple[str, int, frozenset[tuple[str, str, Amount]]]]:
    """Return the items as values that can be compared. An option without an amount equals one portion of it."""
    return [
        (item.drink, item.quantity, frozenset((c.group, c.option, c.amount or 1.0) for c in item.choices))
        for item in items
    ]


@settings(max_examples=100)
@given(st.data())
def test_any_order_of_any_menu_is_read_back(data: st.DataObject) -> None:
    menu = data.draw(menus())
    written = data.draw(orders(menu))

    reading = read(written.text, menu)

    assert (_plain(reading.items), reading.unknown) == (_plain(written.items), ())


@settings(max_examples=100)
@given(st.data(), st.sampled_from((COFFEE, SMOOTHIE)))
def test_any_order_of_a_real_menu_is_read_back(data: st.DataObject, menu: Menu) -> None:
    written = data.draw(orders(menu))

    reading = read(written.text, menu)

    assert (_plain(reading.items), reading.unknown) == (_plain(written.items), ())


@settings(max_examples=100)
@given(st.data())
def test_options_mean_the_same_in_any_order(data: st.DataObject) -> None:
    words = ["large", "oat", "decaf", "vanilla", "extra hot"]
    said = data.draw(st.permutations(words))
    before = data.draw(st.integers(0, len(said)))

    reading = read(f"{' '.join(said[:before])} latte {', '.join(said[before:])}", COFFEE)

    assert _plain(reading.items) == _plain(read(f"latte {' '.join(words)}", COFFEE).items)


_SAID = """large latte oat with and a 2 no , . - x extra hot chocolate for Sam one of them swap make it the cancel
both all half instead not another rest mango medium cinnamon wrap to allergic ½ ? usual drop each or 0 9999999"""
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(string.printable, max_size=300),
    st.lists(
        st.sampled_from(_SAID.split()),
        max_size=60,
    ).map(" ".join),
)
_ORDERS = st.sampled_from(
    (
        (),
        (Item("Latte"),),
        (Item("Latte", 2, (Choice("Size", "Large"),)), Item("Mocha", 1, (), "Ana")),
        (Item("Gone", 1, (Choice("Nothing", "Gone"),)),),
    )
)
_ASKED = st.sampled_from(
    (
        None,
        Question("name"),
        Question("confirm"),
        Question("drink", quantity=2, choices=(Choice("Size", "Large"),), offers=("Mocha", "Gone")),
        Question("option", item=0, group="Size", offers=("Small", "Large")),
        Question("option", item=9, group="Nothing"),
    )
)


@settings(max_examples=200)
@given(_TEXTS, st.sampled_from((COFFEE, SMOOTHIE, ROASTERY)), _ORDERS, _ASKED)
def test_no_text_raises_or_yields_what_is_not_on_the_menu(
    text: str, menu: Menu, order: tuple[Item, ...], asked: Question | None
) -> None:
    reading = read(text, menu, order=order, asked=asked)

    known = {item.drink for item in order}
    for item in reading.items:
        assert item.quantity >= 1
        assert item.drink in menu.drink_by_name or item.drink in known
        for choice in item.choices:
            options = (
                {o.name for o in menu.group_by_name[choice.group].options} if choice.group in menu.group_by_name else ()
            )
            assert choice.option in options or any(choice in old.choices for old in order)


@settings(max_examples=100)
@given(_TEXTS, _ORDERS, _ASKED)
def test_reading_twice_reads_the_same(text: str, order: tuple[Item, ...], asked: Question | None) -> None:
    assert read(text, COFFEE, order=order, asked=asked) == read(text, COFFEE, order=order, asked=asked)


_FLURP = st.sampled_from(("flurp", "snorb", "quazz", "avoid", "skip", "no", "without", "not any", "anything but"))


@settings(max_examples=100)
@given(st.data(), _FLURP)
def test_an_option_after_a_refusal_or_an_unread_word_is_never_made(data: st.DataObject, refusal: str) -> None:
    menu = data.draw(menus())
    drink = data.draw(st.sampled_from([d for d in menu.drinks if d.groups] or menu.drinks))
    options = [(g, o.name) for g in drink.groups for o in menu.group_by_name[g].options]
    group, option = data.draw(st.sampled_from(options or [("", UNHEARD[-1])]))

    reading = read(f"a {drink.name}, {refusal} {option}", menu)

    made = [c for item in reading.items for c in item.choices if (c.group, c.option) == (group, option)]
    assert [choice.amount for choice in made if choice.amount != "no"] == []


#: For each language: an order, words that refuse, words before the last member of a list, and words for sugar, honey,
#: cinnamon and whipped cream.
_LISTS = {
    "en": (
        "large latte",
        ("no", "without", "I can't have", "don't add", "neither"),
        ("or", "nor"),
        "sugar honey cinnamon cream",
    ),
    "de": ("großer Latte", ("ohne", "kein", "ich vertrage kein"), ("oder",), "Zucker Honig Zimt Sahne"),
    "es": ("latte grande", ("sin", "no quiero", "no puedo tomar"), ("o", "ni"), "azúcar miel canela nata"),
    "fr": ("grand latte", ("sans", "pas de", "évitez le"), ("ou", "ni"), "sucre miel cannelle chantilly"),
}


@settings(max_examples=100)
@given(st.data(), st.sampled_from(sorted(_LISTS)))
def test_every_member_of_a_refused_list_is_left_out(data: st.DataObject, language: str) -> None:
    order, refusals, links, words = _LISTS[language]
    said = data.draw(st.lists(st.sampled_from(words.split()), min_size=2, max_size=4, unique=True))
    refusal, link = data.draw(st.sampled_from(refusals)), data.draw(st.sampled_from(links))
    joint = data.draw(st.sampled_from((", ", " ", f" {link} ")))
    listed = f"{refusal} {joint.join(said[:-1])} {link} {said[-1]}"

    reading = read(data.draw(st.sampled_from((f"{order}, {listed}", f"{order} {listed} please"))), DEMO)

    assert [item.drink for item in reading.items] == ["Latte"]
    made = [choice for choice in reading.items[0].choices if choice.option != "Large"]
    assert {choice.amount for choice in made} == {"no"}
    assert len(made) == len(said)


#: Ways to say that a person is allergic to A, in four languages.
_STATED = st.sampled_from(
    (
        ("en", "A allergy"),
        ("en", "allergy: A"),
        ("en", "allergies - A"),
        ("en", "allergic (A)"),
        ("en", "I get hives from A"),
        ("en", "A gives me migraines"),
        ("de", "Allergie: A"),
        ("de", "A Allergie"),
        ("de", "gegen A bin ich allergisch"),
        ("de", "A vertrage ich nicht"),
        ("fr", "allergie : A"),
        ("fr", "allergique : A"),
        ("fr", "A me donne des migraines"),
        ("es", "alergia: A"),
        ("es", "A me da alergia"),
    )
)


@settings(max_examples=100)
@given(st.data(), _STATED, st.booleans())
def test_what_somebody_is_allergic_to_is_never_made(data: st.DataObject, stated: tuple[str, str], first: bool) -> None:
    menu, (language, statement) = data.draw(menus()), stated
    drink = data.draw(st.sampled_from([d for d in menu.drinks if d.groups] or menu.drinks))
    options = [(g, o.name) for g in drink.groups for o in menu.group_by_name[g].options]
    group, option = data.draw(st.sampled_from(options or [("", UNHEARD[-1])]))
    said = re.sub(r"\bA\b", option, statement)

    reading = read(f"{said}. {drink.name}" if first else f"{drink.name}, {said}", menu, language=language)

    made = [c for item in reading.items for c in item.choices if (c.group, c.option) == (group, option)]
    assert [choice.amount for choice in made if choice.amount != "no"] == []
    assert [item.drink for item in reading.items] == [drink.name]
    assert option in reading.items[0].note


@settings(max_examples=100)
@given(st.data(), st.sampled_from((COFFEE, SMOOTHIE)))
def test_nothing_is_read_that_was_not_said_and_nothing_said_is_lost(data: st.DataObject, menu: Menu) -> None:
    written = data.draw(orders(menu))
    stranger = data.draw(st.sampled_from(("unicorn", "quazzle", "snorbets")))

    reading = read(f"{written.text.rstrip('.!😀 ')} and a {stranger}", menu)

    said = sum(item.quantity for item in written.items)
    assert sum(item.quantity for item in reading.items) <= said
    assert stranger in " ".join([*reading.unknown, reading.note, *(item.note for item in reading.items)]).casefold()
