"""Whether a clause is about words on the picture: it names them, or goes on with those spoken of last."""

from __future__ import annotations

from dataclasses import replace

from songreel.director.understanding import degrees, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_fades, text_new, text_target, text_there, text_times
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits


def about_words(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause asks for something of words: ``the title bigger``, and then ``a bit lower``."""
    quoted = any(item.quote is not None for at, item in enumerate(clause.items) if at not in clause.used)
    if quoted or clause.all("thing", "text", *text_target.ROLES) or text_target.counted(clause, talk.stage):
        return True
    if text_target.standing(replace(clause, used=set(clause.used)), talk.stage) is not None:
        return True
    drawn = [at for at in clause.all("scene", "look", "visualizer") if not clause.items[at].has("word", "line")]
    if references.named(clause, talk.stage) and not drawn:
        return True
    back = talk.subject is not None and talk.subject.kind == "text"
    framed = clause.all("position")
    fresh = bool(talk.edits)
    if back and clause.has("reference", "both") and _fades_alone(clause) and len(talk.stage.texts) > 1:
        return True
    if text_fades.last_fade(talk) and clause.all("thing", "fade") and clause.place is None:
        return not clause.all("thing", "song", "picture", "video")
    idle = ("fade",) if fresh else ()
    idle = (*idle, "picture") if framed else idle
    others = [at for at in clause.all("thing") if not clause.items[at].has("thing", *idle) or not idle]
    if (fresh or _colored_last(talk)) and len(paint.of(clause)) == 1:
        others = [at for at in others if not clause.items[at].has("thing", "palette")]
    dressed = any(clause.all(kind) for kind in ("visualizer", "effect", "transition"))
    if not back or others or dressed or not (fresh or talk.heard or references.refers(clause)):
        return False
    if clause.has("word", "mutual") and clause.has("reference") and len(talk.stage.texts) == 2:
        return True
    if text_there.repeats(clause) or text_there.nudges(clause, talk):
        return True
    return _says_of_words(clause, talk) or (_worded(talk) and _goes_on(clause, talk))


def _bare_time(clause: Clause) -> bool:
    """Tell whether nothing but a length of time is said: ``give it eight seconds``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("reference"))]
    return all(
        item.quantity is not None
        or item.has("act", "add", "change", "only", "show", "write")
        or item.has("degree", "+")
        or item.has("measure", "most", "enough")
        or item.has("word", "every", "for")
        for item in said
    )


def _worded(talk: Talk) -> bool:
    """Tell whether this message has just said something of words."""
    if not talk.edits and talk.heard and talk.subject is not None:
        return talk.subject.kind == "text"
    return bool(talk.edits) and (
        hasattr(talk.edits[-1], "texts") or isinstance(talk.edits[-1], edits.AddText | edits.Retitle)
    )


