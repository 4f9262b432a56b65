"""Chunks and a song become one file in which every frame and every sample is where it belongs."""

import resource
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from made import CLICK_MIDDLE, HEIGHT, WIDTH, click, frame, number_of, peak_at, write_chunks, write_song
from songreel.base.errors import BadMedia, BadRequest, CannotWrite
from songreel.media import mux, mux_sound, probe, sound
from songreel.media.encode import SPEEDS, Encoder
from songreel.media.footage import Reader
from songreel.model.preset import PRESETS, Encoding
from songreel.model.timeline import Canvas

RATES = [Fraction(24), Fraction(25), Fraction(30), Fraction(60), Fraction(24_000, 1001), Fraction(30_000, 1001)]

FILMS = [
    ("mp4", "h264", "aac"),
    ("mov", "h264", "aac"),
    ("webm", "vp9", "opus"),
    ("webm", "av1", "opus"),
    ("mp4", "av1", "aac"),
]


def preset(container="mp4", codec="h264", audio="aac"):
    return PRESETS["youtube"].evolve(
        width=WIDTH, height=HEIGHT, container=container, audio=audio, encoding=Encoding(codec=codec)
    )


def part(song, seconds=2, **changes):
    return mux.SongPart(song, Fraction(0), Fraction(seconds), **changes)


def joined(folder, chunks, canvas, chosen, song, **changes):
    out = folder / f"out.{chosen.container}"
    settings = {"sound": song, "tags": {"title": "Städte", "artist": "夜"}} | changes
    mux.join(chunks, out, canvas=canvas, preset=chosen, **settings)
    return out


