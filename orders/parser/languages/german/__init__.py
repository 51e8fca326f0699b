"""German words and patterns, as texted in Germany, Austria and Switzerland. They are written without umlauts, because
the parser removes these from a text before it compares words."""

from orders.parser.languages.german.phrases import PHRASES
from orders.parser.languages.german.sentences import ASKING, AVAILABLE, INDIFFERENT, INTENTS, MESSAGES, TOPICS
from orders.parser.languages.german.vocabulary import COMMON, DESCRIBING, DOUBTFUL, NAMES, THINGS

__all__ = [
    "ASKING",
    "AVAILABLE",
    "COMMON",
    "DESCRIBING",
    "DOUBTFUL",
    "INDIFFERENT",
    "INTENTS",
    "MESSAGES",
    "NAMES",
    "PHRASES",
    "THINGS",
    "TOPICS",
]

INFLECTIONS = "e er en es em"
NORMAL = "normal normaler normale normalen normales"
MULTIPLIERS = "doppelt doppelte doppelten dreifach halb halbe halben"
DEGREES = "zu so sehr allzu ganz besonders"
CODE = "de"
FREE_OF = "frei vegan"
LINKING = "von"
OF_THE = "der"
INSIDE = "bei beim in im auf ins"
THEN = "dann"
REASONS = "weil wegen denn da"
BOUNDING = "max maximal hochstens mindestens uber unter"
PERSONS = "ich mir mich mein meine meinem meiner wir uns er ihm ihn sie ihr"
COMPOUNDED = (
    "allergie allergien allergisch allergiker allergikerin unverträglichkeit unverträglichkeiten intoleranz intolerant"
)
THEREFORE = "also deshalb deswegen daher darum drum"
SPARING = "nicht stornieren, nicht streichen, nicht löschen, nicht entfernen, nicht weglassen, nicht abbestellen"
NEITHER = "weder, weder mit"
NOR = "noch"
WITHOUT = "ohne"
FEWER = "weniger"
SAME_SIZE = "gleiche größe, gleicher größe, die gleiche größe, in der gleichen größe, in gleicher größe, dieselbe größe, die selbe größe, in derselben größe, genauso groß, gleich groß"
VAGUE = "ein paar, einige, mehrere"
EXCEPTING = "außer ausser bis abgesehen nur"
PEOPLE = "wir sind, es sind"
EVERYTHING = "alles"
PRONOUNS = "der die das den"
LABELLING = "schreib, schreibe, schreibt, schreiben, mach, macht, nimm"
ON_LABEL = "drauf, darauf, auf den becher, auf dem becher, auf die tasse, draus, daraus"
BEFORE_NAME = "auf unter"
TITLES = "herr herrn hr frau fr dr prof"
MINE = "meins, meiner"
THEIRS = "seinen, ihren, seiner, ihrer, den von ihr, den von ihm"
PREFERRING = "lieber, doch lieber, lieber doch"
ALSO = "auch, auch noch, ebenfalls"
MYSELF = "mich, für mich bitte, für ihn"
ARTICLE_COUNTS = True
OF_SOMEBODY = "von"
OPTIONS_FIRST = False
CAPITALS = True
SHORTENED = {"klein": "kl", "mittel": "mitt mtl", "groß": "gr"}
DOTTED = {"m": "mit", "o": "ohne", "u": "und", "f": "für", "kl": "klein", "mittl": "mittel", "gr": "groß"}


REACTIONS = """gefällt, gefällt mir, gefiel, mag, liebt, gefällt nicht, gefällt mir nicht, lacht über, hat gelacht über, hat über, hat, betont, hervorgehoben, hat hervorgehoben, hinterfragt, fragt, markiert, reagiert, gelacht, entfernt, hat auf, hat mit, findet toll, findet gut, hat ein bild mit gefällt mir markiert"""

