"""The state of a session: its draft, its files, what was heard in its song."""

from __future__ import annotations

import json
from math import gcd
from typing import Any

from fastapi import APIRouter, Request, Response

from songreel.app.conversation import Held
from songreel.base import ids
from songreel.model.song_map import SongMap
from songreel.server import caller, draft, envelope
from songreel.server.caller import Given, Parts
from songreel.server.links import Linked, Links
from songreel.server.remembered import Remembered
from songreel.server.routes.files import info
from songreel.service.sessions import Session
from songreel.service.wiring import Service

router = APIRouter()


@router.get("/api/state/nemo_agent/me/{session_id}/latest", response_model=dict[str, Any])
def state(request: Request, parts: Parts, given: Given, linked: Linked, session_id: str) -> Response:
    """Return all that a client may know of a session.

    It is asked for all the time and by everybody, so it costs one thread once, and little while nothing has changed.
    """
    session = caller.viewed(parts, given, session_id)
    body = _body(parts, request.app.state.states, session, linked)
    headers = {"ETag": f'"{ids.digest(body)}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _body(parts: Service, states: Remembered, session: Session, linked: Links) -> bytes:
    name, stamp = (session.id, linked.base), parts.sessions.stamp(session)
    if stamp and (body := states.get(name, stamp)):
        return body
    held = parts.sessions.conversation(session).shown()
    about = {
        "session_id": session.id,
        "task_id": session.task,
        "task_name": session.name,
        "user_id": session.user,
        "state": told(held, linked),
    }
    body = json.dumps(envelope.ok(about), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    # What is heard in a song that has no place in the project yet comes from elsewhere.
    if stamp and (held.song_map or held.project.song is None):
        states.put(name, stamp, body)
    return body


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
