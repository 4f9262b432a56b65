"""The words that the director knows: one folder for each language, read by one door.

``words.toml`` says what things are called, ``grammar.toml`` how a wish is put, ``edits.toml`` how a change or question
is, ``quantities.toml`` how much, ``courtesy.toml`` and ``asides.toml`` what asks for nothing, ``spelling.toml`` which
slips are mended; ``answers.toml`` has the sentences of answers. Adding a language is adding a folder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

CUE_REACH = 40


@dataclass(frozen=True, slots=True)
class Cue:
    """What a quotation is, by the words before and after it: ``title``, ``artist``, ``words`` or ``style``."""

    role: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """How wishes are put in one language."""

    name: str
    script: re.Pattern[str]
    negators: tuple[str, ...]
    turns: tuple[str, ...]
    particles: tuple[str, ...]
    switches: frozenset[str]
    starters: frozenset[str]
    denials: frozenset[str]
    prohibitions: frozenset[str]
    openers: frozenset[str]
    closers: frozenset[str]
    conditions: frozenset[str]
    intensifiers: frozenset[str]
    relatives: frozenset[str]
    reach: int
    ignored: tuple[str, ...]
    variants: Mapping[int, int]
    numbers: Mapping[str, float]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    cues: tuple[Cue, ...]
    names: tuple[tuple[str, re.Pattern[str]], ...]
    captions: tuple[tuple[str, re.Pattern[str]], ...]
    credits: tuple[tuple[str, re.Pattern[str]], ...]
    never_names: frozenset[str]
    elisions: frozenset[str]
    shorthand: tuple[tuple[re.Pattern[str], str], ...]
    unwanted: tuple[re.Pattern[str], str] | None


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What is said around requests in one language: at the beginning, as a question (``asked`` ends it), at the end.

    ``enough`` ends it too, but not beside what is ``brought``: ``only my photos, nothing else`` asks for something.
    """

    before: re.Pattern[str]
    asking: re.Pattern[str]
    asked: re.Pattern[str]
    spoken: re.Pattern[str]
    after: re.Pattern[str]
    enough: re.Pattern[str]
    brought: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Asides:
    """What is said beside requests in one language: words that open a reason, patterns of whole segments.

    ``rest`` is what a pattern leaves open. ``explained`` is what explains a moment that is said.
    """

    opens: re.Pattern[str]
    segments: tuple[re.Pattern[str], ...]
    explained: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What misspelled words of one language are mended to, what only looks misspelled, and what leads to names.

    ``slips`` are misspelled words with those that are meant, of scripts in which no letter is left out.
    """

    sure: frozenset[str]
    real: frozenset[str]
    naming: frozenset[str]
    slips: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase and what it means, such as ``("pace", "fast")``."""

    phrase: str
    kind: str
    value: str


@cache
def grammars() -> tuple[Grammar, ...]:
    """Return the grammar of each language, in the order of names."""
    return tuple(_grammar(_read(folder, "grammar.toml")) for folder in _folders())


@cache
def of_all(kind: str) -> frozenset[str]:
    """Return the words of a field of `Grammar`, such as ``prohibitions``, of all languages."""
    return frozenset(word for grammar in grammars() for word in getattr(grammar, kind))


@cache
def courtesies() -> tuple[Courtesy, ...]:
    """Return what people say around a request in each language: see ``courtesy.toml``."""
    return tuple(_courtesy(_read(folder, "courtesy.toml")) for folder in _folders())


@cache
def asides() -> tuple[Asides, ...]:
    """Return what people say beside a request in each language: see ``asides.toml``."""
    return tuple(_asides(_read(folder, "asides.toml")) for folder in _folders())


@cache
def spellings() -> tuple[Spelling, ...]:
    """Return how each language is misspelled: see ``spelling.toml``."""
    tables = [_read(folder, "spelling.toml") for folder in _folders()]
    return tuple(
        Spelling(
            sure=frozenset(table.get("sure", ())),
            real=frozenset(table.get("real", ())),
            naming=frozenset(table.get("naming", ())),
            slips=table.get("slips", {}),
        )
        for table in tables
    )


@cache
def words() -> tuple[Word, ...]:
    """Return all words of all languages, so that a message may mix them."""
    return tuple(word for folder in _folders() for word in _words(folder, "words.toml"))


@cache
def edit_words() -> tuple[Word, ...]:
    """Return all words that changes and questions are put in, of all languages, before those of `words`."""
    own = tuple(word for folder in _folders() for word in _words(folder, "edits.toml"))
    return own + words()


@cache
def amounts() -> tuple[Mapping[str, Mapping[str, Any]], ...]:
    """Return how each language says how much: its tables of ``quantities.toml``."""
    return tuple(_read(folder, "quantities.toml") for folder in _folders())


@cache
def answers(language: str) -> Mapping[str, Any]:
    """Return the sentences of a language, by what they say: see ``answers.toml``."""
    return _read(language, "answers.toml")


def variant(text: str) -> str:
    """Return the text with other ways to write a letter made one, letter for letter."""
    for grammar in grammars():
        text = text.translate(dict(grammar.variants))
    return text


def language_of(text: str, default: str) -> str:
    """Return the language that most of a text is written in."""
    counts = {grammar.name: len(grammar.script.findall(text)) for grammar in grammars()}
    best = max(counts, key=lambda name: (counts[name], name))
    return best if counts[best] else default


def _folders() -> list[str]:
    here = resources.files(__name__)
    return sorted(entry.name for entry in here.iterdir() if (entry / "grammar.toml").is_file())


def _read(folder: str, name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__name__) / folder / name).read_text(encoding="utf-8"))


