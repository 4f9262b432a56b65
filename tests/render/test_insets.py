"""Footage laid over the frame: the box follows the clip, nothing else changes, and workers agree to the byte."""

from __future__ import annotations

import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import world
from hypothesis import given
from hypothesis import strategies as st
from tests.media.made import turn

from songreel.base.ids import digest
from songreel.media.store import Cache
from songreel.model.timeline import FootageSource, InsetSource, PhotoSource, Place
from songreel.render import chunks, film
from songreel.render.compose import Painter
from songreel.render.evaluate import evaluate
from songreel.visuals import pixels

CLIP = digest("inset")
WIDTH, HEIGHT, FRAMES, LASTS = 480, 270, 60, 15
BOX = Place(x=0.7, y=0.05, width=0.25, height=0.25)
LEFT, TOP, WIDE, HIGH = 336, 14, 120, 68


@pytest.fixture(scope="module")
def clip_file(tmp_path_factory):
    """Fifteen frames, a tenth of a second each: the left half grows brighter, the right half is red."""
    path = tmp_path_factory.mktemp("clip") / "ramp.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"crf": "8", "g": "5"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for index in range(LASTS):
            picture = np.full((180, 320, 3), 30 + 10 * index, np.uint8)
            picture[:, 160:] = (200, 30, 30)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def inset(**more):
    return InsetSource(**({"asset": CLIP, "at": Fraction(0), "place": BOX} | more))


def video(source=None, start=10, end=50, **more):
    base = [world.clip("a", 0, FRAMES, PhotoSource(asset=world.PHOTO))]
    laid = {"overlay": [world.clip("i", start, end, source, **more)]} if source else {}
    return world.timeline(base, width=WIDTH, height=HEIGHT, **laid)


def rendered(timeline, assets, folder, *, workers=1):
    """Return the file of a timeline, and its chunks by name."""
    cache = Cache(folder / "cache", 1 << 30)
    made = film.render(
        timeline,
        assets=assets,
        song_map=world.song_map(),
        preset=world.preset(WIDTH, HEIGHT),
        out=folder / "film.mp4",
        workers=workers,
        cache=cache,
    )
    return made.path, {path.name: path.read_bytes() for path in (cache.root / "chunks").rglob("*.mkv")}


