"""Spanish words and patterns, as texted in Spain and the Americas. They are written without accents, because the parser
removes these from a text before it compares words."""

from orders.parser.atoms import Kind
from orders.parser.reading import Intent, TopicKind

DOUBTFUL = "jamas nunca nada contra menos salvo deja dejar evita evitar quita fuera ni no sin"
DESCRIBING = "moreno morena fresco fresca bio caliente calentita tibia espumosa fundido derretido tostado tostada cremosa cremoso rico rica buena buen natural casera casero"
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

PHRASES = {
    Kind.ARTICLE: "un, una, uno",
    Kind.THE: "el, la, los, las, mi, mis, este, esta, estos, estas, ese, esa, nuestro, nuestra, su, al, del",
    Kind.DROP: """no hace falta el, no hace falta la, no hacen falta los, no hacen falta las, ya no necesito el, ya no necesito la, no necesito el, no necesito la, ya no necesitamos el, ya no necesitamos la, ya no queremos el, ya no queremos la, elimine, elimine el, elimine la, borre, borre el, borre la, saque, saque el, saque la, retire, retire el, retire la, retira, retira el, retira la, quiten, quiten el, quiten la, olvide el, olvide la, cancela, cancele, cancelen, cancelar, anula, anule, anular, cancela el, cancela la, cancelar el, cancelar la, elimina, elimina el, elimina la, eliminar, eliminar el, eliminar la, borra, borra el, borra la, borrar, quita, quita el, quita la, quitar, quitar el, quitar la, quite, quite el, quite la, saca, saca el, saca la, olvida el, olvida la, ya no quiero el, ya no quiero la, cancélalo, cancélala, cancelalo, cancélelo, cancélenlo, anúlalo, anúlala, anúlelo, anúlenlo, anula, anula el, anula la, anular, anular el, anular la""",
    Kind.NO: """❌, 🚫, que no esté, no esté, que no sea, que no sean, q no sea, q no sean, no sea, no sean, no sea de, no sean de, que no lleve, que no lleven, q no lleve, no lleve, s/, que no tenga, q no tenga, no tenga, no muy, no lo hagas, no la hagas, no lo haga, no lo pongas, no lo quiero, no la quiero, sin, sin nada de, no, nada de, ni, ningún, ninguna, ninguno, no le pongas, no le ponga, no le pongan, no pongas, no me pongas, no quiero, no quiero el, no quiero la, ya no quiero, quítale, quítale el,
        quítale la, libre de, evita, evita el, evita la, evite, evite el, evite la, eviten, evitar, evitar el, evitar la, cualquier leche menos, todo menos, cualquiera menos, cualquier cosa menos, excepto,
        salvo, todo excepto, cualquiera excepto, a excepción de, aparte de, prescinde de, prescinde del, prescindir de, omite, omite el, omite la, omitan, omita, omita el, omita la, jamás, nunca, cero,
        no echar, no eches, no le eches, no me eches, no le echen, no añadas, no añadir, no agregues, no agregar, no le agregues, no uses, no use, nada con, sin ningún, sin ninguna, olvídate de, olvídate del,
        deja fuera, deja fuera el, deja fuera la, dejen fuera, quítenle el, quítenle la, quítele el, quítele la""",
    Kind.LIGHT: "lo menos posible de, poco, poca, un poco de, un poquito de, poquito de, tantito, tantita, tantito de, un chorro de, un chorrito, poquito, apenas, menos, ligero de, ligera de, un chorrito de, un toque de, una nube de, una pizca de, no mucho, no mucha, no demasiado, no demasiada",
    Kind.EXTRA: "extra, bien de, mucho, mucha, más, bastante, doble de, con más, con mucho, con mucha, un montón de, adicional, extra de",
    Kind.UNIT: "cucharada de, cucharadas de, cucharadita de, cucharaditas de, cucharaditas, cucharadas, cucharada, cucharadita, sobre de, sobres de, sobre, sobres, terrón de, terrones de, trozo de, trozos de, porción de, porciones de, bombeos de, bolas de, bola de",
    Kind.TIMES: "x, ×, por",
    Kind.AND: "y, e, &, +, más un, más una, también un, también una, luego, y luego, además de, así como",
    Kind.BUT: "pero, sino, aunque",
    Kind.OUT: "es haram, no es halal, no es kosher, ya no lo necesito, ya no la necesito, no lo necesito, no la necesito, ya no hace falta, ya no lo necesitamos, ya no la necesitamos, ya no lo queremos, ya no la queremos, ya no, mejor no, al final no, fuera, no gracias, ni hablar, para nada",
    Kind.REFUSES: """demasiado, demasiada, demasiados, ya basta de, no puedo tomar, no puedo beber, no puedo comer, no puedo, no puede tomar, no puede beber, no puede comer, no tomo, no bebo, no como, no toma, no bebe, no come, no tolero, no tolero el, no tolero la, no tolera, no soporto, no soporto el, no soporto la, no aguanto, no me gusta, no me gusta el, no me gusta la, no me gustan, no me gustan los, no me gustan las, no le gusta, no le gusta el, no le gusta la, odio, odio el, odio la, detesto, detesto el, detesto la,
        nunca tomo, nunca bebo, nunca como, alérgico a, alérgico al, alérgica a, alérgica al, alergia a, alergia al, alergia a la, alergia a los, alergia a las, alérgico a la, alérgica a la, alérgico a los, alérgica a los, alérgico a las, alérgica a las, soy alérgico a, soy alérgica a, soy alérgico al, soy alérgica al, soy alérgico a la, soy alérgica a la, soy alérgico a los, soy alérgica a los, soy alérgico a las, soy alérgica a las,
        soy intolerante a, soy intolerante al, soy intolerante a la, soy sensible a, intolerante a, intolerante al, intolerante a la, sensible a, me sienta fatal, me sientan mal, me pone malo, me pone mala, me sienta mal, me sienta mal el, me sienta mal la, me hace daño""",
    Kind.OR: "o, u",
    Kind.WITH: "no sin, endulzado con, endulzada con, endulzados con, endulzadas con, nunca sin, jamás sin, no lo quiero sin, no la quiero sin, cn, con, con la, con el, c/, de, hecho con, hecha con, en, pero con, a la, con leche de",
    Kind.ALL: "todo, todos, todas, ambos, ambas, los dos, las dos, cada uno, cada una, cada, todo junto, los tres, las tres",
    Kind.REST: "el otro, la otra, los otros, las otras, el resto, los demás, las demás",
    Kind.NTH: "al primero, al segundo, al tercero, al último, a la primera, a la segunda, a la tercera, a la última, el primero, la primera, el segundo, la segunda, el tercero, la tercera, el último, la última",
    Kind.SAME: "lo mismo, igual",
    Kind.ANOTHER: "otro, otra, otros, otras, uno más, una más, un segundo, otro más, otra más, otro igual, otra igual, otro igual pero, otra igual pero, lo mismo pero, lo mismo con, y otro igual, y otra igual, y otro igual pero, y otra igual pero, y lo mismo, y lo mismo pero, y lo mismo con",
    Kind.COMMA: "coma",
    Kind.STOP: "punto",
    Kind.OF_THEM: "de los seis, de las seis, de los siete, de los ocho, de los nueve, de los diez, de las cinco, de los tres, de los cuatro, de las tres, de las cuatro, de los cinco, de ellos, de ellas, de esos, de esas, de los dos, de las dos, de nosotros, de nosotras, de vosotros",
    Kind.IT: "el suyo, la suya, el de ella, el de él, la de ella, la de él, lo, eso, esto, ese pedido, el pedido, mi pedido, mi bebida, mi café, la orden, mi orden, el mío, la mía",
    Kind.PLAIN: "solos, solas, sin nada, tal cual, natural, a secas, normal y corriente",
    Kind.FOR: "para, pa",
    Kind.CALLED: "el nombre para el pedido es, nombre para el pedido es, mi nombre para el pedido es, nombre para el pedido, el nombre del pedido es, nombre del pedido es, el pedido es para, el pedido va a nombre de, gracias de parte de, de parte de, gracias de, lo recoge, la recoge, los recoge, las recoge, lo recogerá, los recogerá, pasa a recogerlo, pasa a recogerlos, pasa por él, pasa por ellos, nombres, los nombres son, nombres son, nuestros nombres son, nos llamamos, nombre equivocado, el nombre está mal, nombre mal, mi nombre mal, no es mi nombre, ese no es mi nombre, cambia el nombre a, cambiar el nombre a, en realidad me llamo, me llamo, mi nombre es, nombre, el nombre es, a nombre de, llámame",
    Kind.AS_NAME: "como nombre, como mi nombre, de nombre",
    Kind.BEING: "soy, es, este es",
    Kind.ONLY: """solo, solo el, solo la, solo los, solo las, solo con, sólo con, solo con el, solo con la, solo con los, solo con las, mejor solo con, solamente, únicamente, nada más, solo quiero, solo quiero el, solo quiero la, deja solo, deja solo el, deja solo la, deje solo, deja sólo, solo deja, quédate solo con""",
    Kind.ADD: "añada, añádale, añadan, agregue, agréguele, agreguen, póngale, ponga, pónganle, échele, écheme, incluya, sume, se me olvidó, se me olvidó decir, olvidé decir, me olvidé de decir, échale, échame, echa, le echas, añade, añádele, añadir, agrega, agrégale, agregar, ponle, pon, ponme también, también, además, suma, incluye, añádeme, agrégame",
    Kind.MAKE: """hágalo, hágala, cámbielo a, cámbielo por, cámbiela por, cámbiela a, cambie a, póngalo, póngala, hazlo, hazla, hazme, que sea, que sean, sea, sean, mejor, mejor que sea, cámbialo a, cámbialo por, cámbiala por, cámbiala a, cambia a, cambiar a, cambiarlo a, cambiarlo por, cámbiamelo a, cámbiamelo por, ponlo, ponla,
        puede ser, puedes hacerlo, podrías hacerlo, lo quiero, la quiero, lo prefiero, prefiero, lo quisiera, haz que sea, que sea mejor, pásalo a""",
    Kind.SWAP: "sustituido, sustituida, reemplazado, reemplazada, cambiado, cambiada, cambie, cambie el, cambie la, cambien, cambien el, cambien la, reemplace, reemplace el, reemplace la, sustituya, sustituya el, sustituya la, podría cambiar, puede cambiar, cámbieme, cámbieme el, cámbieme la, cámbiame el, cámbiame la, cambia, cambiar, cámbiame, cambia el, cambia la, cambiar el, cambiar la, reemplaza, reemplaza el, reemplaza la, sustituye, sustituye el, sustituye la, puedes cambiar, podrías cambiar, puedo cambiar",
    Kind.TO: "por un, por una",
    Kind.INSTEAD: "en su lugar, en vez, en cambio",
    Kind.INSTEAD_OF: "en vez de, en vez del, en lugar de, en lugar del",
    Kind.CORRECT: "al revés, es al revés, no es al revés, no al revés, me he equivocado, al final, perdón, perdona, perdone, espera, espere, quise decir, quería decir, digo, ups, uy, corrección, en realidad, me equivoqué, no espera, pensándolo bien, lo siento, cambié de idea, he cambiado de idea",
    Kind.ASK: """le agradecería, les agradecería, os agradecería, te agradecería, agradecería, necesitamos, nos hacen falta, hacen falta, me hacen falta, me hace falta, pónganos, quiero, quería, me gustaría, me das, me da, me pones, me pone, ponme, póngame, póngame por favor, dame, deme, me puedes poner, me puede poner, me puedes dar, me puede dar, me podrías dar, me podría dar,
        puedo tener, podría tener, puedo pedir, podría pedir, puedo tomar, quiero pedir, quisiera pedir, me gustaría pedir, queremos, querríamos, quisiéramos, queríamos, nos pones, ponnos, pon nos, nos das, tráeme, tráiganos, tráigame, necesito, pido, voy a querer,
        voy a tomar, tomo, tomaré, tomaría, para mí, pa mí, me haces, me hace, me hacéis, nos haces, le pones, me apetece, se me antoja, me regalas, me regala, qué tal, pedir, ordenar, quiero ordenar, me traes, me trae, haz, prepárame, prepara, tomar, apúntame, me apuntas, me apunta, les encargo, le encargo, te encargo, os encargo, me preparas, me prepara, me preparáis, nos preparas, nos prepara, me sirves, me sirve, nos sirve, regálame, regáleme, nos regalas, nos regala, me mandas, me manda, se podría, podríais ponerme, podrías ponerme, podrías hacerme, podéis hacerme, podéis ponerme, podéis ponernos""",
    Kind.HERE: "aquí",
    Kind.WANTS: "quiere, quisiera, querría, necesita, toma, va a tomar, va a querer, prefiere, le gustaría",
    Kind.FILLER: """son, somos, seremos, en total, ningún problema, no pasa nada, no hay problema, una cosa más, otra cosa, guapi, xfa, wenas, estimados, estimadas, estimado, estimada, estimado equipo, eh, ojo, ojito, guapa, guapo, majo, maja, crack, pls, plz, thx, por favor, porfa, porfavor, porfis, pf, gracias, muchas gracias, mil gracias, hola, buenas, buenos días, buen día, buenas tardes, buenas noches, qué tal estás, ok, okay, vale, basta, bastan, bueno, pues, sí, ya, ahora, hoy, rápido, gracias de antemano,
        por adelantado, si puede ser, si hay, si tenéis, si tienen, si tienes, si lo tenéis, si lo tienen, si es posible, cuando puedas, cuando pueda, para llevar, para tomar aquí, allí, eso es todo, nada más gracias, sería genial, sería perfecto, genial, perfecto, bebida, bebidas, vaso, vasos, taza, tazas,
        tamaño, tipo, estilo, sabor, muy, bien, amigo, amiga, tío, jaja, saludos, un saludo, le, les, me, te, nos, se, yo, que, tú, usted, ustedes, señor, señora, encima, por encima, dentro, arriba, unos, unas, servido""",
    Kind.TIME: "min, minuto, minutos, hora, horas, segundos, euros, pesos, personas, grados, °, grado, grados celsius, grados centígrados, centígrados, celsius, am, pm, años",
    Kind.IF_NOT: "si no hay, si no tienes, si no tenéis, si no tienen, si no",
    Kind.MEASURE: "percent, por ciento, ml, cl, litro, mililitros, oz, onzas",
    Kind.PLACE: "mesa, stand, sala, puesto, pasillo, fila, planta, asiento, caseta, mesa número, sala número, stand número",
    Kind.COMMON: "tengo frío, tengo mucho frío, hace frío, hace mucho frío, qué frío, de frío, con este frío, tengo calor, hace calor, q frío, por si es doble, si es doble, si sale doble, de lo normal, de lo habitual, que de costumbre, que siempre, la que tengáis, la que tengas, la que tengan, el que tengáis, el que tengas, el que tengan, lo que tengáis, llego tarde, más tarde, demasiado tarde, voy tarde, un poco tarde, no más",
    Kind.NOTE: """vegano, vegana, vegetariano, vegetariana, soy vegano, soy vegana, soy vegetariano, soy vegetariana, celíaco, celíaca, celiaco, celiaca, diabético, diabética, embarazada, cuidado con, sin gluten, sin frutos secos, sin nueces, leche vegetal, bebida vegetal, leche vegana, sin lácteos,
        soy celíaco, soy celíaca, soy celiaco, soy celiaca, soy diabético, soy diabética""",
    Kind.ALLERGY: "alergia, alergias, alérgico, alérgica, alérgicos, alérgicas, intolerante, intolerancia, intolerancias, soy alérgico, soy alérgica, soy intolerante, anafilaxia, choque anafiláctico, urticaria, sarpullido, ronchas, migraña, migrañas, dolor de cabeza, dolor de estómago, dolor de barriga, diarrea, náuseas, gases, acidez, me mata, me matan, matarme, me mataría, malo para mí, mala para mí, no es bueno para mí, no es buena para mí, no es para mí, no son para mí, me cae mal, me cae fatal, me caen mal, prohibido para mí, prohibida para mí, lo tengo prohibido, la tengo prohibida",
    Kind.REMARK: """leche de frutos secos, leche de nueces, sin endulzar, temperatura normal, a temperatura normal, temperatura ambiente, cortito de café, cortita de café, corta de café, cortito de leche, largo de leche, con todo, bien hecho, bien hecha, poco hecho, poco hecha, al punto, bien tostado, bien tostada, crujiente, a un lado, corto de café, corto de leche, largo de café, poco dulce, no muy dulce, menos dulce, bien dulce, de máquina, de sobre, d sobre, en vaso, en taza, en vaso de cristal, al lado, medio lleno, a la mitad, no muy lleno, aparte, por separado, en vaso propio, vaso propio, en mi propio vaso, mi propio vaso, sin tapa, con tapa, sin pajita,
        después de la charla, después del charla, antes de la charla, antes del charla, durante la charla, durante el charla, en la charla, en el charla,
        tras la charla, después de la ponencia, después del ponencia, antes de la ponencia, antes del ponencia, durante la ponencia, durante el ponencia,
        en la ponencia, en el ponencia, tras la ponencia, después de la sesión, después del sesión, antes de la sesión, antes del sesión, durante la sesión,
        durante el sesión, en la sesión, en el sesión, tras la sesión, después de la pausa, después del pausa, antes de la pausa, antes del pausa,
        durante la pausa, durante el pausa, en la pausa, en el pausa, tras la pausa, después de la pausa del café, después del pausa del café,
        antes de la pausa del café, antes del pausa del café, durante la pausa del café, durante el pausa del café, en la pausa del café, en el pausa del café,
        tras la pausa del café, después de la almuerzo, después del almuerzo, antes de la almuerzo, antes del almuerzo, durante la almuerzo,
        durante el almuerzo, en la almuerzo, en el almuerzo, tras la almuerzo, después de la comida, después del comida, antes de la comida, antes del comida,
        durante la comida, durante el comida, en la comida, en el comida, tras la comida, después de la taller, después del taller, antes de la taller,
        antes del taller, durante la taller, durante el taller, en la taller, en el taller, tras la taller, después de la descanso, después del descanso,
        antes de la descanso, antes del descanso, durante la descanso, durante el descanso, en la descanso, en el descanso, tras la descanso,
        después de la reunión, después del reunión, antes de la reunión, antes del reunión, durante la reunión, durante el reunión, en la reunión,
        en el reunión, tras la reunión""",
}  # fmt: skip

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

