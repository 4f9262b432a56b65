"""In which order files are shown, and how much of the video is theirs: ``half my clips, half generated``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import media_meant
from songreel.director.understanding.intents.media_meant import Mention
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.document import AssetId
from songreel.model.edit import Edit

_MEDIA = Subject("media")
_HALF = Fraction(1, 2)
_FRAMED = ("position", "dimension", "degree", "visualizer", "effect")
"""What says that a half is one of the frame, or of how strong something is."""


def again(clause: Clause, talk: Talk) -> bool:
    """Show the files of the last change in another order: ``in the order 3, 1, 2``, ``reverse their order``."""
    used = [edit for edit in _of_last(talk) if isinstance(edit, edits.UseMedia) and len(edit.assets) > 1]
    if not used or not clause.has("word", "order", "reversed") or clause.placed:
        return False
    numbers = [item.quantity for item in clause.items if item.quantity is not None]
    order = [int(each.value) for each in numbers if not each.unit and each.kind in ("amount", "ordinal")]
    assets = _ordered(used[-1].assets, order, turned=clause.has("word", "reversed"))
    if assets is None:
        return False
    talk.do(used[-1].evolve(assets=assets), subject=_MEDIA)
    clause.take_all()
    return True


def _of_last(talk: Talk) -> tuple[Edit, ...]:
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    return tuple(talk.edits) or past


def _ordered(assets: tuple[AssetId, ...], order: list[int], *, turned: bool) -> tuple[AssetId, ...] | None:
    if turned and not order:
        return assets[::-1]
    if sorted(order) != list(range(1, len(assets) + 1)):
        return None
    return tuple(assets[number - 1] for number in order)


def shared(clause: Clause, talk: Talk) -> bool:
    """Let files have a half of the video: ``half my clips, half generated``, ``一半照片一半视频``."""
    framed = any(clause.has(kind) for kind in _FRAMED)
    if not _halved(clause) or clause.placed or framed:
        return False
    last = talk.edits[-1] if talk.edits else None
    before = last.assets if isinstance(last, edits.UseMedia) and last.where.everywhere else ()
    mentions = media_meant.find(clause, talk)
    generated = bool(clause.all("thing", "generated"))
    if not mentions and not (generated and (before or media_meant.all_brought(talk))):
        return False
    theirs = media_meant.joined(mentions).assets if mentions else before or media_meant.all_brought(talk)
    while talk.edits and before and isinstance(talk.edits[-1], edits.UseMedia | edits.RemoveMedia):
        talk.edits.pop()
    if before and mentions and not generated:
        groups = [Mention(0, each, named=False, unwanted=False, contrast=False) for each in (before, theirs)]
        talk.do(edits.UseMedia(assets=media_meant.in_turn(groups)), subject=_MEDIA)
    elif generated or not before:
        shown = media_meant.all_brought(talk)
        talk.do(edits.RemoveMedia(assets=shown), edits.UseMedia(assets=theirs, how="mixed"), subject=_MEDIA)
    clause.take_all()
    return True


def by_turns(mentions: Sequence[Mention]) -> bool:
    """Tell whether kinds are named again and again, one after another: ``photo, clip, photo, clip``."""
    row = [one.assets for one in mentions]
    return len(row) > 2 and row[0] == row[2] and row[0] != row[1]


def _halved(clause: Clause) -> bool:
    return any(
        item.quantity is not None and item.quantity.value == _HALF and item.quantity.kind in ("factor", "amount")
        for item in clause.items
    )