def shown(path):
    """(time in seconds, number) of each frame."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return [
            (picture.pts * stream.time_base, number_of(picture.reformat(format="gray").to_ndarray()))
            for picture in container.decode(stream)
        ]


def sound_packets(path):
    with av.open(str(path)) as container:
        return [(packet.pts, packet.dts, packet.duration, bytes(packet)) for packet in container.demux(audio=0)]


def heard(path):
    return np.concatenate(list(sound.blocks(path, rate=48_000, channels=2)), axis=1)


@pytest.fixture
def song(tmp_path):
    return write_song(tmp_path / "a.wav", click())


@pytest.mark.parametrize("fps", RATES)
def test_frame_n_is_shown_at_n_over_fps(tmp_path, song, fps):
    canvas, chunks = write_chunks(tmp_path, [50, 1, 2, 17], fps=fps)
    out = joined(tmp_path, chunks, canvas, preset(), part(song))
    assert shown(out) == [(number / fps, number) for number in range(70)]
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        assert (stream.frames, stream.average_rate, stream.duration * stream.time_base) == (70, fps, 70 / fps)


@pytest.mark.parametrize("b_frames", [0, 1, 2, 5])
def test_any_number_of_b_frames_keeps_the_order(tmp_path, b_frames):
    canvas, chunks = write_chunks(tmp_path, [9, 12], b_frames=b_frames)
    chosen = preset(audio="none").evolve(encoding=Encoding(b_frames=b_frames))
    out = joined(tmp_path, chunks, canvas, chosen, None)
    assert shown(out) == [(Fraction(number, 30), number) for number in range(21)]


@pytest.mark.parametrize(
    ("container", "codec", "audio"),
    [
        ("mp4", "h264", "aac"),
        ("mov", "h264", "aac"),
        ("webm", "vp9", "opus"),
        ("webm", "av1", "opus"),
        ("mp4", "av1", "aac"),
    ],
)
@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.m4a"])
def test_sound_starts_with_the_song(tmp_path, container, codec, audio, name):
    canvas, chunks = write_chunks(tmp_path, [31, 29], codec=codec)
    out = joined(tmp_path, chunks, canvas, preset(container, codec, audio), part(write_song(tmp_path / name, click())))
    found = heard(out)
    assert found.shape[1] == 96_000
    assert abs(peak_at(found) - CLICK_MIDDLE) < 0.0005 * 48_000
    assert [number for _, number in shown(out)] == list(range(60))
    asset = probe.song(out)
    assert (asset.title, asset.artist, asset.duration) == ("Städte", "夜", 2)


def boxes(data):
    found, at = {}, 0
    while at + 8 <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8].decode("latin1")
        found.setdefault(name, []).append(data[at + 8 : at + size])
        at += max(8, size)
    return found


def inside(data, *path):
    for name in path:
        data = boxes(data)[name][0]
    return data


def test_an_mp4_is_what_platforms_ask_for(tmp_path, song):
    canvas, chunks = write_chunks(tmp_path, [40, 20])
    data = joined(tmp_path, chunks, canvas, preset(), part(song)).read_bytes()
    top = list(boxes(data))
    assert top.index("moov") < top.index("mdat")
    picture, voice = boxes(inside(data, "moov"))["trak"]
    described = inside(picture, "mdia", "minf", "stbl", "stsd")
    assert described[12:16] == b"avc1"
    assert b"colrnclx\x00\x01\x00\x01\x00\x01\x00" in described
    edit = inside(voice, "edts", "elst")
    assert int.from_bytes(edit[12:16], "big") == 1024, "the edit list takes the AAC encoder's priming off"
    assert int.from_bytes(edit[8:12], "big") == 96_000, "in a movie clock of 48 kHz, the song's length is exact"
    with av.open(str(tmp_path / "out.mp4")) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.profile, video.codec_context.pix_fmt) == ("High", "yuv420p")
        tags = video.codec_context
        assert (tags.color_primaries, tags.color_trc, tags.colorspace, tags.color_range) == (1, 1, 1, 1)
        assert (audio.codec_context.name, audio.profile, audio.rate, audio.channels) == ("aac", "LC", 48_000, 2)
        kinds = [(packet.is_keyframe, packet.pts) for packet in container.demux(video) if packet.pts is not None]
        keys = [index for index, (key, _) in enumerate(kinds) if key]
        assert keys == [0, 40], "each chunk starts with a key frame"
        assert all(stamp >= kinds[key][1] for key in keys for _, stamp in kinds[key:]), "closed GOP"


def test_sound_and_picture_are_interleaved(tmp_path):
    song = write_song(tmp_path / "a.wav", np.tile(click(), 4))
    canvas, chunks = write_chunks(tmp_path, [60, 60, 60, 60])
    out = joined(tmp_path, chunks, canvas, preset(), part(song, 8))
    with av.open(str(out)) as container:
        order = sorted((packet.pos, packet.stream.type) for packet in container.demux() if packet.size)
    longest, run = 0, 0
    for (_, kind), (_, before) in zip(order[1:], order, strict=False):
        run = run + 1 if kind == before else 0
        longest = max(longest, run)
    assert longest < 60


def test_the_same_frames_give_the_same_bytes(tmp_path, song):
    for codec, container, audio in (("h264", "mp4", "aac"), ("vp9", "webm", "opus"), ("av1", "webm", "opus")):
        results = []
        for attempt in ("one", "two"):
            folder = tmp_path / f"{codec}-{attempt}"
            folder.mkdir()
            canvas, chunks = write_chunks(folder, [20, 5], codec=codec)
            out = joined(folder, chunks, canvas, preset(container, codec, audio), part(song))
            results.append([path.read_bytes() for path in (*chunks, out)])
        assert results[0] == results[1]


@pytest.mark.parametrize("name", ["a.m4a", "a.aac", "a.mp4", "a.mov", "a.mkv"])
def test_aac_can_be_kept_as_it_is(tmp_path, name):
    canvas, chunks = write_chunks(tmp_path, [30, 30])
    source = write_song(tmp_path / name, click())
    out = joined(tmp_path, chunks, canvas, preset(audio="copy"), part(source))
    found = heard(out)
    assert abs(peak_at(found) - CLICK_MIDDLE) < 0.0005 * 48_000
    assert np.array_equal(found, heard(source)[:, : found.shape[1]])


@pytest.mark.parametrize(("container", "codec"), [("mp4", "h264"), ("mov", "h264"), ("mp4", "av1")])
def test_sound_encoded_ahead_is_the_same_sound(tmp_path, song, container, codec):
    canvas, chunks = write_chunks(tmp_path, [30, 30], codec=codec)
    chosen, heard_part = preset(container, codec), part(song, fade_in_s=0.5)
    direct = joined(tmp_path, chunks, canvas, chosen, heard_part)
    packets, samples = sound_packets(direct), heard(direct)
    told = []
    mux_sound.encode(heard_part, tmp_path / "sound.mp4", chosen, on_progress=told.append)
    ahead = mux.EncodedSound(tmp_path / "sound.mp4", heard_part.duration)
    film = joined(tmp_path, chunks, canvas, chosen, ahead)
    assert sound_packets(film) == packets
    assert np.array_equal(heard(film), samples)
    assert told == sorted(told)
    assert 0.9 < told[-1] <= 1


def test_a_copied_song_ends_with_the_film(tmp_path):
    canvas, chunks = write_chunks(tmp_path, [45])
    source = write_song(tmp_path / "a.m4a", click(4))
    out = joined(tmp_path, chunks, canvas, preset(audio="copy"), part(source, Fraction(3, 2)))
    assert probe.song(out).duration == pytest.approx(1.5, abs=1024 / 48_000)


def test_what_cannot_be_copied_is_refused(tmp_path, song):
    canvas, chunks = write_chunks(tmp_path, [5])
    for bad in (part(song), part(write_song(tmp_path / "a.m4a", click()), volume=0.5)):
        with pytest.raises(BadRequest) as caught:
            joined(tmp_path, chunks, canvas, preset(audio="copy"), bad)
        assert caught.value.advice
    assert not (tmp_path / "out.mp4").exists()


def test_volume_and_fades_shape_the_sound(tmp_path):
    song = write_song(tmp_path / "a32.wav", np.full((2, 96_000), 0.5, np.float32))
    canvas, chunks = write_chunks(tmp_path, [60])
    shaped = part(song, volume=0.5, fade_in_s=0.5, fade_out_s=0.5)
    with av.open(str(joined(tmp_path, chunks, canvas, preset(), shaped))) as container:
        level = np.concatenate([block.to_ndarray() for block in container.decode(audio=0)], axis=1)[0]
    assert abs(level[100]) < 0.03
    assert level[12_000] == pytest.approx(0.125, abs=0.03)
    assert level[48_000] == pytest.approx(0.25, abs=0.03)
    assert abs(level[95_900]) < 0.03


def test_a_change_of_volume_is_heard_where_it_is_and_does_not_click(tmp_path):
    seconds = np.arange(4 * 48_000) / 48_000
    song = write_song(tmp_path / "a32.wav", np.tile(0.5 * np.sin(2 * np.pi * 440 * seconds), (2, 1)).astype(np.float32))
    canvas, chunks = write_chunks(tmp_path, [120])
    crest = 1 / 440 / 4
    steps = ((1 + crest, 0.0), (2 + crest, 0.5), (3 + crest, 1.0))
    parted = heard(joined(tmp_path, chunks, canvas, preset(), part(song, 4, steps=steps)))[0]
    plain = heard(joined(tmp_path, chunks, canvas, preset(), part(song, 4)))[0]

    def level(samples, begin, end):
        return float(np.sqrt(np.mean(np.square(samples[round(begin * 48_000) : round(end * 48_000)]))))

    wanted = [(0.1, 0.95, 1), (1.05, 1.95, 0), (2.05, 2.95, 0.5), (3.05, 3.9, 1)]
    for begin, end, volume in wanted:
        assert level(parted, begin, end) == pytest.approx(volume * level(plain, begin, end), abs=0.01)
    # A click is a change within one sample that no such tone makes: its second difference stands out.
    bend = np.abs(np.diff(parted, 2))[2_000:-4_000]
    assert bend.max() < 1.3 * np.abs(np.diff(plain, 2))[2_000:-4_000].max()


def test_a_gif_loops_for_ever_and_shows_all_frames(tmp_path):
    canvas, chunks = write_chunks(tmp_path, [12, 8], fps=Fraction(25), codec="gif")
    out = joined(tmp_path, chunks, canvas, preset("gif", "gif", "none"), None)
    assert b"NETSCAPE2.0\x03\x01\x00\x00" in out.read_bytes()
    assert shown(out) == [(Fraction(number, 25), number) for number in range(20)]


def test_a_gif_of_more_frames_than_it_has_moments_is_refused(tmp_path):
    canvas, chunks = write_chunks(tmp_path, [5], fps=Fraction(120), codec="gif")
    with pytest.raises(BadRequest, match="120 frames a second"):
        joined(tmp_path, chunks, canvas, preset("gif", "gif", "none"), None)


def test_chunks_of_other_settings_are_refused(tmp_path, song):
    canvas, chunks = write_chunks(tmp_path, [5])
    _, others = write_chunks(tmp_path, [5], codec="av1")
    (tmp_path / "damaged.mkv").write_bytes(chunks[0].read_bytes()[:600])
    for bad in (others[0], tmp_path / "damaged.mkv"):
        with pytest.raises(BadMedia, match=r"chunk|damaged"):
            joined(tmp_path, [*chunks, bad], canvas, preset(), part(song))
    with pytest.raises(BadRequest):
        joined(tmp_path, [], canvas, preset(), part(song))
    assert not (tmp_path / "out.mp4").exists()


def test_containers_that_cannot_hold_a_codec_are_refused(tmp_path, song):
    canvas, chunks = write_chunks(tmp_path, [5])
    with pytest.raises(BadRequest, match="webm"):
        joined(tmp_path, chunks, canvas, preset("webm", "h264", "opus"), part(song))


def leftovers(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith((".", "out")))


@pytest.fixture
def room():
    """Set how large a file may grow, in bytes: as a full disk, it refuses in the middle of a write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("share", [0, 0.02, 0.3, 0.9, 0.999])
