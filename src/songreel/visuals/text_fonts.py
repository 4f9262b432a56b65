"""The fonts of this machine: which files there are, and which characters each of them has.

A family is known by its file's name without style, case and separators: ``NotoSans-BoldItalic.ttf`` is ``notosans``.
Coverage is read from the table ``cmap``, formats 4 and 12 (OpenType 1.9, https://learn.microsoft.com/typography/opentype/spec/cmap).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont, features

from songreel.base.errors import MissingPart

Style = Literal["sans", "serif"]
Codes = NDArray[np.int64]

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("~/Library/Fonts"),
)
FAMILIES: Mapping[Style, str] = {"sans": "Noto Sans", "serif": "Noto Serif Display"}
EMOJI = "notocoloremoji"
BUILT_IN = "aileron"
_EMOJI_STRIKE = 109
_JAPANESE, _KOREAN, _CHINESE = 0, 1, 2

_SCRIPTS_SANS = (
    "notosanscjk",
    "notosansarabic",
    "notonaskharabic",
    "notosanshebrew",
    "notosansdevanagari",
    "notosansthai",
    "notosanssymbols",
    "notosanssymbols2",
    "notosansmath",
    "notomusic",
)
_SCRIPTS_SERIF = ("notoserifcjk", "notonaskharabic", "notoserifhebrew", "notoserifdevanagari", "notoserifthai")
_SANS = ("notosans", "dejavusans", "liberationsans", "arial", "helvetica")
_SERIF = ("notoserifdisplay", "notoserif", "dejavuserif", "liberationserif", "timesnewroman", "times")
CHAINS: Mapping[Style, tuple[str, ...]] = {
    "sans": (_SANS[0], *_SCRIPTS_SANS, *_SANS[1:], *_SERIF),
    "serif": (*_SERIF[:2], *_SCRIPTS_SERIF, *_SCRIPTS_SANS, *_SERIF[2:], *_SANS),
}

_STYLE_WORDS = re.compile(r"[-_ ](regular|roman|book|bold|italic|oblique)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file. ``slanted`` and ``thickened`` say that we make the style, since the font has none."""

    path: str
    family: str
    index: int = 0
    bold: bool = False
    italic: bool = False
    slanted: bool = False
    thickened: bool = False

    @property
    def name(self) -> str:
        """Return the family's name as a person would write it."""
        return _STYLE_WORDS.sub("", Path(self.path).stem) if self.path else "Aileron, which comes with Pillow"

    @property
    def is_emoji(self) -> bool:
        """Tell whether the face is made of colored bitmaps."""
        return self.family == EMOJI


def family_key(name: str) -> str:
    """Return the key of a family's name: ``"Noto Sans"`` is ``notosans``."""
    return re.sub(r"[^0-9a-z]", "", name.lower())


@cache
def can_shape() -> bool:
    """Tell whether letters can be joined and stacked as their script demands: Raqm with FriBiDi is at hand."""
    return bool(features.check("raqm"))


@cache
def faces() -> Mapping[str, tuple[Face, ...]]:
    """Return the faces of this machine by family, in the order of names; empty when there are no fonts."""
    found: dict[str, list[Face]] = {}
    for folder in FOLDERS:
        for path in sorted(folder.expanduser().rglob("*.[to]t[fc]")):
            style = path.stem.lower()
            key = family_key(_STYLE_WORDS.sub("", path.stem)) or family_key(path.stem)
            italic = "italic" in style or "oblique" in style
            face = Face(str(path), key, bold="bold" in style, italic=italic)
            found.setdefault(key, []).append(face)
    return {key: tuple(found[key]) for key in sorted(found)}


def find(family: str, *, bold: bool, italic: bool, index: int = 0) -> Face | None:
    """Return the face of a family that is nearest to a style, or None when the family is not here.

    ``index`` is the one to use of a collection, in which Noto CJK keeps its languages.
    """
    group = faces().get(family)
    if not group:
        return None
    best = min(group, key=lambda face: (face.bold != bold) * 2 + (face.italic != italic))
    return Face(
        best.path,
        best.family,
        index if best.path.endswith(".ttc") else 0,
        bold=best.bold,
        italic=best.italic,
        slanted=italic and not best.italic,
        thickened=bold and not best.bold,
    )


def chain(style: Style, *, bold: bool, italic: bool, family: str | None = None, text: str = "") -> tuple[Face, ...]:
    """Return the faces to try in turn for each character: the family asked for, the style's own, then all others.

    ``text`` tells by its letters how ideographs are to be drawn: the Japanese, Korean or Chinese way.
    """
    first = [family_key(family)] if family else []
    rest = sorted((key for key in faces() if key != EMOJI), key=lambda key: (not key.startswith("noto"), key))
    names = dict.fromkeys([*first, *CHAINS[style], *rest])
    cjk = _cjk_index(text)
    found = [find(name, bold=bold, italic=italic, index=cjk if "cjk" in name else 0) for name in names]
    return tuple(face for face in found if face) or (Face("", BUILT_IN),)


