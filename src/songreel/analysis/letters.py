"""Letters: which sections are the same music (A, B, C…), and which are an old one in another dress (A′)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from songreel.analysis import repeats
from songreel.analysis.blocks import Likeness
from songreel.analysis.repeats import Span, Tunes

SAME_SOUND = 0.7
NEAR_SOUND, SAME_BOTH = 0.5, 0.62
SAME_TUNE = 0.7
LATEST = 40
PRIME = "′"


def name(timbre: Likeness, tunes: Tunes, borders: list[int]) -> list[str]:
    """Return the letter of each block between borders; those of one letter repeat one another.

    A block with the tune of an earlier one in another sound has its letter with one prime more.
    """
    spans = list(pairwise(borders))
    names: list[str] = []
    for i, span in enumerate(spans):
        earlier = [j for j in range(max(0, i - LATEST), i) if _comparable(span, spans[j])]
        sounds = [_sound(timbre, span, spans[j]) for j in earlier]
        played = [tunes.alike(span, spans[j]) for j in earlier]
        fit = [_fit(*pair) for pair in zip(sounds, played, strict=True)]
        if fit and max(fit) >= 1:
            names.append(names[earlier[int(np.argmax(fit))]])
        elif played and max(played) >= SAME_TUNE:
            names.append(_primed(family(names[earlier[int(np.argmax(played))]]), names))
        else:
            names.append(_letter(len({family(each) for each in names})))
    return names


def family(letter: str) -> str:
    """Return the letter without its primes."""
    return letter.rstrip(PRIME)


def _fit(sound: float, tune: float) -> float:
    """Return how well two blocks are one, 1 and more if they are: by their sound, or by sound and tune."""
    both = (sound + tune) / 2 / SAME_BOTH if sound >= NEAR_SOUND else 0.0
    return max(sound / SAME_SOUND, both)


def _sound(timbre: Likeness, one: Span, other: Span) -> float:
    """Return how alike two blocks sound along the best diagonal of the shorter one in the longer one."""
    short, long = sorted((one, other), key=lambda span: span[1] - span[0])
    alike = timbre.between(short, long)
    return max(float(np.diagonal(alike, shift).mean()) for shift in repeats.diagonals(*alike.shape))


def _comparable(one: Span, other: Span) -> bool:
    sizes = sorted((one[1] - one[0], other[1] - other[0]))
    return sizes[0] * 2 >= sizes[1]


def _primed(letter: str, names: list[str]) -> str:
    while letter in names:
        letter += PRIME
    return letter


def _letter(index: int) -> str:
    return chr(ord("A") + index % 26) + (str(index // 26) if index >= 26 else "")
