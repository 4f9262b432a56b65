"""The video, as a document: tracks of clips on whole frames. Spans are half-open.

The base track fills every frame without a hole; clips of one track never overlap.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from songreel.base.time import Span
from songreel.model.document import AssetId, Color, Document, Exact, Record, Unit

TrackRole = Literal["base", "visualizer", "overlay", "titles", "lyrics", "song"]
Mark = Literal["beat", "half"]
TextRole = Literal["title", "artist", "subtitle", "lyric", "caption"]
Position = Literal["center", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"]
Palette = Annotated[tuple[Color, ...], Field(min_length=5, max_length=5)]
"""Five colors from dark to light: ink, shade, main, accent, light."""


class Canvas(Record):
    """The picture: even size in pixels, exact rate."""

    width: int = Field(ge=16, le=7680, multiple_of=2)
    height: int = Field(ge=16, le=7680, multiple_of=2)
    fps: Exact = Field(gt=0)


class Grade(Record):
    """Color correction; the defaults change nothing."""

    brightness: float = Field(default=0, ge=-1, le=1)
    contrast: float = Field(default=1, ge=0, le=2)
    saturation: float = Field(default=1, ge=0, le=2)
    warmth: float = Field(default=0, ge=-1, le=1)


class Framing(Record):
    """A window on a picture: its center in shares of the picture, and how far it is zoomed in (1 = all that fits)."""

    x: Unit = 0.5
    y: Unit = 0.5
    zoom: float = Field(default=1, ge=1, le=8)


class Place(Record):
    """A box on the canvas, in shares of its width and height."""

    x: Unit
    y: Unit
    width: Unit
    height: Unit


class SceneSource(Record):
    """A generator of the catalog, or a shader asset as ``asset:<id>``.

    ``resolution`` is the share of the canvas (in each direction) at which it is drawn before it is enlarged.
    """

    kind: Literal["scene"] = "scene"
    scene: str
    seed: int = 0
    resolution: float = Field(default=0.5, gt=0, le=1)
    inputs: dict[str, float | tuple[float, ...]] = Field(default_factory=dict)
    pictures: dict[str, AssetId] = Field(default_factory=dict)


class PhotoSource(Record):
    """A still picture with a slow move; ``fit`` fills the frame, or shows all of it before blurred sides."""

    kind: Literal["photo"] = "photo"
    asset: AssetId
    fit: Literal["cover", "blurred"] = "cover"
    begin: Framing = Framing()
    finish: Framing = Framing()


class FootageSource(Record):
    """A moving picture from ``at`` seconds of its file on."""

    kind: Literal["footage"] = "footage"
    asset: AssetId
    at: Exact
    speed: float = Field(default=1, gt=0, le=4)
    fit: Literal["cover", "blurred"] = "cover"
    framing: Framing = Framing()


class VisualizerSource(Record):
    """The sound, drawn: a design of the catalog in a box of the canvas, around a picture where it has room for one."""

    kind: Literal["visualizer"] = "visualizer"
    design: str
    place: Place
    color: Color
    opacity: Unit = 1
    picture: AssetId | None = None


class PictureSource(Record):
    """A picture laid over the frame, such as a logo."""

    kind: Literal["picture"] = "picture"
    asset: AssetId
    place: Place
    opacity: Unit = 1


class InsetSource(Record):
    """Footage laid over the frame, from ``at`` seconds of its file on; where the file ends it begins again."""

    kind: Literal["inset"] = "inset"
    asset: AssetId
    at: Exact
    place: Place
    opacity: Unit = 1
    speed: float = Field(default=1, gt=0, le=4)


class TextStyle(Record):
    """How words look; ``size`` 1 is the design's own, ``color`` None is the look's own."""

    color: Color | None = None
    size: float = Field(default=1, gt=0.1, le=5)
    bold: bool = False
    italic: bool = False
    font: str | None = None


class TextSource(Record):
    """Words on the picture."""

    kind: Literal["text"] = "text"
    text: str = Field(min_length=1, max_length=500)
    role: TextRole = "title"
    position: Position = "center"
    design: str = "plain"
    style: TextStyle = TextStyle()


class SoundSource(Record):
    """A song from ``at`` seconds of its file on; volume 1 leaves it untouched.

    Where its volume changes, a song goes on in another clip: ``at`` is then where the one before has come to.
    """

    kind: Literal["sound"] = "sound"
    asset: AssetId
    at: Exact
    volume: float = Field(default=1, ge=0, le=2)


Source = Annotated[
    SceneSource
    | PhotoSource
    | FootageSource
    | VisualizerSource
    | PictureSource
    | InsetSource
    | TextSource
    | SoundSource,
    Field(discriminator="kind"),
]


class Transition(Record):
    """How a clip comes in: over its own first ``frames`` frames, while the clip before goes on beneath."""

    name: str = "cut"
    frames: int = Field(default=0, ge=0)


class Effect(Record):
    """A filter of the catalog on the picture of a clip."""

    name: str
    amount: Unit = 0.5


class Fade(Record):
    """Frames over which a clip comes from nothing and goes to nothing (picture: black; sound: silence).

    Those with which the base and the song begin and end may go on over more clips than their first and last ones.
    """

    frames_in: int = Field(default=0, ge=0)
    frames_out: int = Field(default=0, ge=0)


class Clip(Record):
    """One thing on one track, from frame ``start`` up to but not including ``end``.

    ``palette`` is drawn in place of the timeline's while the shot is shown. ``restraint`` is how far the music is held
    back in what it moves, so that the picture does not flash. ``mark`` is what of the song a shot's start is meant to
    fall on, wherever it is meant to fall on any: a beat, or the half-beat after one.
    """

    id: str
    name: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    source: Source
    transition: Transition = Transition()
    effects: tuple[Effect, ...] = ()
    fade: Fade = Fade()
    grade: Grade | None = None
    palette: Palette | None = None
    restraint: Unit = 0
    mark: Mark = "beat"

    @property
    def span(self) -> Span:
        """Return the frames on which the clip is shown."""
        return Span(self.start, self.end)

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"clip {self.id} ends at {self.end}, before it starts at {self.start}")
        return self


class Track(Record):
    """Clips in the order of time."""

    id: str
    role: TrackRole
    clips: tuple[Clip, ...] = ()


class Timeline(Document):
    """A whole video. ``version`` counts edits from 1."""

    schema_name: ClassVar[str] = "songreel.timeline"
    revision: ClassVar[int] = 4

    version: int = Field(default=1, ge=1)
    title: str = ""
    canvas: Canvas
    frames: int = Field(gt=0)
    seed: int = Field(ge=0)
    look: str
    palette: Palette
    grade: Grade = Grade()
    safe_area: Place = Place(x=0.05, y=0.05, width=0.9, height=0.9)
    tracks: tuple[Track, ...]

    def track(self, role: TrackRole) -> Track | None:
        """Return the first track of a role."""
        return next((track for track in self.tracks if track.role == role), None)

    def clips(self, role: TrackRole) -> tuple[Clip, ...]:
        """Return the clips of all tracks of a role, in the order of tracks."""
        return tuple(clip for track in self.tracks if track.role == role for clip in track.clips)

    def song_start(self) -> Fraction:
        """Return where in the song the video begins, in seconds; 0 when there is no song."""
        for clip in self.clips("song"):
            if isinstance(clip.source, SoundSource):
                return clip.source.at
        return Fraction(0)

    @property
    def song(self) -> AssetId | None:
        """Return the song that is played; None when there is none."""
        sources = (clip.source for clip in self.clips("song"))
        return next((source.asset for source in sources if isinstance(source, SoundSource)), None)
