"""Where a request really comes from: the client's address, seen through our own proxies only."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
NETWORK = 64  # bits of an IPv6 address: who has one has the rest of its network too (RFC 4291 §2.5.4)
NOBODY = "0.0.0.0"  # noqa: S104 - an address that says nothing, not one to listen on


def client_ip(request: HttpRequest) -> str:
    """The address nearest to us that is not one of TRUSTED_PROXIES; of IPv6 the network.

    X-Forwarded-For counts only as far as our own proxies wrote it: it is read from the right, and everything
    left of the first stranger is what that stranger made up.
    """
    here = _address(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while here is not None and _is_ours(here) and hops:
        here = _address(hops.pop()) or here
    return _counted(here) if here else NOBODY


def _address(text: str) -> Address | None:
    """IPv4 in IPv6 (::ffff:198.51.100.7) is that IPv4 address."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _counted(address: Address) -> str:
    """What limits count: a home has 2**64 IPv6 addresses, so its network counts as one."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), NETWORK), strict=False).network_address)


def _is_ours(address: Address) -> bool:
    return any(address in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)
