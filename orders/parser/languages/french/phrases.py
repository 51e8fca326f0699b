"""French phrases by their role in a sentence."""

from orders.parser.atoms import Kind

#: Conditions with which a second choice is ordered: "un moka, s'il n'y en a plus un latte".
_IF_NOT = ", ".join(
    (
        *(
            f"{subject} {no}"
            for subject in (
                "s'il n'y en a",
                "s'il y en a",
                "si y en a",
                "si vous n'en avez",
                "si vous en avez",
                "si tu n'en as",
                "si t'en as",
            )
            for no in ("pas", "plus")
        ),
        *(
            f"{subject} plus{of}"
            for subject in ("si", "s'il n'y a", "s'il y a", "si vous n'avez", "si vous avez")
            for of in ("", " de")
        ),
        *(
            f"si {subject}{gone}"
            for subject in ("", "c'est ", "ce n'est ")
            for gone in ("pas possible", "pas disponible", "plus disponible", "pas dispo", "plus dispo")
        ),
        *(
            f"si {subject}{gone}"
            for subject in ("", "c'est ", "il est ")
            for gone in ("épuisé", "indisponible", "en rupture", "fini")
        ),
    )
)

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
    Kind.FILLER: """n'importe quel, n'importe quelle, n'importe lequel, n'importe laquelle, peu importe lequel, peu importe laquelle, allo, du coup, allô, on est, nous sommes, on sera, nous serons, au total, pas de problème, pas de souci, aucun problème, encore une chose, autre chose, une dernière chose, bjr, slt, bsr, seul, seule, pls, plz, thx, s'il vous plaît, s'il te plaît, svp, stp, merci, merci beaucoup, merci d'avance, bonjour, salut, coucou, bonsoir, hello, hey, ok, okay, d'accord, suffit, suffisent, suffira, bon, bien, alors, oui, ouais, maintenant, aujourd'hui, vite, si possible, si vous avez, si vous en avez, si tu as, si tu en as, si tas, quand vous pouvez,
        à emporter, sur place, c'est tout, ce sera tout, rien d'autre, ce serait super, ce serait parfait, super, parfait, boisson, boissons, tasse, tasses, verre, gobelet, taille, type, genre, sorte, goût, parfum, bonne journée, cordialement, du, de la, de,
        d, des, de l, dedans, dessus, dessous, j, je, tu, vous, nous, on, me, te, moi aussi, monsieur, madame, messieurs, que, qui, y, ne, n, haha, lol, cher, chère, format, à tous""",
    Kind.TIME: "min, minute, minutes, heure, heures, h, secondes, euros, personnes, degrés, °, degré, degrés celsius, celsius, ans",
    Kind.IF_NOT: "sinon, si pas de, si pas, si vous n'avez pas, si vous avez pas, si tu n'as pas, s'il n'y a pas, s'il y a pas, à défaut, autrement, faute de quoi, " + _IF_NOT,
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
