"""What each shot shows: what a person brought first, scenes where there is too little of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from songreel.base import seed as chance
from songreel.base.errors import BadRequest
from songreel.director import framing, scenes
from songreel.director.footage import Reel
from songreel.director.framing import Move, Picture
from songreel.director.look import Look, moods
from songreel.director.pacing import Shot
from songreel.director.stock import Stock
from songreel.director.window import Passage
from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.document import AssetId
from songreel.model.timeline import Canvas, FootageSource, PhotoSource, SceneSource

PictureOf = SceneSource | PhotoSource | FootageSource
PHOTO_S = 20.0
"""How many seconds of a video one photo can carry, in all its appearances."""
ENOUGH = 0.7
_NOTHING = "Give photos or footage, or reinstall Songreel's scenes."
LEAST_SHARE = 0.4
CLOSER = 1.3
"""How far footage steps closer at a cut within one of its shots."""
_GOES_ON_S = 1.0
_MOVES: tuple[Move, ...] = ("in", "pan-left", "out", "pan-right")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a shot shows, and what a person calls it."""

    name: str
    source: PictureOf


@dataclass
class Casting:
    """The state of handing out pictures to shots, one after the other."""

    stock: Stock
    brief: Brief
    canvas: Canvas
    photos: list[Picture]
    reel: Reel
    cast: scenes.Cast | None
    share: float
    picture: AssetId | None
    notes: list[str]
    last: str | None = None
    media_s: float = 0.0
    all_s: float = 0.0
    media_turn: int = 0
    photo_turn: int = 0
    footage_end: float = 0.0
    close: bool = False
    scene_turns: dict[str, int] = field(default_factory=dict)
    order: list[Picture] = field(default_factory=list)

    def show(self, shot: Shot) -> Shown:
        """Return what the next shot shows."""
        seconds = float(shot.frames / self.canvas.fps)
        shown = self._media(shot, seconds) if self._wants_media(seconds) else None
        if shown is None and self.cast:
            shown = self._scene(shot)
        shown = shown or self._media(shot, seconds) or self._slowed(seconds)
        if shown is None:
            raise BadRequest("there is nothing to show", advice=_NOTHING)
        self.all_s += seconds
        self.media_s += seconds if not isinstance(shown.source, SceneSource) else 0.0
        self.last = _key(shown.source)
        return shown

    def _wants_media(self, seconds: float) -> bool:
        if not self.photos and not self.reel.seconds:
            return False
        return self.cast is None or self.share >= 1 or self.media_s <= self.share * (self.all_s + seconds) - seconds / 2

    def _media(self, shot: Shot, seconds: float) -> Shown | None:
        moving = self.reel.seconds > 0
        if moving and self.photos:
            photos = PHOTO_S * len(self.photos) / 3
            due = photos / (self.reel.seconds + photos) * (self.media_turn + 1) - self.photo_turn
            moving = due < (1.0 if shot.passage.lifted or shot.drop else 0.5)
            self.media_turn += 1
        first, second = (self._footage, self._photo) if moving else (self._photo, self._footage)
        shown = first(shot, seconds)
        if shown is None or (_key(shown.source) == self.last and self.photos and len(self.photos) > 1):
            shown = second(shot, seconds) or shown
        return shown

    def _footage(self, shot: Shot, seconds: float) -> Shown | None:
        strength = 1.0 if shot.drop or shot.passage.lifted else shot.passage.energy
        taken = self.reel.take(seconds, strength=strength, last=self.last)
        if taken is None:
            return None
        asset = self.stock.assets[taken.moment.asset]
        picture = Picture(asset.id, asset.width, asset.height, taken.moment.x, taken.moment.y)
        # Where footage goes on from the shot before, a step closer or back is all that makes the cut seen.
        goes_on = asset.id == self.last and abs(float(taken.at) - self.footage_end) < _GOES_ON_S
        self.close = goes_on and not self.close
        self.footage_end = float(taken.at) + seconds * taken.speed
        source = FootageSource(
            asset=asset.id,
            at=taken.at,
            speed=taken.speed,
            fit=framing.fit(asset.width, asset.height, self.canvas),
            framing=framing.centered(picture, self.canvas, zoom=CLOSER if self.close else 1.0),
        )
        return Shown(asset.name, source)

    def _slowed(self, seconds: float) -> Shown | None:
        """Return the longest footage, slowed until it fills a shot that it is too short for."""
        if not self.reel.longest:
            return None
        taken = self.reel.take(self.reel.longest, strength=0, last=None)
        if taken is None:
            return None
        self.notes.append(f"footage of {self.reel.longest:.1f} s was slowed down for a shot of {seconds:.1f} s")
        asset = self.stock.assets[taken.moment.asset]
        speed = max(taken.speed * self.reel.longest / seconds * 0.99, 0.01)
        filled = framing.fit(asset.width, asset.height, self.canvas)
        return Shown(asset.name, FootageSource(asset=asset.id, at=taken.at, speed=round(speed, 4), fit=filled))

    def _photo(self, shot: Shot, seconds: float) -> Shown | None:
        if not self.photos:
            return None
        if not self.order:
            self.order = self._reordered() if self.photo_turn else list(self.photos)
        picture = self.order.pop(0)
        move = _MOVES[(self.photo_turn + chance.number(self.brief.seed, "move") % 4) % 4]
        self.photo_turn += 1
        gain = framing.gain_of(seconds, shot.passage.energy)
        return Shown(self.stock.assets[picture.asset].name, framing.photo(picture, self.canvas, move, gain))

    def _reordered(self) -> list[Picture]:
        order = list(self.photos)
        chance.stream(self.brief.seed, "photos", self.photo_turn).shuffle(order)
        if len(order) > 1 and order[0].asset == self.last:
            order.append(order.pop(0))
        return order

    def _scene(self, shot: Shot) -> Shown:
        assert self.cast is not None
        section, lifted = shot.passage.section.id, shot.passage.lifted
        turn = 0
        if not (shot.drop or (shot.opens and lifted)):
            # A section that returns goes on with its scenes, lest its first ones be all that is ever seen of them.
            turn = self.scene_turns.get(section, int(lifted))
            self.scene_turns[section] = turn + 1
        shader = self.cast.pick(shot.passage, turn, self.last)
        made = scenes.source(shader, seed=self.brief.seed, section=section, turn=shot.index, picture=self.picture)
        return Shown(scenes.spoken(shader), made)


