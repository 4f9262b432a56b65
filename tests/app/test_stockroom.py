"""What a person brings: named files must be good, folders may hold anything, and no input is ever overwritten."""

import wave
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from songreel.app import stockroom
from songreel.app.request import check_spared
from songreel.base.errors import BadMedia, CannotWrite
from songreel.media.store import Cache


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 10**9)


@pytest.fixture
def song(tmp_path):
    path = tmp_path / "song.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes((9000 * np.sin(np.arange(8000) / 3)).astype("<i2").tobytes())
    return path


def photo(path, *, size=(60, 40)):
    path.parent.mkdir(exist_ok=True)
    Image.effect_noise(size, 80).save(path)
    return path


def clip(path):
    """A clip of half a second with picture and sound."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10)
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        sound = container.add_stream("aac", rate=8000)
        sound.layout = "mono"
        tone = (0.4 * np.sin(np.arange(4096) / 3)).astype(np.float32)[None]
        frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 8000, 0
        for shade in range(5):
            picture = np.full((36, 64, 3), shade * 40, np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux([*sound.encode(frame), *sound.encode(None), *video.encode(None)])
    return path


def take_in(song, cache, **brought):
    return stockroom.take_in(song, **{"out": Path("video.mp4"), "cache": cache} | brought)


def test_a_folder_may_hold_anything_and_what_is_left_out_is_said(song, cache, tmp_path):
    good = photo(tmp_path / "photos" / "good.jpg", size=(400, 300))
    (good.parent / "cut.jpg").write_bytes(good.read_bytes()[:4000])
    (good.parent / "letter.png").write_text("dear me")
    (good.parent / "readme.txt").write_text("not media")
    haul = take_in(song, cache, media=[good.parent])
    assert [haul.assets[name].name for name in haul.media] == ["good.jpg"]
    assert len(haul.notes) == 2
    assert "cut.jpg" in haul.notes[0]
    assert "letter.png" in haul.notes[1]


@pytest.mark.parametrize("size", [(1, 1), (9000, 2), (2, 9000)])
def test_a_photo_of_any_shape_is_taken_in(song, cache, tmp_path, size):
    folder = photo(tmp_path / "photos" / "odd.png", size=size).parent
    assert take_in(song, cache, media=[folder]).notes == ()


def test_a_named_file_must_be_good(song, cache, tmp_path):
    (tmp_path / "letter.png").write_text("dear me")
    with pytest.raises(BadMedia, match=r"letter\.png"):
        take_in(song, cache, media=[tmp_path / "letter.png"])


def test_one_file_can_be_both_the_song_and_footage(cache, tmp_path):
    concert = clip(tmp_path / "concert.mp4")
    haul = take_in(concert, cache, media=[concert])
    assert haul.assets[haul.song.id].kind == "song"
    assert [haul.assets[name].kind for name in haul.media] == ["footage"]


def test_the_video_that_is_replaced_is_no_footage_of_its_folder(song, cache, tmp_path):
    photo(tmp_path / "photos" / "good.png")
    earlier = clip(tmp_path / "photos" / "video.mp4")
    haul = take_in(song, cache, media=[earlier.parent], out=earlier)
    assert [haul.assets[name].name for name in haul.media] == ["good.png"]
    assert "video.mp4" in haul.notes[0]


def test_an_unreadable_cover_in_a_song_is_left_out_with_a_note(song, cache, monkeypatch):
    monkeypatch.setattr(stockroom.probe, "cover", lambda _path: b"\xff\xd8\xff no picture")
    heard = stockroom.probe.song(song).evolve(has_cover=True)
    monkeypatch.setattr(stockroom.probe, "song", lambda _path: heard)
    haul = take_in(song, cache)
    assert haul.cover is None
    assert "cover" in haul.notes[0]


def test_no_video_takes_the_place_of_what_it_is_made_from(song, tmp_path):
    (tmp_path / "link.mp4").symlink_to(song)
    for out in (song, tmp_path / "link.mp4"):
        with pytest.raises(CannotWrite, match="-o"):
            check_spared(out, [song])
    check_spared(tmp_path / "new.mp4", [song, tmp_path / "gone"])