def decoded(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


def planar(timeline, assets, folder, frames):
    prepared = world.prepared(timeline, assets, folder)
    with Painter(prepared) as painter:
        return [painter.paint(evaluate(prepared, frame)).copy() for frame in frames]


def painted(timeline, assets, folder, frames):
    return [pixels.to_rgb(frame).astype(int) for frame in planar(timeline, assets, folder, frames)]


def difference(one, other):
    """Return the top, left, bottom and right edge of what differs in the luma of two frames."""
    rows, columns = np.nonzero(pixels.planes(one)[0] != pixels.planes(other)[0])
    return int(rows.min()), int(columns.min()), int(rows.max()) + 1, int(columns.max()) + 1


def boxed(picture):
    """Return the means of the box's two halves, away from edges that coding blurs."""
    part = picture[TOP + 6 : TOP + HIGH - 6, LEFT + 6 : LEFT + WIDE - 6]
    return part[:, : WIDE // 2 - 14].mean(axis=(0, 1)), part[:, -WIDE // 2 + 14 :].mean(axis=(0, 1))


@pytest.fixture(scope="module")
def whole(assets, clip_file, tmp_path_factory):
    """The film with an inset, made by one worker."""
    return rendered(video(inset()), assets | {CLIP: clip_file}, tmp_path_factory.mktemp("whole"))


def test_a_film_with_an_inset_is_the_film_without_it_but_for_the_box(whole, assets, tmp_path):
    bare, _ = rendered(video(), assets, tmp_path)
    pairs = list(zip(decoded(whole[0]), decoded(bare), strict=True))
    assert len(pairs) == FRAMES
    for number, (one, other) in enumerate(pairs):
        if not 10 <= number < 50:
            assert np.abs(one - other).mean() < 2, number
            continue
        grey, red = boxed(one)
        # The clip is a second and a half long, and begins again.
        assert grey == pytest.approx([30 + 10 * ((number - 10) % LASTS)] * 3, abs=9), number
        assert red == pytest.approx([200, 30, 30], abs=12), number
        outside = np.abs(one - other)
        outside[TOP - 8 : TOP + HIGH + 8, LEFT - 8 : LEFT + WIDE + 8] = 0
        assert outside.mean() < 2, number


def test_workers_make_the_same_bytes(whole, assets, clip_file, tmp_path):
    path, made = rendered(video(inset()), assets | {CLIP: clip_file}, tmp_path, workers=3)
    assert made == whole[1]
    assert path.read_bytes() == whole[0].read_bytes()


def test_nothing_outside_the_box_is_touched(assets, clip_file, tmp_path):
    assets = assets | {CLIP: clip_file}
    (laid,) = planar(video(inset()), assets, tmp_path, [20])
    (bare,) = planar(video(), assets, tmp_path, [20])
    assert difference(laid, bare) == (TOP, LEFT, TOP + HIGH, LEFT + WIDE)
    for one, other, half in zip(pixels.planes(laid), pixels.planes(bare), (1, 2, 2), strict=True):
        one = one.copy()
        box = np.s_[TOP // half : (TOP + HIGH) // half, LEFT // half : (LEFT + WIDE) // half]
        one[box] = other[box]
        assert np.array_equal(one, other)


@pytest.mark.parametrize(("at", "speed", "wanted"), [("0", 1, 5), ("1/2", 1, 10), ("0", 2, 10), ("7/5", 1, 4)])
def test_an_inset_plays_from_its_moment_at_its_speed(assets, clip_file, tmp_path, at, speed, wanted):
    (shown,) = painted(video(inset(at=at, speed=speed)), assets | {CLIP: clip_file}, tmp_path, [15])
    assert boxed(shown)[0] == pytest.approx([30 + 10 * wanted] * 3, abs=6)


def test_an_inset_shows_what_is_beneath_as_far_as_it_is_faint(assets, clip_file, tmp_path):
    assets = assets | {CLIP: clip_file}
    full, half, bare = (
        painted(made, assets, tmp_path, [20])[0] for made in (video(inset()), video(inset(opacity=0.5)), video())
    )
    assert np.abs(half - (full + bare) / 2).max() <= 4


def test_the_clip_keeps_its_shape_in_any_box(assets, clip_file, tmp_path):
    wide = inset(place=Place(x=0.1, y=0.1, width=0.8, height=0.2))
    (laid,) = planar(video(wide), assets | {CLIP: clip_file}, tmp_path, [20])
    (bare,) = planar(video(), assets, tmp_path, [20])
    top, left, bottom, right = difference(laid, bare)
    assert (right - left) / (bottom - top) == pytest.approx(320 / 180, rel=0.04)
    assert (left + right) / 2 == pytest.approx(WIDTH / 2, abs=2)


def test_turned_footage_stands_upright(assets, clip_file, tmp_path):
    turned = turn(Path(shutil.copy(clip_file, tmp_path / "turned.mp4")), 90)
    (laid,) = planar(video(inset()), assets | {CLIP: turned}, tmp_path, [20])
    (bare,) = planar(video(), assets, tmp_path, [20])
    top, left, bottom, right = difference(laid, bare)
    assert (right - left) / (bottom - top) == pytest.approx(180 / 320, rel=0.04)
    # The right half of the file is red: shown a quarter turn clockwise, it is the lower one.
    column = pixels.to_rgb(laid)[top + 4 : bottom - 4, (left + right) // 2].astype(int)
    red = column[:, 0] - column[:, 1] > 90
    assert not red[: len(red) // 2 - 4].any()
    assert red[len(red) // 2 + 4 :].all()


def test_a_file_is_at_two_moments_at_once(assets, clip_file, tmp_path):
    base = [world.clip("a", 0, 14, FootageSource(asset=CLIP, at=Fraction(0)))]
    over = [world.clip("i", 4, 14, inset())]
    both = world.timeline(base, width=WIDTH, height=HEIGHT, overlay=over)
    shown = painted(both, assets | {CLIP: clip_file}, tmp_path, range(4, 14))
    assert [boxed(each)[0].mean() for each in shown] == pytest.approx([30 + 10 * n for n in range(10)], abs=6)
    assert [each[200, 60].mean() for each in shown] == pytest.approx([70 + 10 * n for n in range(10)], abs=6)


def test_what_is_laid_is_in_the_names_of_the_chunks_that_show_it(assets, clip_file, tmp_path):
    assets = assets | {CLIP: clip_file}

    def names(timeline):
        namer = chunks.Namer(world.prepared(timeline, assets, tmp_path), world.ENCODING)
        return [namer.name(span) for span in chunks.spans(timeline.frames, timeline.canvas.fps)]

    bare = names(video())
    for source in (inset(), inset(at="1/10"), inset(opacity=0.5), inset(speed=2), inset(place=BOX.evolve(x=0.1))):
        made = names(video(source, 5, 30))
        assert [one == other for one, other in zip(bare, made, strict=True)] == [False, True]
    assert len({names(video(source, 5, 30))[0] for source in (inset(), inset(at="1/10"), inset(opacity=0.5))}) == 3


@pytest.fixture(scope="module")
def ready(assets, clip_file, tmp_path_factory):
    return world.prepared(video(inset()), assets | {CLIP: clip_file}, tmp_path_factory.mktemp("ready"))


@given(
    st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.02, 1), st.floats(0.02, 1), st.integers(0, 59), st.floats(0.1, 4)
)
def test_any_inset_is_an_even_box_in_the_frame_and_a_moment_of_its_file(ready, x, y, width, height, frame, speed):
    place = Place(x=x, y=y, width=min(width, 1 - x), height=min(height, 1 - y))
    prepared = replace(ready, timeline=video(inset(place=place, speed=speed, at="5/3"), 0, FRAMES))
    (draw,) = evaluate(prepared, frame).sprites
    assert all(side % 2 == 0 for side in (draw.x, draw.y, draw.width, draw.height))
    assert 0 <= draw.at < Fraction(3, 2)
    assert -2 <= draw.x <= draw.x + draw.width <= WIDTH + 2
    assert -2 <= draw.y <= draw.y + draw.height <= HEIGHT + 2
