"""What of one sentence belongs together: pieces that say nothing alone, or only more of what was said before."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from songreel.director.understanding.item import Item

_UNITS = ("beat", "bar", "second")
_DONE = ("add", "change", "remove", "trim", "write", "move")
_WORDED = ("title", "artist", "subtitle", "caption", "text")
_WORDS = ("line", "in", "at", "of", "to", "every", "stacked", "begin", "finish", "then")


_WITH = frozenset({"with", "w", "w/", "plus", "带", "带上", "配", "配上"})
_MORE = ("er", "more", "less")
_SKIPS = frozenset({"skip", "跳过", "略过"})
_PICTURE = ("picture", "photo", "video")
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
    moment = place.place is not None and place.place.point and put
    led = moment or located(said) or any(item.has("word", "until") for item in said)
    # ``first 20 seconds only, with a waveform`` is a length; ``last chorus only, add a glitch`` is not.
    labelled = place.place is not None and bool(place.place.label)
    section = labelled and any(at > places[0] for at in only)
    done = any(item.has(kind) for item in fragment for kind in _DONE_THERE) or any(item.quote for item in fragment)
    dressed = bool(only) and any(item.has(kind) for item in fragment for kind in ("effect", "visualizer", "transition"))
    return (led and (done or put)) or (section and put) or (labelled and dressed and put)


def located(items: Sequence[Item]) -> bool:
    """Tell whether a place is led by a word for “in”: ``during the verse``, ``只在副歌``."""
    places = [item for item in items if item.place is not None and item.place.stretches]
    led = any(item.said.lower().startswith(_LOCATED) for item in places)
    return led or (bool(places) and any(item.said.endswith("在") or item.has("word", "for") for item in items))


def comes_with(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Tell whether something else begins: ``8 s from the drop | with a waveform``, ``music 70% | with a fade in``."""
    if after[0].said.lower() not in _WITH:
        return False
    units = {item.quantity.unit for item in before if item.quantity is not None}
    part = "second" in units and any(item.place is not None and item.place.open == "from" for item in before)
    fades = any(item.has("fade") or item.has("thing", "fade") for item in after[1:6])
    return part or (bool(units & {"percent", "db"}) and fades)


