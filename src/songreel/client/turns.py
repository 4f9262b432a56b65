"""One message and what comes of it: its stream, a stream that says nothing, a stream that breaks off.

A message is sent once. Whatever happens to its stream, what came of it is read off the state.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from songreel.base.errors import CallRefused, NoAnswer
from songreel.client import draft, sse
from songreel.client.answers import Json, State
from songreel.client.phrases import Language, say
from songreel.client.service import Client

STILL_WORKING_S = 120.0
LONGEST_TURN_S = 900.0
FIRST_LOOK_S, NEXT_LOOK_S, LOOKS = 30.0, 60.0, 5
SECOND_LOOK_S = 5.0

Kind = Literal["text", "notice", "changed", "failed", "refused"]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a turn says: the service's words, a notice on the way, what changed, what failed or why not."""

    kind: Kind
    text: str = ""
    error: CallRefused | None = None


@dataclass
class _Heard:
    """What a stream has said so far."""

    texts: int = 0
    pieces: list[str] = field(default_factory=list)
    failure: str = ""
    refused: CallRefused | None = None
    dropped: bool = False


async def take(client: Client, session: str, words: str, language: Language) -> AsyncIterator[Told]:
    """Send a message and yield what is to be shown of it; raises CallRefused or NoAnswer when it was not taken."""
    before = await client.state(session)
    heard = _Heard()
    async for told in _streamed(client.say(session, words), heard, language):
        yield told
    for told in _ended(heard, language):
        yield told
    # From here on the message is with the service: whatever is refused, it must not be sent again.
    try:
        if heard.dropped:
            async for told in _look_for(client, session, before, language):
                yield told
        elif not heard.texts:
            yield await _compared(client, session, before, language, failed=bool(heard.failure or heard.refused))
    except CallRefused as error:
        yield Told("refused", error=error)


async def _streamed(stream: AsyncIterator[sse.Event], heard: _Heard, language: Language) -> AsyncIterator[Told]:
    """Yield what a stream says, and note what it leaves to be done; raises NoAnswer when the service never heard."""
    try:
        async with aclosing(_ticking(stream)) as events:
            async for event in events:
                if event is None:
                    yield Told("notice", say("working", language))
                    continue
                for text in _texts(event, heard):
                    yield Told("text", text)
    except NoAnswer as error:
        if not error.sent:
            raise
        heard.dropped = True


def _ended(heard: _Heard, language: Language) -> Iterator[Told]:
    """Yield what a stream has left to say when it is over."""
    if not heard.texts and (text := "".join(heard.pieces).strip()):
        heard.texts += 1
        yield Told("text", text)
    if heard.refused:
        yield Told("refused", error=heard.refused)
    elif heard.failure:
        yield Told("failed", say("failed", language, why=heard.failure))


async def _compared(client: Client, session: str, before: State, language: Language, *, failed: bool) -> Told:
    """Say what differs from before; an edit may show a moment after its stream has closed."""
    changed = draft.changes(before, await client.state(session), language)
    if not changed and not failed:
        await asyncio.sleep(SECOND_LOOK_S)
        changed = draft.changes(before, await client.state(session), language)
    if changed:
        return Told("changed", say("silent", language, changes=changed))
    return Told("changed", say("nothing-changed", language))


async def _look_for(client: Client, session: str, before: State, language: Language) -> AsyncIterator[Told]:
    """Read the state until it shows what came of a message whose stream broke off."""
    yield Told("notice", say("dropped", language))
    for look in range(LOOKS):
        await asyncio.sleep(NEXT_LOOK_S if look else FIRST_LOOK_S)
        try:
            after = await client.state(session)
        except NoAnswer:
            continue
        if changed := draft.changes(before, after, language):
            yield Told("changed", say("silent", language, changes=changed))
            return
    yield Told("changed", say("dropped-lost", language))


async def _ticking(events: AsyncIterator[sse.Event]) -> AsyncGenerator[sse.Event | None]:
    """Yield events as they come, and None whenever two minutes have passed; raises NoAnswer after fifteen."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + LONGEST_TURN_S
    due = loop.time() + STILL_WORKING_S
    arrived: asyncio.Queue[sse.Event | None] = asyncio.Queue()
    reading = asyncio.create_task(_read(events, arrived))
    try:
        while True:
            try:
                async with asyncio.timeout_at(min(due, ends)):
                    event = await arrived.get()
            except TimeoutError:
                if loop.time() >= ends:
                    raise NoAnswer("the answer takes too long", advice="The work may go on.") from None
                due += STILL_WORKING_S
                yield None
                continue
            if event is None:
                await reading
                return
            yield event
    finally:
        reading.cancel()
        await asyncio.wait({reading})


async def _read(events: AsyncIterator[sse.Event], into: asyncio.Queue[sse.Event | None]) -> None:
    """Bring events into a queue, and None at their end, however they end."""
    try:
        async for event in events:
            into.put_nowait(event)
    finally:
        into.put_nowait(None)


def _texts(event: sse.Event, heard: _Heard) -> list[str]:
    """Return the words of an event that are meant for a person; calls of tools and their results are not."""
    told = None if event.heartbeat else event.json()
    if told is None:
        return []
    if why := told.get("errorMessage") or told.get("error_message") or told.get("errorCode") or told.get("error_code"):
        heard.failure = str(why)
        return []
    code = told.get("code")
    if "content" not in told and isinstance(code, int) and code:
        heard.refused = CallRefused(str(told.get("message") or "the service refuses"), code=code, data=_data(told))
        return []
    content = told.get("content")
    if not isinstance(content, dict) or content.get("role") == "user":
        return []
    parts = [part for part in content.get("parts") or () if isinstance(part, dict) and not part.get("thought")]
    texts = [text for part in parts if isinstance(text := part.get("text"), str) and text.strip()]
    if told.get("partial"):
        # The whole text follows; where the stream ends before that, the pieces are all there is.
        heard.pieces += [part["text"] for part in parts if isinstance(part.get("text"), str)]
        return []
    heard.texts += len(texts)
    return texts


def _data(told: Json) -> Json:
    data = told.get("data")
    return {**(data if isinstance(data, dict) else {}), "said": str(told.get("message") or "")}
