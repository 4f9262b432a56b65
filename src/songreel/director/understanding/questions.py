"""Questions: what a clause asks, if it asks anything, so that it is answered and nothing is changed by it."""

from __future__ import annotations

from collections.abc import Sequence

from songreel.director import lexicon
from songreel.director.understanding import answering, offers, shown
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import cut_rules
from songreel.director.understanding.item import Item
from songreel.director.understanding.references import ROLES
from songreel.director.understanding.talk import Subject, Talk

_ASKS = (
    "what",
    "which",
    "how",
    "how-many",
    "how-long",
    "how-fast",
    "how-loud",
    "how-big",
    "when",
    "who",
    "why",
    "tell",
    "is",
)
_TOPICS = (
    "changed", "wait", "file", "help", "bpm", "key", "meter", "sections", "fps", "ratio", "resolution", "volume",
    "colors", "cuts", "shots", "texts", "beats", "bars", "length", "media", "version", "effects", "visualizer",
    "title", "look", "mood", "transitions", "seen", "timeline",
)  # fmt: skip
_MEASURED: dict[str | None, str] = {"how-fast": "bpm", "how-loud": "volume", "how-big": "resolution"}
_TIMED = frozenset({"what", "which", "who", "when", "how-long", "tell"})
_COUNTED_THERE = frozenset({"cuts", "sections", "bars", "beats"})
_ALWAYS = frozenset({"changed", "wait", "file", "meter"})
_HEARD = ("key", "bpm", "meter", "sections", "mood")
"""What only the song has, so that to name it is to ask for it: ``major or minor?``."""
_OF_ONE = ("bpm", "key", "meter")
_VALUES = ("color", "position", "style", "shape", "effect", "transition", "visualizer", "quality")
_DOING = ("add", "remove", "change", "move", "trim", "mute", "rename", "show", "write")


def read(clause: Clause, talk: Talk) -> bool:
    """Answer a clause that is a question; False when it is none."""
    if shown.of_file(clause, talk):
        return True
    asks = {clause.items[at].value("ask") for at in clause.all("ask")} - {None}
    # ``I don't like what's on screen at 0:15`` asks nothing.
    if not _asked(clause, asks) or (clause.has("word", "dislike") and not clause.question):
        return False
    if asks & set(_ASKS) == {"is"} and not _opens(clause):
        # ``the only thing is the title`` tells what the next words are about.
        talk.heard += 1
        clause.take_all()
        return True
    topic = _topic(clause, asks)
    if topic is None:
        if clause.all("foreign") or not clause.question:
            return False
        talk.cannot("question")
    else:
        counted = "how-many" in asks and (clause.has("unit", "second") or clause.has("topic", "length"))
        for each in _of_song(clause) or [topic]:
            _answer(each, clause, talk, lasting="how-long" in asks or counted)
    clause.take_all()
    return True


