"""Rate limit per network for orders from web pages, which need no phone number and whose cookies can be cleared.

Orders are counted in the cache by network for ten minutes. A whole venue may share one address and order in one break,
so the limit is far above what its baristas make in that time."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from orders.refusals import TooManyFromHere
from stations.models import Event

#: Length of the counting window in seconds.
WINDOW = 600
#: Orders that one network may place within it, for each barista at work. A barista makes 10 to 15 orders in that time.
PER_BARISTA = 60


def check_address(event: Event, address: str) -> None:
    """Raises TooManyFromHere."""
    now = timezone.now()
    baristas = sum(station.baristas for station in event.stations.all() if station.takes_orders(now))
    if _counted(event, address) >= PER_BARISTA * max(1, baristas):
        raise TooManyFromHere


def _counted(event: Event, address: str) -> int:
    with suppress(RedisError):
        return int(cache.get(_key(event, address), 0))
    # Without Redis nothing is limited: orders matter more than the limit.
    return 0


def count_address(event: Event, address: str) -> None:
    key = _key(event, address)
    # incr raises ValueError when the key expired after `add`.
    with suppress(RedisError, ValueError):
        cache.add(key, 0, WINDOW)
        if cache.incr(key) == 1:
            # Redis's incr creates a key that expired after `add` anew, without an expiry.
            cache.touch(key, WINDOW)


def _key(event: Event, address: str) -> str:
    return f"orders-from:{event.pk}:{_network(address)}"


def _network(address: str) -> str:
    """The address itself, or the /64 network of an IPv6 address: a device can use any address in its /64."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "?"
    return str(ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
