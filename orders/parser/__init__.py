"""Reads orders from text: pure Python, driven by the menu alone.

    read("large oat latte for Sam", menu) -> Reading
    read("make it two", menu, order=items) -> Reading with the whole changed order
    read("L", menu, order=items, asked=reading.missing[0])

`explain` gives every stage of a reading as plain data."""

from orders.parser.reader import read
from orders.parser.reading import Asked, Intent, Misfit, Reading, Topic

__all__ = ["Asked", "Intent", "Misfit", "Reading", "Topic", "read"]
