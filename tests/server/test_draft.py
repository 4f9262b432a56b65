"""Drafts: a timeline comes back from its draft as it was, and what a client changes or writes is shown or refused."""

from __future__ import annotations

import contextlib
import copy
import json
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.director.edit_strategies import CHANGES
from tests.director.songs import clip, looked_at, photo, song_map, stock

from songreel.base.errors import BadRequest, EditRefused
from songreel.director import look as looks
from songreel.director import plan
from songreel.director.crew import FilmCrew
from songreel.director.stock import Stock
from songreel.editing import apply, boxes
from songreel.editing.ground import Ground
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS
from songreel.model.timeline import Canvas, Timeline
from songreel.server import draft
from songreel.server.draft import units
from songreel.visuals import catalog

RATES = [
    Fraction(24),
    Fraction(25),
    Fraction(30),
    Fraction(60),
    Fraction(30000, 1001),
    Fraction(24000, 1001),
    Fraction(100, 7),
]
BROUGHT = (photo(1), photo(2), photo(3, 900, 1600), clip(1, 20))


@cache
def world(rate: Fraction) -> tuple[Timeline, Stock, Ground]:
    kept = stock(*BROUGHT, materials=(looked_at(BROUGHT[3], [(0, 9, 0.8)]),), cover=True)
    kept = replace(
        kept, scenes=catalog.scenes(), effects=tuple(catalog.effects()), transitions=tuple(catalog.transitions())
    )
    song, brief = song_map(), Brief(seed=3, title="GOLD", visualizer="bars")
    stands = Ground(
        song_map=song,
        crew=FilmCrew(song, brief, kept),
        assets=files(kept),
        scenes=tuple(catalog.scenes()),
        looks=tuple(looks.looks()),
    )
    canvas = Canvas(width=1920, height=1080, fps=rate)
    return plan.make(song, brief, kept, canvas, PRESETS["youtube"]).timeline, kept, stands


def files(kept: Stock):
    return {kept.song.id: kept.song, **kept.assets}


