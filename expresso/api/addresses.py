"""Checks whether a host is on the public internet. Webhooks are sent to such hosts only."""

from __future__ import annotations

import ipaddress
import socket

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(Exception):
    """The host is not on the public internet, so it is not called."""


def public_address(host: str, port: int) -> str:
    """Return an IP address of the host, after checking all of its addresses.

    Raise NotPublic if one of them is not on the public internet, OSError if the host has no address."""
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not all(map(_is_public, found)):
        raise NotPublic(host)
    return sorted(found)[0]


def may_be_public(host: str) -> bool:
    """Return whether the host can be public, judging by its name alone: "localhost" cannot.

    Before each call to the host, `public_address` checks its IP address as well."""
    try:
        return _is_public(host)
    except ValueError:
        return host.rpartition(".")[2].lower() not in ("localhost", "local", "internal", "")


def _is_public(address: str) -> bool:
    """Return whether an IP address is public. Raise ValueError if the text is not an IP address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    # An IPv6 address can contain a private IPv4 address (::ffff:10.0.0.1, 64:ff9b::10.0.0.1).
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global) and ip not in _NAT64
