"""A draft in one line, in the form that the published skills print, and what differs between two states.

``Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)``
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from songreel.client.answers import Json, State
from songreel.client.phrases import Language, say

VIDEO, AUDIO, TEXT = 0, 1, 7
MOST_NAMES, MOST_CHANGES = 3, 8
_LABELS = {
    "base": "Video",
    "visualizer": "Visualizer",
    "overlay": "Overlay",
    "song": "BGM",
    "extra": "Sound",
    "titles": "Title",
    "lyrics": "Lyrics",
}
_ROLES = {VIDEO: "base", AUDIO: "song", TEXT: "titles"}
_ORDER = tuple(_LABELS)


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as a person is told of it; times in ms."""

    role: str
    name: str
    start: int
    length: int
    meta: Mapping[str, Any]

    @property
    def said(self) -> str:
        """Return it as the summary does: what it is, from when to when."""
        return f"{label(self.role)}: {self.name} ({_span(self.start, self.start + self.length)})"


def label(role: str) -> str:
    """Return what a track is called."""
    return _LABELS.get(role, "Track")


def summary(draft: Json) -> str:
    """Return all tracks in one line."""
    tracks = _tracks(draft)
    noun = "track" if len(tracks) == 1 else "tracks"
    told = [f"{number}. {_track(role, segments)}" for number, (role, segments) in enumerate(tracks, 1)]
    return " ".join([f"Timeline ({len(tracks)} {noun}):", *told])


def sources(draft: Json) -> frozenset[str]:
    """Return what the segments of a draft show and play."""
    return frozenset(str(segment.meta.get("src") or "") for _, segments in _tracks(draft) for segment in segments)


def changes(before: State, after: State, language: Language) -> str:
    """Return what differs in one sentence; empty when nothing does."""
    found = list(_changes(before, after, language))
    shown = say("join", language).join(found[:MOST_CHANGES])
    more = len(found) - MOST_CHANGES
    return shown + (say("and-more", language, number=more) if more > 0 else "")


def _changes(before: State, after: State, language: Language) -> Iterator[str]:
    yield from _new_files(before, after, language)
    old, new = before.draft, after.draft
    if not old.get("t") and new.get("t"):
        yield say("change-made", language, summary=summary(new))
    elif old.get("t") and not new.get("t"):
        yield say("change-gone", language)
    elif new.get("t"):
        told = [*_whole(old, new, language), *_segments(old, new, language)]
        if not told and _shown(old) != _shown(new):
            told = [say("change-details", language)]
        yield from told


def _new_files(before: State, after: State, language: Language) -> Iterator[str]:
    for key, old, new in (
        ("change-files", before.video_infos, after.video_infos),
        ("change-media", before.generated_media, after.generated_media),
    ):
        known = {(info.hash, info.filename) for info in old}
        names = [info.filename or info.file_type for info in new if (info.hash, info.filename) not in known]
        if names:
            yield say(key, language, names=", ".join(names))


def _whole(old: Json, new: Json, language: Language) -> Iterator[str]:
    was, now = _meta(old), _meta(new)
    if old.get("d") != new.get("d"):
        yield say("change-length", language, was=_seconds(old.get("d")), now=_seconds(new.get("d")))
    if (size := _size(now)) != _size(was):
        yield say("change-size", language, was=_size(was), now=size)
    for key in ("fps", "look"):
        if now.get(key) != was.get(key):
            yield say(f"change-{key}", language, was=was.get(key), now=now.get(key))
    if now.get("palette") != was.get("palette"):
        yield say("change-palette", language, now=", ".join(map(str, now.get("palette") or ())))
    old_grade, new_grade = was.get("grade") or {}, now.get("grade") or {}
    for name in sorted({*old_grade, *new_grade}):
        if old_grade.get(name) != new_grade.get(name):
            yield say("change-grade", language, name=name, was=old_grade.get(name), now=new_grade.get(name))


def _segments(old: Json, new: Json, language: Language) -> Iterator[str]:
    before, after = _by_role(old), _by_role(new)
    for role in sorted({*before, *after}, key=_place):
        was, now = before.get(role, []), after.get(role, [])
        if role == "base":
            yield from _shots(was, now, language)
        else:
            yield from _pieces(was, now, language)


