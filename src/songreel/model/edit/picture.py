"""Verbs for what the shots show: scenes, looks, what a person brought."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from songreel.model.document import AssetId, Record
from songreel.model.edit.where import Where
from songreel.model.timeline import Position


class SetLook(Record):
    """Dress the video in another look: palette, grade, scenes, transitions, effects, designs of words.

    None is any look but the one that is there. In a part of the video, words stay.
    """

    verb: Literal["set-look"] = "set-look"
    look: str | None = None
    where: Where = Where()


class ShowScenes(Record):
    """Let shots show these scenes of the catalog, in turn."""

    verb: Literal["show-scenes"] = "show-scenes"
    scenes: tuple[str, ...] = Field(min_length=1, max_length=32)
    where: Where = Where()


class RemoveScene(Record):
    """Show a scene no longer; other pictures take its shots."""

    verb: Literal["remove-scene"] = "remove-scene"
    scene: str
    where: Where = Where()


class ShowAnother(Record):
    """Let shots show something else than they do."""

    verb: Literal["show-another"] = "show-another"
    where: Where = Where()


class UseMedia(Record):
    """Let shots show these photos and clips, in this order and over again; ``mixed`` leaves every other shot as it is.

    As ``one`` the first of them is a single shot that fills each stretch.
    """

    verb: Literal["use-media"] = "use-media"
    assets: tuple[AssetId, ...] = Field(min_length=1, max_length=2000)
    where: Where = Where()
    how: Literal["only", "mixed", "one"] = "only"


class RemoveMedia(Record):
    """Show photos or clips no longer, neither full nor laid over; other pictures take their shots."""

    verb: Literal["remove-media"] = "remove-media"
    assets: tuple[AssetId, ...] = Field(min_length=1, max_length=2000)
    where: Where = Where()


class AddOverlay(Record):
    """Lay a photo or footage over the frame, whole: a logo, a picture in picture.

    ``size`` is what its longer side has of the frame's shorter side; ``width`` is what it has of the frame's width, and
    goes before it. Footage that is too short begins again, and is not heard.
    """

    verb: Literal["add-overlay"] = "add-overlay"
    asset: AssetId
    position: Position = "top-right"
    size: float = Field(default=0.2, ge=0.03, le=2)
    width: float | None = Field(default=None, ge=0.03, le=1)
    opacity: float = Field(default=1, ge=0, le=1)
    where: Where = Where()


class ChangeOverlay(Record):
    """Change photos and footage that are laid over the frame; what is None stays. No ids are all of them."""

    verb: Literal["change-overlay"] = "change-overlay"
    clips: tuple[str, ...] = ()
    position: Position | None = None
    size_by: float | None = Field(default=None, gt=0, le=20)
    width: float | None = Field(default=None, ge=0.03, le=1)
    opacity: float | None = Field(default=None, ge=0, le=1)


class RemoveOverlay(Record):
    """Take away photos and footage that are laid over the frame; no ids are all of them."""

    verb: Literal["remove-overlay"] = "remove-overlay"
    clips: tuple[str, ...] = ()
