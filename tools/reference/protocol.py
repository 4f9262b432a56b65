"""What the service answers over HTTP: endpoints from its own description, codes from the functions that make them."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from tools.reference import schema
from tools.reference.markdown import code, said, table

from songreel.base import errors
from songreel.base.settings import Settings
from songreel.server import app, envelope
from songreel.service import wiring

_HEAD = """# HTTP: the skills' protocol and `/v1`

`songreel serve` answers both, for the same accounts and projects. [How to use it](../how-to/http.md) has an example; a
running service describes itself at `/docs` and `/openapi.json`. What the skills' protocol answers, field by field, is
[a page of its own](draft.md).

## Headers

| header | |
|---|---|
| `Authorization: Bearer …` | a token, on every call except those marked *open* |
| `X-Client-Id` | whose anonymous token is asked for, at most 64 characters |
| `X-Skill-Source`, `X-Skill-Version`, `X-Skill-Platform` | who calls; an export needs all three, except in `/v1` |
| `X-Request-Id` | on every answer: the call's id in the log; a caller may choose it (8 to 64 of `A-Za-z0-9_-`) |
| `Retry-After` | with 429 and 503: seconds until the next try |
| `Range` | on files: a part of one (206) |
| `If-None-Match` | on files and the state, with the `ETag` of before: 304 where nothing changed |
| `Last-Event-ID` | on events: go on after this one |

## Codes

The skills' protocol answers in an envelope, `{"code": 0, "message": "ok", "data": {…}}`; an error has its code there,
and the HTTP status beside it. A call that is carried out is answered with 200, unless its entry says otherwise. `/v1`
answers errors as problems ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457), `application/problem+json`), with `code`
and the fields of `data` in them.

"""
_OTHER, _BAD = "300", "400"
_MEANINGS: tuple[tuple[str, str], ...] = (
    ("bad or expired token", "unauthorized"),
    ("no such session, or somebody else's", "no_session"),
    ("too few credits; `bind_url` is where an anonymous user registers", "poor"),
    ("a file that cannot be used; `supported` lists the formats", "media"),
    ("too large; `limit_bytes` says how much is taken", "large"),
    ("a request that makes no sense, with what is wrong; also a missing `X-Client-Id`", "malformed"),
    ("an export that is not allowed: a header is missing, or the plan has none", "blocked"),
    ("a token without the scope that is needed", "forbidden"),
    ("nothing of that name", "gone"),
    ("a body that comes too slowly", "slow"),
    ("too many calls", "hurried"),
    ("a fault here, which is logged", "fault"),
    ("a part of the service does not answer", "away"),
    ("the service's disk is full", "full"),
)


def page() -> str:
    """Return the page."""
    served = _served()
    described = served.openapi()
    shared = described["components"]["schemas"]
    theirs: dict[str, Any] = {}
    ours: dict[str, Any] = {}
    for path, calls in described["paths"].items():
        (ours if path.startswith("/v1/") else theirs)[path] = calls
    calls = "".join(
        f"## {title}\n\n{_calls(paths)}"
        for title, paths in (("The skills' protocol", theirs), ("Songreel's own API, `/v1`", ours))
    )
    taken = _used([call.get("requestBody") for path in described["paths"].values() for call in path.values()], shared)
    used = sorted(_used(described["paths"], shared) - {"Failure"})
    parts = "".join(_record(name, shared[name], is_taken=name in taken) for name in used)
    return _HEAD + table(("code", "HTTP", "HTTP in /v1", ""), _codes(served)) + calls + f"## Objects\n\n{parts}"


def _served() -> FastAPI:
    with tempfile.TemporaryDirectory() as home:
        service = wiring.opened(Settings(home=Path(home)), lambda *_: None)  # type: ignore[arg-type]
        try:
            return app.create(service)
        finally:
            service.close()


def _codes(served: FastAPI) -> Iterator[tuple[str, str, str, str]]:
    """Yield each code with its statuses, as the application's own handlers answer it."""
    failures = _failures()
    for meaning, kind in _MEANINGS:
        (theirs, their_body), (ours, our_body) = (_answered(served, failures[kind], path) for path in ("/api", "/v1/"))
        if their_body["code"] != our_body["code"]:
            raise LookupError(f"{kind} has two codes")
        yield code(their_body["code"]), str(theirs), str(ours), meaning


