"""Back and forth among the versions."""

from __future__ import annotations

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause, quoted
from songreel.director.understanding.intents import earlier
from songreel.director.understanding.references import ROLES
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Aspect, Edit

_SUBJECT = Subject("history")
_OTHER = ("thing", "visualizer", "effect", "transition", "shape", "platform", "look", "position", "style", "grey")

_PLAINLY = frozenset(
    {"undo", "revert", "restore", "take back", "cancel that", "撤销", "撤回", "撤消", "还原", "退回", "恢复", "反悔"}
)
_BY_WHOM = (("act",), ("word", "before-now"), ("reference", "it"))
_TAKEN = ("take", "taking", "took")
"""Verbs that undo where “back” stands apart from them: ``take that last one back``."""
_ASPECTS: tuple[tuple[Aspect, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "colors",
        (
            ("thing", ("palette",)),
            ("tone", ("none", "neutral")),
            ("dimension", ("brightness", "contrast", "saturation", "warmth")),
        ),
    ),
    ("words", (("thing", ("title", "artist", "subtitle", "caption", "lyric", "text")),)),
    ("effects", (("thing", ("effects",)), ("effect", ()))),
    ("transitions", (("thing", ("transitions",)), ("transition", ()))),
    ("visualizer", (("visualizer", ()),)),
    ("overlays", (("thing", ("logo",)),)),
    ("sound", (("thing", ("song", "fade")), ("dimension", ("volume",)))),
    ("pictures", (("thing", ("cuts", "shots", "photo", "footage", "media")), ("dimension", ("pace",)))),
    ("look", (("thing", ("look",)),)),
)


def read(clause: Clause, talk: Talk) -> bool:
    """Understand whether a clause goes to another version; all of it is read then."""
    if clause.place is not None and clause.place.clips and not clause.has("history"):
        # ``I want the second shot gone``
        return False
    if _told_twice(clause, talk):
        return True
    if _regretted(clause, talk):
        talk.do(edits.Undo(), subject=_SUBJECT)
        clause.take_all()
        return True
    said = _said(clause, talk)
    if said and any(item.spared for item in clause.items):
        # ``undo everything except the title``: versions are whole.
        talk.cannot("not-understood", words=quoted(clause.items))
        clause.take_all()
        return True
    return _redone(clause, talk, said) or _gone(clause, talk, said)


def missed(clause: Clause, talk: Talk) -> bool:
    """Bring words back that went in the latest turn: ``I needed that title``, ``还是留着标题吧``."""
    roles = [role for role in ROLES if clause.all("thing", role)]
    wanted = clause.has("act", "add", "again", "keep", "hold") or clause.has("word", "wish")
    bare = not clause.unknown() and not any(item.quote or item.place or item.quantity for item in clause.items)
    if not (roles and wanted and bare and talk.situation.past) or talk.edits or clause.negative:
        return False
    if any(source.role in roles for _, source in talk.stage.texts):
        return False
    last = talk.situation.past[-1].edits
    gone = bool(last) and all(isinstance(edit, edits.RemoveText) for edit in last)
    if not (gone or _undone(talk)):
        return False
    talk.do(edits.Undo() if gone else edits.Redo(), subject=_SUBJECT)
    clause.take_all()
    return True


def _gone(clause: Clause, talk: Talk, said: set[str]) -> bool:
    """Go the ways to other versions that a clause names; False where it names none."""
    version = _version(clause, talk)
    if version is None and not said - {"version"}:
        return False
    # ``back to the original brightness`` starts nothing over.
    whole = {"redo", "version"} if clause.has("dimension") else {"redo", "start-over", "version"}
    aspects = _aspects(clause) if version is None and not said & whole else []
    aspects = aspects or (earlier.aspects(clause, talk) if said == {"undo"} and _plainly(clause) else [])
    if said == {"back"} and not aspects:
        said = _brought_back(clause, talk)
    if aspects == ["colors"] and said & {"undo", "back"} and _colored_words(talk):
        talk.do(edits.Undo(), subject=_SUBJECT)
    elif aspects and said & {"undo", "back", "start-over"}:
        talk.do(*(edits.Restore(aspect=aspect) for aspect in aspects), subject=_SUBJECT)
    elif version is not None:
        talk.do(edits.GoTo(version=version), subject=_SUBJECT)
    elif "start-over" in said and _goes(clause):
        talk.do(edits.StartOver(), subject=_SUBJECT)
    elif "redo" in said and not _new(clause):
        _stepped(edits.Redo(steps=_steps(clause, "redo")), clause, talk)
    elif "undo" in said and clause.has("act", "remove") and _undone(talk):
        talk.do(edits.Redo(), subject=_SUBJECT)
    elif "undo" in said and _goes(clause):
        again = clause.has("act", "again") and not said - {"undo"} and _undone(talk) and clause.has("history", "redo")
        _stepped(edits.Redo() if again else edits.Undo(steps=_steps(clause, "undo")), clause, talk)
    else:
        return False
    clause.take_all()
    return True


