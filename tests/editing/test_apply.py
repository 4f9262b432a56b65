"""Laws of edits: any list of them leaves a timeline that holds, or nothing changes at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from timelines import PALETTE, timeline

from songreel.base.errors import EditRefused
from songreel.editing import apply, check
from songreel.model.edit import AddText, ChangeText, Edit, RemoveClip, Retitle, SetGrade, SetPalette
from songreel.model.timeline import Grade, TextStyle, Timeline

EDITS: TypeAdapter[list[Edit]] = TypeAdapter(list[Edit])
POSITIONS = st.sampled_from(["center", "top", "bottom", "left", "right", "top-left", "bottom-right"])
said = st.text(min_size=1, max_size=30).filter(str.strip)
ids = st.sampled_from(["c1", "c2", "s1", "p1", "t1", "t2", "t3", "t4", "a1", "nothing"])
styles = st.builds(TextStyle, color=st.sampled_from([None, "#ff0000"]), size=st.floats(0.2, 4), bold=st.booleans())
grades = st.builds(Grade, brightness=st.floats(-1, 1), contrast=st.floats(0, 2), warmth=st.floats(-1, 1))
edits = st.one_of(
    st.builds(
        AddText,
        text=said,
        role=st.sampled_from(["title", "artist", "caption", "lyric"]),
        position=POSITIONS,
        at=st.fractions(0, 12, max_denominator=1000),
        seconds=st.fractions("1/100", 20, max_denominator=1000),
    ),
    st.builds(ChangeText, clip=ids, text=st.none() | said, position=st.none() | POSITIONS, style=st.none() | styles),
    st.builds(RemoveClip, clip=ids),
    st.builds(SetPalette, palette=st.permutations(PALETTE).map(tuple)),
    st.builds(SetGrade, grade=grades, clip=st.none() | ids),
    st.builds(Retitle, title=said),
)


@settings(max_examples=150)
@given(st.lists(edits, max_size=30))
def test_any_sequence_keeps_every_invariant(sequence):
    now = timeline()
    for edit in sequence:
        before = now.to_json()
        try:
            changed = apply.apply(now, edit)
        except EditRefused:
            assert now.to_json() == before
            continue
        assert check.problems(changed) == ()
        assert changed.version == now.version + 1
        assert changed.clips("base") == now.clips("base") or isinstance(edit, SetGrade)
        assert changed.clips("song") == now.clips("song") or isinstance(edit, SetGrade)
        assert Timeline.from_json(changed.to_json()) == changed
        now = changed


@given(st.lists(edits, max_size=10))
def test_edits_survive_json(sequence):
    assert EDITS.validate_json(EDITS.dump_json(sequence)) == sequence


def test_a_list_is_one_version_and_all_or_nothing():
    start = timeline()
    assert apply.apply(start, Retitle(title="A"), SetPalette(palette=PALETTE[::-1])).version == 2
    with pytest.raises(EditRefused, match="no clip 'nothing'"):
        apply.apply(start, Retitle(title="A"), RemoveClip(clip="nothing"))
    assert start == timeline()


def test_words_are_put_where_there_is_room():
    added = apply.apply(timeline(), AddText(text="Later", at=5, seconds=60))
    assert [clip.name for clip in added.track("titles").clips] == ["Urban Dreams", "Later"]
    assert added.track("titles").clips[1].end == 300
    above = apply.apply(added, AddText(text="Also", at=1))
    assert [track.role for track in above.tracks].count("titles") == 2
    lyric = apply.apply(timeline(), AddText(text="away", role="lyric", at=6))
    assert [clip.name for clip in lyric.clips("lyrics")] == ["run", "away"]
    with pytest.raises(EditRefused, match="ends at 10"):
        apply.apply(timeline(), AddText(text="Never", at=10))


def test_words_change_in_place():
    changed = apply.apply(timeline(), ChangeText(clip="t1", position="top", style=TextStyle(color="#ff0000")))
    was, now = timeline().clips("titles")[0], changed.clips("titles")[0]
    assert (now.source.text, now.start, now.end) == (was.source.text, was.start, was.end)
    assert (now.source.position, now.source.style.color) == ("top", "#ff0000")
    with pytest.raises(EditRefused, match="no text"):
        apply.apply(timeline(), ChangeText(clip="c1", text="x"))


def test_what_is_laid_over_can_be_removed_and_the_base_cannot():
    for clip in ("t1", "t2", "s1", "p1"):
        removed = apply.apply(timeline(), RemoveClip(clip=clip))
        assert len(removed.tracks) == len(timeline().tracks) - 1
    for clip in ("c1", "c2", "a1"):
        with pytest.raises(EditRefused, match="cannot be left empty"):
            apply.apply(timeline(), RemoveClip(clip=clip))


def test_a_new_title_is_on_its_card_too():
    changed = apply.apply(timeline(), Retitle(title="Slow Burn"))
    assert changed.title == changed.clips("titles")[0].source.text == changed.clips("titles")[0].name == "Slow Burn"
    without = apply.apply(timeline(), RemoveClip(clip="t1"), Retitle(title="Slow Burn"))
    assert without.clips("titles") == ()


def test_a_grade_is_for_all_or_for_one_clip():
    dark = Grade(brightness=-0.2)
    assert apply.apply(timeline(), SetGrade(grade=dark)).grade == dark
    one = apply.apply(timeline(), SetGrade(grade=dark, clip="c2"))
    assert [clip.grade for clip in one.clips("base")] == [None, dark]
    assert one.grade == Grade()
