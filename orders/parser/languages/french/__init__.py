"""French words and patterns, as texted in France, Belgium, Switzerland and Canada. They are written without accents and
apostrophes, because the parser removes these from a text before it compares words."""

from orders.parser.languages.french.phrases import PHRASES
from orders.parser.languages.french.sentences import ASKING, AVAILABLE, INDIFFERENT, INTENTS, MESSAGES, TOPICS
from orders.parser.languages.french.vocabulary import COMMON, DESCRIBING, DOUBTFUL, NAMES, THINGS

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

FREE_OF = "vegan vegane"
NORMAL = "normal normale"
MULTIPLIERS = "double doubles triple demi"
DEGREES = "trop tres si tellement"
ASIDE = "à part"
CODE = "fr"
ELIDED = "de"
CUP_ARTICLES = "un une"
LINKING = "de d"
OF_THE = "des"
INSIDE = "dans a au"
THEN = "puis"
REASONS = "parce car cause comme puisque"
BOUNDING = "max maximum minimum dessus dessous"
PERSONS = "je j moi me m mon ma mes nous il elle lui"
THEREFORE = "donc alors"
SPARING = "n'annule pas, n'annulez pas, ne supprime pas, ne supprimez pas, n'enlève pas, n'enlevez pas, ne retire pas, ne retirez pas, n'oublie pas, n'oubliez pas"
NEITHER = "ni"
NOR = "ni"
FEWER = "moins, de moins"
SAME_SIZE = "même taille, la même taille, de la même taille, de même taille, en même taille, aussi grand"
VAGUE = "quelques, plusieurs"
EXCEPTING = "sauf excepté hormis"
OTHER_KINDS = "vert verte verts rouge blanc blanche camomille tilleul verveine"
PEOPLE = "on est, nous sommes, on sera, nous serons"
EVERYTHING = "tout"
PRONOUNS = "celui celle"
SEVERAL_THE = "les"
LABELLING = "mets, mettez, mettre, écris, écrivez, note, notez, marque, marquez"
ON_LABEL = "sur le gobelet, sur la tasse, sur le verre, dessus, sur mon gobelet"
BEFORE_NAME = "sous"
TITLES = "monsieur madame mademoiselle mr mme mlle m dr"
MINE = "le mien, la mienne"
ANOTHER_OF_THEM = "un autre, une autre"
THEIRS = "le sien, la sienne, le leur, la leur"
PREFERRING = "plutôt, plutot, en fait plutôt, finalement plutôt, je préfère, je préférerais, je le préfère"
ALSO = "aussi, également"
MYSELF = "pour moi, pour lui, pour elle"
ARTICLE_COUNTS = True
OF_SOMEBODY = "de d"
ORDINAL_ENDINGS = "er ere e eme"
OPTIONS_FIRST = False
SHORTENED = {"petit": "pt", "moyen": "moy", "grand": "gd grd"}
DOTTED = {"av": "avec", "s": "sans", "moy": "moyen", "gd": "grand", "pt": "petit"}


REACTIONS = """a aimé, a adoré, a beaucoup aimé, n'a pas aimé, na pas aimé, a ri à, a ri de, a ri, a souligné, a mis l'accent sur, a mis en évidence, s'est exclamé, a posé une question sur, s'est interrogé sur, a questionné, a réagi, a ajouté, a mis un, a supprimé, a retiré, a enlevé, a aimé une image, a adoré une image"""

FINISHING = "c'est tout, ce sera tout, ça sera tout, rien d'autre, rien de plus"
SHRUGS = "tant pis, laisse tomber, laissez tomber, oublie, oubliez, pas grave, rien"
KEEPING = "garde, gardez, laisse, laissez, remets, remettez, en fait si, si si, reprends, reprenez, quand même"
KEEPING_IT = "le veux quand même, la veux quand même, le veut quand même, la veut quand même, le veut finalement, le veux finalement, garde le, gardez le, garde-le, gardez-le, garde la, gardez la, garde-la, gardez-la, laisse le, laissez le, laisse-le, laissez-le, remets le, remets-le, remettez-le"
DENYING = "pas le, pas la, pas, non pas"
TAKING_UP = """ajoutez-en un, ajoutez-en une, ajoute-en un, mettez-en un, mettez-en une, mets-en un, je veux bien ça, je prends ça, je voudrais ça, j'aimerais ça, j'en voudrais, j'en veux, avec ce lait, avec ça, oui svp, oui s'il vous plaît, ajoutez le, ajoutez la, ajoute le, ajoute la, ajoutez-le, ajoutez-la, ajoute-le, ajoute-la, ajoutez en, ajoute en, ajoutez-en, ajoute-en, mettez en, mets en, mettez-en, mets-en, mettez m'en, mets m'en, mettez-m'en, mets-m'en,
    oui s'il vous plaît, oui s'il te plaît, oui svp, oui stp, oui volontiers, volontiers, avec ça, j'en veux bien, j'en prends, j'en prends un, j'en prends une, je le prends, je la prends, un comme ça"""