def _redone(clause: Clause, talk: Talk, said: set[str]) -> bool:
    """Do again what was undone a moment ago and is asked back by its name: ``bring the black and white back``."""
    past = talk.situation.past
    if said != {"back"} or len(past) < 2 or clause.negative or not _undone(talk):
        return False
    if not earlier.tells_of(clause, past[-2], talk):
        return False
    talk.do(edits.Redo(), subject=_SUBJECT)
    clause.take_all()
    return True


def _stepped(edit: edits.Undo | edits.Redo, clause: Clause, talk: Talk) -> None:
    """Go by so many steps; by more where nothing but the same words are said once more: ``ctrl z, ctrl z``."""
    word = next((item.said.lower() for item in clause.items if item.has("history")), "")
    last = talk.edits[-1] if talk.edits else None
    bare = all(item.silent or item.mark or item.has("history") or item.has("act", "again") for item in clause.items)
    if bare and isinstance(last, type(edit)) and talk.subject == Subject("history", name=word):
        talk.edits[-1] = edit.evolve(steps=last.steps + edit.steps)
        talk.heard += 1
    else:
        talk.do(edit, subject=Subject("history", name=word))


def _brought_back(clause: Clause, talk: Talk) -> set[str]:
    """Return the way that a bare “back” goes: what was undone a moment ago comes back, or what was done is undone."""
    if any(item.has("thing") for item in clause.items if not item.silent) or not _goes(clause) or clause.question:
        return set()
    if _undone(talk):
        more = clause.has("degree", "+") or clause.has("word", "another")
        further = more or clause.has("act", "again") or degrees.amounts(clause, "step", "edit", "")
        return {"undo"} if further else {"redo"}
    past = talk.situation.past
    removed = bool(past) and any(each.verb.startswith(("remove", "keep")) or _mutes(each) for each in past[-1].edits)
    return {"undo"} if clause.all("history", "undo") or (removed and _alone(clause)) else set()


def _colored_words(talk: Talk) -> bool:
    """Tell whether the last turn colored words, so that “the color” is theirs: ``还是原来那个颜色好看``."""
    past = talk.situation.past
    return bool(past) and any(isinstance(edit, edits.RestyleText) and edit.color for edit in past[-1].edits)


def _mutes(edit: Edit) -> bool:
    return isinstance(edit, edits.SetVolume) and edit.volume == 0


def _alone(clause: Clause) -> bool:
    """Tell whether nothing is named that could be brought back."""
    return not clause.unknown() and not any(
        item.quote or item.asset or item.place or item.color or any(item.has(kind) for kind in _OTHER)
        for item in clause.items
    )


