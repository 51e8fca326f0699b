"""Python's search for garbage: it stops a process while it looks at every object that could be part of a circle.

All that Django and Expresso load are some 270,000 objects. To look at them takes an eighth of a second, in which no
text is answered and no board gets its frame, and nothing is found, because they are needed until the end."""

from __future__ import annotations

import gc

#: Objects made and not freed before the youngest are looked at, and searches of one age before those of the next. A
#: text or a frame leaves a few objects, so the youngest are looked at every few hundred texts.
OFTEN = (10_000, 20, 20)


def spare_what_is_loaded() -> None:
    """Leave out of all searches what this process has loaded. Call it before the first request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
