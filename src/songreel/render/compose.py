"""FramePlan → I420: the base picture, then colors, visualizers, overlays and words, each only where it is.

One painter works for one process. Shaders are drawn at their own size and only Y is enlarged; photos and footage
never leave their planes unless an effect or a transition asks for it.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import ExitStack
from types import TracebackType
from typing import Self, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.media.footage import Reader
from songreel.model.document import AssetId
from songreel.model.timeline import Framing, Grade
from songreel.render import shelf, sprites
from songreel.render.frame_plan import Blend, FootageDraw, FramePlan, InsetDraw, Layer, PhotoDraw, SceneDraw, SpriteDraw
from songreel.render.prepared import Prepared
from songreel.render.shading import Music, Shading, Size
from songreel.render.stills import BACKDROP_LIGHT, BACKDROP_SHARE
from songreel.visuals import pixels, visualizers
from songreel.visuals.pixels import I420

DISSOLVE = "dissolve"
EFFECT_SHARE = 2 / 3
EFFECT_SMALLEST = 720
"""Photos and footage go through effects at two thirds of the frame, unless that has fewer lines than this."""
OPEN_FILES = 4
_NEUTRAL = Grade()
Held = TypeVar("Held")


class Painter:
    """Paints the frames of a prepared timeline; a context manager. For one thread of one process."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        canvas = prepared.timeline.canvas
        self._size = canvas.width, canvas.height
        self._music = Music(prepared)
        self._shading = Shading(prepared, self._music, self._rgb)
        self._frames = [pixels.empty(*self._size) for _ in range(2)]
        self._stills: dict[str, I420] = {}
        self._sprites: dict[str, pixels.Sprite] = {}
        self._readers: OrderedDict[tuple[AssetId, str], tuple[Reader, ExitStack]] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, stack in self._readers.values():
            stack.close()
        self._shading.close()

    def paint(self, plan: FramePlan) -> I420:
        """Return the picture of a plan; the array is painted over by the next call."""
        frame = self._whole(plan, self._frames[0])
        if plan.returns is not None:
            first = self._whole(plan.returns.plan, pixels.empty(*self._size))
            pixels.mix(frame, first, plan.returns.amount, out=frame)
        return frame

    def rest(self) -> None:
        """Let go of the files that were read for the frames so far; painting goes on as before."""
        self._stills, self._sprites = {}, {}
        self._music.open()

    def _whole(self, plan: FramePlan, out: I420) -> I420:
        self._base(plan, out)
        if plan.grade is not None:
            pixels.grade(out, plan.grade)
        for shown in plan.visualizers:
            source = shown.source.model_copy(update={"opacity": shown.opacity})
            visualizers.draw(out, source, self._music.sound(plan.frame))
        if plan.darkness:
            pixels.darken(out, plan.darkness)
        for laid in plan.sprites:
            if isinstance(laid, InsetDraw):
                self._inset(out, laid)
            else:
                self._lay(out, laid)
        return out

    def _base(self, plan: FramePlan, out: I420) -> None:
        base = plan.base
        if isinstance(base, Layer):
            self._layer(base, plan.frame, out)
        elif base.name == DISSOLVE:
            self._layer(base.outgoing, plan.frame, out)
            self._layer(base.incoming, plan.frame, self._frames[1])
            pixels.mix(out, self._frames[1], base.progress, out=out)
        else:
            self._transition(base, plan.frame, out)

    def _layer(self, layer: Layer, frame: int, out: I420) -> None:
        if isinstance(layer.source, SceneDraw) or layer.effects:
            picture = self._shading.layer(layer, frame, self._drawn_size(layer))
            pixels.from_rgb(self._shading.read(picture), *self._size, out=out)
        else:
            self._picture(layer, out)
        if layer.grade is not None:
            pixels.grade(out, layer.grade)

    def _transition(self, blend: Blend, frame: int, out: I420) -> None:
        sizes = self._drawn_size(blend.outgoing), self._drawn_size(blend.incoming)
        pixels.from_rgb(self._shading.blend(blend, frame, sizes), *self._size, out=out)
        if blend.outgoing.grade is not None or blend.incoming.grade is not None:
            pixels.grade(out, _between(blend.outgoing.grade, blend.incoming.grade, blend.progress))

    def _drawn_size(self, layer: Layer) -> Size:
        """Return the size at which a layer meets shaders."""
        if isinstance(layer.source, SceneDraw):
            return layer.source.width, layer.source.height
        share = max(EFFECT_SHARE, min(1.0, EFFECT_SMALLEST / min(self._size)))
        return _even(self._size[0] * share), _even(self._size[1] * share)

    def _rgb(self, layer: Layer, size: Size) -> NDArray[np.uint8]:
        """Return a photo or a moment of footage as RGB."""
        frame = pixels.empty(*size)
        self._picture(layer, frame)
        return pixels.to_rgb(frame)

    def _picture(self, layer: Layer, out: I420) -> None:
        match layer.source:
            case PhotoDraw() as photo:
                self._photo(photo, out)
            case FootageDraw() as footage:
                self._footage(footage, out)

    def _photo(self, photo: PhotoDraw, out: I420) -> None:
        still, (width, height) = self._prepared.stills[photo.still], pixels.size(out)
        if photo.still not in self._stills:
            self._stills = _latest(self._stills) | {photo.still: shelf.mapped(still.path)}
        step = still.softness
        picture = self._stills[photo.still]
        if step == 1:
            pixels.warp(picture, photo.framing, width, height, out=out)
        else:
            small = pixels.warp(picture, photo.framing, _even(width / step), _even(height / step))
            _enlarge(small, out)

    def _footage(self, footage: FootageDraw, out: I420) -> None:
        width, height = pixels.size(out)
        picture = self._reader(footage.asset, "base").frame(footage.at)
        if picture.shape == out.shape and footage.framing.zoom == 1:
            np.copyto(out, picture)
        elif footage.fit == "cover":
            pixels.warp(picture, footage.framing, width, height, out=out)
        else:
            _before_blurred_sides(picture, footage.framing, out)

    def _inset(self, out: I420, draw: InsetDraw) -> None:
        picture = self._reader(draw.asset, "inset").frame(draw.at)
        small = pixels.warp(picture, Framing(), draw.width, draw.height)
        pixels.lay_frame(out, small, draw.x, draw.y, opacity=draw.opacity)

    def _reader(self, asset: AssetId, role: str) -> Reader:
        """Return a reader of a file; a file that fills the frame and lies over it is at two moments, and open twice."""
        key = asset, role
        if key not in self._readers:
            while len(self._readers) >= OPEN_FILES:
                self._readers.popitem(last=False)[1][1].close()
            stack = ExitStack()
            self._readers[key] = stack.enter_context(Reader(*self._prepared.footage[asset])), stack
        self._readers.move_to_end(key)
        return self._readers[key][0]

    def _lay(self, out: I420, draw: SpriteDraw) -> None:
        if draw.sprite not in self._sprites:
            sprite = sprites.unpack(shelf.mapped(self._prepared.sprites[draw.sprite]))
            self._sprites = _latest(self._sprites) | {draw.sprite: sprite}
        held = self._sprites[draw.sprite]
        sprite = held if draw.scale == 1 else pixels.resize(held, draw.scale)
        x, y = draw.x + (held.width - sprite.width) // 2, draw.y + (held.height - sprite.height) // 2
        if draw.windows is None:
            pixels.lay(out, sprite, x, y, opacity=draw.opacity)
            return
        for window in draw.windows:
            left, top, right, bottom = (
                round(edge * draw.scale / 2) * 2
                for edge in (window.x, window.y, window.x + window.width, window.y + window.height)
            )
            part = pixels.part(sprite, left, top, right, bottom)
            pixels.lay(out, part, (x & ~1) + left, (y & ~1) + top, opacity=draw.opacity)


