"""What people say, and what a brief must then hold. Fields that are not named must be as they were."""

from __future__ import annotations

import string
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from songs import SCENES

from songreel.director import intake, lexicon
from songreel.director.look import looks, moods
from songreel.director.meaning import named_colors
from songreel.model.brief import Brief, CutRule
from songreel.model.preset import PRESETS

SEA = named_colors()["sea"]
LETTERS = string.printable + "「」《》“”‘’，。切每拍标题色不要慢快\ue000\ue001\0"
FREE = {"titled", "words", "understood", "not_understood", "language", "avoid"}
BEAT, BAR = (lambda every: CutRule(every=every, unit="beat")), (lambda every: CutRule(every=every, unit="bar"))


def color(name: str) -> str:
    return named_colors()[name][0]


def read(words: str, base: Brief | None = None) -> Brief:
    return intake.read(words, base=base, scenes=SCENES)


ENGLISH: list[tuple[str, dict[str, Any]]] = [
    ("Do something with my new track", {}),
    ('Call it "Copper Sky" and keep it moody', {"title": "Copper Sky", "moods": ("moody",)}),
    ("title 'Don't Look Down', please", {"title": "Don't Look Down"}),
    ("The song's name is “Half Light”", {"title": "Half Light"}),
    ("put ‘Run, River’ on screen", {"title": "Run, River"}),
    ("«Été» as the title, film grain", {"title": "Été", "effects": ("grain",)}),
    ("Title: Glass Houses, artist: The Low Tide", {"title": "Glass Houses", "artist": "The Low Tide"}),
    ("Artist = Mara Voss; title = No Return", {"title": "No Return", "artist": "Mara Voss"}),
    ('"Ghost Notes" by "Kite Club", square', {"title": "Ghost Notes", "artist": "Kite Club", "preset": "square"}),
    ("a video for our new single called Winter Engine", {"title": "Winter Engine"}),
    ("my mother's favourite song, don't be too flashy", {"moods": ("restrained",)}),
    ("It's for my friends' wedding, romantic and warm", {"moods": ("romantic", "warm")}),
    ('give it a "vaporwave" look', {"looks": ("synthwave",)}),
    ("no words on it, just pictures", {"text": False}),
    ("without any text or captions, slow", {"text": False, "pace": "slow"}),
    ("please don't put a title on it", {"text": False}),
    ("text-free, for TikTok", {"text": False, "preset": "tiktok"}),
    ("landscape, 16:9, moving fast", {"preset": "youtube", "pace": "fast"}),
    ("portrait orientation for Instagram Reels", {"preset": "reels"}),
    ("upright for my phone", {"preset": "shorts"}),
    ("YouTube Shorts, rapid cuts", {"preset": "shorts", "pace": "fast"}),
    ("a square post for instagram", {"preset": "square"}),
    ("vertical YouTube video", {"preset": "shorts"}),
    ("Spotify Canvas, calm", {"preset": "canvas", "moods": ("calm",)}),
    ("4K for YouTube", {"preset": "youtube-4k"}),
    ("make it slow, with long takes", {"pace": "slow"}),
    ("nothing hectic", {"pace": "slow"}),
    ("I'd like snappy editing", {"pace": "fast"}),
    ("hold on each image, unhurried", {"pace": "slow"}),
    ("change the picture every beat", {"cut": BEAT(1)}),
    ("cut every 4 bars", {"cut": BAR(4)}),
    ("switch scenes every other beat", {"cut": BEAT(2)}),
    ("a new shot every two measures", {"cut": BAR(2)}),
    ("one cut per bar and a waveform", {"cut": BAR(1), "visualizer": "waveform"}),
    ("cuts on the downbeats", {"cut": BAR(1)}),
    ("everything in sync with the beat", {}),
    ("with equalizer bars at the bottom", {"visualizer": "bars", "visualizer_position": "bottom"}),
    ("a circular visualizer in the middle", {"visualizer": "ring", "visualizer_position": "center"}),
    ("no visualizer", {"visualizer": "off"}),
    ("skip the spectrum, keep the title at the top left", {"visualizer": "off", "title_position": "top-left"}),
    ("teal and orange", {"colors": (color("teal"), color("orange"))}),
    ("use #1DB954 and #fff", {"colors": ("#1db954", "#ffffff")}),
    ("navy with a touch of gold", {"colors": (color("navy"), color("gold"))}),
    ("yellow title on purple", {"text_color": color("yellow"), "colors": (color("purple"),)}),
    ("the lettering in white, dark mood", {"text_color": color("white"), "moods": ("dark",)}),
    ("autumn colours", {"colors": named_colors()["autumn"]}),
    ("black & white, grainy", {"looks": ("black-and-white",), "effects": ("grain",)}),
    ("like an old VHS tape", {"looks": ("vhs",)}),
    (
        "cyberpunk streets in the rain",
        {"looks": ("neon",), "moods": ("urban",), "scenes": ("city-night", "bokeh-rain")},
    ),
    ("title: Tidal by Mara Voss", {"title": "Tidal", "artist": "Mara Voss"}),
    ("title: Stand by Me, fast", {"title": "Stand by Me", "pace": "fast"}),
    ("calm ocean, slow", {"moods": ("calm",), "scenes": ("ocean-dusk",), "colors": SEA, "pace": "slow"}),
    ("dark autumn mood", {"moods": ("dark",), "colors": named_colors()["autumn"]}),
    ("a square loop of 8 seconds", {"preset": "square", "seconds": 8}),
    ("smooth transitions", {"transitions": ("dissolve",)}),
    ("a neon ocean", {"looks": ("neon",), "scenes": ("ocean-dusk",)}),
    ("ocean, in red", {"colors": (color("red"),), "scenes": ("ocean-dusk",)}),
    ("a waveform instead of bars", {"visualizer": "waveform"}),
    (
        'Our band (The Brass Foxes) needs a clip for "Riot Summer"',
        {"title": "Riot Summer", "artist": "The Brass Foxes"},
    ),
    ("15 second vertical teaser", {"seconds": 15, "preset": "shorts"}),
    (
        "write “Gold” in pink, at the bottom right",
        {"title": "Gold", "text_color": color("pink"), "title_position": "bottom-right"},
    ),
    ("waves on a beach, peaceful", {"scenes": ("ocean-dusk",), "moods": ("calm",), "colors": SEA}),
    ("drifting through space, then a tunnel", {"scenes": ("tunnel",), "looks": ("cosmic",)}),
    ("happy and playful, no glitch effects", {"moods": ("happy", "playful")}),
    ("it should feel nostalgic but not sad", {"moods": ("nostalgic", "happy")}),
    ("a 20-second teaser", {"seconds": 20}),
    ("just the first 45 seconds", {"seconds": 45, "start_at": "beginning"}),
    ("30s, vertical", {"seconds": 30, "preset": "shorts"}),
    ("a one minute trailer that opens with the drop", {"seconds": 60, "start_at": "drop"}),
    ("begin at the hook", {"start_at": "chorus"}),
    ("only the album cover as background", {"cover_as": "base"}),
    ("end on the artwork", {"cover_as": "finish"}),
    ("open with the cover art", {"cover_as": "start"}),
    ("show my album art", {"cover_as": "shown"}),
    ("dissolves between my pictures, vignette", {"transitions": ("dissolve",), "effects": ("vignette",)}),
    ("minimalist, cinnematic, prugple", {"looks": ("minimal", "cinematic")}),
    ("synthwaev, viberant, slwo", {"looks": ("synthwave",), "moods": ("vivid",), "pace": "slow"}),
    ("purpel and gren", {"colors": (color("purple"), color("green"))}),
]
CHINESE: list[tuple[str, dict[str, Any]]] = [
    ("给这首新歌做个视频", {}),
    ("标题叫“落日飞车站”，要电影感", {"title": "落日飞车站", "looks": ("cinematic",)}),
    ("歌名：海底月，歌手：周林", {"title": "海底月", "artist": "周林"}),
    ("片头打上《南方以南》四个字", {"title": "南方以南"}),
    ("用「光年」作为标题，艺人『北岛』", {"title": "光年", "artist": "北岛"}),
    ("这首歌叫无人知晓，节奏慢一点", {"title": "无人知晓", "pace": "slow"}),
    ("画面里不要出现文字", {"text": False}),
    ("无字幕，快剪", {"text": False, "pace": "fast"}),
    ("别放标题", {"text": False}),
    ("竖版，发抖音", {"preset": "tiktok"}),
    ("横版发B站", {"preset": "youtube"}),
    ("正方形的，发朋友圈", {"preset": "square"}),
    ("9:16，小红书", {"preset": "shorts"}),
    ("长镜头，安静，冷色调", {"pace": "slow", "moods": ("calm", "cool")}),
    ("节奏快，动感，赛博朋克", {"pace": "fast", "moods": ("energetic",), "looks": ("neon",)}),
    ("不要太快", {"pace": "slow"}),
    ("每拍切一次", {"cut": BEAT(1)}),
    ("每两小节换一个画面", {"cut": BAR(2)}),
    ("每4拍换镜头", {"cut": BEAT(4)}),
    ("一小节一个镜头", {"cut": BAR(1)}),
    ("卡点剪辑", {"pace": "fast"}),
    ("底部加一个波形", {"visualizer": "waveform", "visualizer_position": "bottom"}),
    ("中间放圆形频谱", {"visualizer": "ring", "visualizer_position": "center"}),
    ("不要频谱", {"visualizer": "off"}),
    ("红色和黑色", {"colors": (color("red"), color("black"))}),
    ("深蓝配金色", {"colors": (color("navy"), color("gold"))}),
    ("偏紫，梦幻一点", {"colors": (color("purple"),), "moods": ("dreamy",)}),
    ("白色标题，放在右下角", {"text_color": color("white"), "title_position": "bottom-right"}),
    ("整体用#ff8800", {"colors": ("#ff8800",)}),
    ("黑白的，带颗粒", {"looks": ("black-and-white",), "effects": ("grain",)}),
    ("秋天的颜色，怀旧", {"colors": named_colors()["autumn"], "moods": ("nostalgic",)}),
    ("大海边，治愈", {"scenes": ("ocean-dusk",), "moods": ("calm",), "colors": SEA}),
    ("我要15s的竖版", {"seconds": 15, "preset": "shorts"}),
    ("我叫林小满，歌叫《夏末》", {"artist": "林小满", "title": "夏末"}),
    ("不是竖屏，要横屏", {"preset": "youtube"}),
    ("每2小节，用叠化换一个画面", {"cut": BAR(2), "transitions": ("dissolve",)}),
    ("标题：《星河》 歌手：小鹿 画幅：竖屏", {"title": "星河", "artist": "小鹿", "preset": "shorts"}),
    ("颜色：紫+青；文字：无", {"colors": (color("purple"), color("cyan")), "text": False}),
    ("歌曲名字是月光，放在画面下方", {"title": "月光", "title_position": "bottom"}),
    ("星空和极光", {"scenes": ("starfield", "aurora")}),
    ("不要霓虹，简约一些", {"looks": ("minimal",)}),
    ("做一个20秒的预告", {"seconds": 20}),
    ("只要前30秒", {"seconds": 30, "start_at": "beginning"}),
    ("从副歌开始，十五秒", {"start_at": "chorus", "seconds": 15}),
    ("一直用专辑封面做背景", {"cover_as": "base"}),
    ("最后以封面结尾", {"cover_as": "finish"}),
    ("幫我做橫屏影片，溫暖的感覺，標題寫「歸途」", {"preset": "youtube", "moods": ("warm",), "title": "歸途"}),
    ('vintage风格，cut快一点，标题用"Slow Fire"', {"looks": ("indie-film",), "pace": "fast", "title": "Slow Fire"}),
]


