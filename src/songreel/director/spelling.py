"""Slips of the hand: ``make the tite whie in the scond chorus``.

What a word may be meant for, and what only looks misspelled, is data (``lexicon/<language>/spelling.toml``). Only words
of which nothing is known are mended, and only where one word is near: what stands in quotation marks, in capitals, in a
file's name or behind a word for names stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from songreel.director import lexicon
from songreel.director.names import quotations
from songreel.director.tokens import HIDDEN, stem

_WORD = re.compile(r"(?<![\w.'’@#/-])[A-Za-z]{4,}(?![\w'’@/-]|\.\w)")
_BEFORE = re.compile(r"([A-Za-z]+)[\s:]+(?:is\s+|it\s+)?$")
_OPENS = re.compile(r"(?:^|[.!?\n])\s*$")


def mended(text: str, known: Callable[[str], bool]) -> str:
    """Return a text with its misspelled words mended; ``known`` tells of a word in small letters whether it stays."""
    bare = text
    for quotation in quotations(text):
        bare = bare[: quotation.start] + HIDDEN * (quotation.end - quotation.start) + bare[quotation.end :]
    shouted = bare.isupper()
    out, end = "", 0
    for found in _WORD.finditer(bare):
        word = found[0]
        if not (word.islower() or shouted or (word[1:].islower() and _OPENS.search(bare[: found.start()]))):
            continue
        meant = _meant(word.lower()) if not known(word.lower()) else None
        if meant is None or _names(bare[: found.start()]):
            continue
        out, end = out + text[end : found.start()] + meant, found.end()
    return _characters(out + text[end:])


def _characters(text: str) -> str:
    """Return a text with characters that only sound like the meant ones mended, but for what is quoted."""
    quoted = [(each.start, each.end) for each in quotations(text)]
    for language in lexicon.spellings():
        for slipped, meant in language.slips.items():
            text = re.sub(
                slipped,
                lambda found, meant=meant: found[0] if _inside(found.start(), quoted) else meant,  # type: ignore[misc]
                text,
            )
    return text


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _names(before: str) -> bool:
    last = _BEFORE.search(before)
    return last is not None and any(last[1].lower() in language.naming for language in lexicon.spellings())


@cache
def _meant(word: str) -> str | None:
    """Return the word that another is a slip of; None where there is none, or more than one."""
    for language in lexicon.spellings():
        if word in language.real or word in language.sure:
            return None
        near = {each for each in language.sure if slip(word, each)}
        if len({stem(each) for each in near}) == 1:
            # ``secons`` are seconds as well as a second.
            return max(near, key=len)
    return None


def slip(word: str, meant: str) -> bool:
    """Tell whether one letter was left out, added, doubled, hit wrongly, or swapped with the next.

    These are the errors of F. J. Damerau, “A technique for computer detection and correction of spelling errors”, 1964.
    """
    if word[0] != meant[0] and word[:2] != meant[1::-1]:
        return False
    same = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), None)
    if same is None:
        return abs(len(word) - len(meant)) == 1
    left_out = word[same:] == meant[same + 1 :]
    added = word[same + 1 :] == meant[same:]
    wrong = word[same + 1 :] == meant[same + 1 :]
    swapped = word[same : same + 2] == meant[same : same + 2][::-1] and word[same + 2 :] == meant[same + 2 :]
    return left_out or added or wrong or swapped
