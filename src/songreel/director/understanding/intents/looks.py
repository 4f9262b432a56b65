"""Looks, scenes and moods; colors and grades in modules of their own."""

from __future__ import annotations

from collections.abc import Sequence

from songreel.director.look import choose, looks, moods
from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import colors, grades
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk, seen
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.edit import Where

_SWIFT = {"energetic": 1.5, "aggressive": 2.0, "calm": 0.5}
_SCENIC = ("scene", "color", "mood")
"""What a word may mean besides a scene; words of every day call none."""


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of the look of the pictures."""
    if clause.all("thing", "text", "title", "caption", "subtitle", "artist", "lyric"):
        return
    if _aside(clause) or _only_likened(clause, talk) or _was_better(clause, talk):
        return
    _purpose(clause, talk)
    if _of_colored_words(clause, talk):
        talk.heard += 1
        return
    before = len(talk.edits)
    place = clause.place
    where = clause.where()
    grades.textured(clause, talk, where)
    grades.colorless(clause, talk, where)
    colors.read(clause, talk, where)
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


def _only_likened(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only likens what was just asked for: ``warmer, like the evening sun``."""
    said = [item for item in clause.items if not (item.mark or item.joins)]
    likened = bool(said) and said[0].has("word", "like") and seen(talk.edits)
    if likened:
        clause.take_all()
        talk.heard += 1
    return likened


def _was_better(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only praises what was undone for: ``revert that, it looked better flat``."""
    undone = any(isinstance(edit, edits.Undo) for edit in talk.edits)
    better = undone and clause.has("word", "better") and clause.has("word", "complaint")
    talk.heard += better
    return better


def _purpose(clause: Clause, talk: Talk) -> None:
    """Leave out what something is for that was just asked for: ``black bars would make it more cinematic``."""
    led = [at for at, item in enumerate(clause.items) if item.has("word", "purpose")]
    if led and (seen(talk.edits) or clause.used):
        clause.take(*range(led[0], len(clause.items)))


def _aside(clause: Clause) -> bool:
    """Tell whether a clause is mostly about what nothing is known of, and asks for nothing: ``the sky is blue``."""
    asked = any(clause.has(kind) for kind in ("degree", "grey", "tone", "dimension", "thing", "negator"))
    asked = asked or clause.has("word", "wish")
    asked = asked or any(item.has("act") and not item.silent for item in clause.items)
    known = [item for item in clause.items if any(item.has(kind) for kind in ("scene", "look", "mood", "color"))]
    likened = next((at for at, item in enumerate(clause.items) if item.has("word", "like")), len(clause.items))
    strange = [item for item in clause.items[:likened] if item.unknown and not item.mark]
    # ``sepia, like an old postcard`` only likens the sepia.
    strange = strange if any(item in known for item in clause.items[:likened]) else clause.unknown()
    return not asked and len(strange) >= max(len(known), 1)


# -- looks and scenes ------------------------------------------------------------------------------------------------


def _look(clause: Clause, talk: Talk, where: Where) -> None:
    tidied = [at for at in clause.all("look") if _tidied(clause.items[at], talk)]
    named = [at for kind in ("look", "mood") for at in clause.all(kind)]
    aside = [at for at in named if _of_the_song(clause, at) or degrees.dismissed(clause, at)]
    clause.take(*aside)
    fewer = {clause.items[at].value("look") for at in clause.all("look") if _less(clause, at)}
    named = [at for at in clause.all("look") if clause.items[at].value("look") not in fewer and at not in tidied]
    if _of_last(clause, talk) or (tidied and not named):
        talk.heard += 1
        return
    scenes = [at for at in clause.all("scene") if all(kind in _SCENIC for kind, _ in clause.items[at].meanings)]
    feelings = _felt(clause)
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


def _felt(clause: Clause) -> list[int]:
    """Return where moods stand; ``有点催眠`` names none: it wants more to happen."""
    found = [at for at in clause.all("mood") if (clause.items[at].value("mood") or "") in moods()]
    urged = clause.has("word", "complaint")
    return [at for at in found if not (urged and clause.items[at].has("degree", "urge+"))]


def _of_the_song(clause: Clause, at: int) -> bool:
    """Tell whether a word says what song it is, not how the video is to look: ``too gloomy for a summer single``."""
    after = [item for item in clause.items[at + 1 : at + 3] if item.said != "的"]
    return bool(after) and (after[0].has("word", "tune") or after[0].has("thing", "song"))


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
    if isinstance(last, edits.ShowAnother) or (isinstance(last, edits.SetLook) and last.look is None):
        said = [item for item in clause.items if not (item.silent or item.mark or item.place or item.has("reference"))]
        said = [item for item in said if not (item.has("measure", "bit") or item.has("act", "only"))]
        said = [item for item in said if not (item.has("topic", "shots") or item.has("word", "in", "for"))]
        return all(item.has("word", "another") or item.has("act", "change", "show", "add", "swap-out") for item in said)
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
    said = [item for item in said if not (item.has("reference") or item.has("word", "wish") or item.has("turn"))]
    said = [item for item in said if not item.has("act", "show", "hold")]
    return bool(said) and all(item.has("mood") and not item.has("look") for item in said)


def _scenes(clause: Clause, talk: Talk, where: Where, places: Sequence[int]) -> None:
    worth: dict[str, float] = {}
    fewer = [at for at in places if any(_falls(item) for item in clause.items[max(at - 4, 0) : at])]
    wanted = [at for at in places if not clause.items[at].negated and at not in fewer]
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
    gone = not wanted and bool(fewer)
    denied = clause.has("act", "remove") or all(clause.items[at].negated for at in places)
    if gone or (clause.negative and denied):
        there = [name for name in worth if any(_shows(talk, name))]
        for name in there or chosen[:1]:
            talk.do(edits.RemoveScene(scene=name, where=where), subject=Subject("scene", name=name))
    else:
        talk.do(edits.ShowScenes(scenes=chosen, where=where), subject=Subject("scene", name=chosen[0]))


def _falls(item: Item) -> bool:
    return item.has("degree", "-") and not item.has("degree", "+")


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
    complained = all(_felt_too_much(clause, at) for at in places)
    if complained and seen(talk.edits):
        # ``paler colors, it is too flashy for this song`` says why.
        talk.heard += 1
        return
    wanted = tuple(name for name in names if name)
    if song_map is not None and wanted:
        now = talk.situation.timeline.look if talk.situation.timeline else ""
        brief = Brief(moods=wanted, avoid=(now,), seed=talk.situation.brief.seed)
        suits = [each.name for each in looks().values() if set(wanted) <= set(each.moods)]
        suits = suits or [each.name for each in looks().values() if set(wanted) & set(each.moods)]
        look = choose(brief, song_map).name
        if now not in suits:
            chosen = edits.SetLook(look=look, where=where)
            talk.felt = chosen if complained else talk.felt
            talk.do(chosen, subject=Subject("look", name=look))
        elif not any(name in _SWIFT for name in wanted):
            others = edits.ShowAnother(where=where)
            talk.felt = others if complained or clause.has("measure", "lacking") else talk.felt
            talk.do(others, subject=Subject("look"))
    if swift := [_SWIFT[name] for name in wanted if name in _SWIFT]:
        most = max(swift, key=lambda factor: max(factor, 1 / factor))
        talk.do(edits.CutDenser(factor=most, where=where), subject=Subject("look"))


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


def _elsewhere(clause: Clause) -> bool:
    """Tell whether a part is to have something else, and no more is said: ``something different for the intro``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("word", "of", "for", "another"))]
    said = [item for item in said if not (item.has("act", "add", "show", "change") or item.has("word", "wish"))]
    return bool(said) and all(item.place is not None and bool(item.place.label) for item in said)


