"""A song of one beat a half second, and a crew that shows numbered scenes: what edits stand on in these tests."""

from __future__ import annotations

from fractions import Fraction

from timelines import PALETTE, PICTURE, SONG

from songreel.editing.ground import Dress, Ground, Picture
from songreel.model.asset import Asset
from songreel.model.song_map import (
    BANDS,
    HITS,
    Beat,
    Confidence,
    Curve,
    Key,
    Loudness,
    Mood,
    Section,
    SongMap,
    TempoPoint,
)
from songreel.model.timeline import Fade, Grade, SceneSource, TextSource, Timeline

OTHER = "2" * 32
CLIP = "3" * 32


class NumberedCrew:
    """Shows ``scene-N``, another number for each shot; asked-for pictures as they are asked for."""

    def shoot(self, timeline, shots, wish):
        asked = wish.scenes or wish.media
        names = [asked[n % len(asked)] if asked else f"scene-{shot.start}" for n, shot in enumerate(shots)]
        return tuple(Picture(name, SceneSource(scene=name, seed=timeline.version)) for name in names)

    def dress(self, timeline, look):  # noqa: ARG002
        return Dress(look or "another", PALETTE[::-1], Grade(warmth=0.2), "outlined", "top", "ring", "#abcdef")

    def finish(self, timeline, clips, look):  # noqa: ARG002
        return tuple(clips)

    def reframed(self, source, canvas, frames):  # noqa: ARG002
        return source

    def fades(self, timeline):
        ends = timeline.song_start() + timeline.frames / timeline.canvas.fps >= 20
        fade = Fade(frames_in=0, frames_out=0 if ends else 30)
        return fade, fade

    def cuts(self, timeline, span):  # noqa: ARG002
        return tuple(range(span.start + 30, span.end - 10, 30))


def ground(*, seconds: int = 20, beats: bool = True) -> Ground:
    flat = Curve.of([0.5] * 8, 1)
    heard = [Beat(at=n / 2, position=n % 4 + 1, confidence=1) for n in range(seconds * 2)] if beats else []
    half = seconds / 2
    song = SongMap(
        song=SONG,
        duration=Fraction(seconds),
        bpm=120 if beats else 0,
        meter=4 if beats else 0,
        tempo=(TempoPoint(at=0, bpm=120),) if beats else (),
        beats=tuple(heard),
        sections=(
            Section(id="A", label="verse", start=0, end=half, energy=0.3, confidence=1),
            Section(id="B", label="chorus", start=half, end=seconds, energy=0.9, confidence=1),
        ),
        events=(),
        onsets=(),
        bands=dict.fromkeys(BANDS, flat),
        hits=dict.fromkeys(HITS, flat),
        level=flat,
        brightness=flat,
        loudness=Loudness(integrated_lufs=-14, range_lu=6, true_peak_dbtp=-1),
        key=Key(tonic="A", mode="minor", confidence=1),
        mood=Mood(arousal=0.5, valence=0.5, confidence=1),
        confidence=Confidence(beats=1, downbeats=1, sections=1),
    )
    assets = {
        SONG: Asset(id=SONG, kind="song", name="song.mp3", path="song.mp3", duration=seconds),
        PICTURE: Asset(id=PICTURE, kind="photo", name="photo.jpg", path="photo.jpg", width=1600, height=1200),
        OTHER: Asset(id=OTHER, kind="photo", name="other.jpg", path="other.jpg", width=900, height=1600),
        CLIP: Asset(id=CLIP, kind="footage", name="clip.mp4", path="c", duration=8, width=1280, height=720, fps=30),
    }
    return Ground(song, NumberedCrew(), assets, ("aurora", "city-night", "tunnel"), ("metal", "neon"))


def words(timeline: Timeline) -> dict[str, TextSource]:
    every = (*timeline.clips("titles"), *timeline.clips("lyrics"))
    return {clip.source.text: clip.source for clip in every}
