"""ipdocs pack: make the documents of a meeting from the source of its minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.build import FORMATS, bilingual_editions, check_layout, parse_names, split_list
from ipdocs.cli.output import display_path, findings_reported, print_lines, progress, report


def pack(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Source file of the minutes.", exists=True, dir_okay=False)],
    lang: Annotated[
        str,
        typer.Option(
            help="Editions in one language, such as en,tc,sc: one pack each. Default: all, unless --bilingual is given."
        ),
    ] = "",
    bilingual: Annotated[
        str, typer.Option(help="Editions with several languages in one pack, such as en+tc or en+tc,en+sc.")
    ] = "",
    layout: Annotated[
        str, typer.Option(help="Arrangement of the languages in one file: parallel (side by side), stacked or sequential.")
    ] = "parallel",
    format: Annotated[str, typer.Option(help="Formats of each document: docx, pdf, html, txt.")] = "docx,pdf",  # noqa: A002 - the option's name
    out: Annotated[Path, typer.Option(help="Folder for the results.", file_okay=False)] = Path("out"),
    public: Annotated[
        bool, typer.Option("--public", help="Make the public version: leave out restricted parts, with a note in their place.")
    ] = False,
    item: Annotated[str, typer.Option(help="Make an extract instead: only the item with this number or id.")] = "",
    attach_source: Annotated[bool, typer.Option("--attach-source", help="Attach the source file to the bound PDF.")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Make the pack even if texts are missing: gaps show as ⟦…⟧.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print results and findings as JSON.")] = False,
) -> None:
    """Make all documents of a meeting: agenda, minutes, decisions, actions, attendance, annexes, and one bound PDF."""
    from shutil import which

    from ipdocs.minutes.pack import extract_item, make_pack
    from ipdocs.pipeline.executors.forked import choose_executor
    from ipdocs.pipeline.request import BuildRequest

    if item and attach_source:
        raise typer.BadParameter(
            "the source cannot be attached to an extract; omit --attach-source", param_hint="--attach-source"
        )
    formats = parse_names(format, FORMATS, "--format")
    check_layout(layout)
    request = BuildRequest(
        editions=(*split_list(lang), *bilingual_editions(bilingual)),
        layout=layout,  # type: ignore[arg-type]
        formats=formats,
        draft=draft,
        attach_source=attach_source,
    )
    with findings_reported(json), progress() as on_progress:
        if item:
            result = extract_item(source, out, item, request, public=public)
        else:
            result = make_pack(
                source, out, request, public=public, soffice=which("soffice"), executor=choose_executor(), on_progress=on_progress
            )
    if json:
        report(result.findings, as_json=True, outputs=[{"path": str(path)} for path in result.files])
        return
    report(result.findings)
    for path in result.files:
        print_lines(display_path(path))