#: Questions about the event that no menu answers.
_OF_EVENT = (
    "donde (esta|estan|hay|queda|puedo encontrar|se encuentra) (el |la |los |las |un |una )*(UNKNOWN|sala|escenario|keynote|charla|sesion|taller|entrada|salida|comida|recepcion|registro|escalera|ascensor|hotel|autobus|tren|fiesta|cena)"
    "|(cuando|a que hora|hasta cuando|cuanto tiempo) (es|son|empieza|empiezan|termina|acaba|dura|hay|sera) (el |la |los |las |un |una |mi )*(UNKNOWN|keynote|charla|sesion|taller|comida|almuerzo|fiesta|cena|desayuno|pausa|conferencia|evento|panel|registro)"
    "|de donde (es|son|sois|eres|viene|vienen|venis|UNKNOWN)"
    "|como (llego|llegamos|se llega|voy|me conecto|me registro)"
    "|por que (hay|es|esta|estan|UNKNOWN)"
)

INTENTS = (
    (Intent.ORDER, "^(UNKNOWN|CUP) (es|son) (vegano|vegana|veganos|veganas)$"),
    (Intent.QUESTION, f"({_OF_EVENT})"),
    (Intent.QUESTION, "^(hola |y |, )*(el |la |los |las |un |una |su |vuestro )*(OPTION )*DRINK (de |con |OPTION )*(es|son|esta|puede ser) (muy |apto |apta )*(OPTION|vegano|vegana|sin( UNKNOWN| [a-zA-Z]+){1,4}) \\?$"),
    (Intent.ORDER, "(todo|todos|todas) (con |en )?OPTION (menos|excepto|salvo) (el |la |los |las )?DRINK"),
    (Intent.QUESTION, "diferencia (hay |tiene |existe )*(entre|con|de) (un |una |el |la )*DRINK( (y|o|e) (un |una |el |la )*DRINK)?"),
    (Intent.UNDO, "^(quise decir |quiero decir |digo |no |espera |perdon |mejor |por favor |, )*(deshaz(lo)?|deshacer|deshaz (eso|el cambio)|dejalo como (estaba|antes)|como (estaba|antes)|vuelve a (como estaba|lo de antes)|vuelve atras|olvida el cambio)( por favor| porfa| perdon)*$"),
    (Intent.UNDO, "^(quise decir |quiero decir |digo |no |espera |perdon |mejor |por favor |, )*(no (lo |la )?(canceles|cancele|anules|anule|borres)( nada| el pedido| mi pedido)?|mantenlo|mantener el pedido|si lo quiero|al final si lo quiero)( por favor| porfa| perdon)*$"),
    (Intent.UNCLEAR, "(dudo|dudando|duda|indeciso|indecisa|decidir|elegir) entre (un |una |el |la )*DRINK (y|o) (un |una |el |la )*DRINK"),
    (Intent.UNCLEAR, "no (me |lo |la |quiero )*(cambies|cambie|cambien|cambieis|cambiar|sustituyas|reemplaces) (el |la |mi |DRINK |OPTION )*(por|a|en)"),
    (Intent.UNCLEAR, "no (canceles|cancele|cancelen|borres|quites|elimines) (nada|mi pedido|el pedido|eso)?$"),
    (Intent.FORGET, "(olvidame|olvida mis datos|olvidate de mi|olvida mi numero|olvida todo sobre mi|olviden mis datos)"),
    (Intent.FORGET, "(borra|borrar|elimina|eliminar|borren|eliminen) (todos )?(mis (datos|mensajes)|mi (numero|nombre|informacion|telefono))"),
    (Intent.MY_DATA, "(que|cuales) ... (datos|informacion) ... (tienes|tienen|guardas|guardan|teneis|guardais)"),
    (Intent.MY_DATA, "que (sabes|saben|guardas|guardan|sabeis) (de|sobre) mi"),
    (Intent.MY_DATA, "^mis datos$"),
    (Intent.MY_DATA, "(muestra|muestrame|ensename|envia|enviame|ver) mis datos"),
    (Intent.MY_DATA, "(rgpd|privacidad|proteccion de datos)"),
    (Intent.STOP, "(no (quiero|me envies|me manden|mandes|envien|me mandes|me escribas) (recibir )?(mas )?(mensajes|sms|textos)|basta de mensajes|no mas (mensajes|sms))"),
    (Intent.STOP, "(darme de baja|dame de baja|cancelar suscripcion|deja de escribirme|dejen de escribirme)"),
    (Intent.SUPPORT, "(hablar|chatear|contactar) con (una |un |el |la |algun |alguna )?(persona|alguien|humano|agente|encargado|encargada|responsable|empleado|camarero|barista|gerente|equipo)"),
    (Intent.SUPPORT, "(persona|humano) (real|de verdad)"),
    (Intent.SUPPORT, "(queja|quejarme|reclamar|reclamacion|reembolso|asqueroso|asquerosa|horrible|terrible|derramado|quemado|inaceptable|imbebible|devolucion)"),
    (Intent.SUPPORT, "(DRINK|CATEGORY|pedido|cafe|bebida|nombre|leche|OPTION) (equivocado|equivocada|incorrecto|incorrecta|mal)"),
    (Intent.SUPPORT, "(mi|el|la|este|esta) (DRINK|CATEGORY|cafe|bebida|pedido) (esta|estaba|es|sabe|vino|viene) (muy |demasiado |tan |un poco |no )*(OPTION|frio|fria|malo|mala|mal|amargo|amarga|quemado|aguado|raro|dulce|tibio|caliente|equivocado|bien)"),
    (Intent.SUPPORT, "no es (lo que|el que) (pedi|he pedido|queria)"),
    (Intent.SUPPORT, "(me (dieron|han dado|disteis|diste|llego)) ... (equivocado|equivocada|otro|otra|mal)"),
    (Intent.SUPPORT, "^(persona|humano|agente|encargado|soporte)$"),
    (Intent.CANCEL, "(puedo|podria|podemos|tengo que|tenemos que|debo|debemos|quiero|quisiera|queria|necesito|me gustaria|puedes|podrias) (cancelar|anular)(lo|la)?$"),
    (Intent.CANCEL, "^(cancela|cancelar|(cancela|cancele|cancelen|anula|anule|anulen|borra|borre|borren|quita|quite|quiten)(lo|la|los|las)( por favor| porfa| porfis| plis)?|cancele|cancelen|anula|anular|anulalo|olvidalo|olvidala|dejalo|dejala|mejor no|ya no|nada)$"),
    (Intent.CANCEL, "(cancela|cancelar|cancelen|cancele|anula|anular|anule|anulen|quita|quitar|borra|borrar|olvida|elimina) (todo|todos|todas|eso|lo|el pedido|mi pedido|la orden|mi orden|los dos|las dos|ambos|el cafe|mi cafe|mi DRINK|todo el pedido)( por favor| porfa)?$"),
    (Intent.CANCEL, "(ya )?no (quiero|necesito|queremos) (nada|eso|esto|lo|el pedido|mi pedido|el cafe|mi cafe|mi DRINK|ya)?( mas| ya)?$"),
    (Intent.CANCEL, "(me tengo que|tengo que|debo|me) (ir|irme|marchar|marcharme|voy)$"),
    (Intent.ORDER, "(OPTION ... DRINK|DRINK ... OPTION) ... (como siempre|como de costumbre|de siempre)"),
    (Intent.ORDER, "(como siempre|como de costumbre|de siempre) ... (OPTION ... DRINK|DRINK ... OPTION)"),
    (Intent.USUAL, "(lo de siempre|lo mismo|lo habitual|igual que (ayer|antes|siempre|la ultima vez)|como (siempre|ayer|la ultima vez)|el de siempre|la de siempre|repite (el|mi) (ultimo )?pedido|repetir (el|mi) (ultimo )?pedido)"),
    (Intent.USUAL, "^(lo mismo|igual|repite|repetir|otra vez|lo de siempre|lo usual)$"),
    (Intent.QUESTION, "(cuanta|cuanto|cuantos|cuantas) (de )?(OPTION|GROUP) (lleva|llevan|tiene|tienen|hay|contiene|va)"),
    (Intent.QUESTION, "(wifi|wi fi|internet|contrasena|bano|banos|aseo|aseos|servicio|servicios|parking|aparcamiento|guardarropa|enchufe|cargador|zona de fumar)"),
    (Intent.QUESTION, "(donde|como|cuando) (se |puedo |podemos |hay que |tengo que |debo )*(paga|pago|pagar|pagamos)"),
    (Intent.QUESTION, "como de (OPTION|fuerte|dulce|grande|amargo) (es|son)"),
    (Intent.STATUS, "(cuanto (falta|queda|tarda|tardara|tiempo|tardan|va a tardar|demora|hay que esperar)|cuando (esta|estara|estaran|sale|puedo|sera|llega)|a que hora (esta|estara))"),
    (Intent.STATUS, "(donde|como va|que pasa con|como esta|que tal va) (esta|estan|recojo|lo recojo|la recojo|voy|tengo|puedo|mi|el|la|lo|los|pedido|DRINK|$)"),
    (Intent.STATUS, "(donde) (esta|estan|recojo|puedo|tengo que)"),
    (Intent.STATUS, "(esta|estan|estara) (ya |mi |el |la |lista|listo|mis |DRINK|pedido|cafe)*(listo|lista|listos|listas|preparado|preparada|hecho|hecha)"),
    (Intent.STATUS, "(ya|casi) (esta|estan) (listo|lista|listos)?"),
    (Intent.STATUS, "(estado|estatus|cola|turno|progreso|tiempo de espera)"),
    (Intent.STATUS, "(cuanto (tardais|tarda|tardan|se tarda|espera)|(hay|teneis|tienen) mucha (cola|espera|gente))"),
    (Intent.STATUS, "cuant(o|a|os|as) ... (delante|antes|pedidos|gente)"),
    (Intent.STATUS, "(sigo|llevo|estoy|todavia) esperando"),
    (Intent.STATUS, "(recibiste|recibieron|habeis recibido|llego) (mi|el) pedido"),
    (Intent.MENU, "^(menu|carta|la carta|el menu|opciones|lista|bebidas|que mas)$"),
    (Intent.MENU, "(ver|muestra|muestrame|ensename|manda|mandame|envia|enviame|tienes|tienen|teneis|hay|cual es|pasame|donde esta|me das) (me )?(el |la |un |una |las |su |vuestro |vuestra )*(menu|carta|opciones|lista)"),
    (Intent.MENU, "que (tienes|tienen|teneis|hay|ofreces|ofrecen|ofreceis|venden|puedo (pedir|tomar|elegir)|bebidas (hay|tienes|tienen|teneis))( de| para| en)?( GROUP| CATEGORY| MENU| beber| tomar| la carta| el menu| hoy)*"),
    (Intent.MENU, "(que|cuales|cual) (tipos? de |clases? de |otros |otras )*(GROUP|CATEGORY|OPTION|DRINK|bebidas|cafes|sabores|opciones|leches) ... (hay|tienes|tienen|teneis|son|puedo|$)"),
    (Intent.ORDER, "(me|nos) (haces|hace|haceis|hacen) (un|una|dos|tres|cuatro|[0-9]+) ... DRINK"),
    (Intent.ORDER, "(me|nos) (haces|hace|haceis|hacen) (un|una|dos|tres|cuatro|[0-9]+) DRINK"),
    (Intent.QUESTION, "(tienes|tienen|teneis|hay|venden|vendes|vendeis|hacen|haces|haceis|sirven|ofrecen|queda|quedan)"),
    (Intent.QUESTION, "(oido|dicho|dijeron) que (tienen|teneis|hacen|haceis|hay) MENU"),
    (Intent.QUESTION, "(lleva|llevan|contiene|contienen|tiene) (el |la |los |las |algo |de )*(DRINK|OPTION|MENU|gluten|lactosa|leche|azucar|cafeina|nueces|frutos secos|UNKNOWN)"),
    (Intent.QUESTION, "(es|son) (el |la |eso |esto )*(DRINK|OPTION|vegano|vegana|gratis|sin gluten|un bot|un robot|una persona|humano|libre)"),
    (Intent.QUESTION, "que (es|lleva|contiene|diferencia) (un |una |el |la |hay )*(DRINK|OPTION|MENU|entre|UNKNOWN)"),
    (Intent.QUESTION, "(estan|esta|estas|estais) (ya |todavia |aun |hoy )*(abierto|abiertos|cerrado|cerrados|ahi|abierta|cerrada)"),
    (Intent.QUESTION, "(a que hora|cuando|hasta que hora|hasta cuando|desde que hora) (abren|cierran|abre|cierra|abris|cerrais|estan|esta|estais)"),
    (Intent.QUESTION, "(horario|horarios)"),
    (Intent.QUESTION, "(eres|es usted|sois) (un |una )?(bot|robot|persona|humano|maquina|ia|real)"),
    (Intent.QUESTION, "quien (eres|es|sois|son)"),
    (Intent.QUESTION, "(cuanto cuesta|cuanto cuestan|cuesta|cuestan|cuanto (vale|valen|es|debo|seria)|precio|precios|gratis|(cual|que) es (el|la|lo) (DRINK |CATEGORY |bebida |cafe |te )?mas (barato|barata|caro|cara)|hay que pagar|se paga|pagar|(donde|como|cuando) (pago|pagamos)|tarjeta|tarjetas|efectivo|bizum|apple pay|google pay)"),
    (Intent.QUESTION, "^(hola |y |, )*(que (es|hay|tienen|teneis|tienes)|cual es|cuales son|algo|(hay|tienen|teneis|tienes) algo) (que sea )?(vegano|vegana|vegetariano|halal|kosher|sin( UNKNOWN| [a-zA-Z]+){1,4}|OPTION)( por favor)?( \\?)?$"),
    (Intent.QUESTION, "(alergenos|ingredientes|calorias)"),
    (Intent.QUESTION, "(direccion|como te llamas|como os llamais)"),
    (Intent.QUESTION, "^(hola )*(puedo|podemos|se puede) (traer|usar|fumar|cargar|sentarme|trabajar|comer)"),
    (Intent.HELP, "(cambiar|modificar) (mi|el|la|nuestro) (pedido|orden|bebida)$"),
    (Intent.HELP, "^(hola |buenas |buenos dias )?(puedo|podria|podemos|quiero|quisiera|queria|me gustaria|se puede) (pedir|ordenar|tomar|hacer un pedido|una bebida|algo)( algo| una| un| bebida| de| beber| tomar| aqui| por favor| porfa)*$"),
    (Intent.HELP, "(como (funciona|pido|se pide|puedo pedir|hago|ordeno)|que (puedo|debo|tengo que) (hacer|decir|escribir)|necesito ayuda|ayudame|instrucciones)"),
    (Intent.THANKS, "(estaba|esta|estuvo) (muy |realmente |tan |super )*(bueno|buena|rico|rica|delicioso|deliciosa|genial|perfecto|perfecta|buenisimo|riquisimo|excelente)$"),
    (Intent.CHAT, "^(ya |ahora |ahi |casi |perdon |lo siento |yo |, )*(voy( (ya|yendo|para|en|de|ahora|alla|corriendo|llegando|enseguida|tarde))?|vamos( (ya|para|en|de|ahora))?|vengo|llego|llegamos|llegando|(estoy|estamos) (en camino|llegando|de camino|cerca)|en camino|de camino|voy tarde|llego tarde)( (ya|para|en|de|ahora|alla|aca|enseguida|camino|un|unos|par|dos|cinco|diez|[0-9]+|min|minuto|minutos|hora|tarde|poco|segundo|segundos|,|a|por|el|mi|pedido|cafe)){0,6}$"),
    (Intent.QUESTION, "^(hola |y |pero |perdon |oye |, )*(que|cuando|donde|quien|quienes|por que|como|cual|cuales)( UNKNOWN| [a-z0-9]+){0,2} (es|son|era|esta|estan|ha|han|usais|usan|usas|gano|habla|viene|va|hablar)( UNKNOWN| [a-z0-9]+| ,){0,12}( \\?)?$"),
    (Intent.QUESTION, "^(hola |y |pero |, )*(quien|por que (es|son|esta|estan|hay|el|la|teneis|tienen))( UNKNOWN| [a-z]+){1,4} MENU"),
    (Intent.QUESTION, "^(hola |y |, )*(el |la |los |las |su |vuestra |vuestro )*(MENU )+(es|son|esta|estan) (UNKNOWN|[a-z]+)( UNKNOWN| [a-z]+){0,6} \\?$"),
)  # fmt: skip