def _latest(held: dict[str, Held]) -> dict[str, Held]:
    """Return the last few things that were looked up: the files behind them stay mapped no longer than needed."""
    return dict(list(held.items())[-OPEN_FILES:])


def _before_blurred_sides(picture: I420, framing: Framing, out: I420) -> None:
    """Show all of a picture in front of itself, enlarged, blurred and darker."""
    (wide, high), (width, height) = pixels.size(picture), pixels.size(out)
    _enlarge(_backdrop(picture, width, height), out)
    scale = min(width / wide, height / high) * framing.zoom
    across, down = min(_even(wide * scale), width), min(_even(high * scale), height)
    front = pixels.warp(picture, framing.model_copy(update={"zoom": 1.0}), across, down)
    x, y = (width - across) // 4 * 2, (height - down) // 4 * 2
    for plane, part, half in zip(pixels.planes(out), pixels.planes(front), (1, 2, 2), strict=True):
        plane[y // half : (y + down) // half, x // half : (x + across) // half] = part


def _backdrop(picture: I420, width: int, height: int) -> I420:
    """Return a blurred, darker picture that fills a frame, at an eighth of its size."""
    small = pixels.warp(picture, Framing(), _even(width / 8), _even(height / 8))
    for plane, half in zip(pixels.planes(small), (1, 2, 2), strict=True):
        sigma = BACKDROP_SHARE * height / 8 / half
        plane[...] = cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    pixels.darken(small, 1 - BACKDROP_LIGHT)
    return small


def _enlarge(small: I420, out: I420) -> None:
    for source, target in zip(pixels.planes(small), pixels.planes(out), strict=True):
        cv2.resize(source, (target.shape[1], target.shape[0]), dst=target, interpolation=cv2.INTER_LINEAR)


def _between(before: Grade | None, after: Grade | None, share: float) -> Grade:
    """Return a grade on the way from one to another."""
    first, second = before or _NEUTRAL, after or _NEUTRAL
    names = Grade.model_fields
    return Grade(**{name: getattr(first, name) * (1 - share) + getattr(second, name) * share for name in names})


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)
