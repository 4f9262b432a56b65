"""What a shader costs on this machine, and at which share of the canvas to draw it therefore."""

from __future__ import annotations

import time

import numpy as np

from songreel.visuals.isf import parse
from songreel.visuals.isf.host import Host, Moment
from songreel.visuals.shader import Shader

_DRAWS = 5
_GLANCE = 8
_HOPELESS_MS = 60
_HALF = (960, 540)
_REFERENCE = """/*{"ISFVSN": "2", "DESCRIPTION": "Six octaves of value noise: a scene of middling weight"}*/
float cell(vec2 at) {
    uvec2 q = uvec2(ivec2(at)) * uvec2(1597334673u, 3812015801u);
    uint n = (q.x ^ q.y) * 1597334673u;
    return float(n >> 8) / 16777216.0;
}
float noise(vec2 at) {
    vec2 base = floor(at);
    vec2 t = at - base;
    t = t * t * (3.0 - 2.0 * t);
    float low = mix(cell(base), cell(base + vec2(1.0, 0.0)), t.x);
    return mix(low, mix(cell(base + vec2(0.0, 1.0)), cell(base + vec2(1.0, 1.0)), t.x), t.y);
}
void main() {
    vec2 at = isf_FragNormCoord * 8.0 + 16.0 + TIME;
    float sum = 0.0;
    float weight = 0.5;
    for (int octave = 0; octave < 6; octave++) {
        sum += weight * noise(at);
        at *= 2.03;
        weight *= 0.5;
    }
    gl_FragColor = vec4(vec3(sum), 1.0);
}
"""
_STEPS: tuple[tuple[float, float], ...] = ((0.75, 1.0), (2.0, 2 / 3), (6.0, 0.5))
"""Up to so many times the reference's cost: this share of the canvas. Beyond all of them: a third."""


def measure(host: Host, shader: Shader, width: int, height: int) -> float:
    """Return the milliseconds that a frame takes, read-back left out: the best of a few, since others use the machine.

    A shader that is very slow even at an eighth of the size is not tried at the whole of it but estimated.
    Pictures that the shader asks for are a gray ramp of the same size. Raises BadShader.
    """
    small = _best(host, shader, max(width // _GLANCE, 1), max(height // _GLANCE, 1))
    if small > _HOPELESS_MS:
        return small * _GLANCE**2
    return _best(host, shader, width, height)


def _best(host: Host, shader: Shader, width: int, height: int) -> float:
    ramp = np.linspace(0, 255, width, dtype=np.uint8)[None, :, None]
    picture = host.texture(np.ascontiguousarray(np.broadcast_to(ramp, (height, width, 3))))
    sound = np.full((1, 64), 0.5, dtype=np.float32)
    pictures = {
        entry.name: picture if entry.type == "image" else sound
        for entry in shader.inputs
        if entry.type in ("image", "audio", "audioFFT")
    }
    instance = host.instance(shader, width, height)
    taken: list[float] = []
    for frame in range(_DRAWS):
        began = time.perf_counter()
        instance.draw(Moment(2.0 + frame / 30, 1 / 30, frame), {"progress": 0.4}, pictures)
        host.finish()
        taken.append((time.perf_counter() - began) * 1000)
    instance.close()
    picture.release()
    return min(taken)


def resolution(host: Host, shader: Shader) -> float:
    """Return the share of a 1080p canvas at which a shader is cheap enough on this machine; raises BadShader."""
    return resolution_for(measure(host, shader, *_HALF), reference_ms=reference(host))


def reference(host: Host) -> float:
    """Return what the reference shader takes at 960 × 540, in milliseconds: a measure of the machine."""
    return measure(host, parse.parse(_REFERENCE, name="reference"), *_HALF)


def resolution_for(ms_at_half: float, *, reference_ms: float) -> float:
    """Return the share of a 1080p canvas (1, 2/3, 1/2 or 1/3) for a shader that takes so long at 960 × 540.

    The time is taken against the reference shader's on the same machine, so that machines mostly agree.
    """
    ratio = ms_at_half / max(reference_ms, 1e-3)
    return next((share for most, share in _STEPS if ratio <= most), 1 / 3)
