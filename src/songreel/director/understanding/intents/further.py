"""More or less of the last change: ``even more``, ``half of that``, ``too much``, ``hmm no, other side``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Where

_PART_BACK = -0.5


def edits_of(clause: Clause, talk: Talk) -> list[Edit]:
    """Return the last change once more, in part taken back, or on the other side: ``even more``, ``a bit less``."""
    if clause.has("word", "opposite") and not clause.all("thing"):
        return [moved for edit in talk.situation.past[-1].edits if (moved := _across(edit)) is not None]
    bare = degrees.of(clause, ("", "length") if _faded(talk.situation.past[-1].edits) else ("",))
    too = clause.has("measure", "too") or (clause.has("negator") and clause.has("measure", "lot"))
    share = [quantity for _, quantity in degrees.amounts(clause, "factor", "percent")]
    lacking = clause.has("measure", "lacking")
    if not (
        bare or too or share or lacking or clause.has("act", "again") or clause.has("reference", "same")
    ) or clause.all("thing"):
        return []
    power = (bare[0].sign if bare else 1) * min(degrees.strength(clause), 2.0)
    lasting = bool(bare) and bare[0].quality == "length"
    if (too and not lasting) or (bare and bare[0].sign < 0):
        power = _PART_BACK if too else _PART_BACK * min(degrees.strength(clause), 1.6)
    if share and share[0].value < 1:
        power = -float(1 - share[0].value)
    if _does_it(clause, talk):
        return [edits.Redo()]
    made = [again for edit in talk.situation.past[-1].edits if (again := _as_slow(edit, power) or more(edit, power))]
    place = clause.place
    if place is None or place.missing:
        return made
    # ``less in the verses`` is about those alone.
    return [edit.evolve(where=place.where()) if everywhere(edit) else edit for edit in made]


def _across(edit: Edit) -> Edit | None:
    """Return a move to the other side: ``hmm no, other side``."""
    if not isinstance(edit, edits.MoveText):
        return None
    there, mirrored = str(edit.position), {"left": "right", "right": "left"}
    for one, other in mirrored.items() if "-" in there or there in mirrored else (("top", "bottom"), ("bottom", "top")):
        if one in there:
            return edit.evolve(position=there.replace(one, other))
    return None


def _faded(last: Sequence[Edit]) -> bool:
    """Tell whether only fades were asked for, which can be longer."""
    return bool(last) and all(isinstance(edit, edits.FadeSong | edits.FadePicture) for edit in last)


def _does_it(clause: Clause, talk: Talk) -> bool:
    """Tell whether what was undone a moment ago is to be done after all: ``no, do it again``."""
    undone = any(isinstance(edit, edits.Undo) for edit in talk.situation.past[-1].edits)
    return undone and (talk.taken_back or clause.has("reference", "it"))


def more(edit: Edit, power: float) -> Edit | None:
    """Return an edit once more (power 1), or a part of it taken back (below 0)."""
    match edit:
        case edits.AdjustGrade():
            return edit.evolve(
                brightness=edit.brightness * power,
                warmth=edit.warmth * power,
                contrast=_power(edit.contrast, power),
                saturation=_power(edit.saturation, power),
            )
        case edits.CutDenser():
            return edit.evolve(factor=min(max(_power(edit.factor, power), 1 / 16), 16))
        case edits.SetVolume() if edit.by is not None:
            return edit.evolve(by=min(_power(edit.by, power), 20))
        case edits.RestyleText() if edit.size_by is not None:
            return edits.RestyleText(texts=edit.texts, size_by=min(_power(edit.size_by, power), 20))
        case edits.SetEffect():
            return edits.SetEffect(effect=edit.effect, amount_by=max(1 + power, 0.2), where=edit.where)
        case edits.SetVisualizer() if edit.size_by is not None:
            return edits.SetVisualizer(size_by=min(_power(edit.size_by, power), 20))
        case edits.RetimeText() if edit.shift is not None:
            return edit.evolve(shift=edit.shift * (1 if power > 0 else -1))
        case edits.Undo() | edits.Redo() if power > 0:
            return edit.evolve(steps=1)
        case edits.ShowAnother() | edits.SetLook(look=None):
            return edit
        case _:
            return None


def _as_slow(edit: Edit, power: float) -> Edit | None:
    """Return a fade once more as long (power 1), or shorter (below 0); None for what is no fade."""
    if not isinstance(edit, edits.FadeSong | edits.FadePicture):
        return None
    times = Fraction(1 + power).limit_denominator(100)
    said = {"in_s": edit.in_s, "out_s": edit.out_s}
    return edit.evolve(**{name: seconds * times for name, seconds in said.items() if seconds is not None})


def _power(value: float, power: float) -> float:
    return round(value**power, 4) if value > 0 else value


def takes_place(edit: Edit) -> bool:
    """Tell whether an edit is done in a place or everywhere, or puts words there that can be shown in a place."""
    return "where" in type(edit).model_fields


def everywhere(edit: Edit) -> bool:
    """Tell whether an edit is about the whole video, and could be about a place."""
    return takes_place(edit) and (getattr(edit, "where", None) or Where()).everywhere
