"""Where the views of a song go, checked before it is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from songreel.app.request import check_place, check_spared
from songreel.app.views import audacity, click, midi, plot
from songreel.base.errors import BadRequest
from songreel.model.song_map import SongMap

_ENDINGS = {"plot": (".png",), "click": (".wav",), "audacity": (".txt",), "midi": (".mid", ".midi")}


@dataclass(frozen=True, slots=True)
class Views:
    """Where each view goes; None for those that are not wanted."""

    plot: Path | None = None
    click: Path | None = None
    audacity: Path | None = None
    midi: Path | None = None

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield the views that are wanted, by name."""
        for name in _ENDINGS:
            path = getattr(self, name)
            if path is not None:
                yield name, path

    def check(self, *inputs: Path) -> None:
        """Raise BadRequest or CannotWrite when a view cannot be made there, before the song is heard."""
        for name, path in self.files():
            endings = _ENDINGS[name]
            if path.suffix.lower() not in endings:
                raise BadRequest(f"{path.name!r} is no name for --{name}", advice=f"End it in {endings[0]}.")
            check_place(path)
            check_spared(path, inputs)

    def write(self, song: Path, song_map: SongMap) -> tuple[Path, ...]:
        """Write each view, whole or not at all, and return where they are."""
        if self.plot:
            plot.write(self.plot, song, song_map)
        if self.click:
            click.write(self.click, song, song_map)
        if self.audacity:
            audacity.write(self.audacity, song_map)
        if self.midi:
            midi.write(self.midi, song_map)
        return tuple(path for _, path in self.files())
