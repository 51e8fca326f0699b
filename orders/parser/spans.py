"""Second stage: finds what each word or phrase of a text can mean, and the best interpretations of the whole text.

A menu word wins over another word of the language, a longer phrase over a shorter one, a correctly typed word over a
corrected one. If several interpretations are left ("extra hot chocolate"), the later stages decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.cup_words import cup_atoms
from orders.parser.lexicon import Lexicon
from orders.parser.name_edges import ends, heads
from orders.parser.phrases import every_table
from orders.parser.words import Token, stem

Way = tuple[Atom, ...]

_MENU, _PHRASE, _COMMON, _UNKNOWN = 0.9, 1.0, 1.6, 3.0
#: The cost of an amount such as "a little". In "with a little milk" this amount must win over an interpretation of
#: "little" as a small size.
_AMOUNT = 0.85
_BEGINNING = 1.6
_TORN, _TORN_UNIT = 0.4, 1.5
_LITERAL = 0.05
#: Discount for each further word of a drink's name. Spanish "café con leche de avena" is then the drink "café con
#: leche" with "de avena" (oat), and not "café" with "leche de avena".
_PER_DRINK_WORD = 0.01
#: Kinds of words that can stand for a cup, such as "one" and "another".
_CUPS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.REST, Kind.ANOTHER, Kind.OF_THEM})
_VALUED = frozenset({Kind.NUMBER, Kind.NTH})
_ADDING = frozenset({Kind.WITH, Kind.ADD, Kind.EXTRA})
_PER_CORRECTION = 1.2
#: Maximum number of interpretations that are followed at each position: 6 in a text of up to 40 words, fewer in longer
#: texts.
_WIDTHS = ((40, 6), (80, 2), (10_000, 1))
#: Interpretations that cost more than the best one plus this margin are dropped.
_MARGIN = 1.6
#: A correction up to this cost counts as certain, such as "lattte" to "latte".
_SURELY = 0.65
_STRETCHED = re.compile(r"(\w)\1\1+")
_PUNCTUATION = {"comma": Kind.COMMA, "stop": Kind.STOP, "dash": Kind.DASH}


def ways_through(tokens: Sequence[Token], lexicon: Lexicon) -> list[Way]:
    """Return the best interpretations of a text, the cheapest first. A text has at least one.

    Each interpretation is a tuple of atoms (parsed words)."""
    width = next(width for most, width in _WIDTHS if len(tokens) <= most)
    edges = edges_of(tokens, lexicon)
    best: list[list[tuple[float, int, Atom | None, int]]] = [[] for _ in range(len(tokens) + 1)]
    best[0] = [(0.0, 0, None, 0)]
    serial = 0
    for at in range(len(tokens)):
        best[at] = sorted(best[at])[:width]
        for atom in edges[at]:
            for rank, (cost, *_) in enumerate(best[at]):
                serial += 1
                best[atom.end].append((cost + atom.cost, serial, atom, rank))
    best[-1] = sorted(best[-1])[:width]
    limit = best[-1][0][0] + _MARGIN
    return [_trace(best, rank) for rank, entry in enumerate(best[-1]) if entry[0] <= limit]


def with_article(way: Way, tokens: Sequence[Token], lexicon: Lexicon) -> Way:
    """Return the interpretation with the article of a drink as an atom of its own, as in French "l'espresso"."""
    found: list[Atom] = []
    for atom in way:
        if atom.kind is Kind.DRINK:
            article = tokens[atom.start].raw.lower().partition("'")[0]
            if lexicon.table.kind((article,)) is Kind.THE:
                found.append(Atom(Kind.THE, atom.start, atom.start, article))
        found.append(atom)
    return tuple(found)


def _trace(best: list[list[tuple[float, int, Atom | None, int]]], rank: int) -> Way:
    atoms: list[Atom] = []
    at = len(best) - 1
    while (entry := best[at][rank])[2] is not None:
        atoms.append(entry[2])
        at, rank = entry[2].start, entry[3]
    return tuple(reversed(atoms))


def edges_of(tokens: Sequence[Token], lexicon: Lexicon) -> list[list[Atom]]:
    """Return, for each position in the text, all atoms (words or phrases with a meaning) that can begin there."""
    edges = _known_atoms(tokens, lexicon)
    covered, uncovered = 0, []
    for at, starting in enumerate(edges):
        for atom in starting:
            covered = max(covered, atom.end)
        if covered <= at:
            uncovered.append(at)
    for at in range(1, len(tokens)):
        if tokens[at].kind == "number" and _is_model(tokens, at, lexicon):
            edges[at - 1].append(Atom(Kind.UNKNOWN, at - 1, at + 1, tokens[at - 1].text + tokens[at].text, _COMMON))
    # Unknown words and menu words of another language ("hot chocolat") can be misspelt.
    doubtful = {*uncovered, *[at for at, token in enumerate(tokens) if token.stem in lexicon.foreign]}
    if doubtful:
        _add_corrected(edges, tokens, sorted(doubtful), lexicon)
    for at, (token, starting) in enumerate(zip(tokens, edges, strict=True)):
        # Also read every word alone, because the best interpretation might not use the longer phrase around the word.
        for atom in starting:
            if atom.end == at + 1:
                break
        else:
            common = token.text in lexicon.table.words or len(token.text) < 2 or _is_said_elsewhere(token)
            if not common and _STRETCHED.search(token.text):
                common = not lexicon.table.words.isdisjoint(_unstretched(token.text))
            kind, cost = (Kind.COMMON, _COMMON) if common else (Kind.UNKNOWN, _UNKNOWN)
            starting.append(Atom(kind, at, at + 1, token.text, cost))
    for starting in edges:
        for place, atom in enumerate(starting):
            if atom.end - atom.start == 1:
                continue
            if atom.kind is Kind.NUMBER and (tokens[atom.end - 1].stem,) in lexicon.phrases:
                # If the menu calls its small salads "half", "a half" in "a half Greek salad" is a size. So such a
                # number costs more if its last word is on the menu. "A single" without a drink after it stays a number.
                following = edges[atom.end] if atom.end < len(edges) else ()
                if atom.value == 1 and all(each.kind is not Kind.DRINK for each in following):
                    continue
                starting[place] = replace(atom, cost=atom.cost + _TORN_UNIT)
            elif atom.kind is Kind.OPTION:
                starting[place] = _dearer_if_torn(atom, edges, lexicon)
            elif atom.kind is Kind.DRINK and _begins_with_option(atom, lexicon):
                starting[place] = _dearer_after(atom, edges)
    return edges


def _unstretched(word: str) -> list[str]:
    """Return the words that can have been stretched to this one, such as "so" and "soo" to "sooo"."""
    return [_STRETCHED.sub(letters, word) for letters in (r"\1", r"\1\1")]


def _known_atoms(tokens: Sequence[Token], lexicon: Lexicon) -> list[list[Atom]]:
    """Return, for each position in the text, the menu words, words of the language and punctuation marks that begin
    there."""
    edges: list[list[Atom]] = [[] for _ in tokens]
    # A phrase ends before the next comma, full stop or dash.
    end = len(tokens)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind in _PUNCTUATION:
            kind = Kind.CORRECT if _corrects(tokens, at) else _PUNCTUATION[token.kind]
            edges[at].append(Atom(kind, at, at + 1, token.text, 0.5))
            end = at
        else:
            edges[at] += _menu_atoms(tokens, at, end, lexicon)
            cups = [*cup_atoms(tokens, at, lexicon)] if lexicon.cups else []
            edges[at] += cups
            if not cups or token.stem not in lexicon.table.alone:
                edges[at] += _language_atoms(tokens, at, end, lexicon)
    return edges


def _add_corrected(
    edges: Sequence[list[Atom]], tokens: Sequence[Token], doubtful: Sequence[int], lexicon: Lexicon
) -> None:
    """Add atoms for the known words that the doubtful words can be misspellings of."""
    # The cache makes sure that each word is looked up only once.
    corrections = cache(lexicon.spelling.corrections)
    guesses = {at: _guesses(tokens, at, edges, lexicon, corrections) for at in doubtful}
    likely = [token.stem for token in tokens]
    for at, found in guesses.items():
        if found:
            likely[at] = found[0][0]
    for at, found in guesses.items():
        for word, price in found:
            for atom in _corrected(tokens, at, word, price, likely, lexicon):
                if atom.end - atom.start > 1 or tokens[at].stem not in lexicon.foreign:
                    edges[atom.start].append(atom)


def _begins_with_option(atom: Atom, lexicon: Lexicon) -> bool:
    """Return whether the words for a drink begin like words for an option: Spanish "con leche" (with milk) and
    "descafeinado con leche" (decaf with milk)."""
    first = atom.phrase[:1]
    option = first in lexicon.phrases and all(meaning.kind is Kind.OPTION for meaning in lexicon.phrases[first])
    with_it = Kind.WITH in (lexicon.table.kind((word,)) for word in atom.text.split()[:2])
    return with_it and (option or lexicon.table.kind(first) is Kind.WITH)


def _dearer_after(atom: Atom, edges: Sequence[Sequence[Atom]]) -> Atom:
    """Raise the cost of reading Spanish "con leche" (with milk) as a drink after another drink or after a word for a
    cup.

    "Un té con leche" (a tea with milk) and "y el otro con leche" (and the other with milk) order no latte."""
    first = next(at for at, starting in enumerate(edges) if _starts(starting, Kind.DRINK))
    ends = set()
    for at, starting in enumerate(edges[: atom.start]):
        for other in starting:
            drink = other.kind in (Kind.DRINK, Kind.NTH) or (other.kind in _CUPS and at > first)
            # Options can stand between the word for the cup and "con leche": Spanish "uno caliente con leche" (a hot
            # one with milk).
            if drink or (other.kind is Kind.OPTION and at in ends):
                ends.add(other.end)
    return replace(atom, cost=atom.cost + _TORN_UNIT) if atom.start in ends else atom


def _is_said_elsewhere(token: Token) -> bool:
    """Return whether another language has the word, because people mix languages ("Ein latte please")."""
    return token.raw.islower() and any(token.text in table.words for table in every_table())


def _corrects(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the sign at `at` is a star that marks a correction, as in "*mocha"."""
    return at == 0 and tokens[0].raw == "*" and len(tokens) > 1 and tokens[0].end == tokens[1].start


