"""Hear a whole song: one pass of the ear over its sound, then each question on what it kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import (
    bands,
    bars,
    beats,
    events,
    frontend,
    harmony,
    key,
    mood,
    network,
    onsets,
    placing,
    sections,
)
from songreel.analysis.frontend import FRAME_RATE, Heard
from songreel.media import sound
from songreel.model.asset import Asset
from songreel.model.song_map import Beat, Confidence, SongMap, TempoPoint


def hear(path: Path, asset: Asset, *, on_progress: Callable[[float], None] | None = None) -> SongMap:
    """Return what is heard in a song; the same file always gives the same map.

    ``on_progress`` is told the fraction done. Raises BadMedia when the sound cannot be read.
    """

    def tell(seconds: float) -> None:
        if on_progress:
            on_progress(0.8 * min(1.0, seconds / max(float(asset.duration), 1e-3)))

    channels = 1 if asset.channels == 1 else 2
    blocks = sound.blocks(path, rate=frontend.RATE, channels=channels)
    # no name is kept on what was heard: `describe` lets go of what is done with, which is much in a long song
    song_map = describe(frontend.listen(blocks, channels=channels, on_seconds=tell), asset)
    if on_progress:
        on_progress(1.0)
    return song_map


def describe(heard: Heard, asset: Asset) -> SongMap:
    """Return the map of a song from what the ear kept of it."""
    duration = asset.duration or round(heard.seconds * 1e6) / 10**6
    seen = network.activations(heard.spectrum)
    heard = replace(heard, spectrum=np.zeros((0, frontend.BANDS), np.uint8))
    pulse = beats.find(heard, seen)
    counted = bars.count(heard, pulse.times, seen, sure=pulse.confidence)
    parts = sections.divide(heard, pulse.times, counted, float(duration))
    starts = onsets.pick(heard.flux) / FRAME_RATE
    tonality = key.find(heard.chroma)
    return SongMap(
        song=asset.id,
        duration=duration,
        bpm=pulse.bpm,
        meter=counted.meter,
        tempo=tuple(TempoPoint(at=at, bpm=bpm) for at, bpm in placing.curve(pulse.times)),
        beats=_beats(pulse, counted.positions),
        sections=parts.sections,
        events=events.find(heard, pulse.times, counted, parts.sections),
        onsets=tuple(starts.tolist()),
        bands=bands.envelopes(heard.power),
        hits={name: bands.curve(values) for name, values in onsets.hits(heard.flux, heard.power).items()},
        level=bands.curve(bands.level(heard.power)),
        brightness=bands.curve(np.clip((heard.centroid - 2.5) / 4.5, 0, 1)),
        width=bands.slow(heard.width),
        harmony=bands.slow(harmony.change(heard.chroma)),
        loudness=heard.loudness,
        key=tonality,
        mood=mood.guess(heard, bpm=pulse.bpm, onsets_per_s=starts.size / max(heard.seconds, 1), key=tonality),
        confidence=Confidence(beats=pulse.confidence, downbeats=counted.confidence, sections=parts.confidence),
    )


def _beats(pulse: beats.Pulse, positions: NDArray[np.int64]) -> tuple[Beat, ...]:
    rows = zip(pulse.times.tolist(), positions.tolist(), pulse.certainty.tolist(), strict=True)
    return tuple(Beat(at=at, position=position, confidence=sure) for at, position, sure in rows)
