"""`python -m bench.parser`: measures how accurate and how fast the parser is. Bad figures do not make the command fail.

Measures the accuracy on the project's own sets of texts, the texts per second and microseconds per text on one core,
the cost of ten thousand aliases, and the longest time for 1,600 characters of the worst kinds."""

from __future__ import annotations

import json
import random
import statistics
import string
import sys
import time
from collections.abc import Iterable
from dataclasses import replace

from inventory.menu import Menu, MenuDrink
from orders.items import Item
from orders.parser import Intent, read
from orders.tests import sets

_ROUNDS = 5
_LONG = (
    "latte ",
    "extra hot chocolate ",
    "lattf capuchini ",
    "1 ",
    "a ",
    "what do you ",
    "regular milk black double ",
    "for sam and ",
    "x" * 80 + " ",
    ",",
    "é",
    "🍓",
    "no oat ",
    "the oat ",
    "large hot weaker cold small milk vanilla honey skim black ",
    " ".join(random.Random(7).choices(string.ascii_lowercase, k=800)),
)


def parser_figures() -> dict[str, object]:
    found: dict[str, object] = {}
    for folder in JUDGES:
        for name in sets.names(folder):
            entries = sets.messages(folder, name)
            right = sum(JUDGES[folder](entry, sets.menu(menu)) for menu, entry in entries)
            tuned = "" if folder is sets.HERE else ", written first"
            found[f"{name}: read as the set says{tuned}"] = f"{right} of {len(entries)}"
    for language, (right, total) in sorted(_by_language().items()):
        found[f"{language}: read as the sets say"] = f"{right} of {total}"
    texts = [(sets.menu(name), str(entry["text"])) for name, entry in sets.messages()]
    times = _times(texts)
    found["readings a second"] = round(1 / statistics.mean(times))
    found["µs a message, mean"] = _micro(statistics.mean(times))
    found["µs a message, p50"] = _micro(statistics.median(times))
    found["µs a message, p99"] = _micro(statistics.quantiles(times, n=100)[98])
    coffee = [text for menu, text in texts if menu is sets.menu("coffee")]
    for aliases in (100, 10_000):
        menu = with_aliases(sets.menu("coffee"), aliases)
        found[f"µs a message with {aliases} more aliases"] = _micro(statistics.mean(_times((menu, t) for t in coffee)))
    for menu in (sets.menu("coffee"), sets.menu("demo")):
        for while_open, order in (("", ()), (", order open", _six_lines(menu))):
            longest = max((_best(menu, (piece * 1600)[:1600], order), piece) for piece in _LONG)
            label = f"ms for the slowest 1,600 letters, {menu.name}{while_open}"
            found[label] = f"{longest[0] * 1e3:.1f} ({longest[1].strip()[:12]!r} repeated)"
    return found


def _by_language() -> dict[str, tuple[int, int]]:
    """Return (number of texts read correctly, number of texts) by the language that the parser detected."""
    found: dict[str, tuple[int, int]] = {}
    for folder in JUDGES:
        for menu, entry in sets.messages(folder):
            language = read(str(entry["text"]), sets.menu(menu)).language or "any language"
            right, total = found.get(language, (0, 0))
            found[language] = (right + JUDGES[folder](entry, sets.menu(menu)), total + 1)
    return found


def with_aliases(menu: Menu, count: int) -> Menu:
    """Return the menu with `count` additional aliases, spread over its drinks. They are invented names such as
    "kalomi ruka"."""
    syllables = ("ka", "lo", "mi", "ru", "te", "sha", "fro", "ben", "dal", "vi")
    words = (f"{a}{b}{c} {d}{a}" for a in syllables for b in syllables for c in syllables for d in syllables)
    more = [next(words) for _ in range(count)]
    share = -(-count // len(menu.drinks))

    def widened(at: int, drink: MenuDrink) -> MenuDrink:
        return replace(drink, aliases=(*drink.aliases, *more[at * share : (at + 1) * share]))

    return replace(menu, drinks=tuple(widened(at, drink) for at, drink in enumerate(menu.drinks)))


def _is_right(entry: dict[str, object], menu: Menu) -> bool:
    after = entry.get("after", [])
    talked = sets.talk([*after, str(entry["text"])], menu)  # type: ignore[misc]
    if "intent" in entry and talked.reading.intent != Intent(str(entry["intent"])):
        return False
    wanted = entry.get("order")
    return wanted is None or sorted(map(sets.line, talked.order)) == sorted(map(sets.in_order, wanted))  # type: ignore[call-overload]


#: For each folder of texts, the function that decides whether a text was read correctly. The files in "kept" say only
#: which cups are ordered, so their function checks less.
JUDGES = {sets.HERE: _is_right, sets.HERE / "kept": sets.is_made_right}


def _times(texts: Iterable[tuple[Menu, str]]) -> list[float]:
    return [_best(menu, text) for menu, text in texts]


def _six_lines(menu: Menu) -> tuple[Item, ...]:
    return tuple(Item(drink.name, 1 + at % 3) for at, drink in enumerate(menu.drinks[:6]))


def _best(menu: Menu, text: str, order: tuple[Item, ...] = ()) -> float:
    """Parse the text several times, and return the shortest CPU time in seconds, which other programs disturbed
    least."""
    read(text, menu, order=order)
    taken = []
    for _ in range(_ROUNDS):
        started = time.process_time_ns()
        read(text, menu, order=order)
        taken.append((time.process_time_ns() - started) / 1e9)
    return min(taken)


def _micro(seconds: float) -> int:
    return round(seconds * 1e6)


def main() -> None:
    found = parser_figures()
    if "--json" in sys.argv:
        print(json.dumps(found, ensure_ascii=False))
        return
    for label, figure in found.items():
        print(f"{label:<44}{figure:>14}")


if __name__ == "__main__":
    main()
