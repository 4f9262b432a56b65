"""What is said after a turn: what changed and where, what could not be done and why, and what to try next.

All of it is read off the timelines before and after, never off the request, so that it is true whatever was asked.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from songreel.base.errors import EditRefused, SongreelError
from songreel.base.time import seconds_at
from songreel.director.conversation import Understood
from songreel.director.telling import shots, speaker, whole, words
from songreel.director.telling.shots import Both
from songreel.director.telling.speaker import Speaker
from songreel.model.document import AssetId
from songreel.model.edit import Edit, GoTo, Redo, StartOver, Undo
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline

_SUGGESTED = 3
_MOST, _MOST_AFTER_A_STEP = 14, 4
_TOPIC_OF = {
    "adjust-grade": "look",
    "set-grade": "look",
    "set-palette": "look",
    "set-look": "look",
    "cut-every": "rhythm",
    "cut-denser": "rhythm",
    "set-canvas": "tall",
    "set-effect": "chorus",
    "fade-song": "song",
    "use-part": "song",
    "use-best-part": "song",
    "undo": "back",
    "restore": "back",
}
"""What a turn has just been about, so that it is not what to try next."""
_QUIET_NOTES = re.compile(r"^the look is |^not understood, and left out")


@dataclass(frozen=True, slots=True)
class Done:
    """One version that a turn made, and what it was ``before``; None where it was made anew."""

    before: Timeline | None
    after: Timeline


@dataclass(frozen=True)
class Turned:
    """Everything that a reply is made of. ``notes`` are what the director decided or left out in new videos.

    ``done`` are the versions that were made, the last of which is shown; ``songs`` are all songs, ``unmade`` those that
    have no video; ``waits`` tells that one of them came since a video was made.
    """

    before: Timeline | None
    after: Timeline | None
    song_map: SongMap | None
    names: Mapping[AssetId, str]
    edits: tuple[Edit, ...]
    understood: Understood
    refusals: tuple[SongreelError, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    said: str = ""
    version: int = 0
    done: tuple[Done, ...] = ()
    songs: tuple[AssetId, ...] = ()
    unmade: tuple[AssetId, ...] = ()
    waits: bool = False

    @property
    def made(self) -> bool:
        """Tell whether any video was made anew."""
        return any(done.before is None for done in self.done)

    def called(self, song: AssetId | None) -> str:
        """Return what a song's file is called."""
        return self.names.get(song or "", "")

    @property
    def last(self) -> Done | None:
        """Return what became of the video that is shown; nothing where it was only gone to."""
        if self.done and self.done[-1].after == self.after:
            return self.done[-1]
        alike = self.before is not None and self.after is not None and self.before.song == self.after.song
        return Done(self.before, self.after) if alike and self.after is not None else None

    @property
    def speaker(self) -> Speaker:
        """Return who says it, about the video as it is after the turn."""
        timeline = self.after or self.before
        start = float(timeline.song_start()) if timeline else 0.0
        lasts = float(seconds_at(timeline.frames, timeline.canvas.fps)) if timeline else 0.0
        return Speaker(self.understood.language, self.song_map, start, lasts)


def compose(turned: Turned) -> str:
    """Return the reply to a message; it is never empty."""
    says = turned.speaker
    done = list(_done(turned, says))
    not_done = list(_not_done(turned, says))
    if not done and not not_done and not turned.understood.answer:
        done = [says.say("unchanged" if turned.edits else "not-understood")]
    parts = [turned.understood.answer or "", *done, *not_done, _waiting(turned, says), _next(turned, says)]
    return says.sentence_end().join(part.strip() for part in parts if part.strip())


def differs(before: Timeline | None, after: Timeline | None) -> bool:
    """Tell whether two timelines differ in anything but their version."""
    if before is None or after is None:
        return before is not after
    return before.evolve(version=1) != after.evolve(version=1)


def changes(before: Timeline, after: Timeline, names: Mapping[AssetId, str], says: Speaker) -> list[str]:
    """Return what differs between two timelines, a sentence each, the whole first; none where they are alike."""
    both = Both(before, after, dict(names))
    sentences = [*whole.told(both, says), *shots.told(both, says), *words.told(both, says)]
    if not sentences and differs(before, after):
        sentences = [says.say("something")]
    return sentences


def touched(before: Timeline | None, after: Timeline | None) -> tuple[str, ...]:
    """Return the ids of the clips that are new or changed, those of words first."""
    if after is None:
        return ()
    was = {clip.id: clip for track in before.tracks for clip in track.clips} if before else {}
    order = sorted(after.tracks, key=lambda track: track.role not in ("titles", "lyrics"))
    return tuple(clip.id for track in order for clip in track.clips if was.get(clip.id) != clip)


def _done(turned: Turned, says: Speaker) -> Iterator[str]:
    if turned.after is None:
        return
    last = turned.last
    for done in turned.done:
        if done is not last:
            yield from _told(turned, done, says)
    moved = next((edit for edit in reversed(turned.edits) if isinstance(edit, Undo | Redo | GoTo | StartOver)), None)
    if _elsewhere(turned) and (last is None or last.before == last.after):
        yield says.say("song-shown", song=turned.called(turned.after.song), version=str(turned.version))
    elif moved is not None and not _elsewhere(turned):
        yield says.say({"undo": "undone", "redo": "redone"}.get(moved.verb, "gone"), version=str(turned.version))
    if last is not None:
        yield from _told(turned, last, says, most=_MOST_AFTER_A_STEP if moved else _MOST)


