"""A picture of what was heard: sections, sound, beats, bars, events, energy, and how sure each beat is.

Time runs in strips of about three minutes, 1920 pixels wide; songs of many hours get longer strips.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from songreel.app.views import lettering, waveform
from songreel.app.views.lettering import Color, Picture
from songreel.media import store
from songreel.model.song_map import SectionLabel, SongMap

WIDTH, LEFT, RIGHT = 1920, 92, 28
INSIDE = WIDTH - LEFT - RIGHT
STRIP_S, MOST_STRIPS = 180.0, 40
HEADER, GAP = 112, 34
PAPER, PANEL, FAINT, GRAY, WHITE = (17, 19, 24), (25, 28, 35), (52, 57, 68), (140, 147, 160), (238, 240, 244)
UNSURE, SURE = (222, 84, 70), (96, 196, 130)
# name, top and bottom of each lane within a strip
LANES = {
    "sections": (0, 30),
    "sound": (34, 190),
    "beats": (194, 220),
    "energy": (226, 296),
    "sure": (302, 316),
    "time": (320, 342),
}
STRIP = LANES["time"][1]
COLORS: dict[SectionLabel, Color] = {
    "intro": (122, 140, 168),
    "verse": (88, 146, 226),
    "pre-chorus": (150, 128, 236),
    "chorus": (244, 152, 66),
    "build": (214, 112, 206),
    "drop": (240, 86, 98),
    "bridge": (70, 186, 182),
    "breakdown": (76, 128, 140),
    "solo": (226, 200, 76),
    "outro": (128, 122, 148),
}


@dataclass(frozen=True, slots=True)
class _Strip:
    """One strip: its part of the picture, the song's seconds that it shows, and how loud its columns are."""

    picture: Picture
    start: float
    end: float
    peak: NDArray[np.float32]
    level: NDArray[np.float32]

    def x(self, seconds: float) -> int:
        """Return the column of a moment, kept within the strip."""
        share = (seconds - self.start) / (self.end - self.start)
        return LEFT + min(max(round(share * INSIDE), 0), INSIDE - 1)

    def shows(self, seconds: float) -> bool:
        return self.start <= seconds < self.end

    def fill(self, lane: str, start: float, end: float, color: Color) -> None:
        top, bottom = LANES[lane]
        self.picture[top:bottom, self.x(start) : max(self.x(end), self.x(start) + 1)] = color


def write(out: Path, song: Path, song_map: SongMap) -> None:
    """Draw a song as a PNG. Raises BadMedia when its sound cannot be read."""
    picture = draw(song, song_map)
    with store.atomic(out) as part, contextlib.closing(Image.fromarray(picture)) as image:
        image.save(part, "PNG")


def draw(song: Path, song_map: SongMap) -> Picture:
    """Return the picture, uint8 (h, 1920, 3)."""
    duration = float(song_map.duration)
    count = min(max(1, math.ceil(duration / STRIP_S - 0.15)), MOST_STRIPS)
    peak, level = waveform.columns(song, duration, count * INSIDE)
    picture = np.full((HEADER + count * (STRIP + GAP), WIDTH, 3), PAPER, np.uint8)
    _header(picture, song.stem, song_map)
    for number in range(count):
        top, inside = HEADER + number * (STRIP + GAP), slice(number * INSIDE, (number + 1) * INSIDE)
        span = duration / count
        strip = _Strip(picture[top : top + STRIP], number * span, (number + 1) * span, peak[inside], level[inside])
        _lanes(strip)
        _sections(strip, song_map)
        _beats(strip, song_map)
        _sound(strip, song_map)
        _energy(strip, song_map)
        _events(strip, song_map)
        _clock(strip)
    return picture


def _header(picture: Picture, name: str, song_map: SongMap) -> None:
    lettering.write(picture, name, (LEFT, 20), size=30, color=WHITE)
    minutes, seconds = divmod(float(song_map.duration), 60)
    sure = song_map.confidence
    tempo = f"{song_map.bpm:.2f} BPM" if song_map.beats else "no steady beat"
    facts = (
        f"{int(minutes)}:{seconds:04.1f}",
        tempo,
        f"{song_map.meter} beats a bar" if song_map.meter else "no bars",
        f"{song_map.key.tonic} {song_map.key.mode}",
        f"{song_map.loudness.integrated_lufs:.1f} LUFS",
        f"sure of beats {sure.beats:.0%}, bars {sure.downbeats:.0%}, sections {sure.sections:.0%}",
    )
    lettering.write(picture, "   ·   ".join(facts), (LEFT, 68), size=17, color=GRAY)


