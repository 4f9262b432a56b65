"""What was heard, read back by other eyes: labels, MIDI, clicks in the sound, a picture."""

import struct
import wave

import numpy as np
import pytest
from PIL import Image
from tests.director.songs import song_map

from songreel.app.viewing import Views
from songreel.app.views import audacity, click, midi
from songreel.app.views.plot import COLORS
from songreel.base.errors import BadRequest, CannotWrite
from songreel.media import sound
from songreel.model.song_map import Event

UNEVEN = (0.5, 1.02, 1.49, 2.0, 2.61, 3.1, 3.7004, 4.2, 4.7, 5.3)
FORM = (("A", "intro", 2, 0.2), ("B", "chorus", 3, 0.9))


def uneven(*, beats=True):
    heard = song_map(bpm=120, meter=3, form=FORM, beats=beats)
    rows = zip(UNEVEN, (3, 1, 2, 3, 1, 2, 3, 1, 2, 3), strict=True)
    placed = tuple(heard.beats[0].evolve(at=at, position=position) for at, position in rows) if beats else ()
    events = (Event(kind="drop", at=3, strength=1), Event(kind="fill", at=3.2, strength=1))
    return heard.evolve(beats=placed, events=events if beats else ())


@pytest.fixture
def song(tmp_path):
    """A quiet hum as long as the song of `uneven`."""
    path = tmp_path / "夜 song.wav"
    at = np.arange(round(7.5 * 44_100)) / 44_100
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(44_100)
        out.writeframes(np.rint(300 * np.sin(2 * np.pi * 110 * at)).astype("<i2").tobytes())
    return path


def read_variable(data, at):
    value = 0
    while True:
        value = value << 7 | data[at] & 0x7F
        at += 1
        if not data[at - 1] & 0x80:
            return value, at


def read_track(data):
    """Yield (tick, status or meta kind, data) of each message; running status is not used by this writer."""
    at = tick = 0
    while at < len(data):
        step, at = read_variable(data, at)
        tick += step
        status = data[at]
        if status == 0xFF:
            kind = data[at + 1]
            size, at = read_variable(data, at + 2)
            yield tick, kind, data[at : at + size]
            at += size
        else:
            assert status & 0xF0 in (0x80, 0x90)
            yield tick, status, data[at + 1 : at + 3]
            at += 3


def read_midi(data):
    """Return per track its messages, with ticks as seconds by the tempo map of the first one."""
    assert data[:4] == b"MThd"
    size, form, count, division = struct.unpack(">IHHH", data[4:14])
    assert (size, form) == (6, 1)
    at, tracks = 14, []
    for _ in range(count):
        assert data[at : at + 4] == b"MTrk"
        (length,) = struct.unpack(">I", data[at + 4 : at + 8])
        tracks.append(list(read_track(data[at + 8 : at + 8 + length])))
        at += 8 + length
    assert at == len(data)
    tempi = [(tick, int.from_bytes(body, "big")) for tick, kind, body in tracks[0] if kind == 0x51]

    def seconds(tick):
        ends = [*(start for start, _ in tempi[1:]), tick]
        lengths = (max(0, min(end, tick) - start) * us for (start, us), end in zip(tempi, ends, strict=True))
        return sum(lengths) / division / 1e6

    return [[(seconds(tick), kind, body) for tick, kind, body in track] for track in tracks]


def test_midi_has_a_note_on_every_beat_and_a_marker_at_every_section():
    heard = uneven()
    guide, clicks = read_midi(midi.encode(heard))
    notes = [(at, body[0]) for at, kind, body in clicks if kind == 0x99]
    assert [at for at, _ in notes] == pytest.approx(heard.beat_times(), abs=2e-6)
    high = [at for at, note in notes if note == midi.DOWNBEAT_NOTE]
    assert high == pytest.approx(heard.downbeat_times(), abs=2e-6)
    markers = [(at, body.decode()) for at, kind, body in guide if kind == 0x06]
    assert [name for _, name in markers] == ["A intro", "B chorus"]
    assert [at for at, _ in markers] == pytest.approx([each.start for each in heard.sections], abs=2e-3)
    assert len([kind for _, kind, _ in clicks if kind == 0x89]) == len(notes)


