"""How many drinks are ordered when. Times are minutes from the moment at which the day's coffee begins.

docs/planning.md has the method and its sources."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from expresso.simulation.scenario import BREAK_SCALE, BREAK_SHAPE, CUPS_AN_ORDER, Break

#: A break of this many minutes has the arrivals that `expresso.simulation` assumes. People spread over a longer break
#: in proportion: an assumption, as the shape of the curve is.
USUAL_BREAK = 30.0


@dataclass(frozen=True, slots=True)
class BreakRush:
    """The drinks of one break. People come by a gamma distribution after its start."""

    starts: float
    minutes: float
    cups: float

    @property
    def scale(self) -> float:
        return BREAK_SCALE * self.minutes / USUAL_BREAK

    def ordered_by(self, moment: float) -> float:
        """Drinks that are ordered until then."""
        passed = max(0.0, moment - self.starts) / self.scale
        # The gamma distribution of a whole shape k: 1 - e^-x · (1 + x + … + x^(k-1)/(k-1)!).
        unordered = sum(passed**n / math.factorial(n) for n in range(BREAK_SHAPE))
        return self.cups * (1 - math.exp(-passed) * unordered)

    def simulated(self, cups_an_order: float = CUPS_AN_ORDER) -> Break:
        return Break(self.starts, round(self.cups / cups_an_order), self.scale)


@dataclass(frozen=True, slots=True)
class Demand:
    """A day: its breaks, and the few who come all the time."""

    rushes: Sequence[BreakRush]
    #: Drinks a minute at any time until the bars close.
    steady: float
    #: When the bars close.
    minutes: float

    def between(self, since: float, until: float) -> float:
        """Drinks that are ordered between two moments."""
        in_breaks = sum(rush.ordered_by(until) - rush.ordered_by(since) for rush in self.rushes)
        open_minutes = max(0.0, min(until, self.minutes) - max(since, 0.0))
        return in_breaks + self.steady * open_minutes

    @property
    def cups(self) -> float:
        return sum(rush.cups for rush in self.rushes) + self.steady * self.minutes
