"""What is laid on the cuts and clips: transitions at the borders, effects on the loud moments, fades at the ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from songreel.base import seed as chance
from songreel.base.time import frame_at
from songreel.director.look import Look
from songreel.director.pacing import Shot
from songreel.director.stock import Stock
from songreel.director.window import Window
from songreel.model.brief import Brief, Pace
from songreel.model.timeline import Effect, Fade, Transition
from songreel.visuals import catalog

_SOFT_S = 0.8
_QUICK_S = 0.28
_LONGEST_SHARE = 0.4
_CALM_ENERGY = 0.45
_QUIET = 0.12
_ASKED_AMOUNT = 0.5
_FADE_MOST_S = 4.0
_FADE_LEAST_S = 0.3
_LONGEST_FADE_S = 6.0
_EDGE_S = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """By what clips are dressed."""

    look: Look
    pace: Pace
    brief: Brief
    stock: Stock


def transition(shot: Shot, window: Window, style: Style) -> Transition:
    """Return how a shot comes in: hard on beats, soft where the song is calm or has no beat, marked at borders."""
    brief, stock = style.brief, style.stock
    if shot.index == 0 or shot.drop or window.frames < window.fps:
        return Transition()
    names = _allowed(brief.transitions, stock.transitions) or _usual(shot, window, style)
    if not names:
        return Transition()
    name = names[chance.number(brief.seed, "transition", shot.passage.section.id) % len(names)]
    if name == "cut":
        return Transition()
    seconds = _SOFT_S if name in catalog.SOFT_TRANSITIONS and shot.passage.energy < _CALM_ENERGY else _QUICK_S
    frames = min(frame_at(seconds, window.fps), int(shot.frames * _LONGEST_SHARE))
    return Transition(name=name, frames=frames) if frames else Transition()


def effects(shot: Shot, style: Style, *, scene: bool) -> tuple[Effect, ...]:
    """Return the filters of a shot: asked for, always the look's, more on loud passages, most on a drop.

    Photos and footage keep their own texture unless the look was asked for by name: they are what a person brought.
    """
    look, pace, brief, stock = style.look, style.pace, style.brief, style.stock
    amounts: dict[str, float] = dict(look.effects.always) if scene or look.name in brief.looks else {}
    if shot.passage.lifted and (shot.opens or shot.index % 2 == 0):
        amounts |= {name: max(amount, amounts.get(name, 0)) for name, amount in look.effects.lift.items()}
    if shot.drop:
        amounts |= {name: max(amount, amounts.get(name, 0)) for name, amount in look.effects.drop.items()}
    calm = 0.6 if pace == "slow" else 1.0
    amounts = {name: amount if name in look.effects.always else amount * calm for name, amount in amounts.items()}
    amounts |= {name: max(_ASKED_AMOUNT, amounts.get(name, 0)) for name in brief.effects}
    kept = _allowed(tuple(amounts), stock.effects, without=brief.avoid)
    ordered = sorted(kept, key=lambda name: name in catalog.OUTERMOST)
    return tuple(Effect(name=name, amount=round(amounts[name], 3)) for name in ordered)


def missing(look: Look, brief: Brief, stock: Stock) -> list[str]:
    """Return a note for each effect and transition that is asked for, or is the look's, and is not at hand."""
    wanted = {*look.effects.always, *look.effects.lift, *look.effects.drop, *brief.effects} - set(stock.effects)
    cuts = {*look.transitions.calm, *look.transitions.border, *brief.transitions} - set(stock.transitions)
    notes = [f"the effect {name!r} is not there and was left out" for name in sorted(wanted)]
    return notes + [f"the transition {name!r} is not there and was left out" for name in sorted(cuts)]


def fades(window: Window) -> tuple[Fade, Fade]:
    """Return the fades of the picture and of the sound.

    The picture follows the song where the song itself comes from or goes to silence; the sound is faded only
    where the window cuts into the song.
    """
    fps, level = window.fps, window.song_map.level
    values = level.values()
    begins = _rise_s(values, level.rate_hz) if window.start == 0 else 0.0
    ends_with_song = window.start + window.frames / fps >= window.song_map.duration
    ends = _rise_s(values[::-1], level.rate_hz) if ends_with_song else _EDGE_S
    third = window.frames // 3
    most = min(third, frame_at(_LONGEST_FADE_S, fps))
    picture = Fade(frames_in=min(frame_at(begins, fps), most), frames_out=min(frame_at(ends, fps), most))
    opening = 0 if window.start == 0 else min(frame_at(0.05, fps), third)
    return picture, Fade(frames_in=opening, frames_out=0 if ends_with_song else picture.frames_out)


def _usual(shot: Shot, window: Window, style: Style) -> list[str]:
    """Return the look's own ways into a shot: none where a cut on the beat says it best."""
    moves = style.look.transitions
    if not window.beats:
        soft = tuple(name for name in moves.calm if name in catalog.SOFT_TRANSITIONS) or catalog.SOFT_TRANSITIONS[:1]
        return _allowed(soft, style.stock.transitions, without=style.brief.avoid)
    if not _calm(shot):
        return _allowed(moves.border if shot.opens else (), style.stock.transitions, without=style.brief.avoid)
    unhurried = style.pace != "fast" and style.brief.cut is None
    return _allowed(moves.calm if shot.opens or unhurried else (), style.stock.transitions, without=style.brief.avoid)


def _calm(shot: Shot) -> bool:
    return shot.passage.energy < _CALM_ENERGY


def _rise_s(values: Sequence[float] | np.ndarray, rate_hz: float) -> float:
    """Return how long the level takes from the edge to half of what is usual; 0 when it is there at once."""
    levels = np.asarray(values, dtype=np.float64)
    if levels.size == 0 or levels.max() <= 0 or levels[0] > _QUIET * levels.max():
        return 0.0
    reached = int(np.argmax(levels >= 0.5 * np.median(levels[levels > 0])))
    seconds = reached / rate_hz
    return min(seconds, _FADE_MOST_S) if seconds >= _FADE_LEAST_S else 0.0


def _allowed(names: Collection[str], known: Collection[str], *, without: Collection[str] = ()) -> list[str]:
    return [name for name in names if (name in known or name == "cut") and name not in without]