def test_the_bars_of_midi_begin_where_the_downbeats_are():
    heard = uneven()
    guide, _ = read_midi(midi.encode(heard))
    signatures = [(at, body[0]) for at, kind, body in guide if kind == 0x58]
    # one quarter of lead and one beat of pickup, then bars of three
    assert signatures == [(0, 2), (pytest.approx(1.02, abs=2e-6), 3)]


def test_midi_without_beats_still_has_the_sections():
    heard = uneven(beats=False)
    guide, clicks = read_midi(midi.encode(heard))
    assert not [kind for _, kind, _ in clicks if kind == 0x99]
    markers = [at for at, kind, _ in guide if kind == 0x06]
    assert markers == pytest.approx([each.start for each in heard.sections], abs=2e-3)


def test_audacity_labels_read_back_as_the_beats_and_the_sections():
    heard = uneven()
    rows = [line.split("\t") for line in audacity.text(heard).splitlines()]
    beats = [(float(start), int(words)) for start, end, words in rows if start == end]
    assert beats == [(pytest.approx(beat.at, abs=1e-6), beat.position) for beat in heard.beats]
    parts = [(float(start), float(end), words) for start, end, words in rows if start != end]
    assert parts == [
        (pytest.approx(each.start, abs=1e-6), pytest.approx(each.end, abs=1e-6), f"{each.id} {each.label}")
        for each in heard.sections
    ]


def test_every_click_is_within_a_millisecond_of_its_beat(song, tmp_path):
    heard = uneven()
    click.write(tmp_path / "click.wav", song, heard)
    samples = np.concatenate(list(sound.blocks(tmp_path / "click.wav", rate=click.RATE, channels=2)), axis=1)
    assert samples.shape[1] == round(7.5 * click.RATE)
    loud = np.flatnonzero(np.abs(samples[0]) > 0.2)
    starts = loud[np.diff(loud, prepend=-click.RATE) > 0.1 * click.RATE] / click.RATE
    assert starts == pytest.approx(heard.beat_times(), abs=1e-3)
    for beat, start in zip(heard.beats, starts, strict=True):
        piece = samples[0, round(start * click.RATE) :][: round(click.CLICK_S * click.RATE)]
        pitch = np.abs(np.fft.rfft(piece, 8 * piece.size)).argmax() / (8 * click.CLICK_S)
        assert pitch == pytest.approx(click.DOWNBEAT_HZ if beat.position == 1 else click.BEAT_HZ, rel=0.1)


def test_the_picture_shows_every_section_in_its_color(song, tmp_path):
    Views(plot=tmp_path / "song.png").write(song, uneven())
    with Image.open(tmp_path / "song.png") as image:
        picture = np.asarray(image)
    assert picture.shape[1:] == (1920, 3)
    colors = {tuple(color) for color in np.unique(picture.reshape(-1, 3), axis=0).tolist()}
    assert {COLORS["intro"], COLORS["chorus"]} <= colors
    Views(plot=tmp_path / "again.png").write(song, uneven(beats=False))
    assert (tmp_path / "again.png").read_bytes() != (tmp_path / "song.png").read_bytes()


def test_views_are_refused_before_anything_is_heard(song, tmp_path):
    with pytest.raises(BadRequest, match=r"\.png"):
        Views(plot=tmp_path / "song.gif").check(song)
    with pytest.raises(CannotWrite, match="own files"):
        Views(click=song).check(song)
    with pytest.raises(CannotWrite, match="does not exist"):
        Views(midi=tmp_path / "gone" / "song.mid").check(song)
