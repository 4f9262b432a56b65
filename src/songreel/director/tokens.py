"""Words of a message, and the phrases of the lexicon found among them: longest first, in any inflection.

Latin words are compared by their stems, and misspelled ones are mended where only one known word is near. Letters of
scripts without spaces count as words of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from songreel.director import listed
from songreel.director.lexicon import Word

HIDDEN = "\ue000"
"""Stands for a letter of a name that was read already."""
HIDDEN_ARTIST = "\ue002"
"""Stands for a letter of an artist's name."""
AS_WRITTEN = "="
"""Stands before phrases of the lexicon that count as they are written alone: ``covers the``, not “cover the”."""
TAKEN = "\ue001"
"""Stands for a letter of a phrase that was understood already."""
_TOKEN = re.compile(
    rf"{HIDDEN}+|{HIDDEN_ARTIST}+|{TAKEN}+|[a-zà-öø-ɏа-яё]+(?:'[a-z]+)?|\d+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\-–—_]"
)
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
"""Letters that are drawn out, as in ``sooo`` and ``biggerrr``."""
_WORD = re.compile(r"[a-zà-öø-ɏа-яё]")
_VOWELS = frozenset("aeiou")
_DROPPED = _VOWELS | {"h"}
"""Letters that are left out of short words, as in ``blck`` and ``wite``."""
_WIDE = frozenset(map(chr, range(ord("０"), ord("ｚ") + 1))) - frozenset("：；？＝＜＞") | frozenset("＃％")
_WHOLE = frozenset({"theme"})
"""Words whose stem would be another word: “them”."""
_SHORT, _USUAL, _LONGER, _LONG = 4, 5, 6, 8


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, letter or mark; ``start`` and ``end`` are places in the text."""

    text: str
    start: int
    end: int

    @property
    def mark(self) -> bool:
        """Tell whether this is punctuation."""
        return not self.text[0].isalnum() and self.text[0] not in (HIDDEN, HIDDEN_ARTIST, TAKEN)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the lexicon that was found at tokens ``first`` up to ``last``; it may mean several things."""

    first: int
    last: int
    meanings: tuple[tuple[str, str], ...]

    def value(self, kind: str) -> str | None:
        """Return what the phrase means as a word of a kind; None when it is none."""
        return next((value for each, value in self.meanings if each == kind), None)


def normal(text: str) -> str:
    """Return text with one way to write each letter, mark and list; full-width letters become usual ones."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(unicodedata.normalize("NFKC", letter) if letter in _WIDE else letter for letter in text)
    return listed.plain(re.sub(r"(?<=\w)[’ʼ`´](?=\w)", "'", text))


def blanked(text: str, bare: str) -> str:
    """Return a text with blanks where another of its length has them."""
    return "".join(letter if kept != " " or letter.isspace() else " " for letter, kept in zip(text, bare, strict=True))


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into words, numbers and marks; hyphens and blanks only separate."""
    return tuple(Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text.lower()))


def stem(word: str) -> str:
    """Return a word without its inflection; no word of any language, but the same for all its forms."""
    if len(word) <= 3 or not _WORD.match(word) or word in _WHOLE:
        return word
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("er") and len(word) >= _LONGER:
        word = word[:-2]
        word = word[:-1] + "y" if word.endswith("i") else word
    for ending in ("ing", "ed"):
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= 3
            and any(each in _VOWELS for each in word[: -len(ending)])
        ):
            word = word[: -len(ending)]
            return word[:-1] if word[-1] == word[-2] and word[-1] not in "lsz" else word
    return word.removesuffix("e") if len(word) > 4 else word


