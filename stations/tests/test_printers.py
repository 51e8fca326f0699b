"""The state that a label printer reports, such as "out of paper", and the words in which boards show this state."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stations import printers
from stations.models import Event, Printer, Station

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that sets the present time to this number of seconds after noon."""

    def at(seconds: int) -> dt.datetime:
        now = NOON + dt.timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return at


def a_printer(**fields: Any) -> Printer:
    event = Event.objects.create(name="Pycon", slug="pycon")
    return Printer.objects.create(station=Station.objects.create(event=event, name="Bar", slug="bar"), **fields)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("200 OK", ("200", "OK")),
        ("200%20OK", ("200", "OK")),
        ("211 Paper\x1b@ low\x00", ("211", "Paper@ low")),
        ("4100", ("4100", "")),
        ("OK", ("", "")),
        ("", ("", "")),
        ("20000 OK", ("", "")),
        ("٢٠٠ OK", ("", "")),
        ("410 " + "x" * 500, ("410", "x" * 60)),
    ],
)
def test_a_code_and_its_words_are_read_from_whatever_comes(said: str, read: tuple[str, str]) -> None:
    assert printers.read_status(said) == read


@pytest.mark.parametrize(
    ("code", "words", "kind", "said"),
    [
        ("200", "OK", "ready", "ready"),
        ("", "", "ready", "ready"),
        ("211", "Paper low", "warning", "paper runs low"),
        ("410", "Out of paper", "trouble", "out of paper"),
        ("420", "", "trouble", "the cover is open"),
        ("499", "", "trouble", "reports a fault"),
        ("499", "Head too hot", "trouble", "Head too hot"),
    ],
)
def test_well_known_codes_are_said_in_words_and_others_in_the_printers(
    code: str, words: str, kind: str, said: str
) -> None:
    printer = Printer(code=code, words=words, since=NOON, heard_at=NOON)

    assert printers.state_of(printer, NOON) == printers.State(kind, said, NOON)


def test_a_printer_that_falls_silent_is_in_trouble_since_it_was_last_heard() -> None:
    printer = Printer(code="200", since=NOON, heard_at=NOON)

    assert printers.state_of(printer, NOON + printers.SILENT_AFTER).kind == "ready"
    silent = printers.state_of(printer, NOON + printers.SILENT_AFTER + dt.timedelta(seconds=1))
    assert silent == printers.State("trouble", "not heard of", NOON)


def test_a_printer_that_was_never_heard_is_in_trouble() -> None:
    assert printers.state_of(Printer(), NOON) == printers.State("trouble", "has not called yet", None)


@pytest.mark.django_db
def test_what_a_poll_says_is_written_down_rarely_and_news_at_once(clock: Any) -> None:
    printer = a_printer()
    heard = []
    for seconds, said in (
        (0, "200 OK"),
        (5, "200 OK"),
        (9, "200 OK"),
        (11, "200 OK"),
        (12, "410 No paper"),
        (90, "200"),
    ):
        clock(seconds)
        asking = Printer.objects.get(pk=printer.pk)
        with CaptureQueriesContext(connection) as captured:
            shown = printers.note(asking, said=said, mac="00:11:62:00:00:01")
        heard.append((seconds, len(captured), shown))

    # Each tuple has the seconds, the number of SQL statements, and whether boards have to show another state.
    assert heard == [(0, 1, True), (5, 0, False), (9, 0, False), (11, 1, False), (12, 1, True), (90, 1, True)]


@pytest.mark.django_db
def test_a_state_has_been_so_since_its_code_was_first_said(clock: Any) -> None:
    printer = a_printer()
    for seconds, said in ((0, "200 OK"), (20, "410 a"), (40, "410 b"), (60, "410 b")):
        now = clock(seconds)
        printers.note(Printer.objects.get(pk=printer.pk), said=said, mac="")

    printer.refresh_from_db()
    assert printers.state_of(printer, now) == printers.State("trouble", "out of paper", NOON + dt.timedelta(seconds=20))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Zoë", "Zoë"),
        ("a\x1b@b\x07\x00", "a@b"),
        ("two\n\nlines\tand \u202etricks", "two lines and tricks"),
        ("北京 ☕", "北京 ☕"),
        ("\ud800x", "x"),
    ],
)
def test_what_somebody_typed_is_never_a_command(typed: str, shown: str) -> None:
    assert printers.printable(typed) == shown
