"""What is not to be touched, and what nobody can do here."""

from __future__ import annotations

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Talk

_DONE_WITH = ("effect", "transition", "visualizer", "shape", "grey", "tone")


def spared(clause: Clause) -> bool:
    """Tell whether a clause only says what is to stay as it is; nothing is done then."""
    kept = clause.all("act", "keep") or (clause.all("act", "hold") and _only_named(clause))
    if not kept:
        return False
    values = [item for item in clause.items if item.quote or item.color or item.quantity or item.ratio or item.asset]
    others = clause.all("act", "remove", "add", "move", "rename") or clause.all("position")
    if values or (others and not any(clause.items[at].negated for at in others)):
        return False
    clause.take(*range(len(clause.items)))
    return True


def _only_named(clause: Clause) -> bool:
    """Tell whether a clause names things and says nothing of them: ``keep the title``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("turn"))]
    return bool(clause.all("thing")) and all(item.has("act", "hold") or item.has("thing") for item in said)


def _of_the_playing(clause: Clause) -> bool:
    """Tell whether the song itself is to be played faster or slower."""
    others = [at for at in clause.all("thing") if not clause.items[at].has("thing", "song")]
    paced = [each for each in degrees.of(clause, ("pace",)) if not clause.all("dimension", "pace")]
    return bool(clause.all("thing", "song") and paced) and not others and not clause.all("fade", "volume")


def foreign(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause asks for what is not done here; the problem is told, and all of it is read."""
    found = clause.all("foreign")
    if not found and _of_the_playing(clause):
        talk.cannot("foreign-voice")
        clause.take(*range(len(clause.items)))
        return True
    if not found or any(item.quote is not None for item in clause.items):
        return False
    reason = clause.items[found[0]].value("foreign") or "world"
    here = any(clause.all(kind) for kind in _DONE_WITH) or clause.all("thing", "cuts", "shots", "format")
    if here and reason in ("voice", "people", "machine"):
        return False
    if reason == "deliver" and (clause.all("thing", "format") or clause.all("shape")):
        return False
    talk.cannot(f"foreign-{reason}")
    clause.take(*range(len(clause.items)))
    return True
