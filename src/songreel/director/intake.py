"""From words to a brief: what a person wants, and which of their words were not understood.

The order: names in quotation marks or after a cue; measures and other turns of phrase (`Grammar.patterns`); then the
words of the lexicon, longest first, with negation and what stands beside what.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from songreel.director import lexicon, meaning, names
from songreel.director.lexicon import Word
from songreel.director.tokens import TAKEN, Phrases, normal
from songreel.director.wishes import Wishes
from songreel.model.brief import Brief, CutRule
from songreel.visuals import catalog
from songreel.visuals.shader import Shader

LONGEST_MESSAGE = 20_000
"""Letters of a message that are read; nobody describes a video in more."""
_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![0-9a-zA-Z])")
_LONGEST_S = 4 * 3600
_LONGEST_RULE = 64


_COVER: Mapping[str, Literal["base", "start", "finish"]] = {
    "cover-base": "base",
    "cover-start": "start",
    "cover-finish": "finish",
}
_START: Mapping[str, Literal["beginning", "chorus", "drop"]] = {
    "beginning": "beginning",
    "chorus": "chorus",
    "drop": "drop",
}


def read(words: str, *, base: Brief | None = None, scenes: Mapping[str, Shader] | None = None) -> Brief:
    """Return the wish that words express, over a base: what they do not say stays as it is there.

    ``scenes`` are the scenes that may be named, by the words of their hints; the catalog's where None.
    """
    base = base or Brief()
    text = normal(words[:LONGEST_MESSAGE])
    phrases = _phrases(_scene_words(catalog.scenes() if scenes is None else scenes))
    named = names.find(text, phrases)
    wishes = Wishes(title=named.title, artist=named.artist)
    wishes.understood += named.quoted
    wishes.left += named.left
    rest = _patterns(_hexes(lexicon.variant(named.rest), wishes), wishes)
    meaning.gather(rest, phrases, wishes)
    return wishes.over(base.evolve(words=words, language=_language(named.rest, base), understood=(), not_understood=()))


def _language(text: str, base: Brief) -> str:
    return lexicon.language_of(text, base.language)


@lru_cache(maxsize=8)
def _phrases(scenes: tuple[Word, ...]) -> Phrases:
    grammar_words = [
        Word(phrase, kind, phrase)
        for grammar in lexicon.grammars()
        for kind, many in (("negator", grammar.negators), ("turn", grammar.turns), ("ignored", grammar.ignored))
        for phrase in many
    ]
    return Phrases([*lexicon.words(), *scenes, *grammar_words])


def _scene_words(scenes: Mapping[str, Shader]) -> tuple[Word, ...]:
    return tuple(Word(phrase, "scene", key) for key, shader in scenes.items() for phrase in _called(key, shader))


def _called(key: str, shader: Shader) -> list[str]:
    own = [] if key.startswith("asset:") else [key.replace("-", " ").replace("_", " ")]
    return own + [word for words in shader.hints.words.values() for word in words]


def _hexes(text: str, wishes: Wishes) -> str:
    for match in _HEX.finditer(text):
        digits = match[0][1:].lower()
        full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        wishes.add_color("#" + full)
        wishes.understood.append(match[0])
    return _HEX.sub(lambda match: TAKEN * len(match[0]), text)


def _patterns(text: str, wishes: Wishes) -> str:
    """Take the turns of phrase of all languages out of a message."""
    for grammar in lexicon.grammars():
        for kind, pattern in grammar.patterns:
            for match in pattern.finditer(text):
                if _take(kind, match, grammar, wishes):
                    wishes.understood.append(match[0].strip(" ,.;!?，。；！？、\n"))
                    text = _taken(text, match)
    return text


def _taken(text: str, match: re.Match[str]) -> str:
    """Return the message without a turn of phrase; what stands in the gap of the phrase is still to be read."""
    start, end = match.span()
    low, high = match.span("gap") if _has(match, "gap") else (end, end)
    return text[:start] + TAKEN * (low - start) + text[low:high] + TAKEN * (end - high) + text[end:]


def _take(kind: str, match: re.Match[str], grammar: lexicon.Grammar, wishes: Wishes) -> bool:
    """Add what a turn of phrase says to the wishes; False when it says nothing new."""
    if kind == "cut":
        rule = _cut_rule(match, grammar)
        if wishes.cut is not None or rule is None:
            return False
        wishes.cut = rule
    elif kind == "length":
        seconds = _seconds(match, grammar)
        if wishes.seconds is not None or not 0 < seconds <= _LONGEST_S:
            return False
        wishes.seconds = seconds
        wishes.start_at = wishes.start_at or ("beginning" if _has(match, "first") else None)
    elif kind == "no-text":
        wishes.text = False
    elif kind.startswith("cover-"):
        wishes.cover_as = _COVER[kind]
    elif kind == "file":
        return True
    else:
        wishes.start_at = _START[kind]
    return True


def _cut_rule(match: re.Match[str], grammar: lexicon.Grammar) -> CutRule | None:
    count = _number(match, grammar)
    if not 0 < count <= _LONGEST_RULE:
        return None
    if _has(match, "offbeat"):
        return CutRule(every=2, unit="half", offset=1)
    if _has(match, "eighth"):
        return CutRule(every=max(int(count), 1), unit="half")
    if _has(match, "bar"):
        return CutRule(every=int(count), unit="bar") if count == int(count) else CutRule(every=2, unit="beat")
    if count == int(count):
        return CutRule(every=int(count), unit="beat")
    return CutRule(every=min(max(int(2 * count), 1), _LONGEST_RULE), unit="half")


def _seconds(match: re.Match[str], grammar: lexicon.Grammar) -> float:
    if _has(match, "half"):
        return 30.0
    return _number(match, grammar) * (60 if _has(match, "minute") else 1)


def _number(match: re.Match[str], grammar: lexicon.Grammar) -> float:
    said = match.groupdict().get("n")
    if not said:
        return 1.0
    return grammar.numbers.get(said.lower()) or float(said) if said[0].isdigit() else grammar.numbers[said.lower()]


def _has(match: re.Match[str], group: str) -> bool:
    return bool(match.groupdict().get(group))
