"""The state of a session: its draft, its files, what was heard in its songs."""

from __future__ import annotations

import json
from math import gcd
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from songreel.app.conversation import Held
from songreel.base import ids
from songreel.model.asset import Asset
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline
from songreel.server import caller, draft, envelope
from songreel.server.caller import Given, Parts
from songreel.server.links import Linked, Links
from songreel.server.remembered import Remembered
from songreel.server.routes.files import info
from songreel.service.sessions import Session
from songreel.service.wiring import Service

router = APIRouter()


@router.get(
    "/api/state/nemo_agent/me/{session_id}/latest",
    response_model=dict[str, Any],
    responses={304: {"description": "It is what the caller has, by its ETag."}},
)
def state(
    request: Request,
    parts: Parts,
    given: Given,
    linked: Linked,
    session_id: str,
    videos: Literal["shown", "all"] = "shown",
) -> Response:
    """Return all that a client may know of a session; with ``videos=all`` the draft of each song's video too.

    It is asked for all the time and by everybody, so it costs one thread once, and little while nothing has changed.
    """
    session = caller.viewed(parts, given, session_id)
    body = _body(parts, request.app.state.states, (session, videos), linked)
    headers = {"ETag": f'"{ids.digest(body)}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _body(parts: Service, states: Remembered, asked: tuple[Session, str], linked: Links) -> bytes:
    session, videos = asked
    name, stood = (session.id, videos), parts.sessions.stamp(session)
    # One answer of a session is kept: whoever asks for it at other addresses of ours puts out nobody else's.
    stamp = f"{stood} {linked.base}" if stood else ""
    if stamp and (body := states.get(name, stamp)):
        return body
    conversation = parts.sessions.conversation(session)
    held = conversation.shown()
    about: dict[str, Any] = {
        "session_id": session.id,
        "task_id": session.task,
        "task_name": session.name,
        "user_id": session.user,
        "state": told(held, linked),
    }
    if videos == "all":
        about["state"]["videos"] = [_video(asset, timeline) for asset, timeline in conversation.videos(held)]
    body = json.dumps(envelope.ok(about), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    # What is heard in a song that has no place in the project yet comes from elsewhere.
    if stamp and len(held.heard) == sum(asset.kind == "song" for asset in held.project.assets):
        states.put(name, stamp, body)
    return body


def told(held: Held, linked: Linked) -> dict[str, Any]:
    """Return a project as clients read it: draft, files, canvas, what was heard."""
    timeline = held.timeline
    canvas = draft.canvas(timeline.canvas) if timeline else {}
    if timeline:
        shared = gcd(timeline.canvas.width, timeline.canvas.height)
        canvas["ratio"] = f"{timeline.canvas.width // shared}:{timeline.canvas.height // shared}"
    heard = ({held.song_map.song: held.song_map} if held.song_map else {}) | dict(held.heard)
    return {
        "draft": drafted(held),
        "video_infos": [info(asset, linked) for asset in held.project.assets],
        "canvas_config": canvas,
        "video_analyses": {song: _heard(song_map) for song, song_map in heard.items()},
        "generated_media": [],
    }


def _video(song: Asset, timeline: Timeline) -> dict[str, Any]:
    """Return the video of a song, as clients read it."""
    return {"song": song.id, "filename": song.name, "version": timeline.version, "draft": draft.of(timeline)}


def drafted(held: Held) -> dict[str, Any]:
    """Return the draft of the video that is shown, empty where there is none.

    Its version counts all changes, with undo and redo among them: whoever waits for one sees it rise.
    """
    if held.timeline is None:
        return {}
    found = draft.of(held.timeline)
    found["m"]["version"] = max(held.history.moves, held.timeline.version)
    return found


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
