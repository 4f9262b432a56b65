"""Shaders at work in one process: scenes, the effects upon them, and the transitions between.

A clip's scene and effects are one chain of instances at one size; pictures stay on the graphics side between them.
A chain that remembers (persistent buffers) is drawn frame by frame from its clip's start, unseen if need be.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import Palette
from songreel.render import shelf, sound
from songreel.render.evaluate import layer_at
from songreel.render.frame_plan import Blend, Layer, SceneDraw
from songreel.render.prepared import Prepared
from songreel.render.signals import COLUMNS
from songreel.visuals import pixels, visualizers
from songreel.visuals.isf.host import Host, Instance, Moment, Picture
from songreel.visuals.shader import Shader, Value
from songreel.visuals.signals import PALETTE

Size = tuple[int, int]
SourcePicture = Callable[[Layer, Size], NDArray[np.uint8]]
"""Gives the RGB picture of a photo or footage layer at a size."""

LARGEST_CHAINS = 4
"""How many clips' chains are kept: each holds textures of its size."""


@dataclass(slots=True)
class _Chain:
    """The instances of one clip, in order, and the last frame that they have drawn."""

    scene: Instance | None
    effects: tuple[Instance, ...]
    drawn: int | None = None
    picture: Picture | None = field(default=None)

    @property
    def instances(self) -> tuple[Instance, ...]:
        return ((self.scene,) if self.scene else ()) + self.effects

    @property
    def remembers(self) -> bool:
        return any(instance.shader.persistent for instance in self.instances)


class Shading:
    """Draws shaders of a prepared timeline; the graphics context is opened at the first need."""

    def __init__(self, prepared: Prepared, music: Music, picture_of: SourcePicture) -> None:
        self._prepared = prepared
        self._picture_of = picture_of
        self._music = music
        self._host: Host | None = None
        self._chains: OrderedDict[tuple[Any, ...], _Chain] = OrderedDict()
        self._blends: dict[tuple[str, Size, Palette | None], Instance] = {}

    @property
    def host(self) -> Host:
        """Return the graphics context of this process."""
        if self._host is None:
            self._host = Host()
        return self._host

    def close(self) -> None:
        """Give back the graphics context."""
        if self._host is not None:
            self._host.close()
            self._host = None

    def layer(self, layer: Layer, frame: int, size: Size) -> Picture:
        """Return the picture of a layer on a frame after its effects; valid until its clip is drawn again."""
        chain = self._chain(layer, size, ahead=frame < 0)
        if chain.remembers and chain.drawn != frame:
            self._catch_up(chain, layer, frame, size)
        if chain.drawn != frame or chain.picture is None:
            self._draw(chain, layer, frame, size)
        assert chain.picture is not None
        return chain.picture

    def blend(self, blend: Blend, frame: int, sizes: tuple[Size, Size]) -> NDArray[np.uint8]:
        """Return two layers in a transition as RGBA, at the larger of their sizes."""
        size = max(sizes)
        pictures = {
            "startImage": self.layer(blend.outgoing, frame, sizes[0]),
            "endImage": self.layer(blend.incoming, frame, sizes[1]),
        }
        palette = blend.incoming.palette
        key = (blend.name, size, palette)
        if key not in self._blends:
            self._blends[key] = self._instance(self._prepared.transitions[blend.name], size, palette)
        instance = self._blends[key]
        values = self._music.values(frame, palette) | {"progress": blend.progress, "seed": blend.incoming.seed}
        moment = self._moment(blend.incoming, frame)
        return self.host.read(instance.draw(moment, values, self._music.rows(instance.shader, frame) | pictures))

    def read(self, picture: Picture) -> NDArray[np.uint8]:
        """Return a drawn picture as RGBA."""
        return picture if isinstance(picture, np.ndarray) else self.host.read(picture)

    def _chain(self, layer: Layer, size: Size, *, ahead: bool) -> _Chain:
        names = tuple(effect.name for effect in layer.effects)
        scene = layer.source.scene if isinstance(layer.source, SceneDraw) else None
        # What a loop shows before frame 0 is mixed into its end: one chain could not remember both.
        key = (layer.start, scene, names, size, ahead, layer.palette)
        if key not in self._chains:
            while len(self._chains) >= LARGEST_CHAINS:
                _, forgotten = self._chains.popitem(last=False)
                for instance in forgotten.instances:
                    instance.close()
            first = self._instance(self._prepared.scenes[scene], size, layer.palette) if scene else None
            effects = tuple(self._instance(self._prepared.effects[name], size, layer.palette) for name in names)
            self._chains[key] = _Chain(first, effects)
        self._chains.move_to_end(key)
        return self._chains[key]

    def _instance(self, shader: Shader, size: Size, palette: Palette | None) -> Instance:
        # Knobs differ from section to section: to compile them in as well would cost more than it saves.
        return self.host.instance(shader, *size, fixed=self._music.colors(palette))

    def _catch_up(self, chain: _Chain, layer: Layer, frame: int, size: Size) -> None:
        """Bring a chain that remembers to the frame before this one."""
        if chain.drawn is None or not layer.start <= chain.drawn < frame:
            for instance in chain.instances:
                instance.restart()
            chain.drawn = layer.start - 1
        for earlier in range(chain.drawn + 1, frame):
            self._draw(chain, layer_at(self._prepared, layer.start, earlier), earlier, size)

    def _draw(self, chain: _Chain, layer: Layer, frame: int, size: Size) -> None:
        values = self._music.values(frame, layer.palette) | {"seed": layer.seed}
        moment = self._moment(layer, frame)
        picture: Picture
        if chain.scene is not None and isinstance(layer.source, SceneDraw):
            shown = {name: self._music.picture(asset) for name, asset in layer.source.pictures}
            rows = self._music.rows(chain.scene.shader, frame)
            picture = chain.scene.draw(moment, values | dict(layer.source.inputs), rows | shown)
        else:
            picture = self._picture_of(layer, size)
        for effect, instance in zip(layer.effects, chain.effects, strict=True):
            given = self._music.rows(instance.shader, frame) | {"inputImage": picture}
            picture = instance.draw(moment, values | {"amount": effect.amount}, given)
        chain.drawn, chain.picture = frame, picture

    def _moment(self, layer: Layer, frame: int) -> Moment:
        return Moment(layer.time, float(1 / self._prepared.timeline.canvas.fps), frame - layer.start)


