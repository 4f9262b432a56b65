"""The guide to scenes names every input that we pass, with its meaning."""

from pathlib import Path

import pytest

from songreel.visuals.isf import parse
from songreel.visuals.signals import PALETTE, SIGNALS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/looks.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SIGNALS)
def test_every_signal_is_explained(name):
    assert f"| `{name}` | {SIGNALS[name]} |" in GUIDE


@pytest.mark.parametrize("name", PALETTE)
def test_every_color_is_explained(name):
    assert f"| `{name}` |" in GUIDE


def test_the_first_file_names_itself_and_takes_the_palette():
    starter = parse.load(ROOT / "src/songreel/visuals/starter.fs")
    assert starter.kind == "generator"
    assert starter.description
    assert starter.hints.words["en"]
    assert starter.takes("kick")
    assert all(starter.takes(name) for name in ("ink", "shade", "primary", "light"))
