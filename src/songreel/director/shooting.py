"""Hands out pictures to the shots of a video that is there already: more of what it shows, or what is wished for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from songreel.base import seed as chance
from songreel.base.time import Span, seconds_at
from songreel.director import framing, scenes
from songreel.director import look as looks
from songreel.director.casting import CLOSER, energy_lift
from songreel.director.footage import Reel
from songreel.director.framing import Move
from songreel.director.framing import Picture as Seen
from songreel.director.stock import Stock
from songreel.director.window import Passage, Window
from songreel.editing import shots as fitting
from songreel.editing.ground import Picture, PictureSource, Wish
from songreel.editing.refusals import refused
from songreel.model.brief import Brief
from songreel.model.document import AssetId
from songreel.model.timeline import Clip, FootageSource, PhotoSource, SceneSource, Timeline

_MOVES: tuple[Move, ...] = ("in", "pan-left", "out", "pan-right")
_FEW = 3
"""Fewer pictures than this are joined by related ones, so that a denser cut is seen."""


class Shooting:
    """One handing-out of pictures to spans of frames."""

    def __init__(self, window: Window, brief: Brief, stock: Stock, timeline: Timeline, wish: Wish) -> None:
        self._window, self._brief, self._stock, self._timeline, self._wish = window, brief, stock, timeline, wish
        self._base = timeline.clips("base")
        self._settled: list[Clip] = []
        self._used: Counter[str] = Counter()
        self._reels: dict[AssetId, Reel] = {}

    def shoot(self, spans: Sequence[Span]) -> tuple[Picture, ...]:
        """Return a picture for each span, in their order; raises EditRefused when nothing is left to show."""
        wanted = {span.start for span in spans}
        settled = self._settled = [clip for clip in self._base if clip.start not in wanted]
        before = {clip.end: key(clip.source) for clip in settled}
        after = {clip.start: key(clip.source) for clip in settled}
        now = {clip.start: key(clip.source) for clip in self._base}
        made = []
        for number, span in enumerate(spans):
            avoided = [before.get(span.start), after.get(span.end)]
            if self._wish.fresh:
                avoided.insert(0, now.get(span.start))
            chosen = self._choose(number, span, avoided)
            self._used[chosen] += 1
            before[span.end] = chosen
            made.append(self._picture(chosen, span, again=chosen == before.get(span.start)))
        return tuple(made)

    def _choose(self, number: int, span: Span, avoided: Sequence[str | None]) -> str:
        wish = self._wish
        asked = wish.scenes or wish.media
        if asked:
            return asked[number % len(asked)]
        passage = self._passage(span)
        pools = self._pools(passage)
        if not any(pools):
            raise refused("no-picture-left")
        # Rather a picture from farther away than one beside itself; rather beside itself than nothing at all.
        for without in (set(avoided), set(avoided[:1]), set[str | None]()):
            for pool in pools:
                free = [name for name in pool if name not in without]
                if free:
                    return min(free, key=lambda name: (self._used[name], free.index(name)))
        raise refused("no-picture-left")

    def _pools(self, passage: Passage) -> list[list[str]]:
        """Return what may be shown in a passage, the likeliest first."""
        wish = self._wish
        cast = self._cast(passage)
        if wish.look is not None:
            return [cast, self._all_cast]
        shown = self._shown(passage)
        whole = self._shown(None)
        own = [self._rest(), cast] if wish.fresh else []
        drawn = (
            any(name in self._stock.scenes for name in whole) or len(whole) < _FEW or bool(wish.without) or wish.fresh
        )
        more = [cast, self._all_cast] if drawn and not self._only_media(whole) else []
        last = [self._rest(), cast] if wish.without else []
        return [[name for name in pool if name not in wish.without] for pool in (*own, shown, whole, *more, *last)]

    def _only_media(self, whole: Sequence[str]) -> bool:
        """Tell whether the video shows nothing but enough of what a person brought."""
        left = [name for name in whole if name not in self._wish.without]
        return bool(left) and not any(name in self._stock.scenes for name in left) and not self._wish.fresh

    def _shown(self, passage: Passage | None) -> list[str]:
        """Return what the video shows, in a passage and its repeats or in all, in the order of its first shots."""
        sources: Iterable[PictureSource] = self._wish.like
        if not sources:
            clips = [clip for clip in self._base if passage is None or self._alike(clip, passage)]
            sources = (clip.source for clip in clips)  # type: ignore[misc]
        names = dict.fromkeys(key(source) for source in sources)
        return [name for name in names if name in self._stock.scenes or name in self._stock.assets]

    def _alike(self, clip: Clip, passage: Passage) -> bool:
        middle = (clip.start + clip.end) // 2
        return any(
            each.section.id == passage.section.id and each.start <= middle < each.end for each in self._window.passages
        )

    def _rest(self) -> list[str]:
        """Return photos and footage that were brought and are not in the video."""
        shown = set(self._shown(None))
        found = [
            asset.id
            for asset in self._stock.assets.values()
            if asset.kind in ("photo", "footage") and asset.width and asset.id not in shown
        ]
        return [name for name in found if name != self._stock.cover]

    def _passage(self, span: Span) -> Passage:
        middle = (span.start + span.end) // 2
        return next((each for each in self._window.passages if middle < each.end), self._window.passages[-1])

    @cached_property
    def _casting(self) -> scenes.Cast | None:
        look = looks.looks().get(self._wish.look or self._timeline.look)
        chosen = look or looks.choose(self._brief, self._window.song_map)
        asked = self._brief.scenes if self._wish.look is None else ()
        brief = self._brief.evolve(scenes=asked, looks=(chosen.name,))
        able, _ = scenes.usable(self._stock.scenes, brief, cover=self._stock.cover, picture=self._stock.cover)
        if not able:
            return None
        return scenes.cast(self._window.passages, chosen, brief, able, energy_lift(self._brief))

    def _cast(self, passage: Passage) -> list[str]:
        cast = self._casting
        return [each.name for each in cast.by_section[passage.section.id]] if cast else []

    @property
    def _all_cast(self) -> list[str]:
        return [each.name for each in self._casting.all] if self._casting else []

    def _picture(self, name: str, span: Span, *, again: bool) -> Picture:
        if name in self._stock.scenes:
            return self._scene(name, span)
        asset = self._stock.assets.get(name)
        if asset is None:
            raise refused("no-media")
        if asset.kind == "footage":
            return Picture(asset.name, self._footage(name, span, again=again))
        seen = picture_of(self._stock, name)
        move = _MOVES[(self._used[name] + chance.number(self._timeline.seed, "move", name) % 4) % 4]
        seconds = float(seconds_at(len(span), self._timeline.canvas.fps))
        gain = framing.gain_of(seconds, self._passage(span).energy)
        return Picture(asset.name, framing.photo(seen, self._timeline.canvas, move, gain))

    def _scene(self, name: str, span: Span) -> Picture:
        shader = self._stock.scenes[name]
        photos = (asset.id for asset in self._stock.assets.values() if asset.kind == "photo")
        section = self._passage(span).section.id
        turn = span.start + (self._timeline.version << 20 if self._wish.fresh else 0)
        picture = self._stock.cover or next(photos, None)
        made = scenes.source(shader, seed=self._timeline.seed, section=section, turn=turn, picture=picture)
        return Picture(scenes.spoken(shader), made)

    def _footage(self, name: AssetId, span: Span, *, again: bool) -> FootageSource:
        """Return a moment of a clip that is not shown elsewhere, as long as there is one."""
        canvas, asset = self._timeline.canvas, self._stock.assets[name]
        seconds = seconds_at(len(span), canvas.fps)
        taken = self._reel(name).take(float(seconds), strength=self._passage(span).energy, last=None)
        at, speed = (taken.at, taken.speed) if taken else (seconds_at(0, canvas.fps), 1.0)
        seen = picture_of(self._stock, name, at=float(at))
        made = FootageSource(
            asset=name,
            at=at,
            speed=speed,
            fit=framing.fit(asset.width, asset.height, canvas),
            framing=framing.centered(seen, canvas, zoom=CLOSER if again else 1.0),
        )
        return made if taken else fitting.lasting(made, seconds, self._stock.assets)

    def _reel(self, name: AssetId) -> Reel:
        if name not in self._reels:
            reel = Reel([self._stock.assets[name]], self._stock.materials)
            for clip in self._settled:
                if isinstance(clip.source, FootageSource) and clip.source.asset == name:
                    lasts = float(seconds_at(clip.end - clip.start, self._timeline.canvas.fps)) * clip.source.speed
                    reel.spend(name, float(clip.source.at), float(clip.source.at) + lasts)
            self._reels[name] = reel
        return self._reels[name]


def key(source: object) -> str:
    """Return what a shot shows: the name of a scene, or the id of a photo or clip."""
    if isinstance(source, SceneSource):
        return source.scene
    return source.asset if isinstance(source, PhotoSource | FootageSource) else ""


def picture_of(stock: Stock, asset: AssetId, *, at: float | None = None) -> Seen:
    """Return a picture's size, and where to look in it: of footage, at so many seconds of its file."""
    brought, seen = stock.assets[asset], stock.materials.get(asset)
    x, y = (seen.x, seen.y) if seen else (0.5, 0.5)
    if seen and at is not None:
        moment = next((shot for shot in seen.shots if shot.start <= at < shot.end), None)
        x, y = (moment.x, moment.y) if moment else (x, y)
    return Seen(asset, brought.width or 1, brought.height or 1, x, y)
