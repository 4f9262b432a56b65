"""Play a song: pitched notes and drums through a General MIDI soundfont, electronic drums and voices by arithmetic.

Needs `fluidsynth` on the path. Sound is mono float64 at RATE.
"""

from __future__ import annotations

import struct
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tools.train_beats.compose import Note, Song

RATE = 44_100
Sound = NDArray[np.float64]
Random = np.random.Generator
CHANNELS = {"bass": 0, "comp": 1, "lead": 2, "pad": 3}
DRUM_KEYS = {
    "kick": (35, 36),
    "snare": (38, 40),
    "hat": (42, 44),
    "open": (46,),
    "ride": (51, 59, 53),
    "crash": (49, 57, 52, 55),
    "tom": (41, 43, 45, 47, 48, 50),
    "percussion": (54, 56, 60, 62, 63, 64, 69, 70, 75),
    "stick": (37, 75, 76),
}
KITS = (0, 0, 8, 16, 24, 25, 32, 40)


def perform(song: Song, rng: Random, soundfont: Path) -> Sound:
    """Return the sound of a song, about -1…1, before any production."""
    drums = [note for note in song.notes if note.role in DRUM_KEYS]
    tuned = [note for note in song.notes if note.role in CHANNELS]
    voices = [note for note in song.notes if note.role == "voice"]
    parts = [_fluid(_pitched(tuned, song.programs), soundfont, song.seconds)]
    if song.kit == "electronic":
        parts.append(_machine(drums, rng, song.seconds))
    else:
        keys = {role: int(rng.choice(choices)) for role, choices in DRUM_KEYS.items()}
        parts.append(_fluid(_kit(drums, keys, int(rng.choice(KITS))), soundfont, song.seconds))
    parts.append(_sing(voices, rng, song.seconds))
    levels = 10 ** (np.array([0, rng.uniform(-5, 6), rng.uniform(-8, 3)]) / 20)
    return sum(
        (level * part / (_loud(part) + 1e-6) for level, part in zip(levels, parts, strict=True) if part.any()),
        np.zeros(round(song.seconds * RATE)),
    )


def _loud(sound: Sound) -> float:
    return float(np.sqrt(np.mean(np.square(sound)))) * 8


Events = list[tuple[float, bytes]]


def _pitched(notes: list[Note], programs: dict[str, int]) -> Events:
    events: Events = [(0.0, bytes((0xC0 | CHANNELS[role], program))) for role, program in programs.items()]
    for note in notes:
        channel, pitch = CHANNELS[note.role], int(np.clip(note.pitch, 24, 100))
        events.append((note.at, bytes((0x90 | channel, pitch, max(1, round(note.velocity * 127))))))
        events.append((note.at + note.length * 0.98, bytes((0x80 | channel, pitch, 0))))
    return events


def _kit(notes: list[Note], keys: dict[str, int], kit: int) -> Events:
    events: Events = [(0.0, bytes((0xC9, kit)))]
    for note in notes:
        key = keys[note.role] if note.role != "tom" else min(50, max(41, note.pitch))
        events.append((note.at, bytes((0x99, key, max(1, round(min(1.0, note.velocity) * 127))))))
        events.append((note.at + 0.1, bytes((0x89, key, 0))))
    return events


def _fluid(events: Events, soundfont: Path, seconds: float) -> Sound:
    with tempfile.TemporaryDirectory() as scratch:
        midi, out = Path(scratch) / "song.mid", Path(scratch) / "song.wav"
        midi.write_bytes(_midi(events))
        command = ["fluidsynth", "-ni", "-q", "-r", str(RATE), "-g", "0.4", "-R", "0", "-C", "0", "-F", str(out)]
        subprocess.run([*command, str(soundfont), str(midi)], check=True, capture_output=True)
        with wave.open(str(out)) as read:
            pcm = np.frombuffer(read.readframes(read.getnframes()), dtype="<i2").reshape(-1, 2)
    sound = np.zeros(round(seconds * RATE))
    count = min(sound.size, len(pcm))
    sound[:count] = pcm[:count].mean(axis=1) / 32768
    return sound


def _midi(events: Events) -> bytes:
    """Return a MIDI file of one track whose tick is half a millisecond."""
    track, now = bytearray(b"\x00\xff\x51\x03\x07\xa1\x20"), 0
    for at, message in sorted(events, key=lambda event: (event[0], event[1][0] >= 0x90)):
        tick = round(at * 2000)
        track += _variable(tick - now) + message
        now = tick
    track += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, 1000) + b"MTrk" + struct.pack(">I", len(track)) + bytes(track)


def _variable(value: int) -> bytes:
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(0x80 | (value & 0x7F))
    return bytes(out[::-1])


def _machine(notes: list[Note], rng: Random, seconds: float) -> Sound:
    """Play drums on a drum machine whose sounds are drawn for the song."""
    sounds = {role: _drum(role, rng) for role in DRUM_KEYS}
    sound = np.zeros(round(seconds * RATE))
    for note in notes:
        start = round(note.at * RATE)
        hit = sounds[note.role][: max(0, sound.size - start)]
        sound[start : start + hit.size] += note.velocity * hit
    return sound


