"""ipdocs export: write the texts of a document, or the glossary, for translators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.build import split_list
from ipdocs.cli.output import display_path, findings_reported, print_lines
from ipdocs.cli.user import cache_folder

FORMATS = ("xliff2", "xliff1", "po", "tmx", "docx", "xlsx", "tbx", "tbx2")


def export(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Source file of the document.", exists=True, dir_okay=False)],
    to: Annotated[str, typer.Option(help="Code of the target language, such as tc or en.")] = "tc",
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option(help="xliff2, xliff1, po, tmx, docx (a table), xlsx, or tbx or tbx2 (the glossary, TBX 3 or 2).")
    ] = "xliff2",
    from_: Annotated[str, typer.Option("--from", help="Source language. Default: the first language of the document.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write. Default: a file in out/.", dir_okay=False)
    ] = None,
    only: Annotated[
        str, typer.Option(metavar="ID,ID", help="Export only these texts or blocks, with the reasons why an import refused them.")
    ] = "",
    matches: Annotated[bool, typer.Option(help="Include matches from the translation memory for missing texts.")] = True,
) -> None:
    """Write the texts of a document for translators; restricted and confidential texts are left out.

    With --only, texts that `import --into` refused go back to the translator alone.
    """
    from ipdocs.files.placing import place_files
    from ipdocs.source.open import open_source
    from ipdocs.translation.export import ENDINGS, export_translations
    from ipdocs.translation.job import withheld_note, withheld_places
    from ipdocs.translation.refused_texts import read_remarks
    from ipdocs.translation.terms import export_terms

    if format not in FORMATS:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(FORMATS)}", param_hint="--format")
    with findings_reported():
        if format in ("tbx", "tbx2"):
            path, data = out or Path("out/glossary.tbx"), export_terms(source, version=2 if format == "tbx2" else 3)
        else:
            cache = cache_folder() if matches else None
            opened_source = open_source(source, draft=True)
            data = export_translations(
                opened_source,
                to,
                format,  # type: ignore[arg-type]
                source_language=from_,
                cache=cache,
                only=split_list(only),
                remarks=read_remarks(cache_folder(), source) if only else None,
            )
            path = out or Path("out") / source.resolve().parent.name / f"{source.stem}.{to}.{ENDINGS[format]}"
            if places := withheld_places(opened_source, to, source_language=from_):
                print_lines(withheld_note(places), err=True)
        place_files({path: data})
    print_lines(display_path(path))
