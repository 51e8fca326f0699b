"""Writes names of the menu and words of the customer in the form that they have within a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from inventory.naming import category_titled
from orders.display.example_order import example_order
from orders.parser.languages import DEFAULT, LANGUAGES, Language
from sms.wording.lookup import gettext as _

#: Maximum number of characters of a customer's word that a reply repeats.
ECHO = 20


def example(menu: Menu) -> str:
    """Return an example of an order from this menu. Return "" if the menu is empty."""
    return cut(example_order(menu, get_language() or ""), 40)


def no_menu() -> str:
    """Return the reply for an empty menu. Used in place of replies that contain an example of an order."""
    return _("There is nothing on our menu yet, so I can't take orders. Please ask at the bar.")


def named(thing: MenuDrink | MenuOption | MenuGroup | None, name: str = "") -> str:
    """Return what a drink, option or group is called within a sentence, in the customer's language.

    If it has no translation, this is the menu's own name. If `thing` is None, because it was taken off the menu, this
    is `name`."""
    words = thing.translations.get(get_language() or "", ()) if thing else ()
    return words[0] if words else within_sentence(thing.name if thing else name)


def drink_named(name: str, menu: Menu) -> str:
    return named(menu.drink_by_name.get(name), name)


def option_named(name: str, menu: Menu, group: str = "") -> str:
    """Return the option's name in the customer's language.

    If `group` is "", the first option with this name in any group is used."""
    groups = [each for each in menu.groups if each.name == group or not group]
    options = (option for each in groups for option in each.options if option.name == name)
    return named(next(options, None), name)


def category_named(name: str, menu: Menu) -> str:
    """Return the category's name in the customer's language, with a capital letter."""
    return category_titled(menu, name, get_language() or "")


def thing_named(name: str, menu: Menu, group: str = "") -> str:
    drink = None if group else menu.drink_by_name.get(name)
    return named(drink) if drink else option_named(name, menu, group)


def manner() -> Language:
    """Return the `Language` of the reply, which says how menu names are written: for example, whether they keep their
    capitals."""
    return LANGUAGES.get(get_language() or "", LANGUAGES[DEFAULT])


def within_sentence(name: str) -> str:
    """Return a menu name as it is written within a sentence. Most languages write its first letter small."""
    return name if manner().capitals else first_lower(name)


def listed(words: Sequence[str], joint: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """Return the text with a small first letter. Abbreviations such as "BLT" and "XL" stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 3].rstrip() + "..."


def echo(text: str) -> str:
    """Return the customer's words in a form that is safe to repeat: short, only letters, digits and a few signs.

    Therefore our texts never repeat a link or an address that a customer texted."""
    words = "".join(char if char.isalnum() or char in " '-&%" else " " for char in text)
    return cut(" ".join(words.split()), ECHO)