MESSAGES = (
    (Intent.HELP, "ayuda, help, info, ?, qué, cómo, instrucciones, auxilio, cómo funciona"),
    (Intent.CANCEL, "cancela, cancelar, cancelar pedido, anular, olvídalo, déjalo, mejor no, drop, cancela todo, quita todo, bórralo todo"),
    (Intent.STATUS, "status, estado"),
    (Intent.MENU, "menú, carta, la carta"),
    (Intent.YES, """sí, si, s, sip, claro, claro que sí, por supuesto, sí por favor, si porfa, vale, ok, okay, de acuerdo, correcto, exacto, eso es, perfecto, bueno, está bien, genial, dale, venga, sí gracias, así está bien,
        confirmo, confirmado, adelante, 👍, me parece bien, por qué no, sí quiero, bien"""),
    (Intent.NO, """no, n, nop, no gracias, nada, nada más, nada mas gracias, ninguno, ninguna, eso es todo, es todo, así está bien gracias, ya está, no hace falta, para nada, tampoco, mejor no gracias, 👎, no no,
        sin nombre, saltar"""),
    (Intent.GREETING, "hola, buenas, buenos días, buen día, buenas tardes, buenas noches, hey, hi, ola, holi, qué tal, hola qué tal, saludos, hay alguien, hola a todos, muy buenas"),
    (Intent.THANKS, """gracias, muchas gracias, mil gracias, muchísimas gracias, gracias a ti, muy amable, qué rico, delicioso, buenísimo, genial gracias, perfecto gracias, recogido, ya lo tengo, ya la tengo, excelente,
        son los mejores, sois los mejores, estaba rico, muy rico, adiós, chao, chau, hasta luego, hasta pronto, hasta ahora, nos vemos, buen día y gracias, que tengas buen día, que tengan buen día, feliz día, buenas noches y gracias, de nada,
        no hay problema, no pasa nada, vale gracias, ok gracias, muy bien gracias"""),
    (Intent.CHAT, "jaja, jajaja, jajajaja, jeje, jiji, lol, wow, guau, oh, ah, ajá, ah vale, hmm, mmm, interesante, qué gracioso, ups, es broma, prueba"),
)  # fmt: skip

