"""Each fault in a file is caught by the finding that is there for it, and by no other."""

import films
import pytest
from films import PRESET, Film

from songreel.base.errors import BadMedia
from songreel.media import scan
from songreel.proof import report
from songreel.proof.wanted import Wanted

FRAMES = 150


@pytest.fixture(scope="module")
def sound():
    return films.music(FRAMES / 30)


def failures(proof):
    return {finding.name for finding in proof.findings if not finding.ok}


def proven(path, music, preset=PRESET, **faults):
    film = Film(**{"lumas": films.clips(FRAMES, [75]), "sound": music} | faults)
    return report.prove(film.write(path / "film.mp4"), Wanted(song_map=films.song_map(FRAMES / 30), preset=preset))


def test_a_film_as_the_preset_wants_it_passes(tmp_path, sound):
    proof = proven(tmp_path, sound)
    assert failures(proof) == set(), proof.line()
    names = {finding.name for finding in proof.findings}
    assert names >= {"index", "codec", "size", "rate", "pixels", "color", "GOP", "audio", "frames", "even frames"}


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        ({"colors": (5, 6, 5, 1)}, "color"),
        ({"colors": (9, 1, 9, 1)}, "color"),
        ({"colors": (2, 2, 2, 0)}, "color"),
        ({"movflags": ""}, "index"),
        ({"x264": "open-gop=1:keyint=25:min-keyint=25:scenecut=0"}, "GOP"),
        ({"options": {"bf": "5", "b_strategy": "2"}}, "GOP"),
        ({"profile": "main"}, "codec"),
        ({"sound": None}, "audio"),
        ({"lumas": films.clips(FRAMES - 1, [75])}, "frames"),
        ({"times": [n + 1 for n in range(FRAMES)]}, "even frames"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else value,
)
def test_a_fault_is_caught(tmp_path, sound, fault, finding):
    assert failures(proven(tmp_path, sound, **fault)) == {finding}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"width": 200}, "size"),
        ({"container": "mov"}, "container"),
        ({"audio": "none"}, "audio"),
        ({"audio": "opus"}, "audio"),
        ({"audio_kbps": 32}, "audio"),
        ({"longest_s": 3.0}, "duration"),
        ({"shortest_s": 8.0}, "duration"),
    ],
    ids=str,
)
def test_another_wish_is_not_fulfilled(tmp_path, sound, change, finding):
    assert finding in failures(proven(tmp_path, sound, preset=PRESET.evolve(**change)))


def test_another_rate_than_was_wanted_is_caught(tmp_path, sound):
    assert failures(proven(tmp_path, sound, preset=PRESET.evolve(fps=25))) == {"rate", "frames"}


def test_sound_at_another_rate_is_caught(tmp_path):
    assert failures(proven(tmp_path, films.music(5, rate=44_100), sound_rate=44_100)) == {"audio"}


def test_uneven_frames_are_caught(tmp_path, sound):
    times = [n + (n > 70) for n in range(FRAMES)]
    assert "even frames" in failures(proven(tmp_path, sound, times=times))


def test_a_file_cut_off_on_the_way_fails_or_is_refused(tmp_path, sound):
    whole = Film(films.clips(FRAMES, [75]), sound=sound).write(tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "most.mp4").write_bytes(whole[: len(whole) * 2 // 3])
    assert "decodes" in failures(report.prove(tmp_path / "most.mp4"))
    (tmp_path / "little.mp4").write_bytes(whole[:200])
    with pytest.raises(BadMedia):
        report.prove(tmp_path / "little.mp4")


def test_damaged_pictures_are_caught(tmp_path):
    path = Film(films.clips(FRAMES, [75])).write(tmp_path / "film.mp4")
    raw = bytearray(path.read_bytes())
    media = raw.index(b"mdat")
    middle = (media + len(raw)) // 2
    raw[middle : middle + 400] = bytes((7 * n) % 256 for n in range(400))
    path.write_bytes(raw)
    assert "decodes" in failures(report.prove(path))


def test_sound_alone_is_refused(tmp_path, sound):
    with pytest.raises(BadMedia, match="no pictures"):
        scan.facts(films.write_song(tmp_path / "song.wav", sound))
