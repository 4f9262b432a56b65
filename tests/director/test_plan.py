"""Laws of planning: whatever the song, the wish and the canvas, the timeline holds and follows the beat."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from songs import COVER, SCENES, clip, looked_at, photo, scene, song_map, stock

from songreel.base.errors import BadRequest
from songreel.base.time import frame_at, frame_count
from songreel.director import plan
from songreel.director.stock import Stock
from songreel.editing import check
from songreel.model.brief import Brief, CutRule
from songreel.model.preset import PRESETS
from songreel.model.song_map import Event, SongMap
from songreel.model.timeline import Canvas, FootageSource, PhotoSource, SceneSource, Timeline

LABELS = ("intro", "verse", "chorus", "drop", "build", "bridge", "breakdown", "outro")
RATES = (Fraction(24), Fraction(30), Fraction(60), Fraction(30000, 1001))

forms = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from(LABELS), st.integers(1, 12), st.floats(0, 1)),
    min_size=1,
    max_size=7,
)


@st.composite
def song_maps(draw: st.DrawFn) -> SongMap:
    bpm = draw(st.floats(45, 220))
    made = song_map(
        bpm=bpm,
        meter=draw(st.sampled_from([2, 3, 4, 5, 7])),
        form=draw(forms),
        offset=draw(st.floats(0, 3)),
        beats=draw(st.booleans()) or draw(st.booleans()),
        tail=draw(st.sampled_from([0.0, 0.7, 9.0])),
        level=draw(st.none() | st.lists(st.floats(0, 1), min_size=2, max_size=80)),
    )
    at = [section.start for section in made.sections if section.label == "drop"]
    return made.evolve(events=tuple(Event(kind="drop", at=each, strength=1) for each in at))


briefs = st.builds(
    Brief,
    title=st.none() | st.text(min_size=1, max_size=40).filter(str.strip),
    artist=st.none() | st.just("Nova Kane"),
    text=st.booleans(),
    looks=st.just(()) | st.sampled_from([("neon",), ("metal",), ("nothing-like-it",)]),
    moods=st.just(()) | st.sampled_from([("calm",), ("warm", "dark"), ("pastel",)]),
    scenes=st.just(()) | st.sampled_from([("ocean-dusk",), ("tunnel", "aurora"), ("no-such-scene",)]),
    colors=st.lists(st.integers(0, 0xFFFFFF).map(lambda each: f"#{each:06x}"), max_size=5).map(tuple),
    pace=st.sampled_from([None, "slow", "medium", "fast"]),
    cut=st.none() | st.builds(CutRule, every=st.integers(1, 8), unit=st.sampled_from(["half", "beat", "bar"])),
    visualizer=st.sampled_from([None, "any", "ring", "off", "no-such-design"]),
    seconds=st.none() | st.floats(0.5, 40),
    start_at=st.sampled_from([None, "beginning", "chorus", "drop"]),
    title_position=st.sampled_from([None, "top", "bottom-left", "center"]),
    effects=st.just(()) | st.just(("grain", "no-such-effect")),
    transitions=st.just(()) | st.just(("dissolve",)),
    cover_as=st.sampled_from([None, "base", "start", "finish", "shown"]),
    seed=st.integers(0, 2**31 - 1),
)
presets = st.sampled_from([PRESETS[name] for name in ("youtube", "tiktok", "square", "canvas")])
stocks = st.sampled_from(
    [
        stock(),
        stock(cover=True, title="Paper Moons", artist="Nova Kane"),
        stock(photo(1), photo(2, 900, 1600), photo(3)),
        stock(clip(1, 12), clip(2, 7, 720, 1280), photo(1)),
        stock(clip(1, 1.5)),
    ]
)


def canvas(preset_name: str = "youtube", fps: Fraction = RATES[1]) -> Canvas:
    preset = PRESETS[preset_name]
    return Canvas(width=preset.width, height=preset.height, fps=fps)


def planned(
    song: SongMap | None = None, brief: Brief | None = None, given: Stock | None = None, to: str = "youtube"
) -> Timeline:
    return plan.make(song or song_map(), brief or Brief(), given or stock(), canvas(to), PRESETS[to]).timeline


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(song_maps(), briefs, stocks, presets, st.sampled_from(RATES))
def test_every_plan_holds_and_can_be_repeated(song, brief, given_stock, preset, fps):
    shape = Canvas(width=preset.width, height=preset.height, fps=fps)
    first = plan.make(song, brief, given_stock, shape, preset)
    assert check.problems(first.timeline) == ()
    assert Timeline.from_json(first.timeline.to_json()) == first.timeline
    assert plan.make(song, brief, given_stock, shape, preset) == first


@settings(max_examples=80)
@given(song_maps(), st.sampled_from(["slow", "medium", "fast"]), st.sampled_from(RATES), st.integers(0, 99))
def test_cuts_fall_on_beats_wherever_there_are_beats(song, pace, fps, seed):
    made = plan.make(song, Brief(pace=pace, seed=seed), stock(), canvas(fps=fps), PRESETS["youtube"]).timeline
    on = {frame_at(beat.at, fps) for beat in song.beats}
    first, last = min(on, default=0), max(on, default=0)
    cuts = [each.start for each in made.clips("base")[1:]]
    assert [cut for cut in cuts if first <= cut <= last and cut not in on] == []
    assert all(each.end - each.start >= 0.35 * fps - 1 for each in made.clips("base")) or made.frames < fps


@settings(max_examples=60)
@given(
    st.floats(60, 180),
    st.sampled_from([3, 4]),
    st.integers(1, 6),
    st.sampled_from(["beat", "bar"]),
    st.sampled_from(RATES),
    st.floats(0, 2),
)
def test_a_cut_rule_is_followed_to_the_letter(bpm, meter, every, unit, fps, offset):
    song = song_map(bpm=bpm, meter=meter, offset=offset)
    rule = CutRule(every=every, unit=unit)
    made = plan.make(song, Brief(cut=rule), stock(), canvas(fps=fps), PRESETS["youtube"]).timeline
    beats = song.beat_times() if unit == "beat" else song.downbeat_times()
    expected = {frame_at(at, fps) for at in beats[::every]} - {0}
    assert {each.start for each in made.clips("base")[1:]} == {frame for frame in expected if frame < made.frames}


@settings(max_examples=60)
@given(song_maps(), briefs)
def test_no_scene_twice_in_a_row(song, brief):
    made = planned(song, brief.evolve(cover_as=None))
    shown = [each.source.scene for each in made.clips("base") if isinstance(each.source, SceneSource)]
    assert all(one != other for one, other in itertools.pairwise(shown))


def test_frames_cover_the_song():
    for fps in RATES:
        song = song_map(tail=0.123)
        made = plan.make(song, Brief(), stock(), canvas(fps=fps), PRESETS["youtube"]).timeline
        assert made.frames == frame_count(song.duration, fps)


def test_words_about_text_change_no_picture():
    plain = planned(brief=Brief(title="One", seed=5))
    for other in (Brief(title="Two", artist="Me", seed=5), Brief(text=False, seed=5), Brief(title="A" * 80, seed=5)):
        made = planned(brief=other)
        assert made.clips("base") == plain.clips("base")
        assert made.palette == plain.palette


def test_another_seed_is_another_video():
    made = {planned(brief=Brief(seed=seed)).to_json() for seed in range(6)}
    assert len(made) == 6


def test_denser_where_the_song_is_louder():
    made = planned(brief=Brief(pace="medium", looks=("neon",)))
    verse = [each for each in made.clips("base") if 8 * 30 <= each.start < 24 * 30]
    chorus = [each for each in made.clips("base") if 24 * 30 <= each.start < 40 * 30]
    assert len(chorus) >= 2 * len(verse)


@pytest.mark.parametrize("bpm", [70, 95, 120, 150, 174])
def test_paces_are_what_they_say(bpm):
    def median(pace: str) -> float:
        lengths = sorted(each.end - each.start for each in planned(song_map(bpm=bpm), Brief(pace=pace)).clips("base"))
        return lengths[len(lengths) // 2] / 30

    assert median("fast") <= 2.0 < median("slow")
    assert median("slow") >= 3.4
    assert median("fast") < median("medium") < median("slow")


def test_a_repeated_section_shows_the_same_scenes():
    made = planned(brief=Brief(looks=("neon",)))
    first, second = (
        {each.name for each in made.clips("base") if start * 30 <= each.start < (start + 16) * 30} for start in (24, 56)
    )
    assert first == second


def test_a_part_that_is_always_there_shows_more_than_two_scenes():
    """Even where it comes back in short turns, each of which would begin with its first scenes."""
    form = [(*entry, 0.5) for turn in range(10) for entry in (("A", "verse", 4), (f"B{turn}", "bridge", 2))]
    timeline = planned(song_map(form=form), Brief(looks=("cosmic",), pace="slow"))
    home = Counter(each.name for each in timeline.clips("base") if each.start % (12 * 30) < 8 * 30)
    assert len(home) >= 4
    assert max(home.values()) <= 0.5 * home.total()


def test_few_scenes_that_words_called_are_joined_by_others_and_named_ones_are_not():
    called = ("aurora", "ocean-dusk")

    def shown(**said) -> Counter[str]:
        clips = planned(brief=Brief(scenes=called, **said)).clips("base")
        return Counter(each.source.scene for each in clips if isinstance(each.source, SceneSource))

    joined = shown()
    assert len(joined) >= 4
    assert sum(joined[name] for name in called) >= joined.total() / 2
    assert set(shown(scenes_named=True)) == set(called)


def test_a_build_accelerates_and_a_drop_is_a_hard_cut():
    form = (("A", "verse", 8, 0.5), ("B", "build", 8, 0.6), ("C", "drop", 8, 1.0))
    made = planned(song_map(form=form), Brief(pace="medium", looks=("club",)))
    inside = [each for each in made.clips("base") if 16 * 30 <= each.start < 32 * 30]
    assert inside[0].end - inside[0].start > 2 * (inside[-1].end - inside[-1].start)
    drop = next(each for each in made.clips("base") if each.start == 32 * 30)
    assert drop.transition.frames == 0
    assert {effect.name for effect in drop.effects} >= {"shake", "strobe"}


def test_photos_fill_the_video_and_close_on_the_cover():
    shown = planned(
        song_map(form=(("A", "verse", 20, 0.5),)),
        Brief(cover_as="finish"),
        stock(photo(1), photo(2), photo(3), cover=True),
    )
    base = shown.clips("base")
    assert all(isinstance(each.source, PhotoSource) for each in base)
    assert base[-1].source.asset == COVER
    assert {each.source.asset for each in base[:-1]} == {photo(number).id for number in (1, 2, 3)}


def test_a_cover_that_is_asked_for_is_shown_in_the_shortest_song():
    short = song_map(form=(("A", "verse", 4, 0.5),))
    for wish, shown in ((None, False), ("shown", True)):
        made = planned(short, Brief(cover_as=wish), stock(cover=True))
        sources = [each.source for each in made.clips("base")]
        assert any(source.kind == "scene" and source.scene == "cover-stage" for source in sources) == shown


def test_every_photo_is_seen_however_much_footage_there_is():
    few = [photo(number) for number in range(3)]
    made = planned(given=stock(clip(9, 400), *few, cover=True))
    sources = [each.source for each in made.clips("base")]
    assert {source.asset for source in sources if source.kind == "photo"} >= {asset.id for asset in few}
    assert sum(source.kind == "footage" for source in sources) > len(sources) / 3
    assert sources[-1].kind == "scene"
    assert sources[-1].scene == "cover-stage"


def test_cuts_within_one_long_clip_are_seen():
    made = planned(given=stock(clip(9, 400)))
    shots = [each for each in made.clips("base") if each.source.kind == "footage"]
    for before, after in itertools.pairwise(shots):
        ends = float(before.source.at) + float((before.end - before.start) / made.canvas.fps) * before.source.speed
        if abs(float(after.source.at) - ends) < 0.5:
            assert before.source.framing != after.source.framing
    assert len({each.source.framing.zoom for each in shots}) == 2


def test_few_media_are_mixed_with_scenes():
    shown = plan.make(song_map(), Brief(), stock(photo(1)), canvas(), PRESETS["youtube"])
    kinds = [each.source.kind for each in shown.timeline.clips("base")]
    assert {"photo", "scene"} == set(kinds)
    assert any("scenes fill the rest" in note for note in shown.notes)


def test_named_media_alone_are_used():
    shown = planned(brief=Brief(media=(photo(2).id,)), given=stock(photo(1), photo(2)))
    assert {each.source.asset for each in shown.clips("base") if isinstance(each.source, PhotoSource)} == {photo(2).id}


def test_no_moment_of_footage_twice_while_others_remain():
    media = [clip(1, 90), clip(2, 60)]
    seen = [looked_at(media[0], [(0, 30, 0.9), (30, 60, 0.6), (60, 90, 0.7)]), looked_at(media[1], [(0, 60, 0.8)])]
    made = planned(brief=Brief(pace="fast"), given=stock(*media, materials=seen))
    spans: dict[str, list[tuple[float, float]]] = {}
    for each in made.clips("base"):
        assert isinstance(each.source, FootageSource)
        seconds = float((each.end - each.start) / made.canvas.fps) * each.source.speed
        spans.setdefault(each.source.asset, []).append((float(each.source.at), float(each.source.at) + seconds))
    for asset, shown in spans.items():
        shown.sort()
        assert all(one[1] <= other[0] + 0.002 for one, other in itertools.pairwise(shown)), asset
        assert shown[-1][1] <= (90 if asset == media[0].id else 60)


def test_footage_never_runs_past_its_end():
    for seconds in (1.2, 3.0, 12.0):
        made = planned(brief=Brief(seed=3), given=replace(stock(clip(1, seconds)), scenes={}))
        for each in made.clips("base"):
            shown = float((each.end - each.start) / made.canvas.fps) * each.source.speed
            assert float(each.source.at) + shown <= seconds + 0.05


def test_the_best_moments_are_for_the_chorus():
    media = clip(1, 60)
    seen = looked_at(media, [(0, 10, 0.3), (10, 40, 0.95), (40, 60, 0.4)])
    form = (("A", "chorus", 4, 0.9), ("B", "verse", 4, 0.3))
    base = planned(song_map(form=form), given=stock(media, materials=[seen])).clips("base")
    assert 10 <= float(base[0].source.at) < 40


def test_the_best_moments_wait_for_the_chorus():
    media = clip(1, 120)
    seen = looked_at(media, [(0, 30, 0.5), (30, 60, 0.95), (60, 90, 0.6), (90, 120, 0.55)])
    form = (("A", "verse", 12, 0.3), ("B", "chorus", 8, 0.95))
    made = planned(song_map(form=form), given=stock(media, materials=[seen]))
    border = round(12 * 4 * 0.5 * 30)
    loud = [each for each in made.clips("base") if each.start >= border]
    assert any(30 <= float(each.source.at) < 60 for each in loud[:2])
    assert not any(30 <= float(each.source.at) < 60 for each in made.clips("base") if each.end <= border)


def test_shots_that_look_alike_are_shown_once_while_others_remain():
    one, other = clip(1, 60), clip(2, 60)
    rng = np.random.default_rng(3)
    looks = [rng.integers(0, 256, 192).astype(np.uint8) for _ in range(5)]
    again = np.clip(looks[0].astype(int) + rng.integers(-6, 7, 192), 0, 255).astype(np.uint8)
    first = looked_at(one, [(at * 20, at * 20 + 20, 0.9) for at in range(3)], glances=_hex(looks[:3]))
    second = looked_at(other, [(at * 20, at * 20 + 20, 0.8) for at in range(3)], glances=_hex([again, *looks[3:]]))
    made = planned(song_map(form=(("A", "verse", 30, 0.5),)), given=stock(one, other, materials=[first, second]))
    shown = [(each.source.asset, float(each.source.at) // 20) for each in made.clips("base")]
    assert len(set(shown)) >= 3
    assert (other.id, 0) not in shown
    longer = planned(song_map(form=(("A", "verse", 80, 0.5),)), given=stock(one, other, materials=[first, second]))
    assert (other.id, 0) in {(each.source.asset, float(each.source.at) // 20) for each in longer.clips("base")}


def _hex(pictures):
    return [picture.tobytes().hex() for picture in pictures]


def test_a_photo_moves_within_its_edges_around_what_matters():
    pictures = [photo(1, 4000, 2000), photo(2, 2000, 2600), photo(3, 1920, 1080)]
    seen = [looked_at(each, x=x, y=y) for each, (x, y) in zip(pictures, [(0.9, 0.5), (0.4, 0.1), (0, 1)], strict=True)]
    for each in planned(given=stock(*pictures, materials=seen)).clips("base"):
        size = next((asset.width, asset.height) for asset in pictures if asset.id == each.source.asset)
        ratio = size[0] / size[1] / (16 / 9)
        for framing in (each.source.begin, each.source.finish):
            if each.source.fit == "cover":
                wide, tall = 1 / (framing.zoom * max(ratio, 1)) / 2, 1 / (framing.zoom * max(1 / ratio, 1)) / 2
                assert wide - 1e-5 <= framing.x <= 1 - wide + 1e-5
                assert tall - 1e-5 <= framing.y <= 1 - tall + 1e-5
        assert each.source.begin != each.source.finish


def test_pictures_of_another_shape_are_shown_whole():
    tall = planned(given=stock(photo(1, 1000, 2000), photo(2, 1600, 1000), photo(3, 1600, 900)))
    fits = {each.source.asset: each.source.fit for each in tall.clips("base")}
    assert fits == {photo(1).id: "blurred", photo(2).id: "cover", photo(3).id: "cover"}


def test_the_cover_is_the_whole_picture_when_asked():
    made = planned(brief=Brief(cover_as="base"), given=stock(cover=True))
    (only,) = made.clips("base")
    assert isinstance(only.source, SceneSource)
    assert only.source.pictures == {"cover": COVER}
    assert made.clips("visualizer")


def test_a_cover_gives_the_colors_unless_others_are_asked_for():
    cover = looked_at(stock(cover=True).assets[COVER])
    given = stock(cover=True, materials=[cover])
    assert set(cover.colors) <= set(planned(given=given).palette)
    assert not set(cover.colors) & set(planned(brief=Brief(colors=("#00ff00",)), given=given).palette)


def test_own_shaders_are_shown_by_their_key():
    key = "asset:" + "9" * 32
    given = replace(stock(), scenes={**SCENES, key: scene("mine", "", (0, 1), "")})
    made = planned(brief=Brief(scenes=(key,)), given=given)
    assert key in {each.source.scene for each in made.clips("base")}


def test_scenes_keep_their_measured_resolution_and_turn_only_their_own_knobs():
    for each in planned().clips("base"):
        assert each.source.resolution == 0.5
        assert set(each.source.inputs) == {"depth"}
        assert 0.5 <= each.source.inputs["depth"] <= 2.0


def test_a_song_without_a_beat_is_cut_softly():
    result = plan.make(
        song_map(beats=False), Brief(cut=CutRule(every=1, unit="beat")), stock(), canvas(), PRESETS["youtube"]
    )
    clips = result.timeline.clips("base")
    assert len(clips) > 6
    assert {each.transition.name for each in clips[1:]} <= {"dissolve", "slide"}
    assert any("none was heard" in note for note in result.notes)


def test_a_teaser_starts_on_the_chorus_and_fades_out():
    made = planned(brief=Brief(seconds=15, start_at="chorus"))
    assert made.song_start() == 24
    assert made.frames == 450
    assert made.clips("base")[-1].fade.frames_out > 0
    assert made.clips("song")[0].fade.frames_out > 0


def test_without_a_place_a_teaser_shows_the_best_part():
    assert planned(brief=Brief(seconds=15)).song_start() in (24, 56)
    assert planned(brief=Brief(seconds=15, start_at="beginning")).song_start() == 0


def test_a_loop_is_calm_wordless_and_of_whole_bars():
    made = planned(brief=Brief(title="Gold", pace="fast"), to="canvas")
    assert made.frames == 8 * 30
    assert made.song_start() % 2 == 0
    assert len(made.clips("base")) == 1
    assert not made.clips("titles")
    assert not made.clips("base")[0].effects


def test_fades_follow_the_song():
    fading = [0.0] * 3 + [0.8] * 60 + [0.6, 0.4, 0.2, 0.1, 0.05, 0.0]
    base = planned(song_map(level=fading)).clips("base")
    assert base[0].fade.frames_in > 0
    assert base[-1].fade.frames_out > 0
    abrupt = planned(song_map(level=[0.7] * 64)).clips("base")
    assert abrupt[0].fade.frames_in == abrupt[-1].fade.frames_out == 0


def test_half_a_second_and_three_hours():
    short = planned(song_map(bpm=120, form=(("A", "verse", 1, 0.5),)).evolve(duration=Fraction(1, 2), beats=()))
    assert short.frames == 15
    assert check.problems(short) == ()
    long = song_map(form=tuple(("ABCD"[n % 4], "verse", 8, 0.2 + n % 4 / 5) for n in range(675)))
    made = planned(long, Brief(pace="fast"))
    assert made.frames == 3 * 3600 * 30
    assert 300 < len(made.clips("base")) < 3200
    assert check.problems(made) == ()


def test_what_was_left_out_is_said():
    brief = Brief(
        not_understood=("flamingos",),
        scenes=("no-such-scene",),
        effects=("no-such-effect",),
        visualizer="no-such-design",
        cover_as="base",
        seconds=900,
    )
    notes = " / ".join(plan.make(song_map(), brief, stock(), canvas(), PRESETS["youtube"]).notes)
    for said in ("flamingos", "no-such-scene", "no-such-effect", "no-such-design", "no cover", "900"):
        assert said in notes


def test_nothing_to_show_is_said():
    with pytest.raises(BadRequest, match="nothing to show"):
        planned(given=replace(stock(), scenes={}))
