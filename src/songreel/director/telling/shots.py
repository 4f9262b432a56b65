"""What changed in the pictures: cuts, what is shown, effects, transitions, colors."""

from __future__ import annotations

import bisect
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from songreel.base.time import seconds_at
from songreel.director.shooting import key
from songreel.director.telling.speaker import Speaker, Stretch, together
from songreel.model.document import AssetId
from songreel.model.timeline import Clip, Grade, Palette, SceneSource, Timeline

_SAME_S = 0.06
_SHORT_S = 0.5
_FEW = 3
_ALL_OVER = 0.9
_HALF = 0.75
"""Beats that a shot of half a beat lasts at most."""
_GRADES = (("brightness", 100, 0), ("contrast", 100, 100), ("saturation", 100, 100), ("warmth", 100, 0))


@dataclass(frozen=True)
class Both:
    """A video before and after a change, and what media are called."""

    before: Timeline
    after: Timeline
    names: dict[AssetId, str]

    @cached_property
    def shown_before(self) -> tuple[list[float], tuple[Clip, ...]]:
        """Return when the shots of the video before ended, in seconds, and the shots."""
        clips = self.before.clips("base")
        return [stretch(clip, self.before)[1] for clip in clips], clips

    @cached_property
    def moved(self) -> float:
        """Return by how many seconds of the song the video begins later than before."""
        return float(self.after.song_start() - self.before.song_start())


def told(both: Both, speaker: Speaker) -> Iterator[str]:
    """Yield what changed in the pictures, a sentence each."""
    cuts = list(_cuts(both, speaker))
    yield from cuts
    yield from _look(both, speaker)
    yield from _shown(both, speaker, recut=bool(cuts))
    yield from _colors(both, speaker)
    if both.after.look == both.before.look:
        yield from _effects(both, speaker)
        yield from _transitions(both, speaker, recut=bool(cuts))
    yield from _fades(both, speaker)


def stretch(clip: Clip, timeline: Timeline) -> Stretch:
    """Return when a clip is shown, in seconds."""
    fps = timeline.canvas.fps
    return float(seconds_at(clip.start, fps)), float(seconds_at(clip.end, fps))


def _cuts(both: Both, speaker: Speaker) -> Iterator[str]:
    was, now = ([stretch(clip, each)[0] for clip in each.clips("base")[1:]] for each in (both.before, both.after))
    was = [at - both.moved for at in was]
    gone, come = _missing(was, now), _missing(now, was)
    if not gone and not come:
        return
    usual = [_usual(each) for each in (both.after, both.before)]
    lengths = [speaker.seconds(each, places=2 if each < _SHORT_S else 1) for each in usual]
    trimmed = abs(_lasts(both.before) - _lasts(both.after)) > _SAME_S
    edges = [at for at in (*gone, *come) if -_SAME_S <= at <= _lasts(both.after)]
    where = "" if trimmed or not edges else _around(edges, both, speaker)
    numbers = [len(each.clips("base")) for each in (both.after, both.before)]
    kind = "cuts" if numbers[0] != numbers[1] else "cuts-moved"
    told = speaker.say(kind, now=speaker.count("shot", numbers[0]), was=str(numbers[1]), where=where)
    lasting = speaker.say("shot-length", now=lengths[0], was=lengths[1]) if lengths[0] != lengths[1] else ""
    halves = on_halves(both.after, speaker, come=come, told=where)
    yield speaker.sentence_end().join(part for part in (told, lasting, halves) if part)


