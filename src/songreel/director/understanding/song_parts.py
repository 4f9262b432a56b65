"""The parts of a message that names songs: each about songs of its own, and what kind of thing it asks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from songreel.director.conversation import Language, Situation
from songreel.director.understanding import song_names
from songreel.director.understanding.song_names import STAND_IN, Ref
from songreel.model.document import AssetId
from songreel.model.edit import Texts

_SENTENCE = re.compile(r"[.!?]+(?=\s|$)|[。！？；;\n]+")
_SPACED = re.compile(r"\s+([,.;:!?，。；：！？、])")
_EDGES = " \t,.:;-–—，。、；："
_WORDS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]|" + STAND_IN)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message and the songs that it names, if any; where no words name them, they stand at its start."""

    text: str
    refs: tuple[Ref, ...] = ()

    @property
    def songs(self) -> tuple[AssetId, ...]:
        """Return the songs that are meant."""
        return tuple(dict.fromkeys(song for ref in self.refs for song in ref.songs))

    @property
    def missing(self) -> bool:
        """Tell whether a song is named that is not there."""
        return any(not ref.songs for ref in self.refs)

    @property
    def unnamed(self) -> bool:
        """Tell whether the song is meant without a word for it."""
        return bool(self.refs) and self.refs[0].end == 0

    @property
    def makes(self) -> bool:
        """Tell whether a new video is asked for."""
        return self.unnamed or self.has("make")

    @property
    def leads(self) -> bool:
        """Tell whether songs are named first, and then what is to be done: ``night.mp3: dark, slow``."""
        return self.has("leads")

    @property
    def shows(self) -> bool:
        """Tell whether a song's video is to be shown, and nothing else."""
        marked = self._marked.lower()
        plain = song_names.words("frames", "showing")
        shown = any(word in marked for word in song_names.words("frames", "shows"))
        return shown and all(word == STAND_IN or word in plain for word in _WORDS.findall(marked))

    @property
    def about_videos(self) -> bool:
        """Tell whether a whole video is asked for or to be shown."""
        return self.makes or self.shows or self.leads

    def has(self, frame: str) -> bool:
        """Tell whether the words stand in a frame of ``songs.toml``."""
        return matches(frame, self._marked)

    def without(self, how: str, language: Language) -> str:
        """Return the words without the songs that they name, as they are read for one song."""
        text = self._marked
        for pattern, put in song_names.replaced(how, language):
            text = pattern.sub(put, text)
        return _SPACED.sub(r"\1", " ".join(text.replace(STAND_IN, "").split())).strip(_EDGES)

    @property
    def _marked(self) -> str:
        return song_names.marked(self.text, self.refs)


def matches(frame: str, text: str) -> bool:
    """Tell whether a text stands in a frame of ``songs.toml``."""
    return any(pattern.search(text) for pattern in song_names.patterns("frames", frame))


def says(words: str) -> bool:
    """Tell whether words say of a video what it is to be."""
    plain = song_names.words("frames", "plain")
    return any(word not in plain for word in _WORDS.findall(words.lower()))


def find(text: str, situation: Situation) -> list[Part]:
    """Return the parts of a message, each about songs of its own; nothing where it is about the one that is on."""
    refs = song_names.find(text, situation)
    if not refs:
        refs = song_names.find(text, situation, bare=True) if not _worded(situation) else []
        if not refs or not Part(text, tuple(refs)).about_videos or _one_alone(refs, situation):
            refs = []
    if not refs:
        new = situation.waiting is not None and matches("create", text)
        return [Part(text, (Ref(0, 0, "this", song_names.meant("this", 0, situation)),))] if new else []
    parts = list(_joined(_split(text, refs)))
    if all(_about_shown(part, situation) for part in parts):
        return []
    return parts


def _one_alone(refs: Sequence[Ref], situation: Situation) -> bool:
    """Tell whether words like “all of them” can mean no songs, as there is one only: photos are meant, or words."""
    return len(situation.songs) == 1 and all(ref.kind in ("all", "rest", "other", "this", "ordinal") for ref in refs)


def _worded(situation: Situation) -> bool:
    """Tell whether words on the picture were spoken of last, so that ``the other one`` is one of them."""
    last = situation.past[-1].edits if situation.past else ()
    return any(isinstance(getattr(edit, "texts", None), Texts) for edit in last)


def _about_shown(part: Part, situation: Situation) -> bool:
    """Tell whether a part only means the song that is on, by words that are read elsewhere too: ``this song``."""
    if not part.refs:
        return True
    this = all(ref.kind == "this" for ref in part.refs)
    on = part.songs == (situation.song,) and not part.has("same")
    plain = this and (on or not part.about_videos)
    every = part.missing or any(ref.kind == "all" for ref in part.refs)
    alone = len(situation.songs) == 1 and not (every and part.about_videos)
    return plain or alone


def _split(text: str, refs: Sequence[Ref]) -> Iterator[Part]:
    """Yield a message in sentences, and sentences with several songs in pieces with one each."""
    hidden = song_names.marked_over(text, refs)
    cuts = [match.span() for match in _SENTENCE.finditer(hidden)]
    cuts += [match.span() for pattern in song_names.patterns("parts", "then") for match in pattern.finditer(hidden)]
    for one, other in pairwise(refs):
        if not any(one.end <= start < other.start for start, _ in cuts):
            between = [
                match.span()
                for pattern in song_names.patterns("parts", "between")
                for match in pattern.finditer(hidden, one.end, other.start)
            ]
            cuts += sorted(between)[-1:]
    start = 0
    for low, high in (*sorted(cuts), (len(text), len(text))):
        if low < start:
            continue
        inside = tuple(
            replace(ref, start=ref.start - start, end=ref.end - start) for ref in refs if start <= ref.start < low
        )
        if text[start:low].strip(_EDGES):
            yield Part(text[start:low], inside)
        start = high


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Yield parts, those without a song with the part before that asks for a video: they say more of it."""
    held: Part | None = None
    for part in parts:
        if held is not None and not part.refs and held.refs and (held.makes or held.leads):
            held = Part(f"{held.text}. {part.text.strip()}", held.refs)
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held
