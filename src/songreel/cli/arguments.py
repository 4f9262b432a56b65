"""Arguments as people write them: an option that takes several values, and numbers with units."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

SEVERAL = "--media"
SONGS = frozenset({".mp3", ".wav", ".flac", ".m4a", ".aac", ".ogg", ".opus"})
"""Files that are never media, so that a song may follow them."""


def spread(argv: Sequence[str]) -> list[str]:
    """Let ``--media`` take several paths: ``--media a b`` becomes ``--media a --media b``.

    A value after the first one is taken while it is an existing path and no song, so that a song and words may follow.
    """
    spread_out: list[str] = []
    taking = False
    for token in argv:
        if token == SEVERAL:
            taking = True
        elif spread_out and spread_out[-1] == SEVERAL:
            pass
        elif taking and _is_media(token):
            spread_out.append(SEVERAL)
        else:
            taking = False
        spread_out.append(token)
    return spread_out


def _is_media(token: str) -> bool:
    return not token.startswith("-") and Path(token).suffix.lower() not in SONGS and Path(token).exists()


def song_and_words(first: Path | None, words: str, *, project: Path | None) -> tuple[Path | None, str]:
    """Return the song and the words; with a project, a first argument that is no file is words about it."""
    if project is not None and first is not None and not words and not first.exists():
        return None, str(first)
    return first, words


def default_out(named_after: Path | None) -> Path:
    """Return where a video goes when nobody says: here, named after its song or project, but never as either."""
    out = Path(f"{named_after.stem if named_after and named_after.stem else 'video'}.mp4")
    return out.with_stem(f"{out.stem}-video") if named_after and out.absolute() == named_after.absolute() else out
