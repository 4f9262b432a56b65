"""What the shots show: scenes, looks, what a person brought. Cuts stay; a place may need one at each end."""

from __future__ import annotations

from collections.abc import Sequence

from songreel.base.time import Span, frame_at
from songreel.editing import clips, looks, places, rhythm, shots
from songreel.editing.ground import Dress, Ground, Wish
from songreel.editing.refusals import refused
from songreel.model.edit import (
    RemoveMedia,
    RemoveScene,
    SetLook,
    ShowAnother,
    ShowScenes,
    UseMedia,
    Where,
)
from songreel.model.timeline import (
    Clip,
    FootageSource,
    InsetSource,
    PhotoSource,
    PictureSource,
    SceneSource,
    TextSource,
    Timeline,
)
from songreel.visuals.text_designs import DESIGNS

_CLOSE_S = 0.5


def scenes(timeline: Timeline, edit: ShowScenes, ground: Ground) -> Timeline:
    """Let shots show scenes, in turn. Refused for one that is not there."""
    for name in edit.scenes:
        if name not in ground.scenes:
            raise refused("no-scene", name=name)
    timeline, chosen = _bordered(timeline, edit.where, ground)
    return _shoot(timeline, chosen, Wish(scenes=edit.scenes), ground)


def without_scene(timeline: Timeline, edit: RemoveScene, ground: Ground) -> Timeline:
    """Let other pictures take the shots of a scene. Refused where it is not shown."""
    chosen = [clip for clip in places.shots(timeline, edit.where) if key_of(clip) == edit.scene]
    if not chosen:
        raise refused("scene-not-shown", name=edit.scene)
    return _shoot(timeline, chosen, Wish(without=frozenset({edit.scene})), ground)


def another(timeline: Timeline, edit: ShowAnother, ground: Ground) -> Timeline:
    """Let each shot show something else than it does."""
    return _shoot(timeline, places.shots(timeline, edit.where), Wish(fresh=True), ground)


def media(timeline: Timeline, edit: UseMedia, ground: Ground) -> Timeline:
    """Let shots show photos and clips, in order; long shots are split where there are fewer shots than pictures.

    Refused for what the project does not have, or what cannot be seen.
    """
    for key in edit.assets:
        _visible(key, ground)
    timeline, chosen = _bordered(timeline, edit.where, ground)
    if edit.how == "one":
        timeline, chosen = _as_one(timeline, chosen, ground)
        return _shoot(timeline, chosen, Wish(media=edit.assets[:1]), ground)
    timeline, chosen = _enough(timeline, chosen, len(edit.assets) * (2 if edit.how == "mixed" else 1), ground)
    if edit.how == "mixed":
        chosen = chosen[::2]
    return _shoot(timeline, chosen, Wish(media=edit.assets), ground)


def without_media(timeline: Timeline, edit: RemoveMedia, ground: Ground) -> Timeline:
    """Let other pictures take the shots of photos and clips, and lay none of them over the frame any more.

    Refused where none of them is shown.
    """
    gone = set(edit.assets)
    timeline = _split_there(timeline, edit.where, gone, ground)
    chosen = [clip for clip in places.shots(timeline, edit.where) if gone & media_of(clip)]
    laid = [clip.id for clip in timeline.clips("overlay") if gone & media_of(clip)] if edit.where.everywhere else []
    if not chosen and not laid:
        names = [ground.assets[key].name for key in edit.assets if key in ground.assets]
        raise refused("media-not-shown", name=", ".join(names)) if names else refused("no-media")
    return _shoot(clips.remove(timeline, laid), chosen, Wish(without=frozenset(gone)), ground)


def look(timeline: Timeline, edit: SetLook, ground: Ground) -> Timeline:
    """Dress the video in another look; photos and footage stay, and so do all cuts and words."""
    if edit.look is not None and edit.look not in ground.looks:
        raise refused("no-look", name=edit.look, names=", ".join(ground.looks))
    worn = ground.crew.dress(timeline, timeline.look)
    new = ground.crew.dress(timeline, edit.look)
    if not edit.where.everywhere:
        return _dressed_part(timeline, edit.where, new, ground)
    if edit.look == timeline.look and timeline.palette == new.palette and timeline.grade == new.grade:
        raise refused("same")
    timeline = looks.recolored(timeline, new.palette).evolve(look=new.look, grade=new.grade)
    timeline = _lettered(timeline, worn, new)
    return _dressed(timeline, timeline.clips("base"), new, ground)


def key_of(clip: Clip) -> str:
    """Return what a shot shows: the name of a scene, or the id of a photo or clip."""
    source = clip.source
    return source.scene if isinstance(source, SceneSource) else getattr(source, "asset", "")


def media_of(clip: Clip) -> set[str]:
    """Return the ids of all pictures that a clip shows."""
    source = clip.source
    if isinstance(source, SceneSource):
        return set(source.pictures.values())
    shown = PhotoSource | FootageSource | PictureSource | InsetSource
    return {source.asset} if isinstance(source, shown) else set()


def _shoot(timeline: Timeline, chosen: Sequence[Clip], wish: Wish, ground: Ground) -> Timeline:
    pictures = ground.crew.shoot(timeline, [clip.span for clip in chosen], wish)
    return shots.show(timeline, dict(zip((clip.id for clip in chosen), pictures, strict=True)))


