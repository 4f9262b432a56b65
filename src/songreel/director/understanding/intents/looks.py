"""Looks, scenes, moods and palette."""

from __future__ import annotations

import math
from collections.abc import Sequence

from songreel.base.errors import EditRefused
from songreel.director import color, palette
from songreel.director.look import choose, looks, moods
from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import grades
from songreel.director.understanding.item import Item
from songreel.director.understanding.paint import Paint
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import places
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.document import Color
from songreel.model.edit import Where
from songreel.model.timeline import Palette

_SWIFT = {"energetic": 1.5, "aggressive": 2.0, "calm": 0.5, "dreamy": 0.67}
_SCENIC = ("scene", "color", "mood")
"""What a word may mean besides a scene; words of every day call none."""
_PICTURES = ("picture", "photo", "shots", "generated", "media")
_CHANGING = frozenset({"change", "swap", "replace", "switch", "换", "换个", "换一个", "换一种", "换一下", "换掉"})
_NEAR_HUE = 0.22
_COLORFUL = 0.05
_SAME_HUE = math.radians(20)


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of the look of the pictures."""
    if clause.all("thing", "text", "title", "caption", "subtitle", "artist", "lyric"):
        return
    if _aside(clause):
        return
    if _of_colored_words(clause, talk):
        talk.heard += 1
        return
    before = len(talk.edits)
    place = clause.place
    where = clause.where()
    grades.textured(clause, talk, where)
    grades.colorless(clause, talk, where)
    _palette(clause, talk, where)
    if not grades.set_to(clause, talk, where):
        grades.adjust(clause, talk, where)
    _look(clause, talk, where)
    # A look brings colors of its own: those that are asked for come after it.
    talk.edits[before:] = sorted(talk.edits[before:], key=lambda edit: isinstance(edit, edits.SetPalette))
    if len(talk.edits) > before:
        talk.only_there(place, before)
        clause.take_place()


def _of_colored_words(clause: Clause, talk: Talk) -> bool:
    """Tell whether the color that words were just given is found too weak: ``好像太淡了，换成红色``."""
    past = talk.situation.past
    colored = bool(past) and any(isinstance(edit, edits.RestyleText) and edit.color for edit in past[-1].edits)
    named = clause.all("thing") or clause.all("dimension") or clause.placed or paint.of(clause)
    too = clause.has("measure", "too") and bool(degrees.of(clause, ("saturation", "brightness")))
    return colored and too and not named and talk.subject is not None and talk.subject.kind == "text"


def _aside(clause: Clause) -> bool:
    """Tell whether a clause is mostly about what nothing is known of, and asks for nothing: ``the sky is blue``."""
    asked = any(clause.has(kind) for kind in ("degree", "grey", "tone", "dimension", "thing", "negator"))
    asked = asked or any(item.has("act") and not item.silent for item in clause.items)
    known = [item for item in clause.items if any(item.has(kind) for kind in ("scene", "look", "mood", "color"))]
    return not asked and len(clause.unknown()) >= max(len(known), 1)


# -- palette ---------------------------------------------------------------------------------------------------------


def _palette(clause: Clause, talk: Talk, where: Where) -> None:
    found = paint.of(clause)
    tones = [clause.items[at].value("mood") for at in clause.all("mood", "pastel")]
    if clause.all("transition") or (clause.all("effect") and not clause.all("thing", "palette")):
        found = []
    now = _there(talk, where)
    now = next((edit.palette for edit in reversed(talk.edits) if isinstance(edit, edits.SetPalette)), now)
    chosen: Palette | None = None
    removed = clause.has("act", "remove") and not clause.has("act", "add", "change")
    if found and not found[0].negated and not removed:
        chosen = palette.around(_chosen(clause, found, now))
    elif found and now is not None:
        chosen = _without(now, found[0].colors[0])
        chosen = palette.toned(chosen, "pastel") if tones else chosen
    elif tones and now is not None:
        chosen = palette.toned(now, "pastel")
    elif now is not None and clause.all("thing", "palette") and _colors_meant(clause):
        chosen = _fresh(now, talk)
    if chosen is None:
        return
    talk.do(edits.SetPalette(palette=chosen, where=where), subject=Subject("palette"))
    clause.take(*(each.at for each in found))
    clause.take_kind("mood", "pastel")
    clause.take_kind("thing", "palette", "picture", "look", "video", "background")
    for kind in ("act", "scene", "color"):
        clause.take_kind(kind)


def _there(talk: Talk, where: Where) -> Palette | None:
    """Return the colors that a place has: those of its first shot that has its own, else those of the video."""
    timeline = talk.situation.timeline
    if timeline is None or where.everywhere:
        return timeline.palette if timeline else None
    try:
        shots = places.shots(timeline, where)
    except EditRefused:
        return timeline.palette
    return next((clip.palette for clip in shots if clip.palette), timeline.palette)


def _chosen(clause: Clause, found: Sequence[Paint], now: Palette | None) -> list[Color]:
    """Return the colors asked for; what is added or wanted more of joins the strongest of those there."""
    plain = [each.colors[0] for each in found if not each.feeling]
    if len(plain) == 2 and now is not None and _exchanged(clause, found):
        kept = [
            each for each in now if color.distance(each, plain[0]) > _NEAR_HUE and color.tint(each).chroma > _COLORFUL
        ]
        return [plain[1], *sorted(kept, key=lambda each: -color.tint(each).chroma)[:1]]
    asked = plain or [each for one in found for each in one.colors]
    joins = clause.has("act", "add") or clause.has("measure", "bit") or clause.has("degree", "+")
    if joins and now is not None and not clause.has("act", "change") and len(asked) <= 2:
        strongest = sorted(now, key=lambda each: -color.tint(each).chroma)[:2]
        return [*asked, *strongest]
    return asked


def _exchanged(clause: Clause, found: Sequence[Paint]) -> bool:
    """Tell whether the second color takes the place of the first: ``replace the blue with orange``."""
    between = clause.items[found[0].at + 1 : found[-1].at]
    return clause.has("act", "change") and any(
        item.has("word", "into", "for") or item.has("act", "change") for item in between
    )


def _without(now: Palette, unwanted: Color) -> Palette:
    kept = [each for each in now if not _akin(each, unwanted)]
    if len(kept) == len(now):
        return now
    colorful = [each for each in kept if color.tint(each).chroma >= _COLORFUL]
    return palette.around(colorful or kept or ["#7f858d"])


def _akin(one: Color, other: Color) -> bool:
    """Tell whether two colors go by one name: near to the eye, or a darker and a lighter shade of one hue."""
    tints = color.tint(one), color.tint(other)
    if min(each.chroma for each in tints) < _COLORFUL:
        return False
    apart = abs(tints[0].hue - tints[1].hue) % math.tau
    return color.distance(one, other) <= _NEAR_HUE or min(apart, math.tau - apart) < _SAME_HUE


def _colors_meant(clause: Clause) -> bool:
    """Tell whether other colors are asked for, and not other pictures: ``these colors are right, swap the visuals``."""
    found = [at for at, item in enumerate(clause.items) if _changes(item) or item.has("word", "ugly", "dislike")]
    if not found:
        return False
    named = clause.all("thing", "palette", *_PICTURES)
    after = [at for at in named if at > found[0]]
    meant = after[0] if after else named[-1]
    while meant + 1 in named or (meant + 2 in named and clause.items[meant + 1].said == "的"):
        # What is meant stands last: ``the picture colors``, ``画面的颜色``.
        meant += 1 if meant + 1 in named else 2
    same = any(item.has("reference", "same") for item in clause.items[max(meant - 2, 0) : meant])
    return clause.items[meant].has("thing", "palette") and not same


def _changes(item: Item) -> bool:
    return item.has("word", "another") or item.said.lower() in _CHANGING


def _fresh(now: Palette, talk: Talk) -> Palette:
    """Return the palette of another look: the next by name after the one there, so that asking again goes on."""
    names = list(looks())
    timeline = talk.situation.timeline
    start = names.index(timeline.look) if timeline and timeline.look in names else 0
    order = [looks()[names[(start + step) % len(names)]].palette for step in range(1, len(names) + 1)]
    return next((each for each in order if each != now and color.tint(each[2]).chroma > _COLORFUL), order[0])


# -- looks and scenes ------------------------------------------------------------------------------------------------


def _look(clause: Clause, talk: Talk, where: Where) -> None:
    tidied = [at for at in clause.all("look") if _tidied(clause.items[at], talk)]
    fewer = {clause.items[at].value("look") for at in clause.all("look") if _less(clause, at)}
    named = [at for at in clause.all("look") if clause.items[at].value("look") not in fewer and at not in tidied]
    if _of_last(clause, talk) or (tidied and not named):
        talk.heard += 1
        return
    scenes = [at for at in clause.all("scene") if all(kind in _SCENIC for kind, _ in clause.items[at].meanings)]
    feelings = [at for at in clause.all("mood") if (clause.items[at].value("mood") or "") in moods()]
    if talk.edits and clause.has("act", "hold") and clause.has("reference"):
        # ``but keep it subtle`` says how much, not what else to show.
        feelings = [at for at in feelings if not clause.items[at].has("degree")]
    now = talk.situation.timeline.look if talk.situation.timeline else ""
    unwanted = clause.has("act", "remove") and not clause.has("act", "add", "change")
    if named and not unwanted and not all(clause.items[at].negated for at in named):
        wanted = next(clause.items[at].value("look") for at in named if not clause.items[at].negated)
        talk.do(edits.SetLook(look=wanted, where=where), subject=Subject("look", name=wanted or ""))
    elif named and unwanted and now not in {clause.items[at].value("look") for at in named}:
        return
    elif named:
        talk.do(edits.SetLook(where=where), subject=Subject("look"))
    elif scenes:
        _scenes(clause, talk, where, scenes)
    elif feelings and not clause.used:
        _feel(clause, talk, where, feelings)
    elif _other_pictures(clause):
        whole_look = clause.all("thing", "look")
        edit = edits.SetLook(where=where) if whole_look else edits.ShowAnother(where=_shot(clause, talk, where))
        talk.do(edit, subject=Subject("look"))
    else:
        return
    for kind in ("look", "scene", "mood", "act", "effect"):
        clause.take_kind(kind)
    clause.take_kind("thing", "look", "picture", "shots", "video", "photo", "background", "effects", "palette")


def _shot(clause: Clause, talk: Talk, where: Where) -> Where:
    """Return the shot that is seen at a moment, where one is named: ``put another picture at 0:20``."""
    place = clause.place
    if place is None or not place.point or place.label or place.missing:
        return where
    at = place.stretches[0][0] - talk.stage.ahead(place.clock)
    seconds = talk.stage.seconds
    seen = tuple(clip.id for clip in talk.stage.shots if seconds(clip.start) <= at < seconds(clip.end))
    return Where(clips=seen, said=where.said) if seen else where


def _of_last(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says again, or how, of the last change: ``that picture is ugly, put another``."""
    last = talk.edits[-1] if talk.edits else None
    if isinstance(last, edits.ShowAnother):
        said = [item for item in clause.items if not (item.silent or item.mark or item.place or item.has("reference"))]
        return all(item.has("word", "another") or item.has("act", "change", "show", "swap-out") for item in said)
    # ``transitions not so fancy, simple`` says of them how they are to be.
    return isinstance(last, edits.SetTransition | edits.SetEffect) and _feelings_alone(clause)


