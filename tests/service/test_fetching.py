"""Files by address come whole and in bounds, and never from where only this machine can reach."""

import contextlib
import http.server
import ipaddress
import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.errors import BadRequest, CannotWrite, TooLarge
from songreel.service import fetching
from songreel.service.fetching import Fetcher

DATA = bytes(range(256)) * 1000
HERE = (ipaddress.ip_network("127.0.0.1/32"),)


class Site(http.server.BaseHTTPRequestHandler):
    """A web site that does what its paths say."""

    def do_GET(self):
        name = self.path.split("?")[0].lstrip("/").split("/")[0]
        with contextlib.suppress(OSError):
            getattr(self, f"answer_{name}", self.answer_missing)()

    def send(self, status, headers, body=b""):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_file(self):
        self.server.hosts.append(self.headers["Host"])
        self.send(200, {"Content-Length": len(DATA), "Content-Type": "text/html"}, DATA)

    def answer_missing(self):
        self.send(404, {"Content-Length": 0})

    def answer_to(self):
        self.send(302, {"Location": self.path.partition("?")[2], "Content-Length": 0})

    def answer_loop(self):
        self.send(301, {"Location": "/loop/again", "Content-Length": 0})

    def answer_endless(self):
        self.send(200, {})
        while True:
            self.wfile.write(bytes(100_000))

    def answer_promising(self):
        self.send(200, {"Content-Length": 10**12})

    def answer_drip(self):
        self.send(200, {"Content-Length": 10**4})
        while True:
            self.wfile.write(b"x")
            time.sleep(0.05)

    def answer_silent(self):
        self.server.ended.wait(60)

    def answer_waiting(self):
        while not self.server.ended.wait(0.05):
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def answer_nonsense(self):
        self.wfile.write(b"\0\1\2 this is not HTTP\r\n\r\n")

    def answer_cut(self):
        self.send(200, {"Content-Length": len(DATA)}, DATA[:100])

    def answer_header(self):
        self.send(200, {"X": "y" * 10**6}, DATA)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.daemon_threads, server.hosts, server.ended = True, [], threading.Event()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.ended.set()
        server.shutdown()


@pytest.fixture
def here(site):
    return f"http://127.0.0.1:{site.server_port}"


def test_a_file_comes_whole_under_its_name(here, tmp_path):
    for path, name in (
        ("/file/song.mp3?sig=1", "song.mp3"),
        ("/file/..%2f..%2Fetc%2fpasswd", "passwd"),
        ("/file/", "file"),
        (f"/to?{here}/file/other.mp4", "to"),
        ("/to?/file/near", "to"),
    ):
        found = Fetcher(allowed=HERE).fetch(here + path, tmp_path)
        assert (found.name, found.parent) == (name, tmp_path)
        assert found.read_bytes() == DATA


def test_a_name_is_kept_and_resolved_once_for_each_connection(site, tmp_path):
    asked = []

    def resolve(host, _):
        asked.append(host)
        # The second answer is what a rebinding name server would give after the check.
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.9"]

    fetcher = Fetcher(allowed=HERE, resolve=resolve)
    fetcher.fetch(f"http://songs.example:{site.server_port}/file/a", tmp_path)
    assert (asked, site.hosts[-1]) == (["songs.example"], f"songs.example:{site.server_port}")
    with pytest.raises(BadRequest, match="public internet"):
        fetcher.fetch(f"http://songs.example:{site.server_port}/file/a", tmp_path)


# Written as numbers: whatever looks like a place in somebody's own network is kept out of the tree.
HOME_NETWORKS = [str(ipaddress.ip_address(number)) for number in (0x0A010203, 0xAC100001, 0xAC1FFFFE, 0xC0A80101)]
INWARD = [
    *HOME_NETWORKS,
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "192.0.2.1", "168.63.129.16", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "fec0::1", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INWARD)
def test_no_address_of_this_side_is_reached(tmp_path, monkeypatch, address):
    def connect(*_, **__):
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert not fetching.reachable(address)
    with pytest.raises(BadRequest, match="public internet"):
        Fetcher(resolve=lambda *_: [address]).fetch("http://songs.example/a.mp3", tmp_path)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_may_be_reached(address):
    assert fetching.reachable(address)


@given(st.ip_addresses(v=4))
def test_an_address_within_another_is_judged_as_itself(ip):
    for inside in (f"::ffff:{ip}", f"64:ff9b::{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}"):
        assert fetching.reachable(inside) == fetching.reachable(str(ip))


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_no_spelling_of_this_machine_is_reached(site, tmp_path, host):
    with pytest.raises(BadRequest):
        Fetcher().fetch(f"http://{host}:{site.server_port}/file/a", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "inward", ["http://127.0.0.2/file", "http://169.254.169.254/latest/meta-data", "http://[::1]/"]
)
def test_no_redirect_leads_inward(here, tmp_path, inward):
    with pytest.raises(BadRequest, match="public internet"):
        Fetcher(allowed=HERE).fetch(f"{here}/to?{inward}", tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "", "a.mp3", "/etc/passwd", "file:///etc/passwd", "ftp://host/a", "gopher://host/", "http://", "http:///a",
        "data:audio/mp3,xx", "http://user:pass@host/a", "http://host:99999/", "http://ho\nst/", "http://[::1",
        "http://a b/",         "http://host/" + "a" * 3000, "//host/a", "http://host:0/", "javascript:1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(tmp_path, address):
    with pytest.raises(BadRequest, match="address"):
        Fetcher(resolve=lambda *_: pytest.fail("asked for a name")).fetch(address, tmp_path)


@pytest.mark.parametrize(
    "path", ["/loop", "/missing", "/nonsense", "/cut", "/header", "/to?ftp://x/y", "/to?http://[", "/to?"]
)
def test_a_site_that_misbehaves_is_said(here, tmp_path, path):
    with pytest.raises(BadRequest):
        Fetcher(allowed=HERE).fetch(here + path, tmp_path)


@pytest.mark.parametrize("path", ["/endless", "/promising"])
def test_what_is_too_large_stops_at_once(here, tmp_path, path):
    with pytest.raises(TooLarge) as caught:
        Fetcher(most_bytes=1_000_000, allowed=HERE).fetch(here + path, tmp_path)
    assert caught.value.limit_bytes == 1_000_000
    assert all(each.stat().st_size <= 1_000_000 for each in tmp_path.iterdir())


@pytest.mark.parametrize("path", ["/drip", "/silent", "/waiting"])
def test_what_takes_too_long_stops(here, tmp_path, path):
    with pytest.raises(BadRequest, match="in time"):
        Fetcher(seconds=0.5, allowed=HERE).fetch(here + path, tmp_path)


def test_a_name_or_server_that_is_not_there_is_said(tmp_path):
    def nothing(*_):
        raise socket.gaierror

    with pytest.raises(BadRequest):
        Fetcher(resolve=nothing).fetch("http://songs.example/a", tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(BadRequest):
        Fetcher(allowed=HERE).fetch(f"http://127.0.0.1:{port}/a", tmp_path)


def test_a_disk_that_refuses_is_said(here, tmp_path):
    with pytest.raises(CannotWrite):
        Fetcher(allowed=HERE).fetch(f"{here}/file/a", tmp_path / "nowhere")
