"""A file is there whole or not at all; a cache never grows beyond its limit nor gives half a file."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from songreel.base.errors import CannotWrite
from songreel.media import store


def fill(cache, key, size, age=0.0):
    place = cache.place("chunk", key, ".mkv")
    with store.sealed(place) as part:
        part.write_bytes(bytes(size))
    os.utime(place, (time.time() - age,) * 2)
    return place


def test_a_name_appears_when_all_is_written(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before")
    with store.atomic(path) as part:
        part.write_text("after")
        assert path.read_text() == "before"
        assert part.parent == path.parent
    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("folder", ["/", "."])
def test_a_folder_is_no_file_to_write(folder):
    with pytest.raises(CannotWrite, match="a folder of that name"), store.atomic(Path(folder)):
        pytest.fail("there is nothing to write to")


def test_what_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before")

    def fail():
        with store.atomic(path) as part:
            part.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_refuses_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "gone" / "a.txt", tmp_path, tmp_path / "file" / "a.txt"):
        with pytest.raises(CannotWrite) as caught, store.atomic(path):
            pass
        assert caught.value.advice


def test_the_least_recently_used_go_first(tmp_path):
    cache = store.Cache(tmp_path / "cache", limit_bytes=3000)
    for number in range(5):
        fill(cache, f"{number:032x}", 1000, age=100 - number)
    assert cache.path("chunk", f"{0:032x}", ".mkv")
    assert cache.evict() == 2000
    left = [number for number in range(5) if cache.path("chunk", f"{number:032x}", ".mkv")]
    assert left == [0, 3, 4]
    assert cache.evict() == 0


def test_an_empty_cache_holds_nothing(tmp_path):
    cache = store.Cache(tmp_path / "cache", limit_bytes=10)
    assert cache.path("chunk", "ab", ".mkv") is None
    assert cache.evict() == 0


def test_kinds_and_suffixes_do_not_meet(tmp_path):
    cache = store.Cache(tmp_path, limit_bytes=10_000)
    fill(cache, "ab", 5)
    assert cache.path("song", "ab", ".mkv") is None
    assert cache.path("chunk", "ab", ".json") is None


def test_what_a_killed_writer_left_goes_though_another_process_has_its_number(tmp_path):
    parts = [tmp_path / f".film.mp4.{os.getpid()}-{number}.part" for number in (7, 8)]
    for part in parts:
        part.write_bytes(b"half")
    before_us = psutil.Process().create_time() - 60
    os.utime(parts[0], (before_us, before_us))
    store.sweep(tmp_path / "film.mp4")
    assert [part.exists() for part in parts] == [False, True]


def test_what_killed_writers_left_goes_after_an_hour(tmp_path):
    cache = store.Cache(tmp_path, limit_bytes=10_000)
    place = cache.place("chunk", "ab", ".mkv")
    code = (
        "import os, pathlib, sys; from songreel.media import store\n"
        "with store.atomic(pathlib.Path(sys.argv[1])) as part: part.write_bytes(bytes(9)); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(place)], check=False).returncode == 9
    (left,) = place.parent.iterdir()
    assert cache.evict() == 0
    os.utime(left, (time.time() - store.LEFTOVER_AGE_S - 5,) * 2)
    assert cache.evict() == 9
    assert list(place.parent.iterdir()) == []


def test_two_processes_may_write_one_key(tmp_path):
    place = store.Cache(tmp_path, limit_bytes=10**9).place("chunk", "ab", ".bin")
    code = (
        "import pathlib, sys; from songreel.media import store\n"
        "for _ in range(50):\n"
        "    with store.atomic(pathlib.Path(sys.argv[1])) as part: part.write_bytes(sys.argv[2].encode() * 5000)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(place), letter]) for letter in "ab"]
    while any(writer.poll() is None for writer in writers):
        if place.exists():
            seen = place.read_bytes()
            assert seen in (b"a" * 5000, b"b" * 5000)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.parametrize("damage", [lambda raw: raw[:500], lambda _raw: b"", lambda raw: b"!" + raw[1:]])
def test_what_was_damaged_counts_as_not_there_until_it_is_made_again(tmp_path, damage):
    cache = store.Cache(tmp_path, limit_bytes=10_000)
    place = fill(cache, "ab", 1000)
    assert cache.path("chunk", "ab", ".mkv") == place
    place.write_bytes(damage(place.read_bytes()))
    assert cache.path("chunk", "ab", ".mkv") is None
    fill(cache, "ab", 1000)
    assert cache.path("chunk", "ab", ".mkv") == place


def test_nothing_is_left_of_what_was_evicted(tmp_path):
    cache = store.Cache(tmp_path, limit_bytes=0)
    place = fill(cache, "ab", 1000)
    assert cache.evict() == 1000
    assert list(place.parent.iterdir()) == []


def test_a_cache_that_cannot_be_written_says_how_to_choose_another(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite) as caught:
        store.Cache(tmp_path / "file", limit_bytes=1).place("chunk", "ab", ".mkv")
    assert "SONGREEL_CACHE" in caught.value.advice
    with pytest.raises(CannotWrite) as caught, store.sealed(tmp_path / "gone" / "a.mkv"):
        pass
    assert "SONGREEL_CACHE" in caught.value.advice
