"""The picture's shape, size and rate."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits

_RATIOS = {"vertical": "9:16", "wide": "16:9", "square": "1:1"}
_OTHER = {"vertical": "wide", "wide": "vertical", "square": "wide"}
_SIDES = {"4k": 2160, "2k": 1440, "usual": 1080, "preview": 540}
_DECIMAL = {"2.35": "2.35:1", "2.39": "2.39:1", "2.4": "2.39:1", "1.85": "1.85:1", "1.78": "16:9", "1.33": "4:3"}
_USUAL_RATES = (24, 60)
"""Rates that fewer or more frames are taken to mean."""
_RATES = (24, 25, 30, 48, 50, 60, 120)
_BROADCAST = {
    Fraction("23.976"): Fraction(24000, 1001),
    Fraction("23.98"): Fraction(24000, 1001),
    Fraction("29.97"): Fraction(30000, 1001),
    Fraction("59.94"): Fraction(60000, 1001),
}
"""Rates of broadcast as they are written."""
_FASTEST, _FINEST = 120, 4320
_SUBJECT = Subject("canvas")
_OF_THE_SONG = ("begin", "finish", "trim", "only", "mute")


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of the picture's format."""
    said: dict[str, object] = {}
    if _only_likened(clause, talk):
        talk.heard += 1
        clause.take_all()
        return
    likened = _likened(clause)
    _shape(clause, said, talk)
    if (rate := _rate(clause, talk)) is not None:
        said["fps"] = rate
    if (side := _side(clause, talk)) is not None:
        said["short_side"] = side
    if sizes := [item.size for at, item in enumerate(clause.items) if item.size and at not in clause.used]:
        # ``set the canvas to 1080x1350`` names the frame, not the loop of Spotify's.
        said = {name: value for name, value in said.items() if value != "canvas"}
        said["width"], said["height"] = (min(max(2 * (each // 2), 16), 7680) for each in sizes[0])
    if not said:
        return
    shaped = any(isinstance(each, edits.SetCanvas) and each.ratio for each in talk.edits)
    if "preset" in said and shaped and not clause.has("word", "instead"):
        # ``square, for Instagram`` is a square.
        talk.heard += 1
        clause.take_kind("platform")
        return
    if "ratio" in said or "preset" in said:
        talk.edits = [each for each in talk.edits if not (isinstance(each, edits.SetCanvas) and each.ratio)]
    talk.do(edits.SetCanvas(**said), subject=_SUBJECT)
    for kind in ("shape", "ratio", "platform", "quality", "rate"):
        clause.take_kind(kind)
    # ``a 4:5 version that starts at the chorus`` says of the song where it begins.
    clause.take(*(at for at in clause.all("act") if not clause.items[at].has("act", *_OF_THE_SONG)))
    clause.take_kind("thing", "format", "video", "rate", "picture")
    clause.take_kind("dimension", "size", "resolution")
    clause.take_kind("reference", "other-way", "sideways")
    # ``24 frames, like a movie``, ``cinema ratio`` and ``smooth 60 fps`` only liken.
    clause.take(*likened)
    if "fps" in said:
        clause.take_kind("word", "fluid")
    clause.take(*(at for at, item in enumerate(clause.items) if item.ratio or item.size or _of_canvas(item)))


def _of_canvas(item: Item) -> bool:
    return item.quantity is not None and item.quantity.unit not in ("second", "beat", "bar")


def _likened(clause: Clause) -> list[int]:
    """Return where looks and effects stand that a format is only likened to: ``4:3 like an old tv``."""
    formed = clause.all("thing", "format")
    alike = [
        at for at in clause.all("effect") if formed or any(_likens(item) for item in clause.items[max(at - 2, 0) : at])
    ]
    before = [clause.items[at - 1] for at in clause.all("look") if at]
    looks = clause.all("thing", "format", "rate") or any(_likens(item) or item.said.lower() == "a" for item in before)
    return alike + (clause.all("look") if looks else [])


def _likens(item: Item) -> bool:
    return item.has("word", "like") or item.said.lower() in ("like", "像")


def _only_likened(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only likens a format that was asked for: ``24 frames, like a movie``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("word", "like"))]
    formed = any(isinstance(edit, edits.SetCanvas) for edit in talk.edits)
    likens = any(item.said.lower() in ("like", "像", "跟") for item in clause.items)
    return formed and likens and bool(said) and all(item.has("look") or item.has("word", "complaint") for item in said)


def _shape(clause: Clause, said: dict[str, object], talk: Talk) -> None:
    ratios = [item for at, item in enumerate(clause.items) if item.ratio and at not in clause.used]
    wanted = [item for item in ratios if not item.negated]
    named = [clause.items[at].value("ratio") for at in clause.all("ratio") if not clause.items[at].negated]
    shapes = [clause.items[at] for at in clause.all("shape")]
    platforms = [clause.items[at] for at in clause.all("platform") if not clause.items[at].negated]
    # ``too short`` and ``like early instagram`` name no platform.
    platforms = [] if talk.edits and any(item.has("word", "like") for item in clause.items) else platforms
    platforms = [item for item in platforms if not (item.has("degree") and item.said.lower() == "short")]
    kept = [item for item in shapes if not item.negated]
    if clause.has("measure", "too") and degrees.of(clause, ("brightness", "contrast", "saturation")):
        # ``for a phone screen it is too dark``
        shapes, kept, platforms = [], [], []
    bare = [str(float(pair[1].value)) for pair in degrees.amounts(clause, "")] if clause.all("thing", "format") else []
    if wanted:
        said["ratio"] = wanted[-1].ratio
    elif wide := [_DECIMAL[each] for each in bare if each in _DECIMAL]:
        said["ratio"] = wide[-1]
    elif named:
        said["ratio"] = named[-1]
    elif kept:
        shape = kept[-1].value("shape") or ""
        said["ratio"] = _RATIOS[shape]
        preset = platforms[-1].value("platform") if platforms else None
        if preset in ("tiktok", "reels", "shorts") and shape == "vertical":
            said["preset"] = preset
            said.pop("ratio")
    elif platforms:
        said["preset"] = platforms[-1].value("platform")
    elif shapes:
        said["ratio"] = _RATIOS[_OTHER[shapes[-1].value("shape") or "wide"]]
    elif turned := _turned(clause, talk):
        said["ratio"] = turned


def _turned(clause: Clause, talk: Talk) -> str | None:
    """Return the ratio of the frame on its side: ``turn it sideways``; ``the other way round`` after a format."""
    timeline, subject = talk.situation.timeline, talk.subject
    back = subject is not None and subject.kind == "canvas" and clause.has("reference", "other-way")
    if timeline is None or not (back or clause.has("reference", "sideways")):
        return None
    if clause.all("thing", "text", "title", "photo", "footage", "logo", "cover") or clause.all("visualizer"):
        return None
    turned = Fraction(timeline.canvas.height, timeline.canvas.width)
    return f"{turned.numerator}:{turned.denominator}" if turned != 1 else None


def _rate(clause: Clause, talk: Talk) -> Fraction | None:
    found = degrees.amounts(clause, "fps")
    factor = degrees.amounts(clause, "factor") if clause.all("thing", "rate") and talk.situation.timeline else []
    if not found and factor and talk.situation.timeline:
        return min(talk.situation.timeline.canvas.fps * factor[0][1].value, Fraction(120))
    if not found and clause.all("thing", "rate"):
        found = degrees.amounts(clause, "")
    if not found:
        # ``50p`` are fifty frames a second: no picture has so few lines.
        lines = degrees.amounts(clause, "lines")
        found = [pair for pair in lines if pair[1].value <= _FASTEST]
        sized = [pair[0] for pair in lines] + clause.all("quality")
        behind = [pair for pair in degrees.amounts(clause, "") if pair[0] - 1 in sized]
        found = found or [pair for pair in behind if pair[1].value in _RATES]
    found = found or [pair for pair in degrees.amounts(clause, "") if pair[1].value in _BROADCAST]
    named = [clause.items[at].value("rate") for at in clause.all("rate") if not clause.items[at].negated]
    if not found and named and named[-1]:
        return Fraction(named[-1])
    if not found and clause.all("thing", "rate"):
        return _other_rate(clause, talk)
    rate = _BROADCAST.get(found[0][1].value, found[0][1].value) if found else None
    return rate if rate is not None and 1 <= rate <= 120 else None


def _other_rate(clause: Clause, talk: Talk) -> Fraction | None:
    """Return the rate that is next to the one there, where only more or fewer frames are asked for."""
    now = talk.situation.timeline.canvas.fps if talk.situation.timeline else None
    grown = degrees.of(clause, ("",))
    if now is None or not grown:
        return None
    clause.take(*(each.at for each in degrees.of(clause, ("", "pace"))))
    more = grown[0].sign > 0
    return Fraction(_USUAL_RATES[-1] if now < _USUAL_RATES[-1] else 120) if more else Fraction(_USUAL_RATES[0])


def _finer(clause: Clause) -> Fraction | None:
    """Return how many times as many lines are asked for: ``double the resolution``, ``清晰度翻倍``, ``sharper``."""
    if not clause.all("dimension", "resolution"):
        return None
    if factor := degrees.amounts(clause, "factor"):
        return abs(factor[0][1].value)
    grown = degrees.of(clause, ("", "size"))
    return None if not grown else Fraction(2) if grown[0].sign > 0 else Fraction(1, 2)


def _side(clause: Clause, talk: Talk) -> int | None:
    lines = degrees.amounts(clause, "lines", "pixel")
    if lines and lines[0][1].unit == "lines" and lines[0][1].value <= _FASTEST:
        return None
    named = clause.all("dimension", "resolution")
    bare = [pair for pair in degrees.amounts(clause, "") if 240 <= pair[1].value <= _FINEST]
    lines = lines or (bare if named else [])
    if not lines and (times := _finer(clause)) and talk.situation.timeline:
        canvas = talk.situation.timeline.canvas
        return min(max(2 * round(min(canvas.width, canvas.height) * times / 2), 16), _FINEST)
    if lines and 16 <= lines[0][1].value <= 4320:
        return 2 * (int(lines[0][1].value) // 2)
    quality = next((clause.items[at].value("quality") for at in clause.all("quality")), None)
    return _SIDES.get(quality or "")
