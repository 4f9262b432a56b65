"""A language model at work on a real project: it may try, and only what counts is kept."""

from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import FunctionModel

from songreel.app import projects
from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.agent import ModelDirector
from songreel.media.store import Cache


def turns(*answers):
    left = list(answers)

    def answer(_history, _info):
        said = left.pop(0)
        parts = [TextPart(said)] if isinstance(said, str) else [ToolCallPart(name, fields) for name, fields in said]
        return ModelResponse(parts=parts)

    return ModelDirector(FunctionModel(answer), 60).understand


def test_what_a_model_tries_in_vain_leaves_nothing_behind(tmp_path):
    song = tmp_path / "song.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 2), Part("chorus", 2)), seed=4), song)
    folder, studio = tmp_path / "project", Studio(Cache(tmp_path / "cache", 10**9))
    made = Conversation(folder, studio, turns([("create", {"brief": {"title": "GOLD"}})], "Made."))
    made.bring([song])
    first = made.talk("make a video called GOLD")
    assert (first.version, first.changed) == (1, True)

    stubborn = [("set-effect", {"effect": "no-such-effect"})]
    then = Conversation(folder, studio, turns(stubborn, [("retitle", {"title": "NIGHT"})], "Retitled."))
    second = then.talk("call it NIGHT, with a no-such-effect")
    assert [edit.verb for edit in second.edits] == ["retitle"]
    assert second.version == 2
    assert "NIGHT" in second.reply
    assert not projects.has_version(folder, 3)
    assert projects.timeline(folder, 2).title == "NIGHT"