IF_SO = "si oui, si c'est le cas, si vous en avez, dans ce cas"
WITH_IT = "avec ça, avec cela, avec celui-là, avec ce lait, avec"
MEANING = "je voulais dire, je veux dire, j'ai voulu dire"
NORMALLY = (
    "juste normal, normal finalement, plutôt normal, normal en fait, normal c'est bien, normal suffit, pas double"
)
SINGLE = "un simple, juste un simple, juste simple, plutôt simple, simple dose, une seule dose"
FAREWELLS = "bises, bisous, amitiés, cordialement, bien cordialement, bien à vous, sincères salutations, meilleures salutations, salutations distinguées, amicalement, bien amicalement"
THANKING = "merci"
SENT_FROM = "envoyé de mon, envoyé depuis mon, envoyé à partir de"

AUTO_REPLIES = """réponse automatique, message automatique, absence du bureau, absent du bureau, je conduis, je suis au volant, en train de conduire, je ne peux pas parler, pas disponible pour le moment, ne suis pas disponible, en réunion, en congé, en vacances jusqu, je vous répondrai, je te répondrai, vous recontacterai, répondrai dès que"""

ALLERGENS = {
    "dairy": "lait végétal, lait vegetal, boisson végétale, végétal, produits laitiers, protéines de lait, végan, végane, vegan",
    "lactose": "lactose",
    "nuts": "noix, fruits à coque, noisette, noisettes, cacahuète, cacahuètes, arachide, arachides",
    "gluten": "gluten, blé, coeliaque",
    "soy": "soja",
    "caffeine": "caféine",
}

OWN_ORDER = "autre commande, nouvelle commande, commande séparée, deuxième commande, seconde commande, commande à part, à part, séparément"

NUMBERS = {
    "un seul": 1, "une seule": 1, "l'un": 1, "l'une": 1, "l'un d'eux": 1, "l'une d'elles": 1,
    "treize": 13, "quatorze": 14, "seize": 16, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre vingt": 80, "quatre vingts": 80, "septante": 70, "nonante": 90,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "une paire de": 2, "un couple de": 2,
    "une douzaine de": 12, "une douzaine": 12, "douzaine": 12, "une demi douzaine de": 6, "une demi douzaine": 6, "quelques": 3, "double": 2, "triple": 3, "demi": 0.5, "un demi": 0.5, "une demi": 0.5, "un et demi": 1.5, "une et demie": 1.5,
    "moitié de": 0.5, "la moitié": 0.5, "la moitié des": 0.5, "moitié": 0.5,
}  # fmt: skip

ORDINALS = {
    "dernier": -1,
    "derniere": -1,
    "premier": 1,
    "premiere": 1,
    "deuxieme": 2,
    "second": 2,
    "seconde": 2,
    "troisieme": 3,
    "quatrieme": 4,
}


SCORES = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
RATING_PRAISE = "bon|délicieux|parfait|géniale?|excellente?|adoré?"
RATING_BLAME = "mauvaise?|était|dégueulasse|trop|peu (?:froid|amer|fort|chaud|sucré)"
RATING_ASKS = "svp|sil vous|sil te|voudrais|encore"
RATING_DEGREES = "peu"
TEXTING_VERBS = "envoie|envoyez|écris|écrivez|réponds|répondez"


TIMES = {
    "suits": "tôt, tard, plus, avant, c, est, possible, ça, va, marche, irait, serait, peut, être, on, je, vous, pouvez, plutôt, ok, svp, s, il, te, plaît, bon",
    "for": "à, a, pour, vers, avant, dès",
    "in": "dans environ, dans à peu près, dans, ds, d'ici",
    "minutes": "minutes, minute, mins, min, mn",
    "hours": "heures, heure, h",
    "days": "jours, jour",
    "noon": "midi",
    "midnight": "minuit",
    "half_hour": "une demi-heure, une demi heure, demi-heure, demi heure",
    "quarter_hour": "un quart d'heure, quart d'heure",
    "one": "une",
    "hour_one": "une",
    "less_minutes": "moins",
    "oclock": "heures, heure, h",
    "am": "du matin",
    "pm": "de l'après-midi, du soir, de l'après midi",
    "and_half": "et demie, et demi",
    "tomorrow": "demain",
    "after_tomorrow": "après-demain, apres-demain, après demain, apres demain",
    "later": "plus tard, ce soir, cet après-midi, cet après midi, tout à l'heure, une autre fois",
    "part_of_day": "matin, midi, après-midi, après midi, soir",
    "far": "la semaine prochaine, le mois prochain, l'année prochaine",
    "weekdays": "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche",
    "weekday_before": "le, ce, pour",
    "weekday_after": "prochain",
    "not_now": "pas maintenant mais, pas maintenant, pas tout de suite, pas encore, plus tard",
    "past": "hier soir, hier matin, hier, la semaine dernière",
    "before_yesterday": "avant-hier, avant hier",
    "ago_before": "il y a",
    "same": "même, meme, comme, encore, pareil, habitude, avais, commandé, pris",
    "and_quarter": "et quart",
    "less_quarter": "moins le quart, moins quart",
    "at_once": "dès que possible, le plus vite possible, tout de suite, maintenant",
}
