"""The chain of beats and the lines on which they are placed."""

import numpy as np
import pytest

from songreel.analysis import chain, placing


@pytest.mark.parametrize("seed", range(5))
def test_strides_in_a_row_are_as_good_as_one_of_any_length(seed):
    rng = np.random.default_rng(seed)
    heights = (chain.STEADINESS * np.log(np.arange(60, 60 + int(rng.integers(4, 160))))).astype(np.float32)
    before = rng.normal(0, 5, (20, heights.size)).astype(np.float32)
    best, source = chain._from_neighbors(before, heights)
    index = np.arange(heights.size)
    near = np.abs(index[:, None] - index) <= chain.NEIGHBORS
    paths = np.where(near, before[:, None, :] - np.abs(heights[:, None] - heights), -np.inf)
    np.testing.assert_allclose(best, paths.max(axis=2), atol=1e-4)
    came = index + source.astype(np.int64) - chain.NEIGHBORS
    np.testing.assert_allclose(np.take_along_axis(paths, came[..., None], axis=2)[..., 0], best, atol=1e-4)


def struck(times: np.ndarray) -> np.ndarray:
    """Return the fine sound of short hits at some times, shape (steps, 2)."""
    fine = np.full((round((times[-1] + 1) * placing.FINE_RATE), 2), 1e-3, dtype=np.float32)
    for at in times:
        start = round(at * placing.FINE_RATE)
        fine[start : start + 30] += np.exp(-np.arange(30) / 8)[:, None]
    return fine


def test_a_passage_that_leaves_the_line_and_comes_back_is_carried_by_it():
    line = 0.5 + 0.4 * np.arange(200)
    heard = line.copy()
    heard[90:106] += 0.09
    placed = placing.place(heard, struck(line))
    assert np.abs(placed - line).max() < 0.005


def test_a_tempo_that_wanders_is_followed():
    steps = 0.4 + 0.015 * np.sin(np.arange(200) / 15)
    wandering = 0.5 + np.cumsum(steps)
    placed = placing.place(wandering, struck(wandering))
    assert np.abs(placed - wandering).max() < 0.012


def test_a_song_that_slows_down_at_its_end_is_followed_to_it():
    times = 0.5 + np.cumsum(np.append(np.full(160, 0.4), np.linspace(0.4, 0.5, 16)))
    placed = placing.place(times, struck(times))
    assert np.abs(placed - times).max() < 0.02
