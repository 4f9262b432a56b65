"""A person corrects what was heard: at once, in other programs' files, and for as long as a project lives."""

import json

import pytest
from tests.acceptance.test_bad_input import leftovers, refused

SMALL = ("--size", "64x36", "--fps", "24", "--workers", "1")
KEYS = {"duration", "bpm", "meter", "beats", "downbeats", "sections", "events", "key", "confidence", "windows"}


def heard(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def cuts(folder, version):
    timeline = json.loads((folder / "timelines" / f"{version:04}.json").read_text())
    base = next(track for track in timeline["tracks"] if track["role"] == "base")
    return [clip["start"] for clip in base["clips"]]


def test_what_is_said_overrules_what_is_heard_and_goes_into_every_view(songreel, song, tmp_path):
    views = ("--plot", "song.png", "--click", "click.wav", "--audacity", "labels.txt", "--midi", "song.mid")
    told = heard(songreel("analyze", song, "--bpm", "100", "--first-beat", "0.5", "--meter", "3", "--json", *views))
    assert set(told) >= KEYS
    assert (told["bpm"], told["meter"], told["beats"][0]) == (100, 3, 0.5)
    assert set(told["windows"]) == {"15", "30", "60"}
    labels = (tmp_path / "labels.txt").read_text().splitlines()
    assert len(labels) == len(told["beats"]) + len(told["sections"])
    assert all((tmp_path / name).stat().st_size > 100 for name in views[1::2])
    (tmp_path / "song.beats").write_text("".join(f"{n * 0.75}\t{n % 3 + 1}\n" for n in range(8)))
    told = heard(songreel("analyze", song, "--beats", "song.beats", "--json"))
    assert told["beats"] == [n * 0.75 for n in range(8)]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--bpm", "3"), "BPM"),
        (("--meter", "40"), "bar of 40"),
        (("--half-time", "--double-time"), "contradict"),
        (("--half-time", "--bpm", "90"), "contradict"),
        (("--first-beat", "500"), "after the song's end"),
        (("--beats", "gone.beats"), "gone.beats"),
    ],
)
def test_corrections_that_make_no_sense_are_refused(songreel, song, arguments, word):
    refused(songreel("analyze", song, *arguments), word)


def test_a_video_by_corrections_that_make_no_sense_is_refused(songreel, song, tmp_path):
    refused(songreel("make", song, "calm", *SMALL, "--half-time", "--double-time"), "contradict")
    refused(songreel("make", song, "calm", *SMALL, "--first-beat", "500"), "after the song's end")
    assert leftovers(tmp_path) == []


def test_a_view_that_cannot_be_written_is_refused(songreel, song):
    refused(songreel("analyze", song, "--plot", "song.gif"), ".png")
    refused(songreel("analyze", song, "--midi", "gone/song.mid"), "gone")


def test_a_project_keeps_the_correction(songreel, song, tmp_path):
    assert songreel("make", song, "calm", *SMALL, "--half-time", "--project", "kept").returncode in (0, 1)
    first = json.loads((tmp_path / "kept" / "project.json").read_text())
    (correction,) = (each["correction"] for each in first["songs"].values())
    assert correction["pulse"] == "half-time"
    assert songreel("make", "--project", "kept", "title 'Half'", *SMALL).returncode in (0, 1)
    second = json.loads((tmp_path / "kept" / "project.json").read_text())
    assert (second["version"], second["songs"]) == (2, first["songs"])
    assert cuts(tmp_path / "kept", 2) == cuts(tmp_path / "kept", 1)
    as_heard = json.loads((tmp_path / "kept" / "heard" / f"{first['song']}.json").read_text())["bpm"]
    assert heard(songreel("analyze", song, "--half-time", "--json"))["bpm"] == as_heard / 2