def _tidied(item: Item, talk: Talk) -> bool:
    """Tell whether a word says what is left where something was just taken away: ``no grain, a clean picture``."""
    gone = edits.RemoveVisualizer | edits.RemoveEffect | edits.RemoveText | edits.RemoveOverlay
    return item.has("word", "tidy") and any(isinstance(edit, gone) for edit in talk.edits)


def _less(clause: Clause, at: int) -> bool:
    """Tell whether less of a look is wanted: ``less neon, more natural``."""
    return at > 0 and clause.items[at - 1].has("degree", "-")


def _feelings_alone(clause: Clause) -> bool:
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("measure"))]
    return bool(said) and all(item.has("mood") and not item.has("look") for item in said)


def _scenes(clause: Clause, talk: Talk, where: Where, places: Sequence[int]) -> None:
    worth: dict[str, float] = {}
    wanted = [at for at in places if not clause.items[at].negated]
    for at in wanted or places:
        # ``stars instead of mountains`` wants the stars alone.
        names = [value for kind, value in clause.items[at].meanings if kind == "scene"]
        for name in names:
            worth[name] = worth.get(name, 0.0) + 1 / len(names)
    exchanged = _exchanged_scene(clause, talk, places)
    if exchanged is not None:
        talk.do(exchanged, subject=Subject("scene", name=exchanged.scenes[0]))
        return
    best = max(worth.values())
    chosen = tuple(name for name, value in worth.items() if value >= 0.6 * best)[:4]
    if clause.negative and (clause.has("act", "remove") or all(clause.items[at].negated for at in places)):
        there = [name for name in worth if any(_shows(talk, name))]
        for name in there or chosen[:1]:
            talk.do(edits.RemoveScene(scene=name, where=where), subject=Subject("scene", name=name))
    else:
        talk.do(edits.ShowScenes(scenes=chosen, where=where), subject=Subject("scene", name=chosen[0]))