def _goes_on(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause that names nothing goes on with words of the same message: when, how long, how softly."""
    if degrees.amounts(clause, "second", "beat", "bar") and (clause.all("act", "hold", "linger") or _bare_time(clause)):
        return True
    if clause.all("act", "linger", "hold") and _only_stays(clause):
        return True
    softly = clause.place is None and any(
        # ``start from black`` is said of the picture.
        not ("black" in clause.items[at].said.lower() or "黑" in clause.items[at].said)
        for at in clause.all("fade", "in", "out", "both")
    )
    if clause.place is not None and _only_then(clause) and not clause.has("act", "only", "hold", "linger"):
        return clause.place.said.startswith("等") or any(isinstance(edit, edits.RetimeText) for edit in talk.edits[-1:])
    there = clause.place is not None and clause.all("act", "move", "show", "hold", "only", "keep")
    other = any(clause.has(kind) for kind in ("effect", "transition", "look", "scene", "degree"))
    other = (
        other
        or clause.has("act", "trim")
        or any(item.has("ask") and not item.has("ask", "suggest") for item in clause.items)
    )
    return bool(softly or there) and not other and not any(item.asset for item in clause.items)


def _only_stays(clause: Clause) -> bool:
    """Tell whether nothing but that something stays is said: ``and stay``, ``and leave it there``."""
    said = [item for item in clause.items if not (item.silent or item.mark)]
    return all(item.has("act", "hold", "linger") or item.has("reference") or item.joins for item in said)


def _colored_last(talk: Talk) -> bool:
    """Tell whether the latest turn colored words, so that “the color” is theirs."""
    past = talk.situation.past
    return bool(past) and any(isinstance(edit, edits.RestyleText) and edit.color for edit in past[-1].edits)


def _says_of_words(clause: Clause, talk: Talk) -> bool:
    return bool(
        clause.all("position")
        or clause.all("dimension", "size", "position")
        or clause.all("style")
        or (clause.all("ink") and clause.has("reference"))
        or (clause.all("ink", "outline", "shadow") and _worded(talk))
        or (_one_color(clause) and (_meant_there(clause, talk) or not (clause.place or _tinted(clause))))
        or degrees.of(clause, ("size", "time", "opacity"))
        or clause.all("act", "vanish")
        or (clause.all("act", "linger") and degrees.of(clause, ("length",)))
        or (clause.has("reference") and (clause.negative or degrees.of(clause, ("length",)) or clause.all("fade")))
        or ((clause.has("reference") or clause.has("word", "name")) and clause.all("act", *text_new.PUT))
        or (clause.has("reference") and clause.place is not None and _only_then(clause))
        or (clause.has("reference") and text_times.edges(clause))
        or (clause.has("word", "lasting") and bool(degrees.amounts(clause, "factor")))
        or clause.has("word", "throughout")
        or (clause.has("act", "move") and text_times.closes(clause))
        or (clause.has("act", "remove") and _only_that(clause))
    )


def _one_color(clause: Clause) -> bool:
    """Tell whether just one color is wanted: ``not so white, like light grey``."""
    return sum(not each.negated for each in paint.of(clause)) == 1


def _fades_alone(clause: Clause) -> bool:
    """Tell whether only that something fades is said: ``fade both in over a second``."""
    return bool(clause.all("fade") or clause.all("thing", "fade")) and not clause.all("thing", "song", "picture")


def _only_then(clause: Clause) -> bool:
    """Tell whether nothing but when is said of “it”: ``make that the last six seconds``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("turn"))]
    until = any(item.place is not None and item.place.open == "until" for item in said)
    return all(
        item.place is not None
        or item.has("reference")
        or item.has("act", "change", "again")
        or (until and (item.has("act", "keep", "hold") or item.has("word", "shown")))
        for item in said
    )


def _only_that(clause: Clause) -> bool:
    """Tell whether nothing but “it” is to be removed: ``remove``, ``delete that again``."""
    return all(
        item.has("act", "remove", "again")
        or item.has("word", "ugly")
        or item.has("reference")
        or item.silent
        or item.mark
        or (item.quantity is not None and item.quantity.kind == "ordinal")
        for item in clause.items
    )


def _meant_there(clause: Clause, talk: Talk) -> bool:
    """Tell whether “it” can be words: in ``in the chorus make it blue`` it is none that are not shown there."""
    if not clause.has("reference") or clause.place is None or clause.place.missing:
        return clause.has("reference")
    place, ahead = clause.place, talk.stage.ahead(clause.place.clock)
    shown = [(talk.stage.seconds(clip.start), talk.stage.seconds(clip.end)) for clip, _ in talk.stage.texts]
    return any(low - ahead < end and start < high - ahead for low, high in place.stretches for start, end in shown)


def _tinted(clause: Clause) -> bool:
    """Tell whether a color is said of all the others: ``more blue``, ``blue colors``."""
    more = any(clause.items[max(at - 1, 0)].has("degree", "+") for at in clause.all("color"))
    return more or any(clause.items[at].said.lower().endswith("s") for at in clause.all("thing", "palette"))
