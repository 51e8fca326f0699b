"""Checks whether a text only answers the question that was just asked, before the text is read as an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Literal

from orders.items import Item
from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.intents import intent_of, whole_message
from orders.parser.lexicon import Lexicon
from orders.parser.menu_phrases import every_name
from orders.parser.names import NAMES, find_names
from orders.parser.reading import Intent, Question
from orders.parser.spans import Way
from orders.parser.words import Token, as_name, fold, stem, stems

_POLITE = frozenset(
    {Kind.FILLER, Kind.HERE, Kind.COMMA, Kind.STOP, Kind.DASH, Kind.ASK, Kind.THE, Kind.ARTICLE, Kind.CORRECT}
)
#: Kinds of words that can stand around the name in an answer: "it's just" in "it's just Al".
_AROUND_NAME = _POLITE | {Kind.ONLY, Kind.BEING}
_BESIDE_NAME = frozenset({Kind.STOP, Kind.COMMA, Kind.HERE, Kind.ONLY, Kind.BEING})
#: Kinds of words that the answer to "which drink should we drop?" can consist of.
_DROPPED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CUP, Kind.FOR})
#: Kinds of words after "same" in "same as the latte".
_AS_ANOTHER = frozenset({Kind.COMMON, Kind.DRINK})
_LONGEST_NAME = 4
_ON_MENU = frozenset({Kind.DRINK, Kind.OPTION, Kind.GROUP, Kind.CATEGORY})


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    way: Way = ()
    name: str | None = None


def short_answer(
    tokens: Sequence[Token], way: Way, text: str, lexicon: Lexicon, order: Sequence[Item], asked: Question
) -> ShortAnswer | None:
    """Return the answer if the text only answers the question; None if the text says anything else."""
    # Leave out polite and small words. If there are no other words, keep the first: "L" alone is a size, although it is
    # also a French article.
    content = [atom for atom in way if atom.kind not in _POLITE] or [*way[:1]]
    if asked.about == "name":
        name = _name(tokens, way, content, text, lexicon) or _name_at_the_end(tokens, way, text, lexicon)
        return ShortAnswer(name=name) if name else None
    if not content:
        return None
    picked = _left_to_us(tokens, content[0], asked, lexicon) or _same(content, asked, order)
    if picked is None and len(content) == 1:
        place = _place(content[0], lexicon)
        if asked.about == "drop" and place:
            picked = _offered_cup(content[0], place, asked, order)
        elif content[0].kind is not Kind.CUP and not _corrects_number(way, content[0]):
            picked = picked_offer(content[0], asked, lexicon)
    named = {atom.kind for atom in content}
    if asked.about == "drop" and (picked or named <= _DROPPED):
        # The answer "the mocha" says only the drink. Put the verb of the question before it, so that it is read as
        # "drop the mocha".
        drop = replace(content[0], kind=Kind.DROP, text="", meanings=())
        return ShortAnswer(way=(drop, picked) if picked else (drop, *content))
    if len(tokens) == 1 and _is_known_name(tokens[0], content[0], lexicon):
        # The customer gave a name instead of the answer: "Ned", when the size was asked.
        return ShortAnswer(name=as_name(tokens[0].raw))
    return ShortAnswer(way=(picked,)) if picked else None


def _is_known_name(token: Token, atom: Atom, lexicon: Lexicon) -> bool:
    return token.text in lexicon.table.names and token.raw.istitle()


def _left_to_us(tokens: Sequence[Token], atom: Atom, asked: Question, lexicon: Lexicon) -> Atom | None:
    """Return the first option or drink that the question offered, if the customer has no preference.

    After "oat or soy?", the answer "any" means oat. Return None if the text says anything else, or if the question
    offered nothing. Also return None if it offered all options of its group: then "any" is read like "no"."""
    if tuple(token.text for token in tokens if token.kind in ("word", "number")) not in lexicon.table.indifferent:
        return None
    if asked.about == "option":
        group = lexicon.groups.get(asked.group)
        every = {option.name for option in group.options} if group else set()
        return _picked(atom, Kind.OPTION, asked.offers[0], asked) if every > set(asked.offers) != set() else None
    return next((_picked(atom, Kind.DRINK, name, asked) for name in asked.offers[:1]), None)


def _same(content: Sequence[Atom], asked: Question, order: Sequence[Item]) -> Atom | None:
    """Return the option of another ordered drink, if the answer asks for the same one; else None.

    After "small or large?", the answer "same as the latte" returns the size of the latte. "Same size" names no drink,
    so it returns the size of the last drink in the order that has one."""
    first, *rest = content
    if first.kind is not Kind.SAME or any(atom.kind not in _AS_ANOTHER for atom in rest):
        return None
    drinks = {meaning.name for atom in rest for meaning in atom.meanings}
    options = [
        c.option for item in order if item.drink in drinks or not drinks for c in item.choices if c.group == asked.group
    ]
    return _picked(first, Kind.OPTION, options[-1], asked) if options else None


def _name(tokens: Sequence[Token], way: Way, content: Sequence[Atom], text: str, lexicon: Lexicon) -> str | None:
    """Return the name that the text gives ("Sam", "its for Sam", "Mary Ann"); None if it gives none ("no", "that's it",
    or an order)."""
    if len(tokens) == len(way) == 1:
        corrected = way[0].text != tokens[0].text
        # Use the word as it was typed: "Bello" is a name and not a misspelt "hello". A known first name counts even if
        # it is an everyday word too, such as "Jo", which also means "yes" in German.
        if corrected or tokens[0].text in lexicon.table.names:
            return as_name(tokens[0].raw)
    if whole_message(tokens, way, lexicon) is not None or intent_of(way, lexicon) is not None:
        return None
    core = [atom for atom in way if atom.kind not in _AROUND_NAME]
    if core and _is_first_name_alone(way, core, tokens, lexicon):
        return as_name(text[tokens[core[0].start].start : tokens[core[-1].end - 1].end])
    introduced = [atom for atom in find_names(way, tokens, text, lexicon) if atom.kind is Kind.NAME]
    if len(introduced) == 1:
        only = all(a.kind in (*_POLITE, Kind.NAME) for a in find_names(way, tokens, text, lexicon))
        return introduced[0].text if only else None
    if len(content) > 1 and (content[0].text in lexicon.table.before_name or content[0].kind is Kind.BEING):
        content = content[1:]
    if not content or _is_thing(way, content, lexicon):
        return None
    # The answer can be several names: "Ali and Bo".
    several = [[*part] for joint, part in groupby(content, lambda atom: atom.kind is Kind.AND) if not joint]
    if any(len(part) > _LONGEST_NAME for part in several):
        return None
    if not several or not all(_may_be_name(atom, tokens, lexicon) for part in several for atom in part):
        return None
    ends = [(tokens[part[0].start], tokens[part[-1].end - 1]) for part in several]
    return ", ".join(as_name(text[first.start : last.end]) for first, last in ends)


def _is_first_name_alone(way: Way, core: Sequence[Atom], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Return whether the words of `core` are only a first name, perhaps with an initial ("Sam S."), and not a thing ("a
    ginger")."""
    first, *rest = [tokens[at] for atom in core for at in range(atom.start, atom.end)]
    if any(atom.kind is Kind.ARTICLE for atom in way) or [len(token.text) for token in rest] not in ([], [1]):
        return False
    greeted = all(atom in core or atom.kind in _BESIDE_NAME or _greets(atom, lexicon) for atom in way)
    # If the other words only greet or introduce a name, even a word that looks like a misspelt menu word is a name:
    # "Alma!" is not "almond".
    guessed = core[0].kind is Kind.UNKNOWN or (greeted and _is_guess(core[0], first))
    return first.text in lexicon.table.names or (
        guessed and first.raw.istitle() and first.text not in lexicon.table.things
    )


