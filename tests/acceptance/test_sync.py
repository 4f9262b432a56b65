"""A click track in, the error of every cut in milliseconds on the decoded file out."""

import wave
from fractions import Fraction

import av
import numpy as np
import pytest

RATE = 44_100
BPM = 117.0
FIRST_CLICK_S = 0.37


def click_track(path, seconds):
    pcm = np.zeros(int(RATE * seconds), np.float32)
    clicks = np.arange(FIRST_CLICK_S, seconds - 0.2, 60 / BPM)
    for number, at in enumerate(clicks):
        shape = np.arange(int(0.03 * RATE)) / RATE
        tone = np.sin(2 * np.pi * (1600 if number % 4 == 0 else 1000) * shape) * np.exp(-shape * 160)
        begin = round(at * RATE)
        pcm[begin : begin + len(tone)] += 0.8 * tone
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((pcm * 32767).astype("<i2").tobytes())
    return clicks


def cuts_near(video, moments):
    """Return when the decoded picture changes most within a fifth of a second of each moment, in seconds."""
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        frames = [(frame.pts * stream.time_base, frame.to_ndarray(format="gray")) for frame in container.decode(stream)]
    shown = np.array([float(at) for at, _ in frames[1:]])
    pictures = np.stack([picture for _, picture in frames]).astype(np.float32)
    change = np.abs(np.diff(pictures, axis=0)).mean(axis=(1, 2))
    near = [np.flatnonzero(np.abs(shown - moment) < 0.2) for moment in moments]
    return np.array([shown[places[change[places].argmax()]] for places in near])


def flat_scenes(folder):
    """Write two scenes that cannot be mistaken for one another, so that nothing but a cut changes the picture."""
    for name, level in (("dark", 0.1), ("bright", 0.9)):
        source = f'/*{{"ISFVSN": "2"}}*/\nvoid main() {{ gl_FragColor = vec4(vec3({level}), 1.0); }}\n'
        (folder / f"{name}.fs").write_text(source)
    return "--scene", "dark.fs", "--scene", "bright.fs"


@pytest.mark.parametrize(("fps", "seconds"), [("24", 25), ("30", 25), ("60", 25), ("30000/1001", 25), ("30", 630)])
def test_cuts_show_their_first_frame_on_the_frame_nearest_to_the_beat(songreel, tmp_path, fps, seconds):
    clicks = click_track(tmp_path / "clicks.wav", seconds)
    words = "cut on every beat, no text, no effects, no transitions, no visualizer"
    scenes = flat_scenes(tmp_path)
    result = songreel("make", "clicks.wav", words, *scenes, "-o", "video.mp4", "--size", "64x36", "--fps", fps)
    assert result.returncode == 0, result.stdout + result.stderr
    inside = clicks[1:-1]
    errors = np.abs(cuts_near(tmp_path / "video.mp4", inside) - inside)
    assert errors.max() <= float(1 / Fraction(fps) / 2) + 0.001
