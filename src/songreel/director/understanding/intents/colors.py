"""The palette: which colors there are to be, which not, and which one takes the place of another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from songreel.base.errors import EditRefused
from songreel.director import color, palette
from songreel.director.look import looks
from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.paint import Paint
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import places
from songreel.model import edit as edits
from songreel.model.document import Color
from songreel.model.edit import Where
from songreel.model.timeline import Palette

PICTURES = ("picture", "photo", "shots", "generated", "media")
_CHANGING = frozenset({"change", "swap", "replace", "switch", "换", "换个", "换一个", "换一种", "换一下", "换掉"})
_NEAR_HUE = 0.22
_COLORFUL = 0.05
_SAME_HUE = math.radians(20)
_SHADES = {
    ("brightness", 1): "bright", ("brightness", -1): "dark", ("saturation", 1): "vivid", ("saturation", -1): "muted",
    ("volume", 1): "vivid", ("volume", -1): "muted",
}  # fmt: skip


def read(clause: Clause, talk: Talk, where: Where) -> None:
    """Understand which colors there are to be in a place."""
    found = paint.of(clause)
    tones = [clause.items[at].value("mood") for at in clause.all("mood", "pastel")]
    if clause.all("transition") or (clause.all("effect") and not clause.all("thing", "palette")):
        found = []
    now = _there(talk, where)
    now = next((edit.palette for edit in reversed(talk.edits) if isinstance(edit, edits.SetPalette)), now)
    chosen: Palette | None = None
    removed = clause.has("act", "remove") and not clause.has("act", "add", "change")
    if found and now is not None and (shaded := _shaded(clause, found, now)):
        chosen = shaded
    elif found and not found[0].negated and not removed:
        chosen = _asked(clause, found, now)
    elif found and now is not None:
        chosen = _without(now, found[0].colors[0])
        chosen = palette.toned(chosen, "pastel") if tones else chosen
    elif tones and now is not None:
        chosen = palette.toned(now, "pastel")
    elif now is not None and clause.all("thing", "palette") and _meant(clause):
        chosen = _fresh(now, talk)
    if chosen is None:
        return
    talk.do(edits.SetPalette(palette=chosen, where=where), subject=Subject("palette"))
    clause.take(*(each.at for each in found))
    clause.take_kind("mood", "pastel")
    clause.take_kind("thing", "palette", "picture", "look", "video", "background")
    for kind in ("act", "scene", "color"):
        clause.take_kind(kind)


def _there(talk: Talk, where: Where) -> Palette | None:
    """Return the colors that a place has: those of its first shot that has its own, else those of the video."""
    timeline = talk.situation.timeline
    if timeline is None or where.everywhere:
        return timeline.palette if timeline else None
    try:
        shots = places.shots(timeline, where)
    except EditRefused:
        return timeline.palette
    return next((clip.palette for clip in shots if clip.palette), timeline.palette)


def _asked(clause: Clause, found: Sequence[Paint], now: Palette | None) -> Palette:
    """Return the colors asked for; what is added or wanted more of joins the strongest of those there."""
    plain = [each for each in found if not each.feeling]
    pair = _exchanged(clause, plain) if now is not None else None
    if pair is not None and now is not None:
        return palette.exchanged(now, *pair) or palette.around([pair[1], *_strongest(now, pair[0])[:1]])
    asked = [each.colors[0] for each in plain] or [each for one in found for each in one.colors]
    added = any(item.has("act", "add") and not item.has("word", "desires") for item in clause.items)
    joins = added or clause.has("measure", "bit") or clause.has("degree", "+")
    if joins and now is not None and not clause.has("act", "change") and len(asked) <= 2:
        return palette.around([*asked, *_strongest(now)[:2]])
    return palette.around(asked)


def _strongest(now: Palette, unlike: Color | None = None) -> list[Color]:
    """Return the colors of a palette, the strongest first; none near to ``unlike``, nor grey ones beside it."""
    kept = [each for each in now if unlike is None or color.distance(each, unlike) > _NEAR_HUE]
    kept = [each for each in kept if unlike is None or color.tint(each).chroma > _COLORFUL]
    return sorted(kept, key=lambda each: -color.tint(each).chroma)


def _exchanged(clause: Clause, plain: Sequence[Paint]) -> tuple[Color, Color] | None:
    """Return the color that goes and the one that comes: ``swap the orange for green``, ``把红色换成蓝色``."""
    instead = [each for each in paint.unwanted(clause) if clause.items[each.at].contrast]
    if len(instead) == 1 and len(plain) == 1:
        # ``green instead of orange``
        return instead[0].colors[0], plain[0].colors[0]
    for one, other in pairwise(plain):
        between = clause.items[one.at + 1 : other.at]
        led = any(item.has("word", "into", "for") or item.has("act", "change") for item in between)
        if led and clause.has("act", "change", "substitute"):
            return one.colors[0], other.colors[0]
    return None


def _shaded(clause: Clause, found: Sequence[Paint], now: Palette) -> Palette | None:
    """Return the palette with one of its colors in another shade: ``the red should be darker``, ``红色再深一点``."""
    if len(found) != 1 or found[0].feeling or clause.all("thing"):
        return None
    at, old = found[0].at, found[0].colors[0]
    grown = degrees.of(clause, ("brightness", "saturation", "volume"))
    grown = [each for each in grown if _of_color(clause, at, each.at)]
    shades = [_SHADES[each.quality, each.sign] for each in grown] or _shades_behind(clause, at)
    if not shades:
        # ``use a deeper red``
        compared = at > 0 and clause.items[at - 1].said.lower().endswith("er")
        return palette.exchanged(now, old, old) if compared else None
    shade = shades[-1]
    there = min(now, key=lambda each: color.distance(each, old))
    chosen = palette.exchanged(now, old, palette.toned((there,) * 5, shade)[0])
    clause.take(*(each.at for each in grown)) if chosen else None
    clause.take_kind("mood") if chosen else None
    return chosen


def _shades_behind(clause: Clause, at: int) -> list[str]:
    """Return the shades that are said of a color behind it: ``红色再深一点``, ``that green should be pale``."""
    behind = (place for kind in ("shade", "mood") for place in clause.all(kind) if _of_color(clause, at, place))
    said = (clause.items[place].value("shade") or clause.items[place].value("mood") for place in behind)
    return [shade for shade in said if shade in palette.TONES]


def _of_color(clause: Clause, at: int, degree: int) -> bool:
    """Tell whether a degree is that of a color: ``the red should be darker``, ``红色再深一点``."""
    before = clause.items[at - 1].said.lower() if at else ""
    led = before in ("the", "that", "this", "those") or not clause.items[at].said.isascii()
    between = clause.items[at + 1 : degree]
    return degree > at and led and not any(item.mark or item.has("act", "change", "add") for item in between)


def _without(now: Palette, unwanted: Color) -> Palette:
    kept = [each for each in now if not _akin(each, unwanted)]
    if len(kept) == len(now):
        return now
    colorful = [each for each in kept if color.tint(each).chroma >= _COLORFUL]
    return palette.around(colorful or kept or ["#7f858d"])


def _akin(one: Color, other: Color) -> bool:
    """Tell whether two colors go by one name: near to the eye, or a darker and a lighter shade of one hue."""
    tints = color.tint(one), color.tint(other)
    if min(each.chroma for each in tints) < _COLORFUL:
        return False
    apart = abs(tints[0].hue - tints[1].hue) % math.tau
    return color.distance(one, other) <= _NEAR_HUE or min(apart, math.tau - apart) < _SAME_HUE


def _meant(clause: Clause) -> bool:
    """Tell whether other colors are asked for, and not other pictures: ``these colors are right, swap the visuals``."""
    found = [at for at, item in enumerate(clause.items) if changes(item) or item.has("word", "ugly", "dislike")]
    if not found:
        return False
    named = clause.all("thing", "palette", *PICTURES)
    after = [at for at in named if at > found[0]]
    meant = after[0] if after else named[-1]
    while meant + 1 in named or (meant + 2 in named and clause.items[meant + 1].said == "的"):
        # What is meant stands last: ``the picture colors``, ``画面的颜色``.
        meant += 1 if meant + 1 in named else 2
    same = any(item.has("reference", "same") for item in clause.items[max(meant - 2, 0) : meant])
    kept = any(item.has("act", "hold", "keep") for item in clause.items[found[0] : meant])
    return clause.items[meant].has("thing", "palette") and not (same or kept)


def changes(item: Item) -> bool:
    """Tell whether a word asks for another of something."""
    return item.has("word", "another") or item.said.lower() in _CHANGING


def _fresh(now: Palette, talk: Talk) -> Palette:
    """Return the palette of another look: the next by name after the one there, so that asking again goes on."""
    names = list(looks())
    timeline = talk.situation.timeline
    start = names.index(timeline.look) if timeline and timeline.look in names else 0
    order = [looks()[names[(start + step) % len(names)]].palette for step in range(1, len(names) + 1)]
    return next((each for each in order if each != now and color.tint(each[2]).chroma > _COLORFUL), order[0])