def _drum(role: str, rng: Random) -> Sound:
    t = np.arange(round(0.5 * RATE)) / RATE
    noise = rng.standard_normal(t.size)
    if role in ("kick", "tom"):
        base, drop = (rng.uniform(38, 62), rng.uniform(60, 300)) if role == "kick" else (rng.uniform(80, 160), 60)
        body = np.sin(2 * np.pi * np.cumsum(base + drop * np.exp(-t * rng.uniform(20, 70))) / RATE)
        click = band(noise, 1000, 9000) * np.exp(-t * 300) * rng.uniform(0, 0.8)
        return np.tanh(rng.uniform(1, 4) * body * np.exp(-t * rng.uniform(4, 18)) + click)
    if role == "snare":
        tone = np.sin(2 * np.pi * rng.uniform(150, 260) * t) * np.exp(-t * 30) * rng.uniform(0, 1)
        wires = band(noise, rng.uniform(500, 2000), rng.uniform(5000, 14000)) * np.exp(-t * rng.uniform(10, 30))
        return np.tanh(tone + rng.uniform(0.5, 1.5) * wires)
    if role == "percussion":
        return np.sin(2 * np.pi * rng.uniform(400, 1500) * t) * np.exp(-t * rng.uniform(20, 80)) * 0.5
    if role == "stick":
        return band(noise, 1500, 6000) * np.exp(-t * 120)
    decay = {"hat": rng.uniform(40, 120), "open": rng.uniform(8, 16), "ride": rng.uniform(6, 12)}.get(role, 4.0)
    return band(noise, rng.uniform(4000, 8000), 15000) * np.exp(-t * decay) * 0.6


def band(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    """Keep a band, with edges of about an octave."""
    hz = np.fft.rfftfreq(sound.size, 1 / RATE) + 1e-9
    return np.fft.irfft(np.fft.rfft(sound) / (1 + (low_hz / hz) ** 4) / (1 + (hz / high_hz) ** 4), sound.size)


def _sing(notes: list[Note], rng: Random, seconds: float) -> Sound:
    """Sing: a hiss for most consonants, then a gliding vowel with late vibrato."""
    sound = np.zeros(round(seconds * RATE))
    fold = int(rng.choice((0, 0, -12)))
    pitch = 60.0
    for note in notes:
        t = np.arange(round(note.length * RATE)) / RATE
        if t.size < 500:
            continue
        wanted = note.pitch + fold
        line = (
            wanted + (pitch - wanted) * np.exp(-t * 40) + 0.3 * np.sin(2 * np.pi * 5.5 * t) * np.clip(t - 0.25, 0, 0.3)
        )
        pitch = float(wanted)
        hz = 440 * 2 ** ((line - 69) / 12)
        phase = 2 * np.pi * np.cumsum(hz) / RATE
        formants = rng.uniform([350, 900, 2200], [850, 2000, 3200])
        base = float(hz[-1])
        voice = np.zeros(t.size)
        for harmonic in range(1, min(20, int(5000 / base)) + 1):
            gain = np.exp(-(((harmonic * base - formants) / 250) ** 2)).sum() + 0.25 / harmonic
            voice += gain * np.sin(harmonic * phase)
        voice *= np.clip(t / rng.uniform(0.02, 0.08), 0, 1) * np.clip((note.length - t) / 0.06, 0, 1)
        start = round(note.at * RATE)
        _mix(sound, start, voice * note.velocity)
        if rng.random() < 0.6:
            hiss = rng.standard_normal(round(rng.uniform(0.03, 0.09) * RATE))
            hiss *= np.hanning(hiss.size) * rng.uniform(0.1, 1.2)
            _mix(sound, start - hiss.size, band(hiss, rng.uniform(1500, 4000), 9000))
    return sound


def _mix(sound: Sound, start: int, part: Sound) -> None:
    part = part[max(0, -start) :]
    start = max(0, start)
    part = part[: max(0, sound.size - start)]
    sound[start : start + part.size] += part


def produce(sound: Sound, rng: Random) -> Sound:
    """Mix and master as somebody might: tint, room, saturation, compression, loudness."""
    spectrum = np.fft.rfft(sound)
    hz = np.fft.rfftfreq(sound.size, 1 / RATE)
    octave = np.log2(np.maximum(hz, 20) / 20)
    curve = np.interp(octave, np.arange(11), rng.normal(0, 3.5, 11))
    if rng.random() < 0.3:
        curve -= 40 * np.clip(octave - np.log2(rng.uniform(5000, 16000) / 20), 0, 1)
    if rng.random() < 0.15:
        curve -= 24 * np.clip(np.log2(rng.uniform(60, 200) / 20) - octave, 0, 1)
    spectrum *= 10 ** (curve / 20)
    if rng.random() < 0.7:
        t = np.arange(RATE) / RATE
        tail = rng.standard_normal(t.size) * np.exp(-t * rng.uniform(4, 14)) * np.clip((t - 0.008) / 0.02, 0, 1)
        tail *= rng.uniform(0.05, 0.7) / np.sqrt(np.square(tail).sum())
        spectrum *= 1 + np.fft.rfft(tail, sound.size)
    sound = np.fft.irfft(spectrum, sound.size)
    sound /= np.abs(sound).max() + 1e-9
    if rng.random() < 0.6:
        drive = 10 ** (rng.uniform(0, 18) / 20)
        sound = np.tanh(drive * sound) / np.tanh(drive)
    if rng.random() < 0.4:
        sound = _compress(sound, rng.uniform(0.3, 0.8))
    loud = 10 ** (rng.uniform(-24, -8) / 20)
    sound = sound * loud / (np.sqrt(np.mean(np.square(sound))) + 1e-9)
    return np.clip(sound, -1, 1)


def _compress(sound: Sound, amount: float) -> Sound:
    """Make loud passages softer by a follower of about 20 and 150 ms."""
    hop = 441
    level = np.abs(sound[: sound.size // hop * hop]).reshape(-1, hop).max(axis=1)
    follow, now = np.empty_like(level), 0.0
    for i, value in enumerate(level.tolist()):
        now = max(value, now * 0.93)
        follow[i] = now
    gain = (follow + 0.02 * follow.max()) ** -amount
    return sound * np.interp(np.arange(sound.size) / hop, np.arange(gain.size), gain)
