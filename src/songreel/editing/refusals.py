"""Why an edit cannot be made, said in English; ``director`` says the same kinds in other languages."""

from __future__ import annotations

from songreel.base.errors import EditRefused

KINDS: dict[str, tuple[str, str]] = {
    "no-clip": ("there is no clip {clip!r} on the timeline", "Look at the tracks for the ids."),
    "not-a-shot": ("clip {clip!r} is no shot of the video", "Name a clip of the base track."),
    "outside": ("the video has nothing there: it lasts {seconds} s", "Name a moment before its end."),
    "no-text": ("there are no such words on the picture", "Add them first, or say which words are meant."),
    "no-letters": ("there are no letters in that", "Say what is to be written."),
    "no-design": ("there is no design {name!r} for words", "Use one of: {names}."),
    "no-beat": ("no beat was heard in the song, so nothing can be cut on it", "Cut denser or sparser instead."),
    "flicker": ("that many cuts would only flicker", "Use {least} s for a shot, or more."),
    "halves-flicker": (
        "half-beats of this song are {half} s apart, and pictures that change more often than every {least} s flicker",
        "Cut on every beat instead.",
    ),
    "cut-there": ("there is a cut at {seconds} s already", "Name another moment."),
    "only-shot": ("it is the only shot", "Cut the video first."),
    "no-scene": ("there is no scene {name!r}", "songreel scenes lists them all."),
    "scene-not-shown": ("the scene {name!r} is not in the video", "Name one that is shown."),
    "no-look": ("there is no look {name!r}", "Use one of: {names}."),
    "no-media": ("the project has no such photo or clip", "Bring it first."),
    "not-visible": ("{name} has no picture", "Name a photo or a clip."),
    "media-not-shown": ("{name} is not in the video", "Name something that is shown."),
    "no-picture-left": ("nothing would be left to show", "Say what should take its place."),
    "no-overlay": ("nothing is laid over the picture", "Lay a picture over it first."),
    "no-effect": ("there is no effect {name!r}", "Use one of: {names}."),
    "effect-not-there": ("there is no {name} there", "Add it first."),
    "no-effects-there": ("there are no effects there", "Add one first."),
    "no-transition": ("there is no transition {name!r}", "Use one of: {names}."),
    "no-cuts": ("there are no cuts there", "Name a part with cuts in it."),
    "no-visualizer": ("there is no visualizer", "Add one first."),
    "no-visualizer-design": ("there is no visualizer {name!r}", "Use one of: {names}."),
    "no-song-left": ("the song has nothing there: it lasts {seconds} s", "Name a part of it."),
    "too-short": ("a video lasts {least} s at least", "Name a longer part."),
    "no-preset": ("there is no preset {name!r}", "Use one of: {names}."),
    "no-size": ("{width}x{height} is no size that can be drawn", "Use even sides from 16 to 7680."),
    "no-song": ("there is no song yet", "Bring one first."),
    "no-such-song": ("the project has no song {song!r}", "Name one that was brought."),
    "nothing-made": ("there is no video yet", "Say what it should be, and it is made."),
    "nothing-to-undo": ("there is nothing to undo: this is the first version", "Say what should be different."),
    "nothing-to-redo": ("there is nothing to redo", "What was undone last can be redone, until something changes."),
    "never-otherwise": ("that was never otherwise in this video", "Undo step by step instead."),
    "trimmed-since": ("the video shows another part of the song since then", "Undo step by step instead."),
    "no-version": ("there is no version {number}", "The newest one is {newest}."),
    "same-version": ("version {number} is shown already", "Name another one."),
    "same": ("it is so already", "Ask for something else."),
    "would-break": ("the video would be broken: {problem}", "Ask for something else."),
}
"""Each kind with its sentence and advice; names in braces are its facts."""


def refused(kind: str, **facts: str) -> EditRefused:
    """Return the error of a kind, to be raised."""
    message, advice = KINDS[kind]
    return EditRefused(message.format(**facts), advice=advice.format(**facts), kind=kind, facts=facts)
