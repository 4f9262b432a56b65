"""Every link between pages leads somewhere, and every page can be come to from the index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for place in (ROOT, ROOT / "docs", ROOT / "skills", ROOT / "tools", ROOT / "deploy")
    for path in (place.glob("*.md") if place == ROOT else place.rglob("*.md"))
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def prose(path):
    return INLINE.sub("", CODE.sub("", path.read_text(encoding="utf-8")))


def targets(path):
    return [link for link in LINK.findall(prose(path)) if not re.match(r"[a-z]+:", link)]


def anchors(path):
    """Return the anchors of a page's headings, as GitHub names them."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", CODE.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", each).lower().replace(" ", "-") for each in HEADING.findall(text)}


def leads(path, link):
    name, _, anchor = link.partition("#")
    place = (path.parent / name).resolve() if name else path
    return place.exists() and (not anchor or place.suffix != ".md" or anchor in anchors(place))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path):
    assert [link for link in targets(path) if not leads(path, link)] == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# One two\n[a](page.md#one-two) [b](gone.md) [c](page.md#three) `[d](code.md)` [e](https://example.org/x)\n"
    )
    assert [link for link in targets(page) if not leads(page, link)] == ["gone.md", "page.md#three"]


def test_every_page_of_the_documentation_is_in_the_index():
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in targets(index)}
    pages = {path for path in (ROOT / "docs").rglob("*.md") if "decisions" not in path.parts} - {index}
    assert pages - linked == set(), "name it in docs/README.md"
