from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Membership, Role, User
from inventory.menu import MenuDrink
from inventory.models import CannotMake, Drink, Ingredient, Option, OptionGroup, Stock, Use
from inventory.snapshot import menu_of
from stations.models import Event, Station
from tests.forms import act, fields_of, send, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]

DRINKS = "admin:inventory_drink_changelist"


def change(row: Any) -> str:
    return reverse(f"admin:inventory_{row._meta.model_name}_change", args=[row.pk])


def drink_on_menu(name: str) -> MenuDrink:
    """Return the drink from the cached menu. A change shows here only if it increased the menu's version."""
    return menu_of(Event.objects.get(slug="pycon")).menu.drink_by_name[name]


def errors_of(answer: Any) -> str:
    assert answer.status_code == 200
    forms = [answer.context["adminform"].form, *(f for s in answer.context["inline_admin_formsets"] for f in s.formset)]
    lines = [form.errors.as_text() for form in forms]
    lines += [str(s.formset.non_form_errors().as_text()) for s in answer.context["inline_admin_formsets"]]
    return "\n".join(filter(None, lines))


def test_words_are_written_one_per_line(client: Client, event: Event) -> None:
    latte = Drink.objects.get(name="Latte")
    Drink.objects.filter(pk=latte.pk).update(aliases=["late", "café latte"], translations={"de": ["Milchkaffee"]})

    shown = fields_of(client.get(change(latte)))
    assert shown["aliases"] == ["late\ncafé latte"]
    assert shown["translations"] == ["de: Milchkaffee"]
    submit(
        client,
        change(latte),
        shown,
        aliases=" late \r\n\r\nlatte  macchiato\r\nLATE",
        translations="de: Hafer, Korn\npt-BR: leite",
    )

    read = drink_on_menu("Latte")
    assert read.aliases == ("late", "latte macchiato")
    assert read.translations == {"de": ("Hafer", "Korn"), "pt-BR": ("leite",)}


@pytest.mark.parametrize(
    ("typed", "kept"), [("Dairy, nuts", ("dairy", "nuts")), ("nothing", ()), ("", None), ("nothing, soy", ("soy",))]
)
def test_what_a_drink_contains_is_typed_in_words(
    client: Client, event: Event, typed: str, kept: tuple[str, ...] | None
) -> None:
    latte = Drink.objects.get(name="Latte")
    submit(client, change(latte), fields_of(client.get(change(latte))), contains=typed)

    assert drink_on_menu("Latte").contains == kept


def test_unknown_allergen_is_refused_with_those_that_are_known(client: Client, event: Event) -> None:
    answer = send(client, change(Drink.objects.get(name="Latte")), contains="dairy, nut")

    assert "“nut” is not known here; write some of dairy, lactose, nuts" in errors_of(answer)


def test_the_layers_of_a_cup_are_typed_from_the_bottom_up(client: Client, event: Event) -> None:
    latte = Drink.objects.get(name="Latte")
    submit(client, change(latte), fields_of(client.get(change(latte))), made_of="Espresso, milk,milk,  foam")

    assert drink_on_menu("Latte").made_of == ("espresso", "milk", "milk", "foam")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("espresso, mlik", "“mlik” is not known here; write some of espresso, coffee, water, milk"),
        ("milk, " * 9, "These are too many layers; 8 are the most."),
    ],
)
def test_layers_that_cannot_be_drawn_are_refused(client: Client, event: Event, typed: str, reason: str) -> None:
    answer = send(client, change(Drink.objects.get(name="Latte")), made_of=typed)

    assert reason in errors_of(answer)
    assert drink_on_menu("Latte").made_of == ()


@pytest.mark.parametrize("text", ["Hafer", "deutsch: Hafer", "de:", "de: ,"])
def test_translations_that_cannot_be_read_are_refused(client: Client, event: Event, text: str) -> None:
    answer = send(client, change(Drink.objects.get(name="Latte")), translations=text)

    assert "cannot be read" in errors_of(answer)


def test_a_word_stands_for_one_drink_only(client: Client, event: Event) -> None:
    Drink.objects.filter(name="Mocha").update(aliases=["moca"])

    answer = send(client, change(Drink.objects.get(name="Latte")), aliases="Moca")

    assert "“moca” already means Mocha" in errors_of(answer)
    assert drink_on_menu("Latte").aliases == ()


