"""What every scene's picture keeps to, whatever it shows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scene_inputs import DROP, GRAYS, MUSIC, QUIET, SILENCE, VIVID, levels

from songreel.visuals.isf.host import Host, Moment
from songreel.visuals.shader import Shader

Show = Callable[..., NDArray[np.float64]]


@pytest.mark.parametrize("size", [(16, 16), (64, 36), (108, 192), (33, 21)], ids=str)
def test_draws_a_picture_at_any_size(scene: Shader, show: Show, size: tuple[int, int]) -> None:
    for inputs in (SILENCE, MUSIC):
        picture = show(scene, {**inputs, **VIVID}, size=size)
        assert picture.shape == (size[1], size[0], 3)
        assert picture.std() > 0.01, "the picture is all one color"


@pytest.mark.parametrize("size", [(320, 180), (180, 320)], ids=str)
def test_is_the_same_picture_at_twice_the_size(scene: Shader, show: Show, size: tuple[int, int]) -> None:
    """Lines and stars keep their width in pixels, so that the two go together rather than being equal."""
    width, height = size
    pictures = (
        show(scene, {**MUSIC, **VIVID}, size=(width * times, height * times))
        .reshape(height // 5, 5 * times, width // 5, 5 * times, 3)
        .mean(axis=(1, 3))
        for times in (1, 2)
    )
    one, twice = (picture.ravel() for picture in pictures)
    assert np.corrcoef(one, twice)[0, 1] > 0.9


def test_draws_the_same_bytes_again_and_elsewhere(scene: Shader, host: Host) -> None:
    moment = Moment(12.0, 1 / 30, 360)
    one, other = host.instance(scene, 48, 27), host.instance(scene, 48, 27)
    first = host.read(one.draw(moment, MUSIC)).copy()
    assert np.array_equal(first, host.read(one.draw(moment, MUSIC)))
    other.draw(Moment(3.0, 1 / 30, 90), SILENCE)
    again = host.read(other.draw(moment, MUSIC))
    one.close()
    other.close()
    if not scene.persistent:
        assert np.array_equal(first, again)


def test_moves_with_the_music(scene: Shader, show: Show) -> None:
    driving = levels(scene)
    quiet = show(scene, {**MUSIC, **dict.fromkeys(driving, 0.0), **VIVID})
    loud = show(scene, {**MUSIC, **dict.fromkeys(driving, 1.0), **VIVID})
    assert np.abs(loud - quiet).mean() > 0.02


def test_a_drop_is_more_than_a_quiet_verse(scene: Shader, show: Show) -> None:
    quiet = show(scene, {**MUSIC, **VIVID, **QUIET})
    loud = show(scene, {**MUSIC, **VIVID, **DROP})
    assert loud.mean() > quiet.mean() * 1.04
    assert np.abs(loud - quiet).mean() > 0.03


def test_drums_and_energy_are_seen_each_for_itself(scene: Shader, show: Show) -> None:
    rest = show(scene, {**SILENCE, **VIVID, "energy": 0.5, "level": 0.5})
    for name in ("kick", "bass", "energy", "drop"):
        if scene.takes(name):
            moved = show(scene, {**SILENCE, **VIVID, "energy": 0.5, "level": 0.5, name: 1.0})
            assert np.abs(moved - rest).mean() > 0.001, name


def test_follows_a_signal_without_a_jump(scene: Shader, show: Show) -> None:
    """Twice as much of the kick moves the picture further, and no small step of it moves it far."""
    steps = [show(scene, {**SILENCE, **VIVID, "level": 0.5, "kick": amount}) for amount in (0.0, 0.05, 0.5, 1.0)]
    small, half, whole = (np.abs(step - steps[0]).mean() for step in steps[1:])
    assert whole > half * 0.98
    assert small < 0.05


def test_rests_in_silence(scene: Shader, show: Show) -> None:
    now = show(scene, {**SILENCE, **VIVID}, time=31.0, size=(96, 54))
    soon = show(scene, {**SILENCE, **VIVID}, time=31.0 + 1 / 30, size=(96, 54))
    assert np.abs(soon - now).mean() < 0.004


def test_is_neither_black_nor_glaring(scene: Shader, show: Show) -> None:
    for inputs in (SILENCE, MUSIC, {**MUSIC, **dict.fromkeys(levels(scene), 1.0)}):
        picture = show(scene, {**inputs, **VIVID})
        assert 0.015 < picture.mean() < 0.75
        assert picture.max() > 0.15


def test_drums_do_not_flash(scene: Shader, host: Host) -> None:
    """Over two beats of a loud drum loop at 30 fps, no frame's mean light is a tenth of full scale from the last."""
    instance = host.instance(scene, 64, 36)
    light: list[float] = []
    for frame in range(31):
        beats = frame / 15
        since = beats % 1
        hit = max(0.0, 1 - 2.2 * since) ** 2
        drums = {"kick": hit, "pulse": hit, "snare": hit * (beats >= 1), "hat": hit, "bass": 0.3 + 0.4 * hit}
        drums |= {"level": 0.5 + 0.2 * hit, "sub": 0.2 + 0.6 * hit, "downbeat": hit * (beats < 1)}
        inputs = {**MUSIC, **VIVID, **drums, "energy": 0.8, "beat": since, "beatCount": float(int(beats))}
        picture = host.read(instance.draw(Moment(40 + frame / 30, 1 / 30, frame), inputs | {"travel": 9 + frame / 40}))
        light.append(float(picture[..., :3].mean()) / 255)
    instance.close()
    assert np.abs(np.diff(light)).max() < 0.1


def test_seeds_differ(scene: Shader, show: Show) -> None:
    one = show(scene, {**MUSIC, **VIVID, "seed": 12.0})
    other = show(scene, {**MUSIC, **VIVID, "seed": 613.0})
    assert np.abs(one - other).mean() > 0.015


def test_takes_the_palette(scene: Shader, show: Show) -> None:
    gray = show(scene, {**MUSIC, **GRAYS})
    assert np.ptp(gray, axis=-1).max() < 0.03
    assert np.abs(show(scene, {**MUSIC, **VIVID}) - gray).mean() > 0.02


def test_goes_on_changing_for_ten_minutes(scene: Shader, show: Show) -> None:
    pictures = [
        show(scene, {**MUSIC, **VIVID, "travel": at * 0.8}, time=at) for at in (0.0, 150.0, 300.0, 450.0, 600.0)
    ]
    for index, one in enumerate(pictures):
        for other in pictures[index + 1 :]:
            assert np.abs(one - other).mean() > 0.004


def test_shows_the_cover(scene: Shader, show: Show) -> None:
    if scene.takes("cover"):
        cover = np.zeros((32, 32, 4), np.uint8)
        cover[...] = (0, 255, 0, 255)
        shown = show(scene, {**MUSIC, **GRAYS}, pictures={"cover": cover})
        middle = shown[14:20, 28:36].mean(axis=(0, 1))
        assert middle[1] > middle[0] + 0.3
