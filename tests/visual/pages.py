"""The picture of the README: `python -m tests.visual.pages` makes fixtures/gd-hk-ip-17/pages.png of three PDFs' first pages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/gd-hk-ip-17"
GAP, WIDTH, BACKGROUND = 14, 513, (214, 218, 222)
COLOURS = 64


def picture(paths: list[Path]) -> Image.Image:
    """Return the first pages of some PDFs side by side."""
    first_pages = [pypdfium2.PdfDocument(path)[0] for path in paths]
    pages = [page.render(scale=WIDTH / page.get_width()).to_pil() for page in first_pages]
    height = max(page.height for page in pages)
    image = Image.new("RGB", (GAP + len(pages) * (WIDTH + GAP), height + 2 * GAP), BACKGROUND)
    for index, page in enumerate(pages):
        image.paste(page, (GAP + index * (WIDTH + GAP), GAP))
    return image.quantize(COLOURS)


def main() -> None:
    """Build the release and write its picture."""
    with TemporaryDirectory() as out:
        outputs = build([FOLDER / "release.yaml"], Path(out), BuildRequest(editions=("en", "tc", "en+tc"), formats=("pdf",)))
        picture([output.path for output in outputs]).save(FOLDER / "pages.png", optimize=True)


if __name__ == "__main__":
    main()
