import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from songreel.base.errors import BadProject, BadRequest
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS, preset
from songreel.model.project import Project
from songreel.model.song_map import BANDS, HITS, REST, Curve, SongMap
from songreel.model.timeline import Canvas, Clip, Framing, PhotoSource, SceneSource, SoundSource, Timeline, Track

ID = "0" * 32
PALETTE = ("#000000", "#222222", "#884400", "#ff8800", "#ffffff")


def timeline(**changes):
    base = Clip(id="c1", name="city", start=0, end=90, source=SceneSource(scene="city-night"))
    song = Clip(id="s1", name="song", start=0, end=90, source=SoundSource(asset=ID, at=Fraction(5, 2)))
    document = Timeline(
        canvas=Canvas(width=64, height=36, fps=Fraction(30000, 1001)),
        frames=90,
        seed=1,
        look="cinematic",
        palette=PALETTE,
        tracks=(Track(id="v1", role="base", clips=(base,)), Track(id="a1", role="song", clips=(song,))),
    )
    return document.evolve(**changes)


def test_a_document_survives_its_json():
    document = timeline()
    again = Timeline.from_json(document.to_json())
    assert again == document
    assert again.to_json() == document.to_json()
    assert again.canvas.fps == Fraction(30000, 1001)
    assert again.song_start() == Fraction(5, 2)


@given(
    st.builds(
        Brief, words=st.text(max_size=40), seed=st.integers(0, 2**31 - 1), seconds=st.none() | st.floats(0.5, 9000)
    )
)
def test_any_brief_survives_its_json(brief):
    assert Brief.from_json(brief.to_json()) == brief


def test_documents_are_frozen_and_refuse_what_they_do_not_know():
    with pytest.raises(ValidationError):
        timeline().look = "other"
    with pytest.raises(ValidationError):
        Framing.model_validate({"x": 0.5, "tilt": 3})


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": "songreel.brief", "revision": 1}', '{"schema": "songreel.timeline", "revision": 99}'],
)
def test_a_foreign_or_damaged_document_is_refused_in_one_sentence(text):
    with pytest.raises(BadProject):
        Timeline.from_json(text)


def test_what_is_nested_too_deep_is_no_document():
    with pytest.raises(BadProject, match="not a songreel"):
        Timeline.from_json("[" * 100_000)


@pytest.mark.parametrize("damage", [{"brief": None}, {"brief": []}, {"song": ["x"]}, {"song": {}}])
def test_a_damaged_document_of_an_older_revision_is_refused_too(damage):
    with pytest.raises(BadProject, match="damaged"):
        Project.from_json(json.dumps({"schema": "songreel.project", "revision": 1, "name": "p", **damage}))


@pytest.mark.parametrize("fps", ["0", "-30", "1/0", "1e999999999", "fast"])
def test_a_picture_has_a_rate(fps):
    with pytest.raises(ValidationError):
        Canvas(width=64, height=36, fps=fps)


def test_a_source_is_known_by_its_kind():
    clip = Clip(id="c", name="n", start=0, end=1, source={"kind": "photo", "asset": ID})
    assert isinstance(clip.source, PhotoSource)


def test_a_clip_lasts():
    with pytest.raises(ValidationError, match="before it starts"):
        Clip(id="c", name="n", start=5, end=5, source=SceneSource(scene="x"))


@given(st.lists(st.floats(-1, 2), max_size=50))
def test_a_curve_keeps_its_values_to_one_part_in_255(values):
    kept = Curve.of(values, 100).values()
    assert np.abs(kept - np.clip(values, 0, 1)).max(initial=0) <= 0.5 / 255 + 1e-6


def test_every_preset_is_a_canvas():
    for name, entry in PRESETS.items():
        assert entry.name == name
        Canvas(width=entry.width, height=entry.height, fps=entry.fps)
        assert entry.safe_area.x + entry.safe_area.width <= 1
        assert entry.safe_area.y + entry.safe_area.height <= 1


def test_an_unknown_preset_is_refused_with_the_known_ones():
    with pytest.raises(BadRequest, match="youtube"):
        preset("betamax")


def test_a_song_map_from_before_width_and_harmony_opens():
    curve = {"rate_hz": 50, "packed": Curve.of([0.5, 1], 50).packed}
    old = {
        "schema": "songreel.song_map", "revision": 1, "song": ID, "duration": "2", "bpm": 0, "meter": 0, "tempo": [],
        "beats": [], "events": [], "onsets": [], "bands": dict.fromkeys(BANDS, curve), "level": curve,
        "sections": [{"id": "A", "label": "verse", "start": 0, "end": 2, "energy": 1, "confidence": 0}],
        "hits": dict.fromkeys(HITS, curve), "brightness": curve,
        "key": {"tonic": "C", "mode": "major", "confidence": 0},
        "loudness": {"integrated_lufs": -20, "range_lu": 0, "true_peak_dbtp": 0},
        "mood": {"arousal": 0, "valence": 0, "confidence": 0},
        "confidence": {"beats": 0, "downbeats": 0, "sections": 0},
    }  # fmt: skip
    song_map = SongMap.from_json(json.dumps(old))
    assert song_map.width == song_map.harmony == REST
    assert SongMap.from_json(song_map.to_json()) == song_map


def test_a_timeline_from_before_palettes_of_parts_opens():
    old = json.loads(timeline().to_json()) | {"revision": 1}
    for track in old["tracks"]:
        for clip in track["clips"]:
            del clip["palette"]
    assert Timeline.from_json(json.dumps(old)) == timeline()
