"""Renders that are under way: begun, followed, canceled, and found again when they are done."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from songreel.app.studio import Made, Progress
from songreel.base.errors import BadRequest, SongreelError, Stopped

Status = Literal["running", "completed", "failed", "cancelled"]
STAGES = {"look": 0.0, "listen": 0.02, "plan": 0.08, "prepare": 0.1, "draw": 0.14, "join": 0.92, "prove": 0.94}
"""At which share of a render each stage begins; drawing takes most of it."""
_LOOK_S = 0.2


@dataclass(slots=True)
class Render:
    """One render. ``share`` never falls; ``made`` is there when it is completed, ``error`` when it failed."""

    id: str
    status: Status = "running"
    stage: str = ""
    share: float = 0.0
    made: Made | None = None
    error: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def tell(self, stage: str, share: float) -> None:
        """Take note of how far it is; raises Stopped once it is canceled."""
        if self.stopping.is_set():
            raise Stopped("the render was canceled")
        begins = STAGES[stage]
        ends = min((each for each in STAGES.values() if each > begins), default=1.0)
        self.stage, self.share = stage, max(self.share, begins + (ends - begins) * min(share, 1.0))


class Renders:
    """The renders of one process, each on a thread of its own, one drawing at a time."""

    def __init__(self) -> None:
        self._all: dict[str, Render] = {}
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()

    def begin(self, work: Callable[[Progress], Made]) -> Render:
        """Begin a render; ``work`` is called with what it tells its progress to."""
        render = Render(f"render-{next(self._numbers)}")
        self._all[render.id] = render
        threading.Thread(target=self._run, args=(render, work), name=render.id, daemon=True).start()
        return render

    def find(self, key: str) -> Render:
        """Return a render; raises BadRequest with those that there are."""
        if key not in self._all:
            there = ", ".join(self._all) or "none was begun"
            raise BadRequest(f"there is no render {key!r}", advice=f"Renders: {there}.")
        return self._all[key]

    def cancel(self, key: str) -> Render:
        """End a render that is under way, and return it when it has ended; what it drew is kept for the next."""
        render = self.find(key)
        render.stopping.set()
        render.ended.wait()
        return render

    def _await_turn(self, render: Render) -> None:
        """Wait until nothing else is drawn; raises Stopped for a render that is canceled before."""
        while not self._turn.acquire(timeout=_LOOK_S):
            if render.stopping.is_set():
                raise Stopped("the render was canceled")

    def _run(self, render: Render, work: Callable[[Progress], Made]) -> None:
        try:
            self._await_turn(render)
            try:
                render.made = work(render.tell)
            finally:
                self._turn.release()
            render.share, render.status = 1.0, "completed"
        except Stopped:
            render.status = "cancelled"
        except SongreelError as error:
            render.status, render.error = "failed", str(error)
        except Exception as error:
            render.status, render.error = "failed", f"{type(error).__name__}: {error}. Please report this."
            raise
        finally:
            render.ended.set()
