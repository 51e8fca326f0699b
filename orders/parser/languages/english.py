"""English, as texted in Britain, Australia and America."""

from orders.parser.atoms import Kind
from orders.parser.reading import Intent, TopicKind

DOUBTFUL = """
leave leaves left stop stopped end against away free save forget keep kept lose lost close closed never wrong hate hates quit gave dont didnt doesnt isnt arent wasnt cant couldnt shouldnt wouldnt wont hasnt havent hadnt nothing nobody none
not nor without less least instead enough empty out down below under
"""
DESCRIBING = """
white brown raw cane dark golden house
organic creamy crispy crunchy fluffy melted shredded diced chopped sliced grilled roasted toasted steamed frothy foamy warm warmed chilled ripe raw local homemade house housemade barista
foamed frothed whole natural pure smooth silky velvety thick soft spicy mild tangy sweet sour salty milky rich thin strong bitter buttery nutty fruity dry wet weak hot cold iced pickled fried baked smoked caramelized caramelised sauteed crumbled grated
"""
NORMAL = "normal regular standard usual"
MULTIPLIERS = "double triple half"
DEGREES = "too so very that overly super all really particularly as"
CODE = "en"
LINKING = "of"
INSIDE = "in"
THEN = "then"
FEWER = "less, fewer"
SAME_SIZE = "same size, the same size, of the same size, in the same size, same size again, in the same size again"
VAGUE = "a few, some, several, a bunch of, a load of, a round of"
EXCEPTING = "except besides beside apart aside excluding excepting bar but"
PEOPLE = "we are, were, there are, theres, we re"
EVERYTHING = "everything all anything"
CUPS = "one"
SEVERAL_CUPS = "ones"
LABELLING = "put, write, make it"
ON_LABEL = "on the cup, on my cup, on it, on the label, on the order"
BEFORE_NAME = "under as"
MINE = "mine, my one"
THEIRS = "hers, theirs, his one, her one"
PREFERRING = "rather, prefer"
ALSO = "too, as well, also"
MYSELF = "for me, for myself, for him, for her"
DIGIT_FOR = "4"
AFTER_NUMBERS = {'"': "inch", "''": "inch", "in": "inch", "inches": "inch"}
SHORT_AND = "n"
ORDINAL_ENDINGS = "st nd rd th"
ACCENTS = False
SHORTENED = {"small": "sm sml", "medium": "med mid", "regular": "reg middle", "large": "lg lrg lge"}

