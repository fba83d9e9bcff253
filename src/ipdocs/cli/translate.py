"""ipdocs translate: what a source lacks in a language, from memory."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ipdocs.cli.output import findings_reported, near, progress, report
from ipdocs.cli.user import cache_folder, standard_input

if TYPE_CHECKING:
    from ipdocs.translation.memory.lookup import Segment
    from ipdocs.translation.suggestions import MissingText


def translate(
    source: Annotated[str, typer.Argument(metavar="SOURCE|-", help="The document, or - for a paragraph on standard input.")],
    to: Annotated[str, typer.Option(help="The language to translate into: tc or en; with - also sc and cn.")],
    from_: Annotated[
        str, typer.Option("--from", help="The language to translate from; without it the first that a text is written in.")
    ] = "",
    write: Annotated[
        bool, typer.Option("--write", help="Write the matches into the source, marked as drafts: ⟦draft: …⟧.")
    ] = False,
    min: Annotated[int, typer.Option(help="Offer fuzzy matches from this percentage on.", min=50, max=99)] = 75,  # noqa: A002
    drafts: Annotated[bool, typer.Option("--drafts", help="Offer also what nobody has approved.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print segments, matches and findings as JSON.")] = False,
) -> None:
    """Translate what a document lacks from the translation memory, with its facts in their new form."""
    if source == "-":
        if write:
            raise typer.BadParameter("standard input cannot be written to", param_hint="--write")
        _paragraph(to, from_ or ("tc" if to == "en" else "en"), min, drafts, json)
        return
    from ipdocs.translation import suggestions as pipeline

    path = Path(source)
    with findings_reported(json), progress() as told:
        found = pipeline.suggest_translations(path, to, cache=cache_folder(), source=from_, least=min, drafts=drafts, told=told)
        written = pipeline.write(path, to, found) if write else 0
    if json:
        report([], as_json=True, texts=[_as_dict(one) for one in found], written=written)
        return
    for one in found:
        _show(one)
    typer.echo(_summary(found))
    if write:
        typer.echo(f"{written} drafts written into {near(path)}: read each, then `ipdocs confirm {near(path)} BLOCK --lang {to}`")


def _paragraph(to: str, source: str, least: int, drafts: bool, json: bool) -> None:
    from ipdocs.translation.suggestions import translate_text
    from ipdocs.workspace import find_workspace

    with findings_reported(json):
        text = standard_input()
        workspace = find_workspace(Path("standard-input"))
        segments, made = translate_text(text, to, source, workspace, cache=cache_folder(), least=least, drafts=drafts)
    if json:
        report([], as_json=True, segments=[_segment(one) for one in segments], text=made)
        return
    typer.echo(made)
    for one in segments:
        typer.echo(_told(one), err=True)


def _show(one: MissingText) -> None:
    from ipdocs.source.template_text import written

    place = one.location
    typer.echo(f"{one.placed.name} ({near(place.path)}:{place.line})" if place else one.placed.name)
    for segment in one.segments:
        typer.echo(f"  {written(segment.source)}")
        typer.echo(f"  = {written(segment.match.target)}" if segment.match else "  = …")
        typer.echo(f"    {_told(segment)}")


def _told(segment: Segment) -> str:
    """Return how a match came about, in a line: kind and unit, and for a fuzzy one what differs."""
    match = segment.match
    if match is None:
        return "no match"
    kind = f"fuzzy {match.percent} %" if match.kind == "fuzzy" else match.kind
    origin = match.unit.name if match.unit.origin == "memory" else f"{match.unit.origin} {match.unit.name}".rstrip()
    parts = [f"{kind}: {origin}", match.unit.on, match.unit.by, match.reason]
    line = ", ".join(part for part in parts if part)
    return f"{line}; {match.difference}" if match.difference else line


def _summary(found: list[MissingText]) -> str:
    segments = [segment for one in found for segment in one.segments]
    kinds = Counter(one.match.kind if one.match else "without a match" for one in segments)
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return f"{len(segments)} segments: {counts}" if segments else "nothing is missing"


def _segment(one: Segment) -> dict[str, Any]:
    from ipdocs.source.template_text import written

    match = one.match
    found = match and {
        "kind": match.kind,
        "percent": match.percent,
        "target": written(match.target),
        "difference": match.difference or None,
        "reason": match.reason or None,
        "origin": match.unit.origin,
        "document": match.unit.document,
        "place": match.unit.place,
        "on": match.unit.on,
        "by": match.unit.by,
        "state": match.unit.state,
    }
    return {"source": written(one.source), "match": found}


def _as_dict(one: MissingText) -> dict[str, Any]:
    place = one.location
    return {
        "place": one.placed.name,
        "path": str(place.path) if place else None,
        "line": place.line if place else None,
        "segments": [_segment(segment) for segment in one.segments],
        "draft": one.draft,
    }
