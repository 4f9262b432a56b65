"""Who calls, and about which session: what the endpoints ask for before they do anything."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request

from songreel.server import envelope
from songreel.server.rooms import Rooms, Session


def rooms(request: Request) -> Rooms:
    """Return what the application keeps."""
    kept: Rooms = request.app.state.rooms
    return kept


def user(kept: Annotated[Rooms, Depends(rooms)], authorization: Annotated[str, Header()] = "") -> str:
    """Return whose the token of a request is; refused with 1001 without a good one."""
    scheme, _, secret = authorization.partition(" ")
    found = kept.user(secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise envelope.unauthorized()
    return found


def find(kept: Rooms, owner: str, number: str) -> Session:
    """Return a user's session; refused with 1002 where there is none of them."""
    session = kept.session(number, owner)
    if session is None:
        raise envelope.no_session()
    return session


Kept = Annotated[Rooms, Depends(rooms)]
User = Annotated[str, Depends(user)]
