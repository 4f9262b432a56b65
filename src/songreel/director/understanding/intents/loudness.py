"""How loud the song is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import fades
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Where

_STEP = 1.3
_LOUDEST = 2.0
_THERE = ("in ", "during ", "for ", "from ", "until ", "till ", "at ", "over ", "after ", "before ", "在", "从")


_SUBJECT = Subject("volume")


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of the song's loudness."""
    if clause.all("act", "mute") and talk.edits and isinstance(talk.edits[-1], edits.SetPalette):
        # ``the green is too loud, mute it a little``
        talk.heard += 1
        return
    aside = clause.has("effect") or clause.has("transition") or _of_colors(clause) or _of_dress(clause, talk)
    loud = [] if aside else degrees.of(clause, ("volume",))
    decibels = degrees.amounts(clause, "db")
    heard = 0 if aside else _heard(clause)
    spoken = bool(
        clause.all("thing", "song") or clause.all("dimension", "volume") or clause.all("act", "mute", "unmute")
    )
    back = talk.subject is not None and talk.subject.kind == "volume" and not clause.all("thing") and not spoken
    faded = bool(talk.edits) and isinstance(talk.edits[-1], edits.FadeSong | edits.FadePicture)
    if faded and clause.has("word", "needless"):
        # ``只要画面淡出，音乐不用``
        talk.heard += 1
        clause.take_all()
        return
    if clause.all("act", "mute") and clause.all("act", "begin"):
        talk.do(edits.FadeSong(in_s=fades.USUAL_S), subject=Subject("fade"))
        clause.take_kind("act")
        return
    if (
        clause.all("fade")
        or clause.all("thing", "fade")
        or not (loud or decibels or spoken or heard or (back and _amount_said(clause)))
    ):
        return
    counted = degrees.amounts(clause, "percent", "factor", "db")
    found = _hearable(heard) if heard and not counted else None
    edit = found or _level(clause, loud, decibels, spoken=spoken or back)
    if edit is None:
        return
    clause.take_kind("thing", "song")
    clause.take_kind("dimension", "volume")
    clause.take_kind("degree")
    clause.take_kind("act", "mute", "unmute")
    _say(clause, talk, edit)


def _heard(clause: Clause) -> int:
    """Return 1 where the song cannot be heard, -1 where it hurts; 0 where nothing is said of either."""
    if clause.question or clause.place is not None or clause.all("thing", "text", "title", "cuts", "shots"):
        return 0
    return int(clause.has("word", "unheard")) - int(clause.has("word", "deafening"))


def _hearable(sign: int) -> edits.SetVolume:
    """Return a step that can be heard well, up or down."""
    return edits.SetVolume(by=round(_STEP ** (2 * sign), 4))


def _of_dress(clause: Clause, talk: Talk) -> bool:
    """Tell whether ``softer`` is said of an effect or a transition that was just spoken of, not of the song."""
    dressed = talk.subject is not None and talk.subject.kind in ("effect", "transition", "visualizer")
    told = bool(talk.edits) and dressed
    return told and not clause.all("thing", "song") and not clause.all("dimension", "volume")


def _of_colors(clause: Clause) -> bool:
    """Tell whether colors are what is loud."""
    # ``everything`` is what is heard as well.
    pictured = [at for at in clause.all("thing", "picture") if not clause.items[at].has("ignored")]
    colored = pictured or clause.all("thing", "palette", "look") or clause.has("color")
    return bool(colored) and not clause.all("thing", "song") and not clause.all("dimension", "volume")


def _say(clause: Clause, talk: Talk, edit: edits.SetVolume) -> None:
    place = clause.place
    if place is not None and place.missing:
        talk.no_place(place.missing)
        return
    if _as_before(clause, talk, edit):
        talk.heard += 1
        return
    if any(quantity.value > _LOUDEST for _, quantity in degrees.amounts(clause, "percent")):
        talk.cannot("loudest", most=f"{_LOUDEST:.0%}")
    where = _where(clause) if edit.volume == 0 else clause.where()
    talk.do(edit.evolve(where=_complained_of(clause, talk, edit) or where), subject=_SUBJECT)
    clause.take_place()


