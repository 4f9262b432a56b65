"""For whoever runs the service: whether it lives, whether it can work, and its figures."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from songreel.base.errors import SongreelError
from songreel.server import caller, envelope
from songreel.server.caller import Parts
from songreel.server.figures import Figures
from songreel.service import limits
from songreel.service.storage import Storage

_PROBE = "probe/ready"
router = APIRouter(tags=["operations"])


@router.head("/health", include_in_schema=False)
@router.get("/health")
async def health() -> dict[str, Any]:
    """Say that the process answers."""
    return envelope.ok({"status": "alive"})


@router.head("/ready", include_in_schema=False)
@router.get("/ready", responses={503: {"model": envelope.Failure}})
def ready(parts: Parts) -> Response:
    """Say whether the database and the storage answer; 503 when one does not."""
    answers = {"database": parts.database.answers(), "storage": _stores(parts.storage)}
    if all(answers.values()):
        return JSONResponse(envelope.ok(answers))
    return envelope.failed(503, 503, "a part of the service does not answer", answers, path="/ready", Retry_After="5")


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Return the figures; to this machine and private networks alone."""
    if not limits.is_near(caller.address(request)):
        return envelope.failed(404, 404, "Not Found", path="/metrics")
    figures: Figures = request.app.state.figures
    return Response(figures.text(), media_type=CONTENT_TYPE_LATEST)


def _stores(storage: Storage) -> bool:
    try:
        storage.exists(_PROBE)
    except SongreelError:
        return False
    return True
