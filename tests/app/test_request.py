"""What is asked for is understood or refused before any work begins."""

from pathlib import Path

import pytest

from songreel.app.request import MakeRequest, effective_preset
from songreel.base.errors import BadRequest


def asked(name, **options):
    return MakeRequest(out=Path(name), **options)


@pytest.mark.parametrize(
    ("name", "audio", "sound"),
    [
        ("v.mp4", None, "aac"),
        ("v.mov", None, "aac"),
        ("v.webm", None, "opus"),
        ("v.gif", None, "none"),
        ("v.mp4", "opus", "opus"),
        ("v.mov", "copy", "copy"),
    ],
)
def test_each_container_has_sound_that_it_can_hold(name, audio, sound):
    assert effective_preset(asked(name, audio=audio)).audio == sound


@pytest.mark.parametrize(("name", "audio"), [("v.mov", "opus"), ("v.webm", "copy"), ("v.gif", "aac"), ("v.mp4", "mp3")])
def test_sound_that_a_container_cannot_hold_is_refused(name, audio):
    with pytest.raises(BadRequest, match=audio):
        effective_preset(asked(name, audio=audio))


def test_sound_for_a_silent_preset_is_refused():
    assert effective_preset(asked("v.mp4", preset="canvas")).audio == "none"
    with pytest.raises(BadRequest, match="silent"):
        effective_preset(asked("v.mp4", preset="canvas", audio="aac"))


def test_a_project_that_was_a_gif_has_sound_as_a_video():
    gif = effective_preset(asked("v.gif"))
    assert effective_preset(asked("v.mp4"), base=gif).audio == "aac"
    muted = effective_preset(asked("v.mp4", audio="none"))
    assert effective_preset(asked("v.mp4"), base=muted).audio == "none"
    assert effective_preset(asked("v.mp4", audio="aac"), base=muted).audio == "aac"