PHRASES = {
    Kind.ARTICLE: "a, an",
    Kind.THE: "the, my, this, our, your, his, her, their",
    Kind.DROP: """cancel the whole order, cancel my whole order, cancel our whole order, cancel whole order, cancel the whole thing, remove, remove the, drop, drop the, take off, take off the, take out the, take away the, get rid of, get rid of the, scrap, scrap the, scratch, scratch the, cancel, cancel the, delete, delete the, lose, lose the, ditch, ditch the, forget, forget the, forget about, forget about the, never mind the, nevermind the, no longer want, no longer want the, cancel my, remove my, drop my, delete my, scrap my, take the, dont want the, i dont want the, without the, axe the, axe, doesnt want the, does not want the, doesnt need the, bin, bin the, kill the, cut the""",
    Kind.NO: """w/out, w/ out, neither with, neither with any, neither one with, wont need, wont need the, wont be needing, wont be needing the, no longer need, no longer need the, no need for the, no need for that, no, not, without, w/o, without any, with no, hold, hold the, skip, skip the, minus, minus the, leave out, leave out the, leave off, leave off the, no more, not any, none, zero, nil, sans, nor, free of,
        not the, not a, dont add, dont add any, dont put, dont put any, do not add, doesnt want, doesnt want any, doesnt want a, does not want, does not want any, doesnt need, doesnt need any, wont have, wont have any, will not have, wont take, wouldnt like, would not like, wouldnt want, didnt want, didnt ask for, dont want, dont want any, i dont want, i dont want any, dont need, dont need any, dont need the, i dont need,
        i dont need the, i dont need any, do not want, dont make, dont make the, dont bother with, dont bother with the, with none, and not, no need for, avoid, avoid the, avoid any, omit, omit the, exclude,
        exclude the, eliminate, leave off any, leave out any, with out, with out any, w out, wout, wo, anything but, anything but the, any but, everything but, everything but the, all but, except, except for,
        except the, anything except, any except, anything besides, anything other than, other than, besides, beside, apart from, aside from, excluding, excepting, bar the, zero, nada, zilch, nix, nix the,
        void of, devoid of, cut out, cut out the, go without, do without, hold off on, hold off on the, hold back on the, hold back the, ease off the, spare the, spare me the, 86, 86 the, never, never any,
        refrain from, skip out on, steer clear of, stay clear of, keep clear of, stay away from, keep away from, rid of, hardly any, barely any, please no, definitely no, absolutely no, strictly no,
        absolutely zero, not a single, not a drop of, nothing with, cant be, must not contain, shouldnt contain, should not contain, must not have, shouldnt have, should not have, without added, without extra,
        no added, no extra""",
    Kind.REFUSES: """cant have, can not have, cannot have, cant drink, can not drink, cannot drink, cant eat, can not eat, cannot eat, cant do, can not do, cannot do, cant take, cannot take, cant tolerate, can not tolerate, cannot tolerate,
        cant stand, can not stand, cannot stand, cant digest, cannot digest, cant handle, cannot handle, cant consume, cannot consume, am not allowed, im not allowed, not allowed, isnt allowed, not supposed to have, shouldnt drink, shouldnt eat, should not drink, should not eat, must not drink, must not eat, mustnt drink,
        dont drink, do not drink, dont eat, do not eat, dont do, do not do, dont take, do not take, dont tolerate, do not tolerate, dont have any, doesnt drink, does not drink, doesnt eat, doesnt like, doesnt take, doesnt do, doesnt have, does not eat, does not have, does not like,
        dont like, do not like, never drink, never eat, never have, never take, never touch, hate, hates, dislike, dislikes, detest, loathe, despise, react to, react badly to, reacts to, sensitive to, allergic to, allergy to, allergies to, intolerant to, intolerant of, intolerance to, intolerance of, off limits,
        gave up, given up, giving up, quit, quitting, trying to quit, stopped drinking, stopped eating, stopped taking, cutting out, cutting down on, abstain from, abstaining from, steering clear of, get sick from, am off, im off, not a fan of, not keen on, not into,
        makes me sick, makes me ill, make me sick, gives me hives, gives me a rash, give me hives, upsets my stomach, doesnt agree with me, dont agree with me, is off limits, kills me, hurts my stomach""",
    Kind.LIGHT: """light, lite, light on, light on the, lightly, a bit of, bit of, a little bit of, a little, a little bit,
        just a little, just a bit of, just a bit, a bit, not so much, not that much, not as much, only a bit, only a bit of, the tiniest bit of, only a little, a touch of, touch of, just a touch of, a dash of, dash of, just a dash of,
        a splash of, splash of, just a splash of, a hint of, hint of, a drop of, drop of, less, easy, easy on, easy on the, go easy on,
        go easy on the, fewer, not much, not too much, not a lot of, a smidge of, a sprinkle of, sprinkle of, a pinch of, pinch of,
        as little, very little, so little, the least, a tad, a tad of, tiny bit of, a tiny bit of, a drizzle of, a small amount of, little bit of, lighter on, low""",
    Kind.EXTRA: """extra, xtra, lots of, loads of, a load of, plenty of, heavy, heavy on, heavy on the, additional, tons of, a lot of,
        alot of, more, a bunch of, heaps of, go heavy on, go heavy on the, generous, some extra, loaded with, oodles of""",
    Kind.UNIT: """pump, pumps, pump of, pumps of, squirt of, squirts of, spoon of, spoons of, spoonful of, spoonfuls of, shot of, shots of,
        teaspoon of, teaspoons of, tsp, tsp of, sachet of, sachets of, packet of, packets of, pack of, packs of, scoop, scoops,
        scoop of, scoops of, slice of, slices of, dollop of, dollops of, lump of, lumps of, cube of, cubes of, portion of,
        portions of, serving of, servings of, stick of, sticks of, piece of, pieces of, handful of""",
    Kind.TIMES: "x, ×, times",
    Kind.AND: "and, &, +, n, plus, then, and then, as well as, along with, and plus, followed by",
    Kind.BUT: "but, but instead, although, though, however",
    Kind.OUT: "isnt needed, is not needed, not needed, not needed anymore, not needed any more, is not needed anymore, is not needed any more, isnt needed any more, no longer required, no longer wanted, isnt wanted anymore, no longer needed, isnt needed anymore, is no longer needed, isnt required, is not required, out, off, away",
    Kind.TWICE: "double that, double the order, double my order, double the lot, double everything, twice that",
    Kind.OR: "or",
    Kind.WITH: """with, w/, w, wth, wit, wiv, on, in, using, made with, made on, containing, having, topped with, sub, sub in, subbing, with some, with a, including,
        with the, that has, but with, served with, done with""",
    Kind.ALL: """both, all, each, everyone, every one, everything, all of them, both of them, each of them, in either, to either, on either, in either of them, in either one, all of those, all of em, both of em, each of em, all of these, them all, apiece,
        make them, make those, make them all, make both, make all, make both of them, change them to, can they be, can they all be""",
    Kind.REST: """the other, the others, the other one, the other ones, the rest, the rest of them, the remaining, other one,
        others""",
    Kind.NTH: """the first one, first one, the first, the 1st one, the 1st, the second one, second one, the 2nd one, the 2nd, the third one, third one,
        the 3rd one, the 3rd, the fourth one, fourth one, the 4th one, the last one, last one""",
    Kind.SAME: "same, the same, same thing, the same thing, and same, and the same, exactly the same, just the same, exact same, the exact same, exactly the same thing",
    Kind.ANOTHER: """same again but, same again but with, the same again but, and same again but, same but, another, another one, a second one, a third one, one more, 1 more, an additional, a second, same but, the same but, same again, the same again, same with, the same with, same in, the same in, and same in, and the same in,
        and same but, and the same but, and the same again, and same again, and the same with, and same with,
        & same, & the same, & same but, & the same but, & same again, & the same with, & same with,
        one too, one as well, one also""",
    Kind.COMMA: "comma",
    Kind.STOP: "period, full stop, exclamation mark, exclamation point",
    Kind.OF_THEM: """of the three, of the four, of the five, of the six, of the seven, of the eight, of the nine, of the ten, of them, of those, of these, of em, of the two, of em all, of which, of us, of you,
        of the others, of the other ones, of the rest""",
    Kind.IT: "his one, her one, hers, theirs, it, that, them, mine, those, these, em, the order, my order, my drink, my coffee",
    Kind.PLAIN: "plain, nothing in it, nothing extra, as it comes, as is, straight up",
    Kind.FOR: "for, 4 my, 4 him, 4 her, 4 the",
    Kind.CALLED: """shes called, hes called, she is called, he is called, theyre called, her name is, his name is, their name is, her names, his names, spelled wrong, spelt wrong, its spelled, its spelt, its spelt as, im called, i am called, they call me, people call me, everyone calls me, name on it should be, the name on it should be, the name on it is, name on it is, the name on the cup should be, name on the cup should be, the name for the order is, name for the order is, my name for the order is, name for my order is, the name for my order is, the name on the order is, name on the order is, name on order is, name for the cup is, the name on the cup is, name on the cup is, the name for pickup is, name for pickup is, order name is, the order name is, put the name, the order is for, my order is for, the order is under, this order is under, its under, thats under, put that under, order under, thanks from, cheers from, thank you from, many thanks from, love from, regards from, its from, names are, the names are, our names are, names r, my name is, name is, names, name, my names, my name, call me, under the name, under the name of, in the name of, under name, the name is, the names,
        wrong name, the wrong name, name wrong, my name wrong, spelled my name wrong, spelt my name wrong, you spelled my name wrong, you spelt my name wrong, got my name wrong,
        you got my name wrong, name should be, the name should be, name should say, change the name to, change name to, change my name to, not my name, thats not my name, thats not how you spell my name,
        correct name is, right name is, my name is actually, name is actually, name is spelled, name is spelt, my name is spelled, my name is spelt, name on it, name for the cup, the name for the cup is, for name,
        my name as, my name down as, put my name as, put my name down as, put the name as, put my name down""",
    Kind.AS_NAME: "as the name, as name, as my name, as a name, for the name, as the name on it, as the name on the cup",
    Kind.BEING: "its, it is, this is, im, i am, under, put it under, order for, an order for, here is, its me, me again",
    Kind.ADD: "i forgot, forgot to say, i forgot to say, i forgot to mention, forgot to mention, forgot to add, i forgot to add, add, add on, throw in, chuck in, add in, as well, too, also, include, put in, can you add, could you add, can i add",
    Kind.MAKE: """can the, could the, make, make it, make that, make mine, make the, make my order, can it be, could it be, can that be,
        can you make it, can you make that, could you make it, could you make that, can i make it, can i make that, can we make it,
        change it to, change that to, change to, change mine to, change my order to, can i change it to,
        can i change to, can you change it to, can you change that to, can i change that to, switch to, switch it to, switch that to,
        swap to, swap it to, swap it for, swap that for, turn it into, turn that into, update it to, upgrade it to, upgrade to,
        can i have it, could i have it, can i get it, i want it, id like it, let it be, go back to, back to, stick with, stick to, should be, it should be, that should be,
        should have been, supposed to be, better make it, better make that, can i change my order to""",
    Kind.SWAP: """swap, swap out, change, replace, switch, exchange, substitute, trade, can you swap, can you change, can i change,
        can i swap, can i switch, could you change, could you swap, could i change, could i swap""",
    Kind.TO: "to, into",
    Kind.ONLY: """just, only, just the, only the, keep only, only keep, just keep, keep just, leave only, only leave, just leave, leave just""",
    Kind.INSTEAD: "instead, in its place",
    Kind.INSTEAD_OF: "instead of, rather than, in place of",
    Kind.CORRECT: """rather, actually, sorry, wait, no wait, hang on, hold on, i mean, i meant, meant, oops, whoops, scratch that, correction,
        on second thought, on second thoughts, changed my mind, i changed my mind, ive changed my mind, no sorry, sorry no,
        no actually, actually no, wait no, my bad, my mistake, nope, id rather have, id rather, id prefer, i meant to say, i said""",
    Kind.ASK: """my coffee as, his coffee as, her coffee as, their coffee as, the coffee as, coffee as,
        my tea as, his tea as, her tea as, their tea as, the tea as, tea as,
        can i, could i, may i, can we, could we, can u, can you, could u, could you, can i get, could i get, can i have,
        could i have, may i have, may i get, can we get, can we have, could we have, could we get, can i please get, can i please have,
        could i please have, could i please get, can i grab, could i grab, i want, i need, we need, we want, id like, i would like,
        we would like, wed like, id love, i would love, ill have, ill take, ill get, i will have, i will take,
        well have, we will have, let me get, let me have, lemme get, lemme have, gimme, give me, give us, get me, get us, make me,
        make us, can you make me, could you make me, can you do, could you do, can you do me, could you do me, can u do, can you get me,
        could you get me, order, to order, id like to order, i want to order, i would like to order, want, need, send me,
        , do me, looking for, im after, i am after, craving, im craving, fancy, i fancy, i feel like, feel like, how about,
        what about, have, get, like, wanna, i wanna, grab, grab me, some, like to have, to have, to get, want to get, ordering,
        would it be possible to get, is it possible to get, put me down for, put in an order for, place an order for, prepare, maybe,
        can i order, could i order, to start with, i think ill have, start me with, hook me up with, bring me, i choose, hit me with, could i trouble you for, can i trouble you for, ill go with, i will go with, ill go for, i will go for""",
    Kind.HERE: "here",
    Kind.WANTS: "wants, needs, will have, will take, would like, would love, is having, wants to have, would like to have, will get, gets, takes",
    Kind.FILLER: """no more than, not more than, at most, at the most, no nothing, caps lock, the caps lock, caps lock on, for the caps, excuse the caps, thanks a mill, thanks a million, thanks a bunch, thanks heaps, thanks a lot, cheers big ears, ta very much, tx, no problems, no problem, no worries, are needed, is needed, are required, people here, after all, late notice, short notice, the late notice, the short notice, one more thing, one last thing, one other thing, please, pls, plz, plse, pleas, thanks, thank you, thank u, thanku, thankyou, thx, thnx, tnx, ty, tysm, ta, cheers, mate, hi, hello,
        hey, heya, hiya, hi there, hey there, hello there, good morning, good afternoon, good evening, morning, gday, yo, dear, barista,
        so much, very much, a lot, many thanks, in advance, kindly, bro, dude, man, buddy, folks, guys, ok, okay, well, um, uh, hmm,
        lol, haha, xx, just kidding, kidding, great, awesome, perfect, lovely, yes, yeah, yep, asap, quick, right now, today, now, later, if possible,
        is fine, will do, is enough, are enough, as possible, if you can, if thats ok, if thats okay, when you can, for now, for today, for here, to go, takeaway, take away, takeout, thats it,
        thats all, that is all, that will be all, thats everything, nothing else, that would be great, would be great, would be lovely,
        there, type, style, kind, sort, made, drink, drinks, served, as a treat, just the drink, good day, my order is,
        flavored, flavoured, flavor, flavour, sized, of, up, on top, mixed in, blended in, added, cup, mug, cups, ones,
        for me, for myself, for him, for her, which, serve, nice, really, very, super, you, u, me, us, rn, 4 me, 4 us, 4 now, 4 here, 2 go""",
    Kind.TIME: "min, mins, minute, minutes, hour, hours, hr, hrs, am, pm, oclock, secs, seconds, dollars, bucks, euros, people, persons, degrees, year old, years old, yr old, year olds",
    Kind.IF_NOT: """if no, if not, if none, if you dont have, if you do not have, if you havent, if u dont have, if theres no, if there is no, if there isnt, if there arent, if youre out of, if you are out of, if out of,
        if its out, if theyre out, otherwise, failing that, if unavailable, if not available, or else""",
    Kind.MEASURE: "oz, ozs, ounce, ounces, fl oz, ml, cl, milliliters, millilitres, litre, liter",
    Kind.PLACE: "booth, stand, table, room, hall, seat, row, desk, gate, floor, level, aisle, station, stage, bay, counter, pod, tent, suite, room number, booth number, table number, booth no, table no, stand no",
    Kind.COMMON: """coffee order, coffee orders, coffee list, coffee run, coffee round, than usual, than normal, than normally, than the usual, so, dont mind, do not mind, dont care, do not care, cant wait for, cant wait, can not wait, can not wait for, dont worry about, dont forget, dont forget the, do not forget, do not forget the, nothing but, cant go wrong with, cant live without, could not live without, no problem with, nothing wrong with, cant beat, not bad, never mind, never had, never tried, why not, late night, running late, too late, be late, being late, bit late, so late, late for, how late, late to, am late, im late, getting late, later on, mins late, minutes late, min late,
        until late, not late""",
    Kind.NOTE: """allergic, allergy, allergies, allergen, intolerant, intolerance, coeliac, celiac, anaphylactic, diabetic, pregnant,
        careful with, no nuts, without nuts, no peanuts, no gluten, without gluten, gluten free, nut free, dairy free, sugar free, vegan,
        non dairy, nondairy, non dairy milk, nondairy milk, dairy free milk, vegan milk, plant milk, plant based milk, plant based, milk alternative, milk alternatives, dairy alternative, milk isnt dairy, milk that isnt dairy, milk thats not dairy, milk that is not dairy, without dairy, vegetarian, halal, kosher, halal""",
    Kind.REMARK: """normal temp, normal temperature, regular temp, regular temperature, room temp, room temperature, with everything, with everything on it, everything on it, with the works, the works, fully loaded, all the trimmings, with all the trimmings, all the fixings, with all the fixings, on half, on half of it, on one side, on the one half, milk chocolate, not milk chocolate, no milk chocolate, dark chocolate, white chocolate, well done, medium rare, medium well, lightly toasted, not toasted, untoasted, extra crispy, crispy, cut in four, cut in quarters, cut in squares, cut in thirds, unsliced, uncut, no bun, without a bun, without bun, bunless, lettuce wrap, no salt, without salt, extra salt, salted, on one half, on the other half, to the brim, on the side, on side, separately, separate, half full, 3/4 full, three quarters full, three quarter full, 1/2 full, not full, not too full, full to the top, to the top, bag left in, leave the bag in, bag in, bag out, teabag left in, leave the teabag in, tea bag left in, leave the tea bag in, teabag in, teabag out, in a mug, in a glass, in a real cup, in a proper cup, in a ceramic cup, in my own cup, in my cup, in my mug,
        in my keep cup, in my keepcup, own cup, my own cup, own mug, keep cup, keepcup, my keepcup, my keep cup, reusable cup, no lid, without a lid, no straw, without a straw, with a lid, with a straw,
        lid on, separate cup, separate cups, cut in half, toasted, no rush, not urgent, well stirred, stirred, unstirred, double cup, double cupped, half sweet, half sweetness, less sweet, not sweet, not too sweet, not very sweet, lightly sweetened, unsweetened, extra sweet,
        room for milk, with room for milk, with room, leave room, leave room for milk, room for cream, with room for cream, dry, wet, extra wet, extra dry, bone dry, on the dry side, full strength,
        after the keynote, before the keynote, during the keynote, in the keynote, after keynote, before keynote, during keynote, after the talk,
        before the talk, during the talk, in the talk, after talk, before talk, during talk, after the session, before the session, during the session,
        in the session, after session, before session, during session, after the break, before the break, during the break, in the break, after break,
        before break, during break, after the lunch, before the lunch, during the lunch, in the lunch, after lunch, before lunch, during lunch,
        after the lunch break, before the lunch break, during the lunch break, in the lunch break, after lunch break, before lunch break, during lunch break,
        after the coffee break, before the coffee break, during the coffee break, in the coffee break, after coffee break, before coffee break,
        during coffee break, after the workshop, before the workshop, during the workshop, in the workshop, after workshop, before workshop, during workshop,
        after the panel, before the panel, during the panel, in the panel, after panel, before panel, during panel, after the meeting, before the meeting,
        during the meeting, in the meeting, after meeting, before meeting, during meeting""",
}  # fmt: skip

