"""Laws of the words on the picture: which, where and when."""

from __future__ import annotations

from fractions import Fraction

import pytest
from songs import song_map, stock

from songreel.director import plan, titles
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS
from songreel.model.song_map import Event
from songreel.model.timeline import Canvas, Timeline


def planned(brief: Brief, to: str = "youtube", **song) -> Timeline:
    preset = PRESETS[to]
    shape = Canvas(width=preset.width, height=preset.height, fps=Fraction(30))
    tags = {name: song.pop(name) for name in ("title", "artist", "name") if name in song}
    return plan.make(song_map(**song), brief, stock(**tags), shape, preset).timeline


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        ("01 - Paper_Moons.mp3", "Paper Moons"),
        ("07. Northern Air.flac", "Northern Air"),
        ("12_Half Light.wav", "Half Light"),
        ("晚风.mp3", "晚风"),
        ("99 Red Balloons.mp3", "Red Balloons"),
        ("1979.mp3", ""),
        ("track01.mp3", ""),
        ("Track 7.wav", ""),
        ("final_mix_v3.wav", ""),
        ("final_mix_v3", ""),
        ("bounce (2).aiff", ""),
        ("audio-recording-2.m4a", ""),
        ("新建录音 3.m4a", ""),
        ("song.wav", ""),
        ("20240312.mp3", ""),
        ("Demolition.mp3", "Demolition"),
        ("Songbird v2.wav", "Songbird v2"),
        ("paper_moons don't fall.mp3", "Paper Moons Don't Fall"),
    ],
)
def test_a_file_name_gives_a_title_only_where_it_is_one(file_name, title):
    assert titles.named(file_name) == title


def test_words_come_before_tags_before_file_names():
    def first(brief: Brief, **tags: str) -> str:
        clips = planned(brief, **tags).clips("titles")
        return clips[0].source.text if clips else ""

    assert first(Brief(title="Asked"), title="Tagged", name="Named.mp3") == "Asked"
    assert first(Brief(), title="Tagged", name="Named.mp3") == "Tagged"
    assert first(Brief(), name="Named.mp3") == "Named"
    assert first(Brief(), name="track01.mp3") == ""
    assert first(Brief(titled=True), name="track_01.mp3") == "track 01"
    assert first(Brief(text=False, title="Asked")) == ""


def test_the_card_stands_early_and_long_enough_to_read():
    for bpm in (60, 90, 128, 200):
        for clip in planned(Brief(title="Gold", artist="Nova Kane"), bpm=bpm).clips("titles")[:2]:
            assert 0.2 * 30 <= clip.start <= (1.6 if clip.name == "Gold" else 2.2) * 30
            assert 2.5 * 30 <= clip.end - clip.start <= 5 * 30


def test_words_come_and_go_on_a_beat():
    for bpm in (60, 90, 128, 200):
        made = planned(Brief(title="Gold", artist="Nova Kane"), bpm=bpm)
        beats = {round(at * 30 * 60 / bpm) for at in range(40)}
        for clip in made.clips("titles")[:2]:
            assert min(abs(clip.start - beat) for beat in beats) <= 1
            assert min(abs(clip.end - beat) for beat in beats) <= 1


def test_the_card_makes_way_for_a_drop():
    made = planned(Brief(title="Gold"), events=[Event(kind="drop", at=1.0, strength=1)])
    assert made.clips("titles")[0].start > 2.0 * 30


def test_the_artist_stands_with_the_title():
    looks = ("neon", "lo-fi", "indie-film", "vhs", "cinematic", "club")
    for to in ("youtube", "tiktok"):
        for position in (None, "top", "bottom", "center", "left", "top-right", "bottom-left"):
            for look in looks:
                brief = Brief(
                    title="Gold", artist="Nova Kane", looks=(look,), title_position=position, visualizer="bars"
                )
                title, artist = planned(brief, to).clips("titles")[:2]
                assert title.source.position == artist.source.position
                assert position in (None, title.source.position)


def test_words_make_room_for_a_visualizer_at_the_bottom():
    brief = Brief(title="Gold", artist="Nova Kane", looks=("lo-fi",), visualizer="bars")
    assert all("bottom" not in clip.source.position for clip in planned(brief).clips("titles")[:2])
    plain = Brief(title="Gold", artist="Nova Kane", looks=("lo-fi",))
    assert planned(plain).clips("titles")[0].source.position == "bottom-left"


def test_asked_place_and_color_are_kept():
    source = planned(Brief(title="Gold", title_position="top-right", text_color="#ffcc00")).clips("titles")[0].source
    assert (source.position, source.style.color) == ("top-right", "#ffcc00")


def test_a_long_song_of_a_film_ends_on_its_credits():
    form = (("A", "verse", 30, 0.4), ("B", "outro", 20, 0.2))
    clips = planned(Brief(title="Gold", artist="Nova Kane", looks=("cinematic",)), form=form).clips("titles")
    assert [clip.source.text for clip in clips] == ["Gold", "Gold — Nova Kane", "Nova Kane"]


@pytest.mark.parametrize("to", ["youtube", "shorts", "square"])
def test_a_ring_and_the_title_keep_out_of_each_others_way(to):
    made = planned(Brief(title="Half Light", artist="Nova", visualizer="ring"), to=to)
    ring = made.clips("visualizer")[0].source.place
    assert ring.y < 0.5 < ring.y + ring.height
    assert {clip.source.position.split("-")[0] for clip in made.clips("titles")} <= {"top", "bottom"}
