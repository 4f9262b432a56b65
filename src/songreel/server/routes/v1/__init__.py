"""Songreel's own API: projects, their assets, messages and renders, and a stream of what happens in them."""

from fastapi import APIRouter

from songreel.server import problems
from songreel.server.routes.v1 import assets, events, messages, projects, renders

router = APIRouter(prefix=problems.ROOT, responses=problems.declared())
for each in (projects, assets, messages, renders, events):
    router.include_router(each.router)