def _told_twice(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause asks back what this message takes back already: ``wrong one, bring it back``."""
    back = any(isinstance(edit, edits.Undo | edits.Redo) for edit in talk.edits) and clause.has("history", "back")
    told = back and (_alone(clause) or _named_alone(clause))
    repeated = clause.has("act", "again") and all(
        item.silent or item.mark or item.has("act", "again") or item.has("word", "single") for item in clause.items
    )
    taken = clause.has("act", "remove") and clause.has("reference", "it") and _alone(clause)
    told = told or (taken and bool(talk.edits) and isinstance(talk.edits[-1], edits.Undo))
    told = told or (repeated and bool(talk.edits) and isinstance(talk.edits[-1], edits.Redo))
    talk.heard += told
    return told


def _named_alone(clause: Clause) -> bool:
    """Tell whether one aspect is named and nothing else: ``oops, wrong one, bring the title back``."""
    return len(_aspects(clause)) == 1 and not clause.unknown()


def _regretted(clause: Clause, talk: Talk) -> bool:
    """Tell whether somebody says that the latest change was a mistake: ``I deleted the wrong one``, ``刚才删错了``."""
    past = talk.situation.past
    done = bool(past) and bool(past[-1].edits) and past[-1].version == talk.situation.version
    # ``forget the orange`` leaves the other colors.
    one = clause.has("color") and done and any(isinstance(edit, edits.SetPalette) for edit in past[-1].edits)
    cancelled = clause.has("word", "cancels") and not (clause.has("act", "change") or one)
    if not (done and (cancelled or clause.has("word", "mistake"))) or any(item.quantity for item in clause.items):
        return False
    alone = clause.has("word", "mistake") and _alone(clause) and any(clause.has(*each) for each in _BY_WHOM)
    return alone or earlier.tells_of(clause, past[-1], talk)


def _said(clause: Clause, talk: Talk) -> set[str]:
    """Return the ways to other versions that a clause names; to restore what was just undone is to do it again."""
    if talk.stage.song_start and clause.has("act", "begin") and clause.all("history", "start-over"):
        # ``start it from the very beginning`` means the song, where it begins later.
        return set()
    named = [clause.items[at] for at in clause.all("history")]
    said = {"back" if item.has("history", "back") else item.value("history") or "" for item in named}
    if said == {"back", "redo"}:
        return {"redo"}
    if "back" in said and degrees.amounts(clause, "step"):
        return {"undo"}
    if said == {"back"} and any(item.said.lower() in _TAKEN for item in clause.items) and _alone(clause):
        return {"undo"}
    restores = bool(clause.all("history", "restore"))
    if (restores or _rather(clause)) and _undone(talk) and not clause.all("thing"):
        return {"redo"}
    latest = clause.all("history", "latest") or (clause.all("history", "step") and clause.has("word", "before-now"))
    taken = "back" in said and any(item.said.lower() in _TAKEN for item in clause.items)
    gone = clause.has("act", "remove") or clause.has("word", "cancels") or taken
    if gone and (latest or degrees.amounts(clause, "edit", "step")):
        said.add("undo")
    return said - {"step", "restore", "latest", ""}


def _rather(clause: Clause) -> bool:
    """Tell whether a version is wanted after all: ``还是要快的那版``, where what made it was just undone."""
    numbered = any(item.quantity is not None for item in clause.items)
    return bool(clause.all("history", "version")) and clause.has("act", "again") and not numbered


def _aspects(clause: Clause) -> list[Aspect]:
    """Return what alone is to be as it was: ``put the colors back``, ``undo only the title``; nothing for all of it."""
    if any(item.color or item.ratio or item.quote or item.place or item.size for item in clause.items):
        return []
    if clause.has("position") or clause.has("degree") or clause.has("word", "usual") or clause.has("shape"):
        return []
    if not _plainly(clause) and any(clause.has(kind) for kind in ("effect", "transition", "look", "scene", "grey")):
        return []
    found = [aspect for aspect, meant in _ASPECTS for kind, values in meant if clause.all(kind, *values)]
    colored = "words" in found or "visualizer" in found
    return [aspect for aspect in dict.fromkeys(found) if aspect != "colors" or not colored]


def _plainly(clause: Clause) -> bool:
    return any(item.has("history", "undo") and item.said.lower() in _PLAINLY for item in clause.items)


def _new(clause: Clause) -> bool:
    return bool(clause.all("again") or clause.all("shape") or clause.all("look"))


def _undone(talk: Talk) -> bool:
    past = talk.situation.past
    return bool(past) and any(isinstance(edit, edits.Undo) for edit in past[-1].edits)


def _goes(clause: Clause) -> bool:
    """Tell whether words for going back mean versions, not a thing: ``go back to dissolves`` names what is wanted."""
    values = ("visualizer", "transition", "shape", "platform", "look", "effect", "position")
    wanted = any(clause.all(kind) for kind in values) or any(item.color or item.ratio for item in clause.items)
    wanted = wanted or clause.has("word", "usual")
    return not wanted or clause.has("word", "before-now") or clause.has("act", "begin")


def _version(clause: Clause, talk: Talk) -> int | None:
    """Return the version that is named: ``version 3``, ``the first version``, ``第二版``."""
    versions = clause.all("history", "version")
    if not versions or clause.question:
        return None
    for at in versions:
        near = [*clause.items[at + 1 : at + 2], *clause.items[max(0, at - 2) : at]]
        for item in near:
            if item.has("reference", "one") and item.start > clause.items[at].start:
                return 1
            if item.quantity and not item.quantity.unit:
                number = int(item.quantity.value)
                if item.quantity.kind != "ordinal" and item.start < clause.items[at].start:
                    continue
                if number > 0:
                    return number if number <= 100_000 else None
                order = [each for each in talk.situation.versions if each != talk.situation.version]
                return order[number] if -len(order) <= number < 0 else None
    return None


def _steps(clause: Clause, way: str) -> int:
    found = degrees.amounts(clause, "step", "edit", "")
    numbers = [int(quantity.value) for _, quantity in found if 1 <= quantity.value <= 1000]
    if numbers:
        return numbers[0]
    times = [item.quantity.value for item in clause.items if item.quantity and item.quantity.kind == "factor"]
    if times and times[0] in range(2, 100):
        return int(times[0])
    if clause.has("word", "twice"):
        return 2
    said = [item.said.lower() for item in clause.items if item.has("history", way)]
    return max(said.count(said[0]), 1) if said else 1
