"""Charts that the server draws as SVG, without script or inline style. A table below each chart has the same figures.

`{% include "charts/_chart.html" %}` draws a `Chart`. The page has to load css/charts.css. Horizontal positions are
percentages, so a chart fills any width while its text keeps its size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Heights in CSS pixels: HEIGHT of the area with bars and lines, ABOVE and BELOW of the strips with labels.
HEIGHT, ABOVE, BELOW = 200, 20, 24
#: Maximum number of labels below the chart. With more, labels would overlap on a phone.
MOST_LABELS = 6
#: A label's bars together take up this share of the label's width. The rest is the gap to the next label's bars.
FILLED = 0.76
#: Text that is shown in place of a missing figure.
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one line or of one colour of bars.

    `values` has a figure for each label of the chart, or None where the figure is missing."""

    name: str
    values: Sequence[float | None]
    #: True draws the series as a line over the bars, False as bars.
    is_line: bool = False
    #: CSS class in charts.css that gives the colour: "accent", "making", "waiting", "ready", "late" or "muted".
    colour: str = "accent"


@dataclass(frozen=True, slots=True)
class AxisTick:
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    width: str
    y: float
    height: float
    colour: str
    #: Tooltip of the bar.
    says: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: float
    colour: str
    #: Tooltip of the point.
    says: str


@dataclass(frozen=True, slots=True)
class Stroke:
    x1: str
    y1: float
    x2: str
    y2: float
    colour: str


@dataclass(frozen=True, slots=True)
class AxisLabel:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with bars side by side and lines over them.

    Each label, such as an hour, has a place on the horizontal axis."""

    #: HTML id of the chart's element, unique on its page.
    key: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    #: Heading of the first column in the table below the chart.
    label_title: str = "Time"

    @property
    def is_empty(self) -> bool:
        return not any(value for each in self.series for value in each.values)

    @property
    def height(self) -> int:
        return ABOVE + HEIGHT + BELOW

    @property
    def foot(self) -> int:
        return ABOVE + HEIGHT

    @property
    def label_y(self) -> int:
        return self.height - 6

    @property
    def top(self) -> float:
        """The figure at the upper edge of the drawing."""
        most = max((value for each in self.series for value in each.values if value is not None), default=0)
        return nice_top(most)

    @property
    def ticks(self) -> list[AxisTick]:
        return [AxisTick(self._y(share, 1), figure(self.top * share)) for share in (0.0, 0.5, 1.0)]

    @property
    def bars(self) -> Iterator[Bar]:
        drawn = [each for each in self.series if not each.is_line]
        width, top = self._step * FILLED / max(1, len(drawn)), self.top
        for place, each in enumerate(drawn):
            for index, value in enumerate(each.values):
                if value:
                    left = self._step * (index + (1 - FILLED) / 2) + place * width
                    y = self._y(value, top)
                    yield Bar(
                        percent(left), percent(width), y, round(self.foot - y, 1), each.colour, self._says(index, each)
                    )

    @property
    def strokes(self) -> Iterator[Stroke]:
        """Yield the segments of the lines, from each point to the next. A missing figure leaves a gap in its line."""
        top = self.top
        for each in self.series:
            for index, (here, there) in enumerate(zip(each.values, each.values[1:], strict=False)):
                if each.is_line and here is not None and there is not None:
                    yield Stroke(
                        self._middle(index),
                        self._y(here, top),
                        self._middle(index + 1),
                        self._y(there, top),
                        each.colour,
                    )

    @property
    def dots(self) -> Iterator[Dot]:
        """Yield the points of the lines."""
        top = self.top
        for each in self.series:
            for index, value in enumerate(each.values):
                if each.is_line and value is not None:
                    yield Dot(self._middle(index), self._y(value, top), each.colour, self._says(index, each))

    @property
    def shown_labels(self) -> list[AxisLabel]:
        every = max(1, math.ceil(len(self.labels) / MOST_LABELS))
        return [AxisLabel(self._middle(index), text) for index, text in enumerate(self.labels) if index % every == 0]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The rows of the table below the chart: each label with its figures as text."""
        return [
            (label, [figure(each.values[index]) for each in self.series]) for index, label in enumerate(self.labels)
        ]

    @property
    def _step(self) -> float:
        return 100 / max(1, len(self.labels))

    def _middle(self, index: int) -> str:
        return percent(self._step * (index + 0.5))

    def _y(self, value: float, top: float) -> float:
        return round(self.foot - HEIGHT * min(value / top, 1), 1)

    def _says(self, index: int, each: Series) -> str:
        return f"{self.labels[index]}: {figure(each.values[index])} {self.unit} ({each.name})"


def nice_top(most: float) -> float:
    """Return the lowest round number (1, 2, 4 or 5 times a power of ten) that is at least `most`; 1 if `most` is 0."""
    if most <= 0:
        return 1
    power = 10.0 ** max(-1, math.floor(math.log10(most)))
    # The axis also shows half of the result, with one decimal. Half of 0.1 is 0.05 and half of 0.5 is 0.25, which would
    # need two decimals. So below 1, only 0.2 and 0.4 are possible.
    steps = (1, 2, 4, 5, 10) if power >= 1 else (2, 4, 10)
    return next(step * power for step in steps if most <= step * power * (1 + 1e-9))


def figure(value: float | None) -> str:
    """Return a figure as text with at most one decimal, or a dash for None."""
    return NOTHING if value is None else f"{value:,.1f}".removesuffix(".0")


def percent(share: float) -> str:
    return f"{share:.2f}%"
