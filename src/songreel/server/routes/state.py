"""The state of a session: its draft, its files, what was heard in its song."""

from __future__ import annotations

from math import gcd
from typing import Any

from fastapi import APIRouter

from songreel.app.conversation import Held
from songreel.model.song_map import SongMap
from songreel.server import caller, draft, envelope
from songreel.server.caller import Kept, Viewer
from songreel.server.links import Linked
from songreel.server.routes.files import info

router = APIRouter()


@router.get("/api/state/nemo_agent/me/{session_id}/latest")
def state(kept: Kept, who: Viewer, linked: Linked, session_id: str) -> dict[str, Any]:
    """Return all that a client may know of a session."""
    session = caller.find(kept, who, session_id)
    held = kept.conversation(session).shown()
    return envelope.ok(
        {
            "session_id": session.id,
            "task_id": session.task,
            "task_name": session.name,
            "user_id": who.user,
            "state": told(held, linked),
        }
    )


def told(held: Held, linked: Linked) -> dict[str, Any]:
    """Return a project as clients read it: draft, files, canvas, what was heard."""
    timeline = held.timeline
    canvas = draft.canvas(timeline.canvas) if timeline else {}
    if timeline:
        shared = gcd(timeline.canvas.width, timeline.canvas.height)
        canvas["ratio"] = f"{timeline.canvas.width // shared}:{timeline.canvas.height // shared}"
    return {
        "draft": draft.of(timeline) if timeline else {},
        "video_infos": [info(asset, linked) for asset in held.project.assets],
        "canvas_config": canvas,
        "video_analyses": {held.song_map.song: _heard(held.song_map)} if held.song_map else {},
        "generated_media": [],
    }


def _heard(song_map: SongMap) -> dict[str, Any]:
    sections = [{"label": each.label, "start": each.start, "end": each.end} for each in song_map.sections]
    return {
        "bpm": song_map.bpm,
        "meter": song_map.meter,
        "beats": list(song_map.beat_times()),
        "downbeats": list(song_map.downbeat_times()),
        "sections": sections,
        "confidence": song_map.confidence.model_dump(),
    }
