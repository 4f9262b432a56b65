"""Which photos, clips, covers and logos a clause speaks of, and which of them are to give way to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.document import AssetId

KINDS = ("photo", "footage", "media", "cover", "logo")
_NEAR = 4
"""How many items a word for “my” reaches over, itself included."""
_SEVERAL = ("两段", "两个", "几段", "几个", "both")
_ENDING = ("了", "吧", "啦", "也", "都")
_PIECES = ("张", "个", "段", "条", "部", "幅")
_COVERS = ("cover", "artwork", "front", "folder", "album")


@dataclass(frozen=True, slots=True)
class Mention:
    """Files that were spoken of at one place of a clause; ``named`` by their file names or by what they are.

    ``unwanted`` tells that a negator reaches them, ``contrast`` that something else is wanted in their place.
    """

    at: int
    assets: tuple[AssetId, ...]
    named: bool
    unwanted: bool
    contrast: bool


def find(clause: Clause, talk: Talk) -> list[Mention]:
    """Return what a clause mentions, in order; what is called by its kind only as far as the project has it."""
    found: list[Mention] = []
    for at, item in enumerate(clause.items):
        if at in clause.used:
            continue
        if item.asset:
            found.append(Mention(at, (item.asset,), named=True, unwanted=item.negated, contrast=item.contrast))
        elif kind := _kind(clause, at, talk):
            assets = _of_kind(clause, at, kind, talk)
            beside = bool(found) and found[-1].at == at - 1 and not found[-1].named
            if beside and kind == "photo" and found[-1].assets == covers(talk)[:1]:
                continue
            if beside and (kind == "media" or found[-1].assets == assets):
                continue
            if beside or (found and kind == "cover" and _shows(clause, found[-1], at)):
                found.pop()
            found.append(Mention(at, assets, named=False, unwanted=item.negated, contrast=item.contrast))
    named = {each for one in found if one.named for each in one.assets}
    found = [each for each in found if each.named or len(found) < 2 or not _framed(clause, each)]
    return [each for each in found if each.named or not named or not named <= {*each.assets}]


def _framed(clause: Clause, one: Mention) -> bool:
    """Tell whether a mention only says how a file that is named is shown: ``clip1 as picture in picture``."""
    return clause.items[one.at].has("thing", "logo")


def _shows(clause: Clause, one: Mention, at: int) -> bool:
    """Tell whether a picture is only what the thing after it is: ``the photo of the cover``."""
    between = clause.items[one.at + 1 : at]
    return (
        not one.named
        and bool(between)
        and all(item.silent or item.has("word", "of") for item in between)
        and any(item.said.lower() in ("of", "of the", "的") for item in between)
    )


def spoken(clause: Clause, talk: Talk) -> set[str]:
    """Return the kinds of things that a clause mentions, whether the project has them or not."""
    return {kind for at in range(len(clause.items)) if at not in clause.used and (kind := _kind(clause, at, talk))}


def mine(clause: Clause) -> bool:
    """Tell whether a person's own pictures are spoken of: ``my photos``, but not ``my English``."""
    return any(
        item.has("word", "mine") and any(each.has("thing") for each in clause.items[at : at + _NEAR])
        for at, item in enumerate(clause.items)
    )


def all_brought(talk: Talk) -> tuple[AssetId, ...]:
    """Return all photos and clips of the project."""
    return _all(talk, ("photo", "footage"))


def covers(talk: Talk) -> tuple[AssetId, ...]:
    """Return the cover, or what is called like one."""
    situation = talk.situation
    if situation.cover is not None:
        return (situation.cover,)
    photos = [key for key, asset in situation.assets.items() if asset.kind == "photo"]
    return tuple(key for key in photos if any(word in situation.assets[key].name.lower() for word in _COVERS))