def test_a_retired_drink_gives_its_words_free(client: Client, event: Event) -> None:
    Drink.objects.filter(name="Mocha").update(aliases=["moca"], retired_at=timezone.now())

    send(client, change(Drink.objects.get(name="Latte")), aliases="moca")

    assert drink_on_menu("Latte").aliases == ("moca",)


def test_a_word_stands_for_one_option_of_its_group_only(client: Client, event: Event) -> None:
    milk = OptionGroup.objects.get()

    answer = send(client, change(milk), **{"options-1-aliases": "full cream"})

    assert "“full cream” already means Full cream" in errors_of(answer)


def test_choosing_groups_and_defaults_reaches_every_reader(client: Client, event: Event) -> None:
    milk, oat = OptionGroup.objects.get(), Option.objects.get(name="Oat")
    assert drink_on_menu("Latte").groups == ()

    send(client, change(Drink.objects.get(name="Latte")), groups=[milk.pk], defaults=[oat.pk])

    assert (drink_on_menu("Latte").groups, drink_on_menu("Latte").defaults) == (("Milk",), (("Milk", "Oat"),))


def test_a_default_of_a_group_that_the_drink_has_not_is_refused(client: Client, event: Event) -> None:
    answer = send(client, change(Drink.objects.get(name="Latte")), defaults=[Option.objects.get(name="Oat").pk])

    assert "Oat belongs to Milk, which this drink does not have." in errors_of(answer)


def test_one_default_for_a_group(client: Client, event: Event) -> None:
    milk, options = OptionGroup.objects.get(), Option.objects.all()

    answer = send(client, change(Drink.objects.get(name="Latte")), groups=[milk.pk], defaults=[o.pk for o in options])

    assert "Choose one default for a group." in errors_of(answer)


def test_a_group_takes_a_default_of_its_own_and_new_options(client: Client, event: Event) -> None:
    milk, oat = OptionGroup.objects.get(), Option.objects.get(name="Oat")
    new = {"options-TOTAL_FORMS": "3", "options-2-name": "Soy", "options-2-aliases": "soya", "options-2-position": "3"}

    send(client, change(milk), default=oat.pk, aliases="milks", **new)

    (group,) = menu_of(Event.objects.get()).menu.groups
    assert (group.default, group.aliases) == ("Oat", ("milks",))
    assert [(option.name, option.aliases) for option in group.options][-1] == ("Soy", ("soya",))


@pytest.mark.parametrize("page", ["group", "option"])
def test_another_word_that_is_too_long_is_refused_in_words(client: Client, event: Event, page: str) -> None:
    milk, oat = OptionGroup.objects.get(), Option.objects.get(name="Oat")
    row, field = {"group": (milk, "options-0-aliases"), "option": (oat, "aliases")}[page]

    answer = send(client, change(row), **{field: "oat" * 100})

    assert "is too long; 60 characters are the most" in answer.content.decode()


def test_parts_of_two_events_are_not_put_together(client: Client, event: Event, organizer: User) -> None:
    other = Event.objects.create(name="Other", slug="other")
    Membership.objects.create(user=organizer, event=other, role=Role.ORGANIZER)
    beans = Ingredient.objects.create(event=other, name="Beans", unit="g")
    bar = Station.objects.get()

    stock = send(
        client, reverse("admin:inventory_stock_add"), station=bar.pk, ingredient=beans.pk, on_hand="5", low_at="1"
    )
    use = send(
        client,
        reverse("admin:inventory_use_add"),
        ingredient=beans.pk,
        drink=Drink.objects.get(name="Latte").pk,
        amount="5",
    )

    # The forms refused the ingredient and the drink, because they belong to another event.
    assert "That choice is not one of the available choices." in errors_of(stock)
    assert "That choice is not one of the available choices." in errors_of(use)
    assert (Stock.objects.count(), Use.objects.count()) == (0, 0)


def test_deleting_in_bulk_reaches_every_reader(client: Client, event: Event) -> None:
    assert drink_on_menu("Mocha")

    act(client, reverse(DRINKS), "delete_selected", [Drink.objects.get(name="Mocha")], post="yes")

    assert [drink.name for drink in menu_of(Event.objects.get()).menu.drinks] == ["Latte"]
    assert list(AuditEntry.objects.values_list("act", "subject")) == [("deleted", "drink Mocha")]


