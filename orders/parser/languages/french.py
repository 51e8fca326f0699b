"""French words and patterns, as texted in France, Belgium, Switzerland and Canada. They are written without accents and
apostrophes, because the parser removes these from a text before it compares words."""

from orders.parser.atoms import Kind
from orders.parser.reading import Intent, TopicKind

FREE_OF = "vegan vegane"
DOUBTFUL = "assez jamais rien contre sauf moins laisse laissez arrête arrêté évite sans ne"
DESCRIBING = "roux complet frais fraîche fraiche bio chaud chaude mousseux fondu fondue grillé grillée crémeux crémeuse bon bonne vrai vraie maison léger"
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

PHRASES = {
    Kind.ARTICLE: "un, une, l'un, l'une",
    Kind.THE: "le, la, les, l, mon, ma, mes, ce, cet, cette, ces, notre, nos, votre, ton, ta, son, sa",
    Kind.DROP: """enlevez en, enlève en, enlève m'en, enlevez m'en, retirez en, retire en, annulez en, annule en, supprimez en, supprime en, annule, annulez, annuler, annule le, annule la, annulez le, annulez la, annuler le, annuler la, supprime, supprimez, supprimer, supprime le, supprimez le, supprime la, supprimez la, enlève, enlève le, enlève la, enlevez, enlevez le, enlevez la, enlever, enlever le, enlever la, retire, retire le, retire la, retirez, retirez le, retirez la, retirer, retirer le, retirer la, oublie le, oublie la, oubliez le, oubliez la, je ne veux plus de, je ne veux plus le, je ne veux plus la, je veux plus le, je veux plus la, laissez tomber le, laissez tomber la, laisse tomber le, laisse tomber la""",
    Kind.NO: """❌, 🚫, je n'ai plus besoin de, je n'ai plus besoin du, je n'ai plus besoin d'un, j'ai plus besoin du, n'ai plus besoin du, plus besoin de, plus besoin du, pas besoin de, pas besoin du, je n'ai pas besoin de, je n'ai pas besoin du, on n'a plus besoin du, nous n'avons plus besoin du, qu'il ne soit pas, ne soit pas, sans, sans le, sans la, sans les, ss, s/, pas de, pas d, pas du, pas, pas le, pas la, aucun, aucune, ni, plus de, plus du, non pas, je ne veux pas de, je veux pas de, je ne veux pas, je veux plus de,
        ne mettez pas de, mets pas de, mettez pas de, évitez, évitez le, évitez la, évitez les, évite, évite le, évite la, éviter, éviter le, éviter la, sauf, tout sauf, tout sauf le, tout sauf la,
        tout sauf du, tout sauf de la, n'importe quoi sauf, excepté, hormis, à part, à l'exception de, laissez tomber, n'ajoutez pas de, n ajoutez pas de, n'ajoute pas de, ajoutez pas de, ajoute pas de,
        n'ajoutez pas, ne mets pas de, ne mettez pas, ne mettez surtout pas de, surtout pas de, surtout pas, surtout pas le, surtout pas la, jamais de, jamais, zéro, ôtez, ôtez le, ôtez la, exclure, excluez,
        excluez le, excluez la, omettez, omettez le, omettez la, enlevez moi, rien avec, ni de""",
    Kind.LIGHT: "le moins possible de, de moins, un peu de, un peu d, peu de, peu, très peu, très peu de, un petit peu de, légèrement, léger en, moins de, moins, une touche de, un soupçon de, une goutte de, un nuage de, pas trop de, pas beaucoup de, une pincée de, un doigt de",
    Kind.EXTRA: "extra, beaucoup de, plus, davantage de, plein de, bien de, supplément, supplément de, un supplément de, en plus, très, double dose de, une bonne dose de",
    Kind.UNIT: "cuillère de, cuillères de, cuillère à café de, cuillerée de, sachet de, sachets de, sachet, sachets, morceau de, morceaux de, morceau, morceaux, portion de, portions de, dose de, doses de, tranche de, tranches de, boule de, boules de, pompe de, pompes de",
    Kind.TIMES: "x, ×, fois",
    Kind.AND: "et, &, +, plus un, plus une, puis, et puis, ainsi que, et aussi, avec aussi",
    Kind.BUT: "mais, cependant, par contre",
    Kind.OUT: "est haram, n'est pas halal, n'est pas casher, n'est plus nécessaire, plus nécessaire, pas nécessaire, n'est pas nécessaire, finalement non, non finalement, non merci, pas du tout, à enlever, à retirer, en moins",
    Kind.REFUSES: """trop de, trop d, beaucoup trop de, déjà trop de, déjà assez de, ne peux pas boire de, ne peux pas boire, peux pas boire de, ne peux pas prendre de, peux pas prendre de, ne peux pas manger de, ne peux pas avoir de, ne peut pas boire de, ne peut pas manger de, ne bois pas de, bois pas de, ne mange pas de, mange pas de, ne prends pas de, prends pas de, ne bois jamais de, ne prends jamais de, prends jamais de, ne mange jamais de,
        ne supporte pas le, ne supporte pas la, ne supporte pas les, ne supporte pas, supporte pas le, supporte pas la, supporte pas, ne tolère pas le, ne tolère pas la, ne tolère pas, ne digère pas le, ne digère pas la, ne digère pas, n'aime pas le, n'aime pas la, n'aime pas, aime pas le, aime pas la, aime pas, déteste, déteste le, déteste la, allergique au, allergique aux, allergique à la, allergique à l, allergique à, intolérant au, intolérante au, intolérant à, intolérante à, sensible au, sensible à, me donne des boutons, me fait mal, ne me réussit pas, pas droit au, pas droit à""",
    Kind.OR: "ou",
    Kind.WITH: "pas sans, jamais sans, surtout pas sans, sur, avec, avec du, avec de la, avec de, avec le, avec un, avec une, avec des, av, au, à la, à l, aux, en, mais avec, fait avec, dans",
    Kind.ALL: "tout, tous, toutes, les deux, tous les deux, toutes les deux, chacun, chacune, chaque, tous les trois, les trois, les quatre, toute, le tout",
    Kind.REST: "l'autre, les autres, les deux autres, les trois autres, les quatre autres, les cinq autres, le reste, lautre",
    Kind.NTH: "au premier, au deuxième, au second, au troisième, au dernier, à la première, à la deuxième, à la seconde, à la dernière, le premier, la première, le deuxième, la deuxième, le second, la seconde, le troisième, la troisième, le dernier, la dernière",
    Kind.SAME: "la même chose, le même, la même, pareil",
    Kind.ANOTHER: "un autre, une autre, encore un, encore une, un de plus, une de plus, un deuxième, une deuxième, le même mais, la même mais, la même chose mais, pareil mais, le même en, la même en, le même avec, la même avec, et le même, et la même, et la même chose, et pareil, et le même mais, et la même mais, et la même chose mais, et pareil mais, et le même en, et la même en, et le même avec, et la même avec",
    Kind.COMMA: "virgule",
    Kind.STOP: "point",
    Kind.OF_THEM: "des trois, des quatre, des cinq, des six, des sept, des huit, des neuf, des dix, d'entre eux, d'entre elles, des deux, parmi eux, dont, d'entre nous, de nous",
    Kind.IT: "le sien, la sienne, le leur, la leur, ça, cela, la commande, ma commande, mon café, ma boisson, le mien, la mienne, moi",
    Kind.PLAIN: "nature, sans rien, tel quel, sans rien dedans, normal tout court",
    Kind.FOR: "pour, pr",
    Kind.CALLED: "le nom pour la commande est, nom pour la commande est, mon nom pour la commande est, nom pour la commande, le nom de la commande est, le prénom pour la commande est, la commande est pour, la commande est au nom de, de la part de, merci de la part de, noms, prénoms, récupéré par, récupérés par, les noms sont, noms sont, nos noms sont, les prénoms sont, on s'appelle, mauvais nom, le mauvais nom, mauvais prénom, nom mal écrit, mal écrit mon nom, mal écrit mon prénom, pas mon nom, pas mon prénom, ce n'est pas mon nom, ce n'est pas mon prénom, changez le nom en, change le nom en, changer le nom en, je m'appelle, mon nom est, mon nom, nom, le nom est, mon prénom est, prénom, au nom de famille, au nom de, appelez moi, mon nom c'est",
    Kind.AS_NAME: "le récupère, la récupère, les récupère, vient le chercher, vient les chercher, passe le prendre, passe les prendre, passera le prendre, passera les prendre, viendra le chercher, viendra les chercher, comme nom, comme prénom, pour le nom, pour nom, en nom",
    Kind.BEING: "c'est, je suis, voici, moi c'est",
    Kind.ONLY: """juste, juste le, juste la, juste les, juste du, juste de la, juste avec, juste avec les, juste avec la, juste avec le, seulement, uniquement, rien que, garde juste, gardez juste, garde seulement, gardez seulement, garde que, gardez que, ne garde que, ne gardez que, garde uniquement, gardez uniquement""",
    Kind.ADD: "j'ai oublié de dire, j'ai oublié, j'avais oublié, j'oubliais, encore, ajoute, ajoutez, ajouter, rajoute, rajoutez, rajouter, mets aussi, mettez aussi, aussi, également, en plus de ça, ajoutez y",
    Kind.MAKE: """fais le, faites le, fais la, faites la, mets le, mettez le, plutôt, finalement, finalement plutôt, change le en, changez le en, change en, changez en, changer en, change pour, changez pour, changer pour,
        passe le en, passez le en, passe à, peut il être, pouvez vous le faire, vous pouvez le faire, tu peux le faire, je le veux, je la veux, je le préfère, je préfère, je préférerais, que ce soit, en fait plutôt, plutot""",
    Kind.SWAP: "remplacé, remplacée, échangé, échangée, change, changez, changer, remplace, remplacez, remplacer, échange, échangez, échanger, remplace le, remplace la, remplacez le, remplacez la, remplacer le, remplacer la, change le, change la, changez le, changez la, changer le, changer la, peux tu changer, pouvez vous changer",
    Kind.TO: "par, par un, par une, contre, contre un, contre une, pour un, pour une",
    Kind.INSTEAD: "à la place, au lieu",
    Kind.INSTEAD_OF: "au lieu de, au lieu du, au lieu d, à la place de, à la place du, plutôt que, plutôt qu'un, plutôt qu'une",
    Kind.CORRECT: "c'est l'inverse, ah non c'est l'inverse, non c'est l'inverse, à l'inverse, c'est le contraire, non l'inverse, pardon, désolé, désolée, attends, attendez, je voulais dire, je veux dire, oups, correction, en fait, euh non, ah non, oh non, ah non pardon, non pardon, non attends, non attendez, je me suis trompé, je me suis trompée, j'ai changé d'avis, tout compte fait",
    Kind.ASK: """jpourrais avoir, jpourrai avoir, jpeux avoir, j peux avoir, jpourrais, jprendrais, jprendrai, jprends, jveux, jveux bien, jvoudrais, jaimerais, jvais prendre, il en faut, il nous faut, il nous en faut, il m'en faut, nous avons besoin de, on a besoin de, je voudrais, je veux, j'aimerais, j aimerais, je prends, je prendrai, je prendrais, je vais prendre, je souhaite, je souhaiterais, je désire, est ce que je peux avoir, puis je avoir, pourrais je avoir, je peux avoir, peux tu me faire, pouvez vous me faire,
        on voudrait, on aimerait, on prend, on va prendre, nous voudrions, nous aimerions, nous prenons, donne moi, donnez moi, mets moi, mettez moi, apporte moi, apportez moi, fais moi, faites moi, il me faut, il me faudrait, j'ai besoin de, commander,
        je commande, je voudrais commander, j'aimerais commander, pour moi, ce sera, ça sera, ça serait, prendre, avoir, j'ai envie de, j'ai envie d'un, j'ai envie d'une, envie d'un, envie d'une, servez moi, peut on avoir, pourrait on avoir, je peux prendre, que diriez vous de, je bois, boire""",
    Kind.HERE: "ici",
    Kind.WANTS: "veut, voudrait, prend, prendra, aimerait, souhaite, va prendre, boit, désire",
    Kind.FILLER: """allo, du coup, allô, on est, nous sommes, on sera, nous serons, au total, pas de problème, pas de souci, aucun problème, encore une chose, autre chose, une dernière chose, bjr, slt, bsr, seul, seule, pls, plz, thx, s'il vous plaît, s'il te plaît, svp, stp, merci, merci beaucoup, merci d'avance, bonjour, salut, coucou, bonsoir, hello, hey, ok, okay, d'accord, suffit, suffisent, suffira, bon, bien, alors, oui, ouais, maintenant, aujourd'hui, vite, si possible, si vous avez, si vous en avez, si tu as, si tu en as, si tas, quand vous pouvez,
        à emporter, sur place, c'est tout, ce sera tout, rien d'autre, ce serait super, ce serait parfait, super, parfait, boisson, boissons, tasse, tasses, verre, gobelet, taille, type, genre, sorte, goût, parfum, bonne journée, cordialement, du, de la, de,
        d, des, de l, dedans, dessus, dessous, j, je, tu, vous, nous, on, me, te, moi aussi, monsieur, madame, messieurs, que, qui, y, ne, n, haha, lol, cher, chère, format, à tous""",
    Kind.TIME: "min, minute, minutes, heure, heures, h, secondes, euros, personnes, degrés, °, degré, degrés celsius, celsius, ans",
    Kind.IF_NOT: "sinon, si pas de, si pas, si vous n avez pas, si vous avez pas, si tu n as pas, s il n y a pas, s il y a pas, à défaut",
    Kind.MEASURE: "percent, pour cent, ml, cl, litre, millilitres, oz",
    Kind.PLACE: "table, stand, salle, rang, rangée, allée, étage, place, siège, porte, table numéro, salle numéro, stand numéro",
    Kind.COMMON: "j'ai froid, g froid, j'ai trop froid, il fait froid, fait froid, fait trop froid, j'ai chaud, il fait chaud, si c'est en double, si en double, envoyé en double, que d'habitude, que la normale, que normal, en retard, trop tard, plus tard, un peu en retard, un peu plus tard, je suis en retard",
    Kind.NOTE: """coeliaque, cœliaque, diabétique, enceinte, végane, végan, vegan, végétarien, végétarienne, attention aux, attention à, sans gluten, sans noix, lait végétal, boisson végétale, lait vegan, lait végane, sans produits laitiers""",
    Kind.ALLERGY: "allergie, allergies, allergique, allergiques, intolérant, intolérante, intolérance, intolérances, anaphylaxie, choc anaphylactique, urticaire, migraine, migraines, mal de tête, mal à la tête, mal de ventre, mal au ventre, mal à l'estomac, mal d'estomac, diarrhée, nausée, nausées, ballonnements, brûlures d'estomac, me tue, me tuent, me tuer, me tuerait, me tueraient, mauvais pour moi, pas bon pour moi, pas possible pour moi, pas pour moi, me sont interdits, me sont interdites, m'est interdit, m'est interdite, interdit pour moi, interdite pour moi, me rend malade, me rendent malade",
    Kind.REMARK: """lait de noix, lait de fruits à coque, température normale, à température normale, température ambiante, avec tout, bien cuit, bien cuite, à point, saignant, saignante, croustillant, à côté, sur le côté, pas trop sucré, pas trop sucrée, pas très sucré, pas très sucrée, peu sucré, peu sucrée, moins sucré, moins sucrée, légèrement sucré, légèrement sucrée, bien sucré, trois quarts plein, à moitié plein, pas trop plein, bien frais, dans ma propre tasse, ma propre tasse, dans mon propre gobelet, mon propre gobelet, sans couvercle, avec couvercle, sans paille,
        après la keynote, après le keynote, avant la keynote, avant le keynote, pendant la keynote, pendant le keynote, à la keynote, après keynote,
        avant keynote, pendant keynote, après la conférence, après le conférence, avant la conférence, avant le conférence, pendant la conférence,
        pendant le conférence, à la conférence, après conférence, avant conférence, pendant conférence, après la session, après le session, avant la session,
        avant le session, pendant la session, pendant le session, à la session, après session, avant session, pendant session, après la pause, après le pause,
        avant la pause, avant le pause, pendant la pause, pendant le pause, à la pause, après pause, avant pause, pendant pause, après la pause déjeuner,
        après le pause déjeuner, avant la pause déjeuner, avant le pause déjeuner, pendant la pause déjeuner, pendant le pause déjeuner, à la pause déjeuner,
        après pause déjeuner, avant pause déjeuner, pendant pause déjeuner, après la pause café, après le pause café, avant la pause café, avant le pause café,
        pendant la pause café, pendant le pause café, à la pause café, après pause café, avant pause café, pendant pause café, après la déjeuner,
        après le déjeuner, avant la déjeuner, avant le déjeuner, pendant la déjeuner, pendant le déjeuner, à la déjeuner, après déjeuner, avant déjeuner,
        pendant déjeuner, après la atelier, après le atelier, avant la atelier, avant le atelier, pendant la atelier, pendant le atelier, à la atelier,
        après atelier, avant atelier, pendant atelier, après la réunion, après le réunion, avant la réunion, avant le réunion, pendant la réunion,
        pendant le réunion, à la réunion, après réunion, avant réunion, pendant réunion""",
}  # fmt: skip

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

