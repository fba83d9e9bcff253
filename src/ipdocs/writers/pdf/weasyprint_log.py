"""What WeasyPrint says while it works, as findings: nothing of a document may go missing silently."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from ipdocs.findings import Finding, Location
from ipdocs.templating.html_document import Stylesheet

Records = list[logging.LogRecord]

_PLACE = re.compile(r" at (\d+):(\d+)")
_PICTURE = re.compile(r"Failed to (?:load image at '|render SVG image )(.+?)(?:':|$)")


@contextmanager
def heard() -> Iterator[Records]:
    """Collect what WeasyPrint says of things it leaves out."""
    records: Records = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append  # type: ignore[assignment, method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield records
    finally:
        logger.removeHandler(handler)


def of_stylesheet(records: Records, path: Path) -> list[Finding]:
    """Return what of a stylesheet is not understood: warnings, for the rest of it holds."""
    found = []
    for message in map(logging.LogRecord.getMessage, records):
        place = _PLACE.search(message)
        location = Location(path, int(place[1]), int(place[2])) if place else Location(path)
        found.append(Finding("ignored-style", _PLACE.sub("", message), location, severity="warning"))
    return found


def of_layout(
    records: Records,
    refused: Sequence[str] = (),
    places: Mapping[str, Location | None] = MappingProxyType({}),
    sheets: Sequence[Stylesheet] = (),
) -> list[Finding]:
    """Return what a document loses in the PDF: an error is content, a warning is how it looks.

    The places are those of the source's pictures, the rest are named by stylesheets; one that was refused is not said to be
    broken too.
    """
    found = [_refused(url, places, sheets) for url in dict.fromkeys(refused)]
    for record in records:
        message = record.getMessage()
        picture = _PICTURE.search(message)
        if picture and picture[1] not in refused:
            message = f"the picture {picture[1]!r} cannot be set in the PDF"
            found.append(Finding("bad-picture", message, places.get(picture[1]), "save it as PNG or JPEG"))
        elif is_missing_glyph(record):
            found.append(Finding("no-glyph", f"no font has a glyph for what a stylesheet adds: {message.split(': ')[1]}"))
        elif not picture:
            found.append(Finding("pdf-layout", message, severity="error" if record.levelno >= logging.ERROR else "warning"))
    return found


def _refused(url: str, places: Mapping[str, Location | None], sheets: Sequence[Stylesheet]) -> Finding:
    place, hint = places.get(url), "put the file beside the source and name it there"
    sheet = next((sheet for sheet in sheets if url in sheet.text and url not in places), None)
    if sheet:
        place = Location(sheet.path, sheet.text[: sheet.text.index(url)].count("\n") + 1)
        hint = "write it into the stylesheet as a data: URL, or show it with an img in the template"
    return Finding("refused-url", f"{url!r} is not a picture of this document", place, hint)


def is_missing_glyph(record: logging.LogRecord) -> bool:
    """Say whether a record tells of a character that no font has: every character of the source is looked at before."""
    return record.getMessage().startswith(".notdef")
