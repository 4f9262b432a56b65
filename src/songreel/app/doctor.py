"""What this machine has and lacks for making videos, and the command that mends each lack."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import features

from songreel.base.errors import SongreelError
from songreel.base.settings import settings
from songreel.media import codecs
from songreel.visuals import text_fonts
from songreel.visuals.isf.host import Host

PYTHON = (3, 11)
ENCODERS = ("libx264", "aac", "libvpx-vp9", "libsvtav1", "libopus", "gif")
SCRIPTS: dict[str, tuple[str, str]] = {
    "Latin": ("Aéß", "fonts-noto-core"),
    "Cyrillic": ("ЖяЁ", "fonts-noto-core"),
    "Arabic": ("عشق", "fonts-noto-core"),
    "CJK": ("夜光かな한국", "fonts-noto-cjk"),
    "emoji": ("🔥🎵", "fonts-noto-color-emoji"),
}
"""Script → letters that a font must have to be able to write it, and Debian's package of such a font."""

_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader")
_GIB = 1 << 30
_LEAST_DISK_GIB = 2
_LEAST_MEMORY_GIB = 2
_ONE_WORKER = "export SONGREEL_WORKERS=1"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is needed; ``mend`` is the command that brings it, empty where nothing is wrong."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


def examine() -> list[Part]:
    """Look at everything and change nothing."""
    return [_python(), _graphics(), *_fonts(), _shaping(), _encoders(), _heic(), _disk(), _cores(), _memory()]


def _python() -> Part:
    version = ".".join(map(str, sys.version_info[:3]))
    return _there("Python", version) if sys.version_info >= PYTHON else _lacking("Python", version, _apt("python3.11"))


def _graphics() -> Part:
    try:
        with Host() as host:
            renderer = host.info
    except SongreelError as error:
        return _lacking("graphics", error.message, _apt("libegl1 libgl1 libgl1-mesa-dri"))
    kind = "software" if any(name in renderer.lower() for name in _SOFTWARE) else "hardware"
    return _there("graphics", f"{kind}: {renderer}")


def _fonts() -> Iterator[Part]:
    faces = [face for face in text_fonts.chain("sans", bold=False, italic=False) if face.path]
    emoji = text_fonts.find(text_fonts.EMOJI, bold=False, italic=False)
    for script, (letters, package) in SCRIPTS.items():
        able = (face for face in (*faces, *([emoji] if emoji else [])) if text_fonts.covers(face, letters))
        if face := next(able, None):
            yield _there(f"font for {script}", Path(face.path).name)
        else:
            yield _lacking(f"font for {script}", "none: such letters are replaced or left out", _apt(package))


def _shaping() -> Part:
    if not features.check("raqm"):
        return _lacking("text shaping", "this Pillow was built without Raqm", _pip("--force-reinstall pillow"))
    if not features.check("fribidi"):
        return _lacking("text shaping", "FriBiDi is missing: Arabic and Hebrew are not shaped", _apt("libfribidi0"))
    versions = (features.version(name) or "?" for name in ("raqm", "fribidi", "harfbuzz"))
    return _there("text shaping", "Raqm {}, FriBiDi {}, HarfBuzz {}".format(*versions))


def _encoders() -> Part:
    missing = codecs.missing_encoders(ENCODERS)
    if missing:
        return _lacking("encoders", f"libav lacks {', '.join(missing)}", _pip("--force-reinstall av"))
    return _there("encoders", ", ".join(ENCODERS))


def _heic() -> Part:
    if importlib.util.find_spec("pillow_heif") is None:
        return _lacking("photos", "HEIC cannot be read; all other photos can", _pip("pillow-heif"))
    return _there("photos", "HEIC can be read")


def _disk() -> Part:
    folder = settings().cache.absolute()
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(there, os.W_OK):
        return _lacking("disk", f"{there} cannot be written to", "export SONGREEL_CACHE=/a/folder/of/yours")
    free = shutil.disk_usage(there).free / _GIB
    detail = f"{free:.1f} GiB free for the cache in {folder}"
    if free < _LEAST_DISK_GIB:
        return _lacking("disk", detail, "export SONGREEL_CACHE=/a/folder/on/a/larger/disk")
    return _there("disk", detail)


def _cores() -> Part:
    return _there("cores", f"{len(os.sched_getaffinity(0))}, {settings().worker_count()} used for rendering")


def _memory() -> Part:
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / _GIB
    detail = f"{total:.1f} GiB"
    return _there("memory", detail) if total >= _LEAST_MEMORY_GIB else _lacking("memory", detail, _ONE_WORKER)


def _there(name: str, detail: str) -> Part:
    return Part(name, ok=True, detail=detail)


def _lacking(name: str, detail: str, mend: str) -> Part:
    return Part(name, ok=False, detail=detail, mend=mend)


def _apt(packages: str) -> str:
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get install --no-install-recommends -y {packages}"


def _pip(packages: str) -> str:
    """Return the command that installs into this Python; an environment made by uv has no pip of its own."""
    if importlib.util.find_spec("pip"):
        return f"{sys.executable} -m pip install {packages}"
    uv = Path(sys.executable).with_name("uv")
    own = str(uv) if uv.exists() else "uv"
    return f"{own} pip install --python {sys.executable} {packages.replace('--force-reinstall', '--reinstall')}"
