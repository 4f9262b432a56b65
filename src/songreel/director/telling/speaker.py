"""Says numbers, places and names in a person's language; its sentences are ``lexicon/<language>/replies.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from songreel.director import color
from songreel.director.conversation import Language
from songreel.model.document import Color
from songreel.model.song_map import Section, SongMap
from songreel.visuals import catalog, text_designs, visualizers

Stretch = tuple[float, float]
"""Seconds of the video, from and to."""
_WHOLE = 0.97
_TOUCH_S = 0.6
_MOST_PLACES, _MOST_NAMES = 3, 4


@cache
def sentences(language: str) -> Mapping[str, Any]:
    """Return all sentences of a language."""
    file = resources.files("songreel.director.lexicon") / language / "replies.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Speaker:
    """Speaks of one video in one language; ``start`` is where in the song it begins, ``lasts`` how long it is, in s."""

    language: Language
    song_map: SongMap | None
    start: float
    lasts: float

    def say(self, kind: str, **facts: str) -> str:
        """Return a sentence with its facts."""
        return str(sentences(self.language)["changes"][kind]).format(**facts)

    def word(self, table: str, name: str) -> str:
        """Return what something is called; its own name where the language has none."""
        return str(sentences(self.language)[table].get(name, name))

    def count(self, noun: str, number: int) -> str:
        """Return a number of things."""
        forms = sentences(self.language)["counts"][noun]
        return str(forms["one" if number == 1 else "many"]).format(number=number)

    def listed(self, names: Iterable[str]) -> str:
        """Return names one after the other, the first few of them."""
        rules = sentences(self.language)["lists"]
        every = list(dict.fromkeys(names))
        shown = every[:_MOST_NAMES]
        if len(every) > len(shown):
            return str(rules["more"]).format(names=rules["comma"].join(shown), number=len(every) - len(shown))
        if len(shown) < 2:
            return "".join(shown)
        return str(rules["and"]).format(names=rules["comma"].join(shown[:-1]), last=shown[-1])

    def listed_all(self, names: Sequence[str]) -> str:
        """Return names one after the other, all of them."""
        rules = sentences(self.language)["lists"]
        if len(names) < 2:
            return "".join(names)
        return str(rules["or"]).format(names=rules["comma"].join(names[:-1]), last=names[-1])

    def sentence_end(self) -> str:
        """Return what stands between two sentences."""
        return str(sentences(self.language)["lists"]["between"])

    def seconds(self, seconds: float | Fraction, *, places: int = 1) -> str:
        """Return a length, such as ``2.5 s``, to so many decimal places."""
        return str(sentences(self.language)["units"]["seconds"]).format(number=_short(float(seconds), places))

    def place(self, stretches: Sequence[Stretch]) -> str:
        """Return where in the video that is, as an insertion; nothing for all of it."""
        joined = together(stretches)
        if not joined or sum(end - start for start, end in joined) >= _WHOLE * self.lasts:
            return ""
        named = self._sections(joined) or [self._span(each) for each in joined]
        rules = sentences(self.language)["lists"]
        if len(named) > _MOST_PLACES:
            return str(rules["places"]).format(number=len(named), first=self._span(joined[0]))
        return str(rules["in"]).format(place=self.listed(named))

    def color(self, shown: Color) -> str:
        """Return the name of the color that looks most like this one, with its number."""
        return f"{self.color_name(shown)} {shown}"

    def color_name(self, shown: Color) -> str:
        """Return the name of the color that looks most like this one."""
        return color_name(self.language, shown)

    def drawn(self, kind: str, name: str) -> str:
        """Return what a look, scene, effect, transition, visualizer or design of words is called."""
        return drawn(self.language, kind, name)

    def _sections(self, joined: Sequence[Stretch]) -> list[str]:
        """Return the sections that the stretches are, one by one; nothing where one of them is no section."""
        every = self._shown_sections()
        named = []
        for start, end in joined:
            first = next((number for number, each in enumerate(every) if abs(each[0] - start) <= _TOUCH_S), None)
            last = next((number for number, each in enumerate(every) if abs(each[1] - end) <= _TOUCH_S), None)
            if first is None or last is None or first != last:
                return []
            named.append(self._section(every[first], every))
        return named

    def _section(self, found: tuple[float, float, Section], every: Sequence[tuple[float, float, Section]]) -> str:
        start, end, section = found
        alike = [each for each in every if each[2].label == section.label]
        words = sentences(self.language)
        label = words["sections"].get(section.label, section.label)
        if len(alike) > 1:
            number = [each[0] for each in alike].index(start)
            nths = words["ordinals"]["names"]
            label = words["lists"]["nth"].format(nth=nths[min(number, len(nths) - 1)], name=label)
        return str(words["lists"]["section"]).format(name=label, span=self._span((start, end)))

    def _shown_sections(self) -> list[tuple[float, float, Section]]:
        if self.song_map is None:
            return []
        moved = [
            (max(each.start - self.start, 0.0), min(each.end - self.start, self.lasts), each)
            for each in self.song_map.sections
        ]
        return [each for each in moved if each[1] - each[0] > _TOUCH_S]

    def _span(self, stretch: Stretch) -> str:
        return f"{clock(stretch[0])}–{clock(stretch[1])}"


def drawn(language: str, kind: str, name: str) -> str:
    """Return what a look, scene, effect, transition, visualizer or design of words is called in a language."""
    if language == "en":
        return name.replace("-", " ")
    if kind == "look":
        return _spoken("look", name, language)
    words = _words(kind, name).get(language, ())
    return str(words[0] if words else sentences(language)["names"].get(name, name))


KINDS = ("look", "scene", "effect", "transition", "visualizer", "design")
"""All kinds of things that can be drawn."""


def _words(kind: str, name: str) -> Mapping[str, Sequence[str]]:
    shelves = {"scene": catalog.scenes, "effect": catalog.effects, "transition": catalog.transitions}
    if kind in shelves:
        shader = shelves[kind]().get(name)
        return shader.hints.words if shader else {}
    if kind == "visualizer":
        return visualizers.DESIGNS[name].words if name in visualizers.DESIGNS else {}
    return text_designs.DESIGNS[name].words if name in text_designs.DESIGNS else {}


def everyday(language: str, names: str) -> str:
    """Return names of things that can be drawn, parted by commas, as a language calls them; others as they are."""
    comma = str(sentences(language)["lists"]["comma"])
    return comma.join(_everyday(language, each) for each in names.split(", "))


def _everyday(language: str, name: str) -> str:
    if name in sentences(language)["sections"]:
        return str(sentences(language)["sections"][name])
    found = (drawn(language, kind, name) for kind in KINDS)
    return next((each for each in found if each not in (name, name.replace("-", " "))), name)


def color_name(language: str, shown: Color) -> str:
    """Return what a language calls the color that looks most like this one."""
    nearest = min(_named_colors(), key=lambda pair: (color.distance(pair[1], shown), pair[0]))
    return _spoken("color", nearest[0], language)


def clock(seconds: float) -> str:
    """Return a moment, such as ``1:02`` or ``0:12.5``."""
    tenths = round(max(seconds, 0) * 10)
    minutes, rest = divmod(tenths, 600)
    whole, part = divmod(rest, 10)
    return f"{minutes}:{whole:02}" + (f".{part}" if part else "")


def _short(number: float, places: int = 1) -> str:
    return f"{number:.{places}f}".rstrip("0").rstrip(".")


def together(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that touch as one."""
    made: list[Stretch] = []
    for start, end in sorted(stretches):
        if made and start <= made[-1][1] + 0.05:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


@cache
def _named_colors() -> tuple[tuple[str, Color], ...]:
    text = (resources.files("songreel.director") / "colors.toml").read_text(encoding="utf-8")
    return tuple((name, shown[0]) for name, shown in tomllib.loads(text).items() if len(shown) == 1)


@cache
def _spoken(kind: str, value: str, language: str) -> str:
    text = (resources.files("songreel.director.lexicon") / language / "words.toml").read_text(encoding="utf-8")
    phrases = tomllib.loads(text).get(kind, {}).get(value, ())
    return str(phrases[0]) if phrases else value.replace("-", " ")
