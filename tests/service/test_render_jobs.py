"""What a render job does with what comes of its parts."""

import asyncio

import pytest

from songreel.base.errors import JobFailed
from songreel.service import renders


class Work:
    """A job whose steps are done at once, and whose chunks fail as often as a test says."""

    id, owner = "render-1", "me"

    def __init__(self, failures=0):
        self.failures, self.started, self.said = failures, [], []

    async def step(self, _name, do):
        return await do()

    async def progress(self, percent):
        self.said.append(percent)

    async def all_of(self, jobs, on_done):
        self.started.append([(job.id, job.payload["name"], job.lane) for job in jobs])
        if self.failures:
            self.failures -= 1
            raise JobFailed("this machine would draw other pictures")
        await on_done(len(jobs))


class Hands:
    """Hands that answer with what is prepared for each call of a function."""

    def __init__(self, **answers):
        self.answers, self.calls = answers, []

    async def do(self, call):
        self.calls.append((call.func.__name__, *call.args))
        return self.answers[call.func.__name__].pop(0)


def render(work, hands):
    return asyncio.run(renders._render(work, {"order": "o", "key": "renders/render-1"}, hands))


def listed(*names, missing=None):
    return {"names": list(names), "missing": list(dict.fromkeys(names)) if missing is None else missing}


def test_a_chunk_that_is_shown_twice_is_drawn_once_and_joined_twice():
    work, hands = Work(), Hands(lay_out=[listed("a", "b", "a")], finish=[{"size": 1}])
    assert render(work, hands) == {"size": 1}
    assert work.started == [[("render-1-0-0", "a", "me"), ("render-1-0-1", "b", "me")]]
    assert hands.calls[-1] == ("finish", "o", ["a", "b", "a"], "renders/render-1")
    assert work.said == sorted(work.said)


def test_a_video_that_flashes_is_made_again_by_the_order_that_says_how():
    hands = Hands(
        lay_out=[listed("a", "b"), listed("a", "c", missing=["c"])], finish=[{"again": "calmer"}, {"size": 1}]
    )
    work = Work()
    assert render(work, hands) == {"size": 1}
    assert [name for part in work.started for _, name, _ in part] == ["a", "b", "c"]
    assert hands.calls[-1][1:3] == ("calmer", ["a", "c"])
    ids = [job for part in work.started for job, _, _ in part]
    assert len(set(ids)) == len(ids)


def test_a_fleet_that_was_upgraded_goes_on_with_its_own_pictures():
    hands = Hands(lay_out=[listed("old"), listed("new")], finish=[{"size": 1}])
    assert render(Work(failures=1), hands) == {"size": 1}
    assert hands.calls[-1][2] == ["new"]


def test_a_chunk_that_cannot_be_drawn_fails_the_render():
    with pytest.raises(JobFailed, match="other pictures"):
        render(Work(failures=1), Hands(lay_out=[listed("a"), listed("a")]))


def test_an_order_of_one_user_is_not_that_of_another():
    assert renders.job_id("a", "r") != renders.job_id("b", "r")
    assert renders.job_id("ab", "c") != renders.job_id("a", "bc")
