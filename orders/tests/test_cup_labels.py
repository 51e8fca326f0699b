"""Tests of cup labels, on the page for the browser and on a printer's paper."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from accounts.preferences import CHOICES
from orders.models import Order
from orders.printing import star_commands
from orders.printing.labels import Label
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db

#: A name and a note of the maximum length that the models allow.
LONGEST = {"name": "Wolfeschlegelsteinhausenbergerdorff-Zoë, 5", "note": "severe NUT allergy " * 10}


@pytest.fixture
def bar() -> Station:
    return factory.cafe(time_zone="Europe/Berlin")


def an_order(at: Station, *items: Any, **fields: Any) -> Order:
    order = factory.order(at, *items, **fields)
    Order.objects.update(placed_at=datetime(2026, 7, 1, 8, 25, tzinfo=UTC))
    return Order.objects.select_related("event", "station", "customer").get(pk=order.pk)


def as_barista(role: str = Role.BARISTA) -> Client:
    user = User.objects.filter(memberships__role=role).first() or factory.user(f"{role}-person", role)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(order: Order) -> str:
    return f"/stations/{order.station.slug}/orders/{order.pk}/labels/"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def cups(page: Any) -> list[str]:
    return [words(cup) for cup in re.findall(r'<article class="label">(.*?)</article>', page.content.decode(), re.S)]


def test_every_cup_has_a_label_that_says_what_differs(bar: Station) -> None:
    order = an_order(
        bar,
        factory.item("Latte", "Large", "Oat", quantity=2, name="Kim"),
        factory.item("Tea", note="no nuts!"),
        name="Sam",
        note="cups to the front",
        customer=factory.customer("Sam", phone="+15550199999"),
    )

    page = as_barista().get(page_of(order))

    code = order.code
    assert cups(page) == [
        f"{code} Kim 1/3 Latte Oat Large cups to the front {code} · Bar 1 · 10:25",
        f"{code} Kim 2/3 Latte Oat Large cups to the front {code} · Bar 1 · 10:25",
        f"{code} Sam 3/3 Tea no nuts! cups to the front {code} · Bar 1 · 10:25",
    ]
    assert "0199999" not in page.content.decode()


def test_a_single_cup_is_not_counted_and_a_default_is_not_said(bar: Station) -> None:
    order = an_order(bar, factory.item("Latte", "Full cream"), name="")

    assert cups(as_barista().get(page_of(order))) == [f"{order.code} Latte {order.code} · Bar 1 · 10:25"]


def test_the_size_is_the_persons_and_another_for_once(bar: Station) -> None:
    order, client = an_order(bar), as_barista()

    def size(query: str = "") -> list[str]:
        return re.findall(r"css/labels/([\w]+)\.", client.get(page_of(order) + query).content.decode())

    assert size() == ["62x29"]
    client.post("/accounts/preferences/", {"label_size": "80"})
    assert (size(), size("?size=102x76"), size("?size=../../etc")) == (["80"], ["102x76"], ["80"])
    assert client.post("/accounts/preferences/", {"label_size": "a4"}).status_code == 400


def test_a_board_leads_to_the_labels_and_offers_every_size(bar: Station) -> None:
    order = an_order(bar)

    board = as_barista().get(f"/stations/{bar.slug}/").content.decode()

    assert f'href="/stations/{bar.slug}/orders/0/labels/"' in board
    picks = re.findall(r'name="label_size"\s+value="(\w+)"\s*(checked)?', board)
    assert picks == [(size, "checked" if size == "62x29" else "") for size in CHOICES["label_size"]]
    assert "orders/0/print/" not in board
    assert f'href="{page_of(order)}"' in as_barista().get(f"/stations/{bar.slug}/orders/{order.pk}/").content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.BARISTA, 200), (Role.ORGANIZER, 200), (Role.DISPLAY, 403)])
def test_labels_are_for_those_who_work_boards(bar: Station, role: str, status: int) -> None:
    order = an_order(bar)

    assert as_barista(role).get(page_of(order)).status_code == status
    assert Client().get(page_of(order)).status_code == 302
    assert as_barista().post(page_of(order)).status_code == 405


def test_another_events_order_has_no_labels_here(bar: Station) -> None:
    order = an_order(factory.cafe())

    assert as_barista().get(f"/stations/{bar.slug}/orders/{order.pk}/labels/").status_code == 404


# labels on a printer's paper ----------------------------------------------------------------------


def a_label(**fields: Any) -> Label:
    given: dict[str, Any] = {
        "code": "A1", "number": 1, "of": 1, "whose": "Sam", "drink": "Latte", "differences": (), "notes": (),
        "station": "Bar 1", "time": "10:25",
    }  # fmt: skip
    return Label(**given | fields)


#: Matches the printer commands that Expresso writes, with their arguments.
COMMANDS = re.compile(
    rb"\x1b@|\x1b\x1d\)U\x02\x00..|\x1b\x1dt.|\x1bd\x03|\x1b[EF45]|\x1bi[\x00-\x05][\x00-\x05]", re.DOTALL
)


def text_on(data: bytes, encoding: str) -> str:
    """Return the printed text without Expresso's own commands. Fail if any other control character is in the data."""
    text = COMMANDS.sub(b"", data).decode(encoding)
    assert [char for char in text if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160)] == []
    return text


