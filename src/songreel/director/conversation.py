"""What the director is told before it understands a message, and what it makes of the message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.document import AssetId
from songreel.model.edit import Edit
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline

Language = Literal["en", "zh"]
Attempt = Callable[[tuple[Edit, ...]], None]
"""Carries out edits without keeping them; raises EditRefused or BadRequest when one cannot be made."""


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier message and what came of it; ``edits`` are those that were made, none where nothing was.

    ``clips`` are the ids of what they put there or changed, as far as it is still there.
    """

    words: str
    language: Language
    edits: tuple[Edit, ...]
    clips: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What is there when a message comes.

    ``timeline`` and ``song_map`` are None where nothing was made or no song was brought. ``assets`` are all by id,
    the song and shaders too, in the order in which they came. ``past`` is the conversation, the latest turn last.
    ``undoable`` and ``redoable`` count steps; ``versions`` are the numbers that one can go to, ``version`` is shown.
    ``before`` is the timeline as it was before the latest change. ``attempt`` lets whoever is not sure try.

    Where there are several songs: ``song`` is the one that is shown, or would be made; ``waiting`` the one that was
    brought since a video was made; ``videos`` the version that is the video of each song that has one; ``lasting`` the
    edits that the shown video has had since it was made; ``of_song`` the situation with another song's video shown.
    """

    timeline: Timeline | None = None
    song_map: SongMap | None = None
    brief: Brief = field(default_factory=Brief)
    assets: Mapping[AssetId, Asset] = field(default_factory=dict)
    song: AssetId | None = None
    cover: AssetId | None = None
    past: tuple[Past, ...] = ()
    version: int = 0
    versions: tuple[int, ...] = ()
    undoable: int = 0
    redoable: int = 0
    before: Timeline | None = None
    attempt: Attempt = lambda _: None
    waiting: AssetId | None = None
    videos: Mapping[AssetId, int] = field(default_factory=dict)
    lasting: tuple[Edit, ...] = ()
    of_song: Callable[[AssetId], Situation] | None = None

    @property
    def songs(self) -> tuple[AssetId, ...]:
        """Return the songs, in the order in which they came."""
        return tuple(key for key, asset in self.assets.items() if asset.kind == "song")

    @property
    def names(self) -> Mapping[AssetId, str]:
        """Return what the files are called."""
        return {key: asset.name for key, asset in self.assets.items()}


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message asks for: changes in order, an answer to a question, and what is not understood or cannot be.

    ``problems`` are whole sentences in the language of the message, for the reply. With no edits, no answer and no
    problems, nothing was understood. ``later`` are words of a first message that a wish for a whole video has no room
    for: they are to be read again as a change of the video that it makes.
    """

    edits: tuple[Edit, ...] = ()
    answer: str | None = None
    problems: tuple[str, ...] = ()
    language: Language = "en"
    later: str = ""
