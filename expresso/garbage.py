"""Settings of Python's garbage collector. It stops the process while it searches objects for reference cycles.

Django and Expresso load some 270,000 objects. Searching them takes an eighth of a second, in which no text is answered
and no board gets its frame. Nothing is found, because these objects are needed until the end."""

from __future__ import annotations

import gc

#: Thresholds for `gc.set_threshold`: the youngest generation is collected after 10,000 new objects, each older one
#: after 20 collections of the one before it. A text leaves few objects, so this happens every few hundred texts.
OFTEN = (10_000, 20, 20)


def spare_what_is_loaded() -> None:
    """Exclude from garbage collection what this process has loaded so far. Call it before the first request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
