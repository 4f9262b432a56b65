"""The skills meet the Agent Skills specification, and install without harm.

Source: agentskills.io/specification.
"""

import re
from pathlib import Path

import pytest
import yaml

from songreel.cli import shell

SKILLS = Path(__file__).parents[2] / "skills"
NAMES = {"songreel", "ai-music-video-clip-generator", "from-music", "music-to-youtube", "music-ab2n-0330"}
FIELDS = {"name", "description", "license", "compatibility", "metadata", "allowed-tools"}
NAME = re.compile(r"(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*")
LINK = re.compile(r"\]\(([^)]+)\)")


def parted(text):
    """Return the frontmatter and the body of a skill."""
    opening, head, body = text.split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(head), body


def problems(folder):
    """Return what a skill's folder breaks of the specification."""
    head, body = parted((folder / "SKILL.md").read_text())
    described, needs = head.get("description", ""), head.get("compatibility", "fine")
    links = [link for link in LINK.findall(body) if "://" not in link]
    there = {str(path.relative_to(folder)) for path in (folder / "references").glob("*")}
    rules = {
        "a field that is not known": set(head) <= FIELDS,
        "the name": head.get("name") == folder.name and NAME.fullmatch(folder.name),
        "the description": 1 <= len(described) <= 1024 and "Use " in described,
        "the compatibility": 1 <= len(needs) <= 500,
        "the license": isinstance(head.get("license"), str),
        "the metadata": all(isinstance(value, str) for pair in head.get("metadata", {}).items() for value in pair),
        "the length of the body": 1 <= len(body.splitlines()) < 500,
        "a link that leads nowhere": all((folder / link).is_file() for link in links),
        "a reference more than one level deep": all(link.count("/") == 1 for link in links),
        "a reference that nothing leads to": there == set(links),
    }
    return [name for name, met in rules.items() if not met]


def test_there_is_one_for_each_that_was_published_and_one_for_all():
    assert {path.parent.name for path in SKILLS.glob("*/SKILL.md")} == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_it_meets_the_specification(name):
    assert problems(SKILLS / name) == []


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("name: songreel", "name: Song--Reel", "the name"),
        ("license: Apache-2.0", "licence: Apache-2.0", "a field that is not known"),
        ('version: "1.0.0"', "version: 1.0", "the metadata"),
        ("references/services.md", "references/none.md", "a link that leads nowhere"),
    ],
)
def test_the_check_finds_what_is_broken(tmp_path, old, new, broken):
    folder = tmp_path / "songreel"
    shell.run(["skills", "install", "--to", str(tmp_path)])
    text = (folder / "SKILL.md").read_text()
    (folder / "SKILL.md").write_text(text.replace(old, new))
    assert broken in problems(folder)


def test_they_are_put_into_a_folder_and_replaced_there(tmp_path, capsys):
    for _ in range(2):
        assert shell.run(["skills", "install", "--to", str(tmp_path)]) == 0
        assert {path.name for path in tmp_path.iterdir()} == NAMES
        (tmp_path / "songreel" / "old.md").touch()
    shell.run(["skills", "install", "--to", str(tmp_path)])
    assert not (tmp_path / "songreel" / "old.md").exists()
    assert str(tmp_path) in capsys.readouterr().out


def test_a_skill_of_somebody_else_is_spared(tmp_path, capsys):
    (tmp_path / "from-music").mkdir()
    (tmp_path / "from-music" / "SKILL.md").write_text("---\nname: from-music\n---\ntheirs")
    assert shell.run(["skills", "install", "--to", str(tmp_path)]) == 2
    assert "not ours" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["from-music"]


def test_they_go_where_agents_look(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".cursor").mkdir()
    assert shell.run(["skills", "install"]) == 0
    assert {path.name for path in (tmp_path / ".agents" / "skills").iterdir()} == NAMES
    assert {path.name for path in (tmp_path / ".cursor" / "skills").iterdir()} == NAMES
    assert not (tmp_path / ".claude").exists()


def test_they_are_listed(capsys):
    assert shell.run(["skills"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in NAMES)
