"""Several songs in one project: which one a message is about, and what is to be done with its video.

::

    make a neon video for night.mp3      → a video of that song
    do the same for the other song       → a video like the one that is shown
    show me the first song's video       → its latest version
    make the title of night.mp3 red      → its latest version, changed

What is said beside the songs is read as if there were but one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from songreel.director import lexicon
from songreel.director.conversation import Language, Situation, Understood
from songreel.director.tokens import normal
from songreel.director.understanding import items, song_parts
from songreel.director.understanding.answering import clock
from songreel.director.understanding.intents import lyrics
from songreel.director.understanding.song_parts import Part
from songreel.director.understanding.stage import Stage, exact
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.document import AssetId
from songreel.model.edit import Create, Edit, GoTo, Texts, Where

Read = Callable[[str, Situation], Understood]
"""Understands a message about one song."""
_LONGEST_MESSAGE = 5_000
_WHOLE = ("video", "song", "look", "picture", "format")
_OF_ONE_VIDEO = (
    edits.AddText, edits.ChangeText, edits.Retitle, edits.SetLyrics, edits.SetCanvas, edits.UsePart, edits.ShowAnother,
    edits.ChangeOverlay, edits.RemoveOverlay, edits.RemoveShot, edits.CutAt, edits.HoldShot,
)  # fmt: skip
"""Changes that would mean something else, or nothing, in the video of another song."""


@dataclass
class _Read:
    """What has been understood so far, and the situation after it."""

    talk: Talk
    now: Situation
    read: Read

    def take(self, understood: Understood) -> None:
        """Add what a part of the message asks for; the same problem is told once."""
        self.talk.edits += understood.edits
        self.talk.answers += [understood.answer] if understood.answer else []
        self.talk.problems += [each for each in understood.problems if each not in self.talk.problems]


def read(words: str, situation: Situation, inner: Read) -> Understood | None:
    """Return what a message asks for of several songs; None where it is not about songs, but the one that is on."""
    if not situation.songs:
        return None
    if lines := lyrics.timed(words) or lyrics.listed(words):
        made = read(lyrics.without(words), situation, inner)
        return made and replace(made, edits=(*made.edits, edits.SetLyrics(lines=lines)))
    text = normal(words[:_LONGEST_MESSAGE])
    spoken = situation.past[-1].language if situation.past else situation.brief.language
    language = cast(Language, lexicon.language_of(text, spoken))
    talk = Talk(situation, Stage(situation), language)
    if _answered(text, talk):
        return talk.understood()
    parts = song_parts.find(text, situation)
    if not parts:
        return None
    found = _Read(talk, situation, inner)
    for part in parts:
        _carry(part, found)
    return talk.understood()


# -- what is done ----------------------------------------------------------------------------------------------------


def _carry(part: Part, found: _Read) -> None:
    """Understand one part of a message."""
    now, talk = found.now, found.talk
    if not part.refs:
        found.take(found.read(part.text, now))
    elif part.missing or not part.songs:
        talk.cannot("no-such-song", names=talk.listed(_called(song, now) for song in now.songs))
    elif part.shows or (part.leads and _only_named(part, found)):
        _show(part, found)
    elif part.makes or not now.videos or _asks_for_new(part, found):
        _make(part, found)
    else:
        _change(part, found)


def _only_named(part: Part, found: _Read) -> bool:
    """Tell whether a part says nothing but a song that has a video."""
    plain = not song_parts.says(part.without("make", found.talk.language))
    return plain and all(song in found.now.videos for song in part.songs) and not part.makes


def _asks_for_new(part: Part, found: _Read) -> bool:
    """Tell whether what is said of songs without a video is a wish for one, and no change of what is in it."""
    if any(song in found.now.videos for song in part.songs):
        return False
    if part.leads:
        return True
    words = part.without("edit", found.talk.language)
    things = {item.value("thing") for item in items.read(words, {}, found.talk.language).items} - {None, *_WHOLE}
    return not things and _wished(found.read(words, _empty(found.now, part.songs[0], Brief())))


def _called(song: AssetId, situation: Situation) -> str:
    return situation.assets[song].name


def _show(part: Part, found: _Read) -> None:
    song = part.songs[-1]
    version = found.now.videos.get(song)
    if version is None and part.makes:
        _make(part, found)
    elif version is None:
        found.talk.cannot("no-video-of", song=_called(song, found.now))
    elif song == found.now.song:
        found.talk.answer("song-on", song=_called(song, found.now))
    else:
        found.talk.edits.append(GoTo(version=version))
        found.now = _there(found.now, song)


def _there(now: Situation, song: AssetId) -> Situation:
    return now.of_song(song) if now.of_song is not None and song != now.song else now


def _change(part: Part, found: _Read) -> None:
    """Understand a change of the videos of songs, the shown one last, so that it is shown again."""
    words = part.without("edit", found.talk.language)
    made = [song for song in part.songs if song in found.now.videos]
    meant = made if made and any(ref.kind == "all" for ref in part.refs) else part.songs
    for song in sorted(meant, key=lambda each: each == found.now.song):
        there = _there(found.now, song)
        understood = found.read(words, _alone(there, song))
        if there.timeline is None and (understood.edits or not understood.answer):
            found.talk.cannot("no-video-of", song=_called(song, found.now))
            continue
        if understood.edits and (song != found.now.song or found.talk.edits):
            understood = replace(understood, edits=(GoTo(version=there.version), *understood.edits))
        found.take(understood)
        if understood.edits:
            found.now = there


def _alone(there: Situation, song: AssetId) -> Situation:
    """Return a situation as if there were no other song."""
    kept = {key: asset for key, asset in there.assets.items() if asset.kind != "song" or key == song}
    return replace(there, assets=kept, song=song, waiting=None)


# -- new videos ------------------------------------------------------------------------------------------------------


def _make(part: Part, found: _Read) -> None:
    words = part.text if part.unnamed else part.without("make", found.talk.language)
    alike = part.has("same")
    before = found.now
    asked, words = bool(words), words if song_parts.says(words) else ""
    if not alike and (not asked or part.has("too")):
        alike = not _wished(found.read(words, _empty(before, part.songs[0], Brief())))
    like = before.song if alike and before.timeline is not None else None
    if part.songs == (like,):
        found.talk.answer("song-on", song=_called(part.songs[0], before))
    for song in part.songs:
        if song == like:
            # It is like itself already.
            continue
        there = _there(before, song)
        base = _base(before, there, song, alike=alike)
        understood = found.read(words, _empty(there, song, base)) if words else Understood()
        if understood.later:
            found.talk.cannot("not-understood", words=understood.later)
        found.take(replace(understood, edits=tuple(_created(understood, song, base, words, found, alike=alike))))


def _wished(understood: Understood) -> bool:
    return any(isinstance(edit, Create) and edit.brief.understood for edit in understood.edits)


def _empty(there: Situation, song: AssetId, base: Brief) -> Situation:
    """Return a situation in which a song has no video."""
    return replace(_alone(there, song), timeline=None, brief=base, lasting=())


def _base(now: Situation, there: Situation, song: AssetId, *, alike: bool) -> Brief:
    """Return what a new video is wished for before the words: what the shown one is, or what is usual.

    A title and an artist stay with the song that they were said of, whose video may be there in ``there``.
    """
    if now.timeline is None and not now.videos:
        return now.brief
    title = there.timeline.title or None if there.timeline is not None else None
    if not alike:
        usual = Brief(seed=now.brief.seed, media=now.brief.media, language=now.brief.language, title=title)
        return usual.evolve(artist=now.brief.artist) if song == now.song else usual
    artist = None if now.assets[song].artist else now.brief.artist
    return now.brief.evolve(title=title, artist=artist, words="", understood=(), not_understood=())


def _created(
    understood: Understood, song: AssetId, base: Brief, words: str, found: _Read, *, alike: bool
) -> Iterator[Edit]:
    """Yield the making of a video: as the words have it, and like the shown one where that is asked for."""
    talk = found.talk
    made = next((edit for edit in understood.edits if isinstance(edit, Create)), None)
    left = (words,) if words and made is None and not understood.edits else ()
    brief = made.brief if made else base.evolve(words=words, language=talk.language, not_understood=left)
    yield Create(brief=brief, song=song, alike=alike)
    if alike:
        yield from (edit for edit in found.talk.situation.lasting if _portable(edit))
    yield from (edit for edit in understood.edits if edit is not made)


def _portable(edit: Edit) -> bool:
    """Tell whether a change of one video means the same in another: it is of the whole, and names no clip of it."""
    where, texts = getattr(edit, "where", None), getattr(edit, "texts", None)
    whole = not isinstance(where, Where) or where.everywhere
    unnamed = not isinstance(texts, Texts) or not (texts.clips or texts.says)
    return whole and unnamed and not isinstance(edit, _OF_ONE_VIDEO)


# -- questions -------------------------------------------------------------------------------------------------------


def _answered(text: str, talk: Talk) -> bool:
    situation = talk.situation
    if song_parts.matches("which", text):
        song = situation.song
        told = "song-on" if situation.timeline is not None else "song-next"
        if song is not None:
            talk.answer(told, song=_called(song, situation))
        return song is not None
    if not song_parts.matches("list", text):
        return False
    told = talk.listed(_told(number, song, talk) for number, song in enumerate(situation.songs, 1))
    talk.answer("songs" if len(situation.songs) > 1 else "one-song", count=len(situation.songs), songs=told)
    return True


def _told(number: int, song: AssetId, talk: Talk) -> str:
    situation = talk.situation
    version = situation.videos.get(song)
    state = "song-made" if version else "song-unmade"
    if version and song == situation.song:
        state = "song-shown"
    length = clock(exact(situation.assets[song].duration)).split(" ")[0]
    return talk.say("answers", state, number=number, song=_called(song, situation), length=length, version=version)
