"""The commands on a project: refused in one sentence where there is none."""

import pytest

from songreel.cli import shell


@pytest.mark.parametrize("command", [["edit", "nowhere", "darker"], ["talk", "nowhere"], ["history", "nowhere"]])
def test_what_is_no_project_is_refused_in_one_sentence(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert shell.run(command) == 2
    assert capsys.readouterr().err == "there is no project in nowhere. Give the folder that holds project.json.\n"
    assert list(tmp_path.iterdir()) == []


def test_several_videos_need_a_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert shell.run(["make", "one.mp3", "two.mp3", "neon", "-o", "all.mp4"]) == 2
    assert "Give -o a folder." in capsys.readouterr().err
