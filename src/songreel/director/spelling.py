"""Slips of the hand: ``make the tite whie in the scond chorus``.

What a word may be meant for, and what only looks misspelled, is data (``lexicon/<language>/spelling.toml``). Only words
of which nothing is known are mended, and only where one word is near: what stands in quotation marks, in capitals, in a
file's name or behind a word for names stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from songreel.director import lexicon
from songreel.director.names import unquoted
from songreel.director.tokens import stem

_WORD = re.compile(r"(?<![\w.'’@#/-])[A-Za-z]{4,}(?![\w'’@/-]|\.\w)")
_BEFORE = re.compile(r"([A-Za-z]+)[\s:]+(?:is\s+|it\s+)?$")
_OPENS = re.compile(r"(?:^|[.!?\n])\s*$")


def mended(text: str, known: Callable[[str], bool]) -> str:
    """Return a text with its misspelled words mended; ``known`` tells of a word in small letters whether it stays."""
    bare = unquoted(text)
    for start, end, meant in sorted((*_words(bare, known), *_characters(bare)), reverse=True):
        text = text[:start] + meant + text[end:]
    return text


def _words(bare: str, known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Yield words with a letter that is wrong: where they begin and end, and what they are meant for."""
    shouted = bare.isupper()
    for found in _WORD.finditer(bare):
        word = found[0]
        if not (word.islower() or shouted or (word[1:].islower() and _OPENS.search(bare[: found.start()]))):
            continue
        meant = _meant(word.lower()) if not known(word.lower()) else None
        if meant is not None and not _names(bare[: found.start()]):
            yield *found.span(), meant


def _characters(bare: str) -> Iterator[tuple[int, int, str]]:
    """Yield characters that only sound like the meant ones, in the same way."""
    slips = _slips()
    for found in re.finditer("|".join(map(re.escape, slips)), bare):
        yield *found.span(), slips[found[0]]


@cache
def _slips() -> Mapping[str, str]:
    return {slipped: meant for language in lexicon.spellings() for slipped, meant in language.slips.items()}


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
