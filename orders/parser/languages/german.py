"""German words and patterns, as texted in Germany, Austria and Switzerland. They are written without umlauts, because
the parser removes these from a text before it compares words."""

from orders.parser.atoms import Kind
from orders.parser.reading import Intent, TopicKind

DOUBTFUL = "genug nie niemals weg raus gegen hasse ohne nichts nicht kein weniger statt lass lassen vermeide verzichte aufhören leer frei"
DESCRIBING = "braun brauner braunem braunen frisch frische frischer frischem bio warm warme warmer warmem kalt kalte kalter aufgeschäumt aufgeschäumte aufgeschaumte geschäumt geschlagene geschmolzen geröstet geröstete cremig cremige cremiger knusprig knuspriger echte echter echtem gute guter gutem"
INFLECTIONS = "e er en es em"
NORMAL = "normal normaler normale normalen normales"
MULTIPLIERS = "doppelt doppelte doppelten dreifach halb halbe halben"
DEGREES = "zu so sehr allzu ganz besonders"
VERB_LAST = True
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

PHRASES = {
    Kind.ARTICLE: "der eine, die eine, das eine, den einen, dem einen, ein, eine, einen, einem, einer, eines, nen, ne, n, nem, a, an",
    Kind.THE: "der, die, das, den, dem, des, beim, mein, meine, meinen, meinem, meiner, unser, unsere, unseren, dieser, diese, dieses, diesen",
    Kind.DROP: """streichen sie, streichen sie den, streichen sie die, streichen sie das, stornieren sie, stornieren sie den, stornieren sie die, stornieren sie das, entfernen sie, entfernen sie den, entfernen sie die, entfernen sie das, löschen sie, löschen sie den, löschen sie die, löschen sie das, vergessen sie den, vergessen sie die, vergessen sie das, streich, streiche, streich den, streich die, streich das, nimm raus, entferne, entferne den, entferne die, entferne das, vergiss den, vergiss die, vergiss das, storniere, stornieren, stornier, storniert, storniert den, storniert die, storniert das, streicht, streicht den, streicht die, streicht das, storniere den, storniere die, storniere das, storniere bitte, entfernen, löschen, lösche, lösche den, lösche die, lösche das, streichen, abbestellen, doch kein, doch keine, doch keinen""",
    Kind.NO: """❌, 🚫, weder, weder mit, ohne, o, ohne die, ohne den, ohne das, kein, keine, keinen, keiner, keinerlei, nicht, nicht den, nicht die, nicht das, null, doch ohne, bitte ohne, und ohne, und kein, und keine, und keinen, lass weg,
        lass die, lass den, lass das, lasst weg, weg mit, ich will kein, ich will keine, ich will keinen, ich brauche kein, ich brauche keine, ich brauche keinen, ich möchte kein, ich möchte keine,
        ich möchte keinen, frei von, vermeide, vermeiden, vermeiden sie, bitte keine, bitte kein, bitte keinen, außer, alles außer, alle außer, bis auf, abgesehen von, nur nicht, bloß kein, bloß keine,
        bloß keinen, auf gar keinen fall, auf keinen fall, niemals, nie, spar dir, spar dir den, spar dir die, verzichte auf, verzichten sie auf, lassen sie, lassen sie den, lassen sie die, lass bitte,
        lass bitte den, lass bitte die, null, keinesfalls, nichts mit""",
    Kind.LIGHT: "so wenig wie möglich, möglichst wenig, nur ganz wenig, ganz wenig, wenig, ein wenig, etwas, ein bisschen, bisschen, bissl, ein bissl, nur wenig, nur etwas, nur ein bisschen, einen schuss, ein schuss, ein schluck, einen schluck, nem schluck, einem schluck, nen schluck, ner prise, einen hauch, weniger, nicht so viel, nicht zu viel, einen tropfen, leicht, an schuss, a bissl, a bisserl, bisserl, chli",
    Kind.EXTRA: "extra, viel, mehr, noch mehr, ganz viel, reichlich, ordentlich, jede menge, zusätzlich, zusätzliche, zusätzlichen, besonders viel, eine extra portion",
    Kind.UNIT: "löffel, teelöffel, tl, stück, stücke, stueck, würfel, portion, portionen, päckchen, pumpen, pumpe, spritzer, scheibe, scheiben, kugel, kugeln, tütchen, pumpstoß, pumpstöße, pump, stoß, shot, shots, schuss",
    Kind.TIMES: "mal, x, ×",
    Kind.AND: "und, &, +, u, plus, sowie, dann, und dann, und dazu, und noch",
    Kind.BUT: "aber, sondern, jedoch",
    Kind.OUT: "ist haram, ist nicht halal, ist nicht koscher, möchte ich nicht mehr, will ich nicht mehr, brauche ich nicht mehr, brauche ich doch nicht, brauche ich doch nicht mehr, brauchen wir nicht, brauchen wir doch nicht, brauchen wir nicht mehr, nehme ich doch nicht, nehmen wir doch nicht, möchten wir nicht mehr, wollen wir nicht mehr, lass doch weg, lass bitte weg, lass mal weg, lass bitte doch weg, lasst doch weg, lasst bitte weg, lasst mal weg, lassen wir weg, lassen wir doch weg, lassen wir lieber weg, lassen sie doch weg, lassen sie bitte weg, doch weg, bitte weg, dann weg, lieber weg, kann weg, kann doch weg, heraus, wieder raus, wieder heraus, wieder weg, doch nicht, dann doch nicht, lieber doch nicht, doch lieber nicht, weglassen, weg, weglasse, wegzulassen, raus, rauslassen, rausnehmen, auslassen, vermeide ich, verzichte ich, verzichten, sparen, vergessen, lassen sie weg, bitte nicht, lieber nicht, möchte ich nicht, will ich nicht, mag ich nicht, brauche ich nicht, nicht nötig, geht nicht, geht gar nicht",
    Kind.REFUSES: """zu viel, viel zu viel, schon zu viel, schon genug, vertrage kein, vertrage keine, vertrage keinen, vertrag kein, vertrag keine, vertrag keinen, verträgt kein, verträgt keine, verträgt keinen, darf kein, darf keine, darf keinen, kann kein, kann keine, kann keinen, trinke kein, trinke keine, trinke keinen,
        trinkt kein, trinkt keine, trinkt keinen, esse kein, esse keine, esse keinen, isst kein, isst keine, isst keinen, nehme kein, nehme keine, nehme keinen, nehme nie, trinke nie, esse nie, vertrage nicht, hasse, mag kein, mag keine, mag keinen, mag nicht, reagiere auf, allergisch gegen, allergisch auf, allergie gegen, allergie auf,
        intolerant gegen, empfindlich gegen, ausschlag von, verzichten auf, meide, ich meide, bekomme ich ausschlag, kriege ich ausschlag, bekommt mir nicht, wird mir schlecht, macht mich krank""",
    Kind.OR: "oder",
    Kind.WITH: "nicht ohne, nie ohne, niemals ohne, bloß nicht ohne, bitte nicht ohne, auf keinen fall ohne, mit, mit der, mit dem, mit den, mit einer, mit einem, mit etwas, m, in, auf, aus, aber mit, inklusive, inkl, bitte mit",
    Kind.ALL: "alle, alles, beide, beides, jeder, jede, jedes, jeweils, alle beide, je, mach alle, mach beide, sämtliche, das ganze",
    Kind.REST: "der andere, die andere, das andere, den anderen, die anderen, anderen, der rest, den rest, die übrigen, die restlichen, die anderen beiden, die beiden anderen, die zwei anderen, die drei anderen, die vier anderen",
    Kind.NTH: "dem ersten, dem zweiten, dem dritten, dem letzten, im ersten, im zweiten, im dritten, im letzten, beim ersten, beim zweiten, beim dritten, beim letzten, den ersten, die erste, das erste, der erste, den zweiten, die zweite, das zweite, der zweite, den dritten, die dritte, das dritte, der dritte, den letzten, die letzte, das letzte, der letzte",
    Kind.SAME: "das gleiche, dasselbe, das selbe, den gleichen, die gleiche, gleiches, genauso, ebenso, auch so",
    Kind.ANOTHER: "noch ein, noch eine, noch einen, noch einer, noch nen, noch ne, ein weiterer, eine weitere, einen weiteren, ein weiteres, das gleiche aber, dasselbe aber, das gleiche nochmal, dasselbe nochmal, das gleiche mit, dasselbe mit, und das gleiche, und dasselbe, und das gleiche aber, und dasselbe aber, und das gleiche nochmal, und dasselbe nochmal, und nochmal das gleiche, und nochmal dasselbe, und das gleiche mit, und dasselbe mit",
    Kind.COMMA: "komma",
    Kind.STOP: "punkt, ausrufezeichen",
    Kind.OF_THEM: "von den fünf, von den sechs, von den sieben, von den acht, von den zehn, der drei, der vier, der fünf, der sechs, der sieben, der acht, der zehn, der beiden, von den dreien, von den vieren, von den vier, von den drei, davon, von denen, von ihnen, von den beiden, von uns, von euch, von beiden",
    Kind.IT: "seiner, ihrer, den von ihr, den von ihm, seinen, seine, ihren, es, ihn, sie, dies, die bestellung, meine bestellung, meinen kaffee, mein getränk, meins, mir",
    Kind.PLAIN: "pur, ohne alles, ohne irgendwas, ohne extras, wie er ist, normal, ganz normal",
    Kind.FOR: "für, fuer, fürn",
    Kind.CALLED: "der name für die bestellung ist, name für die bestellung ist, mein name für die bestellung ist, name für die bestellung, der name auf dem becher ist, name auf dem becher ist, der name für den becher ist, die bestellung ist für, die bestellung läuft auf, danke von, grüße von, liebe grüße von, namen, abgeholt von, abholung, abholung durch, namen sind, die namen sind, unsere namen sind, wir heißen, falscher name, der falsche name, name falsch, mein name falsch, meinen namen falsch geschrieben, nicht mein name, ich heiße eigentlich, richtig ist, name sollte sein, ändere den namen in, ändere den namen auf, name ändern in, name ändern auf, mein name ist, name ist, name, ich heiße, ich heisse, auf den namen, unter dem namen, der name ist, nenn mich, auf name",
    Kind.AS_NAME: "holt ihn ab, holt sie ab, holt es ab, holt das ab, holt ab, holts ab, kommt ihn holen, kommt es holen, kommt sie holen, als namen, als name, als meinen namen",
    Kind.BEING: "bin der, bin die, bin das, bins der, bins die, ich bin, ich bins, ich bin der, ich bin die, hier ist, hier spricht",
    Kind.ONLY: """nur, nur den, nur die, nur das, nur noch, nur noch den, nur noch die, nur noch das, behalte nur, lass nur""",
    Kind.ADD: "fügen sie hinzu, fügen sie noch, nehmen sie noch, geben sie noch, packen sie noch, packen sie, vergessen zu sagen, hab vergessen, ich hab vergessen, ich habe vergessen, habe vergessen zu sagen, hab vergessen zu sagen, dazu, füge hinzu, hinzufügen, zusätzlich noch, auch, auch noch, ebenfalls, außerdem, noch dazu, obendrauf, pack, nimm noch, noch",
    Kind.MAKE: """ändern sie auf, ändern sie in, machen sie, machen sie daraus, machen sie ihn, machen sie es, machen sie den, machen sie die, machen sie das, machen sie mir den, machen sie mir die, mach, mache, macht, mach ihn, mach es, mach sie, mach das, mach den, mach die, mach mal, mach daraus, mach da, mach mir das, mach meinen,
        mach meine, lieber, doch lieber, lieber doch, doch, ändere auf, änder auf, ändere es auf, ändere in, ändern auf, ändern in, ändere zu, kannst du ihn, kannst du es, kannst du das,
        kann der, kann die, kann das, könnt ihr ihn, könnt ihr es, könntest du ihn, könntest du es, er soll, sie soll, es soll, soll, sollte, wechsel zu, wechsle zu, daraus""",
    Kind.SWAP: "ersetzt, getauscht, ausgetauscht, ändern sie, tauschen sie, ersetzen sie, wechseln sie, ändert, ändern, tauschen, ersetzen, austauschen, ändere den, ändere die, ändere das, ändern sie den, ändern sie die, ändern sie das, tauschen sie den, tauschen sie die, tauschen sie das, ersetzen sie den, ersetzen sie die, ersetzen sie das, könnten sie tauschen, können sie tauschen, aus dem, mach aus dem, machen sie aus dem, macht aus dem, tausch, tausche, tauscht, ersetze, ersetz, wechsle, wechsel, ändere, änder, tausch den, tausche den, tausche die, tausche das, ersetze den, ersetze die, ersetze das, kannst du tauschen",
    Kind.TO: "gegen, durch, zu, zum, zur, in eine, in ein",
    Kind.INSTEAD: "stattdessen, dafür, statt dessen",
    Kind.INSTEAD_OF: "statt, anstatt, anstelle, anstelle von, statt der, statt dem, statt des, anstatt der, anstatt dem, anstatt des, an stelle von",
    Kind.CORRECT: """andersrum, anders herum, andersherum, genau andersrum, umgekehrt, genau umgekehrt, nein andersrum, nein umgekehrt, also einfach, also nur, also doch, ach ne, nein warten sie, warten sie, nein moment, moment mal, sorry, warte, moment, halt, ich meine, ich meinte, meinte, ups, hoppla, korrektur, entschuldigung, eigentlich, nein doch, ach nein, ach nee, nee doch, nein warte,
        ich hab es mir anders überlegt, habs mir anders überlegt, quatsch""",
    Kind.ASK: """wir brauchen, wir benötigen, ich benötige, brauchen, benötigen, ich hätte gern, ich hätte gerne, ich haette gern, ich haette gerne, ich möchte, ich moechte, ich will, ich nehme, ich nehm, nehme, nehm,
        ich bekomme, bekomme ich, kriege ich, krieg ich, kann ich, könnte ich, koennte ich, kann ich bitte, könnte ich bitte, dürfte ich, darf ich, wir hätten gern, wir hätten gerne, wir möchten, wir nehmen, wir wollen, wir bräuchten,
        gib mir, gebt mir, bring mir, bringt mir, mach mir, macht mir, machst du mir, ich brauche, ich brauch, ich bräuchte, brauche, bräuchte, bestelle, ich bestelle, bestellen, ich würde gern, ich würde gerne,
        ich hätte lust auf, lust auf, haben, kriegen, bekommen, für mich bitte, einmal bitte, bloß, wie wäre es mit, wie wärs mit, ich wollte, kannst du mir, könntest du mir, könnt ihr mir, mir bitte, gern, gerne, trinken, ich trinke, ich hätt gern, hätt gern, i hätt gern, chönnt ich, chan ich, chönnti, i nimm, ich nimm, ich wett, ich lechze nach, lechze nach""",
    Kind.HERE: "hier",
    Kind.WANTS: "möchte, moechte, will, hätte gern, hätte gerne, nimmt, bekommt, kriegt, braucht, trinkt, wünscht sich, würde gern, mag",
    Kind.FILLER: """merci vilmal, merci vielmal, merci vielmals, vilmal, vielmals, sehr geehrtes team, sehr geehrte damen und herren, liebes team, hallo team, liebes barteam, es sind, wir sind, es werden, insgesamt, zusammen, gesamt, kein problem, macht nichts, noch was, noch etwas, noch eins, pls, plz, thx, bitte, bitteschön, danke, dankeschön, danke schön, vielen dank, vielen lieben dank, merci, hallo, hi, hey, moin, servus, grüezi, grüß gott, guten morgen, guten tag, guten abend,
        morgen, tach, tag zusammen, hallo zusammen, liebe grüße, lg, mfg, viele grüße, ok, okay, gut, also, ja, jo, jap, bitte mal, heute, jetzt, gleich, schnell, super, toll, perfekt, dann bitte, zum mitnehmen, to go,
        zum hier trinken, das wars, das wäre alles, das ist alles, sonst nichts, mehr nicht, getränk, getränke, tasse, becher, groß geschrieben, art, sorte, wäre toll, wäre super, wäre nett, wenn möglich, falls ihr habt, wenn ihr habt, falls ihr das habt, wenn ihr das habt, falls vorhanden, wenn vorhanden, wenn es geht, wenns geht,
        reicht, reichen, genügt, reinmachen, reintun, reingeben, dazumachen, dazutun, dazugeben, draufmachen, dabeimachen, da, drin, drauf, drüber, darüber, rein, dabei, davor, so, eben, ganz, sehr, wirklich, zubereitet, euch, ihr, du, dir, uns, wir, ich, mich, mensch, leute""",
    Kind.TIME: "min, minute, minuten, uhr, stunde, stunden, std, sekunden, sek, euro, cent, personen, grad, °, grad celsius, celsius, grad fahrenheit, fahrenheit, jährige, jährigen, jähriger, jahre alt",
    Kind.IF_NOT: "wenn kein, wenn keine, wenn es kein, wenn es keine, falls kein, falls keine, falls es kein, falls es keine, falls nicht, wenn nicht, ansonsten, sonst",
    Kind.MEASURE: "percent, prozent, ml, cl, liter, milliliter, oz",
    Kind.PLACE: "stand, tisch, raum, halle, platz, reihe, saal, stock, stockwerk, etage, zimmer, standnummer, tischnummer, tisch nummer, stand nummer, raum nummer",
    Kind.COMMON: "mir ist kalt, mir ist so kalt, ist mir kalt, es ist kalt, ist so kalt, ist das kalt, kalt hier, kalt draußen, mir ist heiß, falls doppelt, wenn doppelt, als normal, als sonst, als üblich, als gewöhnlich, zu spät, komme später, bin spät, spät dran, etwas später, ein bisschen später, nicht mehr",
    Kind.NOTE: """vegan, veganer, veganerin, vegetarier, vegetarierin, keine nüsse, ohne nüsse, kein gluten, ohne gluten, laktoseintolerant, zöliakie, schwanger, diabetiker, diabetikerin, vorsicht mit, glutenfrei, nussfrei, pflanzenmilch, pflanzliche milch, pflanzlicher milch, pflanzendrink, vegane milch, veganer milch, milchfrei, milchalternative, ohne milchprodukte, keine milchprodukte""",
    Kind.ALLERGY: "allergie, allergien, allergisch, allergiker, allergikerin, unverträglichkeit, unverträglichkeiten, intoleranz, intoleranzen, intolerant, anaphylaxie, ausschlag, migräne, kopfschmerzen, kopfweh, bauchschmerzen, bauchweh, magenschmerzen, durchfall, blähungen, sodbrennen, übelkeit, nesselsucht, juckreiz, sterbe ich, bringt mich um, bringen mich um, umbringen, nicht gut für mich, schlecht für mich, tut mir nicht gut, tut mir gar nicht gut, nichts für mich, verboten für mich, mir verboten, vertrage ich nicht, vertrag ich nicht, vertrage ich leider nicht, vertrage ich gar nicht, vertrage ich überhaupt nicht, vertrage ich schlecht, vertrage ich nicht gut, darf ich nicht, darf ich leider nicht, darf ich gar nicht, geht bei mir nicht, geht bei mir gar nicht, geht für mich nicht, geht für mich gar nicht, kommt für mich nicht in frage",
    Kind.REMARK: """nussmilch, nussdrink, zimmertemperatur, mit allem, mit allem drauf, gut durch, durchgebraten, knusprig, nebenbei, am rand, nicht so süß, nicht zu süß, weniger süß, extra süß, halb voll, halbvoll, nur halb voll, dreiviertel voll, 3/4 voll, nicht ganz voll, separat, daneben, extra dazu, beutel drin lassen, beutel drinlassen, beutel raus, im eigenen becher, in meinem eigenen becher, in meinem becher, eigener becher, eigenen becher, mit deckel, ohne deckel, ohne strohhalm, mehrwegbecher, im mehrwegbecher,
        nach der keynote, nach dem keynote, vor der keynote, vor dem keynote, während der keynote, während des keynote, in der keynote, im keynote, nach keynote, vor keynote, nach der vortrag, nach dem vortrag, vor der vortrag, vor dem vortrag, während der vortrag, während des vortrag, in der vortrag, im vortrag, nach vortrag, vor vortrag, nach der vortrags, nach dem vortrags, vor der vortrags, vor dem vortrags, während der vortrags, während des vortrags, in der vortrags, im vortrags, nach vortrags, vor vortrags, nach der pause, nach dem pause, vor der pause, vor dem pause,
        während der pause, während des pause, in der pause, im pause, nach pause, vor pause, nach der mittagspause, nach dem mittagspause, vor der mittagspause, vor dem mittagspause, während der mittagspause, während des mittagspause, in der mittagspause, im mittagspause, nach mittagspause, vor mittagspause, nach der kaffeepause, nach dem kaffeepause, vor der kaffeepause, vor dem kaffeepause, während der kaffeepause, während des kaffeepause, in der kaffeepause, im kaffeepause, nach kaffeepause, vor kaffeepause, nach der workshop, nach dem workshop, vor der workshop,
        vor dem workshop, während der workshop, während des workshop, in der workshop, im workshop, nach workshop, vor workshop, nach der workshops, nach dem workshops, vor der workshops, vor dem workshops, während der workshops, während des workshops, in der workshops, im workshops, nach workshops, vor workshops, nach der sitzung, nach dem sitzung, vor der sitzung, vor dem sitzung, während der sitzung, während des sitzung, in der sitzung, im sitzung, nach sitzung, vor sitzung, nach der mittagessen, nach dem mittagessen, vor der mittagessen, vor dem mittagessen, während der mittagessen,
        während des mittagessen, in der mittagessen, im mittagessen, nach mittagessen, vor mittagessen""",
}  # fmt: skip

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

