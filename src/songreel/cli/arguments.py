"""Arguments as people write them: an option that takes several values, and numbers with units."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from songreel.base.errors import BadRequest

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


def songs_and_words(given: Sequence[str], *, project: Path | None) -> tuple[tuple[Path, ...], str]:
    """Return the songs and the words that follow them; with a project, a first argument that is no file is words.

    Raises BadRequest for words that are not in quotes.
    """
    named = 0 if project is not None and given and not Path(given[0]).exists() else 1
    while named < len(given) and _is_song(given[named]):
        named += 1
    songs, words = given[:named], given[named:]
    if len(words) > 1:
        raise BadRequest(f"{words[1]!r} is more than was expected", advice="Put your words in quotes.")
    return tuple(Path(each) for each in songs), words[0] if words else ""


def _is_song(token: str) -> bool:
    return Path(token).suffix.lower() in SONGS or Path(token).is_file()


def default_out(named_after: Path | None) -> Path:
    """Return where a video goes when nobody says: here, named after its song or project, but never as either."""
    out = Path(f"{named_after.stem if named_after and named_after.stem else 'video'}.mp4")
    return out.with_stem(f"{out.stem}-video") if named_after and out.absolute() == named_after.absolute() else out