def _exchanged_scene(clause: Clause, talk: Talk, places: Sequence[int]) -> edits.ShowScenes | None:
    """Read ``replace the mountains with the sea``: the second scene is shown where the first one is."""
    between = clause.items[places[0] + 1 : places[-1]]
    led = any(item.has("word", "into", "for") or item.has("act", "change") for item in between)
    if len(places) != 2 or not clause.has("act", "change") or not led:
        return None
    old, new = ([v for kind, v in clause.items[at].meanings if kind == "scene"] for at in places)
    shots = tuple(clip.id for clip in talk.stage.shots if getattr(clip.source, "scene", None) in old)
    return edits.ShowScenes(scenes=tuple(new[:4]), where=Where(clips=shots))


def _shows(talk: Talk, scene: str) -> list[bool]:
    return [True for clip in talk.stage.shots if getattr(clip.source, "scene", None) == scene]


def _feel(clause: Clause, talk: Talk, where: Where, places: Sequence[int]) -> None:
    """Choose a look for moods, and a rhythm for lively and calm ones."""
    song_map = talk.situation.song_map
    known = moods()
    names = []
    for at in places:
        name = clause.items[at].value("mood") or ""
        unwanted = clause.items[at].negated or _felt_too_much(clause, at)
        names += [known[name].opposite or ""] if unwanted else [name]
    wanted = tuple(name for name in names if name)
    if song_map is not None and wanted:
        now = talk.situation.timeline.look if talk.situation.timeline else ""
        brief = Brief(moods=wanted, avoid=(now,), seed=talk.situation.brief.seed)
        suits = [each.name for each in looks().values() if set(wanted) & set(each.moods)]
        look = choose(brief, song_map).name
        if now not in suits:
            talk.do(edits.SetLook(look=look, where=where), subject=Subject("look", name=look))
        elif not any(name in _SWIFT for name in wanted):
            talk.do(edits.ShowAnother(where=where), subject=Subject("look"))
    for name in wanted:
        if name in _SWIFT:
            talk.do(edits.CutDenser(factor=_SWIFT[name], where=where), subject=Subject("look"))


