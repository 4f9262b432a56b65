"""The inside of the quarantine: ``python -m songreel.service.quarantine_process``, started by `quarantine` alone.

It imports what is needed, then makes a fork of itself for each file, which goes behind the walls of `confinement`
before it opens the file, writes one JSON document and ends. This process itself never touches a file, so what a
file does to its fork ends with it. It ends when its parent closes the pipe, however that comes about.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import IO, Any

import numpy as np
from PIL import Image

from songreel.analysis import pipeline
from songreel.base.errors import BadInput, BadMedia
from songreel.media import bounds, look, pictures, probe, saliency
from songreel.model.asset import Asset
from songreel.service import confinement

ANSWER, COVER = "answer.json", "cover"
_SYSTEM = ("/usr", "/lib", "/lib64", "/dev/null", "/dev/urandom")
_TELLING = 4000
# Somebody waits for a file to be looked at, after those who only ask; nobody need wait for a song to be heard.
_LOOKING_NICENESS, _LISTENING_NICENESS = 5, 10


def main() -> None:
    """Answer one request after another until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inlet, outlet = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.nice(_LOOKING_NICENESS)
    _warm()
    _say(outlet, {"ready": True})
    while line := inlet.readline():
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _serve(request, (inlet, outlet))
        _say(outlet, {"ended": _ended(child, inlet, request["patience_s"])})


def _warm() -> None:
    """Have loaded what libraries load when they are first used: each fork would do it anew."""
    Image.init()
    saliency.focus(np.zeros((64, 64, 3), np.uint8))


def _serve(request: dict[str, Any], pipes: tuple[IO[bytes], ...]) -> None:
    """Look at one file behind walls, write what was seen, and end this process."""
    try:
        os.setpgid(0, 0)
        for pipe in pipes:
            os.close(pipe.fileno())
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        path, folder = Path(request["path"]), Path(request["folder"])
        walls = confinement.confine(
            confinement.Limits(**request["limits"]), readable=[*_needed(), path], writable=folder
        )
        answer = {"walls": walls, **_answer(path, folder, request)}
        (folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")
        os._exit(0)
    finally:
        os._exit(1)


def _answer(path: Path, folder: Path, request: dict[str, Any]) -> dict[str, Any]:
    try:
        bounds.check(path, bounds.Bounds(**request["bounds"]))
        if request["song"]:
            os.nice(_LISTENING_NICENESS - _LOOKING_NICENESS)
            return {"heard": pipeline.hear(path, Asset.model_validate(request["song"])).to_json()}
        return {"looked": [_told(asset, cover=asset.path == str(folder / COVER)) for asset in _assets(path, folder)]}
    except BadInput as error:
        return {"refused": [error.message, error.advice]}
    except MemoryError:
        return {"refused": [f"{path.name} needs too much memory to be read", "Make a smaller copy of it."]}
    except Exception:
        # Libraries of others meet bytes of others here: whatever they raise is an answer about the file.
        return {"failed": traceback.format_exc()[-_TELLING:]}


def _assets(path: Path, folder: Path) -> list[Asset]:
    """Return what a file is; a song with the cover that is in it, where that can be read."""
    asset = probe.any(path)
    picture = probe.cover(path) if asset.has_cover else None
    if picture is None:
        return [asset]
    cover = folder / COVER
    cover.write_bytes(picture)
    try:
        pictures.load(cover, longest=64)
        return [asset, probe.photo(cover)]
    except BadMedia:
        return [asset]


def _told(asset: Asset, *, cover: bool) -> dict[str, Any]:
    seen = look.material(Path(asset.path), asset).to_json() if asset.kind != "song" else None
    return {"asset": asset.model_dump(mode="json"), "material": seen, "cover": cover}


def _needed() -> list[Path]:
    """Return where Python and its libraries lie: a module may be imported only when it is used."""
    return [Path(name) for name in (*_SYSTEM, sys.prefix, sys.base_prefix, *sys.path) if name]


def _ended(child: int, inlet: IO[bytes], patience_s: float) -> str:
    """Wait for a fork, not for ever and not longer than the parent lives, and return how it ended."""
    process = os.pidfd_open(child)
    poll = select.poll()
    poll.register(process, select.POLLIN)
    poll.register(inlet.fileno(), 0)
    until = time.monotonic() + patience_s
    try:
        events = poll.poll(max(0.0, until - time.monotonic()) * 1000)
        ended = any(number == process for number, _ in events)
        if not ended:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    finally:
        os.close(process)
    if not ended:
        return "late"
    code = os.waitstatus_to_exitcode(status)
    return "well" if code == 0 else signal.Signals(-code).name if code < 0 else f"code {code}"


def _say(outlet: IO[bytes], message: dict[str, Any]) -> None:
    outlet.write(json.dumps(message).encode() + b"\n")
    outlet.flush()


if __name__ == "__main__":
    main()
