"""The simulated events of `make simulate`."""

from __future__ import annotations

from dataclasses import replace

from expresso.simulation.scenario import Barista, Break, OutOfStock, Scenario, SimulatedBar


def _bars(*speeds: tuple[float, ...]) -> tuple[SimulatedBar, ...]:
    return tuple(SimulatedBar(tuple(Barista(speed) for speed in bar)) for bar in speeds)


_BREAKS = (Break(30, 90), Break(120, 120), Break(200, 80))

#: Three bars, with quicker and slower baristas who rest outside the programme's breaks. One bar has no oat milk for an
#: hour.
WHOLE_EVENT = Scenario(
    "a whole event",
    (
        SimulatedBar((Barista(0.8, ((70, 85),)), Barista(1.1, ((85, 100),)))),
        SimulatedBar((Barista(0.7, ((160, 175),)), Barista(0.9, ((75, 90),)))),
        SimulatedBar((Barista(1.2, ((90, 105),)),)),
    ),
    _BREAKS,
    sold_out=(OutOfStock("Oat", 1, 110, 170),),
)
CASES = (
    WHOLE_EVENT,
    replace(WHOLE_EVENT, name="equal bars", bars=_bars((0.9, 0.9), (0.9, 0.9)), sold_out=()),
    replace(WHOLE_EVENT, name="one barista in four slow", bars=_bars((0.7, 0.8), (0.9, 1.6))),
    replace(WHOLE_EVENT, name="slower than the menu", bars=_bars((1.4, 1.5), (1.6, 1.3), (1.5,)), sold_out=()),
    replace(WHOLE_EVENT, name="quicker than the menu", bars=_bars((0.6, 0.6), (0.5, 0.7)), sold_out=()),
    replace(WHOLE_EVENT, name="many baristas", bars=_bars((0.8, 0.9, 1.0, 1.2), (0.7, 0.9, 0.9)), sold_out=()),
    Scenario("one small bar", _bars((1.0,)), (Break(40, 20), Break(120, 25)), steady=0.2),
    Scenario("quiet", _bars((0.9,), (1.1,)), steady=0.5),
    Scenario(
        "away in the break",
        (
            SimulatedBar((Barista(0.8), Barista(0.9, ((35, 50), (122, 137))))),
            SimulatedBar((Barista(0.9), Barista(0.8))),
        ),
        _BREAKS,
    ),
)
