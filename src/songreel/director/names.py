"""Titles and artists in a message: quotations of every kind, and names that follow a cue without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from songreel.director import lexicon
from songreel.director.tokens import HIDDEN, HIDDEN_ARTIST, Phrases, tokens

_PAIRS = ('""', "“”", "„“", "„”", "«»", "「」", "『』", "《》", "〈〉", "＂＂", "‹›", "【】", "〝〞")
_DOUBLE = re.compile("|".join(rf"{pair[0]}([^{pair}\n]{{1,200}}){pair[1]}" for pair in _PAIRS))
_SINGLE = re.compile(r"(?<!\w)['‘‚](?=\S)([^\n]{1,200}?)(?<=\S)['’‘](?!\w)")
_SENTENCE_END = re.compile(r"[.!?。！？\n]")
_NO_NAME = frozenset({"ignored", "thing", "position", "color"})
_CUE_GAP = 16
"""How many letters may stand between a cue and its quotation, as in ``title should say “…”``."""
_LONGEST_SHOUTED = 3
"""Words of a name that is told by its capitals where all words have them."""
_EDGES = " \t,.;:，。；：、"
_SHORTENED = re.compile(r"\b(St|Dr|Mr|Mrs|Ms|Mt|Prof|Rev|Fr|Sr|Jr|Op|Vol|Pt|vs|feat|ft)\.(?=\s+\w)", re.IGNORECASE)
_LEADER = "\u2024"
"""Stands for the dot of a shortened word, which ends no name: ``St. Mary's Choir``."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something in quotation marks, marks included, and the role that the words around it give it."""

    text: str
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Named:
    """What was named; ``rest`` is the message with names hidden, ``left`` quotations that nothing was done with."""

    title: str | None
    artist: str | None
    rest: str
    quoted: tuple[str, ...]
    left: tuple[str, ...]


def find(text: str, phrases: Phrases) -> Named:
    """Return the title and artist that a message names."""
    named = Named(None, None, _SHORTENED.sub(rf"\1{_LEADER}", text), (), ())
    for quotation in _quotations(text):
        named = _with_quotation(named, quotation)
    for grammar in lexicon.grammars():
        for role, pattern in grammar.names:
            named = _with_name(named, role, pattern, grammar.never_names, phrases)
    return named


def quotations(text: str) -> Iterator[Quotation]:
    """Yield what stands in quotation marks, in order."""
    yield from _quotations(text)


def unquoted(text: str, hidden: str = HIDDEN) -> str:
    """Return a text of the same length in which what stands in quotation marks says nothing."""
    for quotation in quotations(text):
        text = text[: quotation.start] + hidden * (quotation.end - quotation.start) + text[quotation.end :]
    return text


def cued(text: str, taken: Callable[[int, int], bool], plain: Callable[[str], bool]) -> Iterator[Quotation]:
    """Yield names and words that follow a cue without quotation marks, as in ``title: Night Drive``.

    ``taken`` tells which letters are something else; a name that is ``plain`` everyday words needs a firm cue.
    """
    text = _SHORTENED.sub(rf"\1{_LEADER}", text)
    read = lexicon.variant(text)
    for grammar in lexicon.grammars():
        for role, pattern in (*grammar.credits, *grammar.names, *grammar.captions):
            for match in pattern.finditer(read):
                firm = "firm" in pattern.groupindex and match["firm"]
                group = "firm" if firm else "x"
                said = text[match.start(group) : match.end(group)]
                name = said.strip(_EDGES)
                start = match.start(group) + said.find(name)
                words = name.split()
                if not words or taken(start, start + len(name)) or words[0] in grammar.never_names:
                    continue
                if not firm and _all_shouted(words, text):
                    continue
                if firm or (role != "words" and _shouted(name, text)) or not plain(name):
                    yield Quotation(name.replace(_LEADER, "."), start, start + len(name), role)
                    if not (firm and role == "words"):
                        break


def _shouted(name: str, text: str) -> bool:
    """Tell whether a name stands out by its capitals: ``the title LOUDER``, but not ``MAKE THE TITLE LARGER``."""
    return len(name) > 1 and name.isupper() and any(letter.islower() for letter in text)


