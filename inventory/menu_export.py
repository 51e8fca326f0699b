"""Writes a menu as a YAML file, in the format that `menu_file` reads."""

from __future__ import annotations

from typing import Any

import yaml

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption


class _OnOneLine(dict[str, Any]):
    """A mapping that the YAML shows on one line, such as {name: Oat, aliases: [oat milk]}."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(tuple, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, True))
_Dumper.add_representer(
    _OnOneLine, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), True)
)


def write_menu(menu: Menu) -> str:
    """Return the menu as YAML. `read_menu` turns it back into an equal menu, except that it removes extra spaces."""
    content: dict[str, Any] = {"name": menu.name, "drinks": [_drink(drink) for drink in menu.drinks]}
    if menu.categories:
        content["categories"] = [
            _OnOneLine({"name": each.name, "translations": _OnOneLine(each.translations)}) for each in menu.categories
        ]
    if menu.groups:
        content["option_groups"] = [_group(group) for group in menu.groups]
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)


def _drink(drink: MenuDrink) -> dict[str, Any]:
    return (
        {"name": drink.name, "category": drink.category}
        | _said(
            aliases=drink.aliases,
            options=drink.groups,
            defaults=_OnOneLine(drink.defaults),
            minutes=int(drink.minutes) if drink.minutes == int(drink.minutes) else drink.minutes,
            translations=_OnOneLine(drink.translations),
        )
        | _contains(drink)
        | _said(made_of=drink.made_of, price=_price(drink.price))
    )


def _group(group: MenuGroup) -> dict[str, Any]:
    return {"name": group.name} | _said(
        aliases=group.aliases,
        translations=_OnOneLine(group.translations),
        choose=group.choose,
        ask=group.ask,
        amounts=group.amounts,
        role=group.role,
        default=group.default,
        options=[_option(option) for option in group.options],
    )


def _option(option: MenuOption) -> _OnOneLine:
    said = _said(aliases=option.aliases, translations=_OnOneLine(option.translations))
    return _OnOneLine(
        {"name": option.name} | said | _contains(option) | _said(removes=option.removes, price=_price(option.price))
    )


def _price(amount: int) -> float:
    return amount / 100


def _contains(thing: MenuDrink | MenuOption) -> dict[str, Any]:
    """Return the stated contents as a mapping. An empty list is kept, because it states that there are no allergens."""
    return {} if thing.contains is None else {"contains": thing.contains}


def _said(**values: Any) -> dict[str, Any]:
    """Return the values that are not empty, 0 or False."""
    return {key: value for key, value in values.items() if value}