FINISHING = (
    "das wars, das wars schon, das war alles, das ist alles, sonst nichts, mehr nicht, nichts mehr, nichts weiter"
)
SHRUGS = "vergiss es, vergiss das, lass es, lass mal, lass gut sein, lass stecken, egal, schon gut, macht nichts, lieber nicht, doch nicht"
KEEPING = "behalte, behalten, lass, lasst, doch, bleibt, bleiben, wieder, zurück"
KEEPING_IT = "will ihn doch, will sie doch, will es doch, möchte ihn doch, möchte sie doch, nehme ihn doch, nehme sie doch, behalte ihn, behalt ihn, behalte sie, behalte es, behalt es, behalten wir ihn, lass ihn drin, lass ihn doch, lass es drin, lass sie drin, doch behalten"
DENYING = "nicht den, nicht die, nicht das, nicht"
TAKING_UP = """einen dazu, eins dazu, einen rein, eins rein, das hätte ich gern, das hätte ich gerne, die hätte ich gern, die hätte ich gerne, den hätte ich gern, den hätte ich gerne, davon bitte, das möchte ich, die möchte ich, den möchte ich, mit dieser milch, mit der milch, dann damit, damit bitte, damit, ja bitte dazu, bitte dazu, ja dann bitte mit, dann bitte mit, dann mit, ja bitte mit, bitte mit, ja bitte, ja gerne, ja gern, das bitte, das dazu, dann das, füg das hinzu, mach das rein, mach das dazu, tu das rein, tu das dazu,
    nehm ich, nehme ich, das nehm ich, das nehme ich, den nehm ich, den nehme ich, die nehm ich, die nehme ich, so einen bitte, so eine bitte, davon einen, davon eine"""
IF_SO = "wenn ja, falls ja, wenn so, in dem fall"
WITH_IT = "damit, mit der, mit dieser, mit dem, mit diesem"
MEANING = "ich meine, ich meinte, meinte, wollte sagen, ich wollte sagen"
NORMALLY = "doch normal, nur normal, lieber normal, ganz normal, normal reicht, doch nicht doppelt, nicht doppelt"
SINGLE = (
    "nur einfach, doch einfach, einfacher, einfachen, einfach reicht, ein einfacher, einfacher shot, einfache stärke"
)
FAREWELLS = "lg, glg, mit freundlichen grüßen, freundliche grüße, mit besten grüßen, viele grüße, liebe grüße, beste grüße, herzliche grüße, schöne grüße, gruß, grüße, mfg, vg, besten gruß, viele liebe grüße"
THANKING = "danke dank dankeschön merci"
SENT_FROM = "gesendet von meinem, von meinem iphone gesendet, diese nachricht wurde von meinem, gesendet mit"

AUTO_REPLIES = """automatische antwort, automatische nachricht, abwesenheitsnotiz, abwesenheit, autoantwort, ich fahre gerade, fahre gerade auto, bin gerade am fahren, bin gerade nicht erreichbar, nicht erreichbar, bin im meeting, bin in einer besprechung, bin im urlaub, melde mich später, melde mich so bald, nicht stören beim fahren, diese nummer wird nicht gelesen"""

ALLERGENS = {
    "dairy": "veganes, vegane, veganer, pflanzenmilch, pflanzliche milch, pflanzlicher milch, pflanzlich, pflanzendrink, vegane milch, veganer milch, milchfrei, milchalternative, milcheiweiß, milchallergie, kuhmilch, milchprodukte, vegan, veganerin",
    "lactose": "laktose, laktosefrei, laktoseintolerant, laktoseintoleranz, laktoseunverträglichkeit",
    "nuts": "nuss, nüsse, nüssen, nussfrei, nussallergie, erdnussallergie, nussallergiker, nussallergikerin, erdnuss, erdnüsse, schalenfrüchte",
    "gluten": "gluten, glutenfrei, glutenallergie, glutenunverträglichkeit, weizen, zöliakie",
    "soy": "soja, sojaallergie",
    "caffeine": "koffein, koffeinfrei",
}

OWN_ORDER = "eigene bestellung, neue bestellung, weitere bestellung, zweite bestellung, extra bestellung, getrennte bestellung, andere bestellung, separate bestellung, separat, getrennt"

