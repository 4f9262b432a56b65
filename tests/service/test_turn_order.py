"""Turns of one session are done in the order in which they were said, even those of one second."""

from pathlib import Path
from types import SimpleNamespace

from songreel.service.turns import Turns


def test_turns_are_named_in_the_order_in_which_they_are_said(tmp_path: Path):
    started = []
    engine = SimpleNamespace(start=started.append)
    turns = Turns(engine, SimpleNamespace(price=lambda _kind: 0))
    session = SimpleNamespace(id="1", user="somebody")
    for words in map(str, range(200)):
        turns.say(session, tmp_path, words)
    assert [job.payload["words"] for job in sorted(started, key=lambda job: job.id)] == list(map(str, range(200)))
