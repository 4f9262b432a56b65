"""The flows of the four published skills, call by call as their documents print them, against a real server process.

What differs between them is kept: the words, the bodies, how files are sent, what is advised. One server is shared,
with prices, so that each flow also shows what it cost.
"""

import contextlib
import http.server
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from functools import partial

import av
import httpx
import numpy as np
import pytest
from PIL import Image
from tests.acceptance.skill import Skill, ok, refused
from tests.media.made import write_clip, write_song
from tests.service.fleet import Fleet

from songreel.demo import song as demo_song
from songreel.demo.score import Part

pytestmark = pytest.mark.slow

GENERATION, EDIT, EXPORT = 60, 10, 5
SIZE = (160, 90)
MEGABYTE = 1_000_000
PLANS = {"anonymous": {"credits": 100}, "member": {"credits": 1000}, "viewer": {"credits": 9, "export": False}}
SETTINGS = {
    "SONGREEL_METERING": "true",
    "SONGREEL_PRICE_GENERATION": str(GENERATION),
    "SONGREEL_PRICE_EDIT": str(EDIT),
    "SONGREEL_PRICE_EXPORT": str(EXPORT),
    "SONGREEL_PLANS": json.dumps(PLANS),
    "SONGREEL_UPLOAD_MB": "3",
    "SONGREEL_FETCH_NETWORKS": "127.0.0.1/32",
    "SONGREEL_TRUSTED_PROXIES": "127.0.0.1/32",
    "SONGREEL_RATE_PER_TOKEN": "8",
    "SONGREEL_BURST_PER_TOKEN": "60",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    fleet = Fleet(tmp_path_factory.mktemp("service"), **SETTINGS)
    fleet.serve()
    yield fleet
    fleet.stop()


@pytest.fixture(scope="module")
def site(service):
    return f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A composed song of 8 s as WAV and MP3, a photo, a clip, and a text that calls itself a song."""
    folder = tmp_path_factory.mktemp("files")
    song = demo_song.compose(form=(Part("verse", 2), Part("chorus", 2)), seed=5)
    demo_song.write_wav(song, folder / "song.wav")
    with av.open(str(folder / "song.wav")) as opened:
        rate = opened.streams.audio[0].rate
        sound = np.concatenate([each.to_ndarray() for each in opened.decode(audio=0)], axis=1)
    plain = sound.reshape(-1, 2).T.astype(np.float32) / 32768 if sound.dtype == np.int16 else sound
    write_song(folder / "Half Light.mp3", plain, rate=rate, codec="libmp3lame", container="mp3")
    Image.effect_noise((320, 180), 60).convert("RGB").save(folder / "front.png")
    write_clip(folder / "clip.mp4", range(0, 2000, 40), codec="mpeg4", rate=25)
    (folder / "notes.mp3").write_bytes(b"these are words, not music")
    return folder


@pytest.fixture(scope="module")
def web(files):
    """A web site that has the files."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(files)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def form(files, *names):
    return {"files": [("files", (name, (files / name).read_bytes())) for name in names]}


@pytest.fixture
def begun(site):
    """Begins skills, which know nothing yet."""
    with contextlib.ExitStack() as opened:

        def begin(source):
            skill = Skill(site, source)
            opened.callback(skill.http.close)
            return skill

        yield begin


@pytest.fixture
def connected(begun):
    """Begins skills that are connected."""
    return lambda source, body: _connected(begun(source), body)


def _connected(skill, body):
    """First-time connection: a token, then a session."""
    given = skill.token()["data"]
    assert re.fullmatch(r"nmv_usr_[A-Za-z0-9_-]{43}", given["token"])
    assert re.fullmatch(r"anon_[0-9a-f]{16}", given["user_id"])
    assert given["credits"] == 100
    lives = time.mktime(time.strptime(given["expires_at"], "%Y-%m-%dT%H:%M:%SZ")) - time.mktime(time.gmtime())
    assert abs(lives - 7 * 86_400) < 4000
    opened = skill.session(body)
    assert re.fullmatch(r"[0-9]{19}", opened["session_id"])
    assert opened["data"] == {
        "task_id": opened["task_id"],
        "session_id": opened["session_id"],
        "user_id": given["user_id"],
    }
    assert skill.state()["state"]["draft"] == {}
    return skill


def said(skill, words):
    """Say something as the documents do, and return what is shown to a person."""
    texts, events = skill.say(words)
    assert texts, "a turn without text"
    assert all(text.strip() for text in texts)
    assert events[-1]["turnComplete"] is True
    assert {event["author"] for event in events} == {"nemo_agent"}
    parts = [part for event in events for part in event["content"]["parts"]]
    called = [part["functionCall"]["id"] for part in parts if "functionCall" in part]
    assert called == [part["functionResponse"]["id"] for part in parts if "functionResponse" in part]
    return " ".join(texts)


def tracks(skill, kind):
    """Return the tracks of a type: 0 video, 1 audio, 7 text."""
    return [track for track in skill.state()["state"]["draft"]["t"] if track["tt"] == kind]


def cuts_are_on_beats(skill):
    state = skill.state()["state"]
    (heard,) = state["video_analyses"].values()
    base = next(track for track in tracks(skill, 0) if track["m"]["role"] == "base")
    cuts = [segment["s"] / 1000 for segment in base["sg"] if segment["s"]]
    assert cuts
    frame = 1 / state["canvas_config"]["fps"]
    beats = np.array(heard["beats"])
    assert all(np.abs(beats - cut).min() <= frame for cut in cuts)


def small(skill):
    return skill.order(resolution=f"{SIZE[0]}x{SIZE[1]}")


def cut(draft, end):
    """Leave out of a draft what comes after a moment, in ms."""
    draft["d"] = end
    for track in draft["t"]:
        track["sg"] = [each for each in track["sg"] if each["s"] < end]
        for each in track["sg"]:
            each["d"] = min(each["d"], end - each["s"])


def finished(skill, order, *, seconds):
    """Export, download in every way there is, decode, and hold the file against what was asked for."""
    answers = skill.exported(order)
    progress = [answer["progress"] for answer in answers]
    assert progress == sorted(progress)
    last = answers[-1]
    assert (last["status"], last["progress"], last["error"]) == ("completed", 100, None), last
    for answer in answers:
        assert answer["data"].items() <= answer.items()
    assert (last["id"], last["taskId"], last["success"]) == (order["id"], order["id"], True)
    assert last["outputUrl"] == last["output"]["url"]
    assert last["createdAt"] <= last["completedAt"]
    # The same id with the same draft is the same job.
    assert ok(skill.post("/api/render/proxy/lambda", json=order))["completedAt"] == last["completedAt"]
    file = skill.get(f"/api/render/proxy/{order['id']}/download").content
    assert len(file) == last["output"]["size"]
    assert httpx.get(last["outputUrl"]).content == file
    part = httpx.get(last["outputUrl"], headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.content) == (206, file[4:12])
    assert last["output"]["duration"] == pytest.approx(seconds, abs=0.1)
    decoded(file, seconds)


def decoded(file, seconds):
    with av.open(io.BytesIO(file)) as video:
        pictures, sound = video.streams.video[0], video.streams.audio[0]
        assert (pictures.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (pictures.width, pictures.height) == SIZE
        shown = [frame.to_ndarray(format="gray") for frame in video.decode(video=0)]
    assert len(shown) / float(pictures.average_rate) == pytest.approx(seconds, abs=0.1)
    assert max(picture.mean() for picture in shown) > 16
    with av.open(io.BytesIO(file)) as video:
        heard = np.concatenate([frame.to_ndarray() for frame in video.decode(audio=0)], axis=1)
    assert np.abs(heard).max() > 0.05


def length(skill):
    return skill.state()["state"]["draft"]["d"] / 1000


def test_ai_music_video_clip_generator(connected, files):
    skill = connected("ai-music-video-clip-generator", {"task_name": "project", "language": "en"})
    (info,) = ok(skill.upload(**form(files, "Half Light.mp3")))["data"]["files"]
    assert (info["filename"], info["file_type"]) == ("Half Light.mp3", "audio")
    assert said(skill, "generate a music video clip synced to my song with matching visuals")
    assert skill.state()["state"]["video_infos"][0]["hash"] == info["hash"]
    assert length(skill) == pytest.approx(info["duration"], abs=0.2)
    cuts_are_on_beats(skill)
    skill.spent(100 - GENERATION)
    finished(skill, small(skill), seconds=length(skill))
    skill.spent(100 - GENERATION - EXPORT)
    # Another video is more than what is left: the document sends an anonymous user to register, by the id it knows.
    skill.session({"task_name": "project", "language": "en"})
    user = skill.state()["user_id"]
    message = {"session_id": skill.sid, "new_message": {"parts": [{"text": "make a video"}]}}
    told = refused(skill.post("/run_sse", json=message), 403, 2001)
    assert told["bind_url"].endswith(f"/register?bind={user}")
    skill.spent(100 - GENERATION - EXPORT)


def test_from_music(connected, web):
    skill = connected("from-music", {"task_name": "project"})
    (info,) = ok(skill.upload(json={"urls": [f"{web}/song.wav"], "source_type": "url"}))["data"]["files"]
    assert (info["filename"], info["file_type"]) == ("song.wav", "audio")
    said(skill, "create a video from this music with visualizer and beat-synced cuts")
    assert "visualizer" in {track["m"]["role"] for track in tracks(skill, 0)}
    cuts_are_on_beats(skill)
    # "drag/drop" and every other edit is sent as words; the state shows it.
    before = skill.state()["state"]["draft"]["m"]["version"]
    reply = said(skill, 'add the title "Urban Dreams" for the first 3 seconds')
    assert "Urban Dreams" in reply
    after = skill.state()["state"]["draft"]
    assert after["m"]["version"] == before + 1
    (title,) = [
        each for track in after["t"] if track["tt"] == 7 for each in track["sg"] if each["m"]["text"] == "Urban Dreams"
    ]
    assert (title["s"], title["d"]) == (0, 3000)
    finished(skill, small(skill), seconds=length(skill))
    skill.spent(100 - GENERATION - EDIT - EXPORT)


def test_music_to_youtube(connected, files):
    skill = connected("music-to-youtube", {"task_name": "project", "language": "en"})
    told = ok(skill.upload(**form(files, "song.wav", "front.png")))["data"]
    assert told["session_state_applied"] is True
    assert [each["file_type"] for each in told["files"]] == ["audio", "image"]
    said(skill, "turn my music track into a YouTube video with a visualizer and track title overlay")
    assert "visualizer" in {track["m"]["role"] for track in tracks(skill, 0)}
    assert "title" in {each["m"]["role"] for track in tracks(skill, 7) for each in track["sg"]}
    canvas = skill.state()["state"]["canvas_config"]
    assert (canvas["width"], canvas["height"], canvas["ratio"]) == (1920, 1080, "16:9")
    finished(skill, small(skill), seconds=length(skill))


def test_music_ab2n_0330(connected, files):
    skill = connected("music-ab2n-0330", {"task_name": "project"})
    told = ok(skill.upload(**form(files, "clip.mp4", "song.wav")))["data"]["files"]
    assert [each["file_type"] for each in told] == ["video", "audio"]
    said(skill, "sync visuals to the beat and generate a music video for track ab2n 0330")
    cuts_are_on_beats(skill)
    sources = {each["m"]["src"] for track in tracks(skill, 0) for each in track["sg"]}
    assert f"asset:{told[0]['hash']}" in sources
    # A draft that the client changed is rendered as it stands there: here its first four seconds.
    order = small(skill)
    whole = order["draft"]["d"]
    cut(order["draft"], 4000)
    assert whole > 4000
    finished(skill, order, seconds=4)
    # Another draft by the same id is refused, and the state is as it was.
    refused(skill.post("/api/render/proxy/lambda", json={**order, "draft": {"t": []}}), 400, 400)
    assert skill.state()["state"]["draft"]["d"] == whole


def test_a_bad_or_expired_token_is_1001_and_the_same_client_renews_it(service, connected):
    skill = connected("from-music", {"task_name": "project"})
    user, kept = skill.state()["user_id"], skill.headers["Authorization"]
    skill.headers["Authorization"] = "Bearer nmv_usr_" + "x" * 43
    refused(skill.get("/api/credits/balance/simple"), 401, 1001)
    del skill.headers["Authorization"]
    refused(skill.get("/api/credits/balance/simple"), 401, 1001)
    skill.headers["Authorization"] = kept
    _execute(service, "UPDATE tokens SET expires_at = 1 WHERE user = ?", user)
    refused(skill.get("/api/credits/balance/simple"), 401, 1001)
    assert skill.token()["data"]["user_id"] == user
    assert skill.state()["session_id"] == skill.sid


def test_a_session_that_is_not_there_or_another_s_is_1002(connected):
    skill, other = (connected("from-music", {"task_name": "project"}) for _ in range(2))
    for number in (other.sid, "1" * 19, "nothing", "../../etc"):
        skill.sid = number
        message = {"session_id": number, "new_message": {"parts": [{"text": "hello"}]}}
        order = {"id": "r", "sessionId": number, "draft": {}, "output": {"format": "mp4", "quality": "high"}}
        refused(skill.post("/run_sse", json=message), 404, 1002)
        refused(skill.post("/api/render/proxy/lambda", json=order), 404, 1002)
        if "/" not in number:
            refused(skill.get(f"/api/state/nemo_agent/me/{number}/latest"), 404, 1002)
            refused(skill.upload(files=[("files", ("a.mp3", b"x"))]), 404, 1002)


def test_files_that_cannot_be_used_are_4001_and_4002(connected, files, web):
    skill = connected("from-music", {"task_name": "project"})
    supported = ["mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac"]
    (files / "large.wav").write_bytes(b"RIFF" + bytes(3 * MEGABYTE))
    for by_form, by_address in (
        (form(files, name), {"json": {"urls": [f"{web}/{name}"], "source_type": "url"}})
        for name in ("notes.mp3", "large.wav")
    ):
        for body in (by_form, by_address):
            if "notes" in str(by_address):
                assert set(refused(skill.upload(**body), 415, 4001)["supported"]) >= set(supported)
            else:
                assert refused(skill.upload(**body), 413, 4002)["limit_bytes"] == 3 * MEGABYTE
    assert skill.state()["state"]["video_infos"] == []


def test_an_export_without_attribution_or_by_a_plan_that_forbids_it_is_402(service, begun, connected):
    skill = connected("from-music", {"task_name": "project"})
    order = {"id": "r", "sessionId": skill.sid, "draft": {}, "output": {"format": "mp4", "quality": "high"}}
    for name in ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"):
        kept = skill.headers.pop(name)
        refused(skill.post("/api/render/proxy/lambda", json=order), 402, 402)
        ok(skill.get("/api/credits/balance/simple"))
        skill.headers[name] = kept
    viewer = begun("from-music")
    viewer.headers["Authorization"] = f"Bearer {_made(service, 'viewer')}"
    viewer.session({"task_name": "project"})
    refused(viewer.post("/api/render/proxy/lambda", json={**order, "sessionId": viewer.sid}), 402, 402)


def test_a_call_without_a_client_id_is_400_and_one_too_many_429(begun):
    skill = begun("from-music")
    for headers in ({}, {"X-Client-Id": ""}, {"X-Client-Id": "x" * 65}):
        refused(skill.http.post("/api/auth/anonymous-token", headers=headers), 400, 400)
    skill.token()
    again = skill.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": skill.client_id})
    refused(again, 429, 429)
    assert int(again.headers["retry-after"]) > 0
    # Ten new clients from one address, as the proxy before us saw it.
    for number in range(11):
        headers = {"X-Client-Id": f"client {number}", "X-Forwarded-For": "203.0.113.77"}
        answer = skill.http.post("/api/auth/anonymous-token", headers=headers)
        assert answer.status_code == (200 if number < 10 else 429), number
    refused(answer, 429, 429)


def test_calls_that_come_too_fast_are_429(begun):
    skill = begun("from-music")
    skill.headers["Authorization"] = "Bearer nmv_usr_hurried"
    for _ in range(5000):
        answer = skill.get("/api/credits/balance/simple")
        if answer.status_code == 429:
            break
    refused(answer, 429, 429)
    assert int(answer.headers["retry-after"]) > 0


def _execute(service, statement, *values):
    with sqlite3.connect(service.home / "songreel.db", timeout=60) as rows:
        rows.execute(statement, values)
    rows.close()


def _made(service, plan):
    command = [sys.executable, "-m", "songreel", "token", "create", "test", "--plan", plan]
    made = subprocess.run(command, env={**os.environ, **service.settings}, capture_output=True, check=True, timeout=300)
    return made.stdout.decode().strip()
