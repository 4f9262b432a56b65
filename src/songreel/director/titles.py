"""The words on the picture: title, artist, end card. They draw from no random stream of cuts or scenes."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from songreel.base.time import Span, frame_at
from songreel.director.look import Look
from songreel.director.stock import Stock
from songreel.director.window import Window
from songreel.model.brief import Brief
from songreel.model.preset import Preset
from songreel.model.timeline import Clip, Position, TextRole, TextSource, TextStyle, Track

SHORTEST_VIDEO_S = 2.0
_EARLIEST_S, _LATEST_S, _USUAL_S = 0.25, 1.0, 0.5
_SHORTEST_S, _LONGEST_S = 3.0, 5.0
_AFTER_DROP_S = 1.5
_BEAT_REACH_S, _SECOND_S = 0.5, 0.4
_END_CARD_FROM_S = 90
_MOST = 500
_MIDDLE: tuple[Position, ...] = ("center", "left", "right")
_RAISED: Mapping[Position, Position] = {"bottom": "top", "bottom-left": "top-left", "bottom-right": "top-right"}
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[-._)]\s*|\d{2}\s+)(?=\S)")
_NO_NAME = re.compile(
    r"(?:(?:track|audio|song|untitled|recording|rec|voice|new|final|mix|master|mixdown|bounce|export|demo|take|test|"
    r"output|file|music|render|draft|copy|version|ver|v|wav|mp3|img|vid|unknown|录音|音频|新建|歌曲|未命名)?[\s_.()-]*\d*[\s_.()-]*)*",
    re.IGNORECASE,
)


def title_of(brief: Brief, stock: Stock) -> str:
    """Return the title: as asked, else from the song's tags, else a cleaned file name; empty when it has none."""
    return _plain(brief.title or "") or _plain(stock.song.title) or named(stock.song.name)


def artist_of(brief: Brief, stock: Stock) -> str:
    """Return the artist: as asked, else from the song's tags."""
    return _plain(brief.artist or "") or _plain(stock.song.artist)


def named(file_name: str) -> str:
    """Return the title that a file name carries: without number and underscores; empty for names like ``track01``."""
    stem = PurePath(file_name).stem if "." in file_name else file_name
    text = re.sub(r"[_\s]+", " ", stem).strip()
    if not re.search(r"[^\W\d_]", text) or _NO_NAME.fullmatch(text):
        return ""
    text = _NUMBERED.sub("", text).strip(" -")
    return "" if _NO_NAME.fullmatch(text) else _plain(string.capwords(text) if text.islower() else text)


