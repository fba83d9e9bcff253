"""Which checks a workspace makes, and how much each weighs: checks.yaml at its root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from ipdocs.files.yaml import locate, read_yaml
from ipdocs.findings import Finding, IpdocsError, Location, nearest, raise_errors
from ipdocs.workspace import Workspace

FILE = "checks.yaml"
CHOICES = ("off", "warning", "error")
RuleSeverity: TypeAlias = Literal["off", "warning", "error"]


def severities(workspace: Workspace, usual: Mapping[str, RuleSeverity]) -> dict[str, RuleSeverity]:
    """Return the weight of every check by its code: the usual one, or what the workspace's checks.yaml says."""
    path = workspace.root / FILE if workspace.root else None
    if path is None or not path.is_file():
        return dict(usual)
    written = read_yaml(path) or {}
    if not isinstance(written, dict):
        raise IpdocsError(
            [Finding("bad-data", f"{FILE} is a mapping of checks", Location(path, 1, 1), "for example: doubled-word: warning")]
        )
    raise_errors(_problems(written, usual, path))
    return {**usual, **written}


def _problems(written: Mapping[str, object], usual: Mapping[str, RuleSeverity], path: Path) -> Iterator[Finding]:
    for code, weight in written.items():
        if code not in usual:
            close = nearest(str(code), usual)
            hint = f"did you mean {close}?" if close else "`ipdocs check --list` shows them"
            yield Finding("unknown-check", f"there is no check '{code}'", locate(path, [code]), hint)
        elif weight not in CHOICES:
            message = f"{code}: '{weight!s:.60}' is not {', '.join(CHOICES[:-1])} or {CHOICES[-1]}"
            yield Finding("bad-value", message, locate(path, [code]), f"write `{code}: warning`")
