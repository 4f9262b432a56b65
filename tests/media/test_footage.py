"""A moment of footage is always the same picture: upright, even, in our colors."""

import random
from fractions import Fraction

import av
import numpy as np
import pytest

from made import HEIGHT, WIDTH, number_of, turn, write_clip
from songreel.base.errors import BadMedia
from songreel.media import probe
from songreel.media.footage import Reader
from songreel.visuals import pixels

CLIPS = {
    "a.mp4": {"container": "mp4", "codec": "libx264", "max_b_frames": 3},
    "a.mov": {"container": "mov", "codec": "libx264", "options": {"x264-params": "open-gop=1:keyint=20"}},
    "a.mkv": {"container": "matroska", "codec": "libx265", "options": {"x265-params": "log-level=none"}},
    "a.webm": {"container": "webm", "codec": "libvpx-vp9"},
    "a.avi": {"container": "avi", "codec": "mpeg4", "rate": 25},
    "a.ts": {"container": "mpegts", "codec": "libx264", "max_b_frames": 2},
    "one_key.mp4": {"container": "mp4", "codec": "libx264", "gop_size": 999},
}
TIMES = range(0, 6000, 40)


def gray(picture):
    return pixels.planes(picture)[0]


@pytest.mark.parametrize("name", CLIPS)
def test_the_same_moment_gives_the_same_frame_however_it_is_reached(tmp_path, name):
    path = write_clip(tmp_path / name, TIMES, **({"gop_size": 25} | CLIPS[name]))
    asset = probe.footage(path)
    with Reader(path, asset) as reader:
        ahead = [reader.frame(Fraction(time + 5, 1000)) for time in TIMES]
        assert [number_of(gray(picture)) for picture in ahead] == list(range(len(TIMES)))
        jumps = random.Random(1)
        for _ in range(30):
            number = jumps.randrange(len(TIMES))
            assert np.array_equal(reader.frame(Fraction(TIMES[number] + 5, 1000)), ahead[number])
        assert np.array_equal(reader.frame(Fraction(999)), ahead[-1])
        assert np.array_equal(reader.frame(Fraction(-1)), ahead[0])


def test_a_variable_rate_shows_the_last_frame_that_is_due(tmp_path):
    times = [0, 30, 400, 410, 1500, 1533, 1800]
    path = write_clip(tmp_path / "a.mp4", times)
    with Reader(path, probe.footage(path)) as reader:
        for moment in (0, 29, 30, 399, 400, 405, 410, 1499, 1500, 1532, 1533, 1799, 1800, 5000, 31, 1499):
            due = max(number for number, time in enumerate(times) if time <= moment)
            assert number_of(gray(reader.frame(Fraction(moment, 1000)))) == due


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_footage_is_shown_upright(tmp_path, degrees):
    path = write_clip(tmp_path / "a.mp4", range(0, 500, 100))
    with Reader(path, probe.footage(path)) as plain:
        straight = plain.frame(Fraction(0))
    turn(path, degrees)
    with Reader(path, probe.footage(path)) as reader:
        turned = reader.frame(Fraction(0))
    for plane, expected in zip(pixels.planes(turned), pixels.planes(straight), strict=True):
        assert np.array_equal(plane, np.rot90(expected, -degrees // 90))


def test_odd_sizes_and_oblong_pixels_become_even_and_square(tmp_path):
    path = write_clip(tmp_path / "a.mkv", range(0, 500, 100), container="matroska", codec="ffv1", size=(127, 71))
    with Reader(path, probe.footage(path)) as reader:
        assert (reader.width, reader.height) == (126, 70)
        assert pixels.size(reader.frame(Fraction(0))) == (126, 70)
    path = write_clip(tmp_path / "a.mp4", range(0, 500, 100), sample_aspect_ratio=Fraction(3, 2))
    with Reader(path, probe.footage(path)) as reader:
        assert pixels.size(reader.frame(Fraction(0))) == (WIDTH * 3 // 2, HEIGHT)
        assert number_of(gray(reader.frame(Fraction(0.35)))) == 3


def colored(path, rgb, *, matrix, full, pix_fmt="yuv420p", tagged=True, size=(64, 48)):
    """One lossless clip of a plain color, converted with a matrix and range, and tagged with them or not."""
    picture = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), rgb, np.uint8), format="rgb24")
    converted = picture.reformat(
        format=pix_fmt, dst_colorspace=matrix, src_color_range=2, dst_color_range=2 if full else 1
    )
    with av.open(str(path), "w", format="matroska") as out:
        stream = out.add_stream("ffv1", rate=25)
        context = stream.codec_context
        context.width, context.height, context.pix_fmt = *size, pix_fmt
        if tagged:
            context.colorspace, context.color_range = matrix, 2 if full else 1
        converted.colorspace, converted.color_range = (matrix, 2 if full else 1) if tagged else (2, 0)
        for number in range(3):
            converted.pts, converted.time_base = number, Fraction(1, 25)
            out.mux(stream.encode(converted))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("rgb", [(200, 40, 60), (30, 180, 70), (250, 250, 250), (10, 20, 200)])
