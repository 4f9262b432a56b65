"""A scene of one's own, from the first file to ten seconds with a song."""

import av


def test_a_scene_begins_as_one_that_runs_and_moves_with_the_song(songreel, tmp_path, song):
    made = songreel("scenes", "new", "my-hills")
    assert made.returncode == 0, made.stderr
    assert songreel("scenes", "check", ".").returncode == 0
    shown = songreel("scenes", "show", "my-hills.fs", "--song", song, "-o", "hills.mp4")
    assert shown.returncode == 0, shown.stderr
    with av.open(str(tmp_path / "hills.mp4")) as container:
        stream = container.streams.video[0]
        seconds = float(stream.duration * stream.time_base)
        pictures = [frame.to_ndarray(format="gray").mean() for frame in container.decode(stream)]
    assert 8 <= seconds <= 10.1
    assert max(pictures) - min(pictures) > 1


def test_what_cannot_be_begun_or_shown_is_said(songreel, tmp_path, song):
    (tmp_path / "there.fs").write_text("mine")
    for arguments, complaint in (
        (("new", "there"), "is there already"),
        (("new", "../outside"), "not a scene's name"),
        (("new", "name", "--folder", "gone"), "gone"),
        (("show", "there.fs", "--song", song), "there.fs"),
        (("show", "gone.fs", "--song", song), "gone.fs"),
    ):
        result = songreel("scenes", *arguments)
        assert result.returncode == 2
        assert complaint in result.stderr
        assert "Traceback" not in result.stderr
    assert (tmp_path / "there.fs").read_text() == "mine"
    assert not (tmp_path / "there.mp4").exists()
