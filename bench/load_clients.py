"""The clients of `bench.load`, each kind in a process of its own that costs next to nothing.

Usage: python -m bench.load_clients poll|upload < REQUEST.json > SEEN.json

They say when each call began and ended by the clock that all processes of a machine share (``time.monotonic``).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

_PATIENCE_S = 300
_HEAD = b'--load\r\nContent-Disposition: form-data; name="files"; filename="song.wav"\r\n\r\n'
_TAIL = b"\r\n--load--\r\n"
_OWN = 1 << 16
"""Bytes of a file that one client sends otherwise than the others, behind the header of a WAV."""

Call = dict[str, Any]
"""One call: ``began`` and ``ended`` in seconds, ``error`` where it was not answered well."""


def main() -> None:
    """Do what is asked for on standard input, and tell what was seen."""
    asked = json.loads(sys.stdin.readline())
    calls = asyncio.run(_polled(asked)) if sys.argv[1] == "poll" else _uploaded(asked)
    print(json.dumps(calls))


async def _polled(asked: dict[str, Any]) -> list[Call]:
    """Read states, each session's ``every`` seconds, until standard input is closed."""
    calls: list[Call] = []
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True).start()
    pollers = [_poll(path, asked, number, calls) for number, path in enumerate(asked["paths"])]
    tasks = [asyncio.create_task(each) for each in pollers]
    await ended.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return calls


async def _poll(path: str, asked: dict[str, Any], number: int, calls: list[Call]) -> None:
    every = asked["every"]
    await asyncio.sleep(every * number / len(asked["paths"]))
    reader, writer = await asyncio.open_connection("127.0.0.1", asked["port"])
    request = f"GET {path} HTTP/1.1\r\n{_lines(asked['headers'])}\r\n".encode()
    with contextlib.closing(writer):
        while True:
            began, error = time.monotonic(), ""
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    writer.write(request)
                    head = await reader.readuntil(b"\r\n\r\n")
                    length = int(head.lower().partition(b"content-length:")[2].split(None, 1)[0])
                    body = await reader.readexactly(length)
                if not head.startswith(b"HTTP/1.1 200") or not body.startswith(b'{"code":0,'):
                    error = f"read: {(head[:30] + body[:150])!r}"
            except (OSError, EOFError, TimeoutError) as failed:
                error = f"read: {failed!r}"
            calls.append({"began": began, "ended": time.monotonic(), "error": error})
            if error:
                return
            await asyncio.sleep(every)


def _uploaded(asked: dict[str, Any]) -> list[Call]:
    """Send a file to each path at once, each time another one, counted from ``others``; the kernel reads and sends."""
    with ThreadPoolExecutor(len(asked["paths"])) as threads:
        return list(threads.map(lambda each: _upload(*each, asked), enumerate(asked["paths"])))


def _upload(number: int, path: str, asked: dict[str, Any]) -> Call:
    file = Path(asked["file"])
    size = file.stat().st_size
    headers = {
        **asked["headers"],
        "Content-Type": "multipart/form-data; boundary=load",
        "Content-Length": str(len(_HEAD) + size + len(_TAIL)),
    }
    began, error = time.monotonic(), ""
    try:
        with socket.create_connection(("127.0.0.1", asked["port"]), _PATIENCE_S) as wire, file.open("rb") as stream:
            own = bytearray(stream.read(_OWN))
            own[-1] = asked["others"] + number
            wire.sendall(f"POST {path} HTTP/1.1\r\n{_lines(headers)}\r\n".encode() + _HEAD + own)
            wire.sendfile(stream, offset=_OWN)
            wire.sendall(_TAIL)
            answer = wire.recv(1 << 12)
        if not answer.startswith(b"HTTP/1.1 200"):
            error = f"upload: {answer[:200]!r}"
    except OSError as failed:
        error = f"upload: {failed!r}"
    return {"began": began, "ended": time.monotonic(), "error": error}


def _lines(headers: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in {"Host": "127.0.0.1", **headers}.items())


if __name__ == "__main__":
    main()