def _lanes(strip: _Strip) -> None:
    for name, (top, bottom) in LANES.items():
        if name == "time":
            continue
        strip.picture[top:bottom, LEFT : LEFT + INSIDE] = PANEL
        x = LEFT - 12 - lettering.width(name, 14)
        lettering.write(strip.picture, name, (x, (top + bottom) // 2 - 11), size=14, color=GRAY)


def _sections(strip: _Strip, song_map: SongMap) -> None:
    for section in song_map.sections:
        if section.end <= strip.start or section.start >= strip.end:
            continue
        color = COLORS[section.label]
        # how sure the section is, as how full its color
        strip.fill("sections", section.start, section.end, _blend(PANEL, color, 0.45 + 0.55 * section.confidence))
        strip.fill("sound", section.start, section.end, _blend(PANEL, color, 0.1))
        strip.fill("energy", section.start, section.end, _blend(PANEL, color, 0.1))
        left, right = strip.x(section.start), strip.x(section.end)
        for lane in ("sections", "sound", "energy"):
            strip.picture[slice(*LANES[lane]), left : left + 2] = PAPER
        for words in (f"{section.id}  {section.label}", section.label, section.id):
            if lettering.width(words, 16) < right - left - 14:
                lettering.write(strip.picture, words, (left + 9, 3), size=16, color=PAPER)
                break


def _beats(strip: _Strip, song_map: SongMap) -> None:
    top, bottom = LANES["beats"]
    bars = 0
    ends = (*song_map.beat_times(), float(song_map.duration))[1:]
    step = _bar_step(strip, song_map)
    for beat, end in zip(song_map.beats, ends, strict=True):
        downbeat = beat.position == 1
        bars += downbeat
        if not strip.shows(beat.at):
            continue
        x = strip.x(beat.at)
        if downbeat:
            strip.picture[slice(*LANES["sound"]), x] = _blend(PANEL, WHITE, 0.22)
            strip.picture[top:bottom, x] = WHITE
            if (bars - 1) % step == 0:
                lettering.write(strip.picture, str(bars), (x + 4, top - 1), size=12, color=WHITE)
        else:
            strip.picture[bottom - 8 : bottom, x] = GRAY
        strip.fill("sure", beat.at, end, _blend(UNSURE, SURE, beat.confidence))


def _bar_step(strip: _Strip, song_map: SongMap) -> int:
    """Return how many bars apart their numbers may stand."""
    bar_s = 60 / song_map.bpm * max(song_map.meter, 1) if song_map.beats else 1.0
    pixels = bar_s * INSIDE / (strip.end - strip.start)
    return next((step for step in (1, 2, 4, 8, 16, 32) if step * pixels >= 44), 64)


def _sound(strip: _Strip, song_map: SongMap) -> None:
    top, bottom = LANES["sound"]
    middle, reach = (top + bottom) // 2, (bottom - top) // 2 - 10
    per_column = (strip.end - strip.start) / INSIDE
    for column in range(INSIDE):
        color = COLORS[song_map.section_at(strip.start + (column + 0.5) * per_column).label]
        high, full = round(float(strip.peak[column]) * reach), round(float(strip.level[column]) * reach)
        line = strip.picture[:, LEFT + column]
        line[middle - high : middle + high + 1] = _blend(PANEL, color, 0.55)
        line[middle - full : middle + full + 1] = color


def _energy(strip: _Strip, song_map: SongMap) -> None:
    """Draw the level as a filled curve, and the energy of the sections as steps over it."""
    top, bottom = LANES["energy"]
    height = bottom - top - 6
    at = strip.start + (np.arange(INSIDE) + 0.5) * (strip.end - strip.start) / INSIDE
    values = song_map.level.values()
    level = np.interp(at * song_map.level.rate_hz, np.arange(values.size), values)
    rows = np.arange(top, bottom)[:, None]
    under = rows >= bottom - level * height
    lane = strip.picture[top:bottom, LEFT : LEFT + INSIDE]
    lane[under] = np.rint(0.65 * lane[under] + 0.35 * np.array(GRAY)).astype(np.uint8)
    for section in song_map.sections:
        if section.end > strip.start and section.start < strip.end:
            y = round(bottom - section.energy * height) - 3
            strip.picture[y : y + 3, strip.x(section.start) + 2 : strip.x(section.end)] = COLORS[section.label]


def _events(strip: _Strip, song_map: SongMap) -> None:
    """Mark events by a pin at the top of the sound, with its name where there is room; fills are pins alone."""
    top, _ = LANES["sound"]
    shown = [event for event in song_map.events if strip.shows(event.at)]
    nexts = [*(strip.x(event.at) for event in shown), WIDTH - RIGHT][1:]
    for event, limit in zip(shown, nexts, strict=True):
        x = strip.x(event.at)
        pin = np.array([(x - 5, top), (x + 5, top), (x, top + 9)], np.int32)
        cv2.fillPoly(strip.picture, [pin], GRAY if event.kind == "fill" else WHITE, cv2.LINE_AA)
        if event.kind != "fill" and x + 14 + lettering.width(event.kind, 13) < limit:
            lettering.write(strip.picture, event.kind, (x + 8, top - 2), size=13, color=WHITE)


def _clock(strip: _Strip) -> None:
    top, _ = LANES["time"]
    span = strip.end - strip.start
    step = next((each for each in (1, 2, 5, 10, 15, 30, 60) if span / each <= 20), 300)
    first = math.ceil(strip.start / step)
    for number in range(first, math.ceil(strip.end / step)):
        minutes, seconds = divmod(number * step, 60)
        x = strip.x(number * step)
        strip.picture[top : top + 5, x] = GRAY
        lettering.write(strip.picture, f"{minutes}:{seconds:02}", (x + 5, top), size=14, color=GRAY)


def _blend(below: Color, above: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(below, above, strict=True))
    return red, green, blue