def _told(turned: Turned, done: Done, says: Speaker, most: int = _MOST) -> Iterator[str]:
    """Yield what became of one video, which is named where there are several."""
    sentences = [whole.made(done.after, says)]
    if done.before is not None:
        sentences = changes(done.before, done.after, turned.names, says)
    if sentences and len(turned.songs) > 1 and (_elsewhere(turned) or len(turned.done) > 1):
        yield says.say("of-song", song=turned.called(done.after.song))
    yield from sentences[:most]
    if len(sentences) > most:
        yield says.say("more", changes=says.count("change", len(sentences) - most))


def _elsewhere(turned: Turned) -> bool:
    """Tell whether another song's video is shown than before the turn, or the first of several."""
    return turned.after is not None and (turned.before is None or turned.before.song != turned.after.song)


def _not_done(turned: Turned, says: Speaker) -> Iterator[str]:
    texts = speaker.sentences(says.language)
    if turned.left_out and turned.made:
        yield says.say("left-out", words=says.listed(f"“{each}”" for each in turned.left_out))
    for note in turned.notes:
        if turned.made and not _QUIET_NOTES.search(note):
            yield says.say("note", note=_note(note, texts, says.language))
    changed = differs(turned.before, turned.after)
    for refusal in turned.refusals:
        if changed and isinstance(refusal, EditRefused) and refusal.kind == "same":
            yield says.say("so-already")
            continue
        yield says.say("refused", why=_why(refusal, texts, says.language))
    yield from turned.understood.problems
    if turned.refusals and not differs(turned.before, turned.after) and not turned.understood.answer:
        yield says.say("nothing-changed")


def _why(refusal: SongreelError, texts: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return why something was not done, in the speaker's language where it is known there."""
    if isinstance(refusal, EditRefused) and refusal.kind in texts.get("refusals", {}):
        facts = {name: speaker.everyday(language, fact) for name, fact in refusal.facts.items()}
        return texts["refusals"][refusal.kind].format(**facts)
    return str(refusal)


def _note(note: str, texts: Mapping[str, Mapping[str, str]], language: str) -> str:
    for pattern, said in texts.get("notes", {}).items():
        if found := re.fullmatch(pattern, note):
            return said.format(*(speaker.everyday(language, group) for group in found.groups()))
    return note


def _waiting(turned: Turned, says: Speaker) -> str:
    """Return which song is on, where a video was made or a song came and there are songs without one."""
    others = [turned.called(song) for song in turned.unmade]
    if turned.after is None or not others or not (turned.made or (turned.waits and turned.done)):
        return ""
    return says.say("unmade", song=turned.called(turned.after.song), names=says.listed(others), first=others[-1])


def _next(turned: Turned, says: Speaker) -> str:
    """Return what can be tried next: what is nearest to words that were not understood, else what is still plain."""
    ideas = list(dict.fromkeys(idea for topic in _topics(turned) for idea in _ideas(topic, says)))
    if not ideas:
        return ""
    nothing = not turned.edits and not turned.refusals and not turned.understood.answer
    chosen = _nearest(turned.said, ideas) if nothing and turned.said else _rotated(turned, says)
    return says.say("next", ideas=says.listed_all(chosen[:_SUGGESTED]))


def _rotated(turned: Turned, says: Speaker) -> list[str]:
    """Return one idea of each topic, beginning with another topic every turn."""
    topics = _topics(turned)
    at = turned.version % len(topics)
    found = []
    spoken = {_TOPIC_OF.get(edit.verb, "") for edit in turned.edits}
    for topic in (*topics[at:], *topics[:at]):
        ideas = _ideas(topic, says)
        if ideas and topic not in spoken:
            found.append(ideas[turned.version // len(topics) % len(ideas)])
    return list(dict.fromkeys(found))


def _nearest(said: str, ideas: Sequence[str]) -> list[str]:
    said = said[:200].casefold()
    return sorted(ideas, key=lambda idea: -difflib.SequenceMatcher(None, said, idea.casefold()).ratio())


def _ideas(topic: str, says: Speaker) -> list[str]:
    return list(speaker.sentences(says.language)["ideas"].get(topic, []))


def _topics(turned: Turned) -> list[str]:
    """Return what may be spoken of next, by what there is."""
    timeline = turned.after
    if turned.song_map is None:
        return ["no-song"]
    if timeline is None:
        return ["make"]
    titled = bool(timeline.clips("titles"))
    drawn = bool(timeline.clips("visualizer"))
    tall = timeline.canvas.height > timeline.canvas.width
    sections = {section.label for section in turned.song_map.sections}
    return [
        "words" if titled else "no-words",
        "rhythm",
        "tall" if tall else "wide",
        "look",
        "visualizer" if drawn else "no-visualizer",
        "chorus" if "chorus" in sections else "effects",
        "song",
        "back" if turned.version > 1 else "look",
    ]
