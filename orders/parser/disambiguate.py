"""The end of the sixth stage of reading a text: decides which of several options a word means, and whether the drink
takes this option."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from math import prod

from orders.items import Amount, Choice
from orders.parser.atoms import Meaning
from orders.parser.clause import SaidOption
from orders.parser.lexicon import Lexicon
from orders.parser.reading import Misfit

#: The most combinations of meanings, and the most options, for which all combinations are compared. Above either
#: number, the options are decided one by one.
_COMBINATIONS, _TOGETHER = 100, 12
#: The distance in words between "chicken" and "steak" in "chicken steak", and in "chicken and steak".
_BESIDE, _WITH_AND = 1, 2
#: Costs of a meaning, on the same scale as the costs of words. The lower the cost, the more likely the meaning.
_ANSWERS_QUESTION, _NO_AMOUNTS, _ALIAS, _PER_PLACE = -3.0, 1.0, 0.3, 0.001
_ABOUT_INHERITED, _SAID_TWICE, _EXCLUDES = -1.0, 1.5, 2.0

#: The possible meanings of an option, and the customer's words for this option.
_Said = tuple[tuple[Meaning, ...], str]


def decide(
    drink: str | None, wishes: Sequence[SaidOption], lexicon: Lexicon, *, asked_group: str = ""
) -> tuple[tuple[Choice, ...], list[Misfit]]:
    """Return the choices for the drink, and the options that do not fit the drink. With None as the drink, all options
    fit.

    A later choice replaces an earlier one that it excludes."""
    fitting = []
    misfits = []
    for wish in wishes:
        meanings = tuple([m for m in wish.meanings if drink is None or lexicon.fits(drink, m.group)])
        if meanings:
            fitting.append((wish, meanings))
        elif not (wish.inherited or wish.amount == "no" or _is_usual(drink, wish, lexicon)):
            misfits.append(_misfit(drink or "", wish, lexicon))
    meant = [(wish, m) for (wish, _), m in zip(fitting, _meant(fitting, lexicon, asked_group), strict=True)]
    misfits += [
        _too_much(drink or "", wish, m, lexicon) for wish, m in meant if is_beyond(wish, m, lexicon, asked=True)
    ]
    return _kept(drink, meant, lexicon), misfits


def _is_usual(drink: str | None, wish: SaidOption, lexicon: Lexicon) -> bool:
    """Return whether the option can be ignored because the drink is like that anyway, as in "hot tea" and "peppermint
    tea with no milk".

    The menu offers no temperatures for tea, but it does for other drinks of the category, and "hot" is their default.
    In "hot cold brew" the option cannot be ignored, because no drink of that category has temperatures."""
    if wish.said in lexicon.table.normal:
        return True
    category = lexicon.category(drink or "")
    alike = [one for one in lexicon.menu.drinks if one.category == category]
    return wish.amount is None and any(
        lexicon.none_of(group := lexicon.groups[meaning.group]) == (meaning.group, meaning.name)
        or (group.default == meaning.name and not group.role and any(group.name in one.groups for one in alike))
        for meaning in wish.meanings
    )


def is_beyond(wish: SaidOption, meaning: Meaning, lexicon: Lexicon, *, asked: bool) -> bool:
    """Return whether the text gives an amount to an option that has no amounts on the menu: "extra large", "a dash of
    milk".

    `asked`: if True, this is about options of groups that we ask every customer for, such as the size; if False, about
    options of all other groups."""
    several = isinstance(wish.amount, float) and wish.amount > 1 and wish.how_much
    if not several and wish.amount not in ("extra", "light"):
        return False
    group = lexicon.groups[meaning.group]
    return not group.amounts and group.ask is asked


def beyond(drink: str, wishes: Sequence[SaidOption], lexicon: Lexicon) -> str:
    """Return a note for the barista with the words that no choice of the menu expresses; "" if there are none."""
    said_once = _said_once(wishes)
    said = [
        f"{wish.how_much} {wish.said}".strip()
        for wish in wishes
        for meaning in wish.meanings[:1]
        if (
            _is_beyond_menu(drink, wish, meaning, wishes, said_once, lexicon)
            if lexicon.fits(drink, meaning.group)
            # A cold brew has no choice of ice, but the barista can leave it out.
            else wish.amount == "no" and not wish.inherited
        )
    ]
    said += [
        " ".join(filter(None, (before.said, wish.joint, wish.said)))
        for before, wish in pairwise(wishes)
        if _are_both_wanted(drink, before, wish, lexicon)
    ]
    return ", ".join(dict.fromkeys(said))


def _is_beyond_menu(
    drink: str,
    wish: SaidOption,
    meaning: Meaning,
    wishes: Sequence[SaidOption],
    said_once: Iterable[_Said],
    lexicon: Lexicon,
) -> bool:
    """Return whether no choice of the menu expresses this option of the drink."""
    amounts = any(map(lexicon.amounts, wish.meanings))
    return (
        (not amounts and is_beyond(wish, meaning, lexicon, asked=False))
        or (not lexicon.amounts(meaning) and _is_beside(wish, meaning, said_once))
        or _is_unsaid(drink, wish, meaning, wishes, lexicon)
    )


def _are_both_wanted(drink: str, before: SaidOption, wish: SaidOption, lexicon: Lexicon) -> bool:
    """Return whether the customer wants two options although the menu allows only one of them: "chicken and steak". The
    barista then reads both in a note."""
    if before.amount is not None or before.inherited:
        return False
    if not wish.joint and (
        len({m.group for m in (*before.meanings, *wish.meanings)}) > 1 or _is_general(before, lexicon)
    ):
        # "Regular large" can name options of two groups, regular milk and a large size. "Milk soy" and "normal large"
        # name only one option: soy, large.
        return False
    if wish.at - before.at != (_WITH_AND if wish.joint else _BESIDE):
        return False
    groups = {m.group for m in wish.meanings} & {m.group for m in before.meanings}
    return any(lexicon.groups[group].choose == "one" and lexicon.fits(drink, group) for group in groups) and not (
        {m.name for m in wish.meanings} & {m.name for m in before.meanings}
    )


def _is_general(wish: SaidOption, lexicon: Lexicon) -> bool:
    return wish.said in lexicon.table.normal or tuple(wish.said.split()) in lexicon.group_words


def _is_unsaid(drink: str, wish: SaidOption, meaning: Meaning, wishes: Sequence[SaidOption], lexicon: Lexicon) -> bool:
    """Return whether no choice of the menu can express the words: "half oat", "no sauce", or "not hot" for a hot
    drink."""
    group = lexicon.groups[meaning.group]
    if isinstance(wish.amount, float):
        return not group.amounts and wish.amount % 1 > 0 and (meaning.group, wish.amount) not in lexicon.portions
    if lexicon.none_of(group) is not None:
        return False
    if group.choose == "many" and not group.amounts:
        # Foam can be a fixed part of the drink, so "no foam" becomes a note. Foam that the customer chose before is
        # removed without a note.
        return not any(other.amount != "no" and meaning in other.meanings for other in wishes)
    if any(other.amount != "no" and any(m.group == group.name for m in other.meanings) for other in wishes):
        return False
    default = lexicon.menu.default_option(lexicon.drinks[drink], group)
    return wish.whole_group or default == meaning.name


def best_drink(among: Sequence[Meaning], wishes: Sequence[SaidOption], lexicon: Lexicon) -> str:
    """Return the name of the drink that can be made with most of these options."""
    return min(among, key=lambda m: (_misfitting(m.name, wishes, lexicon), not m.exact)).name


def only_drink(wishes: Sequence[SaidOption], lexicon: Lexicon) -> str | None:
    """Return the only drink of the menu that can be made with all these options; None if several drinks can, or
    none."""
    wanted = [{meaning.group for meaning in wish.meanings} for wish in wishes]
    fitting = [d.name for d in lexicon.menu.drinks if not any(groups.isdisjoint(d.groups) for groups in wanted)]
    return fitting[0] if len(fitting) == 1 else None


def _misfitting(drink: str, wishes: Sequence[SaidOption], lexicon: Lexicon) -> int:
    return sum(not any(lexicon.fits(drink, m.group) for m in wish.meanings) for wish in wishes)


def _misfit(drink: str, wish: SaidOption, lexicon: Lexicon) -> Misfit:
    meaning = wish.meanings[0]
    return Misfit(drink, meaning.group, meaning.name, wish.said)


def _said_once(wishes: Iterable[SaidOption]) -> tuple[_Said, ...]:
    """Return the meanings and words of the options, each only once. Otherwise a text that refuses one thing sixty times
    would take long to read, because refused options are compared with all options."""
    return tuple(dict.fromkeys((wish.meanings, wish.said) for wish in wishes if not wish.inherited))


def _is_beside(wish: SaidOption, meaning: Meaning, wishes: Iterable[_Said]) -> bool:
    """Return whether the text refuses an option that it also orders in other words: "iced, no ice".

    Such a refusal does not undo the option. The barista reads it in a note."""
    return wish.amount == "no" and any(
        any((m.group, m.name) == (meaning.group, meaning.name) for m in meanings)
        and not {*said.split()} & {*wish.said.split()}
        for meanings, said in wishes
    )


def _too_much(drink: str, wish: SaidOption, meaning: Meaning, lexicon: Lexicon) -> Misfit:
    names = tuple(option.name for option in lexicon.groups[meaning.group].options)
    return Misfit(drink, meaning.group, meaning.name, f"{wish.how_much} {wish.said}", names)


def _meant(
    fitting: Sequence[tuple[SaidOption, tuple[Meaning, ...]]], lexicon: Lexicon, asked_group: str
) -> list[Meaning]:
    """Return one meaning for each option, so that all together they cost least: they fit best and contradict each other
    least."""
    combinations = prod([len(meanings) for _, meanings in fitting])
    if combinations == 1:
        # A shortcut for nearly all texts, whose options have one meaning each.
        return [meanings[0] for _, meanings in fitting]

    def price(combination: Iterable[Meaning]) -> float:
        meant = tuple(combination)
        alone = sum(_price(wish, m, lexicon, asked_group) for (wish, _), m in zip(fitting, meant, strict=True))
        return alone + sum(_quarrel(fitting, meant, at, lexicon) for at in range(len(meant)))

    if combinations <= _COMBINATIONS and len(fitting) <= _TOGETHER:
        return list(min(product(*(meanings for _, meanings in fitting)), key=price))
    return _one_by_one(fitting, lexicon, asked_group)


def _one_by_one(
    fitting: Sequence[tuple[SaidOption, tuple[Meaning, ...]]], lexicon: Lexicon, asked_group: str
) -> list[Meaning]:
    """Choose a meaning for one option after another, so that each fits the meanings chosen before it. For many options,
    this is much faster than comparing all combinations."""
    said: dict[str, dict[str, bool]] = {}
    chosen: list[Meaning] = []
    for wish, meanings in fitting:
        best = min(
            meanings,
            key=lambda m: _price(wish, m, lexicon, asked_group) + _quarrel_with(said.get(m.group, {}), m, lexicon),
        )
        said.setdefault(best.group, {}).setdefault(best.name, wish.inherited)
        chosen.append(best)
    return chosen


def _price(wish: SaidOption, meaning: Meaning, lexicon: Lexicon, asked_group: str) -> float:
    group = lexicon.groups[meaning.group]
    price = _PER_PLACE * lexicon.option_order[meaning.group, meaning.name]
    if meaning.group == asked_group:
        price += _ANSWERS_QUESTION
    if wish.amount is not None and not group.amounts:
        price += _NO_AMOUNTS
    if not meaning.exact:
        price += _ALIAS
    return price


def _quarrel(
    fitting: Sequence[tuple[SaidOption, tuple[Meaning, ...]]], meant: Sequence[Meaning], at: int, lexicon: Lexicon
) -> float:
    said: dict[str, bool] = {}
    for place in range(at):
        if meant[place].group == meant[at].group:
            said.setdefault(meant[place].name, fitting[place][0].inherited)
    return _quarrel_with(said, meant[at], lexicon)


def _quarrel_with(said: Mapping[str, bool], meaning: Meaning, lexicon: Lexicon) -> float:
    """Return what a meaning costs in addition because of earlier options of its group, which it can contradict.

    `said`: the name of each earlier option, with True if the option was inherited and False if this text named it."""
    if not said:
        return 0.0
    if meaning.name in said:
        # "No cinnamon" probably means the cinnamon that was ordered before, so this costs less. "Medium medium" names
        # two different options, such as a size and a roast, rather than the same one twice, so the latter costs more.
        return _ABOUT_INHERITED if said[meaning.name] else _SAID_TWICE
    if any(said.values()):
        return 0.0
    return _EXCLUDES if lexicon.groups[meaning.group].choose == "one" else 0.0


def _kept(drink: str | None, meant: Sequence[tuple[SaidOption, Meaning]], lexicon: Lexicon) -> tuple[Choice, ...]:
    kept: dict[tuple[str, str], Choice] = {}
    of_name: dict[str, list[SaidOption]] = {}
    for wish, meaning in meant:
        of_name.setdefault(meaning.name, []).append(wish)
    said_once = {name: _said_once(wishes) for name, wishes in of_name.items()}
    for wish, meaning in meant:
        group = lexicon.groups[meaning.group]
        # "Half decaf" means the option "Half caf", if the menu has this option.
        key = (meaning.group, lexicon.portions.get((meaning.group, wish.amount), meaning.name))
        if wish.whole_group:
            kept = {other: choice for other, choice in kept.items() if choice.group != meaning.group}
            continue
        if wish.amount == "no" and not group.amounts:
            if _is_beside(wish, meaning, said_once[meaning.name]):
                continue
            kept.pop(key, None)
            without = _without(drink, meaning, lexicon)
            if without is not None and not any(choice.group == meaning.group for choice in kept.values()):
                kept[without] = Choice(*without)
            continue
        if group.choose == "one":
            kept = {other: choice for other, choice in kept.items() if choice.group != meaning.group}
        kept[key] = Choice(*key, _amount(wish, kept.get(key)) if group.amounts else None)
    return tuple(kept.values())


def _amount(wish: SaidOption, before: Choice | None) -> Amount:
    """Return the amount of an option. A step such as "drop one sugar" changes the amount that the option had
    `before`."""
    had = before.amount if before is not None else None
    if not wish.step or not isinstance(had, float):
        return wish.amount
    return had + wish.step if had + wish.step > 0 else "no"


def _without(drink: str | None, meaning: Meaning, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return the group's "none" option ("No milk") if the customer refuses the group's default option. Return None for
    another option, or if the group has no "none" option."""
    group = lexicon.groups[meaning.group]
    made_from = lexicon.drinks.get(drink or "")
    default = lexicon.menu.default_option(made_from, group) if made_from else group.default
    none = lexicon.none_of(group)
    return none if default == meaning.name else None