def _as_before(clause: Clause, talk: Talk, edit: edits.SetVolume) -> bool:
    """Tell whether the song is only to be as it is behind a part: ``40% in the intro, full volume after that``."""
    last = talk.edits[-1] if talk.edits else None
    placed = isinstance(last, edits.SetVolume) and not last.where.everywhere
    return placed and edit.volume == 1 and clause.place is None and clause.has("word", "then")


def _complained_of(clause: Clause, talk: Talk, edit: edits.SetVolume) -> Where | None:
    """Return where a step was asked for that an edit tells the size of, and take the step back.

    ``the song is too loud, take it down by a third`` and ``the last chorus louder, like 30% more`` are one change.
    """
    step = talk.edits[-1] if talk.edits else None
    if not isinstance(step, edits.SetVolume) or step.by is None or clause.place is not None:
        return None
    named = clause.has("thing", "song") or clause.has("dimension", "volume")
    if edit.volume == 0 or (edit.by is not None and (edit.by > 1) != (step.by > 1)):
        return None
    if named and not step.where.everywhere:
        return None
    talk.edits.pop()
    return step.where


def _where(clause: Clause) -> Where:
    """Return where the song is silent: from a moment on, or for as long as is said: ``开头静默两秒``."""
    place = clause.place
    if place is None or not place.point or place.missing or not place.stretches or place.label:
        return clause.where()
    low = place.stretches[0][0]
    lasts = degrees.amounts(clause, "second")
    if lasts:
        return replace(place, stretches=((low, low + abs(lasts[0][1].value)),), point=False).where()
    return replace(place, point=False, open="from").where() if low else clause.where()


def _amount_said(clause: Clause) -> bool:
    return bool(degrees.of(clause, ("", "size")) or degrees.amounts(clause, "percent", "factor"))


def _level(
    clause: Clause,
    loud: list[degrees.Degree],
    decibels: list[tuple[int, Quantity]],
    *,
    spoken: bool,
) -> edits.SetVolume | None:
    bare = degrees.of(clause, ("", "size", "brightness")) if spoken or decibels else []
    bare = [each for each in bare if each.quality != "brightness"]
    sign = (loud or bare)[0].sign if loud or bare else 0
    if clause.all("act", "unmute") or clause.all("act", "mute", negated=True):
        return edits.SetVolume(volume=1)
    if decibels:
        return _by_decibels(clause, decibels[0], sign)
    if clause.all("act", "mute") and (compared := degrees.of(clause, ("",)) or clause.has("measure", "bit")):
        more = compared is True or compared[0].sign > 0
        return edits.SetVolume(by=degrees.times(clause, -1 if more else 1, step=_STEP))
    if clause.all("act", "mute") or (clause.negative and spoken and not sign and _silenced(clause)) or _off(clause):
        return edits.SetVolume(volume=0)
    percent = _aimed_at(clause, degrees.amounts(clause, "percent") or _bare_percent(clause, spoken=spoken))
    if percent and (degrees.absolute(clause, percent[0][0]) or _about(clause, percent[0])):
        return edits.SetVolume(volume=min(max(float(percent[0][1].value), 0.0), _LOUDEST))
    factor = degrees.amounts(clause, "factor")
    if (spoken and clause.has("word", "usual") and not (sign or factor)) or _in_full(clause):
        return edits.SetVolume(volume=1)
    if factor and spoken and degrees.of(clause, ("pace", "length")):
        return None
    if sign or (spoken and (percent or factor)):
        if not loud and not percent and not factor and _other_matter(clause):
            return None
        lowered = -1 if clause.negative or clause.has("act", "trim") else 1
        return edits.SetVolume(by=degrees.times(clause, sign or lowered, step=_STEP))
    return None


