"""The settings: every one, its default, its meaning."""

from __future__ import annotations

from tools.reference.markdown import code, said, table

from songreel.base.settings import described

_HEAD = """# Settings

Each is a variable of the environment, or stands in a file that `SONGREEL_SETTINGS` names: TOML with the names in small
letters and without the prefix (`workers = 2`), or lines as an environment has them (`SONGREEL_WORKERS=2`) where the
file's name ends in `.env`. The environment overrules the file. `songreel settings` says the same in the terminal.

"""


def page() -> str:
    """Return the page."""
    rows = [(code(each.name), code(each.default), said(each.meaning, each.name)) for each in described()]
    return _HEAD + table(("setting", "default", ""), rows)