def _other_pictures(clause: Clause) -> bool:
    """Tell whether something else is to be shown: ``other pictures``, ``another style``, ``换个画面``."""
    if clause.has("unit") and clause.has("word", "every", "per"):
        # ``every second bar a new picture`` is a rhythm.
        return False
    things = clause.all("thing", "look", "picture", "shots", "photo", "background", "video")
    another = clause.has("word", "another") or (clause.has("act", "swap-out") and clause.place is not None)
    another = another or any(item.said in ("换个", "换一个", "换一种", "换一批", "换") for item in clause.items)
    shown = clause.all("thing", "shots", "picture", "photo") or (clause.place is not None and clause.place.clips)
    shot = (
        bool(shown)
        and bool(clause.all("act", "change", "swap-out", negated=False))
        and not (degrees.of_any(clause) or clause.has("praise"))
    )
    disliked = any(clause.items[at].negated for at in clause.all("thing", "look"))
    disliked = disliked or bool(clause.all("thing", *colors.PICTURES) and clause.has("word", "dislike", "ugly"))
    kept = clause.all("thing", "palette") and clause.has("reference", "same")
    others = kept and (clause.has("word", "another") or clause.has("reference", "other-one"))
    named = things or (clause.place is not None and clause.place.clips and not any(item.asset for item in clause.items))
    another = bool(named or _elsewhere(clause)) and another
    return bool(another or others) or disliked or (shot and not clause.unknown())
