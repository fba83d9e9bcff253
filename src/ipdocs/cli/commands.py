"""Classes of commands, and of groups of commands, with plain help texts and reports of usage and system errors."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import partial
from io import StringIO
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from ipdocs.cli.output import CannotPrint, cannot_print, findings_of, print_lines, report
from ipdocs.findings import Finding, IpdocsError

UsageError = cast(type[typer.BadParameter], typer.BadParameter.__mro__[1])
"""The base class of all usage errors; its module differs between versions of typer."""

_TYPE_WORDS = {"<str>": "TEXT", "<file>": "FILE", "<dir>": "FOLDER", "<path>": "PATH"}
"""Words for the types of options in help texts, keyed by typer's name for the type."""
_PYTHON_TYPE = re.compile(r"<[\w\[\]| ]+>")


def _with_plain_types(name: str, *, is_option: bool) -> str:
    """Replace the Python type in the name of an option with a plain word, or remove it from the name of an argument."""
    return _PYTHON_TYPE.sub(lambda match: _TYPE_WORDS.get(match[0], "") if is_option else "", name).strip()


class Command(TyperCommand):
    """A command whose help names types in plain words."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options into the help text."""
        records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                kind = parameter.param_type_name
                records[kind].append((_with_plain_types(record[0], is_option=kind == "option"), record[1]))
        for heading, rows in zip(("Arguments", "Options"), records.values(), strict=True):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class Commands(TyperGroup):
    """A group of commands: ipdocs itself, or a command with subcommands."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands into the help text, under headings for their purposes."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            if not command.hidden:
                panels.setdefault(cast(TyperCommand, command).rich_help_panel or "Commands", []).append(
                    (name, command.get_short_help_str(limit=150))
                )
        width = max(len(name) for rows in panels.values() for name, _ in rows)
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and end the process with its exit code; without standalone mode, return its result."""
        as_json = "--json" in (sys.argv[1:] if args is None else args)
        run = partial(super().main, args, prog_name, complete_var, windows_expand_args=windows_expand_args, **extra)
        if not standalone_mode:
            return run(standalone_mode=False)
        try:
            code = run(standalone_mode=False)
        except UsageError as error:
            if as_json and _has_json(error):
                report([_usage_finding(error)], as_json=True)
            else:
                text = StringIO()
                error.show(file=text)
                print_lines(*text.getvalue().splitlines(), err=True)
            code = 2
        except BrokenPipeError:
            raise
        except (IpdocsError, OSError) as error:
            reported_error = _error_to_report(error)
            report(findings_of(reported_error), as_json=as_json and not isinstance(reported_error, CannotPrint))
            code = 1
        sys.exit(code or 0)


def _has_json(error: Any) -> bool:
    """Whether the command of a usage error has the option --json."""
    return error.ctx is not None and any("--json" in parameter.opts for parameter in error.ctx.command.params)


def _usage_finding(error: Any) -> Finding:
    """Return a usage error as a finding, for --json."""
    message = error.format_message().removesuffix(".")
    hint = f"run `{error.ctx.command_path} --help` to see the options"
    return Finding("usage-error", message[:1].lower() + message[1:], None, hint)


def _error_to_report(error: IpdocsError | OSError) -> IpdocsError | OSError:
    """Return the error to report: a write error without a file name is an error of standard output.

    Such an error occurs when typer prints help text, without the functions of this package.
    """
    from ipdocs.files.system_errors import WRITE_ERRORS

    return cannot_print(error) if isinstance(error, OSError) and error.errno in WRITE_ERRORS and error.filename is None else error
