"""The picture's shape, size and rate."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits

_RATIOS = {"vertical": "9:16", "wide": "16:9", "square": "1:1"}
_OTHER = {"vertical": "wide", "wide": "vertical", "square": "wide"}
_SIDES = {"4k": 2160, "2k": 1440, "usual": 1080, "preview": 540}
_SUBJECT = Subject("canvas")


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of the picture's format."""
    said: dict[str, object] = {}
    _shape(clause, said)
    if (rate := _rate(clause, talk)) is not None:
        said["fps"] = rate
    if (side := _side(clause)) is not None:
        said["short_side"] = side
    if sizes := [item.size for at, item in enumerate(clause.items) if item.size and at not in clause.used]:
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
    for kind in ("shape", "platform", "quality", "act"):
        clause.take_kind(kind)
    clause.take_kind("thing", "format", "video", "rate", "picture")
    clause.take_kind("dimension", "size")
    clause.take(*(at for at, item in enumerate(clause.items) if item.ratio or item.size or item.quantity))


def _shape(clause: Clause, said: dict[str, object]) -> None:
    ratios = [item for at, item in enumerate(clause.items) if item.ratio and at not in clause.used]
    wanted = [item for item in ratios if not item.negated]
    named = [clause.items[at].value("ratio") for at in clause.all("ratio") if not clause.items[at].negated]
    shapes = [clause.items[at] for at in clause.all("shape")]
    platforms = [clause.items[at] for at in clause.all("platform") if not clause.items[at].negated]
    kept = [item for item in shapes if not item.negated]
    if wanted:
        said["ratio"] = wanted[-1].ratio
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


def _rate(clause: Clause, talk: Talk) -> Fraction | None:
    found = degrees.amounts(clause, "fps")
    factor = degrees.amounts(clause, "factor") if clause.all("thing", "rate") and talk.situation.timeline else []
    if not found and factor and talk.situation.timeline:
        return min(talk.situation.timeline.canvas.fps * factor[0][1].value, Fraction(120))
    if not found and clause.all("thing", "rate"):
        found = degrees.amounts(clause, "")
    rate = found[0][1].value if found else None
    return rate if rate is not None and 1 <= rate <= 120 else None


def _side(clause: Clause) -> int | None:
    lines = degrees.amounts(clause, "lines", "pixel")
    if lines and 16 <= lines[0][1].value <= 4320:
        return 2 * (int(lines[0][1].value) // 2)
    quality = next((clause.items[at].value("quality") for at in clause.all("quality")), None)
    return _SIDES.get(quality or "")
