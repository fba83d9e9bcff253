"""Clean untrusted PDFs: keep only the visible pages, without hidden, private or active content."""

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
from ipdocs.files.pdf.census import count_hidden_content
from ipdocs.files.pdf.content import remove_hidden_content
from ipdocs.files.pdf.drawing import Reason
from ipdocs.files.pdf.images import strip_images
from ipdocs.files.pdf.page_pictures import replace_with_pictures
from ipdocs.files.pdf.refused import RefusedPdf
from ipdocs.files.pdf.structure import has_valid_structure
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
        removed: How many items were removed, keyed by kind.
        findings: Warnings about the original file.
    """

    data: bytes
    sizes: tuple[tuple[int, int], ...]
    removed: Counter[str]
    findings: tuple[Finding, ...]


def sanitise(data: bytes, name: str, location: Location | None, *, max_pages: int, public: bool = False) -> CleanPdf:
    """Clean a PDF: keep only its visible pages with their links, bookmarks and tags.

    Args:
        data: The file.
        name: The name of the file, for findings.
        location: The place in a source that names the file, for findings.
        max_pages: Maximum number of pages.
        public: Whether the PDF will be published. If so, content that is clipped, under opaque areas, beyond the edges of
            pages or behind scanned pages is removed, too.

    Raises:
        IpdocsError: The file is damaged, encrypted or too large, takes too long to draw, or has content that cannot be drawn;
            or it is public and has redaction marks.
    """
    import pikepdf

    try:
        with _stream_limits(), pikepdf.open(BytesIO(data)) as pdf:
            _check(pdf, max_pages, public=public)
            return _clean_and_report(pdf, name, location, public=public)
    except RefusedPdf as error:
        refusal = error
    except pikepdf.PasswordError:
        refusal = _ENCRYPTED_ERROR
    except (pikepdf.PdfError, *_WRONG_TYPE_ERRORS):
        refusal = RefusedPdf("damaged-annex", "is damaged", "save it again in its original program")
    raise IpdocsError([Finding(refusal.code, f"the annex {name!r} {refusal.message}", location, refusal.hint)]) from refusal


_ENCRYPTED_ERROR = RefusedPdf("encrypted-annex", "is encrypted", "save it without a password")
_WRONG_TYPE_ERRORS = (ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError, OverflowError)
"""The errors that objects of a wrong type cause, in addition to the errors of pikepdf."""

_MAX_STREAM = 100_000_000
"""Maximum size of one unpacked stream, in bytes."""


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
    """Refuse a PDF that is encrypted or has no pages or too many; refuse redaction marks in a PDF that is to be public."""
    if pdf.is_encrypted:
        raise _ENCRYPTED_ERROR
    if not (page_count := len(pdf.pages)):
        raise RefusedPdf("damaged-annex", "has no pages", "save it again")
    if page_count > max_pages:
        raise RefusedPdf(
            "annex-too-large", f"has {page_count:,} pages; the limit is {max_pages:,}", "split it into several annexes"
        )
    if public and (mark_count := _count_redaction_marks(pdf)):
        message = f"has {mark_count} redaction mark{'s' if mark_count > 1 else ''}; the marked content is still in the file"
        hint = "apply the redactions in the program that made them, and save the file"
        raise RefusedPdf("annex-with-redactions", message, hint)


def _clean_and_report(pdf: pikepdf.Pdf, name: str, location: Location | None, *, public: bool) -> CleanPdf:
    counts_before = count_hidden_content(pdf)
    removed_content, is_tagged = _clean(pdf, keep_scanned_text=not public)
    data = _save(pdf)
    reasons = replace_with_pictures(pdf, data) if public else {}
    if reasons:
        _clean(pdf, keep_scanned_text=False)
        data = _save(pdf)
    removed = (
        counts_before - count_hidden_content(pdf) + removed_content + Counter(f"{reason} pages" for reason in reasons.values())
    )
    sizes = tuple(page_size(page.obj) for page in pdf.pages)
    findings = _findings(name, location, reasons, is_repaired=bool(pdf.get_warnings()), is_tagged=is_tagged)
    return CleanPdf(data, sizes, removed, tuple(findings))


def _clean(pdf: pikepdf.Pdf, *, keep_scanned_text: bool) -> tuple[Counter[str], bool]:
    """Clean a file in place; return how many items were removed, keyed by kind, and whether the file is tagged."""
    import pikepdf

    for page in pdf.pages:
        page.obj.Type = pikepdf.Name.Page
        set_visible_box(page.obj)
    flatten_annotations(pdf)
    removed, marks = remove_hidden_content(pdf, keep_scanned_text=keep_scanned_text)
    if is_tagged := has_valid_structure(pdf):
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


def _count_redaction_marks(pdf: pikepdf.Pdf) -> int:
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
"""The message and hint for each reason; the message names the content that makes a page become a picture."""


def _findings(
    name: str, location: Location | None, reasons: Mapping[int, Reason], *, is_repaired: bool, is_tagged: bool
) -> Iterator[Finding]:
    for reason, (content, hint) in _REASONS.items():
        if pages := ", ".join(str(page_index + 1) for page_index, page_reason in reasons.items() if page_reason == reason):
            message = f"the annex {name!r} has {content} page {pages}, which becomes a picture of its visible part"
            yield Finding(f"annex-{reason}", message, location, hint, "warning")
    if is_repaired:
        message, hint = f"the annex {name!r} was damaged and has been repaired", "check that every page is there"
        yield Finding("mended-annex", message, location, hint, "warning")
    if not is_tagged:
        message = f"the annex {name!r} is not tagged, so screen readers cannot follow it"
        yield Finding("untagged-annex", message, location, "save it as tagged PDF in its original program", "warning")
