"""A strobe keeps within the limit of flashes by itself, on a song of any tempo."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
import world
from hypothesis import given, settings
from hypothesis import strategies as st

from songreel.proof import flashing
from songreel.render import signals
from songreel.visuals import catalog
from songreel.visuals.isf.host import Host, Moment

SECONDS = 6.0
STROBE = signals.COLUMNS.index("strobe")


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with Host() as opened:
        yield opened


def hits(bpm: float, fps: Fraction) -> np.ndarray:
    """Return the strobe of a song of so many beats a minute, frame by frame."""
    heard = world.song_map(SECONDS, bpm)
    return signals.table(heard, fps=fps, start=Fraction(0), count=int(SECONDS * fps))[:, STROBE]


def seen(host: Host, bpm: float, fps: Fraction, color: tuple[int, int, int]) -> flashing.Flashing:
    picture = np.full((9, 16, 3), color, np.uint8)
    instance = host.instance(catalog.find_effect("strobe"), 16, 9)
    counter = flashing.Counter(fps)
    for frame, strobe in enumerate(hits(bpm, fps).tolist()):
        drawn = instance.draw(
            Moment(frame / float(fps), 1 / 30, frame), {"amount": 1.0, "strobe": strobe}, {"inputImage": picture}
        )
        counter.add(np.ascontiguousarray(host.read(drawn)[..., :3]))
    instance.close()
    return counter.result()


@pytest.mark.parametrize("color", [(190, 190, 190), (230, 30, 20)], ids=["gray", "red"])
@pytest.mark.parametrize(("bpm", "fps"), [(70, 30), (120, 24), (142, 30), (150, 60), (178, 30), (240, 25), (299, 60)])
def test_no_tempo_makes_it_flash_too_fast(host: Host, bpm: float, fps: int, color: tuple[int, int, int]) -> None:
    assert seen(host, bpm, Fraction(fps), color).too_many == ()


def test_it_is_a_strobe_all_the_same(host: Host) -> None:
    assert seen(host, 120, Fraction(30), (190, 190, 190)).most == pytest.approx(2, abs=0.5)


@given(st.floats(40, 300), st.sampled_from([Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60)]))
@settings(max_examples=60)
def test_hits_lie_on_beats_and_no_four_of_them_within_a_second(bpm: float, fps: Fraction) -> None:
    strobe = hits(bpm, fps)
    rises = np.flatnonzero(np.diff(strobe, prepend=0) > 0.2)
    assert len(rises) >= SECONDS / 2
    assert (rises[3:] - rises[:-3] >= float(fps)).all()
    away = np.abs(rises / float(fps) - np.round(rises / float(fps) * bpm / 60) * 60 / bpm)
    assert away.max() <= 0.5 / float(fps) + 1e-6