AVAILABLE = "(tienes|tienen|teneis|tiene|hay|venden|vendes|vendeis|hacen|haces|haceis|sirven|servis|ofrecen|ofreceis|queda|quedan|lleva|llevan|puede|pueden|disponible|agotado|agotada|tambien|todavia|aun|posible)"
ASKING = "^(hola |y |pero |perdon |oye |, )*((donde|quien|quienes|por que|como|cual|cuales)( UNKNOWN| [a-z]+){2}|(que|cuando|donde|quien|por que|como|cual|cuales|cuanto|cuantos) ... \\?|(es|son|esta|estan|se puede|puedo|podemos|tienen|teneis|hay) (UNKNOWN|[a-z]+) ... \\?)"

INDIFFERENT = "me da igual, da igual, cualquiera, el que sea, la que sea, lo que sea, como sea, indiferente, sin preferencia, lo que tengas, lo que tengan, elige tú, como quieras, no sé, sorpréndeme"

TOPICS: dict[TopicKind, str] = {
    "open": "(abierto|abiertos|cerrado|cerrados|abren|cierran|abre|cierra|abris|cerrais|horario|horarios)",
    "price": "(mas (barato|barata|caro|cara)|cuesta|cuestan|(cuanto|que) (vale|valen|es|debo|seria)|precio|precios|gratis)",
    "pay": "(pagar|paga|pago|pagamos|tarjetas?|efectivo|en metalico|contactless|apple pay|google pay|paypal|bizum)",
    "allergens": "(alergi|alergia|alergenos|gluten|vegano|vegana|vegetariano|contiene|contienen|lactosa|nueces|frutos secos|halal|kosher|ingredientes|cafeina)",
    "inside": "((tiene|tienen|lleva|llevan|contiene|contienen) ... (el |la |los |las |un |una |vuestro )+DRINK|(el |la |los |las |un |una |vuestro )*DRINK (tiene|tienen|lleva|llevan|contiene|contienen)|hay ... en (el |la |un |una |vuestro )*DRINK)",
    "free": "(que|cual|cuales|algo) ... (vegano|vegana|vegetariano|halal|kosher|sin|OPTION)",
    "who": "(quien (eres|es|sois|son)|bot|robot|humano|una persona|maquina|ia|te llamas|os llamais)",
    "place": "(donde|direccion)",
    "hours": "((a que hora|cuando|hasta que hora|hasta cuando|desde que hora) ... (abren|cierran|abre|cierra|abris|cerrais|estan|estais)|horarios?)",
    "other": f"({_OF_EVENT}|(cuanta|cuanto|cuantos|cuantas) (de )?(OPTION|GROUP) (lleva|llevan|tiene|tienen|hay|contiene|va)|wifi|wi fi|internet|contrasena|bano|banos|aseo|aseos|servicio|servicios|parking|aparcamiento|guardarropa|enchufe|cargador|zona de fumar|calorias|kcal)",
    "made": "(DRINK (es|son|esta|puede ser) (muy |apto |apta )*OPTION|que (es|son|lleva|llevan|tiene|tienen|hay en) (un |una |el |la |los |vuestro )*DRINK|como de (OPTION|fuerte|dulce|grande|amargo) (es|son)|(es|son) (muy |el |la |un |una )*(OPTION|fuerte|dulce|amargo) (el |la |un |una )*DRINK|(es|esta) (el |la |un |una )*DRINK (muy |tan )*(OPTION|fuerte|dulce|amargo)|(lleva|tiene|hay) (de |el |la )*OPTION (en )?(el |la |un |una )*DRINK|diferencia entre|hecho de|hecha de|a que sabe)",
}

