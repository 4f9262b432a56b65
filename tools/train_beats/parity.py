"""Say how far numpy is from torch: `python -m tools.train_beats.parity WEIGHTS.npz WEIGHTS.pt SONG.npz`.

Run it in the environment that holds torch, with the repository's `src` on PYTHONPATH and what it imports installed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from tools.train_beats.net import Network

from songreel.analysis import network

TOLERANCE = 2e-3


def main() -> None:
    """Print the largest difference; fail where half precision alone does not explain it."""
    weights, state, song = (Path(argument) for argument in sys.argv[1:4])
    net = Network()
    net.load_state_dict(torch.load(state))
    spectrum = np.load(song)["spectrum"]
    spectrum = spectrum[: len(spectrum) // 2 * 2]
    with torch.no_grad():
        levels = torch.from_numpy(spectrum.astype(np.float32) / 90)[None]
        wanted = torch.sigmoid(net.eval()(levels))[0].numpy()
    apart = float(np.abs(network.activations(spectrum, network.read(weights.read_bytes())) - wanted).max())
    print(f"at most {apart:.1e} apart")
    sys.exit(apart > TOLERANCE)


if __name__ == "__main__":
    main()
