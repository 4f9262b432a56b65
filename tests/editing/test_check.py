"""Each invariant, broken once: it is found, and told in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from timelines import timeline

from songreel.editing import check
from songreel.model.timeline import Clip, Fade, Timeline, Transition


def changed(clip: str, change: Callable[[Clip], Clip | None]) -> Timeline:
    base = timeline()
    tracks = []
    for track in base.tracks:
        clips = [change(each) if each.id == clip else each for each in track.clips]
        tracks.append(track.evolve(clips=tuple(each for each in clips if each)))
    return base.evolve(tracks=tuple(tracks))


def test_a_whole_timeline_has_no_problems():
    assert check.problems(timeline()) == ()


def test_the_video_may_fade_over_more_shots_than_one():
    assert check.problems(changed("c2", lambda each: each.evolve(fade=Fade(frames_out=300)))) == ()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda: changed("c1", lambda each: each.evolve(start=10)), "nothing is shown from frame 0 to 10"),
        (lambda: changed("c1", lambda each: each.evolve(end=140)), "nothing is shown from frame 140 to 150"),
        (lambda: changed("c2", lambda each: each.evolve(end=290)), "nothing is shown from frame 290 to 300"),
        (lambda: changed("c1", lambda each: each.evolve(end=160)), "before the one before it ends"),
        (lambda: changed("t1", lambda each: each.evolve(end=301)), "after the video ends at 300"),
        (lambda: changed("c2", lambda each: each.evolve(id="c1")), "used twice"),
        (lambda: changed("c2", lambda each: each.evolve(id="c 2")), "not a plain word"),
        (lambda: changed("c2", lambda each: each.evolve(transition=Transition(name="wipe", frames=151))), "transition"),
        (lambda: changed("c1", lambda each: each.evolve(transition=Transition(name="wipe", frames=9))), "come from"),
        (lambda: changed("c2", lambda each: each.evolve(fade=Fade(frames_in=151))), "fades"),
        (lambda: changed("c2", lambda each: each.evolve(fade=Fade(frames_out=301))), "fades"),
        (lambda: changed("t1", lambda each: each.evolve(fade=Fade(frames_in=50, frames_out=41))), "fades"),
        (lambda: changed("a1", lambda _: None), "no song"),
        (lambda: changed("t1", lambda each: each.evolve(source=each.source.evolve(text=" "))), "says nothing"),
        (lambda: changed("t1", lambda each: each.evolve(name="a\0b")), "plain name"),
        (lambda: timeline().evolve(look=" "), "the look has no plain name"),
        (lambda: timeline().evolve(tracks=timeline().tracks[1:]), "one base track, not 0"),
        (
            lambda: timeline().evolve(tracks=(timeline().tracks[0].evolve(role="lyrics"), *timeline().tracks[1:])),
            "cannot",
        ),
    ],
)
def test_what_is_broken_is_told(broken, told):
    found = check.problems(broken())
    assert any(told in problem for problem in found), found