#: Words around the quotation when a phone reports a reaction to a text: Liked “…”.
REACTIONS = """liked, loved, disliked, laughed at, emphasized, emphasised, questioned, removed a like from, removed a heart from, removed a dislike from, removed a laugh from,
    removed an exclamation from, removed an exclamation mark from, removed a question mark from, removed a reaction from, reacted, removed their reaction,
    liked an image, loved an image, disliked an image, laughed at an image, emphasized an image, questioned an image, liked a photo, loved a photo, liked a message, loved a message"""

SHRUGS = "never mind, nevermind, nvm, forget it, forget that, forget about it, leave it, drop it, drop that, no matter, oh well"
KEEPING = "keep, leave, put back, bring back, add back, still want, still like, back on, back in, back please, after all, want that, do want"
KEEPING_IT = "wants it after all, want it after all, still wants it, still want it, wants it back, want it back, do want it, keep it, keep that, keep that one, leave it in, leave it on, put it back, bring it back"
DENYING = "not the, not"
TAKING_UP = """put some in, pop some in, add some in, some in, like that, like it, want that, use that, use it, some of that, some please, with that milk, add it, add that, add one, add some, put it in, put that in, put one in, throw it in, throw that in, go with that, with that, one of those, one of them, have that, take that, have one,
    take one, have it, take it, yes please, yes pls, yeah please, yeah pls, yep please, ooh please, oh please, that please, go on then, go for it"""
