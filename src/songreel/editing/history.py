"""The way through the versions: a new one, back, forth, to any. Nothing is ever lost.

::

    way    1 — 2 — 3        undo twice, then a change makes version 4        way    1 — 4
                   ^                                                                    ^

Versions 2 and 3 are no longer on the way, but can be gone to by their numbers.
"""

from __future__ import annotations

from songreel.editing.refusals import refused
from songreel.model.history import History, Said, Version

KEPT = 200


def added(history: History, version: Version) -> History:
    """Return the history with a version made and shown; what could be redone no longer can."""
    way = (*history.way[: history.place + 1], version.number)
    return history.evolve(versions=(*history.versions, version), way=way, place=len(way) - 1, moves=history.moves + 1)


def undone(history: History, steps: int = 1) -> History:
    """Return the history some steps back, as far as there are any; refused at the first version."""
    if not history.undoable:
        raise refused("nothing-to-undo")
    return _moved(history, max(history.place - steps, 0))


def redone(history: History, steps: int = 1) -> History:
    """Return the history some undone steps on, as far as there are any; refused where none was undone."""
    if not history.redoable:
        raise refused("nothing-to-redo")
    return _moved(history, min(history.place + steps, len(history.way) - 1))


def gone_to(history: History, number: int) -> History:
    """Return the history with any version shown; it can be undone like a change. Refused for one that is not there."""
    if history.version(number) is None:
        raise refused("no-version", number=str(number), newest=str(history.newest))
    if number == history.current:
        raise refused("same-version", number=str(number))
    way = (*history.way[: history.place + 1], number)
    return history.evolve(way=way, place=len(way) - 1, moves=history.moves + 1)


def told(history: History, said: Said) -> History:
    """Return the history with a message kept, the oldest ones forgotten."""
    return history.evolve(said=(*history.said, said)[-KEPT:])


def _moved(history: History, place: int) -> History:
    return history.evolve(place=place, moves=history.moves + 1)
