"""Effects on the pictures: put on, made stronger, taken off, confined to a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.places import Place
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Where

_STEP = 1.6
_USUAL, _LIGHT, _STRONG = 0.5, 0.25, 0.85
_SOME = ("some", "a bit of", "a little", "a touch of", "来点", "加点", "一点")
_INSTEAD = ("换成", "换", "改成", "换作", "改用")
_FLASH_S = Fraction(1)
_PERCENT = 100
_WHILE = ("的时候", "时", "期间", "里", "里面", "当中")
"""How places end that something is seen in, and not after: ``副歌的时候才出现``."""
_STRETCHED = ("段", "部分", " part", " section", " bit")
"""How places end that are no moments: ``结尾那段``."""


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of effects."""
    found = clause.all("effect")
    if found and all(clause.items[at].has("look") for at in found) and _as_look(clause) and not _laid(clause, talk):
        return
    back = talk.subject if talk.subject is not None and talk.subject.kind == "effect" else None
    general = clause.all("thing", "effects")
    removing = clause.has("act", "remove", "vanish")
    names = _named(clause, talk, found)
    if not names and general and (removing or any(clause.items[at].negated for at in general)):
        talk.do(*_all_effects(clause, talk), subject=Subject("effect"))
        talk.heard += 1
        clause.take_kind("thing", "effects")
        clause.take_kind("act")
        return
    just = bool(talk.edits) and isinstance(talk.edits[-1], edits.SetEffect)
    if not names and back and _about_it(clause, just=just):
        names = [(name, False) for name in _just_laid(clause, talk)] or [(back.name, False)]
    elif not names and general and degrees.of(clause, ("", "amount", "size", "saturation")):
        names = [(name, False) for name in _there(talk)]
    names = _exchange(clause, _felt(clause, talk, names, back), found, back)
    # ``very light film grain``
    clause.take(*(at - 1 for at in found if at and clause.items[at - 1].has("degree", "brightness+", "brightness-")))
    told = any(name in _there(talk) for name, _ in names) and _only_told(clause)
    if told or _alone(clause, talk, names):
        return
    milder = not found and not removing and degrees.of(clause, ("amount",))
    unwanted = removing or (not found and clause.negative and not milder)
    for name, negated in dict.fromkeys(names):
        if unwanted or negated:
            talk.do(edits.RemoveEffect(effect=name, where=spread(clause)), subject=Subject("effect", name=name))
            talk.verb = "remove"
        else:
            _put(clause, talk, name)
    if names:
        for kind in ("effect", "motion", "act", "reference", "sync", "unit"):
            clause.take_kind(kind)
        clause.take_kind("thing", "effects", "picture", "video")
        clause.take_kind("dimension", "amount")
        clause.take(*(each.at for each in degrees.of(clause, ("", "amount", "size", "opacity", "saturation", "pace"))))
        clause.take_kind("mood", "muted")
        clause.take(*(at for at, _ in degrees.amounts(clause, "percent", "factor", "beat", "bar")))


def _just_laid(clause: Clause, talk: Talk) -> list[str]:
    """Return the effects of the last change where several are spoken of: ``remove them both``."""
    if not clause.has("reference", "both") or not talk.situation.past:
        return []
    return [edit.effect for edit in talk.situation.past[-1].edits if isinstance(edit, edits.SetEffect)]


def _named(clause: Clause, talk: Talk, found: Sequence[int]) -> list[tuple[str, bool]]:
    """Return the effects that a clause names, and whether they are not wanted."""
    names = [(clause.items[at].value("effect") or "", clause.items[at].negated) for at in found]
    return names + _called_a_look(clause, talk, found) + _in_time(clause, found)


def _felt(clause: Clause, talk: Talk, names: list[tuple[str, bool]], back: Subject | None) -> list[tuple[str, bool]]:
    """Return the effect of the last change where too much is felt of one that is not there: a flash that shakes."""
    felt = clause.has("measure", "too", "over", "excess") and not clause.has("act", "add", "show")
    if not felt or not names or {name for name, _ in names} & {*_there(talk)}:
        return names
    return [(back.name, False)] if back is not None else []


