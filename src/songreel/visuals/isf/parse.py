"""ISF files, read and checked but not compiled."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from songreel.base.errors import BadShader
from songreel.base.ids import digest, digest_file
from songreel.visuals.isf import header
from songreel.visuals.shader import Shader

_BEFORE = re.compile(r"(?:\s|//[^\n]*\n|#version[^\n]*\n|/\*(?!\s*\{).*?\*/)*", re.DOTALL)
_LARGEST_BYTES = 4 << 20
_START = "Begin the file with a comment that holds the ISF header: /*{ … }*/"


def load(path: Path) -> Shader:
    """Read an ISF file, the vertex shader beside it (same name, ``.vs``) and the list of its imported pictures.

    Raises BadShader when it cannot be read or its header is wrong.
    """
    return parse(_text(path), name=path.stem, path=path)


def parse(text: str, *, name: str, path: Path | None = None) -> Shader:
    """Read the text of an ISF file; ``path`` says where its vertex shader and pictures are.

    Raises BadShader, with the line in the file where that is known.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raw, body, body_line = _split(text, path or Path(name))
    try:
        head = header.read(raw)
    except header.HeaderError as error:
        raise BadShader(f"{path or name}: {error}", advice="Mend the header of the file.") from error
    files = {key: tuple(_beside(path, entry) for entry in entries) for key, entries in head.imported.items()}
    vertex_path = path.with_suffix(".vs") if path else None
    vertex = _text(vertex_path).removeprefix("\ufeff") if vertex_path and vertex_path.is_file() else None
    return Shader(
        name=name,
        path=path,
        kind=head.kind,
        body=body,
        vertex=vertex,
        digest=_digest(text, vertex, files),
        description=head.description,
        credit=head.credit,
        categories=head.categories,
        inputs=head.inputs,
        passes=head.passes,
        imported={key: entries[0] for key, entries in files.items() if len(entries) == 1},
        cubes={key: entries for key, entries in files.items() if len(entries) > 1},
        hints=head.hints,
        body_line=body_line,
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise BadShader(f"{path} is too large to be a shader", advice="Give an ISF file (.fs).")
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise BadShader(
            f"{path} cannot be read: {error.strerror}", advice="Check the path and its permissions."
        ) from error


def _split(text: str, where: Path) -> tuple[dict[str, Any], str, int]:
    lead = _BEFORE.match(text)
    start = lead.end() if lead else 0
    end = text.find("*/", start)
    if not text.startswith("/*", start) or end < 0:
        raise BadShader(f"{where} has no ISF header", advice=_START)
    try:
        raw = json.loads(text[start + 2 : end], strict=False, parse_constant=_no_number)
    except RecursionError as error:
        raise BadShader(f"{where}: the header is nested too deeply", advice="Mend the header.") from error
    except json.JSONDecodeError as error:
        line = text.count("\n", 0, start) + error.lineno
        raise BadShader(f"{where}:{line}: the header is not JSON: {error.msg}", advice="Mend the header.") from error
    if not isinstance(raw, dict):
        raise BadShader(f"{where}: the header is not an object", advice=_START)
    return raw, text[end + 2 :], text.count("\n", 0, end) + 1


def _no_number(word: str) -> float:
    raise json.JSONDecodeError(f"{word} is no number", word, 0)


def _beside(path: Path | None, entry: str) -> Path:
    return (path.parent if path else Path()) / entry


def _digest(text: str, vertex: str | None, files: Mapping[str, tuple[Path, ...]]) -> str:
    pictures = [
        digest_file(entry) if entry.is_file() else str(entry) for entries in files.values() for entry in entries
    ]
    return digest(text, vertex or "", *pictures)
