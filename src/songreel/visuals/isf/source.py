"""GLSL 3.30 for a parsed ISF file: declarations before its body, old words made new, line numbers kept.

Textures hold their top row first (see the package). ISF's origin is at the bottom left, so positions are turned
over once where a vertex leaves, where a fragment asks where it is, and where a texture is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from songreel.visuals.isf import constants, frame_values
from songreel.visuals.isf.constants import Constants
from songreel.visuals.isf.frame_values import Lifted
from songreel.visuals.isf.terms import Meaning
from songreel.visuals.shader import Shader

_COMMENT = re.compile(r"//(?:\\\n|[^\n])*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_WORD = re.compile(r"\b[A-Za-z_]\w*\b")
_DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(?:version|extension|line)\b[^\n]*", re.MULTILINE)
_GLSL_TYPES = {
    "float": "float",
    "bool": "bool",
    "event": "bool",
    "long": "int",
    "color": "vec4",
    "point2D": "vec2",
    "image": "sampler2D",
    "audio": "sampler2D",
    "audioFFT": "sampler2D",
}

_ALWAYS = {
    "gl_FragColor": "isf_FragColor",
    "gl_FragCoord": "isf_FragCoord",
    "vv_FragNormCoord": "isf_FragNormCoord",
    "vv_vertShaderInit": "isf_vertShaderInit",
    "sampler2DRect": "sampler2D",
    "varying": "isf_varying",
    "attribute": "in",
}
_CALLS = {
    name: f"isf_{name}"
    for name in (
        "texture",
        "texture2D",
        "texture2DLod",
        "texture2DProj",
        "texture2DRect",
        "texelFetch",
        "textureCube",
        "textureLod",
        "dFdy",
    )
} | {"texture2DLodEXT": "isf_texture2DLod"}
_RESERVED = frozenset(
    re.findall(
        r"\w+",
        "active asm atomic_uint buffer cast class coherent common double enum extern external filter fixed goto half "
        "hvec2 hvec3 hvec4 inline input interface long namespace noinline output packed partition patch precise "
        "public readonly resource restrict row_major sample shared short sizeof static subroutine superp template "
        "this typedef union unsigned using volatile writeonly image1D image2D image3D imageCube imageBuffer",
    )
)
"""Words that some GLSL from 3.30 on reserves, and that older files may use as names."""
_QUALIFIERS = frozenset(("smooth", "flat", "noperspective", "centroid"))
_AFTER_QUALIFIER = re.compile(r"\s*(?:in|out|varying|centroid|uniform)\b")
_CALL = re.compile(r"\s*\(")

_COMMON = """
uniform float TIME;
uniform float TIMEDELTA;
uniform vec4 DATE;
uniform int FRAMEINDEX;
vec2 isf_turned(vec2 at) { return vec2(at.x, 1.0 - at.y); }
vec2 IMG_SIZE(sampler2D image) { return vec2(textureSize(image, 0)); }
vec4 IMG_NORM_PIXEL(sampler2D image, vec2 at) { return texture(image, isf_turned(at)); }
vec4 IMG_PIXEL(sampler2D image, vec2 at) { return texture(image, isf_turned(at / vec2(textureSize(image, 0)))); }
vec4 isf_texture(sampler2D image, vec2 at) { return texture(image, isf_turned(at)); }
vec4 isf_texture(samplerCube image, vec3 at) { return texture(image, at); }
vec4 isf_textureCube(samplerCube image, vec3 at) { return texture(image, at); }
vec4 isf_texture2D(sampler2D image, vec2 at) { return texture(image, isf_turned(at)); }
vec4 isf_textureLod(sampler2D image, vec2 at, float level) { return textureLod(image, isf_turned(at), level); }
vec4 isf_texture2DLod(sampler2D image, vec2 at, float level) { return textureLod(image, isf_turned(at), level); }
vec4 isf_texture2DProj(sampler2D image, vec3 at) { return texture(image, isf_turned(at.xy / at.z)); }
vec4 isf_texture2DProj(sampler2D image, vec4 at) { return texture(image, isf_turned(at.xy / at.w)); }
vec4 isf_texture2DRect(sampler2D image, vec2 at) { return IMG_PIXEL(image, at); }
vec4 isf_texelFetch(sampler2D image, ivec2 at, int level) {
    return texelFetch(image, ivec2(at.x, textureSize(image, level).y - 1 - at.y), level);
}
"""
_NAMES = {
    "PASSINDEX": Meaning("int", steady=True),
    "TIME": Meaning("float", steady=True, work=1),
    "TIMEDELTA": Meaning("float", steady=True, work=1),
    "DATE": Meaning("vec4", steady=True, work=1),
    "FRAMEINDEX": Meaning("int", steady=True, work=1),
}
_FRAGMENT = """
vec4 isf_texture(sampler2D image, vec2 at, float bias) { return texture(image, isf_turned(at), bias); }
vec4 isf_texture2D(sampler2D image, vec2 at, float bias) { return texture(image, isf_turned(at), bias); }
#define isf_FragCoord vec4(gl_FragCoord.x, RENDERSIZE.y - gl_FragCoord.y, gl_FragCoord.zw)
#define isf_dFdy(x) (-dFdy(x))
#define isf_varying in
"""
_PLACE = "#define isf_FragNormCoord (isf_FragCoord.xy / RENDERSIZE)\n"
_THIS = """
vec4 IMG_THIS_PIXEL(sampler2D image) { return IMG_NORM_PIXEL(image, isf_FragNormCoord); }
vec4 IMG_THIS_NORM_PIXEL(sampler2D image) { return IMG_NORM_PIXEL(image, isf_FragNormCoord); }
"""
_VERTEX = """
in vec2 isf_position;
out vec2 isf_FragNormCoord;
#define isf_varying out
void isf_vertShaderInit() {
    gl_Position = vec4(isf_position, 0.0, 1.0);
    isf_FragNormCoord = isf_position * 0.5 + 0.5;
}
"""
_VERTEX_END = """
void main() {
    isf_main();
    gl_Position.y = -gl_Position.y;
}
"""
_VERSION = "#version 330\n"
_PLAIN_IN = "in vec2 isf_position;\n"
_PLAIN_MAIN = "void main() {\n    gl_Position = vec4(isf_position, 0.0, 1.0);\n"
PLAIN_VERTEX = _VERSION + _PLAIN_IN + _PLAIN_MAIN + "}\n"
"""For shaders with no vertex shader of their own: these take their place from gl_FragCoord."""

COPY_FRAGMENT = """#version 330
uniform sampler2D image;
uniform vec2 size;
out vec4 color;
void main() { color = texture(image, gl_FragCoord.xy / size); }
"""
"""Draws a texture as it is into another size or format; both have their top row first."""


def fragment(shader: Shader, *, index: int = 0, fixed: Constants = constants.NONE) -> str:
    """Return the fragment shader of one pass, with the body's lines numbered as in its file.

    PASSINDEX is a constant, so that a pass carries none of the others' code: llvmpipe runs both sides of every if.
    """
    lifted = _lifted(shader, fixed)
    body = lifted.body
    place = "in vec2 isf_FragNormCoord;\n" if shader.vertex is not None else _PLACE
    body = re.sub(r"\bgl_FragData\s*\[\s*0\s*\]", "isf_FragColor", body)
    out = "" if re.search(r"\bout\s+(?:\w+\s+)?vec4\s+\w+\s*;", body) else "out vec4 isf_FragColor;\n"
    before = _VERSION + out + lifted.inputs + _pass(index, fixed) + _COMMON + _FRAGMENT + place + _THIS
    return f"{before}{_declared(shader, fixed)}#line {shader.body_line}\n{body}\n"


def vertex(shader: Shader, *, index: int = 0, fixed: Constants = constants.NONE) -> str:
    """Return the vertex shader of one pass."""
    if shader.vertex is None:
        lifted = _lifted(shader, fixed)
        if not lifted.outputs:
            return PLAIN_VERTEX
        before = _VERSION + lifted.outputs + _PLAIN_IN + _pass(index, fixed) + _COMMON + _declared(shader, fixed)
        return before + lifted.functions + _PLAIN_MAIN + lifted.assignments + "}\n"
    body = _modern(re.sub(r"\bmain(\s*\()", r"isf_main\1", shader.vertex))
    before = _VERSION + _pass(index, fixed) + _COMMON + _VERTEX + _declared(shader, fixed)
    return f"{before}#line 1\n{body}\n{_VERTEX_END}"


def _lifted(shader: Shader, fixed: Constants) -> Lifted:
    body = _modern(shader.body)
    if not fixed.lifted or shader.vertex is not None:
        return Lifted(body)
    still = {name for name, _ in fixed.inputs}
    names = _NAMES | {"RENDERSIZE": Meaning("vec2", steady=True, work=int(not fixed.sizes))}
    for entry in shader.inputs:
        kind = _GLSL_TYPES[entry.type]
        moves = entry.name not in still and kind != "sampler2D"
        names[safe_name(entry.name)] = Meaning(kind, steady=True, work=int(moves))
    targets = (step.target for step in shader.passes if step.target)
    names |= {safe_name(name): Meaning("sampler2D", steady=True) for name in (*shader.imported, *targets)}
    return frame_values.lift(body, names)


def original(words: str) -> str:
    """Return a compiler's words with the names that the file itself uses."""
    for mapping in (_ALWAYS, _CALLS):
        for old, new in mapping.items():
            if new.startswith("isf_") and not old.startswith("vv_"):
                words = re.sub(rf"\b{new}\b", old, words)
    return re.sub(r"\bisf_own_(\w+)", r"\1", words)


