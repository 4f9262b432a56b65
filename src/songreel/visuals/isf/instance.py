"""One shader at one size: its passes, its buffers, and what it is given for a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import moderngl
import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import BadShader
from songreel.visuals.isf import expression, source
from songreel.visuals.isf.constants import Constants, Size
from songreel.visuals.isf.program import Program, Target
from songreel.visuals.shader import Input, Pass, Shader, Value

if TYPE_CHECKING:
    from songreel.visuals.isf.host import Host

Picture = NDArray[Any] | moderngl.Texture
Bound = moderngl.Texture | moderngl.TextureCube
_LARGEST_PIXELS = 1 << 25
_TOO_LARGE = "Mend PASSES in the header: a pass may have up to 33 million pixels."
_NEUTRAL: dict[str, Value] = {
    "float": 0.0,
    "bool": False,
    "event": False,
    "long": 0,
    "color": (1.0, 1.0, 1.0, 1.0),
    "point2D": (0.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a frame is: seconds, seconds since the frame before, its index; year, month, day and second of the day."""

    time: float
    delta: float
    frame: int
    date: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


class Instance:
    """A shader that can be drawn at ``width`` × ``height``; made by `Host.instance`.

    A shader with persistent buffers remembers: draw its frames in order, and `restart` where a clip begins.
    """

    def __init__(
        self, host: Host, shader: Shader, width: int, height: int, fixed: Mapping[str, Value] | None = None
    ) -> None:
        self.shader = shader
        self.width = width
        self.height = height
        self._host = host
        self._fixed = _given(shader, fixed or {})
        self._sizes: tuple[Size | None, ...] = (None,) * len(shader.passes)
        constants = Constants()
        if fixed is not None:
            self._sizes = tuple(self._steady_size(step) for step in shader.passes)
            constants = Constants(tuple(self._fixed.items()), self._sizes)
        self._programs = host.programs(shader, constants)
        self._buffers: dict[str, _Buffer] = {}
        self._uploads: dict[str, moderngl.Texture] = {}
        self._output = host.target(width, height, floating=False)
        targets = [step.target for step in shader.passes]
        self._twice = {name for name in targets if name and targets.count(name) > 1}

    def draw(
        self,
        moment: Moment,
        inputs: Mapping[str, Value] | None = None,
        pictures: Mapping[str, Picture] | None = None,
    ) -> moderngl.Texture:
        """Draw a frame and return its RGBA texture, which the next draw overwrites.

        ``inputs`` not given take their defaults; names that the shader does not declare are passed over, since
        the music offers every signal to every shader. ``pictures`` are (h, w, 3|4) uint8, top row first, or
        textures of this host; for audio (channels, n), float 0…1 or uint8, a wave centered on 0.5. A picture
        that is missing is one transparent black pixel. Read-only arrays are uploaded once and then remembered.
        Raises BadShader when the size of a pass makes no sense.
        """
        self._host.activate()
        given = inputs or {}
        values = dict(self._fixed)
        for entry in self.shader.inputs:
            if entry.type in _NEUTRAL and entry.name not in values:
                values[entry.name] = _value(entry, given)
        values |= {"TIME": moment.time, "TIMEDELTA": moment.delta, "FRAMEINDEX": moment.frame, "DATE": moment.date}
        bound = self._pictures(pictures or {})
        fresh: set[str] = set()
        for index, step in enumerate(self.shader.passes):
            size = self._sizes[index] or self._size(step, values)
            target = self._buffer(step, size).back if step.target else self._output
            self._draw_pass(self._programs[index], target, values, bound | self._readable(fresh))
            if step.target:
                self._buffers[step.target].swap()
                fresh.add(step.target)
        last = self.shader.passes[-1].target
        if last:
            self._host.copy(self._buffers[last].front.texture, self._output)
        return self._output.texture

    def restart(self) -> None:
        """Forget all frames so far: persistent buffers become transparent black."""
        self._host.activate()
        for buffer in self._buffers.values():
            buffer.clear()

    def close(self) -> None:
        """Give back the buffers; the instance cannot be drawn again."""
        self._host.activate()
        for buffer in self._buffers.values():
            buffer.release()
        for texture in self._uploads.values():
            texture.release()
        self._output.release()
        self._buffers.clear()
        self._uploads.clear()

    def _pictures(self, given: Mapping[str, Picture]) -> dict[str, Bound]:
        found: dict[str, Bound] = dict(self._host.imported(self.shader))
        for entry in self.shader.inputs:
            if entry.type not in _NEUTRAL:
                found[entry.name] = self._picture(entry, given.get(entry.name))
        return found

    def _picture(self, entry: Input, given: Picture | None) -> moderngl.Texture:
        if given is None:
            return self._host.nothing
        if isinstance(given, moderngl.Texture):
            return given
        textures = self._host.textures
        if entry.type != "image":
            limit = entry.maximum if isinstance(entry.maximum, int | float) else 0
            texture = textures.sound(given, columns=int(limit), reuse=self._uploads.get(entry.name))
        elif not given.flags.writeable:
            return textures.still(given)
        else:
            texture = textures.picture(given, reuse=self._uploads.get(entry.name))
        self._uploads[entry.name] = texture
        return texture

    def _readable(self, fresh: set[str]) -> dict[str, moderngl.Texture]:
        """Return what each target shows to a pass: this frame's picture, or the last one if it persists."""
        return {
            step.target: self._buffers[step.target].front.texture
            if step.target in self._buffers and (step.persistent or step.target in fresh)
            else self._host.nothing
            for step in self.shader.passes
            if step.target
        }

    def _draw_pass(
        self, program: Program, target: Target, values: Mapping[str, Value], bound: Mapping[str, Bound]
    ) -> None:
        width, height = target.texture.size
        program.set("RENDERSIZE", (float(width), float(height)))
        for name, value in values.items():
            program.set(source.safe_name(name), value)
        used = ((source.safe_name(name), texture) for name, texture in bound.items())
        for unit, (name, texture) in enumerate(pair for pair in used if pair[0] in program.uniforms):
            texture.use(unit)
            program.set(name, unit)
        target.framebuffer.use()
        target.framebuffer.clear()
        program.draw()

    def _steady_size(self, step: Pass) -> Size | None:
        """Return the size of a pass when nothing that changes has a say in it."""
        if not step.target:
            return self.width, self.height
        steady = {"WIDTH", "HEIGHT", *self._fixed}
        asked = expression.names(step.width) | expression.names(step.height)
        return self._size(step, self._fixed) if asked <= steady else None

    def _size(self, step: Pass, values: Mapping[str, Value]) -> Size:
        names = {name: float(value) for name, value in values.items() if not isinstance(value, tuple)}
        names |= {"WIDTH": float(self.width), "HEIGHT": float(self.height)}
        where = self.shader.path or self.shader.name
        try:
            width, height = (
                int(min(max(expression.evaluate(text, names), 1), self._host.largest)) if text else side
                for text, side in ((step.width, self.width), (step.height, self.height))
            )
        except expression.ExpressionError as error:
            raise BadShader(
                f"{where}: the size of pass {step.target!r}: {error}", advice="Mend PASSES in the header."
            ) from error
        if width * height > max(_LARGEST_PIXELS, self.width * self.height):
            raise BadShader(f"{where}: pass {step.target!r} would be {width} × {height} pixels", advice=_TOO_LARGE)
        return width, height

    def _buffer(self, step: Pass, size: tuple[int, int]) -> _Buffer:
        held = self._buffers.get(step.target)
        if held is not None and held.front.texture.size == size:
            return held
        double = step.persistent or step.target in self._twice
        made = [self._host.target(*size, floating=step.floating) for _ in range(1 + double)]
        if held is not None:
            self._host.copy(held.front.texture, made[0])
            held.release()
        self._buffers[step.target] = _Buffer(made)
        return self._buffers[step.target]


