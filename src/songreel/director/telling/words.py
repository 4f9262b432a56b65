"""What changed in what is laid over the pictures: words, the visualizer, logos, footage in a corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songreel.base.time import seconds_at
from songreel.director.telling.shots import Both, stretch
from songreel.director.telling.speaker import Speaker, clock
from songreel.editing import boxes
from songreel.model.timeline import (
    Clip,
    InsetSource,
    PictureSource,
    Place,
    TextSource,
    Timeline,
    TrackRole,
    VisualizerSource,
)
from songreel.visuals import visualizers

_SAME_S = 0.06
_MOST = 4


def told(both: Both, speaker: Speaker) -> Iterator[str]:
    """Yield what changed in words and what else is laid over, a sentence each."""
    yield from _texts(both, speaker)
    yield from _visualizer(both, speaker)
    yield from _overlays(both, speaker)


def _texts(both: Both, speaker: Speaker) -> Iterator[str]:
    was, now = _words(both.before), _words(both.after)
    gone = [clip for key, clip in was.items() if key not in now]
    come = [clip for key, clip in now.items() if key not in was]
    if gone:
        yield speaker.say("text-gone", texts=speaker.listed(f"“{_source(clip).text}”" for clip in gone))
    if len(come) > _MOST:
        first, last = come[0], come[-1]
        yield speaker.say(
            "texts-new",
            lines=speaker.count("line", len(come)),
            start=clock(stretch(first, both.after)[0]),
            end=clock(stretch(last, both.after)[1]),
        )
        come = []
    for clip in come:
        source = _source(clip)
        yield speaker.say(
            "text-new",
            role=speaker.word("roles", source.role),
            text=source.text,
            start=clock(stretch(clip, both.after)[0]),
            end=clock(stretch(clip, both.after)[1]),
            position=speaker.word("positions", source.position),
        )
    for key, clip in now.items():
        if key in was:
            yield from _text(was[key], clip, both, speaker)


def _text(was: Clip, now: Clip, both: Both, speaker: Speaker) -> Iterator[str]:
    old, new = _source(was), _source(now)
    text = new.text
    if old.text != new.text:
        yield speaker.say("text", role=speaker.word("roles", new.role), was=old.text, now=text)
    if old.position != new.position:
        places = (speaker.word("positions", each.position) for each in (old, new))
        yield speaker.say("text-moved", text=text, **dict(zip(("was", "now"), places, strict=True)))
    yield from _styled(old, new, speaker)
    began, ended = stretch(was, both.before), stretch(now, both.after)
    if any(abs(a - b) > _SAME_S for a, b in zip(began, ended, strict=True)):
        yield speaker.say(
            "text-timed",
            text=text,
            start=clock(ended[0]),
            end=clock(ended[1]),
            old_start=clock(began[0]),
            old_end=clock(began[1]),
        )
    fades = [
        tuple(seconds_at(frames, each.canvas.fps) for frames in (clip.fade.frames_in, clip.fade.frames_out))
        for clip, each in ((was, both.before), (now, both.after))
    ]
    if any(abs(a - b) > _SAME_S for a, b in zip(*fades, strict=True)):
        yield speaker.say("text-fade", text=text, begin=speaker.seconds(fades[1][0]), end=speaker.seconds(fades[1][1]))


def _styled(old: TextSource, new: TextSource, speaker: Speaker) -> Iterator[str]:
    was, now, text = old.style, new.style, new.text
    if was.size != now.size:
        yield speaker.say("text-size", text=text, was=f"{was.size:.0%}", now=f"{now.size:.0%}")
    if was.color != now.color:
        own = speaker.word("names", "look-color")
        before = speaker.color_name(was.color) if was.color else own
        yield speaker.say("text-color", text=text, was=before, now=speaker.color(now.color) if now.color else own)
    if old.design != new.design:
        designs = (speaker.drawn("design", each.design) for each in (old, new))
        yield speaker.say("text-design", text=text, **dict(zip(("was", "now"), designs, strict=True)))
    if was.font != now.font and now.font:
        yield speaker.say("text-font", text=text, now=now.font)
    for name in ("bold", "italic"):
        if getattr(was, name) != getattr(now, name):
            yield speaker.say(f"text-{name}" if getattr(now, name) else f"text-not-{name}", text=text)


def _visualizer(both: Both, speaker: Speaker) -> Iterator[str]:
    was, now = both.before.clips("visualizer"), both.after.clips("visualizer")
    if not was and not now:
        return
    if not now:
        yield speaker.say("visualizer-gone")
        return
    new = now[0].source
    assert isinstance(new, VisualizerSource)
    design, where = speaker.drawn("visualizer", new.design), speaker.place(_spans(now, both.after))
    position = speaker.word("positions", boxes.position_of(new.place))
    if not was:
        yield speaker.say("visualizer-new", design=design, position=position, where=where)
        yield from _empty(new, speaker)
        return
    old = was[0].source
    assert isinstance(old, VisualizerSource)
    if old.design != new.design:
        yield speaker.say("visualizer", was=speaker.drawn("visualizer", old.design), now=design)
        yield from _empty(new, speaker)
    if old.color != new.color and both.before.palette == both.after.palette:
        yield speaker.say("visualizer-color", was=speaker.color(old.color), now=speaker.color(new.color))
    if both.before.canvas == both.after.canvas and old.place != new.place and old.design == new.design:
        yield speaker.say("visualizer-placed", position=position, size=f"{new.place.height / old.place.height:.0%}")
    if old.opacity != new.opacity:
        yield speaker.say("visualizer-opacity", was=f"{old.opacity:.0%}", now=f"{new.opacity:.0%}")
    if _retimed(was, now, both):
        yield speaker.say("visualizer-timed", where=where or speaker.word("names", "throughout"))


def _empty(source: VisualizerSource, speaker: Speaker) -> Iterator[str]:
    if visualizers.find(source.design).hole and source.picture is None:
        yield speaker.say("visualizer-empty")


def _overlays(both: Both, speaker: Speaker) -> Iterator[str]:
    was, now = _by_file(both.before), _by_file(both.after)
    for asset, clips in was.items():
        if asset not in now:
            yield speaker.say("overlay-gone", name=both.names.get(asset, clips[0].name))
    for asset, clips in now.items():
        yield from _laid(was.get(asset, []), clips, both, speaker)


def _laid(was: Sequence[Clip], now: Sequence[Clip], both: Both, speaker: Speaker) -> Iterator[str]:
    """Yield what changed in how one file lies over the frame."""
    shown = now[0].source
    assert isinstance(shown, PictureSource | InsetSource)
    name = both.names.get(shown.asset, now[0].name)
    position = speaker.word("positions", boxes.position_of(shown.place))
    where = speaker.place([stretch(clip, both.after) for clip in now])
    if not was:
        yield speaker.say("overlay-new", name=name, position=position, where=where)
        return
    (place, opacity), same = _seen(was[0]), both.before.canvas == both.after.canvas
    if place != shown.place and same:
        yield speaker.say("overlay", name=name, position=position, size=f"{shown.place.width:.0%}")
    if opacity != shown.opacity:
        yield speaker.say("overlay-opacity", name=name, was=f"{opacity:.0%}", now=f"{shown.opacity:.0%}")
    if _retimed(was, now, both):
        yield speaker.say("overlay-timed", name=name, where=where or speaker.word("names", "throughout"))


def _seen(clip: Clip) -> tuple[Place, float]:
    assert isinstance(clip.source, PictureSource | InsetSource)
    return clip.source.place, clip.source.opacity


def _by_file(timeline: Timeline) -> dict[str, list[Clip]]:
    found: dict[str, list[Clip]] = {}
    for clip in timeline.clips("overlay"):
        found.setdefault(_asset(clip), []).append(clip)
    return found


def _retimed(was: Sequence[Clip], now: Sequence[Clip], both: Both) -> bool:
    if both.before.frames != both.after.frames or both.before.canvas.fps != both.after.canvas.fps:
        return False
    return sorted((clip.start, clip.end) for clip in was) != sorted((clip.start, clip.end) for clip in now)


def _spans(clips: Sequence[Clip], timeline: Timeline) -> list[tuple[float, float]]:
    return [stretch(clip, timeline) for clip in clips]


def _words(timeline: Timeline) -> dict[str, Clip]:
    every = {**_by_id(timeline, "titles"), **_by_id(timeline, "lyrics")}
    found = {key: clip for key, clip in every.items() if isinstance(clip.source, TextSource)}
    return dict(sorted(found.items(), key=lambda pair: pair[1].start))


def _by_id(timeline: Timeline, role: TrackRole) -> dict[str, Clip]:
    return {clip.id: clip for clip in timeline.clips(role)}


def _source(clip: Clip) -> TextSource:
    assert isinstance(clip.source, TextSource)
    return clip.source


def _asset(clip: Clip) -> str:
    return getattr(clip.source, "asset", "")
