from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from inventory.menu import ROLES, Menu, MenuCategory, MenuDrink, MenuGroup, MenuOption
from inventory.menu_export import write_menu
from inventory.menu_file import read_menu, tidy
from inventory.menu_yaml import MAX_SIZE, MenuFileError

MENU = """
name: Bagels
drinks:
  - name: Bagel
    category: Food
    aliases: [bage, beigel]
    options: [Topping]
    defaults: {Topping: Butter}
    minutes: 2.5
    translations: {de: [Kringel]}
  - name: Water
    category: Cold
option_groups:
  - name: Topping
    aliases: [toppings]
    choose: many
    amounts: true
    ask: true
    role: milk
    default: Jam
    options:
      - {name: Butter, translations: {de: [Butter]}}
      - {name: Jam, aliases: [jelly]}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(MenuFileError) as caught:
        read_menu(text)
    return [str(fault) for fault in caught.value.faults]


def test_every_field_of_a_file_is_read() -> None:
    assert read_menu(MENU) == Menu(
        name="Bagels",
        drinks=(
            MenuDrink(
                name="Bagel",
                category="Food",
                aliases=("bage", "beigel"),
                groups=("Topping",),
                defaults=(("Topping", "Butter"),),
                minutes=2.5,
                translations={"de": ("Kringel",)},
            ),
            MenuDrink(name="Water", category="Cold"),
        ),
        groups=(
            MenuGroup(
                name="Topping",
                options=(
                    MenuOption("Butter", translations={"de": ("Butter",)}),
                    MenuOption("Jam", aliases=("jelly",)),
                ),
                choose="many",
                ask=True,
                amounts=True,
                role="milk",
                default="Jam",
                aliases=("toppings",),
            ),
        ),
    )


def test_words_that_yaml_takes_for_truth_numbers_or_dates_stay_names() -> None:
    menu = read_menu("name: no\ndrinks: [{name: On, category: yes, aliases: [no, 7, 1.0, null, 2024-01-01, 0x1F]}]")

    assert menu == Menu("no", (MenuDrink("On", "yes", aliases=("no", "7", "1.0", "null", "2024-01-01", "0x1F")),))


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        (
            "    minutes: 2.5",
            "    minutes: 0",
            "line 9: minutes is '0'; give hands-on minutes for one cup above 0",
        ),
        ("    minutes: 2.5", "    minutes: .inf", "line 9: minutes is '.inf'; give hands-on minutes"),
        ("    minutes: 2.5", "    minutes: 1.25", "line 9: minutes is '1.25'; give hands-on minutes"),
        ("    aliases: [bage", "    alias: [bage", "line 6: a drink has no 'alias'; did you mean aliases?"),
        ("    category: Cold", "", "line 11: a drink needs category; add it."),
        ("    category: Cold", "    category: [Cold]", "line 12: category must be a single text."),
        ("    category: Cold", "    category:", "line 12: category is empty;"),
        (
            "  - name: Water",
            "  - name: BAGEL",
            "line 11: there is a second drink 'BAGEL' (the first is on line 4)",
        ),
        ("  - name: Water", "  - name: beigel", "line 11: 'beigel' already means the drink 'Bagel' (line 6)"),
        (
            "  - name: Water",
            f"  - name: {'w' * 41}",
            "line 11: the name of the drink has 41 characters; 40 is the most.",
        ),
        ("  - name: Water", "  - name: Water\n    name: Ice", "line 12: 'name' is given twice; keep one."),
        ("  - name: Water", '  - name: "Wa\\0ter"', "line 11: the name of the drink has a control character"),
        ("[bage, beigel]", "[bage, Bage]", "line 6: 'Bage' is listed twice; keep one."),
        (
            "[bage, beigel]",
            "bage",
            "line 6: aliases must be a list: rows that start with a dash, or [one, two].",
        ),
        (
            "options: [Topping]",
            "options: [Toping]",
            "line 7: 'Toping' is not a group under option_groups; did you",
        ),
        ("options: [Topping]", "options: [Topping, Topping]", "line 7: the group 'Topping' is listed twice"),
        (
            "{Topping: Butter}",
            "{Topping: Buter}",
            "line 8: 'Buter' is not an option of Topping; did you mean Butter?",
        ),
        (
            "{Topping: Butter}",
            "{Milk: Oat}",
            "line 8: 'Milk' is not among this drink's options; there are Topping.",
        ),
        ("{Topping: Butter}", "Butter", "line 8: defaults must be written with keys, such as {Milk: Oat}"),
        (
            "{de: [Kringel]}",
            "{german: [Kringel]}",
            "line 10: 'german' is no language code; write one such as de",
        ),
        ("choose: many", "choose: two", "line 16: choose is 'two'; write one or many."),
        ("ask: true", "ask: maybe", "line 18: ask is 'maybe'; write true or false."),
        ("role: milk", "role: Milch", "line 19: role is 'Milch'; write milk or size, or remove the line."),
        (
            "default: Jam",
            "default: Jelly",
            "line 20: 'Jelly' is not an option of Topping; there are Butter, Jam.",
        ),
        (
            "- {name: Butter,",
            "- {name: jam}\n      - {name: Butter,",
            "line 24: there is a second option 'Jam' (the",
        ),
        (
            "aliases: [jelly]",
            "aliases: [butter]",
            "line 23: 'butter' already means the option 'Butter' (line 22)",
        ),
        ("name: Bagels\n", "", "line 2: the menu needs name; add it."),
        (
            "name: Bagels",
            "name: Bagels: hot",
            "line 2: this is not YAML (mapping values are not allowed here)",
        ),
        (
            "name: Bagels",
            "name: !!python/object:os.system Bagels",
            "line 2: tags are not read; remove tag:yaml.org",
        ),
        (
            "name: Bagels",
            'name: "\\UFFFFFFFF"',
            "line 2: something here cannot be read, such as an escape for no character; remove it.",
        ),
        (
            "name: Bagels",
            "name: Bagels\x07",
            "line 2: there is a character that no text file holds; remove it.",
        ),
    ],
)
def test_a_fault_is_told_by_line_and_what_to_do(was: str, becomes: str, expected: str) -> None:
    assert was in MENU

    told = faults(MENU.replace(was, becomes, 1))

    assert told[0].startswith(expected)


def test_all_faults_are_told_at_once_from_top_to_bottom() -> None:
    text = MENU.replace("2.5", "-1").replace("many", "few").replace("[Topping]", "[Sauce]")

    assert [line.split(":")[0] for line in faults(text)] == ["line 7", "line 8", "line 9", "line 16"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "just words",
        "- a list",
        "name: [",
        "{}",
        "a: b\n---\nc: d",
        "? [a]\n: b",
        "\ttab",
        "name: x\ndrinks: []",
    ],
)
def test_what_is_no_menu_is_refused_with_a_reason(text: str) -> None:
    assert all(line.startswith("line ") for line in faults(text))


def test_references_that_would_grow_to_gigabytes_are_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert faults(bomb) == ["line 1: anchors (&) and references (*) are not read; write it out."]


def test_endless_nesting_and_endless_size_are_refused_at_once() -> None:
    assert faults("name: " + "[" * 100_000) == ["line 1: this is nested too deeply for a menu."]
    assert faults("#" * (MAX_SIZE + 1))[0].startswith("line 1: the file has 500001 characters")


def test_what_drinks_and_options_contain_is_read_and_unstated_is_not_nothing() -> None:
    menu = read_menu(
        MENU.replace("category: Cold", "category: Cold\n    contains: []").replace(
            "aliases: [jelly]", "contains: [Nuts, gluten], removes: [caffeine]"
        )
    )

    assert [drink.contains for drink in menu.drinks] == [None, ()]
    assert [(option.contains, option.removes) for option in menu.groups[0].options] == [
        (None, ()),
        (("nuts", "gluten"), ("caffeine",)),
    ]


def test_unknown_allergen_is_told_with_those_that_are_known() -> None:
    assert faults(MENU.replace("category: Cold", "category: Cold\n    contains: [nut]")) == [
        "line 13: 'nut' is not one of the things that contains can list; did you mean nuts?"
    ]


def test_layers_of_a_cup_are_read_in_their_order_and_as_often_as_they_stand() -> None:
    menu = read_menu(MENU.replace("category: Cold", "category: Cold\n    made_of: [Espresso, milk, milk, foam]"))

    assert [drink.made_of for drink in menu.drinks] == [(), ("espresso", "milk", "milk", "foam")]


@pytest.mark.parametrize(
    ("layers", "fault"),
    [
        ("[mlik]", "line 13: 'mlik' is not one of the things that made_of can list; did you mean milk?"),
        (f"[{', '.join(['milk'] * 9)}]", "line 13: made_of has 9 layers; 8 are the most."),
        ("milk", "line 13: made_of must be a list: rows that start with a dash, or [one, two]."),
    ],
)
def test_layers_that_cannot_be_drawn_are_refused(layers: str, fault: str) -> None:
    assert faults(MENU.replace("category: Cold", f"category: Cold\n    made_of: {layers}")) == [fault]


def test_a_group_is_of_milks_or_of_sizes() -> None:
    sized = read_menu(MENU.replace("role: milk", "role: size"))

    assert {group.role for group in sized.groups} >= {"size"}


names = (
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=20).map(tidy).filter(bool)
)
awkward = st.sampled_from(
    ["no", "Yes", "on", "null", "~", "1.0", "- a", "a: b", "#1", "'", '"', "{x}", "&a", "*b", "!c", "é ☕"]
)
words = st.lists(names | awkward, min_size=6, max_size=6, unique_by=str.casefold)


@given(words, words, words, st.integers(1, 9999), st.booleans())
def test_what_is_written_is_read_back_the_same(
    drinks: list[str], groups: list[str], options: list[str], tenths: int, ask: bool
) -> None:
    first = MenuGroup(
        groups[0],
        (MenuOption(options[0], (options[1],), contains=(), removes=("caffeine",)), MenuOption(options[2])),
        default=options[2],
    )
    second = MenuGroup(
        groups[1],
        (MenuOption(options[3], translations={"de": (options[4], options[5])}),),
        choose="many",
        ask=ask,
        amounts=not ask,
        aliases=(groups[2],),
    )
    full = MenuDrink(
        drinks[0],
        drinks[1],
        aliases=(drinks[2], drinks[3]),
        groups=(second.name, first.name),
        defaults=((first.name, options[0]),),
        minutes=tenths / 10,
        translations={"pt-BR": (drinks[4],)},
        contains=("nuts", "soy") if ask else (),
        made_of=("espresso", "milk", "milk") if ask else (),
    )
    named = MenuCategory(drinks[1], {"de": (drinks[4],)})
    menu = Menu(drinks[5], (full, MenuDrink(drinks[5], drinks[1])), (first, second), (named,))

    assert read_menu(write_menu(menu)) == menu


@pytest.mark.parametrize("role", ROLES)
def test_a_file_may_give_every_role_and_the_demonstration_explains_it(role: str) -> None:
    menu = read_menu(MENU.replace("role: milk", f"role: {role}"))
    demonstration = (Path(settings.BASE_DIR) / "expresso" / "demo" / "menu.yaml").read_text(encoding="utf-8")

    assert [group.role for group in menu.groups] == [role]
    explained = demonstration.partition("# option_groups[].role ")[2].partition("\nname:")[0]
    assert f" {role}: " in explained


def test_a_category_that_no_drink_is_in_is_told_of() -> None:
    lines = len(MENU.splitlines())

    told = faults(f"{MENU}categories:\n  - {{name: Colt, translations: {{de: [Kalt]}}}}\n")

    assert told == [f"line {lines + 2}: 'Colt' is not the category of a drink; did you mean Cold?"]
