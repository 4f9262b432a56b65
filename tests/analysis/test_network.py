"""The network: small, the same everywhere, and worth its place."""

import hashlib
import os
import subprocess
import sys
from importlib import resources

import numpy as np
import pytest
import sounds
from bench import made

from songreel.analysis import frontend, network


@pytest.fixture(scope="module")
def spectrum():
    sound, _ = sounds.clicks(127, minutes=0.5, accent_every=4)
    return sounds.listen(sound + 0.01 * sounds.noise(30)).spectrum


def test_the_weights_are_under_a_megabyte():
    assert len((resources.files("songreel.analysis") / "network.npz").read_bytes()) < 1_000_000


def test_what_it_sees_is_a_likelihood_for_each_pair_of_frames(spectrum):
    seen = network.activations(spectrum)
    assert seen.shape == (len(spectrum) // 2, 2)
    assert seen.dtype == np.float32
    assert seen.min() >= 0
    assert seen.max() <= 1


@pytest.mark.parametrize("block", [300, 701])
def test_a_song_read_in_blocks_is_seen_the_same(spectrum, block, monkeypatch):
    whole = network.activations(spectrum)
    monkeypatch.setattr(network, "BLOCK", block)
    assert np.abs(network.activations(spectrum) - whole).max() < 1e-5


def test_nothing_is_seen_in_silence_and_in_nothing():
    assert network.activations(np.zeros((600, frontend.BANDS), np.uint8)).max() < 0.2
    assert network.activations(np.zeros((0, frontend.BANDS), np.uint8)).shape == (0, 2)


def test_threads_change_nothing(spectrum, tmp_path):
    np.save(tmp_path / "spectrum.npy", spectrum)
    program = (
        "import sys, hashlib, numpy as np; from songreel.analysis import network;"
        "print(hashlib.sha256(network.activations(np.load(sys.argv[1])).tobytes()).hexdigest())"
    )
    digests = {hashlib.sha256(network.activations(spectrum).tobytes()).hexdigest()}
    for threads in ("1", "3"):
        environment = os.environ | {"OPENBLAS_NUM_THREADS": threads}
        command = [sys.executable, "-c", program, str(tmp_path / "spectrum.npy")]
        out = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
        digests.add(out.strip())
    assert len(digests) == 1


def test_a_gallop_at_200_is_seen_as_it_was_when_the_weights_were_made():
    song = made.perform(made.GROOVES[2], 2)
    seen = network.activations(sounds.listen(song.pcm[:, : 20 * sounds.RATE]).spectrum)[500:560:3]
    beats, downbeats = [0.85, 0.86, 0.86, 0.87], [0.37, 0.24, 0.41, 0.2]
    np.testing.assert_allclose(seen[::5], np.transpose([beats, downbeats]), atol=0.03)
    assert np.delete(seen, np.s_[::5], axis=0).max() < 0.02


def test_what_is_computed_is_the_same_on_any_machine():
    step, band = np.arange(3000)[:, None], np.arange(frontend.BANDS)[None]
    low = np.where(step % 48 < 6, 90 - 15 * (step % 48), 0) * (band < 30)
    high = np.where(step % 96 < 4, 70, 0) * (band > 50)
    spectrum = np.clip((37 * band + 11 * (step % 7) * (band % 5)) % 40 + low + high, 0, 255).astype(np.uint8)
    known = [0.7138, 0.0039, 0.0192, 0.0059, 0.0011, 0.0051, 0.8918, 0.0077, 0.0027, 0.0041, 0.0158, 0.0041, 0.7444]
    np.testing.assert_allclose(network.activations(spectrum)[600:649:4, 0], known, atol=2e-3)