def _all_shouted(words: Sequence[str], text: str) -> bool:
    """Tell whether capitals tell nothing, because all is shouted: ``COULD THAT TITLE HANG AROUND FOR 12 SECONDS?``."""
    return text.isupper() and len(words) > _LONGEST_SHOUTED


def _with_quotation(named: Named, quotation: Quotation) -> Named:
    if quotation.role == "style":
        marks = named.rest[quotation.start : quotation.end]
        bare = " " + marks[1:-1] + " "
        return replace(named, rest=named.rest[: quotation.start] + bare + named.rest[quotation.end :])
    hidden = _hidden(named.rest, quotation.start, quotation.end, quotation.role)
    role = "title" if not quotation.role and named.title is None else quotation.role
    if role == "title" and named.title is None:
        return replace(named, title=quotation.text, rest=hidden, quoted=(*named.quoted, quotation.text))
    if role == "artist" and named.artist is None:
        return replace(named, artist=quotation.text, rest=hidden, quoted=(*named.quoted, quotation.text))
    return replace(named, rest=hidden, left=(*named.left, quotation.text))


def _with_name(named: Named, role: str, pattern: re.Pattern[str], never: frozenset[str], phrases: Phrases) -> Named:
    if (named.title if role == "title" else named.artist) is not None:
        return named
    for match in pattern.finditer(lexicon.variant(named.rest)):
        group = "firm" if "firm" in pattern.groupindex and match["firm"] else "x"
        name = named.rest[match.start(group) : match.end(group)].strip(_EDGES)
        words = name.split()
        if not words or HIDDEN in name or HIDDEN_ARTIST in name or words[0] in never:
            continue
        if group == "x" and (_all_shouted(words, named.rest) or not _told_apart(name, named.rest, phrases)):
            continue
        hidden = _hidden(named.rest, match.start(group), match.end(group), role)
        name = name.replace(_LEADER, ".")
        found = replace(named, rest=hidden, quoted=(*named.quoted, name))
        return replace(found, title=name) if role == "title" else replace(found, artist=name)
    return named


def _told_apart(name: str, text: str, phrases: Phrases) -> bool:
    return _shouted(name, text) or not _only_known(name, phrases)


def _only_known(name: str, phrases: Phrases) -> bool:
    """Tell whether all words of a name are everyday words of the lexicon, as in ``the title is at the top``."""
    split = tokens(name)
    known = [hit for hit in phrases.find(split) if any(kind in _NO_NAME for kind, _ in hit.meanings)]
    return sum(hit.last - hit.first for hit in known) == len(split)


def _quotations(text: str) -> Iterator[Quotation]:
    spans = sorted([*_spans(_DOUBLE, text), *_spans(_SINGLE, text)])
    end = 0
    for start, stop in spans:
        content = text[start + 1 : stop - 1].strip().rstrip(",，;；")
        if start < end or not content:
            continue
        yield Quotation(content, start, stop, _role(text, start, stop, end))
        end = stop


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    place = 0
    elisions = lexicon.of_all("elisions")
    while match := pattern.search(text, place):
        first = re.match(r"\w*", text[match.start() + 1 :])
        word = first[0].lower() if first else ""
        if pattern is _SINGLE and (word in elisions or re.fullmatch(r"\d0s", word)):
            place = match.start() + 1
            continue
        yield match.start(), match.end()
        place = match.end()


def _role(text: str, start: int, stop: int, last: int) -> str:
    """Return the role of a quotation: by the cue right after it, else by the nearest one before it."""
    cues = [cue for grammar in lexicon.grammars() for cue in grammar.cues]
    after = text[stop : stop + lexicon.CUE_REACH]
    for cue in cues:
        if cue.after and cue.after.match(after):
            return cue.role
    before = text[max(last, start - lexicon.CUE_REACH) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    best, nearest = "", (-1, 0)
    for cue in cues:
        for match in cue.before.finditer(before) if cue.before else ():
            if len(before) - match.end() <= _CUE_GAP and (match.end(), len(match[0])) > nearest:
                best, nearest = cue.role, (match.end(), len(match[0]))
    return best


def _hidden(text: str, start: int, end: int, role: str) -> str:
    return text[:start] + (HIDDEN_ARTIST if role == "artist" else HIDDEN) * (end - start) + text[end:]
