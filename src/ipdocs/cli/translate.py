"""ipdocs translate: translate missing texts from the memory or with a translation service."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ipdocs.cli.output import display_path, findings_reported, print_data, print_lines, progress, report
from ipdocs.cli.user import cache_folder, read_standard_input

if TYPE_CHECKING:
    from ipdocs.translation.memory.lookup import MatchedSegment
    from ipdocs.translation.suggestions import MissingText

_DEFAULT_MIN_PERCENT = 75


def translate(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE|-", help="Source file, or - to translate a paragraph from standard input.")
    ],
    to: Annotated[str, typer.Option(help="Code of the target language, such as tc or en; with -, also sc and cn.")],
    from_: Annotated[
        str, typer.Option("--from", help="Source language. Default: the first language in which a text is written.")
    ] = "",
    machine: Annotated[
        bool,
        typer.Option(
            "--machine",
            help="Write drafts by the translation service named in locales/machine.yaml into the source, instead of using the "
            "memory. Restricted and confidential texts are never sent. The environment variable IPDOCS_MACHINE_KEY has the key.",
        ),
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write the matches into the source, marked as drafts: ⟦draft: …⟧.")
    ] = False,
    min: Annotated[  # noqa: A002
        int | None, typer.Option(help="Minimum similarity of fuzzy matches, in per cent. Default: 75.", min=50, max=99)
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Also use translations in the memory that are not approved.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print segments, matches and findings as JSON.")] = False,
) -> None:
    """Show translations of missing texts from the translation memory, adapted to the facts of this document.

    With --machine, a translation service drafts the missing texts instead.
    """
    if machine:
        if source == "-" or write or drafts or min is not None:
            message = (
                "--machine does not use the memory, and always writes drafts: name a file, and omit --write, --drafts and --min"
            )
            raise typer.BadParameter(message, param_hint="--machine")
        from ipdocs.cli.machine import write_machine_drafts

        write_machine_drafts(_existing_file(source), to, from_, as_json=json)
        return
    min_percent = _DEFAULT_MIN_PERCENT if min is None else min
    if source == "-":
        if write:
            raise typer.BadParameter("matches cannot be written to standard input; omit --write", param_hint="--write")
        _translate_paragraph(to, from_ or ("tc" if to == "en" else "en"), min_percent, drafts, json)
        return
    from ipdocs.source.open import open_source
    from ipdocs.translation.suggestions import suggest_translations, write_drafts

    path = Path(source)
    with findings_reported(json), progress() as on_progress:
        opened_source = open_source(path, draft=True)
        missing_texts = suggest_translations(
            opened_source,
            to,
            cache=cache_folder(),
            source_language=from_,
            min_percent=min_percent,
            drafts=drafts,
            on_progress=on_progress,
        )
        written = write_drafts(opened_source, missing_texts) if write else 0
    if json:
        report([], as_json=True, texts=[_as_dict(text) for text in missing_texts], written=written)
        return
    for text in missing_texts:
        _print_missing_text(text)
    print_lines(_summary(missing_texts))
    if write:
        name = display_path(path)
        print_lines(f"{written} drafts written into {name}: read each, then run `ipdocs confirm {name} BLOCK --lang {to}`")


def _existing_file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise typer.BadParameter(f"file {name!r} does not exist", param_hint="SOURCE")
    return path


def _translate_paragraph(to: str, source_language: str, min_percent: int, drafts: bool, json: bool) -> None:
    from ipdocs.translation.suggestions import translate_text
    from ipdocs.workspace import find_workspace

    with findings_reported(json):
        text = read_standard_input()
        workspace = find_workspace(Path("standard-input"))
        segments, draft = translate_text(
            text, to, source_language, workspace, cache=cache_folder(), min_percent=min_percent, drafts=drafts
        )
    if json:
        report([], as_json=True, segments=[_segment_as_dict(segment) for segment in segments], text=draft)
        return
    print_data(f"{draft}\n".encode())
    for segment in segments:
        print_lines(*_match_lines(segment), err=True)


def _print_missing_text(missing: MissingText) -> None:
    from ipdocs.source.template_text import template_source

    name, location = missing.place.name, missing.location
    print_lines(f"{name} ({display_path(location.path)}:{location.line})" if location else name)
    for segment in missing.segments:
        print_lines(f"  {template_source(segment.source)}")
        print_lines(f"  = {template_source(segment.match.target)}" if segment.match else "  = …")
        print_lines(*(f"    {line}" for line in _match_lines(segment)))


def _match_lines(segment: MatchedSegment) -> list[str]:
    """Return lines that describe the match of a segment: its kind and origin, and the stored source if it differs."""
    from ipdocs.source.template_text import rendered_text

    match = segment.match
    if match is None:
        return ["no match"]
    kind = f"fuzzy {match.percent} %" if match.kind == "fuzzy" else match.kind
    origin = match.unit.name if match.unit.origin == "memory" else f"{match.unit.origin} {match.unit.name}".rstrip()
    parts = [f"{kind}: {origin}", match.unit.on, match.unit.by, match.reason]
    lines = [", ".join(part for part in parts if part)]
    stored = rendered_text(match.stored_source)
    if stored != rendered_text(segment.source):
        lines.append(f"stored:  {stored}")
    if match.difference:
        lines.append(f"differs: {match.difference}")
    return lines


def _summary(missing_texts: list[MissingText]) -> str:
    segments = [segment for text in missing_texts for segment in text.segments]
    kinds = Counter(segment.match.kind if segment.match else "without a match" for segment in segments)
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return f"{len(segments)} segments: {counts}" if segments else "nothing is missing"


def _segment_as_dict(segment: MatchedSegment) -> dict[str, Any]:
    from ipdocs.source.template_text import rendered_text, template_source

    match = segment.match
    fields = match and {
        "kind": match.kind,
        "percent": match.percent,
        "target": template_source(match.target),
        "stored_source": rendered_text(match.stored_source),
        "difference": match.difference or None,
        "reason": match.reason or None,
        "origin": match.unit.origin,
        "document": match.unit.document,
        "place": match.unit.place,
        "on": match.unit.on,
        "by": match.unit.by,
        "state": match.unit.state,
    }
    return {"source": template_source(segment.source), "match": fields}


def _as_dict(missing: MissingText) -> dict[str, Any]:
    location = missing.location
    return {
        "place": missing.place.name,
        "path": str(location.path) if location else None,
        "line": location.line if location else None,
        "segments": [_segment_as_dict(segment) for segment in missing.segments],
        "draft": missing.draft,
    }