#: Questions about the event that no menu answers.
_OF_EVENT = (
    "wo (ist|sind|gibt es|finde ich|geht es) (hier |der |die |das |ein |eine |einen |zur |zum |denn )*(UNKNOWN|raum|saal|halle|buhne|keynote|vortrag|session|workshop|eingang|ausgang|mittagessen|empfang|anmeldung|treppe|aufzug|hotel|bus|bahn|party|abendessen)"
    "|(wann|um wieviel uhr|um wie viel uhr|wie lange|ab wann|bis wann) (ist|sind|beginnt|fangt|startet|geht|endet|lauft|dauert|gibt es|gibts) (der |die |das |ein |eine |den |denn |nachste |nachster |nachstes )*(UNKNOWN|keynote|vortrag|session|workshop|mittagessen|mittag|essen|party|abendessen|fruhstuck|pause|konferenz|veranstaltung|panel|anmeldung|wlan)"
    "|(woher|wo) (ist|sind|kommt|kommen|seid|bist) (der |die |das |ihr |du |eure |euer )*(UNKNOWN|MENU|[a-z]+)? ?... (her)"
    "|woher (ist|sind|kommt|kommen|seid|bist|habt)"
    "|wie komme (ich|wir) ... (zum|zur|nach|in|rein|ins)"
)

