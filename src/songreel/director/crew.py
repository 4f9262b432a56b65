"""Finds pictures for shots that an edit made or emptied, and dresses them: the director's taste, behind `editing`."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from songreel.base import seed as chance
from songreel.base.time import Span, frame_at, seconds_at
from songreel.director import dressing, framing, pacing, plan
from songreel.director import look as looks
from songreel.director.casting import CLOSER, energy_lift
from songreel.director.framing import Move
from songreel.director.look import Look
from songreel.director.pacing import Shot
from songreel.director.shooting import Shooting, picture_of
from songreel.director.stock import Stock
from songreel.director.window import Window
from songreel.editing.ground import Dress, Picture, PictureSource, Wish
from songreel.editing.shots import LEAST_S
from songreel.model.brief import Brief, Pace
from songreel.model.song_map import SongMap
from songreel.model.timeline import Canvas, Clip, Fade, FootageSource, PhotoSource, Timeline

_FAST_S, _SLOW_S = 1.4, 5.5
_NEAR = 2


@dataclass(frozen=True)
class FilmCrew:
    """The crew of one project: see `editing.ground.Crew`."""

    song_map: SongMap
    brief: Brief
    stock: Stock

    def shoot(self, timeline: Timeline, shots: Sequence[Span], wish: Wish) -> tuple[Picture, ...]:
        """Return a picture for each span of frames; raises EditRefused when nothing is left to show."""
        if not shots:
            return ()
        return Shooting(self._window(timeline), self.brief, self.stock, timeline, wish).shoot(shots)

    def dress(self, timeline: Timeline, look: str | None) -> Dress:
        """Return what a look gives; None is the next one in the order in which they suit the song."""
        chosen = looks.looks().get(look) if look else self._another(timeline.look)
        if chosen is None:
            return self._worn(timeline)
        palette = timeline.palette
        if look != timeline.look:
            palette = looks.palette_of(chosen, Brief(looks=(chosen.name,), seed=self.brief.seed), self.stock)
        return Dress(
            look=chosen.name,
            palette=palette,
            grade=chosen.grade,
            title_design=chosen.title.design,
            title_position=chosen.title.position,
            visualizer=chosen.visualizer.design,
            visualizer_color=plan.bar_color(palette),
            cover=plan.shown_cover(self.stock),
        )

    def finish(self, timeline: Timeline, clips: Sequence[Clip], look: str) -> tuple[Clip, ...]:
        """Return shots with the transitions and effects that a look gives them."""
        chosen = looks.looks().get(look)
        if chosen is None:
            return tuple(clips)
        window = self._window(timeline)
        brief = Brief(looks=(chosen.name,), seed=self.brief.seed, avoid=self.brief.avoid)
        style = dressing.Style(chosen, looks.pace_of(chosen, brief), brief, self.stock)
        made = []
        for clip in clips:
            shot = _shot(clip, window)
            scene = clip.source.kind == "scene"
            made.append(
                clip.evolve(
                    transition=dressing.transition(shot, window, style),
                    effects=dressing.effects(shot, style, scene=scene),
                )
            )
        return tuple(made)

    def reframed(self, source: PictureSource, canvas: Canvas, frames: int) -> PictureSource:
        """Return a picture composed for another canvas, with the same move."""
        if isinstance(source, PhotoSource):
            return self._photo(source, canvas, frames)
        if isinstance(source, FootageSource) and source.asset in self.stock.assets:
            seen = picture_of(self.stock, source.asset, at=float(source.at))
            zoom = CLOSER if source.framing.zoom >= CLOSER else 1.0
            fit = framing.fit(seen.width, seen.height, canvas)
            return source.evolve(fit=fit, framing=framing.centered(seen, canvas, zoom=zoom))
        return source

    def fades(self, timeline: Timeline) -> tuple[Fade, Fade]:
        """Return the fades of the picture and of the song that a new video of the same part would have."""
        return dressing.fades(self._window(timeline))

    def cuts(self, timeline: Timeline, span: Span) -> tuple[int, ...]:
        """Return the frames inside a span at which its own rhythm cuts, at the pace of the video."""
        window = self._window(timeline)
        lift = energy_lift(self.brief)
        planned = pacing.shots(window, self._pace(timeline), None, seed=self.brief.seed, lift=lift)
        least = frame_at(LEAST_S, timeline.canvas.fps)
        return tuple(shot.start for shot in planned if span.start + least <= shot.start <= span.end - least)

    def _window(self, timeline: Timeline) -> Window:
        return Window(self.song_map, timeline.song_start(), timeline.frames, timeline.canvas.fps)

    def _pace(self, timeline: Timeline) -> Pace:
        lengths = [clip.end - clip.start for clip in timeline.clips("base")]
        usual = float(seconds_at(1, timeline.canvas.fps)) * statistics.median(lengths)
        if self.brief.pace:
            return self.brief.pace
        return "fast" if usual <= _FAST_S else "slow" if usual >= _SLOW_S else "medium"

    def _another(self, worn: str) -> Look:
        ranked = self._ranked
        names = [each.name for each in ranked]
        return ranked[(names.index(worn) + 1) % len(ranked)] if worn in names else ranked[0]

    @cached_property
    def _ranked(self) -> list[Look]:
        """Return all looks that may be anybody's idea, the one that suits the song and the words best first."""
        usual = [each for each in looks.looks().values() if not each.only_asked]
        brief, ranked = self.brief.evolve(looks=()), list[Look]()
        while len(ranked) < len(usual):
            best = looks.choose(brief.evolve(avoid=tuple(each.name for each in ranked)), self.song_map)
            ranked.append(best)
        return ranked

    def _worn(self, timeline: Timeline) -> Dress:
        """Return the dress of a timeline whose look is none of ours."""
        return Dress(
            look=timeline.look,
            palette=timeline.palette,
            grade=timeline.grade,
            title_design="plain",
            title_position="center",
            visualizer="bars",
            visualizer_color=plan.bar_color(timeline.palette),
            cover=plan.shown_cover(self.stock),
        )

    def _photo(self, source: PhotoSource, canvas: Canvas, frames: int) -> PhotoSource:
        if source.asset not in self.stock.assets:
            return source
        seen = picture_of(self.stock, source.asset)
        if source.begin == source.finish:
            return framing.still(seen, canvas)
        seconds = float(seconds_at(frames, canvas.fps))
        return framing.photo(seen, canvas, _move(source), framing.gain_of(seconds, 0.5))


def _move(source: PhotoSource) -> Move:
    begin, finish = source.begin, source.finish
    if begin.zoom != finish.zoom:
        return "in" if finish.zoom > begin.zoom else "out"
    return "pan-left" if begin.x + begin.y > finish.x + finish.y else "pan-right"


def _shot(clip: Clip, window: Window) -> Shot:
    passage = next((each for each in window.passages if clip.start < each.end), window.passages[-1])
    drops = [window.frame(event.at) for event in window.song_map.events if event.kind == "drop"]
    opens = abs(clip.start - passage.start) <= _NEAR
    drop = any(abs(clip.start - at) <= 1 for at in drops) or (opens and passage.section.label == "drop")
    number = chance.number(clip.start, "shot") if clip.start else 0
    return Shot(number, clip.start, clip.end, passage, opens, drop and clip.start > 0)
