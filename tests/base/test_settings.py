"""Settings: the environment overrules the file, what makes no sense is told by its name, and all are documented."""

import re

import pytest

from songreel.base.errors import BadRequest
from songreel.base.settings import Settings, described, settings
from songreel.cli import shell


@pytest.fixture(autouse=True)
def anew():
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SONGREEL_WORKERS", "many"),
        ("SONGREEL_CACHE_GB", "-1"),
        ("SONGREEL_TRUSTED_PROXIES", "somewhere"),
        ("SONGREEL_PLANS", "{"),
        ("SONGREEL_LOG_LEVEL", "loud"),
    ],
)
def test_nonsense_in_the_environment_is_told(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadRequest, match=name):
        settings()


def test_a_secret_that_makes_no_sense_is_not_repeated(monkeypatch):
    monkeypatch.setenv("SONGREEL_SECRET", "tooshort")
    with pytest.raises(BadRequest, match="SONGREEL_SECRET") as caught:
        settings()
    assert "tooshort" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "file.toml",
            'workers = 3\ncache_gb = 5\ntrusted_proxies = ["203.0.113.0/24"]\n[plans.anonymous]\ncredits = 7\n',
        ),
        (
            "file.env",
            "OTHERS=1\nSONGREEL_WORKERS=3\nSONGREEL_CACHE_GB=5\nSONGREEL_TRUSTED_PROXIES=203.0.113.0/24\n"
            'SONGREEL_PLANS=\'{"anonymous": {"credits": 7}}\'\n',
        ),
    ],
)
def test_the_environment_overrules_the_file(monkeypatch, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    monkeypatch.setenv("SONGREEL_SETTINGS", str(tmp_path / name))
    monkeypatch.setenv("SONGREEL_CACHE_GB", "9")
    found = settings()
    assert (found.workers, found.cache_gb, found.plans["anonymous"].credits) == (3, 9, 7)
    assert [str(each) for each in found.trusted_proxies] == ["203.0.113.0/24"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("file.toml", "wrokers = 3\n", "wrokers"),
        ("file.toml", "workers = \n", "TOML"),
        ("file.env", "SONGREEL_WROKERS=3\n", "wrokers"),
        ("file.toml", "workers = -3\n", "SONGREEL_WORKERS"),
    ],
)
def test_nonsense_in_the_file_is_told(monkeypatch, tmp_path, name, text, said):
    (tmp_path / name).write_text(text)
    monkeypatch.setenv("SONGREEL_SETTINGS", str(tmp_path / name))
    with pytest.raises(BadRequest, match=said):
        settings()


@pytest.mark.parametrize("name", ["missing.toml", "missing.env"])
def test_a_file_that_is_not_there_is_told(monkeypatch, tmp_path, name):
    monkeypatch.setenv("SONGREEL_SETTINGS", str(tmp_path / name))
    with pytest.raises(BadRequest, match="SONGREEL_SETTINGS"):
        settings()


def test_every_setting_is_documented():
    rows = {each.name: each for each in described()}
    assert {f"SONGREEL_{name}".upper() for name in Settings.model_fields} < set(rows)
    assert all(each.meaning.endswith(".") for each in rows.values())


def test_the_command_tells_every_setting(capsys):
    assert shell.run(["settings"]) == 0
    out = capsys.readouterr().out
    assert re.findall(r"^SONGREEL_\w+", out, re.MULTILINE) == [each.name for each in described()]
