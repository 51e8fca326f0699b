"""Writes the questions to the customer: which option, which drink, which substitute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inventory.menu import Menu
from orders.items import Item
from orders.parser import Misfit
from sms.conversation.sayings import AskDrink, AskOption
from sms.replies.names import drink_named, echo, first_upper, listed, named, option_named, thing_named
from sms.replies.order_texts import COUNT, choice_spoken, item_spoken
from sms.wording.lookup import gettext as _


def ask_option(saying: AskOption, menu: Menu, brief: int) -> str:
    # Name the drink with its options, so that the customer sees that "oat" was understood. Leave out the note ("nut
    # allergy"), which only the barista needs.
    drinks = listed([item_spoken(replace(item, quantity=1, note=""), menu, brief) for item in saying.items], _("and"))
    what = _("the order") if brief == COUNT else _("the {drinks}").format(drinks=drinks)
    options = listed([option_named(option, menu, saying.group) for option in saying.options], _("or"))
    group = named(menu.group_by_name.get(saying.group), saying.group)
    return first_upper(_("What {group} for {what}: {options}?").format(group=group, what=what, options=options))


def ask_drink(saying: AskDrink, menu: Menu) -> str:
    offers = saying.offers or tuple(drink.name for drink in menu.drinks[:3])
    options = listed([drink_named(offer, menu) for offer in offers[:4]], _("or"))
    said = " ".join(choice_spoken(choice, menu) for choice in saying.choices)
    if not said:
        return _("Which drink: {options}?").format(options=options)
    return _("{said} what? We have {options}.").format(
        said=first_upper(said), options=options if saying.offers else options + " ... (MENU)"
    )


def ask_which(items: Sequence[Item], menu: Menu, brief: int) -> str:
    options = dict.fromkeys(item_spoken(replace(item, quantity=1, note=""), menu, brief) for item in items)
    return _("Which drink: {options}?").format(options=listed([*options][:4], _("or")))


def instead(missing: Sequence[str], offers: Sequence[str], menu: Menu) -> str:
    gone = listed([thing_named(name, menu) for name in missing[:3]], _("or"))
    if not missing:
        return _("Sorry, no bar is open right now. Please try again in a little while.")
    if not offers:
        return _("Sorry, we can't make {missing} right now. Text me something else, or MENU.").format(missing=gone)
    options = listed([thing_named(offer, menu) for offer in offers[:4]], _("or"))
    return _("Sorry, no {missing} right now. {options} instead?").format(missing=gone, options=first_upper(options))


def misfits(every: Sequence[Misfit], menu: Menu) -> list[str]:
    """Return sentences for options that their drink cannot have, such as "Tea doesn't come iced".

    If the drink has other options of the same group, the sentence names them: "Latte comes small or large, not
    medium"."""
    without: dict[str, list[str]] = {}
    sentences = []
    for each in every:
        if each.fits:
            fits = listed([option_named(fit, menu, each.group) for fit in each.fits], _("or"))
            drink = first_upper(drink_named(each.drink, menu))
            sentences.append(
                _("{drink} comes {fits}, not {said}.").format(drink=drink, fits=fits, said=echo(each.said))
            )
        else:
            without.setdefault(each.drink, []).append(echo(each.said))
    sentences += [
        _("{drink} doesn't come {said}.").format(
            drink=first_upper(drink_named(drink, menu)), said=listed(list(dict.fromkeys(said)), _("or"))
        )
        for drink, said in without.items()
    ]
    return sentences