WITH_IT = "with that, with it, with some, with some of that, using that"
MEANING = "i mean, i meant, i meant to say, meant to say, i was trying to say"
NORMALLY = "just normal, just a normal one, just the normal one, normal strength, normal is fine, normal again, just normal again, back to normal, not double, no double"
SINGLE = "just a single, just single, a single, single shot, single is fine, only a single, one shot"
FAREWELLS = "kind regards, kindest regards, best regards, warm regards, warmest regards, regards, best wishes, with best wishes, many thanks and kind regards, thanks and regards, sincerely, yours sincerely, yours faithfully, yours truly, all the best"
SENT_FROM = "sent from my, get outlook for, sent via, sent with"

#: Beginnings of automatic replies.
AUTO_REPLIES = """automatic reply, auto reply, autoreply, auto-reply, auto response, autoresponse, automated message, automated response, automated reply, out of office, out of the office, i am driving, im driving, do not disturb while driving, driving with do not disturb,
    cant talk right now, cant talk now, currently unavailable, not available right now, im in a meeting, i am in a meeting, on vacation until, on holiday until, on annual leave, will get back to you, get back to you as soon as, will reply as soon as, thank you for contacting, thanks for contacting, this number is not monitored, this mailbox is not monitored, do not reply to this message"""

#: Words that name an allergen.
ALLERGENS = {
    "dairy": "non dairy, nondairy, plant milk, plant based, milk alternative, milk alternatives, dairy, milk protein, cows milk, milk allergy, allergic to milk, vegan",
    "lactose": "lactose",
    "nuts": "nut, nuts, peanut, peanuts, tree nuts, nut free",
    "gluten": "gluten, wheat, coeliac, celiac",
    "soy": "soy, soya",
    "caffeine": "caffeine",
}

#: Phrases that ask for a separate order.
OWN_ORDER = "separate order, separately, new order, another order, second order, different order, own order, on its own order, order of its own"

NUMBERS = {
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "a couple": 2, "a couple of": 2, "couple of": 2, "couple": 2,
    "a pair of": 2, "pair of": 2, "a few": 3, "a dozen": 12, "dozen": 12, "half a dozen": 6, "half dozen": 6, "two dozen": 24,
    "a single": 1, "single": 1, "double": 2, "triple": 3, "half": 0.5, "half a": 0.5, "half the": 0.5, "half of the": 0.5, "a half": 0.5, "half of a": 0.5,
    "one and a half": 1.5, "1 and a half": 1.5, "2 and a half": 2.5, "1 1/2": 1.5, "two and a half": 2.5, "quarter": 0.25, "a quarter": 0.25,
}  # fmt: skip

ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}