#: Questions about the event that no menu answers.
_OF_EVENT = (
    "ou (est|sont|se trouve|se trouvent|est ce que se trouve) (le |la |les |l |un |une |donc )*(UNKNOWN|salle|hall|scene|keynote|conference|session|atelier|entree|sortie|dejeuner|accueil|inscription|escalier|ascenseur|hotel|bus|train|fete|diner)"
    "|(quand|a quelle heure|jusqua quand|combien de temps) (est|sont|commence|commencent|finit|dure|est ce que commence|a lieu|ont lieu|y a t il) (le |la |les |l |un |une )*(UNKNOWN|keynote|conference|session|atelier|dejeuner|repas|fete|diner|petit dejeuner|pause|evenement|panel|inscription)"
    "|(dou|de quel pays) (UNKNOWN|[a-z]+)"
    "|(venez|viens|vient|viennent) (vous |tu )?dou"
    "|comment (je vais|on va|aller|acceder|se rendre|sinscrire|se connecter)"
    "|(qui parle|qui intervient) (maintenant|ensuite|apres|a [0-9]+)"
)

INTENTS = (
    (Intent.QUESTION, f"({_OF_EVENT})"),
    (Intent.QUESTION, "^(bonjour |salut |et |, )*est ce que (le |la |l |les |un |une |votre )*(OPTION )*DRINK (OPTION |a |au |avec )*(est|sont|peut etre) (OPTION|sans( UNKNOWN| [a-zA-Z]+){1,4})( \\?)?$"),
    (Intent.QUESTION, "^(bonjour |salut |et |, )*(le |la |l |les |un |une |votre )*(OPTION )*DRINK (OPTION |a |au |avec )*(est|sont|peut etre) (il |elle |tres |vraiment )*(OPTION|fort|forte|sucre|sucree|sans( UNKNOWN| [a-zA-Z]+){1,4}) \\?$"),
    (Intent.ORDER, "(tout|tous|toutes) (avec |en |au |a )?OPTION (sauf|excepte|a part) (le |la |les )?DRINK"),
    (Intent.QUESTION, "difference (entre|avec) (un |une |le |la |l )*DRINK( (et|ou) (un |une |le |la |l )*DRINK)?"),
    (Intent.UNDO, "^(je voulais dire |je veux dire |non |attends |attendez |desole |desolee |pardon |svp |, )*(annule(z)? (le|ce|mon dernier) changement|reviens en arriere|revenez en arriere|(laisse|laissez|garde|gardez|remets|remettez) (comme|tout comme) (avant|c etait)|comme avant|comme c etait( avant)?|oublie(z)? (le|ce) changement)( svp| merci| desole)*$"),
    (Intent.UNDO, "^(je voulais dire |je veux dire |non |attends |attendez |desole |desolee |pardon |svp |, )*((n )?(annule|annulez|annuler|supprime|supprimez) (pas|rien)|ne (l )?annule(z)? pas|garde(z)? (la|ma) commande|je (la|le) garde|finalement je (la|le) garde)( svp| merci| desole)*$"),
    (Intent.UNCLEAR, "(jhesite|hesite|hesitons|choisir|decider) entre (un |une |le |la )*DRINK (et|ou) (un |une |le |la )*DRINK"),
    (Intent.UNCLEAR, "(pas (changer|remplacer|echanger)|(change|changez|remplace|remplacez|echange|echangez) pas) (le |la |l |les |mon |ma |ce |DRINK |OPTION )+(en|pour|par|contre|avec)"),
    (Intent.UNCLEAR, "(n )?(annulez|annule|supprimez|supprime) (pas|rien)"),
    (Intent.UNCLEAR, "ne (annulez|annule|supprimez|supprime) (pas|rien)"),
    (Intent.FORGET, "(oubliez|oublie|oublier) (moi|mes donnees|mon numero|tout sur moi|mon nom)"),
    (Intent.FORGET, "(supprimez|supprime|effacez|efface|supprimer|effacer) (toutes )?(mes (donnees|messages|informations|infos)|mon (numero|nom|compte))"),
    (Intent.MY_DATA, "(quelles|quoi|que|qu) ... (donnees|infos|informations) ... (avez|gardez|conservez|stockez|as)"),
    (Intent.MY_DATA, "(que savez vous|que sais tu|vous savez quoi|quest ce que vous (savez|gardez)) (de|sur) moi"),
    (Intent.MY_DATA, "^mes donnees$"),
    (Intent.MY_DATA, "(montrez|montre|envoyez|envoie) (moi )?mes donnees"),
    (Intent.MY_DATA, "(rgpd|confidentialite|protection des donnees)"),
    (Intent.STOP, "(arretez|arrete|cessez) (de m(ecrire|envoyer)|les (messages|sms|textos))"),
    (Intent.STOP, "(plus de|pas de|aucun) (messages|sms|textos)"),
    (Intent.STOP, "(desabonner|desinscrire|desinscription|me desabonner)"),
    (Intent.SUPPORT, "(parler|discuter|echanger) (a|avec) (une |un |le |la |l )?(personne|quelquun|humain|agent|responsable|vrai|vraie|employe|employee|serveur|barista|equipe|lequipe)"),
    (Intent.SUPPORT, "(vraie|vrai) (personne|humain)"),
    (Intent.SUPPORT, "(plainte|reclamation|plaindre|remboursement|rembourser|rembourse|degueulasse|degoutant|imbuvable|affreux|horrible|renverse|inacceptable|scandaleux)"),
    (Intent.SUPPORT, "(mauvais|mauvaise|pas le bon|pas la bonne) (DRINK|CATEGORY|commande|cafe|boisson|nom|lait|taille|OPTION)"),
    (Intent.SUPPORT, "(mon|ma|le|la|ce|cette) (DRINK|CATEGORY|cafe|boisson|commande) (est|etait|a un gout) (trop |tres |vraiment |tout |un peu |pas )*(OPTION|froid|froide|mauvais|mauvaise|amer|amere|brule|tiede|sucre|bizarre|faux|fausse|bon|bonne|chaud|chaude)"),
    (Intent.SUPPORT, "(ce n?est pas|cest pas) (ce que|celui que|celle que) ... (commande|demande|voulais)"),
    (Intent.SUPPORT, "^(humain|personne|agent|conseiller|responsable|equipe)$"),
    (Intent.CANCEL, "(peux|puis|dois|devons|pouvons|pouvez|peut|voudrais|veux|aimerais|souhaite|voudrait) (je |vous |tu |on |nous )?annuler$"),
    (Intent.CANCEL, "^(annule|annuler|annulez|annulation|laisse tomber|laissez tomber|oublie|oubliez|tant pis|finalement non|non finalement|plutot pas|rien finalement|finalement rien)$"),
    (Intent.CANCEL, "(annule|annuler|annulez|supprime|supprimez|supprimer|oublie|oubliez|enleve|enlevez|enlever|retirez) (tout|ca|cela|le|la|les|la commande|ma commande|les deux|toute la commande|mon cafe|mon DRINK|le tout|tous|toutes|la)( svp| stp| merci)?$"),
    (Intent.CANCEL, "(je )?(ne |n )?(veux|voulons|veut|ai) (plus|pas) (rien|de ca|ca|de cafe|mon cafe|ma commande|la commande|besoin|mon DRINK|de tout)?$"),
    (Intent.CANCEL, "(je )?(dois|doit) (y aller|partir|filer)$"),
    (Intent.ORDER, "(OPTION ... DRINK|DRINK ... OPTION) ... (comme dhab|comme dhabitude|comme toujours|comme d hab)"),
    (Intent.ORDER, "(comme dhab|comme dhabitude|comme toujours|comme d hab) ... (OPTION ... DRINK|DRINK ... OPTION)"),
    (Intent.USUAL, "(comme dhabitude|comme la derniere fois|comme hier|comme avant|comme toujours|la meme chose|le meme que|le meme quhier|mon habituel|lhabituel|meme commande|encore la meme chose)"),
    (Intent.USUAL, "^(la meme|le meme|pareil|idem|encore|la meme chose|meme chose|comme dhabitude)$"),
    (Intent.USUAL, "^(la meme chose|le meme|la meme|pareil|meme chose)( mais| avec| sans| en) "),
    (Intent.ORDER, "est ce que (je|on|nous|vous|tu) (peux|peut|pouvons|pouvez|pourrais|pourrait|pourrions|pourriez|puis) (vous |te |me |nous )?(avoir|prendre|commander|demander|faire|preparer|mettre|servir|donner|apporter|recevoir) ((un|une|deux|trois|quatre|cinq|six|[0-9]+) (OPTION |petit |petite )*DRINK|(le |la |l |du |de |de la |de l |d |des |un |une )?OPTION)"),
    (Intent.QUESTION, "(combien|quelle quantite) (de |d )?(OPTION|GROUP) (dedans|il|y|dans|ca|cela|contient|est|a)"),
    (Intent.QUESTION, "(quy a t il|quest ce quil y a|il y a quoi) (dans|dedans)"),
    (Intent.QUESTION, "(vous |tu |ca )?(ouvrez|fermez|ouvre|ferme|fermes) (a |jusqua |vers )?quelle heure"),
    (Intent.QUESTION, "(wifi|wi fi|internet|mot de passe|toilette|toilettes|wc|parking|vestiaire|vestiaires|prise electrique|chargeur|espace fumeur)"),
    (Intent.QUESTION, "(ou|comment|quand) (est ce quon |est ce que je |dois je |puis je |peut on |on |je |faut il )*(paye|payer|paie|regler|regle)"),
    (Intent.QUESTION, "(est il|est elle|cest|est ce) (tres |vraiment )*(OPTION|fort|forte|sucre|sucree|amer) (ce|cette|le|la|un|une)"),
    (Intent.STATUS, "(il|elle|ca|ils) (est|sont|en est) ou"),
    (Intent.STATUS, "(combien de temps|dans combien|quand (est|sera|seront|est ce|puis|cest|vient|arrive)|cest pour quand|encore longtemps|cest long|a quelle heure (est|sera))"),
    (Intent.STATUS, "(ou (est|en est|sont|en sont|puis|dois|faut|se trouve|je|cest)|ou ca en est|quen est il)"),
    (Intent.STATUS, "(est|sont|cest|sera) (elle|il|ce|ma|mon|la|le|que|DRINK|commande|cafe|deja|bientot| )*(pret|prete|prets|pretes|fini|finie|termine)"),
    (Intent.STATUS, "(bientot|deja|enfin) (pret|prete|prets|fini)"),
    (Intent.STATUS, "(statut|status|avancement|file dattente|temps dattente|ma place dans la file|suivi)"),
    (Intent.STATUS, "(il y a|y a t il|ya|y a) (beaucoup |bcp |la |une |trop |de |longue )*(dattente|attente|queue|file|monde)|(lattente|la queue|la file) (est|cest)"),
    (Intent.STATUS, "combien ... (avant moi|devant|commandes|personnes)"),
    (Intent.STATUS, "(jattends|on attend|jattend) (toujours|encore|depuis|mon|ma)"),
    (Intent.STATUS, "(avez|as) (vous|tu) ... (recu|commence|eu) (ma|mon|la)"),
    (Intent.ORDER, "(un|une|NUMBER) ... DRINK ... (le|la|les) plus OPTION que (vous|tu)"),
    (Intent.ORDER, "(un|une|NUMBER) DRINK ... (le|la|les) plus OPTION que (vous|tu)"),
    (Intent.MENU, "^(menu|carte|la carte|le menu|choix|options|liste|boissons|quoi dautre)$"),
    (Intent.MENU, "(voir|montre|montrez|envoie|envoyez|avez vous|vous avez|il y a|as tu|tu as|donne|donnez|ou est|quelle est|quel est) (moi )?(le |la |un |une |votre |les |ta |ton )*(menu|carte|choix|options|liste)"),
    (Intent.QUESTION, "((ou|comment|quand|on|je|est ce que|puis) ... (paie|paye|regle|regler|payer)|(on|je) (paie|paye|regle)|(prenez|acceptez|prends|acceptes) (vous |tu )?(la |les |des |une |le |l )*(cartes?|cb|especes|liquide|apple pay|google pay|paypal|cartes? bancaires?))"),
    (Intent.MENU, "(quest ce que|que|quoi|quavez|quest ce quil|quest ce quon) ... (avez|proposez|as|propose|servez|y a|faites|peut|puis|a|boire|commander|prendre|choix|carte)( vous| tu| de bon| comme| a boire| CATEGORY| GROUP| je| on)*"),
    (Intent.MENU, "(vous avez|tu as|il y a|avez vous|ya) quoi"),
    (Intent.MENU, "(quel|quels|quelle|quelles) (sont |est |types? de |sortes? de |les |le |la |vos |autres )*(GROUP|CATEGORY|OPTION|DRINK|boissons|cafes|laits|gouts|parfums|tailles|choix)"),
    (Intent.QUESTION, "^(cest|est ce|est ce que cest|il est|elle est|c est) (sans gluten|vegan|vegetarien|halal|casher|sans noix|gratuit)"),
    (Intent.QUESTION, "(avez|as|faites|vendez|servez|proposez) (vous|tu)"),
    (Intent.QUESTION, "(vous avez|tu as|vous faites|il y a|y a t il|est ce que|yatil|reste t il|il reste|vous vendez|vous servez|vous proposez|vous etes|etes vous|es tu|tu es)"),
    (Intent.QUESTION, "(contient|contiennent|y a til) (du |de la |des |le |la |un |une )*(DRINK|OPTION|gluten|lactose|lait|sucre|cafeine|noix|UNKNOWN)"),
    (Intent.QUESTION, "(cest quoi|quest ce que|quest ce quun|quest ce quune) (quoi |cest )?(un |une |le |la )*(DRINK|OPTION|MENU|vegan|gratuit|halal|sans gluten|UNKNOWN)"),
    (Intent.QUESTION, "cest (un |une |le |la )*(DRINK|OPTION|MENU|vegan|gratuit|halal|sans gluten)"),
    (Intent.QUESTION, "quelle (est la )?difference"),
    (Intent.QUESTION, "(ouvert|ouverts|ferme|fermes|ouverte|fermee) ?(encore|maintenant|aujourdhui|\\?)?$"),
    (Intent.QUESTION, "(a quelle heure|jusqua quelle heure|quand|jusqua quand) (ouvrez|fermez|ouvre|ferme|est ce que)( vous| tu| ca)?"),
    (Intent.QUESTION, "(ouvrez|fermez|ouvre|ferme) (vous |tu |ca )?(quand|a quelle heure)"),
    (Intent.QUESTION, "(horaires|horaire)"),
    (Intent.QUESTION, "(qui (etes|es|est|parle)|cest qui)"),
    (Intent.QUESTION, "(combien ca coute|combien coute|combien coutent|cest combien|prix|tarif|tarifs|gratuit|gratuits|payant|payer|carte bancaire|ca coute combien|(coute|coutent) (il|elle|plus|un|en|combien|cher)|^(bonjour |salut |et |, )*combien (pour|fait|font|ca fait)|combien$)"),
    (Intent.QUESTION, "(quel|quelle|quels|quelles) (est|sont) (le|la|les) (DRINK |CATEGORY |boisson |cafe |the )?(le |la )?(moins|plus) chere?s?"),
    (Intent.QUESTION, "^(bonjour |salut |et |, )*(par carte|en especes|especes|cb|sans contact|en liquide)( ou carte| ou par carte| ou especes| possible| acceptee?| ok)* \\?$"),
    (Intent.QUESTION, "^(bonjour |salut |et |, )*(quest ce qui (est|nest)|quest ce que vous avez|quavez vous|quels? (DRINK|CATEGORY|MENU|boissons?)( sont| est)?|quelles? (DRINK|CATEGORY|MENU|boissons?)( sont| est)?|quelque chose|(vous avez|avez vous|il y a) (quelque chose|quoi)) ... (vegan|vegane|vegetarien|halal|casher|sans( UNKNOWN| [a-zA-Z]+){1,4}|OPTION)( svp)?( \\?)?$"),
    (Intent.QUESTION, "^(bonjour |salut |et |, )*(est ce que )?(le |la |l |un |une |votre |ce |cette )*(OPTION )*DRINK ((a|au|avec|de|d) )?(OPTION )*(est|sont|est il|est elle|sont ils|sont elles) ... (vegan|vegane|vegetarien|halal|casher|sans (gluten|lactose|noix|produits laitiers|UNKNOWN))( \\?)?$"),
    (Intent.QUESTION, "(allergenes|ingredients|calories)"),
    (Intent.QUESTION, "(adresse|comment tu tappelles|comment vous appelez vous)"),
    (Intent.QUESTION, "^(bonjour |salut )*(puis je|peut on|est ce que je peux|on peut|je peux) (apporter|amener|utiliser|fumer|charger|travailler|manger|masseoir)"),
    (Intent.HELP, "(changer|modifier) (ma|la|notre) (commande|boisson)$"),
    (Intent.HELP, "^(bonjour |salut |bonsoir )?(je|on|puis|peux|est ce) (que |je |peux |pourrais |voudrais |veux |voudrait |aimerais |puis |peut |on )*(commander|avoir|prendre)( quelque chose| une boisson| a boire| un| une| ici| svp| un truc)*$"),
    (Intent.HELP, "(comment (ca marche|ca fonctionne|commander|je commande|puis je commander|faire|on fait)|que (dois|puis) je (faire|dire|ecrire)|jai besoin daide|aidez moi|aide moi|mode demploi)"),
    (Intent.THANKS, "(etait|cetait|est|cest) (tres |vraiment |trop |super )*(bon|delicieux|excellent|parfait|genial|top|bonne)$"),
    (Intent.CHAT, "^(je |on |nous |cest bon |desole |, )*(jarrive|arrive|arrivons|en route|en chemin|(je suis|suis|sommes|est) (en route|en chemin|presque la|bientot la)|presque la|bientot la|je viens|viens|la dans [0-9]+|a tout de suite|(un peu )?en retard)( (dans|en|tout|de|suite|vite|bientot|maintenant|deja|la|une|deux|cinq|dix|[0-9]+|min|mins|minute|minutes|seconde|secondes|petite|,)){0,6}$"),
    (Intent.QUESTION, "^(bonjour |salut |et |mais |desole |pardon |, )*(que|quand|ou|qui|pourquoi|comment|quel|quelle|quels|quelles|a quelle heure)( UNKNOWN| [a-z0-9]+){0,2} (est|sont|etait|a|ont|avez|utilisez|prenez|gagne|vient|va)( UNKNOWN| [a-z0-9]+| ,){0,12}( \\?)?$"),
    (Intent.QUESTION, "^(bonjour |salut |et |mais |, )*(qui|pourquoi (est|sont|le|la|les|vous|il|cest))( UNKNOWN| [a-z]+){1,4} MENU"),
    (Intent.QUESTION, "^(bonjour |salut |et |, )*(est ce que )?(le |la |les |l |votre |vos )*(MENU )+(est|sont) (il |elle |ils |elles )?(UNKNOWN|[a-z]+)( UNKNOWN| [a-z]+){0,6} \\?$"),
)  # fmt: skip

