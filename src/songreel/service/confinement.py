"""Walls around this process, for good: limits of memory, time and files, no network, no files but those it needs.

Limits are those of POSIX (setrlimit). On Linux a network namespace of its own takes the network away, and Landlock
(``landlock(7)``) all files that are not named. Where a kernel lacks one of the two, the others stand.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_NO_NEW_PRIVILEGES = 38
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
# Rights of landlock(7): execute 0, write 1, read file 2, read dir 3, remove 4–5, make 6–12, refer 13, truncate 14.
_READ, _READ_FILE = 1 << 2 | 1 << 3, 1 << 2
# Plain files and folders alone: a link made there could lead whoever reads it afterwards elsewhere.
_WRITE = _READ | 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 14
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1}
_ALL_RIGHTS = (1 << 15) - 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: bytes of address space, seconds of CPU, bytes of each file that it writes, open files."""

    memory_bytes: int = 3 << 30
    cpu_s: int = 180
    file_bytes: int = 64 << 20
    open_files: int = 64


LIMITS = Limits()


def confine(limits: Limits, *, readable: Iterable[Path], writable: Path) -> tuple[str, ...]:
    """Put this process behind walls that it cannot take down, and return which stand.

    It must have one thread alone. ``readable`` are files and folders, ``writable`` is one folder.
    """
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
    ):
        _limit(what, most)
    walls = ["limits"]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        if libc.unshare(_NEW_NET) == 0 or libc.unshare(_NEW_USER | _NEW_NET) == 0:
            walls.append("network")
        if _landlock(libc, [path for path in readable if path.exists()], writable):
            walls.append("files")
    return tuple(walls)


def _limit(what: int, most: int) -> None:
    """Lower a limit; one that is lower already stays."""
    _, hard = resource.getrlimit(what)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (least, least))


def _landlock(libc: ctypes.CDLL, readable: list[Path], writable: Path) -> bool:
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    handled = _RIGHTS.get(version, _ALL_RIGHTS)
    asked = struct.pack("=Q", handled)
    rules = libc.syscall(_LANDLOCK_CREATE, asked, len(asked), 0)
    if rules < 0:
        return False
    try:
        allowed = all(_allow(libc, rules, path, _READ if path.is_dir() else _READ_FILE) for path in readable)
        return (
            allowed
            and _allow(libc, rules, writable, _WRITE & handled)
            and libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0
        )
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> bool:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, place)
        return bool(libc.syscall(_LANDLOCK_ADD, rules, _PATH_BENEATH, rule, 0) == 0)
    finally:
        os.close(place)
