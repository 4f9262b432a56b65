"""What people say around a request and that asks for nothing: greetings, thanks, “could you …?”, “leave the rest”.

All of it is data (``lexicon/<language>/courtesy.toml``). What is left stands where it stood, so that places in the text
hold; a message that is nothing but courtesy is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from songreel.director import lexicon
from songreel.director.lexicon import Courtesy
from songreel.director.names import unquoted
from songreel.director.tokens import blanked

_END = re.compile(r"[.!?;。！？；\n]+")
_SAID = re.compile(r"\w|#")
_MOST = 8
"""How many courtesies stand one after another."""


def without(text: str) -> str:
    """Return a text of the same length with blanks where it is only polite: ``hey, could you cut faster? thanks``."""
    bare = unquoted(text)
    for start, end in _sentences(bare):
        bare = bare[:start] + _opened(bare[start:end]) + bare[end:]
    bare = _closed(bare)
    if not _SAID.search(bare):
        return text
    return blanked(text, bare)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        # ``0.5`` ends no sentence.
        if mark[0] == "." and text[mark.end() : mark.end() + 1].strip():
            continue
        yield start, mark.end()
        start = mark.end()
    yield start, len(text)


def _opened(sentence: str) -> str:
    """Return a sentence without the courtesies that it begins with."""
    for _ in range(_MOST):
        for courtesy in lexicon.courtesies():
            shorter = _begun(sentence, courtesy)
            if shorter != sentence:
                sentence = shorter
                break
        else:
            break
    return sentence


def _begun(sentence: str, courtesy: Courtesy) -> str:
    if (found := courtesy.asking.match(sentence)) and _SAID.search(sentence[found.end() :]):
        rest = courtesy.asked.sub(lambda mark: " " * len(mark[0]), sentence[found.end() :])
        return " " * found.end() + rest
    found = courtesy.before.match(sentence) or courtesy.spoken.match(sentence)
    return " " * found.end() + sentence[found.end() :] if found else sentence


def _closed(text: str) -> str:
    """Return a text without the courtesies that it ends with."""
    for _ in range(_MOST):
        said = text.lower() if text.isupper() else text
        found = next((each for courtesy in lexicon.courtesies() if (each := _end_of(said, courtesy))), None)
        if found is None or not _SAID.search(text[: found.start()]):
            break
        text = text[: found.start()] + " " * (len(text) - found.start())
    return text


def _end_of(text: str, courtesy: Courtesy) -> re.Match[str] | None:
    if found := courtesy.after.search(text):
        return found
    return None if courtesy.brought.search(text) else courtesy.enough.search(text)