def _aimed_at(clause: Clause, levels: list[tuple[int, Quantity]]) -> list[tuple[int, Quantity]]:
    """Return levels without the one that is there already: ``music volume from 100 to 60``."""
    leads = len(levels) > 1 and levels[0][0] > 0 and clause.items[levels[0][0] - 1].has("word", "from")
    return levels[1:] if leads else levels


def _by_decibels(clause: Clause, said: tuple[int, Quantity], sign: int) -> edits.SetVolume | None:
    """Return a change by decibels; None where an unknown verb says which way."""
    value = float(said[1].value)
    if value > 0 and not sign and clause.unknown():
        return None
    clause.take(said[0])
    change = value if value < 0 else value * (sign or (-1 if clause.negative or clause.has("act", "trim") else 1))
    return edits.SetVolume(by=round(min(max(10 ** (change / 20), 0.0), 20.0), 4))


def _about(clause: Clause, percent: tuple[int, Quantity]) -> bool:
    """Tell whether a share is a level because “a bit” is not that far: ``a bit lower, around 70%``."""
    slight = clause.has("measure", "bit") and percent[1].value >= Fraction(1, 2)
    return slight and percent[1].unit == "percent" and percent[1].kind == "amount"


def _in_full(clause: Clause) -> bool:
    most = [at for at, item in enumerate(clause.items) if item.has("measure", "most")]
    level = bool(most) and most[0] > 0 and clause.items[most[0] - 1].said.lower() == "at"
    named = clause.all("dimension", "volume") or (level and clause.all("thing", "song"))
    return bool(named and most) and not degrees.of_any(clause)


def _bare_percent(clause: Clause, *, spoken: bool) -> list[tuple[int, Quantity]]:
    """Return a number without a unit that is a level, as in ``music to 80``."""
    named = bool(clause.all("dimension", "volume")) or any(item.has("word", "into", "at") for item in clause.items)
    found = degrees.amounts(clause, "") if spoken and named and clause.place is None else []
    shares = [(at, replace(one, unit="percent")) for at, one in found if 0 < one.value < 1]
    paced = clause.has("dimension", "pace") or clause.has("act", "begin", "finish")
    if shares and (clause.has("dimension", "volume") or (degrees.absolute(clause, shares[0][0]) and not paced)):
        return shares
    levels = [(at, amount) for at, amount in found if 1 < amount.value <= 200 and degrees.absolute(clause, at)]
    return [(at, replace(amount, value=amount.value / 100, unit="percent")) for at, amount in levels]


def _silenced(clause: Clause) -> bool:
    """Tell whether all sound is not wanted: ``remove the music``, ``没有声音``, but not a part of the song."""
    return (
        clause.place is None
        and not clause.all("foreign")
        and not clause.unknown()
        and not clause.all("thing", "video", "cuts", "shots", "picture")
        and not degrees.amounts(clause, "second", "percent", "factor")
    )


def _off(clause: Clause) -> bool:
    """Tell whether the sound itself is taken away, for good or in a place: ``turn the sound off for the first 5 s``."""
    for at in clause.all("thing", "song"):
        before = next((item for item in clause.items[:at][::-1] if not item.silent), None)
        after = next((item for item in clause.items[at + 1 :] if not item.silent), None)
        taken = any(item is not None and item.has("act", "remove") for item in (before, after))
        taken = taken or (before is not None and before.has("negator") and clause.place is not None)
        partly = after is not None and after.place is not None and not after.said.lower().startswith(_THERE)
        if taken and not partly and not clause.all("foreign"):
            return True
    return False


def _other_matter(clause: Clause) -> bool:
    return bool(
        clause.all("dimension", "brightness", "contrast", "saturation", "warmth", "size", "pace", "amount")
        or clause.all("visualizer")
        or clause.all("effect")
        or clause.all("thing", "cuts", "shots", "picture", "palette", "logo", "photo")
    )
