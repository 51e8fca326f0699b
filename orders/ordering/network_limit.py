"""Find the network that an order from the order page comes from, so that one network cannot fill the queue.

The page needs no phone number, and cookies can be cleared in the browser. Drinks are therefore counted by network, see
`orders.limits.check_network`. IP addresses are not stored, only a hash that is keyed with the server's secret."""

from __future__ import annotations

from hashlib import blake2b
from ipaddress import ip_address, ip_network

from django.conf import settings


def network_of(address: str) -> str:
    """Return a keyed hash of the IP address; "" if the text is not an IP address.

    For IPv6 only the /64 prefix is hashed, because a device can use any address within its prefix."""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    network = str(ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
    return blake2b(network.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()
