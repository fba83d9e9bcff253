"""ipdocs memory: fill and search the translation memory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.commands import Command, Commands
from ipdocs.cli.output import display_path, findings_reported, print_lines, progress, report
from ipdocs.cli.user import cache_folder, checked_text, today, user_name

app = typer.Typer(
    cls=Commands, help="Fill and search the translation memory of a workspace.", no_args_is_help=True, rich_markup_mode=None
)

WorkspaceFolder = Annotated[
    Path,
    typer.Option("--workspace", help="The workspace: the folder that has templates/ or locales/.", exists=True, file_okay=False),
]


@app.command(cls=Command)
def add(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE", help="Source files of documents whose translations are approved.", exists=True, dir_okay=False
        ),
    ],
    by: Annotated[str, typer.Option(help="Name of the person who approved them. Default: your user name.")] = "",
) -> None:
    """Add the translations of documents to the memory; restricted texts and drafts are left out."""
    from ipdocs.source.open import open_source
    from ipdocs.translation.memory.workspace_memory import add_to_memory

    with findings_reported():
        for source in sources:
            result = add_to_memory(open_source(source, draft=True), by=user_name(by), on=today())
            print_lines(
                f"{display_path(result.path)}: {result.new} new, {result.changed} changed, {result.unchanged} unchanged, "
                f"{result.removed} removed"
            )


@app.command("import", cls=Command)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A TMX file.", exists=True, dir_okay=False)],
    approved: Annotated[
        bool,
        typer.Option(
            "--approved",
            help="Mark its translations as approved. Default: the states in the file; translations without a state are drafts.",
        ),
    ] = False,
    from_: Annotated[
        str, typer.Option("--from", help="Source language of texts whose language the file does not state, or not clearly.")
    ] = "",
    to: Annotated[str, typer.Option(help="Target language of such texts.")] = "",
    workspace: WorkspaceFolder = Path(),
) -> None:
    """Import a TMX file into the memory; an earlier import from a file of the same name is replaced."""
    from ipdocs.locale.language import written_language
    from ipdocs.translation.memory.store import import_tmx
    from ipdocs.workspace import Workspace

    memory_workspace = Workspace(workspace.resolve())
    with findings_reported():
        assumed = [written_language(name, memory_workspace).code for name in (from_, to) if name]
        path, count, summary = import_tmx(file, memory_workspace, "approved" if approved else None, assumed)
    print_lines(f"{display_path(path)}: {count} units")
    if summary.draft_units and not approved:
        hint = "if people have approved them, import the file again with --approved"
        print_lines(f"{summary.draft_units} in the state draft, used only by `ipdocs translate --drafts`; {hint}", err=True)
    if summary.empty_units:
        print_lines(f"{summary.empty_units} left out: a text is empty or too long", err=True)
    if summary.note_count:
        print_lines(f"{summary.note_count} notes left out", err=True)
    if summary.skipped_units:
        print_lines(
            f"{summary.skipped_units} left out: not in two languages in which this workspace is written "
            f"(the file has {', '.join(tag or 'texts without a language' for tag in sorted(summary.tags))}); "
            "if it does not name the languages clearly, name them with --from and --to",
            err=True,
        )


@app.command(cls=Command)
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TMX file to write.", dir_okay=False)],
    workspace: WorkspaceFolder = Path(),
) -> None:
    """Write the whole memory to one TMX file."""
    from ipdocs.translation.memory.store import export_tmx
    from ipdocs.workspace import Workspace

    with findings_reported():
        print_lines(f"{display_path(file)}: {export_tmx(file, Workspace(workspace.resolve()))} units")


@app.command(cls=Command)
def search(
    query: Annotated[str, typer.Argument(metavar="TEXT", help="Words to search for, in any language.")],
    workspace: WorkspaceFolder = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Show translations that contain the words, then similar translations."""
    from ipdocs.source.template_text import template_source
    from ipdocs.translation.memory.search import search as search_index
    from ipdocs.translation.memory.segments import memory_languages
    from ipdocs.translation.memory.workspace_memory import open_memory
    from ipdocs.workspace import Workspace

    searched_workspace = Workspace(workspace.resolve())
    with findings_reported(json), progress() as on_progress:
        words = checked_text(query, "the text to search for")
        index = open_memory(searched_workspace, cache_folder(), on_progress)
        matches = search_index(index, words, memory_languages(searched_workspace))
        index.close()
    if json:
        units = [
            {"percent": percent, "document": unit.document, "place": unit.place, "origin": unit.origin, "state": unit.state}
            | {code: template_source(text) for code, text in unit.texts.items()}
            for percent, unit in matches
        ]
        report([], as_json=True, units=units)
        return
    for percent, unit in matches:
        print_lines(f"{unit.name or unit.origin} ({unit.state}{f', {percent} %' if percent < 100 else ''})")
        for code, text in unit.texts.items():
            print_lines(f"  {code}  {template_source(text)}")
    if not matches:
        print_lines("no similar text")


@app.command(cls=Command)
def stats(workspace: WorkspaceFolder = Path()) -> None:
    """Count the units of the memory by origin and state."""
    from ipdocs.translation.memory.workspace_memory import open_memory
    from ipdocs.workspace import Workspace

    with findings_reported(), progress() as on_progress:
        index = open_memory(Workspace(workspace.resolve()), cache_folder(), on_progress)
        for (origin, state), count in sorted(index.counts().items()):
            print_lines(f"{count:>9,}  {origin}, {state}")
        index.close()
