"""Files by address, from the public internet alone: whoever asks must not reach through us what only we can reach.

The address that is judged is the one that is connected to, at every redirect: names are resolved here, once for each
connection, and the name itself is kept for TLS and for the Host header. What may be reached: IANA's special-purpose
registries (RFC 6890) and the addresses of clouds' own services are left out, also inside IPv6 (RFC 4291, 6052, 3056).
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

import httpcore
import httpx

from songreel.base.errors import BadRequest, TooLarge
from songreel.media import store
from songreel.service.receiving import plain_name

Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
LONGEST_ADDRESS = 2000
_REDIRECTS = 5
_WAIT_S = 20.0
_BLOCK = 1 << 16
_LAST_PORT = 65_535
_HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
_MOVED = frozenset({301, 302, 303, 307, 308})
_PUBLIC_V6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
# Protocol assignments, Azure's own service at a public address, and tunnels, whose ends are anybody's.
_NOT_OURS = tuple(
    ip_network(each) for each in ("192.0.0.0/24", "168.63.129.16/32", "192.88.99.0/24", "2001::/32", "2002::/16")
)
_ADVICE = "Give an address of a file on the public internet, http or https, or upload the file."


class _Inward(Exception):
    """A name leads to no address that may be reached."""


class _Late(httpcore.ReadTimeout):
    """All of a fetch took longer than it may."""


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a name, as the system knows them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def reachable(address: str, allowed: Iterable[Network] = ()) -> bool:
    """Tell whether an address is one of the public internet, or of a network that is allowed."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped or ip in _NAT64):
        ip = ip.ipv4_mapped or IPv4Address(int(ip) & 0xFFFFFFFF)
    if any(ip in network for network in allowed):
        return True
    if isinstance(ip, IPv6Address) and ip not in _PUBLIC_V6:
        return False
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or not ip.is_global
    return not special and not any(ip in network for network in _NOT_OURS)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches files of so many bytes in so many seconds at most; ``allowed`` are networks beyond the public ones."""

    most_bytes: int = 500_000_000
    seconds: float = 600.0
    allowed: tuple[Network, ...] = ()
    resolve: Resolve = resolved

    def fetch(self, address: str, folder: Path) -> Path:
        """Write the file of an address into a folder, under the name that it has there, and return where.

        Raises BadRequest for what cannot be fetched or must not be, TooLarge, and CannotWrite.
        """
        url = _checked(address)
        path = folder / plain_name(unquote(url.path.rpartition("/")[2]))
        deadline = time.monotonic() + self.seconds
        try:
            with httpcore.ConnectionPool(network_backend=_Guarded(self, deadline), retries=0) as pool:
                for _ in range(_REDIRECTS + 1):
                    moved = self._once(pool, url, path)
                    if moved is None:
                        return path
                    url = _checked(moved)
        except _Inward as error:
            raise BadRequest(f"{url.host} is not on the public internet", advice=_ADVICE) from error
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            why = "in time" if isinstance(error, httpcore.TimeoutException) else "as a server of files should"
            raise BadRequest(f"{url.host} does not answer {why}", advice=_ADVICE) from error
        except OSError as error:
            raise store.cannot_write(path, error) from error
        raise BadRequest(f"{_checked(address).host} sends from one address to another", advice=_ADVICE)

    def _once(self, pool: httpcore.ConnectionPool, url: httpx.URL, path: Path) -> str | None:
        """Write what is at an address, and return None; where it has moved, return where to."""
        waits = {"connect": _WAIT_S, "read": _WAIT_S, "write": _WAIT_S, "pool": _WAIT_S}
        # Nothing packed: what is counted is what is written.
        headers = [("Host", url.netloc.decode("ascii")), ("Accept", "*/*"), ("Accept-Encoding", "identity")]
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        with pool.stream("GET", target, headers=headers, extensions={"timeout": waits}) as response:
            found = {name.lower(): value for name, value in response.headers}
            if response.status in _MOVED and b"location" in found:
                return _joined(url, found[b"location"])
            if response.status != httpx.codes.OK:
                raise BadRequest(f"{url.host} answers {response.status}", advice=_ADVICE)
            length = found.get(b"content-length", b"")
            if length.isdigit() and int(length) > self.most_bytes:
                raise TooLarge(f"{path.name} is too large", limit_bytes=self.most_bytes)
            with path.open("wb") as out:
                self._write(out, response.iter_stream(), path)
        return None

    def _write(self, out: IO[bytes], blocks: Iterable[bytes], path: Path) -> None:
        size = 0
        for block in blocks:
            size += len(block)
            if size > self.most_bytes:
                raise TooLarge(f"{path.name} is too large", limit_bytes=self.most_bytes)
            out.write(block)


class _Guarded(httpcore.SyncBackend):
    """Connects to addresses that may be reached, and gives each byte the time that is left."""

    def __init__(self, fetcher: Fetcher, deadline: float) -> None:
        self._fetcher, self._deadline = fetcher, deadline

    def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> httpcore.NetworkStream:
        try:
            found = self._fetcher.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        good = [each for each in found if reachable(each, self._fetcher.allowed)]
        if not good:
            raise _Inward(host)
        failed: Exception | None = None
        for address in good[:2]:
            try:
                return _Timed(super().connect_tcp(address, port, *args, **options), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        assert failed is not None
        raise failed


class _Timed(httpcore.NetworkStream):
    """A connection that ends at a moment, however often a little comes."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(min(max_bytes, _BLOCK), self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _Late
        return min(left, timeout or _WAIT_S)


def _checked(address: str) -> httpx.URL:
    with _understood(address):
        url = httpx.URL(address[: LONGEST_ADDRESS + 1].strip())
        if (
            len(address) <= LONGEST_ADDRESS
            and url.scheme in ("http", "https")
            and _HOST.fullmatch(url.raw_host)
            and not url.userinfo
            and (url.port is None or 1 <= url.port <= _LAST_PORT)
        ):
            return url
    raise BadRequest(f"{address[:80]!r} is no address of a file", advice=_ADVICE)


def _joined(url: httpx.URL, location: bytes) -> str:
    with _understood(location.decode("ascii", "replace")):
        return str(url.join(location.decode("ascii", "replace")))


@contextlib.contextmanager
def _understood(address: str) -> Iterator[None]:
    try:
        yield
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise BadRequest(f"{address[:80]!r} is no address of a file", advice=_ADVICE) from error
