"""Teach the network: `python -m tools.train_beats.train FOLDER OUT.npz [--valid FOLDER]`, on one core in half an hour.

FOLDER holds what `tools.train_beats.data` made. Every crop is produced anew: louder or softer, tinted, stretched in
time, masked. The weights are written each few epochs, folded and as float16.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tools.train_beats.net import BANDS, Network, folded

FRAMES = 4000
STEPS_A_SECOND = 50
LEVEL_STEPS = 90.0
WIDTH = 1.5
DOWN_WEIGHT = 1.0
Floats = NDArray[np.float32]
Song = tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.int64]]


def load(folder: Path) -> list[Song]:
    songs = []
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as kept:
            songs.append((kept["spectrum"], kept["beats"], kept["positions"]))
    return songs


def targets(beats: NDArray[np.float64], positions: NDArray[np.int64], count: int) -> Floats:
    """Return how near each step is to a beat and a downbeat, (count, 2): 1 on it, 0 from WIDTH steps away."""
    out = np.zeros((count, 2), np.float32)
    for column, times in enumerate((beats, beats[positions == 1])):
        at = times * STEPS_A_SECOND
        # a pair of frames lies between its two
        near = np.rint(at - 0.25).astype(int)[:, None] + np.arange(-2, 3)
        height = np.clip(1 - np.abs(near + 0.25 - at[:, None]) / WIDTH, 0, 1)
        inside = (near >= 0) & (near < count)
        np.maximum.at(out[:, column], near[inside], height[inside].astype(np.float32))
    return out


def crop(song: Song, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Return levels (FRAMES, BANDS), targets (FRAMES / 2, 2) and which of these count, varied by chance."""
    spectrum, beats, positions = song
    stretch = float(np.exp(rng.uniform(-0.2, 0.2))) if rng.random() < 0.6 else 1.0
    need = int(FRAMES * stretch) + 2
    start = int(rng.integers(-200, max(1, len(spectrum) - need + 200)))
    at = start + np.arange(FRAMES) * stretch
    whole = np.floor(at).astype(int)
    part = (at - whole).astype(np.float32)[:, None]
    inside = ((whole >= 0) & (whole < len(spectrum) - 1)).astype(np.float32)
    low = spectrum[np.clip(whole, 0, len(spectrum) - 1)].astype(np.float32)
    high = spectrum[np.clip(whole + 1, 0, len(spectrum) - 1)].astype(np.float32)
    levels = ((low * (1 - part) + high * part) * inside[:, None]) / LEVEL_STEPS
    levels = _vary(levels, rng)
    times = (beats * 100 - start) / stretch / 100
    return levels, targets(times, positions, FRAMES // 2), inside[::2]


def _vary(levels: Floats, rng: np.random.Generator) -> Floats:
    """Change loudness and tint as an equalizer would, hide a few bands, add a noise floor."""
    decibels = rng.normal(0, 6) + np.interp(np.arange(BANDS), np.linspace(0, BANDS, 7), rng.normal(0, 4, 7))
    size = (10**levels - 1) * (10 ** (decibels / 20)).astype(np.float32)
    if rng.random() < 0.2:
        size += np.float32(10 ** rng.uniform(-3, -1)) * rng.random(levels.shape, dtype=np.float32)
    if rng.random() < 0.3:
        low = int(rng.integers(0, BANDS - 8))
        size[:, low : low + int(rng.integers(3, 20))] *= np.float32(rng.choice((0, 0.1)))
    return np.log10(1 + size).astype(np.float32)


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--valid", type=Path)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--channels", type=int, default=48)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--start", type=Path, help="go on from what an earlier run left in its .pt")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    rng = np.random.default_rng(asked.seed)
    songs, valid = load(asked.folder), load(asked.valid) if asked.valid else []
    net = Network(asked.channels)
    if asked.start:
        net.load_state_dict(torch.load(asked.start))
    print(
        f"{len(songs)} songs, {sum(len(song[0]) for song in songs) / 6000:.0f} minutes, "
        f"{sum(p.numel() for p in net.parameters())} parameters",
        flush=True,
    )
    best = torch.optim.AdamW(net.parameters(), lr=asked.rate, weight_decay=0.02)
    began, epoch = time.monotonic(), 0
    while (done := (time.monotonic() - began) / 60 / asked.minutes) < 1:
        net.train()
        total, steps = 0.0, 0
        for chosen in np.array_split(rng.permutation(len(songs)), max(1, len(songs) // asked.batch)):
            done = min(1.0, (time.monotonic() - began) / 60 / asked.minutes)
            # up quickly, then down along a cosine
            rate = asked.rate * min(1.0, (epoch * 30 + steps + 1) / 60) * (0.5 + 0.5 * np.cos(np.pi * done) + 0.002)
            for group in best.param_groups:
                group["lr"] = rate
            levels, wanted, counts = (
                torch.from_numpy(np.stack(each)) for each in zip(*(crop(songs[i], rng) for i in chosen), strict=True)
            )
            loss = _loss(net(levels), wanted, counts)
            best.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            total, steps = total + loss.item(), steps + 1
        epoch += 1
        if epoch % 4 == 0 or done >= 1:
            check = _validate(net, valid) if valid else float("nan")
            print(
                f"{done * asked.minutes:5.1f} min, epoch {epoch}, loss {total / steps:.4f}, valid {check:.4f}",
                flush=True,
            )
            np.savez_compressed(asked.out, **folded(net.eval()))
            torch.save(net.state_dict(), asked.out.with_suffix(".pt"))


def _loss(logits: torch.Tensor, wanted: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
    each = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    weight = 1 + 2 * wanted
    weight = weight * torch.tensor([1.0, DOWN_WEIGHT]) * counts[..., None]
    return (each * weight).sum() / weight.sum()


@torch.no_grad()
def _validate(net: Network, songs: list[Song]) -> float:
    net.eval()
    losses = []
    for spectrum, beats, positions in songs:
        levels = torch.from_numpy(spectrum[: len(spectrum) // 2 * 2].astype(np.float32) / LEVEL_STEPS)[None]
        logits = net(levels)
        wanted = torch.from_numpy(targets(beats, positions, logits.shape[1]))[None]
        losses.append(float(_loss(logits, wanted, torch.ones(1, logits.shape[1]))))
    return float(np.mean(losses))


if __name__ == "__main__":
    main()
