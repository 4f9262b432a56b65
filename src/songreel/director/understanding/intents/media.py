"""What a person brought: photos, clips, the cover, a logo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from songreel.director import lexicon
from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import (
    media_laid,
    media_meant,
    media_only,
    media_order,
    media_seen,
    media_told,
)
from songreel.director.understanding.intents.media_meant import Mention
from songreel.director.understanding.places import Place
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.brief import CutRule
from songreel.model.document import AssetId
from songreel.model.edit import Stretch, Where
from songreel.model.timeline import SceneSource

_EDGE_BARS = 2
_MEDIA = Subject("media")
_MOST_BEATS = 64
_THEN = ("then", "再", "然后", "接着", "，再")
_OTHERS = ("thing", "fade", "effect", "visualizer", "transition", "look", "grey", "tone")


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of photos, clips, the cover and logos."""
    if not (media_only.besides(clause, talk) or media_order.shared(clause, talk) or media_order.ranked(clause, talk)):
        _read(clause, talk)


def _read(clause: Clause, talk: Talk) -> None:
    found = media_meant.find(clause, talk)
    kinds = media_meant.spoken(clause, talk)
    generated = clause.all("thing", "generated")
    if not found and generated:
        found = [Mention(generated[0], media_meant.all_brought(talk), named=False, unwanted=False, contrast=False)]
    if not found and not kinds and (media_laid.over_all(clause, talk) or _laid_before(clause, talk)):
        _consume(clause)
        return
    if not found and not kinds:
        _ = media_told.goes_on(clause, talk) or media_order.again(clause, talk)
        return
    if media_seen.read(clause, talk, found):
        return
    overlay = "logo" in kinds
    if overlay and any(item.quote is not None for item in clause.items):
        return
    if overlay and media_laid.of_overlay(clause, talk):
        _consume(clause)
        return
    if not any(each.assets for each in found):
        _none(clause, talk, kinds)
        return
    if not any(each.named for each in found) and _unsaid(clause):
        return
    if media_told.only(clause, talk, found):
        return
    _carry_out(clause, talk, found, overlay=overlay)
    _consume(clause)


def _carry_out(clause: Clause, talk: Talk, found: Sequence[Mention], *, overlay: bool) -> None:
    """Do with files what a clause asks for, where the video has the place that it names."""
    place = clause.place
    if place is not None and place.missing:
        talk.no_place(place.missing)
    elif not (
        media_only.corrected(clause, talk, found)
        or media_laid.exchanged(clause, talk, found[0].assets)
        or _put_for_another(clause, talk, found)
        or media_only.once(clause, talk, found)
    ):
        _use(clause, talk, found, overlay=overlay)
        _each_for(clause, talk)


def _laid_before(clause: Clause, talk: Talk) -> bool:
    """Change what was laid over the frame a moment ago: ``a bit smaller``, ``move it to the left``."""
    back = talk.subject is not None and talk.subject.kind == "overlay"
    back = back and not any(clause.all(kind) for kind in _OTHERS)
    return back and (clause.has("reference") or not clause.unknown()) and media_laid.back(clause, talk)


def _each_for(clause: Clause, talk: Talk) -> None:
    """Let each picture be shown for so long: ``my photos, 4 seconds each``, ``照片每张3秒``."""
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    each = clause.has("word", "every", "per") or clause.has("thing", "shots")
    placed = clause.place is not None and not clause.place.whole
    if length is None or not each or placed or not talk.edits or not isinstance(talk.edits[-1], edits.UseMedia):
        return
    beats = max(round(length[1] / talk.stage.beat_s), 1)
    talk.do(edits.CutEvery(rule=CutRule(every=min(beats, _MOST_BEATS), unit="beat")))
    clause.take(length[0])


def _unsaid(clause: Clause) -> bool:
    """Tell whether “pictures” are those that the video shows, not what somebody brought."""
    pictures = [at for at in clause.all("thing", "photo") if clause.items[at].has("topic", "shots")]
    told = media_meant.mine(clause) or clause.has("act", "add", "remove", "show", "only") or clause.has("word", "order")
    paced = degrees.of(clause, ("pace",)) and not clause.has("act", "show")
    return bool(pictures) and not (told and not paced)


