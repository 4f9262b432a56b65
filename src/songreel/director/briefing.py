"""What a language model is told before it edits: what it is to do, and all that it may speak of."""

from __future__ import annotations

from collections.abc import Iterator

from songreel.base.time import seconds_at
from songreel.director import look
from songreel.director.conversation import Situation
from songreel.editing import describe
from songreel.model.song_map import SongMap
from songreel.model.timeline import TextSource, Timeline
from songreel.visuals import catalog, visualizers

TASK = """\
You edit a music video for a person who talks to you. Change it with the tools, one call for each change, in order.
Do exactly what was asked, and leave everything else as it is. Times are seconds of the video. When a call is refused,
you are told why: correct it once, or leave it. A question is answered in words, without a tool. When you have done
what can be done, end with one short sentence in the person's language; where you made no call, let it be the answer.
Never claim a change that no tool made. What cannot be done with the tools cannot be done: say so."""
_LATEST = 6


def instructions(situation: Situation) -> str:
    """Return what the model is told about the video, the song, the media and what was said."""
    parts = [TASK, *_video(situation), *_songs(situation), *_song(situation), *_names(), *_said(situation)]
    return "\n\n".join(parts)


def _video(situation: Situation) -> Iterator[str]:
    if situation.timeline is None:
        yield "There is no video yet: make one with `create`, from a brief."
        return
    yield f"The video: {describe.summary(situation.timeline)}\n" + "\n".join(_clips(situation.timeline))
    yield f"Version {situation.version}; {situation.undoable} steps can be undone, {situation.redoable} redone."


def _clips(timeline: Timeline) -> Iterator[str]:
    fps, canvas = timeline.canvas.fps, timeline.canvas
    yield f"{canvas.width}x{canvas.height}, look {timeline.look}, palette {' '.join(timeline.palette)}"
    for track in timeline.tracks:
        for clip in track.clips:
            start, end = (float(seconds_at(frame, fps)) for frame in (clip.start, clip.end))
            shown = f'"{clip.source.text}"' if isinstance(clip.source, TextSource) else clip.name
            yield f"- {clip.id} ({track.role}) {start:.2f}–{end:.2f}: {shown}"


def _songs(situation: Situation) -> Iterator[str]:
    """Yield what there is of several songs: edits are of the video that is shown."""
    if len(situation.songs) < 2:
        return
    told = []
    for song in situation.songs:
        version = situation.videos.get(song)
        video = f"its video is version {version}" if version else "no video yet"
        shown = ", which is shown" if song == situation.song and version else ""
        told.append(f"- {song} {situation.assets[song].name}: {video}{shown}")
    yield "The songs; `create` with a song makes a video of it, `go-to` shows its version:\n" + "\n".join(told)


def _song(situation: Situation) -> Iterator[str]:
    if situation.song_map is not None:
        yield "The song (its own seconds):\n" + "\n".join(_heard(situation.song_map))
    if situation.assets:
        yield "The media:\n" + "\n".join(f"- {key}: {each.kind} {each.name}" for key, each in situation.assets.items())


def _heard(heard: SongMap) -> Iterator[str]:
    key = f"{heard.key.tonic} {heard.key.mode}"
    yield f"{float(heard.duration):.1f} s, {heard.bpm:g} BPM, {heard.meter} beats a bar, {key}"
    for section in heard.sections:
        yield f"- {section.label} {section.start:.2f}–{section.end:.2f}, energy {section.energy:.2f}"
    for event in heard.events:
        yield f"- {event.kind} at {event.at:.2f}"


def _names() -> Iterator[str]:
    for what, names in (
        ("Looks", look.looks()),
        ("Scenes", catalog.scenes()),
        ("Effects", catalog.effects()),
        ("Transitions", ("cut", "dissolve", *catalog.transitions())),
        ("Visualizers", visualizers.DESIGNS),
    ):
        yield f"{what}: {', '.join(dict.fromkeys(names))}"


def _said(situation: Situation) -> Iterator[str]:
    if situation.past:
        yield "Said before:\n" + "\n".join(f"- {each.words}" for each in situation.past[-_LATEST:])
