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
    #: Patterns of sentences that order nothing. The first pattern that matches counts. In a pattern, a word in lower
    #: case matches itself, and DRINK, OPTION, GROUP, CATEGORY, UNKNOWN or NUMBER matches any word of that kind. MENU
    #: matches a drink, an option, a group or a category. "..." matches up to five words. (a|b), a trailing ?, ^ and $
    #: mean the same as in regular expressions.
    intents: tuple[tuple[Intent, str], ...]
    #: Phrases that have their intent only if they are the whole message, such as "no". Greetings and polite words may
    #: stand beside them.
    messages: tuple[tuple[Intent, str], ...]
    #: Phrases for "I have no preference" ("any"). If our question offered some options or drinks, the customer gets the
    #: first of them.
    indifferent: str = ""
    #: Words that a phone writes around a quoted text to report a reaction to it: LIKED “…”.
    reactions: str = ""
    #: Lines that end a letter ("Kind regards"), separated by commas. `sent_from`: the first words of a line that a
    #: phone adds below a text ("Sent from my").
    farewells: str = ""
    #: Last words of phrases that say what is not in a drink: "lactose FREE". After a drink and before a question mark,
    #: they ask about the drink.
    free_of: str = ""
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
    #: Everyday words (also listed in `common`) that may be meant as a refusal of the option after them ("leave",
    #: "quit").
    doubtful: str = ""
    #: Words that only describe the option after them and change nothing ("creamy oat").
    describing: str = ""
    #: Whether one word means both "no" and "not", as the Spanish "no" does: "NO quiere nata" (does not want cream).
    no_negates: bool = False
    #: Endings of adjectives: "er" and "en" of the German "starker" and "starken" (strong).
    inflections: str = ""
    #: Words after "not" that ask for less of something, while "not" alone refuses it: "not TOO strong".
    degrees: str = ""
    #: Words for "nothing special" ("regular"). Such a word can also be a size on the menu.
    normal: str = ""
    #: Number words that usually give an amount, not a number of cups: "DOUBLE meat".
    multipliers: str = ""
    #: Phrases that mean "except" before a thing and "on the side" after an option: the French "cannelle À PART"
    #: (cinnamon on the side). Separated by commas.
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
    #: Phrases such as "never mind", separated by commas. After our reply that we do not have an option or drink, they
    #: give up only this option or drink. Otherwise they give up the whole order.
    shrugs: str = ""
    #: Phrases that end an order ("THAT'S ALL"), separated by commas. As the answer to "what name?" they only end the
    #: order. They do not refuse to give a name.
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
    #: Phrases that take back the last change of an option: after "double shot", "JUST NORMAL" makes the coffee normal
    #: again. Separated by commas.
    normally: str = ""
    #: Phrases that take back a double amount, such as a double shot: "JUST A SINGLE". Separated by commas.
    single: str = ""
    #: Words for "another" that can mean one of the ordered cups: after "tres lattes, uno con soja" (three lattes, one
    #: with soy), "OTRO con avena" (another with oat) is the second of the three. If no ordered cup without options is
    #: left, the words order a further cup. Separated by commas.
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
    #: Words for an allergy that can be glued to the word before them: the German "NussALLERGIE" (nut allergy). The
    #: parser splits such a word.
    compounded: str = ""
    #: Words between an allergy and what is ordered because of it: "I have allergies, SO oat milk".
    therefore: str = ""
    #: Words between an order and the allergy that is the reason for it: "oat BECAUSE I have allergies".
    reasons: str = ""
    #: Words before the highest or lowest temperature: "MAX 60 degrees".
    bounding: str = ""
    #: Pronouns that show that the words beside them are about a person: "almond torpedoes ME" is about an allergy.
    persons: str = ""
    #: Phrases that forbid us to leave something out, so the option after them stays: "DON'T REMOVE the sugar".
    #: Separated by commas.
    sparing: str = ""
    #: Phrases that refuse both the next thing and the thing after "nor": "NEITHER sugar nor honey". Separated by
    #: commas.
    neither: str = ""
    #: Words for "without" that can also be the answer "no", as the German "ohne" can. Before a list with "and" they
    #: refuse everything in the list: "OHNE Laktose und Soja" (without lactose and soy).
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
    #: Words that mean "plain" after a coffee or a number, and "only" elsewhere: the Spanish "café SOLO" (plain coffee)
    #: and "uno SOLO" (a plain one).
    alone: str = ""
    #: Articles before a word that stands for a whole drink: the French "UNE noisette" is "un café noisette".
    cup_articles: str = ""
    #: Words that turn the drink before them into another drink, in languages with adjectives after the noun: "té VERDE"
    #: (green tea).
    other_kinds: str = ""
    #: Phrases before a number of people, separated by commas: "WE ARE three now, add a tea". If the text also adds a
    #: drink or names several, the number counts only the people and no cups.
    people: str = ""
    #: Words that mean all drinks of the order: "cancel EVERYTHING but the latte".
    everything: str = ""
    #: A pattern for the first words of a question. If a text begins so and the parser does not understand it, a person
    #: answers it.
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
    #: Words that, after an article or a number, show that a text rates a drink and orders none: "a BIT weak", "3
    #: STARS".
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
