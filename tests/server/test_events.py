"""The stream of what happens in a project: nothing twice, no end missed, wherever one comes back to it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.server.test_exports import stands

from songreel.server.routes.v1.events import Told, _stand

NOW = 1_800_000_000.0
ENDS = ("completed", "failed", "cancelled")


@st.composite
def histories(draw):
    """How the jobs of a project stand at several moments: they come, go on and end, some beginning at one moment."""
    jobs, moments, now = [], [], NOW
    for step in range(draw(st.integers(1, 8))):
        now += draw(st.sampled_from([0.2, 30, 90]))
        for number in range(draw(st.integers(0, 2))):
            job = stands(f"turn-{step}-{number}", "pending", 0)
            # Clocks of several machines: a job may have begun before one that was seen earlier.
            jobs.append(replace(job, created_at=now - draw(st.sampled_from([0, 0, 5]))))
        for place, job in enumerate(jobs):
            if not job.ended and draw(st.booleans()):
                jobs[place] = _further(job, draw(st.sampled_from(("processing", *ENDS))), draw(st.integers(0, 40)))
        moments.append((now, tuple(jobs)))
    return moments


def _further(job, state, by):
    progress = min(99, job.progress + by)
    return replace(job, state=state, progress=100 if state == "completed" else progress)


@given(histories(), st.lists(st.integers(0, 20)))
def test_whoever_comes_back_is_told_all_ends_and_nothing_twice(moments, hangs_up):
    """At some events the connection is lost, and the next one begins with the id that was read last."""
    told, heard = Told(), []
    for number, (now, jobs) in enumerate(moments):
        for place, job in enumerate(told.news(jobs)):
            told = told.and_of(job, jobs, now)
            heard.append((job.id, _stand(job)))
            if number + place in hangs_up:
                assert Told.read(str(told)) == told
                told = Told.read(str(told))
                break
    now, jobs = moments[-1]
    while news := told.news(jobs):
        told = Told.read(str(told.and_of(news[0], jobs, now)))
        heard.append((news[0].id, _stand(news[0])))
    assert len(heard) == len(set(heard))
    ended = {job.id for job in jobs if job.ended}
    assert ended == {name for name, stand in heard if stand > 100}
    assert {job.id for job in jobs} == {name for name, _ in heard}


@given(st.text())
def test_an_id_of_others_begins_anew(text):
    told = Told.read(text)
    job = stands("turn-a-b", "completed", 100)
    assert told == Told() or str(told) == text or text[0] == "0"
    assert Told.read("7" * 16).news([job]) == Told.read("x").news([job]) == [job]
