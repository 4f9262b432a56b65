"""What a render is made from travels whole: every file that a timeline shows, in whichever way, and no other."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.director.songs import clip, photo, song_asset, song_map

from songreel.app.studio import Ordered
from songreel.media import store
from songreel.model.preset import PRESETS
from songreel.model.timeline import (
    Canvas,
    Clip,
    FootageSource,
    InsetSource,
    PhotoSource,
    PictureSource,
    Place,
    SceneSource,
    SoundSource,
    Timeline,
    Track,
    VisualizerSource,
)
from songreel.service import orders, storage

FILE = photo(1).id
BOX = Place(x=0.1, y=0.1, width=0.2, height=0.2)
WAYS = {
    "base": [
        PhotoSource(asset=FILE),
        FootageSource(asset=FILE, at=Fraction(0)),
        SceneSource(scene="cover-stage", pictures={"cover": FILE}),
    ],
    "overlay": [PictureSource(asset=FILE, place=BOX), InsetSource(asset=FILE, at=Fraction(0), place=BOX)],
    "visualizer": [VisualizerSource(design="cover-bars", place=BOX, color="#ffffff", picture=FILE)],
}


def timeline(role, source):
    shown = {"base": SceneSource(scene="aurora"), role: source}
    shown["song"] = SoundSource(asset=song_asset().id, at=Fraction(0))
    tracks = [
        Track(id=name, role=name, clips=(Clip(id=f"{name}1", name=name, start=0, end=30, source=each),))
        for name, each in shown.items()
    ]
    canvas = Canvas(width=64, height=36, fps=30)
    palette = ("#000000", "#333333", "#777777", "#bbbbbb", "#ffffff")
    return Timeline(canvas=canvas, frames=30, seed=1, look="neon", palette=palette, tracks=tuple(tracks))


@pytest.mark.parametrize(("role", "source"), [(role, source) for role, found in WAYS.items() for source in found])
def test_every_file_that_is_shown_travels(tmp_path, role, source):
    brought = {asset.id: asset for asset in (song_asset(), photo(1), clip(9, 5))}
    for key, asset in brought.items():
        (tmp_path / asset.name).write_bytes(key.encode())
        brought[key] = asset.evolve(path=str(tmp_path / asset.name))
    kept = storage.at("", home=tmp_path / "far")
    made = timeline(role, source)
    song = brought[song_asset().id]
    digest = orders.keep(Ordered(made, song_map(), PRESETS["youtube"], song, brought), kept)
    opened = orders.opened(digest, kept, store.Cache(tmp_path / "cache", 1 << 30))
    assert set(opened.files) == {FILE, song.id}
    assert opened.files[FILE].read_bytes() == FILE.encode()
    assert opened.order.timeline == made
