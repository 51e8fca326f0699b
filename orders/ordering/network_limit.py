"""Find the network from which an order on the order page comes, so that one network cannot fill the queue.

Drinks cannot be counted by phone number, which the page does not require, nor by cookie, which the visitor can delete.
So `orders.limits.check_network` counts them by network. The IP address is not stored, but only a hash, which nobody can
compute without the server's secret."""

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
