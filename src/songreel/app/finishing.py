"""What follows from the proof of a video: where it flashes too much, it is made anew with the music held back there."""

from __future__ import annotations

from songreel.base.time import Span
from songreel.editing import flashes
from songreel.model.timeline import Timeline
from songreel.proof.report import Proof


def calmer(timeline: Timeline, proof: Proof) -> Timeline | None:
    """Return a timeline in which the music moves less where its video flashes; None where nothing can be held back."""
    if not proof.flashes:
        return None
    held = flashes.restrained(timeline, [Span(*frames) for frames in proof.flashes])
    return None if held == timeline else held