INTENTS = (
    (Intent.ORDER, "(no|without|zero|avoid|avoiding|off) (any )?caffeine ... DRINK"),
    (Intent.ORDER, "^(i|we) (hate|dont drink|dont like|do not drink|do not like|cant drink|never drink) DRINK (so|but|,) "),
    (Intent.ORDER, "(is there (still )?(any )?(time|chance)|is it too late|is it still possible|would it be (possible|ok|okay)|any chance|is it ok|is it okay|could i trouble you) (to|of|if|you|i|we|that|for) ... (DRINK|OPTION|change|make|swap|add|get)"),
    (Intent.UNDO, "^(i mean |i meant |i meant to say |i said |no |wait |sorry |actually |oh |please |pls |can you |could you |, )*(undo|revert|undo (that|it|the (last )?(change|one))|revert (that|it)|take (that|it) back|(change|put|switch|turn|make|bring) (it|that|everything|them|those) (all )?back( to (how|what) (it|i) (was|had)( before)?)?|go back( to (how|what|the way) it was)?|back to (how|what) (it was|i had|it was before)|(leave|keep) (it|everything) (as|like|how) (it was|before|it was before)|as it was( before)?|like it was( before)?|like before|forget (that|the|my last) change|ignore (that|my last (text|message)|the last (text|message|one|change)))( please| pls| sorry| thanks)*$"),
    (Intent.UNDO, "^(i mean |i meant |i meant to say |i said |no |wait |sorry |actually |oh |please |pls |hang on |, )*(dont|do not|uncancel|reinstate)( cancel| drop| delete| remove)?( it| that| my order| the order| them| this)?( after all| please| pls| sorry)*$"),
    (Intent.UNDO, "^(nvm |never mind |nevermind |i mean |i meant |i meant to say |i said |no |wait |sorry |actually |oh |please |pls |hang on |, )*(keep|leave|i still want|i do want|still want) (it|that|my order|the order|them)( in| on)?( after all| please| pls| sorry| thanks)*$"),
    (Intent.THANKS, "^(i |we )*(love|like) (you|u|this|it|them|you all|you guys)( so much| all| guys)*$"),
    (Intent.UNCLEAR, "(meet|see|join|catch|find) (me|you|us|u|him|her|them|up) (at|by|near|in|for|up|outside|there|later)"),
    (Intent.UNCLEAR, "^(i|we) (hate|dont drink|dont like|do not drink|do not like|cant drink|never drink|quit|already had|just had|had)"),
    (Intent.UNCLEAR, "^(tell|ask) (UNKNOWN|him|her|them|everyone|everybody|people|the|my) "),
    (Intent.FORGET, "forget (me|about me|my number|my data|my details|everything about me|who i am)"),
    (Intent.FORGET, "(delete|remove|erase|wipe|clear) (all )?(of )?(me|my (data|number|details|info|information|account|name|messages|texts))"),
    (Intent.MY_DATA, "(what|which) ... (data|info|information|details) ... (have|keep|store|hold|got|know)"),
    (Intent.MY_DATA, "what do you (know|store|keep|have) (about|on) me"),
    (Intent.MY_DATA, "^my data$"),
    (Intent.MY_DATA, "(show|send|see|export) (me )?my data"),
    (Intent.MY_DATA, "(gdpr|privacy|data protection)"),
    (Intent.STOP, "(stop|quit) (texting|messaging|sending|contacting|spamming) me"),
    (Intent.STOP, "(stop|no more) (texts|messages|sms|txts)"),
    (Intent.STOP, "(unsubscribe|opt out|take me off|remove me from)"),
    (Intent.SUPPORT, "(talk|speak|chat) (to|with) (a |an |the |some )?(human|person|someone|somebody|real|staff|agent|manager|barista|people|operator|one of you)"),
    (Intent.SUPPORT, "(real|actual) (human|person|people)"),
    (Intent.SUPPORT, "(complain|complaint|refund|disgusting|undrinkable|awful|terrible|horrible|spilled|spilt|burnt|gross|unacceptable|sour|rude|ripped off|money back)"),
    (Intent.SUPPORT, "(got|have|given|gave me|received|made me) (the )?(wrong|somebody elses|someone elses)"),
    (Intent.SUPPORT, "(wrong|incorrect) (drink|order|one|size|name|cup|MENU)"),
    (Intent.SUPPORT, "(this|my|the|your|that) (DRINK|CATEGORY|drink|order|coffee|tea|cup|it) (is|was|tastes|tasted|came|has been) (so |too |very |really |stone |not |a bit )*(OPTION|cold|hot|bad|wrong|off|weird|bitter|burned|watery|sweet|weak|strong|lukewarm|right|good|what|missing|mixed)"),
    (Intent.SUPPORT, "(never|didnt|hasnt|havent|did not|has not|not) (came|come|arrived|arrive|got|received|receive|get|gotten|shown|showed|turned)( it| up| my .*| mine)*$"),
    (Intent.SUPPORT, "(my|the|our) (DRINK|CATEGORY|drink|order|coffee|food) (never|didnt|hasnt|did not|has not) (come|came|arrived|arrive|turned|shown)"),
    (Intent.SUPPORT, "(not|isnt|wasnt) what i (ordered|asked)"),
    (Intent.SUPPORT, "^(sorry |hey |hi |um )*(this|that|it|its|mine)( (is|was|one is))? (wrong|incorrect|not right|not mine|not what)"),
    (Intent.SUPPORT, "(someone|somebody|some one|another person|a guy|a woman|a man) ... ?(took|stole|grabbed|nicked|pinched|swiped|has|drank|picked up) (my|mine|our)"),
    (Intent.SUPPORT, "^(way )?too (much|little|many|hot|cold|sweet|weak|strong|milky|watery|bitter)"),
    (Intent.SUPPORT, "(it|this|mine|that) (is|was|s) (too |so |stone |freezing |really |a bit |only |just |not )*(OPTION|cold|hot|lukewarm|watery|bitter|bad|awful|off)$"),
    (Intent.SUPPORT, "(this|it|mine) (tastes|tasted) "),
    (Intent.SUPPORT, "i (asked|ordered) ... (but|and) (i )?(got|received|was given|it came)"),
    (Intent.SUPPORT, "^(human|agent|support|operator|manager|staff|person)$"),
    (Intent.CANCEL, "cancel (it|that|this|(that|this|my|our|the) (whole |entire |last |DRINK |CATEGORY |coffee |drinks )?order|order|everything|all|all of it|both|please|them|my DRINK|my CATEGORY|the whole|the lot|mine)?( (sorry|soz|apologies|my bad|then|now|thanks))* ?$"),
    (Intent.CANCEL, "^(cancel|never mind|nevermind|nvm|forget it|forget that|drop it|drop that|drop everything|scrap it|scrap that|scrap the lot|leave it|drop the order|drop my order|delete my order|scratch my order|no order)$"),
    (Intent.CANCEL, "^(nah|no|actually|sorry|ok|oh|um|wait|on second thoughts?)[ ,]*(,|never mind|nevermind|nvm|forget it|forget that|forget about it|drop it|cancel|leave it|scrap it|scrap that)+$"),
    (Intent.CANCEL, "(so|anyway|therefore|hence) (please |pls |lets |just |can you |could you )*(cancel|scrap|forget|drop|bin|scratch) (it|that|this|them|all)( sorry| then| please| pls| thanks)*$"),
    (Intent.CANCEL, "^(actually |no |oh |sorry |ok |wait )*(neither|neither of them|neither of those|neither one|none of them|none of those|none of these)( please| thanks| sorry| actually)*$"),
    (Intent.CANCEL, "(dont|do not|no longer) (want|need) (it|that|them|this|anything|my order|the order|any of it|a drink|it all|my DRINK)( any ?more| at all| after all| now| either)*$"),
    (Intent.CANCEL, "(please )?(dont|do not) (make|bother making) (it|that|my order|my DRINK|them)( any ?more| at all| after all| now| please| pls)*$"),
    (Intent.CANCEL, "(can|could|may|please|pls|want|need|like|wanna|have|must) (i |we |you |u |please |pls |to |just )*cancel$"),
    (Intent.CANCEL, "^(please |pls |just |can you |could you )*(drop|remove|delete|cancel|scrap|clear|scratch|ditch|bin|forget) (it all|all|everything|all of it|all of them|them all|the lot|(the|my|our) (whole |entire )?(thing|order|lot)|both|both of them)$"),
    (Intent.CANCEL, "^(i )?(have )?(changed my mind|give up|gave up)$"),
    (Intent.CANCEL, "(i have|ive|i) (to go|got to go|gotta go|to leave)$"),
    (Intent.USUAL, "(usual|same again|same as (last time|before|yesterday|always|ever|this morning|earlier)|the same please|same thing|same order|repeat (my )?(last )?order|my regular$|^the regular$|what i (had|got|have) (last time|before|yesterday|always))"),
    (Intent.USUAL, "^(same|the same|repeat|again|one more time)$"),
    (Intent.USUAL, "^(can i get |id like |please |)(the )?same (but|with|without|in|no|minus|plus|only) "),
    (Intent.QUESTION, "(is|are) (this|that|it|these) the (right|correct|same|official) "),
    (Intent.QUESTION, "(wifi|wi fi|wlan|internet|toilet|toilets|bathroom|bathrooms|restroom|restrooms|washroom|washrooms|loo|loos|parking|car park|cloakroom|charger|power outlet|smoking area)"),
    (Intent.QUESTION, "(where|how|when) (do|can|should|must|to) (i |we |you )*pay"),
    (Intent.QUESTION, "how (OPTION|strong|weak|sweet|milky|bitter|hot|big|large|small) (is|are|s)"),
    (Intent.STATUS, "(when|whens|wen|is it|am i|are we|whose|its) (it|is it|my|next|the next|up next|turn)( turn)? ?(ready|done|coming|$)"),
    (Intent.STATUS, "what (did|have|was) (i|we|it) (just )?(order|ordered|get|have|asked for|ask for)"),
    (Intent.STATUS, "^(is|was|are|does|did|has) (it|that|this|mine|my order|my drink|my coffee|they) (come |made |have |with |got |in |a |an |the |on |still |going to be |be )*(OPTION|DRINK)( (OPTION|GROUP|milk|one))* \\?"),
    (Intent.STATUS, "^(ok |hi |hey )*(which|what) (bar|station|counter|stand|place|location|booth|one)( (is|do|should|did|am|are) .*)?( \\?)?$"),
    (Intent.STATUS, "^(ok |hi |hey |hello )*(im|i am|were|we are|we|i) (just )?(here|outside|arrived|at the (bar|counter|front|stand|station|table))( now)?$"),
    (Intent.STATUS, "^(ready|done|next|my turn|whens mine|when|where|wheres mine|how long|any news|update|wait|waiting|wait time|hows it going|hows my order|how much longer)$"),
    (Intent.STATUS, "(how (long|much longer|much time)|when (will|is|can|should)|what (time|number) (will|is|am|are) (it|my|mine|i|the DRINK|the CATEGORY|we))"),
    (Intent.STATUS, "(where|wheres|whats happening|whats going on|any (news|update|sign|word|eta))( (is|are|r|do|can|should|did|did you) )? ?(do i|to|can i|you|u|ya|should i|is|are|the|my|mine|it|our|i|with|on|of|about|DRINK|$)"),
    (Intent.STATUS, "(is|are|isnt|arent) (it|that|my|mine|the|our|they|DRINK|CATEGORY) ... (ready|done|finished|coming|up|made|there|cooking|on its way|started)"),
    (Intent.STATUS, "(ready|done|finished) (yet|now|soon)"),
    (Intent.STATUS, "(whats|what is|hows|how is|how long is|is there|much of|long|big|current) (the |a |your |any |much )*(wait|waiting|waiting time|line|lineup|queue)( time| times| like)?"),
    (Intent.STATUS, "^(hi |hey |so |, )*(how busy (is it|are (you|u|things))|(is it|are (you|u)) (very |really |super |still )*(busy|packed|slammed))"),
    (Intent.STATUS, "(status|eta|queue|progress|update on|track my|tracking)"),
    (Intent.STATUS, "how many ... (ahead|before|in front|people|orders)"),
    (Intent.STATUS, "(still waiting|been waiting|waiting (for|on) (my|the|a|our)|taking (so|too|ages|forever)|hurry up)"),
    (Intent.STATUS, "(did|have) (you|u) ... (get|got|receive|received|see|start|started|make|made) (my|it|mine|the|that)"),
    (Intent.MENU, "(whats|what is|what are|show|see|send|view|read|got|have|share|tell|need|want|get|give|a|the|your|ur|me|text) (me |on |in |out |you |us )?(the |a |your |ur |todays )*(menu|list|options|choices|specials|offerings|range|selection)"),
    (Intent.MENU, "^(menu|options|list|choices|drinks|what|what else)( \\?)?$"),
    (Intent.MENU, "^(what|wat|wot|wut|whatcha|whats|wats|what all) (do |have |can |all |has )*(you|u|ya|yall) (guys )?(got|have|sell|serve|do|offer)"),
    (Intent.MENU, "(you|u|ya|there) ... ?(any |some )?(food|snacks|cakes|pastries|anything else|anything to eat|something to eat|non coffee)"),
    (Intent.MENU, "(what|whats|whatever|which one|whichever|anything) (is |s |drink is |drink takes |takes |one is )*(the )?(fastest|quickest|least time|easiest|shortest|popular|most popular|good here)"),
    (Intent.MENU, "(what|which|wat|wot) (do|can|could|have|did|are|drinks|else|all|would|should) ... (have|got|get|order|serve|make|offer|available|sell|do|on|recommend|choose|text|options|there)"),
    (Intent.MENU, "(what|which|whats) (kind of |kinds of |sort of |sorts of |types of |type of |other |the |your |flavou?rs of )*(GROUP|CATEGORY|drinks|flavou?rs|hot drinks|cold drinks|food|OPTION|DRINK) ... (have|got|do|are|is there|available|can|options|$)"),
    (Intent.MENU, "(what|which) (kind|kinds|sort|sorts|types|type|flavou?rs) of (MENU|drinks?)"),
    (Intent.MENU, "^(what|which) (other |the |your )?(GROUP|CATEGORY|OPTION|DRINK|flavou?rs)( \\?)?$"),
    (Intent.MENU, "(list|show) (of )?(the |your |all )*(GROUP|CATEGORY|drinks|OPTION)"),
    (Intent.NO, "^any (GROUP|kind|type|OPTION (is fine|will do|is ok))( is fine| will do| at all| is ok)?$"),
    (Intent.QUESTION, "(do|does|did) (you|u|ya|they|yous|yall|it|that|the|your|a|this|DRINK) ... (have|do|sell|offer|serve|make|stock|got|come|take|use|include|contain|carry|charge|accept|also|still|know|cost)"),
    (Intent.QUESTION, "(have|has|havent) (you|u|ya|they) ... (got|any|have|run out|sold out)"),
    (Intent.QUESTION, "^(you|u|ya|yous) (guys )?(got|have|do|sell|open|still)"),
    (Intent.QUESTION, "^(got|any) (any )?(UNKNOWN )?MENU"),
    (Intent.QUESTION, "(is|are|isnt) (there|their|theres) "),
    (Intent.QUESTION, "^(so |and |hey |hi |sorry |, |ok )*(is|are) (the|your|that|a|this|it) (MENU|food|drinks?|UNKNOWN|still|really|all|made|free|vegan|gluten|halal|kosher)"),
    (Intent.QUESTION, "^(is|are|does|do) (MENU|CATEGORY|everything)"),
    (Intent.QUESTION, "(what|whats|wats) (is|s|are|in|does|the difference|a|an|the) (a |an |the |your |in )*(MENU|difference|UNKNOWN|best|strongest)"),
    (Intent.QUESTION, "whats (in )?(a |an |the )?(MENU|UNKNOWN|best|good)"),
    (Intent.QUESTION, "(are|r) (you|u|ya|yous) (guys )?(still |even |all )*(open|closed|closing|there|a bot|a robot|human|real|ai|an ai|busy|a person|around)"),
    (Intent.QUESTION, "(what time|when|until when|how late) (do|are|is|does|will) (you|u|the|it|ya) ... (open|close|closing|finish|shut|start|there|until|til)"),
    (Intent.QUESTION, "^(gluten|dairy|nut|sugar|lactose|caffeine) free \\?$"),
    (Intent.QUESTION, "^(hi |hey |so |and |sorry |, )*(is|are) (it|this|that|they|you|u|these|those|all|everything|(the |your |a )?DRINK) (safe |ok |okay |good |all |fully |also |really )*(with |for |a )*(gluten|dairy|nut|nuts|lactose|vegan|vegetarian|halal|kosher|celiac|coeliac)"),
    (Intent.QUESTION, "(is|are) (it|this|that|they|these|the DRINK) (gluten|dairy|nut|sugar|lactose|caffeine) free"),
    (Intent.QUESTION, "(whats|what is|what goes) in (it|this|that|these|mine|my DRINK|the DRINK)"),
    (Intent.QUESTION, "^(hi |hey |so |and |sorry |, )*(any|got any) ... in (the |a |an |your |this |that |my )*DRINK"),
    (Intent.QUESTION, "^(hi |hey |so |and |sorry |, )*(do|does|has|have) (the |a |an |your |this |that |my )*DRINK (have|has|got|contain|include)"),
    (Intent.QUESTION, "^(hi |hey |so |and |sorry |, )*(the |a |an |your |this |that |my )*DRINK (contains?|has) ... \\?$"),
    (Intent.QUESTION, "(opening|closing) (times?|hours?)"),
    (Intent.QUESTION, "(who|whos|who are|who r) (are|r|is|this|u|you)"),
    (Intent.QUESTION, "(how much|price|prices|cost|costs|is it free|are they free|free of charge|do i (have to )?pay|pay by|can i pay|charge)"),
    (Intent.QUESTION, "(can|could) (i|you|u|we) (have|get|do|make) ... (OPTION|GROUP) in (the|a|my) DRINK (please )?\\?"),
    (Intent.QUESTION, "^(can|could) (you|u) (do|make) (OPTION |GROUP |UNKNOWN |or )+\\?$"),
    (Intent.ORDER, "need (some |my |more |the )?caffeine ... DRINK"),
    (Intent.QUESTION, "(calories|caffeine|ingredients|kcal|allergens)"),
    (Intent.QUESTION, "^(which|what) (one |ones |MENU )?(is|are|has|have|would|comes|goes)"),
    (Intent.QUESTION, "^(is it |are they )?free (MENU |drinks |food )*\\?"),
    (Intent.QUESTION, "(address|whats your name|what is your name)"),
    (Intent.QUESTION, "^(hi |hey |sorry |so )*(can|may|could) (i|we) (bring|use|sit|smoke|charge|leave|park|come|eat|work) "),
    (Intent.HELP, "^(hey |hi |hello |yo |so |please |ok |sorry |actually |can |could |may |i |we |id |wed |would |want |need |like |love |wanna |to |have |you |u )*(change|edit|modify|amend|update|adjust|alter) (my|the|our) (order|drink|drinks|coffee|DRINK|CATEGORY)$"),
    (Intent.HELP, "^(hey |hi |hello |yo |so |please |ok |good morning |morning )*(can|could|may|might) (i|we) (please |pls )*(get|have|order|preorder|pre order|grab|buy|place)( something| anything| a| an| some| my| drinks?| to| hot| cold| order| here| please| pls| thing)*$"),
    (Intent.HELP, "^(hey |hi |hello |yo |so |please |ok |good morning |morning )*(i|we|id|wed) (would |want |need |wanna |like |to |love |please )*(want|need|like|love|wanna|get|have|order|grab|buy|place)( to| order| get| have| place| something| anything| a| an| some| drinks?| hot| cold| here| please| pls| thing)*$"),
    (Intent.HELP, "(place|make|put in|submit|start|do) (a|an|my|our|another|the) (coffee|drinks|drink|quick|new|small|big|large) order( please| pls)?$"),
    (Intent.HELP, "(how (do|does|can|to) (i|this|it|we|one|you|order) ?|what (do|can|should) i (do|say|text|write)|how it works|i need help|help me|can you help|instructions)"),
    (Intent.THANKS, "^(have|enjoy) (a |the |your )*(nice|good|great|lovely|wonderful)? ?(day|one|evening|afternoon|weekend|conference|night)"),
    (Intent.THANKS, "^(thanks|thank you|cheers|ta|thx|ty) ... (great|delicious|lovely|amazing|perfect|good|best|awesome|tasty|yum)"),
    (Intent.THANKS, "(was|is|tastes|tasted) (so |really |very |the |absolutely )*(great|delicious|amazing|perfect|good|best|awesome|tasty|yum|yummy|excellent|fantastic)$"),
    # "On my way" and "running late" need only a polite reply, as a "thanks" does.
    (Intent.THANKS, "^(sorry |cool |great |thanks |thank you |perfect |ok |okay |lovely |awesome |amazing |cheers |ta |no worries |i |we |im |am |were |are |will |ill |well |just |running |a |bit |about |in |now |[0-9]+ |mins? |minutes? |right |almost |nearly |, )*(omw|otw|on (my|our|the) way|coming|heading (over|there|down|up|back)|be (right |over |down |back )*(there|over|down|back|in [0-9]+)|(almost|nearly) there|late|running late|(mins|minutes|min) late|away|see you (soon|shortly)|back in [0-9]+)( [a-z0-9,]+){0,6}$"),
)  # fmt: skip

