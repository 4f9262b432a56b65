"""What a person brought: photos, clips, the cover, a logo."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.document import AssetId
from songreel.model.edit import Stretch, Where

_EDGE_BARS = 2
_LOGO, _SMALL, _BIG = 0.2, 0.12, 0.4
_COVERS = ("cover", "artwork", "front", "folder", "album")
_STEP = 1.3
_EXCHANGE = frozenset({"swap", "exchange", "switch", "对调", "互换", "交换", "调换"})


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of photos, clips, the cover and logos."""
    named = [item.asset for at, item in enumerate(clause.items) if item.asset and at not in clause.used]
    kinds = clause.all("thing", "photo", "footage", "media", "cover", "logo")
    if not named and not kinds and clause.all("thing", "generated"):
        kinds = clause.all("thing", "generated")
    kinds = [at for at in kinds if not (clause.items[at].has("thing", "video", "shots") and not _mine(clause))]
    back = talk.subject is not None and talk.subject.kind == "overlay" and not kinds and not named
    if back and (clause.has("reference") or not clause.unknown()) and _moved(clause, talk):
        return
    if not named and not kinds:
        return
    if not named and clause.all("thing", "logo") and any(item.quote is not None for item in clause.items):
        return
    assets = tuple(dict.fromkeys(each for each in named if each)) or _meant(clause, talk, kinds)
    overlay = clause.all("thing", "logo")
    if overlay and _overlaid(talk) and not clause.has("act", "add") and _moved(clause, talk):
        return
    if overlay and not _overlaid(talk) and degrees.of(clause, ("size",)) and not clause.has("act", "add", "show"):
        talk.cannot("no-text", what=talk.word("things", "logo"))
        _consume(clause)
        return
    if not assets:
        _none(clause, talk, kinds)
        return
    place = clause.place
    if place is not None and place.missing:
        talk.no_place(place.missing)
        _consume(clause)
        return
    _use(clause, talk, assets, overlay=bool(overlay))
    _consume(clause)


def _mine(clause: Clause) -> bool:
    return any(item.said.lower() in ("my", "mine", "our", "我的", "我") for item in clause.items)


def _consume(clause: Clause) -> None:
    for kind in ("act", "position", "reference", "whole"):
        clause.take_kind(kind)
    clause.take_kind(
        "thing", "photo", "footage", "media", "cover", "logo", "background", "picture", "video", "generated", "shots",
        "song",
    )  # fmt: skip
    clause.take(*(each.at for each in degrees.of(clause, ("size", "opacity"))))
    clause.take(*(at for at, item in enumerate(clause.items) if item.asset or item.place or item.quantity))


def _meant(clause: Clause, talk: Talk, kinds: Sequence[int]) -> tuple[AssetId, ...]:
    """Return the assets that a kind of thing means: one by its number, the cover, or all of the kind."""
    assets = talk.situation.assets
    names = {value for at in kinds for kind, value in clause.items[at].meanings if kind == "thing"}
    covers = _covers(talk)
    if "cover" in names or ("logo" in names and covers and not {"photo", "footage"} & names):
        return covers[:1] or (_pictures(talk, ("photo",))[:1] if "logo" in names else ())
    wanted = [kind for kind in ("photo", "footage") if kind in names]
    found = _pictures(talk, tuple(wanted) or ("photo", "footage"))
    if len(wanted) == 1 and wanted == ["photo"]:
        found = tuple(each for each in found if each not in covers) or found
    numbers = [
        int(item.quantity.value)
        for item in clause.items
        if item.quantity and item.quantity.kind == "ordinal" and item.place is None
    ]
    listed = [int(quantity.value) for _, quantity in degrees.amounts(clause, "")] if clause.has("word", "order") else []
    if listed and all(1 <= number <= len(found) for number in listed):
        return tuple(found[number - 1] for number in listed)
    singular = [clause.items[at].said.lower() for at in kinds]
    if numbers and found:
        chosen = [number - 1 if number > 0 else len(found) + number for number in numbers]
        return tuple(found[each] for each in chosen if 0 <= each < len(found))
    if assets and not _mine(clause) and any(each in ("picture", "image", "pictures", "images") for each in singular):
        return found if clause.has("act", "add", "remove") or clause.has("act", "show") else ()
    return found


def _covers(talk: Talk) -> tuple[AssetId, ...]:
    situation = talk.situation
    if situation.cover is not None:
        return (situation.cover,)
    photos = [key for key, asset in situation.assets.items() if asset.kind == "photo"]
    return tuple(key for key in photos if any(word in situation.assets[key].name.lower() for word in _COVERS))


def _pictures(talk: Talk, kinds: tuple[str, ...]) -> tuple[AssetId, ...]:
    return tuple(key for key, asset in talk.situation.assets.items() if asset.kind in kinds)


def _none(clause: Clause, talk: Talk, kinds: Sequence[int]) -> None:
    """Say that nothing of the kind was brought, where a person's own is clearly meant."""
    names = {value for at in kinds for kind, value in clause.items[at].meanings if kind == "thing"}
    own = names & {"cover", "logo"} or ("media" in names and "photo" not in names) or _mine(clause)
    own = own and not clause.has("word", "every")
    if own and not clause.all("thing", "palette"):
        what = next(name for name in ("cover", "logo", "photo", "footage", "media") if name in names)
        talk.cannot("no-media", what=talk.word("things", what))
        _consume(clause)


def _overlaid(talk: Talk) -> bool:
    return bool(talk.situation.timeline and talk.situation.timeline.clips("overlay"))


