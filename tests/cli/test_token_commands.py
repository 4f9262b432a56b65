"""Tokens made by hand, as an operator makes them: shown once, listed without their secret, ended at once."""

import json

import pytest

from songreel.base.settings import settings
from songreel.cli import shell


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SONGREEL_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


def test_a_token_is_shown_once_and_ended(capsys, home):
    assert shell.run(["token", "create", "Ann's laptop", "--scope", "read", "--days", "30"]) == 0
    said = capsys.readouterr()
    secret = said.out.strip()
    assert secret.startswith("nmv_usr_")
    assert secret not in said.err
    assert shell.run(["token", "list", "--json"]) == 0
    out = capsys.readouterr().out
    (row,) = json.loads(out)
    assert secret not in out
    assert (row["name"], row["scopes"]) == ("Ann's laptop", "read")
    assert shell.run(["token", "revoke", row["id"]]) == 0
    capsys.readouterr()
    assert shell.run(["token", "list"]) == 0
    assert "revoked" in capsys.readouterr().out
    assert secret.encode() not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_credits_are_given_once_for_a_reason(capsys):
    assert shell.run(["token", "create", "laptop", "--json"]) == 0
    user = json.loads(capsys.readouterr().out)["user"]
    for _ in range(2):
        assert shell.run(["credits", "grant", user, "50", "--reason", "invoice 7"]) == 0
    assert shell.run(["credits", "show", user]) == 0
    assert capsys.readouterr().out.splitlines() == ["1050 to spend, 0 kept for running work"] * 3


@pytest.mark.parametrize(
    "argv",
    [
        ["credits", "grant", "user_nobody", "5"],
        ["credits", "grant", "user_nobody", "-5"],
        ["credits", "show", "user_nobody"],
        ["token", "create", "x", "--scope", "everything"],
        ["token", "create", "x", "--plan", "golden"],
        ["token", "create", "x", "--user", "user_nobody"],
        ["token", "create", "x", "--days", "0"],
        ["token", "revoke", "tok_nothing"],
    ],
)
def test_what_makes_no_sense_is_refused(argv, capsys):
    assert shell.run(argv) == 2
    assert "Traceback" not in capsys.readouterr().err
