"""Answers from the project: what was heard in the song, and what is on the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from songreel.director import reply
from songreel.director.telling.speaker import Speaker, color_name, drawn, everyday, sentences
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Talk
from songreel.editing import describe
from songreel.model.document import AssetId
from songreel.model.song_map import SongMap
from songreel.model.timeline import Clip, SceneSource, SoundSource, TextSource, Timeline, VisualizerSource

_MOST_NAMES = 4
Answer = Callable[[Talk], None]


def _from_song(tell: Callable[[Talk, SongMap], None]) -> Answer:
    """Return an answer from what was heard in the song, which there may not be yet."""

    def told(talk: Talk) -> None:
        song_map = talk.situation.song_map
        tell(talk, song_map) if song_map else talk.answer("no-song")

    return told


def _from_video(tell: Callable[[Talk, Timeline], None]) -> Answer:
    """Return an answer from the video, which there may not be yet."""

    def told(talk: Talk) -> None:
        timeline = talk.situation.timeline
        tell(talk, timeline) if timeline else talk.answer("nothing-yet")

    return told


def section(clause: Clause, talk: Talk, *, lasting: bool) -> None:
    """Tell when a section begins, or how long it is where ``lasting``."""
    place = clause.place
    if place is None or place.missing:
        name = place.missing if place else "section"
        talk.answer("no-section", place=talk.word("places", name), has=_labels(talk))
        return
    if lasting:
        lengths = talk.listed(f"{round(float(high - low), 1):g} s" for low, high in place.stretches)
        talk.answer("section-length", place=talk.word("places", place.label), lengths=lengths)
        return
    starts = [low - talk.stage.ahead(place.clock) for low, _ in place.stretches]
    told = talk.listed(clock(start) for start in starts)
    talk.answer("section", place=talk.word("places", place.label), starts=told)


def _labels(talk: Talk) -> str:
    return talk.listed(dict.fromkeys(talk.word("places", part.label) for part in talk.stage.parts)) or "–"


def clock(seconds: Fraction) -> str:
    """Return a moment as people read it, with its seconds: ``1:05 (65 s)``."""
    value = round(float(seconds), 1)
    return f"{int(value // 60)}:{int(value % 60):02} ({value:g} s)"


@_from_song
def _bpm(talk: Talk, song_map: SongMap) -> None:
    bpm = f"{song_map.bpm:.1f}".removesuffix(".0") if song_map.bpm else ""
    talk.answer("bpm", bpm=bpm) if bpm else talk.answer("no-beat")


@_from_song
def _key(talk: Talk, song_map: SongMap) -> None:
    talk.answer("key", tonic=song_map.key.tonic, mode=talk.word("modes", song_map.key.mode))


@_from_song
def _meter(talk: Talk, song_map: SongMap) -> None:
    talk.answer("meter", meter=song_map.meter)


def length(clause: Clause, talk: Talk) -> None:
    """Tell how long the video is, and the song, or a shot, where the clause is about that."""
    stage = talk.stage
    if not stage.length:
        talk.answer("no-song")
    elif clause.all("thing", "shots") and stage.shots:
        lengths = sorted(stage.seconds(clip.end) - stage.seconds(clip.start) for clip in stage.shots)
        spread = [f"{round(float(each), 1):g}" for each in (lengths[len(lengths) // 2], lengths[0], lengths[-1])]
        talk.answer("shot-length", usual=spread[0], least=spread[1], most=spread[2])
    elif clause.all("thing", "song") and talk.situation.timeline is not None:
        talk.answer("song-length", song=clock(stage.song_length), video=clock(stage.length))
    else:
        talk.answer("length", length=clock(stage.length))


def _sections(talk: Talk) -> None:
    parts = talk.stage.parts
    if not parts:
        talk.answer("no-song")
        return
    start = talk.stage.song_start
    told = talk.listed(f"{talk.word('places', each.label)} {clock(each.start - start)}" for each in parts)
    talk.answer("sections", count=len(parts), sections=told)


def _cuts(talk: Talk) -> None:
    cuts(talk, parts=False)


def cuts(talk: Talk, *, parts: bool) -> None:
    """Tell how many cuts there are, and how many of them on half-beats where any are or ``parts`` are asked about."""
    shots = len(talk.stage.shots)
    if not shots:
        talk.answer("nothing-yet")
        return
    talk.answer("cuts", cuts=len({clip.start for clip in talk.stage.shots} - {0}), shots=shots)
    on_halves(talk, [clip for clip in talk.stage.shots if clip.start], asked=parts)


def on_halves(talk: Talk, shots: Sequence[Clip], *, asked: bool = False) -> None:
    """Tell how many shots begin on half-beats, where any do or that is ``asked``."""
    if halves := sum(clip.mark == "half" for clip in shots):
        talk.answer("cuts-on-halves", halves=halves)
    elif asked:
        talk.answer("no-cuts-on-halves")


def _shots(talk: Talk) -> None:
    shots = talk.stage.shots
    if not shots:
        talk.answer("nothing-yet")
        return
    kinds = dict.fromkeys(called(clip, talk) for clip in shots)
    names = talk.listed(list(kinds)[:12])
    talk.answer("shots", shots=len(shots), names=names)


def span(clip: Clip, talk: Talk) -> str:
    """Return from when to when a clip is shown."""
    return f"{clock(talk.stage.seconds(clip.start))} – {clock(talk.stage.seconds(clip.end))}"


def called(clip: Clip, talk: Talk) -> str:
    """Return what a clip is called by those who see it."""
    match clip.source:
        case SceneSource() as scene if ":" not in scene.scene:
            return drawn(talk.language, "scene", scene.scene)
        case VisualizerSource() as visualizer:
            return drawn(talk.language, "visualizer", visualizer.design)
        case TextSource() as words:
            return f"“{' '.join(words.text.split())}”"
    return clip.name


def _texts(talk: Talk) -> None:
    told = talk.listed(f"“{' '.join(source.text.split())}” {span(clip, talk)}" for clip, source in talk.stage.texts)
    if told:
        talk.answer("texts", count=len(talk.stage.texts), texts=told)
    else:
        talk.answer("no-texts")


@_from_song
def _beats(talk: Talk, song_map: SongMap) -> None:
    if not song_map.beats:
        talk.answer("no-beat")
    else:
        talk.answer("beats", beats=len(song_map.beats), bars=len(song_map.downbeat_times()))


def _volume(talk: Talk) -> None:
    timeline = talk.situation.timeline
    sounds = [clip.source for clip in timeline.clips("song")] if timeline else []
    levels = [source.volume for source in sounds if isinstance(source, SoundSource)]
    percents = sorted({round(100 * level) for level in levels})
    spread = "–".join(str(each) for each in (percents[0], percents[-1])[: len(percents)]) if percents else ""
    talk.answer("volume", percent=spread) if levels else talk.answer("nothing-yet")


@_from_video
def _resolution(talk: Talk, timeline: Timeline) -> None:
    canvas = timeline.canvas
    ratio = Fraction(canvas.width, canvas.height)
    talk.answer(
        "resolution",
        width=canvas.width,
        height=canvas.height,
        ratio=f"{ratio.numerator}:{ratio.denominator}",
        fps=f"{float(canvas.fps):g}",
    )


@_from_video
def _colors(talk: Talk, timeline: Timeline) -> None:
    named = talk.listed(f"{color_name(talk.language, each)} {each}" for each in timeline.palette)
    talk.answer("colors", colors=named)


@_from_video
def _look(talk: Talk, timeline: Timeline) -> None:
    talk.answer("look", look=drawn(talk.language, "look", timeline.look))


def _version(talk: Talk) -> None:
    situation = talk.situation
    talk.answer("version", version=situation.version, count=len(situation.versions), undoable=situation.undoable)


def _changed(talk: Talk) -> None:
    """Tell what the latest change made different."""
    situation = talk.situation
    if situation.timeline is None or situation.before is None:
        talk.answer("unchanged" if situation.timeline else "nothing-yet")
        return
    begin, lasts = float(talk.stage.song_start), float(talk.stage.length)
    says = Speaker(talk.language, situation.song_map, begin, lasts)
    told = reply.changes(situation.before, situation.timeline, situation.names, says)
    talk.answers.append(says.sentence_end().join(told) or talk.say("answers", "unchanged"))


def _file(talk: Talk) -> None:
    talk.answer("file")


def _wait(talk: Talk) -> None:
    talk.answer("wait")


def _media(talk: Talk) -> None:
    assets = [asset for asset in talk.situation.assets.values() if asset.kind != "shader"]
    names = talk.listed(asset.name for asset in assets)
    talk.answer("media", count=len(assets), names=names) if assets else talk.answer("no-media")


def _effects(talk: Talk) -> None:
    names = list(dict.fromkeys(effect.name for clip in talk.stage.shots for effect in clip.effects))
    told = everyday(talk.language, ", ".join(names))
    talk.answer("effects", names=told) if names else talk.answer("no-effects")


def _transitions(talk: Talk) -> None:
    names = list(dict.fromkeys(clip.transition.name for clip in talk.stage.shots if clip.start))
    told = talk.listed(drawn(talk.language, "transition", name) for name in names)
    talk.answer("transitions", names=told) if names else talk.answer("nothing-yet")


def _visualizer(talk: Talk) -> None:
    timeline = talk.situation.timeline
    clips = timeline.clips("visualizer") if timeline else ()
    designs = [clip.source.design for clip in clips if isinstance(clip.source, VisualizerSource)]
    talk.answer("visualizer", design=drawn(talk.language, "visualizer", designs[0])) if designs else talk.answer(
        "no-visualizer"
    )


def _title(talk: Talk) -> None:
    timeline = talk.situation.timeline
    said = [source.text for _, source in talk.stage.texts if source.role == "title"]
    title = said[0] if said else timeline.title if timeline else ""
    talk.answer("title", title=title) if title else talk.answer("no-title")


@_from_song
def _mood(talk: Talk, song_map: SongMap) -> None:
    talk.answer("mood", arousal=round(100 * song_map.mood.arousal), valence=round(100 * song_map.mood.valence))


@_from_video
def _timeline(talk: Talk, timeline: Timeline) -> None:
    names = talk.situation.names
    summary = describe.summary(timeline, names) if talk.language == "en" else _tracks(timeline, names, talk)
    talk.answer("timeline", summary=summary, length=clock(talk.stage.length))


def _tracks(timeline: Timeline, names: Mapping[AssetId, str], talk: Talk) -> str:
    """Return what lies on the tracks, as `describe.summary` does for those who speak English."""
    told = []
    for track in timeline.tracks:
        shown = [names.get(getattr(clip.source, "asset", ""), called(clip, talk)) for clip in track.clips]
        said = talk.listed(list(dict.fromkeys(shown))[:_MOST_NAMES])
        told.append(talk.say("answers", "track", track=talk.word("tracks", track.role), shown=said))
    return str(sentences(talk.language)["lists"]["between"]).join(told)


def _help(talk: Talk) -> None:
    talk.answer("help")


COUNTED = (
    "cuts",
    "shots",
    "texts",
    "sections",
    "beats",
    "bars",
    "media",
    "version",
    "bpm",
    "timeline",
    "fps",
    "resolution",
)
ANSWERS: dict[str, Answer] = {
    "bpm": _bpm, "key": _key, "meter": _meter, "sections": _sections,
    "cuts": _cuts, "shots": _shots, "texts": _texts, "beats": _beats, "bars": _beats, "volume": _volume,
    "resolution": _resolution, "ratio": _resolution, "fps": _resolution, "colors": _colors, "look": _look,
    "version": _version, "media": _media, "effects": _effects, "visualizer": _visualizer, "title": _title,
    "mood": _mood, "changed": _changed, "file": _file, "wait": _wait, "seen": _timeline, "transitions": _transitions,
    "timeline": _timeline, "help": _help,
}  # fmt: skip
