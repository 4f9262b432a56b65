"""Cuts that are meant for half-beats are held against half-beats, and all others against beats as before."""

from fractions import Fraction
from itertools import pairwise

import films
import pytest
from films import Film

from songreel.base.time import frame_at
from songreel.model.timeline import Canvas, Clip, SceneSource, Timeline, Track
from songreel.proof import cutting, report
from songreel.proof.wanted import Wanted

FPS, SECONDS, BPM = Fraction(30), 6, 112
STEP = Fraction(30, BPM)
BEATS = [float(2 * STEP * n) for n in range(12)]


def planned(marks):
    """Return a timeline that cuts at these frames, each with what it is meant for."""
    frames = int(SECONDS * FPS)
    bounds = [0, *sorted(marks), frames]
    base = tuple(
        Clip(id=f"c{n}", name="x", start=at, end=end, source=SceneSource(scene="x"), mark=marks.get(at, "beat"))
        for n, (at, end) in enumerate(pairwise(bounds))
    )
    canvas = Canvas(width=films.WIDTH, height=films.HEIGHT, fps=FPS)
    tracks = (Track(id="v", role="base", clips=base),)
    return Timeline(canvas=canvas, frames=frames, seed=1, look="x", palette=("#000000",) * 5, tracks=tracks)


def findings(tmp_path, marks, shown=None):
    cuts = sorted(marks)
    video = Film(films.clips(int(SECONDS * FPS), shown or cuts)).write(tmp_path / "film.mp4")
    song = films.song_map(SECONDS, BEATS)
    found = report.prove(video, Wanted(song_map=song, cuts=cuts, timeline=planned(marks))).findings
    return {each.name: each for each in found if each.name.startswith("cuts on") or each.name == "planned cuts"}


def every_half(first=2, last=20):
    return {frame_at(STEP * n, FPS): "half" if n % 2 else "beat" for n in range(first, last)}


def test_cuts_on_every_half_beat_pass_and_are_told_apart(tmp_path):
    found = findings(tmp_path, every_half())
    assert all(each.ok for each in found.values()), found
    assert "9 cuts" in found["cuts on beats"].measured
    assert "9 cuts within" in found["cuts on half-beats"].note


@pytest.mark.parametrize("mark", ["beat", "half"])
def test_one_cut_sixty_milliseconds_off_its_mark_fails(tmp_path, mark):
    marks = {at: kind for at, kind in every_half().items() if kind == mark}
    at = sorted(marks)[4]
    off = {frame if frame != at else at + 2: kind for frame, kind in marks.items()}
    found = findings(tmp_path, off)
    assert not found[f"cuts on {mark}s" if mark == "beat" else "cuts on half-beats"].ok


def test_a_cut_on_a_beat_that_is_meant_for_a_half_beat_fails(tmp_path):
    marks = every_half() | {sorted(every_half())[4]: "half"}
    found = findings(tmp_path, marks)
    assert found["cuts on beats"].ok
    assert not found["cuts on half-beats"].ok


def test_cuts_that_are_meant_for_beats_and_lie_between_them_fail(tmp_path):
    between = {at: "beat" for at, kind in every_half().items() if kind == "half"}
    assert not findings(tmp_path, between)["cuts on beats"].ok


def test_a_half_beat_cut_that_is_shown_late_fails_on_both_counts(tmp_path):
    marks = every_half()
    at = sorted(marks)[5]
    assert marks[at] == "half"
    found = findings(tmp_path, marks, shown=[frame if frame != at else frame + 2 for frame in sorted(marks)])
    assert not found["planned cuts"].ok
    assert not found["cuts on half-beats"].ok


def test_where_there_is_no_half_beat_none_is_met():
    errors = cutting.half_errors([30, 60], FPS, (), song_start=Fraction(0))
    assert errors.share(20) == 0
    assert cutting.half_errors([], FPS, (), song_start=Fraction(0)).share(20) == 1