def _pass(index: int, fixed: Constants) -> str:
    return f"const int PASSINDEX = {index};\n{fixed.size(index)}\n"


def _modern(text: str) -> str:
    """Return code without comments, in today's words; names of its own that the host has taken give way."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _COMMENT.sub(lambda found: " " + "\n" * found.group().count("\n"), text)
    text = _DIRECTIVE.sub("", text)
    renamed = {name: f"isf_own_{name}" for name in _own(text)}

    def word(found: re.Match[str]) -> str:
        name = found.group()
        if name in renamed:
            return renamed[name]
        if name in _ALWAYS:
            return _ALWAYS[name]
        if name in _CALLS:
            return _CALLS[name] if _CALL.match(text, found.end()) else name
        if name in _RESERVED or (name in _QUALIFIERS and not _AFTER_QUALIFIER.match(text, found.end())):
            return f"isf_own_{name}"
        return name

    return _WORD.sub(word, text)


_TAKEN = "|".join(sorted({*_CALLS, "IMG_SIZE", "IMG_PIXEL", "IMG_NORM_PIXEL", "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL"}))
_DEFINED = re.compile(rf"(?:#[ \t]*define[ \t]+({_TAKEN})\b)|(?:\b(\w+)\s+({_TAKEN})\s*\([^()]*\)\s*[{{;])")
_NOT_TYPES = frozenset(("return", "else", "in", "do", "case"))


def _own(text: str) -> Iterable[str]:
    """Find functions and macros that a file defines by a name that the host has taken."""
    for found in _DEFINED.finditer(text):
        if found.group(1):
            yield found.group(1)
        elif found.group(2) not in _NOT_TYPES:
            yield found.group(3)


def _declared(shader: Shader, fixed: Constants) -> str:
    """Declare what the header does; a complaint about it is put on the first line of the file."""
    uniforms = {safe_name(entry.name): _GLSL_TYPES[entry.type] for entry in shader.inputs}
    targets = (step.target for step in shader.passes if step.target)
    uniforms |= {safe_name(name): "sampler2D" for name in (*shader.imported, *targets)}
    uniforms |= {safe_name(name): "samplerCube" for name in shader.cubes}
    known = {safe_name(name): text for name, text in fixed.literals().items()}
    declared = (
        f"const {kind} {name} = {known[name]};" if name in known else f"uniform {kind} {name};"
        for name, kind in uniforms.items()
    )
    lines = ["#line 1", " ".join(declared)]
    for name in (name for name, kind in uniforms.items() if kind == "sampler2D"):
        lines.append(f"#define _{name}_imgRect vec4(0.0, 0.0, IMG_SIZE({name}))")
        lines.append(f"#define _{name}_imgSize IMG_SIZE({name})")
        lines.append(f"#define _{name}_flip false")
    return "\n".join(lines) + "\n"


def safe_name(name: str) -> str:
    """Return the name that an input has in the program: its own, unless GLSL reserves it."""
    return f"isf_own_{name}" if name in _RESERVED or name in _QUALIFIERS else name
