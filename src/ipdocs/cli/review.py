"""ipdocs review: write a page for the people who approve a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import display_path, findings_reported, print_lines, progress


def review(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Source file of the document.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Web page to write.", dir_okay=False)] = Path("review.html"),
    against: Annotated[
        Path | None,
        typer.Option(
            help="Source file of the last approved version; changes since that version are marked.", exists=True, dir_okay=False
        ),
    ] = None,
) -> None:
    """Write a web page for approval: all languages side by side, with facts, terms and findings marked."""
    from ipdocs.files.placing import place_files
    from ipdocs.review.page.review_page import render_review_page

    with findings_reported(), progress() as on_progress:
        on_progress("review")
        place_files({out: render_review_page(source, against).encode("utf-8")})
    print_lines(display_path(out))
