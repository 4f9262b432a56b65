"""Questions, answered from the project: what was heard in the song, and what is on the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from songreel.director.telling.speaker import color_name, drawn, everyday, sentences
from songreel.director.understanding import offers, shown
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Talk
from songreel.editing import describe
from songreel.model.document import AssetId
from songreel.model.timeline import Clip, SceneSource, SoundSource, TextSource, Timeline, VisualizerSource

_MOST_NAMES = 4
_ASKS = (
    "what",
    "which",
    "how",
    "how-many",
    "how-long",
    "how-fast",
    "how-loud",
    "how-big",
    "when",
    "who",
    "why",
    "tell",
    "is",
)
_TOPICS = (
    "help", "bpm", "key", "meter", "sections", "fps", "ratio", "resolution", "volume", "colors", "cuts", "shots",
    "texts", "beats", "bars", "length", "media", "version", "effects",
    "visualizer", "title", "look", "mood", "transitions", "timeline",
)  # fmt: skip
_DOING = ("add", "remove", "change", "move", "trim", "mute", "rename", "show", "write")
Answer = Callable[[Talk], None]


def read(clause: Clause, talk: Talk) -> bool:
    """Answer a clause that is a question; False when it is none."""
    if shown.of_file(clause, talk):
        return True
    asks = {clause.items[at].value("ask") for at in clause.all("ask")} - {None}
    if not _asked(clause, asks):
        return False
    if asks & set(_ASKS) == {"is"} and not _opens(clause):
        # ``the only thing is the title`` tells what the next words are about.
        talk.heard += 1
        clause.take(*range(len(clause.items)))
        return True
    topic = _topic(clause, asks)
    if topic is None:
        if clause.all("foreign") or not clause.question:
            return False
        talk.cannot("question")
    elif topic == "section":
        _section(clause, talk, lasting="how-long" in asks)
    elif topic in offers.KINDS and clause.all("topic", "offer"):
        talk.answer("offer", names=offers.names(topic, talk))
    elif topic == "length":
        _length(clause, talk)
    elif topic in ("cuts", "shots") and clause.place is not None and clause.place.stretches:
        shown.cuts_there(clause, talk)
    else:
        _ANSWERS[topic](talk)
    clause.take(*range(len(clause.items)))
    return True


def _asked(clause: Clause, asks: set[str | None]) -> bool:
    real = asks & set(_ASKS)
    if clause.all("topic", "help") and (
        real or clause.question or clause.has("ask", "suggest") or len(clause.items) <= 3
    ):
        return True
    if not real:
        return False
    if "suggest" in asks and "tell" not in real and clause.all("act", *_DOING):
        return False
    doing = [
        at for at in clause.all("act", *_DOING) if not clause.items[at].silent and not clause.items[at].has("ignored")
    ]
    if real == {"is"} and not clause.question and doing:
        return False
    return clause.question or not doing or "tell" in real or _leads(clause)


def _opens(clause: Clause) -> bool:
    """Tell whether “is” asks: at the beginning, before anything that is named, or where its words stand anywhere."""
    for item in clause.items:
        if item.has("ask", "is"):
            return True
        if item.has("thing") or (item.unknown and not item.mark):
            return False
    return True


def _leads(clause: Clause) -> bool:
    """Tell whether a question word comes before any act."""
    for item in clause.items:
        if item.has("ask") and not item.has("ask", "suggest"):
            return True
        if item.has("act") and not item.has("ignored"):
            return False
    return False


def _topic(clause: Clause, asks: set[str | None]) -> str | None:
    named = [topic for topic in _TOPICS if clause.all("topic", topic)]
    if clause.all("topic", "offer") and (kinds := [topic for topic in named if topic in offers.KINDS]):
        return kinds[0]
    among = "how-many" in asks and ("cuts" in named or "shots" in named)
    if clause.place is not None and (clause.place.label or clause.place.missing) and not among:
        return "section"
    if "how-fast" in asks:
        return "bpm"
    if "how-loud" in asks:
        return "volume"
    if "how-big" in asks and not named:
        return "resolution"
    if "how-long" in asks or (clause.all("degree", "length+") and "how" in asks):
        return "length"
    if "how-many" in asks:
        counted = [topic for topic in named if topic in _COUNTED]
        return counted[0] if counted else named[0] if named else None
    if "when" in asks and any(item.has("section") for item in clause.items):
        return "section"
    if "key" in named and len(named) > 1 and "bpm" in named and "tempo" not in clause.said:
        return named[0]
    return named[0] if named else None


def _section(clause: Clause, talk: Talk, *, lasting: bool) -> None:
    place = clause.place
    if place is None or place.missing:
        name = place.missing if place else "section"
        talk.answer("no-section", place=talk.word("places", name), has=_labels(talk))
        return
    if lasting:
        lengths = talk.listed(f"{round(float(high - low), 1):g} s" for low, high in place.stretches)
        talk.answer("section-length", place=talk.word("places", place.label), lengths=lengths)
        return
    starts = [low - (talk.stage.song_start if place.clock == "song" else 0) for low, _ in place.stretches]
    told = talk.listed(clock(start) for start in starts)
    talk.answer("section", place=talk.word("places", place.label), starts=told)


def _labels(talk: Talk) -> str:
    return talk.listed(dict.fromkeys(talk.word("places", part.label) for part in talk.stage.parts)) or "–"


def clock(seconds: Fraction) -> str:
    """Return a moment as people read it, with its seconds: ``1:05 (65 s)``."""
    value = round(float(seconds), 1)
    return f"{int(value // 60)}:{int(value % 60):02} ({value:g} s)"


def _bpm(talk: Talk) -> None:
    song_map = talk.situation.song_map
    if song_map is None:
        talk.answer("no-song")
    elif not song_map.bpm:
        talk.answer("no-beat")
    else:
        talk.answer("bpm", bpm=f"{song_map.bpm:.1f}".removesuffix(".0"))


def _key(talk: Talk) -> None:
    song_map = talk.situation.song_map
    if song_map is None:
        talk.answer("no-song")
    else:
        talk.answer("key", tonic=song_map.key.tonic, mode=talk.word("modes", song_map.key.mode))


def _meter(talk: Talk) -> None:
    song_map = talk.situation.song_map
    talk.answer("meter", meter=song_map.meter) if song_map else talk.answer("no-song")


def _length(clause: Clause, talk: Talk) -> None:
    stage = talk.stage
    if not stage.length:
        talk.answer("no-song")
    elif clause.all("thing", "song") and not clause.all("thing", "video") and talk.situation.timeline is not None:
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
    shots = len(talk.stage.shots)
    if not shots:
        talk.answer("nothing-yet")
        return
    talk.answer("cuts", cuts=len({clip.start for clip in talk.stage.shots} - {0}), shots=shots)


def _shots(talk: Talk) -> None:
    shots = talk.stage.shots
    if not shots:
        talk.answer("nothing-yet")
        return
    called = dict.fromkeys(_called(clip, talk) for clip in shots)
    names = talk.listed(list(called)[:12])
    talk.answer("shots", shots=len(shots), names=names)


def _called(clip: Clip, talk: Talk) -> str:
    match clip.source:
        case SceneSource() as scene if ":" not in scene.scene:
            return drawn(talk.language, "scene", scene.scene)
        case VisualizerSource() as visualizer:
            return drawn(talk.language, "visualizer", visualizer.design)
        case TextSource() as words:
            return f"“{' '.join(words.text.split())}”"
    return clip.name


def _texts(talk: Talk) -> None:
    told = talk.listed(
        f"“{' '.join(source.text.split())}” {clock(talk.stage.seconds(clip.start))}"
        for clip, source in talk.stage.texts
    )
    if told:
        talk.answer("texts", count=len(talk.stage.texts), texts=told)
    else:
        talk.answer("no-texts")


def _beats(talk: Talk) -> None:
    song_map = talk.situation.song_map
    if song_map is None:
        talk.answer("no-song")
    elif not song_map.beats:
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


def _resolution(talk: Talk) -> None:
    timeline = talk.situation.timeline
    if timeline is None:
        talk.answer("nothing-yet")
        return
    canvas = timeline.canvas
    talk.answer(
        "resolution", width=canvas.width, height=canvas.height, ratio=_ratio(talk), fps=f"{float(canvas.fps):g}"
    )


def _ratio(talk: Talk) -> str:
    timeline = talk.situation.timeline
    if timeline is None:
        return ""
    ratio = Fraction(timeline.canvas.width, timeline.canvas.height)
    return f"{ratio.numerator}:{ratio.denominator}"


def _colors(talk: Talk) -> None:
    timeline = talk.situation.timeline
    if timeline is None:
        talk.answer("nothing-yet")
    else:
        named = talk.listed(f"{color_name(talk.language, each)} {each}" for each in timeline.palette)
        talk.answer("colors", colors=named)


def _look(talk: Talk) -> None:
    timeline = talk.situation.timeline
    talk.answer("look", look=drawn(talk.language, "look", timeline.look)) if timeline else talk.answer("nothing-yet")


def _version(talk: Talk) -> None:
    situation = talk.situation
    talk.answer("version", version=situation.version, count=len(situation.versions), undoable=situation.undoable)


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


def _mood(talk: Talk) -> None:
    song_map = talk.situation.song_map
    if song_map is None:
        talk.answer("no-song")
    else:
        talk.answer("mood", arousal=round(100 * song_map.mood.arousal), valence=round(100 * song_map.mood.valence))


def _timeline(talk: Talk) -> None:
    timeline = talk.situation.timeline
    if timeline is None:
        talk.answer("nothing-yet")
        return
    names = {key: asset.name for key, asset in talk.situation.assets.items()}
    summary = describe.summary(timeline, names) if talk.language == "en" else _tracks(timeline, names, talk)
    talk.answer("timeline", summary=summary, length=clock(talk.stage.length))


def _tracks(timeline: Timeline, names: Mapping[AssetId, str], talk: Talk) -> str:
    """Return what lies on the tracks, as `describe.summary` does for those who speak English."""
    told = []
    for track in timeline.tracks:
        shown = [names.get(getattr(clip.source, "asset", ""), _called(clip, talk)) for clip in track.clips]
        said = talk.listed(list(dict.fromkeys(shown))[:_MOST_NAMES])
        told.append(talk.say("answers", "track", track=talk.word("tracks", track.role), shown=said))
    return str(sentences(talk.language)["lists"]["between"]).join(told)


def _help(talk: Talk) -> None:
    talk.answer("help")


_COUNTED = (
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
_ANSWERS: dict[str, Answer] = {
    "bpm": _bpm, "key": _key, "meter": _meter, "sections": _sections,
    "cuts": _cuts, "shots": _shots, "texts": _texts, "beats": _beats, "bars": _beats, "volume": _volume,
    "resolution": _resolution, "ratio": _resolution, "fps": _resolution, "colors": _colors, "look": _look,
    "version": _version, "media": _media, "effects": _effects, "visualizer": _visualizer, "title": _title,
    "mood": _mood, "transitions": _transitions, "timeline": _timeline, "help": _help,
}  # fmt: skip
