"""Time that passes by itself: when nothing is left to do, the loop's clock jumps to what is due next."""

from __future__ import annotations

import asyncio
import selectors


class _Jumping(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("everything waits, and nothing will ever happen")
            self.now += max(timeout, 0.0)
        return ready


class WarpLoop(asyncio.SelectorEventLoop):
    """A loop in which an hour of waiting takes no time, and `time` says that it has passed."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run(work):
    """Return what a coroutine comes to, and the seconds that passed in it."""
    with asyncio.Runner(loop_factory=WarpLoop) as runner:

        async def timed():
            began = asyncio.get_running_loop().time()
            made = await work
            return made, asyncio.get_running_loop().time() - began

        return runner.run(timed())