INTENTS = (
    (Intent.QUESTION, f"({_OF_EVENT})"),
    (Intent.QUESTION, "(^|hallo |hi |hey |, |und )(ist|sind) (der |die |das |ein |eine |euer |eure )*(OPTION )*DRINK (mit |OPTION |auch |wirklich |denn )*(OPTION|vegan|vegetarisch|halal|koscher|glutenfrei|laktosefrei|nussfrei|milchfrei|koffeinfrei|ohne( UNKNOWN| [a-zA-Z]+){1,4})( \\?)?$"),
    (Intent.QUESTION, "unterschied (zwischen|von|zu|zum|zur) (einem |einer |dem |der |nem |ner )*DRINK( (und|oder|zu|zum|zur) (einem |einer |dem |der |nem |ner )*DRINK)?"),
    (Intent.STATUS, "^(und |ok |hallo |na |, )*wann (ca |ungefahr |etwa )?(fertig|bereit|abholbereit|abholen)"),
    (Intent.STATUS, "dauert (das |es |s )?(noch |wohl |denn )*(sehr )?(lang|lange|langer)"),
    (Intent.UNDO, "^(ich meinte |ich meine |ich wollte sagen |nein |nee |sorry |doch |bitte |halt |ach |, )*(ruckgangig|mach (das|es) (bitte )?(wieder )?ruckgangig|(das|es) (bitte )?(wieder )?ruckgangig( machen)?|zuruck( wie vorher)?|(mach (es )?|doch |bitte )?wieder (so )?wie vorher|wie es war|so wie vorher|lass (es|alles) (so )?wie (es war|vorher))( bitte| sorry)*$"),
    (Intent.UNDO, "^(ich meinte |ich meine |ich wollte sagen |nein |nee |sorry |doch |bitte |halt |ach |, )*(nicht stornieren|doch nicht stornieren|nicht loschen|storniere (es |das )?nicht|bestellung behalten|behalte (die|meine) bestellung|doch behalten|ich will (es|sie|ihn) doch( noch)?|ich nehme (es|ihn|sie) doch)( bitte| sorry| noch)*$"),
    (Intent.UNCLEAR, "(zwischen) (einem |einer |nem |dem |der )*DRINK (und|oder) (einem |einer |nem |dem |der )*DRINK"),
    (Intent.UNCLEAR, "nicht (den |die |das |meinen |DRINK )*(gegen|in|zu|durch) (ein |eine |einen |einem |einer |den |die |DRINK |OPTION )+(tauschen|umtauschen|andern|wechseln|ersetzen|machen)"),
    (Intent.UNCLEAR, "(tausch|tausche|ander|andere|wechsle|ersetz|ersetze|mach|mache) (bitte |den |die |das |meinen |DRINK )+nicht (gegen|in|zu|durch|mit)"),
    (Intent.UNCLEAR, "(bitte )?nicht (stornieren|abbestellen|loschen|streichen)$"),
    (Intent.FORGET, "(vergiss|vergesst|losche|losch|loscht|entferne) (mich|alles uber mich|(alle )?meine (daten|nummer|angaben|infos|nachrichten)|meine telefonnummer|meinen namen)"),
    (Intent.FORGET, "(meine|alle meine) (daten|nummer) (loschen|vergessen|entfernen)"),
    (Intent.MY_DATA, "(was|welche) ... (daten|infos|informationen) ... (habt|hast|speichert|speicherst|gespeichert)"),
    (Intent.MY_DATA, "was (wisst|weisst|speichert|speicherst) (ihr|du) (uber|von) mi(r|ch)"),
    (Intent.MY_DATA, "^meine daten$"),
    (Intent.MY_DATA, "(zeig|zeige|zeigt|schick|schicke) (mir )?meine daten"),
    (Intent.MY_DATA, "(dsgvo|datenschutz)"),
    (Intent.STOP, "keine (sms|nachrichten|texte)( mehr)?"),
    (Intent.STOP, "(abmelden|austragen|abbestellen der nachrichten)"),
    (Intent.STOP, "(hor|hort) auf (mir )?(zu schreiben|zu texten)"),
    (Intent.SUPPORT, "mit (einem|einer|jemandem|wem|dem|den|nem) (echten |richtigen )?(mensch|menschen|mitarbeiter|mitarbeiterin|person|barista|personal|team|chef)"),
    (Intent.SUPPORT, "(einen|einem|einer|dem|den|nem) (echten |richtigen )?(mensch|menschen|mitarbeiter|mitarbeiterin|person|barista|personal|team|chef) (sprechen|reden|schreiben)"),
    (Intent.SUPPORT, "(einem|einen|einer|eine) (echten|echte|richtigen|richtige) (mensch|menschen|mitarbeiter|mitarbeiterin|person)"),
    (Intent.SUPPORT, "mit (jemandem|jemand|wem|euch) (sprechen|reden|schreiben)"),
    (Intent.SUPPORT, "(beschwerde|beschweren|reklamation|reklamieren|geld zuruck|ekelhaft|eklig|ungeniessbar|furchtbar|schrecklich|grauenhaft|verschuttet|unverschamt|frechheit)"),
    (Intent.SUPPORT, "(falsche|falschen|falscher|falsches) (DRINK|CATEGORY|OPTION|getrank|bestellung|kaffee|milch|name|grosse|bekommen)"),
    (Intent.SUPPORT, "(der|die|das|mein|meine|dieser|diese|dieses) (DRINK|CATEGORY|kaffee|getrank|bestellung) (ist|war|schmeckt) (so |zu |sehr |total |vollig |nicht |echt )*(OPTION|kalt|schlecht|falsch|bitter|verbrannt|sauer|wassrig|suss|komisch|lauwarm|gut)"),
    (Intent.SUPPORT, "(habe|hab) (was|etwas|den|die|das)? ?(falsche|falschen|falsches|anderes|anderen) (bekommen|gekriegt)"),
    (Intent.SUPPORT, "(nicht das|nicht was) ... (bestellt|wollte)"),
    (Intent.SUPPORT, "^(mensch|mitarbeiter|person|personal|hilfe person)$"),
    (Intent.CANCEL, "(kann|konnte|mochte|will|wurde|darf|muss|mussen) (ich|man|wir)? ?(gern |gerne |bitte |es |das |noch |leider |doch |alles |die bestellung |meine bestellung |unsere bestellung )*(stornieren|absagen|abbestellen|canceln)$"),
    (Intent.CANCEL, "(stornieren|streichen|loschen|annullieren|canceln) sie (bitte |doch )*(das|es|alles|sie|(meine|die|unsere) bestellung)( bitte| doch| wieder| alles)*$"),
    (Intent.CANCEL, "^(bitte |hallo |hi |sorry |entschuldigung |ach |oh |doch |, )*(konnten|konnen|konnt|kannst|konntest|wurden) (sie|ihr|du) (mir |bitte |das |es |alles |doch |meine |die |unsere |bestellung |wieder )*(stornieren|streichen|canceln|annullieren|abbestellen)$"),
    (Intent.CANCEL, "^(ach |bitte |oh |, )*(storniert|stornier|storniere|streicht|streich|streiche) (bitte )?(das|es|alles|sie|ihn|den|die) ?(wieder|doch|bitte|komplett)*$"),
    (Intent.CANCEL, "^(storno|stornieren|storniere|storniert|abbestellen|loschen|streichen|abbrechen|vergiss es|vergiss das|lass es|lass mal|lass gut sein|lass stecken|lieber nicht|doch nicht|nix mehr|doch nichts)$"),
    (Intent.CANCEL, "(storniere|stornier|stornieren|storniert|streich|streiche|losche|losch|abbestellen|cancel|canceln|cancle|vergiss|vergesst|lass) (bitte )?(alles|es|das|sie|ihn|beide|die bestellung|meine bestellung|die ganze bestellung|den ganzen auftrag|meinen DRINK|mein DRINK|alle|den kaffee|meinen kaffee)( bitte)?$"),
    (Intent.CANCEL, "(die |meine |alle |ganze )*(bestellung|bestellungen|alles|alle) (bitte )?(stornieren|abbestellen|loschen|streichen|canceln|vergessen|weg)$"),
    (Intent.CANCEL, "^(nein |nee |sorry |danke |ach |also |doch |leider |, |ich )*(mochte|will|brauche|brauch) (es|das|ihn|sie|die bestellung|meine bestellung|nichts|keinen kaffee|meinen DRINK)? ?(doch )?(nicht|nichts) ?(mehr)?$"),
    (Intent.CANCEL, "(ich )?(muss|musste) (los|weg|gehen)$"),
    (Intent.CANCEL, "(nein|nee|ach|doch|ok|sorry|egal|schade|na gut)[ ,]*(vergiss es|lass es|lass mal|lass gut sein|lieber nicht|doch nicht|egal)$"),
    (Intent.ORDER, "(OPTION ... DRINK|DRINK ... OPTION) ... (wie immer|wie ublich|wie sonst auch)"),
    (Intent.ORDER, "(wie immer|wie ublich|wie sonst auch) ... (OPTION ... DRINK|DRINK ... OPTION)"),
    (Intent.USUAL, "(das ubliche|wie immer|wie ublich|wie beim letzten mal|wie letztes mal|wie gestern|wie vorhin|wie vorher|nochmal dasselbe|noch mal dasselbe|nochmal das gleiche|noch mal das gleiche|das gleiche nochmal|das gleiche wie|dasselbe wie|das selbe nochmal|dasselbe nochmal|mein ubliches)"),
    (Intent.USUAL, "^(dasselbe|das gleiche|das selbe|nochmal|noch mal|noch einmal|wie immer|das ubliche)$"),
    (Intent.USUAL, "^(bitte |ich mochte )?(dasselbe|das gleiche|das selbe|nochmal das gleiche|nochmal dasselbe)( aber| mit| ohne| nur) "),
    (Intent.QUESTION, "(wie ?viel|wie ?viele|wieviele|wieviel) (OPTION|GROUP) (ist|sind|hat|haben|kommt|steckt|da|denn|drin|in)"),
    (Intent.QUESTION, "(wlan|wifi|internet|passwort|toilette|toiletten|klo|klos|wc|parkplatz|parkplatze|garderobe|steckdose|ladekabel|raucherbereich)"),
    (Intent.QUESTION, "(wo|wie|wann) (kann|muss|soll|zahle|zahlt|bezahle|bezahlt)( ich| man| wir)*( zahlen| bezahlen)?$"),
    (Intent.QUESTION, "(was|woraus) (ist|sind) (denn |alles |in |im |einem |einer |dem |der |ein |eine |das |die )+(MENU|UNKNOWN|unterschied)"),
    (Intent.QUESTION, "wie (OPTION|stark|suss|gross|heiss|bitter|mild|klein) (ist|sind|ist denn)"),
    (Intent.STATUS, "(wie lange|wie lang|wann (ist|sind|kommt|kann|wird|gibt)|um wieviel uhr|wie weit)"),
    (Intent.STATUS, "(wo (ist|bleibt|sind|bleiben|kann ich|hole ich|hol ich|krieg ich|bekomm ich|bekomme ich|muss ich|steht)|was ist mit) ?(mein|meine|meinem|der|die|das|es|er|ich|DRINK|unser|abholen|hin|$)"),
    (Intent.STATUS, "(ist|sind|ists) (es|das|mein|meine|er|sie|der|die|unser|unsere|DRINK) ... (fertig|bereit|soweit|unterwegs|abholbereit|dran)"),
    (Intent.STATUS, "(schon|bald|endlich) (fertig|bereit|soweit|dran)"),
    (Intent.STATUS, "(ist|habt ihr) (gerade |denn |da |bei euch |sehr )*viel (los|zu tun)|(ist|gibt es) (da |gerade |eine )*(lange )?schlange"),
    (Intent.STATUS, "(status|stand der bestellung|warteschlange|wartezeit|fortschritt)"),
    (Intent.STATUS, "wie ?viele ... (vor mir|davor|bestellungen|leute)"),
    (Intent.STATUS, "(warte|warten) (immer noch|noch immer|schon|seit|noch|auf)"),
    (Intent.STATUS, "(habt|hast) (ihr|du) ... (bestellung|bekommen|angefangen|erhalten)$"),
    (Intent.MENU, "^(menu|menue|karte|speisekarte|getrankekarte|auswahl|liste|angebot|optionen|getranke|was noch)$"),
    (Intent.MENU, "(zeig|zeige|zeigt|schick|schicke|schickt|sende|habt ihr|gibt es|gibts|wo ist|was steht auf) (mir |uns |bitte |mal |auch )*(das |die |eine |eure |der )*(menu|menue|karte|speisekarte|getrankekarte|auswahl|liste|angebot|optionen)"),
    (Intent.MENU, "(was|wat) (habt|hast|gibts|gibt|kann|konnt|bietet|macht|fur|verkauft) ?(ihr|du|es|man|ich)? ?... (alles|da|zu trinken|im angebot|bestellen|haben|zur auswahl|auf der karte|so|noch|denn|heute)? ?\\??$"),
    (Intent.MENU, "(welche|welchen|welches|welcher|was fur) (arten von |sorten )?(GROUP|CATEGORY|OPTION|DRINK|getranke|kaffees|sorten|optionen)"),
    (Intent.QUESTION, "(gibts|gibts da|habts|habts ihr)"),
    (Intent.QUESTION, "(habt|hast|gibts|gibt|macht|bietet|verkauft|fuhrt) (ihr|du|es|man)? ?(denn |auch |noch |heute |hier |eigentlich )*"),
    (Intent.QUESTION, r"ihr (habt|macht|verkauft) (doch |auch |noch |jetzt )*MENU \?"),
    (Intent.QUESTION, "^(noch|auch) (MENU|UNKNOWN) (da|ubrig)"),
    (Intent.QUESTION, "^(hallo |hi |hey |sorry |und )*(ist|sind|steckt|gibt es|gibts) ... (in|im) (der |dem |den |einem |einer |eurem |eurer )*DRINK"),
    (Intent.QUESTION, "^(hallo |hi |hey |sorry |und )*(ist|sind) (in|im) (der |dem |den |einem |einer |eurem |eurer )*DRINK "),
    (Intent.QUESTION, "^(hallo |hi |hey |sorry |und )*(hat|haben|enthalt|enthalten|beinhaltet) (der |die |das |ein |eine |euer |eure |dieser )*DRINK "),
    (Intent.QUESTION, "(ist|sind) (da|das|die|der|dort|in|im|euer|eure|etwas|DRINK|OPTION|es) ... (drin|enthalten|vegan|glutenfrei|gluten|vegetarisch|laktosefrei|laktose|nusse|nuss|milch|zucker|koffein|halal|koscher|kostenlos|gratis|umsonst)"),
    (Intent.QUESTION, "(seid ihr|bist du|habt ihr|ist) (noch |schon |ein |eine |jetzt |heute )*(offen|geoffnet|geschlossen|zu|da|auf|bot|roboter|ki|mensch|maschine|echt|computer)"),
    (Intent.QUESTION, "(wann|bis wann|ab wann|wie lange) (macht|habt|schliesst|offnet|ist|seid) (ihr)? ?... (auf|zu|offen|geoffnet|schluss|da)?"),
    (Intent.QUESTION, "(offnungszeiten|offnungszeit)"),
    (Intent.QUESTION, "(wer|was) (bist|seid|ist) (du|ihr|das|da|hier)"),
    (Intent.QUESTION, "(wie ?viel kostet|was kostet|was kosten|kostet|kosten|preis|preise|kostenlos|gratis|umsonst|bezahlen|zahlen|kartenzahlung|(was|welcher|welche|welches) ... (billigste|billigsten|gunstigste|gunstigsten|teuerste|teuersten)|(schulde|schulden) (ich|wir)|(wie ?viel|wieviel|was) (zahle|bezahle|macht|bekommt|kriegt) (ich|das|ihr)|(nehmt|akzeptiert) (ihr |denn |auch |hier )*(karte|karten|kreditkarte|kreditkarten|bargeld|apple pay|google pay|paypal))"),
    (Intent.QUESTION, "^(hallo |hi |und |sorry |, )*(geht |nur |auch |ist |das )*(mit karte|bar|bargeld|kartenzahlung|apple pay|google pay|kontaktlos)( auch| oder karte| oder mit karte| nur| moglich| hier| ok)* \\?$"),
    (Intent.QUESTION, "^(hallo |hi |hey |und |sorry |, )*(was|welche( CATEGORY| DRINK| MENU| getranke)?|irgendwas|irgendetwas|(gibt es|gibts|habt ihr) (was|etwas|irgendwas)) ... (vegan|veganes|vegetarisch|halal|koscher|glutenfrei|laktosefrei|nussfrei|milchfrei|OPTION|ohne( UNKNOWN| [a-zA-Z]+){1,4})( bitte)?( \\?)?$"),
    (Intent.QUESTION, "(allergene|inhaltsstoffe|zutaten|kalorien)"),
    (Intent.QUESTION, "(adresse|wie heisst du|wie heisst ihr)"),
    (Intent.QUESTION, "^(hallo |hi |sorry )*(kann|darf|konnen|durfen) (ich|man|wir) (hier |meinen |meine |mein |eigenen |einen )*(becher|tasse|mitbringen|sitzen|rauchen|laden|parken|arbeiten|essen)"),
    (Intent.HELP, "(meine|die|unsere) (bestellung|getrank) (andern|umandern|bearbeiten)$"),
    (Intent.HELP, "^(hallo |hi |hey |moin )?(kann|konnte|darf|ich|wir|mochte|wurde) (ich |man |wir |mochte |wurde |will |gern |gerne |bitte |hier |was |etwas |ein |getrank |zu |trinken )*(bestellen|haben|trinken)$"),
    (Intent.HELP, "(wie (funktioniert|geht|bestelle|bestell|kann ich bestellen|mache ich)|was (kann|soll|muss) ich (tun|machen|schreiben|sagen)|ich brauche hilfe|hilf mir|anleitung)"),
    (Intent.THANKS, "(war|ist|schmeckt|hat) (so |sehr |wirklich |echt |richtig |total |super )*(gut|lecker|super|toll|klasse|perfekt|kostlich|geschmeckt)$"),
    (Intent.CHAT, "^(sorry |cool |alles klar |ich |wir |schon |, )*((bin|sind) (schon |gleich |fast |sofort |bald |jetzt |in |[0-9]+ |ein paar |paar |min |minuten |minute |einer |auf |, )*(unterwegs|da|dort|dem weg|zuruck)|komme|kommen|komm (gleich|sofort|schon|jetzt)|unterwegs|auf dem weg|gleich da|fast da|bis gleich|bis dann|verspate mich)( [a-z0-9,]+){0,6}$"),
    (Intent.QUESTION, "^(hallo |hi |hey |und |sorry |entschuldigung |, )*(was|wann|wo|wer|warum|wieso|weshalb|wie|welche|welcher|welches|welchen|wem|wen|wessen)( UNKNOWN| [a-z0-9]+){0,2} (ist|sind|war|waren|hat|haben|habt|wird|werden|nehmt|benutzt|verwendet|spricht|redet|kommt|gibt|macht|geht|findet|beginnt)( UNKNOWN| [a-z0-9]+| ,){0,12}( \\?)?$"),
    (Intent.QUESTION, "^(hallo |hi |hey |und |sorry |, )*(wer|(warum|wieso|weshalb) (ist|sind|habt|hat|gibt|macht|kostet|dauert|schmeckt))( UNKNOWN| [a-z]+){1,4} MENU"),
    (Intent.QUESTION, "^(hallo |hi |hey |und |sorry |, )*(ist|sind) (der |die |das |euer |eure )*(MENU )+(UNKNOWN|[a-z]+)( UNKNOWN| [a-z]+){0,6}( \\?)?$"),
)  # fmt: skip