def on_halves(timeline: Timeline, speaker: Speaker, *, come: Sequence[float] | None = None, told: str = "") -> str:
    """Return what is on half-beats: a cut on each of them, on the offbeats alone, or on some; nothing if none is.

    ``come`` are the cuts that are spoken of, in seconds; None is all. ``told`` is the place that was told already.
    """
    base = timeline.clips("base")
    found = [
        (before, clip, after)
        for before, clip, after in zip(base, base[1:], [*base[2:], None], strict=False)
        if clip.mark == "half" and (come is None or not _missing([stretch(clip, timeline)[0]], come))
    ]
    if not found:
        return ""
    bpm = speaker.song_map.bpm if speaker.song_map else 0
    each = bool(bpm) and all(_length(before, timeline) < _HALF * 60 / bpm for before, _, _ in found)
    there = together([stretch(clip, timeline) for pair in found for clip in (pair[:2] if each else pair[1:2])])
    all_over = not told and there[-1][1] - there[0][0] > _ALL_OVER * _lasts(timeline)
    shown = speaker.place([(there[0][0], there[-1][1])] if not each and len(there) > _FEW else there)
    where = "" if all_over or shown == told else shown
    if each:
        return speaker.say("halves", where=where)
    if 2 * sum(after is None or after.mark == "half" for _, _, after in found) > len(found):
        return speaker.say("offbeats", where=where)
    return speaker.say("some-halves", cuts=speaker.count("cut", len(found)), where=where)


def _length(clip: Clip, timeline: Timeline) -> float:
    start, end = stretch(clip, timeline)
    return end - start


def _around(edges: Sequence[float], both: Both, speaker: Speaker) -> str:
    """Return where cuts changed: the shots that they parted, one by one or from the first to the last of them."""
    bounds = sorted({0.0, _lasts(both.after), *(stretch(clip, both.before)[0] for clip in both.before.clips("base"))})
    found = []
    for at in edges:
        start = max((bound for bound in bounds if bound < at - _SAME_S), default=0.0)
        found.append((start, min((bound for bound in bounds if bound > at + _SAME_S), default=_lasts(both.after))))
    joined = together(found)
    return speaker.place(joined if len(joined) <= _FEW else [(joined[0][0], joined[-1][1])])


def _look(both: Both, speaker: Speaker) -> Iterator[str]:
    if both.after.look != both.before.look:
        yield speaker.say(
            "look", was=speaker.drawn("look", both.before.look), now=speaker.drawn("look", both.after.look)
        )


def _shown(both: Both, speaker: Speaker, *, recut: bool) -> Iterator[str]:
    was = {name for clip in both.before.clips("base") if (name := _called(clip, both, speaker))}
    changed = [clip for clip in both.after.clips("base") if _other(clip, both)]
    now = [_called(clip, both, speaker) for clip in changed]
    come = [name for name in now if name not in was]
    gone = was - {_called(clip, both, speaker) for clip in both.after.clips("base")}
    if changed and (come or not recut):
        where = speaker.place([stretch(clip, both.after) for clip in changed])
        shots = speaker.count("shot", len(changed))
        yield speaker.say("pictures", shots=shots, where=where, now=speaker.listed(now))
    if changed and gone:
        yield speaker.say("gone-pictures", gone=speaker.listed(sorted(gone)))
    if not changed and not recut and _reframed(both):
        yield speaker.say("framed")


def _other(clip: Clip, both: Both) -> bool:
    """Tell whether another picture was shown when this shot is."""
    start, end = stretch(clip, both.after)
    middle = (start + end) / 2 + both.moved
    ends, clips = both.shown_before
    place = bisect.bisect_right(ends, middle)
    if middle < 0 or place == len(clips):
        return True
    before = clips[place]
    if key(before.source) != key(clip.source):
        return True
    same = before.start == clip.start and before.end == clip.end and isinstance(clip.source, SceneSource)
    return same and before.source != clip.source


def _reframed(both: Both) -> bool:
    if both.before.canvas != both.after.canvas:
        return False
    was = {clip.id: clip.source for clip in both.before.clips("base")}
    return any(clip.id in was and was[clip.id] != clip.source for clip in both.after.clips("base"))