def _dearer_if_torn(atom: Atom, edges: Sequence[Sequence[Atom]], lexicon: Lexicon) -> Atom:
    """Raise the cost of an option that would split a longer menu name, as "no milk" would split "no milk foam"."""
    for unit in edges[atom.end - 1] if not _is_only_portion(atom, edges, lexicon) else ():
        # "Add a shot" can name a whole option of the menu, but not in "add a shot of caramel".
        if unit.kind is Kind.UNIT and atom.end < unit.end < len(edges) and _starts(edges[unit.end], Kind.OPTION):
            return replace(atom, cost=atom.cost + _TORN_UNIT)
    if any(number.kind is Kind.NUMBER and _begins_with_the(number, lexicon) for number in edges[atom.start - 1]):
        # Spanish "la mitad descafeinados" (half of them decaf) is about cups, and not the option "mitad descafeinado".
        return replace(atom, cost=atom.cost + _TORN)
    for amount in edges[atom.start]:
        if amount.end < atom.end:
            inside = edges[amount.end]
            if any(other.kind is Kind.OPTION and other.end > atom.end for other in inside):
                return replace(atom, cost=atom.cost + _TORN)
    return atom


def _is_only_portion(atom: Atom, edges: Sequence[Sequence[Atom]], lexicon: Lexicon) -> bool:
    """Return whether "two scoops" in "two scoops of vanilla" answers the menu's question about the number of scoops.

    In "two scoops of vanilla and one scoop of mint" these words do not."""
    portions = {unit.start for starting in edges for unit in starting if unit.kind is Kind.UNIT}
    return len(portions) == 1 and lexicon.groups[atom.meanings[0].group].ask