def _felt_too_much(clause: Clause, at: int) -> bool:
    """Tell whether a feeling is complained of: ``it's too sad``, ``feels a bit aggressive``, ``太悲伤了``."""
    before = clause.items[max(at - 3, 0) : at]
    if any(item.has("act") and not (item.silent or item.has("act", "also")) for item in before) or clause.items[
        at
    ].said.lower().endswith("er"):
        return False
    slightly = any(item.has("measure", "bit") for item in before) and any(
        item.has("word", "complaint") for item in before
    )
    return any(item.has("measure", "too") for item in before) or (slightly and before[0].said.isascii())


def _other_pictures(clause: Clause) -> bool:
    """Tell whether something else is to be shown: ``other pictures``, ``another style``, ``换个画面``."""
    things = clause.all("thing", "look", "picture", "shots", "photo", "background", "video")
    another = clause.has("word", "another") or (clause.has("act", "swap-out") and clause.place is not None)
    another = another or any(item.said in ("换个", "换一个", "换一种", "换一批", "换") for item in clause.items)
    shown = clause.all("thing", "shots", "picture", "photo") or (clause.place is not None and clause.place.clips)
    shot = (
        bool(shown)
        and bool(clause.all("act", "change", "swap-out"))
        and not (degrees.of_any(clause) or clause.has("praise"))
    )
    disliked = any(clause.items[at].negated for at in clause.all("thing", "look"))
    disliked = disliked or bool(clause.all("thing", *_PICTURES) and clause.has("word", "dislike", "ugly"))
    kept = clause.all("thing", "palette") and clause.has("reference", "same")
    others = kept and (clause.has("word", "another") or clause.has("reference", "other-one"))
    named = things or (clause.place is not None and clause.place.clips and not any(item.asset for item in clause.items))
    another = bool(named) and another
    return bool(another or others) or disliked or (shot and not clause.unknown())
