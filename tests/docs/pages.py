"""Commands of pages, as they are written there."""

import re
import shlex
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
PLAYED = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAID = re.compile(r"^› (.+)$", re.MULTILINE)
FILE = re.compile(r"\$\(cat ([\w.]+)\)")


def commands(page: str) -> list[list[str]]:
    """Return the commands of a page that are played: those of its blocks of bash, each as words."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [command for block in PLAYED.findall(text) for command in _split(block)]


def said(page: str) -> list[str]:
    """Return what a page says in a conversation."""
    return SAID.findall((DOCS / page).read_text(encoding="utf-8"))


def filled(command: list[str], folder: Path) -> list[str]:
    """Return a command with the files in it that a shell would read."""
    return [FILE.sub(lambda found: (folder / found[1]).read_text().strip(), word) for word in command]


def _split(block: str) -> list[list[str]]:
    """Return the commands of a block; one with a line break inside its quotes is one."""
    found, waiting = [], ""
    for line in block.splitlines():
        waiting += f"\n{line}" if waiting else line
        try:
            words = shlex.split(waiting, comments=True)
        except ValueError:
            continue
        waiting = ""
        if words:
            found.append(words)
    assert not waiting, f"quotes are open: {waiting}"
    return found