class _Buffer:
    """The target of a pass: one texture, or two where a pass reads what was drawn before."""

    def __init__(self, targets: list[Target]) -> None:
        self._targets = targets

    @property
    def front(self) -> Target:
        return self._targets[0]

    @property
    def back(self) -> Target:
        return self._targets[-1]

    def swap(self) -> None:
        self._targets.reverse()

    def clear(self) -> None:
        for target in self._targets:
            target.framebuffer.clear()

    def release(self) -> None:
        for target in self._targets:
            target.release()


def _given(shader: Shader, inputs: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values of the declared inputs that are given, but for pictures, sound and events."""
    return {
        entry.name: _value(entry, inputs)
        for entry in shader.inputs
        if entry.name in inputs and entry.type in _NEUTRAL and entry.type != "event"
    }


def _value(entry: Input, inputs: Mapping[str, Value]) -> Value:
    value = inputs.get(entry.name, entry.default)
    if value is None:
        value = _neutral(entry)
    if entry.type in ("color", "point2D"):
        return _padded(value, 4 if entry.type == "color" else 2)
    number = value[0] if isinstance(value, tuple) else value
    match entry.type:
        case "float":
            return float(number)
        case "long":
            return int(number)
    return bool(number)


def _neutral(entry: Input) -> Value:
    value = _NEUTRAL[entry.type]
    if entry.type == "long" and entry.values:
        return entry.values[0]
    if entry.type == "float" and isinstance(entry.minimum, float) and isinstance(entry.maximum, float):
        return float(np.clip(0.0, entry.minimum, max(entry.minimum, entry.maximum)))
    return value


def _padded(value: Value, length: int) -> tuple[float, ...]:
    numbers = value if isinstance(value, tuple) else (float(value),) * min(length, 3)
    return (*numbers[:length], *(1.0,) * (length - len(numbers)))