MESSAGES = (
    (Intent.STOP, "stop, stopall, stop all, unsubscribe, end, quit, optout, opt out, revoke, stop it, stop please, stop texting"),
    (Intent.START, "start, unstop, subscribe, resume, restart, opt in, optin, begin"),
    (Intent.HELP, "order, to order, order please, coffee order, coffee order please, place an order, make an order, new order, ordering, help, info, how, commands, ?, what, huh, instructions, sos, how to order"),
    (Intent.CANCEL, "drop all, drop both, drop them all, remove all, remove everything, delete all, delete everything, scrap everything, clear all, clear everything"),
    (Intent.CANCEL, "cancel, cancel please, cancel order, never mind then, nvm then, nevermind then, forget it then, never mind, nevermind, nvm, forget it, nah forget it, drop, drop it, drop order, abort, scrap that, undo"),
    (Intent.YES, """yes, y, yep, yup, yeah, yea, ya, yes please, yes pls, yeah please, sure, sure thing, ok, okay, k, kk, correct, thats right,
        right, confirm, confirmed, go ahead, sounds good, perfect, do it, please do, absolutely, definitely, of course, yess, yas, aye, 👍,
        go for it, all good, good, fine, thats fine, looks good, lets do it, that works, works for me, you bet, indeed, please, great, lovely,
        thats correct, that is correct, that is fine, that is good, that is perfect, yes thanks, yes thats right, alright, ok then, why not, cool, ok cool, thatll do, that is right, yes it is"""),
    (Intent.NO, """skip, pass, no, n, nope, nah, no thanks, no thank you, no ta, nah thanks, nothing, no more, not now, no way, nothing else, thats it, thats all,
        just that, im good, all good thanks, no im good, im ok, negative, 👎, not today, no need, nah mate, nah im good, not really, none,
        no not that, dont, do not, never, thats all thanks, just the drink, just the one, thats everything, thats everything now, thats all now, thats it now, no its fine, wrong, not right"""),
    (Intent.GREETING, """hi, hello, hey, heya, hiya, howdy, yo, good morning, good afternoon, good evening, morning, gday, hi there, hey there,
        hello there, sup, whats up, greetings, afternoon, evening, good day, hola, oi, how are you, hows it going, whats up, anyone there, hi all"""),
    (Intent.THANKS, """k thx, ok thx, k thanks, kk thanks, k ty, ok ty, thanks, thank you, thank u, thanku, thankyou, thank u so much, thank you so much, thanks so much, thanks a lot, thanks a bunch, thx, ty, tysm, ta, cheers, much appreciated, appreciate it, awesome, nice one, you rock, legend,
        you legend, amazing, brilliant, got it, many thanks, tks, thanx, wonderful, yum, delicious, collected, picked up, got it thanks, love it,
        you are the best, youre the best, best coffee ever, super, excellent, sweet, bye, bye bye, goodbye, good bye, byebye, see you, see ya, cya, see you later, see you soon, see you then, good night, goodnight, take care,
        no worries, no problem, np, no prob, cool thanks, great thanks, perfect thanks, ok thanks, okay thanks, ok thank you, thats great, thats great thanks, thats perfect, well done, good job, great job"""),
    (Intent.CHAT, """lol, haha, hahaha, hahahaha, ha, ha ha, hehe, heh, rofl, lmao, wow, whoa, omg, hmm, hm, oh, ah, aha, i see, interesting, funny, thats funny, so true, just kidding, oops, whoops, my bad, test, testing,
        😂, 🤣, 😅, 😊, 🙂, 😀, 😁, 😉, 😍, 🥰, ❤️, ❤, 🎉, 🙌, 👏, 🙏, ☕, ☕️, 🤔, 😎, 🔥, 💪"""),
)  # fmt: skip

