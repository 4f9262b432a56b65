"""Anyone's scene is shown when it is asked for, with a picture where it needs one; else the reason is said."""

from dataclasses import replace

import pytest
from songs import COVER, SCENES

from songreel.director import scenes
from songreel.model.brief import Brief
from songreel.visuals.shader import Input

PHOTO = "f" * 32
OWN = "asset:" + "a" * 32


def usable(own, *, asked=(OWN,), cover=None, picture=None):
    shaders, notes = scenes.usable({**SCENES, OWN: own}, Brief(scenes=asked), cover=cover, picture=picture)
    return {each.name for each in shaders}, notes


def made(kind="generator", *names):
    inputs = tuple(Input(name, "image") for name in names)
    return replace(SCENES["aurora"], kind=kind, inputs=inputs)


@pytest.mark.parametrize("own", [made(), made("generator", "logo"), made("filter", "inputImage")])
def test_what_is_asked_for_is_shown_with_any_picture(own):
    names, notes = usable(own, picture=PHOTO)
    assert OWN in names
    assert notes == []
    shader = replace(own, name=OWN)
    shown = scenes.source(shader, seed=1, section="A", turn=0, picture=PHOTO)
    assert set(shown.pictures) == {entry.name for entry in own.inputs}


@pytest.mark.parametrize("own", [made("generator", "logo"), made("filter", "inputImage")])
def test_without_a_picture_it_is_said_what_to_give(own):
    names, notes = usable(own)
    assert OWN not in names
    assert "give a cover or photos" in notes[0]


def test_nobody_asked_so_only_covers_are_put_into_scenes():
    names, _ = usable(made("filter", "inputImage"), asked=(), cover=COVER, picture=COVER)
    assert OWN not in names


def test_transitions_and_unknown_names_are_no_scenes():
    assert "is a transition" in usable(made("transition"))[1][0]
    assert usable(made(), asked=("gone",))[1] == ["the scene 'gone' is not there; others are shown"]
