"""A message as a row of items: words of the lexicon, quotations, quantities, moments, colors, names of files.

Everything that later steps look at is here; what nothing is known of stays an item without meanings.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from songreel.director import lexicon
from songreel.director.lexicon import Word
from songreel.director.names import Quotation, cued, quotations
from songreel.director.tokens import HIDDEN, TAKEN, Hit, Phrases, Token, normal, stem, tokens
from songreel.director.understanding import contrast, phrasal, quantities, reach
from songreel.director.understanding.item import Item
from songreel.director.understanding.quantities import Quantity
from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.visuals import catalog

_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![0-9a-zA-Z])")
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2}):([0-5]\d)(?:\.(\d{1,3}))?(?!\d|:\d)")
_TIMECODE = re.compile(r"(?<![\d:.])(\d{1,2}):([0-5]\d):([0-5]\d)(?:[:;](\d{1,2})|\.(\d{1,3}))?(?!\d|:\d)")
_CODED = 30
"""Frames that a second of a timecode is taken to have."""
_SPOT = re.compile(r"(?<![\w:]):([0-5]\d)(?!\w|[:.]\d)")
_MINUTES = re.compile(
    r"(?<![\d.])(\d{1,2})\s?(?:m|min|分)\s?([0-5]?\d)(?:\.(\d{1,3}))?\s?(?:s\b|sec\b|秒)", re.IGNORECASE
)
_RATIO = re.compile(
    r"(?<![\d:.])(\d{1,2}(?:\.\d{1,2})?)\s?(?::|x|by|比|/|×)\s?(\d{1,2})(?!\d|[:.]\d|\s?(?:s\b|sec))", re.IGNORECASE
)
_SIZE = re.compile(r"(?<!\d)(\d{3,4})\s?(?:x|×|by|\*|乘以?)\s?(\d{3,4})(?!\d)", re.IGNORECASE)
_RATIOS = {"9:16", "16:9", "1:1", "4:5", "5:4", "4:3", "3:4", "21:9", "2:3", "3:2", "2:1", "1:2", "2.39:1", "2.35:1"}
_HANDLE = re.compile(
    r"(?:(?<![A-Za-z0-9_@.])@[^\W\d][\w.]*\w|(?<![\w@.])#(?=\w*[g-zG-Z_])[A-Za-z]\w+|(?<![\w@.])(?:www\.)?[A-Za-z][\w-]*\.(?:com|net|org|io|fm|co|me|tv|bio|ly|link|gg|app|de|uk|cn|info)\b(?:/[\w./-]*\w)?)"
)
"""Names of accounts, tags and addresses: words to be shown as they are."""
_PICTURED = frozenset({"scene", "look", "mood", "pace", "praise", "foreign"})
"""What words of names may mean besides: songs are called Aurora, Neon, Summer."""
_ATTRIBUTES = ("degree", "position", "style", "color", "ink", "fade", "measure", "dimension")
"""What may be asked for of words behind their name."""
_STEMMED = {"faded": ("thing", "fade"), "leaves": ("act", "keep")}
"""What words only mean in another form: ``a faded look`` asks for no fade, ``the title leaves at 0:08`` for its end."""
_ARTICLES = ("a", "an", "the")
_UNITS = ("second", "minute", "percent", "frame")
_STEM = re.compile(r"^([A-Za-z]+)[ _-]?(\d+)$")
_BLANKS = re.compile(r"[^\S\n]{2,}")
_BULLET = re.compile(r"^\s*(?:[-*•·–—]|\d{1,2}\s?[.)、）](?!\d)|[①-⑳])\s*")
_OPEN = tuple(",:;，：；、(（&+")
_CLOSED = tuple(".!?。！？…")
_WRAPPED = 60
"""Letters of a line that may have been broken in the middle of a sentence."""
LONGEST_MESSAGE = 5_000
"""Letters of a message that are read; lyrics are taken whole before."""


@dataclass(frozen=True, slots=True)
class _Taken:
    start: int
    end: int
    item: Item


@dataclass(frozen=True)
class Message:
    """A message that has been read: its text with one way to write each letter, and its items."""

    text: str
    items: tuple[Item, ...]
    language: str
    quotes: tuple[str, ...] = field(default=())


def read(words: str, assets: Mapping[AssetId, Asset], default_language: str) -> Message:
    """Return a message as items."""
    text = "".join(" " if "\ue000" <= letter <= "\uf8ff" or letter == "\0" else letter for letter in words)
    text = _BLANKS.sub(" ", _sentences(normal(text[:LONGEST_MESSAGE])))
    taken = _taken(text, assets)
    masked = _masked(lexicon.variant(text), taken)
    bare = "".join(" " if HIDDEN in letter or TAKEN in letter else letter for letter in masked)
    split = _units_mended(tokens(masked))
    items = phrasal.joined(tuple(_items(text, split, {each.start: each for each in taken})))
    quotes = tuple(item.quote for item in items if item.quote is not None)
    return Message(text, contrast.united(reach.reached(items)), lexicon.language_of(bare, default_language), quotes)


def knows(word: str) -> bool:
    """Tell whether a word is one of the lexicon, in any inflection, or of a quantity."""
    return _phrases().knows(word) or quantities.knows(word)


def _sentences(text: str) -> str:
    """Return a message in one line: each line is a sentence, unless it leads to the next or was only too long."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    if len(lines) < 2:
        return text
    if sum(1 for line in lines if _BULLET.match(line)) > 1:
        lines = [_BULLET.sub("", line) for line in lines]
    joined = lines[0]
    for before, line in itertools.pairwise(lines):
        goes_on = before.endswith(_OPEN) or (len(before) >= _WRAPPED and line[:1].islower())
        joined += (" " if goes_on or before.endswith(_CLOSED) else ". ") + line
    return joined


