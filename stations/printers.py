"""How a label printer is doing, from what it says with every poll.

Codes: Star CloudPRNT Protocol Guide 2.4, "Printer Status Codes" (star-m.jp/products/s_print/sdk/StarCloudPRNT/manual):
2xx online, 4xx a printer that needs somebody, 5xx data that it could not print. Servers go by the first digit; the
words behind a code are the printer's own."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stations.models import Printer

#: Seconds. The guide takes a printer for lost after twice its polling time and 5 s; ours is told to ask every 5 s, and
#: some are silent while they print.
SILENT_AFTER = dt.timedelta(seconds=60)
#: A poll is written down at most this often, unless it says something new.
NOTED_EVERY = dt.timedelta(seconds=10)

_WARNINGS = {
    "211": gettext_lazy("paper runs low"),
    "230": gettext_lazy("wants to be cleaned"),
    "231": gettext_lazy("wants a part replaced"),
}
_KNOWN = _WARNINGS | {
    "410": gettext_lazy("out of paper"),
    "411": gettext_lazy("paper jam"),
    "412": gettext_lazy("the roll sits wrong"),
    "420": gettext_lazy("the cover is open"),
    "510": gettext_lazy("cannot print this kind of label"),
    "511": gettext_lazy("could not read the label"),
    "512": gettext_lazy("cannot print this kind of label"),
    "520": gettext_lazy("the label did not arrive in time"),
    "521": gettext_lazy("the label is too large"),
}
_CODE = re.compile(r"\s*([0-9]{3,4})(?![0-9])\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class State:
    """`since` is when it began, or when a silent printer was last heard; None where it never was."""

    #: "ready", "warning" (it prints, and soon will not) or "trouble".
    kind: str
    words: str
    since: dt.datetime | None


def printable(text: str) -> str:
    """Without anything that is no character to read: what a customer typed never becomes a printer's command."""
    spaced = " ".join(text.split())
    return "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))


def read_status(said: str) -> tuple[str, str]:
    """The code and the words of "200 OK", which may come URL-encoded: "200%20OK"."""
    found = _CODE.match(unquote(said))
    return (found[1], printable(found[2])[:60]) if found else ("", "")


def in_words(code: str, words: str) -> str:
    if known := _KNOWN.get(code):
        return str(known)
    return words or _("reports a fault") if in_trouble(code) else _("ready")


def in_trouble(code: str) -> bool:
    """By the first digit; whoever asks without a code is there at least."""
    return code.startswith(("4", "5"))


def needs_somebody(code: str) -> bool:
    """It prints again once it has paper, or is closed."""
    return code.startswith("4")


def state_of(printer: Printer, now: dt.datetime) -> State:
    if printer.heard_at is None:
        return State("trouble", _("has not called yet"), None)
    if printer.heard_at < now - SILENT_AFTER:
        return State("trouble", _("not heard of"), printer.heard_at)
    kind = "trouble" if in_trouble(printer.code) else "warning" if printer.code in _WARNINGS else "ready"
    return State(kind, in_words(printer.code, printer.words), printer.since)


def note(printer: Printer, *, said: str, mac: str) -> bool:
    """Keep what it said; True where boards show something else now.

    Most polls say what the one before said, and are written down every `NOTED_EVERY` alone."""
    now = timezone.now()
    before = state_of(printer, now)
    code, words = read_status(said)
    news = {"code": code, "words": words, "mac": mac or printer.mac}
    if all(getattr(printer, field) == value for field, value in news.items()):
        if printer.heard_at and now - printer.heard_at < NOTED_EVERY:
            return False
    elif code != printer.code:
        printer.since = news["since"] = now  # type: ignore[assignment]
    Printer.objects.filter(pk=printer.pk).update(**news, heard_at=now)
    for field, value in news.items():
        setattr(printer, field, value)
    printer.heard_at = now
    return state_of(printer, now) != before
