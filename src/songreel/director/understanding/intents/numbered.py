"""Numbers that go on with the change before: ``give me five more``, ``make that 20``, ``every two``, ``再多5秒``."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Texts
from songreel.model.timeline import Clip, TextSource

_PLAIN_ACTS = ("add", "again", "change", "hold", "show", "linger", "only")
_ASKS = ("what", "which", "when", "how", "how-many", "how-long", "why", "is", "tell")
_LEAST_S = Fraction(1, 2)
_QUALITIES = ("", "length", "time")


def read(clause: Clause, talk: Talk) -> bool:
    """Change the number of the latest change, by an amount or to it; False where a clause names anything of its own."""
    past = [each for each in talk.situation.past if each.edits]
    number = _number(clause)
    if not past or number is None or talk.edits or clause.has("ask", *_ASKS):
        return False
    signs = degrees.of(clause, _QUALITIES)
    if clause.has("word", "every"):
        made = [_every(edit, _of_before(edit, number, clause)) for edit in past[-1].edits]
    elif signs or clause.has("act", "again"):
        by = number * (signs[0].sign if signs else 1)
        made = [_by(edit, by, clause, talk) for edit in past[-1].edits]
    elif clause.has("reference") or clause.has("act", "change") or clause.has("word", "instead") or talk.taken_back:
        made = [_to(edit, number, clause) for edit in past[-1].edits]
    else:
        return False
    done = [edit for edit in made if edit is not None]
    talk.do(*done[:1])
    if done:
        clause.take_all()
    return bool(done)


def _number(clause: Clause) -> Fraction | None:
    """Return the only number of a clause that says nothing else; None where it says more."""
    numbers = [item for item in clause.items if item.quantity is not None]
    if len(numbers) != 1 or not all(_idle(item) for item in clause.items):
        return None
    quantity = numbers[0].quantity
    if quantity is None or quantity.kind == "factor" or quantity.value <= 0:
        return None
    if quantity.kind == "ordinal" and not clause.has("word", "every"):
        return None
    return Fraction(quantity.value) if quantity.unit in ("", "second", "percent", "beat", "bar") else None


def _idle(item: Item) -> bool:
    """Tell whether an item names nothing that a number could be of."""
    if item.silent or item.mark or item.quantity is not None or item.has("reference") or item.has("measure"):
        return True
    if item.quote is not None or item.asset or item.place is not None or item.color or item.unknown:
        return False
    plain = item.has("act", *_PLAIN_ACTS) or item.has(
        "word", "every", "by", "instead", "to", "into", "other", "yes", "in", "mine", "complaint"
    )
    degree = item.value("degree")
    return plain or (degree is not None and degree[:-1] in _QUALITIES) or item.has("turn") or item.has("unit")


def _seconds(clause: Clause) -> bool:
    return not any(item.quantity and item.quantity.unit in ("percent", "beat", "bar") for item in clause.items)


def _of_before(edit: Edit, number: Fraction, clause: Clause) -> Fraction:
    """Return how many are counted: ``every second one`` of cuts on every other beat is every fourth beat."""
    counts = isinstance(edit, edits.CutEvery) and (clause.has("reference") or clause.has("measure", "enough"))
    ordinal = any(item.quantity is not None and item.quantity.kind == "ordinal" for item in clause.items)
    return number * edit.rule.every if isinstance(edit, edits.CutEvery) and counts and ordinal else number


def _every(edit: Edit, number: Fraction) -> Edit | None:
    if not isinstance(edit, edits.CutEvery) or number.denominator != 1 or number > 64:
        return None
    return edit.evolve(rule=edit.rule.evolve(every=int(number)))


def _by(edit: Edit, by: Fraction, clause: Clause, talk: Talk) -> Edit | None:
    """Return an edit whose number grows by so much."""
    if isinstance(edit, edits.SetVolume) and edit.volume is not None:
        return edit.evolve(volume=min(max(edit.volume + float(by) / 100, 0.0), 2.0))
    if not _seconds(clause):
        return None
    if isinstance(edit, edits.UsePart | edits.UseBestPart):
        return edits.UsePart(seconds=max(talk.stage.length + by, _LEAST_S))
    if isinstance(edit, edits.FadeSong):
        return edit.evolve(**{name: max(value + by, Fraction(0)) for name, value in _fades(edit).items()})
    there = _words(edit, talk)
    if there is None or (clause.has("degree", "time+", "time-") and not clause.has("degree", "length+", "length-")):
        return None
    lasts = talk.stage.seconds(there[0].end) - talk.stage.seconds(there[0].start)
    return edits.RetimeText(texts=Texts(clips=(there[0].id,)), seconds=max(lasts + by, _LEAST_S))


def _to(edit: Edit, number: Fraction, clause: Clause) -> Edit | None:
    """Return an edit with another number."""
    if isinstance(edit, edits.SetVolume) and edit.volume is not None:
        return edit.evolve(volume=min(float(number) / 100, 2.0)) if number > 2 else None
    if isinstance(edit, edits.CutEvery):
        return _every(edit, number)
    if not _seconds(clause):
        return None
    if isinstance(edit, edits.UsePart | edits.UseBestPart):
        return edits.UsePart(seconds=number)
    if isinstance(edit, edits.FadeSong):
        return edit.evolve(**dict.fromkeys(_fades(edit), number))
    if isinstance(edit, edits.RetimeText) and edit.seconds is not None:
        return edit.evolve(seconds=number)
    return None


def _fades(edit: edits.FadeSong) -> dict[str, Fraction]:
    return {name: value for name, value in (("in_s", edit.in_s), ("out_s", edit.out_s)) if value}


def _words(edit: Edit, talk: Talk) -> tuple[Clip, TextSource] | None:
    """Return the words whose time an edit set, where they are still there."""
    texts: Texts | None = None
    if isinstance(edit, edits.AddText):
        texts = Texts(says=edit.text)
    elif isinstance(edit, edits.RetimeText):
        texts = edit.texts
    if texts is None:
        return None
    return next(iter(text_target.meant(talk.stage, texts)), None)
