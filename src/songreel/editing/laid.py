"""What is laid over the frame: the visualizer, logos, footage in a corner. No picture beneath changes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from songreel.base.time import Span
from songreel.editing import boxes, clips, places
from songreel.editing.ground import Ground
from songreel.editing.refusals import refused
from songreel.model.edit import AddOverlay, ChangeOverlay, RemoveOverlay, RemoveVisualizer, SetVisualizer, Where
from songreel.model.timeline import Clip, InsetSource, PictureSource, Timeline, VisualizerSource
from songreel.visuals import visualizers

_OPACITY = 0.9
_THIN = 0.01
_BAND = "bars"


def visualizer(timeline: Timeline, edit: SetVisualizer, ground: Ground) -> Timeline:
    """Add the visualizer, or change the one there; with a place it is shown there and nowhere else."""
    if edit.design is not None and edit.design not in visualizers.DESIGNS:
        raise refused("no-visualizer-design", name=edit.design, names=", ".join(visualizers.DESIGNS))
    there = timeline.clips("visualizer")
    if not there:
        source = _changed(timeline, _first(timeline, edit, ground), edit, ground)
        return _laid(timeline, source, places.spans(timeline, edit.where or Where()))
    if edit.where is None:

        def one(clip: Clip) -> Clip:
            assert isinstance(clip.source, VisualizerSource)
            source = _changed(timeline, clip.source, edit, ground)
            return clip.evolve(source=source, name=_name(source))

        return clips.change(timeline, {clip.id for clip in there}, one)
    shown = there[0].source
    assert isinstance(shown, VisualizerSource)
    spans = places.spans(timeline, edit.where)
    bare = clips.remove(timeline, {clip.id for clip in there})
    return _laid(bare, _changed(timeline, shown, edit, ground), spans)


def no_visualizer(timeline: Timeline, edit: RemoveVisualizer, ground: Ground) -> Timeline:
    """Take the visualizer away, from all of the video or from a place. Refused where there is none."""
    del ground
    there = timeline.clips("visualizer")
    gone = places.spans(timeline, edit.where)
    if not any(len(clip.span.meet(span)) for clip in there for span in gone):
        raise refused("no-visualizer")
    bare = clips.remove(timeline, {clip.id for clip in there})
    for clip in there:
        assert isinstance(clip.source, VisualizerSource)
        bare = _laid(bare, clip.source, clips.without(clip.span, gone))
    return bare


def overlay(timeline: Timeline, edit: AddOverlay, ground: Ground) -> Timeline:
    """Lay a photo or footage over the frame, whole, at a place of the safe area. Refused for what cannot be seen."""
    asset = ground.assets.get(edit.asset)
    if asset is None:
        raise refused("no-media")
    if asset.kind not in ("photo", "footage") or not asset.width or not asset.height:
        raise refused("not-visible", name=asset.name)
    canvas, size = timeline.canvas, edit.size
    if edit.width is not None:
        longer = edit.width * canvas.width * max(1, asset.height / asset.width)
        size = longer / min(canvas.width, canvas.height)
    box = boxes.picture(asset.width, asset.height, size, edit.position, canvas, timeline.safe_area)
    source: PictureSource | InsetSource = PictureSource(asset=asset.id, place=box, opacity=edit.opacity)
    if asset.kind == "footage":
        source = InsetSource(asset=asset.id, at=Fraction(0), place=box, opacity=edit.opacity)
    for span in places.spans(timeline, edit.where):
        key = clips.free_id(timeline, "p")
        timeline = clips.put(
            timeline, "overlay", Clip(id=key, name=asset.name, start=span.start, end=span.end, source=source)
        )
    return timeline


def change_overlay(timeline: Timeline, edit: ChangeOverlay, ground: Ground) -> Timeline:
    """Move, resize or fade what is laid over the frame."""
    del ground
    safe = timeline.safe_area

    def one(clip: Clip) -> Clip:
        assert isinstance(clip.source, PictureSource | InsetSource)
        source = clip.source
        wide, high = (max(side, _THIN) for side in (source.place.width, source.place.height))
        factor = edit.width / wide if edit.width is not None else edit.size_by or 1
        factor = min(factor, 1 / wide, 1 / high)
        spot = edit.position or boxes.position_of(source.place)
        box = boxes.inside(source.place.width * factor, source.place.height * factor, spot, safe)
        opacity = source.opacity if edit.opacity is None else edit.opacity
        moved = factor != 1 or edit.position is not None
        return clip.evolve(source=source.evolve(place=box if moved else source.place, opacity=opacity))

    return clips.change(timeline, _overlays(timeline, edit.clips), one)


def no_overlay(timeline: Timeline, edit: RemoveOverlay, ground: Ground) -> Timeline:
    """Take away what is laid over the frame."""
    del ground
    return clips.remove(timeline, _overlays(timeline, edit.clips))


def _overlays(timeline: Timeline, which: Sequence[str]) -> set[str]:
    there = {clip.id for clip in timeline.clips("overlay")}
    for key in which:
        if clips.find(timeline, key)[1].id not in there:
            raise refused("no-overlay")
    chosen = set(which) or there
    if not chosen:
        raise refused("no-overlay")
    return chosen


def _first(timeline: Timeline, edit: SetVisualizer, ground: Ground) -> VisualizerSource:
    dress = ground.crew.dress(timeline, timeline.look)
    round_aside = visualizers.find(dress.visualizer).square and edit.position not in (None, "center")
    design = edit.design or (_BAND if round_aside else dress.visualizer)
    box = boxes.visualizer(design, edit.position, timeline.canvas, timeline.safe_area)
    return VisualizerSource(design=design, place=box, color=dress.visualizer_color, opacity=_OPACITY)


def _changed(timeline: Timeline, source: VisualizerSource, edit: SetVisualizer, ground: Ground) -> VisualizerSource:
    known, was = visualizers.find(edit.design or source.design), visualizers.find(source.design)
    box, safe = source.place, timeline.safe_area
    if known.square != was.square:
        box = boxes.visualizer(known.name, None, timeline.canvas, safe)
    elif known.height != was.height:
        box = boxes.inside(box.width, box.height * known.height / was.height, boxes.position_of(box), safe)
    if edit.position is not None:
        box = boxes.inside(box.width, box.height, edit.position, safe)
    if edit.size_by is not None:
        box = boxes.scaled(box, edit.size_by, safe)
    cover = source.picture or ground.crew.dress(timeline, timeline.look).cover
    picture = cover if known.hole else None
    usual = 1.0 if picture and not source.picture else source.opacity
    opacity = usual if edit.opacity is None else edit.opacity
    color = edit.color or source.color
    return source.evolve(design=known.name, place=box, color=color, opacity=opacity, picture=picture)


def _laid(timeline: Timeline, source: VisualizerSource, spans: Sequence[Span]) -> Timeline:
    for span in spans:
        clip = Clip(id=clips.free_id(timeline, "s"), name=_name(source), start=span.start, end=span.end, source=source)
        timeline = clips.put(timeline, "visualizer", clip)
    return timeline


def _name(source: VisualizerSource) -> str:
    return f"{source.design} visualizer"
