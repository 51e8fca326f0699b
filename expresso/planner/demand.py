"""The number of drinks that are expected at each time of a day. Times are minutes since the day of the plan began.

docs/planning.md describes the method and its sources."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from expresso.simulation.scenario import BREAK_SCALE, BREAK_SHAPE, CUPS_AN_ORDER, Break

#: Length of a usual break in minutes. `expresso.simulation` assumes how long after its start orders arrive. In a break
#: that is twice as long, each order is assumed to arrive twice as long after the start.
USUAL_BREAK = 30.0


@dataclass(frozen=True, slots=True)
class BreakRush:
    """The drinks of one break. The time from the break's start to an order has a gamma distribution."""

    starts: float
    minutes: float
    cups: float

    @property
    def scale(self) -> float:
        return BREAK_SCALE * self.minutes / USUAL_BREAK

    def ordered_by(self, moment: float) -> float:
        """Return the number of drinks of this break that are ordered up to a moment."""
        passed = max(0.0, moment - self.starts) / self.scale
        # Distribution function of a gamma distribution whose shape k is a whole number: 1 - e^-x · (1 + x + … +
        # x^(k-1)/(k-1)!).
        unordered = sum(passed**n / math.factorial(n) for n in range(BREAK_SHAPE))
        return self.cups * (1 - math.exp(-passed) * unordered)

    def simulated(self, cups_an_order: float = CUPS_AN_ORDER) -> Break:
        return Break(self.starts, round(self.cups / cups_an_order), self.scale)


@dataclass(frozen=True, slots=True)
class Demand:
    """The expected drinks of a day: many in each break, and a few spread evenly over the whole day."""

    rushes: Sequence[BreakRush]
    #: Drinks per minute that are ordered all day until the bars close, in addition to those of the breaks.
    steady: float
    #: The minute at which the bars close.
    minutes: float

    def between(self, since: float, until: float) -> float:
        """Return the number of drinks that are ordered between two moments."""
        in_breaks = sum(rush.ordered_by(until) - rush.ordered_by(since) for rush in self.rushes)
        open_minutes = max(0.0, min(until, self.minutes) - max(since, 0.0))
        return in_breaks + self.steady * open_minutes

    @property
    def cups(self) -> float:
        return sum(rush.cups for rush in self.rushes) + self.steady * self.minutes
