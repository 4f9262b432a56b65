"""The network: small, the same everywhere, and worth its place."""

import hashlib
import os
import subprocess
import sys
from importlib import resources

import numpy as np
import pytest
import sounds

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
