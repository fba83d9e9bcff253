"""Turn WeasyPrint's log into findings, so that no content is lost silently."""

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

_POSITION = re.compile(r" at (\d+):(\d+)")
_PICTURE = re.compile(r"Failed to (?:load image at '|render SVG image )(.+?)(?:':|$)")


@contextmanager
def collect_records() -> Iterator[Records]:
    """Collect WeasyPrint's warnings and errors in a list."""
    records: Records = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append  # type: ignore[assignment, method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield records
    finally:
        logger.removeHandler(handler)


def stylesheet_findings(records: Records, path: Path) -> list[Finding]:
    """Return a warning for each part of a stylesheet that WeasyPrint ignores."""
    findings = []
    for message in map(logging.LogRecord.getMessage, records):
        match = _POSITION.search(message)
        location = Location(path, int(match[1]), int(match[2])) if match else Location(path)
        text = _POSITION.sub("", message).removesuffix(".")
        text = text.replace("Ignored ", "the PDF ignores ", 1).replace("`, ", "`: ", 1)
        findings.append(Finding("ignored-style", text[0].lower() + text[1:], location, "correct or delete it", "warning"))
    return findings


def layout_findings(
    records: Records,
    refused_urls: Sequence[str] = (),
    locations: Mapping[str, Location | None] = MappingProxyType({}),
    sheets: Sequence[Stylesheet] = (),
) -> list[Finding]:
    """Return a finding for each loss in the PDF: an error for lost content, a warning for lost styling.

    Args:
        records: WeasyPrint's log records from the layout.
        refused_urls: the URLs that were not loaded; they are not also reported as broken pictures.
        locations: the locations of pictures in the source, keyed by URL.
        sheets: the stylesheets, which may name further pictures.
    """
    findings = [_refused_url_finding(url, locations, sheets) for url in dict.fromkeys(refused_urls)]
    for record in records:
        message = record.getMessage()
        picture = _PICTURE.search(message)
        if picture and picture[1] not in refused_urls:
            message = f"the picture {picture[1]!r} cannot be shown in the PDF"
            findings.append(Finding("bad-picture", message, locations.get(picture[1]), "save it as PNG or JPEG"))
        elif reports_missing_glyph(record):
            message = f"no font has a glyph for a character that a stylesheet adds: {message.split(': ')[1]}"
            findings.append(Finding("no-glyph", message))
        elif not picture:
            findings.append(Finding("pdf-layout", message, severity="error" if record.levelno >= logging.ERROR else "warning"))
    return findings


def _refused_url_finding(url: str, locations: Mapping[str, Location | None], sheets: Sequence[Stylesheet]) -> Finding:
    location, hint = locations.get(url), "put the file beside the source, and name it in the source"
    sheet = next((sheet for sheet in sheets if url in sheet.text and url not in locations), None)
    if sheet:
        location = Location(sheet.path, sheet.text[: sheet.text.index(url)].count("\n") + 1)
        hint = "embed it in the stylesheet as a data: URL, or show it with an img in the template"
    return Finding("refused-url", f"{url!r} is not loaded, because it is not a picture from the source", location, hint)


def reports_missing_glyph(record: logging.LogRecord) -> bool:
    """Whether a log record reports a character that no font has."""
    return record.getMessage().startswith(".notdef")
