"""Laws of the history: nothing is lost, undo then redo is where one was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.errors import EditRefused
from songreel.editing import history as ways
from songreel.model.brief import Brief
from songreel.model.history import History, Said, Version
from songreel.model.preset import PRESETS


def version(number):
    return Version(number=number, words=f"words {number}", brief=Brief(), preset=PRESETS["youtube"])


def grown(count):
    history = History()
    for number in range(1, count + 1):
        history = ways.added(history, version(number))
    return history


MOVES = st.one_of(
    st.just(("add",)),
    st.tuples(st.just("undo"), st.integers(1, 3)),
    st.tuples(st.just("redo"), st.integers(1, 3)),
    st.tuples(st.just("go"), st.integers(1, 12)),
)


@given(st.lists(MOVES, max_size=30))
def test_no_version_is_ever_lost_and_each_can_be_gone_to(moves):
    history = grown(1)
    for name, *number in moves:
        try:
            if name == "add":
                history = ways.added(history, version(history.newest + 1))
            else:
                history = {"undo": ways.undone, "redo": ways.redone, "go": ways.gone_to}[name](history, *number)
        except EditRefused:
            continue
    assert [each.number for each in history.versions] == list(range(1, history.newest + 1))
    assert History.from_json(history.to_json()) == history
    for each in history.versions:
        assert each.number == history.current or ways.gone_to(history, each.number).current == each.number


@given(st.integers(2, 9), st.integers(1, 12))
def test_redo_takes_back_undo(count, steps):
    history = grown(count)
    back = ways.undone(history, steps)
    assert back.current == max(count - steps, 1)
    assert ways.redone(back, count - back.current).current == count


def test_a_change_after_undo_ends_what_could_be_redone():
    history = ways.added(ways.undone(grown(3), 2), version(4))
    assert (history.way, history.current, history.redoable) == ((1, 4), 4, 0)
    assert ways.undone(history).current == 1
    assert ways.gone_to(history, 3).current == 3


def test_going_to_a_version_can_be_undone():
    assert ways.undone(ways.gone_to(grown(3), 1)).current == 3


def test_what_is_not_there_is_refused():
    for move in (lambda: ways.undone(grown(1)), lambda: ways.redone(grown(2)), lambda: ways.gone_to(grown(2), 3)):
        with pytest.raises(EditRefused):
            move()


def test_only_the_latest_messages_are_kept():
    history = grown(1)
    for number in range(ways.KEPT + 5):
        history = ways.told(history, Said(words=str(number), version=1))
    assert len(history.said) == ways.KEPT
    assert history.said[-1].words == str(ways.KEPT + 4)
