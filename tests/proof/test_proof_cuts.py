"""Cuts are found on decoded pictures to the frame, and held against plan and beats to the millisecond."""

from fractions import Fraction

import films
import numpy as np
import pytest
from films import Film

from songreel.base.time import frame_at
from songreel.proof import cutting, report
from songreel.proof.measure import measure
from songreel.proof.wanted import Wanted

RATES = [Fraction(24), Fraction(30), Fraction(60), Fraction(30000, 1001)]
SECONDS = 6


def film(path, cuts, fps=Fraction(30), frames=None):
    return Film(films.clips(frames or int(SECONDS * fps), cuts), fps=fps).write(path)


@pytest.mark.parametrize("fps", RATES, ids=str)
def test_cuts_are_found_at_their_frames(tmp_path, fps):
    _, cuts = films.on_beats(fps, SECONDS, every=1)
    measured = measure(film(tmp_path / "film.mp4", cuts, fps))
    assert measured.facts.video.fps == fps
    assert list(cutting.detect(measured.changes, fps)) == cuts


@pytest.mark.parametrize("fps", RATES, ids=str)
def test_cuts_on_beats_pass(tmp_path, fps):
    beats, cuts = films.on_beats(fps, SECONDS)
    video = film(tmp_path / "film.mp4", cuts, fps)
    proof = report.prove(video, Wanted(song_map=films.song_map(Fraction(int(SECONDS * fps)) / fps, beats), cuts=cuts))
    assert proof.passed, proof.line()
    assert f"{len(cuts)} cuts within" in proof.line()


@pytest.mark.parametrize("fps", RATES, ids=str)
@pytest.mark.parametrize("late", [1, -1])
def test_one_cut_one_frame_off_is_caught(tmp_path, fps, late):
    _, planned = films.on_beats(fps, SECONDS)
    shown = [*planned[:2], planned[2] + late, *planned[3:]]
    finding = report.prove(film(tmp_path / "film.mp4", shown, fps), Wanted(cuts=planned)).finding("planned cuts")
    assert not finding.ok
    assert f"{planned[2]} at {planned[2] + late}" in finding.measured


@pytest.mark.parametrize("fps", RATES, ids=str)
def test_cuts_planned_two_frames_off_the_beat_are_caught(tmp_path, fps):
    beats, cuts = films.on_beats(fps, SECONDS)
    late = [cut + 2 for cut in cuts]
    video = film(tmp_path / "film.mp4", late, fps)
    finding = report.prove(video, Wanted(song_map=films.song_map(SECONDS, beats), cuts=late)).finding("cuts on beats")
    assert not finding.ok


def test_cuts_that_are_not_there_are_caught(tmp_path):
    finding = report.prove(film(tmp_path / "film.mp4", []), Wanted(cuts=[40, 80, 120])).finding("planned cuts")
    assert not finding.ok


def test_a_flash_is_no_cut_and_neither_is_motion(tmp_path):
    lumas = films.clips(150, [90])
    lumas[40] = np.full_like(lumas[40], 235)
    measured = measure(Film(lumas).write(tmp_path / "film.mp4"))
    assert cutting.detect(measured.changes, Fraction(30)) == (90,)


def test_a_cut_is_seen_through_a_flash_that_eases_out(tmp_path):
    lumas = films.clips(150, [60, 90, 120])
    for cut in (60, 90, 120):
        for n in range(6):
            light = 0.7 * (1 - n / 6)
            lumas[cut + n] = (lumas[cut + n] * (1 - light) + 235 * light).astype(np.uint8)
    finding = report.prove(Film(lumas).write(tmp_path / "film.mp4"), Wanted(cuts=[60, 90, 120])).finding("planned cuts")
    assert finding.ok, finding.measured


@pytest.mark.parametrize("fps", RATES, ids=str)
@pytest.mark.parametrize("start", [Fraction(0), Fraction(600), Fraction(12345, 1000)])
def test_the_frame_nearest_to_a_beat_is_within_half_a_frame(fps, start):
    beats = [0.25 + n * 60 / 137 for n in range(2000)]
    frames = [frame_at(Fraction(beat) - start, fps) for beat in beats if beat > start]
    errors = cutting.beat_errors(frames, fps, beats, song_start=start)
    assert errors.worst <= float(500 / fps) + 1e-6
    assert errors.between == 0
    late = cutting.beat_errors([frame + 1 for frame in frames], fps, beats, song_start=start)
    assert late.worst > 500 / fps + 1


def test_cuts_between_beats_are_counted_apart():
    errors = cutting.beat_errors([15, 30, 37], Fraction(30), (0.0, 0.5, 1.0, 1.5), song_start=Fraction(0))
    assert (len(errors.ms), errors.between) == (2, 1)
