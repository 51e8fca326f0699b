"""The fields of a language module, which defines each one as a constant: PHRASES, NUMBERS, …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orders.parser.atoms import Kind
from orders.parser.reading import Intent, TopicKind


@dataclass(frozen=True)
class Language:
    code: str
    #: Phrases by their role in a sentence, separated by commas.
    phrases: Mapping[Kind, str]
    #: Number words with their value.
    numbers: Mapping[str, float]
    #: Ordinals with their place: "second" is 2, "last" is -1.
    ordinals: Mapping[str, int]
    #: Patterns of sentences that order nothing, one per line; the first match counts.
    #: Lower case words stand for themselves; DRINK, OPTION, GROUP, CATEGORY, MENU (any of these) and UNKNOWN
    #: for what was found; NUMBER for a number; "..." for up to five words; (a|b) and a trailing ? as usual;
    #: ^ and $ for the ends of the sentence.
    intents: tuple[tuple[Intent, str], ...]
    #: Whole messages, apart from greetings and polite words. For words that are too short to search for.
    messages: tuple[tuple[Intent, str], ...]
    #: Whole messages that leave the choice to us ("any"): the first offer, or no preference.
    indifferent: str = ""
    #: How phones of this language begin a reaction to a text (Liked “…”), and what may follow the quotation.
    reactions: str = ""
    #: Lines that end a letter ("Kind regards"), and beginnings of a line that a phone adds ("Sent from my"), separated
    #: by commas.
    farewells: str = ""
    sent_from: str = ""
    #: Beginnings of automatic replies ("I am driving").
    auto_replies: str = ""
    #: Words by the allergen that they name (see `inventory.menu.ALLERGENS`), separated by commas.
    allergens: Mapping[str, str] = field(default_factory=dict)
    #: Phrases that ask for a separate order although one is open, separated by commas.
    own_order: str = ""
    #: Patterns of what a question is about.
    topics: Mapping[TopicKind, str] = field(default_factory=dict)
    #: Everyday words. They are never corrected to a word of the menu, and order nothing.
    common: str = ""
    #: Things that people order elsewhere ("croissant"). They are not corrected either; the reply says that there is
    #: none.
    things: str = ""
    #: Adjectives of a drink that ask for nothing ("a good latte"). The reply names any other word before a drink.
    praise: str = ""
    #: Words of `common` that may refuse the option after them ("leave", "quit").
    doubtful: str = ""
    #: Unknown words that only describe the option after them ("creamy oat").
    describing: str = ""
    #: Verbs follow their object ("Zucker weglassen"), so an unknown word after an option may refuse it.
    verb_last: bool = False
    #: Endings of adjectives ("starkER", "starkEN").
    inflections: str = ""
    #: Words between a "not" and an adjective, with which it asks for less and refuses nothing: "not TOO strong".
    degrees: str = ""
    #: Words for "nothing special", which may be a size as well.
    normal: str = ""
    #: Numbers that say how much of something, and seldom how many cups: "DOUBLE meat".
    multipliers: str = ""
    #: Refusing phrases that mean "on the side" after what is ordered ("cannelle à part"), separated by commas.
    aside: str = ""
    #: First names. One that is also a word ("will") counts only where a name is expected.
    names: str = ""
    #: Words that say when an order is wanted, by what they mean (see `orders.parser.times`), separated by commas.
    times: Mapping[str, str] = field(default_factory=dict)
    #: Words that stand for a cup after an option ("the small ONE"). None: an adjective may stand alone ("le petit").
    cups: str = ""
    #: Words that stand for several cups: "the oat ONES".
    several_cups: str = ""
    #: Articles before words for several cups, if its adjectives stand alone: "LES petits".
    several_the: str = ""
    #: Prepositions before a name that was asked for: "UNDER Rebecca".
    before_name: str = ""
    #: Prepositions before the number of cups that get something: "vanilla IN one", "BEI einem Karamell".
    inside: str = ""
    #: Pronouns for a cup: "CELUI au soja", "EL de Sam".
    pronouns: str = ""
    #: Words that drop a wish that was not served, or else the order ("never mind"), by commas.
    shrugs: str = ""
    #: Words that keep or bring back a drink ("KEEP the latte"), and that deny one ("NOT the mocha"), by commas.
    keeping: str = ""
    keeping_it: str = ""
    denying: str = ""
    #: Phrases that order what our last reply said there is: "do you have caramel?", then "ADD IT". Separated by commas.
    taking_up: str = ""
    #: Phrases that say that the last change was a mistake: "I MEANT no foam". Separated by commas.
    meaning: str = ""
    #: Phrases that take the last change of an option back: "JUST NORMAL" after "double shot". Separated by commas.
    normally: str = ""
    #: Phrases that take a double option off: "JUST A SINGLE". Separated by commas.
    single: str = ""
    #: Words for the customer's own cup, separated by commas.
    mine: str = ""
    #: Words that say that a cup is for the customer, separated by commas.
    myself: str = ""
    #: Prepositions within a name ("leche DE coco").
    linking: str = ""
    #: Words for "of the" after a number: "un DES lattes", "einen DER Tees".
    of_the: str = ""
    #: A preposition that loses its vowel before another one ("d'avoine").
    elided: str = ""
    #: Words that introduce the second choice after "if no oat" ("THEN soy").
    then: str = ""
    #: Phrases that drop cups after a number ("one LESS"), separated by commas.
    fewer: str = ""
    #: Words that begin "EVERYTHING but".
    everything: str = ""
    #: A digit that people text instead of "for" ("latte 4 Dan").
    digit_for: str = ""
    #: Units that are written right after a number, with the word for them (6").
    after_numbers: Mapping[str, str] = field(default_factory=dict)
    #: Short spellings of "and" that stand in the names of dishes ("carrot n ginger").
    short_and: str = ""
    #: Endings of a written ordinal ("1st").
    ordinal_endings: str = ""
    #: Words for 1 to 5 in an answer to "how was it?".
    scores: Mapping[str, int] = field(default_factory=dict)
    #: Patterns in such an answer, separated by "|": praise, blame, and asking for something more.
    rating_praise: str = ""
    rating_blame: str = ""
    rating_asks: str = ""
    #: Words that begin no order after an article or a number ("a bit weak", "3 stars").
    rating_degrees: str = ""
    #: Verbs before a word that the customer is to text ("reply YES"), separated by "|".
    texting_verbs: str = ""
    #: Short spellings of words in the names of options, by the word, separated by blanks.
    shortened: Mapping[str, str] = field(default_factory=dict)
    #: Whether its article is also its word for one.
    article_counts: bool = False
    #: Whether its words have accents.
    accents: bool = True
    #: How replies are written: "large oat latte" or "latte, large, oat"; nouns with a capital letter or not.
    options_first: bool = True
    capitals: bool = False
