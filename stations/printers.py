"""The state of a label printer, from the status that the printer reports with every poll.

Codes: Star CloudPRNT Protocol Guide 2.4, "Printer Status Codes" (star-m.jp/products/s_print/sdk/StarCloudPRNT/manual).
2xx: the printer is online. 4xx: a person has to do something at the printer. 5xx: the printer could not print the data.
The guide tells servers to use the first digit only. The words after a code are chosen by the printer."""

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

#: A printer that has not polled for this time counts as lost. By the guide this should be twice the polling time plus 5
#: seconds, which is 15 seconds here. But some printers do not poll while they print.
SILENT_AFTER = dt.timedelta(seconds=60)
#: Polls that report nothing new are stored at most once in this time.
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
    """The state of a printer, as boards and the admin show it.

    `since` is when the state began. For a printer that has stopped polling, it is the last poll, and None if it never
    polled."""

    #: "ready", "warning" (prints, but needs attention soon) or "trouble" (does not print).
    kind: str
    words: str
    since: dt.datetime | None


def printable(text: str) -> str:
    """Remove control characters, so that a customer's text cannot send commands to a printer."""
    spaced = " ".join(text.split())
    return "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))


def read_status(said: str) -> tuple[str, str]:
    """Split a status such as "200 OK" into its code and its words. The status can be URL-encoded: "200%20OK"."""
    found = _CODE.match(unquote(said))
    return (found[1], printable(found[2])[:60]) if found else ("", "")


def in_words(code: str, words: str) -> str:
    if known := _KNOWN.get(code):
        return str(known)
    return words or _("reports a fault") if in_trouble(code) else _("ready")


def in_trouble(code: str) -> bool:
    """Return whether the printer reports a fault: its code begins with 4 or 5. A printer that sends no code has
    none."""
    return code.startswith(("4", "5"))


def needs_somebody(code: str) -> bool:
    """Return whether a person can make the printer print again, for example by adding paper or closing the cover."""
    return code.startswith("4")


def state_of(printer: Printer, now: dt.datetime) -> State:
    if printer.heard_at is None:
        return State("trouble", _("has not called yet"), None)
    if printer.heard_at < now - SILENT_AFTER:
        return State("trouble", _("not heard of"), printer.heard_at)
    kind = "trouble" if in_trouble(printer.code) else "warning" if printer.code in _WARNINGS else "ready"
    return State(kind, in_words(printer.code, printer.words), printer.since)


def note(printer: Printer, *, said: str, mac: str) -> bool:
    """Store the status that a poll reported. Return True if boards have to show another state now.

    Printers poll every few seconds. As long as the status is the same, only one poll in NOTED_EVERY is stored."""
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
