"""What the words of a message mean together: negation, colors with their shades, places beside things."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import groupby

from songreel.director import color, lexicon
from songreel.director.color import Tint
from songreel.director.look import moods
from songreel.director.tokens import HIDDEN, HIDDEN_ARTIST, TAKEN, Hit, Phrases, Token, tokens
from songreel.director.wishes import Wishes
from songreel.model.brief import Pace
from songreel.model.document import Color

SHADES: Mapping[str, tuple[float, float]] = {
    "dark": (0.62, 0.95),
    "bright": (1.06, 1.25),
    "pastel": (1.3, 0.55),
    "calm": (1.12, 0.75),
    "vivid": (1.0, 1.35),
    "muted": (0.95, 0.5),
}
"""By which factors a mood changes the lightness and chroma of a color right after it; only calm stays a mood too."""
_NAMES = {HIDDEN: "title", HIDDEN_ARTIST: "artist"}
_OTHER_SHAPE = {"vertical": "wide", "wide": "vertical"}
_PLACED = ("title", "text", "artist", "visualizer", "cover")
_SCENE_SHARE = 0.6
_PACES: dict[str, Pace] = {"slow": "slow", "medium": "medium", "fast": "fast"}
_SLOWER: dict[str, Pace] = {"slow": "medium", "medium": "medium", "fast": "slow"}


@cache
def named_colors() -> Mapping[str, tuple[Color, ...]]:
    """Return the colors that a color's name or a feeling stands for."""
    text = (resources.files("songreel.director") / "colors.toml").read_text(encoding="utf-8")
    return {name: tuple(colors) for name, colors in tomllib.loads(text).items()}


def gather(text: str, phrases: Phrases, wishes: Wishes) -> None:
    """Add to the wishes what the words of a text mean; ``left`` gets the words that mean nothing here."""
    message = tokens(text)
    hits = list(phrases.find(message))
    negated = _negated(message, hits)
    reader = _Reader(text, message, hits, negated, wishes)
    for place in range(len(hits)):
        reader.take(place)
    reader.finish()
    wishes.left += _unread(text, message, hits, reader.unread)


def _negated(message: Sequence[Token], hits: Sequence[Hit]) -> set[int]:
    """Return which hits stand in the reach of a negator: up to a mark, a turn of the sentence or so many words."""
    reach = max(grammar.reach for grammar in lexicon.grammars())
    out: set[int] = set()
    until = -1
    for place, hit in enumerate(hits):
        if any(
            token.mark and token.text not in "、/&'"
            for token in message[hits[place - 1].last if place else 0 : hit.first]
        ):
            until = -1
        if hit.value("negator"):
            until = hit.last + reach
        elif hit.value("turn"):
            until = -1
        elif hit.first < until:
            out.add(place)
    return out


def _unread(text: str, message: Sequence[Token], hits: Sequence[Hit], unread: set[int]) -> list[str]:
    """Return the words that no hit covers, neighbours together, as they were written."""
    covered = {at for place, hit in enumerate(hits) if place not in unread for at in range(hit.first, hit.last)}
    left = [at for at, token in enumerate(message) if at not in covered and not token.mark]
    left = [at for at in left if message[at].text[0] not in (HIDDEN, HIDDEN_ARTIST, TAKEN)]
    runs = [[at for _, at in run] for _, run in groupby(enumerate(left), key=lambda pair: pair[1] - pair[0])]
    return [text[message[run[0]].start : message[run[-1]].end] for run in runs]