def _words(folder: str, name: str) -> Iterator[Word]:
    """Yield the words of a file, also as they are spelled in another script: ``竖屏``, ``shu ping``, ``shuping``."""
    spellings: Mapping[str, str] = _read(folder, "grammar.toml").get("spellings", {})
    for kind, entries in _read(folder, name).items():
        for value, phrases in entries.items():
            for phrase in phrases:
                spelled = spellings.get(phrase, phrase)
                forms = dict.fromkeys((phrase, spelled, spelled.replace(" ", ""))) if phrase in spellings else (phrase,)
                yield from (Word(form, kind, value) for form in forms)


def _grammar(raw: Mapping[str, Any]) -> Grammar:
    numbers = {str(word): float(value) for word, value in raw["numbers"].items()}
    spoken = "|".join(sorted((re.escape(word) for word in numbers), key=len, reverse=True))
    parts = {"number": rf"\d+(?:\.\d+)?|(?:{spoken})"}
    parts |= {unit: "|".join(forms) for unit, forms in raw["units"].items()}
    patterns = [(kind, _filled(each, parts)) for kind, many in raw["patterns"].items() for each in many]
    heads = {"NAME": raw["name_form"], "REST": raw["rest_form"]}
    names, captions, credits = (
        [
            (role, re.compile(each.replace("NAME", heads["NAME"]).replace("REST", heads["REST"])))
            for key, role in roles.items()
            for each in raw["names"][key]
        ]
        for roles in (
            {"band": "artist", "title": "title", "artist": "artist"},
            {"words": "words"},
            {"credits": "words"},
        )
    )
    variants = raw.get("variants", {"traditional": "", "simplified": ""})
    return Grammar(
        name=raw["name"],
        script=re.compile(raw["script"]),
        negators=tuple(raw["negators"]),
        turns=tuple(raw["turns"]),
        particles=tuple(raw.get("particles", ())),
        switches=frozenset(raw.get("switches", ())),
        starters=frozenset(raw.get("starters", ())),
        denials=frozenset(raw.get("denials", ())),
        prohibitions=frozenset(raw.get("prohibitions", ())),
        openers=frozenset(raw.get("openers", ())),
        closers=frozenset(raw.get("closers", ())),
        conditions=frozenset(raw.get("conditions", ())),
        intensifiers=frozenset(raw.get("intensifiers", ())),
        relatives=frozenset(raw.get("relatives", ())),
        reach=raw["reach"],
        ignored=tuple(raw["ignored"]),
        variants=str.maketrans(variants["traditional"], variants["simplified"]),
        numbers=numbers,
        patterns=tuple(patterns),
        cues=tuple(_cue(role, each) for role, each in raw["cues"].items()),
        names=tuple(names),
        captions=tuple(captions),
        credits=tuple(credits),
        never_names=frozenset(raw["names"]["never"]),
        elisions=frozenset(raw["elisions"]),
        shorthand=tuple((re.compile(each), meant) for each, meant in raw.get("shorthand", {}).items()),
        unwanted=_unwanted(raw["unwanted"]) if "unwanted" in raw else None,
    )


def _unwanted(raw: Mapping[str, Any]) -> tuple[re.Pattern[str], str]:
    """Return how a list of what is not wanted begins, up to its end, and what to say before each thing instead."""
    heads = "|".join(raw["heads"])
    return re.compile(rf"(?<!\w)(?:{heads})\s*[:：]\s*([^.;\n。；]+)", re.IGNORECASE), raw["each"]


def _courtesy(raw: Mapping[str, list[str]]) -> Courtesy:
    def either(name: str) -> str:
        return f"(?:{'|'.join(raw[name])})" if raw[name] else r"(?!)"

    begin, gap = r"[\s,，、:：;；…~～]*", r"(?![A-Za-z'’])[\s,，、:：;；…~～-]*"
    end = r"[\s.!?。！？~～…]*$"
    praise = rf"(?:{either('spoken')}\s*[,，.!！。…~～]+|{either('alone')}\s*[.!！…]+)"
    return Courtesy(
        before=re.compile(begin + either("before") + gap, re.IGNORECASE),
        asking=re.compile(begin + either("asking") + gap, re.IGNORECASE),
        asked=re.compile(r"\s*[吗么嘛]?\s*[?？]+\s*$|[吗么嘛]\s*$"),
        spoken=re.compile(begin + praise + r"\s*", re.IGNORECASE),
        after=re.compile(either("after") + end),
        enough=re.compile(either("enough") + end),
        brought=re.compile(either("brought"), re.IGNORECASE),
    )


def _asides(raw: Mapping[str, Any]) -> Asides:
    groups = {name: "|".join(many) for name, many in raw["groups"].items()}
    opens = "|".join(raw["opens"])
    link = rf"(?:(?:{'|'.join(raw['links'])})\s*)?"
    return Asides(
        opens=re.compile(rf"(?<![A-Za-z])(?:{opens})(?![A-Za-z])", re.IGNORECASE),
        segments=tuple(_filled(link + each, groups) for each in raw["segments"].values()),
        explained=_filled(raw["joined"]["explained"], groups),
    )


def _cue(role: str, raw: Mapping[str, list[str]]) -> Cue:
    word = r"(?<![A-Za-z])"
    before = re.compile(f"{word}(?:{'|'.join(raw['before'])})(?![A-Za-z])", re.IGNORECASE) if raw["before"] else None
    after = re.compile(rf"\s*,?\s*(?:{'|'.join(raw['after'])})(?![A-Za-z])", re.IGNORECASE) if raw["after"] else None
    return Cue(role, before, after)


def _filled(pattern: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    for name, forms in parts.items():
        pattern = pattern.replace("{" + name + "}", f"(?:{forms})")
    return re.compile(pattern, re.IGNORECASE)
