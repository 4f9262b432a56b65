"""Which picture a frame shows: the same answer always, transitions over the incoming clip's first frames, loops."""

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
import world
from hypothesis import given
from hypothesis import strategies as st

from songreel.model.timeline import Effect, Fade, Framing, PhotoSource, Transition
from songreel.render.evaluate import evaluate
from songreel.render.frame_plan import Blend, FramePlan, Layer, PhotoDraw
from songreel.render.prepare import prepare

GOLDEN = Path(__file__).parent / "golden" / "plans.json"
FRAMES = 90


@pytest.fixture(scope="module")
def prepared(assets, tmp_path_factory):
    return world.prepared(_timeline(), assets, tmp_path_factory.mktemp("prepared"))


def _timeline():
    photo = PhotoSource(asset=world.PHOTO, begin=Framing(zoom=1), finish=Framing(x=0.7, zoom=1.5))
    tall = PhotoSource(asset=world.TALL, fit="blurred", finish=Framing(y=0.2, zoom=1.2))
    base = [
        world.clip("a", 0, 30, world.scene()),
        world.clip("b", 30, 60, photo, transition=Transition(name="dissolve", frames=8), fade=Fade(frames_out=4)),
        world.clip("c", 60, FRAMES, tall, effects=(Effect(name="blur"), Effect(name="grain", amount=0.3))),
    ]
    return world.timeline(base, titles=[world.title("Golden", 5, 40)], visualizer=[world.bars(20, 70)])


def test_plans_are_as_accepted(prepared):
    shown = {frame: _portable(json.loads(evaluate(prepared, frame).to_json())) for frame in (0, 6, 33, 59, 75)}
    text = json.dumps(shown, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("SONGREEL_ACCEPT"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def _portable(plan):
    """Return a plan without what depends on a machine's fonts, and without the names of prepared files."""
    if isinstance(plan, list):
        return [_portable(entry) for entry in plan]
    if not isinstance(plan, dict):
        return plan
    place = {"x": 0, "y": 0} if plan.get("kind") == "SpriteDraw" else {}
    named = {key: key for key in ("still", "sprite") if key in plan}
    return {key: _portable(entry) for key, entry in plan.items()} | place | named


@given(frame=st.integers(0, FRAMES - 1))
def test_a_frame_always_gives_the_same_plan(prepared, frame):
    plan = evaluate(prepared, frame)
    assert plan == evaluate(prepared, frame)
    assert repr(plan) == repr(evaluate(prepared, frame))
    assert plan.frame == frame
    assert json.loads(plan.to_json())["kind"] == "FramePlan"
    assert 0 <= plan.darkness <= 1


def test_a_cut_shows_the_new_clip_on_its_first_frame(prepared):
    assert _starts(evaluate(prepared, 59)) == (30,)
    assert _starts(evaluate(prepared, 60)) == (60,)


def test_a_transition_runs_over_the_first_frames_of_the_clip_that_comes_in(prepared):
    assert _starts(evaluate(prepared, 29)) == (0,)
    shares = [evaluate(prepared, frame).base.progress for frame in range(30, 38)]
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] < 1
    assert isinstance(evaluate(prepared, 38).base, Layer)
    assert _starts(evaluate(prepared, 38)) == (30,)


def test_the_clip_beneath_a_transition_goes_on(prepared):
    times = [evaluate(prepared, frame).base for frame in range(30, 38)]
    assert all(isinstance(base, Blend) for base in times)
    assert [base.outgoing.time for base in times] == pytest.approx([frame / 10 for frame in range(30, 38)])


def test_a_photo_moves_from_its_first_framing_to_its_last(prepared):
    first, last = evaluate(prepared, 30).base.incoming.source, evaluate(prepared, 59).base.source
    assert isinstance(first, PhotoDraw)
    assert (first.framing.x, first.framing.zoom) == (0.5, 1)
    assert (last.framing.x, last.framing.zoom) == pytest.approx((0.7, 1.5))
    zooms = [evaluate(prepared, frame).base.source.framing.zoom for frame in range(38, 60)]
    assert zooms == sorted(zooms)


def test_a_fade_darkens_the_last_frames_of_its_clip_alone(prepared):
    dark = [frame for frame in range(FRAMES) if evaluate(prepared, frame).darkness > 0]
    assert dark == [56, 57, 58, 59]


def test_the_video_comes_from_black_and_goes_to_it_over_more_shots_than_one(assets, tmp_path):
    spans = [(0, 20, 30, 0), (20, 40, 0, 0), (40, 60, 0, 30)]
    base = [
        world.clip(f"s{start}", start, end, world.scene(), fade=Fade(frames_in=begin, frames_out=finish))
        for start, end, begin, finish in spans
    ]
    shown = world.prepared(world.timeline(base), assets, tmp_path)
    dark = [evaluate(shown, frame).darkness for frame in range(60)]
    assert all(before > after for before, after in pairwise(dark[:30]))
    assert dark == pytest.approx(dark[::-1])


def test_what_lies_over_is_shown_in_its_own_span(prepared):
    shown = [evaluate(prepared, frame) for frame in range(FRAMES)]
    assert [plan.frame for plan in shown if plan.visualizers] == list(range(20, 70))
    assert {plan.frame for plan in shown if plan.sprites} <= set(range(5, 40))
    assert all(plan.sprites for plan in shown[12:34])


def test_a_photos_blur_is_part_of_its_still(prepared):
    layer = evaluate(prepared, 75).base
    assert [effect.name for effect in layer.effects] == ["grain"]


def test_a_loop_ends_where_it_begins(assets, tmp_path):
    timeline = world.timeline([world.clip("a", 0, 40, world.scene())])
    loop = world.prepared(timeline, assets, tmp_path, loops=True)
    assert loop.lead == 5
    assert evaluate(loop, 34).returns is None
    shares = [evaluate(loop, frame).returns.amount for frame in range(35, 40)]
    assert shares == pytest.approx([step / 6 for step in range(1, 6)])
    # The picture before the first one is what the last frames go to: its time is one step before frame 0's.
    closing = evaluate(loop, 39).returns.plan
    assert closing.base.time == pytest.approx(evaluate(loop, 0).base.time - 0.1)


def _starts(plan: FramePlan) -> tuple[int, ...]:
    return tuple(layer.start for layer in plan.layers())


def test_preparing_again_finds_everything_in_the_cache(assets, tmp_path):
    cache = world.Cache(tmp_path / "cache", 1 << 30)
    first = prepare(_timeline(), assets, world.song_map(), cache=cache)
    before = {path: path.stat().st_ino for path in cache.root.rglob("*") if path.is_file()}
    assert prepare(_timeline(), assets, world.song_map(), cache=cache) == first
    assert {path: path.stat().st_ino for path in cache.root.rglob("*") if path.is_file()} == before


def test_words_are_read_while_a_picture_comes_from_black_and_go_with_it(assets, tmp_path):
    base = [world.clip("a", 0, 60, world.scene(), fade=Fade(frames_in=40, frames_out=12))]
    ready = world.prepared(world.timeline(base, titles=[world.title("Early", 2, 58)]), assets, tmp_path)
    early, late = evaluate(ready, 14), evaluate(ready, 53)
    assert early.darkness > 0.5
    assert early.sprites[0].opacity == 1
    assert late.darkness > 0.4
    assert late.sprites[0].opacity < 0.6