def begin(
    stock: Stock, brief: Brief, look: Look, canvas: Canvas, *, passages: Sequence[Passage], seconds: float
) -> Casting:
    """Return a casting for one video; raises BadRequest when there is nothing at all to show."""
    notes: list[str] = []
    media = _media_of(stock, brief, notes)
    photos = [_picture(asset, stock) for asset in media if asset.kind == "photo"]
    strong_s = float(sum(each.end - each.start for each in passages if each.lifted) / canvas.fps)
    reel = Reel([asset for asset in media if asset.kind == "footage"], stock.materials, strong_s=strong_s)
    picture = stock.cover or next((photo.asset for photo in photos), None)
    shaders, missing = scenes.usable(stock.scenes, brief, cover=stock.cover, picture=picture)
    notes += missing
    if not shaders and not photos and not reel.seconds and stock.cover not in stock.assets:
        raise BadRequest("there is nothing to show", advice=_NOTHING)
    if not shaders and not photos and not reel.seconds and stock.cover:
        photos = [_picture(stock.assets[stock.cover], stock)]
    share = min((PHOTO_S * len(photos) + reel.seconds * 1.5) / max(seconds, 0.1), 1.0)
    share = 1.0 if share >= ENOUGH else max(share, LEAST_SHARE)
    if (photos or reel.seconds) and share < 1 and shaders:
        notes.append(f"what was brought fills {share:.0%} of the video; scenes fill the rest")
    return Casting(
        stock=stock,
        brief=brief,
        canvas=canvas,
        photos=photos,
        reel=reel,
        cast=scenes.cast(passages, look, brief, shaders, energy_lift(brief)) if shaders else None,
        share=share,
        picture=picture,
        notes=notes,
    )


def energy_lift(brief: Brief) -> float:
    """Return by how much the moods ask for more or less energy, −1…1."""
    known = moods()
    return max(min(sum(known[mood].energy for mood in brief.moods if mood in known), 0.4), -0.4)


def cover_picture(stock: Stock) -> Picture | None:
    """Return the cover, when there is one."""
    asset = stock.assets.get(stock.cover) if stock.cover else None
    return _picture(asset, stock) if asset else None


def _media_of(stock: Stock, brief: Brief, notes: list[str]) -> list[Asset]:
    if brief.media:
        found = [stock.assets[each] for each in brief.media if each in stock.assets]
        if len(found) < len(brief.media):
            notes.append(f"{len(brief.media) - len(found)} of the named media are not in the project")
    else:
        found = [asset for key, asset in stock.assets.items() if key != stock.cover]
    usable = [asset for asset in found if asset.kind in ("photo", "footage") and asset.width and asset.height]
    if len(usable) > 1 or not stock.cover:
        usable = [asset for asset in usable if asset.id != stock.cover or brief.media]
    return usable


def _picture(asset: Asset, stock: Stock) -> Picture:
    seen = stock.materials.get(asset.id)
    x, y = (seen.x, seen.y) if seen else (0.5, 0.5)
    return Picture(asset.id, asset.width, asset.height, x, y)


def _key(source: PictureOf) -> AssetId | str:
    return source.scene if isinstance(source, SceneSource) else source.asset
