"""English words and patterns, as texted in Britain, Australia and America."""

from orders.parser.languages.english.phrases import PHRASES
from orders.parser.languages.english.sentences import ASKING, AVAILABLE, INDIFFERENT, INTENTS, MESSAGES, TOPICS
from orders.parser.languages.english.vocabulary import COMMON, DESCRIBING, DOUBTFUL, NAMES, PRAISE, THINGS

__all__ = [
    "ASKING",
    "AVAILABLE",
    "COMMON",
    "DESCRIBING",
    "DOUBTFUL",
    "INDIFFERENT",
    "INTENTS",
    "MESSAGES",
    "NAMES",
    "PHRASES",
    "PRAISE",
    "THINGS",
    "TOPICS",
]

NORMAL = "normal regular standard usual"
MULTIPLIERS = "double triple half"
DEGREES = "too so very that overly super all really particularly as"
CODE = "en"
FREE_OF = "free vegan"
LINKING = "of"
INSIDE = "in"
THEN = "then"
REASONS = "because cause coz cos cuz since as due"
BOUNDING = "max maximum min minimum above below over under"
PERSONS = "i me my im ive id we us our he him his she her they them"
COMPOUNDED = "allergy allergies allergic intolerance intolerant"
THEREFORE = "so therefore hence thus"
_DROPPING = "cancel drop remove delete scrap take_off take_out take_away get_rid_of lose ditch bin skip leave leave_out leave_off omit hold forget exclude avoid"
SPARING = ", ".join(
    f"{no} {verb.replace('_', ' ')}"
    for no in ("dont", "do not", "no need to", "dont need to")
    for verb in _DROPPING.split()
)
NEITHER = "neither, neither with, neither with any"
NOR = "nor"
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
TITLES = "mr mrs ms miss mister dr prof"
NAME_PARTICLES = "van von der den de del di da ter"
MINE = "mine, my one"
THEIRS = "hers, his, theirs, his one, her one"
PREFERRING = "rather, prefer"
ALSO = "too, as well, also"
MYSELF = "for me, for myself, for him, for her"
DIGIT_FOR = "4"
AFTER_NUMBERS = {'"': "inch", "''": "inch", "in": "inch", "inches": "inch", "%": "percent", " %": "percent"}
SHORT_AND = "n"
ORDINAL_ENDINGS = "st nd rd th"
ACCENTS = False
SHORTENED = {"small": "sm sml", "medium": "med mid", "regular": "reg middle", "large": "lg lrg lge"}

REACTIONS = """liked, loved, disliked, laughed at, emphasized, emphasised, questioned, removed a like from, removed a heart from, removed a dislike from, removed a laugh from,
    removed an exclamation from, removed an exclamation mark from, removed a question mark from, removed a reaction from, reacted, removed their reaction,
    liked an image, loved an image, disliked an image, laughed at an image, emphasized an image, questioned an image, liked a photo, loved a photo, liked a message, loved a message"""

FINISHING = "thats all, that is all, thats it, that is it, thats everything, that is everything, nothing else, just that, that will be all, thatll be all, thatll be it"
SHRUGS = "never mind, nevermind, nvm, forget it, forget that, forget about it, leave it, drop it, drop that, no matter, oh well"
KEEPING = "keep, leave, put back, bring back, add back, still want, still like, back on, back in, back please, after all, want that, do want"
KEEPING_IT = "wants it after all, want it after all, still wants it, still want it, wants it back, want it back, do want it, keep it, keep that, keep that one, leave it in, leave it on, put it back, bring it back"
DENYING = "not the, not"
TAKING_UP = """try that, try it, try one, try some, put some in, pop some in, add some in, some in, like that, like it, want that, use that, use it, some of that, some please, with that milk, add it, add that, add one, add some, put it in, put that in, put one in, throw it in, throw that in, go with that, with that, yes that, that then, that one then, that one please, that one pls, that one thanks, that size then, that size please, have that one, take that one, one of those, one of them, have that, take that, have one,
    take one, have it, take it, yes please, yes pls, yeah please, yeah pls, yep please, ooh please, oh please, that please, go on then, go for it"""
IF_SO = "if so, if yes, if you do, in that case"
WITH_IT = "with that, with it, with some, with some of that, using that"
MEANING = "i mean, i meant, i meant to say, meant to say, i was trying to say"
NORMALLY = "just normal, just a normal one, just the normal one, normal strength, normal is fine, normal again, just normal again, back to normal, not double, no double"
SINGLE = "just a single, just single, a single, single shot, single is fine, only a single, one shot"
FAREWELLS = "kind regards, kindest regards, best regards, warm regards, warmest regards, regards, best wishes, with best wishes, many thanks and kind regards, thanks and regards, sincerely, yours sincerely, yours faithfully, yours truly, all the best"
THANKING = "thanks thank thanku thankyou thx thnx tnx tks tx ty tysm ta cheers"
SENT_FROM = "sent from my, get outlook for, sent via, sent with"

AUTO_REPLIES = """automatic reply, auto reply, autoreply, auto-reply, auto response, autoresponse, automated message, automated response, automated reply, out of office, out of the office, i am driving, im driving, do not disturb while driving, driving with do not disturb,
    cant talk right now, cant talk now, currently unavailable, not available right now, im in a meeting, i am in a meeting, on vacation until, on holiday until, on annual leave, will get back to you, get back to you as soon as, will reply as soon as, thank you for contacting, thanks for contacting, this number is not monitored, this mailbox is not monitored, do not reply to this message"""

ALLERGENS = {
    "dairy": "non dairy, nondairy, plant milk, plant based, milk alternative, milk alternatives, dairy, milk protein, cows milk, milk allergy, allergic to milk, vegan, dairyfree",
    "lactose": "lactose",
    "nuts": "nut, nuts, peanut, peanuts, tree nuts, nut free, nutfree",
    "gluten": "gluten, glutenfree, wheat, coeliac, celiac",
    "soy": "soy, soya",
    "caffeine": "caffeine",
}

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

TIMES = {
    "at": "at, by, around, at about, at around, ready for, pick up at, pickup at, collect at",
    "for": "for, from, before",
    "in": "in about, in around, in roughly, in maybe, in, within",
    "minutes": "minutes, minute, mins, min",
    "hours": "hours, hour, hrs, hr",
    "days": "days, day",
    "noon": "noon, midday, noontime",
    "midnight": "midnight",
    "half_hour": "half an hour, a half hour, half hour, half an hr",
    "suits": "collect, pick, up, grab, come, by, get, my, order, to, for, a, bit, little, earlier, sooner, can, could, you, we, i, it, be, is, its, does, do, make, get, have, that, this, work, works, ok, okay, fine, possible, alright, good, what, how, about, instead, please, maybe, have, ready, would",
    "quarter_hour": "a quarter of an hour, quarter of an hour, a quarter hour",
    "one": "an, a, one",
    "oclock": "o'clock, oclock",
    "am": "am, a.m., a.m, in the morning",
    "pm": "pm, p.m., p.m, in the afternoon, in the evening",
    "half_past": "half past, at half, by half, for half, around half, about half",
    "tomorrow": "tomorrow, tmrw, tmr, 2moro",
    "after_tomorrow": "the day after tomorrow, day after tomorrow",
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
