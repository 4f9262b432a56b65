"""Songs of strangers are listened to in quarantine: at once when they come, or by whoever needs what is heard."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from songreel.app import knowing, wiring
from songreel.app.knowing import Senses
from songreel.base.errors import SongreelError
from songreel.model.asset import Asset
from songreel.service.quarantine import Quarantine

_log = logging.getLogger("songreel.listening")


class Listening:
    """Listens to songs one after another in the background, so that what is heard is there when it is asked for."""

    def __init__(self, quarantine: Quarantine) -> None:
        self._senses = senses(quarantine)
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="listening")

    def begin(self, asset: Asset) -> None:
        """Listen to a song when those before it are done; another kind of file is passed over."""
        if asset.kind == "song":
            self._threads.submit(self._listen, asset)

    def close(self) -> None:
        """Leave out what has not begun, and wait for nothing."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _listen(self, asset: Asset) -> None:
        try:
            knowing.song(asset, wiring.store(), lambda _: None, self._senses)
        except SongreelError as error:
            # Whoever makes a video of it is told; here nobody waits for it.
            _log.info("a song cannot be heard: %s", type(error).__name__)


def senses(quarantine: Quarantine) -> Senses:
    """Return ears and eyes behind walls."""
    return Senses(hear=quarantine.hear, see=quarantine.see)


@cache
def own() -> Senses:
    """Return ears and eyes behind walls for all of this process's life."""
    return senses(Quarantine(places=1))
