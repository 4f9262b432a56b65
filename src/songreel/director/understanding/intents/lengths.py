"""How long the video is: lengths that are said, at most, by how much longer or shorter."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import part_kept
from songreel.director.understanding.item import Item
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit

_LONGER = Fraction(4, 3)
_SHORTEST_S = 8
"""What a version of the video lasts at least."""
_LEADING = ("complaint", "piece", "of", "instead", "into", "wish", "better")
"""What may stand by a length and names nothing that it is of: ``not 40 seconds but 28``."""
_LASTING = ("text", "cuts", "transition", "fade", "visualizer", "effect", "overlay")


def read(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``make it 25 seconds long``, ``30s``, ``shorter``, ``剪成半分钟``."""
    if (said := _at_most(clause, talk) or _as_clock(clause)) is not None:
        return edits.UsePart(seconds=said)
    if moved := _edge_moved(clause, talk):
        return moved
    if clause.place is not None and not clause.place.whole:
        return None
    grown = degrees.of(clause, ("length", "") if clause.has("topic", "length") else ("length",))
    found = degrees.amounts(clause, "second") or _bare(clause, talk)
    # ``isn't 40 seconds a bit long?``
    found = [] if clause.has("word", "surely") else found
    if _of_others(clause):
        return None
    spoken = clause.all("thing", "video", "song") or clause.has("word", "long") or clause.has("reference")
    spoken = spoken or clause.all("act", "trim", "change", "only") or clause.has("act", "hold") or _piece(clause, found)
    spoken = spoken or clause.has("ask", "suggest") or (clause.place is not None and clause.has("word", "in"))
    back = talk.subject is not None and talk.subject.kind == "length"
    if found and not clause.items[found[0][0]].negated and (spoken or back or grown or alone(clause)):
        seconds = abs(found[0][1].value)
        more = degrees.difference(clause, found[0][0])
        by = any(item.has("word", "by") and not item.has("word", "extra") for item in clause.items[: found[0][0]])
        if grown and (more or by or _compares(clause, grown[0].at, found[0][0])):
            more = grown[0].sign
        seconds = talk.stage.length + more * seconds if more else seconds
        seconds = max(seconds, talk.stage.length) if clause.has("bound", "least") else seconds
        return edits.UsePart(seconds=seconds) if seconds > 0 else None
    named = clause.all("thing", "video", "song")
    if grown and (spoken or back or not clause.unknown()) and (named or not _of_last(talk)):
        factor = Fraction(degrees.times(clause, grown[0].sign, step=float(_LONGER))).limit_denominator(100)
        return edits.UsePart(seconds=(talk.stage.length * factor).limit_denominator(1000))
    factor_said = degrees.amounts(clause, "factor", "percent")
    lasts = clause.has("topic", "length") or (clause.has("act", "trim") and not part_kept.says_more(clause))
    lasts = lasts or (bool(talk.edits) and isinstance(talk.edits[-1], edits.UsePart) and clause.has("act", "only"))
    if factor_said and lasts and (named or not _of_last(talk)):
        left = 1 - factor_said[0][1].value if _goes(clause, factor_said[0]) else factor_said[0][1].value
        return edits.UsePart(seconds=talk.stage.length * left) if left > 0 else None
    return None


def _bare(clause: Clause, talk: Talk) -> list[tuple[int, Quantity]]:
    """Return a number without a unit behind a length that is complained of: ``it is too long, make it 22``."""
    told = bool(talk.edits) and isinstance(talk.edits[-1], edits.UsePart)
    asked = clause.has("act", "change", "only", "trim") or clause.has("word", "better")
    return degrees.amounts(clause, "") if told and asked else []


def _goes(clause: Clause, said: tuple[int, Quantity]) -> bool:
    """Tell whether a share is what is cut off: ``shorten it by a third``, but not ``cut it down to a third``."""
    share = said[1].unit == "percent"
    return share and clause.has("act", "trim") and not degrees.absolute(clause, said[0])


def _of_others(clause: Clause) -> bool:
    """Tell whether a clause speaks of anything else that can last."""
    named = ("shots", "picture", "text", "title", "caption", "fade", "transitions", "artist", "cover")
    dressed = clause.all("thing", *named) or clause.all("transition") or clause.all("effect")
    return bool(dressed) or any(item.asset is not None for item in clause.items)


def _at_most(clause: Clause, talk: Talk) -> Fraction | None:
    """Read ``no more than 20 seconds``, ``they cap those at 30 s``; a video that is shorter stays as it is."""
    denied = any(item.has("degree", "length+") and item.negated for item in clause.items)
    if not (clause.has("bound", "most") or denied) or _of_others(clause) or clause.all("act", "finish"):
        return None
    bare = degrees.amounts(clause, "") if clause.has("reference", "it") or clause.has("thing", "video") else []
    said = [abs(amount.value) for _, amount in degrees.amounts(clause, "second") or bare]
    said += [item.place.stretches[0][0] for item in clause.items if item.place is not None and _limit(item)]
    return min(said[0], talk.stage.length) if said and said[0] > 0 else None


def _as_clock(clause: Clause) -> Fraction | None:
    """Read a length that is written as a moment: ``trim the program to 00:00:25:00``, ``final duration 0:25``."""
    places = [at for at, item in enumerate(clause.items) if item.place is not None]
    told = len(places) == 1 and _limit(clause.items[places[0]]) and not _of_others(clause)
    if not told or clause.all("act", "begin", "finish", "remove"):
        return None
    before = next((item for item in clause.items[: places[0]][::-1] if not item.silent), None)
    led = clause.items[places[0]].said.lower().startswith(("to ", "down to ", "到"))
    led = led or (before is not None and (before.has("word", "to") or before.said.endswith(("到", "在", "成", "为"))))
    cut = clause.all("act", "trim") and led and (clause.all("thing", "video", "song") or clause.has("reference"))
    long = clause.has("word", "long") and not clause.all("degree", "length+", "length-")
    place = clause.items[places[0]].place
    return place.stretches[0][0] or None if place is not None and (cut or long) else None


