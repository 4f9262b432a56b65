"""The graphics context that compiles and draws ISF shaders, without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, ClassVar, Self

import moderngl
import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import BadRequest, BadShader, MissingPart
from songreel.visuals.isf import constants, faults, source
from songreel.visuals.isf.constants import Constants
from songreel.visuals.isf.instance import Instance, Moment, Picture
from songreel.visuals.isf.program import Program, Target
from songreel.visuals.isf.textures import Textures
from songreel.visuals.shader import Shader, Value

__all__ = ["Host", "Instance", "Moment", "Picture", "Texture"]

Texture = moderngl.Texture
DRIVER_COMMAND = "apt-get install libegl1 libgl1 libgl1-mesa-dri"
_LENIENT = 420


class Host:
    """One graphics context, for one process; a context manager.

    Raises MissingPart when the machine has no OpenGL driver. Not for use from several threads.
    """

    _current: ClassVar[Host | None] = None

    def __init__(self) -> None:
        self._context = _open()
        Host._current = self
        self._programs: dict[tuple[str, Constants], tuple[Program, ...]] = {}
        self._imported: dict[str, dict[str, moderngl.Texture | moderngl.TextureCube]] = {}
        self.textures = Textures(self._context)
        self.info = str(self._context.info["GL_RENDERER"])
        self.largest = min(int(self._context.info["GL_MAX_TEXTURE_SIZE"]), 16384)
        self.nothing = self._context.texture((1, 1), 4, bytes(4))
        self._copy = Program(self._context, source.PLAIN_VERTEX, source.COPY_FRAGMENT, whole=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the context and all that was made with it."""
        self.activate()
        self._context.release()
        Host._current = None

    def activate(self) -> None:
        """Make this context the one that calls go to; every method does so where it matters."""
        if Host._current is not self:
            self._context.__enter__()  # type: ignore[no-untyped-call]
            Host._current = self

    def instance(
        self, shader: Shader, width: int, height: int, *, fixed: Mapping[str, Value] | None = None
    ) -> Instance:
        """Return a shader ready to be drawn at a size; compiled once for each digest.

        Inputs in ``fixed`` keep their value whatever is drawn; they and the sizes of the passes become constants of a
        program of their own, which a processor draws a fifth faster. Names that are not declared are passed over.
        Raises BadShader (file, line, the compiler's words) or BadRequest for a size that cannot be drawn.
        """
        if not (1 <= width <= self.largest and 1 <= height <= self.largest):
            raise BadRequest(
                f"a picture of {width}×{height} cannot be drawn", advice=f"Use sides from 1 to {self.largest}."
            )
        self.activate()
        return Instance(self, shader, width, height, fixed)

    def texture(self, rgb: NDArray[Any]) -> Texture:
        """Upload a picture, (h, w, 3|4) uint8, top row first; the caller releases it."""
        self.activate()
        return self.textures.picture(rgb)

    def read(self, texture: Texture, *, out: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        """Return a texture's picture, (h, w, 4) uint8, top row first; into ``out`` when given."""
        self.activate()
        width, height = texture.size
        picture = np.empty((height, width, 4), dtype=np.uint8) if out is None else out
        if (texture.components, texture.dtype) == (4, "f1"):
            texture.read_into(picture, alignment=1)
            return picture
        whole = self.target(width, height, floating=False)
        self.copy(texture, whole)
        whole.texture.read_into(picture, alignment=1)
        whole.release()
        return picture

    def finish(self) -> None:
        """Wait until everything asked for has been drawn."""
        self.activate()
        self._context.finish()

    def programs(self, shader: Shader, fixed: Constants = constants.NONE) -> tuple[Program, ...]:
        """Return a shader's programs, one a pass, compiling them the first time; raises BadShader."""
        key = (shader.digest, fixed)
        if key not in self._programs:
            self._programs[key] = self._all_compiled(shader, fixed)
        return self._programs[key]

    def _all_compiled(self, shader: Shader, fixed: Constants) -> tuple[Program, ...]:
        try:
            return tuple(self._compiled(shader, index, fixed) for index in range(len(shader.passes)))
        except BadShader:
            # As the file has it, the picture is the same, and what the compiler says is about the file's own lines.
            if fixed == constants.AS_WRITTEN:
                raise
            return self.programs(shader, constants.AS_WRITTEN)

    def compile(self, vertex: str, fragment: str, *, whole: bool = True) -> Program:
        """Compile GLSL as it is; raises moderngl.Error with the driver's log."""
        self.activate()
        return Program(self._context, vertex, fragment, whole=whole)

    def _compiled(self, shader: Shader, index: int, fixed: Constants) -> Program:
        """Compile as GLSL 3.30, or 4.20 if that fails: it lets an int stand for a float or uint in more places."""
        vertex = source.vertex(shader, index=index, fixed=fixed)
        fragment = source.fragment(shader, index=index, fixed=fixed)
        whole = shader.vertex is None
        try:
            return self.compile(vertex, fragment, whole=whole)
        except moderngl.Error as error:
            if self._context.version_code < _LENIENT:
                raise faults.explain(shader, str(error)) from error
        vertex, fragment = (text.replace("#version 330", f"#version {_LENIENT}", 1) for text in (vertex, fragment))
        try:
            return self.compile(vertex, fragment, whole=whole)
        except moderngl.Error as error:
            raise faults.explain(shader, str(error)) from error

    def imported(self, shader: Shader) -> Mapping[str, moderngl.Texture | moderngl.TextureCube]:
        """Return the pictures that a shader imports, read the first time; raises BadShader."""
        held = self._imported.get(shader.digest)
        if held is None:
            held = {name: self.textures.file(path) for name, path in shader.imported.items()}
            held |= {name: self.textures.cube(paths) for name, paths in shader.cubes.items()}
            self._imported[shader.digest] = held
        return held

    def target(self, width: int, height: int, *, floating: bool) -> Target:
        """Make a transparent black texture to draw to, 8 bits a channel or 32-bit floats."""
        texture = self._context.texture((width, height), 4, dtype="f4" if floating else "f1")
        texture.repeat_x = texture.repeat_y = False
        target = Target(texture, self._context.framebuffer([texture]))
        target.framebuffer.clear()
        return target

    def copy(self, texture: moderngl.Texture, target: Target) -> None:
        """Draw a texture as it is over a whole target of any size and format."""
        width, height = target.texture.size
        self._copy.set("size", (float(width), float(height)))
        self._copy.set("image", 0)
        texture.use(0)
        target.framebuffer.use()
        self._copy.draw()


def _open() -> moderngl.Context:
    libraries: dict[str, Any] = {"backend": "egl", "libgl": "libGL.so.1", "libegl": "libEGL.so.1"}
    try:
        return moderngl.create_context(require=330, standalone=True, **libraries)
    except Exception as error:  # the binding raises plain Exception for every lack
        raise MissingPart(
            f"this machine has no OpenGL driver that can draw without a screen ({error})",
            advice=f"Install one: {DRIVER_COMMAND}",
        ) from error
