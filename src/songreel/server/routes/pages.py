"""What a person opens in a browser: the project of a claim, to look at and take from, and how to keep an account.

Plain pages without scripts. What others wrote stands in them as text, and nothing is told to where their links lead.
"""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from songreel.app.conversation import Held
from songreel.editing import describe
from songreel.server.caller import Parts
from songreel.server.links import Linked, Links
from songreel.server.routes.renders import All, link
from songreel.service.sessions import Session

_MOST = 50
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;"
    "background:#101018;color:#e8e8f0}a{color:#8ab4ff}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}"
    "code{background:#22222e;padding:.1rem .3rem}"
)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # The address of a claim is its secret.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_GONE = "<h1>This link is not good, or no longer</h1><p>Ask for a new one where you got it.</p>"
router = APIRouter(include_in_schema=False)


@router.get("/workspace/claim")
def claimed(request: Request, parts: Parts, every: All, linked: Linked, ct: str = "") -> HTMLResponse:
    """Show the one project that a claim opens."""
    caller = parts.accounts.caller(ct)
    session = parts.sessions.find(caller.session, caller.user) if caller and caller.session else None
    if session is None:
        return _page("Songreel", _GONE, status=404)
    held = parts.sessions.conversation(session).shown()
    videos = [(each, link(request, each.id)) for each in every.of(session, most=_MOST) if each.state == "completed"]
    told = [(f"{each.payload['id']}, {(each.result or {}).get('seconds', 0):.0f} s", url) for each, url in videos]
    return _page(session.name, _project(session, held, linked, told))


@router.get("/register")
def register(bind: str = "") -> HTMLResponse:
    """Say how an anonymous user keeps what is theirs, and gets more credits."""
    user = escape(bind[:40])
    return _page(
        "Keep your account",
        "<h1>Keep your account</h1><p>So far you use Songreel without an account: your token ends some days after it "
        "was given out. Whoever runs this service can give you one that lasts, and credits. Tell them your id:</p>"
        f"<p><code>{user}</code></p><p>They run:</p><p><code>songreel token create NAME --user {user}</code><br>"
        f"<code>songreel credits grant {user} AMOUNT</code></p>",
    )


def _project(session: Session, held: Held, linked: Links, videos: list[tuple[str, str]]) -> str:
    names = {asset.id: asset.name for asset in held.project.assets}
    summary = describe.summary(held.timeline, names) if held.timeline else "There is no video yet."
    files = [(asset.name, linked.to(asset)) for asset in held.project.assets]
    said = "".join(f"<li>{escape(each.words)}</li>" for each in held.history.versions)
    return (
        f"<h1>{escape(session.name)}</h1><p>{escape(summary)}</p>{_links('Finished videos', videos)}"
        f"{_links('Files', files)}" + (f"<h2>What was asked for</h2><ol>{said}</ol>" if said else "")
    )


def _links(title: str, found: list[tuple[str, str]]) -> str:
    rows = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for name, url in found)
    return f"<h2>{title}</h2><ul>{rows}</ul>" if rows else ""


def _page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    page = f"<!doctype html><html lang=en><head>{head}<style>{_STYLE}</style></head><body>{body}</body></html>"
    return HTMLResponse(page, status_code=status, headers=_HEADERS)