@pytest.mark.parametrize(("words", "wanted"), ENGLISH + CHINESE, ids=lambda each: each if isinstance(each, str) else "")
def test_a_brief_holds_what_was_said_and_nothing_else(words, wanted):
    brief = read(words)
    plain = Brief()
    said = {name: value for name, value in brief if name not in FREE and value != getattr(plain, name)}
    assert said == wanted


@pytest.mark.parametrize(("words", "_"), ENGLISH + CHINESE)
def test_the_language_is_heard(words, _):
    mixed = "vintage风格"
    wanted = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in words) else "en"
    assert words.startswith(mixed) or read(words).language == wanted


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("neon city with flamingos", ("flamingos",)),
        ("please order a pizza with anchovies, in blue", ("order", "pizza", "anchovies")),
        ("asdkjh qwerty", ("asdkjh qwerty",)),
        ("做一个有恐龙的视频", ("恐龙",)),
        ("calm, slow, vertical", ()),
        ("慢一点，竖屏，谢谢", ()),
    ],
)
def test_words_that_mean_nothing_here_are_listed(words, left):
    assert read(words).not_understood == left


def test_what_was_understood_is_quoted():
    assert set(read("Neon city, cut every 2 bars").understood) == {"Neon", "city", "cut every 2 bars"}
    assert read("慢慢切，蓝色").understood == ("慢慢切", "蓝色")


