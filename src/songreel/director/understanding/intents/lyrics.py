"""Lyrics: lines with their times (LRC), or one line of the message after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from songreel.model.edit import LyricLine

_TIMED = re.compile(r"^\s*\[(\d{1,3}):(\d{1,2}(?:[.:]\d{1,3})?)\]\s*(.*\S)\s*$")
_CLOCKED = re.compile(r"^\s*\(?(\d{1,2}):(\d{2}(?:[.:]\d{1,3})?)\)?\s*[-–—:：]?\s+(.*[^\W\d_].*\S)\s*$")
"""A line after its time without brackets; two of them are lyrics."""
_HEAD = re.compile(r"\b(?:lyrics?|words)\b[^\n]*[:：]?\s*$|歌词[^\n]*[:：]?\s*$", re.IGNORECASE)
_LEADING = re.compile(
    r"[\s,;.:，。；]*(?:\band\s+)?(?:\bhere(?:\s+are|'s|\s+is|\s+come)|\bthese\s+are|\bthis\s+is|以下是|下面是|这是)?"
    r"(?:\s+(?:the|my|our|these|all the))?\s*$",
    re.IGNORECASE,
)
"""What only leads to lyrics: ``…, here are the``."""
_WORD = re.compile(r"\b(?:lyrics?|words)\b|歌词", re.IGNORECASE)
_LINES = re.compile(
    r"\b(?:lines?|captions?|subtitles?|sing[- ]?along|one by one|one after (?:another|the other)|(?:each )?in turn"
    r"|in this order|these (?:texts|words|sentences|messages))\b[^\n]*[:：]\s*$"
    r"|(?:字幕|句|台词|文案|行|逐个|依次|先后|挨个|一个接一个|轮流|按顺序)[^\n]*[：:]\s*$",
    re.IGNORECASE,
)
"""Leads to lines where a colon ends it."""
_MOST = 500


def timed(message: str) -> tuple[LyricLine, ...]:
    """Return the lines of a message that have a time before them: in brackets, or in two lines without."""
    found = [match for line in message.splitlines() if (match := _TIMED.match(line))]
    if not found:
        clocked = [match for line in message.splitlines() if (match := _CLOCKED.match(line))]
        found = clocked if len(clocked) > 1 else []
    times = [int(match[1]) * 60 + Fraction(match[2].replace(":", ".")) for match in found[:_MOST]]
    lines = [LyricLine(text=match[3][:500], at=at) for match, at in zip(found, times, strict=False)]
    return tuple(sorted(lines, key=lambda line: line.at or 0))


def listed(message: str) -> tuple[LyricLine, ...]:
    """Return the lines that follow a line such as ``add these lyrics:``; none when fewer than two do."""
    lines = [line.strip() for line in message.strip().splitlines()]
    if len(lines) < 3 or not (_HEAD.search(lines[0]) or _LINES.search(lines[0])):
        return ()
    said = [line for line in lines[1:] if line]
    return tuple(LyricLine(text=line[:500]) for line in said[:_MOST]) if len(said) >= 2 else ()


def paced(lines: Sequence[LyricLine], first: Fraction, step: Fraction) -> tuple[LyricLine, ...]:
    """Return lines of which one comes after another, from second ``first`` of the song on, every ``step`` seconds."""
    return tuple(line.evolve(at=first + step * number, seconds=step) for number, line in enumerate(lines))


def without(message: str) -> str:
    """Return what a message says besides its lyrics: the line that leads to them, up to the word for lyrics."""
    kept = [line for line in message.strip().splitlines() if not (_TIMED.match(line) or _CLOCKED.match(line))]
    if listed(message):
        led = [*_WORD.finditer(kept[0])] or [*_LINES.finditer(kept[0])]
        kept = [_LEADING.sub("", kept[0][: led[-1].start()])]
    return "\n".join(kept)


def parted(said: str) -> tuple[str, ...]:
    """Return the lines of one quotation, told apart by slashes or line ends."""
    return tuple(line.strip() for line in re.split(r"\s*[/／|\n]\s*", said) if line.strip())
