"""The form of a language module: words and phrases as plain data, each under its name here in capitals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orders.parser.atoms import Kind
from orders.parser.reading import Intent, TopicKind


@dataclass(frozen=True)
class Language:
    code: str
    #: Phrases by what they do in a sentence, separated by commas.
    phrases: Mapping[Kind, str]
    #: Number words with their value.
    numbers: Mapping[str, float]
    #: "first", "second" by place; -1 for "last".
    ordinals: Mapping[str, int]
    #: Patterns of what is said where no drink is ordered, one a line, tried from the top.
    #: Lower case words stand for themselves; DRINK, OPTION, GROUP, CATEGORY, MENU (any of these) and UNKNOWN
    #: for what was found; NUMBER for a number; "..." for up to five words; (a|b) and a trailing ? as usual;
    #: ^ and $ for the ends of the sentence.
    intents: tuple[tuple[Intent, str], ...]
    #: Whole messages (greetings and politeness aside), for words too short to be looked for inside one.
    messages: tuple[tuple[Intent, str], ...]
    #: Whole messages that leave the choice to us: of what is offered the first, else no preference.
    indifferent: str = ""
    #: How phones of this language begin a reaction to a text (Liked “…”), and what may follow the quotation.
    reactions: str = ""
    #: How machines answer for people who are away ("I am driving").
    auto_replies: str = ""
    #: Words by the allergen that they name (see `inventory.menu.ALLERGENS`), separated by commas.
    allergens: Mapping[str, str] = field(default_factory=dict)
    #: Phrases that ask for an order apart from the open one, separated by commas.
    own_order: str = ""
    #: What a question may be about, by patterns of the same form.
    topics: Mapping[TopicKind, str] = field(default_factory=dict)
    #: Words of everyday talk: never a typing error for a menu's word, and nobody's order.
    common: str = ""
    #: Words for what people order elsewhere: no typing errors either, but named back where the menu has none.
    things: str = ""
    #: Words between an article and its drink that ask for nothing ("a good latte"); another word there is named back.
    praise: str = ""
    #: Words of `common` that may refuse the option after them ("leave", "quit").
    doubtful: str = ""
    #: Unknown words that only describe the option after them ("creamy oat").
    describing: str = ""
    #: Verbs stand behind what they are about ("Zucker weglassen"), and so do unknown ones.
    verb_last: bool = False
    #: First names; those that are also words of the language ("will") count where a name is expected.
    names: str = ""
    #: Words that link a thing to what it is made of ("leche DE coco").
    linking: str = ""
    #: Of the words that join drinks, those that lead to the second choice after "if no oat".
    then: str = ""
    #: A digit that people text for the word before a name ("latte 4 Dan").
    digit_for: str = ""
    #: Short spellings of "and" that stand in the names of dishes ("carrot n ginger").
    short_and: str = ""
    #: Endings of a written ordinal ("1st").
    ordinal_endings: str = ""
    #: Its words have accents, so that a word with one may be its own.
    accents: bool = True
    #: How it is spoken back: "large oat latte", not "latte, large, oat"; nouns with a capital.
    options_first: bool = True
    capitals: bool = False