def _moved(clause: Clause, talk: Talk) -> bool:
    """Move, enlarge, dim or remove what is laid over the frame already."""
    subject = Subject("overlay")
    position = next((clause.items[at].value("position") for at in clause.all("position")), None)
    sizes = degrees.of(clause, ("size",))
    faint = degrees.of(clause, ("opacity",))
    if clause.has("act", "remove") or (clause.negative and not position):
        talk.do(edits.RemoveOverlay(), subject=subject)
    elif position or sizes or faint:
        size_by = degrees.times(clause, sizes[0].sign, step=_STEP) if sizes else None
        opacity = (0.5 if faint[0].sign < 0 else 1.0) if faint else None
        talk.do(edits.ChangeOverlay(position=position, size_by=size_by, opacity=opacity), subject=subject)
    else:
        return False
    _consume(clause)
    return True


def _use(clause: Clause, talk: Talk, assets: tuple[AssetId, ...], *, overlay: bool) -> None:
    subject = Subject("media")
    unwanted = (
        clause.has("word", "ugly")
        or clause.has("act", "remove")
        or clause.has("negator")
        or clause.has("word", "instead")
    )
    generated = [at for at in clause.all("thing", "generated") if not clause.items[at].negated]
    if generated and clause.has("word", "mixed"):
        talk.do(edits.RemoveMedia(assets=assets), edits.UseMedia(assets=assets, how="mixed"), subject=subject)
        return
    swapped: object = generated and clause.has("act", "change", "remove", "show")
    only_those = not clause.all("thing", "photo", "footage", "media", "cover") and not any(
        i.asset for i in clause.items
    )
    if clause.all("thing", "generated") and only_those and not generated:
        talk.do(edits.UseMedia(assets=assets, where=clause.where()), subject=subject)
        return
    swapped = swapped or (clause.has("act", "swap-out") and not clause.place and not any(i.asset for i in clause.items))
    if (unwanted and not _kept(clause)) or swapped:
        if overlay and _overlaid(talk):
            talk.do(edits.RemoveOverlay(), subject=Subject("overlay"))
        else:
            where = clause.where()
            talk.do(edits.RemoveMedia(assets=assets, where=where), subject=subject)
        return
    if len(assets) == 2 and clause.has("act", "swap-out") and (old := _shots_of(talk, assets[0])):
        talk.do(edits.UseMedia(assets=assets[1:], where=Where(clips=old)), subject=subject)
        return
    if len(assets) == 2 and any(item.said.lower() in _EXCHANGE for item in clause.items):
        _exchange(talk, assets, subject)
        return
    position = next((clause.items[at].value("position") for at in clause.all("position")), None)
    sizes = degrees.of(clause, ("size",))
    if overlay or (position and len(assets) == 1 and not clause.has("thing", "background")):
        size = _LOGO if not sizes or (not overlay and sizes[0].sign < 0) else _SMALL if sizes[0].sign < 0 else _BIG
        edit = edits.AddOverlay(asset=assets[0], position=position or "top-right", size=size, where=clause.where())
        talk.do(edit, subject=Subject("overlay"))
        return
    where, how = _stretch(clause, talk, assets)
    last = talk.edits[-1] if talk.edits else None
    if where.everywhere and how == "mixed" and isinstance(last, edits.UseMedia) and last.where.everywhere:
        talk.edits.pop()
        assets, how = (*last.assets, *assets), "only"
    talk.do(edits.UseMedia(assets=assets, where=where, how=how), subject=subject)


def _exchange(talk: Talk, assets: Sequence[AssetId], subject: Subject) -> None:
    """Let two pictures change places: each takes the shots of the other."""
    for one, other in (tuple(assets), tuple(reversed(assets))):
        if clips := _shots_of(talk, other):
            talk.do(edits.UseMedia(assets=(one,), where=Where(clips=clips)), subject=subject)


def _shots_of(talk: Talk, asset: AssetId) -> tuple[str, ...]:
    return tuple(clip.id for clip in talk.stage.shots if getattr(clip.source, "asset", None) == asset)


def _kept(clause: Clause) -> bool:
    """Tell whether the assets are what is wanted in place of something else."""
    named = [item for item in clause.items if item.asset or item.has("thing", "photo", "footage", "cover", "media")]
    return any(not item.negated for item in named) and not clause.has("act", "remove") and clause.has("word", "instead")


def _stretch(clause: Clause, talk: Talk, assets: Sequence[AssetId]) -> tuple[Where, Literal["only", "mixed", "one"]]:
    """Return where assets are shown: at a place, at the beginning or end, throughout, or among the others."""
    place = clause.place
    span = min(talk.stage.bar_s * _EDGE_BARS, talk.stage.length / 2)
    if said := degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s):
        span = said[1]
    single = len(assets) == 1
    if place is not None and not place.whole:
        if place.point:
            low = [each[0] if not _last(place.said) else max(each[1] - span, Fraction(0)) for each in place.stretches]
            stretches = tuple(Stretch(start=each, end=each + span) for each in low)
            return Where(stretches=stretches, clock=place.clock, said=place.said[:200]), "one"
        return place.where(), "one" if single else "only"
    begins = clause.has("act", "begin") or (clause.has("word", "first", "begin") and not clause.has("word", "every"))
    ends = clause.has("act", "finish") or clause.has("word", "last", "finish")
    ordered = len(assets) > 1
    if begins and not ordered:
        return Where(stretches=(Stretch(end=span),)), "one"
    if ends and not ordered:
        return Where(stretches=(Stretch(start=-span),)), "one"
    if clause.has("thing", "background") or clause.has("act", "only") or place is not None:
        return Where(), "one" if single else "only"
    return Where(), "mixed" if single or clause.has("act", "add") else "only"


def _last(said: str) -> bool:
    return (
        any(word in said.lower() for word in ("end", "finish", "结尾", "最后", "末", "结束", "片尾"))
        and "chorus" not in said
    )
