from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from inventory.importing import export_menu, import_menu
from inventory.menu import ROLES, Menu, MenuCategory, MenuDrink, MenuGroup, MenuOption, Role
from inventory.menu_export import write_menu
from inventory.menu_file import read_menu
from inventory.models import CannotMake, Drink, Ingredient, Option, OptionGroup, Stock, Use
from inventory.snapshot import menu_of
from stations.models import Event, Station

pytestmark = pytest.mark.django_db

MILK = MenuGroup(
    "Milk",
    (MenuOption("Full cream"), MenuOption("Oat", ("oatly",), {"de": ("Hafer",)})),
    default="Full cream",
)
SIZE = MenuGroup("Size", (MenuOption("Small"), MenuOption("Large", ("big",))), ask=True, aliases=("sizes",))
LATTE = MenuDrink("Latte", "Coffee", ("late",), ("Size", "Milk"), (("Milk", "Oat"),), 1.5, {"es": ("café con leche",)})
TEA = MenuDrink("Tea", "Tea", groups=("Size",), minutes=0.5)
MENU = Menu("Morning", (LATTE, TEA), (SIZE, MILK))


@pytest.fixture
def event() -> Event:
    return Event.objects.create(name="Pycon", slug="pycon")


def version(event: Event) -> int:
    return Event.objects.get(pk=event.pk).menu_version


def exported(event: Event) -> Menu:
    return export_menu(Event.objects.get(pk=event.pk))


def replaced(menu: Menu, **values: object) -> Menu:
    return Menu(**{"name": menu.name, "drinks": menu.drinks, "groups": menu.groups} | values)  # type: ignore[arg-type]


def test_an_imported_menu_is_exported_back_the_same(event: Event) -> None:
    changes = import_menu(event, MENU)

    assert str(changes) == "1 menu name changed, 2 option groups added, 4 options added, 2 drinks added"
    assert exported(event) == MENU
    assert version(event) == 2


@pytest.mark.parametrize("role", ROLES)
def test_a_group_keeps_its_role_in_the_database(event: Event, role: Role) -> None:
    import_menu(event, replaced(MENU, groups=(SIZE, replace(MILK, role=role))))

    OptionGroup.objects.get(name="Milk").full_clean()
    assert exported(event).group_by_name["Milk"].role == role
    assert menu_of(Event.objects.get()).menu.group_by_name["Milk"].role == role


def test_the_same_menu_again_changes_nothing(event: Event) -> None:
    import_menu(event, MENU)

    changes = import_menu(event, MENU)

    assert str(changes) == "nothing changed"
    assert version(event) == 2


def test_names_of_a_category_without_drinks_are_not_exported(event: Event) -> None:
    import_menu(event, replace(MENU, categories=(MenuCategory("Coffee", {"de": ("Kaffee",)}),)))
    Drink.objects.filter(category="Coffee").update(category="Hot")
    Event.objects.update(menu_version=F("menu_version") + 1)

    assert read_menu(write_menu(exported(event))).categories == ()


def test_categories_are_named_in_other_languages_and_exported_back(event: Event) -> None:
    import_menu(event, MENU)
    menu = replace(MENU, categories=(MenuCategory("Coffee", {"de": ("Kaffee",)}),))

    changes = import_menu(event, menu)

    assert str(changes) == "1 category name translated"
    assert exported(event) == menu


def test_a_changed_file_updates_rows_in_place(event: Event) -> None:
    import_menu(event, MENU)
    before = dict(Drink.objects.values_list("name", "pk"))
    latte = MenuDrink("latte", "Milky", ("flat latte",), ("Milk",), (), 2.0)
    milk = MenuGroup("Milk", MILK.options, default="Oat")
    changed = replaced(MENU, drinks=(TEA, latte), groups=(milk, SIZE))

    changes = import_menu(event, changed)

    assert (
        str(changes) == "1 option group order changed, 1 option group changed, 1 drink changed, 1 drink order changed"
    )
    assert exported(event) == changed
    assert dict(Drink.objects.values_list("name", "pk")) == {"latte": before["Latte"], "Tea": before["Tea"]}
    assert version(event) == 3


def test_what_is_gone_is_retired_and_comes_back_as_the_same_row(event: Event) -> None:
    import_menu(event, MENU)
    latte = Drink.objects.get(name="Latte")
    oat = Option.objects.get(name="Oat")
    station = Station.objects.create(event=event, name="Bar", slug="bar")
    beans = Ingredient.objects.create(event=event, name="Beans", unit="g")
    Use.objects.create(ingredient=beans, drink=latte, amount=18)
    Stock.objects.create(station=station, ingredient=beans, on_hand=1000)
    CannotMake.objects.create(station=station, option=oat, until=timezone.now() + timedelta(hours=1))
    only_full_cream = MenuGroup("Milk", MILK.options[:1], default="Full cream")
    smaller = replaced(MENU, drinks=(TEA,), groups=(SIZE, only_full_cream))

    gone = import_menu(event, smaller)

    assert str(gone) == "1 option retired, 1 drink retired"
    assert gone.of == {("option", "retired"): ["Milk: Oat"], ("drink", "retired"): ["Latte"]}
    assert exported(event) == smaller
    assert Drink.objects.get(pk=latte.pk).retired_at

    back = import_menu(event, MENU)

    assert str(back) == "1 option back, 1 drink back"
    assert exported(event) == MENU
    assert Drink.objects.get(name="Latte").pk == latte.pk
    assert Option.objects.get(name="Oat").pk == oat.pk
    assert (Use.objects.count(), Stock.objects.get().on_hand, CannotMake.objects.count()) == (
        1,
        Decimal(1000),
        1,
    )