@pytest.mark.parametrize("utf8", [True, False])
def test_nothing_that_was_typed_is_a_command(utf8: bool) -> None:
    nasty = "\x1b@\x1bd\x03\x00\x07\x10\x1d)U\x9b2J\u2028\u202e"
    label = a_label(whose=f"Zoë{nasty}", drink=f"Latte{nasty}", notes=(f"nuts{nasty}",), station=f"Bar{nasty}")

    data = star_commands.as_commands([label], columns=48, utf8=utf8)

    ours = star_commands.as_commands(
        [a_label(whose="Zoë", drink="Latte", notes=("nuts",), station="Bar")], columns=48, utf8=utf8
    )
    assert sorted(COMMANDS.findall(data)) == sorted(COMMANDS.findall(ours))
    assert text_on(data, "utf-8" if utf8 else "cp1252").count("Zoë") == 1
    assert b"\x1b" not in star_commands.as_text([label], columns=48)


@pytest.mark.parametrize(
    ("name", "utf8", "western", "plain"),
    [
        ("Zoë", "Zoë", "Zoë", "Zoe"),
        ("Łukasz Ćmiel", "Łukasz Ćmiel", "?ukasz Cmiel", "?ukasz Cmiel"),
        ("€5 “Jo”", "€5 “Jo”", "€5 “Jo”", "?5 ?Jo?"),
        ("北京", "北京", "??", "??"),
    ],
)
def test_a_name_is_right_in_the_letters_that_the_printer_has(name: str, utf8: str, western: str, plain: str) -> None:
    label = [a_label(whose=name)]

    assert utf8 in text_on(star_commands.as_commands(label, columns=48, utf8=True), "utf-8")
    assert western in text_on(star_commands.as_commands(label, columns=48, utf8=False), "cp1252")
    assert plain in star_commands.as_text(label, columns=48).decode("ascii")


@pytest.mark.parametrize("columns", [star_commands.NARROWEST, 24, 32, 48])
@pytest.mark.parametrize("whose", [LONGEST["name"], "北京市" * 13, "x" * 40])
def test_however_long_nothing_is_cut_off(columns: int, whose: str) -> None:
    label = a_label(whose=whose, notes=(LONGEST["note"].strip(),))

    for row in star_commands.label_rows(label):
        lines = star_commands.wrapped(row.text, columns // row.wide)
        assert max(star_commands.across(line) for line in lines) <= columns // row.wide
        assert "".join(lines).replace(" ", "") == row.text.replace(" ", "")


def test_plain_text_tells_labels_apart() -> None:
    labels = [a_label(number=number, of=2) for number in (1, 2)]

    one, other = star_commands.as_text(labels, columns=20).decode().split("\n" + "-" * 20 + "\n\n")

    assert ("1/2" in one, "2/2" in other) == (True, True)
