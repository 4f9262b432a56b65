"""The command as a person starts it, against the fake service over real sockets."""

import io
import sys
import threading
import time

import pytest
import uvicorn
from tests.client.fake import VIDEO, Fake

from songreel.cli import shell


@pytest.fixture
def served(tmp_path, monkeypatch):
    """A fake service on a port, and a home of its own for the client."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("NEMO_API_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID", "NEMO_WEB_URL", "SKILL_SOURCE"):
        monkeypatch.delenv(name, raising=False)
    fake = Fake(polls=0)
    server = uvicorn.Server(uvicorn.Config(fake, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    fake.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield fake
    server.should_exit = True
    thread.join()


def chat(fake, *given):
    return shell.run(["chat", "--api", fake.url, *given])


def test_words_of_a_command_are_a_whole_conversation(served, tmp_path, capsys):
    song = tmp_path / "a song.mp3"
    song.write_bytes(b"music")
    assert chat(served, str(song), "make a video", "add the title 'Urban Dreams'", "show tracks", "credits") == 0
    out, err = capsys.readouterr()
    assert err.startswith("Connecting...\nReady!\n")
    assert "Received song.mp3 (10 s).\nDone.\nDone.\n" in out
    assert '2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)' in out
    assert "70 credits available" in out
    assert not [secret for secret in served.tokens if secret in out + err]
    assert served.calls[-1].headers["x-skill-source"] == "songreel"


def test_a_pipe_is_a_message_a_line(served, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("make a video\n\n状态\n"))
    monkeypatch.setenv("NEMO_API_URL", served.url)
    monkeypatch.setenv("SKILL_SOURCE", "from-music")
    assert shell.run(["chat"]) == 0
    assert served.messages == ["make a video"]
    assert "Timeline (2 tracks)" in capsys.readouterr().out
    assert served.calls[-1].headers["x-skill-source"] == "from-music"


def test_a_stream_that_breaks_off_on_the_wire_counts_as_dropped(served, capsys, monkeypatch):
    monkeypatch.setattr("songreel.client.turns.FIRST_LOOK_S", 0.1)
    served.mode = "dropped"
    assert chat(served, "make a video") == 0
    assert "Timeline (2 tracks)" in capsys.readouterr().out
    assert served.messages == ["make a video"]


def test_it_goes_on_with_the_last_session(served, capsys):
    chat(served, "make a video")
    assert chat(served, "--resume", "show tracks") == 0
    assert len(served.sessions) == 1
    assert "Timeline (2 tracks)" in capsys.readouterr().out
    served.sessions.clear()
    assert chat(served, "--resume", "show tracks") == 0
    assert len(served.sessions) == 1


def test_an_export_is_a_file_in_the_folder(served, tmp_path, capsys):
    assert chat(served, "-o", str(tmp_path), "make a video", "export") == 0
    saved = capsys.readouterr().out.splitlines()[-1].removeprefix("Saved ")
    assert (tmp_path / saved).read_bytes() == VIDEO


def test_what_cannot_be_done_is_in_the_exit_code(served, capsys):
    assert chat(served, "export") == 1
    assert "no video to export" in capsys.readouterr().err
    assert chat(served, "-o", "nowhere", "export") == 2


def test_a_token_of_ones_own_is_used(served, capsys, monkeypatch):
    monkeypatch.setenv("NEMO_TOKEN", "nmv_usr_own")
    served.tokens["nmv_usr_own"] = "nobody"
    assert chat(served, "credits") == 0
    assert served.asked("anonymous-token") == []
    assert "nmv_usr_own" not in "".join(capsys.readouterr())


def typed(monkeypatch, *lines):
    """Type lines at the prompt; an exception is raised there."""
    waiting = iter([*lines, EOFError()])

    def answer(_prompt=""):
        line = next(waiting)
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(sys, "stdin", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})())


def test_a_conversation_ends_with_ctrl_d_or_ctrl_c(served, monkeypatch):
    typed(monkeypatch, "make a video", "")
    assert chat(served) == 0
    typed(monkeypatch, KeyboardInterrupt())
    assert chat(served) == 0
    assert served.messages == ["make a video"]


def test_an_offer_to_export_is_asked_about(served, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    served.says = "Click the Export button."
    typed(monkeypatch, "make a video", "n", "make it vertical", "")
    assert chat(served) == 0
    assert capsys.readouterr().out.count("Saved ") == 1
    assert len(served.renders) == 1
