"""Connections that nobody makes by mistake: half a head, half a body, answers that nobody takes; others go on."""

import contextlib
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace

import httpx
import pytest
import uvicorn
from fastapi import Response
from uvicorn.server import ServerState

from songreel.server import body, wire
from songreel.service.uploads import Uploads

PATIENCE_S = 120
LARGE = 50_000_000


@pytest.fixture
def here(house):
    """A service."""
    return house()


@pytest.fixture
def server(here):
    """A server of the service."""
    made = uvicorn.Server(uvicorn.Config(here.app, port=0, log_config=None, http=wire.Wire))
    thread = threading.Thread(target=made.run)
    thread.start()
    until(lambda: made.started)
    yield made
    made.should_exit = True
    thread.join()


@pytest.fixture
def port(server):
    """Where the service listens."""
    return server.servers[0].sockets[0].getsockname()[1]


def until(holds):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.02)


def all_of(caller):
    """Return all that still comes over a connection, until it ends."""
    got = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while more := caller.recv(1 << 20):
            got += more
    return bytes(got)


def test_clients_that_stop_in_the_middle_are_not_waited_for(here, port, monkeypatch):
    monkeypatch.setattr(body, "IDLE_S", 0.3)
    head = f"POST /run_sse HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {here.token()}\r\n"
    callers = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(40)]
    for each in callers:
        each.sendall(f'{head}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{"session'.encode())
    with socket.create_connection(("127.0.0.1", port), timeout=60) as other:
        other.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in other.recv(65_536).split(b"\r\n")[0]
    for each in callers:
        assert b" 408 " in each.recv(65_536).split(b"\r\n")[0]
        each.close()


def test_a_client_is_told_that_it_is_refused_before_it_has_sent_all(port):
    head = b"POST /api/upload-video/nemo_agent/me/1000000000000000001 HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
        caller.sendall(head + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x")
        assert b" 401 " in caller.recv(65_536).split(b"\r\n")[0]
        # What it sends meanwhile does not break the connection, which goes on afterwards.
        caller.sendall(b" " * (900_000 - 3) + b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        got = b""
        while b'"alive"' not in got:
            more = caller.recv(65_536)
            assert more, got
            got += more


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (b"X-A: " + b"a" * 100_000, 431),
        (b"\r\n".join(b"X-%d: a" % number for number in range(20_000)), 431),
        (b"Content-Length: 3\r\nTransfer-Encoding: chunked", 400),
    ],
)
def test_heads_that_servers_read_otherwise_end_the_connection(port, lines, status):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
        caller.sendall(b"POST /v1/projects HTTP/1.1\r\nHost: x\r\n" + lines + b"\r\n\r\n0\r\n\r\n")
        got = all_of(caller)
        # A head that comes in more than one piece is refused by h11 before it is whole.
        assert got.startswith((b"HTTP/1.1 %d " % status, b"HTTP/1.1 400 "))
        assert got.count(b"HTTP/1.1 ") == 1


def test_a_client_that_leaves_is_no_fault_of_ours_and_leaves_nothing(here, server, port, caplog):
    token = here.token()
    session = here.session(token)["session_id"]
    head = (
        f"POST /api/upload-video/nemo_agent/me/{session} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n"
    )
    part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n'
    incoming = here.service.settings.home / "incoming"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
        caller.sendall(head.encode() + part + b" " * 600_000)
        until(lambda: list(incoming.glob("*/0/*")))
    until(lambda: not server.server_state.connections and not list(incoming.iterdir()))
    figures = here.app.state.figures
    until(lambda: b'me/{session_id}",status="499"} 1.0' in figures.text())
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


def test_a_user_whose_files_take_long_leaves_room_for_others(here, port, monkeypatch):
    ready, look = threading.Event(), Uploads.look

    def slow(uploads, paths, folder):
        if paths[0].name == "slow.txt":
            assert ready.wait(PATIENCE_S)
        return look(uploads, paths, folder)

    monkeypatch.setattr(Uploads, "look", slow)

    def sent(token, session, name):
        path = f"http://127.0.0.1:{port}/api/upload-video/nemo_agent/me/{session}"
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.post(path, headers=headers, files={"files": (name, b"no song")}, timeout=PATIENCE_S).status_code

    one, other = ((token, here.session(token)["session_id"]) for token in (here.token("one"), here.token("other")))
    with ThreadPoolExecutor(30) as threads:
        waiting = [threads.submit(sent, *one, "slow.txt") for _ in range(30)]
        until(lambda: len(list((here.service.settings.home / "incoming").glob("*/0/slow.txt"))) == 30)
        assert sent(*other, "quick.txt") == 415
        assert not any(each.done() for each in waiting)
        ready.set()
        assert {each.result() for each in waiting} == {415}


def test_a_client_that_takes_nothing_of_its_answer_is_hung_up_on(here, server, port, monkeypatch):
    monkeypatch.setattr(wire, "TAKEN_S", 0.3)
    here.app.add_api_route("/large", lambda: Response(b"x" * LARGE))
    asked = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as idle:
        idle.sendall(asked)
        until(lambda: server.server_state.connections)
        until(lambda: not server.server_state.connections)
        assert len(all_of(idle)) < LARGE


def test_a_client_that_takes_its_answer_slowly_is_waited_for(here):
    config = uvicorn.Config(here.app, log_config=None, http=wire.Wire)
    config.load()
    looks, waiting, hung_up = [], [300], []
    loop = SimpleNamespace(call_later=lambda _, look, *given: looks.append(partial(look, *given)))
    made = wire.Wire(config, ServerState(), {}, loop)
    made.transport = SimpleNamespace(get_write_buffer_size=lambda: waiting[-1], abort=lambda: hung_up.append(1))
    made.flow = SimpleNamespace(pause_writing=lambda: None)
    made.pause_writing()
    for left in (299, 150, 149):
        waiting.append(left)
        looks.pop()()
        assert looks
        assert not hung_up
    looks.pop()()
    assert hung_up


@pytest.mark.parametrize("begun", [b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nHost: x\r\nX-A: "])
def test_clients_that_do_not_get_to_the_point_are_hung_up_on(port, monkeypatch, begun):
    monkeypatch.setattr(wire, "HEAD_S", 0.4)
    whole = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    for before in (b"", whole) if begun else (b"",):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
            caller.sendall(before)
            got = caller.recv(65_536) if before else b""
            caller.sendall(begun)
            got += all_of(caller)
            assert (b" 200 OK" in got) == bool(before)
