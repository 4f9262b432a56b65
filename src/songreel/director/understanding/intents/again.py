"""More of the same: a clause that only goes on with what was done last, or takes part of it back."""

from __future__ import annotations

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit


def read(clause: Clause, talk: Talk) -> bool:
    """Repeat the last change that has a direction: ``even more``, ``a bit less``, ``再来一点``, ``too much``."""
    bare = degrees.of(clause, ("",))
    too = clause.has("measure", "too")
    go_on = bare or too or clause.has("act", "again") or clause.has("reference", "same")
    if not go_on or clause.all("thing") or clause.unknown() or not talk.situation.past:
        return False
    sign = bare[0].sign if bare else 1
    strength = degrees.strength(clause)
    last = [
        again for edit in talk.situation.past[-1].edits if (again := _more(edit, sign if not too else -1, strength))
    ]
    talk.do(*last)
    if last:
        clause.take(*range(len(clause.items)))
    return bool(last)


def _more(edit: Edit, sign: int, strength: float) -> Edit | None:
    """Return an edit once more (sign 1), or against it (−1)."""
    power = sign * min(strength, 2.0)
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
            return edits.SetEffect(effect=edit.effect, amount_by=_power(1.6, power), where=edit.where)
        case edits.SetVisualizer() if edit.size_by is not None:
            return edits.SetVisualizer(size_by=min(_power(edit.size_by, power), 20))
        case edits.RetimeText() if edit.shift is not None:
            return edit.evolve(shift=edit.shift * sign)
        case edits.ShowAnother() | edits.SetLook(look=None):
            return edit
        case _:
            return None


def _power(value: float, power: float) -> float:
    return round(value**power, 4) if value > 0 else value