MESSAGES = (
    (Intent.HELP, "aide, help, info, ?, quoi, comment, hein, comment ça marche, au secours"),
    (Intent.CANCEL, "annule, annuler, annulez, annulation, laisse tomber, laissez tomber, oublie, oubliez, tant pis, drop, annuler la commande, annulez tout, tout annuler, enlève tout, enlevez tout"),
    (Intent.STATUS, "status, statut"),
    (Intent.MENU, "menu, carte, la carte"),
    (Intent.YES, """oui, o, ouais, ouep, yep, ok, okay, d'accord, oui merci, oui s'il vous plaît, oui svp, oui stp, bien sûr, volontiers, avec plaisir, parfait, c'est ça, c'est bon, exact, exactement, correct, très bien, bien, ça marche, ça me va,
        vas y, allez y, super, pourquoi pas, absolument, évidemment, je confirme, confirmé, 👍, oui parfait, carrément"""),
    (Intent.NO, """non, n, nan, non merci, rien, rien d'autre, rien merci, c'est tout, ce sera tout, aucun, aucune, pas maintenant, pas la peine, surtout pas, plutôt non, 👎, sans façon, non non, non c'est bon, ça ira,
        sans nom, pas de nom, passer"""),
    (Intent.GREETING, "bonjour, salut, coucou, bonsoir, hello, hey, hi, yo, bonjour à tous, bjr, slt, il y a quelqu'un, ça va, comment ça va, bonjour ça va, re"),
    (Intent.THANKS, """merci, merci beaucoup, mille mercis, merci bien, un grand merci, merci à vous, merci à toi, super merci, parfait merci, délicieux, excellent, génial, c'était bon, très bon, trop bon, récupéré, je l'ai,
        bien reçu, merci infiniment, vous êtes les meilleurs, top, au revoir, bye, à bientôt, à plus, à plus tard, à tout à l'heure, à tout de suite, bonne journée, bonne soirée, bonne nuit, pas de souci, pas de problème, de rien,
        ok merci, d'accord merci, très bien merci, c'est parfait merci, ciao"""),
    (Intent.CHAT, "haha, hahaha, hihi, hehe, lol, mdr, ptdr, wow, ouah, oh, ah, ah bon, ah ok, hum, hmm, intéressant, rigolo, oups, je plaisante, test"),
)  # fmt: skip

