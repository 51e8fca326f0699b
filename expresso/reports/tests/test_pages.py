"""Tests that the pages of reports, their files and the API show the same tables, and only to people with access."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import AsyncClient, Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from expresso.api import tokens
from expresso.reports import order_list
from expresso.reports.catalog import TABLES
from expresso.reports.files import harmless
from expresso.reports.period import Period
from expresso.reports.report import Report
from expresso.reports.tests.small_event import SmallEvent
from orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> SmallEvent:
    return SmallEvent()


@pytest.fixture
def client(small: SmallEvent) -> Client:
    client = Client()
    client.force_login(small.owner, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(small: SmallEvent, rest: str = "") -> str:
    return f"/events/{small.event.slug}/reports/{rest}"


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def lines_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(read(answer).decode("utf-8-sig"))))


def test_the_page_shows_every_table_and_says_which_field_is_wrong(client: Client, small: SmallEvent) -> None:
    page = client.get(address(small, "?first=2026-11-10&last=soon&compare=before")).content.decode()

    assert [key for key in TABLES if f'id="{key}"' not in page] == []
    assert "10 Nov 2026" in page
    assert "Enter a valid date." in page


def test_a_last_day_before_the_first_is_refused_in_words(client: Client, small: SmallEvent) -> None:
    page = client.get(address(small, "?first=2026-11-10&last=2026-11-09")).content.decode()

    assert "The last day is before the first." in page


def test_the_sheet_for_the_sponsor_names_no_barista_and_no_reason(client: Client, small: SmallEvent) -> None:
    page = client.get(address(small, "sheet/")).content.decode()

    assert "coffee in figures" in page
    assert "Latte" in page
    assert [word for word in ("too slow", "Ben") if word in page] == []


def test_a_table_as_csv_is_the_table(client: Client, small: SmallEvent) -> None:
    lines = lines_of(client.get(address(small, "stations.csv")))

    assert lines[0] == [
        "Station", "Orders", "Cups", "Cancelled", "Not collected", "Half waited at most (min)",
        "95 % waited at most (min)", "Promise kept (%)",
    ]  # fmt: skip
    assert lines[1:] == [
        ["Bar 1", "5", "6", "1", "0", "4", "6", "100.0"],
        ["Bar 2", "2", "1", "1", "1", "15", "15", "0.0"],
    ]


def test_a_workbook_has_a_sheet_for_every_table(client: Client, small: SmallEvent) -> None:
    book = zipfile.ZipFile(io.BytesIO(read(client.get(address(small, "all.xlsx")))))

    assert len([name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]) == len(TABLES)


@pytest.mark.parametrize("path", ["nothing.csv", "all.csv", "totals.pdf", "orders.txt"])
def test_a_file_that_does_not_exist_is_not_found_and_not_audited(client: Client, small: SmallEvent, path: str) -> None:
    assert client.get(address(small, path)).status_code == 404
    assert not AuditEntry.objects.filter(act="exported").exists()


def test_orders_as_a_file_hold_names_and_numbers_only_where_asked_for_and_are_audited(
    client: Client, small: SmallEvent
) -> None:
    Order.objects.filter(customer=small.sam).update(name="Samira")
    without, with_names = (lines_of(client.get(address(small, f"orders.csv{asked}"))) for asked in ("", "?names=1"))

    assert len(without) == len(with_names) == 8
    assert "Samira" not in str(without)
    assert str(small.sam.phone)[-4:] not in str(without)
    assert with_names[1][-2] == "Samira"
    assert re.sub(r"\D", "", with_names[1][-1]) == str(small.sam.phone)[1:]
    assert without[2][9:11] == ["3", "2 Latte; 1 Mocha (Soy, Large)"]
    entries = AuditEntry.objects.filter(act="exported").order_by("pk")
    assert [(entry.by, entry.details["with_names"]) for entry in entries] == [(small.owner, False), (small.owner, True)]


def test_orders_are_sent_while_later_ones_are_not_read_yet(
    client: Client, small: SmallEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_list, "PART", 3)
    answer: Any = client.get(address(small, "orders.csv"))
    pieces = iter(answer.streaming_content)

    sent = []
    for _ in range(4):
        with CaptureQueriesContext(connection) as asked:
            sent.append((next(pieces).count(b"\r\n"), len(asked)))

    # With three orders in a part, each part takes two statements: one for orders and one for their drinks. The seventh
    # order is a part of its own.
    assert sent == [(1, 0), (3, 2), (3, 2), (1, 2)]
    assert next(pieces, None) is None


@pytest.mark.parametrize("part", [1, 2, 7, 8])
def test_each_order_is_listed_once_where_many_were_placed_in_the_same_moment(
    client: Client, small: SmallEvent, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    orders = Order.objects.filter(event=small.event, practice=False).order_by("placed_at", "pk")
    orders.filter(status="collected").update(placed_at=orders[2].placed_at)
    monkeypatch.setattr(order_list, "PART", part)

    lines = lines_of(client.get(address(small, "orders.csv")))

    assert [line[0] for line in lines[1:]] == list(orders.values_list("code", flat=True))
    assert len(lines) == 8


def test_a_file_is_sent_in_pieces_by_the_asynchronous_server_too(client: Client, small: SmallEvent) -> None:
    browser = AsyncClient()
    browser.cookies = client.cookies

    async def asked() -> bytes:
        answer: Any = await browser.get(address(small, "orders.csv"))
        return b"".join([piece async for piece in answer.streaming_content])

    assert async_to_sync(asked)() == read(client.get(address(small, "orders.csv")))


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"])
def test_what_looks_like_a_formula_is_text_in_every_file(client: Client, small: SmallEvent, begins: str) -> None:
    small.event.stations.filter(pk=small.bar_1.pk).update(name=begins)

    lines = lines_of(client.get(address(small, "stations.csv")))
    book = zipfile.ZipFile(io.BytesIO(read(client.get(address(small, "stations.xlsx")))))

    assert f"'{begins}" in {line[0] for line in lines}
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert [harmless(cell) for cell in (-1, -1.5, None, "latte")] == [-1, -1.5, None, "latte"]


def test_the_api_has_the_figures_and_tables_of_the_pages(small: SmallEvent) -> None:
    client = Client(headers={"Authorization": f"Bearer {tokens.sign_in(small.owner).access}"})
    path = f"/api/v1{address(small)}"
    report = Report(Period.whole(small.event))

    figures, stock = client.get(path).json(), client.get(f"{path}stock/?first=2026-11-10").json()

    assert {name: figures[name] for name in ("orders", "cups", "p50", "p95", "kept", "first", "last")} == {
        "orders": 7, "cups": 7, "p50": 4, "p95": 15, "kept": 66.7, "first": "2026-11-09", "last": "2026-11-10",
    }  # fmt: skip
    assert figures["tables"] == list(TABLES)
    assert stock["rows"] == [
        {"ingredient": "Beans", "used": 8.0, "unit": "g"},
        {"ingredient": "Full cream milk", "used": 180.0, "unit": "ml"},
    ]
    assert client.get(f"{path}drinks/").json()["rows"] == TABLES["drinks"](report).as_objects()
    assert client.get(f"{path}nothing/").status_code == 404
    assert client.get(f"{path}?first=soon").json()["code"] == "invalid"


def test_a_barista_and_an_organizer_of_another_event_read_no_report(small: SmallEvent) -> None:
    for user in (small.maya, small.stranger):
        client = Client(headers={"Authorization": f"Bearer {tokens.sign_in(user).access}"})
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        assert client.get(f"/api/v1{address(small)}").status_code in {403, 404}
        assert browser.get(address(small)).status_code == browser.get(address(small, "orders.csv")).status_code == 403


def test_the_page_takes_as_many_statements_for_many_orders_as_for_few(client: Client, small: SmallEvent) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address(small))
        return len(found)

    statements()  # fills the menu's cache
    few = statements()
    for minute in range(20):
        small.order(
            small.bar_1, 9, f"11:{minute + 10}", f"11:{minute + 11}", f"11:{minute + 15}", f"11:{minute + 20}",
            "collected", (4, 8), small.kim, [(1, "Tea")],
        )  # fmt: skip

    assert statements() == few <= 40
