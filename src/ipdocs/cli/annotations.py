"""Findings as workflow commands, which GitHub shows as annotations beside the lines of a change."""

from __future__ import annotations

from pathlib import Path

from ipdocs.cli.visible import TEXT, visible
from ipdocs.findings import Finding
from ipdocs.workspace import real_path


def annotation(finding: Finding, root: Path) -> str:
    """Return a finding as a workflow command, with its path relative to root."""
    properties = {"title": finding.code}
    if place := finding.location:
        path = real_path(place.path)
        properties["file"] = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        if place.line:
            properties["line"] = str(place.line)
        if place.column:
            properties |= {"col": str(place.column), "endColumn": str(place.column + max(place.length, 1) - 1)}
    parameters = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    text = finding.message if finding.hint is None else f"{finding.message}\nhint: {finding.hint}"
    return f"::{finding.severity} {parameters}::{_escaped(text)}"


def _escaped(text: str, reserved: str = "") -> str:
    text = visible(text, keep=TEXT)
    for character in "%\n" + reserved:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
