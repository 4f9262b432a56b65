"""The music, as a shader sees it: inputs that Songreel drives when a scene, effect or transition declares them.

A shader takes part by declaring an input of one of these names in its ISF header; the type is ``float``
for a signal and ``color`` for a palette color. ISF's own ``audio`` and ``audioFFT`` inputs are filled too.
"""

from __future__ import annotations

SIGNALS: dict[str, str] = {
    "beat": "0…1 through the current beat; 0 exactly on it",
    "bar": "0…1 through the current bar; 0 exactly on the downbeat",
    "beatCount": "whole beats since the first one, growing",
    "pulse": "1 on each beat, easing to 0 before the next, scaled by how strong the beat is",
    "downbeat": "like pulse, on the first beat of each bar alone",
    "strobe": "1 on beats at least 0.42 s apart, easing to 0 at once: at most three times in any second",
    "sub": "level below 60 Hz",
    "bass": "level from 60 to 180 Hz",
    "lowmid": "level from 180 to 500 Hz",
    "mid": "level from 500 to 2,500 Hz",
    "treble": "level above 2,500 Hz",
    "kick": "1 at a kick drum's hit, easing to 0",
    "snare": "1 at a snare or clap, easing to 0",
    "hat": "1 at a hi-hat, easing to 0",
    "level": "short-term loudness",
    "brightness": "how much of the sound lies high",
    "stereo": "width of the sound: 0 mono, 1 as wide as stereo goes",
    "harmony": "1 where the chord changes, near 0 while one is held",
    "energy": "energy of the current section, eased over its borders",
    "section": "0…1 through the current section",
    "build": "0…1 through a build-up; 0 outside",
    "drop": "1 at a drop, easing to 0 over four bars",
    "song": "0…1 through the whole song",
    "travel": "seconds of motion that run faster when the music is louder; never steps back",
    "seed": "a number 0…1000 that differs from clip to clip",
}
"""Name → meaning. All are 0…1 unless said otherwise."""

PALETTE: tuple[str, ...] = ("ink", "shade", "primary", "accent", "light")
"""Inputs of type ``color`` that carry the project's palette, from dark to light."""
