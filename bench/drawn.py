"""Songs drawn by chance, from plain to hopeless: whoever says how sure they are must tell these apart.

Grooves, tempi, players and noise are drawn for each song; the truth stays exact. As with `bench.made`, nothing that is
shipped may be chosen by looking at how these songs come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench import made
from bench.made import Groove, Made

SONGS = 48
SECONDS = 45.0
STEPS = 16
# how likely a kick, a snare, a cymbal, a riff and a bass are struck at each sixteenth of a bar, by the drummer's school
SCHOOLS: dict[str, dict[str, tuple[float, ...]]] = {
    "straight": {
        "kick": (1, 0, 0.1, 0, 0.1, 0, 0.2, 0.1, 0.9, 0, 0.3, 0, 0.1, 0, 0.2, 0),
        "snare": (0, 0, 0, 0, 1, 0, 0, 0.1, 0, 0.1, 0, 0, 1, 0, 0, 0.1),
        "riff": (0.9, 0, 0.5, 0, 0.6, 0, 0.5, 0) * 2,
    },
    "synced": {
        "kick": (0.8, 0, 0.2, 0.6, 0, 0.2, 0.6, 0.2, 0.3, 0.3, 0.6, 0, 0.2, 0.4, 0.3, 0.2),
        "snare": (0, 0, 0, 0.1, 0.8, 0, 0.1, 0.3, 0, 0.3, 0, 0.1, 0.8, 0, 0.1, 0.2),
        "riff": (0.6, 0.1, 0.3, 0.6, 0.2, 0.1, 0.7, 0.1) * 2,
    },
    "late": {
        "kick": (0.2, 0, 0.6, 0.1, 0, 0.1, 0.3, 0.7, 0.1, 0.4, 0.5, 0, 0, 0.2, 0.6, 0.1),
        "snare": (0, 0, 0, 0, 0.9, 0, 0, 0.2, 0, 0, 0, 0.2, 0.9, 0, 0, 0.2),
        "riff": (0.1, 0.1, 0.6, 0.2, 0.1, 0.1, 0.6, 0.2) * 2,
    },
    "half": {
        "kick": (1, 0, 0.2, 0.2, 0.1, 0, 0.4, 0.1, 0.1, 0.1, 0.5, 0.2, 0.1, 0, 0.2, 0.3),
        "snare": (0, 0, 0, 0, 0, 0, 0, 0.1, 1, 0, 0, 0, 0, 0, 0.1, 0.2),
        "riff": (0.9, 0.2, 0.4, 0.4) * 4,
    },
    "stormy": {
        "kick": (1, 0.4, 0.4, 0.4) * 4,
        "snare": (0.1, 0, 0.8, 0, 0.2, 0, 0.8, 0) * 2,
        "riff": (0.9, 0.5, 0.5, 0.5) * 4,
    },
    "any": {"kick": (0.35,) * STEPS, "snare": (0.25,) * STEPS, "riff": (0.35,) * STEPS},
}
CYMBALS = ("x.x.x.x.x.x.x.x.", "x...x...x...x...", "..x...x...x...x.", "xxxxxxxxxxxxxxxx", "x..x..x...x.x...")
PARTS = ("kick", "snare", "cymbal", "riff", "bass", "lead")


def songs(count: int = SONGS) -> Iterator[Made]:
    """Yield so many songs, one after the other; each is the same whatever the count."""
    for number in range(count):
        yield song(number)


def song(number: int) -> Made:
    """Return one song; its name says what was drawn."""
    rng = np.random.default_rng([29, number])
    groove = _groove(rng)
    played = made.perform(groove, 1000 + number)
    hiss = 10 ** (rng.uniform(-30, -2) / 20) if rng.random() < 0.35 else 0.0
    loud = hiss * float(np.sqrt(np.mean(np.square(played.pcm))))
    noisy = played.pcm + loud * rng.standard_normal(played.pcm.shape)
    name = f"{number} {groove.name}" + (f" hiss {hiss:.2f}" if hiss else "")
    return replace(played, name=name, pcm=np.clip(noisy, -1, 1).astype(np.float32))


def _groove(rng: np.random.Generator) -> Groove:
    school = str(rng.choice(tuple(SCHOOLS)))
    odds = SCHOOLS[school]
    bpm = float(np.exp(rng.uniform(*np.log((150, 212) if school == "stormy" else (66, 190)))))
    left = {part for part in PARTS if rng.random() < (0.5 if rng.random() < 0.35 else 0.1)}
    left -= {"riff"} if len(left) == len(PARTS) else set()
    drawn = {part: _pattern(rng, odds.get(part, odds["riff"])) for part in ("kick", "snare", "riff", "bass", "lead")}
    drawn["cymbal"] = str(rng.choice(CYMBALS))
    played = {part: "." * STEPS if part in left else pattern for part, pattern in drawn.items()}
    bars = max(3, int(SECONDS * bpm / 240 / 5))
    return Groove(
        f"{school} {bpm:.0f}" + (f" without {' '.join(sorted(left))}" if left else ""),
        bpm,
        4,
        **played,
        form=(("verse", 2 * bars), ("chorus", bars), ("break", bars // 2), ("chorus", bars)),
        final_bpm=float(bpm * rng.uniform(0.85, 1.15)) if rng.random() < 0.2 else 0.0,
        swing=float(rng.choice((0, 0, 0, 0.5, 1.0))),
        guitar=school in ("stormy", "synced") and bool(rng.random() < 0.6),
        loose_ms=float(rng.choice((0, 4, 12, 30))),
        wander=float(rng.choice((0, 0, 0, 0.01, 0.05))),
    )


def _pattern(rng: np.random.Generator, odds: tuple[float, ...]) -> str:
    hits = rng.random(STEPS) < np.array(odds)
    return "".join("x" if hit else "." for hit in hits)