MESSAGES = (
    (Intent.HELP, "hilfe, help, info, ?, was, wie, hä, anleitung, wie geht das, was kann ich hier tun"),
    (Intent.CANCEL, "storno, stornieren, abbrechen, abbestellen, vergiss es, lass es, doch nicht, lieber nicht, streichen, bestellung stornieren, drop, alles stornieren, alles weg"),
    (Intent.STATUS, "status"),
    (Intent.MENU, "menü, menu, karte, speisekarte"),
    (Intent.YES, """ja, j, jo, jap, jawohl, jep, klar, na klar, gerne, gern, ja bitte, ja gerne, ja gern, ja klar, okay, ok, passt, passt so, stimmt, genau, richtig, in ordnung, einverstanden, alles klar, mach das,
        machen wir so, natürlich, sicher, auf jeden fall, unbedingt, bitte, super, perfekt, gut, geht klar, das passt, jaa, jup, 👍, von mir aus, warum nicht, ja danke, jo passt"""),
    (Intent.NO, """nein, n, ne, nee, nö, nein danke, nee danke, nichts, nix, nichts mehr, keine, kein, keinen, das wars, das war alles, das ist alles, mehr nicht, sonst nichts, passt schon, auf keinen fall, lieber nicht, 👎,
        gar nicht, brauche nichts, danke nein, überspringen, keine angabe, ohne, ohne namen, kein name"""),
    (Intent.GREETING, "hallo, hi, hey, moin, moin moin, servus, grüezi, grüß gott, guten morgen, guten tag, guten abend, tag, tach, na, hallo zusammen, hallo du, jemand da, ist da jemand, hallöchen, mahlzeit"),
    (Intent.THANKS, """danke, dankeschön, danke schön, vielen dank, danke dir, danke euch, merci, tausend dank, besten dank, super danke, danke sehr, lecker, toll, klasse, prima, spitze, abgeholt, hab ihn, hab es, habs,
        danke abgeholt, ihr seid die besten, war lecker, top, großartig, herzlichen dank, tschüss, tschüß, tschau, ciao, auf wiedersehen, bis dann, bis später, bis gleich, bis bald, mach's gut, schönen tag, schönen tag noch,
        einen schönen tag noch, schönen abend, gute nacht, kein problem, keine ursache, gern geschehen, ok danke, okay danke, alles klar danke, gut danke, passt danke"""),
    (Intent.CHAT, "haha, hahaha, hihi, hehe, lol, wow, boah, krass, oh, ah, aha, ach so, achso, hm, hmm, interessant, lustig, ups, spaß, nur spaß, test"),
)  # fmt: skip

