"""What a writer gives back."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.findings import Finding


@dataclass(frozen=True, slots=True)
class Written:
    """A file's bytes, what the writer found while it made them, and how many pages it has where the writer knows."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    pages: int | None = None
