"""ipdocs pack: everything for a meeting, from one source of minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.build import FORMATS, LAYOUTS, joined, listed, named
from ipdocs.cli.output import findings_reported, near, print_lines, progress, report


def pack(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The minutes to make a pack of.", exists=True, dir_okay=False)],
    lang: Annotated[
        str, typer.Option(help="Languages, one pack each: en,tc,sc. Without it and --bilingual: every language.")
    ] = "",
    bilingual: Annotated[str, typer.Option(help="Languages in one pack: en+tc; several with commas.")] = "",
    layout: Annotated[str, typer.Option(help="How --bilingual sets them: parallel, stacked or sequential.")] = "parallel",
    format: Annotated[str, typer.Option(help="What to write of each document: docx,pdf.")] = "docx,pdf",  # noqa: A002 - the option's name
    out: Annotated[Path, typer.Option(help="The folder for the results.", file_okay=False)] = Path("out"),
    public: Annotated[bool, typer.Option("--public", help="Leave out what is restricted, and say so in its place.")] = False,
    item: Annotated[str, typer.Option(help="An extract instead: one item, by its number or id.")] = "",
    attach_source: Annotated[bool, typer.Option("--attach-source", help="Attach the source to the bound PDF.")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Make it in spite of gaps; they show as ⟦…⟧.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print results and findings as JSON.")] = False,
) -> None:
    """Make the whole pack of a meeting: agenda, minutes, decisions, actions, attendance and annexes, and one bound PDF."""
    from shutil import which

    from ipdocs.minutes.pack import extract_item, make_pack
    from ipdocs.pipeline.executors.forked import executor
    from ipdocs.pipeline.request import BuildRequest

    if item and attach_source:
        raise typer.BadParameter("an extract cannot carry the source of the whole", param_hint="--attach-source")
    formats = named(format, FORMATS, "--format")
    named(layout, LAYOUTS, "--layout")
    request = BuildRequest(
        editions=(*listed(lang), *joined(bilingual)),
        layout=layout,  # type: ignore[arg-type]
        formats=formats,
        draft=draft,
        attach_source=attach_source,
    )
    with findings_reported(json), progress() as told:
        if item:
            made = extract_item(source, out, item, request, public=public)
        else:
            made = make_pack(source, out, request, public=public, soffice=which("soffice"), executor=executor(), on_progress=told)
    if json:
        report(made.findings, as_json=True, outputs=[{"path": str(path)} for path in made.files])
        return
    report(made.findings)
    for path in made.files:
        print_lines(near(path))
