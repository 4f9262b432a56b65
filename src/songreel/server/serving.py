"""Files of the storage over HTTP: whole or a range of bytes (RFC 9110, section 14), never read as something else."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from songreel.service.storage import Storage

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_ANY = "application/octet-stream"
_SHOWN = ("audio/", "video/", "image/")
_CODE = frozenset({"image/svg+xml"})
_AGE_S = 3600


@dataclass(frozen=True, slots=True)
class Served:
    """A file to send: its key, what it is called, and a tag that changes with its bytes."""

    key: str
    name: str
    tag: str


def answer(kept: Storage, served: Served, request: Request) -> Response:
    """Return a file, or the range of it that is asked for; raises NotStored or StorageFailed."""
    size = kept.size(served.key)
    headers = _headers(served)
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    wanted = request.headers.get("range", "")
    if request.headers.get("if-range", headers["ETag"]) != headers["ETag"]:
        wanted = ""
    span = _span(wanted, size)
    if span is None:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    start, end = span
    partial = end - start < size
    headers["Content-Length"] = str(end - start)
    if partial:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    body: Iterator[bytes] = iter(()) if request.method == "HEAD" else kept.blocks(served.key, start=start, end=end)
    return StreamingResponse(body, status_code=206 if partial else 200, headers=headers, media_type=_kind(served.name))


def _headers(served: Served) -> dict[str, str]:
    way = "attachment" if _kind(served.name) == _ANY else "inline"
    return {
        "Accept-Ranges": "bytes",
        "ETag": f'"{served.tag}"',
        "Cache-Control": f"private, max-age={_AGE_S}",
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(served.name, safe='')}",
        # A stranger wrote these bytes: no browser may take them for a page of ours.
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def _kind(name: str) -> str:
    found = mimetypes.guess_type(name)[0] or _ANY
    return found if found.startswith(_SHOWN) and found not in _CODE else _ANY


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """Return the bytes [start, end) that a Range header asks for; all when it asks for none, None when none are there.

    Several ranges at once are answered with the whole, as the standard allows.
    """
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or not any(found.groups()):
        return 0, size
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < int(first):
            return 0, size
    return (start, end) if start < end else None
