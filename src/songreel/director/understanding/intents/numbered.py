"""Numbers that go on with the change before: ``give me five more``, ``make that 20``, ``every two``, ``再多5秒``."""

from __future__ import annotations

from collections.abc import Sequence
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
_UNITS = ("", "second", "percent", "beat", "bar", "fps", "lines")
_SIDES, _RATES = (240, 4320), (12, 120)


def read(clause: Clause, talk: Talk) -> bool:
    """Change the number of the latest change, by an amount or to it; False where a clause names anything of its own."""
    past = [each.edits for each in talk.situation.past if each.edits]
    if past and not talk.edits and (done := _multiplied(clause, past[-1], talk)):
        talk.do(*done)
        clause.take_all()
        return True
    number = _number(clause)
    if not past or number is None or talk.edits or clause.has("ask", *_ASKS):
        return False
    signs = degrees.of(clause, _QUALITIES)
    signs = [] if clause.has("measure", "too") or _rather(clause) else signs
    more = next((degrees.difference(clause, at) for at, item in enumerate(clause.items) if item.quantity), 0)
    made: list[Edit | None]
    if clause.has("word", "every"):
        made = [_every(edit, _of_before(edit, number, clause)) for edit in past[-1]]
    elif signs or more or (clause.has("act", "again") and not _rather(clause)):
        by = number * (signs[0].sign if signs else more or 1)
        made = [_by(edit, by, clause, talk) for edit in past[-1]]
    elif _instead(clause, talk):
        made = [_to(edit, number, clause) or _lasting(edit, number, clause, talk) for edit in past[-1]]
    else:
        return False
    done = [edit for edit in made if edit is not None]
    faded = [edit for edit in done if isinstance(edit, edits.FadeSong | edits.FadePicture)]
    talk.do(*(faded or done[:1]))
    if done:
        clause.take_all()
    return bool(done)


def _multiplied(clause: Clause, last: Sequence[Edit], talk: Talk) -> list[Edit]:
    """Return a length or a rate that was set, so many times: ``halve it``, ``twice as long``."""
    said = [item.quantity for item in clause.items if item.quantity is not None]
    if len(said) != 1 or said[0].kind != "factor" or said[0].value <= 0 or not all(map(_idle, clause.items)):
        return []
    for edit in last:
        if isinstance(edit, edits.UsePart | edits.UseBestPart):
            return [edits.UsePart(seconds=talk.stage.length * said[0].value)]
        if isinstance(edit, edits.SetCanvas) and edit.fps is not None:
            return [edits.SetCanvas(fps=edit.fps * said[0].value)]
    return []


def _rather(clause: Clause) -> bool:
    """Tell whether a number is chosen over the one before: ``还是25秒吧``, ``shorten it to 25``."""
    to = any(item.has("word", "into") for item in clause.items) and degrees.of(clause, ("length",))
    return bool(to) or any(item.said == "还是" for item in clause.items)


def _instead(clause: Clause, talk: Talk) -> bool:
    """Tell whether a number takes the place of the one before: ``30 is fine``, ``let's say 25``, ``back to 30``."""
    led = clause.has("reference") or clause.has("act", "change", "rename", "only") or clause.has("turn", "instead")
    meant = clause.has("word", "instead", "enough", "better", "complaint", "correction") or clause.has(
        "measure", "enough", "too"
    )
    back = clause.has("history", "undo", "back") or clause.has("praise") or _rather(clause)
    bare = all(item.silent or item.mark or item.quantity is not None for item in clause.items)
    return led or meant or back or bare or talk.taken_back


def _number(clause: Clause) -> Fraction | None:
    """Return the only number of a clause that says nothing else; None where it says more."""
    if clause.has("word", "every") and clause.has("reference", "other-one") and all(map(_idle, clause.items)):
        return Fraction(2)
    numbers = [item for item in clause.items if item.quantity is not None]
    if len(numbers) != 1 or not all(_idle(item) for item in clause.items):
        return None
    quantity = numbers[0].quantity
    if quantity is None or quantity.kind == "factor" or quantity.value <= 0:
        return None
    if quantity.kind == "ordinal" and not clause.has("word", "every"):
        return None
    return Fraction(quantity.value) if quantity.unit in _UNITS else None


def _idle(item: Item) -> bool:
    """Tell whether an item names nothing that a number could be of."""
    if item.silent or item.mark or item.quantity is not None or item.has("reference") or item.has("measure"):
        return True
    if item.quote is not None or item.asset or item.place is not None or item.color or item.unknown:
        return False
    plain = item.has("act", *_PLAIN_ACTS) or item.has(
        "word",
        *("every", "by", "instead", "to", "into", "other", "yes", "in", "mine", "complaint", "better", "enough"),
        "correction",
    )
    plain = plain or item.has("praise") or item.has("history", "undo", "back") or item.said.lower() == "say"
    degree = item.value("degree")
    return plain or (degree is not None and degree[:-1] in _QUALITIES) or item.has("turn") or item.has("unit")


def _seconds(clause: Clause) -> bool:
    return not any(item.quantity and item.quantity.unit not in ("", "second") for item in clause.items)


def _of_before(edit: Edit, number: Fraction, clause: Clause) -> Fraction:
    """Return how many are counted: ``every second one`` of cuts on every other beat is every fourth beat."""
    counts = isinstance(edit, edits.CutEvery) and (clause.has("reference") or clause.has("measure", "enough"))
    ordinal = any(item.quantity is not None and item.quantity.kind == "ordinal" for item in clause.items)
    ordinal = ordinal or clause.has("reference", "other-one")
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
    if isinstance(edit, edits.FadeSong | edits.FadePicture):
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
    if isinstance(edit, edits.SetCanvas):
        return _canvas(edit, number)
    if not _seconds(clause):
        return None
    if isinstance(edit, edits.UsePart | edits.UseBestPart):
        return edits.UsePart(seconds=number)
    if isinstance(edit, edits.FadeSong | edits.FadePicture):
        return edit.evolve(**dict.fromkeys(_fades(edit), number))
    if isinstance(edit, edits.RetimeText) and edit.seconds is not None:
        return edit.evolve(seconds=number)
    return None


def _lasting(edit: Edit, number: Fraction, clause: Clause, talk: Talk) -> Edit | None:
    """Return how words that were put there last are there for so many seconds; those that close the video still do."""
    there = (
        _words(edit, talk) if any(item.quantity and item.quantity.unit == "second" for item in clause.items) else None
    )
    if there is None:
        return None
    texts, end = Texts(clips=(there[0].id,)), talk.stage.seconds(there[0].end)
    if clause.has("degree", "length-") and number > end - talk.stage.seconds(there[0].start):
        # ``shorten it to 25 seconds`` is said of the video.
        return None
    if end >= talk.stage.length and there[0].start:
        return edits.RetimeText(texts=texts, start=max(end - number, Fraction(0)), end=end)
    return edits.RetimeText(texts=texts, seconds=number)


def _canvas(edit: edits.SetCanvas, number: Fraction) -> Edit | None:
    """Return another rate, or another height, after one was set."""
    if edit.fps is not None and _RATES[0] <= number <= _RATES[1]:
        return edits.SetCanvas(fps=number)
    if edit.short_side is not None and _SIDES[0] <= number <= _SIDES[1]:
        return edits.SetCanvas(short_side=2 * (int(number) // 2))
    return None


def _fades(edit: edits.FadeSong | edits.FadePicture) -> dict[str, Fraction]:
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
