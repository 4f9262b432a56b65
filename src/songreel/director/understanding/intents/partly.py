"""A part of the last change taken back: ``go back halfway``, ``pull some of that out``, ``折中一下``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import further
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit
from songreel.model.timeline import Grade

_HALF = 0.5
_NUMBERED = ("volume", "seconds", "fps", "short_side", "in_s", "out_s")
"""What edits have numbers in that stand for themselves."""
_PLAIN = ("complaint", "middle", "better", "wish", "usual", "before-now")


def read(clause: Clause, talk: Talk) -> bool:
    """Take back a part of the last change, of this message or the one before; False where that is not said."""
    past = [each.edits for each in talk.situation.past if each.edits]
    if not past or not _asked(clause):
        return False
    if talk.edits:
        talk.edits[-1:] = [_half(talk.edits[-1], talk)]
        done: list[Edit] = []
    else:
        done = _between(past) or _less(past[-1], talk)
        if not done:
            return False
    talk.do(*done)
    talk.heard += 1
    clause.take_all()
    return True


def _asked(clause: Clause) -> bool:
    """Tell whether a clause says nothing but that a part of a change, or half of it, is to go."""
    halfway = clause.has("reference", "halfway") or (clause.has("word", "middle") and clause.has("reference", "both"))
    some = clause.has("reference", "some-of-it") and (clause.has("act", "remove", "trim") or clause.has("degree", "-"))
    return (halfway or some) and all(_idle(item) for item in clause.items)


def _idle(item: Item) -> bool:
    """Tell whether an item names nothing that could be changed by itself."""
    if item.silent or item.mark or item.has("reference") or item.has("measure") or item.has("word", *_PLAIN):
        return True
    plain = item.has("act", "again", "change", "only", "remove", "trim", "add", "show", "hold") or item.has("turn")
    return plain or item.has("history", "undo", "back") or item.has("degree", "-") or item.has("tone", "none")


def _between(past: Sequence[Sequence[Edit]]) -> list[Edit]:
    """Return the number between the last two that were asked for: ``split the difference``."""
    for edit in past[-1]:
        for before in (each for made in past[-2::-1] for each in made if type(each) is type(edit)):
            both = [(name, getattr(edit, name, None), getattr(before, name, None)) for name in _NUMBERED]
            between = {name: _mean(one, two) for name, one, two in both if one is not None and two is not None}
            if between:
                return [edit.evolve(**between)]
    return []


def _mean(one: Fraction | float, two: Fraction | float) -> Fraction | float:
    return round((one + two) / 2, 4) if isinstance(one, float) else (Fraction(one) + Fraction(two)) / 2


def _less(last: Sequence[Edit], talk: Talk) -> list[Edit]:
    """Return what takes half of the last change back."""
    return [half for edit in last if (half := _half_grey(edit, talk) or further.more(edit, -_HALF)) is not None]


def _half(edit: Edit, talk: Talk) -> Edit:
    """Return half of what this message has just asked for."""
    half = further.more(edit, _HALF) if isinstance(edit, edits.AdjustGrade) else None
    return _half_grey(edit, talk) or half or edit


def _half_grey(edit: Edit, talk: Talk) -> Edit | None:
    """Return an edit that takes all colors, or gives them back, with half of them instead; None for any other."""
    timeline = talk.situation.timeline
    now = timeline.grade if timeline else Grade()
    if isinstance(edit, edits.SetGrade) and now.saturation == 0:
        return edit.evolve(grade=edit.grade.evolve(saturation=edit.grade.saturation / 2))
    if isinstance(edit, edits.AdjustGrade) and edit.saturation == 0:
        return edits.SetGrade(grade=now.evolve(saturation=0.5), where=edit.where)
    return None