def fades_both(one: Item, other: Item, before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Tell whether picture and sound are named together to fade: ``fade out sound and picture``, ``画面和音乐淡出``."""
    both = one.has("thing", *_PICTURE) and other.has("thing", "song")
    both = both or (one.has("thing", "song") and other.has("thing", *_PICTURE))
    done = any(item.has("act") for item in after[: after.index(other)])
    around = after[:6] if done else [*before[-6:], *after[:6]]
    return both and any(item.has("fade") or item.has("thing", "fade") for item in around)


def taken_out(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment cuts the part that is complained of before it: ``the intro drags on, lose it``."""
    named = any(item.place is not None and (item.place.label or item.place.open) for item in before)
    named = named and not any(item.has("thing") or item.has("effect") or item.has("act", *_DONE) for item in before)
    faulted = any(item.has("measure", "too") or item.has("word", "dislike") for item in before)
    faulted = faulted or any(item.has("degree", "urge+", "pace-", "length+") for item in before)
    cut = any(item.has("act", "trim", "remove") or item.has("word", "cutting") for item in fragment)
    alone = not any(item.place is not None or item.quantity is not None or _names(item) for item in fragment)
    return named and faulted and cut and alone


def resized(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says how long a shot is to be instead: ``the opening shot is too long, make it 2 s``."""
    shot = any(item.place is not None and item.place.clips for item in before)
    faulted = any(item.has("measure", "too") for item in before) and not any(item.quantity for item in before)
    said = [item for item in fragment if not (item.silent or item.mark or item.joins)]
    timed = any(item.quantity is not None and item.quantity.unit in _UNITS for item in said)
    alone = all(
        item.quantity is not None
        or item.has("act", "change", "trim", "hold", "linger", "show")
        or item.has("reference", "it")
        for item in said
    )
    return shot and faulted and timed and alone


def _names(item: Item) -> bool:
    return (item.has("thing") and not item.has("word", "cutting")) or item.has("effect") or item.has("visualizer")


def described(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says more of what is only told of: ``my laptop is old and slow``."""
    said = [item for item in fragment if not (item.silent or item.mark or item.joins)]
    elsewhere = any(item.has("foreign", "machine") for item in before)
    told = any(item.has("word", "complaint") for item in before) and not any(item.has("act") for item in before)
    filed = any(item.asset for item in before) and len(said) == 1 and said[0].has("effect")
    return told and (filed or (elsewhere and len(said) == 1 and said[0].has("degree")))


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


def colored(items: Sequence[Item]) -> bool:
    """Tell whether what comes before a place with its color is something of its own: ``the verse blue``."""
    return removes(items) or colors_a_place(items)


def rules(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether two places have a rhythm each: ``every 4 beats in the verse, every beat in the chorus``."""
    return _ruled(before) and _ruled(fragment)


def leveled(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether two places have a loudness each: ``music at full in the chorus and half in the verse``."""
    heard = any(item.has("thing", "song") or item.has("dimension", "volume") for item in before)
    return heard and _leveled(before) and _leveled(fragment)


def _leveled(items: Sequence[Item]) -> bool:
    told = [item.quantity for item in items if item.quantity is not None]
    level = any(each.unit == "percent" or each.kind == "factor" for each in told)
    level = level or any(item.has("measure", "most") for item in items)
    return level and any(item.place is not None for item in items)


def _ruled(items: Sequence[Item]) -> bool:
    every = any(item.has("word", "every", "per") for item in items)
    units = any(item.has("unit") or (item.quantity and item.quantity.unit in _UNITS) for item in items)
    return every and units and any(item.place is not None for item in items)


def colors_behind(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment names a place first and then its color: ``last 8 bars blue``."""
    said = [item for item in fragment if not (item.silent or item.mark or item.joins)]
    return len(said) == 2 and said[0].place is not None and (said[1].color is not None or said[1].has("color"))


def removes(items: Sequence[Item]) -> bool:
    """Tell whether items ask for some thing to be removed."""
    return any(item.has("act", "remove") for item in items) and any(item.has("thing") for item in items)


def tempers(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment only warns of too much: ``bigger, but not too much``."""
    said = [item for item in fragment if not item.silent and not item.joins]
    if len(said) == 2 and said[0].has("negator") and said[1].has("degree") and said[1].said.lower().endswith(_MORE):
        return True
    return (
        any(item.has("negator") or item.has("word", "except") for item in said)
        and all(item.has("negator") or item.has("word", "except") or item.has("measure") for item in said[-3:])
        and any(item.has("measure", "too", "lot", "most") for item in said)
    )


def against(one: Item, other: Item) -> bool:
    """Tell whether one goes up with what the other goes down with: ``darker`` and ``brighter``."""
    ways = {value for item in (one, other) for kind, value in item.meanings if kind == "degree" and len(value) > 1}
    return any(value[:-1] + "+" in ways and value[:-1] + "-" in ways for value in ways)


def tidies(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says what a place is to be free of: ``the intro should be clean, without the bars``."""
    placed = any(item.place is not None for item in before) and any(item.has("word", "tidy") for item in before)
    denies = any(item.has("negator") or item.has("act", "remove") for item in fragment)
    told = any(item.has("negator") or (item.has("act") and not item.has("ignored")) for item in before)
    return placed and denies and not told and not any(item.place is not None for item in fragment)


def comes_after(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether what is not wanted at first comes at another time: ``前20秒先别出来，20秒以后再显示``."""
    denied_first = any(item.has("negator") or item.has("act", "remove") for item in before)
    said = [item for item in fragment if not (item.silent or item.mark or item.joins)]
    comes = any(item.has("word", "appears") for item in fragment) and any(item.place is not None for item in fragment)
    alone = all(item.place is not None or item.has("word") for item in said)
    return denied_first and comes and alone and any(item.place is not None for item in before)


def as_usual(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment only says that a part stays as it is: ``后面正常``, ``the choruses are fine``."""
    usual = any(item.has("word", "usual") or item.has("praise") for item in fragment)
    placed = any(item.place is not None for item in fragment)
    said = [item for item in fragment if not item.joins]
    rest = [item for item in said if not (item.has("word", "usual", "complaint") or item.place or item.silent)]
    rest = [item for item in rest if not item.has("praise")]
    return usual and placed and not rest


def parts(items: Sequence[Item]) -> bool:
    """Tell whether items say where the video begins and how long it is, and nothing else: ``从副歌开始，总长15秒``."""
    said = [item for item in items if not (item.silent or item.mark or item.has("word", "long"))]
    began = any(item.place is not None and item.place.open == "from" for item in said)
    long = any(item.quantity is not None and item.quantity.unit == "second" for item in said)
    return len(said) == 2 and began and long


def denied(items: Sequence[Item]) -> bool:
    """Tell whether items only say which part was not meant or wanted: ``not the intro``, ``skip the intro``."""
    said = [item for item in items if not (item.silent or item.mark)]
    no = len(said) == 2 and (said[0].has("word", "instead") or said[0].said.lower() in _SKIPS)
    return no and said[1].place is not None and bool(said[1].place.label)


def frames(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment only says how the frame is, which no part has of its own: ``vertical``, ``4:5``."""
    said = [item for item in fragment if not (item.silent or item.mark or item.has("act"))]
    return bool(said) and all(item.ratio is not None or item.has("shape") or item.has("platform") for item in said)


def praised(before: Sequence[Item]) -> bool:
    """Tell whether items only say of a place that it is good: ``the first half is perfect (, in the second …)``."""
    said = [item for item in before if not (item.silent or item.mark or item.joins)]
    liked = any(item.has("praise") for item in said) and any(item.place is not None for item in said)
    return liked and all(item.place is not None or item.has("praise") or item.has("word", "complaint") for item in said)


def denied_there(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment denies its place what another has: ``bars in the verse, none of it in the chorus``."""
    plain = [
        item
        for item in fragment
        if not (item.silent or item.joins or item.has("reference", "it") or item.has("word", "like"))
    ]
    said = [item for item in plain if not item.has("word", "appears")]
    denies = len(said) == 2 and any(item.has("negator") for item in said)
    return denies and any(item.place for item in said) and any(item.place is not None for item in before)


def left_there(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says what alone is to be in a place: ``no effects in the intro, just grain``."""
    places = [item for item in before if item.place is not None]
    gone = any(item.negated and (item.has("thing", "effects") or item.has("effect")) for item in before)
    said = [item for item in fragment if not (item.silent or item.mark or item.has("turn"))]
    laid = bool(said) and all(item.has("effect") for item in said)
    return len(places) == 1 and gone and laid and any(item.has("turn") for item in fragment)


def only_cut(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says again that no transition is wanted: ``no dissolves there, just hard cuts``."""
    gone = any(item.negated and item.has("transition") for item in before)
    said = [item for item in fragment if not (item.silent or item.mark or item.has("turn"))]
    return gone and bool(said) and all(item.has("transition", "cut") for item in said)


def alike(items: Sequence[Item]) -> bool:
    """Tell whether items only say that something stays the same: ``same colour, and the music down to 75%``."""
    said = [item for item in items if not (item.silent or item.mark) or item.has("reference", "same")]
    named = all(item.has("reference", "same") or item.has("thing", "palette") for item in said)
    return named and len(said) > 1 and any(item.has("reference", "same") for item in said)


def denied_after(after: Sequence[Item]) -> bool:
    """Tell whether a place is followed by what is not wanted there: ``the cover at the start, 后面别再出现``."""
    said = [item for item in after if not item.silent][:2]
    return len(said) == 2 and said[0].place is not None and said[1].has("negator")


def beside(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says where something is: ``under the title``."""
    stays = any(item.has("act", "keep", "remove") for item in fragment)
    sized = any(item.has("degree") for item in fragment)
    return fragment[0].has("word", "under", "over") and len(fragment) <= 3 and not (stays or sized)


def apposed(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether words only spell out what was named before: ``put up the name of the singer, "Aunt Rosa"``."""
    spoken = any(item.has("thing", *_WORDED) or item.has("word", "name") for item in before)
    put = any(item.has("act", "add", "write", "show") for item in before) and not any(item.quote for item in before)
    return spoken and put and fragment[0].quote is not None and not any(item.has("act") for item in fragment)


def dressed_first(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether only the place and looks of words stand before them: ``top left, small and grey: "demo"``."""
    said = [item for item in before if not (item.silent or item.mark or item.joins)]
    plain = all(
        item.place is not None
        or item.color is not None
        or item.has("degree", "size+", "size-")
        or any(item.has(kind) for kind in ("position", "color", "style", "word", "measure"))
        for item in said
    )
    acts = any(item.has("act") and not item.has("act", "add", "write", "show") for item in (*before, *fragment))
    dressed = any(item.has("position") or item.has("degree") or item.has("color") for item in said)
    words = sum(item.quote is not None for item in fragment)
    return dressed and plain and not acts and words == 1 and not any(item.quote for item in before)


def announced(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether words follow what only says where they are to be: ``credits at the end, in two lines: "…"``."""
    put = any(item.has("act", "add", "write", "show") for item in before) and not any(item.quote for item in before)
    said = [item for item in before if not (item.silent or item.mark)]
    plain = all(
        item.place is not None or item.has("act") or item.has("thing", *_WORDED) or item.has("word", *_WORDS)
        for item in said
    )
    leading = list(itertools.takewhile(lambda item: item.quote is None, fragment))
    small = all(
        item.silent or item.mark or item.has("word") or item.has("reference") or item.has("position")
        for item in leading
    )
    placed = any(item.place is not None for item in before) and not any(item.place is not None for item in fragment)
    acts = any(item.has("act") and not item.has("ignored") for item in fragment)
    return put and plain and placed and small and not acts and len(leading) < len(fragment)


def counts(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says more of a countdown: ``倒数：3、2、1，每个数字一秒``, ``…, in the center``."""
    if not any(item.has("word", "countdown") for item in before):
        return False
    dressed = ("position", "color", "style", "degree", "measure", "unit", "word", "reference")
    return all(
        item.silent
        or item.unknown
        or item.quote is not None
        or item.quantity is not None
        or item.place is not None
        or item.has("act", "show", "write", "hold", "linger")
        or (item.has("thing", "text", "caption") and not item.has("thing", "title", "artist"))
        or any(item.has(kind) for kind in dressed)
        for item in fragment
    ) and not any(item.has("effect") or item.has("negator") for item in fragment)


def awaits(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says when what is not wanted yet is to come: ``标题先别出来，等到8秒再出``."""
    denied_yet = any(item.has("word", "yet") for item in before) and any(item.has("negator") for item in before)
    until = any(item.place is not None for item in fragment) and not any(item.place for item in before)
    said = [item for item in fragment if not (item.silent or item.mark or item.place or item.joins)]
    shown = all(item.has("act", "show", "write", "add", "begin") or item.has("word", "wish") for item in said)
    return denied_yet and until and shown


def shared(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says how long each of several is: ``"one" at 0:02, "two" at 0:04, each 1.5 seconds``."""
    styled = ("position", "color", "style", "fade")
    lasting = any(
        (item.quantity is not None and item.quantity.unit in ("second", "beat", "bar"))
        or any(item.has(kind) for kind in styled)
        for item in fragment
    )
    every = any(item.has("word", "every") or item.has("reference", "both") for item in fragment)
    said = [item for item in fragment if not (item.silent or item.mark or item.quantity)]
    alone = all(
        item.has("word")
        or item.has("reference")
        or item.has("act", "hold", "show", "write", "linger")
        or any(item.has(kind) for kind in styled)
        for item in said
    )
    return lasting and every and alone and any(item.quote is not None for item in before)


def set_beside(before: Sequence[Item], fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says where a file is laid: ``make photo1 small and put it in the corner``."""
    brought = any(item.asset for item in before) and not any(item.has("position") for item in before)
    said = [item for item in fragment if not (item.silent or item.mark or item.joins)]
    laid = any(item.has("position") or item.has("word", "corner") or item.has("degree", "size-") for item in said)
    plain = all(
        item.has("act", "show", "add", "move")
        or any(item.has(kind) for kind in ("position", "word", "reference"))
        or item.has("degree", "size-")
        or item.has("thing", "picture")
        for item in said
    )
    return brought and laid and plain and not any(item.place is not None for item in [*before, *fragment])
