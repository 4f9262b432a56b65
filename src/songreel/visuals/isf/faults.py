"""What a graphics driver says about a shader, as file, line and words."""

from __future__ import annotations

import re

from songreel.base.errors import BadShader
from songreel.visuals.isf import source
from songreel.visuals.shader import Shader

_ERROR = re.compile(
    r"^\s*(?:"
    r"\d+:(?P<mesa>\d+)\(\d+\):\s*(?:preprocessor\s+)?error:\s*"
    r"|\d+\((?P<nvidia>\d+)\)\s*:\s*error\s*(?:\w+)?:\s*"
    r"|ERROR:\s*\d+:(?P<others>\d+):\s*"
    r")(?P<words>.*)$"
)


def explain(shader: Shader, log: str) -> BadShader:
    """Return the error for a driver's log: the first complaint, at its line in the file that it is about."""
    place = str(shader.path or shader.name)
    stage = place
    for line in log.splitlines():
        if line.strip() in ("vertex_shader", "fragment_shader"):
            own = line.strip() == "vertex_shader" and shader.path is not None
            stage = str(shader.path.with_suffix(".vs")) if own and shader.path else place
        if found := _ERROR.match(line):
            number = found["mesa"] or found["nvidia"] or found["others"]
            return _bad(f"{stage}:{number}: {source.original(found['words'].strip())}")
    return _bad(f"{place}: {source.original(_summary(log))}")


def _summary(log: str) -> str:
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    words = [line for line in lines if line.lower().startswith("error")] or lines[-1:]
    return words[0].removeprefix("error:").strip() if words else "the driver gave no reason"


def _bad(message: str) -> BadShader:
    return BadShader(message, advice="Mend the shader, or leave it out.")
