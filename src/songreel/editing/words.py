"""Words on the picture: put there, changed, retitled."""

from __future__ import annotations

from songreel.base.errors import EditRefused
from songreel.base.time import frame_at
from songreel.editing import clips
from songreel.model.edit import AddText, ChangeText, Retitle
from songreel.model.timeline import Clip, TextSource, Timeline, Track


def add(timeline: Timeline, edit: AddText) -> Timeline:
    """Put words on the first track of their kind that has room, else on a new one above.

    ::

        titles  | A  |          titles  | A  |
                           →    titles    | new |
        base    | 1 | 2 |       base    | 1 | 2 |

    Refused when they would begin after the video ends.
    """
    fps = timeline.canvas.fps
    start = frame_at(edit.at, fps)
    end = min(max(frame_at(edit.at + edit.seconds, fps), start + 1), timeline.frames)
    if start >= timeline.frames:
        length = float(timeline.frames / fps)
        raise EditRefused(f"the video ends at {length:.1f} s", advice="Let the words begin before that.")
    source = TextSource(text=edit.text, role=edit.role, position=edit.position, design=edit.design, style=edit.style)
    clip = Clip(id=clips.free_id(timeline, "t"), name=edit.text, start=start, end=end, source=source)
    role = "lyrics" if edit.role == "lyric" else "titles"
    for number, track in enumerate(timeline.tracks):
        if track.role == role and all(each.end <= start or each.start >= end for each in track.clips):
            ordered = tuple(sorted((*track.clips, clip), key=lambda each: each.start))
            tracks = (*timeline.tracks[:number], track.evolve(clips=ordered), *timeline.tracks[number + 1 :])
            return timeline.evolve(tracks=tracks)
    fresh = Track(id=clips.free_id(timeline, "x"), role=role, clips=(clip,))
    return timeline.evolve(tracks=(*timeline.tracks, fresh))


def change(timeline: Timeline, edit: ChangeText) -> Timeline:
    """Change what words say, where they stand and how they look; their time stays. Refused for other clips."""
    _, clip = clips.find(timeline, edit.clip)
    source = clip.source
    if not isinstance(source, TextSource):
        raise EditRefused(f"clip {edit.clip!r} is no text", advice="Name a title, caption or lyric.")
    changed = source.evolve(
        text=edit.text or source.text,
        position=edit.position or source.position,
        style=edit.style or source.style,
    )
    return clips.change(timeline, edit.clip, lambda each: each.evolve(source=changed, name=changed.text))


def retitle(timeline: Timeline, edit: Retitle) -> Timeline:
    """Change the project's title, and the words of every title card."""
    for clip in timeline.clips("titles"):
        if isinstance(clip.source, TextSource) and clip.source.role == "title":
            timeline = change(timeline, ChangeText(clip=clip.id, text=edit.title))
    return timeline.evolve(title=edit.title)
