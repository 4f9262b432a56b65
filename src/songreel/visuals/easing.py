"""Curves of motion: each takes the share of time that is gone, and returns the share of the way, 0 at 0 and 1 at 1.

Source: the shapes are Robert Penner's easing equations (2001).
"""

from __future__ import annotations

_OVERSHOOT = 1.70158


def clamp(share: float) -> float:
    """Return a share held within 0…1."""
    return min(max(share, 0.0), 1.0)


def smooth(share: float) -> float:
    """Start and stop gently (smoothstep)."""
    share = clamp(share)
    return share * share * (3 - 2 * share)


def ease_out(share: float) -> float:
    """Start at full speed, stop gently (cubic)."""
    return 1 - (1 - clamp(share)) ** 3


def overshoot(share: float) -> float:
    """Reach beyond the end by a tenth, and settle."""
    back = clamp(share) - 1
    return 1 + (_OVERSHOOT + 1) * back**3 + _OVERSHOOT * back**2
