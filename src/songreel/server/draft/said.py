"""A part of a draft, read key by key, so that each fault is told with its place and nothing unknown is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from songreel.base.errors import BadRequest

Json = dict[str, Any]
_LARGEST = 1 << 64
_ADVICE = "Read the draft from the session's state, change it, and send it whole."


def wrong(where: str, what: str) -> BadRequest:
    """Return the error for a place in a draft."""
    return BadRequest(f"the draft cannot be used at {where}: {what}", advice=_ADVICE)


class Said:
    """An object of a draft. What is taken from it is ours; `rest` is what a client put there for itself."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            raise wrong(where, "it is no object")
        self.where = where
        self._left = dict(value)

    def rest(self) -> Json:
        """Return what nobody has taken."""
        return self._left

    def object(self, key: str) -> Said:
        """Return an object; an empty one where there is none."""
        return Said(self._left.pop(key, None) or {}, f"{self.where}.{key}")

    def objects(self, key: str, most: int) -> list[Said]:
        """Return a list of objects; none where there is no list."""
        found = self._left.pop(key, None) or []
        if not isinstance(found, list):
            raise wrong(f"{self.where}.{key}", "it is no list")
        if len(found) > most:
            raise wrong(f"{self.where}.{key}", f"it has {len(found)} parts, and {most} are the most")
        return [Said(value, f"{self.where}.{key}[{number}]") for number, value in enumerate(found)]

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number; without a default it has to be there."""
        found = self._left.pop(key, None)
        if found is None:
            found = default
        if isinstance(found, bool) or not isinstance(found, int | float) or not abs(found) <= _LARGEST:
            raise wrong(f"{self.where}.{key}", "a number is needed" if found is None else "it is no number")
        return found

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        found = self.number(key, default)
        if found != int(found):
            raise wrong(f"{self.where}.{key}", "it is no whole number")
        return int(found)

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        found = self._left.pop(key, None)
        if found is None:
            return default
        if not isinstance(found, str):
            raise wrong(f"{self.where}.{key}", "it is no text")
        return found

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def peek(self, key: str) -> Json:
        """Return an object without taking it; an empty one where there is none."""
        found = self._left.get(key)
        return found if isinstance(found, dict) else {}

    def fields(self, names: Collection[str]) -> Json:
        """Return what is there under any of these names, as it stands, for a document to judge."""
        return {name: self._left.pop(name) for name in names if name in self._left}
