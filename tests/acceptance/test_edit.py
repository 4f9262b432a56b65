"""A video changed by words, from the command line, through real processes."""

import json
import re
import shutil

SMALL = ("--size", "160x90")


def said(result, code=0):
    assert result.returncode == code, result.stdout + result.stderr
    return result.stdout


def chunks(home):
    return {path.name for path in (home / "cache").rglob("*.mkv")}


def test_a_project_is_made_edited_talked_to_and_exported(songreel, song, tmp_path):
    said(songreel("make", song, "neon city, title 'Half Light'", "--project", "p", "-o", "first.mp4", *SMALL))
    shutil.copy(tmp_path / "first.mp4", tmp_path / "kept.mp4")
    drawn = chunks(tmp_path)
    told = said(songreel("edit", "p", 'change the title to "Slow Burn"'))
    assert "Slow Burn" in told.splitlines()[0]
    assert re.search(r'^Timeline \(\d tracks\): 1\. Video: .* 3\. Title: "Slow Burn"', told.splitlines()[1])
    exported = said(songreel("export", "p", "-o", "second.mp4", "--workers", "1"))
    assert "Proof" in exported
    # Another title draws again only the chunks that it is on.
    assert drawn < chunks(tmp_path)
    assert len(chunks(tmp_path) - drawn) < len(drawn)
    listed = json.loads(said(songreel("history", "p", "--json")))
    assert listed["current"] == 2
    assert [each["version"] for each in listed["versions"]] == [1, 2]
    talked = songreel.start("talk", "p", stdin=-1)
    out, _ = talked.communicate("undo\nmake it vertical\n")
    assert talked.returncode == 0
    assert "version 1" in out
    assert "9:16" in out
    assert "→    3  make it vertical" in said(songreel("history", "p"))
    said(songreel("export", "p", "-o", "again.mp4", "--version", "1", "--workers", "1"))
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "kept.mp4").read_bytes()


def test_several_songs_become_a_video_and_a_project_each_whatever_fails(songreel, song, tmp_path):
    for name in ("one.wav", "two words.wav"):
        shutil.copy(song, tmp_path / name)
    (tmp_path / "broken.mp3").write_bytes(b"no song")
    result = songreel("make", "one.wav", "broken.mp3", "two words.wav", "neon", "-o", "videos", "--size", "64x36")
    assert "2 of 3 videos" in said(result, code=1)
    assert "broken.mp3" in result.stderr
    assert sorted(path.name for path in (tmp_path / "videos").iterdir()) == [
        "one", "one.mp4", "two words", "two words.mp4",
    ]  # fmt: skip
    assert "neon" in said(songreel("history", tmp_path / "videos" / "two words"))
