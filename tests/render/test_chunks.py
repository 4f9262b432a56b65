"""Chunks cover every frame once, and their names change with what they show and with nothing else."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import world
from hypothesis import given
from hypothesis import strategies as st

from songreel.media import encode
from songreel.model.preset import Encoding
from songreel.model.timeline import Framing, PhotoSource, Transition
from songreel.render import chunks

RATES = [Fraction(24), Fraction(25), Fraction(30), Fraction(60), Fraction(24000, 1001), Fraction(30000, 1001)]


@given(frames=st.integers(1, 20000), fps=st.sampled_from(RATES))
def test_chunks_partition_the_frames(frames, fps):
    spans = chunks.spans(frames, fps)
    assert [frame for span in spans for frame in range(span.start, span.end)] == list(range(frames))
    assert len({len(span) for span in spans[:-1]}) <= 1
    assert all(len(span) for span in spans)


def _base():
    photo = PhotoSource(asset=world.PHOTO, finish=Framing(zoom=1.2))
    return [
        world.clip("a", 0, 100, world.scene()),
        world.clip("b", 100, 200, photo, transition=Transition(name="dissolve", frames=10)),
    ]


@pytest.fixture
def names(assets, cache):
    """Return what names the chunks of a timeline; 40 frames each."""

    def of(timeline, *, song_map=None, encoding=world.ENCODING):
        prepared = world.prepared(timeline, assets, cache.root, song_map=song_map)
        namer = chunks.Namer(prepared, encoding)
        return [namer.name(span) for span in chunks.spans(timeline.frames, timeline.canvas.fps)]

    return of


def _changed(before, after):
    return [index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]


def test_the_same_timeline_gives_the_same_names(names):
    timeline = world.timeline(_base(), titles=[world.title()], visualizer=[world.bars(50, 60)])
    first = names(timeline)
    assert first == names(type(timeline).from_json(timeline.to_json()))
    assert len(set(first)) == len(first) == 5


def test_a_new_title_changes_the_chunks_that_show_it_alone(names):
    old = world.timeline(_base(), titles=[world.title("Old", 30, 70)])
    assert _changed(names(old), names(world.timeline(_base(), titles=[world.title("New", 30, 70)]))) == [0, 1]


def test_a_song_that_sounds_different_changes_what_hears_it_alone(names):
    timeline = world.timeline(_base())
    assert _changed(names(timeline), names(timeline, song_map=world.song_map(bpm=90))) == [0, 1, 2]


def test_a_visualizer_hears_the_song(names):
    timeline = world.timeline(_base(), visualizer=[world.bars(150, 155)])
    assert _changed(names(timeline), names(timeline, song_map=world.song_map(bpm=90))) == [0, 1, 2, 3]


def test_another_encoding_or_canvas_changes_all(names):
    first = names(world.timeline(_base()))
    assert _changed(first, names(world.timeline(_base()), encoding=Encoding(quality=20))) == [0, 1, 2, 3, 4]
    assert _changed(first, names(world.timeline(_base(), width=320, height=180))) == [0, 1, 2, 3, 4]


def test_a_chunk_is_not_found_by_a_program_that_encodes_in_another_way(names, monkeypatch):
    first = names(world.timeline(_base()))
    options = encode._options(world.ENCODING)
    monkeypatch.setattr(encode, "_options", lambda _: options | {"bluray-compat": "1"})
    assert _changed(first, names(world.timeline(_base()))) == [0, 1, 2, 3, 4]


def test_a_palette_changes_what_is_drawn_with_it_alone(names):
    timeline = world.timeline(_base())
    other = timeline.evolve(palette=(*world.PALETTE[:4], "#ffffff"))
    assert _changed(names(timeline), names(other)) == [0, 1, 2]


def _tinted(timeline, **palettes):
    tracks = tuple(
        track.evolve(clips=tuple(each.evolve(palette=palettes.get(each.id)) for each in track.clips))
        if track.role == "base"
        else track
        for track in timeline.tracks
    )
    return timeline.evolve(tracks=tracks)


def test_a_palette_of_a_shot_changes_what_is_drawn_with_it_alone(names):
    other = (*world.PALETTE[:4], "#ffffff")
    timeline = world.timeline([world.clip(name, at, at + 80, world.scene()) for name, at in (("a", 0), ("b", 80))])
    first = names(timeline)
    assert _changed(first, names(_tinted(timeline, b=other))) == [2, 3]
    assert _changed(first, names(_tinted(timeline, a=other, b=other))) == [0, 1, 2, 3]
    assert _changed(names(_tinted(timeline, a=other)), names(_tinted(timeline, b=other))) == [0, 1, 2, 3]
    parted = _tinted(timeline, b=other)
    whole = parted.evolve(palette=(*world.PALETTE[:4], "#123456"))
    assert _changed(names(parted), names(whole)) == [0, 1]
    photos = world.timeline(_base())
    assert names(photos) == names(_tinted(photos, b=other))


def test_two_shots_of_one_chunk_that_exchange_palettes_are_drawn_anew(names):
    other = (*world.PALETTE[:4], "#ffffff")
    shots = [world.clip("a", 0, 20, world.scene()), world.clip("b", 20, 40, world.scene())]
    timeline = world.timeline(shots)
    assert names(_tinted(timeline, a=other)) != names(_tinted(timeline, b=other))


def test_the_name_of_a_chunk_with_feedback_holds_what_came_before(names):
    remembering = world.timeline([world.clip("a", 0, 120, world.scene(f"asset:{world.FEEDBACK}"))])
    plain = world.timeline([world.clip("a", 0, 120, world.scene())])
    song_map = world.song_map()
    kick = song_map.hits["kick"].values().copy()
    kick[50] = 0.5
    changed = song_map.evolve(hits=song_map.hits | {"kick": type(song_map.level).of(kick, 100)})
    assert _changed(names(remembering), names(remembering, song_map=changed)) == [0, 1, 2]
    assert _changed(names(plain), names(plain, song_map=changed)) == [0]


@pytest.mark.parametrize(("design", "changes"), [("bars", [0]), ("terrain", [0, 1])])
def test_a_visualizer_that_remembers_is_named_by_what_it_remembers(assets, tmp_path, design, changes):
    shown = world.bars(0, 120).evolve(source=world.bars(0, 120).source.evolve(design=design))
    prepared = world.prepared(world.timeline(_base(), visualizer=[shown]), assets, tmp_path)
    louder = np.load(prepared.sound.rows).copy()
    louder[30] = 255
    np.save(tmp_path / "louder.npy", louder)
    other = replace(prepared, sound=replace(prepared.sound, rows=tmp_path / "louder.npy"))
    spans = chunks.spans(200, Fraction(10))
    before, after = ([chunks.Namer(each, world.ENCODING).name(span) for span in spans] for each in (prepared, other))
    assert _changed(before, after) == changes