def test_a_retired_group_keeps_its_options_for_when_it_returns(event: Event) -> None:
    import_menu(event, MENU)

    import_menu(event, Menu("Morning", (MenuDrink("Tea", "Tea", minutes=0.5),)))

    assert OptionGroup.objects.filter(retired_at=None).count() == 0
    assert Option.objects.filter(retired_at=None).count() == 4
    assert str(import_menu(event, MENU)) == "2 option groups back, 1 drink back, 1 drink changed"
    assert exported(event) == MENU


def test_other_events_keep_their_menus(event: Event) -> None:
    other = Event.objects.create(name="Other", slug="other")
    import_menu(other, MENU)

    import_menu(event, Menu("Small", (TEA,), (SIZE,)))

    assert exported(other) == MENU
    assert version(other) == 2


def test_readers_see_the_new_menu_and_an_entry_says_what_happened(event: Event) -> None:
    assert menu_of(event).menu.drinks == ()

    import_menu(event, MENU)

    assert menu_of(Event.objects.get(pk=event.pk)).menu.drinks == (LATTE, TEA)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.subject, entry.details["summary"][:20]) == (
        "menu imported",
        "Pycon",
        "1 menu name changed,",
    )
    assert entry.details["changes"]["drink Latte"] == [None, "added"]


def test_the_audit_of_an_import_says_from_what_to_what(event: Event) -> None:
    import_menu(event, MENU)

    import_menu(event, replace(MENU, drinks=(replace(LATTE, minutes=7.5),)))

    changes = AuditEntry.objects.latest("pk").details["changes"]
    assert changes["drink Latte: minutes"] == [str(Decimal(str(LATTE.minutes))), "7.5"]
    assert changes["drink Tea: retired_at"][0] is None


def big_menu(minutes: float) -> Menu:
    drinks = tuple(
        MenuDrink(f"Drink {n}", "Coffee", (f"d{n}",), ("Size", "Milk"), (("Milk", "Oat"),), minutes) for n in range(500)
    )
    return Menu("Big", drinks, (SIZE, MILK))


def test_a_menu_of_500_drinks_takes_few_queries_at_first_and_when_all_change(event: Event) -> None:
    for minutes in (1.0, 2.0):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            changes = import_menu(event, big_menu(minutes))

        assert sum(len(names) for (kind, _), names in changes.of.items() if kind == "drink") == 500
        assert len(queries) < 60


# Tests of the command import_menu


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("import_menu", *args, stdout=out)
    return out.getvalue()


def test_the_command_says_what_changed(event: Event, tmp_path: Path) -> None:
    file = tmp_path / "menu.yaml"
    file.write_text(write_menu(MENU))

    said = run(str(file), "--event", "pycon")

    assert said.splitlines() == [
        "Pycon: 1 menu name changed, 2 option groups added, 4 options added, 2 drinks added.",
        "  menu name changed: Morning",
        "  option group added: Size, Milk",
        "  option added: Size: Small, Size: Large, Milk: Full cream, Milk: Oat",
        "  drink added: Latte, Tea",
    ]


def test_the_command_reads_standard_input_and_exports_to_standard_output(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + write_menu(MENU).encode())))

    run("-", "--event", "pycon")

    assert read_menu(run("--export", "--event", "pycon")) == MENU


def test_a_faulty_file_changes_nothing_and_says_line_and_reason(event: Event, tmp_path: Path) -> None:
    import_menu(event, MENU)
    file = tmp_path / "menu.yaml"
    file.write_text("name: New\ndrinks:\n  - name: Mocha\n    category: Coffee\n    minutes: -1\n  - {name: Chai}\n")

    with pytest.raises(CommandError) as caught:
        run(str(file), "--event", "pycon")

    assert caught.value.returncode == 1
    assert str(caught.value).splitlines() == [
        f"{file} cannot be used, and nothing was changed.",
        "line 5: minutes is '-1'; give hands-on minutes for one cup above 0, such as 1.5.",
        "line 6: a drink needs category; add it.",
    ]
    assert exported(event) == MENU
    assert version(event) == 2


def test_a_file_that_is_no_text_is_refused_by_its_line(event: Event, tmp_path: Path) -> None:
    file = tmp_path / "menu.yaml"
    file.write_bytes("name: x\n# café\n".encode("latin-1"))

    with pytest.raises(CommandError, match="line 2: this is not UTF-8 text"):
        run(str(file), "--event", "pycon")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["menu.yaml", "--event", "nowhere"], "There is no event 'nowhere'. Events: pycon."),
        (
            ["/no/such/menu.yaml", "--event", "pycon"],
            "/no/such/menu.yaml cannot be read: No such file or directory.",
        ),
        (["--event", "pycon"], "Give FILE to read a menu, or --export alone to write it to standard output."),
        (["menu.yaml", "--export", "--event", "pycon"], "Give FILE to read a menu, or --export alone"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(event: Event, args: list[str], said: str) -> None:
    with pytest.raises(CommandError) as caught:
        run(*args)

    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("asked", [["menu.yaml", "--event=pycon"], ["--event=pycon", "--export"]])
def test_before_the_migrations_it_says_what_to_do(asked: list[str]) -> None:
    last = MigrationExecutor(connection).loader.graph.leaf_nodes("inventory")[0]
    MigrationRecorder(connection).record_unapplied(*last)

    with pytest.raises(CommandError, match="not all of its tables yet"):
        call_command("import_menu", *asked)
