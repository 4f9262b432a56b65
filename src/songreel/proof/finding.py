"""One thing that was looked at, and the document in which all of them are kept."""

from __future__ import annotations

from typing import ClassVar

from songreel.model.document import Document, Record


class Finding(Record):
    """What was measured, in words with units, and what was wanted; ``note`` says more where there is more to say."""

    name: str
    ok: bool
    measured: str
    wanted: str = ""
    note: str = ""


class Proof(Document):
    """All findings on one video. ``not_judged`` says what could not be held against anything, and why.

    ``flashes`` are the frames, from the first up to but not including the second, that take part in too many flashes.
    """

    schema_name: ClassVar[str] = "songreel.proof"
    revision: ClassVar[int] = 1

    video: str
    passed: bool
    findings: tuple[Finding, ...]
    not_judged: tuple[str, ...] = ()
    flashes: tuple[tuple[int, int], ...] = ()
    summary: str

    def line(self) -> str:
        """Return the proof in one line for a person."""
        if self.passed:
            return f"Proof: {self.summary}"
        wrong = "; ".join(_complaint(finding) for finding in self.findings if not finding.ok)
        return f"Proof failed: {wrong}. Otherwise: {self.summary}"

    def finding(self, name: str) -> Finding | None:
        """Return the finding of a name; None when that was not judged."""
        return next((finding for finding in self.findings if finding.name == name), None)


def _complaint(finding: Finding) -> str:
    wanted = f" (wanted {finding.wanted})" if finding.wanted else ""
    return f"{finding.name} {finding.measured}{wanted}"
