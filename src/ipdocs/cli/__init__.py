"""The command line of ipdocs, with one file for each command."""

from __future__ import annotations

import gc
from functools import partial
from typing import Annotated, NoReturn

import typer

from ipdocs.cli import (
    actions,
    build,
    catalog,
    check,
    confirm,
    convert,
    desk,
    doctor,
    export,
    import_,
    machine,
    memory,
    new,
    pack,
    redline,
    review,
    schema,
    status,
    translate,
    verify,
)
from ipdocs.cli.commands import Command, Commands
from ipdocs.cli.format import format_
from ipdocs.cli.output import print_lines
from ipdocs.cli.process import run

app = typer.Typer(
    name="ipdocs",
    cls=Commands,
    help=(
        "Make official documents in English, Traditional and Simplified Chinese, as Word and PDF, from one source file. "
        "`ipdocs COMMAND --help` explains a command and its options."
    ),
    epilog=(
        "Exit codes: 0 success, 1 findings, 2 usage error, 70 internal error, 128+n ended by signal n. "
        "Set IPDOCS_TRACEBACK=1 to see where an internal error happened."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

WRITE = "Write and build"
APPROVE = "Check and approve"
TRANSLATE = "Translate"
SET_UP = "Set up a workspace"

command = partial(app.command, cls=Command)

command(rich_help_panel=WRITE)(desk.desk)
command(rich_help_panel=WRITE)(new.new)
command(rich_help_panel=WRITE)(build.build)
command(rich_help_panel=WRITE)(pack.pack)
command(rich_help_panel=WRITE)(actions.actions)
command("format", rich_help_panel=WRITE)(format_)
command(rich_help_panel=APPROVE)(check.check)
command(rich_help_panel=APPROVE)(verify.verify)
command(rich_help_panel=APPROVE)(review.review)
command(rich_help_panel=APPROVE)(redline.redline)
command(rich_help_panel=TRANSLATE)(translate.translate)
command(rich_help_panel=TRANSLATE)(export.export)
command("import", rich_help_panel=TRANSLATE)(import_.import_)
command(rich_help_panel=TRANSLATE)(status.status)
command(rich_help_panel=TRANSLATE)(confirm.confirm)
app.add_typer(memory.app, name="memory", rich_help_panel=TRANSLATE)
command(rich_help_panel=TRANSLATE)(convert.convert)
command(hidden=True)(machine.machine)
command(rich_help_panel=SET_UP)(doctor.doctor)
command(rich_help_panel=SET_UP)(schema.schema)
app.add_typer(catalog.app, name="catalog", rich_help_panel=SET_UP)


def _print_version(requested: bool) -> None:
    if requested:
        from importlib.metadata import version

        print_lines(f"ipdocs {version('ipdocs')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    # Most objects live until the command ends. Garbage collection, also at exit, would take a fifth of a short command.
    gc.set_threshold(500_000)
    try:
        run(app)
    finally:
        gc.freeze()
