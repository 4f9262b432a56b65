"""What is drawn with, and what is drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import moderngl
import numpy as np

_TRIANGLE = np.array([-1, -1, 3, -1, -1, 3], dtype=np.float32)
_QUAD = np.array([-1, -1, 1, -1, -1, 1, 1, 1], dtype=np.float32)


class Program:
    """A compiled shader and the shape that it is drawn on."""

    def __init__(self, context: moderngl.Context, vertex: str, fragment: str, *, whole: bool) -> None:
        self._program = context.program(vertex_shader=vertex, fragment_shader=fragment)
        self._shape = context.buffer(_TRIANGLE if whole else _QUAD)
        self._mode = moderngl.TRIANGLES if whole else moderngl.TRIANGLE_STRIP
        names = ["isf_position"] if "isf_position" in self._program else []
        self._corners = 3 if whole else 4
        self._array = context.vertex_array(self._program, self._shape, *names)
        self.uniforms: dict[str, moderngl.Uniform] = {
            name: member for name in self._program if isinstance(member := self._program[name], moderngl.Uniform)
        }
        self._held: dict[str, Any] = {}

    def set(self, name: str, value: Any) -> None:
        """Set a uniform, if the compiler kept it and it holds another value."""
        if name in self.uniforms and self._held.get(name) != value:
            self.uniforms[name].value = value
            self._held[name] = value

    def draw(self) -> None:
        """Draw over the whole of the framebuffer in use."""
        self._array.render(self._mode, vertices=self._corners)


@dataclass(frozen=True, slots=True)
class Target:
    """A texture that can be drawn to."""

    texture: moderngl.Texture
    framebuffer: moderngl.Framebuffer

    def release(self) -> None:
        """Give back the memory."""
        self.framebuffer.release()
        self.texture.release()
