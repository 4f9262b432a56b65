"""A conversation in a terminal, in a pipe, or of the words of one command."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress

from rich.console import Console
from rich.status import Status

from songreel.client import Blocking, Conversation, Said

PROMPT = "› "
_WORKING = "..."


class Chat:
    """Shows what a conversation says: its words on standard output, what passes on standard error."""

    def __init__(self, conversation: Conversation, wait: Blocking) -> None:
        self._conversation, self._wait = conversation, wait
        self._out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._aside = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def carry_out(self, lines: Iterable[str]) -> int:
        """Connect and say one line after another; returns 1 when one of them could not be done."""
        failed = self._show(self._conversation.connect())
        if failed:
            return 1
        for line in lines:
            if line.strip():
                failed = self._show(self._conversation.say(line)) or failed
        return int(failed)

    def converse(self) -> int:
        """Connect and talk until Ctrl-D or an empty Ctrl-C; Ctrl-C in an answer stops waiting for it."""
        with suppress(ImportError):
            import readline  # noqa: F401 - gives the prompt its editing and its history
        if self._show(self._conversation.connect()):
            return 1
        while (line := self._asked(PROMPT)) is not None:
            if line.strip():
                self._answered(line)
        self._aside.print()
        return 0

    def _answered(self, line: str) -> None:
        try:
            self._show(self._conversation.say(line))
        except KeyboardInterrupt:
            self._aside.print(self._wait(self._conversation.stop()).text)

    def _asked(self, prompt: str) -> str | None:
        """Return a line that is typed; None at the end."""
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt):
            return None

    def _show(self, said: AsyncIterator[Said]) -> bool:
        """Show what is said, and tell whether any of it could not be done."""
        failed = offered = False
        with self._aside.status(_WORKING) as status:
            for each in self._wait.each(said):
                failed = failed or each.kind == "error"
                offered = offered or each.kind == "offer"
                self._one(each, status)
        if offered and sys.stdin.isatty() and self._agreed():
            return self._show(self._conversation.say("export")) or failed
        return failed

    def _one(self, said: Said, status: Status) -> None:
        match said.kind:
            case "progress":
                status.update(f"{said.text} {said.share:.0%}" if said.share else said.text)
            case "notice" | "error":
                self._aside.print(said.text)
            case _:
                self._out.print(said.text)

    def _agreed(self) -> bool:
        answer = self._asked("Export now? [Y/n] ")
        return answer is not None and answer.strip().lower() in ("", "y", "yes", "好", "是")