def _greets(atom: Atom, lexicon: Lexicon) -> bool:
    return lexicon.table.messages.get((*atom.text.split(),)) in (Intent.THANKS, Intent.GREETING)


def _name_at_the_end(tokens: Sequence[Token], way: Way, text: str, lexicon: Lexicon) -> str | None:
    """Return the name after the last full stop if the words before it only answer or thank: "Stuart" in "Yep that's
    all. Stuart"."""
    stops = [at for at, atom in enumerate(way[:-1]) if atom.kind is Kind.STOP]
    if not stops:
        return None
    stop = way[stops[-1]]
    said = whole_message(tokens[: stop.start], way[: stops[-1]], lexicon)
    if said not in (Intent.YES, Intent.NO, Intent.THANKS, Intent.CHAT):
        return None
    last = tuple(
        replace(atom, start=atom.start - stop.end, end=atom.end - stop.end)
        for atom in way[stops[-1] + 1 :]
        if atom.kind not in _POLITE
    )
    return _name(tokens[stop.end :], last, last, text, lexicon)


def _is_thing(way: Way, content: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether the text names a thing that people order ("A muffin", "cookie") and not a person."""
    said = content[-1]
    counted = any(atom.kind in (Kind.ARTICLE, Kind.NUMBER, Kind.WITH, Kind.ASK) for atom in way)
    return said.text in lexicon.table.things and (counted or said.text not in lexicon.table.names)


def _may_be_name(atom: Atom, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    token = tokens[atom.start]
    # "The small one" can be marked as unknown because no ordered cup is small. "Small" is still an option and no name.
    if (atom.kind is Kind.UNKNOWN and not atom.meanings) or token.text in lexicon.table.names:
        return True
    elsewhere = atom.kind is Kind.COMMON and token.text not in lexicon.table.words
    if len(tokens) == 1 and (elsewhere or _is_guess(atom, token)):
        return True
    if not token.raw[:1].isupper():
        return False
    if atom.kind in (Kind.COMMON, Kind.PLACE):
        return sum(token.kind == "word" for token in tokens) < 3
    # After the question for a name, a short form of a drink's name can be a person's name: "Mac" (short for macchiato).
    alias = atom.kind is Kind.DRINK and not any(meaning.exact for meaning in atom.meanings)
    return alias and len(tokens) == 1


def _is_guess(atom: Atom, token: Token) -> bool:
    """Return whether the typed word is no menu word, and we only guessed one: "almond" for "Alma"."""
    return (atom.phrase or (stem(atom.text),)) != (token.stem,)


def picked_offer(atom: Atom, asked: Question, lexicon: Lexicon) -> Atom | None:
    """Return an atom for the drink or option that the answer picks from the offers of the question.

    After "small or regular?", each of the answers "the second", "regular" and "reg" picks the regular size. Return None
    if an answer picks nothing, or could pick several things."""
    if asked.about == "option":
        options = lexicon.groups[asked.group].options if asked.group in lexicon.groups else ()
        words = {option.name: [stems(said) for said in every_name(option)] for option in options}
        kind: Literal[Kind.DRINK, Kind.OPTION] = Kind.OPTION
    else:
        drinks = [lexicon.drinks[name] for name in asked.offers if name in lexicon.drinks]
        words = {drink.name: [stems(said) for said in every_name(drink)] for drink in drinks}
        kind = Kind.DRINK
    place = _place(atom, lexicon)
    offers = asked.offers
    # The offered option or drink can have left the menu since the question was asked.
    if place is not None and 1 <= place <= len(offers) and offers[place - 1] in words:
        return _picked(atom, kind, offers[place - 1], asked)
    if lexicon.table.messages.get((atom.text,)) is Intent.NO:
        # "No" refuses every offer. It must not be read as the beginning of "normal".
        return None
    begun = [
        name for name, phrases in words.items() if any(phrase and phrase[0].startswith(atom.text) for phrase in phrases)
    ]
    own = [name for name in begun if " ".join(stems(name)).startswith(atom.text)]
    only = begun if len(begun) == 1 else own
    return _picked(atom, kind, only[0], asked) if len(only) == 1 else None


def _corrects_number(way: Way, atom: Atom) -> bool:
    """Return whether the number corrects the number of cups ("sorry, three") and does not pick the third offer."""
    return atom.kind is Kind.NUMBER and any(one.kind is Kind.CORRECT for one in way)


def _offered_cup(atom: Atom, place: int, asked: Question, order: Sequence[Item]) -> Atom | None:
    """Return the cup that the answer "the second" picks after the question "which drink should we drop?".

    `place` is the position among the ordered drinks that the question offers: 1 is the first, -1 the last. Return None
    if there are not so many drinks."""
    last_cups = accumulate(item.quantity for item in order)
    offered = [cup for item, cup in zip(order, last_cups, strict=True) if item.drink in asked.offers]
    at = place - 1 if place > 0 else place
    if not -len(offered) <= at < len(offered):
        return None
    return Atom(Kind.CUP, atom.start, atom.end, atom.text, value=offered[at])


def _place(atom: Atom, lexicon: Lexicon) -> int | None:
    if atom.kind is Kind.NUMBER:
        return int(atom.value)
    return next((place for word in atom.text.split() if (place := lexicon.table.ordinals.get(word))), None)


def _picked(atom: Atom, kind: Literal[Kind.DRINK, Kind.OPTION], name: str, asked: Question) -> Atom:
    meaning = Meaning(kind, name, asked.group, exact=True)
    return Atom(kind, atom.start, atom.end, atom.text, meanings=(meaning,), phrase=stems(name))


def given_name(way: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon) -> str | None:
    """Return the name if the text only gives a name ("wrong name, it's Priya"); None otherwise."""
    atoms = find_names(way, tokens, text, lexicon)
    names = [atom for atom in atoms if atom.kind in NAMES]
    if len(names) != 1 or any(atom.kind in (Kind.DRINK, Kind.OPTION, Kind.NUMBER) for atom in atoms):
        return None
    called = any(one.kind is Kind.CALLED for one in way)
    return names[0].text if called else None


def new_name(way: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon, owner: str) -> str | None:
    """Return the name that the text asks us to write on the cup: "Tobi" in "write Tobi on it". None for other texts.

    "Put Seb" gives the name "Seb" if the order is for Sebastian."""
    said = " ".join(token.text for token in tokens)
    unknown = [atom for atom in way if atom.kind is Kind.UNKNOWN and atom.text not in lexicon.table.labelling]
    verbs = any(f" {verb} " in f" {said} " for verb in lexicon.table.labelling)
    if not verbs or len(unknown) != 1 or any(atom.kind in _ON_MENU or atom.kind is Kind.NUMBER for atom in way):
        return None
    token = tokens[unknown[0].start]
    labelled = any(f" {phrase} " in f" {said} " for phrase in lexicon.table.on_label)
    known = token.text in lexicon.table.names or fold(owner).startswith(token.text)
    if token.text in lexicon.table.things or not (known or (labelled and token.raw[:1].isupper())):
        return None
    return as_name(text[token.start : token.end])
