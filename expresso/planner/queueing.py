"""Formulas of waiting lines: first guesses for the search in `staffing`, and its checks. Rates are drinks a minute.

docs/planning.md names the sources."""

from __future__ import annotations

import math
from collections.abc import Sequence


def erlang_c(servers: int, load: float) -> float:
    """The share who have to wait in a steady flow (M/M/c). `load` is how many servers are busy on average.

    By the recursion of Erlang B, which stays exact for hundreds of servers."""
    if load >= servers:
        return 1.0
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return servers * blocked / (servers - load * (1 - blocked))


def share_waiting_longer(servers: int, load: float, making: float, wait: float) -> float:
    """The share of customers whose drink is begun later than `wait` minutes after the order, in a steady flow."""
    if load >= servers:
        return 1.0
    return erlang_c(servers, load) * math.exp(-(servers - load) * wait / making)


def least_for_steady_flow(rate: float, making: float, wait: float, late: float) -> int:
    """The fewest baristas with whom at most this share waits longer than `wait` minutes, at a steady rate.

    The result is close to the square-root rule: the load, and a spare that grows with its square root."""
    load = rate * making
    servers = max(1, math.floor(load) + 1)
    while share_waiting_longer(servers, load, making, wait) > late:
        servers += 1
    return servers


def fluid_backlog(rates: Sequence[float], capacity: float, *, backlog: float = 0.0) -> list[float]:
    """Drinks that are ordered and not begun, after each minute in which `rates` come and `capacity` can be made.

    The backlog grows by what comes and shrinks by what is made, and is never less than nothing. This leaves out chance,
    so it is near the truth in an overloaded break and too low in a quiet hour."""
    found = []
    for rate in rates:
        backlog = max(0.0, backlog + rate - capacity)
        found.append(backlog)
    return found


def least_for_rush(rates: Sequence[float], making: float, wait: float, *, backlog: float = 0.0) -> int:
    """The fewest baristas with whom nobody waits longer than `wait` minutes, if there were no chance.

    `rates` are those of each minute."""
    servers = 1
    while max(fluid_backlog(rates, servers / making, backlog=backlog)) > wait * servers / making:
        servers += 1
    return servers
