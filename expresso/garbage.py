"""Settings of Python's garbage collector. While it searches for reference cycles, the whole process stands still.

Django and Expresso load some 270,000 objects. A search through them takes an eighth of a second, during which no text
is answered and no board is updated. The search is useless, because these objects are needed until the process ends."""

from __future__ import annotations

import gc

#: Thresholds for `gc.set_threshold`. The youngest generation is collected after 10,000 new objects, and each older one
#: after 20 collections of the generation before it. A text leaves so few objects that a collection happens only every
#: few hundred texts.
OFTEN = (10_000, 20, 20)


def spare_what_is_loaded() -> None:
    """Exclude all objects that exist now from garbage collection. Call this function before the first request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