def _begins_with_the(atom: Atom, lexicon: Lexicon) -> bool:
    return lexicon.table.kind((atom.text.split()[0],)) is Kind.THE


def _starts(edges: Sequence[Atom], kind: Kind) -> bool:
    return any(atom.kind is kind for atom in edges)


def _menu_atoms(tokens: Sequence[Token], at: int, end_of_words: int, lexicon: Lexicon) -> list[Atom]:
    found: list[Atom] = []
    for first in _forms(tokens[at], lexicon):
        phrase: tuple[str, ...] = ()
        for end in range(at + 1, min(at + lexicon.longest.get(first, 0), end_of_words) + 1):
            phrase = (*phrase, tokens[end - 1].stem) if phrase else (first,)
            if phrase in lexicon.named:
                found += menu_atoms(tokens, at, end, phrase, lexicon)
    if at + 1 < end_of_words:
        joined = (stem(tokens[at].text + tokens[at + 1].text),)
        if joined in lexicon.phrases and len(joined[0]) > 4:
            apart = (tokens[at].stem, tokens[at + 1].stem)
            # French "besoin de caféine" (need of caffeine) is not the option "décaféiné".
            linked = tokens[at].text in lexicon.table.linking and apart[1:] in lexicon.named
            known = linked or apart in lexicon.phrases
            found += [] if known else menu_atoms(tokens, at, at + 2, joined, lexicon, dearer=0.3)
    return found


