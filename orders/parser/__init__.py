"""Reads orders from text: pure Python, driven by the menu alone.

    read("large oat latte for Sam", menu) -> Reading
    read("make it two", menu, order=items) -> Reading with the whole changed order
    read("L", menu, order=items, asked=reading.missing[0])

`prepare(menu)` does beforehand what the first text in each language would wait for.

The stages, each a module: `words` cuts the text, `spans` finds what every stretch of it could be
(menu, language, spelling) and the best ways through, `tidy` joins what belongs together, `people`
and `notes` take names and notes out, `clauses` makes noun phrases (`clause`; `ahead` tells what a number counts),
`sequence` and `shares` say what several of them mean together, `draft` puts them onto the order's `lines`,
`choose` decides between options of one name, `strangers` keeps what is on no menu. `intents` and
`answers` look first whether the text orders at all. `explain` gives every stage as plain data."""

from orders.parser.explain import explain
from orders.parser.reader import prepare, read
from orders.parser.reading import Asked, Intent, Misfit, Reading, Topic

__all__ = ["Asked", "Intent", "Misfit", "Reading", "Topic", "explain", "prepare", "read"]