AVAILABLE = "(habt|hast|haben|hat|gibt|gibts|habts|verkauft|fuhrt|bietet|macht (ihr|du)|kann|konnt|kannst|noch|auch|da|aus|ausverkauft|verfugbar|ubrig|moglich)"
ASKING = "^(hallo |hi |hey |und |aber |sorry |entschuldigung |, )*((was|wann|wo|wer|warum|wieso|weshalb|wie|welche|welcher|welches|welchen|woher|wohin|womit|wem|wen|wessen)( UNKNOWN| [a-z]+){2}|(was|wann|wo|wer|warum|wieso|weshalb|wie|welche|welcher|welches|welchen|woher|wohin|womit|wem|wen) ... \\?|(ist|sind|seid|bist|habt|hat|haben|gibt|kann|konnen|konnt|darf|durfen|muss|kommt|wird|nehmt|macht|war) (ihr|du|es|der|die|das|man|ich|wir|jemand|er|sie|eure|euer|hier) (UNKNOWN|[a-z0-9]+))"

INDIFFERENT = "egal, ist egal, is egal, is mir egal, mir egal, ist mir egal, ganz egal, egal welche, egal welcher, egal was, beliebig, irgendeine, irgendeiner, irgendein, irgendwas, was ihr habt, keine präferenz, such du aus, wie du willst, weiß nicht, wurscht"

