"""Which of several songs a message names: by their files, their numbers, or where they stand to the one that is shown.

How songs are spoken of is data, ``lexicon/<language>/songs.toml``; all languages are read at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from songreel.director import lexicon, names
from songreel.director.conversation import Situation
from songreel.director.understanding import items
from songreel.model.asset import Asset
from songreel.model.document import AssetId

STAND_IN = "\ue010"
"""Stands for songs that were named, in what the patterns of `patterns` look at."""
_HIDDEN = "\ue011"
_KINDS = ("made", "all", "rest", "ordinal", "next", "previous", "other", "this")
_SHORTEST, _SHORTEST_OTHER = 3, 2
"""Letters that a name has at least: in Latin, and in a script whose letters are words."""
_MARKS = "\"'“”‘’「」《》"
_PIECES = re.compile(r"[^\W\d_]+|\d+")
_APART = r"[\s_.-]*"
"""What may stand between the words of a file's name."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Songs that are named between two places of a text: ``kind`` and ``value`` say how, ``songs`` which they are.

    There are none where the message names a song that is not there.
    """

    start: int
    end: int
    kind: str
    songs: tuple[AssetId, ...] = ()


def find(text: str, situation: Situation, *, bare: bool = False) -> list[Ref]:
    """Return the songs that a text names, in order; ``bare`` also by words that could mean other things."""
    masked = names.unquoted(text, _HIDDEN)
    found: list[Ref] = []
    for ref in (*_named(text, masked, situation), *_spoken(masked, situation, "refs")):
        _add(found, ref)
    if bare and not found:
        for ref in _spoken(masked, situation, "bare"):
            _add(found, ref)
    return _together(sorted(found, key=lambda ref: ref.start), masked)


def marked(text: str, refs: Sequence[Ref]) -> str:
    """Return a text in which one letter stands for the songs that are named."""
    for ref in sorted(refs, key=lambda each: -each.start):
        text = text[: ref.start] + STAND_IN + text[ref.end :]
    return text


def marked_over(text: str, refs: Sequence[Ref]) -> str:
    """Return a text of the same length in which songs that are named and quotations say nothing."""
    text = names.unquoted(text, _HIDDEN)
    for ref in refs:
        text = text[: ref.start] + _HIDDEN * (ref.end - ref.start) + text[ref.end :]
    return text


@cache
def patterns(table: str, name: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a name of ``songs.toml``, of all languages."""
    return tuple(_compiled(each) for data in _lexicon().values() for each in _listed(data.get(table, {}).get(name, ())))


@cache
def words(table: str, name: str) -> frozenset[str]:
    """Return the plain words of a name of ``songs.toml``, of all languages."""
    return frozenset(str(each) for data in _lexicon().values() for each in data.get(table, {}).get(name, ()))


