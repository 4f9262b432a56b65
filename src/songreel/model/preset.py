"""Where a video goes, and what it has to be there. A platform is one entry of `PRESETS`."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from songreel.base.errors import BadRequest
from songreel.model.document import Exact, Record
from songreel.model.timeline import Place

Container = Literal["mp4", "mov", "webm", "gif"]
VideoCodec = Literal["h264", "vp9", "av1", "gif"]
AudioCodec = Literal["aac", "opus", "copy", "none"]


class Encoding(Record):
    """How pictures become a stream: x264's ``speed`` names (ultrafast…veryslow) and constant rate factor."""

    codec: VideoCodec = "h264"
    speed: str = "fast"
    quality: int = Field(default=18, ge=0, le=63)
    b_frames: int = Field(default=2, ge=0, le=16)


class Preset(Record):
    """A platform's demands. ``safe_area`` is free of the platform's own buttons and captions."""

    name: str
    description: str
    width: int
    height: int
    fps: Exact
    container: Container = "mp4"
    encoding: Encoding = Encoding()
    audio: AudioCodec = "aac"
    audio_kbps: int = 384
    safe_area: Place = Place(x=0.05, y=0.05, width=0.9, height=0.9)
    shortest_s: float = 0
    longest_s: float | None = None
    loops: bool = False
    text: bool = True


# What the platforms' own buttons and captions leave free of 1080 by 1920: YouTube keeps 288 pixels above and 192 at
# the right, Instagram 14% above and 6% at the sides, TikTok 131 above, 484 below, 60 and 140 at the sides. Captions
# of one and two lines reach up to 0.72 of the height; advertisers are asked for more, since theirs carry a button.
_SHORTS_SAFE = Place(x=0.05, y=0.15, width=0.77, height=0.57)
_REELS_SAFE = Place(x=0.06, y=0.14, width=0.8, height=0.58)
_TIKTOK_SAFE = Place(x=0.06, y=0.1, width=0.8, height=0.64)
_CANVAS_SAFE = Place(x=0.06, y=0.12, width=0.8, height=0.64)
_30 = Fraction(30)

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(name="youtube", description="YouTube, 1080p wide", width=1920, height=1080, fps=_30),
        Preset(name="youtube-4k", description="YouTube, 4K wide", width=3840, height=2160, fps=_30),
        Preset(
            name="shorts",
            description="YouTube Shorts",
            width=1080,
            height=1920,
            fps=_30,
            safe_area=_SHORTS_SAFE,
        ),
        Preset(
            name="reels",
            description="Instagram Reels",
            width=1080,
            height=1920,
            fps=_30,
            safe_area=_REELS_SAFE,
        ),
        Preset(name="tiktok", description="TikTok", width=1080, height=1920, fps=_30, safe_area=_TIKTOK_SAFE),
        Preset(name="square", description="Square post", width=1080, height=1080, fps=_30),
        Preset(
            name="canvas",
            description="Spotify Canvas: a silent, seamless loop of 3–8 s",
            width=1080,
            height=1920,
            fps=_30,
            audio="none",
            safe_area=_CANVAS_SAFE,
            shortest_s=3,
            longest_s=8,
            loops=True,
            text=False,
        ),
        Preset(
            name="preview",
            description="A quick look, 540p",
            width=960,
            height=540,
            fps=_30,
            encoding=Encoding(speed="superfast", quality=23),
            audio_kbps=192,
        ),
    )
}
DEFAULT_PRESET = "youtube"


def preset(name: str) -> Preset:
    """Return a preset by its name; raises BadRequest when there is none."""
    try:
        return PRESETS[name]
    except KeyError:
        raise BadRequest(f"there is no preset {name!r}", advice=f"Use one of: {', '.join(PRESETS)}.") from None
