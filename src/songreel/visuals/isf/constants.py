"""What does not change while a shader is drawn, written into its program as constants.

A processor that draws works out every uniform's sums again for each few pixels; a constant's are worked out once, by
the compiler. Numbers are written so that any compiler reads the very float32 that a uniform would hold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from songreel.visuals.shader import Value

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Constants:
    """Inputs by name, in the order of the header, and the size of each pass, None where it may change.

    ``lifted`` tells that `frame_values` has its way with the shader's functions.
    """

    inputs: tuple[tuple[str, Value], ...] = ()
    sizes: tuple[Size | None, ...] = ()
    lifted: bool = True

    def literals(self) -> Mapping[str, str]:
        """Return the GLSL text of each input that can be written as a number."""
        return {name: literal(value) for name, value in self.inputs if _finite(value)}

    def size(self, index: int) -> str:
        """Return the declaration of RENDERSIZE for a pass."""
        size = self.sizes[index] if index < len(self.sizes) else None
        if size is None:
            return "uniform vec2 RENDERSIZE;"
        return f"const vec2 RENDERSIZE = {literal((float(size[0]), float(size[1])))};"


NONE = Constants()
AS_WRITTEN = Constants(lifted=False)


def literal(value: Value) -> str:
    """Return the GLSL literal of a bool, int, float or vector."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return repr(float(np.float32(value)))
    return f"vec{len(value)}({', '.join(literal(float(number)) for number in value)})"


def _finite(value: Value) -> bool:
    return all(math.isfinite(np.float32(number)) for number in (value if isinstance(value, tuple) else (value,)))
