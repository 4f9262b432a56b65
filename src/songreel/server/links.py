"""Links to files that open without a token, for a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from songreel.model.asset import Asset
from songreel.server import envelope
from songreel.server.caller import Parts
from songreel.service.receiving import plain_name

ASSET = "/files/assets/{asset_id}/{name}"


class Signed(BaseModel):
    """What a link carries behind its path."""

    expires: int = Field(default=0, ge=0, lt=1 << 53)
    signature: str = Field(default="", max_length=200)


class Links:
    """Makes links and checks them; ``base`` is where people reach the service."""

    def __init__(self, parts: Parts, request: Request) -> None:
        self._parts = parts
        self.base = (parts.settings.public_url or str(request.base_url)).rstrip("/")

    def to(self, asset: Asset) -> str:
        """Return a link to an asset, under its own name."""
        # A proxy that decodes once too often would make another path of a percent sign.
        return self.at(ASSET.format(asset_id=asset.id, name=plain_name(asset.name).replace("%", "_")))

    def at(self, path: str) -> str:
        """Return a link to a path of the service."""
        return self.base + self._parts.signer.link(path, seconds=self._parts.settings.link_hours * 3600)

    def check(self, path: str, signed: Signed) -> None:
        """Raise Refused (404) unless a link is ours and still open: which files there are is not told."""
        if not self._parts.signer.verify(path, signed.expires, signed.signature):
            raise envelope.Refused(404, 404, "this link is not good, or no longer")


async def _links(parts: Parts, request: Request) -> Links:
    return Links(parts, request)


Linked = Annotated[Links, Depends(_links)]
