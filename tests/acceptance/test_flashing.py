"""A scene made to strobe, in time with bursts of noise: found on the pixels, and mended."""

import json
import wave

import numpy as np

RATE = 44_100
STROBE = """/*{"ISFVSN": "2", "INPUTS": [
  {"NAME": "kick", "TYPE": "float", "DEFAULT": 0},
  {"NAME": "snare", "TYPE": "float", "DEFAULT": 0},
  {"NAME": "hat", "TYPE": "float", "DEFAULT": 0}
]}*/
void main() { gl_FragColor = vec4(vec3(0.2 + 0.8 * max(kick, max(snare, hat))), 1.0); }
"""


def bursts(path, *, seconds=8, a_second=6):
    """Noise that is loud for a few milliseconds, so often a second, between two and six seconds."""
    at = np.arange(seconds * RATE) / RATE
    inside = (at > 2) & (at < 6)
    noise = np.random.default_rng(1).normal(size=at.size) * np.exp(-60 * (at * a_second % 1) / a_second) * inside
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(0.25 * noise, -1, 1) * 32767).astype("<i2").tobytes())


def test_what_would_flash_is_mended_unless_it_is_allowed(songreel, tmp_path):
    bursts(tmp_path / "bursts.wav")
    (tmp_path / "strobe.fs").write_text(STROBE)
    words = "slow, no text, no effects, no visualizer"
    options = ("--scene", "strobe.fs", "--size", "64x36", "--json", "--workers", "1")

    allowed = songreel("make", "bursts.wav", words, *options, "--allow-flashing", "-o", "allowed.mp4")
    proof = json.loads((tmp_path / "allowed.json").read_text())
    assert proof["flashes"], allowed.stdout + allowed.stderr
    assert any("flashes: allowed" in line for line in proof["not_judged"])

    mended = songreel("make", "bursts.wav", words, *options, "-o", "mended.mp4")
    proof = json.loads((tmp_path / "mended.json").read_text())
    assert not proof["flashes"], mended.stdout + mended.stderr
    assert next(finding["ok"] for finding in proof["findings"] if finding["name"] == "flashes")
    assert "flashed too fast to be safe" in mended.stdout
