"""Patterns of whole Spanish sentences that order nothing, such as questions."""

from orders.parser.reading import Intent, TopicKind

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

INDIFFERENT = "me da igual el tamaño, da igual el tamaño, el tamaño me da igual, el tamaño da igual, cualquier tamaño, me da igual, da igual, cualquiera, el que sea, la que sea, lo que sea, como sea, indiferente, sin preferencia, lo que tengas, lo que tengan, elige tú, como quieras, no sé, sorpréndeme"

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
