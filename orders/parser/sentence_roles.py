"""Finds out what a sentence does: repeat a drink, cancel the order, or order the drink that an earlier sentence
asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.intents import PARTING, cancels_all, intent_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.notes import with_allergens
from orders.parser.phrases import Phrase
from orders.parser.reading import Intent, Question
from orders.parser.spans import Way

#: Maximum number of words of a phrase such as "if so".
_LONGEST_IF = 5
#: Kinds of words that state an allergy or a diet.
_DIETARY = frozenset({Kind.NOTE, Kind.REFUSES, Kind.ALLERGY})
_ASKED_FOR = frozenset({Kind.OPTION, Kind.NOTE})
_COUNTED = frozenset({Kind.ARTICLE, Kind.NUMBER})
_REPEATING = frozenset({Kind.SAME, Kind.ANOTHER})
#: Intents that a sentence can seem to have although it orders or changes something: "cancel my latte" can change an
#: order of several drinks.
_LIKE_ORDERS = frozenset({Intent.CANCEL, Intent.USUAL})
#: Word kinds allowed after a number of cups without a drink, as in "then two, with oat".
_AFTER_COUNT = frozenset({*PARTING, Kind.OPTION, Kind.WITH, Kind.NO, Kind.FILLER, Kind.AND, Kind.FOR, None})
_OF_OPTIONS = frozenset({Kind.OPTION, Kind.NO, Kind.FILLER, Kind.WITH, Kind.AND, Kind.COMMA, Kind.STOP})
_AFTER_CANCELLING = frozenset({*PARTING, Kind.AND})
#: Kinds of words that change cups of the open order, such as "swap" and "drop".
_CHANGING = frozenset({Kind.SWAP, Kind.DROP})
#: Kinds of words that are about the open order or another drink, and not about the drink of the customer's question.
_NOT_OF_THOSE = _CHANGING | {Kind.ADD, Kind.MAKE, Kind.IT, Kind.DRINK}


def one_of_those(parts: Sequence[tuple[list[Atom], Intent | None]], lexicon: Lexicon) -> list[list[Atom]]:
    """Return the ordering sentence of "do you have matcha? A large one please", with the matcha in the place of "one".

    Return an empty list for any other text."""
    named = dropwhile(lambda each: Kind.DRINK not in kinds_of(each[0]), parts)
    (asked, intent), *after = [*named] or [([], None)]
    drinks = [atom for atom in asked if atom.kind is Kind.DRINK]
    orders = [part for part, each in after if each is None]
    changed = any(atom.kind in _NOT_OF_THOSE for part, _ in after for atom in part)
    if intent not in (Intent.QUESTION, Intent.MENU) or not len(drinks) == len(orders) == 1 or changed:
        return []
    part, kinds = orders[0], kinds_of(orders[0])
    ones = [atom.text in lexicon.table.cups for atom in part]
    counted = [at for at, kind in enumerate(kinds) if kind in _COUNTED and kinds[at + 1] in _AFTER_COUNT]
    # An article can be missing: "large one".
    counted += [at - 1 for at, one in enumerate(ones) if one and kinds[at - 1] is Kind.OPTION]
    if not counted:
        return []
    end = counted[0] + 1
    while kinds[end] is Kind.OPTION:
        end += 1
    # The drink takes the place of the word "one", with the options that were asked about.
    rest = part[end + any(ones[end : end + 1]) :]
    place = part[end - 1].start
    taken = [*_options_asked(asked, part, lexicon), drinks[0]]
    return [[*part[:end], *(replace(atom, start=place, end=place) for atom in taken), *rest]]


def _options_asked(asked: Sequence[Atom], part: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Return the options of the drink in a question, such as the soy in "do you do soy hot chocolate? A large one".

    `asked`: the question. `part`: the sentence after it that orders. If `part` itself chooses a milk, as in "an oat
    one", the soy is left out."""
    kinds, told = kinds_of(asked), {meaning.group for atom in part for meaning in atom.meanings}
    drink = kinds.index(Kind.DRINK)
    start, end = drink, drink + 1 + (kinds[drink + 1] is Kind.WITH)
    while kinds[start - 1] is Kind.OPTION:
        start -= 1
    while end > drink + 1 and kinds[end] is Kind.OPTION:
        end += 1
    options = (atom for atom in asked[start:end] if atom.kind is Kind.OPTION)
    return [
        atom
        for atom in options
        if all(lexicon.groups[m.group].choose == "one" and m.group not in told for m in atom.meanings)
    ]


