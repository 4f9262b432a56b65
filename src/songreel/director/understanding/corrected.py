"""What people take back in mid-sentence: ``20 seconds, no wait, 30`` asks for 30 seconds.

A correction says again what stands before it: values of the same kinds. They take the place of the first ones; where
anything else is said behind it, nothing is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from songreel.director.understanding import items
from songreel.director.understanding.item import Item
from songreel.model.asset import Asset
from songreel.model.document import AssetId

_SHAPES = ("shape", "platform", "ratio")
_KINDS = ("color", "position", "grey", "look", "mood", "pace", "visualizer", "effect", "transition", "section")
_MOST = 4
"""How often people correct themselves in one message."""


def applied(words: str, assets: Mapping[AssetId, Asset], language: str) -> str:
    """Return a message with what was said last in the place of what was taken back: ``make it 30 seconds``."""
    for _ in range(_MOST):
        message = items.read(words, assets, language)
        shorter = _once(message)
        if shorter is None:
            break
        words = shorter
    return words


def _once(message: items.Message) -> str | None:
    row = message.items
    for at in range(1, len(row)):
        if not _takes_back(row, at):
            continue
        after, end = _said_anew(row, at)
        before = _taken_back(row[:at], after)
        if before:
            return _exchanged(message.text, before, after, (_begin(row, at), end))
    return None


def _takes_back(row: Sequence[Item], at: int) -> bool:
    item, before = row[at], row[at - 1]
    after = row[at + 1] if at + 1 < len(row) else None
    if after is None:
        return False
    if item.has("word", "correction"):
        return not item.has("word", "wait") or (before.mark and after.mark)
    return item.has("negator") and before.mark and after.mark


def _said_anew(row: Sequence[Item], at: int) -> tuple[list[Item], int]:
    """Return the values behind a correction, up to a mark or another kind; none where a thing of its own is named."""
    found: list[Item] = []
    end = row[at].end
    for place in range(at + 1, len(row)):
        item = row[place]
        kind = _kind(item)
        if kind:
            if found and _kind(found[-1]) != kind:
                break
            found.append(item)
        elif found and (item.mark or (item.joins and not _more(row, place, found))):
            break
        elif not (_only_leads(item, found) or _again(item, row[:at])):
            return [], end
        end = item.end
    return found, end


def _only_leads(item: Item, found: Sequence[Item]) -> bool:
    """Tell whether a word between a correction and its values names nothing of its own: ``actually make it``."""
    if item.has("thing"):
        return bool(found) or item.has("thing", "video", "song", "palette")
    return item.silent or item.mark or item.has("act") or item.has("word") or item.has("reference")


def _again(item: Item, before: Sequence[Item]) -> bool:
    """Tell whether a thing is one that was spoken of before: ``title "Neon", sorry, title "Neon Rain"``."""
    return any(other.has(kind, value) for other in before for kind, value in item.meanings if kind == "thing")


def _more(row: Sequence[Item], at: int, found: Sequence[Item]) -> bool:
    return at + 1 < len(row) and _kind(row[at + 1]) == _kind(found[-1])


def _taken_back(row: Sequence[Item], after: Sequence[Item]) -> list[Item]:
    """Return the values of the same kind that stand nearest before a correction; none where there are too few."""
    if not after:
        return []
    kind = _kind(after[0])
    alike = [item for item in row if _kind(item) == kind or (kind == "number" and _kind(item).startswith("second"))]
    return alike[-len(after) :] if len(alike) >= len(after) else []


def _kind(item: Item) -> str:
    """Return of which kind a value is, the same for all that exclude each other; empty for what is none."""
    if item.quote is not None:
        return "quote"
    quantity = item.quantity
    if quantity is not None and quantity.kind == "amount":
        return quantity.unit or "number"
    if item.ratio is not None or any(item.has(kind) for kind in _SHAPES):
        return "shape"
    if item.color is not None:
        return "color"
    return next((kind for kind in _KINDS if item.has(kind)), "clock" if item.clock is not None else "")


def _begin(row: Sequence[Item], at: int) -> int:
    """Return where a correction begins, with the marks and words that lead to it: ``…, no, sorry, ``."""
    while at > 1 and (row[at - 1].mark or row[at - 1].has("word", "correction") or row[at - 1].has("negator")):
        at -= 1
    return row[at].start


def _exchanged(text: str, before: Sequence[Item], after: Sequence[Item], cut: tuple[int, int]) -> str:
    """Return a text with values in the place of others, and without what stood between them."""
    text = text[: cut[0]] + text[cut[1] :]
    for old, new in list(zip(before, after, strict=True))[::-1]:
        said = new.said
        if old.quantity is not None and new.quantity is not None and not new.quantity.unit:
            said += " " + (old.quantity.unit or "")
        text = text[: old.start] + said + text[old.end :]
    return text
