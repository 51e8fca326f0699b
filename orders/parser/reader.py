"""Runs all stages of the parser and makes a `Reading` from their results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inventory.menu import Menu
from orders.items import Item
from orders.parser.answers import given_name, new_name, short_answer
from orders.parser.atoms import Kind
from orders.parser.beside import order_beside
from orders.parser.changed_minds import with_exchange, with_option_exchange, with_passive_exchange
from orders.parser.detect_language import language_of
from orders.parser.exceptions import with_exceptions_last
from orders.parser.glued import unglued
from orders.parser.intents import cancels, is_question, sentences, small_talk, topics_of, whole_message
from orders.parser.languages import DEFAULT, LANGUAGES
from orders.parser.letters import own_words
from orders.parser.lexicon import Lexicon, lexicon_for
from orders.parser.mentions import with_mentions
from orders.parser.notes import take_note
from orders.parser.own_mentions import with_own_mentions
from orders.parser.phrases import every_table, phrase_table
from orders.parser.reading import Intent, Question, Reading, Topic
from orders.parser.relative_amounts import with_steps
from orders.parser.sentence_roles import (
    after_cancelling,
    apart_from_diet,
    intent_beside_order,
    is_only_options,
    not_taken_back,
    one_of_those,
    repeated_parts,
    told_diet,
    with_asked_option,
)
from orders.parser.spans import Way, ways_through, with_article
from orders.parser.times import asks_for_time, find_time, languages_of_times
from orders.parser.understanding import Candidates, CloseReading, cost, understand
from orders.parser.understood import Understood, order_reading, usual_reading
from orders.parser.words import Token, clean, tokenize, undotted

#: Maximum number of characters that are read of a text: ten segments of an SMS.
LONGEST_TEXT = 1600
#: Maximum number of words and punctuation marks that are read of a text. The reply names the rest as unknown.
MOST_WORDS = 120
#: Maximum number of characters of the unread rest that the reply repeats.
_NAMED_BACK = 40
_ORDERED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY})
_DRINKS, _CHANGING = frozenset({Kind.DRINK}), frozenset({Kind.DRINK, Kind.OPTION})
#: Intents of texts that can contain a time, such as "a latte at 9".
_ORDERING = frozenset({Intent.ORDER, Intent.CHANGE, Intent.USUAL})
#: A sentence with one of these intents can also contain an order. A sentence with another intent, such as a complaint
#: about a latte, orders nothing.
_BESIDE = frozenset({Intent.QUESTION, Intent.MENU, Intent.HELP, Intent.STATUS, Intent.UNCLEAR, Intent.THANKS})
#: Intents of texts that can also give the right name: "wrong name, it's Priya" is read as a complaint (SUPPORT).
_MAY_RENAME = frozenset({Intent.SUPPORT, Intent.QUESTION, Intent.HELP})
#: Intents that "write Tobi on it" can seem to have. Texts with these intents are searched for such a new name.
_MAY_LABEL = frozenset({Intent.UNCLEAR, Intent.CHANGE, Intent.CHAT})
#: Maximum number of words in a text that is nothing but a name.
_SHORT_NAME = 2
#: How many drinks `prepare` reads to fill the caches.
_REHEARSED = 8


def read(
    text: str,
    menu: Menu,
    *,
    order: tuple[Item, ...] = (),
    asked: Question | None = None,
    language: str | None = None,
    times: bool = True,
    owner: str = "",
    together: bool = False,
    before: tuple[Item, ...] = (),
) -> Reading:
    """Read a text, and return what it means. `read_closely` explains the arguments. Never raises.

    The same arguments always give the same reading."""
    return read_closely(
        text,
        menu,
        order=order,
        asked=asked,
        language=language,
        times=times,
        owner=owner,
        together=together,
        before=before,
    ).reading


def read_closely(
    text: str,
    menu: Menu,
    *,
    order: tuple[Item, ...] = (),
    asked: Question | None = None,
    language: str | None = None,
    times: bool = True,
    owner: str = "",
    together: bool = False,
    before: tuple[Item, ...] = (),
) -> CloseReading:
    """Read a text, and return the reading with the interpretations that led to it.

    `order`: the open order, which the text can change. `asked`: our question, which the text can answer. `language`:
    the customer's language, if known; a text that is clearly in another language is read in that one. `times`: whether
    to look for a time such as "at 9". `owner`: the name of the order, and of its cups without a name of their own.
    `together`: whether one text ordered all drinks, so that "with skim" is for all of them. `before`: the order before
    its last change, so that "the other one" means the cup that this change left alone."""
    cleaned, tokens = tokens_of(text)
    #: The index of the first character that is not read. A time after it is not read either.
    end = tokens[-1].end if len(tokens) >= MOST_WORDS else len(cleaned)

    def read_in(code: str, telling: str | None) -> CloseReading:
        lexicon = lexicon_for(menu, code)
        timed = _with_time(cleaned[:end], lexicon, order, asked, (code, telling), owner) if times else None
        if timed is not None:
            return timed
        words = ways_of(cleaned, tokens, lexicon, order, asked, owner, telling, together=together, before=before)
        found = _reading(words, lexicon, order, asked)
        reading = found.reading
        if reading.intent is Intent.UNCLEAR and not reading.note and is_question(words.ways[0], lexicon):
            found.reading = Reading(Intent.QUESTION, topics=(Topic("other"),), language=telling)
            return found
        labels = reading.intent in _MAY_LABEL and not reading.name
        if labels and (renamed := new_name(words.ways[0], words.tokens, cleaned, lexicon, owner)):
            found.reading = Reading(Intent.NAME, name=renamed, language=telling)
        return found

    code, telling = language_of(tokens, language, menu)
    own = language if language in LANGUAGES else DEFAULT
    if asked is not None and asked.about == "name" and _may_be_name(tokens, code):
        # "Mia" is a Spanish word (mine), but as the answer to "what name?" it does not make the customer Spanish.
        code, telling = own, None
    found = read_in(code, telling)
    lacks_drink = code != own and any(question.about == "drink" for question in found.reading.missing)
    if lacks_drink:
        # "Hot chocolat" looks French. If the customer's language is English and an English drink is found in the text,
        # it is misspelt English.
        misspelt = read_in(own, None)
        found = misspelt if misspelt.reading.items else found
    if rest := cleaned[end:].strip()[:_NAMED_BACK]:
        found.reading = replace(found.reading, unknown=(*found.reading.unknown, rest))
    return found


def options_refused(text: str, menu: Menu, language: str | None) -> frozenset[tuple[str, str]]:
    """Return the options that a statement such as "allergic to soy" refuses, as (group, option)."""
    cleaned, tokens = tokens_of(text)
    lexicon = lexicon_for(menu, language_of(tokens, language, menu)[0])
    words = ways_of(cleaned, tokens, lexicon, (), None)
    statements = take_note(words.ways[0], words.tokens, cleaned, lexicon)[2]
    refused = [option for statement in statements for option in statement.refused]
    return frozenset((meaning.group, meaning.name) for atom in refused for meaning in atom.meanings)


def _with_time(
    cleaned: str,
    lexicon: Lexicon,
    order: tuple[Item, ...],
    asked: Question | None,
    languages: tuple[str, str | None],
    owner: str,
) -> CloseReading | None:
    """Read a text that says when the order is wanted. Return None for other texts, and for questions about a time."""
    code, telling = languages
    # The language of a short text is often detected wrongly. So phrases such as German "um zehn" (at ten) are also
    # looked for in texts that seem to be English.
    is_asked = asked is not None and asked.about == "time"
    codes = dict.fromkeys((code, *LANGUAGES))
    for timed_in in codes if is_asked else languages_of_times(cleaned, codes):
        said, rest = find_time(cleaned, timed_in, own=telling in (timed_in, None), asked=is_asked)
        if said is not None:
            break
    else:
        return None
    words = ways_of(rest, tokenize(rest, MOST_WORDS), lexicon, order, asked, owner, telling)
    found = _reading(words, lexicon, order, asked)
    reading = found.reading
    if reading.intent in _ORDERING:
        found.reading = replace(reading, time=said)
        return found
    if reading.intent is Intent.HELP and not order:
        # "Can I order for later?" begins an order, so the reply asks for the drink.
        found.reading = Reading(Intent.ORDER, missing=(Question("drink"),), time=said, language=telling)
        return found
    if said.lacks_clock and not is_asked:
        # A text such as "later" can be a goodbye. It says when the order is wanted only if it names a time of day.
        return None
    is_question = "?" in rest and not (order and asks_for_time(rest, timed_in))
    if reading.intent is Intent.UNCLEAR and not reading.unknown and not is_question:
        found.reading = Reading(Intent.TIME, time=said, note=reading.note, language=telling)
        return found
    return None


def _may_be_name(tokens: Sequence[Token], code: str) -> bool:
    """Return whether the text is so short that it can be nothing but a name.

    Short texts with a meaning of their own in any language, such as "nein danke" and "no gracias", are no names. Texts
    with a "no" or with a number after another word are no names either: Spanish "mejor dos" means "better two"."""
    words = tuple(token.text for token in tokens)
    if len(words) > _SHORT_NAME:
        return False
    kinds = [phrase_table(code).kind((word,)) for word in words]
    if Kind.NUMBER in kinds[1:] or Kind.NO in kinds:
        return False
    if len(words) == 1 and any(words[0] in table.names for table in every_table()):
        return True
    return not any(words in table.messages or words[:1] in table.messages for table in every_table())


def prepare(menu: Menu) -> None:
    """Fill the caches for this menu in every language, so that the first texts are read as fast as later ones."""
    options = " ".join(option.name for group in menu.groups for option in group.options[:1])
    for code in LANGUAGES:
        for drink in menu.drinks[:_REHEARSED]:
            read(f"2 {drink.name}, {options}?", menu, language=code)
        lexicon_for(menu, code)


def tokens_of(text: str) -> tuple[str, list[Token]]:
    cleaned = clean(own_words(text[:LONGEST_TEXT]))
    return cleaned, tokenize(cleaned, MOST_WORDS)


def ways_of(
    cleaned: str,
    tokens: Sequence[Token],
    lexicon: Lexicon,
    order: tuple[Item, ...],
    asked: Question | None,
    owner: str = "",
    language: str | None = None,
    *,
    together: bool = False,
    before: tuple[Item, ...] = (),
) -> Candidates:
    tokens = unglued(undotted(tokens, lexicon.table.dotted), lexicon)
    ways = ways_through(tokens, lexicon)
    if "'" in cleaned:
        ways = [with_article(way, tokens, lexicon) for way in ways]
    ways = [with_exceptions_last(with_passive_exchange(with_exchange(way)), lexicon) for way in ways]
    if order:
        ways = [with_option_exchange(way, lexicon) for way in ways]
        ways = [with_mentions(with_steps(way, lexicon), tokens, lexicon, order, asked, owner) for way in ways]
    elif lexicon.table.mentioning & {token.text for token in tokens}:
        ways = [with_own_mentions(way, lexicon) for way in ways]
    return Candidates(cleaned, tokens, ways, together, before, language)


def _reading(words: Candidates, lexicon: Lexicon, order: tuple[Item, ...], asked: Question | None) -> CloseReading:
    answer = short_answer(words.tokens, words.ways[0], words.clean, lexicon, order, asked) if asked else None
    if answer is not None and answer.name:
        return CloseReading(Reading(Intent.NAME, name=answer.name, language=words.language), words, lexicon)
    if answer is not None:
        words = replace(words, ways=[answer.way])
    heard, whole = words, words.ways[0]
    talk, topics, ordering = _talk(words, lexicon, order, asked)
    if ordering is not None:
        words = replace(words, ways=[ordering])
    elif talk is not None and talk is not Intent.USUAL:
        name = given_name(words.ways[0], words.tokens, words.clean, lexicon) if talk in _MAY_RENAME else None
        note = ", ".join(take_note(told_diet(whole, lexicon), words.tokens, words.clean, lexicon)[1])
        if name:
            return CloseReading(Reading(Intent.NAME, name=name, language=words.language), heard, lexicon)
        return CloseReading(Reading(talk, topics=topics, note=note, language=words.language), heard, lexicon)
    if order and (fresh := after_cancelling(whole, ordering or whole, lexicon)):
        # "Cancel everything. A small tea please" keeps nothing of the order.
        best = _best(replace(words, ways=[fresh]), lexicon, (), None)
    elif talk is Intent.USUAL:
        best = _best(words, lexicon, order, asked)
        return CloseReading(usual_reading(best, lexicon, words.language), heard, lexicon, best)
    else:
        best = _best(words, lexicon, order, asked)
    return CloseReading(order_reading(best, lexicon, order, topics, words.language), heard, lexicon, best)


def _talk(
    words: Candidates, lexicon: Lexicon, order: tuple[Item, ...], asked: Question | None
) -> tuple[Intent | None, tuple[Topic, ...], Way | None]:
    """Divide a text into sentences that order something and other sentences, such as questions.

    Return the intent of the text, the topics of its questions, and the atoms (parsed words) of the ordering sentences.
    If the text orders something, the intent is None. If the atoms are None, too, the whole text is the order."""
    way, going_on = words.ways[0], bool(order)
    if not words.tokens and words.clean:
        # The text consists of emoji or other signs.
        return Intent.CHAT, (), None
    said = whole_message(words.tokens, way, lexicon)
    on_menu = not _ORDERED.isdisjoint([atom.kind for atom in way])
    if said is None and not on_menu:
        said = small_talk(words.tokens) or cancels(way, lexicon)
    if said in (Intent.STOP, Intent.CANCEL) or (said is not None and not on_menu):
        return said, (), None
    drinks = len({item.drink for item in order})
    parts = [
        (part, intent_beside_order(part, lexicon, asked, drinks=drinks))
        for one in sentences(way)
        for part in apart_from_diet(one, lexicon)
    ]
    again = repeated_parts(parts)
    parts = [(part, None if part in again else intent) for part, intent in parts]
    parts = not_taken_back(parts, lexicon, going_on=going_on)
    talking = [intent for _, intent in parts if intent]
    if not talking:
        return None, (), None
    parts = with_asked_option(parts, lexicon)
    besides = [
        order_beside(intent, part, lexicon, going_on=going_on) if intent in _BESIDE else () for part, intent in parts
    ]
    topics = tuple(
        topic
        for (part, intent), beside in zip(parts, besides, strict=True)
        if intent
        for topic in topics_of(
            part, lexicon, listing=intent is Intent.MENU, asks=intent is Intent.QUESTION, orders=bool(beside)
        )
    )
    if not topics and Intent.QUESTION in talking:
        topics = (Topic("other"),)
    # In texts like these, options without a drink are an order too: "I want to change my order. Make it oat",
    # "Regular. Is there gluten in it?", "Never mind. Add a sugar".
    answering = asked is not None and asked.about == "option"
    more = answering or talking[0] in (Intent.CANCEL, Intent.USUAL)
    ordered = _CHANGING if talking[0] is Intent.HELP or more else _DRINKS
    ordering = [
        part
        for at, (part, intent) in enumerate(parts)
        if intent is None
        and (part in again or not ordered.isdisjoint([a.kind for a in part]) or (at and is_only_options(part)))
    ]
    ordering += [[*beside] for beside in besides if beside]
    ordering = one_of_those(parts, lexicon) or ordering
    if talking[0] is Intent.USUAL or not ordering:
        return talking[0], topics, None
    ordering += [diet for part, _ in parts if part not in ordering and (diet := told_diet(part, lexicon))]
    return None, topics, tuple(sorted((atom for part in ordering for atom in part), key=lambda atom: atom.start))


def _best(words: Candidates, lexicon: Lexicon, order: tuple[Item, ...], asked: Question | None) -> Understood:
    best = understand(words, words.ways[0], lexicon, order, asked)
    for way in words.ways[1:]:
        # The stages only add penalties to the cost of the words. So an interpretation whose words alone cost as much as
        # the best one so far cannot win.
        if cost(way) < best.price:
            best = min(best, understand(words, way, lexicon, order, asked), key=lambda one: one.price)
    return best
