"""Reads orders from text: pure Python, driven by the menu alone.

    read("large oat latte for Sam", menu) -> Reading
    read("make it two", menu, order=items) -> Reading with the whole changed order
    read("L", menu, order=items, asked=reading.missing[0])

`prepare(menu)` does beforehand what the first text in each language would wait for.

docs/reading.md goes through the stages with an example. Each is a module: `words` cuts the text, `spans` finds what
every stretch of it could be and the best ways through, `notes` and `names` take notes and names out, `refusals` keeps
out what is refused, `merge_atoms` joins words that belong together, `clauses` makes noun phrases (`numbers` tells what
a number counts, `open_clauses` holds the one that is being read), `sequence` and `shares` say what several of them mean
together, `apply_clauses` puts them onto the order's `lines` (`meant_lines` finds the lines that a clause is about),
`disambiguate` decides between options of one name, `unknown_words` keeps what is on no menu. `intents`, `beside` and
`answers` look first whether the text orders at all. `explain` gives every stage as data."""

from orders.parser.explain import explain
from orders.parser.reader import prepare, read
from orders.parser.reading import Intent, Misfit, Question, Reading, TimeSaid, Topic

__all__ = ["Intent", "Misfit", "Question", "Reading", "TimeSaid", "Topic", "explain", "prepare", "read"]
