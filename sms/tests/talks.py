"""Reads the conversations in `talks/*.yaml`, each with the intended orders, and compares the outcome with them.

texts    the customer's texts, one after another. A text can be a mapping of `text` and of patterns that the reply
         must contain (`says`) or must not contain (`never`). {reply} stands for our last reply, {first} for our first
         one. <start>, <ready> and <collect> are taps of the barista.
meant    the intended open orders at the end: `items` as "2 Latte: Large, Oat (Sam)", where the drink's default
         options can be left out; optionally `name` (a pattern) and `at` ("10:30")
menu     a menu of `orders.tests.sets`; by default the demonstration menu
any      a group in which every option counts as right, because the customer did not care
together if true, the items of all open orders are compared as one order"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from inventory.menu import Menu
from orders.items import Choice, Item
from orders.tests import sets
from sms.conversation.facts import OpenStatus
from sms.dry_run import Rehearsal

HERE = Path(__file__).parent / "talks"
DEMO = "demo"
LANGUAGES = ("en", "de", "es", "fr")
TAPS: dict[str, OpenStatus | None] = {"<start>": "making", "<ready>": "ready", "<collect>": None}
#: Matches a reply that says that an order was changed.
CHANGED = re.compile(r"(Changed|Geändert|Cambiado|Modifié)\b")

Cup = tuple[str, tuple[str, ...], str]


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.yaml"))


def talks(name: str) -> list[dict[str, Any]]:
    """Return the conversations of one file."""
    conversations: list[dict[str, Any]] = sets.from_yaml(HERE / f"{name}.yaml")
    return conversations


def faults(talk: dict[str, Any]) -> list[str]:
    """Return a sentence for each difference between the outcome and the intended orders. Return an empty list if there
    is none."""
    name = talk.get("menu", DEMO)
    menu = sets.menu(name)
    rehearsal = Rehearsal(menu, languages=LANGUAGES if name == DEMO else LANGUAGES[:1])
    found: list[str] = []
    replies: list[str] = []
    for said in talk["texts"]:
        entry = said if isinstance(said, dict) else {"text": said}
        if entry["text"] in TAPS:
            rehearsal.move(TAPS[entry["text"]])
            continue
        text = entry["text"].replace("{reply}", "".join(replies[-1:])).replace("{first}", "".join(replies[:1]))
        before = rehearsal.facts.orders
        reply = rehearsal.text(text).reply
        replies.append(reply)
        if CHANGED.match(reply) and rehearsal.facts.orders == before:
            found.append(f"{text!r}: nothing changed, but {reply!r}")
        if not re.search(entry.get("says", ""), reply):
            found.append(f"{text!r}: no {entry['says']!r} in {reply!r}")
        if "never" in entry and re.search(entry["never"], reply):
            found.append(f"{text!r}: {entry['never']!r} in {reply!r}")
    return found + _wrong_orders(talk, rehearsal, menu)


def _wrong_orders(talk: dict[str, Any], rehearsal: Rehearsal, menu: Menu) -> list[str]:
    draft = rehearsal.state.draft
    held = [(o.items, o.name, o.wanted_at) for o in rehearsal.facts.orders if not draft or draft.changes != o.pk]
    if draft:
        held.append((draft.items, draft.name, draft.wanted_at))
    if talk.get("together"):
        held = [(tuple(item for items, *_ in held for item in items), *held[0][1:])] if held else []
    meant = talk["meant"]
    lines = [line for order in meant for line in order["items"]]
    skip, with_names = talk.get("any", ""), any(line.endswith(")") for line in lines)
    with_no = any(" no " in line for line in lines)
    found = [] if len(held) == len(meant) else [f"{len(held)} orders for {len(meant)}"]
    for order, (items, name, wanted_at) in zip(meant, held, strict=False):
        cups = _cups(items, menu, skip, with_names=with_names, with_no=with_no)
        if cups != _cups([_item(line, menu) for line in order["items"]], menu, skip, with_names=True, with_no=True):
            found.append(f"{order['items']} became {dict(cups)}")
        if not re.fullmatch(order.get("name", ".*"), name):
            found.append(f"{order['name']} became {name!r}")
        at = wanted_at and f"{wanted_at:%-H:%M}"
        if at != order.get("at"):
            found.append(f"for {at}")
    return found


def _item(line: str, menu: Menu) -> Item:
    """Return the item that one entry of `items` describes, such as "2 Latte: Large, 2 Sugar (Sam)"."""
    said = re.fullmatch(r"(\d+) ([^:(]+?)(?:: ([^(]+?))?(?: \((.+)\))?", line)
    assert said, line
    drink = menu.drink_by_name[said[2]]
    groups = [menu.group_by_name[name] for name in drink.groups]
    choices = []
    for part in filter(None, (said[3] or "").split(", ")):
        every = {each.name: group.name for group in groups for each in group.options}
        first, _, rest = part.partition(" ")
        amount: Any = None if part in every else float(first) if first[0].isdigit() else first
        option = part if amount is None else rest
        choices.append(Choice(every[option], option, amount))
    return Item(drink.name, int(said[1]), tuple(choices), said[4])


def _cups(items: Any, menu: Menu, skip: str, *, with_names: bool, with_no: bool) -> Counter[Cup]:
    """Return how many cups there are of each (drink, options, name). Options that are the drink's defaults or in the
    group `skip` are left out; "no" options and names only count if `with_no` and `with_names` are true."""
    cups: Counter[Cup] = Counter()
    for item in items:
        drink = menu.drink_by_name[item.drink]
        options = sorted(
            f"{'' if choice.amount in (None, 1) else choice.amount} {choice.option}".strip()
            for choice in item.choices
            if choice.group != skip
            and (with_no or choice.amount != "no")
            and choice.option != menu.default_option(drink, menu.group_by_name[choice.group])
        )
        cups[item.drink, tuple(options), (item.name or "") if with_names else ""] += item.quantity
    return cups