def _exchange(
    clause: Clause, names: list[tuple[str, bool]], found: Sequence[int], back: Subject | None
) -> list[tuple[str, bool]]:
    """Return the effects with that one unwanted whose place another takes: ``swap it for a shake``."""
    if _exchanged(clause, found):
        return [(names[0][0], True), *names[1:]]
    other = back is not None and len(names) == 1 and names[0][0] != back.name
    taken = clause.has("reference", "it") or any(item.said in _INSTEAD for item in clause.items)
    if back is not None and other and clause.has("act", "change") and taken:
        return [(back.name, True), *names]
    return names


def _called_a_look(clause: Clause, talk: Talk, found: Sequence[int]) -> list[tuple[str, bool]]:
    """Return the effects there that are called as a look is: ``录像带那个效果不要了``."""
    if found or not (clause.negative or degrees.of(clause, ("amount", "")) or clause.has("measure", "too", "over")):
        return []
    there = _there(talk)
    looks = [at for at in clause.all("look") if clause.items[at].value("look") in there]
    clause.take(*looks)
    return [(clause.items[at].value("look") or "", clause.items[at].negated) for at in looks]


def _alone(clause: Clause, talk: Talk, names: Sequence[tuple[str, bool]]) -> bool:
    """Read which of the effects there alone are to stay: ``only keep the grain``, ``特效只留颗粒``."""
    kept = {name for name, negated in names if not negated}
    others = [name for name in _there(talk) if name not in kept]
    stays = clause.has("act", "only") and clause.has("act", "hold", "keep") and clause.place is None
    if not (stays and others and kept and kept <= set(_there(talk)) and clause.all("effect")):
        return False
    talk.do(*(edits.RemoveEffect(effect=name) for name in others), subject=Subject("effect", name=min(kept)))
    clause.take_all()
    return True


def _in_time(clause: Clause, found: Sequence[int]) -> list[tuple[str, bool]]:
    """Return the zoom that beats with the music: ``画面跟着鼓点放大``, ``zoom in a little on each kick``."""
    timed = (
        clause.all("sync") or clause.all("unit", "beat", "bar", "backbeat") or degrees.amounts(clause, "beat", "bar")
    )
    others = ("visualizer", "form", "transition")
    other = any(item.has(kind) and not item.has("unit") for item in clause.items for kind in others)
    if found or other or not (timed and clause.all("motion")):
        return []
    if clause.all("thing", "cuts", "shots", "transitions", "text", "title", "caption", "lyric", "artist"):
        return []
    return [("zoom-punch", clause.negative)]


def _only_told(clause: Clause) -> bool:
    """Tell whether a clause only tells something of an effect: ``the strobe reminds me of school``."""
    asks = ("act", "degree", "measure", "negator", "dimension", "mood", "look", "sync", "whole")
    asked = any(clause.has(kind) for kind in asks) or clause.place is not None
    return bool(clause.unknown()) and not asked and not any(item.quantity is not None for item in clause.items)


def _put(clause: Clause, talk: Talk, name: str) -> None:
    if clause.has("act", "hold", "keep") and clause.place is not None and clause.place.outside and name in _there(talk):
        # To keep it except in a place is to have none there.
        there = replace(clause.place, outside=False).where()
        talk.do(edits.RemoveEffect(effect=name, where=there), subject=Subject("effect", name=name))
        return
    if clause.has("act", "only", "move") and clause.place is not None:
        confine(clause.place, talk, name)
    edit = _effect(clause, talk, name, grown=_degree_of(clause, name))
    if edit.amount_by is not None and not clause.has("effect"):
        # ``the grain is too strong, make it subtler`` says the same twice.
        talk.undo_alike(edits.SetEffect, edit.where, lambda each: each.effect == name and each.amount_by is not None)
    talk.do(edit, subject=Subject("effect", name=name))


def _all_effects(clause: Clause, talk: Talk) -> list[edits.RemoveEffect]:
    """Return the removal of all effects, or of those there but the ones that are to stay."""
    kept = {item.value("effect") for item in clause.items if item.spared}
    if clause.has("word", "another") or clause.has("whole", "rest"):
        kept |= {edit.effect for edit in talk.edits if isinstance(edit, edits.SetEffect)}
    if not kept - {None}:
        return [edits.RemoveEffect(where=spread(clause))]
    return [edits.RemoveEffect(effect=name, where=spread(clause)) for name in _there(talk) if name not in kept]


