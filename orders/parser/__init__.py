"""Reads an order from a customer's text message. Pure Python: the event's menu is all that the parser knows.

    read("large oat latte for Sam", menu)        # returns a Reading with a new order
    read("make it two", menu, order=items)       # returns a Reading with the whole changed order
    read("L", menu, order=items, asked=question) # reads the text as the answer to one question of Reading.missing

`prepare(menu)` fills the caches for a menu, so that the first text in each language is read as fast as later ones.

Each stage is a module. `words` cuts the text into words. `spans` finds what each word or phrase can mean, and the most
likely interpretations of the text. `notes`, with `allergies`, takes out notes for the barista, and `names` takes out
names. `refusals` marks refused options. `merge_atoms` joins words that belong together. `clauses` groups the words into
clauses, one for each drink or change: `verb_words` reads the verbs, `numbers` finds what a number counts, and
`open_clauses` holds the clause that is being read. `sequence` and `shares` find what several clauses mean together.
`apply_clauses` applies the clauses to the order's `lines`: `meant_lines` finds the lines that a clause is about, and
`share_out` gives its options to them. `disambiguate` chooses between options of the same name. `unknown_words` finds
words that are on no menu. `understanding` runs these stages on one interpretation and computes its cost. `reader`
chooses the cheapest interpretation and returns it as a `Reading`.

Before these stages, `intents`, `beside` and `answers` find out whether the text orders anything at all. `explain`
returns what every stage found. docs/reading.md explains the stages with an example."""

from orders.parser.explain import Explanation, explain
from orders.parser.reader import options_refused, prepare, read
from orders.parser.reading import Intent, Misfit, Question, Reading, TimeSaid, Topic

__all__ = [
    "Explanation",
    "Intent",
    "Misfit",
    "Question",
    "Reading",
    "TimeSaid",
    "Topic",
    "explain",
    "options_refused",
    "prepare",
    "read",
]
