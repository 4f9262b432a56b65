"""A file is what it holds, not what it is called; and what cannot be used is refused in a sentence."""

import contextlib
import os
import random
import re
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from made import HEIGHT, SONGS, WIDTH, click, turn, write_clip, write_song
from songreel.base.errors import BadMedia
from songreel.media import pictures, probe

NOISE = random.Random(1).randbytes(9000)
LOUD = np.random.default_rng(0).uniform(-0.5, 0.5, (2, 48_000 * 4)).astype(np.float32)


def refused(path, *words):
    with pytest.raises(BadMedia) as caught:
        probe.song(path)
    assert caught.value.advice
    for word in words:
        assert word in str(caught.value)
    with pytest.raises(BadMedia):
        probe.footage(path)
    with pytest.raises(BadMedia):
        probe.photo(path)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.m4a", "a.aac", "a.opus", "a.webm"])
def test_kind_is_told_by_content(tmp_path, name):
    path = write_song(tmp_path / name, click())
    other = path.rename(tmp_path / "holiday.jpg")
    assert probe.any(other).kind == "song"


def test_pictures_and_clips_are_told_by_content(tmp_path):
    Image.new("RGB", (40, 30), "red").save(tmp_path / "a.png")
    photo = probe.any((tmp_path / "a.png").rename(tmp_path / "a.mp3"))
    assert (photo.kind, photo.width, photo.height, photo.duration) == ("photo", 40, 30, 0)
    clip = probe.any(write_clip(tmp_path / "a.mp4", range(0, 1000, 100)).rename(tmp_path / "a.txt"))
    assert (clip.kind, clip.width, clip.height) == ("footage", WIDTH, HEIGHT)
    stills = [Image.new("RGB", (40, 30), color) for color in ("red", "blue", "green")]
    stills[0].save(tmp_path / "still.gif")
    stills[0].save(tmp_path / "moving.gif", save_all=True, append_images=stills[1:], duration=200)
    assert probe.any(tmp_path / "still.gif").kind == "photo"
    moving = probe.any(tmp_path / "moving.gif")
    assert (moving.kind, moving.duration) == ("footage", Fraction(3, 5))


def test_a_name_in_another_encoding_is_one_that_documents_can_hold(tmp_path):
    path = write_song(tmp_path / os.fsdecode("café.wav".encode("latin-1")), click())
    assert probe.song(path).name == "caf\ufffd.wav"


def test_the_same_bytes_have_the_same_id(tmp_path):
    one = probe.song(write_song(tmp_path / "a.wav", click()))
    two = probe.song((tmp_path / "a.wav").rename(tmp_path / "b.wav"))
    assert one.id == two.id
    assert one.name != two.name


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.m4a", "a.opus", "a.ogg", "a.mkv"])
def test_tags_give_title_and_artist(tmp_path, name):
    path = write_song(tmp_path / name, click(), tags={"title": "Городские сны", "artist": "夜の人"})
    asset = probe.song(path)
    assert (asset.title, asset.artist, asset.has_cover) == ("Городские сны", "夜の人", False)
    assert probe.cover(path) is None


def test_an_embedded_picture_is_the_cover(tmp_path):
    Image.new("RGB", (32, 32), "#204060").save(tmp_path / "cover.png")
    song = write_song(tmp_path / "a.flac", click())
    with av.open(str(song)) as source, av.open(str(tmp_path / "b.mp3"), "w") as out:
        sound = out.add_stream("libmp3lame", rate=48_000)
        art = out.add_stream("png", rate=1)
        art.width = art.height = 32
        art.pix_fmt = "rgb24"
        art.disposition = av.stream.Disposition.attached_pic
        out.start_encoding()
        packet = av.Packet((tmp_path / "cover.png").read_bytes())
        packet.stream, packet.pts, packet.dts, packet.time_base = art, 0, 0, Fraction(1, 90_000)
        out.mux(packet)
        for frame in source.decode(audio=0):
            out.mux(sound.encode(frame))
        out.mux(sound.encode(None))
    asset = probe.any(tmp_path / "b.mp3")
    assert (asset.kind, asset.has_cover) == ("song", True)
    (tmp_path / "taken.png").write_bytes(probe.cover(tmp_path / "b.mp3"))
    picture = pictures.load(tmp_path / "taken.png")
    assert picture.shape == (32, 32, 4)
    assert tuple(picture[5, 5]) == (0x20, 0x40, 0x60, 255)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotation_turns_the_size(tmp_path, degrees):
    asset = probe.footage(turn(write_clip(tmp_path / "a.mp4", range(0, 500, 100)), degrees))
    assert asset.rotation == degrees
    assert (asset.width, asset.height) == ((HEIGHT, WIDTH) if degrees != 180 else (WIDTH, HEIGHT))


def test_pixels_that_are_not_square_are_counted_as_shown(tmp_path):
    path = write_clip(tmp_path / "a.mp4", range(0, 500, 100), sample_aspect_ratio=Fraction(4, 3))
    assert (probe.footage(path).width, probe.footage(path).height) == (round(WIDTH * 4 / 3), HEIGHT)