def _bordered(timeline: Timeline, where: Where, ground: Ground) -> tuple[Timeline, list[Clip]]:
    """Return the timeline with cuts at the ends of a place, and the shots between them."""
    if where.everywhere or (where.clips and not where.stretches):
        return timeline, list(places.shots(timeline, where))
    ends = [
        (_border(timeline, span.start, ground), _border(timeline, span.end, ground))
        for span in places.spans(timeline, where)
    ]
    wanted = [at for pair in ends for at in pair if 0 < at < timeline.frames]
    timeline = shots.split(timeline, wanted, ground)
    kept = [span for span in ends if span[1] > span[0]]
    chosen = [
        clip for clip in timeline.clips("base") if any(start <= clip.start and clip.end <= end for start, end in kept)
    ]
    return timeline, chosen or list(places.shots(timeline, where))


def _border(timeline: Timeline, frame: int, ground: Ground) -> int:
    """Return where a place begins or ends: at a cut that is near, else on a beat that is near, else right there."""
    bounds = (0, *shots.cuts(timeline), timeline.frames)
    nearest = min(bounds, key=lambda cut: abs(cut - frame))
    if abs(nearest - frame) <= frame_at(_CLOSE_S, timeline.canvas.fps):
        return nearest
    return rhythm.nearest_beat(timeline, frame, ground)


def _split_there(timeline: Timeline, where: Where, shown: set[str], ground: Ground) -> Timeline:
    """Return the timeline with cuts at the ends of a place, in those shots that show one of these pictures."""
    if where.everywhere or (where.clips and not where.stretches):
        return timeline
    ends = {_border(timeline, at, ground) for span in places.spans(timeline, where) for at in (span.start, span.end)}
    theirs = [clip for clip in timeline.clips("base") if shown & media_of(clip)]
    wanted = sorted(at for at in ends if any(clip.start < at < clip.end for clip in theirs))
    return shots.split(timeline, wanted, ground) if wanted else timeline


def _as_one(timeline: Timeline, chosen: Sequence[Clip], ground: Ground) -> tuple[Timeline, list[Clip]]:
    """Return the timeline with neighboring shots joined, and the shots that they became."""
    joined: list[Span] = []
    for clip in chosen:
        if joined and joined[-1].end == clip.start:
            joined[-1] = Span(joined[-1].start, clip.end)
        else:
            joined.append(clip.span)
    wanted = [cut for cut in shots.cuts(timeline) if not any(span.start < cut < span.end for span in joined)]
    timeline = shots.recut(timeline, wanted, ground)
    starts = {span.start for span in joined}
    return timeline, [clip for clip in timeline.clips("base") if clip.start in starts]


def _enough(timeline: Timeline, chosen: Sequence[Clip], count: int, ground: Ground) -> tuple[Timeline, list[Clip]]:
    if len(chosen) >= count or not chosen:
        return timeline, list(chosen)
    span = Span(chosen[0].start, chosen[-1].end)
    own = {clip.start for clip in chosen}
    between = sum(1 for clip in timeline.clips("base") if clip.start in span and clip.start not in own)
    timeline = rhythm.enough(timeline, span, count + between, ground)
    found = [clip for clip in timeline.clips("base") if clip.start in span and clip.end <= span.end]
    return timeline, found if not between else [clip for clip in found if clip.start in own]


def _visible(key: str, ground: Ground) -> None:
    asset = ground.assets.get(key)
    if asset is None:
        raise refused("no-media")
    if asset.kind not in ("photo", "footage") or not asset.width or not asset.height:
        raise refused("not-visible", name=asset.name)


def _dressed_part(timeline: Timeline, where: Where, new: Dress, ground: Ground) -> Timeline:
    timeline, chosen = _bordered(timeline, where, ground)
    timeline = _dressed(timeline, chosen, new, ground)
    own = None if new.palette == timeline.palette else new.palette
    chosen_ids = {clip.id for clip in chosen}
    return clips.change(timeline, chosen_ids, lambda clip: clip.evolve(grade=new.grade, palette=own))


def _dressed(timeline: Timeline, chosen: Sequence[Clip], new: Dress, ground: Ground) -> Timeline:
    """Return the timeline with shots dressed: other scenes, transitions and effects; grades of their own go."""
    drawn = [clip for clip in chosen if isinstance(clip.source, SceneSource)]
    timeline = _shoot(timeline, drawn, Wish(look=new.look), ground)
    ids = {clip.id for clip in chosen}
    bare = [clip.evolve(grade=None) for clip in timeline.clips("base") if clip.id in ids]
    finished = {clip.id: clip for clip in ground.crew.finish(timeline, bare, new.look)}
    return clips.change(timeline, finished.keys(), lambda clip: finished[clip.id])


def _lettered(timeline: Timeline, worn: Dress, new: Dress) -> Timeline:
    """Return the timeline with words in the new look's design that were in the old look's."""
    cards = {
        clip.id
        for clip in timeline.clips("titles")
        if isinstance(clip.source, TextSource) and clip.source.design == worn.title_design
    }
    if new.title_design not in DESIGNS:
        return timeline
    return clips.change(timeline, cards, lambda clip: clip.evolve(source=clip.source.evolve(design=new.title_design)))
