"""What of one sentence belongs together: pieces that say nothing alone, or only more of what was said before."""

from __future__ import annotations

from collections.abc import Sequence

from songreel.director.understanding.item import Item

JOINS = frozenset({
    "and", "then", "plus", "but", "also", "while", "再", "然后", "并且", "并", "同时", "而且", "另外",
    "还有", "以及", "和", "与", "跟", "接着", "顺便", "最后", "afterwards", "next", "finally", "，再",
    "or", "in which", "though", "但", "但是", "不过",
})  # fmt: skip
"""Words that join what is asked for."""
_WORDED = ("title", "artist", "subtitle", "caption", "text")


_LOCATED = ("in ", "during ", "for ", "at ", "on ", "over ", "within ", "from ", "throughout ", "在")
_DONE_THERE = ("effect", "visualizer", "transition", "grey", "tone", "degree", "fade", "color", "look", "scene")


def leads(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether items only say where the next are to be: ``in the last chorus only, add a glitch``."""
    said = [item for item in before if not (item.silent or item.mark)]
    places = [at for at, item in enumerate(said) if item.place is not None and item.place.stretches]
    plain = all(item.place is not None or item.has("act", "only") or item.has("word", "until") for item in said)
    if len(places) != 1 or not plain or any(item.place is not None for item in fragment):
        return False
    only = [at for at, item in enumerate(said) if item.has("act", "only") and item.place is None]
    place, put = said[places[0]], any(item.has("act", "add", "write") for item in fragment)
    located = place.said.lower().startswith(_LOCATED)
    located = located or any(item.has("word", "until") or item.said.endswith("在") for item in said)
    # ``first 20 seconds only, with a waveform`` is a length; ``last chorus only, add a glitch`` is not.
    labelled = place.place is not None and bool(place.place.label)
    section = labelled and any(at > places[0] for at in only)
    done = any(item.has(kind) for item in fragment for kind in _DONE_THERE) or any(item.quote for item in fragment)
    dressed = bool(only) and any(item.has(kind) for item in fragment for kind in ("effect", "visualizer", "transition"))
    return (located and (done or put)) or (section and put) or (labelled and dressed and put)


def taken_out(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment cuts the part that is found too long before it: ``前奏太长了，剪掉``."""
    long = any(item.place is not None for item in before) and any(item.has("measure", "too") for item in before)
    cut = any(item.has("act", "trim", "remove") or item.has("thing", "cuts") for item in fragment)
    return long and cut and not any(item.place is not None or item.quantity is not None for item in fragment)


def follows(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a file comes after the part that another has: ``clip1 for the first 10 seconds, then photo2``."""
    then = any(item.asset for item in fragment) and any(item.has("word", "then") for item in fragment)
    shown = any(item.asset or item.has("thing", "photo", "footage", "cover") for item in before)
    timed = any(item.place is not None or (item.quantity and item.quantity.unit == "second") for item in before)
    return then and shown and timed


def colors_a_place(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says which color a place has."""
    colored = any(item.color is not None or item.has("color") for item in fragment)
    return colored and any(item.place is not None for item in fragment)


def removes(items: Sequence[Item]) -> bool:
    """Tell whether items ask for some thing to be removed."""
    return any(item.has("act", "remove") for item in items) and any(item.has("thing") for item in items)


def tempers(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment only warns of too much: ``bigger, but not too much``."""
    said = [item for item in fragment if not item.silent and item.said.lower() not in JOINS]
    if len(said) == 2 and said[0].has("negator") and said[1].has("degree") and said[1].said.lower().endswith("er"):
        return True
    return (
        any(item.has("negator") for item in said)
        and all(item.has("negator") or item.has("measure") for item in said[-3:])
        and any(item.has("measure", "too", "lot") for item in said)
    )


def as_usual(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment only says that a part stays as it is: ``后面正常``, ``the rest as usual``."""
    usual = any(item.has("word", "usual") for item in fragment)
    placed = any(item.place is not None for item in fragment)
    rest = [item for item in fragment if not (item.has("word", "usual") or item.place or item.silent)]
    return usual and placed and not rest


def parts(items: Sequence[Item]) -> bool:
    """Tell whether items say where the video begins and how long it is, and nothing else: ``从副歌开始，总长15秒``."""
    said = [item for item in items if not (item.silent or item.mark or item.has("word", "long"))]
    began = any(item.place is not None and item.place.open == "from" for item in said)
    long = any(item.quantity is not None and item.quantity.unit == "second" for item in said)
    return len(said) == 2 and began and long


def denied(items: Sequence[Item]) -> bool:
    """Tell whether items only say where something was not meant to be: ``not the intro``, ``不是前奏``."""
    said = [item for item in items if not (item.silent or item.mark)]
    return len(said) == 2 and said[0].has("word", "instead") and said[1].place is not None and bool(said[1].place.label)


def beside(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says where something is: ``under the title``."""
    stays = any(item.has("act", "keep", "remove") for item in fragment)
    return fragment[0].has("word", "under", "over") and len(fragment) <= 3 and not stays


def apposed(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether words only spell out what was named before: ``put up the name of the singer, "Aunt Rosa"``."""
    spoken = any(item.has("thing", *_WORDED) or item.has("word", "name") for item in before)
    put = any(item.has("act", "add", "write", "show") for item in before) and not any(item.quote for item in before)
    return spoken and put and fragment[0].quote is not None and not any(item.has("act") for item in fragment)


def awaits(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says when what is not wanted yet is to come: ``标题先别出来，等到8秒再出``."""
    denied_yet = any(item.has("word", "yet") for item in before) and any(item.has("negator") for item in before)
    until = any(item.place is not None for item in fragment) and not any(item.place for item in before)
    said = [item for item in fragment if not (item.silent or item.mark or item.place or item.said.lower() in JOINS)]
    shown = all(item.has("act", "show", "write", "add", "begin") or item.has("word", "wish") for item in said)
    return denied_yet and until and shown


def shared(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says how long each of several is: ``"one" at 0:02, "two" at 0:04, each 1.5 seconds``."""
    lasting = any(item.quantity is not None and item.quantity.unit in ("second", "beat", "bar") for item in fragment)
    every = any(item.has("word", "every") or item.has("reference", "both") for item in fragment)
    said = [item for item in fragment if not (item.silent or item.mark or item.quantity)]
    alone = all(item.has("word", "every") or item.has("reference") or item.has("act", "hold") for item in said)
    return lasting and every and alone and any(item.quote is not None for item in before)
