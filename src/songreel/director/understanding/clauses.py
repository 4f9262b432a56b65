"""One request at a time: a message split into clauses, each with the items that belong to it.

A clause begins where something of its own is asked for: an act, a thing, words in quotation marks. What cannot stand
alone (a color, a place, a time) belongs to the clause before it, or to the one after it at the beginning of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from songreel.director.understanding import belonging, fragments
from songreel.director.understanding.complete import headed, valued
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.model.edit import Where

_HARD = frozenset(".!?;|\n。！？；…")
_OR = frozenset({"or", "还是", "或", "或者"})
_QUOTED = 60
"""Letters of a request that are quoted in a reply."""


@dataclass
class Clause:
    """Items of one request; ``used`` are those that an intent has read already."""

    items: list[Item]
    question: bool = False
    joined: bool = False
    last: bool = False
    used: set[int] = field(default_factory=set)

    def all(self, kind: str, *values: str, negated: bool | None = None) -> list[int]:
        """Return the places of unread items that can mean one of these values of a kind."""
        return [
            at
            for at, item in enumerate(self.items)
            if at not in self.used and not item.spared and item.has(kind, *values)
            if negated is None or item.negated == negated
        ]

    def has(self, kind: str, *values: str) -> bool:
        """Tell whether some item, read or not, can mean one of these values."""
        return any(item.has(kind, *values) for item in self.items)

    def take(self, *places: int) -> None:
        """Mark items as read."""
        self.used.update(places)

    def take_all(self) -> None:
        """Mark all items as read."""
        self.take(*range(len(self.items)))

    def take_kind(self, kind: str, *values: str) -> None:
        """Mark all items of a kind as read."""
        self.take(*self.all(kind, *values))

    def take_place(self) -> None:
        """Mark the places as read."""
        self.take(*(at for at, item in enumerate(self.items) if item.place is not None))

    @property
    def placed(self) -> bool:
        """Tell whether there is a place that no intent has read yet."""
        return any(item.place is not None for at, item in enumerate(self.items) if at not in self.used)

    @property
    def negative(self) -> bool:
        """Tell whether something is not wanted: by an act or a negator."""
        return self.has("act", "remove") or self.has("negator")

    @property
    def place(self) -> Place | None:
        """Return the place in time that the clause is about; two stretches are one place."""
        placed = [item for item in self.items if item.place is not None]
        # ``the whole time instead of at the start``
        wanted = [item for item in placed if not (item.negated and self.has("word", "instead"))]
        places = [item.place for item in wanted or placed if item.place is not None]
        if not places:
            return None
        missing = next((place for place in places if place.missing), None)
        if missing or len(places) == 1:
            return missing or places[0]
        first = next((place for place in places if not place.whole), places[0])
        alike = [place for place in places if place.clock == first.clock and place.point == first.point]
        alike = [place for place in alike if place.outside == first.outside and not place.clips]
        spans = tuple(sorted({span for place in alike for span in place.stretches}))
        if [place.open for place in alike] == ["from", "until"] and alike[0].stretches[0][0] < alike[1].stretches[0][1]:
            # ``从副歌开始出现，一直到结束``
            spans = ((alike[0].stretches[0][0], alike[1].stretches[0][1]),)
        return Place(
            spans,
            first.clock,
            first.point,
            (),
            first.outside,
            first.whole,
            first.said,
            label=first.label,
            open=first.open,
            span=first.span,
        )

    def where(self) -> Where:
        """Return the place as edits take it: the whole video where none is said, or one that the video lacks."""
        place = self.place
        return place.where() if place is not None and not place.missing else Where()

    @property
    def said(self) -> str:
        """Return the words of the clause, as written."""
        return " ".join(item.said for item in self.items)

    def unknown(self) -> list[Item]:
        """Return the items of which nothing is known."""
        return [item for item in self.items if item.unknown and not item.mark]


def quoted(items: Sequence[Item]) -> str:
    """Return items as they were written, to be quoted in a reply: parted by blanks where they were parted."""
    text = ""
    for before, item in zip([None, *items], items, strict=False):
        apart = before is not None and item.start > before.end
        text += (" " if apart else "") + item.said
    return text.strip(" ,.;:!?，。；：！？、")[:_QUOTED]


def split(items: Sequence[Item]) -> list[Clause]:
    """Return the clauses of a message."""
    clauses: list[Clause] = []
    for sentence in _sentences(items):
        question = any(item.mark and item.said in "?？" for item in sentence)
        found: list[Clause] = []
        for joined, fragment in _led(list(fragments.of(sentence))):
            if question and found and fragment and fragment[0].said.lower() in _OR:
                found[-1].items += fragment
            else:
                _append(found, fragment, joined=joined)
        for clause in found:
            clause.question = question
        _lead(sentence, found)
        clauses += found
    for clause in clauses[::-1]:
        if not all(item.silent or item.mark or item.has("turn") for item in clause.items):
            clause.last = True
            break
    return [clause for clause in clauses if clause.items]


def _lead(sentence: Sequence[Item], found: Sequence[Clause]) -> None:
    """Let a place before a colon be that of all that is listed behind it: ``in the chorus: red, cuts on each beat``."""
    said = [item for item in sentence if not item.silent]
    headed_by = said[0].place if len(said) > 1 and said[1].said in (":", "：") else None
    if headed_by is None or headed_by.whole or any(clause.place is not None for clause in found[1:]):
        return
    for clause in found[1:]:
        clause.items.insert(0, said[0])


def _led(pieces: Sequence[tuple[bool, list[Item]]]) -> Iterator[tuple[bool, list[Item]]]:
    """Yield the fragments with places put before what they lead: ``add grain, and in the chorus, go red``."""
    waiting: tuple[bool, list[Item]] | None = None
    for at, (joined, fragment) in enumerate(pieces):
        if waiting is not None:
            joined, fragment, waiting = waiting[0], waiting[1] + fragment, None
        elif 0 < at < len(pieces) - 1 and _leads_on(pieces[at - 1][1], fragment, pieces[at + 1]):
            waiting = joined, fragment
            continue
        yield joined, fragment


def _leads_on(before: Sequence[Item], fragment: Sequence[Item], after: tuple[bool, list[Item]]) -> bool:
    """Tell whether a place belongs to what follows it: what it stands behind says all of its own, and no place."""
    complete = headed(before) and valued(before) and not any(item.place is not None for item in before)
    bare = [item for item in fragment if not item.joins]
    return complete and not after[0] and bool(bare) and belonging.leads(bare, after[1])


def _append(found: list[Clause], fragment: list[Item], *, joined: bool) -> None:
    meaningful = [item for item in fragment if not item.mark]
    if not meaningful or (found and (belonging.as_usual(meaningful) or belonging.tempers(meaningful))):
        return
    if found and belonging.only_cut(found[-1].items, meaningful):
        return
    if found and belonging.left_there(found[-1].items, meaningful):
        there = [item for item in found[-1].items if item.place is not None]
        found.append(Clause([*fragment, *there], joined=joined))
    elif found and belonging.taken_out(found[-1].items, meaningful):
        found[-1].items = fragment + [item for item in found[-1].items if item.place is not None]
    elif found and _of_before(found[-1].items, meaningful):
        found[-1].items += fragment
    elif found and (
        belonging.shared(found[-1].items, meaningful)
        or belonging.denied_there(found[-1].items, meaningful)
        or belonging.praised(found[-1].items)
        or belonging.follows(found[-1].items, fragment)
        or belonging.comes_after(found[-1].items, meaningful)
        or (belonging.colors_a_place(fragment) and belonging.colored(found[-1].items))
        or (belonging.colors_behind(meaningful) and valued(found[-1].items))
        or belonging.parts(found[-1].items)
        or belonging.alike(found[-1].items)
        or belonging.rules(found[-1].items, meaningful)
        or belonging.leveled(found[-1].items, meaningful)
        or (not headed(found[-1].items) and belonging.frames(fragment) and _timed(found[-1].items))
    ):
        found.append(Clause(list(fragment), joined=joined))
    elif (found and not headed(fragment) and not belonging.denied(found[-1].items)) or (
        found
        and not belonging.denied(found[-1].items)
        and (not headed(found[-1].items) or not valued(found[-1].items) or belonging.beside(meaningful))
    ):
        found[-1].items += fragment
    else:
        found.append(Clause(list(fragment), joined=joined))


def _timed(items: Sequence[Item]) -> bool:
    """Tell whether a stretch of the song was named and nothing else: ``从0:10到0:25，竖屏``."""
    return any(item.place is not None and item.place.stretches for item in items)


def _of_before(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    if belonging.leads(before, fragment):
        return True
    if belonging.set_beside(before, fragment) or belonging.tidies(before, fragment):
        return True
    if belonging.described(before, fragment) or belonging.resized(before, fragment):
        return True
    if belonging.counts(before, fragment) or belonging.announced(before, fragment):
        return True
    if belonging.dressed_first(before, fragment):
        return True
    return belonging.apposed(before, fragment) or belonging.awaits(before, fragment)


def _sentences(items: Sequence[Item]) -> Iterator[list[Item]]:
    sentence: list[Item] = []
    for item in items:
        sentence.append(item)
        if item.mark and item.said in _HARD:
            yield sentence
            sentence = []
    yield sentence
