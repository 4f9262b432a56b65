"""Write all pages into docs/reference, or into the folder that is named."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.reference.pages import PAGES

NOTE = "<!-- Written from the code by `make docs`: change it there. -->\n\n"


def write(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(whole(page()), encoding="utf-8")


def whole(page: str) -> str:
    """Return a page as its file has it."""
    return f"{NOTE}{page.strip()}\n"


if __name__ == "__main__":
    write(Path(*sys.argv[1:]) if sys.argv[1:] else Path(__file__).parents[2] / "docs" / "reference")