def sent(timeline: Timeline):
    """Return the draft of a timeline as a client gets it."""
    return json.loads(json.dumps(draft.of(timeline)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(RATES), st.lists(CHANGES, max_size=8))
def test_a_round_trip_loses_nothing(rate, edits):
    timeline, kept, stands = world(rate)
    for edit in edits:
        try:
            timeline = apply.apply(timeline, (edit,), stands)
        except EditRefused:
            continue
    read = draft.read(sent(timeline), files(kept))
    assert read.timeline == timeline
    assert read.unknown == {}


@given(st.integers(0, 10**7), st.sampled_from(RATES))
def test_a_frame_comes_back_from_its_milliseconds(frame, rate):
    assert units.frame(units.ms(frame, rate), rate) == frame


def test_what_a_client_keeps_for_itself_survives():
    timeline, kept, _ = world(RATES[2])
    mine = sent(timeline)
    mine["m"]["studio"] = {"zoom": 3}
    mine["t"][0]["m"]["locked"] = True
    mine["t"][0]["sg"][1]["m"]["note"] = "redo this"
    read = draft.read(mine, files(kept))
    assert read.timeline == timeline
    again = draft.of(read.timeline, read.unknown)
    assert json.loads(json.dumps(again)) == mine


def test_a_changed_draft_shows_what_it_says():
    timeline, kept, _ = world(RATES[2])
    mine = sent(timeline)
    words = next(track for track in mine["t"] if track["tt"] == 7)
    words["sg"][0]["m"]["text"] = "Silver"
    words["sg"][0]["d"] = 2000
    song = next(track for track in mine["t"] if track["tt"] == 1)
    song["sg"][0]["m"]["in"] = song["sg"][0]["m"]["in"] + 1500
    changed = draft.read(mine, files(kept)).timeline
    assert changed.clips("titles")[0].source.text == "Silver"
    assert len(changed.clips("titles")[0].span) == 60
    assert changed.song_start() == timeline.song_start() + Fraction(3, 2)


def written(**over):
    """A draft as the protocol's own page shows it, and nothing more."""
    song = stock().song.id
    return {
        "d": 10000,
        "m": {"title": "project", "width": 1920, "height": 1080, "fps": 30},
        "t": [
            {"tt": 0, "m": {"id": "v1"}, "sg": [{"s": 0, "d": 10000, "m": {"src": "scene:neon-grid"}}]},
            {"tt": 1, "sg": [{"s": 0, "d": 10000, "m": {"name": "Lo-fi", "src": f"asset:{song}", "volume": 0.35}}]},
            {"tt": 7, "sg": [{"s": 0, "d": 3000, "m": {"text": "Urban Dreams", "position": "center"}}]},
        ],
    } | over


def test_a_draft_that_a_client_wrote_by_itself_becomes_a_video():
    read = draft.read(written(), files(stock())).timeline
    assert (read.frames, read.canvas.width, len(read.tracks)) == (300, 1920, 3)
    assert read.clips("titles")[0].source.text == "Urban Dreams"
    assert read.clips("song")[0].source.volume == 0.35
    assert draft.read(sent(read), files(stock())).timeline == read


def test_footage_on_a_track_above_the_base_lies_over_it():
    brought = clip(1, 20)
    mine = written()
    shown = {"src": f"asset:{brought.id}", "in": 2500, "speed": 0.5}
    mine["t"].insert(1, {"tt": 0, "sg": [{"s": 1000, "d": 4000, "m": shown}]})
    read = draft.read(mine, files(stock(brought))).timeline
    (laid,) = read.clips("overlay")
    assert (laid.start, laid.end) == (30, 150)
    assert (laid.source.at, laid.source.speed) == (Fraction(5, 2), 0.5)
    assert boxes.position_of(laid.source.place) == "top-right"
    assert draft.read(sent(read), files(stock(brought))).timeline == read


def broken(path, value):
    """Return a draft with one thing in it replaced; None takes it away."""
    mine = copy.deepcopy(written())
    at = mine
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return mine


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["d"], 12000, "nothing is shown from frame 300 to 360"),
        (["d"], 1e30, "draft.d"),
        (["d"], float("nan"), "draft.d"),
        (["m", "fps"], 0, "frames a second"),
        (["m", "width"], 1921, "draft.m.width"),
        (["m"], [1], "draft.m"),
        (["t"], [], "no tracks"),
        (["t"], {}, "no tracks"),
        (["t", 0, "tt"], 5, "type 0 (video)"),
        (["t", 0, "m", "role"], "titles", "cannot be 'titles'"),
        (["t", 0, "sg", 0, "d"], -4, "lasts -4 ms"),
        (["t", 0, "sg", 0, "d"], "long", "no number"),
        (["t", 0, "sg", 0, "m", "src"], "scene:neon-gird", "Nearest: neon-grid"),
        (["t", 0, "sg", 0, "m", "src"], "file:///etc/passwd", "it says 'file"),
        (["t", 0, "sg", 0, "m", "src"], "asset:" + "9" * 32, "no file"),
        (["t", 0, "sg", 0, "m", "transition"], {"name": "warp"}, "no transition"),
        (["t", 0, "sg", 0, "m", "fx"], [{"name": "shake", "amount": 9}], "amount"),
        (["t", 1, "sg", 0, "m", "volume"], 7, "volume"),
        (["t", 1, "sg"], [], "there is no song"),
        (["t", 2, "sg", 0, "m", "position"], "middle", "position"),
        (["t", 2, "sg", 0, "m", "text"], None, "text"),
        (["t", 2, "sg", 0, "m", "design"], "comic", "no text design"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_place(path, value, said):
    with pytest.raises(BadRequest, match=said.replace("(", r"\(").replace(")", r"\)")):
        draft.read(broken(path, value), files(stock()))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["d", "m", "t", "tt", "sg", "s", "src"]), inner)
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_read_or_refused(anything):
    with pytest.raises(BadRequest):
        draft.read(anything, {})


@given(JSON, st.sampled_from([["m"], ["t"], ["t", 0], ["t", 0, "sg", 0], ["t", 2, "sg", 0, "m"], ["d"]]))
def test_any_part_may_be_senseless(anything, path):
    with contextlib.suppress(BadRequest):
        draft.read(broken(path, {} if anything is None else anything), files(stock()))
