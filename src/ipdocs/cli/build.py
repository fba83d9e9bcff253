"""ipdocs build: sources into files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, progress, report

if TYPE_CHECKING:
    from ipdocs.findings import Finding

FORMATS = ("docx", "pdf", "html", "txt")
LAYOUTS = ("parallel", "stacked", "sequential")


def build(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="The documents to build.", exists=True, dir_okay=False)
    ],
    lang: Annotated[
        str, typer.Option(help="Languages, one file each: en,tc,sc. Without it and --bilingual: every language.")
    ] = "",
    bilingual: Annotated[str, typer.Option(help="Languages in one file: en+tc; several with commas.")] = "",
    layout: Annotated[str, typer.Option(help="How --bilingual sets them: parallel, stacked or sequential.")] = "parallel",
    format: Annotated[str, typer.Option(help="What to write: docx,pdf,html,txt.")] = "docx,pdf",  # noqa: A002 - the option's name
    out: Annotated[Path, typer.Option(help="The folder for the results.", file_okay=False)] = Path("out"),
    draft: Annotated[
        bool, typer.Option("--draft", help="Build in spite of gaps; they show as ⟦…⟧, with a draft mark on every page.")
    ] = False,
    letterhead: Annotated[
        Path | None, typer.Option(help="A Word file that gives header, footer, page and styles.", exists=True, dir_okay=False)
    ] = None,
    attach_source: Annotated[bool, typer.Option("--attach-source", help="Attach the source to its PDFs.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify/--no-verify", help="Read the files again: do they say and show what the source does?")
    ] = True,
    atomic: Annotated[bool, typer.Option("--atomic", help="Put no file in its place before all documents are ready.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print results and findings as JSON.")] = False,
) -> None:
    """Build documents as Word, PDF, web page or text."""
    from ipdocs.pipeline.build import IncompleteBuild
    from ipdocs.pipeline.build import build as build_documents
    from ipdocs.pipeline.executors.forked import executor
    from ipdocs.pipeline.request import BuildRequest

    formats = named(format, FORMATS, "--format")
    if letterhead and "docx" not in formats:
        raise typer.BadParameter(
            "a letterhead is for Word files: add docx to --format, or leave it out", param_hint="--letterhead"
        )
    if layout not in LAYOUTS:
        raise typer.BadParameter(f"{layout!r} is none of {', '.join(LAYOUTS)}", param_hint="--layout")
    request = BuildRequest(
        editions=(*listed(lang), *joined(bilingual)),
        layout=layout,  # type: ignore[arg-type]
        formats=formats,
        draft=draft,
        letterhead=letterhead,
        attach_source=attach_source,
        verify=verify,
    )
    errors: tuple[Finding, ...] = ()
    with findings_reported(json), progress() as told:
        try:
            outputs = build_documents(sources, out, request, atomic=atomic, executor=executor(), on_progress=told)
        except IncompleteBuild as error:
            outputs, errors = list(error.outputs), error.findings
    findings = [*errors, *(finding for output in outputs for finding in output.findings)]
    if json:
        results = [{"path": str(one.path), "languages": one.languages, "format": one.format} for one in outputs]
        report(findings, as_json=True, outputs=results)
    else:
        report(dict.fromkeys(findings))
        for output in outputs:
            print_lines(near(output.path))
    if errors:
        raise typer.Exit(1)


def listed(text: str) -> list[str]:
    """Return what an option lists with commas, once each."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def joined(text: str) -> list[str]:
    """Return what --bilingual lists; each joins two languages or more with +, or the call is wrong."""
    groups = ["+".join(name.strip() for name in group.split("+")) for group in listed(text)]
    for group in groups:
        names = group.split("+")
        if len(names) < 2 or not all(names) or len(set(names)) < len(names):
            raise typer.BadParameter(f"{group!r} joins no two languages; write en+tc", param_hint="--bilingual")
    return groups


def named(text: str, known: tuple[str, ...], option: str) -> list[str]:
    """Return the names that an option lists; an unknown one is a wrong call."""
    names = listed(text)
    for name in names:
        if name not in known:
            raise typer.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint=option)
    if not names:
        raise typer.BadParameter(f"name one of {', '.join(known)}", param_hint=option)
    return names
