"""ipdocs memory: what the translation memory knows, and what goes into it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, progress, report
from ipdocs.cli.user import cache_folder, today, typed, user_name

app = typer.Typer(help="Keep the translation memory of a workspace.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[
    Path, typer.Option("--workspace", help="The workspace: a folder with templates/ or locales/.", exists=True, file_okay=False)
]


@app.command()
def add(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE...", help="Documents whose translations are approved.", exists=True, dir_okay=False),
    ],
    by: Annotated[str, typer.Option(help="Who approved them; without it, who is logged in.")] = "",
) -> None:
    """Take the translations of documents into the memory of their workspace; only what is open, and no draft."""
    from ipdocs.source.open import open_source
    from ipdocs.translation.memory.workspace_memory import add_to_memory as add_source

    with findings_reported():
        for source in sources:
            kept = add_source(open_source(source, draft=True), by=user_name(by), on=today())
            print_lines(
                f"{near(kept.path)}: {kept.new} new, {kept.changed} changed, {kept.unchanged} as before, {kept.removed} gone"
            )


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A TMX file.", exists=True, dir_okay=False)],
    approved: Annotated[
        bool, typer.Option("--approved", help="Its translations are approved; without it they are drafts unless it says so.")
    ] = False,
    workspace: Folder = Path(),
) -> None:
    """Take a TMX file into the memory, in place of what was imported under its name before."""
    from ipdocs.translation.memory.store import import_tmx
    from ipdocs.workspace import Workspace

    with findings_reported():
        path, taken, read = import_tmx(file, Workspace(workspace.resolve()), "approved" if approved else None)
    print_lines(f"{near(path)}: {taken} units")
    if read.skipped_units:
        print_lines(
            f"{read.skipped_units} left out: not in two languages of this workspace (it has {', '.join(sorted(read.tags))})",
            err=True,
        )


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The TMX file to write.", dir_okay=False)],
    workspace: Folder = Path(),
) -> None:
    """Write the whole memory into one TMX file."""
    from ipdocs.translation.memory.store import export_tmx
    from ipdocs.workspace import Workspace

    with findings_reported():
        print_lines(f"{near(file)}: {export_tmx(file, Workspace(workspace.resolve()))} units")


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words to look for, in any language.")],
    workspace: Folder = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print what is found as JSON.")] = False,
) -> None:
    """Show translations whose text contains the words, then those that are similar."""
    from ipdocs.source.template_text import template_source
    from ipdocs.translation.memory.search import search as search_index
    from ipdocs.translation.memory.segments import memory_languages
    from ipdocs.translation.memory.workspace_memory import open_memory
    from ipdocs.workspace import Workspace

    place = Workspace(workspace.resolve())
    with findings_reported(json), progress() as on_progress:
        words = typed(text, "the text to search for")
        index = open_memory(place, cache_folder(), on_progress)
        found = search_index(index, words, memory_languages(place))
        index.close()
    if json:
        units = [
            {"percent": percent, "document": unit.document, "place": unit.place, "origin": unit.origin, "state": unit.state}
            | {short: template_source(said) for short, said in unit.texts.items()}
            for percent, unit in found
        ]
        report([], as_json=True, units=units)
        return
    for percent, unit in found:
        print_lines(f"{unit.name or unit.origin} ({unit.state}{f', {percent} %' if percent < 100 else ''})")
        for short, said in unit.texts.items():
            print_lines(f"  {short}  {template_source(said)}")
    if not found:
        print_lines("nothing is like it")


@app.command()
def stats(workspace: Folder = Path()) -> None:
    """Show how many units the memory has, by where they come from and whether they are approved."""
    from ipdocs.translation.memory.workspace_memory import open_memory
    from ipdocs.workspace import Workspace

    with findings_reported(), progress() as on_progress:
        index = open_memory(Workspace(workspace.resolve()), cache_folder(), on_progress)
        for (origin, state), count in sorted(index.counts().items()):
            print_lines(f"{count:>9,}  {origin}, {state}")
        index.close()
