"""The chat in a terminal of its own: what Ctrl-C and Ctrl-D do while something goes on."""

import os
import pty
import select
import signal
import sys
import threading
import time

import pytest
import uvicorn
from tests.client.fake import Fake

PATIENCE_S = 120
PROMPT = "› "


class Terminal:
    """A process in a terminal: what is typed, and what it shows."""

    def __init__(self, folder, *arguments):
        self.shown = b""
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            environment = {**os.environ, "HOME": str(folder), "TERM": "xterm"}
            os.execve(sys.executable, [sys.executable, "-m", "songreel", *arguments], environment)

    def type(self, text):
        self.until(PROMPT)
        self.control(text)

    def control(self, text):
        os.write(self._end, text.encode())

    def until(self, text):
        deadline = time.monotonic() + PATIENCE_S
        while text.encode() not in self.shown:
            assert time.monotonic() < deadline, (text, self.shown)
            if select.select([self._end], [], [], 0.2)[0]:
                self.shown += os.read(self._end, 4096)
        self.shown = self.shown.partition(text.encode())[2]

    def ended(self):
        deadline = time.monotonic() + PATIENCE_S
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.05)


def eventually(true):
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def served():
    fake = Fake(polls=10_000)
    server = uvicorn.Server(uvicorn.Config(fake, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    fake.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield fake
    server.should_exit = server.force_exit = True
    thread.join()


# Only a thread that waits on a socket runs beside the fork, and the child starts another program at once.
@pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
def test_stopping_an_answer_an_export_and_the_conversation(served, tmp_path):
    terminal = Terminal(tmp_path, "chat", "--api", served.url)
    terminal.type("make a video\n")
    terminal.until("Done.")
    served.mode = "stuck"
    terminal.type("make it darker\n")
    eventually(lambda: len(served.messages) == 2)
    terminal.control("\x03")
    terminal.until("the work goes on")
    terminal.type("export\n")
    terminal.until("Exporting")
    eventually(lambda: served.renders)
    terminal.control("\x03")
    terminal.until("The export is cancelled.")
    assert [render["status"] for render in served.renders.values()] == ["cancelled"]
    assert served.messages == ["make a video", "make it darker"]
    terminal.type("\x04")
    assert terminal.ended() == 0