SCORES = {"uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5}
RATING_PRAISE = "rico|riquísimo|delicioso|bueno|buenísimo|excelente|perfecto|genial|increíble|encantó|gustó"
RATING_BLAME = "malo|malísimo|estaba|estuvo|fría|demasiado|poco (?:frío|amargo|dulce|fuerte|caliente)"
RATING_ASKS = "por favor|quiero|quisiera|otro|otra"
RATING_DEGREES = "poco"
TEXTING_VERBS = "envía|escribe|responde|manda"

COMMON = """
habra habria enviado oye oiga oigan oid oigame mire miren fijate disculpa disculpe disculpen perdonen permiso senorita senoritas joven jovenes muchacho muchacha muchachos caballero caballeros dama damas jefazo profesor profesora doctor doctora
licenciado licenciada lic inge ingeniero ingeniera arquitecto director directora presidente secretaria becario becaria practicante compadre comadre compa compas cuate wey guey parce parcero pana chamo chama carnal quiubo quihubo
holis holi epa che boludo mijo mija carino tesoro cielo guapos guapas majos majas podrian podriamos pudieras pudieran puedan quisieras quisieran querrias quieran quieras quiera tendrias tendrian tendreis haria harias harian
hicieras haced preparar prepararme prepararnos preparen preparad preparan servirme servirnos mandar mande encargar encargue encargamos apuntar apunten anota anotar anote anotame guarda guardar guardame guarden aparta apartame
separa separame llevarme pasar pasas paso pasamos pasan pasare recoge recogen recogemos recogere recogera recogerlo recogerla recogerlos busco buscar busca buscan bajo bajar subo subir entro entrar salgo salir salen acabo acabar
acaba acabamos termino terminar empiezo empieza empezar empezamos corro apura apuro apurado apurada urge urgente urgentemente necesitan muero muere muriendo morir duermo dormir dormido dormida dormi despertar despertarme despierto
despierta aguantar salvar salvas salvan salvame salvais ando anda andamos andan traigo traen invito invita deber deberia avisa avisame avisar avisen confundi equivoco pregunto preguntar encantaria provoca llama equipos sonido
luces camara camaras prensa produccion tecnico tecnicos tecnica organizacion organizador organizadora organizadores voluntario voluntarios voluntaria ponente ponentes orador oradora conferencista conferencistas panelista
panelistas moderador moderadora talleres recepcion entrada salida puerta escenario auditorio vestibulo terraza oficina reuniones junta clases trabajo chamba curro grupo familia companeros companeras colega colegas cliente clientes
visita resaca cruda crudo resacoso desvelado desvelada cansadisimo cansadisima muerto muerta cuerpo alma madrugada vuelo rapidito rapidita prontito ahorita ahoritita nomas nadamas lindo lindos lindas bonito bonita amable amables
increible maravilloso maravillosa favorcito graciass grax especial especiales clasico clasica tipico tipica damos
xq xk supongo diria flipa mola
calentado calentada temperatura
hijo hija nene nena compi profe tia tias mujer marido esposa esposo novio novia hermano hermana madre padre mama papa suegra suegro
yo tu usted el ella nosotros ustedes vosotros ellos ellas me te se nos os le les lo la los las mi mis su sus nuestro es son soy eres somos era fue ser estar esta estan estoy estas estaba hay tengo tiene tienen tienes tenemos tener
ha he han hemos haber hacer hace hago hecho haz puedo puede puedes pueden podemos podria poder quiero quiere quieres queremos querer quisiera va voy vas vamos ir ven venir viene dar dame da doy decir dice digo dicho ver veo saber se sabe
ojo que quien cual cuales como cuando donde cuanto cuanta cuantos por para con sin de del en a al ante desde hasta sobre entre contra pero si no ni o y porque pues aunque mientras muy mas menos mucho poco tan tanto todo nada algo alguien nadie
cada otro otra mismo misma este esta esto ese esa eso aquel bien mal mejor peor bueno buena malo mala nuevo viejo primero ultimo hoy ayer manana ahora luego despues antes tarde pronto ya todavia aun siempre nunca aqui alli ahi cerca lejos
participante participantes asistente asistentes invitado invitada invitados dia dias semana minuto minutos hora horas tiempo rato pausa charla charlas ponencia sesion conferencia congreso evento feria stand sala salon mesa cola barra companero companera jefe jefa amigo amiga amigos mujer hombre nino nina gente persona
nombre numero telefono movil mensaje mensajes pedido pedidos pedir orden cafe bebida bebidas vaso taza tapa sed hambre sueno cansado cansada listo lista rapido gracias favor hola adios claro vale perfecto genial espero esperar esperando llego llegar
tomar beber comer traer recoger quedar dejar poner pongo ponme gustaria gusta encanta creo pienso parece igual verdad seguro sabor tipo clase una uno unos unas
solamente quizas tal vez entonces tambien tampoco ademas
"""

THINGS = """
condensada evaporada vegetal merengada
verde rojo roja azul blanco blanca amarillo menta manzanilla tila poleo bergamota
agua pan tostada tostadas cerveza vino galleta galletas tarta pastel magdalena magdalenas muffin muffins cruasan croissant bocadillo sandwich ensalada sopa zumo jugo cola refresco limonada batido smoothie helado brownie donut rosquilla hamburguesa
pizza patatas platano manzana naranja mango jengibre limon canela miel sirope coco arroz huevo tocino queso jamon churros churro tortilla latte capuchino mocha espresso americano te chai matcha cacao macchiato cortado tonica horchata
"""

NAMES = """
camila facu facundo jimena renata regina iker aitor nerea begona ainhoa jordi pau laia montse oriol arnau mireia josep carme encarna juanjo josemi manolo kiko memo lalo chuy pancho quique yolanda hernan mauricio agustina bautista thiago santino antonella micaela florencia gimena leandro matias ezequiel gonza sofi fer rodri ale lau pato marijose guadalupe itzel citlali jhon yeison maicol brayan dayana yesenia paola estefania unai mikel leire amaia uxia breixo fran
jo edu santi nacho chema toni paqui pili lupe marisol rosario
adrian agustin alba alberto alejandra alejandro alfonso alicia alvaro amalia ana andrea andres angel angela antonio arturo beatriz belen blanca carla carlos carmen carolina catalina cecilia cesar claudia cristina daniel daniela david diana
diego eduardo elena emilio enrique esteban eva felipe fernanda fernando francisco gabriel gabriela gloria gonzalo guillermo gustavo hector hugo ignacio ines irene isabel ivan jaime javier jesus joaquin jorge jose josefina juan juana julia julian
julio laura leticia lola lorena lucas lucia luis luisa manuel marcos margarita maria mariana mario marta martin mateo mercedes miguel monica natalia nicolas nuria oscar pablo paco patricia paula pedro pepe pilar rafael ramon raquel raul ricardo
roberto rocio rodrigo rosa ruben sandra santiago sara sebastian sergio silvia sofia susana teresa tomas valentina valeria vanessa veronica vicente victor victoria virginia xavier ximena
"""

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
