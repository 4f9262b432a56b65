"""Calls the client from code that is not asynchronous: one loop, on which anything of the client is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Blocking:
    """Waits: for a result when called with a coroutine, for one thing after another with `each`.

    ::

        with Blocking() as wait:
            client = Client("http://127.0.0.1:8765")
            print(wait(client.credits()))
            for said in wait.each(Conversation(client).say("export")):
                print(said.text)
            wait(client.close())

    All that belongs together is waited for by one of these, since connections live on its loop.
    """

    def __init__(self, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None) -> None:
        self._runner = asyncio.Runner(loop_factory=loop_factory)

    def __enter__(self) -> Self:
        self._runner.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)

    def __call__(self, call: Coroutine[Any, Any, T]) -> T:
        """Return what a call comes to; Ctrl-C cancels it and raises KeyboardInterrupt."""
        return self._runner.run(call)

    def each(self, items: AsyncIterator[T]) -> Iterator[T]:
        """Yield items as they come; leaving early ends what makes them."""
        try:
            while True:
                try:
                    item = self(_next(items))
                except StopAsyncIteration:
                    return
                yield item
        finally:
            if (close := getattr(items, "aclose", None)) is not None:
                self(close())


async def _next(items: AsyncIterator[T]) -> T:
    return await anext(items)
