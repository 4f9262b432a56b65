"""The reference is what the code says, and the code says something of everything public."""

from pathlib import Path
from typing import get_args

import pytest
from tools.reference import cli, edits, markdown
from tools.reference.__main__ import whole, write
from tools.reference.pages import PAGES

from songreel.base.settings import settings
from songreel.model import timeline
from songreel.model.edit import AddText, Change, Step
from songreel.server.draft.writing import TYPES

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
BY_HAND = {"draft.md"}
UNSAID = {"kind", "asset", "scene", "design"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_says(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == whole(PAGES[name]()), "run: make docs"


def test_every_page_is_written_or_known_to_be_by_hand():
    assert {path.name for path in FOLDER.iterdir()} == {*PAGES, *BY_HAND}


def test_a_command_writes_all_pages(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.reference.__main__.PAGES", {"one.md": lambda: "# One\n\n\n"})
    write(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / "one.md").read_text().endswith("# One\n")


def test_the_settings_of_who_writes_the_pages_are_not_in_them(monkeypatch):
    before = PAGES["settings.md"]()
    monkeypatch.setenv("SONGREEL_WORKERS", "7")
    settings.cache_clear()
    try:
        assert PAGES["settings.md"]() == before
    finally:
        settings.cache_clear()


@pytest.mark.parametrize("verb", [*get_args(Change), *get_args(Step)])
def test_every_verb_has_its_place(verb):
    text = (FOLDER / "edits.md").read_text(encoding="utf-8")
    assert f"\n### {verb.model_fields['verb'].default}\n" in text


def test_what_says_nothing_of_itself_is_refused(monkeypatch):
    monkeypatch.setattr(AddText, "__doc__", None)
    with pytest.raises(markdown.Undocumented, match="AddText"):
        edits.page()


def test_a_command_without_help_is_refused(monkeypatch):
    command = next(each for each in cli.app.registered_commands if each.callback.__name__ == "make")
    monkeypatch.setattr(command.callback, "__doc__", "")
    with pytest.raises(markdown.Undocumented, match="songreel make"):
        cli.page()


@pytest.mark.parametrize("source", get_args(get_args(timeline.Source)[0]))
def test_every_key_of_a_draft_is_explained(source):
    text = (FOLDER / "draft.md").read_text(encoding="utf-8")
    assert [name for name in set(source.model_fields) - UNSAID if f"`{name}`" not in text] == []
    assert [role for role in TYPES if f"`{role}`" not in text] == []
