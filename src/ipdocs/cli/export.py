"""ipdocs export: a document's texts, or the glossary, for translators and their tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines
from ipdocs.cli.user import cache_folder

FORMATS = ("xliff2", "xliff1", "po", "tmx", "docx", "xlsx", "tbx")


def export(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The document.", exists=True, dir_okay=False)],
    to: Annotated[str, typer.Option(help="The language to translate into: tc or en.")] = "tc",
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option(help="xliff2, xliff1, po, tmx, docx (a table), xlsx; tbx: the glossary.")
    ] = "xliff2",
    from_: Annotated[str, typer.Option("--from", help="The language to translate from; without it the document's first.")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.", dir_okay=False)] = None,
    matches: Annotated[bool, typer.Option(help="Offer what the memory has for texts that are missing.")] = True,
) -> None:
    """Write a document's texts for translators: XLIFF, PO, tables; what is not open is held back."""
    from ipdocs.files.placing import place
    from ipdocs.source.open import open_source
    from ipdocs.translation.export import ENDINGS, export_translations
    from ipdocs.translation.job import withheld_note, withheld_places
    from ipdocs.translation.terms import export_terms

    if format not in FORMATS:
        raise typer.BadParameter(f"{format!r} is none of {', '.join(FORMATS)}", param_hint="--format")
    with findings_reported():
        if format == "tbx":
            path, data = out or Path("out/glossary.tbx"), export_terms(source)
        else:
            cache = cache_folder() if matches else None
            opened = open_source(source, draft=True)
            data = export_translations(opened, to, format, source_language=from_, cache=cache)  # type: ignore[arg-type]
            path = out or Path("out") / source.resolve().parent.name / f"{source.stem}.{to}.{ENDINGS[format]}"
            if withheld := withheld_places(opened, to, source_language=from_):
                print_lines(withheld_note(withheld), err=True)
        place({path: data})
    print_lines(near(path))
