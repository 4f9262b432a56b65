"""Likelihoods and the logarithms of their odds, in which independent witnesses add up."""

from __future__ import annotations

import numpy as np

FURTHEST = 4.0


def odds(likely: float) -> float:
    """Return the logarithm of the odds of a likelihood, 0…1, at most FURTHEST from even."""
    with np.errstate(divide="ignore"):
        return float(np.clip(np.log(likely) - np.log1p(-likely), -FURTHEST, FURTHEST))


def likely(odds: float) -> float:
    """Return the likelihood that a logarithm of odds means."""
    return float(1 / (1 + np.exp(-odds)))