def _consume(clause: Clause) -> None:
    clause.take_kind("mood", "muted")
    for kind in ("act", "position", "reference", "whole"):
        clause.take_kind(kind)
    clause.take_kind(
        "thing", "photo", "footage", "media", "cover", "logo", "background", "picture", "video", "generated", "shots",
        "song",
    )  # fmt: skip
    clause.take(*(each.at for each in degrees.of(clause, ("size", "opacity", "", "pace"))))
    rhythm = clause.has("word", "every", "per")
    said = [at for at, item in enumerate(clause.items) if item.asset or item.place or item.quantity]
    # ``闪一下photo2`` shows it for a moment.
    clause.take(*(at - 1 for at in said if at and clause.items[at].asset and clause.items[at - 1].said == "闪一下"))
    clause.take(*(at for at in said if not (rhythm and _musical(clause.items[at].quantity))))


def _musical(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.unit in ("bar", "beat")


def _none(clause: Clause, talk: Talk, kinds: set[str]) -> None:
    """Say that nothing of the kind was brought, where a person's own is clearly meant."""
    if missing := media_meant.missing(clause):
        talk.cannot("no-media", what=missing)
        _consume(clause)
        return
    own = kinds & {"cover", "logo"} or ("media" in kinds and "photo" not in kinds) or media_meant.mine(clause)
    if own and not clause.has("word", "every") and not clause.all("thing", "palette"):
        what = next(name for name in media_meant.KINDS if name in kinds)
        what = "footage" if clause.has("thing", "inset") else what
        talk.cannot("no-media", what=talk.word("things", what))
        _consume(clause)


def _put_for_another(clause: Clause, talk: Talk, found: Sequence[Mention]) -> bool:
    """Put files in the place of others, as in ``第二张换成clip1``, or let two change places."""
    if pair := media_meant.mutual(clause, found):
        shown = [(one, _shots_of(talk, other)) for one, other in (pair, pair[::-1])]
        if all(clips for _, clips in shown):
            talk.do(*(edits.UseMedia(assets=(one,), where=Where(clips=ids)) for one, ids in shown), subject=_MEDIA)
            return True
    old, new = media_meant.given_way(clause, found)
    told = talk.subject.name if talk.subject is not None and talk.subject.kind == "media" else ""
    if told and len(found) == 1 and _gives_way(clause) and told not in found[0].assets:
        old, new = [replace(found[0], assets=(told,))], found
    last = talk.edits[-1] if talk.edits else None
    if isinstance(last, edits.RemoveMedia) and last.where.everywhere and len(found) == 1 and _gives_way(clause):
        # ``lose photo1 and use clip2 there instead``
        old, new = [replace(found[0], assets=last.assets)], found
        talk.edits.pop()
    elif isinstance(last, edits.AdjustGrade) and last.where.clips and len(found) == 1 and clause.has("turn", "instead"):
        # ``photo1 is too bright, use photo2 instead``
        talk.edits[-1] = edits.UseMedia(assets=found[0].assets, where=Where(clips=last.where.clips))
        talk.heard += 1
        return True
    if not old or not new:
        return False
    _replaced(clause, talk, old, media_meant.joined(new).assets)
    return True


def _replaced(clause: Clause, talk: Talk, old: Sequence[Mention], assets: tuple[AssetId, ...]) -> None:
    """Use files where those are that give way, or in the place that is named."""
    gone = tuple(dict.fromkeys(each for one in old for each in one.assets if each not in assets))
    clips = tuple(clip for each in gone for clip in _shots_of(talk, each))
    if clause.place is not None and not clause.place.whole:
        talk.do(edits.UseMedia(assets=assets, where=clause.where()), subject=_MEDIA)
    elif there := media_only.where_last(clause, talk, gone):
        talk.do(there.evolve(assets=assets), subject=_MEDIA)
    elif clips:
        talk.do(edits.UseMedia(assets=assets, where=Where(clips=clips)), subject=_MEDIA)
    elif talk.situation.timeline is None:
        talk.do(edits.UseMedia(assets=assets, how="mixed"), subject=_MEDIA)
    else:
        names = talk.listed(talk.situation.assets[each].name for each in gone)
        talk.cannot("not-shown", names=names)


def _gives_way(clause: Clause) -> bool:
    """Tell whether what was told of before gives way: ``photo3 is blurry, use photo1 there instead``."""
    instead = clause.has("turn", "instead") or clause.has("reference", "there")
    return clause.has("act", "change", "swap-out") or clause.has("word", "substitutes") or instead


def _use(clause: Clause, talk: Talk, found: Sequence[Mention], *, overlay: bool) -> None:
    generated = clause.all("thing", "generated")
    made = [at for at in generated if not clause.items[at].negated]
    wanted = [each for each in found if not each.unwanted] or list(found)
    assets = media_meant.joined(wanted).assets
    own = not (len(found) == 1 and found[0].at in generated)
    if made and clause.has("word", "mixed"):
        talk.do(edits.RemoveMedia(assets=assets), edits.UseMedia(assets=assets, how="mixed"), subject=_MEDIA)
    elif own and ((made and _into(clause, made[0], wanted)) or any(clause.items[at].contrast for at in generated)):
        drawn = tuple(clip.id for clip in talk.stage.shots if isinstance(clip.source, SceneSource))
        # ``use clip1 instead of the generated scenes``
        where = clause.where() if clause.placed or not drawn else Where(clips=drawn)
        talk.do(edits.UseMedia(assets=assets, where=where), subject=_MEDIA)
    elif generated and not own and not made and media_told.alone_already(talk):
        talk.heard += 1
    elif generated and not own and not made:
        talk.do(edits.UseMedia(assets=assets, where=clause.where()), subject=_MEDIA)
    elif (made and (not own or clause.has("act", "change", "remove", "show"))) or _unwanted(clause, found):
        _removed(clause, talk, assets, overlay=overlay)
    elif not generated and (sign := media_seen.how_often(clause)):
        media_seen.oftener(talk, media_seen.compared(clause, wanted), sign=sign)
    else:
        _shown(clause, talk, wanted, overlay=overlay)


def _into(clause: Clause, made: int, wanted: Sequence[Mention]) -> bool:
    """Tell whether files come in for what is generated: ``replace the generated scenes with my photos``."""
    before = made < wanted[0].at
    turned = any(item.has("word", "into") or item.has("act", "change") for item in clause.items[made : wanted[0].at])
    return before and turned and clause.has("act", "change", "swap-out")


def _unwanted(clause: Clause, found: Sequence[Mention]) -> bool:
    """Tell whether what a clause mentions is to go; in ``only my clips, nothing generated`` the clips are wanted."""
    if all(each.unwanted for each in found) or _not_used(clause, found):
        return True
    if any(item.negated and item.has("thing", "song") for item in clause.items):
        # ``clip1静音放，不要它的声音``
        return False
    if clause.has("act", "only") and any(not each.unwanted for each in found):
        return False
    whole = not clause.place and not any(each.named for each in found)
    return clause.has("word", "ugly") or clause.has("act", "remove") or (whole and clause.has("act", "swap-out"))


def _not_used(clause: Clause, found: Sequence[Mention]) -> bool:
    """Tell whether all that is said of files is that they are not to be used: ``第二张别用了``."""
    verbs = [at for at, item in enumerate(clause.items) if item.has("act", "show")]
    return bool(verbs) and all(clause.items[at].negated and at > found[-1].at for at in verbs)


def _removed(clause: Clause, talk: Talk, assets: tuple[AssetId, ...], *, overlay: bool) -> None:
    last = talk.edits[-1] if talk.edits else None
    if isinstance(last, edits.RemoveMedia) and last.where.outside and {*assets} <= {*last.assets} and clause.placed:
        talk.heard += 1
    elif isinstance(last, edits.RemoveMedia) and clause.all("thing", "generated") and _over_there(clause, last.where):
        # ``not my footage in the chorus, use your own pictures there``
        talk.heard += 1
        if talk.situation.timeline is not None:
            talk.edits[-1] = last.evolve(assets=assets)
    elif isinstance(last, edits.UseMedia) and last.where.everywhere and last.how != "mixed" and _beside(assets, last):
        # ``only photos, no videos``
        talk.heard += 1
    elif overlay and media_laid.overlaid(talk):
        talk.do(edits.RemoveOverlay(), subject=Subject("overlay"))
    elif (clause.placed and not clause.where().outside) or not media_only.there_alone(talk, assets):
        talk.do(edits.RemoveMedia(assets=assets, where=clause.where()), subject=_MEDIA)


def _beside(assets: Sequence[AssetId], last: edits.UseMedia) -> bool:
    return not {*assets} & {*last.assets}


def _over_there(clause: Clause, where: Where) -> bool:
    return clause.place is None or clause.where().evolve(said="") == where.evolve(said="")


def _shown(clause: Clause, talk: Talk, found: Sequence[Mention], *, overlay: bool) -> None:
    turns = clause.has("word", "mixed") or media_order.by_turns(found)
    assets = media_meant.in_turn(found) if turns else media_meant.joined(found).assets
    assets = media_laid.one_of(clause, talk, assets)
    last = talk.edits[-1] if talk.edits else None
    if isinstance(last, edits.AddOverlay) and len(assets) == 1 and not (clause.placed or clause.joined):
        # ``a watermark at the top left, use the cover``
        talk.edits[-1] = last.evolve(asset=assets[0])
        talk.heard += 1
        return
    if not _timed_middle(clause, talk, assets) and (overlay or media_laid.beside(clause, assets)):
        media_laid.lay(clause, talk, assets[0], overlay=overlay)
        return
    where, how = _stretch(clause, talk, assets)
    if _in_turn(clause, talk, assets):
        return
    if where.everywhere and how == "mixed" and isinstance(last, edits.UseMedia) and last.where.everywhere:
        talk.edits.pop()
        assets, how = (*last.assets, *assets), "only"
    use = edits.UseMedia(assets=assets[::-1] if media_order.turned(clause, found) else assets, where=where, how=how)
    talk.do(use, subject=_MEDIA)
    if media_only.confined(clause, found):
        talk.do(*media_only.elsewhere(use, talk))


def _timed_middle(clause: Clause, talk: Talk, assets: Sequence[AssetId]) -> bool:
    """Let “in the middle” be a time where so many seconds are asked for, or footage of which no size is told."""
    centered = clause.all("position", "center")
    lasts = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    footage = talk.situation.assets[assets[0]].kind == "footage"
    sized = degrees.of(clause, ("size",)) or clause.has("dimension", "size", "width") or clause.has("thing", "inset")
    if not centered or not (lasts or footage) or clause.placed or sized or clause.has("word", "lays"):
        return False
    span = min(lasts[1] if lasts else talk.stage.bar_s * _EDGE_BARS, talk.stage.length)
    begin = (talk.stage.length - span) / 2
    item = clause.items[centered[0]]
    clause.items[centered[0]] = replace(item, meanings=(), place=Place(((begin, begin + span),), span=True))
    return True


def _in_turn(clause: Clause, talk: Talk, assets: tuple[AssetId, ...]) -> bool:
    """Show files after those that this message has spoken of, each group as long as it has files."""
    last = next((each for each in talk.edits[::-1] if not isinstance(each, edits.RemoveMedia)), None)
    then = clause.has("word", "then", "after") or (clause.joined and clause.items[0].said.lower() in _THEN)
    if not then or not isinstance(last, edits.UseMedia) or clause.place is not None or set(assets) <= {*last.assets}:
        return False
    if not last.where.everywhere:
        before = last.where.stretches[0] if len(last.where.stretches) == 1 else None
        if before is None or before.end is None or before.end >= talk.stage.length:
            return False
        lasts = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
        end = min(before.end + lasts[1], talk.stage.length) if lasts else talk.stage.length
        rest = Stretch(start=before.end, end=end)
        talk.do(edits.UseMedia(assets=assets, where=Where(stretches=(rest,))), subject=_MEDIA)
        return True
    share = Fraction(len(last.assets), len(last.assets) + len(assets))
    turn = (share * talk.stage.length).limit_denominator(1000)
    spans = (Stretch(end=turn), Stretch(start=turn, end=talk.stage.length))
    groups = ((last.assets, spans[0]), (assets, spans[1]))
    talk.edits.pop()
    talk.do(*(edits.UseMedia(assets=each, where=Where(stretches=(span,))) for each, span in groups), subject=_MEDIA)
    return True


def _shots_of(talk: Talk, asset: AssetId) -> tuple[str, ...]:
    return tuple(clip.id for clip in talk.stage.shots if getattr(clip.source, "asset", None) == asset)


def _stretch(clause: Clause, talk: Talk, assets: Sequence[AssetId]) -> tuple[Where, Literal["only", "mixed", "one"]]:
    """Return where assets are shown: at a place, at the beginning or end, throughout, or among the others."""
    place = clause.place
    span = min(talk.stage.bar_s * _EDGE_BARS, talk.stage.length / 2)
    if said := degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s):
        span = said[1]
    single = len(assets) == 1
    if place is not None and place.point and _halfway(place):
        spans = [(max(low - span / 2, Fraction(0)), low + span / 2) for low, _ in place.stretches]
        return Where(stretches=tuple(Stretch(start=low, end=high) for low, high in spans), clock=place.clock), "one"
    if place is not None and not place.whole:
        if place.point:
            low = [
                max(high - span, Fraction(0)) if _last(place.said) or _closes(talk, place, low) else low
                for low, high in place.stretches
            ]
            stretches = tuple(Stretch(start=each, end=each + span) for each in low)
            return Where(stretches=stretches, clock=place.clock, said=place.said[:200]), "one"
        return place.where(), "one" if single else "only"
    begins = clause.has("act", "begin") or (clause.has("word", "first", "begin") and not clause.has("word", "every"))
    ends = clause.has("act", "finish") or clause.has("word", "last", "finish")
    ordered = len(assets) > 1
    begins = begins or bool(said and place is None and not (ends or clause.has("word", "every", "per")))
    if begins and not ordered:
        return Where(stretches=(Stretch(end=span),)), "one"
    if ends and not ordered:
        return Where(stretches=(Stretch(start=-span),)), "one"
    alone = any(item.has("word", "alone") and not item.has("reference", "one") for item in clause.items)
    alone = alone or clause.has("thing", "background") or media_told.everywhere(clause)
    if clause.has("act", "only") or alone or place is not None:
        return Where(), "one" if single else "only"
    return Where(), "mixed" if single or clause.has("act", "add") or _alternate(clause) else "only"


def _alternate(clause: Clause) -> bool:
    """Tell whether every other shot is spoken of."""
    return clause.has("word", "every") and clause.has("word", "other") and clause.has("thing", "shots", "photo")


def _halfway(place: Place) -> bool:
    """Tell whether a moment is the middle by its words, so that what is put there lies around it."""
    return any(word.phrase in place.said.lower() for word in lexicon.edit_words() if word.value == "middle")


def _closes(talk: Talk, place: Place, low: Fraction) -> bool:
    """Tell whether one of several moments is the end of the video: ``the cover at the start and at the end``."""
    return len(place.stretches) > 1 and place.clock == "video" and low > talk.stage.length * Fraction(2, 3)


def _last(said: str) -> bool:
    return (
        any(word in said.lower() for word in ("end", "finish", "结尾", "最后", "末", "结束", "片尾"))
        and "chorus" not in said
    )
