"""Files come in by form and by address, are what they hold, open by their links alone, and leave nothing on the way."""

import asyncio
import contextlib
import hashlib
import http.client
import io
import json
import os
import socket
import threading
import time
from types import SimpleNamespace
from urllib.parse import urlsplit

import numpy as np
import pytest
import uvicorn
from PIL import Image
from tests.media.made import write_clip, write_song
from tests.server.house import House, code

from songreel.server import body, envelope

NOISE = np.random.default_rng(2).uniform(-0.5, 0.5, (2, 24_000)).astype(np.float32)
MB = 1_000_000


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    here = House(
        tmp_path_factory.mktemp("home"), upload_mb=2, upload_total_mb=3, upload_files=4, fetch_networks="127.0.0.1/32"
    )
    yield here
    here.service.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A song, a clip and a photo: name and bytes."""
    folder = tmp_path_factory.mktemp("files")
    Image.effect_noise((300, 200), 80).convert("RGB").save(folder / "photo.png")
    write_song(folder / "song.wav", NOISE)
    write_clip(folder / "clip.mp4", range(0, 1000, 40), codec="mpeg4", rate=25)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def caller(house):
    return house.client(house.made("read", "write", "upload"))


@pytest.fixture
def path(caller):
    made = caller.post("/api/tasks/me/with-session/nemo_agent", json={}).json()
    return f"/api/upload-video/nemo_agent/me/{made['session_id']}"


def sent(caller, path, *files):
    return caller.post(path, files=[("files", file) for file in files])


def clear(house):
    """Whether nothing is on its way in."""
    folder = house.service.settings.home / "incoming"
    return not folder.exists() or not list(folder.iterdir())


def bare(url):
    """The path and query of a link."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def test_files_are_told_as_they_are_and_open_by_their_links(house, caller, path, files):
    answer = sent(caller, path, *files.items()).json()
    assert answer["data"]["session_state_applied"] is True
    told = {each["filename"]: each for each in answer["data"]["files"]}
    facts = ("file_type", "width", "height", "fps", "duration")
    assert {name: tuple(each[fact] for fact in facts) for name, each in told.items()} == {
        "song.wav": ("audio", 0, 0, 0, 0.5),
        "clip.mp4": ("video", 128, 72, 25, 1.0),
        "photo.png": ("image", 300, 200, 0, 0),
    }
    stranger = house.client()
    for name, data in files.items():
        each = told[name]
        assert hashlib.sha256(data).hexdigest().startswith(each["hash"])
        assert each["cdn_url"].startswith("http://")
        got = stranger.get(bare(each["cdn_url"]))
        assert (got.status_code, got.content) == (200, data)
        assert got.headers["content-type"].split("/")[0] == each["file_type"]
        assert got.headers["x-content-type-options"] == "nosniff"
    state = caller.get(path.replace("upload-video", "state") + "/latest").json()["data"]["state"]
    assert {each["hash"] for each in state["video_infos"]} == {each["hash"] for each in told.values()}
    assert all(stranger.get(bare(each["cdn_url"])).status_code == 200 for each in state["video_infos"])
    assert clear(house)


