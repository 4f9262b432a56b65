"""What is said of files beyond where they are to be: there alone, once each, and nothing beside them."""

from __future__ import annotations

from collections.abc import Sequence

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents.media_meant import Mention, joined
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import pictures, places
from songreel.model import edit as edits
from songreel.model.document import AssetId
from songreel.model.edit import Edit, Where

_MEDIA = Subject("media")
_SHOWN = ("act", "show", "write", "begin", "again")
_PICTURES = ("thing", "picture", "shots", "generated", "media", "photo", "footage")


def besides(clause: Clause, talk: Talk) -> bool:
    """Read what is not wanted beside what was just put there: ``…，别的都不要``, ``…, not in the chorus``."""
    last = talk.edits[-1] if talk.edits else None
    if isinstance(last, edits.RemoveMedia):
        last = next((each for each in talk.edits[::-1] if isinstance(each, edits.UseMedia)), None)
    if not isinstance(last, edits.UseMedia) or not _of_all_else(clause):
        return False
    place = clause.place
    gone = any(isinstance(each, edits.RemoveMedia) and each.where.outside for each in talk.edits)
    if place is not None and place.label and not (place.outside or gone):
        talk.do(*_gone(last.assets, place.where(), talk), subject=_MEDIA)
    elif not (last.where.everywhere or gone):
        talk.do(*elsewhere(last, talk), subject=_MEDIA)
    elif last.how == "mixed" and talk.edits[-1] == last:
        talk.edits[-1] = last.evolve(how="only")
    talk.heard += 1
    clause.take_all()
    return True


def _of_all_else(clause: Clause) -> bool:
    """Tell whether a clause only denies something of all else, or of another place."""
    said = [item for item in clause.items if not (item.silent or item.mark)]
    denied = [item for item in said if item.has("negator") or item.has("act", "remove")]
    named = any(item.place is not None or item.has("word", "another") for item in said)
    return bool(denied) and named and all(item in denied or _of_showing(item) for item in said)


def _of_showing(item: Item) -> bool:
    shown = item.has(*_SHOWN) or item.has(*_PICTURES) or item.has("topic", "sections")
    return shown or item.place is not None or item.has("word", "another", "appears", "yet", "in", "then", "to", "every")


def elsewhere(use: edits.UseMedia, talk: Talk) -> list[Edit]:
    """Return what takes files away from all but the place where they are used; nothing where they are not shown."""
    where = use.where.evolve(outside=not use.where.outside, said="")
    return [] if use.where.everywhere else _gone(use.assets, where, talk)


def there_alone(talk: Talk, assets: Sequence[AssetId]) -> bool:
    """Take files that this message puts into one place away elsewhere: ``前奏放封面，…，封面别再出现``."""
    used = [each for each in talk.edits if isinstance(each, edits.UseMedia) and {*assets} == {*each.assets}]
    placed = next((each for each in used if not each.where.everywhere), None)
    if placed is None:
        return _rest_drawn(talk, assets)
    # What is put over the rest behind it may leave nothing to take away.
    begin = talk.edits.index(placed) + 1
    talk.edits[begin:begin] = elsewhere(placed, talk)
    talk.heard += 1
    return True


def _rest_drawn(talk: Talk, assets: Sequence[AssetId]) -> bool:
    """Take all files away but where this message puts some: ``主歌用photo1，副歌用clip1，其他的自动生成``."""
    used = [each for each in talk.edits if isinstance(each, edits.UseMedia) and not each.where.everywhere]
    plain = all(each.where.clock == used[0].where.clock and not each.where.outside for each in used)
    if len(used) < 2 or not plain or {*assets} != {key for each in used for key in each.assets}:
        return False
    stretches = tuple(stretch for each in used for stretch in each.where.stretches)
    where = Where(stretches=stretches, clock=used[0].where.clock, outside=True)
    talk.do(*_gone(tuple(assets), where, talk), subject=_MEDIA)
    talk.heard += 1
    return True


def where_last(clause: Clause, talk: Talk, gone: Sequence[AssetId]) -> edits.UseMedia | None:
    """Return how the latest turn put a file that is to give way there: ``swap photo1 for photo2 there``."""
    past = talk.situation.past[-1].edits if clause.has("reference", "there") and talk.situation.past else ()
    used = (each for each in past if isinstance(each, edits.UseMedia) and {*gone} == {*each.assets})
    return next(used, None)


