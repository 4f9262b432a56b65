"""Files by key, on a disk and in an S3: whole or not at all, and never outside."""

import os
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.errors import BadRequest, CannotWrite, NotStored, StorageFailed
from songreel.service import storage

LARGE = 12_000_000
AWS = {
    "AWS_ACCESS_KEY_ID": "someone",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_REGION": "us-east-1",
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """An S3 of our own on this machine."""
    log = (tmp_path_factory.mktemp("s3") / "log").open("wb")
    code = (
        "import sys; from moto.server import ThreadedMotoServer as S; s = S('127.0.0.1', 0, verbose=False); s.start();"
        "print(s.get_host_and_port()[1], flush=True); sys.stdin.read()"
    )
    with (
        log,
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        ) as server,
    ):
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        request = urllib.request.Request(f"{url}/bucket", method="PUT", headers={"Authorization": "AWS4 x/y/z/s3/w"})
        urllib.request.urlopen(request, timeout=60).close()
        yield url
        server.kill()


@pytest.fixture(params=["file", "s3"])
def kept(request, tmp_path, monkeypatch):
    if request.param == "file":
        return storage.at((tmp_path / "a place").as_uri(), home=tmp_path)
    for name, value in {**AWS, "AWS_ENDPOINT_URL": request.getfixturevalue("endpoint")}.items():
        monkeypatch.setenv(name, value)
    return storage.at(f"s3://bucket/{tmp_path.name}", home=tmp_path)


def test_what_is_put_comes_back(kept, tmp_path):
    large = os.urandom(LARGE)
    (tmp_path / "large").write_bytes(large)
    (tmp_path / "empty").write_bytes(b"")
    kept.put("assets/large.mp4", tmp_path / "large")
    kept.put("assets/empty", tmp_path / "empty")
    kept.put_bytes("orders/1", b"one")
    kept.put_bytes("orders/1", b"another")
    for key, data in (("assets/large.mp4", large), ("assets/empty", b""), ("orders/1", b"another")):
        assert kept.exists(key)
        assert kept.size(key) == len(data)
        kept.get(key, tmp_path / "new" / "folder" / "back")
        assert (tmp_path / "new" / "folder" / "back").read_bytes() == data
        assert kept.get_bytes(key) == data
        assert b"".join(kept.blocks(key)) == data
    for start, end in ((0, 1), (5, 5), (3, storage.BLOCK * 2 + 7), (LARGE - 2, LARGE + 9), (LARGE, None)):
        assert b"".join(kept.blocks("assets/large.mp4", start=start, end=end)) == large[start:end]


def test_a_prefix_is_whole_segments(kept):
    for key in ("a/b/c", "a/bc", "a/b/d/e", "b"):
        kept.put_bytes(key, key.encode())
    assert {each.key for each in kept.list("a/b")} == {"a/b/c", "a/b/d/e"}
    assert {each.key: each.size for each in kept.list("")} == {"a/b/c": 5, "a/bc": 4, "a/b/d/e": 7, "b": 1}
    assert all(abs(time.time() - each.modified.timestamp()) < 3600 for each in kept.list("a"))


def test_what_is_deleted_is_gone(kept, tmp_path):
    kept.put_bytes("a/b", b"1")
    kept.delete("a/b")
    kept.delete("a/b")
    assert not kept.exists("a/b")
    assert list(kept.list("a")) == []
    for ask in (kept.size, kept.get_bytes, kept.blocks, lambda key: kept.get(key, tmp_path / "out")):
        with pytest.raises(NotStored):
            ask("a/b")
    assert not (tmp_path / "out").exists()


def test_readers_see_whole_files_while_they_are_replaced(kept, tmp_path):
    versions = [bytes([number]) * 3_000_000 for number in range(3)]
    kept.put_bytes("x", versions[0])
    ended = threading.Event()

    def replace():
        while not ended.is_set():
            for version in versions:
                kept.put_bytes("x", version)

    writer = threading.Thread(target=replace)
    writer.start()
    try:
        for _ in range(10):
            kept.get("x", tmp_path / "seen")
            assert (tmp_path / "seen").read_bytes() in versions
    finally:
        ended.set()
        writer.join()


BAD = [
    "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/..", "a/.b", "a\\b", "a\0b", "a\nb", "a#1", "a%2e",
    "ä",     "a b", "C:a", "~", "x" * 300, "a/" * 600 + "a", "a\n",
]  # fmt: skip


@pytest.mark.parametrize("key", BAD)
def test_a_key_that_could_lead_elsewhere_is_refused(kept, tmp_path, key):
    (tmp_path / "file").write_bytes(b"1")
    calls = [
        lambda: kept.put(key, tmp_path / "file"),
        lambda: kept.put_bytes(key, b"1"),
        lambda: kept.get(key, tmp_path / "out"),
        lambda: kept.blocks(key),
        lambda: kept.exists(key),
        lambda: kept.delete(key),
    ]
    for call in calls:
        with pytest.raises(BadRequest):
            call()


@given(st.text(max_size=12) | st.text("./\\a%#\0", max_size=8))
def test_a_key_that_is_taken_lies_inside(tmp_path_factory, key):
    try:
        storage.checked(key)
    except BadRequest:
        return
    root = tmp_path_factory.getbasetemp()
    assert (root / key).resolve().is_relative_to(root.resolve())
    assert (root / key).resolve() != root.resolve()


def test_what_killed_puts_left_is_swept_and_nothing_else(tmp_path):
    kept = storage.at("", home=tmp_path)
    kept.put_bytes("a/b", b"1")
    leftover = tmp_path / "storage" / "a" / "b#1"
    leftover.write_bytes(b"half")
    assert kept.sweep() == 0
    old = time.time() - storage.LEFTOVER_AGE_S - 60
    os.utime(leftover, (old, old))
    os.utime(tmp_path / "storage" / "a" / "b", (old, old))
    assert kept.sweep() == 1
    assert [each.key for each in kept.list("")] == ["a/b"]
    assert not leftover.exists()


@pytest.mark.parametrize("url", ["http://host/x", "s3://", "file://host/x", "ftp://a/b", "nothing"])
def test_a_place_that_is_none_is_refused(tmp_path, url):
    with pytest.raises(BadRequest):
        storage.at(url, home=tmp_path)


def test_a_disk_that_refuses_is_said(tmp_path):
    (tmp_path / "storage").write_bytes(b"a file where the folder should be")
    with pytest.raises(CannotWrite):
        storage.at("", home=tmp_path)
    kept = storage.at((tmp_path / "other").as_uri(), home=tmp_path)
    kept.put_bytes("a", b"1")
    with pytest.raises(CannotWrite):
        kept.put_bytes("a/b", b"1")
    (tmp_path / "taken").mkdir()
    with pytest.raises(CannotWrite):
        kept.get("a", tmp_path / "taken")


def test_a_bucket_that_is_not_there_is_said(endpoint, tmp_path, monkeypatch):
    for name, value in {**AWS, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    kept = storage.at("s3://nowhere/x", home=tmp_path)
    with pytest.raises(CannotWrite):
        kept.put_bytes("a", b"1")
    with pytest.raises((NotStored, StorageFailed)):
        kept.get_bytes("a")
