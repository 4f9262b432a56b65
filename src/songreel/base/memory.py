"""How a process treats memory that it has used."""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_LARGEST_MAPPED = 32 << 20
_KEPT = 256 << 20


def keep_freed() -> None:
    """Let glibc keep what is freed for the next need; elsewhere the allocator is left as it is.

    It would give each large array back to the system at once, and have the next one zeroed anew: measured, a seventh
    of the CPU of hearing a song. Workers do without: nothing was gained there.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if hasattr(libc, "gnu_get_libc_version"):
            libc.mallopt(_M_MMAP_THRESHOLD, _LARGEST_MAPPED)
            libc.mallopt(_M_TRIM_THRESHOLD, _KEPT)
