"""What is said of files that are shown already: how they look, which stay, which are too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import media_meant
from songreel.director.understanding.intents.media_meant import Mention
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import pictures
from songreel.model import edit as edits
from songreel.model.document import AssetId
from songreel.model.edit import Where

_DYED = ("brightness", "contrast", "saturation", "warmth")
_USED = ("only", "begin", "finish", "move", "hold", "keep")
_PUT = ("add", "remove")


def read(clause: Clause, talk: Talk, found: Sequence[Mention]) -> bool:
    """Understand what is said of files as they are shown; False where they are to be shown otherwise."""
    return _spared(clause, talk) or _kept(clause, talk, found) or _looks(clause, talk, found)


def how_often(clause: Clause) -> int:
    """Return 1 where files are to be shown more often, -1 where less; ``slower pictures`` are about the cuts: 0."""
    much = clause.has("measure", "lot", "excess") or clause.has("word", "many") or clause.has("degree", "length+")
    beyond = clause.has("measure", "too") and much
    if (beyond or clause.has("word", "overdone")) and not clause.has("negator"):
        return -1
    bare = [] if degrees.of(clause, ("pace",)) else degrees.of(clause, ("",))
    found = bare or (degrees.of(clause, ("pace",)) if clause.has("act", "show") else [])
    return found[0].sign if found else 0


def compared(clause: Clause, found: Sequence[Mention]) -> tuple[AssetId, ...]:
    """Return the files to be seen so often, without those they are compared with: ``more often than clip2``."""
    than = next((at for at, item in enumerate(clause.items) if item.has("word", "above")), len(clause.items))
    return media_meant.joined([each for each in found if each.at < than] or found).assets


def oftener(talk: Talk, assets: tuple[AssetId, ...], *, sign: int) -> None:
    """Show files in every other shot; where fewer are wanted, in fewer shots than they are."""
    if sign < 0:
        talk.do(edits.RemoveMedia(assets=assets))
        talk.do(edits.UseMedia(assets=assets, where=Where(clips=_every_third(talk, assets))), subject=Subject("media"))
    else:
        talk.do(edits.UseMedia(assets=assets, how="mixed"), subject=Subject("media"))


def _every_third(talk: Talk, assets: tuple[AssetId, ...]) -> tuple[str, ...]:
    shown = [clip for each in assets for clip in _shots(talk, (each,))]
    order = [clip.id for clip in talk.stage.shots if clip.id in shown] or [clip.id for clip in talk.stage.shots]
    return tuple(order[::3])


def _spared(clause: Clause, talk: Talk) -> bool:
    """Use all that was brought but for what is excepted: ``everything except photo2``."""
    spared = [item.asset for item in clause.items if item.asset and item.spared]
    others = [item for item in clause.items if item.asset and not item.spared]
    bare = not others and not any(clause.has(kind) for kind in ("degree", "effect", "grey", "color", "look", "cut"))
    doing = [item for item in clause.items if item.has("act") and not item.has("act", "show", "only", "keep", "hold")]
    if not spared or not bare or any(not item.silent for item in doing):
        return False
    rest = tuple(each for each in media_meant.all_brought(talk) if each not in spared)
    if rest:
        talk.do(edits.UseMedia(assets=rest), subject=Subject("media"))
        clause.take_all()
    return bool(rest)


def _kept(clause: Clause, talk: Talk, found: Sequence[Mention]) -> bool:
    """Leave files as they are that are only told to stay: ``keep photo1 but drop photo2``."""
    plain = all(item.silent or item.mark or item.asset or item.has("act", "keep", "hold") for item in clause.items)
    if not plain or not clause.has("act", "keep", "hold") or not all(each.named for each in found):
        return False
    if not all(_shots(talk, each.assets) for each in found):
        return False
    talk.heard += 1
    clause.take_all()
    return True


def _looks(clause: Clause, talk: Talk, found: Sequence[Mention]) -> bool:
    """Let what is said of how files look hold where they are shown: ``blur clip1``, ``photo1 is too dark``."""
    dyed = clause.all("effect") or clause.all("grey") or clause.all("tone") or degrees.of(clause, _DYED)
    acts = [item for item in clause.items if item.has("act") and not item.silent]
    if any(item.has("act", *_USED) for item in acts) or not dyed or not found or clause.placed:
        return False
    if clause.all("effect") and clause.has("word", "complaint"):
        # ``photo3 is blurry`` asks for nothing yet.
        return False
    put = clause.has("act", "show") if clause.all("effect") else any(item.has("act", *_PUT) for item in acts)
    if put or clause.has("position") or clause.has("thing", "background"):
        return False
    ids = tuple(each for one in found for each in _shots(talk, one.assets))
    if not ids:
        return False
    at = found[0].at
    spans = tuple(
        (talk.stage.seconds(clip.start), talk.stage.seconds(clip.end)) for clip in talk.stage.shots if clip.id in ids
    )
    where = Place(spans, clips=ids, said=clause.items[at].said)
    clause.items[at] = replace(clause.items[at], asset=None, meanings=(), place=where)
    for one in found[1:]:
        clause.items[one.at] = replace(clause.items[one.at], asset=None, meanings=(("ignored", "file"),))
    talk.subject = Subject("media", name=found[0].assets[0])
    return True


def _shots(talk: Talk, assets: Sequence[AssetId]) -> tuple[str, ...]:
    return tuple(clip.id for clip in talk.stage.shots if {*assets} & pictures.media_of(clip))
