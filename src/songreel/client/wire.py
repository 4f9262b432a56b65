"""One call after another: headers, the envelope, and what each code asks of a client before anybody hears of it.

An expired token is renewed once with the same client id; too many calls wait once. Nothing here, and nothing that is
raised here, shows a token.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from songreel.base.errors import BadRequest, CallRefused, NoAnswer
from songreel.base.version import VERSION
from songreel.client.answers import Json, Token
from songreel.client.identity import Identity

BAD_TOKEN, NO_SESSION, NO_CREDITS, UNSUPPORTED, TOO_LARGE = 1001, 1002, 2001, 4001, 4002
NO_CLIENT_ID, NO_EXPORT, NO_RENDER, TOO_OFTEN = 400, 402, 404, 429
WAIT_S, LONGEST_WAIT_S = 30.0, 120.0
_CONNECT_S, _CALL_S = 10.0, 120.0
_READS = 3
_OF_STATUS = {
    400: 400,
    401: BAD_TOKEN,
    402: NO_EXPORT,
    403: NO_CREDITS,
    404: NO_SESSION,
    413: TOO_LARGE,
    415: UNSUPPORTED,
    429: TOO_OFTEN,
}
_SAID = {
    BAD_TOKEN: ("the token is unknown or expired", "Set NEMO_TOKEN to a good one, or leave it out."),
    NO_SESSION: ("the session is not there", "Begin a new one."),
    NO_CREDITS: ("there are no credits left", "Top up credits in your account."),
    UNSUPPORTED: ("the file is of a kind that cannot be used", "Use mp3, wav, mp4 or jpg."),
    TOO_LARGE: ("the file is too large", "Compress or trim it."),
    NO_EXPORT: ("the plan does not allow export", "Register or upgrade your plan to unlock export."),
    TOO_OFTEN: ("the service was called too often", "Wait a while and try again."),
}
Parts = Callable[[], Mapping[str, Any]]
"""Makes what a call carries, anew for each time that it is made."""


@dataclass(frozen=True, slots=True)
class Skill:
    """Who calls, in the three headers that each call must have."""

    source: str = "songreel"
    version: str = VERSION
    platform: str = "unknown"

    def headers(self) -> dict[str, str]:
        """Return the headers."""
        return {"X-Skill-Source": self.source, "X-Skill-Version": self.version, "X-Skill-Platform": self.platform}


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service is; ``name`` stays the same where its address changes, ``web_url`` is where people register."""

    url: str
    name: str = ""
    web_url: str = ""


