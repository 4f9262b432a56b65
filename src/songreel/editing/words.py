"""Words on the picture: put there, changed, moved, restyled, retimed, taken away. No picture beneath changes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from fractions import Fraction

from songreel.base.time import Span, frame_at
from songreel.editing import clips, places, spots
from songreel.editing.ground import Ground
from songreel.editing.refusals import refused
from songreel.model.edit import (
    AddText,
    ChangeText,
    FadeText,
    MoveText,
    RemoveText,
    RestyleText,
    RetimeText,
    Retitle,
    Texts,
)
from songreel.model.edit.text import SIZE_LEAST, SIZE_MOST
from songreel.model.timeline import Clip, Fade, TextRole, TextSource, TextStyle, Timeline
from songreel.visuals.text_designs import DESIGNS

_SHORTEST_S = Fraction(1, 2)
_CAPTION = "plain"
_CARD: tuple[TextRole, ...] = ("title", "artist")


def add(timeline: Timeline, edit: AddText, ground: Ground) -> Timeline:
    """Put words on the picture, once for each stretch, where nothing else is written.

    Refused when they would begin after the video ends, or their design is not there.
    """
    text = lettered(edit.text)
    for span in places.spans(timeline, edit.where):
        span = _long_enough(span, timeline)
        position = edit.position or spots.free(timeline, edit.role, span)
        design = _known(edit.design) or _design(timeline, edit, ground)
        source = TextSource(text=text, role=edit.role, position=position, design=design, style=edit.style)
        fade = _fade(Fade(), len(span), timeline.canvas.fps, edit.fade_in_s, edit.fade_out_s)
        clip = Clip(
            id=clips.free_id(timeline, "t"), name=text, start=span.start, end=span.end, source=source, fade=fade
        )
        timeline = clips.put(timeline, "lyrics" if edit.role == "lyric" else "titles", clip)
        timeline = spots.make_room(timeline, clip)
    return timeline


def change(timeline: Timeline, edit: ChangeText, ground: Ground) -> Timeline:
    """Let words say something else; their time, place and style stay."""
    del ground
    text = lettered(edit.text)
    return _each(timeline, edit.texts, lambda source: source.evolve(text=text))


def move(timeline: Timeline, edit: MoveText, ground: Ground) -> Timeline:
    """Put words in another place; other words that stand there at that time make room."""
    del ground
    moved = _each(timeline, edit.texts, lambda source: source.evolve(position=edit.position))
    for clip in places.texts(moved, edit.texts):
        moved = spots.make_room(moved, clip)
    return moved


def restyle(timeline: Timeline, edit: RestyleText, ground: Ground) -> Timeline:
    """Change how words look; what is not named stays."""
    del ground
    design = _known(edit.design)

    def restyled(source: TextSource) -> TextSource:
        was = source.style
        size = (edit.size or was.size) * (edit.size_by or 1)
        style = TextStyle(
            color=edit.color or was.color,
            size=round(min(max(size, SIZE_LEAST), SIZE_MOST), 4),
            bold=was.bold if edit.bold is None else edit.bold,
            italic=was.italic if edit.italic is None else edit.italic,
            font=edit.font or was.font,
        )
        return source.evolve(style=style, design=design or source.design)

    return _each(timeline, edit.texts, restyled)


def retime(timeline: Timeline, edit: RetimeText, ground: Ground) -> Timeline:
    """Change when words are shown; they go to another track where theirs has no room.

    ::

        titles  | A |             titles      |    A    |
        base    |  1  |  2  |  →  base    |  1  |  2  |
    """
    del ground
    for clip in places.texts(timeline, edit.texts):
        track, _ = clips.find(timeline, clip.id)
        span = _long_enough(_retimed(timeline, clip, edit), timeline)
        fade = clips.fitting(clip.fade, len(span))
        timeline = clips.remove(timeline, {clip.id})
        timeline = clips.put(timeline, track.role, clip.evolve(start=span.start, end=span.end, fade=fade))
    return timeline


def fade(timeline: Timeline, edit: FadeText, ground: Ground) -> Timeline:
    """Let words come and go softly."""
    del ground
    fps = timeline.canvas.fps
    chosen = {clip.id for clip in places.texts(timeline, edit.texts)}
    return clips.change(
        timeline,
        chosen,
        lambda clip: clip.evolve(fade=_fade(clip.fade, clip.end - clip.start, fps, edit.in_s, edit.out_s)),
    )


def remove(timeline: Timeline, edit: RemoveText, ground: Ground) -> Timeline:
    """Take words away; of a place alone, so that what is shown before and after it stays where it can be read."""
    del ground
    chosen = places.texts(timeline, edit.texts)
    gone = places.spans(timeline, edit.where)
    for clip in chosen:
        track, _ = clips.find(timeline, clip.id)
        left = [] if edit.where.everywhere else clips.without(clip.span, gone)
        timeline = clips.remove(timeline, {clip.id})
        for number, span in enumerate(each for each in left if len(each) >= _least(timeline)):
            key = clips.free_id(timeline, "t") if number else clip.id
            fade = clips.fitting(clip.fade, len(span))
            timeline = clips.put(timeline, track.role, clip.evolve(id=key, start=span.start, end=span.end, fade=fade))
    return timeline


def retitle(timeline: Timeline, edit: Retitle, ground: Ground) -> Timeline:
    """Change the project's title, and the words of every title card."""
    cards = Texts(role="title")
    if any(isinstance(clip.source, TextSource) and clip.source.role == "title" for clip in timeline.clips("titles")):
        timeline = change(timeline, ChangeText(texts=cards, text=edit.title), ground)
    return timeline.evolve(title=lettered(edit.title))