def _taken(text: str, assets: Mapping[AssetId, Asset]) -> list[_Taken]:
    """Return what is found in the letters themselves, in order and without overlap; what comes first has its place."""
    found: list[_Taken] = []

    def overlaps(start: int, end: int) -> bool:
        return any(start < each.end and each.start < end for each in found)

    names = (_quotation(text, each) for each in cued(text, overlaps, _known) if not _asks(each.text))
    for item in itertools.chain(_spelled(text, assets), _measured(text), names):
        if overlaps(item.start, item.end):
            continue
        found.append(_Taken(item.start, item.end, item))
    return sorted(found, key=lambda each: each.start)


def _quotation(text: str, each: Quotation) -> Item:
    return Item(text[each.start : each.end], each.start, each.end, quote=each.text, cue=each.role)


def _spelled(text: str, assets: Mapping[AssetId, Asset]) -> Iterator[Item]:
    """Yield names of files and quotations."""
    for name, asset in _names(assets):
        for match in re.finditer(name, text, re.IGNORECASE):
            yield Item(match[0], match.start(), match.end(), asset=asset)
    yield from (_quotation(text, each) for each in quotations(text) if each.role != "style")
    for match in _HANDLE.finditer(text):
        yield Item(match[0], match.start(), match.end(), quote=match[0], cue="words")


def _measured(text: str) -> Iterator[Item]:
    """Yield colors by hex, sizes, ratios and clocks."""
    for match in _HEX.finditer(text):
        digits = match[0][1:].lower()
        color = "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
        yield Item(match[0], match.start(), match.end(), color=color)
    for match in _SIZE.finditer(text):
        yield Item(match[0], match.start(), match.end(), size=(int(match[1]), int(match[2])))
    for match in _RATIO.finditer(text):
        if f"{match[1]}:{match[2]}" in _RATIOS:
            yield Item(match[0], match.start(), match.end(), ratio=f"{match[1]}:{match[2]}")
    for match in _TIMECODE.finditer(text):
        minutes = 60 * int(match[1]) + int(match[2])
        seconds = 60 * minutes + Fraction(f"{match[3]}.{match[5] or 0}") + Fraction(int(match[4] or 0), _CODED)
        yield Item(match[0], match.start(), match.end(), clock=seconds)
    for match in _SPOT.finditer(text):
        # Editors write lengths so: ``make it a :30``.
        yield Item(match[0], match.start(), match.end(), quantity=Quantity(Fraction(match[1]), "second"))
    for pattern in (_CLOCK, _MINUTES):
        for match in pattern.finditer(text):
            seconds = 60 * int(match[1]) + Fraction(f"{int(match[2])}.{match[3] or 0}")
            yield Item(match[0], match.start(), match.end(), clock=seconds)


def _known(name: str) -> bool:
    """Tell whether a name is made of words that ask for something here, as in ``the title is bold``."""
    found = list(_items(name, tokens(lexicon.variant(name)), {}))
    pictured = all(item.meanings and all(kind in _PICTURED for kind, _ in item.meanings) for item in found)
    # ``make it NEON`` names a look, ``NEON NIGHTS`` is a name.
    one = name.isupper() and len(found) == 1
    # ``make that OUT FRIDAY`` asks for nothing but these words.
    wordy = name.isupper() and all(item.silent for item in found)
    return all(not item.unknown for item in found) and (one or not pictured) and not wordy


def _asks(name: str) -> bool:
    """Tell whether what follows “title:” says how it is to look or when it is there: ``title: bigger, at the top``."""
    found = list(_items(name, tokens(lexicon.variant(name)), {})) if name == name.lower() else []
    said = [item for item in found if not (item.mark or item.has("word") or item.said in _ARTICLES)]
    dressed = [item for item in said if any(item.has(kind) for kind in _ATTRIBUTES)]
    timed = [item for item in said if item.quantity is not None and item.quantity.unit]
    return bool(said) and len(dressed) + len([item for item in timed if item not in dressed]) == len(said)