def test_what_is_not_said_stays_as_it_was():
    base = Brief(title="Kept", pace="slow", preset="tiktok", seed=9, colors=("#112233",))
    brief = read("quick cuts", base)
    assert (brief.title, brief.pace, brief.preset, brief.seed, brief.colors) == (
        "Kept",
        "fast",
        "tiktok",
        9,
        ("#112233",),
    )


def test_what_is_not_wanted_is_avoided():
    assert "neon" in read("no neon please").avoid
    assert "neon" not in read("no neon please").looks
    assert {"sad", "glitch"} <= set(read("never sad, without glitch").avoid)
    assert "ocean-dusk" in read("no ocean").avoid


def test_a_negation_ends_with_its_clause():
    brief = read("no text, neon colours but slow")
    assert (brief.text, brief.looks, brief.pace) == (False, ("neon",), "slow")
    assert read("not vertical but square").preset == "square"


def test_shades_change_a_color():
    light, plain, dark = (read(f"{shade} green").colors[0] for shade in ("pastel", "", "dark"))
    assert len({light, plain, dark}) == 3
    assert int(dark[3:5], 16) < int(plain[3:5], 16) < int(light[3:5], 16)


def test_common_nouns_are_not_mended_into_commands():
    for word in ("train", "bears", "cast", "brain", "horse", "garden", "mountain", "dragon", "guitar", "window"):
        brief = intake.read(f"a video with a {word}", scenes={})
        assert brief.not_understood == (word,), word


