"""Brightness, contrast, color and warmth of the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from songreel.director.meaning import named_colors
from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Where
from songreel.model.timeline import Grade

_ADDED = {"brightness": 0.14, "warmth": 0.28}
_TIMES = {"contrast": 1.22, "saturation": 1.35}
_RANGES = {"contrast": (0, 2), "saturation": (0, 2), "brightness": (-0.5, 0.5), "warmth": (-1, 1)}
"""Numbers of a grade that are read as they are said; larger ones may be shares of a hundred."""
_TONES = {
    "warm": ("warmth", 1), "cool": ("warmth", -1), "dark": ("brightness", -1), "bright": ("brightness", 1),
    "vivid": ("saturation", 1), "muted": ("saturation", -1),
}  # fmt: skip
_TEXTURE, _LESS_COLOR = 0.3, 0.88
_HINT_OF_COLOR = 0.2
_SHADED = 0.5


def textured(clause: Clause, talk: Talk, where: Where) -> None:
    """Give pictures that are found too smooth some grain, and less color: ``it looks plastic``, ``要有质感``."""
    if not clause.all("feel"):
        return
    smoother = any(clause.items[at].has("feel", "smooth") and clause.items[at].negated for at in clause.all("feel"))
    wanted = not smoother or clause.has("measure", "too")
    if wanted:
        grain = edits.SetEffect(effect="grain", amount=_TEXTURE, where=where)
        talk.do(grain, edits.AdjustGrade(saturation=_LESS_COLOR, where=where), subject=Subject("effect", name="grain"))
    clause.take_all()


def colorless(clause: Clause, talk: Talk, where: Where) -> None:
    """Take the colors of the pictures away, or give them back: ``black and white in the verses``."""
    if _only_colored(clause) and clause.place is not None:
        elsewhere = replace(clause.place, outside=not clause.place.outside).where()
        talk.do(edits.AdjustGrade(saturation=0, where=elsewhere), subject=Subject("grade", name="saturation"))
        clause.take_all()
        return
    if _nearly_grey(clause):
        talk.do(edits.AdjustGrade(saturation=_HINT_OF_COLOR, where=where), subject=Subject("grade", name="saturation"))
        clause.take_all()
        return
    if _hint_of_color(clause):
        # ``monochrome, just a touch of color``: what was just made grey keeps some of its color.
        talk.undo_alike(edits.AdjustGrade, where, lambda each: each.saturation == 0)
        talk.do(edits.AdjustGrade(saturation=_HINT_OF_COLOR, where=where), subject=Subject("grade", name="saturation"))
        clause.take_all()
        return
    if clause.has("word", "one-hue") and any(not each.negated for each in paint.of(clause)):
        # ``monochrome green`` has a color.
        clause.take_kind("grey")
        clause.take_kind("look")
    # ``darker, but not black and white``
    clause.take(*(at for at in clause.all("grey") if at and clause.items[at - 1].has("word", "except")))
    grey, tones = clause.all("grey"), [clause.items[at].value("tone") for at in clause.all("tone")]
    tones = [] if degrees.of(clause, ("contrast", "saturation")) else tones
    subject = Subject("grade", name="saturation")
    # ``drop everything to black and white`` wants it so.
    taken = clause.has("act", "remove") and not clause.has("word", "into")
    back = clause.has("history", "undo", "back") or taken
    if grey and not (clause.items[grey[0]].negated or back):
        talk.do(edits.AdjustGrade(saturation=0, where=where), subject=subject)
    elif ("none" in tones or _colored_there(clause)) and any(_greyed(edit, where) for edit in talk.edits):
        talk.heard += 1
    elif grey or "none" in tones or _colored_again(clause, talk):
        talk.do(edits.SetGrade(grade=_now(talk).evolve(saturation=1), where=where), subject=subject)
    elif "neutral" in tones:
        talk.do(edits.SetGrade(grade=Grade(), where=where), subject=Subject("grade"))
    else:
        return
    for kind in ("grey", "tone", "look", "act", "color"):
        clause.take_kind(kind)
    clause.take_kind("thing", "palette", "picture", "look", "video")


def _nearly_grey(clause: Clause) -> bool:
    """Tell whether little color is to be left: ``almost grey``, ``几乎黑白``."""
    return clause.has("word", "nearly") and bool(clause.all("grey") or clause.all("color", "grey"))


def _hint_of_color(clause: Clause) -> bool:
    """Tell whether only some color is to be left: ``just a touch of color``, ``只留一点点颜色``."""
    others = ("degree", "color", "look", "effect", "transition", "visualizer", "scene")
    colored = bool(clause.all("thing", "palette")) and not any(map(clause.has, others)) and not paint.of(clause)
    alone = clause.has("act", "only") and clause.has("measure", "bit") and not clause.has("act", "add", "change")
    return colored and alone and not clause.negative


def _colored_again(clause: Clause, talk: Talk) -> bool:
    """Tell whether what is grey is to have its colors again: ``color again please``."""
    again = clause.has("act", "again") or clause.has("history", "back")
    return again and bool(clause.all("thing", "palette")) and _now(talk).saturation == 0 and not paint.of(clause)


def _only_colored(clause: Clause) -> bool:
    """Tell whether all but a place is to lose its colors: ``color only in the chorus``, ``只有副歌是彩色``."""
    toned = any(clause.items[at].value("tone") == "none" for at in clause.all("tone"))
    others = ("degree", "color", "grey", "look", "effect", "scene")
    colored = bool(clause.all("thing", "palette")) and not any(map(clause.has, others)) and not paint.of(clause)
    changes = clause.has("act", "change", "remove", "keep", "trim") or clause.has("word", "another")
    return clause.has("act", "only") and (toned or (colored and not changes))


def _colored_there(clause: Clause) -> bool:
    """Tell whether a place is to have its colors: ``black and white in the verses, color in the chorus``."""
    said = ("degree", "color", "mood", "look", "act")
    there = clause.place is not None or clause.has("word", "then")
    return bool(clause.all("thing", "palette")) and there and not any(map(clause.has, said))


def _greyed(edit: edits.Edit, where: Where) -> bool:
    """Tell whether only another part of the video has just been made grey, so that this one has its colors."""
    if not isinstance(edit, edits.AdjustGrade) or edit.saturation != 0:
        return False
    return not edit.where.everywhere and edit.where != where


def _now(talk: Talk) -> Grade:
    return talk.situation.timeline.grade if talk.situation.timeline else Grade()


def set_to(clause: Clause, talk: Talk, where: Where) -> bool:
    """Set qualities to the numbers that stand behind them: ``contrast to 1.2``, ``饱和度设为0.8``."""
    said: dict[str, float] = {}
    taken: list[int] = []
    for at in clause.all("dimension", *_RANGES):
        quality = clause.items[at].value("dimension") or ""
        for place in range(at + 1, min(at + 4, len(clause.items))):
            quantity = clause.items[place].quantity
            if quantity is not None:
                low, high = _RANGES[quality]
                bare = quantity.kind == "amount" and not (quantity.unit or quantity.more)
                bare = bare and low <= quantity.value <= high
                between = clause.items[at + 1 : place]
                led = any(item.has("word", "to", "into", "at") or item.has("act", "change") for item in between)
                graded = any(item.has("degree") and not item.has("dimension") for item in clause.items)
                if bare and (led or place == at + 1) and not graded:
                    said[quality] = float(quantity.value)
                    taken += [at, place]
                break
    if not said:
        return False
    grade = next((edit.grade for edit in reversed(talk.edits) if isinstance(edit, edits.SetGrade)), _now(talk))
    talk.edits = [edit for edit in talk.edits if not (isinstance(edit, edits.SetGrade) and edit.where == where)]
    talk.do(edits.SetGrade(grade=grade.evolve(**said), where=where), subject=Subject("grade", name=next(iter(said))))
    clause.take(*taken)
    clause.take_kind("act")
    clause.take_kind("thing", "palette", "picture", "video", "look")
    return True


def adjust(clause: Clause, talk: Talk, where: Where) -> None:
    """Understand what is to be brighter, warmer, more vivid, and by how much."""
    said: dict[str, float] = {}
    talk.heard += any(degrees.dismissed(clause, at) for at in clause.all("degree"))
    found = degrees.of(clause, (*_ADDED, *_TIMES))
    if not found and clause.all("thing", "palette"):
        found = [replace(each, quality="saturation") for each in degrees.of(clause, ("volume",))]
    for each in found:
        # What is said last holds: ``it is rather dark, brighten it a bit``.
        said[each.quality] = _step(clause, each.quality, each.sign)
    clause.take(*(each.at for each in found))
    if _of_edges(clause, talk, where, said):
        return
    if any(each.colors == named_colors()["sepia"] for each in paint.of(clause)):
        # ``发黄的老照片`` says which colors, and finds no fault.
        said.pop("warmth", None)
    for at in clause.all("mood"):
        tone = _TONES.get(clause.items[at].value("mood") or "")
        if tone and tone[0] not in said and not degrees.dismissed(clause, at):
            said[tone[0]] = _step(clause, tone[0], -tone[1] if clause.items[at].negated else tone[1])
            clause.take(at)
    said = said or _signed(clause)
    said = {**_of_others(clause, said), **said} if said else _of_named(clause) or _of_colors(clause)
    if said and _kept_so(clause, talk, said):
        talk.heard += 1
    elif said:
        _do_grade(clause, talk, where, said)


def _of_edges(clause: Clause, talk: Talk, where: Where, said: Mapping[str, float]) -> bool:
    """Shade the edges of the picture, or no longer, where they alone are named: ``the corners are too bright``."""
    if not clause.has("word", "edges") or "brightness" not in said:
        return False
    shaded = any(isinstance(edit, edits.SetEffect) and edit.effect == "vignette" for edit in talk.edits)
    made: edits.Edit = edits.SetEffect(effect="vignette", amount=_SHADED, where=where)
    if said["brightness"] > 0:
        made = edits.RemoveEffect(effect="vignette", where=where)
    talk.do(*([] if shaded else [made]), subject=Subject("effect", name="vignette"))
    talk.heard += 1
    clause.take_all()
    return True


def _signed(clause: Clause) -> dict[str, float]:
    """Return how far qualities go whose numbers have a sign: ``contrast +15``, ``saturation -10%``."""
    said: dict[str, float] = {}
    for at in clause.all("dimension", *_ADDED, *_TIMES):
        item = next((one for one in clause.items[at + 1 :] if not one.mark), None)
        quantity = item.quantity if item is not None else None
        if quantity is None or quantity.unit not in ("", "percent") or not (quantity.more or quantity.value < 0):
            continue
        share = abs(quantity.value) if quantity.unit or abs(quantity.value) <= 1 else abs(quantity.value) / 100
        sign, name = -1 if quantity.value < 0 else 1, clause.items[at].value("dimension") or ""
        said[name] = round(float(sign * share + (name in _TIMES)), 4)
    return said


def _kept_so(clause: Clause, talk: Talk, said: dict[str, float]) -> bool:
    """Tell whether what was asked for before is only to stay: ``undo the title but keep it dark``."""
    if not (clause.has("act", "hold", "keep") and clause.has("reference", "it")):
        return False
    neutral = edits.AdjustGrade()
    past = [edit for each in talk.situation.past for edit in each.edits if isinstance(edit, edits.AdjustGrade)]
    return any(
        (getattr(edit, name) - getattr(neutral, name)) * (step - getattr(neutral, name)) > 0
        for edit in past
        for name, step in said.items()
    )


def _of_named(clause: Clause) -> dict[str, float]:
    """Return how far the qualities go that are named: ``contrast up 20%``, ``take some of the contrast out``."""
    named = [clause.items[at].value("dimension") or "" for at in clause.all("dimension", *_ADDED, *_TIMES)]
    bare = degrees.of(clause, ("", "size", "amount")) if named else []
    sign = -1 if clause.negative or clause.has("act", "trim") else 1 if clause.has("act", "add") else 0
    if bare:
        sign = bare[0].sign
        clause.take(*(each.at for each in bare))
    elif named and not (sign and degrees.amounts(clause, "percent")):
        sign = _lacking_or_excess(clause)
    if sign:
        return {name: _step(clause, name, sign) for name in named}
    percent = degrees.amounts(clause, "percent", "factor")
    return {name: _level(float(percent[0][1].value), name) for name in named if percent}


def _of_others(clause: Clause, said: Mapping[str, float]) -> dict[str, float]:
    """Return how far other qualities go that are named beside one: ``darker and more contrast``."""
    found = {}
    for each in degrees.of(clause, ("",)):
        beside = clause.items[each.at + 1].value("dimension") if each.at + 1 < len(clause.items) else None
        if beside in (*_ADDED, *_TIMES) and beside not in said:
            found[beside] = _step(clause, beside, each.sign)
            clause.take(each.at)
    return found


def _of_colors(clause: Clause) -> dict[str, float]:
    """Return how much color there is to be where colors as such are spoken of: ``more color``, ``颜色太多了``."""
    if not clause.all("thing", "palette") or paint.of(clause):
        return {}
    if _excess(clause):
        return {"saturation": _step(clause, "saturation", -1)}
    if clause.has("measure", "lacking"):
        # ``it needs more color``
        return {"saturation": _step(clause, "saturation", 1)}
    bare = degrees.of(clause, ("", "amount"))
    clause.take(*(each.at for each in bare))
    return {"saturation": _step(clause, "saturation", bare[0].sign)} if bare else {}


def _lacking_or_excess(clause: Clause) -> int:
    """Return whether there is to be more (1) or less (-1) of what is named: ``take some of the contrast out``."""
    if clause.has("act", "remove") or _excess(clause):
        return -1
    fully = clause.has("measure", "most") and not degrees.amounts(clause, "percent", "")
    return 1 if fully or clause.has("act", "add") or clause.has("measure", "lacking") else 0


def _excess(clause: Clause) -> bool:
    """Tell whether there is said to be too much of something: ``too much contrast``, ``颜色太多了``."""
    many = clause.has("measure", "too") and clause.has("measure", "lot")
    return (many or clause.has("measure", "excess")) and not degrees.of(clause)


def _do_grade(clause: Clause, talk: Talk, where: Where, said: dict[str, float]) -> None:
    edit = edits.AdjustGrade(**said, where=where)
    talk.undo_alike(edits.AdjustGrade, where, lambda each: _alike(each, edit) and not _but_there(each, edit))
    talk.do(edit)
    talk.subject = Subject("grade", name=next(iter(said)))
    clause.take_kind("dimension", *_ADDED, *_TIMES)
    clause.take_kind("thing", "palette", "picture", "video", "look", "shots")
    clause.take_kind("act")
    clause.take(*(at for at, _ in degrees.amounts(clause, "percent", "factor")))


def _but_there(one: edits.AdjustGrade, other: edits.AdjustGrade) -> bool:
    """Tell whether a place is to go the other way than the whole: ``brighter, but darker in the outro``."""
    ways = [(each.brightness or each.warmth or each.contrast - 1 or each.saturation - 1) > 0 for each in (one, other)]
    return one.where.everywhere and not other.where.everywhere and ways[0] != ways[1]


def _alike(one: edits.AdjustGrade, other: edits.AdjustGrade) -> bool:
    neutral = edits.AdjustGrade()
    names = (*_ADDED, *_TIMES)
    return all((getattr(one, n) == getattr(neutral, n)) == (getattr(other, n) == getattr(neutral, n)) for n in names)


def _step(clause: Clause, quality: str, sign: int) -> float:
    strength = degrees.strength(clause)
    percent = degrees.amounts(clause, "percent", "factor") or _of_hundred(clause)
    if quality in _ADDED:
        by = float(percent[0][1].value) if percent else _ADDED[quality] * min(strength, 2.5)
        if percent and percent[0][1].kind == "factor":
            by = 0.5
            if percent[0][1].value < 1 and clause.items[percent[0][0]].said.lower().endswith(" as"):
                # ``half as bright``
                by = -0.25
        return round(max(min(sign * by, 2), -2), 4)
    if percent:
        share = float(percent[0][1].value)
        return round(share if percent[0][1].kind == "factor" else max(1 + sign * share, 0), 4)
    return round(float(_TIMES[quality] ** (sign * strength)), 4)


def _of_hundred(clause: Clause) -> list[tuple[int, Quantity]]:
    """Return a bare number behind a quality as a share of a hundred: ``brightness down 10``."""
    found = degrees.amounts(clause, "") if clause.all("dimension") and clause.place is None else []
    return [(at, Quantity(one.value / 100, "percent")) for at, one in found if 1 < one.value <= 100]


def _level(value: float, quality: str) -> float:
    return value - 1 if quality in _ADDED else value
