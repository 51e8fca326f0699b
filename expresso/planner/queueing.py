"""Formulas of queueing theory, with which `staffing` begins its search. Rates are drinks per minute.

docs/planning.md names the sources."""

from __future__ import annotations

import math
from collections.abc import Sequence


def erlang_c(servers: int, load: float) -> float:
    """Return the share of customers who have to wait if orders arrive at a steady rate (an M/M/c queue).

    `servers` is the number of baristas. `load` is the number of baristas who are busy on average.

    The function uses the recursion of Erlang B, which stays exact for hundreds of servers."""
    if load >= servers:
        return 1.0
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return servers * blocked / (servers - load * (1 - blocked))


def share_waiting_longer(servers: int, load: float, making: float, wait: float) -> float:
    """Return the share of customers whose drink is begun more than `wait` minutes after the order.

    Orders arrive at a steady rate. `making` is the mean number of minutes that a drink takes."""
    if load >= servers:
        return 1.0
    return erlang_c(servers, load) * math.exp(-(servers - load) * wait / making)


def least_for_steady_flow(rate: float, making: float, wait: float, late: float) -> int:
    """Return the fewest baristas with whom at most the share `late` of the drinks is begun after more than `wait`
    minutes.

    Orders arrive at a steady `rate`. The result is close to the square-root rule of staffing: the load (baristas who
    are busy on average), plus a reserve that grows with the square root of the load."""
    load = rate * making
    servers = max(1, math.floor(load) + 1)
    while share_waiting_longer(servers, load, making, wait) > late:
        servers += 1
    return servers


def fluid_backlog(rates: Sequence[float], capacity: float, *, backlog: float = 0.0) -> list[float]:
    """Return for the end of each minute how many drinks are ordered and not begun.

    In each minute this number grows by the minute's rate and shrinks by `capacity`, but not below 0. Random variation
    is left out, so the result is accurate in an overloaded break and too low in a quiet hour."""
    found = []
    for rate in rates:
        backlog = max(0.0, backlog + rate - capacity)
        found.append(backlog)
    return found


def least_for_rush(rates: Sequence[float], making: float, wait: float, *, backlog: float = 0.0) -> int:
    """Return the fewest baristas with whom every drink is begun within `wait` minutes, if nothing varied at random.

    `rates` holds the number of drinks ordered in each minute, and `backlog` the number that waits at the start."""
    servers = 1
    while max(fluid_backlog(rates, servers / making, backlog=backlog)) > wait * servers / making:
        servers += 1
    return servers
