"""Arrays in the cache: made once, named by what they are made from, then mapped by every worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from songreel.media import store

SUFFIX = ".npy"


def kept(cache: store.Cache, kind: str, key: str, make: Callable[[], NDArray[Any]]) -> Path:
    """Return the file of an array, making it when it is not there; raises CannotWrite."""
    found = cache.path(kind, key, SUFFIX)
    if found is not None:
        return found
    place = cache.place(kind, key, SUFFIX)
    array = make()
    with store.sealed(place) as part, part.open("wb") as stream:
        np.save(stream, array, allow_pickle=False)
    return place


def mapped(path: Path) -> NDArray[Any]:
    """Return a kept array, read-only; its pages are shared by all processes that map it."""
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array.view(np.ndarray)
