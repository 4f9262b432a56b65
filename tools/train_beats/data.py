"""Make songs to learn from: `python -m tools.train_beats.data FOLDER --songs N --first K --soundfont FILE`.

Each song is one .npz: what the ear hears (`Heard.spectrum`), its true beats in seconds, and their positions in bars.
A twentieth have no beat at all: noise, babble, drones, notes at any time.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import wave
from pathlib import Path

import av
import numpy as np
from tools.train_beats import compose, play
from tools.train_beats.play import RATE, Sound
from tools.train_beats.styles import STYLES

from songreel.analysis import frontend
from songreel.media import sound as media_sound

SEED = 20_261_121
BEATLESS = 0.05
PACKED = 0.25
SECONDS = 60.0


def make(number: int, soundfont: Path, *, seed: int = SEED, styles: tuple[str, ...] = ()) -> tuple[Sound, compose.Song]:
    """Return one song and its truth; the same number always makes the same song."""
    rng = np.random.default_rng([seed, number])
    if rng.random() < BEATLESS:
        return play.produce(_beatless(rng), rng), compose.Song("nothing", np.zeros(0), np.zeros(0, int), 60, "", {})
    names = styles or tuple(STYLES)
    odds = np.array([STYLES[name].weight for name in names])
    song = compose.compose(rng, str(rng.choice(names, p=odds / odds.sum())), seconds=SECONDS)
    compose.count_in(song, rng)
    sound = play.produce(play.perform(song, rng, soundfont), rng)
    if rng.random() < 0.1:
        sound = np.clip(sound + rng.uniform(0.001, 0.01) * rng.standard_normal(sound.size), -1, 1)
    return sound, song


def _beatless(rng: np.random.Generator) -> Sound:
    count = round(40 * RATE)
    kind = rng.integers(4)
    if kind == 0:
        level = np.interp(np.arange(count), np.linspace(0, count, 20), rng.random(20))
        return play.band(rng.standard_normal(count) * level, rng.uniform(20, 1000), rng.uniform(2000, 15000))
    song = compose.Song("nothing", np.zeros(0), np.zeros(0, int), 40.0, "electronic", {})
    gaps = {1: rng.gamma(2, 0.12, 400), 2: rng.gamma(1.2, 0.5, 200), 3: rng.gamma(3, 1.2, 40)}[int(kind)]
    role = {1: "voice", 2: "tom", 3: "voice"}[int(kind)]
    for at in np.cumsum(gaps):
        if at < 38:
            length = float(rng.uniform(0.1, 0.3) if kind == 1 else rng.uniform(1, 4))
            pitch = int(rng.integers(45, 62) if kind == 1 else rng.integers(45, 75))
            song.notes.append(compose.Note(float(at), length, role, pitch, float(rng.uniform(0.3, 1))))
    voices = [note for note in song.notes if note.role == "voice"]
    return play._sing(voices, rng, 40.0) if voices else play._machine(song.notes, rng, 40.0)


def hear(sound: Sound, *, packed_kbps: int = 0) -> frontend.Heard:
    """Return what the ear keeps of a sound, after a way through MP3 when ``packed_kbps`` is given."""
    mono = sound.astype(np.float32)[None]
    blocks = [mono] if not packed_kbps else _through_mp3(mono, packed_kbps)
    return frontend.listen(blocks, channels=1)


def _through_mp3(mono: frontend.Floats, kbps: int) -> list[frontend.Floats]:
    held = io.BytesIO()
    with av.open(held, "w", format="mp3") as out:
        stream = out.add_stream("mp3", rate=RATE, layout="mono")
        stream.bit_rate = kbps * 1000
        for start in range(0, mono.shape[1], 1152):
            frame = av.AudioFrame.from_ndarray(mono[:, start : start + 1152], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    path = Path(f"/tmp/train_beats.{kbps}.{np.random.default_rng().integers(1 << 40)}.mp3")
    path.write_bytes(held.getvalue())
    try:
        return list(media_sound.blocks(path, rate=RATE, channels=1))
    finally:
        path.unlink()


def main() -> None:
    """Make songs and keep what is heard of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--songs", type=int, default=150)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--soundfont", type=Path, default=Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"))
    parser.add_argument("--styles", default="")
    parser.add_argument("--wav", action="store_true", help="keep the sound too")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for number in range(asked.first, asked.first + asked.songs):
        started = time.monotonic()
        styles = tuple(filter(None, asked.styles.split(",")))
        sound, song = make(number, asked.soundfont, seed=asked.seed, styles=styles)
        rng = np.random.default_rng([asked.seed, number, 1])
        heard = hear(sound, packed_kbps=int(rng.choice((96, 128, 192))) if rng.random() < PACKED else 0)
        np.savez_compressed(
            asked.folder / f"{number:04d}-{song.style}.npz",
            spectrum=heard.spectrum,
            beats=song.beats,
            positions=song.positions,
        )
        if asked.wav:
            with wave.open(str(asked.folder / f"{number:04d}-{song.style}.wav"), "wb") as out:
                out.setnchannels(1)
                out.setsampwidth(2)
                out.setframerate(RATE)
                out.writeframes(np.rint(sound * 32767).astype("<i2").tobytes())
        print(
            f"{number:4d} {song.style:12} {heard.seconds:5.1f} s, made in {time.monotonic() - started:.1f} s",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
