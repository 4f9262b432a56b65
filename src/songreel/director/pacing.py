"""Where the video cuts: first how densely, by section, energy, pace and tempo; then on which beats."""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from songreel.base import seed as chance
from songreel.director.window import GridBeat, Passage, Window, nearest_beat
from songreel.editing import marks
from songreel.model.brief import CutRule, Pace
from songreel.model.song_map import Event
from songreel.model.timeline import Mark

SHORTEST_S = 0.35
"""No shot is shorter, unless a cut rule asks for it: faster is a flicker, not a rhythm."""
MOST_SHOTS = 1500
LENGTHS_S: dict[Pace, tuple[float, float]] = {"slow": (11.0, 5.0), "medium": (7.0, 2.2), "fast": (2.2, 0.8)}
"""The length of a shot at no energy and at full energy, in seconds."""
_FILL_CHANCE = 0.6
_FILL_ENERGY = 0.55
_LAST_SHOT_S = 0.8


@dataclass(frozen=True, slots=True)
class Shot:
    """Frames from ``start`` up to ``end`` that show one thing.

    ``opens`` is true on the first shot of a passage, ``drop`` on the one that a drop begins with. ``mark`` is what of
    the song its start is meant for.
    """

    index: int
    start: int
    end: int
    passage: Passage
    opens: bool
    drop: bool
    mark: Mark = "beat"

    @property
    def frames(self) -> int:
        """Return how many frames the shot lasts."""
        return self.end - self.start


def shots(window: Window, pace: Pace, rule: CutRule | None, *, seed: int, lift: float = 0.0) -> tuple[Shot, ...]:
    """Return the shots, back to back over the whole window.

    A cut rule is followed to the letter on the beats that were heard. Otherwise borders of sections and drops
    always cut. ``lift`` adds to the energy of all sections (−1…1).
    """
    drops = {window.frame(event.at) for event in window.song_map.events if event.kind == "drop"}
    ruled = _ruled(window, rule) if rule and window.beats else {}
    cuts = sorted(ruled) if rule and window.beats else _free(window, pace, seed, lift, drops)
    bounds = [0, *(cut for cut in cuts if 0 < cut < window.frames), window.frames]
    starts = [passage.start for passage in window.passages]
    made: list[Shot] = []
    for index, (start, end) in enumerate(itertools.pairwise(bounds)):
        passage = window.passages[max(bisect.bisect_right(starts, start) - 1, 0)]
        drop = any(abs(start - at) <= 1 for at in drops) or (passage.section.label == "drop" and start == passage.start)
        opens = not made or made[-1].passage.index != passage.index
        made.append(Shot(index, start, end, passage, opens, drop and index > 0, ruled.get(start, "beat")))
    return tuple(made)


def beats_in_shot(seconds: float, beat_s: float, meter: int) -> int:
    """Return the musical length nearest to a length in seconds: 1 or 2 beats, or 1, 2, 4, 8… bars."""
    bar = meter or 4
    choices = sorted({1, 2, *(bar * bars for bars in (1, 2, 4, 8, 16, 32, 64))})
    return min(
        (each for each in choices if each <= 2 or each >= bar), key=lambda each: abs(math.log(each * beat_s / seconds))
    )


def too_fast(window: Window, rule: CutRule | None) -> float | None:
    """Return how many seconds half a beat is where a rule asks for a cut on each and they are too close; else None."""
    if rule is None or (rule.unit, rule.every) != ("half", 1):
        return None
    found = _grid(window)
    return found.half_s if found.too_fast else None


def _grid(window: Window) -> marks.Grid:
    def frame_of(seconds: float) -> int:
        return window.frame(seconds) if window.shows(seconds) else -1

    return marks.grid(window.song_map, frame_of, range(window.frames))


def _ruled(window: Window, rule: CutRule) -> dict[int, Mark]:
    """Return the frames of every n-th mark, counted from the first downbeat shown; beats for halves too fast."""
    kept = CutRule(every=1, unit="beat") if too_fast(window, rule) else rule
    return marks.spaced(marks.ruled(_grid(window), kept, window.song_map.meter), window.fps)


