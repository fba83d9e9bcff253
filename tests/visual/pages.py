"""The README's picture, fixtures/gd-hk-ip-17/pages.png: `python -m tests.visual.pages` makes it of three PDFs' first pages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/gd-hk-ip-17"
GAP, WIDE, DESK = 14, 513, (214, 218, 222)
COLOURS = 64


def picture(paths: list[Path]) -> Image.Image:
    """Return the first pages of some PDFs side by side, on a desk."""
    firsts = [pypdfium2.PdfDocument(path)[0] for path in paths]
    pages = [page.render(scale=WIDE / page.get_width()).to_pil() for page in firsts]
    tall = max(page.height for page in pages)
    shown = Image.new("RGB", (GAP + len(pages) * (WIDE + GAP), tall + 2 * GAP), DESK)
    for at, page in enumerate(pages):
        shown.paste(page, (GAP + at * (WIDE + GAP), GAP))
    return shown.quantize(COLOURS)


def main() -> None:
    """Build the release and write its picture."""
    with TemporaryDirectory() as out:
        made = build([FOLDER / "release.yaml"], Path(out), BuildRequest(editions=("en", "tc", "en+tc"), formats=("pdf",)))
        picture([output.path for output in made]).save(FOLDER / "pages.png", optimize=True)


if __name__ == "__main__":
    main()
