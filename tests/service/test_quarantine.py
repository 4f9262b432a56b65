"""Files of strangers are looked at behind walls: the same is seen as without, and nothing gets out."""

import dataclasses
import json
import socket
import struct
import subprocess
import sys
import textwrap
import zlib
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from PIL import Image
from tests.media.made import write_clip, write_song

from songreel.analysis import pipeline
from songreel.base.errors import BadMedia, WorkerDied
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.media import bounds, look, probe
from songreel.media.bounds import Bounds
from songreel.service import confinement
from songreel.service.quarantine import Quarantine

NOISE = np.random.default_rng(2).uniform(-0.5, 0.5, (2, 24_000)).astype(np.float32)


@pytest.fixture(scope="module")
def quarantine():
    with Quarantine(places=1) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "incoming").mkdir()
    return tmp_path / "incoming"


def song_with_cover(folder):
    """An MP3 with a picture in it."""
    Image.new("RGB", (32, 32), "#204060").save(folder / "cover.png")
    plain = write_song(folder / "plain.flac", NOISE)
    with av.open(str(plain)) as source, av.open(str(folder / "song.mp3"), "w") as out:
        sound = out.add_stream("libmp3lame", rate=48_000)
        art = out.add_stream("png", rate=1)
        art.width = art.height = 32
        art.pix_fmt = "rgb24"
        art.disposition = av.stream.Disposition.attached_pic
        out.start_encoding()
        packet = av.Packet((folder / "cover.png").read_bytes())
        packet.stream, packet.pts, packet.dts, packet.time_base = art, 0, 0, Fraction(1, 90_000)
        out.mux(packet)
        for frame in source.decode(audio=0):
            out.mux(sound.encode(frame))
        out.mux(sound.encode(None))
    return folder / "song.mp3"


def test_the_same_is_seen_behind_walls_as_without(quarantine, folder, tmp_path, caplog):
    picture = tmp_path / "photo.png"
    Image.effect_noise((300, 200), 80).convert("RGB").save(picture)
    files = [
        write_song(tmp_path / "song.wav", NOISE),
        write_clip(tmp_path / "clip.mp4", range(0, 1000, 40), codec="mpeg4", rate=25),
        picture,
    ]
    for path in files:
        (seen,) = quarantine.look(path, folder)
        asset = probe.any(path)
        assert seen.asset == asset
        assert seen.material == (None if asset.kind == "song" else look.material(path, asset))
    assert "without walls" not in caplog.text


def test_a_song_is_heard_behind_walls_as_without(quarantine, tmp_path):
    path = tmp_path / "song.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 2), Part("chorus", 2)), seed=4), path)
    asset, told = probe.any(path), []
    assert quarantine.hear(path, asset, on_progress=told.append) == pipeline.hear(path, asset)
    assert told == [1.0]
    with pytest.raises(BadMedia):
        quarantine.hear(tmp_path / "gone.wav", asset)


def test_a_quarantine_that_is_closed_looks_at_nothing(folder, tmp_path):
    quarantine = Quarantine(places=1)
    quarantine.close()
    with pytest.raises(WorkerDied):
        quarantine.look(write_song(tmp_path / "song.wav", NOISE), folder)


def test_the_cover_in_a_song_comes_with_it(quarantine, folder, tmp_path):
    song, cover = quarantine.look(song_with_cover(tmp_path), folder)
    assert (song.asset.kind, song.asset.has_cover, cover.asset.kind) == ("song", True, "photo")
    assert Path(cover.asset.path).is_relative_to(folder)
    assert Path(cover.asset.path).read_bytes() == (tmp_path / "cover.png").read_bytes()
    assert cover.asset.name == "the cover in song.mp3"
    assert cover.material.asset == cover.asset.id


NESTED = {
    "hls.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{song}\n#EXT-X-ENDLIST\n",
    "remote.m3u8": "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n",
    "concat.ffconcat": "ffconcat version 1.0\nfile '{song}'\n",
    "concat.txt": "file '{song}'\n",
    "call.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
    "dash.mpd": '<?xml version="1.0"?><MPD><Period><AdaptationSet><Representation><BaseURL>file://{song}</BaseURL>'
    "</Representation></AdaptationSet></Period></MPD>",
    "list.pls": "[playlist]\nFile1={song}\n",
    "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{song}"/></svg>',
    "picture.eps": "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n({song}) (r) file\n",
    "video.avs": 'DirectShowSource("{song}")',
    "song.xspf": "<playlist><trackList><track><location>{song}</location></track></trackList></playlist>",
}


@pytest.mark.parametrize("name", NESTED)
def test_a_file_that_names_other_files_is_refused(quarantine, folder, tmp_path, name):
    song = write_song(tmp_path / "song.wav", NOISE)
    for ending in ("", ".mp4"):
        path = tmp_path / f"{name}{ending}"
        path.write_text(NESTED[name].format(song=song))
        with pytest.raises(BadMedia):
            quarantine.look(path, folder)


