"""Spanish words and patterns, as texted in Spain and the Americas. They are written without accents, because the parser
removes these from a text before it compares words."""

from orders.parser.languages.spanish.phrases import PHRASES
from orders.parser.languages.spanish.sentences import ASKING, AVAILABLE, INDIFFERENT, INTENTS, MESSAGES, TOPICS
from orders.parser.languages.spanish.vocabulary import COMMON, DESCRIBING, DOUBTFUL, NAMES, THINGS

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

NORMAL = "normal normales"
MULTIPLIERS = "doble triple medio media"
FREE_OF = "vegano vegana"
DEGREES = "muy tan demasiado"
CODE = "es"
NO_NEGATES = True
LINKING = "de"
INSIDE = "en a al"
THEN = "luego"
REASONS = "porque por pq xq ya"
BOUNDING = "max maximo maxima minimo mas menos"
PERSONS = "yo me mi mis conmigo nos le"
THEREFORE = "así entonces"
SPARING = "no canceles, no cancele, no cancelen, no anules, no anule, no quites, no quite, no quiten, no borres, no elimines, no elimine, no saques, no saque, no retires, no olvides, no olvide"
NEITHER = "ni"
NOR = "ni"
FEWER = "menos"
SAME_SIZE = "mismo tamaño, el mismo tamaño, del mismo tamaño, de igual tamaño, en el mismo tamaño, igual de grande"
VAGUE = "unos, unas, algunos, algunas, varios, varias"
EXCEPTING = "menos excepto salvo aparte"
ANOTHER_OF_THEM = "otro, otra"
ALONE = "solo"
CUP_ARTICLES = "un una"
OTHER_KINDS = "verde verdes rojo roja blanco blanca manzanilla tila"
PEOPLE = "somos, seremos"
EVERYTHING = "todo"
PRONOUNS = "el la"
SEVERAL_THE = "los las"
LABELLING = "ponle, pon, ponme, pónganle, póngale, ponga, escribe, escriba, apunta"
ON_LABEL = "al vaso, en el vaso, en mi vaso, en la taza, a la taza"
BEFORE_NAME = "bajo"
TITLES = "señor señora sr sra don doña dr dra"
MINE = "el mío, la mía"
THEIRS = "el suyo, la suya, el de ella, el de él, la de ella, la de él"
PREFERRING = "mejor, mejor que sea, lo prefiero, prefiero, que sea mejor"
ALSO = "también"
MYSELF = "para mí, pa mí, para él, para ella"
ARTICLE_COUNTS = True
OF_SOMEBODY = "de"
ORDINAL_ENDINGS = "º ª"
OPTIONS_FIRST = False
SHORTENED = {"pequeño": "peq pqño pqn", "mediano": "med mdno", "grande": "gde grde"}
DOTTED = {"c": "con", "s": "sin", "p": "para", "peq": "pequeño", "med": "mediano", "gde": "grande"}


REACTIONS = """le gusta, le encanta, no le gusta, se ríe de, enfatiza, pregunta por, le gustó, le ha gustado, le encantó, le ha encantado, no le gustó, no le ha gustado, se rió de, se ha reído de, se rió con, enfatizó, ha enfatizado, exclamó, preguntó, preguntó por, ha preguntado por, cuestionó, reaccionó, ha reaccionado, eliminó un, eliminó una, ha eliminado, quitó un, quitó una, indicó que le gusta, ha indicado que le gusta, le gustó una imagen, le encantó una imagen"""

FINISHING = "eso es todo, es todo, nada más, eso sería todo, sería todo"
SHRUGS = "olvídalo, déjalo, nada, mejor no, no importa, da igual"
KEEPING = "deja, deje, dejad, mantén, mantenga, vuelve a poner, otra vez, al final sí, sí quiero, sí que, recupera"
KEEPING_IT = "sí lo quiero, sí la quiero, sí lo quiere, sí la quiere, al final sí lo quiero, al final sí lo quiere, déjalo, déjala, mantenlo, mantenla, lo dejo, la dejo, déjelo, vuelve a ponerlo"
DENYING = "no el, no la, no"
TAKING_UP = """añade uno, añade una, ponle uno, ponle una, quiero eso, quiero esa, quiero ese, me gustaría eso, me gustaría esa, me gustaría ese, la quiero, lo quiero, con esa leche, con esa, con eso, con ese, sí por favor, sí ponle, ponle, añádelo, añádela, añádele, añádemelo, añádemela, añádeselo, agrégalo, agrégala, agrégale, agrégaselo, pónselo, pónsela, pónmelo, pónmela, ponlo, ponla, ponme uno, ponme una, sí por favor, sí porfa,
    con eso, eso por favor, dame uno, dame una, me lo pones, me la pones, quiero uno, quiero una"""
IF_SO = "si es así, en ese caso, en caso afirmativo"
WITH_IT = "con esa, con eso, con ese, con ella, con esa leche"
MEANING = "quise decir, quería decir, me refería a, digo"
NORMALLY = "mejor normal, solo normal, normal mejor, uno normal, normal está bien, normal otra vez, no doble"
SINGLE = "sencillo, solo sencillo, mejor sencillo, carga sencilla, una carga, simple"
FAREWELLS = (
    "saludos, un saludo, saludos cordiales, un cordial saludo, atentamente, cordialmente, muchos saludos, un abrazo"
)
THANKING = "gracias"
SENT_FROM = "enviado desde mi, enviado desde"

