"""Songs to be judged by: hard for an ear, their beats known exactly, played by arithmetic alone.

Nothing that is shipped may be chosen by looking at how these songs come out, and nothing is taught on them:
`tools/train_beats` has other styles, grooves and instruments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.demo import instruments as play
from songreel.demo.instruments import RATE

Array = NDArray[np.float64]
Form = tuple[tuple[str, int], ...]
USUAL: Form = (("intro", 4), ("verse", 8), ("chorus", 8), ("break", 4), ("chorus", 8))


@dataclass(frozen=True)
class Groove:
    """What is played in a bar: strings of any even number of steps a bar, ``x`` a hit, ``o`` a soft one.

    ``wander`` is how far the tempo strays from beat to beat, as a share of it.
    """

    name: str
    bpm: float
    meter: int
    kick: str
    snare: str
    cymbal: str
    riff: str
    bass: str
    form: Form = USUAL
    final_bpm: float = 0.0
    swing: float = 0.0
    guitar: bool = False
    loose_ms: float = 0.0
    pickup: int = 0
    chorus_snare: str = ""
    lead: str = ""
    wander: float = 0.0


@dataclass(frozen=True)
class Made:
    """A song and its truth, times in seconds; ``entries`` are where choruses begin."""

    name: str
    pcm: NDArray[np.float32]
    beats: Array
    downbeats: Array
    entries: Array


GROOVES = (
    Groove(
        "metal, riff in threes, 132",
        132,
        4,
        "x..x..x..x..x..x",
        "........x.......",
        "x...x...x...x...",
        "x..x..x..x..x..x",
        "x..x..x..x..x..x",
        guitar=True,
        chorus_snare="....x.......x...",
    ),
    Groove(
        "metal, off-beat riff, 178",
        178,
        4,
        "..xx..x.x.xx..x.",
        "....x.......x...",
        "x...x...x...x...",
        "..xx..x.x.xx..x.",
        "..xx..x.x.xx..x.",
        guitar=True,
        loose_ms=4,
    ),
    Groove(
        "gallop, 200",
        200,
        4,
        "x.xxx.xxx.xxx.xx",
        "....x.......x...",
        "x.x.x.x.x.x.x.x.",
        "x.xxx.xxx.xxx.xx",
        "x.x.x.x.x.x.x.x.",
        guitar=True,
        chorus_snare="........x.......",
    ),
    Groove(
        "blast beats, 210",
        210,
        4,
        "x.x.x.x.x.x.x.x.",
        ".x.x.x.x.x.x.x.x",
        "x...x...x...x...",
        "xxxxxxxxxxxxxxxx",
        "x.x.x.x.x.x.x.x.",
        guitar=True,
        chorus_snare="....x.......x...",
    ),
    Groove(
        "ska, 156",
        156,
        4,
        "x...x...x...x...",
        "....x.......x...",
        "x.x.x.x.x.x.x.x.",
        "..x...x...x...x.",
        "x...x...x...x...",
        lead="x...x.x.x..x..x.",
    ),
    Groove(
        "hip-hop, kicks off the beat, 86",
        86,
        4,
        "x..x...x..x...x.",
        "....x.......x...",
        "x.x.x.xxx.x.x.x.",
        "...x......x.....",
        "x..x...x..x...x.",
        swing=0.5,
    ),
    Groove(
        "hip-hop, no kick on one, 93",
        93,
        4,
        "..x...x..xx...x.",
        "....x.......x..x",
        "x.x.x.x.x.x.x.x.",
        "x.....x.........",
        "..x...x..xx.....",
        lead="...x..x...x.x...",
    ),
    Groove(
        "broken drums, 171",
        171,
        4,
        "x.x.......xx....",
        "....x..x.x..x..x",
        "x.x.x.x.x.x.x.x.",
        "................",
        "x.....x...x.....",
        lead="x..x..x..x..x...",
    ),
    Groove(
        "samba, 104",
        104,
        4,
        "x..xx..xx..xx..x",
        "x.x.xx.x.x.xx.x.",
        "xoxxxoxxxoxxxoxx",
        "x.x..x.x..x.x..x",
        "x..xx..xx..xx..x",
    ),
    Groove(
        "clave, 118",
        118,
        4,
        "x...x...x...x...",
        "x..x..x...x.x...",
        "x.x.x.x.x.x.x.x.",
        "..x..x....x..x..",
        "...x..x....x..x.",
    ),
    Groove("swing, 164", 164, 4, "x...x...", "..o...o.", "x.xxx.xx", "..x....x", "x.x.x.x.", swing=1.0, loose_ms=6),
    Groove(
        "slow 12/8, 63",
        63,
        4,
        "x....xx.....",
        "...x.....x..",
        "xxxxxxxxxxxx",
        "x..x..x..x..",
        "x....xx.....",
        lead="x....x..x..x",
    ),
    Groove("waltz, 148", 148, 3, "x.....", "..x.x.", "x.x.x.", "..x.x.", "x.....", loose_ms=8),
    Groove("five, 122", 122, 5, "x..x..x...", "......x...", "x.x.x.x.x.", "x..x..x.x.", "x..x..x.x."),
    Groove(
        "seven, 144", 144, 7, "x...x...x.....", "..x...x....x..", "x.x.x.x.x.x.x.", "x..x..x...x.x.", "x...x...x....."
    ),
    Groove(
        "half-time chorus, 150",
        150,
        4,
        "x.....x.x.......",
        "....x.......x...",
        "x.x.x.x.x.x.x.x.",
        "x.x.x.x.x.x.x.x.",
        "x.......x.......",
        guitar=True,
        chorus_snare="........x.......",
    ),
    Groove(
        "ramp, 96–132",
        96,
        4,
        "x.....x.x.......",
        "....x.......x...",
        "x.x.x.x.x.x.x.x.",
        "x...x...x...x...",
        "x.....x.x.......",
        final_bpm=132,
    ),
    Groove(
        "pickup and a long break, 127",
        127,
        4,
        "x...x...x...x...",
        "....x.......x...",
        "..x...x...x...x.",
        "x..x..x..x..x..x",
        "..x...x...x...x.",
        pickup=3,
        form=(("verse", 8), ("chorus", 8), ("break", 8), ("chorus", 8)),
    ),
    Groove(
        "guitar alone, strummed, 98",
        98,
        4,
        "................",
        "................",
        "................",
        "x...x.x...x.x.x.",
        "................",
        loose_ms=14,
        lead="x..x....x.x.....",
    ),
    Groove(
        "pushed pop, 112",
        112,
        4,
        "x.....x...x...x.",
        "....x.......x...",
        "x.x.x.x.x.x.x.x.",
        "x.....x.......x.",
        "x.....x.......x.",
        lead="..x.x.x..x.x..x.",
    ),
)

_CHORDS = {"verse": (0, 5, 3, 4), "chorus": (5, 3, 0, 4)}
_PLAYED = {
    "intro": ("riff", "cymbal"),
    "verse": ("kick", "snare", "cymbal", "riff", "bass", "lead"),
    "chorus": ("kick", "snare", "cymbal", "riff", "bass", "lead", "pad"),
    "break": ("pad", "lead"),
}
_LEVELS = {"kick": 0.9, "snare": 0.6, "cymbal": 0.22, "riff": 0.3, "bass": 0.45, "lead": 0.22, "pad": 0.2}


def songs() -> Iterator[Made]:
    """Yield every song, one after the other, so that only one is held."""
    for number, groove in enumerate(GROOVES):
        yield perform(groove, number)


def silent_start(made: Made, seconds: float) -> Made:
    """Return a song that begins after so much silence."""
    pcm = np.concatenate([np.zeros((1, round(seconds * RATE)), np.float32), made.pcm], axis=1)
    return Made(made.name, pcm, made.beats + seconds, made.downbeats + seconds, made.entries + seconds)


class _Player:
    def __init__(self, groove: Groove, number: int) -> None:
        self.groove, self.rng = groove, np.random.default_rng([11, number])
        self.bars = sum(bars for _, bars in groove.form)
        count = groove.pickup + self.bars * groove.meter
        tempo = np.linspace(groove.bpm, groove.final_bpm or groove.bpm, count)
        if groove.wander:
            tempo *= np.exp(np.clip(np.cumsum(self.rng.normal(0, groove.wander, count)), -0.35, 0.35))
        self.times = 0.4 + np.concatenate([[0.0], np.cumsum(60 / tempo)])
        self.sound = np.zeros(round((self.times[-1] + 2.0) * RATE))
        self.tonic = int(self.rng.integers(40, 48))

    def at(self, beat: float) -> float:
        inside = beat % 1
        knee = 0.5 + self.groove.swing / 6
        moved = inside * 2 * knee if inside < 0.5 else knee + (inside - 0.5) * 2 * (1 - knee)
        return float(np.interp(beat - inside + moved, np.arange(self.times.size), self.times))

    def put(self, sound: Array, beat: float, gain: float) -> None:
        late = self.rng.normal(0, self.groove.loose_ms / 1000) if self.groove.loose_ms else 0.0
        start = max(0, round((self.at(beat) + late) * RATE))
        part = sound[: max(0, self.sound.size - start)]
        self.sound[start : start + part.size] += gain * part

    def pitch(self, step: int) -> int:
        return self.tonic + 12 * (step // 7) + (0, 2, 3, 5, 7, 8, 10)[step % 7]

    def bar(self, label: str, start: int, root: int, *, fill: bool) -> None:
        groove = self.groove
        played = _PLAYED[label]
        for part in ("kick", "snare", "cymbal", "riff", "bass", "lead"):
            steps = getattr(groove, part)
            if part == "snare" and label == "chorus" and groove.chorus_snare:
                steps = groove.chorus_snare
            for step, mark in enumerate(steps if part in played else ""):
                beat = step * groove.meter / len(steps)
                if mark == "." or (fill and beat >= groove.meter - 1 and part in ("snare", "cymbal")):
                    continue
                gain = _LEVELS[part] * (0.5 if mark == "o" else 1.0) * self.rng.uniform(0.85, 1)
                self.put(self.voice(part, root, step), start + beat, gain)
        if fill and "snare" in played:
            for quarter in range(4):
                self.put(play.tom(52 - 3 * quarter), start + groove.meter - 1 + quarter / 4, 0.6)
        if "pad" in played:
            length = round(self.at(start + groove.meter) - self.at(start), 3)
            for step in (0, 2, 4):
                self.put(play.pad(self.pitch(root + step) + 12, length, detune=0.15, bright=0.3), start, _LEVELS["pad"])

    def voice(self, part: str, root: int, step: int) -> Array:
        groove = self.groove
        beat_s = 60 / groove.bpm
        if part in ("kick", "snare"):
            drum: Array = getattr(play, part)()
            return drum
        if part == "cymbal":
            return play.hat(length_s=0.06)
        if part == "bass":
            return play.bass(self.pitch(root) - 12, round(0.45 * beat_s, 3))
        if part == "lead":
            return play.lead(self.pitch(root + (0, 2, 4, 1, 5)[step % 5]) + 24, round(0.6 * beat_s, 3))
        tones = (0, 4) if groove.guitar else (0, 2, 4)
        length = round((0.24 if groove.guitar else 0.4) * beat_s, 3)
        chord = sum(
            play.pad(self.pitch(root + tone) + (0 if groove.guitar else 12), length, detune=0.1, bright=0.9)
            for tone in tones
        )
        return np.tanh(4 * chord) if groove.guitar else chord


def perform(groove: Groove, number: int) -> Made:
    """Return a groove played as a song; ``number`` seeds what players leave to chance."""
    player, start, entries = _Player(groove, number), groove.pickup, []
    for beat in range(groove.pickup):
        player.put(player.voice("lead", 4, beat), beat, 0.3)
    for label, bars in groove.form:
        if label == "chorus":
            entries.append(float(player.times[start]))
            player.put(play.crash(), start, 0.4)
        chords = _CHORDS["chorus" if label == "chorus" else "verse"]
        for index in range(bars):
            player.bar(label, start, chords[index % 4], fill=index == bars - 1)
            start += groove.meter
    player.put(play.kick(), start, 0.9)
    player.put(player.voice("bass", 0, 0), start, 0.6)
    sound = np.tanh(1.2 * player.sound / np.abs(player.sound).max())
    beats = player.times[: start + 1]
    pcm = (0.8 * sound)[None].astype(np.float32)
    return Made(groove.name, pcm, beats, beats[groove.pickup :: groove.meter], np.array(entries))