TOPICS: dict[TopicKind, str] = {
    "open": "(macht ihr (zu|auf)|wann macht|offen|geoffnet|geschlossen|schliesst|offnet|offnungszeiten|bis wann|ab wann|schluss)",
    "price": "(billigsten?|gunstigsten?|teuersten?|kostet|kosten|preis|preise|kostenlos|gratis|umsonst|(schulde|schulden) (ich|wir)|(wie ?viel|wieviel|was) (zahle|bezahle|macht|bekommt|kriegt) (ich|das|ihr))",
    "pay": "((wo|wie|wann|womit|kann|konnen|darf|muss|mussen|lasst) ... (bezahlen|zahlen)|(wo|wie|wann|womit|kann|konnen|darf|muss|mussen) (bezahlen|zahlen|bezahle|zahle|zahlt|bezahlt)|kartenzahlung|kreditkarten?|ec karten?|bargeld|mit (der |einer |meiner |ec |kredit)?karte|(nehmt|akzeptiert) (ihr |denn |auch |hier )*karten?|(bar|karte) (bezahlen|zahlen)|apple pay|google pay|paypal|kontaktlos)",
    "allergens": "(allerg|allergene|gluten|(gluten|nuss|milch|koffein|soja)frei|vegan|vegetarisch|enthalten|laktosefrei|laktose|nuss|nusse|halal|koscher|zutaten|koffein|inhaltsstoffe)",
    "inside": "((hat|haben|enthalt|enthalten|beinhaltet) (der |die |das |ein |eine |euer |eure |dieser )*DRINK|(ist|sind|steckt|gibt es|gibts) ... (in|im) (der |dem |den |einem |einer |eurem |eurer )*DRINK|(ist|sind) (in|im) (der |dem |den |einem |einer |eurem |eurer )*DRINK|DRINK ... (drin|enthalten))",
    "free": "(was|etwas|welche|irgendwas|irgendetwas) ... (vegan|veganes|vegetarisch|halal|koscher|glutenfrei|laktosefrei|nussfrei|milchfrei|ohne|OPTION)",
    "who": "(wer (bist|seid|ist) (du|ihr|das|da)|bot|roboter|ki|computer|maschine|mensch|wie heisst (du|ihr))",
    "place": "(wo|adresse)",
    "hours": "((wann|um wieviel uhr|wie lange|ab wann|bis wann) ... (zu|auf|offen|geoffnet|schluss|schliesst|offnet|habt|macht)|offnungszeit|offnungszeiten)",
    "other": f"({_OF_EVENT}|(wie ?viel|wie ?viele|wieviele|wieviel) (OPTION|GROUP) (ist|sind|hat|haben|kommt|steckt|da|denn|drin|in)|wlan|wifi|internet|passwort|toilette|toiletten|klo|klos|wc|parkplatz|parkplatze|garderobe|steckdose|ladekabel|raucherbereich|kalorien|kcal)",
    "made": "((ist|sind) (der |die |das |ein |eine |euer |eure )*(OPTION )*DRINK (mit |OPTION |auch |wirklich |denn )*OPTION|(was|woraus) (ist |sind |kommt |alles |in |im |einem |einer |dem |der |ein |eine |das |die )+DRINK|wie (OPTION|stark|suss|gross|heiss|bitter|mild|klein) (ist|sind)|(ist|sind) (da |in |im |der |die |das |ein |eine |einem |euer )*(DRINK )?OPTION (in|im|drin)|(ist|sind) (der |die |das |ein |eine |euer |eure )*DRINK (sehr |zu |so )*(OPTION|stark|suss|bitter|mild)|DRINK ... (drin|enthalten)|unterschied zwischen|besteht|gemacht aus|schmeckt)",
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

COMMON = """
friere frierend macha brauchst holst bestellst bestellte bringst bringe mitbringe mitnehme gebe machts machste kriegst bekommst hattet hattest konntet durft mocht mochtet wollten wollt wolltet sollst sollt musst laufe laufen sitze sitzt steh stell stellt stellen lege legt legen passt passen rettet rettest retten freue freut freuen liebt schlafe schlaft schlafen einschlafe einschlafen aufwachen arbeite arbeitet rede redet halte halten fange fangt anfangen beginnt schreibe schreibt klappt klappen meint meinst hoffe verstehe fragt renne rennt eile beeile ubernehme uberlege probiere probieren ausprobieren vergesse wirkt hilft helfen helft rette fehlt dauerts treffe treffen melde meldet dringend dringende schnellstmoglich schnellste wunderbar wunderbare wundervoll zauberhaft zauberhaften zauberhafte freundlich freundlichen freundliche herzlich herzlichen liebster liebsten nette netten nettes geil mega krass todmude kaputt erledigt verkatert verschlafen wachen munter gestresst knapp eilig hektisch normalerweise absolut unbedingt definitiv garantiert sicher circa irgendwie irgendwo irgendwann trotzdem deswegen deshalb sowieso nochmals kurzfristig spontan besonderes besondere besonderen spezielles ublichen fleissig fleissigen tapfer arme armen arm wesen engel held helden heldin retter lebensretter schatz leben seele kopf augen arbeit buro meeting meetings termin podium buhne technik technikteam crew orga organisation organisatoren organisator helfer helferin helfern sprecher sprecherin speaker speakerin referent referentin moderator moderatorin moderation presse kamera aufbau abbau gruppe runde abteilung firma kunde kunden kundin besuch besucher aussteller ausstellerin infostand empfang eingang ausgang foyer lobby treppe aufzug fenster ecke balkon terrasse stuhl sofa tablett trager rechnung morgenmuffel stress chaos vormittag mittag nachmittag nacht feierabend wochenende vater mutter schwager schwagerin schwiegermutter manner jungs kerl typ praktikant praktikantin praktikanten azubi assistent assistentin moinsen hallochen halloechen huhu hallihallo heyho ahoi tschuldigung tschuldige entschuldigt verzeihung bidde bittesehr bittschon dankschon danki griasdi griass servusla ned net nit nid isch hamma ois bitti oberst achtung vorsicht wichtig hinweis glaub glaube schatze vermute denk erhitzt erhitzen erwarmt temperatur oben ober over unten sohn tochter madel madels damit dazubestellen nachbestellen mitbestellen bruder schwester kollege kollegin kollegen teilnehmer teilnehmerin gast gaste kumpel nachbar ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen mein dein sein unser euer ist sind war waren bin bist seid sein gewesen werde wird werden wurde wurden hat habe haben hatte hatten
hab kann kannst konnen konnte konnten muss mussen soll sollen sollte will willst wollen wollte darf durfen mag mogen mochte moechte wurde wurden geht gehen ging komme kommt kommen kam mache macht machen gemacht sagt sagen gesagt gibt geben nimmt nehmen sieht sehen weiss wissen denke denkt glaube finde findet finden bleibt bleiben bringt bringen hole holen holt abholen trinke trinkt trinken esse essen gerade gleich bald spater schon noch nur auch nicht nie immer wieder mal sehr viel wenig mehr weniger gut schlecht neu alt gross klein lang kurz schnell langsam fruh spat heute morgen gestern jetzt dann danach vorher hier da dort wo wohin woher wann warum wieso weshalb wie was wer wen wem welche welcher welches dass ob wenn weil aber oder und denn doch also so als zum zur vom beim im am an auf aus bei mit nach seit von vor zu uber unter neben zwischen durch fur gegen ohne um bis ab etwas alles nichts jemand niemand man jeder alle beide einige andere anderen selbst eigentlich vielleicht wirklich ziemlich ganz genau ungefahr leider hoffentlich naturlich bestimmt ja nein nee okay bitte danke hallo tschuss moin
tag tage woche minute minuten stunde uhr zeit pause vortrag vortrage session keynote konferenz veranstaltung messe stand halle raum saal tisch platz schlange theke bar kollege kollegin kollegen chef chefin freund freundin freunde frau mann kind kinder leute mensch menschen name nummer handy telefon nachricht nachrichten bestellung bestellen bestellt kaffee getrank getranke tasse becher deckel durst mude wach hunger lust wetter warm kalt einen einer einem eines eine ein kein keine keinen der die das den dem des dieser diese dieses war ware hatte haette gern gerne lieber stehen stehe steht warte warten wartet dauert dauern fertig drin drauf rein raus weg hin her meine meinen meiner unsere unseren ihre seine deine eure kommst gehst machst hast bist wirst siehst gehort horen klingt super toll klasse prima perfekt schon nett lieb
"""

THINGS = """
grun gruner grunen rot roter weisser blau gelb minze kamille kamillentee fruchtetee rooibos wasser toast brot brotchen semmel bretzel brezel brezeln bier wein keks kekse kuchen muffin muffins croissant sandwich salat suppe saft cola limo limonade schorle apfelschorle milchshake smoothie eis brownie donut burger pizza pommes banane apfel orange mango ingwer zitrone zimt honig ahornsirup kokos kokosmilch macadamia reismilch erbsenmilch ei speck kase schinken latte cappuccino mocha espresso americano kaffee tee chai matcha kakao macchiato cortado tonic
"""

NAMES = """
svenja ole torben thorben malte finja jule nele mats lotta jorg jochen ingo guido detlef holger heiko hauke fatma mehmet ayse murat emre yusuf aylin elif ahmet mustafa hasan deniz selin jessica sascha marius jannik leonard ferdinand valentin theresa antonia emilia merle swantje wiebke anke antje britta dorothea gisela renate sigrid traudl vreni reto urs ueli jo weber anna anne anja andrea andreas alexander ben bernd birgit bjorn carsten christian christina christoph claudia clara daniel david dennis dieter dirk elena elias elke emma emil erik eva fabian felix finn florian frank franz franziska friedrich gabi georg greta gudrun hannah hanna hans heike heinz helena helga ida ines ingrid jan jana jens jonas johanna johannes julia jurgen karin karl katharina katja katrin kerstin klara klaus konstantin lara laura lea lena leon leonie lisa lukas luisa magdalena manfred manuel marcel marco maria marie mario markus martin martina mathias matthias max mia michael mila miriam monika moritz nadine nico niklas nils nina noah olaf oliver oskar patrick paul paula peter petra philipp rainer ralf robert rolf sabine sandra sarah sebastian silke simon sofia sophie stefan stefanie steffen susanne sven tanja theo thomas thorsten tim tobias tom torsten ulrich ulrike ursula ute uwe vanessa vera volker werner wolfgang yvonne
"""

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
