"""Against whoever orders for the fun of it: a page asks for no number, and a browser forgets as often as one likes.

What came from one network within a while is counted in the cache, by address, and nothing of it is kept. A whole venue
may stand behind one address and order in one break, so the limit is far above what its baristas make meanwhile."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from orders.refusals import TooManyFromHere
from stations.models import Event

#: Seconds, and orders within them for each barista at work, who makes 10 to 15 of them: 60 are most of an hour to wait.
WHILE, PER_BARISTA = 600, 60


def check_address(event: Event, address: str) -> None:
    """Raises TooManyFromHere."""
    now = timezone.now()
    baristas = sum(station.baristas for station in event.stations.all() if station.takes_orders(now))
    if _counted(event, address) >= PER_BARISTA * max(1, baristas):
        raise TooManyFromHere


def _counted(event: Event, address: str) -> int:
    with suppress(RedisError):
        return int(cache.get(_key(event, address), 0))
    # Coffee does not wait for Redis.
    return 0


def count_address(event: Event, address: str) -> None:
    key = _key(event, address)
    # A ValueError: the while was over in this very moment.
    with suppress(RedisError, ValueError):
        cache.add(key, 0, WHILE)
        if cache.incr(key) == 1:
            # Should the old count have ended between the two, Redis began a new one without an end.
            cache.touch(key, WHILE)


def _key(event: Event, address: str) -> str:
    return f"orders-from:{event.pk}:{_network(address)}"


def _network(address: str) -> str:
    """A device of IPv6 has as many addresses as it likes within 64 bits."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "?"
    return str(ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
