"""English word lists: everyday words, things that people order, words of praise, and names."""

DOUBTFUL = """
leave leaves left stop stopped end against away free save forget keep kept lose lost close closed never wrong hate hates quit gave dont didnt doesnt isnt arent wasnt cant couldnt shouldnt wouldnt wont hasnt havent hadnt nothing nobody none
not nor without less least instead enough empty out down below under
"""
DESCRIBING = """
white brown raw cane dark golden house
organic creamy crispy crunchy fluffy melted shredded diced chopped sliced grilled roasted toasted steamed frothy foamy warm warmed chilled ripe raw local homemade house housemade barista
foamed frothed whole natural pure smooth silky velvety thick soft spicy mild tangy sweet sour salty milky rich thin strong bitter buttery nutty fruity dry wet weak hot cold iced pickled fried baked smoked caramelized caramelised sauteed crumbled grated
"""

COMMON = """
rich
heat heated heating temp temperature
messing guess reckon believe presume imagine assume spose insist fave faves
i me we us he she they him it is are was were be been being am do does did done has had having can could will would shall should may might must
what who whom whose where when why how there here then than so such too very just only even still yet again also already always never ever often
if because while until till since before after during about against between through over under above below from by at as into onto upon within
of off out up down back away around near next last first second third new old good bad better best great big nice long high low early soon
say said says tell told ask asked know knew known think thought see saw seen look looks looking find found give gave given take took taken come
came go goes going gone get gets got getting put puts keep kept let lets leave left feel felt try tried call called need needs want wants wanted
use used work works working run running move moved live stay stand sit read write wrote hear heard play turn turned show shown bring brought
begin begins start starts stop end ends finish finishes cos cuz coz preferred preferably collecting sitting standing queuing hav ol open close closed wait waiting hold help thank love loved like liked hate hope wish mean meant seem seems talk talking speak
meet meeting meets walk walking queue line time times day days week month year today tonight tomorrow yesterday minute hour moment later now
morning afternoon evening night noon man men woman women boy girl kid kids child children friend friends people person guy guys someone somebody
star stars superstar lifesaver
anyone anybody everyone everybody nobody something anything everything nothing thing things stuff lot lots bit part place room door table desk
floor hall stage booth stand counter bar stall station number phone typing voice text texts message name names word words way ways side hand head face eye eyes
home house work office school city town world life food eat ate eaten drank drunk thirsty raining snowing pouring starving famished exhausted knackered shattered complicated secret anonymous confusing annoying wondering dying sitting standing hungry tired late later lately date dates rate
gate fate mate state plate hate chat chats that this these those cap caps cape tape tap map lap cat hat bat coat boat goat moat float oath roast
roses rose color colour light heavy hard fast slow easy quick ready
sure right wrong true false real fine happy sad sorry okay please hello bye yes no not nor or and but with without for to in on the a an my your
his her its our their mine yours ours theirs every each any some all both few many much more most less least other others another same different
own one two three four five six seven eight nine ten half full empty free busy able maybe perhaps really actually probably definitely almost
enough quite rather pretty kind sort type cup mug glass bottle lid order orders ordered ordering drink drinks barista team speaker talk
keynote session sessions conference event participant participants attendee attendees delegate delegates guest guests break lunch breakfast dinner snack colleague boss mum mom dad wife husband partner son daughter brother
sister baby guest client customer friendzone doing making made make makes making pick picked pickup collect collected bring send sent pay paid
money price cost card cash worth once twice ago else instead usual normal favourite favorite extra plain
anymore myself ourselves himself herself themselves self whats wheres cancel feeling hope hoping thanks cheers lovely wonderful amazing awesome fantastic cool ha haha lol omg wow hmm oh ah um er well anyway
bag bags beg bog bug hut ace rag rig rug cop pod pad lad lid led tie toe toy tap taps
seat seats side sit dirty sick ill shot shots soon song sing sky sun rain snow sea see sand send said
fall ball wall call mall hall mail male sale tale pale whale scale charge barge smell shall spell
dream steam stream scream money monkey foam form from farm silk mile mint mind mine such trim trip drip grip
latter letter later ladder matter batter better matte match much macho march moment mocking chain chair chat chip chin china
cane came camera caramel case cash care core cork cortex corner flag flap wide wise wife while whine site bite kite
string strange story short shirt shore sport spot shop ship shut skin skip slim price nice dice lice
talks later around minutes sounds though thought although however whether whatever whichever whoever
lets gonna gotta wanna kinda sorta dunno cant wont dont didnt doesnt isnt arent wasnt werent havent hasnt hadnt couldnt wouldnt shouldnt
ive youve weve theyve ill youll well theyll id youd wed theyd im youre were theyre hes shes thats whats wheres whos hows theres heres
btw fyi imo tbh idk ur u r ya yall gotcha welcome hurry rush quickly slowly carefully possible possibly able thirsty desperate desperately
bowl bean seed leaf base style room
dying crowd seminar panel demo laptop meeting zoom slides screen desk chair outside inside upstairs downstairs near front behind
tastes taste tasted smells smell favor favour dear sir madam miss lady ladies gentleman
"""

