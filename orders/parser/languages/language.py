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
    #: Number words with their values.
    numbers: Mapping[str, float]
    #: Ordinals with their places: "second" is 2, "last" is -1.
    ordinals: Mapping[str, int]
    #: Patterns of sentences that order nothing. The first match counts. A word in lower case matches itself. DRINK,
    #: OPTION, GROUP, CATEGORY, UNKNOWN and NUMBER match a word of this kind; MENU matches any of the first four kinds.
    #: "..." matches up to five words. (a|b), a trailing ?, ^ and $ mean the same as in regular expressions.
    intents: tuple[tuple[Intent, str], ...]
    #: Words that have an intent only if they are the whole message, apart from greetings and polite words ("no").
    messages: tuple[tuple[Intent, str], ...]
    #: Whole messages that leave the choice to us ("any"). They take the first offer, or state no preference.
    indifferent: str = ""
    #: Words that a phone writes around a quoted text to report a reaction to it: LIKED “…”.
    reactions: str = ""
    #: Lines that end a letter ("Kind regards"), separated by commas. `sent_from`: beginnings of a line that a phone adds
    #: below a text ("Sent from my").
    farewells: str = ""
    sent_from: str = ""
    #: Beginnings of automatic replies ("I am driving").
    auto_replies: str = ""
    #: For each allergen of `inventory.menu.ALLERGENS` the words that name it, separated by commas.
    allergens: Mapping[str, str] = field(default_factory=dict)
    #: Phrases that ask for a separate order although one is open, separated by commas.
    own_order: str = ""
    #: The pattern of a question about each topic.
    topics: Mapping[TopicKind, str] = field(default_factory=dict)
    #: Everyday words. They are never corrected to a word of the menu, and order nothing.
    common: str = ""
    #: Things that people order elsewhere ("croissant"). They are never corrected to a word of the menu. The reply says
    #: that the menu does not have them.
    things: str = ""
    #: Adjectives of a drink that ask for nothing ("a good latte"). Any other unknown word before a drink is named in
    #: the reply.
    praise: str = ""
    #: Words of `common` that may refuse the option after them ("leave", "quit").
    doubtful: str = ""
    #: Words that only describe the option after them and ask for nothing ("creamy oat").
    describing: str = ""
    #: Whether verbs follow their object ("Zucker weglassen"), so that an unknown word after an option may refuse it.
    verb_last: bool = False
    #: Whether the word that answers no also negates a verb: "NO quiere nata" (wants no cream).
    no_negates: bool = False
    #: Endings of adjectives ("starkER", "starkEN").
    inflections: str = ""
    #: Words after "not" that ask for less of something instead of refusing it: "not TOO strong".
    degrees: str = ""
    #: Words for "nothing special" ("regular"). They may also be a size on the menu.
    normal: str = ""
    #: Number words that usually give an amount, not a number of cups: "DOUBLE meat".
    multipliers: str = ""
    #: Phrases that refuse what follows them, but mean "on the side" after an option ("cannelle à part"). Separated by
    #: commas.
    aside: str = ""
    #: First names. A name that is also a word ("will") counts only where a name is expected.
    names: str = ""
    #: Words in small letters within a name: "Anna VAN DER Berg".
    name_particles: str = ""
    #: Words for times, separated by commas. The key is their meaning, as `orders.parser.times` uses it.
    times: Mapping[str, str] = field(default_factory=dict)
    #: Words that stand for a cup after an option ("the small ONE"). Empty if an adjective may stand alone ("le petit").
    cups: str = ""
    #: Words that stand for several cups: "the oat ONES".
    several_cups: str = ""
    #: Plural articles, in languages whose adjectives may stand alone for several cups: "LES petits".
    several_the: str = ""
    #: Verbs that put another name on the cup ("WRITE Tobi on it"), and phrases for the cup's label ("ON THE CUP").
    #: Separated by commas.
    labelling: str = ""
    on_label: str = ""
    #: Prepositions before a name in the answer to "what name?": "UNDER Rebecca".
    before_name: str = ""
    #: Prepositions before the cups that get something, or their number: "vanilla IN one", "BEI einem Karamell", "du miel
    #: À celui de Julien".
    inside: str = ""
    #: Pronouns for a cup: "CELUI au soja", "EL de Sam".
    pronouns: str = ""
    #: Prepositions between a pronoun for a cup and its owner's name: "celui DE Julien", "den VON Julia".
    of_somebody: str = ""
    #: Phrases that give up a wish that could not be served, or else the order ("never mind"). Separated by commas.
    shrugs: str = ""
    #: Phrases that end an order, separated by commas. After "what name?" they refuse no name: "THAT'S ALL".
    finishing: str = ""
    #: Phrases that keep or bring back a drink ("KEEP the latte"), separated by commas. `keeping_it` names no drink
    #: ("KEEP IT"), and `denying` says which drink was not meant ("NOT the mocha").
    keeping: str = ""
    keeping_it: str = ""
    denying: str = ""
    #: Phrases that order the thing that our last reply said we have: "do you have caramel?", then "ADD IT". Separated by
    #: commas.
    taking_up: str = ""
    #: Phrases for the option that the sentence before asks about: "do you have oat? A latte WITH THAT". Separated by
    #: commas.
    with_it: str = ""
    #: Phrases that say that the last change was a mistake: "I MEANT no foam". Separated by commas.
    meaning: str = ""
    #: Phrases that take the last change of an option back: "JUST NORMAL" after "double shot". Separated by commas.
    normally: str = ""
    #: Phrases that take back a double amount, such as a double shot: "JUST A SINGLE". Separated by commas.
    single: str = ""
    #: Words for another cup that mean one of those that were ordered if any are left: after "tres lattes" and "uno con
    #: soja", "OTRO con avena". Separated by commas.
    another_of_them: str = ""
    #: Words for the customer's own cup ("MINE with oat"), separated by commas.
    mine: str = ""
    #: Words for somebody else's cup ("HERS with oat"), separated by commas.
    theirs: str = ""
    #: Phrases by which an option replaces the one before, as in "RATHER vanilla". Separated by commas.
    preferring: str = ""
    #: Words that give a drink the last change of another drink too: "the latte TOO". Separated by commas.
    also: str = ""
    #: Words that say that a cup is for the customer ("a latte FOR ME"), separated by commas.
    myself: str = ""
    #: Prepositions within a name ("leche DE coco").
    linking: str = ""
    #: Words for "of the" after a number: "un DES lattes", "einen DER Tees".
    of_the: str = ""
    #: Prepositions that lose their vowel before a word that begins with a vowel ("d'avoine" from "de").
    elided: str = ""
    #: Words that introduce the second choice after "if no oat" ("THEN soy").
    then: str = ""
    #: Words for an allergy that may end a longer word: "NussALLERGIE".
    compounded: str = ""
    #: Words after which a consequence follows: "I have allergies, SO oat milk".
    therefore: str = ""
    #: Words before the reason for a wish: "oat BECAUSE I have allergies".
    reasons: str = ""
    #: Pronouns for people, which tell that a sentence is about somebody: "almond torpedoes ME".
    persons: str = ""
    #: Phrases that deny a refusal, so what follows them stays: "DON'T REMOVE the sugar". Separated by commas.
    sparing: str = ""
    #: Phrases that refuse what follows them and what follows "nor": "NEITHER sugar nor honey". Separated by commas.
    neither: str = ""
    #: Prepositions that answer no as well, and refuse all that "and" joins: "OHNE Laktose und Soja".
    without: str = ""
    #: Words that refuse one more thing: "neither sugar NOR honey".
    nor: str = ""
    #: Phrases that drop cups after a number ("one LESS"), separated by commas.
    fewer: str = ""
    #: Phrases that give a drink the size of the drink before: "a mocha, THE SAME SIZE". Separated by commas.
    same_size: str = ""
    #: Words that announce drinks without counting them: "A FEW coffees". Separated by commas.
    vague: str = ""
    #: First words of phrases that make an exception: "all with oat, EXCEPT the mocha".
    excepting: str = ""
    #: Words for "without milk" after a coffee or a number. Elsewhere they mean "only": "uno SOLO", "el café SOLO".
    alone: str = ""
    #: Words after a drink that make it another one, in languages whose adjectives stand there: "té VERDE" (green tea).
    other_kinds: str = ""
    #: Phrases before a number of people, which is no number of cups if a drink is added too: "WE ARE three now, add a
    #: tea". Separated by commas.
    people: str = ""
    #: Words that mean all drinks of the order: "cancel EVERYTHING but the latte".
    everything: str = ""
    #: A digit that people text instead of "for" ("latte 4 Dan").
    digit_for: str = ""
    #: Units that are written right after a number (6"), with the word for each unit.
    after_numbers: Mapping[str, str] = field(default_factory=dict)
    #: A short spelling of "and" in the names of dishes ("carrot n ginger").
    short_and: str = ""
    #: Endings of a written ordinal ("1st").
    ordinal_endings: str = ""
    #: Words for 1 to 5 in an answer to "how was it?".
    scores: Mapping[str, int] = field(default_factory=dict)
    #: Patterns in an answer to "how was it?", separated by "|": praise, blame, and requests for something more.
    rating_praise: str = ""
    rating_blame: str = ""
    rating_asks: str = ""
    #: Words after an article or a number that begin a rating and no order ("a BIT weak", "3 STARS").
    rating_degrees: str = ""
    #: Verbs in our own texts that ask the customer to text a word ("REPLY yes"), separated by "|".
    texting_verbs: str = ""
    #: Short spellings of an option's name, separated by blanks. "medium" has "med", for example.
    shortened: Mapping[str, str] = field(default_factory=dict)
    #: Whether the article is also the word for one ("un", "ein").
    article_counts: bool = False
    #: Whether the language writes accents.
    accents: bool = True
    #: Whether replies name the options first ("large oat latte", not "latte, large, oat"). `capitals`: whether nouns
    #: have a capital letter.
    options_first: bool = True
    capitals: bool = False