def test_every_word_of_the_lexicon_names_something_that_exists():
    known = {
        "look": set(looks()),
        "mood": set(moods()),
        "color": set(named_colors()),
        "platform": set(PRESETS),
        "pace": {"slow", "medium", "fast"},
    }
    for word in lexicon.words():
        assert word.value in known.get(word.kind, {word.value}), word
        assert word.phrase == word.phrase.lower().strip(), word
    assert {word.value for word in lexicon.words() if word.kind == "look"} == set(looks())
    assert {each.opposite for each in moods().values()} - {None} <= set(moods())


def test_each_language_names_everything_that_the_others_name():
    values: dict[str, set[tuple[str, str]]] = {}
    for word in lexicon.words():
        language = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in word.phrase) else "en"
        values.setdefault(language, set()).add((word.kind, word.value))
    assert {
        key for key in values["en"] - values["zh"] if key[0] in ("look", "mood", "pace", "shape", "effect")
    } == set()


def test_every_phrase_is_found_in_itself():
    for word in lexicon.words():
        brief = intake.read(word.phrase, scenes={})
        assert brief.not_understood == () or word.kind in ("position", "shade", "section", "other"), word


@settings(max_examples=150)
@given(
    st.text(
        alphabet=st.sampled_from(string.printable + "「」《》“”‘’，。切每拍标题色不要慢快\ue000\ue001\0"), max_size=120
    )
)
def test_anything_can_be_read(words):
    brief = read(words)
    assert Brief.from_json(brief.to_json()) == brief
    assert read(words) == brief


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_letters_can_be_read(words):
    read(words)


@pytest.mark.parametrize("part", ["neon \"'“ every 2 bars, ", "不要霓虹，每两拍切", "((((", "a" * 50 + " ", "cut "])
def test_a_very_long_message_is_read_quickly(part):
    began = time.process_time()
    read(part * (100_000 // len(part)))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "words",
    [
        "sync visuals to the beat and generate a music video for track ab2n 0330",
        "neon video for song no. 7, please",
        "为曲目 ab2n 0330 生成一个音乐视频",
    ],
)
def test_what_a_file_is_called_by_number_asks_for_nothing(words):
    brief = intake.read(words)
    assert (brief.title, brief.seconds, brief.not_understood) == (None, None, ())
