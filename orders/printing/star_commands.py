"""Encode cup labels for Star's printers.

Sources: Star CloudPRNT Protocol Guide 2.4, "Content Media Types", for the formats that each model reads (no model reads
Star Document Markup); Star's own encoder for the commands and the two character encodings
(github.com/star-micronics/star-cloudprnt-for-woocommerce, cloudprnt/printer_star_prnt_core.inc.php).

Only commands that StarPRNT and Star Line Mode share are used. Text is passed through `printable` before it is encoded.
A printer therefore never reads a customer's text as a command."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orders.printing.labels import Label
from stations.printers import printable

#: Media types that are offered for a job, the preferred one first. The printer chooses. Plain text comes last, because
#: it cannot print the order's code in large letters.
COMMANDS = ("application/vnd.star.starprntcore", "application/vnd.star.starprnt", "application/vnd.star.line")
PLAIN = "text/plain"
MEDIA_TYPES = (*COMMANDS, PLAIN)

#: Width of a character in dots, in the printer's standard font at its normal size.
DOTS = 12
#: Minimum number of characters per line, even if a printer reports a smaller width.
NARROWEST = 16

_START = b"\x1b@"
_UTF8 = b"\x1b\x1d)U\x02\x00\x30\x01" + b"\x1b\x1d)U\x02\x00\x40\x00"
_WESTERN = b"\x1b\x1dt\x20"
_FEED_AND_CUT = b"\x1bd\x03"
_BOLD, _NOT_BOLD = b"\x1bE", b"\x1bF"
_REVERSED, _NOT_REVERSED = b"\x1b4", b"\x1b5"


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A part of a label in one text size, which is wrapped to the paper's width."""

    text: str
    #: Height and width of the letters: 1 is the normal size, 6 is six times as large.
    tall: int = 1
    wide: int = 1
    bold: bool = False
    #: Whether the text is printed white on a black bar that is as wide as the paper.
    reversed: bool = False


def as_commands(labels: Iterable[Label], *, columns: int, utf8: bool) -> bytes:
    """Encode the labels as printer commands. After each label, the printer cuts the paper.

    Unless `utf8`, only the letters of Windows-1252 can be printed. Others lose their accent, or become question
    marks."""
    encoding = _UTF8 if utf8 else _WESTERN
    return b"".join(
        _START + encoding + b"".join(_row(row, columns=columns, utf8=utf8) for row in label_rows(label)) + _FEED_AND_CUT
        for label in labels
    )


def as_text(labels: Iterable[Label], *, columns: int) -> bytes:
    """Encode the labels as plain text, for printers that accept nothing else.

    Such a printer cuts the paper only once, at the end, so a dashed line separates the labels. Only ASCII is used,
    because the printer's code page is not known."""
    cut_here = "\n" + "-" * columns + "\n\n"
    texts = [
        "".join(f"{line}\n" for row in label_rows(label) for line in wrapped(_ascii(row.text), columns))
        for label in labels
    ]
    return cut_here.join(texts).encode("ascii")


def label_rows(label: Label) -> Iterator[LabelRow]:
    yield LabelRow(label.code, tall=4, wide=4, bold=True)
    if label.of > 1:
        yield LabelRow(f"{label.number}/{label.of}", tall=2, wide=2)
    if label.whose:
        yield LabelRow(label.whose, tall=2, wide=2, bold=True)
    yield LabelRow(label.drink, tall=2, bold=True)
    for difference in label.differences:
        yield LabelRow(f"+ {difference.text}", tall=2)
    for note in label.notes:
        yield LabelRow(f"! {note}", tall=2, bold=True, reversed=True)
    yield LabelRow(f"{label.station} {label.time}")


def wrapped(text: str, columns: int) -> list[str]:
    """Wrap the text to lines of at most `columns` columns. A word that is longer than a line is split."""
    lines = [""]
    for word in printable(text).split(" "):
        spaced = f"{lines[-1]} {word}" if lines[-1] else word
        if across(spaced) <= columns:
            lines[-1] = spaced
            continue
        if lines[-1]:
            lines.append("")
        for char in word:
            if across(lines[-1] + char) > columns:
                lines.append("")
            lines[-1] += char
    return lines


def across(text: str) -> int:
    """Return the width of the text in columns. A Chinese, Japanese or Korean letter is two columns wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _row(row: LabelRow, *, columns: int, utf8: bool) -> bytes:
    fitting = max(columns // row.wide, 1)
    lines = wrapped(row.text if utf8 else _western(row.text), fitting)
    if row.reversed:
        lines = [line + " " * (fitting - across(line)) for line in lines]
    text = b"".join(line.encode("utf-8" if utf8 else "cp1252") + b"\n" for line in lines)
    size = bytes((0x1B, 0x69, row.tall - 1, row.wide - 1))
    on = size + _BOLD * row.bold + _REVERSED * row.reversed
    return on + text + _NOT_REVERSED * row.reversed + _NOT_BOLD * row.bold


def _western(text: str) -> str:
    return "".join(_in(char, "cp1252") for char in text)


def _ascii(text: str) -> str:
    return "".join(_in(char, "ascii") for char in text)


def _in(char: str, encoding: str) -> str:
    """Return the character if the encoding has it. Otherwise return it without its accent, or "?" if that is missing
    too."""
    for attempt in (char, unicodedata.normalize("NFKD", char)[:1]):
        try:
            attempt.encode(encoding)
        except UnicodeEncodeError:
            continue
        return attempt
    return "?"
