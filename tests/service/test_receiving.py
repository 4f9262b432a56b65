"""What is sent arrives byte for byte, however it is cut; what is too much, or badly called, does no harm."""

import contextlib
import multiprocessing
import os
import shutil
from collections import namedtuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from songreel.base.errors import BadRequest, CannotWrite, TooLarge
from songreel.service import receiving
from songreel.service.receiving import Most, Receiver

EDGE = b"edge"


def form(files, fields=()):
    """A multipart body of (name, bytes)."""
    heads = [(f'form-data; name="{name}"'.encode(), value) for name, value in fields]
    heads += [(b'form-data; name="files"; filename="' + name + b'"', data) for name, data in files]
    parts = [
        b"--edge\r\nContent-Disposition: " + head + b"\r\nContent-Type: video/mp4\r\n\r\n" + data + b"\r\n"
        for head, data in heads
    ]
    return b"".join(parts) + b"--edge--\r\n"


def received(body, folder, *, piece=7, most=Most()):  # noqa: B008 - frozen
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with Receiver(EDGE, folder, most) as receiver:
        for at in range(0, len(body), piece):
            receiver.feed(body[at : at + piece])
        return receiver.finish()


@given(
    files=st.lists(
        st.binary(max_size=200) | st.sampled_from([b"--edge", b"\r\n--edg", b"\r\n"]), min_size=1, max_size=4
    ),
    piece=st.integers(1, 300),
)
def test_files_arrive_as_they_were_however_they_are_cut(tmp_path_factory, files, piece):
    folder = tmp_path_factory.getbasetemp() / "arrived"
    body = form([(b"a.bin", data) for data in files], fields=[("language", b"en")])
    if any(b"\r\n--edge" in b"\r\n" + data for data in files):
        return
    assert [path.read_bytes() for path in received(body, folder, piece=piece)] == files


def test_what_is_too_much_stops_at_once(tmp_path):
    most = Most(file_bytes=1000, total_bytes=6000, files=3)
    with pytest.raises(TooLarge) as caught:
        received(form([(b"a", bytes(1001))]), tmp_path / "x", most=most)
    assert caught.value.limit_bytes == 1000
    assert sum(path.stat().st_size for path in (tmp_path / "x").rglob("*") if path.is_file()) <= 1000
    with pytest.raises(TooLarge):
        received(form([(b"a", bytes(10))]) + bytes(6000), tmp_path / "x", most=most)
    with pytest.raises(BadRequest, match="more than 3"):
        received(form([(b"a", b"1")] * 4), tmp_path / "x", most=most)
    assert len(received(form([(b"a", bytes(1000))] * 3), tmp_path / "x", most=most)) == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b"--edge--\r\n",
        form([(b"a", b"data")])[:-12],
        form([(b"a" * 100_000, b"data")]),
        form([], fields=[("a", b"b")]),
        form([(b"", b"")]),
        b"--edge\r\n" + b"X: y\r\n" * 40 + b"\r\n1\r\n--edge--\r\n",
    ],
)
def test_what_is_no_form_or_no_file_is_refused(tmp_path, body):
    with pytest.raises(BadRequest):
        received(body, tmp_path / "x")


NAMES = {
    b"../../etc/passwd": "passwd",
    b"C:\\Windows\\song.mp3": "song.mp3",
    "夜の歌.flac".encode(): "夜の歌.flac",
    "gnp\u202e3pm.exe".encode(): "gnp3pm.exe",
    b"a\0b.mp3": "ab.mp3",
    b"..": "file",
    b"": "file",
    b"/": "file",
    b".hidden": "hidden",
    b"\xff\xfe.mp3": "\ufffd\ufffd.mp3",
    b"a" * 10_000 + b".mp3": "a" * 146 + ".mp3",
    "歌".encode() * 5000 + b".mp3": "歌" * 48 + ".mp3",
    b"  spaced .wav": "spaced.wav",
}


@pytest.mark.parametrize("claimed", NAMES, ids=range(len(NAMES)))
def test_hostile_names_are_harmless(tmp_path, claimed):
    (path,) = received(form([(claimed, b"data")]), tmp_path / "x", piece=4000)
    assert path.name == NAMES[claimed]
    assert path.parent.parent == tmp_path / "x"
    assert path.read_bytes() == b"data"


@given(st.text(max_size=400))
@example("\ud800.mp3")
@example("." * 300)
@example("a." + "b" * 11)
def test_any_name_becomes_one_that_a_disk_takes(name):
    plain = receiving.plain_name(name)
    assert plain.isprintable()
    assert 1 <= len(os.fsencode(plain)) <= receiving.LONGEST_NAME_BYTES
    assert not set(plain) & set('/\\:*?"<>|')
    assert plain[0] not in ". "
    assert receiving.plain_name(plain) == plain


def test_what_is_on_its_way_is_gone_afterwards(tmp_path):
    with contextlib.suppress(ZeroDivisionError), receiving.incoming(tmp_path) as folder:
        (folder / "half").write_bytes(b"1")
        assert receiving.sweep(tmp_path) == 0, "what is being written is not swept"
        assert (folder / "half").exists()
        raise ZeroDivisionError
    assert not list((tmp_path / "incoming").iterdir())


def _die_halfway(home):
    with receiving.incoming(home) as folder:
        (folder / "half").write_bytes(b"1")
        os._exit(9)


def test_what_a_dead_process_left_is_swept(tmp_path):
    process = multiprocessing.get_context("spawn").Process(target=_die_halfway, args=(tmp_path,))
    process.start()
    process.join(120)
    assert len(list((tmp_path / "incoming").iterdir())) == 2
    assert receiving.sweep(tmp_path) == 1
    assert not list((tmp_path / "incoming").iterdir())


def test_a_full_disk_is_said_before_anything_is_sent(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12 - 10**9, 10**9))
    with receiving.incoming(tmp_path, expected_bytes=10**8):
        pass
    with pytest.raises(CannotWrite, match="full"), receiving.incoming(tmp_path, expected_bytes=10**9):
        pass


def test_a_disk_that_fills_up_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(receiving, "plain_name", lambda _: "/dev/full")
    with pytest.raises(CannotWrite, match="full"):
        received(form([(b"a", b"data")]), tmp_path / "x")


def test_the_boundary_is_read_from_the_header():
    assert receiving.boundary('multipart/form-data; boundary="a b"') == b"a b"
    for wrong in (
        "",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "x" * 300,
        "application/json",
    ):
        with pytest.raises(BadRequest):
            receiving.boundary(wrong)