class Music:
    """What shaders and visualizers are told of the music on each frame, read from the prepared files."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.open()
        self._pictures: dict[str, NDArray[np.uint8]] = {}
        self._colors: dict[Palette | None, dict[str, Value]] = {}

    def colors(self, palette: Palette | None) -> dict[str, Value]:
        """Return the colors of a palette by name; None is that of the timeline."""
        if palette not in self._colors:
            named = zip(PALETTE, palette or self._prepared.timeline.palette, strict=True)
            self._colors[palette] = {
                name: (*(level / 255 for level in pixels.color_to_rgb(color)), 1.0) for name, color in named
            }
        return self._colors[palette]

    def open(self) -> None:
        """Map the files anew: what was read of a long song before is let go."""
        self._signals = shelf.mapped(self._prepared.signals)
        heard = self._prepared.sound
        self._rows = shelf.mapped(heard.rows) if heard else None
        self._wave = shelf.mapped(heard.wave) if heard else np.zeros((0, 2), np.int16)

    def values(self, frame: int, palette: Palette | None = None) -> dict[str, Value]:
        """Return the signals of a frame and the colors of a palette, by name."""
        row = self._signals[frame + self._prepared.lead].tolist()
        return self.colors(palette) | dict(zip(COLUMNS, row, strict=True))

    def signal(self, name: str, frame: int) -> float:
        """Return one signal of a frame."""
        return float(self._signals[frame + self._prepared.lead, COLUMNS.index(name)])

    def rows(self, shader: Shader, frame: int) -> dict[str, Picture]:
        """Return what a shader's ``audio`` and ``audioFFT`` inputs show on a frame."""
        given: dict[str, Picture] = {}
        for entry in shader.inputs:
            if entry.type == "audio":
                given[entry.name] = (self.wave(frame)[None, :, 0] + 1) / 2
            elif entry.type == "audioFFT" and self._rows is not None:
                given[entry.name] = self._rows[frame + self._prepared.lead][None, 2 * sound.BANDS :]
        return given

    def bands(self, frame: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return spectrum and peaks of a frame, shape (BANDS,) each, 0…1; silence when there is no song."""
        if self._rows is None:
            return np.zeros(sound.BANDS, np.float32), np.zeros(sound.BANDS, np.float32)
        row = self._rows[frame + self._prepared.lead, : 2 * sound.BANDS]
        levels: NDArray[np.float32] = np.asarray(row / np.float32(255), np.float32)
        return levels[: sound.BANDS], levels[sound.BANDS :]

    def wave(self, frame: int) -> NDArray[np.float32]:
        """Return the waveform about a frame, middle and side, −1…1."""
        seconds = float((frame + self._prepared.lead) / self._prepared.timeline.canvas.fps)
        return sound.wave_at(self._wave, seconds + sound.WINDOW / sound.RATE / 2)

    def sound(self, frame: int) -> visualizers.Sound:
        """Return what visualizers hear on a frame."""
        (spectrum, peaks), wave = self.bands(frame), self.wave(frame)
        earlier, since = sound.moments(frame + self._prepared.lead, self._prepared.timeline.canvas.fps)
        return visualizers.Sound(
            spectrum=spectrum,
            peaks=peaks,
            waveform=wave[:, 0],
            side=wave[:, 1],
            history=np.stack([self._spectrum(row) for row in earlier]),
            since=since,
            level=self.signal("level", frame),
            pulse=self.signal("pulse", frame),
            travel=self.signal("travel", frame),
        )

    def _spectrum(self, row: int) -> NDArray[np.float32]:
        if self._rows is None or row < 0:
            return np.zeros(sound.BANDS, np.float32)
        return np.asarray(self._rows[row, : sound.BANDS] / np.float32(255), np.float32)

    def picture(self, asset: str) -> NDArray[np.uint8]:
        """Return a picture that a scene shows in itself; always the same array, so that it is uploaded once."""
        if asset not in self._pictures:
            self._pictures[asset] = shelf.mapped(self._prepared.pictures[asset])
        return self._pictures[asset]
