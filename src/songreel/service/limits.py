"""How often a caller may call: a bucket for each, that fills steadily and holds a burst.

Buckets are of one process: several behind a balancer allow as much each. Which address a call comes from is believed
of configured proxies alone, for anybody may write the header that they write.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
_KEPT = 50_000
_HOUSEHOLD = 64
"""Bits of an IPv6 address that one customer of a provider has for themselves."""


class Buckets:
    """A bucket for each name; ``rate`` in calls a second, 0 for no limit, ``burst`` in calls; ``now`` in seconds."""

    def __init__(self, rate: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._now = rate, max(1, burst), now
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str) -> float:
        """Take one call out of a bucket and return 0; or the seconds until there is one, and take none."""
        if self._rate <= 0:
            return 0.0
        with self._lock:
            level = self._level(name)
            allowed = level >= 1
            self._keep(name, level - 1 if allowed else level)
        return 0.0 if allowed else (1 - level) / self._rate

    def spend(self, name: str, calls: float) -> None:
        """Take so many calls out of a bucket, whether they are in it or not: what lacks has to flow in first."""
        if self._rate > 0:
            with self._lock:
                self._keep(name, self._level(name) - calls)

    def _level(self, name: str) -> float:
        level, at = self._levels.pop(name, (float(self._burst), self._now()))
        return min(float(self._burst), level + max(0.0, self._now() - at) * self._rate)

    def _keep(self, name: str, level: float) -> None:
        self._levels[name] = (level, self._now())
        if len(self._levels) > _KEPT:
            self._levels.popitem(last=False)


def address(peer: str, forwarded: Iterable[str], trusted: Iterable[Network]) -> str:
    """Return where a call comes from: the nearest address that is none of our proxies.

    ``peer`` is who connected, ``forwarded`` the values of X-Forwarded-For in order. They are read from the right, since
    each proxy adds what it saw there; one that makes no sense ends the reading.
    """
    networks = tuple(trusted)
    hops = [hop for value in forwarded for hop in value.split(",")]
    found = peer
    while _within(found, networks) and hops:
        parsed = _parsed(hops.pop())
        if parsed is None:
            break
        found = str(parsed)
    return found


def household(found: str) -> str:
    """Return what of an address one customer has: all of it, or the network of an IPv6 one."""
    parsed = _parsed(found)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, _HOUSEHOLD), strict=False))
    return str(parsed or found)


def is_near(found: str) -> bool:
    """Tell whether an address is of this machine or a private network."""
    parsed = _parsed(found)
    return parsed is not None and (parsed.is_private or parsed.is_loopback)


def _within(text: str, networks: tuple[Network, ...]) -> bool:
    parsed = _parsed(text)
    return parsed is not None and any(parsed.version == each.version and parsed in each for each in networks)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    plain = text.strip().strip('"')
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        parsed = ip_address(plain)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed
