"""Cleaning of untrusted PDFs to their visible pages, without hidden, private or active content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from ipdocs.files.pdf.allowed import keep_allowed_entries
from ipdocs.files.pdf.annotations import flatten_annotations
from ipdocs.files.pdf.boxes import page_size, set_visible_box
from ipdocs.files.pdf.census import census
from ipdocs.files.pdf.content import remove_hidden_content
from ipdocs.files.pdf.drawing import Reason
from ipdocs.files.pdf.images import strip_images
from ipdocs.files.pdf.page_pictures import replace_by_pictures
from ipdocs.files.pdf.refused import RefusedPdf
from ipdocs.files.pdf.structure_graft import is_sound
from ipdocs.files.pdf.tags import prune_tags
from ipdocs.findings import Finding, IpdocsError, Location

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class CleanPdf:
    """A cleaned PDF.

    Attributes:
        data: The file.
        sizes: The width and height of the visible part of each page, in points.
        removed: The number of removed things by kind.
        findings: Warnings about the original file.
    """

    data: bytes
    sizes: tuple[tuple[int, int], ...]
    removed: Counter[str]
    findings: tuple[Finding, ...]


def sanitise(data: bytes, name: str, location: Location | None, *, max_pages: int, public: bool = False) -> CleanPdf:
    """Return a PDF with only its visible pages and their links, bookmarks and tags.

    Args:
        data: The file.
        name: Its name for findings.
        location: Where a source names it, for findings.
        max_pages: How many pages it may have.
        public: Whether to remove also content beyond the edges of pages, under opaque areas, behind scanned pages, and
            content that is clipped.

    Raises:
        IpdocsError: The file is damaged, encrypted or too large. Or it has form fields that cannot be drawn, takes too long to
            draw, or has redaction marks that were never applied.
    """
    import pikepdf

    try:
        with _stream_limits(), pikepdf.open(BytesIO(data)) as pdf:
            _check(pdf, max_pages, public=public)
            return _cleaned(pdf, name, location, public=public)
    except RefusedPdf as error:
        refused = error
    except pikepdf.PasswordError:
        refused = _ENCRYPTED
    except (pikepdf.PdfError, *_BROKEN):
        refused = RefusedPdf("damaged-annex", "is damaged", "save it again in its original program")
    raise IpdocsError([Finding(refused.code, f"the annex {name!r} {refused.message}", location, refused.hint)]) from refused


_ENCRYPTED = RefusedPdf("encrypted-annex", "is encrypted", "save it without a password")
_BROKEN = (ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError, OverflowError)
"""The errors that objects of wrong types cause, in addition to those of pikepdf."""

_MAX_STREAM = 100_000_000
"""How many bytes one stream may unpack to."""


@contextmanager
def _stream_limits() -> Iterator[None]:
    """Limit the unpacked size of streams to _MAX_STREAM inside the context."""
    from pikepdf.settings import set_qpdf_limits

    previous = set_qpdf_limits(flate_max_memory=_MAX_STREAM, run_length_max_memory=_MAX_STREAM, max_stream_filters=4)
    try:
        yield
    finally:
        set_qpdf_limits(**previous)  # type: ignore[arg-type]


def _check(pdf: pikepdf.Pdf, max_pages: int, *, public: bool) -> None:
    if pdf.is_encrypted:
        raise _ENCRYPTED
    if not (pages := len(pdf.pages)):
        raise RefusedPdf("damaged-annex", "has no pages", "save it again")
    if pages > max_pages:
        raise RefusedPdf("annex-too-large", f"has {pages:,} pages; it may have {max_pages:,}", "split it into several annexes")
    if public and (marks := _redaction_marks(pdf)):
        message = f"has {marks} redaction mark{'s' if marks > 1 else ''}; the marked content is still in the file"
        hint = "apply the redactions in the program that made them, and save the file"
        raise RefusedPdf("annex-with-redactions", message, hint)


def _cleaned(pdf: pikepdf.Pdf, name: str, location: Location | None, *, public: bool) -> CleanPdf:
    before = census(pdf)
    removed_content, is_tagged = _clean(pdf, keep_scanned_text=not public)
    data = _save(pdf)
    reasons = replace_by_pictures(pdf, data) if public else {}
    if reasons:
        _clean(pdf, keep_scanned_text=False)
        data = _save(pdf)
    removed = before - census(pdf) + removed_content + Counter(f"{reason} pages" for reason in reasons.values())
    sizes = tuple(page_size(page.obj) for page in pdf.pages)
    findings = _findings(name, location, reasons, is_repaired=bool(pdf.get_warnings()), is_tagged=is_tagged)
    return CleanPdf(data, sizes, removed, tuple(findings))


def _clean(pdf: pikepdf.Pdf, *, keep_scanned_text: bool) -> tuple[Counter[str], bool]:
    """Clean a file in place; return the number of pieces removed from its content by kind, and whether it is tagged."""
    import pikepdf

    for page in pdf.pages:
        page.obj.Type = pikepdf.Name.Page
        set_visible_box(page.obj)
    flatten_annotations(pdf)
    removed, marks = remove_hidden_content(pdf, keep_scanned_text=keep_scanned_text)
    if is_tagged := is_sound(pdf):
        removed["file names of pictures"] += prune_tags(pdf, marks)
    elif "/StructTreeRoot" in pdf.Root:
        del pdf.Root.StructTreeRoot
    keep_allowed_entries(pdf)
    removed["notes in pictures"] += strip_images(pdf)
    return removed, is_tagged


def _save(pdf: pikepdf.Pdf) -> bytes:
    stream = BytesIO()
    pdf.save(stream, deterministic_id=True, fix_metadata_version=False)
    return stream.getvalue()


def _redaction_marks(pdf: pikepdf.Pdf) -> int:
    import pikepdf

    annotations = (annotation for page in pdf.pages for annotation in page.obj.get("/Annots", ()))
    return sum(
        isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Redact" for annotation in annotations
    )


_REASONS: dict[Reason, tuple[str, str]] = {
    "cropped": ("content beyond the edges of", "crop it permanently in its original program, to keep text that can be searched"),
    "clipped": (
        "photos that are cropped on",
        "delete their cropped areas in its original program, to keep text that can be searched",
    ),
    "covered": ("words under opaque areas on", "delete the words in its original program, if they are not to be read"),
    "hidden": (
        "words that are cut off or too small to read on",
        "delete the words in its original program, if they are not to be read",
    ),
}
"""The content because of which a page is replaced by a picture, and a hint."""


def _findings(
    name: str, location: Location | None, reasons: Mapping[int, Reason], *, is_repaired: bool, is_tagged: bool
) -> Iterator[Finding]:
    for reason, (content, hint) in _REASONS.items():
        if pages := ", ".join(str(number + 1) for number, page_reason in reasons.items() if page_reason == reason):
            message = f"the annex {name!r} has {content} page {pages}, which becomes a picture of its visible part"
            yield Finding(f"annex-{reason}", message, location, hint, "warning")
    if is_repaired:
        message, hint = f"the annex {name!r} was damaged and has been repaired", "check that every page is there"
        yield Finding("mended-annex", message, location, hint, "warning")
    if not is_tagged:
        message = f"the annex {name!r} is not tagged, so that screen readers cannot follow it"
        yield Finding("untagged-annex", message, location, "save it as tagged PDF in its original program", "warning")
