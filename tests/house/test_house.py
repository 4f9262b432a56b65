"""The laws of the house: sizes, names, layers, locked packages, nothing of one machine in the tree."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FILE = 500
LONGEST_FUNCTION = 50
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
# Folders that exist on one machine alone, and addresses that mean something in one network alone.
PLACES = re.compile(
    r"(?<![\w.$}~)])/(?:work|root|home|Users)/\w"
    r"|\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b"
    r"|\b[a-z0-9-]+\.(?:internal|corp|lan)\b"
)


def tracked_texts():
    names = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file():
            try:
                yield name, path.read_text()
            except UnicodeDecodeError:
                continue


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(path, function):
    """Lines of a function; of a command its body alone, since its signature is its help, a line an option."""
    is_command = path.parent.name == "cli" and function.decorator_list
    return function.end_lineno - (function.body[0].lineno if is_command else function.lineno) + 1


def found_places(text):
    return [match.group() for match in PLACES.finditer(text)]


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): n for path in SOURCES if (n := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def test_functions_stay_short():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in functions(path)
        if length(path, node) > LONGEST_FUNCTION
    ]
    assert not long


def test_modules_are_named_after_what_they_do():
    assert not [str(path) for path in SOURCES if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES]


def test_nothing_of_one_machine_is_in_the_tree():
    assert {name: found for name, text in tracked_texts() if (found := found_places(text))} == {}


@pytest.mark.parametrize("place", ["/ho" + "me/ann/song.mp3", "10.1" + ".2.3", "cache.inter" + "nal"])
def test_the_search_for_machine_places_finds_them(place):
    assert found_places(f"read {place} first")


def test_imports_point_down_only():
    """In a process of its own: import-linter silences the loggers of the one that it runs in."""
    program = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    linted = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def pins(name):
    """Package → (version, number of hashes) for each entry of a lock file; a package may be pinned twice, by marker."""
    entries = {}
    for block in re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / "requirements" / name).read_text()):
        if match := re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block):
            entries.setdefault(match[1].lower().replace("_", "-"), []).append((match[2], block.count("--hash=sha256:")))
    return entries


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["heic"]
    return [("runtime.txt", text) for text in run] + [
        ("dev.txt", text) for text in run + project["dependency-groups"]["dev"]
    ]


@pytest.mark.parametrize(("lock", "text"), declared())
def test_what_pyproject_asks_for_is_locked(lock, text):
    wish = Requirement(text)
    locked = pins(lock).get(wish.name.lower().replace("_", "-"))
    assert locked, f"{wish.name} is not in {lock}: run `make lock`"
    assert all(wish.specifier.contains(version) for version, _ in locked)


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt", "uv.txt"])
def test_every_pin_carries_hashes(lock):
    entries = pins(lock)
    assert entries
    assert not [name for name, versions in entries.items() for _, hashes in versions if hashes == 0]


def test_one_uv_is_used_to_set_up_and_to_lock():
    assert pins("uv.txt")["uv"] == pins("dev.txt")["uv"]


def test_every_target_says_what_it_does():
    text = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.M)[1].split())
    assert phony == set(re.findall(r"^([a-z-]+):.*## \S", text, re.M))


def test_no_two_files_of_tests_have_one_name():
    """Pytest imports each by its name alone, and would stop at the second."""
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name not in ("conftest.py", "__init__.py")]
    assert sorted(names) == sorted(set(names))
