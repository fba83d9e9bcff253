"""ipdocs build: make files from sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines, progress, report

if TYPE_CHECKING:
    from ipdocs.findings import Finding

FORMATS = ("docx", "pdf", "html", "txt")
LAYOUTS = ("parallel", "stacked", "sequential")


def build(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE", help="Source files of the documents to build.", exists=True, dir_okay=False),
    ],
    lang: Annotated[
        str,
        typer.Option(
            help="Editions in one language, such as en,tc,sc: one file each. Default: all, unless --bilingual is given."
        ),
    ] = "",
    bilingual: Annotated[
        str, typer.Option(help="Editions with several languages in one file, such as en+tc or en+tc,en+sc.")
    ] = "",
    layout: Annotated[
        str, typer.Option(help="Arrangement of the languages in one file: parallel (side by side), stacked or sequential.")
    ] = "parallel",
    format: Annotated[str, typer.Option(help="Formats to write: docx, pdf, html, txt.")] = "docx,pdf",  # noqa: A002 - the option's name
    out: Annotated[Path, typer.Option(help="Folder for the results.", file_okay=False)] = Path("out"),
    draft: Annotated[
        bool,
        typer.Option("--draft", help="Build even if texts are missing: gaps show as ⟦…⟧, and every page is marked as a draft."),
    ] = False,
    letterhead: Annotated[
        Path | None,
        typer.Option(help="Word file whose header, footer, page size and styles are used.", exists=True, dir_okay=False),
    ] = None,
    attach_source: Annotated[bool, typer.Option("--attach-source", help="Attach the source file to each PDF.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify/--no-verify", help="Read each finished file again and compare it with the source.")
    ] = True,
    atomic: Annotated[
        bool, typer.Option("--atomic", help="Write all files at the end, or none if a document cannot be built.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print results and findings as JSON.")] = False,
) -> None:
    """Build documents as Word, PDF, web page or plain text."""
    from ipdocs.pipeline.build import IncompleteBuild
    from ipdocs.pipeline.build import build as build_documents
    from ipdocs.pipeline.executors.forked import choose_executor
    from ipdocs.pipeline.request import BuildRequest

    formats = parse_names(format, FORMATS, "--format")
    if letterhead and "docx" not in formats:
        raise typer.BadParameter(
            "only Word files have a letterhead: add docx to --format, or omit --letterhead", param_hint="--letterhead"
        )
    check_layout(layout)
    request = BuildRequest(
        editions=(*split_list(lang), *bilingual_editions(bilingual)),
        layout=layout,  # type: ignore[arg-type]
        formats=formats,
        draft=draft,
        letterhead=letterhead,
        attach_source=attach_source,
        verify=verify,
    )
    errors: tuple[Finding, ...] = ()
    with findings_reported(json), progress() as on_progress:
        try:
            outputs = build_documents(sources, out, request, atomic=atomic, executor=choose_executor(), on_progress=on_progress)
        except IncompleteBuild as error:
            outputs, errors = list(error.outputs), error.findings
    findings = [*errors, *(finding for output in outputs for finding in output.findings)]
    if json:
        results = [{"path": str(output.path), "languages": output.languages, "format": output.format} for output in outputs]
        report(findings, as_json=True, outputs=results)
    else:
        report(dict.fromkeys(findings))
        for output in outputs:
            print_lines(display_path(output.path))
    if errors:
        raise typer.Exit(1)


def split_list(text: str) -> list[str]:
    """Return the comma-separated values of an option, without repetitions."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def bilingual_editions(text: str) -> list[str]:
    """Return the editions in the value of --bilingual, such as "en+tc".

    Raises:
        typer.BadParameter: an edition has fewer than two different languages.
    """
    editions = ["+".join(code.strip() for code in edition.split("+")) for edition in split_list(text)]
    for edition in editions:
        codes = edition.split("+")
        if len(codes) < 2 or not all(codes) or len(set(codes)) < len(codes):
            raise typer.BadParameter(
                f"{edition!r} does not name two different languages; write for example en+tc", param_hint="--bilingual"
            )
    return editions


def check_layout(layout: str) -> None:
    """Check the value of --layout.

    Raises:
        typer.BadParameter: there is no such layout.
    """
    if layout not in LAYOUTS:
        raise typer.BadParameter(f"{layout!r} is not one of {', '.join(LAYOUTS)}", param_hint="--layout")


def parse_names(text: str, choices: tuple[str, ...], option: str) -> list[str]:
    """Return the comma-separated values of an option that has a fixed set of choices.

    Raises:
        typer.BadParameter: a value is not one of the choices, or there is no value.
    """
    names = split_list(text)
    for name in names:
        if name not in choices:
            raise typer.BadParameter(f"{name!r} is not one of {', '.join(choices)}", param_hint=option)
    if not names:
        raise typer.BadParameter(f"give at least one of {', '.join(choices)}", param_hint=option)
    return names
