"""ipdocs redline: show the changes between two versions of a source in Word."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines
from ipdocs.cli.user import user_name


def redline(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Source file of the old version.", exists=True, dir_okay=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Source file of the new version.", exists=True, dir_okay=False)],
    lang: Annotated[str, typer.Option(help="Language to compare, such as en, tc or sc.")] = "en",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Word file to write. Default: a file in out/.", dir_okay=False)
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Compare even if texts are missing in the new version.")] = False,
    by: Annotated[str, typer.Option(help="Author of the tracked changes. Default: your user name.")] = "",
) -> None:
    """Write a Word file that shows the changes between two versions as tracked changes."""
    from ipdocs.files.placing import place_files
    from ipdocs.review.redline import redline as compare

    with findings_reported():
        result = compare(old, new, lang, author=user_name(by), now=datetime.now(UTC), draft=draft)
        path = out or Path("out") / f"{new.resolve().parent.name}.{lang}.redline.docx"
        place_files({path: result.data})
    print_lines(f"{display_path(path)}: paragraphs: {result.changed} changed, {result.new} new, {result.deleted} deleted")
