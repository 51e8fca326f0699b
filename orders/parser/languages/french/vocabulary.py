"""French word lists: everyday words, words that describe, things that people order, and names."""

DOUBTFUL = "assez jamais rien contre sauf moins laisse laissez arrête arrêté évite sans ne"
DESCRIBING = "roux complet frais fraîche fraiche bio chaud chaude mousseux fondu fondue grillé grillée crémeux crémeuse bon bonne vrai vraie maison léger"
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