def test_a_link_gives_ranges(house, caller, path, files):
    data = files["song.wav"]
    (told,) = sent(caller, path, ("song.wav", data)).json()["data"]["files"]
    link, stranger, size = bare(told["cdn_url"]), house.client(), len(data)
    for wanted, start, end in (
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, size),
        ("bytes=-7", size - 7, size),
        (f"bytes={size - 1}-{size + 50}", size - 1, size),
        (f"bytes=-{size * 2}", 0, size),
    ):
        got = stranger.get(link, headers={"Range": wanted})
        whole = (start, end) == (0, size)
        assert (got.status_code, got.content) == (200 if whole else 206, data[start:end])
        assert whole or got.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
        assert int(got.headers["content-length"]) == end - start
    for beyond in (f"bytes={size}-", "bytes=-0"):
        got = stranger.get(link, headers={"Range": beyond})
        assert (got.status_code, got.headers["content-range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", ""):
        assert stranger.get(link, headers={"Range": odd}).content == data
    tag = stranger.get(link).headers["etag"]
    assert stranger.get(link, headers={"If-None-Match": tag}).status_code == 304
    assert stranger.get(link, headers={"Range": "bytes=0-1", "If-Range": tag}).content == data[:2]
    assert stranger.get(link, headers={"Range": "bytes=0-1", "If-Range": '"other"'}).content == data
    head = stranger.head(link)
    assert (head.status_code, head.content, int(head.headers["content-length"])) == (200, b"", size)


def test_a_link_opens_one_file_until_its_time(house, caller, path, files):
    song, photo = sent(caller, path, ("song.wav", files["song.wav"]), ("a.png", files["photo.png"])).json()["data"][
        "files"
    ]
    link = bare(song["cdn_url"])
    late = house.service.signer.link(urlsplit(song["cdn_url"]).path, seconds=-1)
    for wrong in (
        link.replace(song["hash"], photo["hash"]),
        link[:-1] + ("A" if link[-1] != "A" else "B"),
        link.split("?")[0],
        link.replace("expires=", "expires=1"),
        late,
        f"/files/assets/{song['hash']}/..%2f..%2fsecret?expires=1&signature=x",
    ):
        got = house.client().get(wrong)
        assert (got.status_code, got.json()["data"]) == (404, None)
        assert files["song.wav"][:16] not in got.content


def test_what_comes_twice_is_kept_once(house, caller, path):
    photo = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(photo, "PNG")
    before = len(list(house.service.storage.list("assets")))
    one = sent(caller, path, ("a.png", photo.getvalue()), ("b.png", photo.getvalue())).json()["data"]["files"]
    other = sent(caller, path, ("c.jpg", photo.getvalue())).json()["data"]["files"]
    assert len({each["hash"] for each in one + other}) == 1
    assert [each["filename"] for each in one + other] == ["a.png", "b.png", "c.jpg"]
    assert len(list(house.service.storage.list("assets"))) == before + 1
    file = house.service.settings.home / "storage" / "assets" / one[0]["hash"]
    os.utime(file, (0, 0))
    sent(caller, path, ("d.png", photo.getvalue()))
    assert file.stat().st_mtime > 10**9, "a file that comes again is as young as a new one"


def test_the_content_says_what_a_file_is(caller, path, files):
    for name, data, kind in (
        ("song.mp3", files["photo.png"], "image"),
        ("photo.jpg", files["song.wav"], "audio"),
        ("no suffix", files["clip.mp4"], "video"),
    ):
        assert sent(caller, path, (name, data)).json()["data"]["files"][0]["file_type"] == kind
    for name, data in (
        ("video.mp4", b"no video at all"),
        ("list.mp4", b"#EXTM3U\nfile:///etc/passwd\n"),
        ("page.png", b"<html><script>1</script></html>"),
        ("empty.wav", b""),
        ("song.wav", files["song.wav"][:30]),
    ):
        answer = sent(caller, path, (name, data))
        assert code(answer) == (415, 4001)
        assert "mp3" in answer.json()["data"]["supported"]
        assert name in answer.json()["message"]


def test_what_is_too_large_or_too_many_is_refused(house, caller, path, files):
    large = sent(caller, path, ("large.wav", bytes(2 * MB + 1)))
    assert code(large) == (413, 4002)
    assert large.json()["data"] == {"limit_bytes": 2 * MB}
    together = sent(caller, path, *((f"{number}.wav", bytes(MB)) for number in range(4)))
    assert (code(together), together.json()["data"]) == ((413, 4002), {"limit_bytes": 3 * MB})
    assert code(sent(caller, path, *((f"{number}.png", files["photo.png"]) for number in range(5)))) == (400, 400)
    assert clear(house)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=x", b"--x--\r\n"),
        ("multipart/form-data", b""),
        ("text/plain", b"a file"),
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b'{"urls":[]}'),
        ("application/json", b'{"urls":"http://a/b"}'),
        ("application/json", b'{"urls":["http://a/b"],"source_type":"ftp"}'),
        ("application/json", b'{"urls":["x","x","x","x","x"]}'),
        ("application/json", b'{"urls":["file:///etc/passwd"]}'),
        ("application/json", b'{"urls":["http://169.254.169.254/latest/meta-data/"]}'),
        ("application/json", b'{"urls":["http://[::1]/"]}'),
        ("application/json", b"[" * 100_000),
    ],
)
def test_requests_that_make_no_sense_are_refused(house, caller, path, kind, data):
    assert code(caller.post(path, content=data, headers={"Content-Type": kind})) == (400, 400)
    assert clear(house)


def test_files_come_by_address(house, caller, path, files):
    answers = {f"/{name}": data for name, data in files.items()} | {
        "/large.wav": bytes(2 * MB + 1),
        "/half.wav": bytes(2 * MB),
    }
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_site, args=(server, answers), daemon=True).start()
        here = f"http://127.0.0.1:{server.getsockname()[1]}"
        asked = {"urls": [f"{here}/song.wav", f"{here}/photo.png?width=10"], "source_type": "url"}
        told = caller.post(path, json=asked).json()["data"]["files"]
        assert [(each["filename"], each["file_type"]) for each in told] == [
            ("song.wav", "audio"),
            ("photo.png", "image"),
        ]
        assert code(caller.post(path, json={"urls": [f"{here}/large.wav"]})) == (413, 4002)
        assert code(caller.post(path, json={"urls": [f"{here}/half.wav"] * 2})) == (413, 4002)
        assert code(caller.post(path, json={"urls": [f"{here}/gone.wav"]})) == (400, 400)
        assert code(caller.post(path, json={"urls": [here.replace("127.0.0.1", "127.0.0.2")]})) == (400, 400)
    assert clear(house)


