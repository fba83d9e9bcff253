"""Findings and results on the terminal: for a person, or as JSON for a tool."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer

from ipdocs.findings import Finding, IpdocsError, Location


def near(path: Path) -> Path:
    """Return a path as seen from the current folder where that is shorter."""
    try:
        seen = Path(os.path.relpath(path))
    except ValueError:
        return path
    return seen if len(str(seen)) < len(str(path)) else path


def report(findings: Iterable[Finding], *, as_json: bool = False, **results: Any) -> None:
    """Print findings to standard error, or with results as one JSON object to standard output."""
    found = list(findings)
    if as_json:
        typer.echo(json.dumps({**results, "findings": [finding.as_dict() for finding in found]}, ensure_ascii=False, indent=2))
        return
    if found:
        _show(found)
    errors = sum(finding.severity == "error" for finding in found)
    if found:
        warnings = len(found) - errors
        parts = [
            f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((errors, "error"), (warnings, "warning")) if count
        ]
        typer.echo(", ".join(parts), err=True)


def _show(findings: list[Finding]) -> None:
    """Print findings for a person, in colour on a terminal that has them."""
    from rich.console import Console

    from ipdocs.cli.excerpts import marked

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for finding in findings:
        place = finding.location
        seen = Location(near(place.path), place.line, place.column) if place else None
        console.print(marked(finding, str(seen or "")))


@contextmanager
def findings_reported(as_json: bool = False) -> Iterator[None]:
    """Turn an IpdocsError into a report and exit code 1."""
    try:
        yield
    except IpdocsError as error:
        report(error.findings, as_json=as_json)
        raise typer.Exit(1) from None


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the step at hand on a line of its own that is cleared in the end, on a terminal only."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda step: None
        return
    try:
        yield lambda step: typer.echo(f"\r\x1b[K{step} …", err=True, nl=False)
    finally:
        typer.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def closing(stream: TextIO) -> Iterator[None]:
    """End quietly when the reader of our output has gone, as after `| head`."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise SystemExit(1) from None
