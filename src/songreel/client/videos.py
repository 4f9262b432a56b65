"""Which videos an export is of, where a session has several songs: "export all", "export night.mp3", "导出第二首"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from songreel.client.answers import SongVideo

_FILE = re.compile(r"[\"'“]?[\w .()&-]+\.(?:mp3|wav|m4a|aac|flac|ogg|opus|mp4|mov)[\"'”]?", re.IGNORECASE)
_NUMBERS = {
    name: number
    for number, names in enumerate(
        ("first|one|一", "second|two|二|两", "third|three|三", "fourth|four|四", "fifth|five|五", "sixth|six|六",
         "seventh|seven|七", "eighth|eight|八", "ninth|nine|九", "tenth|ten|十"),
        1,
    )
    for name in names.split("|")
} | {"last": -1, "最后": -1}  # fmt: skip
_SHORTEST = 2
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(name for name in _NUMBERS if not name.startswith('last'))})"
_ALL = re.compile(
    r"\b(?:all|both|each|every|everything)\b(?!\s+(?:the\s+)?(?:tracks\s+of|seconds?|beats?|bars?))"
    r"|全部|所有|每一?[首个]|都(?=导出|下载)|[两二三四五六七八九十]首",
    re.IGNORECASE,
)
_NTH = re.compile(
    rf"\b(?P<nth>\d{{1,3}}(?:st|nd|rd|th)|last|{'|'.join(name for name in _NUMBERS if name.isascii())})\s+"
    rf"(?:song|track|video|tune|one)\b"
    rf"|\b(?:song|track|video)\s+(?:number\s+|no\.?\s*|#\s*)?(?P<number>{_NUMBER})\b(?!\s*(?:p\b|fps))"
    rf"|第\s*(?P<zh>{_NUMBER})\s*[首个]|(?P<last>最后)一?[首个]",
    re.IGNORECASE,
)


def names_any(words: str) -> bool:
    """Tell whether words say by number, or by all, which songs' videos are meant."""
    return bool(_ALL.search(words) or _NTH.search(words))


def is_name(words: str) -> bool:
    """Tell whether words are nothing but a song, by its file or its number."""
    plain = words.strip().removeprefix("the ").removeprefix("my ")
    return bool(_FILE.fullmatch(plain) or _NTH.fullmatch(plain))


def without(words: str) -> str:
    """Return words without what says which songs are meant."""
    return _NTH.sub(" ", _ALL.sub(" ", words))


def meant(words: str, videos: Sequence[SongVideo]) -> list[SongVideo] | None:
    """Return the videos that words name, in the order of the songs; None where they name none, none where it is gone.

    A file's name counts before its number, and both before all.
    """
    whole = [video for video in videos if _says(words, video.filename)]
    rest = words
    for video in whole:
        rest = re.sub(re.escape(video.filename), " ", rest, flags=re.IGNORECASE)
    if named := [video for video in videos if video in whole or _says(rest, name_of(video))]:
        return named
    if found := _NTH.search(words):
        said = next(filter(None, found.groups())).lower()
        digits = re.match(r"\d+", said)
        number = int(digits[0]) if digits else _NUMBERS[said]
        place = number - 1 if number > 0 else len(videos) + number
        return list(videos[place : place + 1]) if place >= 0 else []
    return list(videos) if _ALL.search(words) else None


def name_of(video: SongVideo) -> str:
    """Return what the file of a song's video is called."""
    return PurePath(video.filename).stem or "video"


def _says(words: str, name: str) -> bool:
    whole = rf"(?<![A-Za-z0-9_.]){re.escape(name)}(?![A-Za-z0-9_])"
    return len(name) >= _SHORTEST and re.search(whole, words, re.IGNORECASE) is not None
