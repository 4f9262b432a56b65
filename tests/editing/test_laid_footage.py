"""Laws of footage that is laid over the frame: its shape, its corner and its moment stay what they were."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stands import CLIP, ground
from timelines import PICTURE, timeline

from songreel.base.errors import EditRefused
from songreel.editing import apply, boxes, check, describe, restore
from songreel.model.edit import (
    AddOverlay,
    ChangeOverlay,
    RemoveMedia,
    RemoveOverlay,
    SetCanvas,
    Stretch,
    UsePart,
    Where,
)
from songreel.model.timeline import InsetSource, Timeline

POSITIONS = st.sampled_from(["top-left", "top-right", "bottom-left", "bottom-right", "center"])


def made(*edits, start=None):
    now = apply.apply(start or timeline(), (RemoveOverlay(), *edits) if start is None else edits, ground())
    assert check.problems(now) == ()
    return now


def part(start, end=None):
    return Where(stretches=(Stretch(start=start, end=end),))


def shape(now):
    """Return how many times as wide as high the box is, in pixels."""
    box = now.clips("overlay")[0].source.place
    return box.width * now.canvas.width / (box.height * now.canvas.height)


def test_a_clip_is_laid_in_its_corner_for_its_time():
    now = made(AddOverlay(asset=CLIP, position="bottom-right", size=0.45, where=part(2, 5)))
    (clip,) = now.clips("overlay")
    assert (clip.start, clip.end, clip.name) == (60, 150, "clip.mp4")
    assert clip.source == InsetSource(asset=CLIP, at=0, place=clip.source.place)
    assert boxes.position_of(clip.source.place) == "bottom-right"
    assert clip.source.place.width == pytest.approx(0.45 * 1080 / 1920, abs=1e-3)
    assert now.clips("base") == timeline().clips("base")
    assert "Overlay: clip.mp4 (2-5s)" in describe.summary(now)
    assert Timeline.from_json(now.to_json()) == now


@given(POSITIONS, st.floats(0.03, 2), st.sampled_from(["9:16", "1:1", "4:5", "16:9", "21:9"]))
def test_a_clip_keeps_its_shape_and_stays_in_the_frame_whatever_its_size_and_the_ratio(position, size, ratio):
    now = made(AddOverlay(asset=CLIP, position=position, size=size))
    try:
        now = made(SetCanvas(ratio=ratio), start=now)
    except EditRefused:
        assert ratio == "16:9"
    box = now.clips("overlay")[0].source.place
    if box.width > 0.03 and box.height > 0.03:
        assert shape(now) == pytest.approx(1280 / 720, rel=0.02)
    assert box.x + box.width <= 1.0001
    assert box.y + box.height <= 1.0001


def test_a_clip_as_large_as_the_frame_is_so_in_another_ratio():
    now = made(AddOverlay(asset=CLIP, position="center", width=1, opacity=0.3))
    assert now.clips("overlay")[0].source.place.width == 1
    tall = made(SetCanvas(ratio="9:16"), start=now)
    assert tall.clips("overlay")[0].source.place.width == 1
    assert shape(tall) == pytest.approx(1280 / 720, rel=0.02)


def test_what_is_laid_is_changed_and_taken_away():
    now = made(AddOverlay(asset=CLIP))
    key = now.clips("overlay")[0].id
    other = made(ChangeOverlay(clips=(key,), position="top-left", size_by=0.5, opacity=0.6), start=now)
    (clip,) = other.clips("overlay")
    assert boxes.position_of(clip.source.place) == "top-left"
    assert clip.source.opacity == 0.6
    assert clip.source.place.width == pytest.approx(now.clips("overlay")[0].source.place.width / 2, rel=0.01)
    assert not made(RemoveOverlay(clips=(key,)), start=now).clips("overlay")
    assert not made(RemoveMedia(assets=(CLIP,)), start=now).clips("overlay")
    back = restore.restored(other, now, "overlays")
    assert [each.source for each in back.clips("overlay")] == [each.source for each in now.clips("overlay")]


def test_a_photo_may_lie_beside_a_clip():
    now = made(AddOverlay(asset=CLIP), AddOverlay(asset=PICTURE, position="bottom-left"))
    assert {clip.source.kind for clip in now.clips("overlay")} == {"inset", "picture"}
    left = made(RemoveMedia(assets=(CLIP,)), start=now)
    assert [clip.source.kind for clip in left.clips("overlay")] == ["picture"]


@given(st.integers(1, 4))
def test_a_clip_goes_on_where_it_is_when_the_video_begins_later(later):
    now = made(AddOverlay(asset=CLIP, where=part(0, 9)))
    cut = made(UsePart(start=later), start=now)
    (clip,) = cut.clips("overlay")
    assert clip.start == 0
    assert clip.source.at == Fraction(later)


def test_a_timeline_of_the_revision_before_is_read():
    raw = json.loads(timeline().to_json()) | {"revision": 2}
    assert Timeline.from_json(json.dumps(raw)) == timeline()
