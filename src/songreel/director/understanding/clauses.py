"""One request at a time: a message split into clauses, each with the items that belong to it.

A clause begins where something of its own is asked for: an act, a thing, words in quotation marks. What cannot stand
alone (a color, a place, a time) belongs to the clause before it, or to the one after it at the beginning of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from songreel.director.understanding import belonging, fragments
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.model.edit import Where

_HARD = frozenset(".!?;|\n。！？；…")
_OR = frozenset({"or", "还是", "或", "或者"})
HEADS = (
    "act", "history", "degree", "thing", "fade", "style", "tone", "grey", "visualizer", "effect", "transition",
    "shape", "ratio", "rate", "platform", "quality", "look", "mood", "pace", "dimension", "foreign", "ask", "scene",
    "sync",
)  # fmt: skip
_VALUES = (
    "degree", "fade", "style", "tone", "grey", "visualizer", "effect", "transition", "shape", "rate", "platform",
    "quality", "look", "mood", "pace", "position", "color", "history", "foreign", "again", "sync", "unit",
)  # fmt: skip
_VALUED_ACTS = ("add", "write", "remove", "keep", "mute", "unmute", "trim", "begin", "finish", "hold")
_QUOTED = 60
"""Letters of a request that are quoted in a reply."""
_BROUGHT = ("photo", "footage", "media", "cover", "logo")
_GENERIC = ("change", "show", "hold", "only", "again", "also", "begin", "finish")


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
        places = [item.place for item in self.items if item.place is not None]
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
        clauses += found
    for clause in clauses[::-1]:
        if not all(item.silent or item.mark or item.has("turn") for item in clause.items):
            clause.last = True
            break
    return [clause for clause in clauses if clause.items]


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
    complete = _headed(before) and _valued(before) and not any(item.place is not None for item in before)
    bare = [item for item in fragment if not item.joins]
    return complete and not after[0] and bool(bare) and belonging.leads(bare, after[1])


def _append(found: list[Clause], fragment: list[Item], *, joined: bool) -> None:
    meaningful = [item for item in fragment if not item.mark]
    if not meaningful or (found and (belonging.as_usual(meaningful) or belonging.tempers(meaningful))):
        return
    if found and belonging.taken_out(found[-1].items, meaningful):
        found[-1].items = fragment + [item for item in found[-1].items if item.place is not None]
    elif found and _of_before(found[-1].items, meaningful):
        found[-1].items += fragment
    elif found and (
        belonging.shared(found[-1].items, meaningful)
        or belonging.denied_there(found[-1].items, meaningful)
        or belonging.follows(found[-1].items, fragment)
        or belonging.comes_after(found[-1].items, meaningful)
        or (belonging.colors_a_place(fragment) and belonging.colored(found[-1].items))
        or (belonging.colors_behind(meaningful) and _valued(found[-1].items))
        or belonging.parts(found[-1].items)
        or belonging.rules(found[-1].items, meaningful)
        or belonging.leveled(found[-1].items, meaningful)
        or (not _headed(found[-1].items) and belonging.frames(fragment) and _timed(found[-1].items))
    ):
        found.append(Clause(list(fragment), joined=joined))
    elif (found and not _headed(fragment) and not belonging.denied(found[-1].items)) or (
        found
        and not belonging.denied(found[-1].items)
        and (not _headed(found[-1].items) or not _valued(found[-1].items) or belonging.beside(meaningful))
    ):
        found[-1].items += fragment
    else:
        found.append(Clause(list(fragment), joined=joined))


def _timed(items: Sequence[Item]) -> bool:
    if belonging.counts(before, fragment) or belonging.announced(before, fragment):
        return True
    """Tell whether a stretch of the song was named and nothing else: ``从0:10到0:25，竖屏``."""
    return any(item.place is not None and item.place.stretches for item in items)


def _of_before(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    if belonging.leads(before, fragment):
        return True
    if belonging.set_beside(before, fragment) or belonging.tidies(before, fragment):
        return True
    if belonging.described(before, fragment):
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


def _headed(items: Sequence[Item]) -> bool:
    """Tell whether a fragment can stand alone."""
    said = [item for item in items if not (item.silent or item.mark or item.joins)]
    if any(item.has("measure") for item in said) and all(
        item.has("measure") or item.has("act", "only") for item in said
    ):
        return False
    if any(item.asset for item in items) and any(item.place is not None for item in items):
        return True
    return _too_colored(items) or any(
        item.quote is not None
        or item.ratio is not None
        or item.size is not None
        or (item.quantity is not None and item.quantity.unit in ("fps", "db", "lines", "shot", "cut"))
        or any(item.has(kind) for kind in HEADS if not (kind == "act" and item.has("act", *_GENERIC) and item.silent))
        for item in items
        if item.place is None or item.meanings
    )


def _too_colored(items: Sequence[Item]) -> bool:
    """Tell whether there is too much of a color: ``红色太多了``."""
    colored = any(item.color is not None or item.has("color") for item in items)
    return colored and any(item.has("measure", "excess") for item in items)


def _valued(items: Sequence[Item]) -> bool:
    """Tell whether a clause says what is to be done, and not only with what."""
    return any(
        item.quote is not None
        or item.color is not None
        or item.ratio is not None
        or item.place is not None
        or item.quantity is not None
        or item.asset is not None
        or any(item.has(kind) for kind in _VALUES)
        or item.has("act", *_VALUED_ACTS)
        or item.has("negator")
        for item in items
    ) or (any(item.has("act", "show") for item in items) and any(item.has("thing", *_BROUGHT) for item in items))
