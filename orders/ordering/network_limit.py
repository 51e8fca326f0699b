"""The network that an order from the order page comes from, so that one network cannot fill the queue.

The page needs no phone number, and a browser can clear its cookies. So drinks are counted by network, see
`orders.limits.check_network`. No address is stored: a hash with the server's secret key tells networks apart."""

from __future__ import annotations

from hashlib import blake2b
from ipaddress import ip_address, ip_network

from django.conf import settings


def network_of(address: str) -> str:
    """Return a keyed hash of the address; "" if it is not an IP address.

    Of an IPv6 address only the /64 is hashed, because a device can use any address in its /64."""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    network = str(ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
    return blake2b(network.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()
