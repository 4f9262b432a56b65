"""Whether a file is what its preset asks for. Each function judges one thing and returns one finding."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from songreel.media.scan import AudioFacts, Facts
from songreel.model.preset import Preset
from songreel.proof.finding import Finding

_REC709 = ("bt709", "bt709", "bt709", "limited")
_SOUND_RATE = 48_000
_MOST_KBPS = 1.15


def findings(facts: Facts, preset: Preset) -> Iterator[Finding]:
    """Yield a finding for each demand of a preset on the streams of a file."""
    yield _container(facts, preset)
    if facts.moov_first is not None:
        yield faststart(facts)
    yield _codec(facts, preset)
    yield _size(facts, preset)
    yield _rate(facts, preset)
    if preset.encoding.codec != "gif":
        yield _pixels(facts)
        yield _color(facts)
        yield _gop(facts, preset)
    yield _audio(facts.audio, preset)


def faststart(facts: Facts) -> Finding:
    """Judge whether a player can begin before it has the whole file."""
    place = "before the media" if facts.moov_first else "after the media"
    return Finding(name="index", ok=bool(facts.moov_first), measured=place, wanted="before the media")


def even_rate(facts: Facts) -> Finding:
    """Judge whether frames follow one another evenly from zero."""
    video = facts.video
    even = video.uneven_s < 1e-6 and video.start == 0
    measured = f"{rate_name(video.fps)} fps from {float(video.start) * 1000:.1f} ms"
    return Finding(
        name="even frames",
        ok=even,
        measured=measured if video.uneven_s < 1e-6 else f"{measured}, off by up to {video.uneven_s * 1000:.1f} ms",
        wanted="a constant rate from 0 ms",
    )


def length(frames: int, wanted: int) -> Finding:
    """Judge the number of frames against the number that was wanted."""
    return Finding(name="frames", ok=frames == wanted, measured=f"{frames:,}", wanted=f"{wanted:,}")


def bounds(seconds: float, preset: Preset) -> Finding:
    """Judge a duration against the shortest and longest that a platform takes."""
    longest = preset.longest_s or float("inf")
    return Finding(
        name="duration",
        ok=preset.shortest_s <= seconds <= longest,
        measured=f"{seconds:.2f} s",
        wanted=f"{preset.shortest_s:g}–{longest:g} s",
    )


def rate_name(fps: Fraction) -> str:
    """Return a frame rate as people write it."""
    return str(fps.numerator) if fps.denominator == 1 else f"{float(fps):.3f}"


def _container(facts: Facts, preset: Preset) -> Finding:
    return Finding(
        name="container", ok=facts.container == preset.container, measured=facts.container, wanted=preset.container
    )


def _codec(facts: Facts, preset: Preset) -> Finding:
    video = facts.video
    measured, wanted = f"{video.codec} {video.profile}".strip(), preset.encoding.codec
    if wanted == "h264":
        return Finding(name="codec", ok=measured == "h264 High", measured=measured, wanted="h264 High")
    return Finding(name="codec", ok=video.codec == wanted, measured=measured, wanted=wanted)


def _size(facts: Facts, preset: Preset) -> Finding:
    measured, wanted = (facts.video.width, facts.video.height), (preset.width, preset.height)
    return Finding(
        name="size", ok=measured == wanted, measured="×".join(map(str, measured)), wanted="×".join(map(str, wanted))
    )


def _rate(facts: Facts, preset: Preset) -> Finding:
    exact = facts.video.fps == preset.fps
    if preset.encoding.codec == "gif":
        # A GIF counts in hundredths of a second; the mean of its pauses is what can be held against a rate.
        exact = abs(float(facts.video.fps / preset.fps) - 1) < 0.02
    return Finding(name="rate", ok=exact, measured=rate_name(facts.video.fps), wanted=rate_name(preset.fps))


def _pixels(facts: Facts) -> Finding:
    return Finding(name="pixels", ok=facts.video.pixels == "yuv420p", measured=facts.video.pixels, wanted="yuv420p")


def _color(facts: Facts) -> Finding:
    return Finding(
        name="color", ok=facts.video.color == _REC709, measured=" ".join(facts.video.color), wanted=" ".join(_REC709)
    )


def _gop(facts: Facts, preset: Preset) -> Finding:
    video = facts.video
    kind = "closed" if video.closed_gop else "open"
    most = preset.encoding.b_frames
    return Finding(
        name="GOP",
        ok=video.closed_gop and (preset.encoding.codec != "h264" or video.b_frames <= most),
        measured=f"{kind}, up to {video.b_frames} B-frames",
        wanted=f"closed, up to {most} B-frames",
    )


def _audio(audio: AudioFacts | None, preset: Preset) -> Finding:
    match preset.audio:
        case "none":
            return Finding(name="audio", ok=audio is None, measured=_audio_name(audio), wanted="none")
        case "copy":
            return Finding(name="audio", ok=audio is not None, measured=_audio_name(audio), wanted="as it was")
        case _:
            return _encoded_audio(audio, preset)


def _encoded_audio(audio: AudioFacts | None, preset: Preset) -> Finding:
    profile = "LC" if preset.audio == "aac" else ""
    ok = (
        audio is not None
        and (audio.codec, audio.rate, audio.channels) == (preset.audio, _SOUND_RATE, 2)
        and audio.profile == (profile or audio.profile)
        and audio.kbps <= preset.audio_kbps * _MOST_KBPS
        and audio.start == 0
    )
    wanted = f"{preset.audio} {profile}".strip() + f", 48000 Hz, 2 channels, {preset.audio_kbps} kb/s, from 0 ms"
    return Finding(name="audio", ok=ok, measured=_audio_name(audio), wanted=wanted)


def _audio_name(audio: AudioFacts | None) -> str:
    if audio is None:
        return "none"
    name = f"{audio.codec} {audio.profile}".strip()
    start = float(audio.start) * 1000
    return f"{name}, {audio.rate} Hz, {audio.channels} channels, {audio.kbps:.0f} kb/s, from {start:.1f} ms"