def _site(server, answers):
    """A web site for one call at a time, whose callers may hang up on it."""
    while True:
        try:
            wire, _ = server.accept()
        except OSError:
            return
        with wire, contextlib.suppress(ConnectionError):
            asked = wire.recv(65_536).split(b" ")[1].decode().partition("?")[0]
            data = answers.get(asked)
            head = b"HTTP/1.1 200 OK" if data is not None else b"HTTP/1.1 404 Not Found"
            wire.sendall(head + f"\r\nContent-Length: {len(data or b'')}\r\nConnection: close\r\n\r\n".encode())
            wire.sendall(data or b"")


HOSTILE = [
    "../../up.png",
    "/etc/passwd",
    "a" * 10_000 + ".png",
    "\u202egnp.exe",
    "con\u0000trol.png",
    "",
    "..",
    "%2e%2e%2f",
    "夜.png",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_do_no_harm(house, caller, path, files, name):
    home = house.service.settings.home
    before = {each for each in home.parent.rglob("*") if home not in each.parents}
    quoted = name.encode() or b"x"
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="' + quoted + b'"\r\n\r\n'
    content = form + files["photo.png"] + b"\r\n--x--\r\n"
    answer = caller.post(path, content=content, headers={"Content-Type": "multipart/form-data; boundary=x"})
    (told,) = answer.json()["data"]["files"]
    assert told["filename"].isprintable()
    assert 1 <= len(told["filename"].encode()) <= 160
    assert not set(told["filename"]) & set("/\\")
    assert house.client().get(bare(told["cdn_url"])).content == files["photo.png"]
    assert {each for each in home.parent.rglob("*") if home not in each.parents} == before


def test_a_disk_without_room_is_said(caller, path, files, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    assert code(sent(caller, path, ("a.png", files["photo.png"]))) == (507, 507)


def test_another_users_session_takes_nothing(house, path, files):
    other = house.client(house.made("read", "write", "upload"))
    assert code(sent(other, path, ("a.png", files["photo.png"]))) == (404, 1002)


def test_a_client_that_sends_nothing_is_not_waited_for(caller, path, port, monkeypatch):
    async def hasty(request):
        async for piece in whole(request, idle_s=0.05):
            yield piece

    whole = body.pieces
    monkeypatch.setattr(body, "pieces", hasty)
    with socket.create_connection(("127.0.0.1", port), timeout=50) as wire:
        wire.sendall(
            f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {caller.headers['Authorization']}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {MB}\r\n\r\n--x\r\n".encode()
        )
        assert b" 408 " in wire.recv(65_536).split(b"\r\n")[0]


def test_a_body_that_stalls_is_given_up():
    async def stalled():
        yield b"some"
        await asyncio.sleep(3600)

    async def read():
        async for _ in body.pieces(SimpleNamespace(stream=stalled), idle_s=0.05):
            pass

    with pytest.raises(envelope.Refused) as caught:
        asyncio.run(read())
    assert caught.value.status == 408


@pytest.fixture(scope="module")
def port(house):
    server = uvicorn.Server(uvicorn.Config(house.app, port=0, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def test_an_upload_that_breaks_off_leaves_nothing(house, caller, path, port):
    before = {each.key for each in house.service.storage.list("assets")}
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {caller.headers['Authorization']}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {2 * MB}\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n'
    )
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(head.encode() + bytes(MB + MB // 2))
        until = time.monotonic() + 60
        while clear(house) and time.monotonic() < until:
            time.sleep(0.02)
        assert not clear(house), "what has come is on the disk, not in memory"
    until = time.monotonic() + 60
    while not clear(house) and time.monotonic() < until:
        time.sleep(0.02)
    assert clear(house)
    assert {each.key for each in house.service.storage.list("assets")} == before


@pytest.mark.parametrize("token", [True, False])
def test_a_client_that_sends_all_before_it_reads_sees_why_it_is_refused(caller, path, port, token):
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n' + bytes(20 * MB)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    if token:
        headers["Authorization"] = caller.headers["Authorization"]
    wire.request("POST", path, form, headers)
    answer = wire.getresponse()
    assert (answer.status, json.loads(answer.read())["code"]) == ((413, 4002) if token else (401, 1001))
    wire.close()


def test_a_client_that_waits_for_leave_is_refused_before_it_sends(caller, path, port):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as wire:
        wire.sendall(
            f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {caller.headers['Authorization']}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {50 * MB}\r\n"
            "Expect: 100-continue\r\n\r\n".encode()
        )
        assert b" 413 " in wire.recv(65_536).split(b"\r\n")[0]
