"""Whatever can be drawn is called by its words: every phrase of the lexicon for one leads to it, in both languages."""

from __future__ import annotations

import re

import pytest
from songs import song_asset, song_map, stock

from songreel.director import intake, lexicon, plan
from songreel.director.conversation import Situation
from songreel.director.understanding import understand
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS
from songreel.model.timeline import Canvas
from songreel.visuals import catalog, visualizers

CHINESE = re.compile(r"[一-鿿]")
SHELVES = {
    "effect": set(catalog.effects()),
    "transition": {"cut", *catalog.transitions()},
    "visualizer": {"any", *visualizers.DESIGNS},
}
ASKED = {
    "effect": ("add {} in the chorus", "副歌加上{}"),
    "transition": ("use {} between all shots", "转场全部换成{}"),
    "visualizer": ("add {} at the bottom", "底部加一个{}"),
}
PHRASES = [word for word in lexicon.words() if word.kind in SHELVES and word.value not in ("any", "cut")]
ELSEWHERE = ("blur",)
MADE = plan.make(song_map(), Brief(text=False), stock(), Canvas(width=640, height=360, fps=30), PRESETS["youtube"])
SITUATION = Situation(timeline=MADE.timeline, song_map=song_map(), song=song_asset().id, version=1, versions=(1,))


def asked(word: lexicon.Word) -> str:
    return ASKED[word.kind][bool(CHINESE.search(word.phrase))].format(word.phrase)


@pytest.mark.parametrize("kind", SHELVES)
def test_everything_on_a_shelf_has_words_in_both_languages_and_nothing_else_has(kind: str) -> None:
    for chinese in (False, True):
        called = {
            word.value for word in lexicon.words() if word.kind == kind and bool(CHINESE.search(word.phrase)) == chinese
        }
        assert called - {"any", "cut"} == SHELVES[kind] - {"any", "cut"}


@pytest.mark.parametrize("kind", SHELVES)
def test_a_phrase_leads_to_what_it_calls(kind: str) -> None:
    wrong = []
    for word in PHRASES:
        if word.kind == kind:
            found = {name for edit in understand(asked(word), SITUATION).edits for name in _named(edit, kind)}
            if found != {word.value}:
                wrong.append((asked(word), word.value, found))
    assert wrong == []


@pytest.mark.parametrize("kind", SHELVES)
def test_a_first_message_may_ask_for_it(kind: str) -> None:
    wrong = []
    for word in PHRASES:
        if word.kind == kind:
            brief = intake.read(
                f"a music video with {word.phrase}" if not CHINESE.search(word.phrase) else f"音乐视频，加{word.phrase}"
            )
            if word.value not in _wished(brief, kind):
                wrong.append((word.phrase, word.value, _wished(brief, kind)))
    assert wrong == []


def _named(edit: object, kind: str) -> list[str]:
    match edit:
        case edits.SetEffect() if kind == "effect":
            return [edit.effect]
        case edits.SetTransition() if kind == "transition":
            return [edit.transition]
        case edits.SetVisualizer() if kind == "visualizer":
            return [edit.design or ""]
    return []


def _wished(brief: object, kind: str) -> tuple[str, ...]:
    found = {"effect": "effects", "transition": "transitions", "visualizer": "visualizer"}[kind]
    value = getattr(brief, found)
    return value if isinstance(value, tuple) else (value or "",)
