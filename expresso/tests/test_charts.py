"""Tests that compare a chart's geometry and its table with figures that were worked out by hand."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from expresso.charts import ABOVE, HEIGHT, Chart, Series, figure, nice_top

CHART = Chart(
    key="made",
    title="Drinks made",
    labels=("10:00", "10:15"),
    series=(Series("Bar 1", (3, None)), Series("Wait", (2.04, 4), is_line=True, colour="late")),
    unit="drinks",
)


@pytest.mark.parametrize(("most", "top"), [(0, 1), (0.3, 0.4), (1, 1), (3, 4), (4.5, 5), (7, 10), (41, 50), (100, 100)])
def test_the_upper_edge_is_the_next_round_number(most: float, top: float) -> None:
    assert nice_top(most) == pytest.approx(top)


@pytest.mark.parametrize("most", [0.01, 0.04, 0.1, 0.15, 0.45, 0.5, 0.7, 1, 4.5])
def test_the_tick_in_the_middle_says_half_of_the_upper_edge(most: float) -> None:
    ticks = Chart("k", "t", ("a",), (Series("s", (most,)),)).ticks

    _, middle, top = (float(tick.text) for tick in ticks)
    assert middle == top / 2 > 0


def test_bars_and_lines_stand_where_their_figures_say() -> None:
    [bar] = CHART.bars
    [stroke] = CHART.strokes

    # The upper edge of the chart is 4, so the bar of 3 has three quarters of its height. It reaches from 6 % to 44 % of
    # the width.
    assert (bar.x, bar.width, bar.height, bar.y) == ("6.00%", "38.00%", HEIGHT * 3 / 4, ABOVE + HEIGHT / 4)
    assert (stroke.x1, stroke.x2, stroke.y1, stroke.y2) == ("25.00%", "75.00%", ABOVE + HEIGHT * 0.49, ABOVE)


def test_the_table_says_every_figure_and_that_one_is_missing() -> None:
    assert CHART.rows == [("10:00", ["3", "2"]), ("10:15", ["\N{EN DASH}", "4"])]
    assert figure(1234.56) == "1,234.6"


def test_a_phone_gets_at_most_six_labels() -> None:
    day = Chart("day", "Day", [f"{hour}:00" for hour in range(24)], [Series("x", [1] * 24)])

    assert [label.text for label in day.shown_labels] == ["0:00", "4:00", "8:00", "12:00", "16:00", "20:00"]


def test_a_chart_needs_no_inline_style_and_escapes_names() -> None:
    html = render_to_string("charts/_chart.html", {"chart": Chart("k", "<b>", ["a"], [Series("<i>", [1])])})

    assert "style=" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_chart_without_figures_says_so() -> None:
    html = render_to_string("charts/_chart.html", {"chart": Chart("k", "Made", ["a"], [Series("x", [0])])})

    assert "Nothing to show yet." in html
    assert "<svg" not in html