def png(width, height):
    """A PNG of one color that claims a size; its pixels are not all there."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9_999))) + chunk(b"IEND", b"")
    )


def test_what_unfolds_without_end_is_refused(quarantine, folder, tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", range(0, 2000, 40), codec="mpeg4", rate=25)
    (tmp_path / "wide.png").write_bytes(png(60_000, 60_000))
    (tmp_path / "photo.png").write_bytes(png(12_000, 12_000))
    with av.open(str(tmp_path / "many.mkv"), "w") as out:
        tracks = [out.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(40)]
        frame = av.AudioFrame.from_ndarray(np.ones((1, 800), np.int16), format="s16", layout="mono")
        frame.sample_rate = 8000
        for track in tracks:
            out.mux(track.encode(frame))
    for name, what in (("wide.png", "pixels"), ("photo.png", "pixels"), ("many.mkv", "40 tracks")):
        with pytest.raises(BadMedia, match=what):
            quarantine.look(tmp_path / name, folder)
    bounds.check(clip, Bounds(frames=50, seconds=2, frame_pixels=128 * 72))
    for name, most in {"frames": 49, "seconds": 1, "frame_pixels": 128 * 72 - 1}.items():
        with pytest.raises(BadMedia, match=f"{most:,} are allowed"):
            bounds.check(clip, Bounds(**{name: most}))


def test_what_takes_too_much_is_refused_and_the_next_file_is_looked_at(folder, tmp_path):
    Image.new("P", (10_000, 10_000)).save(tmp_path / "large.png", compress_level=1)
    song = write_song(tmp_path / "song.wav", NOISE)
    tight = dataclasses.replace(confinement.LIMITS, memory_bytes=900 << 20)
    with Quarantine(tight, places=1) as quarantine:
        with pytest.raises(BadMedia):
            quarantine.look(tmp_path / "large.png", folder)
        assert quarantine.look(song, folder)
    with Quarantine(patience_s=0, places=1) as quarantine, pytest.raises(BadMedia, match="too long"):
        quarantine.look(song, folder)


def test_a_quarantine_that_was_killed_is_started_again_and_leaves_nothing(folder, tmp_path):
    song = write_song(tmp_path / "song.wav", NOISE)
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with Quarantine(places=1) as quarantine:
        quarantine.look(song, folder)
        (process,) = [child for child in psutil.Process().children() if child.pid not in before]
        process.kill()
        process.wait(60)
        assert quarantine.look(song, folder)[0].asset.kind == "song"
    assert {child.pid for child in psutil.Process().children(recursive=True)} == before


def test_secrets_of_the_service_do_not_come_along(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "do-not-tell")
    with Quarantine(places=1) as quarantine:
        quarantine.look(write_song(tmp_path / "song.wav", NOISE), folder)
        for child in psutil.Process().children():
            assert "do-not-tell" not in child.environ().values()


ATTEMPT = """
import json, mmap, socket, sys
from pathlib import Path
from songreel.service import confinement
secret, inside, listening = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
walls = confinement.confine(
    confinement.Limits(memory_bytes=1 << 30, cpu_s=30, file_bytes=1000), readable=[], writable=inside
)
def outcome(call):
    try:
        call()
        return "done"
    except BaseException as error:
        return type(error).__name__
print(json.dumps({
    "walls": walls,
    "memory": outcome(lambda: mmap.mmap(-1, 2 << 30)),
    "large": outcome(lambda: (inside / "large").write_bytes(bytes(2000))),
    "small": outcome(lambda: (inside / "small").write_bytes(bytes(500))),
    "read": outcome(secret.read_bytes),
    "write": outcome(lambda: secret.write_bytes(b"x")),
    "link": outcome(lambda: (inside / "link").symlink_to(secret)),
    "network": outcome(lambda: socket.create_connection(("127.0.0.1", listening), 5)),
}))
"""


def test_walls_hold(tmp_path):
    (tmp_path / "inside").mkdir()
    secret = tmp_path / "secret"
    secret.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", textwrap.dedent(ATTEMPT), secret, tmp_path / "inside", server.getsockname()[1]]
        ran = subprocess.run([str(part) for part in command], capture_output=True, timeout=120, check=True)
    found = json.loads(ran.stdout)
    assert (found["memory"], found["large"], found["small"]) == ("OSError", "OSError", "done")
    if "files" in found["walls"]:
        assert {found["read"], found["write"], found["link"]} == {"PermissionError"}
    if "network" in found["walls"]:
        assert found["network"] not in ("done", "TimeoutError")
    assert secret.read_text() == "secret"
