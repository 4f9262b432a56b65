"""Bad input gets one sentence and exit code 2: no traceback, no half file, nothing lost."""

import os
import wave

import pytest

SMALL = ("--size", "64x36", "--workers", "1")


def wav(path, *, seconds=1.0, level=0):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(int(level).to_bytes(2, "little", signed=True) * int(8000 * seconds))


def refused(result, *words):
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    said = result.stderr.strip().splitlines()[-1]
    assert said.endswith(".")
    for word in words:
        assert word in said


def leftovers(folder):
    return [path.name for path in folder.rglob("*") if path.suffix in (".mp4", ".part") or ".tmp" in path.name]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("text.mp3", b"this is a letter, not a song\n" * 50, "text.mp3"),
        ("zero.mp3", b"", "empty"),
        ("noise.wav", os.urandom(5000), "noise.wav"),
        ("header.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "header.wav"),
    ],
)
def test_what_is_no_song_is_refused(songreel, tmp_path, name, content, word):
    (tmp_path / name).write_bytes(content)
    refused(songreel("make", name, "calm", *SMALL), word)
    refused(songreel("analyze", name), word)
    assert leftovers(tmp_path) == []


def test_a_missing_a_silent_and_an_empty_song_are_refused(songreel, tmp_path):
    refused(songreel("make", "gone.mp3"), "gone.mp3")
    refused(songreel("make", "."), "folder")
    wav(tmp_path / "silent.wav")
    refused(songreel("make", "silent.wav", *SMALL), "silent")
    wav(tmp_path / "none.wav", seconds=0)
    refused(songreel("make", "none.wav", *SMALL), "none.wav")
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--preset", "betamax"), "betamax"),
        (("--size", "big"), "size"),
        (("--size", "641x360"), "642x360"),
        (("--size", "0x0"), "size"),
        (("--size", "99999x2"), "size"),
        (("--fps", "fast"), "frame rate"),
        (("-o", "video.txt"), "video.txt"),
        (("-o", "gone/video.mp4"), "gone"),
        (("--codec", "vp9"), "vp9"),
        (("--audio", "copy"), "AAC"),
        (("--audio", "loud"), "loud"),
        (("--scene", "gone.fs"), "gone.fs"),
        (("--cover", "gone.jpg"), "gone.jpg"),
        (("--media", "gone/"), "gone"),
        (("--workers", "many"), "--workers"),
        (("--quality", "99"), "99"),
        (("--speed", "warp"), "warp"),
    ],
)
def test_nonsense_options_are_refused(songreel, song, tmp_path, arguments, word):
    refused(songreel("make", song, "calm", *arguments), word)
    assert leftovers(tmp_path) == []


def test_a_broken_shader_is_refused_with_its_line(songreel, song, tmp_path):
    (tmp_path / "broken.fs").write_text(
        '/*{"ISFVSN": "2", "INPUTS": []}*/\nvoid main() {\n  gl_FragColor = vec3(1.0;\n}\n'
    )
    result = songreel("make", song, "--scene", "broken.fs", *SMALL)
    assert result.returncode == 2
    assert "broken.fs" in result.stderr
    assert "3" in result.stderr
    assert "Traceback" not in result.stderr


def test_no_room_on_the_disk_leaves_no_half_file(songreel, song, tmp_path):
    import resource

    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    result = songreel("make", song, "calm", "--size", "320x180", "--workers", "1", preexec_fn=little_room)
    refused(result)
    assert leftovers(tmp_path) == []


def test_a_video_never_takes_the_place_of_its_song(songreel, song, tmp_path):
    own = tmp_path / "own.mp4"
    own.write_bytes(song.read_bytes())
    refused(songreel("make", own, "calm", "-o", own, *SMALL), "own.mp4")
    assert own.read_bytes() == song.read_bytes()
