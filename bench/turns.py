"""A turn of a conversation costs: all of it, the understanding alone, and what planning a video takes where it does.

Run with a song and an empty folder: ``python -m bench.turns song.wav folder``. One line a message: milliseconds of CPU
for the turn without planning, for the understanding, for planning, then the words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.director import plan
from songreel.director.conversation import Situation, Understood
from songreel.director.understanding import understand
from songreel.media.store import Cache

MESSAGES = (
    "make a music video for this song, dark and slow, titled “Harbour”", "cut on every beat in the chorus",
    "make the title bigger and red, then move it to the top left", "hide the title during the second chorus",
    "add a visualizer at the bottom, but only in the chorus", "a bit darker and more contrast in the first half",
    "make it vertical", "glitch in the first chorus, then the same for the second chorus",
    "remove everything but the title",
    "what is the tempo?", "undo the last two changes", "start at the chorus and end after the second one",
    "副歌每拍切一次，标题变成白色，缩小一半", "最后5秒写“再见”", "除了副歌都变成黑白", "画面亮一点，音乐小声一点",
    "make a music video for this song, bright and fast",
)  # fmt: skip


class Clock:
    """Milliseconds of CPU spent in what it watches."""

    def __init__(self) -> None:
        self.spent = 0.0

    def watch(self, done: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is counted."""

        @wraps(done)
        def counted(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return done(*given, **named)
            finally:
                self.spent += 1000 * (time.process_time() - begun)

        return counted

    def taken(self) -> float:
        """Return what was spent since this was last asked."""
        spent, self.spent = self.spent, 0.0
        return spent


def costs(song: Path, folder: Path) -> Iterator[tuple[float, float, float, str]]:
    """Yield CPU milliseconds of each turn without planning, of understanding and of planning, and the words."""
    reading, planning = Clock(), Clock()
    setattr(plan, "make", planning.watch(plan.make))  # noqa: B010
    told: Callable[[str, Situation], Understood] = reading.watch(understand)
    talk = Conversation(folder / "project", Studio(Cache(folder / "cache", 10**9)), told)
    talk.bring([song])
    talk.held()
    talk.talk("hello")
    reading.taken()
    for words in MESSAGES:
        begun = time.process_time()
        talk.talk(words)
        whole, planned = 1000 * (time.process_time() - begun), planning.taken()
        yield whole - planned, reading.taken(), planned, words


if __name__ == "__main__":
    for beyond, understood, planned, said in costs(Path(sys.argv[1]), Path(sys.argv[2])):
        print(f"{beyond:.1f} {understood:.1f} {planned:.1f} {said}", flush=True)
