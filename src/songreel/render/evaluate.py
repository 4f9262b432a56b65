"""Which picture a frame shows: timeline + frame number → FramePlan, without I/O, chance or memory.

::

    base track   |── clip A ──────────────|── clip B ───────────|
    transition                            |─ n ─|                  B comes in while A goes on beneath
    picture       A   A   A   A   A   A    A→B   B   B   B   B

A loop (``prepared.lead`` > 0) begins its first clip ``lead`` frames before frame 0. Nobody sees them where they are:
the last ``lead`` frames fade into them, so that the frame after the last one is the first one.
"""

from __future__ import annotations

from fractions import Fraction

from songreel.base import seed
from songreel.model.timeline import (
    Clip,
    FootageSource,
    Framing,
    Grade,
    InsetSource,
    PhotoSource,
    PictureSource,
    SceneSource,
    TextSource,
    VisualizerSource,
)
from songreel.render.frame_plan import (
    Blend,
    EffectDraw,
    FootageDraw,
    FramePlan,
    InsetDraw,
    Layer,
    PhotoDraw,
    Return,
    SceneDraw,
    SpriteDraw,
    VisualizerDraw,
)
from songreel.render.prepared import Prepared, Still, Words
from songreel.visuals import text_steps
from songreel.visuals.easing import smooth
from songreel.visuals.text_motion import TextState, text_state

SMALLEST_SCENE = 16
BLUR = "blur"
_NEUTRAL = Grade()


def evaluate(prepared: Prepared, frame: int) -> FramePlan:
    """Return what a frame shows; frames run from ``-prepared.lead`` up to the timeline's end."""
    plan = _plan(prepared, frame)
    total, lead = prepared.timeline.frames, prepared.lead
    if lead and frame >= total - lead:
        amount = (frame - (total - lead) + 1) / (lead + 1)
        closing = Return(_plan(prepared, frame - total), amount)
        return FramePlan(plan.frame, plan.base, plan.grade, plan.visualizers, plan.sprites, plan.darkness, closing)
    return plan


def _plan(prepared: Prepared, frame: int) -> FramePlan:
    index = prepared.base_index(frame)
    clip = prepared.base[index]
    visualizers, sprites = _over(prepared, frame)
    return FramePlan(
        frame=frame,
        base=_base(prepared, index, frame),
        grade=_unless_neutral(prepared.timeline.grade),
        visualizers=visualizers,
        sprites=sprites,
        darkness=1 - min(_presence(clip, frame), _ends(prepared, frame)),
    )


def _base(prepared: Prepared, index: int, frame: int) -> Layer | Blend:
    clip = prepared.base[index]
    incoming = _layer(prepared, clip, frame)
    length = min(clip.transition.frames, clip.end - clip.start)
    step = frame - clip.start
    if index == 0 or clip.transition.name == "cut" or step >= length:
        return incoming
    outgoing = _layer(prepared, prepared.base[index - 1], frame)
    return Blend(clip.transition.name, (step + 1) / (length + 1), outgoing, incoming)


def layer_at(prepared: Prepared, start: int, frame: int) -> Layer:
    """Return the picture of the base clip whose own time is 0 at frame ``start``, at any frame from there on."""
    return _layer(prepared, prepared.base[prepared.base_index(start)], frame)


def _layer(prepared: Prepared, clip: Clip, frame: int) -> Layer:
    start = _begin(prepared, clip)
    effects = clip.effects[1:] if baked_blur(clip) else clip.effects
    chance = clip.source.seed if isinstance(clip.source, SceneSource) else clip.start
    return Layer(
        start=start,
        time=float((frame - start) / prepared.timeline.canvas.fps),
        seed=seed.number(prepared.timeline.seed, "layer", chance) % 1_000_000 / 1000,
        source=_source(prepared, clip, frame - start),
        effects=tuple(EffectDraw(effect.name, effect.amount) for effect in effects),
        grade=None if clip.grade is None else _unless_neutral(clip.grade),
        palette=clip.palette,
    )


