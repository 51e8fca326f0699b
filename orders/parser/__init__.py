"""Reads orders from text: pure Python, driven by the menu alone.

    read("large oat latte for Sam", menu) -> Reading
    read("make it two", menu, order=items) -> Reading with the whole changed order
    read("L", menu, order=items, asked=reading.missing[0])

`prepare(menu)` fills the caches for a menu, so that the first text in each language is read as fast as later ones.

docs/reading.md explains the stages with an example. Each stage is a module. `words` cuts the text into words. `spans`
finds what every stretch of words could mean, and the most likely readings of the whole text. `notes`, with `allergies`,
and `names` take out notes and names. `refusals` keeps out the options that are refused. `merge_atoms` joins words that
belong together. `clauses` makes noun phrases: `numbers` tells what a number counts, and `open_clauses` holds the phrase
that is being read. `sequence` and `shares` tell what several phrases mean together. `apply_clauses` puts the phrases
onto the order's `lines`; `meant_lines` finds the lines that a phrase is about. `disambiguate` decides between options
of the same name. `unknown_words` keeps the words that are on no menu. `understanding` runs these stages on one way to
read the words, and weighs what comes out; `reader` takes the best.

`intents`, `beside` and `answers` first tell whether the text orders anything at all. `explain` returns every stage as
data."""

from orders.parser.explain import explain
from orders.parser.reader import options_refused, prepare, read
from orders.parser.reading import Intent, Misfit, Question, Reading, TimeSaid, Topic

__all__ = [
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
