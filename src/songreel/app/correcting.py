"""What a caller says about a song's beats, read and checked before any work begins."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from songreel.base.errors import BadRequest
from songreel.model.correction import Correction

_FORM = "Write a line for each beat: seconds, a tab, and its place in the bar, 1 at the downbeat."
_LARGEST_BYTES = 16 << 20


def correction(
    *,
    bpm: float | None = None,
    first_beat: float | None = None,
    meter: int | None = None,
    half_time: bool = False,
    double_time: bool = False,
    beats: Path | None = None,
) -> Correction | None:
    """Return what is said, or None when nothing is; raises BadRequest when it is out of range or contradicts itself."""
    if half_time and double_time:
        raise BadRequest("half-time and double-time contradict each other", advice="Give one of them.")
    try:
        said = Correction(
            bpm=bpm,
            first_beat=first_beat,
            meter=meter,
            pulse="half-time" if half_time else "double-time" if double_time else None,
            beats=read_beats(beats) if beats else None,
        )
    except ValidationError as error:
        raise BadRequest(_sentence(error)) from error
    return said if said != Correction() else None


def read_beats(path: Path) -> tuple[tuple[float, int], ...]:
    """Read a ``.beats`` file: seconds and, after white space, the position in the bar; 0 where it has none.

    Empty lines and those that begin with ``#`` are passed over. Raises BadRequest with the line that is no beat.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise BadRequest(f"{path.name} is too large for a file of beats", advice=_FORM)
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror or "" if isinstance(error, OSError) else "it is no text"
        raise BadRequest(f"the beats in {path.name} cannot be read: {reason}", advice=_FORM) from error
    rows = ((number, line.split()) for number, line in enumerate(lines, 1) if line.strip() and line.lstrip()[0] != "#")
    return tuple(_beat(path, number, fields) for number, fields in rows)


def _beat(path: Path, number: int, fields: list[str]) -> tuple[float, int]:
    try:
        seconds, position = (*fields, "0")[:2] if len(fields) < 3 else ("", "")
        return float(seconds), int(position)
    except ValueError as error:
        raise BadRequest(f"line {number} of {path.name} is no beat", advice=_FORM) from error


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    own = first.get("ctx", {}).get("error")
    return str(own) if own else f"{' '.join(map(str, first['loc'][:1]))}: {first['msg']}".replace("_", " ").lower()