AVAILABLE = "(avez|as|faites|vendez|servez|proposez|il y a|y a t il|y a til|ya|yatil|reste|encore|aussi|disponible|disponibles|possible|peut|peux|puis|pouvez|rupture)"
ASKING = "^(bonjour |salut |et |mais |desole |pardon |, )*((ou|qui|pourquoi|comment|quel|quelle|quels|quelles|quest ce|a quelle heure)( UNKNOWN| [a-z]+){2}|(que|quoi|quand|ou|qui|pourquoi|comment|combien|quel|quelle|quels|quelles|est ce que) ... \\?|(est ce que|est ce quil|cest|vous|on peut|je peux|peut on|puis je|y a t il|il y a) (UNKNOWN|[a-z]+) ... \\?)"

INDIFFERENT = "peu importe la taille, la taille importe peu, n'importe quelle taille, peu importe, n'importe, n'importe lequel, n'importe laquelle, n'importe quoi, comme vous voulez, comme tu veux, égal, ça m'est égal, sans préférence, pas de préférence, au choix, je ne sais pas, surprenez moi, ce que vous avez"

TOPICS: dict[TopicKind, str] = {
    "open": "(ouvert|ouverts|ouverte|ferme|fermes|fermee|ouvrez|fermez|ouvre|horaires|horaire)",
    "price": "((moins|plus) chere?s?|coute|coutent|prix|tarif|tarifs|gratuit|gratuits|payant|combien)",
    "pay": "(payer|paie|paye|paiement|regler|especes|liquide|cb|(par|en|avec la|avec une) carte|(prenez|acceptez|prends|acceptes) (vous |tu )?(la |les |des |une )?cartes?|cartes? bancaires?|sans contact|apple pay|google pay|paypal)",
    "allergens": "(allergi|allergie|allergenes|gluten|vegan|vegetarien|contient|contiennent|lactose|noix|halal|casher|ingredients|cafeine)",
    "inside": "((contient|contiennent|comporte) ... DRINK|(le |la |les |un |une |l |votre |ce |cette )*DRINK (contient|contiennent|comporte|a|ont|a t il|a t elle|contient il|contient elle)|(il y a|y a t il|y a til|ya|yatil|y a) ... dans (le |la |les |un |une |l |votre |ce )*DRINK)",
    "free": "(quest ce (qui|que)|quavez|quels?|quelles?|quelque chose|quoi) ... (vegan|vegane|vegetarien|halal|casher|sans|OPTION)",
    "who": "(qui (etes|es|est|parle)|cest qui|bot|robot|humain|une personne|machine|ia|tappelles|vous appelez)",
    "place": "(ou|adresse)",
    "hours": "((quand|a quelle heure|jusqua quand|jusqua quelle heure) ... (ouvrez|fermez|ouvre|ferme|finissez)|(ouvrez|fermez|ouvre|ferme) (vous )?(quand|a quelle heure)|horaires?)",
    "other": f"({_OF_EVENT}|(combien|quelle quantite) (de |d )?(OPTION|GROUP) (dedans|il|y|dans|ca|cela|contient|est|a)|wifi|wi fi|internet|mot de passe|toilette|toilettes|wc|parking|vestiaire|vestiaires|prise electrique|chargeur|espace fumeur|calories|kcal)",
    "made": r"((cest quoi|quest ce que|quest ce quun|quest ce quune|quoi|quy a t il|quest ce quil y a|il y a quoi) (cest |dans |un |une |le |la |du |votre )*DRINK|(dans|dedans)( le| la| un| une| votre)* (DRINK|\?)|DRINK (est il|est elle|est|peut etre) (tres |trop |vraiment )*(OPTION|fort|forte|sucre|sucree|amer)|(OPTION|fort|forte|sucre|sucree) (le |la |un |une |ce |cette |votre )+DRINK|il y a (du |de la |des |de |un )*OPTION dans|difference entre|compose|quel gout)",
}

