"""Spanish word lists: everyday words, words that describe, things that people order, and names."""

DOUBTFUL = "jamas nunca nada contra menos salvo deja dejar evita evitar quita fuera ni no sin"
DESCRIBING = "moreno morena fresco fresca bio caliente calentita tibia espumosa fundido derretido tostado tostada cremosa cremoso rico rica buena buen natural casera casero"
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