def with_asked_option(
    parts: Sequence[tuple[list[Atom], Intent | None]], lexicon: Lexicon
) -> list[tuple[list[Atom], Intent | None]]:
    """Return all sentences, with the option that the first sentence asks about added to the sentences that take it up.

    In "do you have oat? A latte with that" the latte gets oat, and in "do you have oat? If so, a latte" too. Nothing is
    added if the first sentence names no option or several. "Dairy free" counts as an option, too."""
    found = [*parts]
    options = [atom for atom in with_allergens(parts[0][0], lexicon) if atom.kind in _ASKED_FOR]
    if len(options) != 1:
        return found
    for n, (part, intent) in enumerate(parts[1:], start=1):
        spans = ((at, end) for end in range(len(part), 0, -1) for at in (end - 1, max(end - 2, 0)))
        told = (span for span in spans if " ".join(one.text for one in part[slice(*span)]) in lexicon.table.with_it)
        if span := next(told, None):
            with_it = replace(part[span[0]], kind=Kind.WITH, end=part[span[0]].start)
            option = replace(options[0], start=part[span[0]].start, end=part[span[1] - 1].end)
            found[n] = ([*part[: span[0]], with_it, option, *part[span[1] :]], intent)
        elif _begins_with(part, lexicon.table.if_so) and _takes(part, options[0]):
            if options[0].kind is Kind.NOTE:
                found[n] = ([options[0], *part], intent)
                continue
            end = next((at + 1 for at, atom in enumerate(part) if atom.kind is Kind.DRINK), len(part))
            place = part[end - 1].start
            asked = [Atom(Kind.WITH, place, place, options[0].text), replace(options[0], start=place, end=place)]
            found[n] = ([*part[:end], *asked, *part[end:]], intent)
    return found


def _begins_with(part: Sequence[Atom], phrases: Collection[Phrase]) -> bool:
    words = tuple(word for atom in part[:_LONGEST_IF] for word in atom.text.split())
    return any(words[:end] in phrases for end in range(1, len(words) + 1))


def _takes(part: Sequence[Atom], option: Atom) -> bool:
    """Return whether a sentence can take this option, because it has no option of the same group: after a question
    about oat, "if so, a latte" can, and "if so, a soy latte" cannot."""
    groups = {meaning.group for atom in part for meaning in atom.meanings}
    return groups.isdisjoint(meaning.group for meaning in option.meanings)


def is_only_options(part: Sequence[Atom]) -> bool:
    """Return whether a sentence has only options and no drink, such as "Oat. Large." after "A matcha."."""
    kinds = {atom.kind for atom in part}
    return Kind.OPTION in kinds and kinds <= _OF_OPTIONS


def after_cancelling(way: Way, ordering: Way, lexicon: Lexicon) -> Way | None:
    """Return the words of a new order after a cancelled one: "a tea please" in "cancel all of it, a tea please".

    Return None if the text does not cancel the whole order, or orders no drink afterwards. The "add" of "cancel that,
    add a tea" means that the order stays, but after "cancel all of it" it does not. `way` has all atoms (parsed words)
    of the text, `ordering` only those of the sentences that order something."""
    end = next((at for at, atom in enumerate(way) if atom.kind in _AFTER_CANCELLING), 0)
    rest = [atom for atom in ordering if atom.start >= way[end].start]
    kinds = {atom.kind for atom in rest}
    adds = Kind.ADD in kinds and not Ahead(way, lexicon).is_about_everything(end)
    if Kind.DRINK not in kinds or adds or not kinds.isdisjoint(_CHANGING):
        return None
    return (*rest,) if cancels_all(way[:end], lexicon) else None


def not_taken_back(
    parts: Sequence[tuple[list[Atom], Intent | None]], lexicon: Lexicon, *, going_on: bool
) -> list[tuple[list[Atom], Intent | None]]:
    """Return the sentences without those that a later sentence takes back: in "2 lattes and a tea. No, cancel that" the
    first sentence is left out.

    `going_on`: an order was open before this text. Then "cancel that" can mean the lattes or the open order, so its
    intent becomes UNCLEAR. "Cancel everything" is clear."""
    for at in range(len(parts) - 1, 0, -1):
        part, intent = parts[at]
        if intent is Intent.CANCEL and cancels_all(part, lexicon):
            clear = not going_on or Ahead(part, lexicon).is_about_everything(len(part))
            return [(part, intent if clear else Intent.UNCLEAR), *parts[at + 1 :]]
    return [*parts]


def repeated_parts(parts: Sequence[tuple[list[Atom], Intent | None]]) -> list[list[Atom]]:
    """Return the sentences that order a drink of an earlier sentence once more, as in "a small latte. Same again for
    Tom"."""
    return [
        part
        for at, (part, intent) in enumerate(parts)
        if intent is Intent.USUAL
        and any(atom.kind in _REPEATING for atom in part)
        and any(atom.kind is Kind.DRINK for before, each in parts[:at] if each is None for atom in before)
    ]


def intent_beside_order(
    part: Sequence[Atom], lexicon: Lexicon, asked: Question | None, *, drinks: int
) -> Intent | None:
    """Return the intent of a sentence that orders nothing. Return None if it orders something or answers our question
    `asked`."""
    intent = intent_of(part, lexicon)
    orders = _is_order(part, intent, lexicon, drinks=drinks) or _says_asked(part, intent, asked)
    return None if orders else intent


