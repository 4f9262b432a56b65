"""The studio: one method for each thing that a person or an agent can ask for."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from songreel.analysis import correction as correcting
from songreel.app import chronicle, finishing, grounds, knowing, projects, stockroom, wiring
from songreel.app.request import MakeRequest, canvas_of, check_place, check_spared, effective_preset
from songreel.base.errors import BadRequest
from songreel.base.settings import settings
from songreel.director import intake, plan
from songreel.director.stock import Stock
from songreel.media import probe, store
from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.correction import Correction
from songreel.model.document import AssetId
from songreel.model.material import Material
from songreel.model.preset import Preset
from songreel.model.project import Project
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline
from songreel.proof import report, wanted
from songreel.proof.wanted import Wanted
from songreel.render import film
from songreel.visuals import catalog
from songreel.visuals.isf import parse
from songreel.visuals.shader import Shader

Progress = Callable[[str, float], None]
"""Told the stage and the share of it that is done, 0…1; may raise Stopped."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished video: where it is, what it shows, what was proven, what was substituted."""

    path: Path
    seconds: float
    timeline: Timeline
    proof: report.Proof
    rendered: film.Rendered
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Ordered:
    """All that a video is rendered and proven from."""

    timeline: Timeline
    song_map: SongMap
    preset: Preset
    song: Asset
    assets: Mapping[AssetId, Asset]


@dataclass(frozen=True)
class _Job:
    """Everything that a video is planned from; ``heard`` is the song map before the correction."""

    haul: stockroom.Haul
    heard: SongMap
    brief: Brief
    preset: Preset
    correction: Correction | None

    @cached_property
    def song_map(self) -> SongMap:
        return _corrected(self.heard, self.correction)