def _called(clip: Clip, both: Both, speaker: Speaker) -> str:
    if isinstance(clip.source, SceneSource):
        return speaker.drawn("scene", clip.source.scene) if ":" not in clip.source.scene else clip.name
    return both.names.get(key(clip.source), clip.name)


def _colors(both: Both, speaker: Speaker) -> Iterator[str]:
    if both.before.palette != both.after.palette:
        names = [speaker.color_name(each) for each in both.after.palette]
        old = [speaker.color_name(each) for each in both.before.palette]
        yield speaker.say("palette", now=_plain(speaker, names), was=_plain(speaker, old), where="")
    yield from _palettes(both, speaker)
    yield from _graded(both.before.grade, both.after.grade, "", speaker)
    was = {clip.id: clip.grade for clip in both.before.clips("base")}
    found: dict[tuple[Grade, Grade], list[Stretch]] = {}
    for clip in both.after.clips("base"):
        if clip.id in was and was[clip.id] != clip.grade:
            pair = (was[clip.id] or both.before.grade, clip.grade or both.after.grade)
            found.setdefault(pair, []).append(stretch(clip, both.after))
    for (old_grade, new_grade), there in found.items():
        yield from _graded(old_grade, new_grade, speaker.place(there), speaker)


def _palettes(both: Both, speaker: Speaker) -> Iterator[str]:
    """Yield which shots have other colors than before, where the rest of the video keeps its own."""
    was = {clip.id: clip.palette for clip in both.before.clips("base")}
    found: dict[tuple[Palette, Palette], list[Stretch]] = {}
    for clip in both.after.clips("base"):
        if clip.id in was and was[clip.id] != clip.palette:
            pair = was[clip.id] or both.before.palette, clip.palette or both.after.palette
            found.setdefault(pair, []).append(stretch(clip, both.after))
    for (old, new), there in found.items():
        if both.before.palette == both.after.palette or new != both.after.palette:
            names = [_plain(speaker, [speaker.color_name(each) for each in one]) for one in (new, old)]
            yield speaker.say("palette", now=names[0], was=names[1], where=speaker.place(there))


def _plain(speaker: Speaker, names: Sequence[str]) -> str:
    comma: str = speaker.word("lists", "comma")
    return comma.join(dict.fromkeys(names))


def _graded(was: Grade, now: Grade, where: str, speaker: Speaker) -> Iterator[str]:
    for name, scale, zero in _GRADES:
        old, new = (round(getattr(each, name) * scale - zero) for each in (was, now))
        if old != new:
            measure = speaker.word("grades", name)
            yield speaker.say("grade", name=measure, was=_signed(old), now=_signed(new), where=where)


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"


def _effects(both: Both, speaker: Speaker) -> Iterator[str]:
    was = {clip.id: {each.name: each.amount for each in clip.effects} for clip in both.before.clips("base")}
    found: dict[tuple[str, float, float], list[Stretch]] = {}
    for clip in both.after.clips("base"):
        if clip.id not in was:
            continue
        now = {each.name: each.amount for each in clip.effects}
        for name in sorted({*now, *was[clip.id]}):
            pair = (was[clip.id].get(name, 0.0), now.get(name, 0.0))
            if pair[0] != pair[1]:
                found.setdefault((name, *pair), []).append(stretch(clip, both.after))
    for name in dict.fromkeys(each[0] for each in found):
        mine = {each[1:]: there for each, there in found.items() if each[0] == name}
        where = speaker.place([one for there in mine.values() for one in there])
        olds, news = ({pair[side] for pair in mine} for side in (0, 1))
        kind = "effect-gone" if news == {0.0} else "effect-new" if olds == {0.0} else "effect"
        facts = {"was": _amounts(olds), "now": _amounts(news), "where": where}
        yield speaker.say(kind, name=speaker.drawn("effect", name), **facts)


def _amounts(amounts: set[float]) -> str:
    low, high = round(100 * min(amounts)), round(100 * max(amounts))
    return f"{low}%" if low == high else f"{low}–{high}%"