INDIFFERENT = """idc, idm, dont care either way, really dont care about, dont care about, not fussed about, dont mind about, any, any one, any of them, anything, anything is fine, any is fine, whatever, whatever you have, whatever you like, whatever works, whichever,
    no preference, i dont mind, dont mind, i dont care, dont care, either, either one, either is fine, you choose, you pick, your choice, up to you, surprise me,
    doesnt matter, it doesnt matter, not fussed, not bothered, im easy, its up to you, your call, you decide, dealers choice, no pref, dont know, i dont know, no idea, not sure, dunno, all the same, the usual way, standard"""

TOPICS: dict[TopicKind, str] = {
    "open": "(open|close|closed|closing|opening|shut|finish|hours|until when|how late)",
    "price": "(how much|price|prices|cost|costs|(is|are|its|for|it|they|this|that|all|everything|coffees?|drinks?|MENU) free|free of charge|pay|charge|cash|by card|cards)",
    "allergens": "(allerg(y|ies|ic|ens?)|gluten|lactose|vegan|vegetarian|contains?|(dairy|lactose|sugar|caffeine|OPTION) free|nut|nuts|halal|kosher|ingredients|caffeine)",
    "inside": "((do|does|did|has|have) (the |a |an |your |this |that |my |any |all )*DRINK (have|has|got|contain|include|use)|(has|have) (the |a |an |your |this |that |my )*DRINK got|DRINK (contains?|has|includes) |(is|are|any|got any) ... in (the |a |an |your |this |that |my )*DRINK)",
    "who": "(who (is|are|am|r) (this|that|you|u|i|it)|whos (this|that)|bot|robot|human|real person|ai|a person|your name)",
    "place": "(where|address|located)",
    "other": "(wifi|wi fi|wlan|internet|toilet|toilets|bathroom|bathrooms|restroom|restrooms|washroom|washrooms|loo|loos|parking|car park|cloakroom|charger|power outlet|smoking area|calories|kcal)",
    "made": "((whats|wats|what is|what are|what|explain|describe) (in |inside |a |an |the |your |does |goes |comes |is |are )+DRINK|(whats|what is|what goes) in (it|this|that|these|mine|my DRINK)|how (OPTION|strong|weak|sweet|milky|bitter|hot|big|large|small) (is|are)|(is|are) (there |the |a |an |your |it )*(DRINK )?OPTION in|(is|are) (the |a |an |your )*DRINK (very |really |too |so |quite )*(OPTION|strong|weak|sweet|milky|bitter|big|small)|(made|consist|consists) (of|from|with|out)|(have|got|put|goes) in (it|them)|difference between|taste like|tastes like)",
}

