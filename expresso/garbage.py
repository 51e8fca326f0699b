"""Python's search for garbage: it stops a process while it looks at every object that could be part of a circle.

All that Django and Expresso load are some 270,000 objects. To look at them takes an eighth of a second, in which no
text is answered and no board gets its frame, and nothing is found, because they are needed until the end."""

from __future__ import annotations

import gc

#: Thresholds for `gc.set_threshold`: the youngest generation is collected after 10,000 new objects, each older one
#: after 20 collections of the one before it. A text leaves few objects, so this happens every few hundred texts.
OFTEN = (10_000, 20, 20)


def spare_what_is_loaded() -> None:
    """Leave out of all searches what this process has loaded. Call it before the first request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