def confine(place: Place, talk: Talk, name: str) -> None:
    """Take an effect that is there away from everywhere but a place: ``grain only in the chorus``."""
    if name in _there(talk) and not (place.whole or place.missing):
        elsewhere = replace(place, outside=not place.outside).where()
        if place.point:
            lasts = tuple(edits.Stretch(start=low, end=low + _FLASH_S) for low, _ in place.stretches)
            elsewhere = elsewhere.evolve(stretches=lasts)
        talk.do(edits.RemoveEffect(effect=name, where=elsewhere))


def _exchanged(clause: Clause, found: Sequence[int]) -> bool:
    """Tell whether the second of two effects takes the place of the first: ``replace the grain with vhs``."""
    if len(found) != 2 or not clause.has("act", "change"):
        return False
    between = clause.items[found[0] + 1 : found[1]]
    return any(item.has("word", "into", "for") or item.has("act", "change") for item in between)


def _laid(clause: Clause, talk: Talk) -> bool:
    """Tell whether an effect that is there is spoken of: ``keep the vhs``."""
    spoken = clause.has("act", "hold", "only", "remove") or clause.has("negator")
    spoken = spoken or clause.has("measure", "too", "excess") or clause.has("word", "overdone")
    return spoken and any(clause.has("effect", name) for name in _there(talk))


def _as_look(clause: Clause) -> bool:
    """Tell whether a word such as VHS means the whole look here, not the filter."""
    put = (
        degrees.of(clause, ("amount", ""))
        or degrees.amounts(clause, "percent", "factor")
        or clause.has("act", "add", "remove")
        or clause.has("negator")
        or clause.has("thing", "effects")
        or any(clause.items[at - 1].said.lower() in _SOME for at in clause.all("effect") if at)
    )
    return clause.has("thing", "look") or (not (put or _one(clause)) and clause.place is None)


def _one(clause: Clause) -> bool:
    """Tell whether an effect is called one thing of several: ``put a glitch on it``, but not ``a glitch video``."""
    after = (at for at in clause.all("effect") if at and clause.items[at - 1].said.lower() in ("a", "one"))
    return any(not any(item.has("thing") for item in clause.items[at + 1 : at + 2]) for at in after)


