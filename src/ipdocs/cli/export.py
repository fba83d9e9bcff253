"""ipdocs export: write the texts of a document, or the glossary, for translators."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.build import split_list
from ipdocs.cli.output import display_path, findings_reported, print_lines, print_table, progress, report
from ipdocs.cli.user import cache_folder

if TYPE_CHECKING:
    from ipdocs.translation.counting import TextCount

FORMATS = ("xliff2", "xliff1", "po", "tmx", "docx", "xlsx", "tbx", "tbx2")


def export(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE", help="Source file of the document; with --count, files and folders.", exists=True),
    ],
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
    count: Annotated[bool, typer.Option("--count", help="Print the number of words for a quotation, and write no file.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --count, print the numbers as JSON.")] = False,
) -> None:
    """Write the texts of a document for translators; restricted and confidential texts are left out.

    With --only, texts that `import --into` refused go back to the translator alone. With --count, the words and Chinese
    characters of the texts are counted: translated, similar to a text of the memory, repeated in these sources, or new.
    """
    if count and (only or out):
        raise typer.BadParameter("--count counts whole sources, and writes no file", param_hint="--only" if only else "--out")
    if count:
        _print_counts(sources, to, from_, json)
        return
    (source, *others) = sources
    if others or source.is_dir():
        raise typer.BadParameter("give one source file; --count takes several, and folders", param_hint="SOURCE")
    _write_export(source, to, format, from_, out, only, matches)


def _print_counts(paths: list[Path], to: str, from_: str, json: bool) -> None:
    """Print how many words the sources have, by category, and for each source if there are several."""
    from ipdocs.translation.counting import CATEGORIES, TextCount, count_sources, source_files
    from ipdocs.translation.job import withheld_note

    with findings_reported(json), progress() as on_progress:
        files = source_files(paths)
        if not files:
            raise typer.BadParameter("there is no source in these folders", param_hint="SOURCE")
        counts = count_sources(files, to, cache=cache_folder(), source_language=from_, on_progress=on_progress)
        for source in counts:
            if source.withheld:
                print_lines(f"{display_path(source.path)}: {withheld_note(source.withheld)}", err=True)
    totals = {name: sum((source.counts.get(name, TextCount()) for source in counts), TextCount()) for name in CATEGORIES}
    total = sum(totals.values(), TextCount())
    if json:
        items = [
            {"path": str(source.path), "total": asdict(source.total), "to_translate": asdict(source.to_translate)}
            | {"categories": {name: asdict(source.counts.get(name, TextCount())) for name in CATEGORIES}}
            for source in counts
        ]
        summed = {"total": asdict(total), "categories": {name: asdict(category) for name, category in totals.items()}}
        report([], as_json=True, sources=items, **summed)
        return
    if len(counts) > 1:
        rows = [(str(display_path(source.path)), *_cells(source.to_translate), *_cells(source.total)) for source in counts]
        print_table(("source", *(f"{name} to translate" for name in _COLUMNS), *(f"{name} in all" for name in _COLUMNS)), rows)
        print_lines("")
    print_table(("texts", *_COLUMNS), [(name, *_cells(category)) for name, category in (*totals.items(), ("total", total))])


_COLUMNS = ("sentences", "words", "characters")


def _cells(count: TextCount) -> tuple[str, str, str]:
    return f"{count.units:,}", f"{count.words:,}", f"{count.characters:,}"


def _write_export(source: Path, to: str, format: str, from_: str, out: Path | None, only: str, matches: bool) -> None:  # noqa: A002 - the option's name
    """Write the texts of a source, or the glossary, to a file."""
    from ipdocs.files.placing import place_files
    from ipdocs.source.open import open_source
    from ipdocs.translation.export import ENDINGS, export_translations
    from ipdocs.translation.job import withheld_note, withheld_places
    from ipdocs.translation.refused_texts import read_remarks
    from ipdocs.translation.terms import export_terms

    if format not in FORMATS:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(FORMATS)}", param_hint="--format")
    is_glossary = format in ("tbx", "tbx2")
    if only and is_glossary:
        raise typer.BadParameter("a glossary is exported whole", param_hint="--only")
    with findings_reported():
        if is_glossary:
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
                remarks=read_remarks(cache_folder(), source).get(to, {}) if only else None,
            )
            path = out or Path("out") / source.resolve().parent.name / f"{source.stem}.{to}.{ENDINGS[format]}"
            if places := withheld_places(opened_source, to, source_language=from_):
                print_lines(withheld_note(places), err=True)
        place_files({path: data})
    print_lines(display_path(path))
