"""The severity of each check in a workspace, read from checks.yaml at its root."""

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


def severities(workspace: Workspace, defaults: Mapping[str, RuleSeverity]) -> dict[str, RuleSeverity]:
    """Return the severity of every check, keyed by code: the default, or the severity in checks.yaml.

    Raises:
        IpdocsError: checks.yaml is not a mapping of known checks to severities.
    """
    path = workspace.root / FILE if workspace.root else None
    if path is None or not path.is_file():
        return dict(defaults)
    content = read_yaml(path) or {}
    if not isinstance(content, dict):
        raise IpdocsError(
            [
                Finding(
                    "bad-data",
                    f"{FILE} is not a mapping of checks to severities",
                    Location(path, 1, 1),
                    "write one check on each line, such as `doubled-word: warning`",
                )
            ]
        )
    raise_errors(_settings_findings(content, defaults, path))
    return {**defaults, **content}


def _settings_findings(content: Mapping[str, object], defaults: Mapping[str, RuleSeverity], path: Path) -> Iterator[Finding]:
    for code, severity in content.items():
        if code not in defaults:
            close = nearest(str(code), defaults)
            hint = f"did you mean {close}?" if close else "list the checks with `ipdocs check --list`"
            yield Finding("unknown-check", f"there is no check '{code}'", locate(path, [code]), hint)
        elif severity not in CHOICES:
            message = f"{code}: '{severity!s:.60}' is not {', '.join(CHOICES[:-1])} or {CHOICES[-1]}"
            yield Finding("bad-value", message, locate(path, [code]), f"write `{code}: warning`")
