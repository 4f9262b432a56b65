"""All that a render reads, looked up or made before the first frame is drawn, and kept in the cache by content.

It decides nothing about what is shown; workers map what it leaves and read no media but footage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import BadProject
from songreel.base.ids import digest
from songreel.media import pictures, probe, store
from songreel.media.footage import Reader
from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.song_map import SongMap
from songreel.model.timeline import (
    Clip,
    FootageSource,
    InsetSource,
    PhotoSource,
    PictureSource,
    SceneSource,
    SoundSource,
    TextSource,
    Timeline,
    TrackRole,
    VisualizerSource,
)
from songreel.render import shelf, signals, sound, sprites, stills
from songreel.render.evaluate import baked_blur
from songreel.render.prepared import Box, Prepared, Sound, Still, Words
from songreel.render.restraint import restrained
from songreel.render.stacking import Block, stacked
from songreel.visuals import catalog, pixels
from songreel.visuals.isf import parse
from songreel.visuals.shader import Shader

REVISION = 5
"""Raised when something is prepared in another way, so that old files are not used."""
LOOP_S = 0.5
CUT = "cut"
OWN_SHADER = "asset:"
_MOVING: tuple[TrackRole, ...] = ("base", "overlay")
"""Tracks that may show footage."""


def prepare(
    timeline: Timeline,
    assets: Mapping[AssetId, Path],
    song_map: SongMap,
    *,
    cache: store.Cache,
    loops: bool = False,
    on_progress: Callable[[float], None] = lambda _share: None,
) -> Prepared:
    """Return a timeline ready to be drawn by any number of processes.

    A video that ``loops`` fades into its own beginning. Raises BadMedia for what cannot be read, BadRequest for a
    scene, effect or transition that is not there, BadProject for a file that is missing.
    """
    # Numbers are written in one way after this (1 and 1.0 are equal, but do not look it): chunks are named by them.
    timeline = Timeline.from_json(timeline.to_json())
    if not timeline.clips("base"):
        raise BadProject("the timeline shows nothing: its base track is empty", advice="Add a scene, photo or clip.")
    larder = _Larder(timeline, assets, cache)
    lead = min(round(LOOP_S * timeline.canvas.fps), timeline.frames // 3) if loops else 0
    scenes, effects, transitions = larder.shaders()
    on_progress(0.1)
    heard = larder.sound(lead, scenes | effects | transitions)
    on_progress(0.4)
    still_of, made = larder.stills()
    on_progress(0.8)
    words_of, sprite_files, notes = larder.words()
    footage = larder.footage()
    return Prepared(
        timeline=timeline,
        lead=lead,
        signals=larder.signals(song_map, lead),
        sound=heard,
        scenes=scenes,
        effects=effects,
        transitions=transitions,
        stills=made,
        still_of=still_of,
        pictures=larder.pictures(),
        words_of=words_of,
        sprites=sprite_files,
        footage=footage,
        substitutions=(*notes, *_high_range(footage)),
    )


@dataclass(frozen=True, slots=True)
class _Larder:
    """Where things are found, and where they are kept."""

    timeline: Timeline
    assets: Mapping[AssetId, Path]
    cache: store.Cache

    def file(self, asset: AssetId) -> Path:
        """Return where an asset is; raises BadProject when it is not known."""
        try:
            return self.assets[asset]
        except KeyError:
            raise BadProject(
                f"the timeline shows a file that the project does not have ({asset})",
                advice="Add the file again, or remove its clips.",
            ) from None

    def shaders(self) -> tuple[dict[str, Shader], dict[str, Shader], dict[str, Shader]]:
        """Return the scenes, effects and transitions that the base track names."""
        base = self.timeline.clips("base")
        named = {clip.source.scene for clip in base if isinstance(clip.source, SceneSource)}
        filters = {effect.name for clip in base for effect in clip.effects[bool(baked_blur(clip)) :]}
        moves = {clip.transition.name for clip in base if clip.transition.frames} - {CUT, "dissolve"}
        return (
            {name: self._scene(name) for name in sorted(named)},
            {name: catalog.find_effect(name) for name in sorted(filters)},
            {name: catalog.find_transition(name) for name in sorted(moves)},
        )

    def _scene(self, name: str) -> Shader:
        if name.startswith(OWN_SHADER):
            return parse.load(self.file(name.removeprefix(OWN_SHADER)))
        return catalog.find_scene(name)

    def signals(self, song_map: SongMap, lead: int) -> Path:
        """Return the file of the signals of all frames."""
        fps = self.timeline.canvas.fps
        start = self.timeline.song_start() - lead / fps
        heard = signals.table(song_map, fps=fps, start=start, count=self.timeline.frames + lead)
        table = restrained(heard, self.timeline, lead=lead)
        return shelf.kept(self.cache, "signals", digest(table.shape[1], table.tobytes()), lambda: table)

    def sound(self, lead: int, used: Mapping[str, Shader]) -> Sound | None:
        """Return the files of the sound's features; None when nothing shows them or there is no song."""
        shown = any(isinstance(clip.source, VisualizerSource) for clip in self.timeline.clips("visualizer"))
        wanted = shown or any(_listens(shader) for shader in used.values())
        song = next((clip.source for clip in self.timeline.clips("song")), None)
        if not wanted or not isinstance(song, SoundSource):
            return None
        fps, count = self.timeline.canvas.fps, self.timeline.frames + lead
        start = song.at - lead / fps
        key = digest(REVISION, song.asset, str(fps), str(start), count)
        rows, wave = self.cache.path("sound", key, shelf.SUFFIX), self.cache.path("wave", key, shelf.SUFFIX)
        if rows is None or wave is None:
            heard = sound.listen(self.file(song.asset), fps=fps, start=start, count=count)
            rows = shelf.kept(self.cache, "sound", key, lambda: heard.rows)
            wave = shelf.kept(self.cache, "wave", key, lambda: heard.wave)
        return Sound(rows, wave)

    def stills(self) -> tuple[dict[str, str], dict[str, Still]]:
        """Return which still each photo clip shows, and the stills."""
        still_of: dict[str, str] = {}
        made: dict[str, Still] = {}
        for clip in self.timeline.clips("base"):
            if isinstance(clip.source, PhotoSource):
                key = still_of[clip.id] = self._still_name(clip, clip.source)
                if key not in made:
                    made[key] = self._still(key, clip, clip.source)
        return still_of, made

    def _still_name(self, clip: Clip, source: PhotoSource) -> str:
        canvas, ground = self.timeline.canvas, (clip.palette or self.timeline.palette)[0]
        wanted = stills.fitting(clip, canvas)
        return digest(REVISION, source.asset, repr(wanted), canvas.width, canvas.height, ground)

    def _still(self, name: str, clip: Clip, source: PhotoSource) -> Still:
        canvas, ground = self.timeline.canvas, (clip.palette or self.timeline.palette)[0]
        wanted, path = stills.fitting(clip, canvas), self.file(source.asset)
        file = shelf.kept(self.cache, "stills", name, lambda: stills.make(path, wanted, canvas, ground))
        box = stills.box_of(path, canvas) if source.fit == "blurred" else Box()
        return Still(file, box, stills.softness(shelf.mapped(file), wanted, canvas))

    def pictures(self) -> dict[AssetId, Path]:
        """Return the files of the pictures that scenes show in themselves, as RGBA."""
        shown = {
            asset: None
            for clip in self.timeline.clips("base")
            if isinstance(clip.source, SceneSource)
            for asset in clip.source.pictures.values()
        }
        return {asset: self._picture(asset) for asset in shown}

    def _picture(self, asset: AssetId) -> Path:
        longest = max(self.timeline.canvas.width, self.timeline.canvas.height)
        path = self.file(asset)

        def load() -> NDArray[np.uint8]:
            if pictures.is_photo(path):
                return pictures.load(path, longest=longest)
            with Reader(path, probe.footage(path)) as reader:
                return pixels.to_rgb(reader.frame(Fraction(0)))

        return shelf.kept(self.cache, "pictures", digest(REVISION, asset, longest), load)

    def words(self) -> tuple[dict[str, Words], dict[str, Path], tuple[str, ...]]:
        """Return where words and overlaid pictures lie, the files of their sprites, and what was substituted."""
        words_of: dict[str, Words] = {}
        files: dict[str, Path] = {}
        notes: dict[str, None] = {}
        around = [clip for clip in self.timeline.clips("visualizer") if _plays_around(clip)]
        for clip in (
            *around,
            *(clip for clip in self.timeline.clips("overlay") if not isinstance(clip.source, InsetSource)),
            *self.timeline.clips("titles"),
            *self.timeline.clips("lyrics"),
        ):
            laid = self._laid(clip)
            words_of[clip.id] = laid.words
            files |= laid.files
            notes |= dict.fromkeys(laid.substitutions)
        return words_of | self._stacked(words_of, files), files, tuple(notes)

    def _stacked(self, words_of: Mapping[str, Words], files: Mapping[str, Path]) -> dict[str, Words]:
        """Return where words lie when those that are shown together stand below one another."""
        clips = [
            clip
            for clip in (*self.timeline.clips("titles"), *self.timeline.clips("lyrics"))
            if isinstance(clip.source, TextSource)
        ]
        moves = stacked([self._block(clip, words_of[clip.id], files) for clip in clips])
        lying = ((clip.id, words_of[clip.id], move) for clip, move in zip(clips, moves, strict=True))
        return {key: replace(words, y=words.y + move) for key, words, move in lying}

    def _block(self, clip: Clip, words: Words, files: Mapping[str, Path]) -> Block:
        assert isinstance(clip.source, TextSource)
        top, bottom = sprites.letters(shelf.mapped(files[words.sprite]))
        return Block(clip.span, clip.source.position, words.y + top, bottom - top)

    def _laid(self, clip: Clip) -> sprites.Laid:
        match clip.source:
            case TextSource() as words:
                return sprites.of_text(words, self.timeline, self.cache)
            case VisualizerSource(picture=str(asset)) as round_it:
                return sprites.of_round(round_it, self.file(asset), self.timeline, self.cache)
            case PictureSource() as picture:
                return sprites.of_picture(picture, self.file(picture.asset), self.timeline, self.cache)
        raise BadProject(f"the clip {clip.name!r} cannot lie over the picture: it is a {clip.source.kind}")

    def footage(self) -> dict[AssetId, tuple[Path, Asset]]:
        """Return the files of the moving pictures that are shown."""
        sources = [clip.source for role in _MOVING for clip in self.timeline.clips(role)]
        shown = {source.asset for source in sources if isinstance(source, FootageSource | InsetSource)}
        return {asset: (self.file(asset), probe.footage(self.file(asset))) for asset in sorted(shown)}


def _plays_around(clip: Clip) -> bool:
    return isinstance(clip.source, VisualizerSource) and clip.source.picture is not None


def _high_range(footage: Mapping[AssetId, tuple[Path, Asset]]) -> Iterator[str]:
    """Yield a sentence for each clip that is shown in another range of light than its own."""
    for path, asset in footage.values():
        with Reader(path, asset) as reader:
            if reader.high_range:
                yield f"{asset.name} has a high dynamic range: shown in the standard one"


def _listens(shader: Shader) -> bool:
    return any(entry.type in ("audio", "audioFFT") for entry in shader.inputs)