def given_way(clause: Clause, found: Sequence[Mention]) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """Return what is to give way, and what comes in its place; nothing where nothing is put for another."""
    contrast = [each for each in found if each.contrast]
    wanted = [each for each in found if not each.unwanted]
    if contrast and wanted and not clause.has("act", "remove"):
        return contrast, wanted
    if len(found) < 2:
        return (), ()
    if any(item.has("word", "compared") for item in clause.items[: found[0].at]):
        # ``比起photo1我更喜欢clip2``
        return found[:1], found[1:]
    if len(found) == 2 and any(item.has("word", "substitutes") for item in clause.items[found[1].at :]):
        # ``photo1太糊了，用photo2代替``
        return found[:1], found[1:]
    between = [(at, clause.items[at]) for at in range(found[0].at + 1, found[-1].at)]
    spot = any(item.has("word", "where") for item in clause.items[: found[0].at])
    if spot or any(item.has("word", "spot") and not item.has("act") for _, item in between):
        # ``wherever photo1 is, show photo3``, ``photo1的位置放photo3``
        return found[:1], found[1:]
    if clause.has("word", "prefers") and any(item.has("word", "above") for _, item in between):
        return found[1:], found[:1]
    for at, item in between:
        before, after = ([each for each in found if (each.at < at) == side] for side in (True, False))
        if item.has("word", "substitutes") or item.has("word", "where"):
            return after, before
        if _turns(item, at, found) or (clause.has("act", "change", "swap-out") and item.has("word", "into", "for")):
            return before, after
    return (), ()


def mutual(clause: Clause, found: Sequence[Mention]) -> tuple[AssetId, ...]:
    """Return the two files that are to change places; nothing where others are to come in for them."""
    assets = tuple(dict.fromkeys(each for one in found for each in one.assets))
    between = [clause.items[at] for at in range(found[0].at + 1, found[-1].at)] if found else []
    parted = any(item.has("word", "for", "substitutes") for item in between)
    return assets if len(assets) == 2 and clause.has("word", "mutual") and not parted else ()


def _turns(item: Item, at: int, found: Sequence[Mention]) -> bool:
    """Tell whether a verb between two mentions turns the one into the other: ``photo1换成封面``."""
    return item.has("act", "change", "swap-out") and found[0].at < at < found[-1].at


def _kind(clause: Clause, at: int, talk: Talk) -> str:
    item = clause.items[at]
    if item.has("reference", "one") and _of_media(talk):
        return "photo" if _numbers(clause, at) else ""
    if (
        item.said == "张"
        and _numbers(clause, at)
        and not any(each.has("thing") for each in clause.items[at + 1 : at + 2])
    ):
        # ``第二张别用了``
        return "photo" if _all(talk, ("photo",)) else ""
    counted = item.has("thing", "video") and _counted(clause, at, talk)
    counted = counted or (item.has("thing", "video") and (_put_there(clause, at, talk) or _after_photos(clause, talk)))
    if item.has("thing", "video", "shots", "song") and not (mine(clause) or counted or _clips(clause, item, talk)):
        return ""
    kind = next((kind for kind in ("cover", "logo", "photo", "footage", "media") if item.has("thing", kind)), "")
    return "footage" if counted or (kind in ("", "photo", "media") and item.has("thing", "video")) else kind


def _of_media(talk: Talk) -> bool:
    """Tell whether pictures were spoken of, so that “the second one” is one of them."""
    if talk.edits:
        return isinstance(talk.edits[-1], edits.UseMedia)
    return talk.subject is not None and talk.subject.kind == "media"


def _after_photos(clause: Clause, talk: Talk) -> bool:
    """Tell whether “video” is all that a clause names, after photos were: ``只用照片，不要视频``, ``…，后半段视频``."""
    used = talk.edits and isinstance(talk.edits[-1], edits.UseMedia) and bool(_all(talk, ("footage",)))
    there = clause.negative or (clause.place is not None and not clause.place.whole)
    said = [item for item in clause.items if not (item.silent or item.mark or item.place or item.has("negator"))]
    said = [item for item in said if not (item.has("act", "remove") or item.said in _ENDING)]
    return bool(used) and there and all(item.has("thing", "video") for item in said)


