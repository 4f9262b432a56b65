"""Black, frozen and torn stretches are caught; what moves a little, or is dark a little, is not one."""

import os

import films
import numpy as np
import pytest
from films import PRESET, Film

from songreel.model.timeline import Canvas, Clip, Fade, SceneSource, Timeline, Track
from songreel.proof import report
from songreel.proof.finding import Proof
from songreel.proof.wanted import Wanted

FRAMES = 150


def proven(path, lumas, **wanted):
    return report.prove(Film(lumas).write(path / "film.mp4"), Wanted(**wanted))


def with_stretch(start, end, luma):
    lumas = films.clips(FRAMES, [])
    lumas[start:end] = [luma] * (end - start)
    return lumas


BLACK = np.full((films.HEIGHT, films.WIDTH), 16, np.uint8)


@pytest.mark.parametrize(("start", "end"), [(0, 40), (60, 95), (110, FRAMES)])
def test_a_black_stretch_is_caught_with_its_time(tmp_path, start, end):
    finding = proven(tmp_path, with_stretch(start, end, BLACK)).finding("black")
    assert not finding.ok
    assert finding.measured == f"{start / 30:.2f}–{end / 30:.2f} s"


def fading(frames_out):
    clip = Clip(
        id="c", name="c", start=0, end=FRAMES, source=SceneSource(scene="any"), fade=Fade(frames_out=frames_out)
    )
    return Timeline(
        canvas=Canvas(width=films.WIDTH, height=films.HEIGHT, fps=30),
        frames=FRAMES,
        seed=1,
        look="any",
        palette=("#000000",) * 5,
        tracks=(Track(id="v", role="base", clips=(clip,)),),
    )


def test_black_is_as_it_should_be_where_the_picture_was_meant_to_fade(tmp_path):
    lumas = with_stretch(110, FRAMES, BLACK)
    assert proven(tmp_path, lumas, timeline=fading(60)).finding("black").ok
    assert not proven(tmp_path, lumas, timeline=fading(20)).finding("black").ok


@pytest.mark.parametrize(("start", "end"), [(0, 70), (40, 110), (85, FRAMES)])
def test_a_frozen_stretch_is_caught(tmp_path, start, end):
    proof = proven(tmp_path, with_stretch(start, end, films.picture(9, 5)))
    assert not proof.finding("frozen").ok
    assert proof.finding("black").ok


def test_short_black_and_short_stills_pass(tmp_path):
    assert proven(tmp_path, with_stretch(60, 85, BLACK)).passed
    assert proven(tmp_path, with_stretch(60, 115, films.picture(9, 5))).passed


def test_a_small_thing_that_moves_is_not_frozen(tmp_path):
    lumas = []
    for n in range(FRAMES):
        luma = films.picture(4, 0).copy()
        luma[80:100, 10 + n // 2 : 18 + n // 2] = 235
        lumas.append(luma)
    assert proven(tmp_path, lumas).finding("frozen").ok


def test_stars_on_black_are_not_black(tmp_path):
    lumas = []
    for n in range(FRAMES):
        luma = BLACK.copy()
        luma[n % 60 : n % 60 + 30 : 10, 20:180:20] = 235
        lumas.append(luma)
    assert proven(tmp_path, lumas).passed


def test_a_loop_with_a_seam_is_caught(tmp_path):
    loop = PRESET.evolve(loops=True, audio="none")
    there = films.clips(60, [])
    assert proven(tmp_path, there + there[::-1], preset=loop).finding("seam").ok
    assert not proven(tmp_path, films.clips(120, [60]), preset=loop).finding("seam").ok


def test_what_cannot_be_judged_is_said(tmp_path):
    proof = proven(tmp_path, films.clips(60, []))
    assert proof.passed
    assert {reason.split(":")[0] for reason in proof.not_judged} == {
        "conformance",
        "planned cuts",
        "cuts on beats",
        "sound",
    }


def test_a_song_without_beats_leaves_cuts_unjudged(tmp_path):
    proof = proven(tmp_path, films.clips(90, [40]), song_map=films.song_map(3))
    assert proof.passed
    assert "cuts on beats: the song has no steady beat" in proof.not_judged


def test_a_proof_survives_being_saved(tmp_path):
    proof = proven(tmp_path, with_stretch(60, 95, BLACK), preset=PRESET)
    assert report.Proof.from_json(proof.to_json()) == proof
    assert not proof.passed
    assert proof.line().startswith("Proof failed: ")
    assert "black 2.00–3.17 s" in proof.line()


def test_tall_and_odd_pictures_are_read(tmp_path):
    lumas = [np.ascontiguousarray(luma.T[:, :90]) for luma in films.clips(60, [30])]
    assert proven(tmp_path, lumas, cuts=[30]).passed


@pytest.mark.parametrize(("suffix", "codec"), [(".webm", "libvpx-vp9"), (".mkv", "libx264"), (".mov", "libx264")])
def test_other_containers_are_proven_too(tmp_path, suffix, codec):
    film = Film(
        films.clips(60, [30]), codec=codec, movflags="", options={"crf": "30", "b": "0"} if "vp9" in codec else {}
    )
    proof = report.prove(film.write(tmp_path / f"film{suffix}"), Wanted(cuts=[30]))
    assert proof.passed, proof.line()


@pytest.mark.parametrize(("name", "codec"), [("film.mp4", "libx264"), ("film.webm", "libvpx-vp9")])
@pytest.mark.parametrize("luma", [BLACK, films.picture(1, 0)])
def test_a_video_of_one_picture_is_judged(tmp_path, name, codec, luma):
    path = Film([luma], codec=codec).write(tmp_path / name)
    proof = report.prove(path, Wanted(song_map=films.song_map(1 / 30)))
    assert proof.passed
    assert proof.summary.startswith("1 frame,")


def test_a_video_whose_name_is_in_another_encoding_has_a_proof_that_can_be_kept(tmp_path):
    path = Film(films.clips(10, [])).write(tmp_path / "film.mp4")
    proof = report.prove(path.rename(tmp_path / os.fsdecode("é.mp4".encode("latin-1"))))
    assert Proof.from_json(proof.to_json().encode()) == proof
