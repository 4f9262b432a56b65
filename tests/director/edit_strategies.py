"""Edits of every verb, sensible and senseless, for properties."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from songreel.model import edit as verbs
from songreel.model.brief import CutRule
from songreel.model.edit import Edit, LyricLine, Stretch, Texts, Where
from songreel.model.preset import PRESETS
from songreel.model.timeline import Grade, TextStyle

POSITIONS = st.sampled_from(
    ["center", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"]
)
IDS = st.sampled_from(["c1", "c2", "c5", "s1", "p1", "t1", "t2", "t3", "a1", "nothing"])
COLORS = st.integers(0, 0xFFFFFF).map(lambda each: f"#{each:06x}")
SAID = st.text(min_size=1, max_size=30).filter(str.strip)
SECONDS = st.fractions(-20, 100, max_denominator=100)
LENGTHS = st.fractions(Fraction(1, 100), 90, max_denominator=100)
FADES = st.none() | st.fractions(0, 12, max_denominator=10)
MEDIA = st.sampled_from([f"{number:032x}" for number in (1, 2, 3, 1001, 77)] + ["c" * 32])


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    start = draw(SECONDS)
    length = draw(st.none() | LENGTHS)
    end = None if length is None else start + length
    return Stretch(start=start, end=None if end is not None and (end <= 0) == (start >= 0) else end)


WHERE = st.just(Where()) | st.builds(
    Where,
    stretches=st.lists(stretches(), max_size=3).map(tuple),
    clock=st.sampled_from(["video", "song"]),
    clips=st.lists(IDS, max_size=2).map(tuple),
    outside=st.booleans(),
)
TEXTS = st.builds(
    Texts,
    clips=st.just(()) | st.lists(st.sampled_from(["t1", "t2", "t3"]), max_size=2).map(tuple),
    role=st.sampled_from([None, None, "title", "artist", "caption", "lyric"]),
    says=st.none() | st.just("hello"),
)
STYLES = st.builds(TextStyle, color=st.none() | COLORS, size=st.floats(0.2, 4), bold=st.booleans())
GRADES = st.builds(Grade, brightness=st.floats(-1, 1), contrast=st.floats(0, 2), warmth=st.floats(-1, 1))
EFFECTS = st.sampled_from(["grain", "blur", "glitch", "shake", "flash", "nothing"])
LINES = st.lists(
    st.builds(LyricLine, text=SAID, at=st.none() | st.fractions(0, 90), seconds=st.none() | LENGTHS),
    min_size=1,
    max_size=8,
).map(tuple)

TEXT = st.one_of(
    st.builds(
        verbs.AddText,
        text=SAID,
        role=st.sampled_from(["title", "artist", "caption", "lyric", "subtitle"]),
        where=WHERE,
        position=st.none() | POSITIONS,
        style=STYLES,
        fade_in_s=st.fractions(0, 5),
        design=st.sampled_from([None, "plain", "outlined", "nothing"]),
    ),
    st.builds(verbs.ChangeText, texts=TEXTS, text=SAID),
    st.builds(verbs.MoveText, texts=TEXTS, position=POSITIONS),
    st.builds(
        verbs.RestyleText,
        texts=TEXTS,
        color=st.none() | COLORS,
        size_by=st.none() | st.floats(0.1, 10),
        bold=st.none() | st.booleans(),
    ),
    st.builds(
        verbs.RetimeText,
        texts=TEXTS,
        start=st.none() | SECONDS,
        end=st.none() | SECONDS,
        seconds=st.none() | LENGTHS,
        shift=st.none() | SECONDS,
        whole=st.booleans(),
        clock=st.sampled_from(["video", "song"]),
    ),
    st.builds(verbs.FadeText, texts=TEXTS, in_s=FADES, out_s=FADES),
    st.builds(verbs.RemoveText, texts=TEXTS),
    st.builds(verbs.SetLyrics, lines=LINES, where=WHERE),
    st.builds(verbs.Retitle, title=SAID),
)
CUTS = st.one_of(
    st.builds(
        verbs.CutEvery,
        rule=st.builds(CutRule, every=st.integers(1, 8), unit=st.sampled_from(["half", "beat", "bar"])),
        where=WHERE,
    ),
    st.builds(verbs.CutDenser, factor=st.floats(0.1, 4), where=WHERE),
    st.builds(verbs.HoldShot, where=WHERE),
    st.builds(verbs.CutAt, at=SECONDS),
    st.builds(verbs.RemoveShot, clips=st.lists(IDS, min_size=1, max_size=3).map(tuple)),
)
PICTURES = st.one_of(
    st.builds(verbs.SetLook, look=st.sampled_from([None, None, "neon", "metal", "vhs", "nothing"]), where=WHERE),
    st.builds(
        verbs.ShowScenes,
        scenes=st.lists(st.sampled_from(["aurora", "tunnel", "nothing"]), min_size=1, max_size=2).map(tuple),
        where=WHERE,
    ),
    st.builds(verbs.RemoveScene, scene=st.sampled_from(["aurora", "tunnel", "starfield"]), where=WHERE),
    st.builds(verbs.ShowAnother, where=WHERE),
    st.builds(
        verbs.UseMedia,
        assets=st.lists(MEDIA, min_size=1, max_size=3).map(tuple),
        where=WHERE,
        how=st.sampled_from(["only", "mixed", "one"]),
    ),
    st.builds(verbs.RemoveMedia, assets=st.lists(MEDIA, min_size=1, max_size=2).map(tuple), where=WHERE),
    st.builds(
        verbs.AddOverlay,
        asset=MEDIA,
        position=POSITIONS,
        size=st.floats(0.03, 2),
        width=st.none() | st.floats(0.03, 1),
        opacity=st.floats(0, 1),
        where=WHERE,
    ),
    st.builds(verbs.ChangeOverlay, clips=st.just(()), position=st.none() | POSITIONS, size_by=st.floats(0.1, 9)),
    st.builds(verbs.ChangeOverlay, width=st.floats(0.03, 1), opacity=st.none() | st.floats(0, 1)),
    st.builds(verbs.RemoveOverlay),
)
DRESS = st.one_of(
    st.builds(verbs.SetPalette, palette=st.lists(COLORS, min_size=5, max_size=5).map(tuple), where=WHERE),
    st.builds(verbs.SetGrade, grade=GRADES, where=WHERE),
    st.builds(
        verbs.AdjustGrade, brightness=st.floats(-2, 2), saturation=st.floats(0, 9), warmth=st.floats(-1, 1), where=WHERE
    ),
    st.builds(
        verbs.SetEffect,
        effect=EFFECTS,
        amount=st.none() | st.floats(0, 1),
        amount_by=st.none() | st.floats(0.1, 9),
        where=WHERE,
    ),
    st.builds(verbs.RemoveEffect, effect=st.none() | EFFECTS, where=WHERE),
    st.builds(
        verbs.SetTransition,
        transition=st.sampled_from(["cut", "dissolve", "whip", "nothing"]),
        seconds=st.none() | LENGTHS,
        where=WHERE,
    ),
    st.builds(verbs.FadePicture, in_s=FADES, out_s=FADES),
    st.builds(
        verbs.SetVisualizer,
        design=st.sampled_from([None, "bars", "ring", "waveform", "nothing"]),
        position=st.none() | POSITIONS,
        size_by=st.none() | st.floats(0.05, 19),
        color=st.none() | COLORS,
        where=st.none() | WHERE,
    ),
    st.builds(verbs.RemoveVisualizer, where=WHERE),
)
SONG = st.one_of(
    st.builds(verbs.SetVolume, volume=st.floats(0, 2), where=WHERE),
    st.builds(verbs.SetVolume, by=st.floats(0, 20), where=WHERE),
    st.builds(verbs.FadeSong, in_s=FADES, out_s=FADES),
    st.builds(
        verbs.UsePart,
        start=st.none() | st.fractions(0, 90, max_denominator=100),
        end=st.none() | LENGTHS,
        seconds=st.none() | LENGTHS,
        whole=st.booleans(),
    ),
    st.builds(verbs.UseBestPart, seconds=LENGTHS),
    st.builds(
        verbs.SetCanvas,
        preset=st.none() | st.sampled_from([*PRESETS, "nothing"]),
        ratio=st.sampled_from([None, "9:16", "1:1", "2.39:1", "0:1"]),
        short_side=st.sampled_from([None, 180, 720, 2160]),
        fps=st.sampled_from([None, 24, 60, Fraction(30000, 1001), 12]),
    ),
)
CHANGES: st.SearchStrategy[Edit] = st.one_of(TEXT, CUTS, PICTURES, DRESS, SONG)