SCORES = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
RATING_PRAISE = "bon|délicieux|parfait|géniale?|excellente?|adoré?"
RATING_BLAME = "mauvaise?|était|dégueulasse|trop|peu (?:froid|amer|fort|chaud|sucré)"
RATING_ASKS = "svp|sil vous|sil te|voudrais|encore"
RATING_DEGREES = "peu"
TEXTING_VERBS = "envoie|envoyez|écris|écrivez|réponds|répondez"

COMMON = """
survivre tenir rester finir continuer bosser travailler demarrer affronter livrez livrer livraison seraient auraient ferait feriez mettriez mettrez prepareriez prepares preparait sers sert servirait amene ramene ramener passer passes passons passent passerai passera recupere recuperera recuperons viendra viendrai descends
descend monte sors sortons finis finit commencer cours courir depeche depechez presse pressee presses urgence rapide rapidement mourir meurs dors dormir dormi endormi endormie reveil reveille reveiller reveillez reecris reecrit
ecris repete corrige corriger sauve sauvez sauver sauves tombe tombes dispo disponible disponibles dispos serieux serieusement franchement grave remontant energie courage sommeil creve crevee dej matin aprem soir gars mec mecs
garcon garcons jeune jeunes dames demoiselle mademoiselle mlle patronne directeur directrice president presidente professeur prof docteur secretaire assistant assistante stagiaire stagiaires collaborateur equipes groupe orga
organisateur organisatrice organisateurs organisation benevole benevoles technique technicien techniciens regie lumiere journaliste intervenant intervenante intervenants orateur oratrice conferencier conferenciere moderateur
animatrice animateur ateliers reunions amphi auditorium scene accueil entree sortie couloir escalier terrasse bureau boulot travail dehors fenetre fond dsl jsuis jsais chui ptet stplait svpp mercii bises biz wesh kikou hep dites
ecoutez regardez tenez hop bref jusque lequel laquelle
suppose dirais imagine
chauffe chauffee temperature
canne fils fille mari epouse pere mere papa maman frere soeur copain copine voisin voisine je tu il elle on nous vous ils elles me te se le la les lui leur moi toi soi eux mon ma mes ton ta tes son sa ses notre votre est sont suis es sommes etes etait etaient ete etre ai as a avons avez ont avait avoir fait faire fais faites
peux peut pouvez peuvent pouvoir pourrais pourrait pourriez auriez aurais prepare preparez preparer cherche veux veut voulez vouloir voudrais vais va vas allons allez vont aller viens vient venez venir dis dit dire sais sait savoir vois voit voir prends prend prenez prendre mets met mettez mettre
dois doit devez faut donne donnez donner quoi que qui quel quelle quels quelles comment quand ou pourquoi combien pour avec sans de du des en au aux dans sur sous par chez vers entre contre depuis pendant avant apres mais ou et donc or ni car si
comme plus moins tres trop peu beaucoup assez tout tous toute toutes rien quelque chose quelquun personne chaque autre autres meme ce cet cette ces ca cela celui celle bien mal mieux bon bonne mauvais nouveau vieux premier dernier aujourdhui hier
demain maintenant bientot tard tot deja encore toujours jamais ici la pres loin jour jours semaine minute minutes heure heures temps moment pause conference conferences session presentation evenement salon stand salle table file queue comptoir bar
collegue collegues participant participants participante invite invites invitee chef patron ami amie amis femme homme enfant enfants gens monde nom prenom numero telephone portable message messages commande commandes commander cafe boisson boissons tasse verre gobelet couvercle soif faim fatigue fatiguee pret
prete vite merci salut bonjour oui non ok daccord parfait super genial attends attendez attendre jattends arrive arriver boire manger apporter chercher recuperer laisser aimerais aime adore crois pense semble pareil vrai sur gout sorte genre un une
jai cest nest dun dune quil quelle jusqua lautre aussi peutetre alors puis ainsi voila
"""

