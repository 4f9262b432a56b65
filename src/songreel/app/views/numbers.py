"""What was heard, as one JSON object for programs."""

from __future__ import annotations

from typing import Any

from songreel.model.excerpt import best_window
from songreel.model.song_map import SongMap

WINDOWS_S = (15, 30, 60)


def numbers(heard: SongMap) -> dict[str, Any]:
    """Return tempo, beats, bars, sections, events, best windows, key, loudness, mood and confidence; times in s."""
    return {
        "duration": float(heard.duration),
        "bpm": heard.bpm,
        "meter": heard.meter,
        "tempo": [point.model_dump() for point in heard.tempo],
        "beats": list(heard.beat_times()),
        "downbeats": list(heard.downbeat_times()),
        "sections": [part.model_dump() for part in heard.sections],
        "events": [event.model_dump() for event in heard.events],
        "windows": {str(seconds): best_window(heard, seconds) for seconds in WINDOWS_S},
        "key": f"{heard.key.tonic} {heard.key.mode}",
        "loudness": heard.loudness.model_dump(),
        "mood": heard.mood.model_dump(),
        "confidence": heard.confidence.model_dump(),
    }