def _transitions(both: Both, speaker: Speaker, *, recut: bool) -> Iterator[str]:
    was = {clip.id: _way(clip, both.before) for clip in both.before.clips("base")}
    changed = [
        clip
        for clip in both.after.clips("base")[1:]
        if clip.id in was and _differ(was[clip.id], _way(clip, both.after))
    ]
    named = Counter(clip.transition.name for clip in changed)
    if recut:
        yield from _other_way(both, speaker)
        return
    if not changed:
        return
    for name, number in named.most_common(2):
        there = [stretch(clip, both.after) for clip in changed if clip.transition.name == name]
        frames = [clip.transition.frames for clip in changed if clip.transition.name == name]
        seconds = speaker.seconds(seconds_at(round(statistics.median(frames)), both.after.canvas.fps))
        where = "" if number == len(both.after.clips("base")) - 1 else speaker.place(there)
        cuts = speaker.count("cut", number)
        if name == "cut":
            yield speaker.say("transition-cut", cuts=cuts, where=where)
        else:
            yield speaker.say(
                "transition", name=speaker.drawn("transition", name), cuts=cuts, where=where, seconds=seconds
            )


def _other_way(both: Both, speaker: Speaker) -> Iterator[str]:
    """Yield how most shots come in after new cuts, where most came in otherwise before."""
    ways = [Counter(clip.transition.name for clip in each.clips("base")[1:]) for each in (both.before, both.after)]
    tops = [way.most_common(1)[0] if way else ("cut", 0) for way in ways]
    name, number = tops[1]
    if name == tops[0][0] or 2 * number <= sum(ways[1].values()):
        return
    cuts = speaker.count("cut", number)
    if name == "cut":
        yield speaker.say("transition-cut", cuts=cuts, where="")
        return
    frames = [clip.transition.frames for clip in both.after.clips("base")[1:] if clip.transition.name == name]
    seconds = speaker.seconds(seconds_at(round(statistics.median(frames)), both.after.canvas.fps))
    yield speaker.say("transition", name=speaker.drawn("transition", name), cuts=cuts, where="", seconds=seconds)


def _way(clip: Clip, timeline: Timeline) -> tuple[str, float]:
    return clip.transition.name, float(seconds_at(clip.transition.frames, timeline.canvas.fps))


def _differ(was: tuple[str, float], now: tuple[str, float]) -> bool:
    return was[0] != now[0] or abs(was[1] - now[1]) > _SAME_S


def _fades(both: Both, speaker: Speaker) -> Iterator[str]:
    was, now = both.before.clips("base"), both.after.clips("base")
    pairs = (
        ("picture-in", was[0].fade.frames_in, now[0].fade.frames_in),
        ("picture-out", was[-1].fade.frames_out, now[-1].fade.frames_out),
    )
    for kind, old, new in pairs:
        lengths = seconds_at(old, both.before.canvas.fps), seconds_at(new, both.after.canvas.fps)
        if abs(lengths[0] - lengths[1]) > _SAME_S:
            ended = kind if lengths[1] else f"{kind}-gone"
            yield speaker.say(ended, was=speaker.seconds(lengths[0]), now=speaker.seconds(lengths[1]))


def _missing(these: Sequence[float], those: Sequence[float]) -> list[float]:
    """Return which of these moments are not among those; both are in order."""
    missing = []
    for at in these:
        place = bisect.bisect_left(those, at - _SAME_S)
        if place == len(those) or those[place] > at + _SAME_S:
            missing.append(at)
    return missing


def _usual(timeline: Timeline) -> float:
    frames = statistics.median(clip.end - clip.start for clip in timeline.clips("base"))
    return float(frames / timeline.canvas.fps)


def _lasts(timeline: Timeline) -> float:
    return float(seconds_at(timeline.frames, timeline.canvas.fps))