@cache
def replaced(name: str, language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what is cut out of a message in a language, with what takes its place."""
    return tuple((_compiled(there), put) for there, put in _lexicon()[language]["cut"][name])


def _listed(value: str | Iterable[str]) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("§", STAND_IN), re.IGNORECASE)


@cache
def _lexicon() -> Mapping[str, Mapping[str, Any]]:
    """Return how songs are spoken of, by language."""
    here = resources.files("songreel.director.lexicon")
    files = {grammar.name: here / grammar.name / "songs.toml" for grammar in lexicon.grammars()}
    return {name: tomllib.loads(file.read_text(encoding="utf-8")) for name, file in files.items()}


def _add(found: list[Ref], ref: Ref) -> None:
    if not any(ref.start < each.end and each.start < ref.end for each in found):
        found.append(ref)


# -- by name ---------------------------------------------------------------------------------------------------------


def _named(text: str, masked: str, situation: Situation) -> Iterator[Ref]:
    called = [(form, song) for song in situation.songs for form in _forms(situation.assets[song])]
    for form, song in sorted(called, key=lambda each: -len(each[0].text)):
        for match in form.pattern.finditer(text if form.whole else masked):
            start, end = match.span()
            quoted = _HIDDEN in masked[start:end] and not (text[start] in _MARKS and text[end - 1] in _MARKS)
            if not quoted and (form.whole or _as_name(masked, start, end, everyday=form.everyday)):
                named = (pattern.search(masked[:start]) for pattern in patterns("names", "called"))
                yield Ref(min([start, *(each.start() for each in named if each)]), end, "name", (song,))


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which a file is called; ``whole`` with its suffix, ``everyday`` where it is words of the lexicon."""

    text: str
    pattern: re.Pattern[str]
    whole: bool = False
    everyday: bool = False


@lru_cache(maxsize=512)
def _forms(asset: Asset) -> tuple[_Form, ...]:
    base = asset.name.rsplit("/", 1)[-1]
    stem = base.rsplit(".", 1)[0]
    quoted = rf"[{_MARKS}]?(?<![A-Za-z0-9_.]){re.escape(base)}(?![A-Za-z0-9_])[{_MARKS}]?"
    found = [_Form(base, re.compile(quoted, re.IGNORECASE), whole=True)]
    for plain in dict.fromkeys((stem, asset.title.strip())):
        parts = [re.escape(part) for part in _PIECES.findall(plain)]
        letters = "".join(parts)
        if len(letters) >= (_SHORTEST if letters.isascii() else _SHORTEST_OTHER):
            loose = _APART.join(parts)
            pattern = re.compile(rf"(?<![A-Za-z0-9_.]){loose}(?![A-Za-z0-9_])", re.IGNORECASE)
            found.append(_Form(plain, pattern, everyday=_everyday(plain)))
    return tuple(found)


def _everyday(name: str) -> bool:
    return all(not item.unknown for item in items.read(name, {}, "en").items)


def _as_name(text: str, start: int, end: int, *, everyday: bool) -> bool:
    before, after = text[:start], text[end:]
    if any(pattern.search(before) for pattern in patterns("names", "never")):
        return False
    if not everyday:
        return True
    return any(pattern.search(before) for pattern in patterns("names", "before")) or any(
        pattern.search(after) for pattern in patterns("names", "after")
    )


# -- by place --------------------------------------------------------------------------------------------------------


def _spoken(text: str, situation: Situation, table: str) -> Iterator[Ref]:
    for kind in _KINDS:
        for pattern in patterns(table, kind):
            for match in pattern.finditer(text):
                number = _number(match.groupdict().get("n"))
                yield Ref(match.start(), match.end(), kind, meant(kind, number, situation))


def _number(said: str | None) -> int:
    if said is None:
        return 0
    known = {word: int(number) for data in _lexicon().values() for word, number in data["numbers"].items()}
    digits = re.match(r"\d+", said)
    return int(digits[0]) if digits else known.get(said.lower(), 0)


def meant(kind: str, number: int, situation: Situation) -> tuple[AssetId, ...]:
    """Return the songs that a kind of words means: in the order in which they came, nothing where there is none."""
    every = situation.songs
    match kind:
        case "all":
            return every
        case "made":
            return tuple(song for song in every if song in situation.videos) or every
        case "rest":
            return tuple(song for song in every if song not in situation.videos) or _without(every, situation.song)
        case "ordinal":
            place = number - 1 if number > 0 else number
            return every[place : place + 1 or None] if -len(every) <= place < len(every) else ()
        case "next":
            return _next(every, situation)
        case "previous":
            around = _around(every, situation.song)
            return around[-1:] if situation.videos else every[:1]
        case "other":
            return _other(every, situation)
        case _:
            song = situation.waiting or situation.song
            return (song,) if song else ()


def _next(every: tuple[AssetId, ...], situation: Situation) -> tuple[AssetId, ...]:
    """Return the next song without a video, after the one that is shown and round again; the first before any."""
    if not situation.videos:
        return every[:1]
    around = _around(every, situation.song)
    return (tuple(song for song in around if song not in situation.videos) or around)[:1]


def _other(every: tuple[AssetId, ...], situation: Situation) -> tuple[AssetId, ...]:
    if len(every) > 2 and situation.waiting:
        return (situation.waiting,)
    return _next(every, situation) if situation.videos else _without(every, situation.song)[-1:]


def _around(every: tuple[AssetId, ...], song: AssetId | None) -> tuple[AssetId, ...]:
    """Return the songs after one, then those before it."""
    at = every.index(song) if song in every else -1
    return (*every[at + 1 :], *every[: max(at, 0)])


def _without(every: tuple[AssetId, ...], song: AssetId | None) -> tuple[AssetId, ...]:
    return tuple(each for each in every if each != song)


def _together(refs: list[Ref], text: str) -> list[Ref]:
    """Return songs that are listed, with nothing but a joining word between them, as one."""
    joins = patterns("names", "joins")
    found: list[Ref] = []
    for ref in refs:
        last = found[-1] if found else None
        if last is not None and any(pattern.fullmatch(text[last.end : ref.start]) for pattern in joins):
            songs = tuple(dict.fromkeys((*last.songs, *ref.songs)))
            found[-1] = Ref(last.start, ref.end, "list", songs if last.songs and ref.songs else ())
        else:
            found.append(ref)
    return found