def _so_much(clause: Clause) -> bool:
    """Tell whether a clause says nothing but how much: ``add a little``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("act", "add", "again"))]
    return bool(said) and all(item.has("measure") for item in said)


def _about_it(clause: Clause, *, just: bool) -> bool:
    """Tell whether a clause that names nothing goes on with the effect spoken of, in this message where ``just``."""
    if any(clause.has(kind) for kind in ("thing", "visualizer", "scene", "look", "foreign", "position")):
        return False
    if clause.has("dimension") and not clause.has("dimension", "amount", "opacity", "pace"):
        return False
    if degrees.of(clause, ("amount",)) or clause.all("dimension", "amount"):
        return True
    if (just and degrees.amounts(clause, "factor", "percent")) or (clause.has("act", "add") and _so_much(clause)):
        return True
    if those(clause):
        return True
    removed = clause.has("act", "remove") and (clause.place is None or clause.has("reference"))
    there = clause.has("reference") and clause.place is not None and not degrees.of(clause, ("pace",))
    return (removed and not clause.unknown()) or there


def those(clause: Clause) -> bool:
    """Tell whether that in a place is to stay of what was spoken of: ``only keep the one in it``, ``只留副歌的``."""
    said = [item for item in clause.items if not item.mark]
    meant = clause.has("reference", "one") or (bool(said) and said[-1].said == "的")
    stays = clause.has("act", "only") and clause.has("act", "hold", "keep")
    return meant and stays and clause.place is not None and not clause.all("thing")


def _there(talk: Talk) -> list[str]:
    return list(dict.fromkeys(effect.name for clip in talk.stage.shots for effect in clip.effects))


def _degree_of(clause: Clause, name: str) -> list[degrees.Degree]:
    """Return how much an effect is to grow: of several, each by the word before it (``less shake more grain``)."""
    pale = () if clause.has("thing", "palette") else ("saturation", "opacity")
    grown = degrees.of(clause, ("amount", "", "size", *pale))
    if (not grown and clause.has("mood", "muted")) or (not grown and clause.has("measure", "too")):
        grown = [degrees.Degree("amount", -1, degrees.strength(clause), len(clause.items))]
    at = next((at for at, item in enumerate(clause.items) if item.has("effect", name)), 0)
    before = [each for each in grown if each.at < at]
    return before[-1:] if len(grown) > 1 and len(clause.all("effect")) > 1 and before else grown


def _effect(clause: Clause, talk: Talk, name: str, *, grown: list[degrees.Degree]) -> edits.SetEffect:
    where = _where_before(clause, talk, name) or _taken_over(clause, talk) or spread(clause)
    there = any(effect.name == name for clip in talk.stage.shots for effect in clip.effects)
    percent, factor = degrees.amounts(clause, "percent") or _bare_amount(clause), degrees.amounts(clause, "factor")
    if percent and (not there or degrees.absolute(clause, percent[0][0])):
        return edits.SetEffect(effect=name, amount=min(max(float(percent[0][1].value), 0.0), 1.0), where=where)
    if clause.has("measure", "most"):
        return edits.SetEffect(effect=name, amount=1.0, where=where)
    if there and (grown or percent or factor) and not clause.has("act", "add"):
        return edits.SetEffect(
            effect=name, amount_by=degrees.times(clause, grown[0].sign if grown else 1, step=_STEP), where=where
        )
    if there and clause.has("act", "again") and clause.has("measure", "bit"):
        return edits.SetEffect(effect=name, amount_by=degrees.times(clause, 1, step=_STEP), where=where)
    amount = _USUAL
    shaded = any(clause.items[at - 1].has("degree", "brightness+") for at in clause.all("effect", name) if at)
    if shaded or (clause.has("measure", "bit") and not grown) or (grown and grown[0].sign < 0):
        amount = _LIGHT
    elif grown and clause.has("measure", "bit"):
        amount = _USUAL
    elif grown or clause.has("measure", "lot"):
        amount = _STRONG
    return edits.SetEffect(effect=name, amount=amount, where=where)


def _bare_amount(clause: Clause) -> list[tuple[int, Quantity]]:
    """Return an amount without a unit as a share: ``at amount 0.6``, ``strength 60``."""
    if not clause.all("dimension", "amount"):
        return []
    found = [(at, each) for at, each in degrees.amounts(clause, "") if 0 <= each.value <= _PERCENT]
    return [(at, replace(each, value=each.value if each.value <= 1 else each.value / _PERCENT)) for at, each in found]


def _where_before(clause: Clause, talk: Talk, name: str) -> Where | None:
    """Return where an effect was just laid, where more is said of it: ``shake in the chorus, not too strong``."""
    if clause.place is not None or clause.has("effect"):
        return None
    return next(
        (one.where for one in talk.edits[::-1] if isinstance(one, edits.SetEffect) and one.effect == name), None
    )


def _taken_over(clause: Clause, talk: Talk) -> Where | None:
    """Return where the effect is whose place another takes: ``swap the glitch for a shake``."""
    last = talk.edits[-1] if talk.edits else None
    if not isinstance(last, edits.RemoveEffect) or clause.place is not None or not clause.has("act", "change"):
        return None
    shots = tuple(clip.id for clip in talk.stage.shots if any(each.name == last.effect for each in clip.effects))
    return Where(clips=shots) if 0 < len(shots) < len(talk.stage.shots) else None


def _from_then(clause: Clause, place: Place) -> bool:
    """Tell whether something comes at a moment and then stays: ``频谱等到副歌再出来``, ``waits for the chorus``."""
    if not place.stretches or place.outside or place.span:
        return False
    fades = clause.has("thing", "fade") and any(item.said.lower() == "in" for item in clause.items)
    comes = (fades or clause.has("word", "appears") or clause.has("fade", "in")) and not clause.negative
    waits = clause.has("word", "wait") or (place.open == "until" and place.said.startswith("等"))
    return waits or (comes and place.open in ("", "until") and not place.said.endswith(_WHILE))


def spread(clause: Clause) -> Where:
    """Return where something is laid; a moment lasts a second."""
    place = clause.place
    if place is None or place.missing:
        return Where()
    if _from_then(clause, place):
        low = place.stretches[0][1 if place.open == "until" else 0]
        return Where(stretches=(edits.Stretch(start=low),), clock=place.clock, said=place.said[:200])
    said = [item.quantity.value for item in clause.items if item.quantity and item.quantity.unit == "second"]
    if place.said.endswith(_STRETCHED) and place.point:
        return place.where()
    if place.point or (said and not clause.has("transition") and not place.outside and not place.whole):
        lasts = said[0] if said else _FLASH_S
        stretches = tuple(edits.Stretch(start=low, end=low + lasts) for low, _ in place.stretches)
        return Where(stretches=stretches, clock=place.clock, said=place.said[:200])
    return place.where()
