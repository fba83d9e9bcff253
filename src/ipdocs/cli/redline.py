"""ipdocs redline: two versions of a source as one Word file with tracked changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines
from ipdocs.cli.user import user_name


def redline(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The source as it was.", exists=True, dir_okay=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The source as it is.", exists=True, dir_okay=False)],
    lang: Annotated[str, typer.Option(help="The language to compare in: en, tc, sc.")] = "en",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The Word file to write.", dir_okay=False)] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Compare in spite of gaps in the new version.")] = False,
    by: Annotated[str, typer.Option(help="Who made the changes; without it who you are on this computer.")] = "",
) -> None:
    """Show what changed between two versions, tracked in Word."""
    from ipdocs.files.placing import place
    from ipdocs.review.redline import redline as compare

    with findings_reported():
        made = compare(old, new, lang, author=user_name(by), now=datetime.now(UTC), draft=draft)
        path = out or Path("out") / f"{new.resolve().parent.name}.{lang}.redline.docx"
        place({path: made.data})
    print_lines(f"{near(path)}: paragraphs: {made.changed} changed, {made.new} new, {made.deleted} gone")