def _counted(clause: Clause, at: int, talk: Talk) -> bool:
    """Tell whether several videos are spoken of, as those that were brought: ``先放两段视频``."""
    number = next((item.quantity for item in clause.items[max(at - 2, 0) : at] if item.quantity), None)
    many = any(item.said in _SEVERAL for item in clause.items[max(at - 2, 0) : at])
    beside = clause.has("act", "only", "show") or clause.has("thing", "photo")
    many = many or (clause.items[at].said.lower() == "videos" and beside)
    counted = number is not None and number.kind == "amount" and not number.unit and number.value > 1
    return bool(_all(talk, ("footage",))) and (many or counted)


def _put_there(clause: Clause, at: int, talk: Talk) -> bool:
    """Tell whether “video” is what is shown in one place, or beside photos: ``副歌用视频``, ``照片和视频穿插着来``."""
    before = next((item for item in clause.items[:at][::-1] if not item.silent), None)
    ended = all(item.silent or item.mark or item.has("word", "mixed") for item in clause.items[at + 1 :])
    photos = any(item.has("thing", "photo") for item in clause.items[:at])
    there = (clause.place is not None and not clause.place.whole and ended) or photos
    put = before is not None and (before.has("act", "show", "change") or before.has("thing", "photo"))
    return there and put and not clause.items[at].said.isascii() and bool(_all(talk, ("footage",)))


def _clips(clause: Clause, item: Item, talk: Talk) -> bool:
    """Tell whether “clips” are those that were brought: some were, and no shots are to be longer or faster.

    A single clip is one where it is shown somewhere, or beside photos: ``start with the clip``, ``photo, clip, photo``.
    """
    brought = any(asset.kind == "footage" for asset in talk.situation.assets.values())
    paced = clause.has("degree") and not clause.has("act", "show", "only", "remove")
    if item.said.lower() == "clip":
        verb = clause.items[0].has("act", "show", "begin", "add") and clause.items[0].said.lower() not in (
            "let",
            "have",
        )
        put = verb and (clause.place is not None or "with" in clause.items[0].said.lower().split())
        put = put or (clause.items[0].has("act", "only") and clause.place is not None and bool(clause.place.label))
        put = put or (clause.has("act", "remove") and clause.place is None and bool(_filmed_last(talk)))
        return brought and not clause.has("degree") and (put or clause.has("thing", "photo"))
    return brought and item.has("thing", "footage") and item.said.lower().endswith("s") and not paced


def _filmed_last(talk: Talk) -> tuple[AssetId, ...]:
    """Return the footage that the latest turn showed, so that “the clip” is it: ``take the clip out again``."""
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    shown = [each for edit in past if isinstance(edit, edits.UseMedia) for each in edit.assets]
    return tuple(each for each in _all(talk, ("footage",)) if each in shown)


def _of_kind(clause: Clause, at: int, kind: str, talk: Talk) -> tuple[AssetId, ...]:
    """Return the files of a kind: the one with its number, those that are listed by numbers, or all."""
    known = covers(talk)
    if kind == "logo" and clause.items[at].has("thing", "inset") and (filmed := _all(talk, ("footage",))):
        return filmed[:1]
    if kind in ("cover", "logo"):
        return known[:1] or (_all(talk, ("photo",))[:1] if kind == "logo" else ())
    found = _all(talk, (kind,) if kind != "media" else ("photo", "footage"))
    if clause.items[at].said.lower() == "clip" and clause.has("act", "remove"):
        found = _filmed_last(talk) or found
    if kind == "photo":
        found = tuple(each for each in found if each not in known) or found
    listed = _listed(clause)
    if listed and all(1 <= number <= len(found) for number in listed):
        return tuple(found[number - 1] for number in listed)
    if after := _after(clause, at):
        return tuple(found[number - 1] for number in after if number <= len(found))
    said = _numbers(clause, at) or _apposed(clause, at)
    numbers = [number - 1 if number > 0 else len(found) + number for number in said]
    if numbers:
        return tuple(found[each] for each in numbers if 0 <= each < len(found))
    return found