@pytest.mark.parametrize(
    ("container", "codec", "audio"), [("mp4", "h264", "aac"), ("webm", "vp9", "opus"), ("gif", "gif", "none")]
)
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, song, room, share, container, codec, audio):
    canvas, chunks = write_chunks(tmp_path, [60], codec=codec)
    out = joined(tmp_path, chunks, canvas, preset(container, codec, audio), part(song))
    size = out.stat().st_size
    out.unlink()
    room(int(size * share))
    with pytest.raises(CannotWrite) as caught:
        joined(tmp_path, chunks, canvas, preset(container, codec, audio), part(song))
    assert caught.value.advice
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("share", [0, 0.02, 0.5, 0.98])
def test_a_full_disk_leaves_no_chunk(tmp_path, room, share):
    _, chunks = write_chunks(tmp_path, [120])
    size = chunks[0].stat().st_size
    for file in tmp_path.iterdir():
        file.unlink()
    room(int(size * share))
    with pytest.raises(CannotWrite):
        write_chunks(tmp_path, [120])
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_of_that_name_are_told(tmp_path, song):
    canvas, chunks = write_chunks(tmp_path, [5])
    with pytest.raises(CannotWrite, match="folder does not exist"):
        joined(tmp_path / "gone", chunks, canvas, preset(), part(song))
    (tmp_path / "out.mp4").mkdir()
    with pytest.raises(CannotWrite, match="folder of that name"):
        joined(tmp_path, chunks, canvas, preset(), part(song))