AUTO_REPLIES = """respuesta automática, mensaje automático, contestador automático, fuera de la oficina, estoy conduciendo, estoy manejando, no puedo hablar ahora, no estoy disponible, en una reunión, estoy de vacaciones, me pondré en contacto, te responderé en cuanto, responderé lo antes posible"""

ALLERGENS = {
    "dairy": "leche vegetal, bebida vegetal, leche vegana, lácteos, lácteo, proteína de leche, vegano, vegana",
    "lactose": "lactosa",
    "nuts": "nuez, nueces, frutos secos, cacahuete, cacahuetes, maní",
    "gluten": "gluten, trigo, celíaco, celíaca",
    "soy": "soja, soya",
    "caffeine": "cafeína",
}

OWN_ORDER = "otro pedido, nuevo pedido, pedido nuevo, pedido aparte, segundo pedido, pedido separado, aparte, por separado, otra orden, nueva orden"

NUMBERS = {
    "trece": 13, "catorce": 14, "dieciséis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veintiuno": 21, "veintiún": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "treinta y": 30, "cuarenta y": 40, "cincuenta y": 50, "sesenta y": 60, "setenta y": 70, "ochenta y": 80, "noventa y": 90,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20, "un par de": 2, "un par": 2, "par de": 2,
    "una docena de": 12, "una docena": 12, "docena": 12, "media docena": 6, "media docena de": 6, "unos cuantos": 3, "doble": 2, "triple": 3, "medio": 0.5, "media": 0.5, "la mitad": 0.5, "la mitad de": 0.5, "la mitad del": 0.5, "mitad de": 0.5, "con la mitad de": 0.5, "uno y medio": 1.5, "una y media": 1.5, "dos y medio": 2.5,
}  # fmt: skip

ORDINALS = {
    "ultimo": -1,
    "ultima": -1,
    "primero": 1,
    "primera": 1,
    "primer": 1,
    "segundo": 2,
    "segunda": 2,
    "tercero": 3,
    "tercera": 3,
    "cuarto": 4,
    "cuarta": 4,
}


SCORES = {"uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5}
RATING_PRAISE = "rico|riquísimo|delicioso|bueno|buenísimo|excelente|perfecto|genial|increíble|encantó|gustó"
RATING_BLAME = "malo|malísimo|estaba|estuvo|fría|demasiado|poco (?:frío|amargo|dulce|fuerte|caliente)"
RATING_ASKS = "por favor|quiero|quisiera|otro|otra"
RATING_DEGREES = "poco"
TEXTING_VERBS = "envía|escribe|responde|manda"


TIMES = {
    "suits": "antes, más, temprano, tarde, puede, podría, ser, se, es, sería, posible, está, bien, vale, para, que, sea, me, va, mejor, por, favor",
    "at": "para las, para la, a las, a la, sobre las, hacia las, antes de las, desde las",
    "for": "para, sobre, hacia",
    "in": "en unos, en unas, en más o menos, en, dentro de unos, dentro de, de aquí a",
    "minutes": "minutos, minuto, mins, min",
    "hours": "horas, hora",
    "days": "días, dias, día, dia",
    "noon": "al mediodía, al mediodia, a mediodía, a mediodia, mediodía, mediodia",
    "midnight": "a medianoche, medianoche",
    "half_hour": "media hora, una media hora",
    "quarter_hour": "un cuarto de hora, cuarto de hora",
    "one": "una",
    "hour_one": "una",
    "and_minutes": "y",
    "less_minutes": "menos",
    "oclock": "en punto, horas",
    "am": "am, a.m., a.m, de la mañana",
    "pm": "pm, p.m., p.m, de la tarde, de la noche",
    "and_half": "y media",
    "tomorrow": "mañana",
    "after_tomorrow": "pasado mañana",
    "later": "más tarde, mas tarde, esta tarde, esta noche, en un rato, otro día",
    "part_of_day": "por la mañana, por la tarde, por la noche, temprano",
    "no_day_after": "la,esta,buena",
    "far": "la próxima semana, la semana próxima, la semana que viene, el mes que viene, el próximo mes",
    "weekdays": "lunes, martes, miércoles, jueves, viernes, sábado, domingo",
    "weekday_before": "el, para el, el próximo, este, para",
    "weekday_after": "que viene, próximo",
    "not_now": "ahora no sino, ahora no, no ahora, todavía no, aún no, más tarde",
    "past": "ayer, anoche, la semana pasada",
    "before_yesterday": "anteayer, antes de ayer",
    "ago_before": "hace",
    "same": "mismo, misma, igual, otra vez, de siempre, como, tomé, pedí",
    "and_quarter": "y cuarto",
    "less_quarter": "menos cuarto",
    "at_once": "lo antes posible, cuanto antes, ahora mismo, ya mismo, ahora, ya",
}