def _apposed(clause: Clause, at: int) -> list[int]:
    """Return the ordinal that says which one is meant, behind it: ``just one photo, the second one``."""
    row = [item for item in clause.items[at + 1 :] if item.quantity or not item.silent or item.has("reference")]
    row = [item for item in row if not item.mark]
    which = row[0].quantity if len(row) > 1 and row[1].has("reference", "one") else None
    return [int(which.value)] if which is not None and which.kind == "ordinal" else []


def _numbers(clause: Clause, at: int) -> list[int]:
    """Return the ordinals right before a thing: ``the first and the third photo``, ``第二张照片``."""
    numbers: list[int] = []
    for item in reversed(clause.items[:at]):
        if item.quantity is not None and item.quantity.kind == "ordinal":
            several = clause.items[at].said.lower().endswith("s") and item.said.lower() == "first"
            numbers[:0] = [] if several and not numbers else [int(item.quantity.value)]
        elif not item.silent and not item.mark:
            break
    return numbers


def _after(clause: Clause, at: int) -> list[int]:
    """Return the numbers right after a thing: ``photos 2 and 3``."""
    numbers: list[int] = []
    told = clause.items[at + 1 : at + 2] and clause.items[at + 1].said.lower() in ("number", "no", "nr")
    for item in clause.items[at + (2 if told else 1) :]:
        amount = item.quantity if item.quantity and item.quantity.kind == "amount" and not item.quantity.unit else None
        if amount is not None and amount.value >= 1 and not _counts(clause, item):
            numbers.append(int(amount.value))
        elif not numbers or not (item.silent or item.mark or item.said.lower() in ("and", "&", "和")):
            break
    several = clause.items[at].said.lower().endswith("s") or not clause.items[at].said.isascii()
    near = clause.items[at + 1] if at + 1 < len(clause.items) else None
    one = near is not None and near.quantity is not None and numbers[:1] == [near.quantity.value]
    return numbers if told or several or one else []


def _counts(clause: Clause, number: Item) -> bool:
    """Tell whether a number says how many, by the word for pieces behind it: ``三张轮着来``."""
    after = next((item for item in clause.items if item.start >= number.end), None)
    return after is not None and after.said in _PIECES


def _listed(clause: Clause) -> list[int]:
    counted = [item for item in clause.items if item.quantity and not _counts(clause, item)]
    amounts = [item.quantity for item in counted if item.quantity and item.quantity.kind == "amount"]
    return [int(each.value) for each in amounts if not each.unit] if clause.has("word", "order") else []


def _all(talk: Talk, kinds: tuple[str, ...]) -> tuple[AssetId, ...]:
    return tuple(key for key, asset in talk.situation.assets.items() if asset.kind in kinds)


def missing(clause: Clause) -> str:
    """Return what a picture is called that is named by a number which no picture has: ``photo3``; else nothing."""
    for at, item in enumerate(clause.items):
        if item.has("thing", *KINDS) and (_numbers(clause, at) or _after(clause, at)):
            whole = [each.said for each in clause.items[at : at + 2]] if _after(clause, at) else [item.said]
            return " ".join(whole)
    return ""


def in_turn(found: Sequence[Mention]) -> tuple[AssetId, ...]:
    """Return the files of several mentions by turns, one of each: ``alternate photos and clips``."""
    rounds = zip_longest(*(one.assets for one in found))
    return tuple(dict.fromkeys(each for one in rounds for each in one if each is not None))


def joined(found: Sequence[Mention]) -> Mention:
    """Return several mentions as one."""
    assets = tuple(dict.fromkeys(each for one in found for each in one.assets))
    return replace(found[0], assets=assets)
