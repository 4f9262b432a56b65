"""The song's part in a film, encoded while its pictures are drawn, and kept for the next export."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from songreel.base.errors import Stopped
from songreel.base.ids import digest
from songreel.base.time import seconds_at
from songreel.media import mux_sound, store
from songreel.media.mux_sound import EncodedSound, SongPart
from songreel.model.document import AssetId
from songreel.model.preset import Preset
from songreel.model.timeline import SoundSource, Timeline

KIND, SUFFIX = "sound", ".mp4"
Sound = SongPart | EncodedSound | None


@contextlib.contextmanager
def made_ready(
    timeline: Timeline, assets: Mapping[AssetId, Path], preset: Preset, cache: store.Cache
) -> Iterator[Callable[[], Sound]]:
    """Yield what waits for the sound, and returns it as `mux.join` takes it; leaving early ends the work.

    AAC is encoded by a thread at once: libav leaves the other threads alone meanwhile. Whatever else is wanted is
    made when the film is joined.
    """
    part = song_part(timeline, assets)
    if part is None or preset.audio != "aac" or preset.container == "gif":
        yield lambda: None if preset.audio == "none" else part
        return
    key = digest(*_heard(timeline), mux_sound.fingerprint(preset))
    found = cache.path(KIND, key, SUFFIX)
    if found is not None:
        yield lambda: EncodedSound(found, part.duration)
        return
    stopped = threading.Event()
    place = cache.place(KIND, key, SUFFIX)

    def encode() -> EncodedSound:
        with store.sealed(place) as file:
            mux_sound.encode(part, file, preset, on_progress=lambda _: _go_on(stopped))
        return EncodedSound(place, part.duration)

    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(encode)
        try:
            yield future.result
        finally:
            stopped.set()


def song_part(timeline: Timeline, assets: Mapping[AssetId, Path]) -> SongPart | None:
    """Return the part of the song that is heard; None when there is no song."""
    fps, track = timeline.canvas.fps, timeline.track("song")
    heard = [(clip, clip.source) for clip in track.clips if isinstance(clip.source, SoundSource)] if track else []
    if not heard:
        return None
    (first, source), (last, _) = heard[0], heard[-1]
    return SongPart(
        path=assets[source.asset],
        at=source.at,
        duration=seconds_at(last.end - first.start, fps),
        volume=source.volume,
        fade_in_s=float(seconds_at(first.fade.frames_in, fps)),
        fade_out_s=float(seconds_at(last.fade.frames_out, fps)),
        steps=tuple((float(seconds_at(clip.start - first.start, fps)), each.volume) for clip, each in heard[1:]),
    )


def _heard(timeline: Timeline) -> tuple[str, ...]:
    """Return all of a timeline that its sound depends on."""
    fps = str(timeline.canvas.fps)
    return fps, *(f"{clip.end - clip.start} {clip.source!r} {clip.fade!r}" for clip in timeline.clips("song"))


def _go_on(stopped: threading.Event) -> None:
    if stopped.is_set():
        raise Stopped("stopped")
