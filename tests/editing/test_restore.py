"""One aspect comes back as it was; nothing else changes."""

from __future__ import annotations

from typing import get_args

import pytest
from stands import ground
from timelines import PALETTE, timeline

from songreel.base.errors import EditRefused
from songreel.editing import apply, check, restore
from songreel.model.edit import (
    AdjustGrade,
    Aspect,
    CutDenser,
    RemoveOverlay,
    RemoveText,
    SetEffect,
    SetPalette,
    SetTransition,
    SetVisualizer,
    SetVolume,
    Stretch,
    Texts,
    UsePart,
    Where,
)

HALF = Where(stretches=(Stretch(start=5),))
CHANGES = {
    "colors": (SetPalette(palette=PALETTE[::-1]), AdjustGrade(warmth=0.3, where=HALF)),
    "words": (RemoveText(texts=Texts(role="title")),),
    "effects": (SetEffect(effect="grain"),),
    "transitions": (SetTransition(transition="whip"),),
    "visualizer": (SetVisualizer(size_by=0.5),),
    "overlays": (RemoveOverlay(),),
    "sound": (SetVolume(volume=0.1, where=HALF),),
    "pictures": (CutDenser(factor=3),),
    "look": (SetPalette(palette=PALETTE[::-1]), CutDenser(factor=3)),
}


def changed(*names):
    return apply.apply(timeline(), tuple(edit for name in names for edit in CHANGES[name]), ground())


def by_role(now):
    return {track.role: track.clips for track in now.tracks}


@pytest.mark.parametrize("aspect", get_args(Aspect))
def test_what_was_changed_comes_back(aspect):
    after = changed(aspect)
    assert not restore.same(after, timeline(), aspect)
    back = restore.restored(after, timeline(), aspect)
    assert restore.same(back, timeline(), aspect)
    assert check.problems(back) == ()
    assert by_role(back) == by_role(timeline())


@pytest.mark.parametrize("aspect", ["colors", "words", "effects", "transitions", "visualizer", "overlays", "sound"])
def test_nothing_else_comes_back(aspect):
    others = [name for name in CHANGES if name not in (aspect, "look", "pictures")]
    others = others if aspect != "visualizer" else [name for name in others if name != "colors"]
    both = apply.apply(changed(*others), CHANGES[aspect], ground())
    assert restore.restored(both, timeline(), aspect).evolve(tracks=()) == changed(*others).evolve(tracks=())
    kept, wanted = by_role(restore.restored(both, timeline(), aspect)), by_role(changed(*others))
    # A palette takes the visualizer with it, so that the colors of one are those of both.
    kept.pop("visualizer")
    wanted.pop("visualizer")
    assert kept == wanted


def test_tracks_do_not_come_back_into_another_part_of_the_song():
    after = apply.apply(changed("words"), (UsePart(start=0, end=6),), ground())
    with pytest.raises(EditRefused, match="another part of the song"):
        restore.restored(after, timeline(), "words")
