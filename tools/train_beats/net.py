"""The network as torch sees it: temporal convolutions over pairs of frames (Davies and Böck, EUSIPCO 2019).

`songreel.analysis.network` computes the same in numpy from what `folded` returns.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

BANDS = 81
INPUTS = 3 * BANDS
KERNEL = 5
OUTPUTS = 2


def inputs(levels: Tensor) -> Tensor:
    """Return what the network reads of levels (batch, frames, BANDS): (batch, frames / 2, INPUTS).

    Each pair of frames gives its mean level and the rise of both against the frame two earlier, maximum-filtered.
    """
    padded = torch.nn.functional.pad(levels, (1, 1), value=-1.0)
    widest = torch.maximum(torch.maximum(padded[..., :-2], padded[..., 1:-1]), padded[..., 2:])
    past = torch.cat([levels[:, :2], widest[:, :-2]], dim=1)
    rise = torch.relu(levels - past)
    count = levels.shape[1] // 2
    pairs = levels[:, : 2 * count].reshape(len(levels), count, 2, -1)
    rises = rise[:, : 2 * count].reshape(len(levels), count, 2, -1)
    return torch.cat([pairs.mean(dim=2), rises[:, :, 0], rises[:, :, 1]], dim=2)


class Dilated(nn.Module):
    """A residual block: a dilated convolution, then a mix of its channels; rows are (batch, channels, frames)."""

    def __init__(self, channels: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.conv = nn.Conv1d(
            channels, channels, KERNEL, dilation=dilation, padding=dilation * (KERNEL // 2), bias=False
        )
        self.norm = nn.BatchNorm1d(channels)
        self.drop = nn.Dropout1d(dropout)
        self.mix = nn.Conv1d(channels, channels, 1)

    def forward(self, rows: Tensor) -> Tensor:
        return rows + self.mix(self.drop(torch.relu(self.norm(self.conv(rows)))))


class Network(nn.Module):
    """Logits of beat and downbeat, (batch, frames / 2, OUTPUTS), of levels (batch, frames, BANDS)."""

    def __init__(self, channels: int = 48, depth: int = 10, dropout: float = 0.1) -> None:
        super().__init__()
        self.standard = nn.BatchNorm1d(INPUTS, affine=False)
        self.enter = nn.Conv1d(INPUTS, channels, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm1d(channels)
        self.drop = nn.Dropout1d(dropout)
        self.blocks = nn.Sequential(*[Dilated(channels, 2**i, dropout) for i in range(depth)])
        self.last = nn.BatchNorm1d(channels)
        self.out = nn.Conv1d(channels, OUTPUTS, 1)

    def forward(self, levels: Tensor) -> Tensor:
        rows = self.standard(inputs(levels).transpose(1, 2))
        rows = self.drop(torch.relu(self.norm(self.enter(rows))))
        return self.out(torch.relu(self.last(self.blocks(rows)))).transpose(1, 2)


def folded(net: Network) -> dict[str, NDArray[np.float16]]:
    """Return the weights with all normalization folded in: arrays (taps, from, to) and biases, as float16."""
    arrays: dict[str, NDArray[np.float16]] = {}

    def keep(name: str, weight: Tensor, bias: Tensor) -> None:
        arrays[f"{name}.weight"] = weight.detach().permute(2, 1, 0).contiguous().numpy().astype(np.float16)
        arrays[f"{name}.bias"] = bias.detach().numpy().astype(np.float16)

    def scale(norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        return gain, norm.bias - norm.running_mean * gain

    # the borders are padded with 0 after the standardization, so its mean stays apart
    deviation = torch.sqrt(net.standard.running_var + net.standard.eps)
    arrays["mean"] = net.standard.running_mean.numpy().astype(np.float16)
    gain, shift = scale(net.norm)
    keep("enter", net.enter.weight * gain[:, None, None] / deviation[None, :, None], shift)
    for index, block in enumerate(net.blocks):
        gain, shift = scale(block.norm)
        keep(f"{index}.conv", block.conv.weight * gain[:, None, None], shift)
        keep(f"{index}.mix", block.mix.weight, block.mix.bias)
    gain, shift = scale(net.last)
    arrays["last.gain"], arrays["last.shift"] = (each.detach().numpy().astype(np.float16) for each in (gain, shift))
    keep("out", net.out.weight, net.out.bias)
    return arrays
