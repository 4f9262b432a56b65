"""The order in which characters of mixed direction are shown: embedding levels, and runs from left to right.

Source: Unicode Standard Annex #9 (UAX #9), rules P2–P3, W1–W7, N0–N2, I1–I2, L2; explicit embeddings and
isolates are stripped before, as titles do not carry them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_STRONG_RTL = ("R", "AL")
_BRACKETS = dict(zip("([{（［｛「『【〈《〔〖⟨⟦", ")]}）］｝」』】〉》〕〗⟩⟧", strict=True))
_NEUTRAL = ("B", "S", "WS", "ON", "ES", "ET", "CS", "BN")


def base_level(text: str) -> int:
    """Return 1 when the first letter of a text is written from right to left, else 0 (P2, P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return 0
        if kind in _STRONG_RTL:
            return 1
    return 0


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character: even is left to right, odd is right to left."""
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    start = "R" if base else "L"
    _resolve_weak(kinds, start)
    _resolve_brackets(kinds, _bracket_pairs(text), start)
    _resolve_neutral(kinds, start)
    return [_implicit_level(kind, base) for kind in kinds]


def visual_order(line_levels: Sequence[int]) -> list[int]:
    """Return the indices of a line's items from left to right (L2)."""
    order = list(range(len(line_levels)))
    odd = [level for level in line_levels if level % 2]
    if not odd:
        return order
    for level in range(max(line_levels), min(odd) - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and line_levels[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = max(end, at + 1)
    return order


def _resolve_weak(kinds: list[str], start: str) -> None:
    previous, strong = start, start
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kind = previous
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[at] = previous = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and ((before == "EN" and kind in ("ES", "CS")) or (before == "AN" and kind == "CS")):
            kinds[at] = before
    _join_terminators(kinds)
    strong = start
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _join_terminators(kinds: list[str]) -> None:
    """Let percent signs and the like go with the number they touch (W5)."""
    for ordered in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        near_number = False
        for at in ordered:
            near_number = kinds[at] == "EN" or (near_number and kinds[at] == "ET")
            if near_number:
                kinds[at] = "EN"


def _bracket_pairs(text: str) -> list[tuple[int, int]]:
    """Return where brackets open and close (BD16), in the order of opening."""
    pairs, waiting = [], list[tuple[str, int]]()
    for at, character in enumerate(text):
        if character in _BRACKETS:
            waiting.append((_BRACKETS[character], at))
            continue
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == character:
                pairs.append((waiting[depth][1], at))
                del waiting[depth:]
                break
    return sorted(pairs)


def _resolve_brackets(kinds: list[str], pairs: Sequence[tuple[int, int]], start: str) -> None:
    """Give both brackets of a pair the direction of what they hold and where they stand (N0)."""
    for opening, closing in pairs:
        inside = {_side(kind) for kind in kinds[opening + 1 : closing] if kind not in _NEUTRAL}
        if not inside:
            continue
        before = next((_side(kind) for kind in reversed(kinds[:opening]) if kind not in _NEUTRAL), start)
        other = start not in inside and before != start
        kinds[opening] = kinds[closing] = before if other else start


def _resolve_neutral(kinds: list[str], start: str) -> None:
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > at:
            before = _side(kinds[at - 1]) if at else start
            after = _side(kinds[end]) if end < len(kinds) else start
            kinds[at:end] = [before if before == after else start] * (end - at)
        at = end + 1


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _implicit_level(kind: str, base: int) -> int:
    if kind == "L":
        return base + base % 2
    if kind == "R":
        return base + 1 - base % 2
    return base + 2 - base % 2
