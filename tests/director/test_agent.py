"""The director with a language model: the same edits, and the rules whenever it fails."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic_ai import exceptions, messages
from pydantic_ai.models import function
from songs import song_map, stock
from test_edits import WIDE, ground

from songreel.base.errors import BadRequest
from songreel.director import plan
from songreel.director.agent import VERBS, ModelDirector, model_of
from songreel.director.conversation import Situation
from songreel.editing import apply
from songreel.editing.refusals import refused
from songreel.model.brief import Brief
from songreel.model.edit import CutEvery, Retitle, SetVolume
from songreel.model.preset import PRESETS

BRIEF = Brief(seed=1, title="GOLD")
TIMELINE = plan.make(song_map(), BRIEF, stock(), WIDE, PRESETS["youtube"]).timeline
SITUATION = Situation(timeline=TIMELINE, song_map=song_map(), brief=BRIEF, version=1, versions=(1,))
GROUND = ground(song_map(), BRIEF, stock())


def attempt(edits):
    apply.apply(TIMELINE, edits, GROUND)


def says(*turns):
    """A model that gives one answer after another: texts, or lists of (tool, arguments); it keeps what it was sent."""
    seen = []

    def answer(history, info):
        seen.append((history, info))
        turn = turns[min(len(seen), len(turns)) - 1]
        if isinstance(turn, str):
            return messages.ModelResponse(parts=[messages.TextPart(turn)])
        return messages.ModelResponse(parts=[messages.ToolCallPart(name, arguments) for name, arguments in turn])

    return function.FunctionModel(answer), seen


def understood(model, words="call it NIGHT", *, trying=attempt, timeout_s=20):
    return ModelDirector(model, timeout_s).understand(words, replace(SITUATION, attempt=trying))


def test_calls_become_edits_in_their_order():
    model, seen = says([("retitle", {"title": "NIGHT"}), ("set-volume", {"volume": 0.5})], "Done.")
    told = understood(model)
    assert told.edits == (Retitle(title="NIGHT"), SetVolume(volume=0.5))
    assert (told.answer, told.problems) == (None, ())
    tools = {tool.name: tool for tool in seen[0][1].function_tools}
    assert len(tools) == len(VERBS)
    assert all(tool.description for tool in tools.values())
    assert "verb" not in tools["retitle"].parameters_json_schema["properties"]


def test_the_model_is_told_what_there_is():
    model, seen = says([("retitle", {"title": "NIGHT"})], "Done.")
    understood(model)
    briefing = seen[0][1].instructions
    for fact in ("GOLD", "chorus", "120 BPM", "dissolve", "bars"):
        assert fact in briefing


def test_a_refused_edit_goes_back_once_with_the_reason():
    def no_cuts(edits):
        if any(isinstance(edit, CutEvery) for edit in edits):
            raise refused("no-beat")

    model, seen = says(
        [("cut-every", {"rule": {"every": 1, "unit": "beat"}})], [("retitle", {"title": "NIGHT"})], "Done."
    )
    told = understood(model, trying=no_cuts)
    assert told.edits == (Retitle(title="NIGHT"),)
    assert told.problems == ()
    assert "no beat was heard" in str(seen[1][0][-1])
    stubborn, _ = says(*[[("cut-every", {"rule": {"every": 1, "unit": "beat"}})]] * 2, "I could not.")
    told = understood(stubborn, "什么都别动吗？", trying=no_cuts)
    assert told.edits == ()
    assert any("no beat was heard" in problem for problem in told.problems)


def test_arguments_that_make_no_sense_go_back_too():
    model, seen = says([("set-volume", {"volume": "loud"})], [("set-volume", {"volume": 0.3})], "Done.")
    assert understood(model).edits == (SetVolume(volume=0.3),)
    assert "volume" in str(seen[1][0][-1])


def test_a_question_is_answered_in_words():
    model, _ = says("It is in A minor.")
    told = understood(model, "what key is it in?")
    assert (told.edits, told.answer) == ((), "It is in A minor.")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("failure", "why"),
    [
        (TimeoutError(), {"en": "too long", "zh": "超时"}),
        (exceptions.ModelAPIError("m", "no route"), {"en": "cannot be reached", "zh": "无法连接"}),
        (exceptions.ContentFilterError("no"), {"en": "declined", "zh": "拒绝"}),
        (exceptions.UnexpectedModelBehavior("?"), {"en": "nonsense", "zh": "无法理解"}),
    ],
)
def test_the_rules_take_over_and_say_so(failure, why, language):
    def fail(_history, _info):
        raise failure

    words = {"en": 'change the title to "NIGHT"', "zh": "把标题改成“NIGHT”"}[language]
    told = understood(function.FunctionModel(fail), words)
    assert told.edits
    assert told.language == language
    assert any(why[language] in problem for problem in told.problems)


def test_a_model_that_does_nothing_where_the_rules_can_gives_way():
    model, _ = says("I have changed the title for you!")
    told = understood(model, 'change the title to "NIGHT"')
    assert told.edits
    assert any("changed nothing" in problem for problem in told.problems)


def test_a_slow_model_is_not_waited_for():
    async def slowly(_history, _info):
        await asyncio.sleep(60)

    told = understood(function.FunctionModel(slowly), 'change the title to "NIGHT"', timeout_s=0.2)
    assert told.edits
    assert any("too long" in problem for problem in told.problems)


class Server(BaseHTTPRequestHandler):
    """Speaks OpenAI's chat protocol: one call of a tool, then a sentence."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        call = {"id": "c1", "type": "function", "function": {"name": "retitle", "arguments": '{"title": "NIGHT"}'}}
        first = {"role": "assistant", "content": None, "tool_calls": [call]}
        message = first if len(self.server.asked) == 1 else {"role": "assistant", "content": "Done."}
        body = {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": asked["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
        raw = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        """Print nothing."""


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as running:
        running.asked = []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def test_any_server_that_speaks_the_protocol_will_do(server):
    model = model_of("llama", url=f"http://127.0.0.1:{server.server_port}/v1", key="secret")
    told = understood(model)
    assert told.edits == (Retitle(title="NIGHT"),)
    assert {tool["function"]["name"] for tool in server.asked[0]["tools"]} >= {"retitle", "undo", "create"}


def test_no_network_is_no_trouble():
    model = model_of("llama", url="http://127.0.0.1:9/v1")
    told = understood(model, 'change the title to "NIGHT"')
    assert told.edits
    assert any("cannot be reached" in problem for problem in told.problems)


def test_before_there_is_a_video_one_can_be_made():
    model, _ = says([("create", {"brief": Brief(looks=("neon",)).model_dump(mode="json")})], "Done.")
    nothing = replace(SITUATION, timeline=None, version=0, versions=())
    told = ModelDirector(model, 20).understand("make a neon video", nothing)
    assert [edit.verb for edit in told.edits] == ["create"]


def test_a_name_that_nobody_knows_is_said():
    with pytest.raises(BadRequest, match="no-such-provider"):
        model_of("no-such-provider:x")
