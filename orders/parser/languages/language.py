"""The fields of a language. Each language module defines them as constants: PHRASES, NUMBERS, …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orders.parser.atoms import Kind
from orders.parser.reading import Intent, TopicKind


@dataclass(frozen=True)
class Language:
    code: str
    #: Phrases by their role in a sentence. The phrases of one role are separated by commas.
    phrases: Mapping[Kind, str]
    #: Number words with their values.
    numbers: Mapping[str, float]
    #: Ordinals with the positions that they mean: "second" is 2, "last" is -1.
    ordinals: Mapping[str, int]
    #: Patterns of sentences that order nothing. The first pattern that matches counts. A word in lower case matches
    #: itself. DRINK, OPTION, GROUP, CATEGORY, UNKNOWN and NUMBER each match a word of this kind; MENU matches any of
    #: the first four kinds. "..." matches up to five words. (a|b), a trailing ?, ^ and $ mean the same as in regular
    #: expressions.
    intents: tuple[tuple[Intent, str], ...]
    #: Phrases that have an intent only as the whole message ("no"). Greetings and polite words can stand beside them.
    messages: tuple[tuple[Intent, str], ...]
    #: Phrases that leave a choice to us ("any"). As the answer to a question they take the first thing that was
    #: offered.
    indifferent: str = ""
    #: Words that a phone writes around a quoted text to report a reaction to it: LIKED “…”.
    reactions: str = ""
    #: Lines that end a letter ("Kind regards"), separated by commas. `sent_from`: the first words of a line that a
    #: phone adds below a text ("Sent from my").
    farewells: str = ""
    #: Words of thanks. At the end of an order the customer's name can follow them, also in small letters: "THX bron".
    thanking: str = ""
    sent_from: str = ""
    #: Phrases with which automatic replies begin ("I am driving").
    auto_replies: str = ""
    #: For each allergen of `inventory.menu.ALLERGENS`, the words that name the allergen, separated by commas.
    allergens: Mapping[str, str] = field(default_factory=dict)
    #: Phrases that ask for a separate order although one is open, separated by commas.
    own_order: str = ""
    #: For each topic, the pattern of a question about it.
    topics: Mapping[TopicKind, str] = field(default_factory=dict)
    #: Everyday words. They order nothing and are never corrected to a word of the menu.
    common: str = ""
    #: Things that people order elsewhere ("croissant"). They are never corrected to a word of the menu. The reply says
    #: that the menu does not have them.
    things: str = ""
    #: Adjectives that change nothing about the drink after them ("a good latte"). Any other unknown word before a drink
    #: is repeated in the reply.
    praise: str = ""
    #: Everyday words (they are also in `common`) that can refuse the option after them ("leave", "quit").
    doubtful: str = ""
    #: Words that only describe the option after them and change nothing ("creamy oat").
    describing: str = ""
    #: Whether verbs follow their object, as in the German "Zucker weglassen" (leave out sugar). Then an unknown word
    #: after an option can refuse this option.
    verb_last: bool = False
    #: Whether the word for the answer "no" also negates a verb, as in the Spanish "NO quiere nata" (wants no cream).
    no_negates: bool = False
    #: Endings of adjectives: "er" and "en" of the German "starker" and "starken" (strong).
    inflections: str = ""
    #: Words after "not" that ask for less of something and do not refuse it: "not TOO strong".
    degrees: str = ""
    #: Words for "nothing special" ("regular"). Such a word can also be a size on the menu.
    normal: str = ""
    #: Number words that usually give an amount, not a number of cups: "DOUBLE meat".
    multipliers: str = ""
    #: Phrases with two meanings, separated by commas. They refuse what follows, but after an option they mean "on the
    #: side": "cannelle à part" (cinnamon on the side).
    aside: str = ""
    #: First names. A name that is also an everyday word ("will") counts only where a name is expected.
    names: str = ""
    #: Lower-case words within a name: "Anna VAN DER Berg".
    name_particles: str = ""
    #: Words before a surname: "for MRS Small".
    titles: str = ""
    #: Words for times, separated by commas. Each key is the meaning that `orders.parser.times` uses.
    times: Mapping[str, str] = field(default_factory=dict)
    #: Words that stand for a cup after an option: "the small ONE". Empty if an adjective can stand alone, as in the
    #: French "le petit" (the small one).
    cups: str = ""
    #: Words that stand for several cups: "the oat ONES".
    several_cups: str = ""
    #: Plural articles that make an adjective stand for several cups: the French "LES petits" (the small ones). Empty if
    #: adjectives cannot stand alone.
    several_the: str = ""
    #: Verbs that put another name on the cup ("WRITE Tobi on it"). `on_label`: phrases for the cup's label ("ON THE
    #: CUP"). Both are separated by commas.
    labelling: str = ""
    on_label: str = ""
    #: Prepositions before a name in the answer to "what name?": "UNDER Rebecca".
    before_name: str = ""
    #: Prepositions before the cup, or the number of cups, that gets an option: "vanilla IN one", "BEI einem Karamell"
    #: (caramel in one), "du miel À celui de Julien" (honey in Julien's).
    inside: str = ""
    #: Pronouns for a cup: "CELUI au soja" (the one with soy), "EL de Sam" (Sam's).
    pronouns: str = ""
    #: Prepositions between a pronoun for a cup and the owner's name: "celui DE Julien", "den VON Julia" (Julien's,
    #: Julia's).
    of_somebody: str = ""
    #: Phrases such as "never mind", separated by commas. If we could not serve an option or drink, they give up only
    #: this option or drink. Otherwise they give up the whole order.
    shrugs: str = ""
    #: Phrases that end an order ("THAT'S ALL"), separated by commas. As the answer to "what name?" they do not mean
    #: that the customer refuses to give a name.
    finishing: str = ""
    #: Phrases that keep a drink or bring it back ("KEEP the latte"). `keeping_it`: such phrases without the name of a
    #: drink ("KEEP IT"). `denying`: phrases before a drink that was not meant ("NOT the mocha"). All are separated by
    #: commas.
    keeping: str = ""
    keeping_it: str = ""
    denying: str = ""
    #: Phrases that order the thing that our last reply said we have: "ADD IT" after "do you have caramel?" and our yes.
    #: Separated by commas.
    taking_up: str = ""
    #: Phrases for the option that the sentence before asked about: "do you have oat? A latte WITH THAT". Separated by
    #: commas.
    with_it: str = ""
    #: Phrases that order what the sentence before asked about: "do you have oat? IF SO, a latte". Separated by commas.
    if_so: str = ""
    #: Phrases that say that the last change was a mistake: "I MEANT no foam". Separated by commas.
    meaning: str = ""
    #: Phrases that undo the last change of an option: "JUST NORMAL" after "double shot". Separated by commas.
    normally: str = ""
    #: Phrases that take back a double amount, such as a double shot: "JUST A SINGLE". Separated by commas.
    single: str = ""
    #: Words for "another" that mean one of the ordered cups, as long as any is left without options: "OTRO con avena"
    #: (another with oat) after "tres lattes, uno con soja" (three lattes, one with soy). Separated by commas.
    another_of_them: str = ""
    #: Words for the customer's own cup: "MINE with oat". Separated by commas.
    mine: str = ""
    #: Words for another person's cup: "HERS with oat". Separated by commas.
    theirs: str = ""
    #: Phrases before an option that replaces an earlier option: "RATHER vanilla". Separated by commas.
    preferring: str = ""
    #: Words that give a drink the change that another drink just got: "the latte TOO". Separated by commas.
    also: str = ""
    #: Phrases that say that a cup is for the customer: "a latte FOR ME". Separated by commas.
    myself: str = ""
    #: Prepositions within a name on the menu: "leche DE coco" (coconut milk).
    linking: str = ""
    #: Words for "of the" after a number: "un DES lattes", "einen DER Tees" (one of the lattes, one of the teas).
    of_the: str = ""
    #: Prepositions that lose their vowel before another vowel: "d'" for "de" in the French "d'avoine" (of oat).
    elided: str = ""
    #: Words before the second choice: "if no oat, THEN soy".
    then: str = ""
    #: Words for an allergy that can be the end of a longer word: the German "NussALLERGIE" (nut allergy).
    compounded: str = ""
    #: Words before a consequence: "I have allergies, SO oat milk".
    therefore: str = ""
    #: Words before a reason: "oat BECAUSE I have allergies".
    reasons: str = ""
    #: Words before the highest or lowest temperature: "MAX 60 degrees".
    bounding: str = ""
    #: Pronouns that show that a sentence is about a person: "almond torpedoes ME".
    persons: str = ""
    #: Phrases that forbid us to leave something out, so the option after them stays: "DON'T REMOVE the sugar".
    #: Separated by commas.
    sparing: str = ""
    #: Phrases that refuse both the next thing and the thing after "nor": "NEITHER sugar nor honey". Separated by
    #: commas.
    neither: str = ""
    #: Prepositions that can also be the answer "no", as the German "ohne" (without) can. They refuse every thing in a
    #: list with "and": "OHNE Laktose und Soja" (without lactose and soy).
    without: str = ""
    #: Words that refuse one more thing after "neither": "neither sugar NOR honey".
    nor: str = ""
    #: Phrases after a number of cups that take so many cups off the order: "one LESS". Separated by commas.
    fewer: str = ""
    #: Phrases that give a drink the size of the previous drink: "a mocha, THE SAME SIZE". Separated by commas.
    same_size: str = ""
    #: Words that announce drinks without a number: "A FEW coffees". Separated by commas.
    vague: str = ""
    #: First words of phrases that make an exception: "all with oat, EXCEPT the mocha".
    excepting: str = ""
    #: Words that mean "plain" after a coffee or a number, as in the Spanish "uno SOLO" and "café SOLO". Elsewhere they
    #: mean "only".
    alone: str = ""
    #: Articles after which a word can stand for a whole drink: French "UNE noisette" for "un café noisette".
    cup_articles: str = ""
    #: Words that turn the drink before them into another drink, in languages with adjectives after the noun: "té VERDE"
    #: (green tea).
    other_kinds: str = ""
    #: Phrases before a number of people: "WE ARE three now, add a tea". If the text adds a drink as well, this number
    #: counts no cups. Separated by commas.
    people: str = ""
    #: Words that mean all drinks of the order: "cancel EVERYTHING but the latte".
    everything: str = ""
    #: A pattern for the beginning of a question. A text with such a beginning that is not understood goes to a person.
    asking: str = ""
    #: A pattern of questions whether there is something: "DO YOU HAVE oat milk?", but not "is the milk organic?".
    available: str = ""
    #: A digit that people type instead of the word "for": "latte 4 Dan".
    digit_for: str = ""
    #: Units that are written right after a number, such as the inch sign in 6", each with the word for the unit.
    after_numbers: Mapping[str, str] = field(default_factory=dict)
    #: A short spelling of "and" within the name of a dish: "carrot N ginger".
    short_and: str = ""
    #: Endings of an ordinal that is written with a digit: "1ST".
    ordinal_endings: str = ""
    #: Number words from 1 to 5 with their values, for an answer to "how was it?".
    scores: Mapping[str, int] = field(default_factory=dict)
    #: Patterns for an answer to "how was it?": praise, blame, and requests for something more. Alternatives are
    #: separated by "|".
    rating_praise: str = ""
    rating_blame: str = ""
    rating_asks: str = ""
    #: Words that, after an article or a number, show a rating and no order: "a BIT weak", "3 STARS".
    rating_degrees: str = ""
    #: Verbs in our own texts that ask the customer to text a certain word: "REPLY yes". Separated by "|".
    texting_verbs: str = ""
    #: Short spellings of an option, by its full name: "med" for "medium". Several are separated by blanks.
    shortened: Mapping[str, str] = field(default_factory=dict)
    #: Abbreviations that end in a dot, each without its dot and with the full word: the German "m. Hafer" is "mit
    #: Hafer" (with oat).
    dotted: Mapping[str, str] = field(default_factory=dict)
    #: Whether the article is also the word for the number one, as the French "un" and the German "ein" are.
    article_counts: bool = False
    #: Whether the language is written with accents.
    accents: bool = True
    #: Whether replies name the options before the drink ("large oat latte") and not after it ("latte, large, oat").
    #: `capitals`: whether nouns begin with a capital letter.
    options_first: bool = True
    capitals: bool = False