def _forms(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    value = token.number if token.kind == "number" else lexicon.table.numbers.get((token.text,))
    return (token.stem,) if value is None else tuple(dict.fromkeys((token.stem, f"{value:g}")))


def menu_atoms(
    tokens: Sequence[Token],
    start: int,
    end: int,
    phrase: tuple[str, ...],
    lexicon: Lexicon,
    *,
    dearer: float = 0.0,
) -> list[Atom]:
    """Return one atom for each kind of menu entry that the phrase names, such as drink and option.

    Options with the same name share an atom."""
    entries, cost = lexicon.entries.get(phrase), _MENU
    if entries is None:
        if added := _added(tokens, start, phrase, lexicon):
            entries = (added,)
        elif shortened := lexicon.beginnings.get(phrase):
            entries, cost = (shortened,), _BEGINNING
        else:
            return []
    typed = tuple([token.text for token in tokens[start:end]])
    last = typed[-1]
    plural = last != tokens[end - 1].stem and last.endswith("s")
    found = []
    for meanings in entries:
        kind = meanings[0].kind
        price = cost - _PER_DRINK_WORD * (len(phrase) - 1) if kind is Kind.DRINK else cost
        if (kind, typed) in lexicon.literal:
            price -= _LITERAL
        found.append(Atom(kind, start, end, " ".join(typed), price + dearer, meanings, 0.0, phrase, plural))
    return found


def _added(tokens: Sequence[Token], start: int, phrase: tuple[str, ...], lexicon: Lexicon) -> tuple[Meaning, ...]:
    """Return the option that words such as "with two shots of espresso" add to a drink, as a tuple.

    Return () if there is no "with", "add" or "extra", because then the words order a drink."""
    if phrase not in lexicon.added:
        return ()
    table = lexicon.table
    before = [token.text for token in tokens[:start] if table.kind((token.text,)) is not Kind.ARTICLE]
    adds = any(table.kind((word,)) in _ADDING for word in (*before[-1:], phrase[0]))
    return lexicon.added[phrase] if adds else ()


def _language_atoms(tokens: Sequence[Token], at: int, end_of_words: int, lexicon: Lexicon) -> list[Atom]:
    token, table = tokens[at], lexicon.table
    found: list[Atom] = []
    if token.kind == "number":
        kind = Kind.NUMBER if token.number >= 0 else Kind.UNKNOWN
        found.append(Atom(kind, at, at + 1, token.text, _PHRASE, value=token.number))
    words: tuple[str, ...] = ()
    for end in range(at + 1, end_of_words + 1):
        if words and words not in table.begun:
            break
        words = (*words, tokens[end - 1].text)
        if said := table.phrases.get(words):
            kind, value = said
            value = value if kind in _VALUED else 0.0
            cost = _AMOUNT if kind is Kind.LIGHT else _PHRASE
            found.append(Atom(kind, at, end, " ".join(words), cost, value=value))
    return found


def _is_model(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Return whether the number belongs to the name of a model, such as "V60". The number in "x2" is a count."""
    before = tokens[at - 1]
    if before.kind != "word" or before.end != tokens[at].start or len(before.text) > 2:
        return False
    kinds = [lexicon.table.kind((token.text,)) for token in tokens[max(at - 2, 0) : at]]
    return kinds[-1] not in (Kind.TIMES, Kind.FOR, Kind.WITH) and Kind.PLACE not in kinds


def _guesses(
    tokens: Sequence[Token],
    at: int,
    edges: Sequence[Sequence[Atom]],
    lexicon: Lexicon,
    corrections: Callable[[str, bool], list[tuple[str, float]]],
) -> list[tuple[str, float]]:
    """Return the known words of which this word can be a misspelling, each with the cost of the correction."""
    token, table = tokens[at], lexicon.table
    if token.text in table.words or token.text in table.things or token.stem in table.things:
        return []
    # The word after "for" is probably a name. Many names look like misspelt menu words, so this word is not corrected.
    before = [one.text for one in tokens[max(at - 2, 0) : at] if one.kind != "comma"]
    introduced = table.kind(tuple(before[-1:])) in (Kind.FOR, Kind.CALLED, Kind.BEING)
    if token.text in table.names or introduced:
        return []
    found = corrections(token.stem, token.stem not in lexicon.foreign)
    if not (heads(tokens, at, edges) or ends(tokens, at, edges)):
        return found
    return [guess for guess in found if guess[1] <= _SURELY or sorted(guess[0]) == sorted(token.stem)]


def _corrected(
    tokens: Sequence[Token], at: int, word: str, price: float, likely: Sequence[str], lexicon: Lexicon
) -> Iterator[Atom]:
    """Yield the atoms for a corrected word, alone and in phrases with the words around it."""
    dearer = 0.1 + price * _PER_CORRECTION
    words = [*likely]
    words[at] = word
    for start in range(max(0, at - 3), at + 1):
        longest = lexicon.longest.get(words[start], 0)
        for end in range(at + 1, min(start + longest, len(tokens)) + 1):
            # In a phrase of several words the correction is more certain, and so cheaper.
            surer = dearer / (end - start)
            yield from menu_atoms(tokens, start, end, tuple(words[start:end]), lexicon, dearer=surer)
    if found := lexicon.table.phrases.get((word,)):
        yield Atom(found[0], at, at + 1, word, _PHRASE + dearer, value=found[1])
    elif word in lexicon.table.words:
        yield Atom(Kind.COMMON, at, at + 1, word, _COMMON + dearer)
