"""Wishes that are written as a list or in shorthand, made plain: ``- square``, ``a | b``, ``text: none``.

What is quoted stays as it is. The words of each language are in ``grammar.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from songreel.director import lexicon

_BULLET = re.compile(r"^[^\S\n]*[-*•‣▪·–—]+\s+(?=\S)", re.MULTILINE)
_BAR = re.compile(r"[^\S\n]?[|｜•][^\S\n]?")
_NUMBERED = re.compile(r"(?:(?<=[\s,，;；。：])|^)\(?[1-9](?:\.(?!\d)|[)、）])\s*", re.MULTILINE)
_LETTERED = re.compile(r"(?:(?<=[\s,，;；。:：])|^)\(?[a-fA-F][)）]\s*", re.MULTILINE)
_EQUALS = re.compile(r"(?<=\w)\s?=\s?(?=\w)")
_COMMA = re.compile(r"[,，、]")
_KEPT = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|「[^」\n]*」|『[^』\n]*』|《[^》\n]*》|«[^»\n]*»")


def plain(text: str) -> str:
    """Return a text whose wishes are parted by semicolons and line ends, and whose shorthand is written out."""
    if all(re.search(rf"(?<![\d.:/]){each}[.)、）]", text) for each in "12"):
        text = _NUMBERED.sub(lambda mark: ";" if mark.start() else "", text)
    if all(re.search(rf"(?<!\w){each}[)）]", text, re.IGNORECASE) for each in "ab"):
        text = _LETTERED.sub(lambda mark: ";" if mark.start() else "", text)
    text = _BULLET.sub("", text)
    pieces = _KEPT.split(text)
    quoted = [*_KEPT.findall(text), ""]
    return "".join(piece + quote for piece, quote in zip(_spelled_out(pieces), quoted, strict=True))


def _spelled_out(pieces: list[str]) -> list[str]:
    several = sum(len(_EQUALS.findall(piece)) for piece in pieces) > 1
    out = []
    for piece in pieces:
        piece = _BAR.sub("; ", piece)
        piece = _EQUALS.sub(": ", piece) if several else piece
        for pattern, meant in _shorthand():
            piece = pattern.sub(meant, piece)
        for unwanted in (grammar.unwanted for grammar in lexicon.grammars()):
            piece = _denied(piece, *unwanted) if unwanted else piece
        out.append(piece)
    return out


def _denied(piece: str, lists: re.Pattern[str], each: str) -> str:
    """Return a text that denies each thing of a list that is not wanted: ``no neon, no flashing``."""
    return lists.sub(
        lambda found: ", ".join(each + one.strip() for one in _COMMA.split(found[1]) if one.strip()), piece
    )


@cache
def _shorthand() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(each for grammar in lexicon.grammars() for each in grammar.shorthand)