class Phrases:
    """All phrases of the lexicon, for finding them in messages."""

    def __init__(self, words: Sequence[Word]) -> None:
        found: dict[tuple[str, ...], dict[tuple[str, str], None]] = defaultdict(dict)
        written: dict[tuple[tuple[str, ...], tuple[str, str]], set[tuple[str, ...]]] = defaultdict(set)
        plain: set[tuple[tuple[str, ...], tuple[str, str]]] = set()
        for word in words:
            texts = tuple(token.text for token in tokens(word.phrase.removeprefix(AS_WRITTEN)))
            key, meaning = tuple(stem(text) for text in texts), (word.kind, word.value)
            if word.phrase.startswith(AS_WRITTEN):
                written[key, meaning].add(texts)
            else:
                plain.add((key, meaning))
            found[key][meaning] = None
        self._written = {each: texts for each, texts in written.items() if each not in plain}
        self._meanings: Mapping[tuple[str, ...], tuple[tuple[str, str], ...]] = {k: tuple(v) for k, v in found.items()}
        self._longest = max((len(key) for key in found), default=0)
        self._known = frozenset(each for key in found for each in key)
        self._by_head: dict[str, list[str]] = defaultdict(list)
        phrases = [word.phrase.removeprefix(AS_WRITTEN) for word in words]
        spelled = {token.text for phrase in phrases for token in tokens(phrase) if _WORD.match(token.text)}
        for each in sorted(spelled):
            self._by_head[each[0]].append(each)

    def knows(self, word: str) -> bool:
        """Tell whether a word is part of a phrase, in any inflection."""
        return stem(word) in self._known

    def find(self, message: Sequence[Token]) -> Iterator[Hit]:
        """Yield the phrases of a message from left to right, the longest at each place."""
        stems, texts = self.stems(message), [token.text for token in message]
        place = 0
        while place < len(stems):
            hit = self.at(stems, place, texts)
            place = hit.last if hit else place + 1
            if hit:
                yield hit

    def stems(self, message: Sequence[Token]) -> list[str]:
        """Return the stem of each token, misspelled ones mended."""
        return [self._mended(token.text) for token in message]

    def at(self, stems: Sequence[str], place: int, texts: Sequence[str]) -> Hit | None:
        """Return the longest phrase that begins at a place; None when there is none. ``texts`` are the words said."""
        for length in range(min(self._longest, len(stems) - place), 0, -1):
            key, said = tuple(stems[place : place + length]), tuple(texts[place : place + length])
            meanings = tuple(
                each for each in self._meanings.get(key, ()) if said in self._written.get((key, each), (said,))
            )
            if meanings:
                return Hit(place, place + length, meanings)
        return None

    def _mended(self, word: str) -> str:
        """Return the stem of a word, or of the known word that it misspells when only one is near."""
        plain = stem(word)
        if plain in self._known or len(word) < _SHORT or not _WORD.match(word):
            return plain
        if (short := _DRAWN_OUT.sub(r"\1", word)) != word:
            doubled = stem(_DRAWN_OUT.sub(r"\1\1", word))
            return doubled if doubled in self._known else self._mended(short)
        near = {stem(known) for known in self._by_head[word[0]] if _near(word, known)}
        return near.pop() if len(near) == 1 else plain


def _near(word: str, known: str) -> bool:
    if abs(len(word) - len(known)) > 1 or min(len(word), len(known)) < _SHORT:
        return False
    if len(word) == len(known):
        wrong = [place for place in range(len(word)) if word[place] != known[place]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and word[wrong[0]] == known[wrong[1]]
        swapped = swapped and word[wrong[1]] == known[wrong[0]]
        voweled = len(wrong) == 1 and word[wrong[0]] in _VOWELS and known[wrong[0]] in _VOWELS
        return (
            swapped or voweled or (len(wrong) == 1 and len(word) > _USUAL) or (len(wrong) <= 2 and len(word) >= _LONG)
        )
    long, short = (word, known) if len(word) > len(known) else (known, word)
    gap = next((place for place in range(len(short)) if long[place] != short[place]), len(short))
    if long[gap + 1 :] != short[gap:]:
        return False
    return len(short) > _USUAL or (long == known and long[gap] in _DROPPED) or long[gap] == long[gap - 1]
