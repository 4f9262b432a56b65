"""In which order files are shown, and how much of the video is theirs: ``half my clips, half generated``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import media_meant
from songreel.director.understanding.intents.media_meant import Mention
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import pictures
from songreel.model import edit as edits
from songreel.model.document import AssetId
from songreel.model.edit import Edit, Where

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


def ranked(clause: Clause, talk: Talk) -> bool:
    """Give a file another rank among those that are shown: ``photo3放到第一张``, ``move photo2 to third place``."""
    files = [at for at, item in enumerate(clause.items) if item.asset]
    ranks = [at for at, item in enumerate(clause.items) if item.quantity and item.quantity.kind == "ordinal"]
    if len(files) != 1 or len(ranks) != 1 or ranks[0] < files[0] or not clause.has("act", "move") or clause.placed:
        return False
    named = [item for item in clause.items[ranks[0] + 1 :] if not (item.silent or item.mark or item.said == "张")]
    rank, file = clause.items[ranks[0]].quantity, clause.items[files[0]].asset
    if rank is None or rank.value < 1 or file is None or not all(_of_rank(item) for item in named):
        return False
    theirs = [clip for clip in talk.stage.shots if pictures.media_of(clip)]
    if not theirs:
        return False
    shown = [each for clip in theirs for each in sorted(pictures.media_of(clip)) if each != file]
    order = list(dict.fromkeys(shown))
    order.insert(int(rank.value) - 1, file)
    where = Where() if len(theirs) == len(talk.stage.shots) else Where(clips=tuple(clip.id for clip in theirs))
    talk.do(edits.UseMedia(assets=tuple(order), where=where), subject=_MEDIA)
    clause.take_all()
    return True


def _of_rank(item: Item) -> bool:
    return item.has("thing", "photo", "picture", "footage", "video", "shots") or item.has("reference", "one")


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
    if not theirs:
        return False
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


def turned(clause: Clause, mentions: Sequence[Mention]) -> bool:
    """Tell whether the last file named comes first: ``in reverse``, ``put photo2 right after photo1``."""
    between = clause.items[mentions[0].at + 1 : mentions[-1].at] if len(mentions) == 2 else []
    return clause.has("word", "reversed") or any(item.has("word", "after") for item in between)


def by_turns(mentions: Sequence[Mention]) -> bool:
    """Tell whether kinds are named again and again, one after another: ``photo, clip, photo, clip``."""
    row = [one.assets for one in mentions]
    return len(row) > 2 and row[0] == row[2] and row[0] != row[1]


def _halved(clause: Clause) -> bool:
    return any(
        item.quantity is not None
        and item.quantity.value == _HALF
        and item.quantity.kind in ("factor", "amount")
        and item.quantity.unit in ("", "percent")
        for item in clause.items
    )