def lettered(text: str) -> str:
    """Return words without control characters; refused where nothing is left to read."""
    kept = "".join(
        " " if unicodedata.category(letter) == "Cc" and letter != "\n" else letter for letter in text
    ).strip()
    if not any(letter.isprintable() and not letter.isspace() for letter in kept):
        raise refused("no-letters")
    return kept


def _each(timeline: Timeline, which: Texts, changed: Callable[[TextSource], TextSource]) -> Timeline:
    chosen = {clip.id for clip in places.texts(timeline, which)}

    def one(clip: Clip) -> Clip:
        assert isinstance(clip.source, TextSource)
        source = changed(clip.source)
        return clip.evolve(source=source, name=source.text)

    return clips.change(timeline, chosen, one)


def _retimed(timeline: Timeline, clip: Clip, edit: RetimeText) -> Span:
    fps, last = timeline.canvas.fps, timeline.frames
    if edit.whole:
        return Span(0, last)
    start, end = clip.start, clip.end
    if edit.shift is not None:
        step = frame_at(abs(edit.shift), fps) * (1 if edit.shift > 0 else -1)
        step = min(max(step, -start), last - end)
        start, end = start + step, end + step
    if edit.start is not None:
        began = places.inside(timeline, edit.start, edit.clock)
        end, start = (began + (end - start) if edit.end is None else end), began
    if edit.end is not None:
        end = places.frame(timeline, edit.end, edit.clock)
    if edit.seconds is not None:
        long = frame_at(edit.seconds, fps)
        start, end = (end - long, end) if edit.start is None and edit.end is not None else (start, start + long)
    start, end = max(start, 0), min(end, last)
    if end <= start:
        start = max(min(start, end - frame_at(_SHORTEST_S, fps)), 0)
    return Span(start, max(end, start))


def _long_enough(span: Span, timeline: Timeline) -> Span:
    """Return the span, long enough to be seen: half a second where the video has room for it."""
    least = _least(timeline)
    if len(span) >= least:
        return span
    start = max(min(span.start, timeline.frames - least), 0)
    return Span(start, min(start + least, timeline.frames))


def _least(timeline: Timeline) -> int:
    return max(frame_at(_SHORTEST_S, timeline.canvas.fps), 1)


def _fade(was: Fade, length: int, fps: Fraction, in_s: Fraction | None, out_s: Fraction | None) -> Fade:
    wanted = Fade(
        frames_in=was.frames_in if in_s is None else frame_at(in_s, fps),
        frames_out=was.frames_out if out_s is None else frame_at(out_s, fps),
    )
    return clips.fitting(wanted, length)


def _known(design: str | None) -> str | None:
    if design is not None and design not in DESIGNS:
        raise refused("no-design", name=design, names=", ".join(DESIGNS))
    return design


def _design(timeline: Timeline, edit: AddText, ground: Ground) -> str:
    """Return the design that the same kind of words has already, else the look's for titles."""
    same = _CARD if edit.role in _CARD else (edit.role,)
    for clip in (*timeline.clips("titles"), *timeline.clips("lyrics")):
        if isinstance(clip.source, TextSource) and clip.source.role in same:
            return clip.source.design
    if edit.role in _CARD:
        return ground.crew.dress(timeline, timeline.look).title_design
    return _CAPTION
