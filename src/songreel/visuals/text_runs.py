"""Words taken apart: clusters that are drawn together, each with its font and direction, and where lines may break."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from songreel.visuals import text_bidi, text_fonts
from songreel.visuals.text_fonts import Face

_JOINER = "\u200d"
_EMOJI_STYLE, _TEXT_STYLE = "\ufe0f", "\ufe0e"
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
_TAGS = range(0xE0020, 0xE0080)
_NEVER_FIRST = frozenset(
    "、。，．·・：；？！‼⁇⁈⁉…‥ー～〜々ゝゞヽヾ〟’”）〕］｝〉》」』】〗〙｠»%％‰℃°"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ!?,.:;)]}"
)
_NEVER_LAST = frozenset("‘“（〔［｛〈《「『【〖〘｟«([{￥＄$")
_HYPHENS = frozenset("-‐–—/")
_IDEOGRAPHIC = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFF60), (0x20000, 0x3FFFF))
_SYMBOL_EMOJI = frozenset(
    map(
        chr,
        (
            *(0x231A, 0x231B, 0x23E9, 0x23EA, 0x23EB, 0x23EC, 0x23F0, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615),
            *range(0x2648, 0x2654),
            *(0x267F, 0x2693, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26D4, 0x26EA),
            *(0x26F2, 0x26F3, 0x26F5, 0x26FA, 0x26FD, 0x2705, 0x270A, 0x270B, 0x2728, 0x274C, 0x274E),
            *(0x2753, 0x2754, 0x2755, 0x2757, 0x2795, 0x2796, 0x2797, 0x27B0, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B55),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """What a reader sees as one character, with its bidi level; a line may end after it where ``breaks`` says so."""

    text: str
    face: Face
    level: int = 0
    breaks: bool = False

    @property
    def blank(self) -> bool:
        """Tell whether the cluster is a space."""
        return self.text.isspace()


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring clusters of one font and direction, in the order of reading."""

    clusters: tuple[Cluster, ...]

    @property
    def text(self) -> str:
        """Return the characters of the run."""
        return "".join(cluster.text for cluster in self.clusters)

    @property
    def face(self) -> Face:
        """Return the font of the run."""
        return self.clusters[0].face

    @property
    def rightward(self) -> bool:
        """Tell whether the run is read from left to right."""
        return self.clusters[0].level % 2 == 0


def clean(text: str) -> str:
    """Return a text without control and direction marks, its white space single; line ends are kept."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    plain = ["".join(_cleaned(character) for character in line) for line in lines]
    return "\n".join(line for line in (" ".join(line.split()) for line in plain) if line)


def _cleaned(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Cs" | "Co":
            return " "
        case "Cf" if character not in _INVISIBLE and ord(character) not in _TAGS:
            return ""
    return character


def split(text: str, chain: Sequence[Face]) -> tuple[tuple[Cluster, ...], tuple[str, ...]]:
    """Return the clusters of one paragraph in the order of reading, and a sentence for each that had to be replaced."""
    clusters: list[Cluster] = []
    notes: dict[str, None] = {}
    for piece in graphemes(text):
        shown, face = _fit(piece, chain, clusters[-1].face if clusters else chain[0])
        if shown != piece:
            how = f"shown as ‘{shown}’" if shown else "left out"
            notes[f"no font here has ‘{piece}’: {how}"] = None
        if shown:
            clusters.append(Cluster(shown, face))
    return _with_breaks(_with_levels(clusters)), tuple(notes)


def graphemes(text: str) -> list[str]:
    """Return the characters as a reader counts them (UAX #29, without Hangul jamo): marks, emoji sequences, flags."""
    pieces: list[str] = []
    for character in text:
        if pieces and _extends(pieces[-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def runs(line: Sequence[Cluster]) -> tuple[Run, ...]:
    """Return the runs of a line from left to right."""
    grouped = [Run(tuple(group)) for _, group in groupby(line, key=lambda cluster: (cluster.face, cluster.level))]
    order = text_bidi.visual_order([run.clusters[0].level for run in grouped])
    return tuple(grouped[at] for at in order)


def is_ideographic(character: str) -> bool:
    """Tell whether a character is Chinese or Japanese, between which lines may break."""
    return any(low <= ord(character) <= high for low, high in _IDEOGRAPHIC)


def ends_phrase(text: str) -> bool:
    """Tell whether a line ends well after this cluster: after punctuation, or any letter of a script with spaces."""
    return not is_ideographic(text[0]) or unicodedata.category(text[0]) in ("Po", "Pe", "Pf", "Pd")


def is_simple(text: str) -> bool:
    """Tell whether the letters of a text stand apart, so that they can be spaced."""
    return all(unicodedata.bidirectional(c) not in ("R", "AL", "NSM") and not 0x0900 <= ord(c) <= 0x109F for c in text)


def _extends(piece: str, character: str) -> bool:
    code = ord(character)
    if unicodedata.category(character) in ("Mn", "Me", "Mc") or character in _INVISIBLE - {"\u200b"}:
        return True
    if 0x1F3FB <= code <= 0x1F3FF or code in _TAGS or piece.endswith(_JOINER):
        return True
    flags = [0x1F1E6 <= ord(each) <= 0x1F1FF for each in (piece[-1], character)]
    return all(flags) and len(piece) % 2 == 1


def _is_emoji(piece: str) -> bool:
    if _TEXT_STYLE in piece:
        return False
    return (
        _EMOJI_STYLE in piece or "\u20e3" in piece or 0x1F000 <= ord(piece[0]) <= 0x1FAFF or piece[0] in _SYMBOL_EMOJI
    )


def _fit(piece: str, chain: Sequence[Face], previous: Face) -> tuple[str, Face]:
    """Return a cluster as it can be shown, and the face for it; nothing when there is no way to show it."""
    needed = "".join(character for character in piece if character not in _INVISIBLE)
    if not needed:
        return piece, previous
    if _is_emoji(piece):
        emoji = text_fonts.find(text_fonts.EMOJI, bold=False, italic=False)
        if emoji and text_fonts.covers(emoji, needed):
            return piece, emoji
    if piece.isspace():
        return " ", chain[0] if previous.is_emoji else previous
    face = next((face for face in chain if text_fonts.covers(face, needed)), None)
    if face:
        return piece, face
    simpler = unicodedata.normalize("NFKD", needed)
    for shown in (simpler, simpler[0]):
        face = next((face for face in chain if text_fonts.covers(face, shown)), None)
        if face:
            return shown, face
    return ("", chain[0]) if _is_emoji(piece) else ("?", chain[0])


def _with_levels(clusters: list[Cluster]) -> list[Cluster]:
    text = "".join(cluster.text for cluster in clusters)
    levels = text_bidi.levels(text, text_bidi.base_level(text))
    levelled, at = [], 0
    for cluster in clusters:
        levelled.append(replace(cluster, level=levels[at]))
        at += len(cluster.text)
    return levelled


def _with_breaks(clusters: list[Cluster]) -> tuple[Cluster, ...]:
    followed = [replace(here, breaks=_may_break(here, following)) for here, following in pairwise(clusters)]
    return (*followed, *clusters[-1:])


def _may_break(here: Cluster, following: Cluster) -> bool:
    last, first = here.text[-1], following.text[0]
    if following.blank or first in _NEVER_FIRST or last in _NEVER_LAST:
        return False
    if last in " \u200b\u3000" or (last in _HYPHENS and first.isalpha()):
        return True
    return is_ideographic(here.text[0]) or is_ideographic(first)
