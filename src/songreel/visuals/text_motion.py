"""How words come, stand and go: one function of the frame within their clip.

::

    opacity 1      ┌──────────────────────┐        a clip begins on a beat and is gone on one:
                  ╱                        ╲       ``reveal`` brings letters or words one by one,
    ─────────────╱                          ╲──    ``sung`` colors a line from its begin to its end
    clip begins  ├ enters ┤        ├ leaves ┤ clip ends
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, assert_never

from songreel.visuals import easing, text_designs
from songreel.visuals.text_designs import Move

_MOVE_IN_S, _MOVE_OUT_S = Fraction(1, 2), Fraction(2, 5)
_STAMP_S = Fraction(1, 6)
_REVEAL_S: dict[str, Fraction] = {"letters": Fraction(11, 10), "words": Fraction(7, 10)}
_FLICKER = (0.0, 0.7, 0.25, 0.9, 0.4, 0.95, 0.75)
_SUNG_BEFORE_END = 0.9


class TextState(NamedTuple):
    """How words stand at a moment: moved by shares of the canvas's short side, scaled about their middle.

    ``shown`` is the share of their letters or words that are there, ``sung`` the share that has the second color.
    """

    opacity: float
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    shown: float = 1.0
    sung: float = 0.0


def text_state(design: str, frame_in_clip: int, frames: int, fps: Fraction) -> TextState:
    """Return how words of a design stand at a frame of their clip; they move in half a second at most.

    Where letters or words come one by one, all are there after a second or a third of the clip.
    """
    look = text_designs.find(design)
    first = _STAMP_S if look.entrance == "stamp" else _MOVE_IN_S
    enters, leaves = (int(min(seconds * fps, Fraction(frames, 3))) for seconds in (first, _MOVE_OUT_S))
    sung = min((frame_in_clip + 1) / (_SUNG_BEFORE_END * frames), 1.0) if look.sung else 0.0
    if frames - frame_in_clip <= leaves:
        return _moved(look.exit, (frames - frame_in_clip) / (leaves + 1), side=-1)._replace(sung=sung)
    shown = _revealed(look.reveal, frame_in_clip, frames, fps)
    if frame_in_clip < enters:
        return _moved(look.entrance, (frame_in_clip + 1) / (enters + 1), side=1)._replace(shown=shown, sung=sung)
    return TextState(1.0, shown=shown, sung=sung)


def _revealed(reveal: str, frame_in_clip: int, frames: int, fps: Fraction) -> float:
    if not reveal:
        return 1.0
    takes = max(int(min(_REVEAL_S[reveal] * fps, Fraction(frames, 3))), 1)
    return min((frame_in_clip + 1) / takes, 1.0)


def _moved(move: Move, share: float, *, side: int) -> TextState:
    """Return a state on the way in (side 1) or out (side −1); share 1 is in place."""
    away = 1 - easing.ease_out(share)
    shown = easing.smooth(share)
    match move:
        case "none":
            return TextState(1.0)
        case "fade":
            return TextState(shown)
        case "rise":
            return TextState(shown, dy=0.03 * away * side)
        case "drift":
            return TextState(shown, dy=-0.012 * away * side)
        case "slide":
            return TextState(shown, dx=-0.05 * away)
        case "pop":
            grown = easing.overshoot(share) if side > 0 else easing.ease_out(share)
            return TextState(easing.smooth(2 * share), scale=0.8 + 0.2 * grown)
        case "stamp":
            return TextState(easing.smooth(2 * share), scale=1 + 0.6 * (1 - share) ** 2)
        case "erase":
            return TextState(easing.smooth(4 * share), shown=share)
        case "flicker":
            return TextState(_FLICKER[int(share * len(_FLICKER))])
    assert_never(move)