def _gone(assets: tuple[AssetId, ...], where: Where, talk: Talk) -> list[Edit]:
    timeline = talk.situation.timeline
    if timeline is None or not any({*assets} & pictures.media_of(clip) for clip in places.shots(timeline, where)):
        return []
    return [edits.RemoveMedia(assets=assets, where=where)]


def confined(clause: Clause, found: Sequence[Mention]) -> bool:
    """Tell whether files are to be in one place alone: ``clip1 only in the chorus``, not ``only clip1 there``."""
    place = next((at for at, item in enumerate(clause.items) if item.place is not None), None)
    if place is None or not found:
        return False
    file = found[0].at
    if place > file and clause.has("negator") and clause.has("word", "another"):
        return True
    for at, item in enumerate(clause.items):
        if not item.has("act", "only") or item.place is not None:
            continue
        after = next((each for each in clause.items[at + 1 :] if not each.silent), None)
        shows = after is not None and after.has("act", "show", "move", "write")
        softly = item.has("turn", "just") and after is not None and after.has("act")
        led = after is not None and after.place is not None
        if (at > file and place > file) or led or (shows and place > file and not softly and at + 1 < file):
            return True
    return False


def once(clause: Clause, talk: Talk, found: Sequence[Mention]) -> bool:
    """Show each file once: in as many shots as there are files where nothing else is shown, else in a shot for each."""
    repeated = clause.has("word", "repeats") and clause.has("negator")
    if not (repeated or clause.has("word", "single")) or clause.place is not None or not talk.stage.shots:
        return False
    shots, assets = talk.stage.shots, joined(found).assets
    theirs = [clip for clip in shots if {*assets} & pictures.media_of(clip)]
    if len(theirs) == len(shots):
        factor = max(len(assets) / len(shots), 1 / 64)
        talk.do(edits.CutDenser(factor=factor), edits.UseMedia(assets=assets), subject=_MEDIA)
        return True
    step = max(len(shots) // len(assets), 1)
    chosen = tuple(clip.id for clip in shots[step // 2 :: step])[: len(assets)]
    if theirs:
        talk.do(edits.RemoveMedia(assets=assets))
    talk.do(edits.UseMedia(assets=assets, where=Where(clips=chosen)), subject=_MEDIA)
    return True


def corrected(clause: Clause, talk: Talk, found: Sequence[Mention]) -> bool:
    """Use another file as the last change used one: ``put photo1 in the intro``, then ``no, photo2``."""
    past = talk.situation.past[-1] if talk.situation.past else None
    used = past.edits if past is not None and past.version == talk.situation.version else ()
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("word"))]
    said = [item for item in said if item.asset or not _puts_in(item)]
    if talk.edits or len(used) != 1 or not isinstance(used[0], edits.UseMedia | edits.AddOverlay):
        return False
    meant = [each for each in found if each.named and not each.unwanted]
    denied = {key for each in found if each.unwanted for key in each.assets}
    theirs = {*used[0].assets} if isinstance(used[0], edits.UseMedia) else {used[0].asset}
    bare = (talk.taken_back or _rather(clause, used[0])) and len(said) == 1 and found[0].named
    # ``not photo1, I meant photo2``
    if not (bare or (denied and denied == theirs and not clause.placed)) or len(meant) != 1:
        return False
    again = used[0].evolve(**_file(used[0], meant[0].assets))
    talk.do(edits.Undo(), again, subject=_MEDIA)
    return True


def _puts_in(item: Item) -> bool:
    return item.has("act", "change") or item.has("turn", "instead") or item.has("reference", "it")


def _rather(clause: Clause, used: Edit) -> bool:
    """Tell whether a file takes the place of the one that was put somewhere: ``换成photo2吧``, ``photo2 instead``."""
    placed = isinstance(used, edits.UseMedia) and not used.where.everywhere
    return placed and (clause.has("act", "change") or clause.has("turn", "instead"))


def _file(edit: edits.UseMedia | edits.AddOverlay, assets: tuple[AssetId, ...]) -> dict[str, object]:
    return {"assets": assets} if isinstance(edit, edits.UseMedia) else {"asset": assets[0]}