THINGS = """
vert verte rouge bleu bleue blanc blanche jaune rose menthe camomille tilleul verveine bergamote
eau pain tartine tartines biere vin biscuit biscuits cookie cookies gateau gateaux tarte muffin muffins croissant croissants sandwich salade soupe jus coca cola soda limonade milkshake smoothie glace brownie beignet donut burger pizza frites banane
pomme orange mangue gingembre citron cannelle miel coco riz oeuf lardons fromage jambon brioche baguette viennoiserie latte cappuccino moka espresso expresso americano the chai matcha cacao macchiato cortado tonic sirop
"""

NAMES = """
fatou mamadou karim yanis mehdi samir rachid leila amina sofiane mohamed aicha moussa ibrahim oumar awa dylan enzo mael louna jade ambre lilou maelys oceane clemence loic gwenaelle erwan solene maud ghislain thibaut jeremy jordan anthony cyril cedric regis odile josiane steph seb manu nath titouan elsa lila salome victoire capucine apolline
jo adele agathe alain albert alexandra alexandre alice aline amelie anais andre anne antoine arnaud arthur aurelie bastien benjamin benoit bernard brigitte camille caroline catherine cecile celine charles charlotte chloe christian christine christophe
claire claude clement corinne damien daniel david denis didier dominique elise elodie emilie emma emmanuel eric estelle etienne eva fabien fabrice florence francois francoise frederic gabriel genevieve georges gerard gilles guillaume helene henri
herve hugo ines isabelle jacques jean jeanne jerome joel josephine julie julien juliette karine laetitia laura laurence laurent lea leo lionel louis louise luc lucas lucie madeleine manon marc margaux marie marine marion martin martine mathieu
mathilde maxime melanie michel michele monique muriel nathalie nicolas noemie olivier pascal patrice patrick paul philippe pierre quentin raphael raymond remi rene robert romain sabine sandrine sebastien serge simon sophie stephane stephanie sylvie
theo thibault thierry thomas valerie vincent virginie xavier yann yves yvette zoe
"""

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
