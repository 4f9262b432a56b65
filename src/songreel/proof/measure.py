"""Everything that is measured on a finished file, before any of it is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from songreel.media import glimpse, scan
from songreel.media.glimpse import Picture
from songreel.proof import changes, flashing, sound
from songreel.proof.changes import Changes
from songreel.proof.flashing import Flashing
from songreel.proof.sound import SoundMatch

_EVERY = 15


@dataclass(frozen=True, slots=True)
class Measured:
    """A video, decoded once. ``match`` is None without a song to compare with, ``lufs`` without any sound."""

    video: Path
    facts: scan.Facts
    changes: Changes
    flashing: Flashing
    match: SoundMatch | None
    lufs: float | None


def measure(
    video: Path,
    *,
    song: Path | None = None,
    song_start: Fraction = Fraction(0),
    silent: Sequence[tuple[float, float]] = (),
    on_progress: Callable[[float], None] | None = None,
) -> Measured:
    """Read and decode a video; ``song_start`` is where in the song it begins, ``silent`` when none of it is heard.

    Raises BadMedia when the video, or the song, cannot be read.
    """
    facts = scan.facts(video)
    match, lufs = None, None
    if facts.audio and song:
        seconds = facts.video.frames / facts.video.fps
        match = sound.match(video, song, song_start=song_start, seconds=seconds, silent=silent)
        lufs = match.lufs
    elif facts.audio:
        lufs = sound.loudness(video)

    def on_frame(seen: int) -> None:
        if on_progress and seen % _EVERY == 0:
            on_progress(min(1.0, seen / facts.video.frames))

    flashes = flashing.Counter(facts.video.fps)
    seen = changes.watch(_counted(glimpse.pictures(video), flashes), on_frame=on_frame)
    return Measured(video, facts, seen, flashes.result(), match, lufs)


def _counted(pictures: Iterable[Picture], flashes: flashing.Counter) -> Iterator[Picture]:
    for picture in pictures:
        flashes.add(picture.cells)
        yield picture
