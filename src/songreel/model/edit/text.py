"""Verbs for words on the picture: titles, artists, captions, lyrics."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from songreel.model.document import Color, Exact, Record
from songreel.model.edit.where import Clock, Texts, Where
from songreel.model.timeline import Position, TextRole, TextStyle

Words = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]
SIZE_LEAST, SIZE_MOST = 0.15, 5.0


class AddText(Record):
    """Put words on the picture during each stretch of ``where``; a stretch without an end lasts to the video's."""

    verb: Literal["add-text"] = "add-text"
    text: Words
    role: TextRole = "caption"
    where: Where
    position: Position | None = None
    design: str | None = None
    style: TextStyle = TextStyle()
    fade_in_s: Exact = Field(default=0, ge=0, validate_default=True)
    fade_out_s: Exact = Field(default=0, ge=0, validate_default=True)


class ChangeText(Record):
    """Let words on the picture say something else."""

    verb: Literal["change-text"] = "change-text"
    texts: Texts
    text: Words


class MoveText(Record):
    """Put words in another place of the picture."""

    verb: Literal["move-text"] = "move-text"
    texts: Texts
    position: Position


class RestyleText(Record):
    """Change how words look; what is None stays. ``size`` 1 is the design's own, ``size_by`` multiplies it."""

    verb: Literal["restyle-text"] = "restyle-text"
    texts: Texts
    color: Color | None = None
    size: float | None = Field(default=None, ge=SIZE_LEAST, le=SIZE_MOST)
    size_by: float | None = Field(default=None, gt=0, le=20)
    bold: bool | None = None
    italic: bool | None = None
    font: str | None = None
    design: str | None = None


class RetimeText(Record):
    """Change when words are shown, in seconds of ``clock``; what is None stays.

    ``start`` and ``end`` below 0 count from the end of the video, ``shift`` moves both, ``seconds`` is how long they
    are shown; with ``whole`` they are shown from the first frame to the last.
    """

    verb: Literal["retime-text"] = "retime-text"
    texts: Texts
    start: Exact | None = None
    end: Exact | None = None
    seconds: Exact | None = Field(default=None, gt=0)
    shift: Exact | None = None
    whole: bool = False
    clock: Clock = "video"


class FadeText(Record):
    """Let words come and go over so many seconds; what is None stays, 0 is at once."""

    verb: Literal["fade-text"] = "fade-text"
    texts: Texts
    in_s: Exact | None = Field(default=None, ge=0)
    out_s: Exact | None = Field(default=None, ge=0)


class RemoveText(Record):
    """Take words away, or hide them during ``where`` alone."""

    verb: Literal["remove-text"] = "remove-text"
    texts: Texts
    where: Where = Where()


class LyricLine(Record):
    """A line of a song, from second ``at`` of the song on; None lets it follow the line before."""

    text: Words
    at: Exact | None = Field(default=None, ge=0)
    seconds: Exact | None = Field(default=None, gt=0)


class SetLyrics(Record):
    """Show lyrics one after another during ``where``, in place of the ones there; without times on the bars."""

    verb: Literal["set-lyrics"] = "set-lyrics"
    lines: tuple[LyricLine, ...] = Field(min_length=1, max_length=500)
    where: Where = Where()
    position: Position | None = None
    style: TextStyle = TextStyle()


class Retitle(Record):
    """Change the title of the project and of the title cards, where there are any."""

    verb: Literal["retitle"] = "retitle"
    title: Words