class Wire:
    """The calls of one client to one service."""

    def __init__(
        self,
        service: Service,
        identity: Identity,
        *,
        skill: Skill | None = None,
        token: SecretStr | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.base_url = _checked(service.url)
        self.identity = identity
        self.place = service.name or self.base_url
        self._own = token
        self._token = _usable(token) if token else identity.token(self.place)
        local = urlsplit(self.base_url).hostname in ("127.0.0.1", "localhost", "::1")
        self._http = httpx.AsyncClient(
            base_url=self.base_url,
            headers={"User-Agent": f"songreel/{VERSION}", **(skill or Skill()).headers()},
            timeout=httpx.Timeout(_CALL_S, connect=_CONNECT_S),
            transport=transport,
            trust_env=not local,
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.base_url!r})"

    @property
    def anonymous(self) -> bool:
        """Tell whether the token in use is one that the service gave to a client id."""
        return self._token is not None and self._token is not self._own

    async def close(self) -> None:
        """End the connections."""
        await self._http.aclose()

    async def token(self) -> SecretStr:
        """Return the token: the one given, one that was kept, or a new one."""
        if self._token is None:
            await self.renew()
        assert self._token is not None
        return self._token

    async def renew(self) -> None:
        """Get a token for the client id, and keep it."""
        headers = {"X-Client-Id": self.identity.client_id()}
        try:
            data = await self._plain("POST", "/api/auth/anonymous-token", lambda: {"headers": headers})
        except CallRefused as error:
            if error.code != NO_CLIENT_ID or self.identity.given:
                raise
            headers = {"X-Client-Id": self.identity.renew()}
            data = await self._plain("POST", "/api/auth/anonymous-token", lambda: {"headers": headers})
        given: Token = Token.read(data.get("data"))
        self._token = _usable(given.token)
        self.identity.keep(self.place, given)

    async def call(self, method: str, path: str, parts: Parts = dict) -> Json:
        """Return the whole answer to a call with the token, once its code is 0; raises CallRefused for any other."""
        async with self.open(method, path, parts) as answer:
            await _read(answer)
            return self._accepted(answer)

    @asynccontextmanager
    async def open(self, method: str, path: str, parts: Parts = dict) -> AsyncIterator[httpx.Response]:
        """Yield an answer that is not refused, its body not read; a call is made again only when it was refused."""
        tries = {BAD_TOKEN: 1, TOO_OFTEN: 1}
        while True:
            async with self._sent(method, path, parts, await self.token()) as answer:
                refused = await self._refusal(answer)
                if refused is None:
                    yield answer
                    return
            if not tries.get(refused.code, 0):
                raise refused
            tries[refused.code] -= 1
            await self._mend(refused, answer)

    @asynccontextmanager
    async def fetch(self, address: str, headers: Mapping[str, str]) -> AsyncIterator[httpx.Response]:
        """Yield the answer of an address of a file; the token goes to the service alone."""
        own = httpx.URL(self.base_url).join(address)
        mine = (own.scheme, own.host, own.port) == (self._http.base_url.scheme, *_host(self._http.base_url))
        secret = {"Authorization": f"Bearer {(await self.token()).get_secret_value()}"} if mine else {}
        try:
            async with self._http.stream("GET", own, headers={**headers, **secret}, follow_redirects=True) as answer:
                yield answer
        except httpx.HTTPError as error:
            raise self._lost(error) from None

    def refused(self, answer: Mapping[str, Any], status: int, retry_after: str = "") -> CallRefused | None:
        """Return the error that an answer of the protocol stands for; None when its code is 0."""
        code = answer.get("code")
        if not isinstance(code, int) or (code == 0 and status >= httpx.codes.BAD_REQUEST):
            code = _OF_STATUS.get(status, 0 if status < httpx.codes.BAD_REQUEST else status)
        if code == 0:
            return None
        told = self._hidden(str(answer.get("message") or answer.get("error") or "")).strip()
        message, advice = _SAID.get(code, ("", ""))
        data = answer.get("data") if isinstance(answer.get("data"), dict) else {}
        return CallRefused(
            message or told or f"the service refuses the call ({code})",
            code=code,
            advice=advice,
            data={**(data or {}), "said": told, "retry_after": retry_after},
        )

    async def _plain(self, method: str, path: str, parts: Parts) -> Json:
        """Return the answer to a call without a token, which waits once when it comes too often."""
        for last in (False, True):
            async with self._sent(method, path, parts, None) as answer:
                refused = await self._refusal(answer)
                if refused is None:
                    await _read(answer)
                    return self._accepted(answer)
            if last or refused.code != TOO_OFTEN:
                raise refused
            await self._mend(refused, answer)
        raise AssertionError

    async def _mend(self, refused: CallRefused, answer: httpx.Response) -> None:
        if refused.code == BAD_TOKEN:
            try:
                await self.renew()
            except CallRefused as error:
                # A client id gets a token a week; that the old one does not hold is what a person has to know.
                raise refused if error.code == TOO_OFTEN else error from None
            return
        wait = _seconds(answer.headers.get("Retry-After"))
        if wait > LONGEST_WAIT_S:
            raise refused
        await asyncio.sleep(wait)

    @asynccontextmanager
    async def _sent(
        self, method: str, path: str, parts: Parts, token: SecretStr | None
    ) -> AsyncIterator[httpx.Response]:
        carried = dict(parts())
        headers = dict(carried.pop("headers", {}))
        if token is not None:
            headers["Authorization"] = f"Bearer {token.get_secret_value()}"
        request = self._http.build_request(method, path, headers=headers, **carried)
        answer = await self._send(request)
        try:
            yield answer
        finally:
            await answer.aclose()

    async def _send(self, request: httpx.Request) -> httpx.Response:
        """Send a request; again only when it cannot have arrived, or changes nothing."""
        for left in reversed(range(_READS)):
            try:
                return await self._http.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                lost: httpx.HTTPError = error
            except httpx.HTTPError as error:
                lost = error
                if request.method != "GET":
                    break
            if left:
                await asyncio.sleep(1.0)
        raise self._lost(lost) from None

    async def _refusal(self, answer: httpx.Response) -> CallRefused | None:
        if answer.status_code < httpx.codes.BAD_REQUEST and _kind(answer) != "application/json":
            return None
        await _read(answer)
        retry_after = answer.headers.get("Retry-After", "")
        return self.refused(_object(answer) or {}, answer.status_code, retry_after)

    def _accepted(self, answer: httpx.Response) -> Json:
        found = _object(answer)
        if found is None:
            raise NoAnswer(
                f"{self.base_url} does not answer as a service of this protocol does", advice="Check the address."
            )
        return found

    def _lost(self, error: Exception) -> NoAnswer:
        # Some errors of the HTTP library quote what was sent, the token among it: only their kind is told.
        sent = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
        return NoAnswer(
            f"{self.base_url} {'broke off' if sent else 'cannot be reached'} ({type(error).__name__})",
            advice="Check the address and the network.",
            sent=sent,
        )

    def _hidden(self, text: str) -> str:
        secrets = [each.get_secret_value() for each in (self._token, self._own) if each]
        for secret in secrets:
            text = text.replace(secret, "…")
        return text


def _checked(base_url: str) -> str:
    found = urlsplit(base_url.strip())
    if found.scheme not in ("http", "https") or not found.hostname or found.username:
        raise BadRequest(
            "the service's address is no http(s) address", advice="Write it as https://host or http://host:port."
        )
    return base_url.strip().rstrip("/")


def _usable(token: SecretStr) -> SecretStr:
    secret = token.get_secret_value().strip()
    if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise BadRequest("the token holds what no token has", advice="Copy NEMO_TOKEN again, or leave it out.")
    return token if secret == token.get_secret_value() else SecretStr(secret)


def _host(url: httpx.URL) -> tuple[str, int | None]:
    return url.host, url.port


def _kind(answer: httpx.Response) -> str:
    return str(answer.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _seconds(retry_after: str | None) -> float:
    try:
        return max(0.0, float(retry_after)) if retry_after else WAIT_S
    except ValueError:
        return WAIT_S


def _object(answer: httpx.Response) -> Json | None:
    try:
        found = answer.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


async def _read(answer: httpx.Response) -> None:
    try:
        await answer.aread()
    except httpx.HTTPError as error:
        raise NoAnswer(f"the answer broke off ({type(error).__name__})", advice="Try again.") from None
