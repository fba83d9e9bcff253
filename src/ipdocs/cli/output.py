"""The output of commands: text without terminal control codes, JSON, findings and progress.

If standard output cannot be written, printing raises CannotPrint, or BrokenPipeError if the reader has closed the pipe.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from ipdocs.cli.visible import WHITE_SPACE, escape_json, visible
from ipdocs.findings import Finding, IpdocsError, Location

if TYPE_CHECKING:
    from ipdocs.files.ledger import LeftOut


def display_path(path: Path) -> Path:
    """Return a path for people to read: relative to the current folder if that is shorter."""
    try:
        relative = Path(os.path.relpath(path))
    except (ValueError, OSError):
        return path
    return relative if len(str(relative)) < len(str(path)) else path


def print_lines(*lines: object, err: bool = False) -> None:
    """Print lines to standard output or standard error; control characters are shown as code points."""
    _print("".join(f"{visible(str(line))}\n" for line in lines), err=err)


def print_json(value: Any) -> None:
    """Print a value as JSON to standard output."""
    _print(escape_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def print_data(data: bytes) -> None:
    """Print UTF-8 text, unchanged to a file or pipe; on a terminal, control characters are shown as code points."""
    stream = sys.stdout
    if stream and stream.isatty():
        text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        _print(visible(text, keep=WHITE_SPACE))
    elif stream:
        with _write_errors_reported(stream):
            stream.flush()
            stream.buffer.write(data)
            stream.buffer.flush()


def _print(text: str, *, err: bool = False) -> None:
    stream = sys.stderr if err else sys.stdout
    if stream:
        with _write_errors_reported(stream):
            stream.write(text)
            stream.flush()


@contextmanager
def _write_errors_reported(stream: TextIO) -> Iterator[None]:
    """Turn an error of standard output into a finding; ignore errors of standard error, which cannot be shown.

    Raises:
        BrokenPipeError: the reader of standard output has closed it.
        CannotPrint: standard output cannot be written.
    """
    try:
        yield
    except OSError as error:
        discard_output(stream)
        if stream is sys.stderr:
            return
        if isinstance(error, BrokenPipeError):
            raise
        raise cannot_print(error) from error


class CannotPrint(IpdocsError):
    """Standard output cannot be written, so even with --json the finding is reported on standard error."""


def cannot_print(error: OSError) -> CannotPrint:
    """Return the error to raise if standard output cannot be written."""
    message = f"standard output cannot be written: {error.strerror}"
    return CannotPrint([Finding("cannot-write", message, None, "redirect the output to a disk with free space")])


def discard_output(stream: TextIO) -> None:
    """Discard all further output to a stream, for example because its disk is full."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def report(findings: Iterable[Finding], *, as_json: bool = False, **results: Any) -> None:
    """Print findings to standard error, or findings and results as one JSON object to standard output."""
    findings = list(findings)
    if as_json:
        print_json({**results, "findings": [finding.as_dict() for finding in findings]})
        return
    if findings:
        _print_findings(findings)
        error_count = sum(finding.severity == "error" for finding in findings)
        counts = ((error_count, "error"), (len(findings) - error_count, "warning"))
        print_lines(", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count), err=True)


def left_out_as_dict(place: Location, entry: LeftOut) -> dict[str, Any]:
    """Return a text that was left out as plain data for --json."""
    return {"path": str(place.path), "line": place.line, "unit": place.unit, "text": entry.text, "reason": entry.description}


def _print_findings(findings: list[Finding]) -> None:
    """Print findings with their excerpts to standard error, in colour if the terminal supports it."""
    from rich.console import Console

    from ipdocs.cli.excerpts import styled_finding

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    with _write_errors_reported(sys.stderr):
        for finding in findings:
            location = finding.location
            display_location = replace(location, path=display_path(location.path)) if location else None
            console.print(styled_finding(finding, str(display_location or "")))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table that is as wide as the terminal, or 160 columns wide in a file or pipe."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings, box=None, header_style="bold")
    for row in rows:
        table.add_row(*map(visible, row))
    with _write_errors_reported(sys.stdout):
        Console(width=None if Console().is_terminal else 160, highlight=False).print(table)


@contextmanager
def findings_reported(as_json: bool = False) -> Iterator[None]:
    """Report an IpdocsError or a system error in the block as findings, and exit with code 1."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (IpdocsError, OSError) as error:
        report(findings_of(error), as_json=as_json and not isinstance(error, CannotPrint))
        raise typer.Exit(1) from None


def findings_of(error: IpdocsError | OSError) -> tuple[Finding, ...]:
    """Return the findings of an error."""
    from ipdocs.files.system_errors import system_error

    return error.findings if isinstance(error, IpdocsError) else system_error(error).findings


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the current step on a terminal, in a line that is cleared at the end."""
    if not sys.stderr or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda step: None
        return
    try:
        yield lambda step: _print(f"\r\x1b[K{visible(step)} …", err=True)
    finally:
        _print("\r\x1b[K", err=True)