@pytest.mark.parametrize(
    ("matrix", "full", "pix_fmt"),
    [
        (1, False, "yuv420p"),
        (1, True, "yuv420p"),
        (5, False, "yuv420p"),
        (5, True, "yuv444p"),
        (9, False, "yuv420p10le"),
        (9, True, "yuv422p10le"),
    ],
)
def test_colors_survive_any_matrix_and_range(tmp_path, rgb, matrix, full, pix_fmt):
    path = colored(tmp_path / "a.mkv", rgb, matrix=matrix, full=full, pix_fmt=pix_fmt)
    with Reader(path, probe.footage(path)) as reader:
        shown = pixels.to_rgb(reader.frame(Fraction(0)))
    assert np.abs(shown.astype(int) - rgb).max() <= 6


@pytest.mark.parametrize(("size", "matrix"), [((64, 48), 5), ((1280, 720), 1)])
def test_untagged_footage_has_the_matrix_of_its_size(tmp_path, size, matrix):
    path = colored(tmp_path / "a.mkv", (200, 40, 60), matrix=matrix, full=False, tagged=False, size=size)
    with Reader(path, probe.footage(path)) as reader:
        assert np.abs(pixels.to_rgb(reader.frame(Fraction(0))).astype(int) - (200, 40, 60)).max() <= 6


@pytest.mark.parametrize("transfer", [16, 18])
def test_high_dynamic_range_is_converted(tmp_path, transfer):
    wide = {"color_primaries": 9, "color_trc": transfer, "colorspace": 9, "pix_fmt": "yuv420p10le"}
    path = write_clip(tmp_path / "a.mkv", range(0, 500, 100), container="matroska", codec="ffv1", **wide)
    with Reader(path, probe.footage(path)) as reader:
        assert [number_of(gray(reader.frame(Fraction(n, 10)))) for n in range(5)] == list(range(5))


def test_a_frame_is_the_callers_own(tmp_path):
    path = write_clip(tmp_path / "a.mp4", range(0, 500, 100))
    with Reader(path, probe.footage(path)) as reader:
        first = reader.frame(Fraction(0)).copy()
        reader.frame(Fraction(0))[:] = 0
        assert np.array_equal(reader.frame(Fraction(0)), first)


def test_what_cannot_be_read_is_refused(tmp_path):
    path = write_clip(tmp_path / "a.mp4", range(0, 500, 100))
    asset = probe.footage(path)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(BadMedia), Reader(path, asset):
        pass


def write_interlaced(path, codec, options):
    """Write frames whose upper lines show a bar at one place and whose lower lines show it sixteen pixels on."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for number in range(8):
            picture = np.full((96, 160, 3), 60, np.uint8)
            picture[0::2, 20 + 8 * number : 44 + 8 * number] = 220
            picture[1::2, 36 + 8 * number : 60 + 8 * number] = 220
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            out.mux(stream.encode(frame.reformat(format="yuv420p")))
        out.mux(stream.encode())


def combed(picture):
    """Return how much more neighboring lines differ than lines of one field do."""
    lines = pixels.to_rgb(picture)[..., 1].astype(int)
    return np.abs(np.diff(lines[:, 10:-10], axis=0)).mean() - np.abs(lines[2:, 10:-10] - lines[:-2, 10:-10]).mean()


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("a.mkv", "mpeg2video", {"flags": "+ildct+ilme", "b": "3000000"}),
        ("a.mp4", "libx264", {"x264-params": "tff=1", "crf": "14"}),
    ],
)
def test_interlaced_frames_show_one_moment(tmp_path, name, codec, options):
    write_interlaced(tmp_path / name, codec, options)
    with Reader(tmp_path / name, probe.footage(tmp_path / name)) as reader:
        frames = [reader.frame(Fraction(number, 25)) for number in range(6)]
        again = reader.frame(Fraction(2, 25))
    assert max(combed(frame) for frame in frames) < 3
    assert np.array_equal(again, frames[2])
    bar = pixels.to_rgb(frames[2])[40, :, 1] > 140
    assert bar.sum() == pytest.approx(24, abs=4)


@pytest.mark.parametrize("transfer", [16, 18])
def test_high_dynamic_range_is_bent_below_white(tmp_path, transfer):
    """Reference white is bright but not white, ten times as bright is still told from it, black stays black."""
    path = tmp_path / "a.mkv"
    steps = {16: (0.0, 0.3, 0.58, 0.75, 0.9), 18: (0.0, 0.35, 0.75, 0.9, 1.0)}[transfer]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("ffv1", rate=25)
        context = stream.codec_context
        context.width, context.height, context.pix_fmt = 80, 48, "yuv420p10le"
        context.colorspace, context.color_range, context.color_trc, context.color_primaries = 9, 1, transfer, 9
        levels = np.full((72, 80), 512, np.uint16)
        for at, code in enumerate(steps):
            levels[:48, 16 * at : 16 * at + 16] = round(64 + 876 * code)
        frame = av.VideoFrame.from_ndarray(levels, format="yuv420p10le")
        frame.colorspace, frame.color_range = 9, 1
        out.mux(stream.encode(frame))
        out.mux(stream.encode())
    with Reader(path, probe.footage(path)) as reader:
        shown = pixels.to_rgb(reader.frame(Fraction(0)))[24]
        assert reader.high_range
    assert np.ptp(shown.astype(int), axis=1).max() <= 3
    found = [float(shown[16 * at + 8, 1]) for at in range(5)]
    assert found == sorted(found)
    assert found[0] < 6
    assert 190 < found[2] < 240
    assert found[4] > found[2] + 10
