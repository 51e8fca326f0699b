"""Sentences that tell which drinks contain an allergen and which do not, from what the menu states."""

from __future__ import annotations

from inventory.allergens import (
    Alternative,
    can_be_without,
    freeing_options,
    holding,
    known_contents,
    named_options,
    states_all,
)
from inventory.menu import Menu
from orders.display.contents import allergen_named
from orders.items import Choice, Item
from sms.conversation.sayings import ShowAllergens
from sms.replies.names import drink_named, first_upper, listed, option_named
from sms.replies.order_texts import item_spoken
from sms.wording.lookup import gettext as _

#: Maximum number of drinks that one sentence lists. Customers can text MENU to see all.
MOST = 8
#: If at most this many drinks and options contain the allergen, the reply lists them. Otherwise it lists the drinks
#: without the allergen.
FEW = 4


def allergens_told(saying: ShowAllergens, menu: Menu) -> str:
    texts = [of_cup(cup, each, menu) for cup in saying.cups for each in saying.allergens]
    texts += [of_option(option, each, menu) for option in saying.options for each in saying.allergens]
    if not texts:
        texts = [without(each, saying, menu) for each in saying.allergens]
    return " ".join([*texts, _("If it's an allergy, please tell the barista too.")])


def of_cup(cup: Item, allergen: str, menu: Menu) -> str:
    """Return a sentence that says whether the drink contains the allergen, or that Expresso does not know."""
    drink = menu.drink_by_name[cup.drink]
    named = [(choice.group, choice.option) for choice in cup.choices]
    options = named_options(drink, menu, named)
    words = {"drink": first_upper(item_spoken(cup, menu)), "allergen": allergen_named(allergen)}
    if allergen not in known_contents(drink, options):
        return without_it(words, known=states_all(drink, options))
    if freeing := freeing_options(drink, menu, allergen, named):
        other = _options(Alternative(freeing, ()), menu)
        return _("{drink} contains {allergen}, but not with {options}.").format(**words, options=other)
    return _("{drink} contains {allergen}.").format(**words)


def of_option(choice: Choice, allergen: str, menu: Menu) -> str:
    option = next(each for each in menu.group_by_name[choice.group].options if each.name == choice.option)
    name = first_upper(option_named(choice.option, menu, choice.group))
    words = {"drink": name, "allergen": allergen_named(allergen)}
    if allergen in (option.contains or ()):
        return _("{drink} contains {allergen}.").format(**words)
    return without_it(words, known=option.contains is not None)


def without_it(words: dict[str, str], *, known: bool) -> str:
    if known:
        return _("{drink} is made without {allergen}.").format(**words)
    return _("I don't know whether {drink} contains {allergen}.").format(**words)


def without(allergen: str, saying: ShowAllergens, menu: Menu) -> str:
    """Return sentences that list the drinks without the allergen: first those whose default options are free of it,
    then those that are free of it with other options.

    Sold out drinks and options are left out. If the menu states the contents of everything and at most FEW drinks and
    options contain the allergen, list these drinks and options instead."""
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