def _limit(item: Item) -> bool:
    """Tell whether a moment is a number of seconds that a length may reach: ``(capped) at 30 s``."""
    place = item.place
    plain = place is not None and place.point and not place.missing and not place.label and bool(place.stretches)
    return plain and any(letter.isdigit() for letter in item.said)


def version(clause: Clause) -> bool:
    """Tell whether a clause asks for a cut of the song: ``a 15s cut``; one of two seconds is a shot."""
    found = [pair for pair in degrees.amounts(clause, "second") if pair[1].value >= _SHORTEST_S]
    return bool(found) and not clause.has("word", "every") and _piece(clause, found)


def _piece(clause: Clause, found: Sequence[tuple[int, Quantity]]) -> bool:
    """Tell whether a length is that of a version: ``a 15 second teaser``, ``15秒版``."""
    behind = clause.items[found[0][0] + 1 :] if found else []
    after = next((item for item in behind if not (item.silent or item.has("word", "of"))), None)
    return after is not None and after.has("word", "piece")


def _of_last(talk: Talk) -> bool:
    """Tell whether what was spoken of last can last longer itself."""
    return talk.subject is not None and talk.subject.kind in _LASTING


def _compares(clause: Clause, degree: int, amount: int) -> bool:
    """Tell whether an amount is a difference: ``10 seconds longer``, but not ``shorter, like 30 seconds``."""
    said = clause.items[degree].said.lower()
    # ``短一点，25秒左右`` says how long it is to be.
    row = clause.items[degree : amount + 1]
    joined = not said.isascii() and all(one.end == other.start for one, other in itertools.pairwise(row))
    bare = said in ("extend", "shorten") or (joined and not said.endswith(("点", "些")))
    return (bare and len(row) > 1 and all(item.silent for item in row[1:-1])) or (
        said in ("longer", "shorter") and amount < degree
    )


def _edge_moved(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``trim 3 seconds off the start``, ``end 5 seconds earlier``, ``add 5 seconds at the end``."""
    found = degrees.amounts(clause, "second")
    if not found or _of_others(clause) or part_kept.assets(clause):
        return None
    seconds, edges = abs(found[0][1].value), _edges(clause)
    cut = clause.all("act", "trim", "remove") or part_kept.trims(clause)
    if later := degrees.of(clause, ("time",)):
        return _moved(edges, later[0].sign * seconds, talk)
    if cut and len(edges) == 2:
        return _both_off(clause, talk, seconds)
    if not cut:
        adds = clause.has("act", "add") and not part_kept.says_more_but_adds(clause)
        sign = next((each.sign for each in degrees.of(clause, ("length", ""))), 1 if adds else 0)
        return _moved(edges, sign * (seconds if edges == {"finish"} else -seconds), talk) if sign else None
    off = any(
        item.said.lower() == "off" or item.said in ("剪掉", "裁掉", "截掉", "砍掉", "剪去") for item in clause.items
    )
    edges = edges or ({"finish"} if off else set())
    return _moved(edges, seconds if edges == {"begin"} else -seconds, talk)


def _edges(clause: Clause) -> set[str]:
    """Return which ends of the video a clause names: ``at the end``, ``both ends``, ``开头``."""
    place = clause.place
    edges = {edge for edge in ("begin", "finish") if clause.has("word", edge) or clause.has("act", edge)}
    if place is not None and not place.label and place.stretches:
        led = place.open == "from" and not place.stretches[0][0]
        edges |= ({"finish" if place.stretches[0][0] else "begin"}) if place.point or led else set()
    return edges


def _moved(edges: set[str], by: Fraction, talk: Talk) -> Edit | None:
    """Return the video with one end so much later, or earlier where that is negative."""
    if edges == {"begin"} and by < talk.stage.length:
        return edits.UsePart(start=max(talk.stage.song_start + by, Fraction(0)))
    if edges == {"finish"} and talk.stage.length + by > 0:
        return edits.UsePart(end=talk.stage.song_start + talk.stage.length + by)
    return None


def _both_off(clause: Clause, talk: Talk, seconds: Fraction) -> Edit | None:
    """Take so much off both ends: ``trim 2 seconds off the head and 3 off the tail``, ``top and tail it by 1 s``."""
    others = [abs(amount.value) for _, amount in degrees.amounts(clause, "second", "")]
    ends = [item.has("word", "finish") for item in clause.items if item.has("word", "begin", "finish")]
    head, tail = (seconds, others[-1]) if not ends[0] or len(others) == 1 else (others[-1], seconds)
    start, end = talk.stage.song_start + head, talk.stage.song_start + talk.stage.length - tail
    return edits.UsePart(start=start, end=end) if start < end else None


def alone(clause: Clause, act: str = "") -> bool:
    """Tell whether a clause says a length and nothing that it could be of: ``20 seconds at most``; ``act`` may be."""
    said = [item for at, item in enumerate(clause.items) if at not in clause.used]
    said = [item for item in said if not (item.silent or item.mark or item.has("measure", "most", "enough"))]
    said = [item for item in said if not (item.has("word", *_LEADING) or item.has("bound") or item.has("turn"))]
    said = [item for item in said if not ((act and item.has("act", act)) or item.has("negator"))]
    return all(item.quantity is not None for item in said)
