"""Where lines break, and how large the letters can be: widths here are in em, shares of the letters' size.

Lines are balanced: of all ways to break into the fewest lines, the one whose lines differ least in width is taken
(D. E. Knuth, M. F. Plass, *Breaking Paragraphs into Lines*, 1981, with the square of the slack as demerits).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from songreel.visuals import text_fonts, text_runs
from songreel.visuals.text_runs import Cluster, Run

_REFERENCE = 100.0
_MID_WORD = 0.03
_SHRINK = 0.95
_SMALLEST_PHRASES, _SMALLEST_LINES, _SMALLEST = 0.7, 0.6, 0.42
_PIXELS = 2.0
_ANY_NUMBER = 1000
_SEPARATORS = "·•|/"

Line = tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Clusters that begin on a line of their own, set at a share of the block's size."""

    clusters: tuple[Cluster, ...]
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """What lines have to fit into: its sides in pixels, the share of a size that a line takes, most lines."""

    width: float
    height: float
    leading: float
    max_lines: int


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line as it is to be drawn: its clusters in the order of reading, and the size of its letters in pixels."""

    clusters: Line
    size: float


def fit(paragraphs: Sequence[Paragraph], *, size: float, tracking: float, box: Box) -> tuple[SetLine, ...]:
    """Return the lines of a text at the largest size, up to ``size`` pixels, at which it fits a box.

    Phrases of ideographs are kept whole down to 0.7 of the size, the box's number of lines down to 0.6, and words
    down to 0.42.
    """
    atoms = [(paragraph, _atoms(paragraph.clusters, tracking)) for paragraph in paragraphs]
    phrases = [(paragraph, _phrases(parts)) for paragraph, parts in atoms]
    whole = any(1 < len(few) < len(many) for (_, few), (_, many) in zip(phrases, atoms, strict=True))
    lines = _largest(phrases, (size, size * _SMALLEST_PHRASES), box, box.max_lines) if whole else ()
    if not lines:
        lines = _largest(atoms, (size, size * _SMALLEST_LINES), box, box.max_lines)
    if not lines:
        lines = _largest(atoms, (size * _SMALLEST_LINES, size * _SMALLEST), box, _ANY_NUMBER)
    if not lines:
        pieces = [(paragraph, _pieces(paragraph.clusters, tracking)) for paragraph in paragraphs]
        lines = _largest(pieces, (size * _SMALLEST, _PIXELS), box, _ANY_NUMBER)
    return lines or tuple(SetLine(paragraph.clusters, _PIXELS * paragraph.scale) for paragraph in paragraphs)


def _largest(parts: _Parts, sizes: tuple[float, float], box: Box, max_lines: int) -> tuple[SetLine, ...]:
    """Return the lines at the largest size from the first down to the second that fits, or none."""
    now, least = sizes
    while now >= max(least, _PIXELS):
        lines = _broken(parts, now, box.width)
        high = sum(line.size for line in lines) * box.leading
        if lines and high <= box.height and len(lines) <= max_lines + len(parts) - 1:
            return lines
        now *= _SHRINK
    return ()


def run_width(run: Run, size: float, tracking: float) -> float:
    """Return the width in pixels of a run set at a size, spaced by a share of it where its letters stand apart."""
    font = text_fonts.open_font(run.face, size)
    scale = size / font.size if run.face.is_emoji else 1.0
    text, direction, features = shaping(run, tracking)
    length = font.getlength(text, direction=direction, features=features)
    return length * scale + spacing(run, size, tracking) * len(run.clusters)


def spacing(run: Run, size: float, tracking: float) -> float:
    """Return the pixels added after each cluster of a run; scripts that join their letters get none."""
    stands_apart = run.rightward and not run.face.is_emoji and text_runs.is_simple(run.text)
    return tracking * size if stands_apart else 0.0


def shaping(run: Run, tracking: float) -> tuple[str, str | None, list[str] | None]:
    """Return the text, direction and OpenType features to draw a run with; spaced letters form no ligatures.

    Where nothing can shape, the letters are given from left to right as they are.
    """
    if not text_fonts.can_shape():
        return "".join(cluster.text for cluster in run.clusters[:: 1 if run.rightward else -1]), None, None
    return (
        run.text,
        "ltr" if run.rightward else "rtl",
        ["-liga", "-clig"] if spacing(run, 1.0, tracking) > 0 else None,
    )


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece that is not broken: its width without the space that ends it, and with it."""

    clusters: Line
    ink: float
    advance: float
    ends_word: bool


