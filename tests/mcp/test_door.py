"""The door for other agents, opened with the SDK's own client: in this process, over pipes, and over HTTP."""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import sys
import threading
import time
from itertools import pairwise

import anyio
import av
import pytest
from mcp.client.stdio import stdio_client
from mcp.shared.exceptions import MCPError

from mcp import Client, StdioServerParameters
from songreel.base.errors import BadRequest
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.mcp.door import door
from songreel.mcp.renders import Renders

TOOLS = {
    "analyze_song", "make_video", "talk", "export_video", "follow_render", "cancel_render", "list_looks",
}  # fmt: skip
PROGRAM = [sys.executable, "-c", "from songreel.cli import main; main()", "mcp"]


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    path = tmp_path_factory.mktemp("song") / "song.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 1), Part("chorus", 1)), seed=4), path)
    return path


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path_factory):
    """Keep what is made away from a person's own cache."""
    monkeypatch.setenv("SONGREEL_CACHE", str(tmp_path_factory.getbasetemp() / "mcp-cache"))


def played(client, talk):
    """Run a conversation with a server, and return what it returns."""

    async def run():
        async with client as agent:
            return await talk(agent)

    return anyio.run(run)


def told(answer):
    assert not answer.is_error, answer.content
    return answer.structured_content


def test_a_song_becomes_a_video_that_is_changed_exported_and_read(song, tmp_path):
    out, again = tmp_path / "first.mp4", tmp_path / "second.gif"
    heard_of = []

    async def progress(done, total, message):
        assert total == 100
        heard_of.append((done, message))

    async def talk(agent):
        assert {tool.name for tool in (await agent.list_tools()).tools} == TOOLS
        heard = told(await agent.call_tool("analyze_song", {"song": str(song)}))
        request = {"song": str(song), "out": str(out), "words": "neon city", "project": str(tmp_path / "p")}
        made = await agent.call_tool("make_video", request | {"size": "128x72"}, progress_callback=progress)
        turn = told(await agent.call_tool("talk", {"project": str(tmp_path / "p"), "words": "make it black and white"}))
        exported = told(await agent.call_tool("export_video", {"project": str(tmp_path / "p"), "out": str(again)}))
        link = made.content[-1]
        blob = (await agent.read_resource(str(link.uri))).contents[0].blob
        return heard, told(made), turn, exported, link, base64.b64decode(blob)

    heard, made, turn, exported, link, data = played(Client(door()), talk)
    assert len(heard["beats"]) > 8
    assert (made["status"], made["proven"], made["progress"]) == ("completed", True, 100)
    assert data == out.read_bytes()
    assert (link.size, link.mime_type) == (len(data), "video/mp4")
    with av.open(str(out)) as video:
        assert video.streams.video[0].frames > 0
    assert turn["changed"]
    assert turn["version"] == 2
    assert exported["status"] == "completed"
    assert again.exists()
    assert len(heard_of) > 1
    assert all(one <= other for (one, _), (other, _) in pairwise(heard_of))


def test_a_project_of_several_songs_gives_each_its_own_file(song, tmp_path):
    other = tmp_path / "night.wav"
    demo_song.write_wav(demo_song.compose(bpm=150, form=(Part("chorus", 1),), seed=9), other)
    folder = str(tmp_path / "p")

    async def talk(agent):
        for path, words in ((song, "neon city, just 2 seconds"), (other, "calm, black and white, just 1 second")):
            request = {"song": str(path), "out": str(tmp_path / "draft.mp4"), "words": words, "project": folder}
            told(await agent.call_tool("make_video", request | {"size": "64x36"}))
        back = told(await agent.call_tool("talk", {"project": folder, "words": "go back to the first song's video"}))
        red = told(await agent.call_tool("talk", {"project": folder, "words": "make the video of night.wav sepia"}))
        for name in ("song.wav", "night.wav"):
            request = {"project": folder, "out": str(tmp_path / f"{name}.mp4"), "song": name}
            told(await agent.call_tool("export_video", request | {"size": "64x36"}))
        wrong = await agent.call_tool("export_video", {"project": folder, "out": "v.mp4", "song": "day.wav"})
        return back, red, wrong

    back, red, wrong = played(Client(door()), talk)
    assert (back["version"], back["songs"]) == (1, {"song.wav": 1, "night.wav": 2})
    assert (red["version"], red["songs"]) == (3, {"song.wav": 1, "night.wav": 3})
    assert wrong.is_error
    assert "1 song.wav, 2 night.wav" in wrong.content[0].text
    lengths = []
    for name in ("song.wav", "night.wav"):
        with av.open(str(tmp_path / f"{name}.mp4")) as video:
            lengths.append(round(video.duration / av.time_base, 1))
    assert lengths == [2.0, 1.0]