def _shots(was: list[Segment], now: list[Segment], language: Language) -> Iterator[str]:
    """Tell of many shots by their number: nobody reads two hundred lines."""
    if len(was) != len(now):
        yield say("change-shots", language, was=len(was), now=len(now))
        return
    different = sum(one != other for one, other in zip(was, now, strict=True))
    if different:
        yield say("change-redrawn", language, number=different)


def _pieces(was: list[Segment], now: list[Segment], language: Language) -> Iterator[str]:
    """Tell of words, sounds and overlays one by one, matched by their ids or else by what they are."""
    old, new = _keyed(was), _keyed(now)
    for key, segment in new.items():
        earlier = old.get(key)
        if earlier is None:
            yield say("change-added", language, what=segment.said)
        elif earlier.said != segment.said or _volume(earlier) != _volume(segment):
            yield say("change-became", language, was=_with_volume(earlier), now=_with_volume(segment))
        elif earlier != segment:
            yield say("change-dressed", language, what=segment.said)
    for key, segment in old.items():
        if key not in new:
            yield say("change-removed", language, what=segment.said)


def _keyed(segments: list[Segment]) -> dict[str, Segment]:
    seen: Counter[str] = Counter()
    found = {}
    for segment in segments:
        key = str(segment.meta.get("id") or segment.name)
        found[f"{key} {seen[key]}"] = segment
        seen[key] += 1
    return found


def _by_role(draft: Json) -> dict[str, list[Segment]]:
    found: dict[str, list[Segment]] = {}
    for role, segments in _tracks(draft):
        found.setdefault(role, []).extend(segments)
    return found


def _tracks(draft: Json) -> list[tuple[str, list[Segment]]]:
    """Return the role and the segments of each track, in the order of the summary."""
    found: list[tuple[str, list[Segment]]] = []
    for track in _objects(draft.get("t")):
        role = str(_meta(track).get("role") or _ROLES.get(track.get("tt", -1), "other"))
        found.append((role, [_segment(role, each) for each in _objects(track.get("sg"))]))
    return sorted(found, key=lambda each: _place(each[0]))


def _segment(role: str, segment: Json) -> Segment:
    meta = _meta(segment)
    text = meta.get("text")
    source = str(meta.get("src") or "").partition(":")[2]
    name = f'"{" ".join(str(text).split())}"' if text else str(meta.get("name") or source or "untitled")
    return Segment(role, name, _ms(segment.get("s")), _ms(segment.get("d")), meta)


def _track(role: str, segments: list[Segment]) -> str:
    if not segments:
        return f"{label(role)}: empty"
    called = list(dict.fromkeys(segment.name for segment in segments))
    shown = ", ".join(called[:MOST_NAMES])
    if len(called) > MOST_NAMES:
        shown += f" and {len(called) - MOST_NAMES} more"
    end = max(segment.start + segment.length for segment in segments)
    return f"{label(role)}: {shown} ({_span(min(each.start for each in segments), end)}{_volume(segments[0])})"


def _with_volume(segment: Segment) -> str:
    return segment.said.removesuffix(")") + _volume(segment) + ")"


def _volume(segment: Segment) -> str:
    if segment.role not in ("song", "extra"):
        return ""
    volume = segment.meta.get("volume", 1)
    return f", {round(volume * 100)}%" if isinstance(volume, int | float) else ""


def _shown(draft: Json) -> Json:
    """Return a draft without the number of its version, which changes when nothing that is seen does."""
    return {**draft, "m": {key: value for key, value in _meta(draft).items() if key != "version"}}


def _place(role: str) -> int:
    return _ORDER.index(role) if role in _ORDER else len(_ORDER)


def _objects(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _meta(of: Json) -> Json:
    meta = of.get("m")
    return meta if isinstance(meta, dict) else {}


def _size(meta: Json) -> str:
    return f"{meta.get('width')}x{meta.get('height')}"


def _span(start: int, end: int) -> str:
    return f"{_seconds(start)}-{_seconds(end)}s"


def _seconds(ms: Any) -> str:
    return f"{_ms(ms) / 1000:.1f}".removesuffix(".0")


def _ms(value: Any) -> int:
    return round(value) if isinstance(value, int | float) else 0