def supposed(found: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that only ask what would be: ``if I make it vertical, will the title be cut off?``."""
    asked = [each for each in found if each.question]
    if len(asked) < 2 or any(each.has("ask", "suggest") for each in asked):
        return []
    said = [item for item in asked[0].items if not item.mark]
    leads = bool(said) and said[0].said.lower() in lexicon.of_all("conditions")
    return asked if leads and any(item.has("act", *_DOING) or item.has("degree") for item in said) else []


def _answer(topic: str, clause: Clause, talk: Talk, *, lasting: bool) -> None:
    if topic == "section":
        answering.section(clause, talk, lasting=lasting)
    elif topic in offers.KINDS and clause.all("topic", "offer"):
        talk.answer("offer", names=offers.names(topic, talk))
        if named := [clause.items[at].value("effect") for at in clause.all("effect")]:
            talk.subject = Subject("effect", name=named[0] or "")
    elif topic in ("cuts", "shots") and clause.place is not None and clause.place.stretches:
        shown.cuts_there(clause, talk)
    elif topic == "cuts":
        answering.cuts(talk, parts=bool(cut_rules.parted(clause)))
    elif topic in _OF_CLAUSE:
        _OF_CLAUSE[topic](clause, talk)
    else:
        answering.ANSWERS[topic](talk)


def _asked(clause: Clause, asks: set[str | None]) -> bool:
    real = asks & set(_ASKS)
    if clause.all("topic", "help") and _wishes(clause):
        return False
    if (
        clause.all("topic", "help")
        and not clause.has("foreign")
        and (real or clause.question or clause.has("ask", "suggest") or len(clause.items) <= 3)
    ):
        return True
    if not real:
        return _put_as_question(clause)
    if _of_power(clause):
        return True
    if "suggest" in asks and "tell" not in real and clause.all("act", *_DOING):
        return False
    doing = [
        at for at in clause.all("act", *_DOING) if not clause.items[at].silent and not clause.items[at].has("ignored")
    ]
    if real == {"is"} and not clause.question and doing:
        return False
    return clause.question or not doing or "tell" in real or _leads(clause)


def _of_power(clause: Clause) -> bool:
    """Tell whether it is asked what can be done: ``what can you change about the colors?``."""
    said = [item for item in clause.items if not item.silent]
    return len(said) > 1 and said[0].has("ask", "what", "which") and said[1].has("ask", "suggest")


def _wishes(clause: Clause) -> bool:
    """Tell whether something is asked for by its value: ``字的颜色可以改成粉红吗``."""
    return clause.has("thing") and any(clause.has(kind) or item.color for item in clause.items for kind in _VALUES)


def _put_as_question(clause: Clause) -> bool:
    """Tell whether a clause asks by how it begins or ends: ``is this in 3/4?``, ``是四四拍吗``; a wish does not."""
    said = [item for item in clause.items if not item.mark]
    heard = [item for item in said if item.has("topic", *_HEARD)]
    if clause.question and heard and all(item in heard or item.silent or item.joins or _count(item) for item in said):
        return True
    if clause.has("word", "surely") and clause.has("measure", "too", "over", "excess"):
        return False
    if not said or clause.has("ask", "suggest") or clause.has("act", *_DOING) or clause.has("degree"):
        return False
    openers = lexicon.of_all("openers")
    closers = lexicon.of_all("closers")
    return (clause.question and said[0].said.lower() in openers) or said[-1].said in closers


def _count(item: Item) -> bool:
    """Tell whether an item is a bare number: ``is this in four or in three?``."""
    return item.has("word", "in") or (item.quantity is not None and not item.quantity.unit)


def _opens(clause: Clause) -> bool:
    """Tell whether “is” asks: at the beginning, before anything that is named, or where its words stand anywhere."""
    for item in clause.items:
        if item.has("ask", "is"):
            return True
        if item.has("thing") or (item.unknown and not item.mark):
            return False
    return True


def _leads(clause: Clause) -> bool:
    """Tell whether a question word comes before any act."""
    for item in clause.items:
        if item.has("ask") and not item.has("ask", "suggest"):
            return True
        if item.has("act") and not item.has("ignored"):
            return False
    return False


def _of_part(clause: Clause, asks: set[str | None], named: list[str]) -> str | None:
    """Return the topic of a question about words that are shown, or about what is shown at some time."""
    place = clause.place
    worded = clause.all("thing", "text", "caption", *ROLES) or any(item.quote is not None for item in clause.items)
    worded = worded or (clause.has("reference", "it") and clause.has("act", "vanish"))
    if worded and asks & {"when", "how-long"}:
        return "words"
    if place is None or place.missing or not place.stretches or asks & {"how-many", "how-long", "when"}:
        return None
    seen = "seen" in named
    return "moment" if seen or (not place.label and not place.whole and not set(named) & _COUNTED_THERE) else None


def _topic(clause: Clause, asks: set[str | None]) -> str | None:
    named = ["meter"] if _metered(clause) else []
    named += [topic for topic in _TOPICS if clause.all("topic", topic)]
    if set(named[:1]) & _ALWAYS:
        return named[0]
    if offered := _of_offer(clause, named):
        return offered
    if asks & _TIMED and (part := _of_part(clause, asks, named)):
        return part
    among = "how-many" in asks and ("cuts" in named or "shots" in named)
    if clause.place is not None and (clause.place.label or clause.place.missing) and not among:
        return "section"
    if plain := next((_MEASURED[ask] for ask in asks if ask in _MEASURED and not (ask == "how-big" and named)), None):
        return plain
    if "how-long" in asks or (clause.all("degree", "length+") and "how" in asks):
        return "length"
    if "how-many" in asks:
        counted = [topic for topic in named if topic in answering.COUNTED]
        return counted[0] if counted else named[0] if named else None
    if "when" in asks and any(item.has("section") for item in clause.items):
        return "section"
    if "key" in named and len(named) > 1 and "bpm" in named and "tempo" not in clause.said:
        return named[0]
    return named[0] if named else _of_thing(clause)


def _metered(clause: Clause) -> bool:
    """Tell whether a time signature is named: ``is this in 3/4?``, ``4/4``."""
    row = clause.items
    counted = any(
        sign.said == "/" and before.quantity is not None and after.quantity is not None
        for before, sign, after in zip(row, row[1:], row[2:], strict=False)
    )
    return counted or any(item.ratio and "/" in item.said for item in row)


def _of_song(clause: Clause) -> list[str]:
    """Return what is asked of a song where it is more than one thing: ``what's the bpm and in what key is it?``."""
    first = [next((topic for topic in _OF_ONE if item.has("topic", topic)), "") for item in clause.items]
    named = [topic for topic in dict.fromkeys(first) if topic]
    return named if len(named) > 1 and clause.place is None else []


def _of_offer(clause: Clause, named: list[str]) -> str | None:
    """Return the topic of a question about what there is to choose from, or what can be done."""
    kinds = [topic for topic in named if topic in offers.KINDS]
    if kinds and clause.all("topic", "offer"):
        return kinds[0]
    return "help" if _of_power(clause) else None


def _of_thing(clause: Clause) -> str | None:
    """Return the topic of a question that only names a thing: ``is there any text?``, ``do we have a visualizer?``."""
    return next((topic for topic, kinds in _THINGS.items() if any(clause.all(*each) for each in kinds)), None)


_THINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "texts": (("thing", "text", "caption", *ROLES),),
    "visualizer": (("visualizer",),),
    "effects": (("effect",), ("thing", "effects")),
    "transitions": (("transition",), ("thing", "transitions")),
    "media": (("thing", "photo", "footage", "media"),),
    "resolution": (("quality",),),
    "volume": (("act", "unmute"), ("thing", "song")),
}
_OF_CLAUSE = {"length": answering.length, "moment": shown.at_moment, "words": shown.words}
