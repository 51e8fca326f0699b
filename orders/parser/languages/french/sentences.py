"""Patterns of whole French sentences that order nothing, such as questions."""

from orders.parser.reading import Intent, TopicKind

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
    (Intent.STATUS, "(combien (d|de )(attente|temps|minutes)|statut|status|avancement|file dattente|temps dattente|ma place dans la file|suivi)"),
    (Intent.STATUS, "(il y a|y a t il|ya|y a) (combien |beaucoup |bcp |la |une |trop |de |longue )*(dattente|attente|queue|file|monde)|(lattente|la queue|la file) (est|cest)"),
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
    (Intent.THANKS, """merci, c'est bon merci, c'est tout bon, c'est tout bon merci, c'est parfait, ça ira merci, ça ira, merci beaucoup, mille mercis, merci bien, un grand merci, merci à vous, merci à toi, super merci, parfait merci, délicieux, excellent, génial, c'était bon, très bon, trop bon, récupéré, je l'ai,
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
