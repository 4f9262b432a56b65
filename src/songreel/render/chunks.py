"""Frames in chunks on a fixed grid, and a name for each chunk made of all that its pictures depend on.

Two chunks with one name are the same bytes, so a finished one is never drawn again: not after a crash, not by
another worker, not after an edit elsewhere. A chunk's name holds the plans of its frames, the numbers of the music
that its shaders declare (or its visualizers show), what was drawn before it where a shader remembers, and how it is
encoded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from songreel.base.ids import ID_LENGTH
from songreel.base.time import Span
from songreel.media import encode
from songreel.model.preset import Encoding
from songreel.model.timeline import Palette
from songreel.render import shelf, sound
from songreel.render.evaluate import evaluate, layer_at
from songreel.render.frame_plan import Blend, FramePlan, Layer, SceneDraw
from songreel.render.prepared import Prepared
from songreel.render.signals import COLUMNS
from songreel.visuals import visualizers
from songreel.visuals.shader import Shader
from songreel.visuals.signals import PALETTE

CHUNK_S = 4
PICTURE_REVISION = 5
"""Raised when the same plan is drawn in another way, so that chunks drawn in the old way are not used."""


def spans(frames: int, fps: Fraction) -> tuple[Span, ...]:
    """Return the chunks of a video: whole frames, without hole or overlap, all but the last of one length."""
    length = max(1, round(CHUNK_S * fps))
    return tuple(Span(start, min(start + length, frames)) for start in range(0, frames, length))


@dataclass(frozen=True, slots=True)
class _History:
    """What a clip with feedback has shown up to a frame, as a hash that can be gone on with."""

    until: int
    sha: hashlib._Hash


class Namer:
    """Names the chunks of one prepared timeline in one encoding."""

    def __init__(self, prepared: Prepared, encoding: Encoding) -> None:
        self._prepared = prepared
        self._signals = shelf.mapped(prepared.signals)
        self._sound = shelf.mapped(prepared.sound.rows) if prepared.sound else None
        canvas = prepared.timeline.canvas
        self._histories: dict[int, _History] = {}
        self._settings = repr((PICTURE_REVISION, repr(canvas), encode.fingerprint(encoding)))

    def name(self, span: Span) -> str:
        """Return the name of a chunk."""
        sha = hashlib.sha256(self._settings.encode())
        plans = [evaluate(self._prepared, frame) for frame in range(span.start, span.end)]
        for plan in plans:
            sha.update(repr(plan).encode())
        shown = [*plans, *(plan.returns.plan for plan in plans if plan.returns)]
        self._add_music(sha, shown)
        for layer in _first_layers(shown):
            if self._remembers(layer):
                sha.update(self._history(layer, min(plan.frame for plan in shown if _shows(plan, layer))))
        return sha.hexdigest()[:ID_LENGTH]

    def _add_music(self, sha: hashlib._Hash, plans: Sequence[FramePlan]) -> None:
        """Add what the shaders and visualizers of some frames take from the music, and the shaders themselves."""
        shaders = {shader.digest: shader for plan in plans for shader in self._shaders(plan)}
        drawn = {shown.source.design for plan in plans for shown in plan.visualizers}
        listening = bool(drawn)
        for shader in shaders.values():
            sha.update(shader.digest.encode())
            listening |= any(entry.type in ("audio", "audioFFT") for entry in shader.inputs)
        for palette in self._palettes(plans):
            sha.update(repr(palette).encode())
        rows = [plan.frame + self._prepared.lead for plan in plans]
        columns = [name for name in COLUMNS if any(shader.takes(name) for shader in shaders.values())]
        if listening:
            columns += [name for name in ("level", "pulse", "travel") if name not in columns]
            if self._sound is not None:
                sha.update(self._sound[rows].tobytes())
                if any(visualizers.find(name).remembers for name in drawn):
                    sha.update(self._sound[self._earlier(rows)].tobytes())
        sha.update(self._table(rows, columns))

    def _earlier(self, rows: Sequence[int]) -> list[int]:
        """Return the rows of sound that some frames show as their history."""
        fps = self._prepared.timeline.canvas.fps
        return sorted({row for at in rows for row in sound.moments(at, fps)[0] if row >= 0})

    def _palettes(self, plans: Sequence[FramePlan]) -> Iterator[object]:
        """Yield the palettes that shaders take on some frames: the video's, and which clip has which of its own."""
        taking: dict[tuple[int, Palette | None], None] = {}
        for plan in plans:
            for layer in plan.layers():
                if any(_takes_colors(shader) for shader in self._shaders_of(layer)):
                    taking[layer.start, layer.palette] = None
            if isinstance(plan.base, Blend) and _takes_colors(self._prepared.transitions.get(plan.base.name)):
                taking[plan.base.incoming.start, plan.base.incoming.palette] = None
        if any(palette is None for _, palette in taking):
            yield self._prepared.timeline.palette
        yield from (each for each in taking if each[1] is not None)

    def _history(self, layer: Layer, until: int) -> bytes:
        """Return a name of what a clip with feedback showed from its start up to a frame.

        Chunks are named in the order of time, so each frame is read once however long the clip is.
        """
        begun = self._histories.get(layer.start)
        history = begun if begun is not None and begun.until <= until else _History(layer.start, hashlib.sha256())
        shaders = self._shaders_of(layer)
        columns = [name for name in COLUMNS if any(shader.takes(name) for shader in shaders)]
        for frame in range(history.until, until):
            history.sha.update(repr(layer_at(self._prepared, layer.start, frame)).encode())
            history.sha.update(self._table([frame + self._prepared.lead], columns))
        self._histories[layer.start] = _History(until, history.sha)
        return history.sha.digest()

    def _table(self, rows: Sequence[int], columns: Iterable[str]) -> bytes:
        picked = self._signals[np.ix_(rows, [COLUMNS.index(name) for name in columns])]
        return bytes(picked.tobytes())

    def _shaders(self, plan: FramePlan) -> Iterator[Shader]:
        for layer in plan.layers():
            yield from self._shaders_of(layer)
        if isinstance(plan.base, Blend) and plan.base.name in self._prepared.transitions:
            yield self._prepared.transitions[plan.base.name]

    def _shaders_of(self, layer: Layer) -> list[Shader]:
        scene = [self._prepared.scenes[layer.source.scene]] if isinstance(layer.source, SceneDraw) else []
        return scene + [self._prepared.effects[effect.name] for effect in layer.effects]

    def _remembers(self, layer: Layer) -> bool:
        return any(shader.persistent for shader in self._shaders_of(layer))


def _takes_colors(shader: Shader | None) -> bool:
    return shader is not None and any(shader.takes(name) for name in PALETTE)


def _first_layers(plans: Sequence[FramePlan]) -> list[Layer]:
    """Return one layer of each clip that some frames show."""
    return list({layer.start: layer for plan in plans for layer in plan.layers()}.values())


def _shows(plan: FramePlan, layer: Layer) -> bool:
    return any(shown.start == layer.start for shown in plan.layers())