def baked_blur(clip: Clip) -> float:
    """Return the amount of blur that is part of a photo's still: it stays even while the photo moves."""
    first = clip.effects[0] if isinstance(clip.source, PhotoSource) and clip.effects else None
    return first.amount if first is not None and first.name == BLUR else 0.0


def _begin(prepared: Prepared, clip: Clip) -> int:
    """Return the frame at which a clip's own time is 0."""
    return clip.start if clip.start else -prepared.lead


def _source(prepared: Prepared, clip: Clip, step: int) -> SceneDraw | PhotoDraw | FootageDraw:
    match clip.source:
        case SceneSource() as scene:
            return _scene(prepared, scene)
        case PhotoSource() as photo:
            length = clip.end - _begin(prepared, clip)
            share = smooth(step / max(length - 1, 1))
            still = prepared.still_of[clip.id]
            return PhotoDraw(still, _within(prepared.stills[still], _between(photo.begin, photo.finish, share)))
        case FootageSource() as footage:
            elapsed = Fraction(step) / prepared.timeline.canvas.fps * Fraction(footage.speed)
            return FootageDraw(footage.asset, footage.at + elapsed, footage.fit, footage.framing)
    raise TypeError(f"a base clip cannot be a {clip.source.kind}")


def _scene(prepared: Prepared, scene: SceneSource) -> SceneDraw:
    canvas = prepared.timeline.canvas
    return SceneDraw(
        scene=scene.scene,
        width=scene_side(canvas.width, scene.resolution),
        height=scene_side(canvas.height, scene.resolution),
        inputs=tuple(scene.inputs.items()),
        pictures=tuple(scene.pictures.items()),
    )


def scene_side(side: int, resolution: float) -> int:
    """Return the even side in pixels at which a scene is drawn."""
    return min(max(round(side * resolution / 2) * 2, SMALLEST_SCENE), side)


def _between(begin: Framing, finish: Framing, share: float) -> Framing:
    if begin == finish:
        return begin
    # Zoom grows by equal factors, not by equal steps: that is what looks even.
    return Framing.model_construct(
        x=begin.x + (finish.x - begin.x) * share,
        y=begin.y + (finish.y - begin.y) * share,
        zoom=begin.zoom * (finish.zoom / begin.zoom) ** share,
    )


def _within(still: Still, framing: Framing) -> Framing:
    """Return a framing of a photo as one of its still, which may have blurred sides."""
    box = still.box
    if box.width == box.height == 1:
        return framing
    x, y = box.left + framing.x * box.width, box.top + framing.y * box.height
    return Framing.model_construct(x=x, y=y, zoom=framing.zoom)


def _over(prepared: Prepared, frame: int) -> tuple[tuple[VisualizerDraw, ...], tuple[SpriteDraw | InsetDraw, ...]]:
    visualizers: list[VisualizerDraw] = []
    sprites: list[SpriteDraw | InsetDraw] = []
    left = max(min(_going(prepared.base[-1], frame), 1.0), 0.0)
    for clip in prepared.over_at(frame):
        presence = _presence(clip, frame)
        if isinstance(clip.source, VisualizerSource):
            if presence * clip.source.opacity > 0:
                shown = _tinted(prepared, clip.source, frame)
                opacity = presence * clip.source.opacity
                visualizers.append(VisualizerDraw(shown, opacity))
                if (inside := prepared.words_of.get(clip.id)) is not None:
                    sprites.append(SpriteDraw(inside.sprite, inside.x, inside.y, opacity))
        elif isinstance(clip.source, InsetSource):
            opacity = presence * clip.source.opacity * _ends(prepared, frame)
            if opacity > 0:
                sprites.append(_inset(prepared, clip.source, frame - clip.start, opacity))
        elif (words := prepared.words_of.get(clip.id)) is not None:
            state = _state(prepared, clip, frame)
            opacity = (
                presence * state.opacity * (left if isinstance(clip.source, TextSource) else _ends(prepared, frame))
            )
            if opacity > 0:
                sprites += _sprites(prepared, words, state, opacity)
    return tuple(visualizers), tuple(sprites)


