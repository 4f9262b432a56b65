"""What is laid on shots and cuts: filters, transitions, fades from and to black."""

from __future__ import annotations

from fractions import Fraction

from songreel.base.time import frame_at
from songreel.editing import clips, places
from songreel.editing.ground import Ground
from songreel.editing.refusals import refused
from songreel.model.edit import FadePicture, RemoveEffect, SetEffect, SetTransition
from songreel.model.timeline import Clip, Effect, Fade, Timeline, Transition
from songreel.visuals import catalog

CUT = "cut"
_USUAL = 0.5
_SOFT_S, _QUICK_S = Fraction(4, 5), Fraction(7, 25)
_SHARE = Fraction(1, 2)
_EDGE = 2


def put(timeline: Timeline, edit: SetEffect, ground: Ground) -> Timeline:
    """Put a filter on shots, or change how strong it is. Refused where it is to be changed and is not there."""
    del ground
    if edit.effect not in catalog.effects():
        raise refused("no-effect", name=edit.effect, names=", ".join(catalog.effects()))
    chosen = places.shots(timeline, edit.where)
    changing = edit.amount is None and edit.amount_by is not None
    if changing:
        chosen = tuple(clip for clip in chosen if _amount(clip, edit.effect))
    if not chosen:
        raise refused("effect-not-there", name=edit.effect)

    def one(clip: Clip) -> Clip:
        was = _amount(clip, edit.effect)
        amount = edit.amount if edit.amount is not None else max(was, _USUAL) if not changing else was
        return clip.evolve(effects=_with(clip.effects, edit.effect, amount * (edit.amount_by or 1)))

    return clips.change(timeline, {clip.id for clip in chosen}, one)


def remove(timeline: Timeline, edit: RemoveEffect, ground: Ground) -> Timeline:
    """Take a filter off shots, or all filters. Refused where there is none."""
    del ground
    chosen = [
        clip
        for clip in places.shots(timeline, edit.where)
        if (clip.effects if edit.effect is None else _amount(clip, edit.effect))
    ]
    if not chosen:
        raise refused("no-effects-there") if edit.effect is None else refused("effect-not-there", name=edit.effect)

    def one(clip: Clip) -> Clip:
        return clip.evolve(effects=() if edit.effect is None else _with(clip.effects, edit.effect, 0))

    return clips.change(timeline, {clip.id for clip in chosen}, one)


def transition(timeline: Timeline, edit: SetTransition, ground: Ground) -> Timeline:
    """Let shots come in so, at most over half of their length. Refused where nothing is cut."""
    del ground
    known = (CUT, *catalog.transitions())
    if edit.transition not in known:
        raise refused("no-transition", name=edit.transition, names=", ".join(known))
    chosen = [clip for clip in _coming(timeline, edit) if edit.instead_of in (None, clip.transition.name)]
    if not chosen:
        raise refused("no-cuts")
    seconds = edit.seconds or (_SOFT_S if edit.transition in catalog.SOFT_TRANSITIONS else _QUICK_S)
    wanted = frame_at(seconds, timeline.canvas.fps)

    def one(clip: Clip) -> Clip:
        if edit.transition == CUT:
            return clip.evolve(transition=Transition())
        room = max(int((clip.end - clip.start) * _SHARE), 1)
        return clip.evolve(transition=Transition(name=edit.transition, frames=max(min(wanted, room), 1)))

    return clips.change(timeline, {clip.id for clip in chosen}, one)


def fade(timeline: Timeline, edit: FadePicture, ground: Ground) -> Timeline:
    """Let the video come from black and go to black, over as many shots as that takes; the end gives way."""
    del ground
    frames, fps = timeline.frames, timeline.canvas.fps
    first, last = timeline.clips("base")[0], timeline.clips("base")[-1]
    begin = first.fade.frames_in if edit.in_s is None else min(frame_at(edit.in_s, fps), frames)
    finish = last.fade.frames_out if edit.out_s is None else min(frame_at(edit.out_s, fps), frames)
    begin, finish = (min(begin, frames - finish), finish) if edit.in_s is None else (begin, min(finish, frames - begin))

    def one(clip: Clip) -> Clip:
        return clip.evolve(
            fade=Fade(
                frames_in=begin if clip.id == first.id else clip.fade.frames_in,
                frames_out=finish if clip.id == last.id else clip.fade.frames_out,
            )
        )

    return clips.change(timeline, {first.id, last.id}, one)


def _coming(timeline: Timeline, edit: SetTransition) -> list[Clip]:
    """Return the shots that come in within a place."""
    base = timeline.clips("base")[1:]
    if edit.where.everywhere:
        return list(base)
    if edit.where.clips and not edit.where.stretches and not edit.where.outside:
        return [clip for clip in base if clip.id in edit.where.clips]
    spans = places.spans(timeline, edit.where)
    return [clip for clip in base if any(span.start - _EDGE <= clip.start < span.end for span in spans)]


def _amount(clip: Clip, effect: str) -> float:
    return next((each.amount for each in clip.effects if each.name == effect), 0.0)


def _with(was: tuple[Effect, ...], name: str, amount: float) -> tuple[Effect, ...]:
    """Return filters with one at an amount, in its place where it is there; at 0 it is taken off.

    What frames the picture stays over the others.
    """
    made = Effect(name=name, amount=round(min(max(amount, 0), 1), 3))
    kept = tuple(made if each.name == name else each for each in was)
    kept = kept if any(each.name == name for each in was) else (*was, made)
    left = (each for each in kept if each.amount or each.name != name)
    return tuple(sorted(left, key=lambda each: each.name in catalog.OUTERMOST))