def _names(assets: Mapping[AssetId, Asset]) -> Iterator[tuple[str, AssetId]]:
    """Yield a pattern for each name that a file can be called by, those with an ending first, then the longest."""
    names: dict[str, AssetId] = {}
    for key, asset in assets.items():
        if asset.kind == "song":
            continue
        base = asset.name.rsplit("/", 1)[-1]
        stem = base.rsplit(".", 1)[0]
        names.setdefault(rf"(?<![A-Za-z0-9_.]){re.escape(base)}(?![A-Za-z0-9_])", key)
        if numbered := _STEM.match(stem):
            names.setdefault(rf"(?<![A-Za-z0-9_.]){numbered[1]}[ _-]?{numbered[2]}(?![A-Za-z0-9_])", key)
        elif len(stem) >= 4 and not _everyday(stem):
            names.setdefault(rf"(?<![A-Za-z0-9_.]){re.escape(stem)}(?![A-Za-z0-9_])", key)
    yield from sorted(names.items(), key=lambda pair: (r"\." not in pair[0], -len(pair[0])))


def _everyday(name: str) -> bool:
    phrases = _phrases()
    split = tokens(name)
    return all(phrases.at(phrases.stems([token]), 0, [token.text]) is not None for token in split)


def _masked(text: str, taken: Sequence[_Taken]) -> str:
    for number, each in enumerate(taken):
        mask = (HIDDEN, TAKEN)[number % 2]
        text = text[: each.start] + mask * (each.end - each.start) + text[each.end :]
    return text


def _units_mended(split: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with misspelled units behind numbers mended: ``20 secnds``."""
    stems = _phrases().stems(split)
    out = list(split)
    for at, token in enumerate(split[1:], start=1):
        if split[at - 1].text.isdigit() and stems[at] in _UNITS and stems[at] != stem(token.text):
            out[at] = replace(token, text=stems[at])
    return tuple(out)


def _items(text: str, split: Sequence[Token], taken: Mapping[int, _Taken]) -> Iterator[Item]:
    phrases = _phrases()
    stems, texts = phrases.stems(split), [token.text for token in split]
    place = 0
    while place < len(split):
        token = split[place]
        if token.start in taken and token.text[0] in (HIDDEN, TAKEN):
            yield taken[token.start].item
            place += 1
            continue
        hit, amount = phrases.at(stems, place, texts), quantities.read(split, place)
        if amount and not _rather(hit, amount):
            end = split[amount[1] - 1].end
            item = Item(text[token.start : end], token.start, end, quantity=_signed(amount[0], text, token.start))
            yield replace(item, meanings=hit.meanings) if hit and hit.last == amount[1] else item
            place = amount[1]
        elif hit:
            end = split[hit.last - 1].end
            said = text[token.start : end]
            yield Item(said, token.start, end, meanings=_compared(said, hit.meanings))
            place = hit.last
        else:
            yield Item(text[token.start : token.end], token.start, token.end)
            place += 1


def _compared(said: str, meanings: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return what words in “er” can mean: “shorter” shares its stem with YouTube's Shorts, and means none."""
    if (other := _STEMMED.get(said.lower())) is not None:
        return tuple(each for each in meanings if each != other)
    if said.lower().endswith("er") and ("thing", "logo") in meanings:
        # “sticker” shares its stem with “stick”.
        return tuple(each for each in meanings if each[0] != "act")
    if said.lower().endswith("er") and any(kind == "degree" for kind, _ in meanings):
        return tuple(each for each in meanings if each[0] not in ("platform", "thing", "scene", "visualizer"))
    if said.lower() == "looking":
        # ``no stock-looking pictures`` names no look.
        return tuple(each for each in meanings if "look" not in each)
    return meanings


def _rather(hit: Hit | None, amount: tuple[Quantity, int]) -> bool:
    """Tell whether a phrase of the lexicon is meant rather than a quantity: ``80s``, ``first half``, ``一点``."""
    if hit is None:
        return False
    quantity, end = amount
    means = [kind for kind, _ in hit.meanings if kind != "ignored"]
    if hit.last == end:
        return bool(means) and quantity.kind == "amount"
    if hit.last > end:
        return bool(means)
    return False


def _signed(quantity: Quantity, text: str, start: int) -> Quantity:
    if start > 1 and text[start - 1] == "+" and text[start - 2] in " ,，。(（:：":
        return replace(quantity, more=1)
    if start and text[start - 1] in "-−" and (start == 1 or text[start - 2] in " ,，。(（:：到"):
        return replace(quantity, value=-quantity.value)
    return quantity


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    grammar_words = [
        Word(phrase, kind, phrase)
        for grammar in lexicon.grammars()
        for kind, many in (("negator", grammar.negators), ("turn", grammar.turns), ("ignored", grammar.ignored))
        for phrase in many
    ]
    scenes = [
        Word(phrase, "scene", name)
        for name, shader in catalog.scenes().items()
        for phrase in [name.replace("-", " "), *(word for words in shader.hints.words.values() for word in words)]
    ]
    return Phrases([*lexicon.edit_words(), *scenes, *grammar_words])