_UNITS = {"ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
_TENS = {
    "zwanzig": 20,
    "dreißig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}
NUMBERS = {
    **{f"{unit}und{tens}": low + high for unit, low in _UNITS.items() for tens, high in _TENS.items()},
    "dreizehn": 13, "vierzehn": 14, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, **_TENS,
    "eins": 1, "zu zweit": 2, "zu dritt": 3, "zu viert": 4, "zu fünft": 5, "zu sechst": 6, "einmal": 1, "1mal": 1, "zwei": 2, "zwo": 2, "zweimal": 2, "2mal": 2, "drei": 3, "dreimal": 3, "3mal": 3, "vier": 4, "viermal": 4, "fünf": 5, "fuenf": 5, "fünfmal": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "fünfzehn": 15, "ein paar": 3, "paar": 3, "ein dutzend": 12, "dutzend": 12, "ein halbes dutzend": 6,
    "doppelt": 2, "doppelten": 2, "doppelte": 2, "dreifach": 3, "halb": 0.5, "halbe": 0.5, "halber": 0.5, "halben": 0.5, "halbes": 0.5, "ein halber": 0.5, "ein halbes": 0.5, "einen halben": 0.5, "eine halbe": 0.5, "die hälfte": 0.5, "die hälfte vom": 0.5, "die hälfte von": 0.5, "die hälfte an": 0.5, "eineinhalb": 1.5, "anderthalb": 1.5, "zweieinhalb": 2.5,
}  # fmt: skip

ORDINALS = {
    "letzte": -1,
    "letzten": -1,
    "letztes": -1,
    "letzter": -1,
    "erste": 1,
    "ersten": 1,
    "erstes": 1,
    "erster": 1,
    "zweite": 2,
    "zweiten": 2,
    "zweites": 2,
    "zweiter": 2,
    "dritte": 3,
    "dritten": 3,
    "drittes": 3,
    "dritter": 3,
    "vierte": 4,
    "vierten": 4,
}


SCORES = {"eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "fuenf": 5}
RATING_PRAISE = "lecker|super|toll|gut|köstlich|perfekt|klasse|spitze|prima|wunderbar|hervorragend|geschmeckt|schmeckt"
RATING_BLAME = (
    "schlecht|furchtbar|schrecklich|eklig|war|zu (?:kalt|heiss|süss|stark|schwach|bitter)"
    "|etwas (?:schwach|kalt|bitter|stark)"
)
RATING_ASKS = "bitte|noch|möchte|hätte gern"
RATING_DEGREES = "sterne?|von"
TEXTING_VERBS = "schreib|schreibe|sende|schick|antworte"


TIMES = {
    "suits": "früher, später, geht, ginge, auch, passt, klappt, es, das, kann, könnte, sein, möglich, wäre, ist, ok, okay, bitte, lieber, vielleicht, ihr, mir, schon, eher",
    "at": "um, so um, gegen, bis um",
    "for": "für, fuer, bis, ab, auf",
    "in": "in etwa, in ca, in ca., in circa, in ungefähr, in so, in, nach",
    "minutes": "minuten, minute, min",
    "hours": "stunden, stunde, std",
    "days": "tagen, tage, tag",
    "noon": "mittags, mittag",
    "midnight": "mitternacht",
    "half_hour": "einer halben stunde, ner halben stunde, einer halben std, halben stunde",
    "quarter_hour": "einer viertelstunde, ner viertelstunde, viertelstunde",
    "one": "einer, ner",
    "oclock": "uhr",
    "am": "früh, morgens, vormittags, vormittag, am vormittag, am morgen",
    "pm": "nachmittags, abends, nachmittag, am nachmittag, am abend",
    "half_before": "halb",
    "quarter_before": "dreiviertel",
    "tomorrow": "morgen",
    "greeting": "morgen, morgen zusammen, morgen allerseits, morgen leute, morgen ihr lieben, morgen liebes team",
    "after_tomorrow": "übermorgen, uebermorgen",
    "later": "später, nachher, heute abend, heute nachmittag, in einer weile, ein andermal",
    "part_of_day": "früh, vormittag, mittag, nachmittag, abend",
    "no_day_after": "guten,gute,guter",
    "far": "nächste woche, naechste woche, nächsten monat, naechsten monat, nächstes jahr",
    "weekdays": "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag",
    "weekday_before": "am, für, nächsten, kommenden, diesen, am nächsten, am kommenden",
    "not_now": "nicht jetzt sondern, nicht jetzt, noch nicht, nicht sofort sondern, nicht sofort, später, erst",
    "past": "gestern, letzte nacht, letzte woche",
    "before_yesterday": "vorgestern",
    "ago_before": "vor",
    "same": "gleiche, gleichen, gleicher, selbe, selben, wieder, nochmal, noch mal, übliche, wie, hatte, bestellt, getrunken",
    "quarter": "viertel",
    "past_hour": "nach",
    "to_hour": "vor",
    "at_once": "so schnell wie möglich, jetzt gleich, jetzt sofort, sofort, gleich, jetzt",
}
