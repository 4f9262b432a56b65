"""Finds files and addresses in a line, as terminals write them when something is dragged in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_VIDEOS = frozenset({"mp4", "mov", "avi", "webm", "mkv", "m4v"})
_PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "tif", "tiff"})
_SOUNDS = frozenset({"mp3", "wav", "m4a", "aac", "flac", "ogg", "opus", "aif", "aiff"})
MEDIA = _VIDEOS | _PICTURES | _SOUNDS | {"fs"}
_TOKEN = re.compile(r"(?<!\S)(?:'[^']*'|\"[^\"]*\"|(?:\\.|[^\s\\])+)(?!\S)")
_ESCAPED = re.compile(r"\\(.)")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_TRAILING = ".,;:!?)，。；：！？）"


@dataclass(frozen=True, slots=True)
class Found:
    """What a line brings: files, addresses, paths that lead nowhere, and the words that are left."""

    paths: tuple[Path, ...] = ()
    urls: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    words: str = ""

    @property
    def brings(self) -> bool:
        """Tell whether there is anything to upload."""
        return bool(self.paths or self.urls)


def find(line: str, *, exists: Callable[[Path], bool] = Path.exists) -> Found:
    """Return what a line brings.

    A file must exist, and be written as a path or have the suffix of a media file; an address must have such a suffix,
    unless the line is nothing else. So a title in quotes is words.
    """
    line = line.strip()
    if _seems_path(line) and exists(_path(line)):
        return Found(paths=(_path(line),))
    paths: list[Path] = []
    urls: list[str] = []
    missing: list[str] = []
    kept = line
    only = not _URL.sub("", line).strip()
    for start, end, token in reversed(list(_tokens(line))):
        if _URL.fullmatch(token) and (only or _suffix(urlsplit(token).path) in MEDIA):
            urls.insert(0, token)
        elif _seems_path(token) and exists(_path(token)):
            paths.insert(0, _path(token))
        elif _leads_nowhere(token):
            missing.insert(0, token)
        else:
            continue
        kept = kept[:start] + kept[end:]
    return Found(tuple(paths), tuple(urls), tuple(missing), " ".join(kept.split()) if kept != line else line)


def media_in(folder: Path) -> tuple[Path, ...]:
    """Return the media files of a folder, by name."""
    return tuple(sorted(path for path in folder.iterdir() if path.is_file() and _suffix(path.name) in MEDIA))


def _tokens(line: str) -> Iterator[tuple[int, int, str]]:
    for match in _TOKEN.finditer(line):
        token = match.group()
        if token[0] in "'\"" and token[-1] == token[0] and len(token) > 1:
            yield match.start(), match.end(), token[1:-1]
        else:
            bare = token.rstrip(_TRAILING)
            plain = bare if _URL.match(bare) else _ESCAPED.sub(r"\1", bare)
            yield match.start(), match.start() + len(bare), plain


def _path(token: str) -> Path:
    if token.lower().startswith("file://"):
        return Path(unquote(urlsplit(token).path))
    return Path(token).expanduser() if token.startswith("~/") else Path(token)


def _seems_path(token: str) -> bool:
    return bool(token) and ("/" in token or _suffix(token) in MEDIA)


def _leads_nowhere(token: str) -> bool:
    """Tell whether somebody can only have meant a file."""
    return token.startswith(("/", "./", "../", "~/", "file://")) and _suffix(token) in MEDIA


def _suffix(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""
