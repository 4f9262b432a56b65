"""What is only told of files, and what goes on with files that were told of: ``photo3 is blurry, lose it``."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents.media_meant import Mention
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch

_UNKNOWN = 4
"""Words that nothing is known of, from which on a file is only told of."""
_BLAMED = ("effect", "shape", "quality", "platform")
_LASTING = ("only", "hold", "linger", "show")


def only(clause: Clause, talk: Talk, found: Sequence[Mention]) -> bool:
    """Hear what is only told of one file, that may give way next: ``photo2里有人没同意，换成photo1``."""
    asked = any(item.has("act") and not item.silent for item in clause.items)
    asked = asked or clause.has("word", "wish") or clause.placed or clause.has("position") or clause.negative
    one = len(found) == 1 and found[0].named and len(found[0].assets) == 1
    blamed = clause.has("word", "complaint", "ugly") and any(clause.has(kind) for kind in _BLAMED)
    blamed = (
        blamed or clause.has("word", "ugly") or clause.has("foreign") or (_described(clause, found) and not clause.last)
    )
    if not one or asked or not (blamed or len(clause.unknown()) >= _UNKNOWN):
        return False
    talk.heard += 1
    talk.subject = Subject("media", name=found[0].assets[0])
    clause.take_all()
    return True


def _described(clause: Clause, found: Sequence[Mention]) -> bool:
    """Tell whether a file is said to be something: ``photo3 is a surprise``."""
    after = clause.items[found[0].at + 1 :][:1] if found else []
    return bool(after) and after[0].has("word", "complaint") and bool(clause.unknown())


def goes_on(clause: Clause, talk: Talk) -> bool:
    """Read what is said of files without naming them: ``lose it``, ``they get boring``, ``loop it if it's short``."""
    told = talk.subject.name if talk.subject is not None and talk.subject.kind == "media" else ""
    used = bool(talk.edits) and isinstance(talk.edits[-1], edits.UseMedia)
    if used and clause.has("word", "repeats"):
        # Footage that is too short for its place is shown again as it is.
        talk.heard += 1
        clause.take_all()
        return True
    if used and clause.has("reference", "it") and all(_of_use(item) for item in clause.items):
        # ``I sent three photos, use them as the only visuals``
        talk.heard += 1
        clause.take_all()
        return True
    if used and clause.has("word", "another") and clause.has("act", "keep") and _stays(clause):
        # ``photo3 first, and keep the other two``
        talk.heard += 1
        clause.take_all()
        return True
    bare = all(item.silent or item.mark or item.has("act", "remove", "again") or item.negated for item in clause.items)
    meant = (bare or clause.has("reference", "it")) and not clause.unknown() and not clause.placed
    gone = (
        bool(clause.has("act", "remove") or clause.all("act", "show", negated=True))
        and meant
        and talk.subject is not None
        and talk.subject.kind == "media"
    )
    if gone and (told or (not talk.edits and _shown_last(talk))):
        talk.do(edits.RemoveMedia(assets=(told,)) if told else edits.Undo(), subject=Subject("media"))
        clause.take_all()
        return True
    return _for_so_long(clause, talk) or _wearied(clause, talk)


def _stays(clause: Clause) -> bool:
    """Tell whether nothing is said but that others stay: ``其他两张也保留``."""
    return all(
        item.silent
        or item.mark
        or item.has("act", "keep", "also")
        or item.has("word", "another")
        or item.has("thing", "photo", "footage", "media")
        or item.said == "张"
        or (item.quantity is not None and not item.quantity.unit)
        for item in clause.items
    )


def _of_use(item: Item) -> bool:
    plain = item.silent or item.mark or item.has("reference", "it") or item.has("word", "into", "wish")
    return plain or item.has("act", "show", "only", "change") or item.has("thing", "picture", "video")


def _shown_last(talk: Talk) -> bool:
    """Tell whether the latest turn only put files somewhere, so that to take them out is to undo it."""
    past = talk.situation.past[-1] if talk.situation.past else None
    current = past is not None and past.version == talk.situation.version
    return past is not None and current and [each.verb for each in past.edits] == ["use-media"]


def _for_so_long(clause: Clause, talk: Talk) -> bool:
    """Let a file that this message has put somewhere be there for so long: ``封面做开场，停3秒``."""
    at = next((at for at, each in enumerate(talk.edits) if isinstance(each, edits.UseMedia)), None)
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    plain = all(
        item.silent or item.mark or item.quantity or item.has("act", *_LASTING) or item.has("word", "for")
        for item in clause.items
    )
    use = talk.edits[at] if at is not None else None
    if at is None or length is None or not plain or not isinstance(use, edits.UseMedia) or use.how != "one":
        return False
    if len(use.where.stretches) != 1 or not all(each.verb == "set-effect" for each in talk.edits[at + 1 :]):
        return False
    begin = use.where.stretches[0].start
    closes = begin < 0 or (begin > 0 and begin + length[1] > talk.stage.length)
    stretch = Stretch(start=-length[1]) if closes else Stretch(start=begin, end=begin + length[1])
    talk.edits[at] = use.evolve(where=use.where.evolve(stretches=(stretch,)))
    talk.heard += 1
    clause.take_all()
    return True


def _wearied(clause: Clause, talk: Talk) -> bool:
    """Hear that pictures tire, where what is to be done about it comes next: ``they bore, mix in yours``."""
    about = talk.subject is not None and talk.subject.kind == "media" and clause.has("reference", "it")
    plain = clause.has("degree", "urge+", "urge-") and not any(
        item.has("act") and not item.silent for item in clause.items
    )
    if not about or not plain or clause.last:
        return False
    talk.heard += 1
    clause.take_all()
    return True


def alone_already(talk: Talk) -> bool:
    """Tell whether this message has put files everywhere already: ``only real footage, nothing generated``."""
    last = talk.edits[-1] if talk.edits else None
    return isinstance(last, edits.UseMedia) and last.where.everywhere and last.how != "mixed"


def everywhere(clause: Clause) -> bool:
    """Tell whether files are for all of the picture: ``use clip1 for everything``."""
    pairs = itertools.pairwise(clause.items)
    return any(item.has("thing", "picture") and before.has("word", "for", "in") for before, item in pairs)
