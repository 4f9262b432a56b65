"""Tempo, bars, sections and a note on every beat as a Standard MIDI File (RP-001, format 1).

A beat is a quarter note. Before the first one come as many quarters as fit, as a bar of their own with the pickup.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np

from songreel.media import store
from songreel.model.song_map import SongMap

TICKS = 480
DOWNBEAT_NOTE, BEAT_NOTE = 76, 77  # General MIDI: high and low wood block
_PLAIN_S = 0.5
_SLOWEST_US = 0xFFFFFF
_LONGEST_BAR = 255
_CHANNEL = 9
_TEXT, _MARKER, _END, _TEMPO, _SIGNATURE = 0x03, 0x06, 0x2F, 0x51, 0x58
Message = tuple[int, bytes]


def write(out: Path, song_map: SongMap) -> None:
    """Write the file: a track of tempo, time signatures and markers, and one of clicks."""
    with store.atomic(out) as part:
        part.write_bytes(encode(song_map))


def encode(song_map: SongMap) -> bytes:
    """Return the bytes of the file; each beat is within a microsecond of where it was heard."""
    lead, times = _timeline(song_map)
    ticks = TICKS * np.arange(len(times))
    guide = [(0, _meta(_TEXT, b"Songreel")), *_tempi(times), *_signatures(song_map, lead)]
    for section in song_map.sections:
        at = round(float(np.interp(section.start, times, ticks)))
        guide.append((at, _meta(_MARKER, f"{section.id} {section.label}".encode())))
    clicks: list[Message] = [(0, _meta(_TEXT, b"Clicks"))]
    for number, beat in enumerate(song_map.beats):
        at = (lead + number) * TICKS
        note, force = (DOWNBEAT_NOTE, 112) if beat.position == 1 else (BEAT_NOTE, 80)
        clicks.append((at, bytes((0x90 | _CHANNEL, note, force))))
        clicks.append((at + TICKS // 4, bytes((0x80 | _CHANNEL, note, 0))))
    return b"MThd" + struct.pack(">IHHH", 6, 1, 2, TICKS) + _track(guide) + _track(clicks)


def _timeline(song_map: SongMap) -> tuple[int, list[float]]:
    """Return how many quarters come before the first beat, and the seconds at which all of them lie, to the end."""
    duration = float(song_map.duration)
    beats = list(song_map.beat_times())
    if not beats:
        return 0, [*np.arange(0, duration, _PLAIN_S).tolist(), duration]
    usual = 60 / song_map.bpm
    lead = max(1, round(beats[0] / usual)) if beats[0] > 0 else 0
    before = [beats[0] * n / lead for n in range(lead)]
    after = beats[-1] + usual * np.arange(1, max(0, int((duration - beats[-1]) / usual)) + 2)
    return lead, [*before, *beats, *after.tolist()]


def _tempi(times: list[float]) -> list[Message]:
    """Return a tempo wherever it changes; rounding to microseconds is made up for by the next quarter."""
    found: list[Message] = []
    reached, last = times[0] * 1e6, 0
    for number, (_, at) in enumerate(pairwise(times)):
        length = min(max(1, round(at * 1e6 - reached)), _SLOWEST_US)
        reached += length
        if length != last:
            found.append((number * TICKS, _meta(_TEMPO, length.to_bytes(3, "big"))))
        last = length
    return found


def _signatures(song_map: SongMap, lead: int) -> list[Message]:
    """Return a time signature wherever bars become longer or shorter; a bar too long for one is left as it is."""
    bars = [lead + number for number, beat in enumerate(song_map.beats) if beat.position == 1]
    starts = bars if bars and bars[0] == 0 else [0, *bars]
    found: list[Message] = []
    last = 0
    for start, end in pairwise([*starts, starts[-1] + (song_map.meter or 4)]):
        if end - start != last and end - start <= _LONGEST_BAR:
            found.append((start * TICKS, _meta(_SIGNATURE, bytes((end - start, 2, 24, 8)))))
            last = end - start
    return found


def _track(messages: list[Message]) -> bytes:
    now, rows = 0, []
    for at, message in sorted(messages, key=lambda each: each[0]):
        rows.append(_variable(at - now) + message)
        now = at
    body = b"".join(rows) + b"\x00" + _meta(_END, b"")
    return b"MTrk" + struct.pack(">I", len(body)) + body


def _meta(kind: int, data: bytes) -> bytes:
    return bytes((0xFF, kind)) + _variable(len(data)) + data


def _variable(value: int) -> bytes:
    """Return a number in groups of seven bits, all but the last marked."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(value & 0x7F | 0x80)
    return bytes(reversed(groups))