def _failures() -> Mapping[str, Exception]:
    return {
        "unauthorized": envelope.unauthorized(),
        "no_session": envelope.no_session(),
        "poor": errors.OutOfCredits("", user="anon_0"),
        "media": errors.BadMedia(""),
        "large": errors.TooLarge("", limit_bytes=1),
        "malformed": envelope.malformed(""),
        "blocked": envelope.blocked(""),
        "forbidden": envelope.forbidden("read"),
        "gone": errors.NotStored(""),
        "slow": envelope.slow(),
        "hurried": errors.TooOften("", retry_after_s=1),
        "fault": errors.JobFailed(""),
        "away": errors.StorageFailed(""),
        "full": errors.CannotWrite(""),
    }


def _answered(served: FastAPI, failure: Exception, path: str) -> tuple[int, dict[str, Any]]:
    handlers: Mapping[Any, Any] = served.exception_handlers
    handler = next(handlers[kind] for kind in type(failure).__mro__ if kind in handlers)
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "app": served, "server": ("songreel", 80)}
    logging.disable(logging.CRITICAL)
    try:
        answer: Response = asyncio.run(handler(Request({**scope, "scheme": "http", "query_string": b""}), failure))
    finally:
        logging.disable(logging.NOTSET)
    return answer.status_code, json.loads(bytes(answer.body))


def _calls(paths: Mapping[str, Any]) -> str:
    calls = {f"{method.upper()} {path}": call for path, methods in paths.items() for method, call in methods.items()}
    usual = set.intersection(*({each for each in call["responses"] if each >= _BAD} for call in calls.values()))
    head = f"Any of these may be answered with {', '.join(sorted(usual))}; the rest stands with each.\n\n"
    return head + "".join(_call(name, call, usual) for name, call in calls.items())


def _call(name: str, call: Mapping[str, Any], usual: set[str]) -> str:
    # What else its docstring says is for whoever changes it.
    meaning = said(call.get("description"), name).partition("\n\n")[0]
    open_to_all = "" if call.get("security") else " *Open.*"
    rows = [
        (code(each["name"]), each["in"], schema.kind(each["schema"], _linked), schema.stands_for(each["schema"]))
        for each in call.get("parameters", ())
        if each["in"] != "path"
    ]
    taken = table(("", "in", "what it is", "default"), rows)
    answers = _answers(call, usual)
    return f"### {name}\n\n{meaning}{open_to_all}\n\n{taken}{_body(call)}{answers}"


def _body(call: Mapping[str, Any]) -> str:
    content = call.get("requestBody", {}).get("content", {})
    kinds = [f"`{media}`: {_shape(each['schema'])}" for media, each in content.items()]
    return f"Body: {'; or '.join(kinds)}.\n\n" if kinds else ""


def _answers(call: Mapping[str, Any], usual: set[str]) -> str:
    good = {status: each for status, each in call["responses"].items() if status < _OTHER}
    told = [f"{status}{_content(each)}" for status, each in good.items()]
    more = [status for status in sorted(call["responses"]) if status not in {*good, *usual}]
    also = f"; also {', '.join(more)}" if more else ""
    return "" if told == ["200"] and not also else f"Answers {' or '.join(told)}{also}.\n\n"


def _content(answer: Mapping[str, Any]) -> str:
    found = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return f", {_linked(found['$ref'].rpartition('/')[2])}" if "$ref" in found else ""


def _shape(found: Mapping[str, Any]) -> str:
    if "properties" in found:
        return ", ".join(f"{code(name)} ({schema.kind(each, _linked)})" for name, each in found["properties"].items())
    return schema.kind(found, _linked)


def _linked(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _used(paths: Any, shared: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting: list[Any] = [paths]
    while waiting:
        new = set(schema.named(waiting.pop())) - found
        found |= new
        waiting += [shared[name] for name in new]
    return found


def _record(name: str, found: Mapping[str, Any], *, is_taken: bool) -> str:
    rows = [
        (
            code(field),
            _value(each, found, field),
            schema.default(field, found) if is_taken else "",
            each.get("description", ""),
        )
        for field, each in found.get("properties", {}).items()
    ]
    columns = [0, 1, *([2] if is_taken else []), *([3] if any(row[3] for row in rows) else [])]
    head = ("field", "what it is", "default", "")
    chosen = table([head[at] for at in columns], [[row[at] for at in columns] for row in rows])
    return f"### {name}\n\n{said(found.get('description'), name)}\n\n{chosen}"


def _value(field: Mapping[str, Any], owner: Mapping[str, Any], name: str) -> str:
    empty = any(each.get("type") == "null" for each in field.get("anyOf", ())) and name in owner.get("required", ())
    return schema.kind(field, _linked) + (" or `null`" if empty else "")
