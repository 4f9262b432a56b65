"""What of a first message becomes the brief, and what is left to be done to the video that the brief makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.edit import Edit, Texts
from songreel.model.timeline import TextStyle

_TITLE_ROLES = ("title", "artist")


@dataclass
class Read:
    """How each edit was read: of the ``whole``, or of a ``part``, which may be ``timed``."""

    found: list[tuple[Edit, str]] = field(default_factory=list)

    def note(self, made: Sequence[Edit], how: str) -> None:
        """Remember how the edits were read that have come since."""
        self.found += [(edit, how) for edit in made if not any(edit is known for known, _ in self.found)]

    def how(self, edit: Edit) -> str:
        """Return how an edit was read."""
        return next(how for known, how in self.found if edit is known)


def kept(brief: Brief, made: Sequence[Edit], read: Read) -> tuple[Brief, list[Edit]]:
    """Return the brief with the names that were read, and the edits that say what it cannot hold."""
    names, kept = {brief.title, brief.artist}, []
    for edit in made:
        how = read.how(edit)
        if how == "whole" and not _unnamed(edit, brief):
            kept += [edit] if _beyond(edit, brief, names) else []
        else:
            brief, more = _named(brief, [edit], placed=how == "timed")
            kept += more
    return brief, kept


def less_left(brief: Brief, clause: Clause) -> Brief:
    """Return the brief without those of its unread words that a clause has been read by after all."""
    said = " ".join(clause.items[at].said.lower() for at in clause.used)
    return brief.evolve(not_understood=tuple(each for each in brief.not_understood if each.lower() not in said))


def without(brief: Brief, later: Sequence[str]) -> Brief:
    """Return the brief without those of its unread words that are read later."""
    said = " ".join(later).lower()
    return brief.evolve(not_understood=tuple(each for each in brief.not_understood if each.lower() not in said))


_AROUND = ("platform", "shape", "look", "mood", "pace", "grey", "tone", "color", "visualizer", "bound")
_SHOWN = ("picture", "shots", "photo", "cuts", "text", "title")
_PART = ("fade", "transition", "effect", "unit")


def lasting(whole: Sequence[Clause]) -> Fraction | None:
    """Return the length that stands among what a video is to be like: ``for TikTok 20 seconds red and black``."""
    for clause in whole:
        if clause.has("word", "every", "per") or clause.has("thing", *_SHOWN):
            continue
        said = [item for item in clause.items if not item.silent]
        for before, item, after in zip([None, *said], said, [*said[1:], None], strict=False):
            quantity = item.quantity
            if quantity is None or quantity.kind != "amount" or quantity.unit != "second" or quantity.value <= 0:
                continue
            if (before is None or _of_video(before)) and (after is None or _goes_on(after)):
                return quantity.value
    return None


def _of_video(item: Item) -> bool:
    named = item.has("thing", "video", "song") or item.has("again", "create") or any(item.has(kind) for kind in _AROUND)
    return item.mark or named or item.ratio is not None or item.color is not None or item.said.lower() == "and"


def _goes_on(item: Item) -> bool:
    """Tell whether what follows a length is no moment, count or thing that it is the length of."""
    timed = item.has("word", "after", "before", "every", "per", "into") or item.has("thing", "fade", "cuts", "shots")
    return not (timed or item.quantity or item.place or any(item.has(kind) for kind in _PART))


def begun(brief: Brief, made: list[Edit]) -> tuple[Brief, list[Edit]]:
    """Return the brief without a length that is to be counted from where an edit begins: ``from 0:12, 30 s``."""
    for at, edit in enumerate(made):
        if isinstance(edit, edits.UsePart) and edit.start is not None and brief.seconds is not None:
            lasts = Fraction(brief.seconds).limit_denominator(1000)
            made[at] = edit if edit.seconds else edit.evolve(end=None, seconds=lasts)
            brief = brief.evolve(seconds=None)
    return brief, made


def _unnamed(edit: Edit, brief: Brief) -> bool:
    """Tell whether an edit names the title or artist where the brief has found none: ``歌手写“小鹿”``."""
    return isinstance(edit, edits.AddText) and edit.role in _TITLE_ROLES and getattr(brief, edit.role) is None


def _beyond(edit: Edit, brief: Brief, names: set[str | None]) -> bool:
    """Tell whether an edit that was read of the whole says what a brief cannot hold."""
    match edit:
        case edits.SetVolume() | edits.FadeSong() | edits.FadePicture() | edits.RemoveEffect() | edits.HoldShot():
            return True
        case edits.AddText():
            return edit.text not in names and edit.role == "caption"
        case edits.RestyleText():
            return brief.text is not False and edit.evolve(color=None, texts=Texts()) != edits.RestyleText(
                texts=Texts()
            )
        case edits.RetimeText() | edits.FadeText():
            return brief.text is not False
        case edits.UsePart():
            return _starts(edit, brief) or (brief.seconds is None and brief.start_at is None and edit.end is not None)
        case edits.SetCanvas():
            return edit.fps is not None or edit.width is not None or edit.ratio not in (None, "9:16", "16:9", "1:1")
        case _:
            return False


def _starts(edit: edits.UsePart, brief: Brief) -> bool:
    """Tell whether an edit says where in the song to begin, which a brief can only say of some sections."""
    return bool(edit.start) and brief.start_at is None


def bare(edit: Edit) -> Edit:
    """Return an edit without what the brief does: of a canvas, the rate and an unusual ratio are left."""
    if not isinstance(edit, edits.SetCanvas):
        return edit
    return edits.SetCanvas(ratio=edit.ratio, fps=edit.fps, width=edit.width, height=edit.height)


def _named(brief: Brief, read: Sequence[Edit], *, placed: bool) -> tuple[Brief, list[Edit]]:
    """Return the brief with the title and artist that words name, and how else those are shown as changes of them."""
    kept: list[Edit] = []
    if any(isinstance(texts := getattr(edit, "texts", None), Texts) and texts.role == "title" for edit in read):
        brief = brief.evolve(titled=True)
    for edit in read:
        if not isinstance(edit, edits.AddText) or edit.role not in _TITLE_ROLES:
            kept.append(edit)
            continue
        brief = brief.evolve(**{edit.role: edit.text}, text=True)
        texts = Texts(role=edit.role)
        if edit.position is not None:
            kept.append(edits.MoveText(texts=texts, position=edit.position))
        if edit.style != TextStyle():
            style = edit.style
            kept.append(
                edits.RestyleText(
                    texts=texts,
                    color=style.color,
                    size=style.size if style.size != 1 else None,
                    bold=style.bold or None,
                    italic=style.italic or None,
                )
            )
        if edit.fade_in_s or edit.fade_out_s:
            kept.append(edits.FadeText(texts=texts, in_s=edit.fade_in_s, out_s=edit.fade_out_s))
        if placed and edit.where.stretches:
            first = edit.where.stretches[0]
            whole = first.end is None and first.start == 0
            times = {"whole": True} if whole else {"start": first.start, "end": first.end, "clock": edit.where.clock}
            kept.append(edits.RetimeText(texts=texts, **times))
    return brief, kept


def completed(brief: Brief, read: Sequence[Edit]) -> Brief:
    """Return a brief with a cut rhythm and a length where only the reading of changes found them."""
    for edit in read:
        match edit:
            case edits.CutEvery() if brief.cut is None and edit.where.everywhere:
                brief = brief.evolve(cut=edit.rule)
            case edits.UsePart(seconds=Fraction(), end=None) if brief.seconds is None and not _starts(edit, brief):
                brief = brief.evolve(seconds=float(edit.seconds or 0))
            case edits.UseBestPart() if brief.seconds is None:
                brief = brief.evolve(seconds=float(edit.seconds))
            case _:
                pass
    return brief