class Studio:
    """The use cases of Songreel. ``progress`` is told of every stage."""

    def __init__(
        self,
        cache: store.Cache | None = None,
        *,
        progress: Progress = lambda _stage, _share: None,
        senses: knowing.Senses = knowing.OWN,
    ) -> None:
        self._cache = cache or wiring.store()
        self._progress = progress
        self._senses = senses

    def analyze(self, song: Path, *, correction: Correction | None = None) -> SongMap:
        """Return what is heard in a song, with what a person says about its beats."""
        return _corrected(self._hear(probe.song(song)), correction)

    def make(self, request: MakeRequest) -> Made:
        """Make a video from a song and words, prove it, and return both.

        Raises BadInput when something given cannot be used; nothing is written then.
        """
        began = time.monotonic()
        check_place(request.out)
        check_spared(request.out, request.files())
        effective_preset(request)
        job = self._gather(request)
        planned = self._plan(job)
        aside = chronicle.set_aside(request.project, job.haul.song.id) if request.project else ()
        timeline = self._save(request.project, job, planned.timeline) if request.project else planned.timeline
        made = self._render(job, timeline, request)
        if request.project and made.timeline is not timeline:
            projects.rewrite(request.project, made.timeline)
        return replace(
            made,
            seconds=time.monotonic() - began,
            notes=(*aside, *job.haul.notes, *planned.notes, *made.notes, *made.rendered.substitutions),
        )

    def export(self, request: MakeRequest, *, version: int | None = None) -> Made:
        """Render a project's video as it is, or one of its versions; composed anew for another shape.

        Raises BadRequest where there is no such video.
        """
        began = time.monotonic()
        check_place(request.out)
        folder = _folder(request)
        kept = self._version(folder, version)
        job, timeline = self._composed(self._shown(folder, kept), kept, request)
        made = self._render(job, timeline, request)
        if timeline is kept and made.timeline is not kept:
            projects.rewrite(folder, made.timeline)
        seconds = time.monotonic() - began
        return replace(made, seconds=seconds, notes=(*made.notes, *made.rendered.substitutions))

    def ordered(self, request: MakeRequest, shown: Timeline) -> Ordered:
        """Return all that `export` would render a timeline of a project from, for whoever renders it elsewhere.

        Raises what `export` raises.
        """
        job, timeline = self._composed(self._shown(_folder(request), shown), shown, request)
        return Ordered(timeline, job.song_map, job.preset, job.haul.song, job.haul.assets)

    def _shown(self, folder: Path, timeline: Timeline) -> _Job:
        """Return what a project holds for a video of it, whichever of its songs that is of."""
        project = projects.load(folder)
        project = chronicle.asked_for(chronicle.load(folder, project), project, timeline)
        return self._held(folder, project)

    def _held(self, folder: Path, project: Project) -> _Job:
        haul = stockroom.of_project(project)
        heard = self._heard(folder, project)
        return _Job(haul, heard, project.brief, project.preset, project.of(project.song).correction)

    def _composed(self, job: _Job, kept: Timeline, request: MakeRequest) -> tuple[_Job, Timeline]:
        """Return a project's timeline as it is exported, and the project with the preset of that."""
        own = job.preset.evolve(width=kept.canvas.width, height=kept.canvas.height, fps=kept.canvas.fps)
        job = replace(job, preset=effective_preset(request, base=own))
        stands = grounds.ground(job.song_map, job.brief, self.stock(job.haul))
        return job, grounds.composed(kept, job.preset, stands, platform=request.preset)

    def _version(self, folder: Path, version: int | None) -> Timeline:
        number = version or projects.load(folder).version
        if not projects.has_version(folder, number):
            wanted_one = f"no version {number}" if number else "no video yet"
            raise BadRequest(f"{folder} has {wanted_one}", advice="songreel history lists the versions.")
        return projects.timeline(folder, number)

    def prove(self, video: Path, *, song: Path | None = None, correction: Correction | None = None) -> report.Proof:
        """Return what can be proven of any video, and how it fits a song, with what a person says about its beats."""
        song_map = self.analyze(song, correction=correction) if song else None
        return self._prove(video, Wanted(song=song, song_map=song_map))

    @property
    def cache(self) -> store.Cache:
        """Return where what can be made again is kept."""
        return self._cache

    def stock(self, haul: stockroom.Haul) -> Stock:
        """Return all that a video can be made of, looked at and measured."""
        return Stock(
            song=haul.song,
            assets=haul.assets,
            materials=self._materials(haul),
            scenes=self._scenes(haul),
            cover=haul.cover,
        )

    def heard_in(self, folder: Path, project: Project) -> SongMap:
        """Return what is heard in a project's song, with what a person says about it; it is listened to once."""
        return _corrected(self._heard(folder, project), project.of(project.song).correction)

    def known_of(self, folder: Path, project: Project) -> SongMap | None:
        """Return what was heard in a project's song, as `heard_in` does; None when nobody has listened to it."""
        if project.song is None:
            return None
        known = projects.song_map(folder, project.song)
        if known is None:
            known = knowing.heard(stockroom.of_project(project).song, self._cache)
        return _corrected(known, project.of(project.song).correction) if known else None

    def _heard(self, folder: Path, project: Project) -> SongMap:
        song = stockroom.of_project(project).song
        heard = projects.song_map(folder, song.id)
        if heard is None:
            heard = self._hear(song)
            projects.save_song_map(folder, heard)
        return heard

    def _gather(self, request: MakeRequest) -> _Job:
        self._progress("look", 0)
        kept = self._reopen(request)
        haul = kept.haul if kept else self._take_in(request)
        self._progress("look", 1)
        brief = self._brief(request, haul, kept.brief if kept else Brief())
        chosen = effective_preset(request, base=kept.preset if kept else None, spoken=brief.preset)
        if chosen.audio == "copy" and haul.song.codec != "aac":
            raise BadRequest(f"{haul.song.name} is not AAC", advice="Leave --audio copy out.")
        heard = kept.heard if kept else self._hear(haul.song)
        return _Job(haul, heard, brief, chosen, request.correction or (kept.correction if kept else None))

    def _take_in(self, request: MakeRequest) -> stockroom.Haul:
        if request.song is None:
            raise BadRequest("no song is given", advice="Name a song, or a --project that has one.")
        return self._brought(request, request.song)

    def _brought(self, request: MakeRequest, song: Path) -> stockroom.Haul:
        files = [Path(name) for name in request.scenes if _cataloged(name) is None]
        return stockroom.take_in(
            song, cover=request.cover, media=request.media, shaders=files, out=request.out, cache=self._cache
        )

    def _reopen(self, request: MakeRequest) -> _Job | None:
        """Return what a project holds, and what is brought to it; None when the request brings a song of its own."""
        folder = request.project
        if folder is None or request.song is not None:
            return None
        job = self._held(folder, projects.load(folder))
        if request.cover or request.media or request.scenes:
            brought = self._brought(request, Path(job.haul.song.path))
            job = replace(job, haul=stockroom.joined(job.haul, brought, cover=request.cover))
        return job

    def _brief(self, request: MakeRequest, haul: stockroom.Haul, base: Brief) -> Brief:
        said = intake.read(request.words, base=base) if request.words else base
        own = iter(haul.shaders)
        asked = tuple(_cataloged(name) or f"asset:{next(own)}" for name in request.scenes)
        return said.evolve(
            seed=said.seed if request.seed is None else request.seed,
            title=request.title or said.title,
            artist=request.artist or said.artist,
            scenes=asked or said.scenes,
            scenes_named=bool(asked) or said.scenes_named,
            cover=haul.cover,
            cover_as=said.cover_as or ("shown" if request.cover else None),
            media=haul.media,
        )

    def _hear(self, song: Asset) -> SongMap:
        self._progress("listen", 0)
        song_map = knowing.song(song, self._cache, lambda share: self._progress("listen", share), self._senses)
        self._progress("listen", 1)
        return song_map

    def _plan(self, job: _Job) -> plan.Planned:
        self._progress("plan", 0)
        planned = plan.make(job.song_map, job.brief, self.stock(job.haul), canvas_of(job.preset), job.preset)
        self._progress("plan", 1)
        return planned

    def _materials(self, haul: stockroom.Haul) -> dict[AssetId, Material]:
        seen = [asset for asset in haul.assets.values() if asset.kind in ("photo", "footage")]
        return {asset.id: knowing.material(asset, self._cache, self._senses) for asset in seen}

    def _scenes(self, haul: stockroom.Haul) -> Mapping[str, Shader]:
        """Return the catalog and the caller's shaders, each of which has a measured resolution."""
        own = {f"asset:{key}": parse.load(Path(haul.assets[key].path)) for key in haul.shaders}
        return {**catalog.scenes(), **{name: knowing.measured(shader, self._cache) for name, shader in own.items()}}

    def _render(self, job: _Job, timeline: Timeline, request: MakeRequest) -> Made:
        """Render a timeline and prove it; where it flashes too much, hold the music back there and do it again."""
        made = self._render_once(job, timeline, request)
        while not request.allow_flashing and (calmer := finishing.calmer(made.timeline, made.proof)) is not None:
            made = self._render_once(job, calmer, request)
        held = sum(clip.restraint > 0 for clip in made.timeline.clips("base"))
        shots = "1 shot" if held == 1 else f"{held} shots"
        note = f"the music moves {shots} less, which flashed too fast to be safe (--allow-flashing leaves that)"
        return replace(made, notes=(note,) if held else ())

    def _render_once(self, job: _Job, timeline: Timeline, request: MakeRequest) -> Made:
        rendered = film.render(
            timeline,
            assets=job.haul.files,
            song_map=job.song_map,
            preset=job.preset,
            out=request.out,
            workers=request.workers or settings().worker_count(),
            cache=self._cache,
            on_progress=self._progress,
        )
        against = wanted.planned(
            timeline,
            song=Path(job.haul.song.path),
            song_map=job.song_map,
            preset=job.preset,
            may_flash=request.allow_flashing,
        )
        proof = self._prove(request.out, against)
        return Made(request.out, rendered.seconds, timeline, proof, rendered)

    def _prove(self, video: Path, against: Wanted) -> report.Proof:
        self._progress("prove", 0)
        proof = report.prove(video, against, on_progress=lambda share: self._progress("prove", share))
        self._progress("prove", 1)
        return proof

    def _save(self, folder: Path, job: _Job, timeline: Timeline) -> Timeline:
        """Keep a timeline as the project's next version, and return it so; other songs and their videos stay."""
        projects.create(folder)
        haul = job.haul
        kept = tuple(projects.keep(folder, asset) for asset in haul.assets.values())
        old = projects.load(folder) if projects.exists(folder) else None
        project = Project(
            name=folder.name,
            song=haul.song.id,
            assets=tuple(({asset.id: asset for asset in (*(old.assets if old else ()), *kept)}).values()),
            brief=job.brief,
            preset=job.preset,
            version=old.version if old else 0,
            songs=old.songs if old else {},
        )
        project = project.belonging(haul.song.id, correction=job.correction, cover=haul.cover)
        projects.save_song_map(folder, job.heard)
        history = chronicle.load(folder, old or project)
        history, project, timeline = chronicle.added(history, project, timeline, job.brief.words)
        projects.save_versions(folder, project, (timeline,))
        chronicle.save(folder, history)
        return timeline


def _folder(request: MakeRequest) -> Path:
    if request.project is None:
        raise BadRequest("no project is given", advice="Name the folder of one.")
    return request.project


def _corrected(heard: SongMap, correction: Correction | None) -> SongMap:
    return correcting.apply(heard, correction) if correction else heard


def _cataloged(name: str) -> str | None:
    """Return the name of a scene of the catalog, however it is written; None when it has no such scene."""
    plain = "-".join(name.lower().split())
    return plain if plain in catalog.scenes() else None
