"""Strangers' files become assets: looked at in quarantine, kept under the name of their content, given to a session."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from songreel.base.errors import TooOften
from songreel.base.settings import Settings
from songreel.model.asset import Asset
from songreel.service import receiving
from songreel.service.fetching import Fetcher
from songreel.service.limits import Buckets
from songreel.service.listening import Listening
from songreel.service.quarantine import Looked, Quarantine
from songreel.service.receiving import Most, Receiver
from songreel.service.storage import Storage

MEGABYTE = 1_000_000
_DAY_S = 86_400
PLACES = 3
"""Files that are looked at at once, one of which may be a song that is listened to."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """The way in for files: a place on this machine's disk, the storage, and who fetches, looks and listens."""

    home: Path
    storage: Storage
    quarantine: Quarantine
    fetcher: Fetcher
    listening: Listening
    most: Most
    daily: Buckets

    @contextlib.contextmanager
    def incoming(self, *, expected_bytes: int = 0) -> Iterator[Path]:
        """Yield a folder for files on their way in, gone afterwards."""
        with receiving.incoming(self.home, expected_bytes=expected_bytes) as folder:
            yield folder

    def admit(self, user: str) -> None:
        """Raise TooOften for a user who uploaded all that one may in a day."""
        if wait := self.daily.take(user):
            raise TooOften(
                "you uploaded as much as one may in a day",
                retry_after_s=math.ceil(wait),
                advice="Wait as long as Retry-After says, or ask whoever runs the service for more.",
            )

    def count(self, user: str, paths: Sequence[Path]) -> None:
        """Count files that a user brought, whatever becomes of them."""
        self.daily.spend(user, sum(path.stat().st_size for path in paths) / MEGABYTE)

    def receiver(self, boundary: bytes, folder: Path) -> Receiver:
        """Return what takes a multipart body into a folder."""
        return Receiver(boundary, folder, self.most)

    def fetch(self, urls: Sequence[str], folder: Path) -> tuple[Path, ...]:
        """Return the files of addresses, in order; raises what `Fetcher.fetch` raises.

        The bytes and the time of all of them together are limited as those of one upload are.
        """
        paths: list[Path] = []
        room, until = self.most.total_bytes, time.monotonic() + self.fetcher.seconds
        for number, url in enumerate(urls):
            place = folder / str(number)
            place.mkdir()
            most = min(self.fetcher.most_bytes, room)
            left = max(0.0, until - time.monotonic())
            paths.append(replace(self.fetcher, most_bytes=most, seconds=left).fetch(url, place))
            room -= paths[-1].stat().st_size
        return tuple(paths)

    def look(self, paths: Sequence[Path], folder: Path) -> tuple[Looked, ...]:
        """Return what files are, the covers in them after them, and keep each once.

        Raises BadMedia for the first that cannot be used; nothing is kept then.
        """
        looked = tuple(each for path in paths for each in self.quarantine.look(path, folder))
        for each in looked:
            self._keep(each.asset)
        return looked

    def _keep(self, asset: Asset) -> None:
        if not self.storage.fresh(key(asset)):
            self.storage.put(key(asset), Path(asset.path))

    def close(self) -> None:
        """End the processes of the quarantine, and what waits for them."""
        self.listening.close()
        self.quarantine.close()


def opened(chosen: Settings, kept: Storage) -> Uploads:
    """Return the way in as the settings place it, with what dead processes left there removed."""
    receiving.sweep(chosen.home)
    most = Most(chosen.upload_mb * MEGABYTE, chosen.upload_total_mb * MEGABYTE, chosen.upload_files)
    allowed = tuple(chosen.fetch_networks)
    quarantine = Quarantine(places=PLACES)
    fetcher = Fetcher(most_bytes=most.file_bytes, allowed=allowed)
    daily = Buckets(chosen.upload_daily_mb / _DAY_S, chosen.upload_daily_mb)
    return Uploads(chosen.home, kept, quarantine, fetcher, Listening(quarantine), most, daily)


def key(asset: Asset) -> str:
    """Return the key of an asset in the storage."""
    return f"assets/{asset.id}"
