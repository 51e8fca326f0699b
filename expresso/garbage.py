"""Settings of Python's garbage collector. While it searches for reference cycles, the whole process stands still.

Django and Expresso load some 270,000 objects. A search through them takes an eighth of a second, during which no text
is answered and no board is updated. The search is useless, because these objects are needed until the process ends."""

from __future__ import annotations

import gc

#: Thresholds for `gc.set_threshold`. Python collects the youngest objects whenever 10,000 new ones exist, older ones at
#: every 20th of these collections, and the oldest at every 20th of those. An answered text leaves so few objects that
#: even the youngest are collected only every few hundred texts.
OFTEN = (10_000, 20, 20)


def spare_what_is_loaded() -> None:
    """Exclude all objects that exist now from garbage collection. Call this function before the first request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
