"""ipdocs review: one page for those who approve a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, progress


def review(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The document to review.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.", dir_okay=False)] = Path("review.html"),
    against: Annotated[
        Path | None,
        typer.Option(help="The version that was approved last; what has changed since is marked.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Write one web page with all languages side by side, facts, terms and findings marked, to read before approving."""
    from ipdocs.files.placing import place
    from ipdocs.review.page.review_page import render_review_page

    with findings_reported(), progress() as told:
        told("review")
        place({out: render_review_page(source, against).encode("utf-8")})
    print_lines(near(out))
