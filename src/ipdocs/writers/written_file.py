"""The result of a writer."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.findings import Finding


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The bytes of a file, the writer's findings, and the number of pages, or None if it is unknown."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    page_count: int | None = None