THINGS = """
babyccino babychino steamer affogatos earl darjeeling assam chamomile camomile hibiscus jasmine oolong sencha hojicha coke pepsi sprite fanta redbull gatorade
bread breads meat beef pork steak turkey lamb sausage salami prosciutto shrimp prawn prawns fish cod salmon rocket arugula relish gravy cilantro coriander garlic dip dips bun buns patty patties coleslaw slaw wings nuggets sweetcorn kale parmesan mozzarella feta brie
goat sheep vegan
meal combo oatmeal cereal quiche focaccia waffle waffles pancake pancakes crepe crepes flapjack churros hamburger nachos icecream lungo
dirty mint rose milky creamy frothy foamy smoky buttery nutty fruity steamed roast roasted wet dry bone salty savoury savory thick thin fizzy frozen blended
affogato agave almond americano apple avocado bacon bagel bagels banana beans beer beers berry biscuit biscuits bitter black blue boba breve
brioche brown brownie bubble bun burger butter cake candy cappuccino cappuccinos caramel cashew chai cheese cherry chicken chips cider
cinnamon cocoa coconut coffee coffees coke cold collagen cookie cookies cortado croissant danish dark decaf donut doppio doughnut egg eggs
espresso flat foam frappe frappuccino fries gelato ginger granola gray green grey ham hazelnut hemp honey horchata hot ice iced juice
kombucha large lassi latte lattes lavender lemon lemonade lime lungo macadamia macchiato mango maple matcha medium mild milkshake mocha
muffin muffins nutmeg oat oats orange panini pastry pea peanut pie pink pistachio pizza popcorn porridge pretzel protein pumpkin purple red
regular rice ristretto roll rooibos salad salted sandwich scone seeds shake shakes skim skinny slushie small smoothie soda sorbet soup sour
soy spice spicy stevia strong sweet syrup tall tart tea teas toast toastie toasts tonic turmeric vanilla warm water weak whey white
wine wrap wraps yellow yoghurt yogurt
"""

#: Adjectives that change nothing about the drink after them: "a good latte", "a quick one".
PRAISE = """
good great best better nice lovely quick fast early late beautiful wonderful amazing awesome fantastic cool perfect fine real really proper decent usual normal favourite favorite
well so such very just only even more most much many few last final first second third next other same single whole full big little bit old ol new right wrong
happy sad tired sorry cheeky simple basic classic standard typical fancy pretty delicious tasty yummy magic magical special cold hot morning afternoon evening night lunch
breakfast today tonight tomorrow conference keynote office work takeaway please thanks half and or but with without not no yes of for the to my your his her
our their one two ones now then also too maybe perhaps actually cheap wee ordinary common average fresh freshly brewed made
"""

NAMES = """
rich
jasmine ginger rose candy cherry jo ana anna anne april alex alice adam aaron amy andrea andrew angela ben basil beth bill bob brian bruno carl carla carlos cathy chen chloe chris
claire clara colin dan daniel dave david diana diego donna earl elena ella emily emma eric erik eva fatima felix fiona frank fred gary george grace greg hana
hannah harry helen henry hiroshi hugo ian irene ivan jack jake james jamie jane janet jean jeff jen jenny jim joe john jon jorge jose josh joy juan
julia julie karen kate katie kelly ken kevin kim lara laura lee lena leo liam lily linda lisa liz louis lucas lucy luis luke maria marie mark marta
martin mary matt max may mei mia michael mike mina mo mohammed nadia nancy nick nina noah olga oliver olivia omar oscar paul pedro pete peter phil
pierre priya rachel raj ravi ray rita rob robert robin rosa rose ruby ruth ryan sally sam sandra sara sarah sean simon sofia sophie steve sue susan
tara ted tim tina tom tony uma vera vic victor wei wendy will wout yasmin yuki zoe
"""