def test_a_render_goes_on_by_itself_and_can_be_canceled(song, tmp_path):
    out = tmp_path / "long.mp4"

    async def talk(agent):
        begun = told(await agent.call_tool("make_video", {"song": str(song), "out": str(out), "wait": False}))
        assert begun["status"] == "running"
        followed = told(await agent.call_tool("follow_render", {"render": begun["render"]}))
        assert followed["status"] == "running"
        with pytest.raises(MCPError, match="not finished"):
            await agent.read_resource(f"songreel://renders/{begun['render']}")
        return told(await agent.call_tool("cancel_render", {"render": begun["render"]}))

    assert played(Client(door()), talk)["status"] == "cancelled"
    assert not out.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_render_that_waits_for_its_turn_is_canceled_without_it():
    renders, go_on = Renders(), threading.Event()

    def work(progress):
        go_on.wait(60)
        progress("draw", 0.5)
        raise BadRequest("nothing is made here")

    first = renders.begin(work)
    try:
        assert renders.cancel(renders.begin(work).id).status == "cancelled"
        assert first.status == "running"
    finally:
        go_on.set()
    assert first.ended.wait(60)
    assert first.status == "failed"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("analyze_song", {"song": "nowhere.mp3"}, "nowhere.mp3"),
        ("make_video", {"song": "nowhere.mp3", "out": "v.mp4"}, "nowhere.mp3"),
        ("make_video", {"song": "SONG", "out": "nofolder/v.mp4"}, "Make it first"),
        ("talk", {"project": "NEW/none", "words": "darker"}, "song"),
        ("export_video", {"project": "nowhere", "out": "v.mp4"}, "project"),
        ("follow_render", {"render": "render-99"}, "none was begun"),
        ("make_video", {"out": "v.mp4"}, "song"),
    ],
)
def test_an_error_says_what_to_do(tool, arguments, said, song, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = {k: v.replace("SONG", str(song)).replace("NEW", str(tmp_path)) for k, v in arguments.items()}
    answer = played(Client(door()), lambda agent: agent.call_tool(tool, given))
    text = " ".join(part.text for part in answer.content if part.type == "text")
    assert said in text
    assert "Traceback" not in text


def test_looks_are_listed():
    async def talk(agent):
        return told(await agent.call_tool("list_looks", {}))

    found = played(Client(door()), talk)
    assert set(found["drawn"]) == {"scenes", "effects", "transitions", "visualizers"}
    assert "canvas" in found["presets"]
    assert len(found["looks"]) >= 16


def test_over_pipes(song):
    command = StdioServerParameters(command=PROGRAM[0], args=PROGRAM[1:], env=dict(os.environ))

    async def talk(agent):
        return told(await agent.call_tool("analyze_song", {"song": str(song)}))

    assert played(Client(stdio_client(command)), talk)["meter"] == 4


def test_over_http(song):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*PROGRAM, "--transport", "http", "--port", str(port)])
    try:
        _answers(port)

        async def talk(agent):
            return told(await agent.call_tool("analyze_song", {"song": str(song)}))

        assert json.dumps(played(Client(f"http://127.0.0.1:{port}/mcp"), talk)["bpm"])
    finally:
        server.terminate()
        server.wait(60)


def _answers(port):
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server does not answer")
