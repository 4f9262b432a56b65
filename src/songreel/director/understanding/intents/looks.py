"""Looks, scenes, moods, palette and grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songreel.base.errors import EditRefused
from songreel.director import color, palette
from songreel.director.look import choose, looks, moods
from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.paint import Paint
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import places
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.document import Color
from songreel.model.edit import Where
from songreel.model.timeline import Grade, Palette

_ADDED = {"brightness": 0.14, "warmth": 0.28}
_TIMES = {"contrast": 1.22, "saturation": 1.35}
_RANGES = {"contrast": (0, 2), "saturation": (0, 2), "brightness": (-0.5, 0.5), "warmth": (-1, 1)}
"""Numbers of a grade that are read as they are said; larger ones may be shares of a hundred."""
_TONES = {
    "warm": ("warmth", 1), "cool": ("warmth", -1), "dark": ("brightness", -1), "bright": ("brightness", 1),
    "vivid": ("saturation", 1), "muted": ("saturation", -1),
}  # fmt: skip
_SWIFT = {"energetic": 1.5, "aggressive": 2.0, "calm": 0.5, "dreamy": 0.67}
_SCENIC = ("scene", "color", "mood")
"""What a word may mean besides a scene; words of every day call none."""
_TEXTURE, _LESS_COLOR = 0.3, 0.88
_NEAR_HUE = 0.22
_COLORFUL = 0.05


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
    where = Where() if place is None or place.missing else clause.where()
    _textured(clause, talk, where)
    _colorless(clause, talk, where)
    _palette(clause, talk, where)
    if not _set_to(clause, talk, where):
        _grade(clause, talk, where)
    _look(clause, talk, where)
    if len(talk.edits) > before:
        talk.only_there(place, before)
        clause.take_place()


def _textured(clause: Clause, talk: Talk, where: Where) -> None:
    """Give pictures that are found too smooth some grain, and less color: ``it looks plastic``, ``要有质感``."""
    if not clause.all("feel"):
        return
    smoother = any(clause.items[at].has("feel", "smooth") and clause.items[at].negated for at in clause.all("feel"))
    wanted = not smoother or clause.has("measure", "too")
    if wanted:
        grain = edits.SetEffect(effect="grain", amount=_TEXTURE, where=where)
        talk.do(grain, edits.AdjustGrade(saturation=_LESS_COLOR, where=where), subject=Subject("effect", name="grain"))
    clause.take(*range(len(clause.items)))


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


# -- grade -----------------------------------------------------------------------------------------------------------


def _colorless(clause: Clause, talk: Talk, where: Where) -> None:
    grey, tones = clause.all("grey"), [clause.items[at].value("tone") for at in clause.all("tone")]
    subject = Subject("grade", name="saturation")
    if grey and not (clause.items[grey[0]].negated or clause.has("act", "remove")):
        talk.do(edits.AdjustGrade(saturation=0, where=where), subject=subject)
    elif ("none" in tones or _colored_there(clause)) and any(_greyed(edit, where) for edit in talk.edits):
        talk.heard += 1
    elif grey or "none" in tones:
        talk.do(edits.SetGrade(grade=_now(talk).evolve(saturation=1), where=where), subject=subject)
    elif "neutral" in tones:
        talk.do(edits.SetGrade(grade=Grade(), where=where), subject=Subject("grade"))
    else:
        return
    for kind in ("grey", "tone", "look", "act", "color"):
        clause.take_kind(kind)
    clause.take_kind("thing", "palette", "picture", "look", "video")


def _colored_there(clause: Clause) -> bool:
    """Tell whether a place is to have its colors: ``black and white in the verses, color in the chorus``."""
    said = ("degree", "color", "mood", "look", "act")
    there = clause.place is not None or clause.has("word", "then")
    return bool(clause.all("thing", "palette")) and there and not any(map(clause.has, said))


def _greyed(edit: edits.Edit, where: Where) -> bool:
    """Tell whether only another part of the video has just been made grey, so that this one has its colors."""
    if not isinstance(edit, edits.AdjustGrade) or edit.saturation != 0:
        return False
    return not edit.where.everywhere and edit.where != where


def _now(talk: Talk) -> Grade:
    return talk.situation.timeline.grade if talk.situation.timeline else Grade()


def _set_to(clause: Clause, talk: Talk, where: Where) -> bool:
    """Set qualities to the numbers that stand behind them: ``contrast to 1.2``, ``饱和度设为0.8``."""
    said: dict[str, float] = {}
    taken: list[int] = []
    for at in clause.all("dimension", *_RANGES):
        quality = clause.items[at].value("dimension") or ""
        for place in range(at + 1, min(at + 4, len(clause.items))):
            quantity = clause.items[place].quantity
            if quantity is not None:
                low, high = _RANGES[quality]
                bare = quantity.kind == "amount" and not quantity.unit and low <= quantity.value <= high
                between = clause.items[at + 1 : place]
                led = any(item.has("word", "to", "into", "at") or item.has("act", "change") for item in between)
                if bare and (led or place == at + 1) and not degrees.of_any(clause):
                    said[quality] = float(quantity.value)
                    taken += [at, place]
                break
    if not said:
        return False
    grade = next((edit.grade for edit in reversed(talk.edits) if isinstance(edit, edits.SetGrade)), _now(talk))
    talk.edits = [edit for edit in talk.edits if not (isinstance(edit, edits.SetGrade) and edit.where == where)]
    talk.do(edits.SetGrade(grade=grade.evolve(**said), where=where), subject=Subject("grade", name=next(iter(said))))
    clause.take(*taken)
    clause.take_kind("act")
    clause.take_kind("thing", "palette", "picture", "video", "look")
    return True


def _grade(clause: Clause, talk: Talk, where: Where) -> None:
    said: dict[str, float] = {}
    found = degrees.of(clause, (*_ADDED, *_TIMES))
    if not found and clause.all("thing", "palette"):
        found = [replace(each, quality="saturation") for each in degrees.of(clause, ("volume",))]
    for each in found:
        said[each.quality] = _step(clause, each.quality, each.sign, usual=said.get(each.quality))
    clause.take(*(each.at for each in found))
    for at in clause.all("mood"):
        tone = _TONES.get(clause.items[at].value("mood") or "")
        if tone and tone[0] not in said:
            said[tone[0]] = _step(clause, tone[0], -tone[1] if clause.items[at].negated else tone[1])
            clause.take(at)
    named = [clause.items[at].value("dimension") or "" for at in clause.all("dimension", *_ADDED, *_TIMES)]
    bare = degrees.of(clause, ("", "size", "amount")) if named else []
    if bare and not said:
        said |= {name: _step(clause, name, bare[0].sign) for name in named}
        clause.take(*(each.at for each in bare))
    elif named and (clause.has("act", "add") or clause.negative) and degrees.amounts(clause, "percent"):
        said |= {name: _step(clause, name, -1 if clause.negative else 1) for name in named}
    elif named and not said and (percent := degrees.amounts(clause, "percent", "factor")):
        said |= {name: _level(float(percent[0][1].value), name) for name in named}
    if (
        clause.all("thing", "palette")
        and not said
        and (bare := degrees.of(clause, ("", "amount")))
        and not paint.of(clause)
    ):
        said["saturation"] = _step(clause, "saturation", bare[0].sign)
        clause.take(*(each.at for each in bare))
    if said:
        _do_grade(clause, talk, where, said)


def _do_grade(clause: Clause, talk: Talk, where: Where, said: dict[str, float]) -> None:
    edit = edits.AdjustGrade(**said, where=where)
    talk.undo_alike(edits.AdjustGrade, where, lambda each: _alike(each, edit))
    talk.do(edit)
    talk.subject = Subject("grade", name=next(iter(said)))
    clause.take_kind("dimension", *_ADDED, *_TIMES)
    clause.take_kind("thing", "palette", "picture", "video", "look", "shots")
    clause.take_kind("act")
    clause.take(*(at for at, _ in degrees.amounts(clause, "percent", "factor")))


def _alike(one: edits.AdjustGrade, other: edits.AdjustGrade) -> bool:
    neutral = edits.AdjustGrade()
    names = (*_ADDED, *_TIMES)
    return all((getattr(one, n) == getattr(neutral, n)) == (getattr(other, n) == getattr(neutral, n)) for n in names)


def _step(clause: Clause, quality: str, sign: int, *, usual: float | None = None) -> float:
    if usual is not None:
        return usual
    strength = degrees.strength(clause)
    percent = degrees.amounts(clause, "percent", "factor") or _of_hundred(clause)
    if quality in _ADDED:
        by = float(percent[0][1].value) if percent else _ADDED[quality] * min(strength, 2.5)
        if percent and percent[0][1].kind == "factor":
            by = 0.5
        return round(max(min(sign * by, 2), -2), 4)
    if percent:
        share = float(percent[0][1].value)
        return round(share if percent[0][1].kind == "factor" else max(1 + sign * share, 0), 4)
    return round(float(_TIMES[quality] ** (sign * strength)), 4)


def _of_hundred(clause: Clause) -> list[tuple[int, Quantity]]:
    """Return a bare number behind a quality as a share of a hundred: ``brightness down 10``."""
    found = degrees.amounts(clause, "") if clause.all("dimension") and clause.place is None else []
    return [(at, Quantity(one.value / 100, "percent")) for at, one in found if 1 < one.value <= 100]


def _level(value: float, quality: str) -> float:
    return value - 1 if quality in _ADDED else value


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
    elif now is not None and clause.all("thing", "palette") and (_another(clause) or clause.has("word", "ugly")):
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
    kept = [each for each in now if color.distance(each, unwanted) > _NEAR_HUE or color.tint(each).chroma < _COLORFUL]
    if len(kept) == len(now):
        return now
    colorful = [each for each in kept if color.tint(each).chroma >= _COLORFUL]
    return palette.around(colorful or kept or ["#7f858d"])


def _another(clause: Clause) -> bool:
    said = {item.said.lower() for item in clause.items}
    return clause.has("word", "another") or bool(
        said & {"change", "swap", "replace", "switch", "换", "换个", "换一个", "换一种", "换一下"}
    )


def _fresh(now: Palette, talk: Talk) -> Palette:
    """Return the palette of another look: the next by name after the one there, so that asking again goes on."""
    names = list(looks())
    timeline = talk.situation.timeline
    start = names.index(timeline.look) if timeline and timeline.look in names else 0
    order = [looks()[names[(start + step) % len(names)]].palette for step in range(1, len(names) + 1)]
    return next((each for each in order if each != now and color.tint(each[2]).chroma > _COLORFUL), order[0])


# -- looks and scenes ------------------------------------------------------------------------------------------------


def _look(clause: Clause, talk: Talk, where: Where) -> None:
    named = [at for at in clause.all("look") if not _less(clause, at)]
    if talk.edits and isinstance(talk.edits[-1], edits.SetTransition | edits.SetEffect) and _feelings_alone(clause):
        # ``transitions not so fancy, simple`` says of them how they are to be.
        talk.heard += 1
        return
    scenes = [at for at in clause.all("scene") if all(kind in _SCENIC for kind, _ in clause.items[at].meanings)]
    feelings = [at for at in clause.all("mood") if (clause.items[at].value("mood") or "") in moods()]
    if talk.edits and clause.has("act", "hold") and clause.has("reference"):
        # ``but keep it subtle`` says how much, not what else to show.
        feelings = [at for at in feelings if not clause.items[at].has("degree")]
    if named and not all(clause.items[at].negated for at in named):
        wanted = next(clause.items[at].value("look") for at in named if not clause.items[at].negated)
        talk.do(edits.SetLook(look=wanted, where=where), subject=Subject("look", name=wanted or ""))
    elif named:
        talk.do(edits.SetLook(where=where), subject=Subject("look"))
    elif scenes:
        _scenes(clause, talk, where, scenes)
    elif feelings and not clause.used:
        _feel(clause, talk, where, feelings)
    elif _other_pictures(clause):
        whole_look = clause.all("thing", "look")
        edit = edits.SetLook(where=where) if whole_look else edits.ShowAnother(where=where)
        talk.do(edit, subject=Subject("look"))
    else:
        return
    for kind in ("look", "scene", "mood", "act", "effect"):
        clause.take_kind(kind)
    clause.take_kind("thing", "look", "picture", "shots", "video", "photo", "background", "effects", "palette")


def _less(clause: Clause, at: int) -> bool:
    """Tell whether less of a look is wanted: ``less neon, more natural``."""
    return at > 0 and clause.items[at - 1].has("degree", "-")


def _feelings_alone(clause: Clause) -> bool:
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("measure"))]
    return bool(said) and all(item.has("mood") and not item.has("look") for item in said)


def _scenes(clause: Clause, talk: Talk, where: Where, places: Sequence[int]) -> None:
    worth: dict[str, float] = {}
    for at in places:
        names = [value for kind, value in clause.items[at].meanings if kind == "scene"]
        for name in names:
            worth[name] = worth.get(name, 0.0) + 1 / len(names)
    best = max(worth.values())
    chosen = tuple(name for name, value in worth.items() if value >= 0.6 * best)[:4]
    if clause.negative and (clause.has("act", "remove") or all(clause.items[at].negated for at in places)):
        there = [name for name in worth if any(_shows(talk, name))]
        for name in there or chosen[:1]:
            talk.do(edits.RemoveScene(scene=name, where=where), subject=Subject("scene", name=name))
    else:
        talk.do(edits.ShowScenes(scenes=chosen, where=where), subject=Subject("scene", name=chosen[0]))


def _shows(talk: Talk, scene: str) -> list[bool]:
    return [True for clip in talk.stage.shots if getattr(clip.source, "scene", None) == scene]


def _feel(clause: Clause, talk: Talk, where: Where, places: Sequence[int]) -> None:
    """Choose a look for moods, and a rhythm for lively and calm ones."""
    song_map = talk.situation.song_map
    known = moods()
    names = []
    for at in places:
        name = clause.items[at].value("mood") or ""
        names += [known[name].opposite or ""] if clause.items[at].negated else [name]
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


def _other_pictures(clause: Clause) -> bool:
    """Tell whether something else is to be shown: ``other pictures``, ``another style``, ``换个画面``."""
    things = clause.all("thing", "look", "picture", "shots", "photo", "background", "video")
    another = clause.has("word", "another") or (clause.has("act", "swap-out") and clause.place is not None)
    another = another or any(item.said in ("换个", "换一个", "换一种", "换一批", "换") for item in clause.items)
    shown = clause.all("thing", "shots", "picture", "photo") or (clause.place is not None and clause.place.clips)
    shot = bool(shown) and bool(clause.all("act", "change")) and not (degrees.of_any(clause) or clause.has("praise"))
    disliked = any(clause.items[at].negated for at in clause.all("thing", "look"))
    return bool(things and another) or disliked or (shot and not clause.unknown())