SCORES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
RATING_PRAISE = (
    "great|good|best|lovely|perfect|delicious|awesome|amazing|tasty|yum|yummy|excellent|fantastic|wonderful|brilliant"
    "|superb|love|loved|liked|enjoyed|happy|nice|meh|average|not bad|so so"
)
RATING_BLAME = (
    "bad|awful|terrible|horrible|worst|hated?|disgusting|gross|undrinkable|burnt|watery|lukewarm|was|were|tasted"
    r"|too \w+|(?:bit|little) (?:weak|cold|hot|bitter|sweet|strong|milky|burnt)"
)
RATING_ASKS = (
    "please|pls|plz|can i|could i|may i|can we|could we|id like|id love|i want|get me|give me|another|again|one more"
)
RATING_DEGREES = "bit|little|stars?|out"
TEXTING_VERBS = "text|texting|reply|replying|send|sending|type|typing"

COMMON = """
i me we us he she they him it is are was were be been being am do does did done has had having can could will would shall should may might must
what who whom whose where when why how there here then than so such too very just only even still yet again also already always never ever often
if because while until till since before after during about against between through over under above below from by at as into onto upon within
of off out up down back away around near next last first second third new old good bad better best great big nice long high low early soon
say said says tell told ask asked know knew known think thought see saw seen look looks looking find found give gave given take took taken come
came go goes going gone get gets got getting put puts keep kept let lets leave left feel felt try tried call called need needs want wants wanted
use used work works working run running move moved live stay stand sit read write wrote hear heard play turn turned show shown bring brought
begin start stop end open close closed wait waiting hold help thank love loved like liked hate hope wish mean meant seem seems talk talking speak
meet meeting meets walk walking queue line time times day days week month year today tonight tomorrow yesterday minute hour moment later now
morning afternoon evening night noon man men woman women boy girl kid kids child children friend friends people person guy guys someone somebody
anyone anybody everyone everybody nobody something anything everything nothing thing things stuff lot lots bit part place room door table desk
floor hall stage booth stand counter bar stall station number phone text texts message name names word words way ways side hand head face eye eyes
home house work office school city town world life food eat ate eaten drank drunk thirsty hungry tired late later lately date dates rate
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
meat beef pork steak turkey lamb sausage salami prosciutto shrimp prawn prawns fish cod salmon rocket arugula relish gravy cilantro coriander garlic dip dips bun buns patty patties coleslaw slaw wings nuggets sweetcorn kale parmesan mozzarella feta brie
oatmeal cereal quiche focaccia waffle waffles pancake pancakes crepe crepes flapjack churros hamburger nachos icecream lungo
dirty mint rose milky creamy frothy foamy smoky buttery nutty fruity steamed roast roasted wet dry bone salty savoury savory thick thin rich fizzy frozen blended
affogato agave almond americano apple avocado bacon bagel bagels banana beans beer beers berry biscuit biscuits bitter black blue boba breve
brioche brown brownie bubble bun burger butter cake candy cappuccino cappuccinos caramel cashew chai cheese cherry chicken chips cider
cinnamon cocoa coconut coffee coffees coke cold collagen cookie cookies cortado croissant danish dark decaf donut doppio doughnut egg eggs
espresso flat foam frappe frappuccino fries gelato ginger granola gray green grey ham hazelnut hemp honey horchata hot ice iced juice
kombucha large lassi latte lattes lavender lemon lemonade lime lungo macadamia macchiato mango maple matcha medium mild milkshake mocha
muffin muffins nutmeg oat oats orange panini pastry pea peanut pie pink pistachio pizza popcorn porridge pretzel protein pumpkin purple red
regular rice ristretto roll rooibos salad salted sandwich scone seeds shake shakes skim skinny slushie small smoothie soda sorbet soup sour
soy spice spicy stevia strong sweet syrup tall tart tea teas toast toastie toasts tonic turmeric vanilla warm water weak whey white whole
wine wrap wraps yellow yoghurt yogurt
"""

#: Adjectives that ask for nothing: "a good latte", "a quick one".
PRAISE = """
good great best better nice lovely quick fast early late beautiful wonderful amazing awesome fantastic cool perfect fine real really proper decent usual normal favourite favorite
well so such very just only even more most much many few last final first second third next other same single whole full big little bit old ol new right wrong
happy sad tired sorry cheeky simple basic classic standard typical fancy pretty delicious tasty yummy magic magical special cold hot morning afternoon evening night lunch
breakfast today tonight tomorrow conference keynote office work takeaway please thanks half and or but with without not no yes of for the to my your his her
our their one two ones now then also too maybe perhaps actually cheap wee ordinary common average fresh freshly brewed made
"""

NAMES = """
jasmine ginger rose candy cherry jo ana anna anne april alex alice adam aaron amy andrea andrew angela ben basil beth bill bob brian bruno carl carla carlos cathy chen chloe chris
claire clara colin dan daniel dave david diana diego donna earl elena ella emily emma eric erik eva fatima felix fiona frank fred gary george grace greg hana
hannah harry helen henry hiroshi hugo ian irene ivan jack jake james jamie jane janet jean jeff jen jenny jim joe john jon jorge jose josh joy juan
julia julie karen kate katie kelly ken kevin kim lara laura lee lena leo liam lily linda lisa liz louis lucas lucy luis luke maria marie mark marta
martin mary matt max may mei mia michael mike mina mo mohammed nadia nancy nick nina noah olga oliver olivia omar oscar paul pedro pete peter phil
pierre priya rachel raj ravi ray rita rob robert robin rosa rose ruby ruth ryan sally sam sandra sara sarah sean simon sofia sophie steve sue susan
tara ted tim tina tom tony uma vera vic victor wei wendy will wout yasmin yuki zoe
"""

TIMES = {
    "at": "at, by, around, at about, at around",
    "for": "for, from, before",
    "in": "in about, in around, in roughly, in maybe, in, within",
    "minutes": "minutes, minute, mins, min",
    "hours": "hours, hour, hrs, hr",
    "days": "days, day",
    "noon": "noon, midday, noontime",
    "midnight": "midnight",
    "half_hour": "half an hour, a half hour, half hour, half an hr",
    "suits": "a, bit, little, earlier, sooner, can, could, you, we, i, it, be, is, its, does, do, make, get, have, that, this, work, works, ok, okay, fine, possible, alright, good, what, how, about, instead, please, maybe, have, ready, would",
    "quarter_hour": "a quarter of an hour, quarter of an hour, a quarter hour",
    "one": "an, a, one",
    "oclock": "o'clock, oclock",
    "am": "am, a.m., a.m, in the morning",
    "pm": "pm, p.m., p.m, in the afternoon, in the evening",
    "half_past": "half past, at half, by half, for half, around half, about half",
    "tomorrow": "tomorrow, tmrw, tmr, 2moro",
    "after_tomorrow": "the day after tomorrow, day after tomorrow",
    "today": "today, this morning",
    "later": "later today, later on, later, this afternoon, this evening, tonight, in a bit, in a while, in a little while, another time",
    "part_of_day": "morning, afternoon, evening, night, lunchtime, after lunch",
    "far": "next week, next weekend, next month, next year",
    "weekdays": "monday, tuesday, wednesday, thursday, friday, saturday, sunday",
    "weekday_before": "on, for, next, this, on next, for next",
    "not_now": "not now but, not now, not yet, not right now, later",
    "past": "this time yesterday, yesterday, last night, last week",
    "before_yesterday": "the day before yesterday, day before yesterday",
    "ago": "ago",
    "same": "same, again, usual, like, as, had, ordered, drank, repeat",
    "quarter": "a quarter, quarter",
    "past_hour": "past",
    "to_hour": "to, til, till",
    "at_once": "as soon as possible, asap, right now, right away, straight away, now",
}