def test_retiring_and_putting_back_reaches_every_reader(client: Client, event: Event) -> None:
    mocha = Drink.objects.get(name="Mocha")

    act(client, reverse(DRINKS), "retire", [mocha])
    assert [drink.name for drink in menu_of(Event.objects.get()).menu.drinks] == ["Latte"]

    act(client, reverse(DRINKS), "put_back", [mocha])
    assert [drink.name for drink in menu_of(Event.objects.get()).menu.drinks] == ["Latte", "Mocha"]
    assert [entry.act for entry in AuditEntry.objects.order_by("pk")] == ["retired", "put back on the menu"]


@pytest.mark.parametrize(("kind", "name"), [(Drink, "Latte"), (Option, "Oat")])
def test_sold_out_at_a_station_and_available_again(
    client: Client, event: Event, kind: type[Drink] | type[Option], name: str
) -> None:
    bar, row = Station.objects.get(), kind.objects.get(name=name)
    address = reverse(f"admin:inventory_{kind._meta.model_name}_changelist")

    act(client, address, "sold_out", [row], station=bar.pk)
    act(client, address, "sold_out", [row], station=bar.pk)

    (gap,) = menu_of(Event.objects.get()).gaps_at(bar.pk)
    assert (gap.name, gap.group) == (("Latte", "") if kind is Drink else ("Oat", "Milk"))

    act(client, address, "available", [row], station=bar.pk)

    assert menu_of(Event.objects.get()).gaps_at(bar.pk) == ()


def test_sold_out_until_further_notice_wins_over_a_time(client: Client, event: Event) -> None:
    bar, latte = Station.objects.get(), Drink.objects.get(name="Latte")
    CannotMake.objects.create(station=bar, drink=latte, until=timezone.now() + timedelta(minutes=5))

    act(client, reverse(DRINKS), "sold_out", [latte], station=bar.pk)

    assert CannotMake.objects.get().until is None


def test_sold_out_needs_a_station_of_the_same_event(client: Client, event: Event, organizer: User) -> None:
    other = Station.objects.create(event=Event.objects.create(name="Other", slug="other"), name="Bar 9", slug="bar-9")
    Membership.objects.create(user=organizer, event=other.event, role=Role.ORGANIZER)
    latte = Drink.objects.get(name="Latte")

    nowhere = act(client, reverse(DRINKS), "sold_out", [latte], station="")
    elsewhere = act(client, reverse(DRINKS), "sold_out", [latte], station=other.pk)

    assert [str(m) for m in nowhere.context["messages"]] == ["Choose a station beside the action."]
    assert [str(m) for m in elsewhere.context["messages"]] == ["Bar 9 belongs to another event."]
    assert not CannotMake.objects.exists()


def test_what_can_be_chosen_is_not_deleted_by_a_slip_beside_the_choice(client: Client, event: Event) -> None:
    page = client.get(change(OptionGroup.objects.get())).content.decode()

    assert 'id="change_id_default"' in page
    assert 'id="delete_id_default"' not in page


def test_a_drink_whose_word_means_another_one_by_now_is_not_put_back(client: Client, event: Event) -> None:
    drinks = reverse("admin:inventory_drink_changelist")
    latte = Drink.objects.get(name="Latte")
    act(client, drinks, "retire", [latte])
    Drink.objects.filter(name="Mocha").update(aliases=["latte"])

    shown = act(client, drinks, "put_back", [latte])

    assert "“latte” already means Mocha" in " ".join(map(str, shown.context["messages"]))
    assert Drink.objects.get(name="Latte").retired_at is not None


def test_a_name_that_no_text_can_hold_is_refused(client: Client, event: Event) -> None:
    answer = send(client, change(Drink.objects.get(name="Latte")), name="[ ]")

    assert "has no letter and no digit" in errors_of(answer)


def test_a_word_of_another_option_is_refused_on_the_options_own_page_too(client: Client, event: Event) -> None:
    answer = send(client, change(Option.objects.get(name="Oat")), aliases="full cream")

    assert "“full cream” already means Full cream" in errors_of(answer)