@dataclass
class _Reader:
    text: str
    message: Sequence[Token]
    hits: Sequence[Hit]
    negated: set[int]
    wishes: Wishes
    unread: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    scene_worth: dict[str, float] = field(default_factory=dict)

    def take(self, place: int) -> None:
        """Add what one hit means to the wishes."""
        hit, no = self.hits[place], place in self.negated
        if place in self.used or hit.value("negator") or hit.value("turn"):
            return
        wanted = [kind for kind, _ in hit.meanings if kind != "ignored"]
        if not wanted:
            return
        if "color" in wanted and self._color(place):
            return
        taken = False
        for kind, value in hit.meanings:
            taken = self._take(kind, value, place, no=no) or taken
        if taken:
            self.wishes.understood.append(self.quote(hit))
        else:
            self.unread.add(place)

    def finish(self) -> None:
        """Choose among the scenes that were called: those whose words are most their own."""
        most = max(self.scene_worth.values(), default=0.0)
        self.wishes.scenes += [name for name, worth in self.scene_worth.items() if worth >= _SCENE_SHARE * most]

    def quote(self, hit: Hit) -> str:
        """Return a hit as it was written."""
        return self.text[self.message[hit.first].start : self.message[hit.last - 1].end]

    def _take(self, kind: str, value: str, place: int, *, no: bool) -> bool:
        """Add one meaning of a hit to the wishes; False when it says nothing that can be done."""
        wishes = self.wishes
        lists = {"look": wishes.looks, "mood": wishes.moods, "effect": wishes.effects, "transition": wishes.transitions}
        match kind:
            case "look" | "mood" | "effect" | "transition":
                (wishes.avoid if no else lists[kind]).append(value)
                opposite = moods()[value].opposite if no and kind == "mood" else None
                wishes.moods += [opposite] if opposite else []
            case "scene":
                return self._scene(value, place, no=no)
            case "pace":
                wishes.pace = wishes.pace or (_SLOWER[value] if no else _PACES[value])
            case "sync":
                wishes.dense = wishes.dense or (value == "dense" and not no)
            case "visualizer":
                wishes.visualizer = self._without(value) if no else self._design(value)
            case "thing":
                self._thing(value, no=no)
            case _:
                return self._place_or_canvas(kind, value, place, no=no)
        return True

    def _place_or_canvas(self, kind: str, value: str, place: int, *, no: bool) -> bool:
        if kind in ("shape", "platform", "quality"):
            return self._canvas(kind, value, no=no)
        return kind == "ignored" or (kind == "position" and self._position(value, place))

    def _design(self, value: str) -> str:
        named = self.wishes.visualizer
        return named if value == "any" and named is not None and named != "off" else value

    def _without(self, value: str) -> str:
        """Return what is left of the visualizer when one is not wanted: ``a waveform instead of bars``."""
        named = self.wishes.visualizer
        return "off" if named in (None, "any", value) or named is None else named

    def _canvas(self, kind: str, value: str, *, no: bool) -> bool:
        if no:
            self.wishes.shape = self.wishes.shape or (_OTHER_SHAPE.get(value) if kind == "shape" else None)
            return kind == "shape"
        if kind == "shape":
            self.wishes.shape = value
        elif kind == "quality":
            self.wishes.quality = value
        elif self.wishes.platform is None or value == "canvas":
            self.wishes.platform = value
        return True

    def _thing(self, value: str, *, no: bool) -> None:
        if no and value in ("text", "title", "artist"):
            self.wishes.text = False
        elif value == "title":
            self.wishes.titled = True
        elif no and value == "cover":
            self.wishes.avoid.append("cover-stage")
        elif value == "cover":
            self.wishes.cover_as = self.wishes.cover_as or "shown"

    def _scene(self, value: str, place: int, *, no: bool) -> bool:
        """Note a scene by one of its words; words of every day, or of anything but a color or mood, call no scene."""
        hit = self.hits[place]
        if no:
            self.wishes.avoid.append(value)
            return True
        if any(kind not in ("scene", "color", "mood") for kind, _ in hit.meanings):
            return False
        sharing = sum(kind == "scene" for kind, _ in hit.meanings)
        self.scene_worth[value] = self.scene_worth.get(value, 0.0) + 1 / sharing
        return True

    def _color(self, place: int) -> bool:
        """Take a color, with the shade named before it: for the words beside it, else for the palette."""
        hit = self.hits[place]
        if place in self.negated:
            return False
        name = hit.value("color")
        found = list(named_colors()[name or ""])
        if len(found) == 1:
            found = [shaded(found[0], self._shade_before(place))]
        if len(found) == 1 and self.wishes.text_color is None and self._beside_words(place):
            self.wishes.text_color = found[0]
        elif len(found) > 1 and self._neighbour(place, 1) != "palette":
            self.wishes.feeling = self.wishes.feeling or tuple(found)
        else:
            for each in found:
                self.wishes.add_color(each)
        said = self.quote(hit)
        self.wishes.understood.append(said)
        others = [(kind, value) for kind, value in hit.meanings if kind in ("scene", "mood")]
        for kind, value in others:
            self._take(kind, value, place, no=False)
        return True

    def _shade_before(self, place: int) -> str | None:
        if place == 0 or self.hits[place - 1].last != self.hits[place].first or place - 1 in self.negated:
            return None
        mood = self.hits[place - 1].value("shade") or self.hits[place - 1].value("mood")
        if mood not in SHADES:
            return None
        self.unread.discard(place - 1)
        if mood != "calm" and self.wishes.moods[-1:] == [mood]:
            self.wishes.moods.pop()
        return mood

    def _beside_words(self, place: int) -> bool:
        """Tell whether a color is said of the words on the picture: ``white title``, ``title in gold``."""
        after = self._neighbour(place, 1)
        if after in ("title", "text", "artist"):
            return True
        return after != "palette" and self._neighbour(place, -1) in ("title", "text", "artist")

    def _neighbour(self, place: int, step: int) -> str | None:
        """Return the thing beside a hit, past words that mean nothing, within the clause."""
        at = place + step
        while 0 <= at < len(self.hits) and abs(self.hits[at].first - self.hits[place].first) <= 6:
            low, high = sorted((at, at - step))
            between = self.message[self.hits[low].last : self.hits[high].first]
            if any(token.mark or token.text[0] == TAKEN for token in between) or self.hits[at].value("turn"):
                return None
            if any(token.text[0] == HIDDEN for token in between):
                return "title" if step < 0 else None
            thing = self.hits[at].value("thing")
            if thing:
                return thing
            if self.hits[at].value("ignored") is None or self.quote(self.hits[at]).lower() in ("and", "和"):
                return None
            at += step
        return None

    def _position(self, value: str, place: int) -> bool:
        thing = self._placed(place)
        if thing == "visualizer":
            self.wishes.visualizer_position = value
        elif thing in ("title", "text"):
            self.wishes.title_position = value
        return thing in ("visualizer", "title", "text")

    def _placed(self, place: int) -> str | None:
        """Return the nearest thing before a position in its clause, else the nearest after it."""
        first = self.hits[place].first
        start = max((at + 1 for at in range(first) if self.message[at].mark), default=0)
        end = next((at for at in range(first, len(self.message)) if self.message[at].mark), len(self.message))
        things = {at: name for at in range(start, end) if (name := _NAMES.get(self.message[at].text[0]))}
        for hit in self.hits:
            if start <= hit.first < end:
                thing = hit.value("thing") or ("visualizer" if hit.value("visualizer") else None)
                if thing in _PLACED:
                    things[hit.first] = thing
        before = [at for at in things if at < first]
        after = [at for at in things if at > first]
        return things[max(before)] if before else things[min(after)] if after else self._last_thing(start)

    def _last_thing(self, end: int) -> str | None:
        """Return the thing that was spoken of last before a token: ``write “Gold”, at the top``."""
        things = {at: name for at in range(end) if (name := _NAMES.get(self.message[at].text[0]))}
        things |= {
            hit.first: thing
            for hit in self.hits
            if hit.first < end and (thing := hit.value("thing")) and thing in _PLACED
        }
        things |= {hit.first: "visualizer" for hit in self.hits if hit.first < end and hit.value("visualizer")}
        return things[max(things)] if things else None


def shaded(asked: Color, shade: str | None) -> Color:
    """Return a color in a shade of `SHADES`; as it is with none."""
    if shade is None:
        return asked
    light, chroma = SHADES[shade]
    was = color.tint(asked)
    made = Tint(min(was.light * light, 0.93), was.chroma * chroma, was.hue)
    return color.color(*made)
