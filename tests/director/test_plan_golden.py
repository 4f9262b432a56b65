"""One plan, written down: a change of it is a change of every video, and is to be seen in review.

``SONGREEL_ACCEPT=1 pytest tests/director/test_plan_golden.py`` accepts the plan as it is made.
"""

from __future__ import annotations

import difflib
import os
from fractions import Fraction
from pathlib import Path

from songs import song_map, stock

from songreel.director import plan
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS
from songreel.model.timeline import Canvas, Timeline

KEPT = Path(__file__).parent / "golden" / "timeline.json"


def test_the_plan_is_as_it_was():
    brief = Brief(title="Urban Dreams", artist="Nova Kane", looks=("neon",), visualizer="bars", seed=7)
    form = (("A", "intro", 4, 0.2), ("B", "verse", 4, 0.5), ("C", "build", 4, 0.6), ("D", "drop", 4, 1.0))
    shape = Canvas(width=1920, height=1080, fps=Fraction(30))
    made = plan.make(song_map(bpm=124, form=form), brief, stock(), shape, PRESETS["youtube"]).timeline.to_json()
    if os.environ.get("SONGREEL_ACCEPT"):
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(made, encoding="utf-8")
    kept = KEPT.read_text(encoding="utf-8")
    Timeline.from_json(kept)
    assert made == kept, "\n".join(difflib.unified_diff(kept.splitlines(), made.splitlines(), lineterm="", n=1))
