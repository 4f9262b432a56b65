"""What the client says is said in both languages, and all of it is said somewhere."""

import re
from pathlib import Path

import pytest

from songreel.client import phrases

SOURCES = "".join(path.read_text() for path in Path(phrases.__file__).parent.glob("*.py") if path.stem != "phrases")
FACTS = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("key", sorted(phrases.PHRASES))
def test_both_languages_tell_the_same_facts(key):
    english, chinese = phrases.PHRASES[key]
    assert sorted(FACTS.findall(english)) == sorted(FACTS.findall(chinese))
    assert phrases.language_of(chinese) == "zh" or not re.search(r"\w{3}", FACTS.sub("", chinese))
    assert phrases.language_of(english) == "en"


@pytest.mark.parametrize("key", sorted(phrases.PHRASES))
def test_it_is_said_somewhere(key):
    assert re.search(rf'"{key}"', SOURCES) or key in ("change-fps", "change-look", "exporting", "downloading")
