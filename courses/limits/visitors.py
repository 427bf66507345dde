"""Which visitor a request comes from: the one definition, for limits, mails and logs.

``REMOTE_ADDR`` is right already: behind proxies ``perfomix.proxies`` has put there what they say.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest

# What a household or a server is given. allauth counts by the same (RATE_LIMIT_IPV6_PREFIX).
IPV6_PREFIX = 64


def address_of(request: HttpRequest) -> str:
    """The visitor's address; empty when the server names none, as on a socket without a proxy."""
    return canonical(request.META.get("REMOTE_ADDR", "")) or ""


def network_of(request: HttpRequest) -> str:
    """Whom tries are counted for: an IPv4 address, or the /64 of an IPv6 one."""
    address = address_of(request)
    if ":" not in address:
        return address
    return str(IPv6Network((address, IPV6_PREFIX), strict=False).network_address)


@lru_cache(maxsize=4_096)
def canonical(written: str) -> str | None:
    """One spelling for each address; None for what is none.

    A port and brackets fall away, as does an IPv6 zone, which is free text. An IPv4 address
    that came over an IPv6 socket (``::ffff:192.0.2.1``) is itself: otherwise all of IPv4 would
    be one network.
    """
    address = _parsed(_without_port(written.strip()))
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(address) if address else None


def _without_port(written: str) -> str:
    if written.startswith("["):
        inside, closed, rest = written[1:].partition("]")
        return inside if closed and (not rest or _is_port(rest)) else ""
    before, colon, port = written.partition(":")
    return before if colon and _is_port(f":{port}") and "." in before else written


def _is_port(rest: str) -> bool:
    return rest.startswith(":") and rest[1:].isascii() and rest[1:].isdigit()


def _parsed(written: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(written.partition("%")[0])
    except ValueError:
        return None
