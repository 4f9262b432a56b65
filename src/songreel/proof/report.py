"""The proof of a video: everything measured, held against what was wanted, in one document."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from songreel.base.time import Span, frame_count
from songreel.media import opening
from songreel.media.loudness import SILENCE_LUFS
from songreel.model.timeline import Timeline
from songreel.proof import conformance, cutting, flashing
from songreel.proof.changes import Changes, Stretch
from songreel.proof.finding import Finding, Proof
from songreel.proof.flashing import Flashing
from songreel.proof.measure import Measured, measure
from songreel.proof.sound import SoundMatch
from songreel.proof.wanted import Wanted

__all__ = ["Proof", "Wanted", "judge", "prove"]

_BLACK_S = 1
_FROZEN_S = 2
_OFFSET_MS = 1.0
_LOUDNESS_LU = 0.2
_LENGTH_MS = 25
_SLACK_MS = 1.0
_SHARE_PLANNED, _SHARE_FOUND = 1.0, 0.9
_BETWEEN = 0.5
_SEEN = 0.5
_ALIKE = 0.8
_USUAL = 99
NOTHING = Wanted()


def prove(video: Path, wanted: Wanted = NOTHING, *, on_progress: Callable[[float], None] | None = None) -> Proof:
    """Return what the decoded file shows, and whether it is what was wanted.

    What cannot be judged is listed with the reason. Raises BadMedia when the video or the song cannot be read.
    """
    measured = measure(
        video, song=wanted.song, song_start=wanted.song_start, silent=wanted.silent, on_progress=on_progress
    )
    return judge(measured, wanted)


def judge(measured: Measured, wanted: Wanted) -> Proof:
    """Hold what was measured against what was wanted; a pure function."""
    fps = measured.facts.video.fps
    findings = [
        *_streams(measured, wanted),
        *_cut_findings(measured, wanted),
        *_sound_findings(measured.match, wanted),
        *_stretches(measured.changes, fps, _faded(wanted.timeline)),
        *_flashes(measured.flashing, fps, wanted),
    ]
    if wanted.preset and wanted.preset.loops:
        findings.append(_seam(measured.changes))
    return Proof(
        video=opening.name_of(measured.video),
        passed=all(finding.ok for finding in findings),
        findings=tuple(findings),
        not_judged=(*_not_judged(wanted), *_sound_not_judged(measured, wanted), *_allowed(measured.flashing, wanted)),
        flashes=tuple((span.start, span.end) for span in measured.flashing.too_many),
        summary=_summary(measured, findings),
    )


def _streams(measured: Measured, wanted: Wanted) -> Iterator[Finding]:
    facts, seen, preset = measured.facts, measured.changes, wanted.preset
    yield _decodes(measured)
    if facts.container != "gif":
        yield conformance.even_rate(facts)
    if preset:
        yield from conformance.findings(facts, preset)
        if preset.longest_s or preset.shortest_s:
            yield conformance.bounds(float(seen.frames / facts.video.fps), preset)
    frames = _wanted_frames(measured, wanted)
    if frames is not None:
        yield conformance.length(seen.frames, frames)


def _wanted_frames(measured: Measured, wanted: Wanted) -> int | None:
    if wanted.timeline:
        return wanted.timeline.frames
    preset = wanted.preset
    if wanted.song_map is None or (preset and preset.longest_s):
        return None
    return frame_count(wanted.song_map.duration, preset.fps if preset else measured.facts.video.fps)


def _decodes(measured: Measured) -> Finding:
    video, seen = measured.facts.video, measured.changes
    whole = max(video.frames, video.declared_frames)
    ok = seen.frames == whole and seen.damaged == 0
    damage = f", {seen.damaged:,} damaged" if seen.damaged else ""
    return Finding(name="decodes", ok=ok, measured=f"{seen.frames:,} frames{damage}", wanted=f"{whole:,} whole frames")


def _cut_findings(measured: Measured, wanted: Wanted) -> Iterator[Finding]:
    fps, planned, song_map = measured.facts.video.fps, wanted.cuts, wanted.song_map
    shown: Sequence[int] = cutting.detect(measured.changes, fps)
    halved: Sequence[int] = ()
    if planned is not None:
        where = cutting.place(measured.changes, planned, fps)
        pairs = sorted((*((frame, frame) for frame in where.shown), *where.misplaced))
        shown = [found for meant, found in pairs if meant not in wanted.halves]
        halved = [found for meant, found in pairs if meant in wanted.halves]
        if planned:
            yield _placed(where, len(planned))
    if not song_map or len(song_map.beats) < 2:
        return
    if shown:
        errors = cutting.beat_errors(shown, fps, song_map.beat_times(), song_start=wanted.song_start)
        yield _on_beats(errors, fps, _SHARE_FOUND if planned is None else _SHARE_PLANNED)
    if halved:
        halves = [half for _, half in song_map.half_times()]
        errors = cutting.half_errors(halved, fps, halves, song_start=wanted.song_start)
        yield _on_beats(errors, fps, _SHARE_PLANNED, mark="half-beat")


def _placed(where: cutting.Placement, planned: int) -> Finding:
    late = ", ".join(f"{wanted} at {found}" for wanted, found in where.misplaced[:5])
    unclear = f"{len(where.unclear)} cannot be told from motion" if where.unclear else ""
    return Finding(
        name="planned cuts",
        ok=not where.misplaced and len(where.shown) >= math.floor(_SEEN * planned),
        measured=f"{len(where.shown)} of {planned} seen at their frame"
        + (f", shown elsewhere: {late}" if late else ""),
        wanted="each at its frame",
        note=unclear,
    )


def _on_beats(errors: cutting.BeatErrors, fps: Fraction, least: float, *, mark: str = "beat") -> Finding:
    within = float(500 / fps) + _SLACK_MS
    share, many = errors.share(within), len(errors.ms)
    cuts = "1 cut" if many == 1 else f"{many:,} cuts"
    between = f", {errors.between} between beats" if errors.between else ""
    all_of_them = f"{cuts} within {errors.worst:.1f} ms of a {mark}"
    return Finding(
        name=f"cuts on {mark}s",
        ok=share >= least and errors.between <= _BETWEEN * (many + errors.between),
        measured=f"{cuts}, worst {errors.worst:.1f} ms, median {errors.median:.1f} ms, "
        f"{share:.0%} within {within:.1f} ms{between}",
        wanted=f"{least:.0%} within half a frame + 1 ms",
        note=all_of_them if share == 1 else f"{round(share * many)} of {cuts} within {within:.1f} ms of a {mark}",
    )


def _sound_findings(match: SoundMatch | None, wanted: Wanted) -> Iterator[Finding]:
    if match is None or match.likeness is None:
        return
    offset = match.worst_ms
    yield Finding(
        name="sound offset",
        ok=abs(offset) <= _OFFSET_MS and match.likeness >= _ALIKE,
        measured=f"{round(offset, 2) + 0.0:.2f} ms"
        if match.likeness >= _ALIKE
        else f"not this song ({match.likeness:.0%} alike)",
        wanted=f"at most {_OFFSET_MS:g} ms",
        note=f"{len(match.offsets_ms)} places, {match.likeness:.1%} alike",
    )
    length_ms = (match.samples - match.song_samples) / 48
    yield Finding(
        name="sound length",
        ok=abs(length_ms) <= _LENGTH_MS,
        measured=f"{length_ms:+.1f} ms",
        wanted=f"at most {_LENGTH_MS} ms apart",
    )
    if not wanted.altered:
        yield _loudness(match)


def _loudness(match: SoundMatch) -> Finding:
    change = match.lufs - match.song_lufs
    return Finding(
        name="loudness",
        ok=abs(change) <= _LOUDNESS_LU,
        measured=f"{match.lufs:.1f} LUFS, {change:+.2f} LU against the song",
        wanted=f"at most {_LOUDNESS_LU} LU",
    )


def _faded(timeline: Timeline | None) -> tuple[Span, ...]:
    """Return the frames on which the picture was meant to come from black, or to go there."""
    clips = timeline.clips("base") if timeline else ()
    starts = (Span(clip.start, clip.start + clip.fade.frames_in) for clip in clips)
    ends = (Span(clip.end - clip.fade.frames_out, clip.end) for clip in clips)
    return tuple(span for span in (*starts, *ends) if len(span))


def _stretches(seen: Changes, fps: Fraction, faded: Sequence[Span]) -> Iterator[Finding]:
    black = [stretch for stretch in seen.black if not any(_within(stretch, span) for span in faded)]
    for name, found, most_s in (("black", black, _BLACK_S), ("frozen", seen.frozen, _FROZEN_S)):
        long = [stretch for stretch in found if (stretch.end - stretch.start) / fps > most_s]
        yield Finding(
            name=name,
            ok=not long,
            measured=", ".join(_times(stretch, fps) for stretch in long[:5]) or "none",
            wanted=f"no {name} stretch over {most_s} s",
        )


def _flashes(seen: Flashing, fps: Fraction, wanted: Wanted) -> Iterator[Finding]:
    if wanted.may_flash:
        return
    where = ", ".join(_times(span, fps) for span in seen.too_many[:5])
    yield Finding(
        name="flashes",
        ok=not seen.too_many,
        measured=f"at most {seen.most:g} a second, {seen.most_red:g} red" + (f", too many at {where}" if where else ""),
        wanted=f"at most {flashing.MOST_FLASHES} in any second over a quarter of the picture",
    )


def _within(stretch: Stretch, span: Span) -> bool:
    return span.start <= stretch.start and stretch.end <= span.end


def _times(stretch: Stretch | Span, fps: Fraction) -> str:
    return f"{float(stretch.start / fps):.2f}–{float(stretch.end / fps):.2f} s"


def _seam(seen: Changes) -> Finding:
    most = max(cutting.LEAST_CHANGE, float(np.percentile(seen.step, _USUAL)) if seen.frames else 0.0)
    return Finding(
        name="seam", ok=seen.seam <= most, measured=f"a change of {seen.seam:.3f}", wanted=f"at most {most:.3f}"
    )


def _not_judged(wanted: Wanted) -> Iterator[str]:
    if wanted.preset is None:
        yield "conformance: no preset was given"
    if wanted.cuts is None:
        yield "planned cuts: no plan was given"
    if wanted.song_map is None:
        yield "cuts on beats: no song was given"
    elif len(wanted.song_map.beats) < 2:
        yield "cuts on beats: the song has no steady beat"


def _sound_not_judged(measured: Measured, wanted: Wanted) -> Iterator[str]:
    if measured.facts.audio is None:
        yield "sound: the video has none"
    elif measured.match is None:
        yield "sound: no song was given"
    elif measured.match.likeness is None:
        yield "sound: the plan plays nothing of the song" if wanted.silent else "sound: the song is silent"
    elif wanted.altered:
        yield "loudness: the plan changes the song's level"


def _allowed(seen: Flashing, wanted: Wanted) -> Iterator[str]:
    if wanted.may_flash:
        yield f"flashes: allowed; up to {seen.most:g} a second, {seen.most_red:g} red, over a quarter of the picture"


def _summary(measured: Measured, findings: Sequence[Finding]) -> str:
    good = {finding.name for finding in findings if finding.ok}
    frames = measured.changes.frames
    words = ["1 frame" if frames == 1 else f"{frames:,} frames"]
    by_name = {finding.name: finding for finding in findings}
    words += [by_name[name].note for name in ("cuts on beats", "cuts on half-beats") if name in good]
    if "sound offset" in good:
        words.append(f"sound offset {by_name['sound offset'].measured}")
    if measured.lufs is not None and measured.lufs > SILENCE_LUFS:
        words.append(f"{measured.lufs:.1f} LUFS".replace("-", "−"))
    if {"black", "frozen"} <= good:
        words.append("no black or frozen stretch")
    if "flashes" in good:
        words.append("no harmful flashes")
    return ", ".join(words)