def _cjk_index(text: str) -> int:
    if any(0x3041 <= ord(character) <= 0x30FF for character in text):
        return _JAPANESE
    return _KOREAN if any(0xAC00 <= ord(character) <= 0xD7A3 for character in text) else _CHINESE


@lru_cache(maxsize=64)
def open_font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """Return a face ready to draw at a size in pixels; an emoji face comes at its own strike of 109."""
    if not face.path:
        return _built_in(size)
    pixels = _EMOJI_STRIKE if face.is_emoji else size
    return ImageFont.truetype(face.path, pixels, face.index, layout_engine=ImageFont.Layout.RAQM)


def _built_in(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise MissingPart("this Pillow was built without FreeType", advice="Install Pillow from its own wheels.")
    return ImageFont.truetype(BytesIO(font.font_bytes), size, layout_engine=ImageFont.Layout.RAQM)


def covers(face: Face, text: str) -> bool:
    """Tell whether a face has a glyph for every character of a text."""
    codes = _coverage(face.path)
    wanted = np.fromiter(map(ord, text), np.int64, len(text))
    at = np.searchsorted(codes, wanted)
    return bool(np.all(at < codes.size) and np.all(codes[np.minimum(at, codes.size - 1)] == wanted))


@cache
def _coverage(path: str) -> Codes:
    if not path:
        return np.arange(0x20, 0x7F, dtype=np.int64)
    try:
        return read_coverage(Path(path))
    except (OSError, struct.error, ValueError, IndexError):
        return np.zeros(1, np.int64)


def read_coverage(path: Path) -> Codes:
    """Return the sorted code points that a font file's first face has glyphs for.

    Raises OSError, ValueError, IndexError or struct.error on a file that is no font.
    """
    with path.open("rb") as file:
        head = file.read(16)
        start = struct.unpack(">I", head[12:16])[0] if head[:4] == b"ttcf" else 0
        file.seek(start)
        count = struct.unpack(">4xH6x", file.read(12))[0]
        tables = [struct.unpack(">4s4xII", file.read(16)) for _ in range(count)]
        offset, length = {tag: (at, size) for tag, at, size in tables}.get(b"cmap", (0, 0))
        file.seek(offset)
        table = file.read(length)
    subtables = [struct.unpack_from(">HHI", table, 4 + 8 * i) for i in range(struct.unpack_from(">H", table, 2)[0])]
    unicode = [entry for entry in subtables if entry[0] == 0 or (entry[0] == 3 and entry[1] in (1, 10))]
    by_format = {struct.unpack_from(">H", table, at)[0]: at for _, _, at in unicode}
    if 12 in by_format:
        return _read_groups(table, by_format[12])
    if 4 in by_format:
        return _read_segments(table, by_format[4])
    raise ValueError(f"{path} has no Unicode character map")


def _expand(first: Codes, last: Codes) -> tuple[Codes, Codes]:
    """Return all codes of some ranges, and for each the number of its range."""
    counts = last - first + 1
    owner = np.repeat(np.arange(first.size), counts)
    return np.arange(counts.sum()) + np.repeat(first - (np.cumsum(counts) - counts), counts), owner


def _read_groups(table: bytes, at: int) -> Codes:
    count = struct.unpack_from(">I", table, at + 12)[0]
    groups = np.frombuffer(table, ">u4", count * 3, at + 16).reshape(-1, 3).astype(np.int64)
    codes, owner = _expand(groups[:, 0], groups[:, 1])
    glyphs = groups[owner, 2] + codes - groups[owner, 0]
    return np.unique(codes[glyphs > 0])


def _read_segments(table: bytes, at: int) -> Codes:
    count = struct.unpack_from(">H", table, at + 6)[0] // 2
    words = np.frombuffer(table[at : at + (len(table) - at) // 2 * 2], ">u2").astype(np.int64)
    last, first = words[7 : 7 + count], words[8 + count : 8 + 2 * count]
    delta, ranges = words[8 + 2 * count : 8 + 3 * count], words[8 + 3 * count : 8 + 4 * count]
    codes, owner = _expand(first, last)
    listed = 8 + 3 * count + owner + ranges[owner] // 2 + codes - first[owner]
    glyphs = np.where(ranges[owner] == 0, codes + delta[owner], words[np.minimum(listed, words.size - 1)])
    return np.unique(codes[(glyphs & 0xFFFF > 0) & (codes < 0xFFFF)])