def _inset(prepared: Prepared, source: InsetSource, step: int, opacity: float) -> InsetDraw:
    """Return footage, as large as it goes into its place and centered there, ``step`` frames after it came in."""
    canvas, place = prepared.timeline.canvas, source.place
    _, asset = prepared.footage[source.asset]
    at = source.at + Fraction(step) / canvas.fps * Fraction(source.speed)
    wide, high = place.width * canvas.width, place.height * canvas.height
    scale = min(wide / asset.width, high / asset.height)
    width, height = _even(asset.width * scale), _even(asset.height * scale)
    return InsetDraw(
        asset=source.asset,
        at=at % asset.duration if asset.duration else at,
        x=round((place.x * canvas.width + (wide - width) / 2) / 2) * 2,
        y=round((place.y * canvas.height + (high - height) / 2) / 2) * 2,
        width=width,
        height=height,
        opacity=opacity,
    )


def _tinted(prepared: Prepared, source: VisualizerSource, frame: int) -> VisualizerSource:
    """Return a visualizer in the palette of the shot beneath; a color that is in no palette stays."""
    own, usual = prepared.base[prepared.base_index(frame)].palette, prepared.timeline.palette
    if own is None or source.color not in usual:
        return source
    return source.model_copy(update={"color": own[len(usual) - 1 - usual[::-1].index(source.color)]})


def _state(prepared: Prepared, clip: Clip, frame: int) -> TextState:
    """Return how words or a picture stand on a frame."""
    match clip.source:
        case TextSource() as words:
            return text_state(words.design, frame - clip.start, clip.end - clip.start, prepared.timeline.canvas.fps)
        case PictureSource() as picture:
            return TextState(picture.opacity)
    raise TypeError(f"a {clip.source.kind} cannot lie over the picture")


def _sprites(prepared: Prepared, words: Words, state: TextState, opacity: float) -> list[SpriteDraw]:
    """Return words as they stand, and on top what is sung of them by now."""
    short = min(prepared.timeline.canvas.width, prepared.timeline.canvas.height)
    x, y = words.x + round(state.dx * short), words.y + round(state.dy * short)
    shown = None
    if state.shown < 1 and words.rows:
        shown = text_steps.windows(words.rows, state.shown, words.width, whole_steps=True)
    drawn = [SpriteDraw(words.sprite, x, y, opacity, state.scale, shown)] if shown != () else []
    if words.sung and state.sung > 0:
        sung = text_steps.windows(words.rows, state.sung, words.width, whole_steps=False)
        drawn.append(SpriteDraw(words.sung, x, y, opacity, state.scale, sung))
    return drawn


def _presence(clip: Clip, frame: int) -> float:
    """Return how much of a clip its fades leave, 0…1."""
    return max(min(_coming(clip, frame), _going(clip, frame), 1.0), 0.0)


def _ends(prepared: Prepared, frame: int) -> float:
    """Return how much of the picture the fades of the video leave, which may last longer than its outer clips."""
    return max(min(_coming(prepared.base[0], frame), _going(prepared.base[-1], frame), 1.0), 0.0)


def _coming(clip: Clip, frame: int) -> float:
    return (frame - clip.start + 1) / (clip.fade.frames_in + 1) if clip.fade.frames_in else 1.0


def _going(clip: Clip, frame: int) -> float:
    return (clip.end - frame) / (clip.fade.frames_out + 1) if clip.fade.frames_out else 1.0


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


def _unless_neutral(grade: Grade) -> Grade | None:
    return None if grade == _NEUTRAL else grade
