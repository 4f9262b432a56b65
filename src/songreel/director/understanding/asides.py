"""What people say of the world beside a request: ``the file is too heavy for me``, ``我网速慢``.

All of it is data (``lexicon/<language>/asides.toml``). An aside is a segment between two marks that names nothing on
the timeline. It is left out where something else is said: alone, ``people get bored quickly`` asks for more.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from songreel.director import lexicon
from songreel.director.names import unquoted
from songreel.director.tokens import HIDDEN, blanked
from songreel.director.understanding import items
from songreel.director.understanding.item import Item
from songreel.model.asset import Asset
from songreel.model.document import AssetId

_MARK = re.compile(
    r"[,，.。;；:：!！?？…\n()（）~～]+(?!\d)|(?<!\d)[,.]+(?=\d)|\s[-–—]+\s|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
_SAID = re.compile(r"\w")
_ON_THE_TIMELINE = ("position", "ratio", "platform")
_SETTINGS = ("percent", "db", "fps", "lines")
_WORLDLY = ("video", "song", "picture", "artist", "cover", "look", "palette")
"""Things that reasons are often about: ``so the video doesn't get boring``."""


def without(text: str, assets: Mapping[AssetId, Asset]) -> str:
    """Return a text of the same length with blanks where it is an aside; unchanged where it is nothing else."""
    bare = unquoted(text)
    for start, end in [*_explanations(bare), *_asides(bare, text, assets)]:
        bare = bare[:start] + " " * (end - start) + bare[end:]
    if not _SAID.search(bare):
        return text
    return blanked(text, bare)


def _explanations(text: str) -> Iterator[tuple[int, int]]:
    """Yield what only explains a moment: ``at 0:06 when the singing starts``."""
    for language in lexicon.asides():
        yield from (found.span() for found in language.explained.finditer(text))


def _asides(bare: str, text: str, assets: Mapping[AssetId, Asset]) -> list[tuple[int, int]]:
    segments = list(_segments(bare))
    found = [span for span in segments if _aside(bare[slice(*span)], text[slice(*span)], assets)]
    return found if len(found) < len(segments) else []


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between marks, and before words that open a reason."""
    bounds = {0, len(text)}
    for mark in _MARK.finditer(text):
        bounds |= {mark.start(), mark.end()}
    for language in lexicon.asides():
        bounds |= {found.start() for found in language.opens.finditer(text)}
    cuts = sorted(bounds)
    for start, end in itertools.pairwise(cuts):
        said = text[start:end]
        if _SAID.search(said) or HIDDEN in said:
            yield start + len(said) - len(said.lstrip()), start + len(said.rstrip())


def _aside(bare: str, said: str, assets: Mapping[AssetId, Asset]) -> bool:
    if HIDDEN in bare:
        return False
    for language in lexicon.asides():
        for pattern in language.segments:
            found = pattern.fullmatch(bare)
            if found is not None and not _on_the_timeline(said[found.start("rest") :], assets):
                return True
    return False


def _on_the_timeline(words: str, assets: Mapping[AssetId, Asset]) -> bool:
    """Tell whether words name anything that can be changed, or wish for something."""
    return bool(words) and any(_named(item) for item in items.read(words, assets, "en").items)


def _named(item: Item) -> bool:
    if item.asset is not None or item.ratio is not None or item.size is not None or item.has("word", "wish"):
        return True
    if item.quantity is not None and item.quantity.unit in _SETTINGS:
        return True
    thing = item.has("thing") and not item.has("thing", *_WORLDLY)
    return thing or any(item.has(kind) for kind in _ON_THE_TIMELINE)
