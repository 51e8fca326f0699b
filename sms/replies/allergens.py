"""Sentences that say which drinks are without an allergen, from the menu's facts."""

from __future__ import annotations

from inventory.allergens import Alternative, can_be_without, contents, holding
from inventory.menu import Menu
from orders.display.contents import allergen_named
from sms.conversation.sayings import ShowAllergens
from sms.replies.names import drink_named, first_upper, listed, option_named
from sms.wording.lookup import gettext as _

#: Maximum number of drinks that are listed for each option. The customer can text MENU for the rest.
MOST = 8
#: If at most this many drinks and options contain the allergen, the reply lists these instead of all drinks without it.
FEW = 4


def allergens_told(saying: ShowAllergens, menu: Menu) -> str:
    texts = [of_drink(drink, each, menu) for drink in saying.drinks for each in saying.allergens]
    if not texts:
        texts = [without(each, saying, menu) for each in saying.allergens]
    return " ".join([*texts, _("If it's an allergy, please tell the barista too.")])


def of_drink(name: str, allergen: str, menu: Menu) -> str:
    """Say whether one drink contains the allergen, or that we do not know."""
    drink = menu.drink_by_name.get(name)
    cup = contents(drink, menu) if drink else None
    words = {"drink": first_upper(drink_named(name, menu)), "allergen": allergen_named(allergen)}
    if cup is None:
        return _("I don't know whether {drink} contains {allergen}.").format(**words)
    if allergen not in cup:
        return _("{drink} is made without {allergen}.").format(**words)
    other = next((each for each in can_be_without(menu, allergen) if name in each.drinks), None)
    if other is None:
        return _("{drink} contains {allergen}.").format(**words)
    return _("{drink} contains {allergen}, but not with {options}.").format(**words, options=_options(other, menu))


def without(allergen: str, saying: ShowAllergens, menu: Menu) -> str:
    """List the drinks that are free of the allergen as they come, then the drinks that are free of it with another
    option. Leave out sold out drinks and options.

    If the menu states the contents of everything and only a few things contain the allergen, list those things
    instead."""
    parts = []
    if (found := holding(menu, allergen)) and len(found[0]) + len(found[1]) <= FEW:
        things = [drink_named(drink.name, menu) for drink in found[0]]
        things += [option_named(option.name, menu, group.name) for group, option in found[1]]
        if things:
            return _("Only these contain {allergen}: {things}.").format(
                allergen=allergen_named(allergen), things=", ".join(things)
            )
        return _("Nothing here contains {allergen}.").format(allergen=allergen_named(allergen))
    for each in can_be_without(menu, allergen):
        drinks = [drink_named(drink, menu) for drink in each.drinks if drink not in saying.without.drinks]
        options = tuple(option for option in each.options if option not in saying.without.options)
        if not drinks or (each.options and not options):
            continue
        named = ", ".join(drinks[:MOST]) + (", …" if len(drinks) > MOST else "")
        if options:
            parts.append(
                _("With {options}: {drinks}.").format(options=_options(Alternative(options, ()), menu), drinks=named)
            )
        else:
            parts.append(_("Without {allergen}: {drinks}.").format(allergen=allergen_named(allergen), drinks=named))
    return " ".join(parts) or _("I know of nothing here without {allergen}.").format(allergen=allergen_named(allergen))


def _options(alternative: Alternative, menu: Menu) -> str:
    return listed([option_named(option, menu, group) for group, option in alternative.options], _("or"))
