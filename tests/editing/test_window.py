"""Laws of showing another part of the song: what is seen at a moment of the song is seen there still."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stands import ground
from timelines import timeline

from songreel.base.errors import EditRefused
from songreel.editing import apply, check
from songreel.model.brief import CutRule
from songreel.model.edit import AddText, CutEvery, FadePicture, FadeSong, Stretch, UseBestPart, UsePart, Where

BEATS = apply.apply(timeline(), (CutEvery(rule=CutRule(every=1, unit="beat")), FadeSong(out_s=1)), ground())


def made(*edits, start=BEATS):
    now = apply.apply(start, edits, ground())
    assert check.problems(now) == ()
    return now


def seen(now):
    """Return what is shown on each frame of the song."""
    first = round(now.song_start() * now.canvas.fps)
    return {first + frame: clip.name for clip in now.clips("base") for frame in range(clip.start, clip.end)}


@given(st.integers(0, 150), st.integers(10, 200))
def test_what_is_seen_at_a_moment_of_the_song_is_seen_there_still(tenths, lasts):
    start, seconds = f"{tenths}/10", f"{lasts}/10"
    now = made(UsePart(start=start, seconds=seconds)) if _changes(start, seconds) else BEATS
    before, after = seen(BEATS), seen(now)
    shared = sorted(before.keys() & after.keys())
    # A shot that is cut off too short at an end goes to its neighbor.
    inner = shared[11:-11]
    assert [before[frame] for frame in inner] == [after[frame] for frame in inner]


def _changes(start, seconds):
    return (start, seconds) != ("0/10", "100/10")


def test_the_end_moves_and_the_song_fades_where_it_is_cut():
    now = made(UsePart(start=0, seconds=8))
    assert (now.frames, now.song_start()) == (240, 0)
    assert now.clips("song")[0].fade.frames_out == 30 == now.clips("base")[-1].fade.frames_out
    assert now.clips("base")[:10] == BEATS.clips("base")[:10]


def test_the_beginning_moves_by_whole_frames_onto_the_beat():
    now = made(UsePart(start="203/100"))
    assert now.song_start() == 2
    assert [clip.start % 15 for clip in now.clips("base")] == [0] * len(now.clips("base"))


def test_all_of_the_song_is_shown_again():
    now = made(UsePart(start=2, seconds=5), UsePart(whole=True))
    assert (now.frames, now.song_start()) == (600, 0)
    assert now.clips("song")[0].fade.frames_out == 0
    titles = [(clip.name, clip.start, clip.end) for clip in now.clips("titles")]
    assert titles == [("Urban Dreams", 0, 90)]


def test_fades_that_a_person_set_stay():
    now = made(FadeSong(out_s=3), FadePicture(in_s=2, out_s=0), UsePart(start=1, seconds=9))
    assert now.clips("song")[0].fade.frames_out == 90
    assert (now.clips("base")[0].fade.frames_in, now.clips("base")[-1].fade.frames_out) == (60, 0)


def test_titles_stay_at_the_ends_of_the_video_and_lyrics_in_the_song():
    out_now = AddText(text="OUT NOW", where=Where(stretches=(Stretch(start=-2),)))
    now = made(out_now, UsePart(start=1, seconds=8))
    texts = {clip.name: (clip.start, clip.end) for role in ("titles", "lyrics") for clip in now.clips(role)}
    assert texts == {"Urban Dreams": (0, 90), "OUT NOW": (180, 240), "run": (30, 90)}
    assert (now.clips("visualizer")[0].start, now.clips("visualizer")[0].end) == (0, 240)


def test_the_best_part_is_the_loud_one():
    now = made(UseBestPart(seconds=8), start=made(UsePart(whole=True)))
    assert now.song_start() >= 8
    assert now.frames == 240


def test_what_is_not_in_the_song_is_refused():
    with pytest.raises(EditRefused, match=r"lasts 20\.0 s"):
        made(UsePart(start=25))
    with pytest.raises(EditRefused, match="1 s at least"):
        made(UsePart(start=3, seconds="1/10"))
    with pytest.raises(EditRefused, match="so already"):
        made(UsePart(start=0, seconds=10))