@pytest.mark.parametrize(
    ("name", "container", "codec"),
    [
        ("a.mp4", "mp4", "libx264"),
        ("a.mov", "mov", "libx264"),
        ("a.avi", "avi", "mpeg4"),
        ("a.webm", "webm", "libvpx-vp9"),
        ("a.mkv", "matroska", "libx264"),
        ("a.ts", "mpegts", "libx264"),
    ],
)
def test_footage_of_every_container_has_a_length(tmp_path, name, container, codec):
    path = write_clip(tmp_path / name, range(0, 2000, 40), container=container, codec=codec, rate=25)
    asset = probe.footage(path)
    assert float(asset.duration) == pytest.approx(2, abs=0.1)
    assert float(asset.fps) == pytest.approx(25, rel=0.01)


def test_footage_without_a_declared_length_is_measured(tmp_path):
    path = write_clip(tmp_path / "live.mkv", range(0, 2000, 40), container="matroska", rate=25)
    data = bytearray(path.read_bytes())
    # The Duration element (id 0x4489, 8 bytes long) becomes a void one, as in a recording that was never finished.
    at = data.index(b"\x44\x89\x88")
    data[at : at + 2] = b"\xec\x89"
    path.write_bytes(bytes(data))
    assert float(probe.footage(path).duration) == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"a letter, not a song\n" * 99, "not a song"),
        (NOISE, ""),
        (b"ID3", ""),
    ],
)
def test_what_is_no_media_is_refused(tmp_path, content, word):
    (tmp_path / "x.mp3").write_bytes(content)
    refused(tmp_path / "x.mp3", "x.mp3", word)
    with pytest.raises(BadMedia):
        probe.any(tmp_path / "x.mp3")


def test_what_is_no_file_is_refused(tmp_path):
    refused(tmp_path / "gone.mp3", "no file")
    refused(tmp_path, "folder")
    os.mkfifo(tmp_path / "pipe.mp3")
    refused(tmp_path / "pipe.mp3", "not an ordinary file")


def test_playlists_that_name_other_files_are_not_followed(tmp_path):
    write_song(tmp_path / "a.wav", click())
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\na.wav\n#EXT-X-ENDLIST\n")
    (tmp_path / "list.mp3").write_text("ffconcat version 1.0\nfile a.wav\n")
    refused(tmp_path / "list.m3u8")
    refused(tmp_path / "list.mp3")


def test_a_silent_song_is_refused(tmp_path):
    quiet = np.full((2, 48_000), 10 ** (-61 / 20), np.float32)
    with pytest.raises(BadMedia, match="silent"):
        probe.song(write_song(tmp_path / "a32.wav", quiet))
    assert probe.song(write_song(tmp_path / "a32.wav", quiet * 1.3)).duration == 1


def test_a_clip_without_sound_is_no_song(tmp_path):
    with pytest.raises(BadMedia, match="no sound"):
        probe.song(write_clip(tmp_path / "a.mp4", range(0, 500, 100)))


@pytest.mark.parametrize("name", [name for name in SONGS if name not in ("a.aac", "a.opus", "a.ogg")])
def test_a_song_that_was_cut_off_is_refused(tmp_path, name):
    path = write_song(tmp_path / name, LOUD)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(BadMedia, match="cut off"):
        probe.song(path)


def sound_and_picture(tmp_path, container):
    """A file with a second of sound and five of pictures."""
    song = write_song(tmp_path / "a.opus", LOUD[:, :48_000])
    path = tmp_path / "c"
    clip = write_clip(tmp_path / "b.webm", range(0, 5000, 40), container="webm", codec="libvpx-vp9")
    with (
        av.open(str(song)) as sound,
        av.open(str(clip)) as picture,
        av.open(str(path), "w", container) as out,
    ):
        tracks = [(source, out.add_stream_from_template(source.streams[0], opaque=True)) for source in (sound, picture)]
        for source, track in tracks:
            for packet in source.demux(source.streams[0]):
                if packet.size:
                    packet.stream = track
                    out.mux(packet)
    return path


@pytest.mark.parametrize("container", ["mp4", "matroska", "webm"])
def test_sound_may_end_before_the_picture_does(tmp_path, container):
    path = sound_and_picture(tmp_path, container)
    assert probe.song(path).duration == 1
    assert probe.any(path).kind == "footage"


@pytest.mark.parametrize("nonsense", [b"00:00:1/0", b"00:00:1e9999999", b"later"])
def test_a_length_that_is_none_is_passed_over(tmp_path, nonsense):
    path = sound_and_picture(tmp_path, "matroska")
    told = rb"\d\d:\d\d:\d\d\.\d{9}"
    data, found = re.subn(told, lambda match: nonsense.ljust(len(match[0]), b"\0"), path.read_bytes())
    assert found == 2
    path.write_bytes(data)
    assert probe.song(path).duration == 1


@pytest.mark.parametrize("name", ["a.aac", "a.opus", "a.ogg"])
def test_where_nothing_tells_that_it_was_cut_off_what_is_there_is_used(tmp_path, name):
    path = write_song(tmp_path / name, LOUD)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert 0.5 < probe.song(path).duration < 3


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.avi"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_clip_that_was_cut_off_is_refused_or_read(tmp_path, name, share):
    container = {"a.mp4": "mp4", "a.mkv": "matroska", "a.avi": "avi"}[name]
    path = write_clip(tmp_path / name, range(0, 2000, 40), container=container, codec="mpeg4", rate=25)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with contextlib.suppress(BadMedia):
        asset = probe.footage(path)
        assert (asset.width, asset.height) == (WIDTH, HEIGHT)
