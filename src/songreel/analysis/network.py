"""A small network that hears beats and downbeats: temporal convolutions in numpy.

It was taught by `tools/train_beats` on music made for that. Frames are taken in pairs, so its steps are at STEP_RATE.
After Davies and Böck, "Temporal convolutional networks for musical audio beat tracking", EUSIPCO 2019.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from songreel.analysis.frontend import FRAME_RATE, LEVEL_STEPS

Floats = NDArray[np.float32]
Levels = NDArray[np.uint8]
Weights = dict[str, Floats]

STEP_RATE = FRAME_RATE // 2
# a step lies in the middle of its two frames
STEP_S = 0.5 / FRAME_RATE
BLOCK = 18_000
# up to so many multiplications BLAS keeps a product to one thread, whatever the machine
SMALL = 250_000
_WEIGHTS = "network.npz"


def activations(spectrum: Levels, weights: Weights | None = None) -> Floats:
    """Return how likely a beat and a downbeat are, 0…1, shape (steps, 2); step k lies at k / STEP_RATE + STEP_S.

    ``spectrum`` is `Heard.spectrum`. Long songs are read in blocks that see what is around them, so that memory
    stays small; what is beyond a song's ends counts as 0. ``weights`` are the program's own unless others are given.
    """
    weights = weights or _weights()
    count, reach = len(spectrum) // 2, _reach(weights)
    parts = [np.zeros((0, 2), np.float32)]
    for start in range(0, count, BLOCK):
        low, end = max(0, start - reach), min(count, start + BLOCK)
        high = min(count, end + reach)
        seen = _forward(_inputs(spectrum, low, high), weights)
        parts.append(seen[start - low : end - low])
    return np.concatenate(parts)


def read(held: bytes) -> Weights:
    """Return the weights in an .npz file's bytes; they are kept as float16."""
    with np.load(io.BytesIO(held)) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}


@lru_cache(maxsize=1)
def _weights() -> Weights:
    return read((resources.files("songreel.analysis") / _WEIGHTS).read_bytes())


def _depth(weights: Weights) -> int:
    return sum(name.endswith(".mix.bias") for name in weights)


def _reach(weights: Weights) -> int:
    """Return how many steps away a step can still be seen."""
    taps = len(weights["0.conv.weight"])
    return int(taps // 2 * ((1 << _depth(weights)) - 1) + 2)


def _inputs(spectrum: Levels, low: int, high: int) -> Floats:
    """Return what the network reads of the steps low…high: the mean level of each pair of frames, and the rise of both.

    A rise is against the frame two earlier, maximum-filtered over three bands.
    """
    first = max(0, 2 * low - 2)
    levels = spectrum[first : 2 * high].astype(np.float32) / LEVEL_STEPS
    widest = levels.copy()
    np.maximum(widest[:, 1:], levels[:, :-1], out=widest[:, 1:])
    np.maximum(widest[:, :-1], levels[:, 1:], out=widest[:, :-1])
    rise = np.zeros_like(levels)
    np.maximum(levels[2:] - widest[:-2], 0, out=rise[2:])
    levels, rise = levels[2 * low - first :], rise[2 * low - first :]
    return np.concatenate([(levels[::2] + levels[1::2]) / 2, rise[::2], rise[1::2]], axis=1)


def _forward(rows: Floats, weights: Weights) -> Floats:
    rows = _convolved(rows - weights["mean"], weights["enter.weight"], weights["enter.bias"], 1)
    np.maximum(rows, 0, out=rows)
    for index in range(_depth(weights)):
        inner = _convolved(rows, weights[f"{index}.conv.weight"], weights[f"{index}.conv.bias"], 2**index)
        np.maximum(inner, 0, out=inner)
        rows += _convolved(inner, weights[f"{index}.mix.weight"], weights[f"{index}.mix.bias"], 1)
    rows = np.maximum(rows * weights["last.gain"] + weights["last.shift"], 0)
    logits = _convolved(rows, weights["out.weight"], weights["out.bias"], 1)
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def _convolved(rows: Floats, weight: Floats, bias: Floats, dilation: int) -> Floats:
    """Return the convolution of rows (steps, from) with ``weight`` (taps, from, to), of the same length.

    It is made of small products, each on one thread and in one order, so that the sums are the same everywhere.
    """
    taps, width, to = weight.shape
    reach = taps // 2 * dilation
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    out = np.empty((len(rows), to), dtype=np.float32)
    out[:] = bias
    size = SMALL // (width * to)
    for start in range(0, len(rows), size):
        part = out[start : start + size]
        for tap in range(taps):
            part += padded[start + tap * dilation :][: len(part)] @ weight[tap]
    return out


def at(values: Floats, rate: int, count: int) -> Floats:
    """Return a column of activations at ``count`` steps of another rate, from 0 s on, by straight lines between."""
    wanted = (np.arange(count) / rate - STEP_S) * STEP_RATE
    return np.interp(wanted, np.arange(len(values)), values).astype(np.float32)
