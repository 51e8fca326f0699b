"""Helpers for the options of ordered drinks: which are chosen, which the customer must still choose, and which replace
one that is sold out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from inventory.menu import Menu
from orders.items import Choice, Item
from orders.parser import Question
from sms.conversation.state import ConversationState, OrderDraft


def answered_for_all(
    before: tuple[Item, ...], after: tuple[Item, ...], asked: Question | None, menu: Menu
) -> tuple[Item, ...]:
    """Return the items after a text that answered a question about several drinks: each of these drinks gets the
    option.

    "Large" answers "What size for the latte and the mocha?" for both drinks, but the parser sets it on the first drink
    only. If the text changed anything besides this option, return the items as the parser read them (`after`)."""
    if asked is None or len(before) != len(after):
        return after
    said = [(n, each) for n, item in enumerate(after) for each in item.choices if each not in before[n].choices]
    if len(said) != 1 or said[0][0] != asked.item:
        return after
    was = in_group(before[asked.item], asked.group)
    new = in_group(after[asked.item], asked.group)
    options = menu.group_by_name[asked.group].options if asked.group in menu.group_by_name else ()

    def same(item: Item) -> bool:
        if was:
            return in_group(item, asked.group) == was
        if before[asked.item].note not in item.note and len(asked.offers) < len(options):
            # We did not offer all options, because they must fit the diet in the first cup's note ("Ben is allergic to
            # soy"). This cup has no such note, so the answer is not for it.
            return False
        # The answer is only for drinks with the same default: after a question about the latte's milk, "oat" adds no
        # milk to a long black, which comes without.
        usual = (_usual(each, asked.group, menu) for each in (item, before[asked.item]))
        return lacks(item, asked.group, menu) and len({*usual}) == 1

    return tuple(
        replace(item, choices=(*(each for each in item.choices if each.group != asked.group), *new))
        if same(item)
        else item
        for item in after
    )


def _usual(item: Item, group: str, menu: Menu) -> str | None:
    drink = menu.drink_by_name.get(item.drink)
    return menu.default_option(drink, menu.group_by_name[group]) if drink else None


def with_left_out(before: tuple[Item, ...], after: tuple[Item, ...], menu: Menu) -> tuple[Item, ...]:
    """Return the items after a change, and put refusals such as "no almond" back on the cups that had them `before`.

    The parser drops "no almond", because a latte without almond milk gets the default milk. But while the cup has no
    other option of this group, the customer must still be asked for one."""
    kept = [*after]
    for n, (old, new) in enumerate(zip(before, after, strict=False)):
        left_out = tuple(
            choice
            for choice in old.choices
            if choice.amount == "no" and old.drink == new.drink and lacks(new, choice.group, menu)
        )
        kept[n] = replace(new, choices=(*new.choices, *left_out))
    return tuple(kept)


def in_group(item: Item, group: str) -> tuple[Choice, ...]:
    return tuple(choice for choice in item.choices if choice.group == group)


def lacks(item: Item, group: str, menu: Menu) -> bool:
    drink = menu.drink_by_name.get(item.drink)
    return drink is not None and group in drink.groups and not in_group(item, group)


def still_lacks(asked: Question, draft: OrderDraft, menu: Menu) -> bool:
    """Return whether the drink still needs an answer to the question `asked` about its option.

    Customers are asked about some groups in every order (`MenuGroup.ask`). If they change an order, they are not asked
    again about a drink that had no option of the group before. A question that the text itself raised ("add a syrup")
    stays open."""
    item, group = draft.items[asked.item], menu.group_by_name.get(asked.group)
    went_without = (group is None or group.ask) and any(
        old.drink == item.drink and lacks(old, asked.group, menu) for old in draft.was
    )
    return lacks(item, asked.group, menu) and not went_without


def options_of(asked: Question, menu: Menu) -> tuple[str, ...]:
    group = menu.group_by_name.get(asked.group)
    return asked.offers or (tuple(option.name for option in group.options) if group else ())


def with_choices(item: Item, choices: tuple[Choice, ...], menu: Menu) -> Item:
    """Add the choices to the item. Skip choices of groups that the drink does not have.

    In a group that allows one option, the new choice replaces the old one."""
    drink = menu.drink_by_name.get(item.drink)
    for choice in choices:
        group = menu.group_by_name.get(choice.group)
        if drink is None or group is None or choice.group not in drink.groups:
            continue
        same = choice.group if group.choose == "one" else None
        kept = tuple(
            each
            for each in item.choices
            if each.group != same and (each.group, each.option) != (choice.group, choice.option)
        )
        item = replace(item, choices=(*kept, choice))
    return item


def substitute(
    state: ConversationState, draft: OrderDraft, missing: tuple[str, ...], offers: tuple[str, ...], menu: Menu
) -> ConversationState | None:
    """Return the state in which we offer substitutes for the order's first drink or option that is in `missing`.

    `missing` are drinks and options that cannot be made now, `offers` their substitutes. Return None if the order
    contains nothing that is missing."""
    for n, item in enumerate(draft.items):
        if item.drink in missing:
            others = (*draft.items[:n], *draft.items[n + 1 :])
            asked = Question("drink", quantity=item.quantity, choices=item.choices, offers=offers)
            return replace(state, draft=replace(draft, items=others), asked=asked, offered=True)
        if group := group_of(item, missing, menu):
            asked = Question("option", item=n, group=group, offers=offers)
            return replace(state, draft=draft, asked=asked, offered=True)
    return None


def group_of(item: Item, missing: Iterable[str], menu: Menu) -> str | None:
    """Return the name of the first group of which the cup has an option that is in `missing`.

    `missing` are options that cannot be made now. If the customer chose no option of a group, the cup has its default
    option. Return None if all options of the cup can be made."""
    drink = menu.drink_by_name.get(item.drink)
    for name in drink.groups if drink else ():
        said = {choice.option for choice in in_group(item, name) if choice.amount != "no"}
        default = menu.default_option(drink, menu.group_by_name[name]) if drink else None
        if (said or {default or ""}) & set(missing):
            return name
    return None


def same_drinks(these: tuple[Item, ...], those: tuple[Item, ...]) -> bool:
    """Return whether both lists of items mean the same cups.

    The sequence of items and options does not matter, nor whether two equal lattes are one item or two."""
    return _cups(these) == _cups(those)


def _cups(items: tuple[Item, ...]) -> Counter[tuple[Item, frozenset[Choice]]]:
    cups: Counter[tuple[Item, frozenset[Choice]]] = Counter()
    for item in items:
        cups[replace(item, quantity=1, choices=()), frozenset(item.choices)] += item.quantity
    return cups
