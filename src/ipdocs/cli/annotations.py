"""Findings as GitHub workflow commands, which GitHub shows as annotations on the lines of a change."""

from __future__ import annotations

from pathlib import Path

from ipdocs.cli.visible import WHITE_SPACE, visible
from ipdocs.findings import Finding
from ipdocs.workspace import real_path


def annotation(finding: Finding, root: Path) -> str:
    """Return a finding as a workflow command; paths below the folder `root` become relative to it."""
    properties = {"title": finding.code}
    if location := finding.location:
        path = real_path(location.path)
        properties["file"] = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        if location.line and location.unit == "line":
            properties["line"] = str(location.line)
        if location.column:
            properties |= {"col": str(location.column), "endColumn": str(location.column + max(location.length, 1) - 1)}
    parameters = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    hint = f"hint: {finding.hint}" if finding.hint is not None else ""
    place = f"paragraph {location.line}: " if location and location.line and location.unit == "paragraph" else ""
    text = "\n".join(filter(None, (f"{place}{finding.message}", finding.summary_of_places, hint)))
    return f"::{finding.severity} {parameters}::{_escaped(text)}"


def _escaped(text: str, reserved: str = "") -> str:
    text = visible(text, keep=WHITE_SPACE)
    for character in "%\n" + reserved:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