def _free(window: Window, pace: Pace, seed: int, lift: float, drops: set[int]) -> list[int]:
    slower = _thinning(window, pace)
    strong = {passage.start for passage in window.passages} | {nearest_beat(window.beats, at) for at in drops}
    weak: set[int] = set()
    for passage in window.passages:
        low, high = LENGTHS_S[pace]
        energy = min(max(passage.energy + lift, 0.0), 1.0)
        seconds = (low + (high - low) * energy) * slower
        inside = [beat for beat in window.beats if passage.start <= beat.frame < passage.end]
        fill = _fills(passage, energy, pace, seed)
        weak |= set(_on_beats(window, inside, seconds, fill=fill)) if len(inside) > 1 else set()
    cuts = _apart(strong, weak, window)
    return _without_gaps(window, cuts, pace, slower)


def _thinning(window: Window, pace: Pace) -> float:
    """Return by how much shots must be longer so that a very long song keeps to `MOST_SHOTS`."""
    return max(1.0, window.seconds / sum(LENGTHS_S[pace]) * 2 / MOST_SHOTS)


def _fills(passage: Passage, energy: float, pace: Pace, seed: int) -> bool:
    if energy < _FILL_ENERGY or pace == "slow":
        return False
    return chance.stream(seed, "fill", passage.section.id).random() < _FILL_CHANCE


def _on_beats(window: Window, beats: Sequence[GridBeat], seconds: float, *, fill: bool) -> Iterator[int]:
    """Yield cuts of one passage: after as many beats as fit the wanted length, long shots on downbeats.

    With ``fill`` every fourth shot is split in two; inside a build-up shots become shorter and shorter.
    """
    meter = window.song_map.meter
    beat_s = (beats[-1].frame - beats[0].frame) / (len(beats) - 1) / float(window.fps)
    usual = beats_in_shot(seconds, beat_s, meter)
    builds = [(window.frame(each.at), window.frame(each.at + each.duration)) for each in _builds(window)]
    count, made = 0, 0
    for beat in beats[1:]:
        count += 1
        want = max(usual // 2, 1) if fill and made % 5 >= 3 else usual
        want = min(want, _while_building(builds, beat.frame, want))
        on_bar = want < (meter or 4) or beat.position in (0, 1)
        if count >= want and on_bar:
            yield beat.frame
            count, made = 0, made + 1


def _while_building(builds: Sequence[tuple[int, int]], frame: int, want: int) -> int:
    for start, end in builds:
        if start < frame <= end:
            left = (end - frame) / max(end - start, 1)
            return max(want // (1 if left > 0.6 else 2 if left > 0.3 else 4), 1)
    return want


def _builds(window: Window) -> Sequence[Event]:
    heard = [event for event in window.song_map.events if event.kind == "build-up" and event.duration > 0]
    labelled = [each.section for each in window.passages if each.section.label == "build"]
    return heard + [
        Event(kind="build-up", at=each.start, strength=each.confidence, duration=each.end - each.start)
        for each in labelled
    ]


def _apart(strong: set[int], weak: set[int], window: Window) -> list[int]:
    """Return the cuts that leave every shot long enough: strong ones first, and no stub at the end."""
    least = math.ceil(SHORTEST_S * window.fps)
    kept = [0, window.frames]
    for cut in [*sorted(strong), *sorted(weak)]:
        place = bisect.bisect_left(kept, cut)
        if 0 < place < len(kept) and cut - kept[place - 1] >= least and kept[place] - cut >= least:
            kept.insert(place, cut)
    last = kept[-2]
    if window.frames - last < _LAST_SHOT_S * window.fps and last not in strong and len(kept) > 2:
        kept.remove(last)
    return kept[1:-1]


def _without_gaps(window: Window, cuts: Sequence[int], pace: Pace, slower: float) -> list[int]:
    """Return the cuts, with more on onsets wherever a stretch has no beats to cut on."""
    longest = int(1.6 * LENGTHS_S[pace][0] * slower * window.fps)
    wanted = int(LENGTHS_S[pace][0] * 0.8 * slower * window.fps)
    bounds = [0, *cuts, window.frames]
    out = list(cuts)
    for start, end in itertools.pairwise(bounds):
        if end - start > longest and not any(start < beat.frame < end for beat in window.beats):
            out += _on_onsets(window.onsets, start, end, wanted)
    return sorted(out)


def _on_onsets(onsets: Sequence[int], start: int, end: int, wanted: int) -> Iterator[int]:
    at = start
    while end - at > 1.5 * wanted:
        aim = at + wanted
        near = onsets[bisect.bisect_left(onsets, at + wanted // 2) : bisect.bisect_right(onsets, aim + wanted // 3)]
        at = min(near, key=lambda onset: abs(onset - aim)) if near else aim
        yield at