_Parts = Sequence[tuple[Paragraph, list[_Atom]]]


def _atoms(clusters: Line, tracking: float) -> list[_Atom]:
    bounds = [0, *(at + 1 for at, cluster in enumerate(clusters) if cluster.breaks), len(clusters)]
    return [_atom(clusters[start:end], tracking) for start, end in pairwise(bounds) if start < end]


def _pieces(clusters: Line, tracking: float) -> list[_Atom]:
    return [_atom((cluster,), tracking) for cluster in clusters]


def _phrases(atoms: Sequence[_Atom]) -> list[_Atom]:
    """Return atoms joined up to where a word or a phrase ends."""
    joined: list[_Atom] = []
    for atom in atoms:
        if joined and not joined[-1].ends_word:
            last = joined.pop()
            clusters = last.clusters + atom.clusters
            joined.append(_Atom(clusters, last.advance + atom.ink, last.advance + atom.advance, atom.ends_word))
        else:
            joined.append(atom)
    return joined


def _atom(clusters: Line, tracking: float) -> _Atom:
    inked = _trimmed(clusters)
    ends_word = len(inked) < len(clusters) or text_runs.ends_phrase(clusters[-1].text)
    return _Atom(clusters, _width(inked, tracking), _width(clusters, tracking), ends_word)


def _width(clusters: Line, tracking: float) -> float:
    return sum(run_width(run, _REFERENCE, tracking) for run in text_runs.runs(clusters)) / _REFERENCE


def _trimmed(clusters: Line) -> Line:
    """Return a line without the spaces at its end."""
    end = len(clusters)
    while end and clusters[end - 1].blank:
        end -= 1
    return clusters[:end]


def _unhinged(clusters: Line) -> Line:
    """Return a line without the sign that would have set it apart from the next one."""
    if len(clusters) > 2 and clusters[-1].text in _SEPARATORS and clusters[-2].blank:
        return _trimmed(clusters[:-1])
    return clusters


def _broken(measured: _Parts, size: float, width: float) -> tuple[SetLine, ...]:
    """Return all lines at a size, or none when a piece is wider than the box."""
    lines: list[SetLine] = []
    for paragraph, atoms in measured:
        here = size * paragraph.scale
        if any(atom.ink * here > width for atom in atoms):
            return ()
        for start, end in pairwise(_breaks(atoms, width / here)):
            clusters = tuple(cluster for atom in atoms[start:end] for cluster in atom.clusters)
            lines.append(SetLine(_trimmed(clusters) if end == len(atoms) else _unhinged(_trimmed(clusters)), here))
    return tuple(lines)


def _breaks(atoms: Sequence[_Atom], limit: float) -> list[int]:
    """Return the borders of lines among atoms: 0, …, len(atoms)."""
    count = _fewest(atoms, limit)
    if count == 1:
        return [0, len(atoms)]
    total = sum(atom.advance for atom in atoms)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[-1].items():
            for end, width in _reach(atoms, start, limit):
                ends_well = end == len(atoms) or atoms[end - 1].ends_word
                price = cost + (width / limit - total / count / limit) ** 2 + (0 if ends_well else _MID_WORD)
                if end not in row or price < row[end][0]:
                    row[end] = (price, start)
        best.append(row)
    borders = [len(atoms)]
    for row in reversed(best[1:]):
        borders.append(row[borders[-1]][1])
    return borders[::-1]


def _reach(atoms: Sequence[_Atom], start: int, limit: float) -> list[tuple[int, float]]:
    """Return the ends that a line from ``start`` can have, each with the line's width."""
    ends, before = [], 0.0
    for at in range(start, len(atoms)):
        width = before + atoms[at].ink
        if width > limit:
            break
        ends.append((at + 1, width))
        before += atoms[at].advance
    return ends


def _fewest(atoms: Sequence[_Atom], limit: float) -> int:
    lines, at = 0, 0
    while at < len(atoms):
        at = _reach(atoms, at, limit)[-1][0]
        lines += 1
    return lines