def test_names_that_look_like_patterns_or_protocols_are_names(tmp_path, song, monkeypatch):
    canvas, chunks = write_chunks(tmp_path, [5])
    monkeypatch.chdir(tmp_path)
    for name in ("http:video %d.mp4", "夜" * 80 + ".mp4"):
        mux.join(chunks, Path(name), canvas=canvas, preset=preset(), sound=part(song), tags={})
        assert probe.footage(Path(name)).duration == Fraction(1, 6)


def test_stopping_leaves_nothing(tmp_path, song):
    canvas, chunks = write_chunks(tmp_path, [5, 5, 5])
    shares = []

    def stop(share):
        shares.append(share)
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        joined(tmp_path, chunks, canvas, preset(), part(song), on_progress=stop)
    assert shares == sorted(shares)
    assert leftovers(tmp_path) == []


def test_a_chunk_that_fails_halfway_has_no_name(tmp_path):
    canvas, path = Canvas(width=WIDTH, height=HEIGHT, fps=Fraction(30)), tmp_path / "chunk.mkv"

    def write(*frames):
        with Encoder(path, canvas, Encoding()) as encoder:
            for picture in frames:
                encoder.write(picture)

    with pytest.raises(BadRequest, match="shape"):
        write(frame(0), frame(1, 64, 64))
    with pytest.raises(AttributeError):
        write(frame(0), None)
    with pytest.raises(BadRequest, match="warp"):
        Encoder(path, canvas, Encoding(speed="warp"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [(16, 16), (64, 18), (130, 70), (96, 54), (48, 270)])
@pytest.mark.parametrize("codec", ["h264", "vp9", "av1", "gif"])
def test_planes_stay_in_register_at_every_even_size(tmp_path, codec, size):
    width, height = size
    ramp = np.linspace(60, 190, height)[:, None] + np.linspace(-20, 20, width)[None]
    planes = [ramp, ramp[::2, ::2], 256 - ramp[::2, ::2]]
    made = np.concatenate([plane.astype(np.uint8).ravel() for plane in planes]).reshape(height * 3 // 2, width)
    canvas = Canvas(width=width, height=height, fps=Fraction(30))
    with Encoder(tmp_path / "chunk.mkv", canvas, Encoding(codec=codec, quality=8)) as encoder:
        for _ in range(4):
            encoder.write(made)
    asset = probe.footage(tmp_path / "chunk.mkv")
    assert (asset.width, asset.height) == size
    with Reader(tmp_path / "chunk.mkv", asset) as reader:
        found = reader.frame(Fraction(0))
    assert found.shape == made.shape
    assert np.abs(found.astype(int) - made).mean() < 2
    assert np.abs(found.astype(int) - made).max() < 16


@pytest.mark.parametrize("speed", SPEEDS)
def test_every_speed_encodes_what_it_is_given(tmp_path, speed):
    canvas = Canvas(width=WIDTH, height=HEIGHT, fps=Fraction(30))
    with Encoder(tmp_path / "chunk.mkv", canvas, Encoding(speed=speed, quality=12)) as encoder:
        for number in range(8):
            encoder.write(frame(number, u=90, v=170))
    with av.open(str(tmp_path / "chunk.mkv")) as container:
        found = [picture.to_ndarray().astype(int) for picture in container.decode(video=0)]
    assert len(found) == 8
    assert all(np.abs(picture - frame(number, u=90, v=170)).mean() < 2 for number, picture in enumerate(found))