def _says_asked(part: Sequence[Atom], intent: Intent | None, asked: Question | None) -> bool:
    """Return whether a sentence that looks like something else answers the question.

    After a question about the size, "the mocha is large" is no complaint, and "the usual size, medium" does not order
    the customer's usual drink."""
    if intent not in (Intent.SUPPORT, Intent.USUAL) or asked is None or asked.about != "option":
        return False
    return any(meaning.group == asked.group for atom in part for meaning in atom.meanings)


def apart_from_diet(sentence: list[Atom], lexicon: Lexicon) -> list[list[Atom]]:
    """Split a sentence that states a diet and then asks, as in "I'm allergic to nuts, is the mocha safe?".

    Return its two parts. Any other sentence is returned whole."""
    if _DIETARY.isdisjoint([atom.kind for atom in sentence]):
        return [sentence]
    start = max((at for at, atom in enumerate(sentence, start=1) if atom.kind is Kind.COMMA), default=0)
    asks = sentence[start:]
    return [sentence[:start], asks] if start and intent_of(asks, lexicon) is Intent.QUESTION else [sentence]


def told_diet(sentence: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Return the words that state a diet beside a question: "I'm allergic to nuts" in "I'm allergic to nuts, what is
    in the mocha?"."""
    parts: list[list[Atom]] = [[]]
    for atom in sentence:
        if atom.kind not in PARTING:
            parts[-1].append(atom)
        elif atom.text == "?" and not _names_allergy(parts[-1], lexicon):
            parts[-1] = []
        else:
            parts.append([])
    told = (part for part in parts if not _DIETARY.isdisjoint([atom.kind for atom in part]))
    return [atom for part in told if _names_allergy(part, lexicon) or not intent_of(part, lexicon) for atom in part]


def _names_allergy(part: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether the words state an allergy. In a question, "allergic to nuts" still does, while "gluten free" only
    asks for something."""
    said = (word for atom in part if atom.kind is Kind.REFUSES for word in atom.text.split())
    return any(lexicon.table.kind((word,)) is Kind.ALLERGY for word in said)


def _is_order(part: Sequence[Atom], intent: Intent | None, lexicon: Lexicon, *, drinks: int) -> bool:
    """Return whether a sentence orders or changes something, although its `intent` is CANCEL or USUAL.

    "A latte, stronger than usual" orders a latte, and not the customer's usual drink. `drinks`: the number of different
    drinks in the open order; 1 if it has no drink yet, 0 without an order."""
    if intent not in _LIKE_ORDERS:
        return intent is Intent.ORDER
    kinds = [atom.kind for atom in part]
    if intent is Intent.CANCEL:
        # "Cancel my latte" changes the order, because it is about one of several drinks.
        return drinks > 0 and Kind.DRINK in kinds and not Ahead(part, lexicon).is_about_everything(len(part))
    if drinks and _is_for_another(part, lexicon, drinks=drinks):
        return True
    if Kind.DRINK not in kinds:
        # While an order is open, "same again but decaf" orders one more cup.
        return drinks > 0 and Kind.ANOTHER in kinds and Kind.OPTION in kinds
    if kinds.count(Kind.DRINK) > 1:
        # Two drinks make an order: "my usual latte and a mocha", "can I swap my usual latte for a mocha?"
        return True
    drink = kinds.index(Kind.DRINK)
    parted = next((at for at in range(drink, -1, -1) if kinds[at] in PARTING), None)
    if intent_of(part[parted:], lexicon) is None:
        # In "usual panic before my talk … strong latte please", "usual" stands before the dots and says nothing of the
        # latte.
        return True
    end = next((at for at in range(drink, len(kinds)) if kinds[at] in PARTING), len(kinds))
    if Kind.OPTION in kinds[:end] and intent_of(part[:end], lexicon) is None:
        # In "latte with oat, not almond like yesterday", only the words after the comma are about an earlier order.
        return True
    joined = any(atom.kind is Kind.SAME and lexicon.table.kind((atom.text.split()[0],)) is Kind.AND for atom in part)
    # "Large latte and the same please" orders two lattes.
    return joined or Kind.ANOTHER in kinds[drink:] or not _COUNTED.isdisjoint(kinds[:drink])


def _is_for_another(part: Sequence[Atom], lexicon: Lexicon, *, drinks: int) -> bool:
    """Return whether "the same" is for another cup or person, as in "the same for the tea" and Spanish "lo mismo para
    Leire" (the same for Leire).

    For Leire it must be clear which drink is repeated, so the open order may have only one."""
    kinds = kinds_of(part)
    for at, (same, after) in enumerate(pairwise(part)):
        if not lexicon.table.says_same(same.text):
            continue
        if kinds[at + 1] is Kind.FOR and (drinks == 1 or kinds[at + 2] in (Kind.REST, Kind.THE)):
            return True
        if after.text in lexicon.table.myself and drinks == 1:
            return True
    return False
