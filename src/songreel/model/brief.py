"""What a person wants, read from their words and options. What they did not say is empty or None."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from songreel.model.document import AssetId, Color, Document, Record
from songreel.model.timeline import Position

Pace = Literal["slow", "medium", "fast"]


class CutRule(Record):
    """A cut rhythm that was asked for: every ``every`` marks of the song, counted ``offset`` of them after a downbeat.

    The marks are bars, beats, or half-beats (``half``): beats and the moments halfway between them. Two beats with an
    offset of one are the backbeat, on which a snare is struck; two half-beats with an offset of one are the offbeats.
    """

    every: int = Field(ge=1, le=64)
    unit: Literal["half", "beat", "bar"]
    offset: int = Field(default=0, ge=0, le=63)


class Brief(Document):
    """A wish. ``looks`` and ``moods`` are names of the lexicon; ``scenes`` name scenes of the catalog or shader files.

    ``scenes_named`` says that they were chosen one by one, so that related ones do not join them.
    ``visualizer`` is a design's name, ``"any"``, or ``"off"``; None leaves it to the director.
    ``titled`` asks for a title even where none is known. ``avoid`` names looks, moods, scenes and effects that are not
    wanted. ``start_at`` says which part of the song the video begins with; with ``seconds`` alone it is the best part.
    ``cover_as`` makes the cover the whole picture, the first or last thing seen, or has it shown somewhere.
    ``understood`` and ``not_understood`` quote the words that were and were not used.
    """

    schema_name: ClassVar[str] = "songreel.brief"
    revision: ClassVar[int] = 1

    words: str = ""
    language: Literal["en", "zh"] = "en"
    title: str | None = None
    artist: str | None = None
    text: bool = True
    looks: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    scenes_named: bool = False
    colors: tuple[Color, ...] = ()
    pace: Pace | None = None
    cut: CutRule | None = None
    preset: str | None = None
    visualizer: str | None = None
    seconds: float | None = Field(default=None, gt=0)
    start_at: Literal["beginning", "chorus", "drop"] | None = None
    titled: bool = False
    title_position: Position | None = None
    text_color: Color | None = None
    visualizer_position: Position | None = None
    effects: tuple[str, ...] = ()
    transitions: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    cover_as: Literal["base", "start", "finish", "shown"] | None = None
    cover: AssetId | None = None
    media: tuple[AssetId, ...] = ()
    seed: int = Field(default=1, ge=0, lt=2**31)
    understood: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