def _plain(text: str) -> str:
    """Return words without letters that cannot be drawn, in one line, no longer than a clip may say."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_MOST]


@dataclass(frozen=True, slots=True)
class Card:
    """What the words of one video are made by; ``low`` and ``center`` are frames on which a visualizer is there."""

    window: Window
    look: Look
    brief: Brief
    stock: Stock
    low: tuple[Span, ...] = ()
    center: tuple[Span, ...] = ()


def tracks(card: Card, preset: Preset, notes: list[str]) -> tuple[Track, ...]:
    """Return the tracks of words, each with clips that do not overlap; none where words are not wanted."""
    brief, window = card.brief, card.window
    if not brief.text or not preset.text:
        if not preset.text and brief.title:
            notes.append(f"{preset.name} videos carry no text, so the title is left out")
        return ()
    title, artist = title_of(brief, card.stock), artist_of(brief, card.stock)
    if not title and brief.titled:
        title = _plain(PurePath(card.stock.song.name).stem.replace("_", " "))
        notes.append(f"no title is known, so the file's name is shown: {title!r}")
    if not title and not artist:
        return ()
    if window.seconds < SHORTEST_VIDEO_S:
        notes.append(f"the video lasts {window.seconds:.1f} s, too short for a title")
        return ()
    start, end = _moment(window)
    place = _place(card, Span(start, end))
    first, second = [], []
    if title:
        first.append(_clip("t1", _source(card, title, "title", place), Span(start, end)))
    if artist:
        joins = _second(window, start, end) if title else start
        second.append(_clip("t2", _source(card, artist, "artist", place), Span(joins, end)))
    if title and card.look.title.end_card and window.seconds >= _END_CARD_FROM_S and window.whole:
        text = " — ".join(part for part in (title, artist) if part)[:_MOST]
        last = window.frames - frame_at(0.8, window.fps)
        source = _source(card, text, "caption", "bottom")
        first.append(_clip("t3", source, Span(last - frame_at(4, window.fps), last)))
    made = (Track(id="x1", role="titles", clips=tuple(first)), Track(id="x2", role="titles", clips=tuple(second)))
    return tuple(track for track in made if track.clips)


def _source(card: Card, text: str, role: TextRole, position: Position) -> TextSource:
    design = "credits-small" if role == "caption" else card.look.title.design
    style = TextStyle(color=card.brief.text_color)
    return TextSource(text=text, role=role, position=position, design=design, style=style)


def _clip(key: str, source: TextSource, span: Span) -> Clip:
    return Clip(id=key, name=source.text, start=span.start, end=span.end, source=source)


def _place(card: Card, span: Span) -> Position:
    """Return where the title stands: as asked, else the look's place, moved up from where a visualizer is."""
    place = card.look.title.position
    if card.brief.title_position:
        return card.brief.title_position
    if place in _MIDDLE and _taken(card.center, span):
        return "top"
    return _RAISED.get(place, place) if _taken(card.low, span) else place


def _taken(spans: tuple[Span, ...], span: Span) -> bool:
    return any(len(each.meet(span)) for each in spans)


def _moment(window: Window) -> tuple[int, int]:
    """Return when the title is shown: from an early beat on, for about two bars, never over a drop."""
    fps = window.fps
    early = [beat.frame for beat in window.beats if _EARLIEST_S * fps <= beat.frame <= _LATEST_S * fps]
    start = early[0] if early else frame_at(_USUAL_S, fps)
    for event in sorted(window.song_map.events, key=lambda each: each.at):
        drop = window.frame(event.at)
        if event.kind == "drop" and window.shows(event.at) and drop > 0 and abs(drop - start) < 2 * fps:
            later = drop + frame_at(_AFTER_DROP_S, fps)
            start = next((beat.frame for beat in window.beats if beat.frame >= later), later)
    bars = [beat.frame for beat in window.beats if beat.position == 1 and beat.frame > start]
    wanted = (bars[1] - bars[0]) / float(fps) * 2 if len(bars) > 1 else 4.0
    length = frame_at(min(max(wanted, _SHORTEST_S), _LONGEST_S), fps)
    latest = window.frames - frame_at(0.3, fps)
    start = min(start, max(latest - length, 0))
    end = max(min(start + length, latest), start + 1)
    return start, _on_beat(window, start, end, latest)


def _on_beat(window: Window, start: int, end: int, latest: int) -> int:
    """Return when words are gone: on the beat next to a frame, unless that would cost or add too much."""
    reach = frame_at(_BEAT_REACH_S, window.fps)
    beats = [beat.frame for beat in window.beats if start < beat.frame <= latest and abs(beat.frame - end) <= reach]
    return min(beats, key=lambda at: abs(at - end), default=end)


def _second(window: Window, start: int, end: int) -> int:
    """Return when the artist joins the title: on its next beat, in a moment where beats are far or unknown."""
    if end - start <= 2 * window.fps:
        return start
    near, far = (start + frame_at(seconds, window.fps) for seconds in (_SECOND_S - 0.15, _SECOND_S + 0.7))
    beats = [beat.frame for beat in window.beats if near <= beat.frame <= far]
    return beats[0] if beats else start + frame_at(_SECOND_S, window.fps)
