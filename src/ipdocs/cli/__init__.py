"""The command line: one file a command, thin; findings in, exit codes out."""

from __future__ import annotations

import gc
from typing import Annotated, NoReturn

import typer

from ipdocs.cli import catalog, memory
from ipdocs.cli.actions import actions
from ipdocs.cli.build import build
from ipdocs.cli.check import check
from ipdocs.cli.commands import Commands
from ipdocs.cli.confirm import confirm
from ipdocs.cli.convert import convert
from ipdocs.cli.doctor import doctor
from ipdocs.cli.export import export
from ipdocs.cli.format import format_
from ipdocs.cli.import_ import import_
from ipdocs.cli.machine import machine
from ipdocs.cli.new import new
from ipdocs.cli.output import print_lines
from ipdocs.cli.pack import pack
from ipdocs.cli.process import run
from ipdocs.cli.redline import redline
from ipdocs.cli.review import review
from ipdocs.cli.schema import schema
from ipdocs.cli.status import status
from ipdocs.cli.translate import translate
from ipdocs.cli.verify import verify

app = typer.Typer(
    name="ipdocs",
    cls=Commands,
    help="Official documents in English, Traditional and Simplified Chinese, as Word and PDF, from one source.",
    epilog=(
        "Exit codes: 0 clean, 1 findings, 2 usage error, 70 internal error, 128+n ended by signal n. "
        "IPDOCS_TRACEBACK=1 shows where an internal error happened."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command()(build)
app.command()(check)
app.command()(verify)
app.command()(review)
app.command("format")(format_)
app.command()(new)
app.command()(pack)
app.command()(actions)
app.command()(schema)
app.command()(convert)
app.add_typer(catalog.app, name="catalog")
app.command()(export)
app.command("import")(import_)
app.command()(redline)
app.command()(machine)
app.command()(translate)
app.command()(status)
app.command()(confirm)
app.add_typer(memory.app, name="memory")
app.command()(doctor)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print_lines(f"ipdocs {version('ipdocs')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    pass


def main() -> NoReturn:
    """Run the command line and end the process with its exit code.

    Most of what a command makes lives to its end: looking for garbage among it would take a fifth of a short one's time.
    """
    gc.set_threshold(500_000)
    try:
        run(app)
    finally:
        gc.freeze()
