"""Requests in other words than the judge's own, held to its bars by the same judge, without a server between.

One in `STEP` is asked here; all of them are when ``run_words.py`` is given ``requests.jsonl`` and a running service.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.director.understanding import understand
from songreel.media.store import Cache
from songreel.server.routes.state import told

HERE = Path(__file__).parent
JUDGE = HERE.parents[2] / "shared/evals/words"
STEP = 41
OVERALL, LANGUAGE = 0.92, 0.90


class Unlinked:
    """Gives files no addresses: nobody fetches them here."""

    def to(self, asset) -> str:
        return asset.id


class Talked:
    """The judge's calls, answered in this process."""

    def __init__(self, home: Path):
        self.studio, self.home = Studio(Cache(home / "cache", 10**9)), home

    def talk(self, folder: Path) -> Conversation:
        return Conversation(folder, self.studio, understand)

    def new_session(self, name: str, language: str) -> str:
        del language
        return str(self.home / "projects" / name)

    def upload(self, session: str, files: list[Path]) -> None:
        self.talk(Path(session)).bring(files)

    def state(self, session: str) -> dict:
        return {"state": told(self.talk(Path(session)).held(), Unlinked())}

    def say(self, session: str, words: str) -> str:
        return self.talk(Path(session)).talk(words).reply

    def forget(self, session: str) -> None:
        shutil.rmtree(session, ignore_errors=True)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    if not (JUDGE / "run_words.py").is_file():
        pytest.skip("the judge is not beside this project")
    sys.path.insert(0, str(JUDGE))
    try:
        judge, material = importlib.import_module("run_words"), importlib.import_module("make_material")
    finally:
        sys.path.remove(str(JUDGE))
    home = tmp_path_factory.mktemp("words")
    argv, sys.argv = sys.argv, ["make_material", str(home)]
    try:
        material.main()
    finally:
        sys.argv = argv
    cases, wrong = judge.load(HERE / "requests.jsonl")
    assert not wrong
    assert len(cases) >= 200
    talked = Talked(home)
    results = []
    for case in cases[::STEP]:
        results.append(judge.run_case(talked, case, home / "song.wav", home / "media"))
        talked.forget(talked.new_session(case.id, case.lang))
    return results


def shares(results, key):
    groups = defaultdict(list)
    for result in results:
        groups[getattr(result, key)].append(result.passed)
    return {name: sum(group) / len(group) for name, group in groups.items()}


def told_of(results):
    return [(each.id, each.say, each.error or each.failures) for each in results if not each.passed]


@pytest.mark.slow
def test_requests_are_done_as_they_are_said(judged):
    passed = sum(each.passed for each in judged) / len(judged)
    assert passed >= OVERALL, told_of(judged)
    assert min(shares(judged, "lang").values()) >= LANGUAGE, told_of(judged)
    assert shares(judged, "category")["outofscope"] == 1, told_of(judged)


@pytest.mark.slow
def test_every_turn_has_a_reply(judged):
    assert all(each.reply.strip() for each in judged)
