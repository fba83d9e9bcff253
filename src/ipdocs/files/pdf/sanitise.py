"""A foreign PDF in, its pages as they are seen out: nothing hidden, private or active; what was removed is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from ipdocs.files.pdf.allowed import keep_allowed
from ipdocs.files.pdf.annotations import flatten_annotations
from ipdocs.files.pdf.boxes import page_size, show_only_visible
from ipdocs.files.pdf.census import census
from ipdocs.files.pdf.content import remove_unseen
from ipdocs.files.pdf.drawing import Reason
from ipdocs.files.pdf.images import strip_images
from ipdocs.files.pdf.page_pictures import set_as_pictures
from ipdocs.files.pdf.refused import RefusedPdf
from ipdocs.files.pdf.structure_graft import is_sound
from ipdocs.files.pdf.tags import prune_tags
from ipdocs.findings import Finding, IpdocsError, Location

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class CleanPdf:
    """A PDF that was cleaned.

    Attributes:
        data: the file.
        sizes: the width and height of each page in points, as it is seen.
        removed: how much was removed of each kind.
        findings: warnings about what the file was.
    """

    data: bytes
    sizes: tuple[tuple[int, int], ...]
    removed: Counter[str]
    findings: tuple[Finding, ...]


def sanitise(data: bytes, name: str, location: Location | None, *, max_pages: int, public: bool = False) -> CleanPdf:
    """Return a PDF that holds its pages as a viewer shows them, with their links, bookmarks and tags, and nothing else.

    Args:
        data: the file.
        name: what to call it in findings.
        location: the place that names it.
        max_pages: how many pages it may have.
        public: whether what lies beyond the edges of pages, under something opaque or behind scanned pages, or is cut off, is
            removed, too.

    Raises:
        IpdocsError: it cannot be read, or not without a password; it has too many pages or too much on them, marks for
            redaction that were never applied, form fields that cannot be drawn, or pages that take too long to draw.
    """
    import pikepdf

    try:
        with _limits(), pikepdf.open(BytesIO(data)) as pdf:
            _refuse(pdf, max_pages, public=public)
            return _cleaned(pdf, name, location, public=public)
    except RefusedPdf as error:
        refused = error
    except pikepdf.PasswordError:
        refused = _ENCRYPTED
    except (pikepdf.PdfError, *_BROKEN):
        refused = RefusedPdf("damaged-annex", "is damaged", "save it again from where it comes")
    raise IpdocsError([Finding(refused.code, f"the annex {name!r} {refused.message}", location, refused.hint)]) from refused


_ENCRYPTED = RefusedPdf("encrypted-annex", "is encrypted", "save it without a password")
_BROKEN = (ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError, OverflowError)
"""What a file raises whose objects are not what they should be, beside the errors of the library."""

_MAX_STREAM = 100_000_000
"""How many bytes one stream may unpack to."""


@contextmanager
def _limits() -> Iterator[None]:
    """Let streams unpack to no more than _MAX_STREAM while a file is cleaned."""
    from pikepdf.settings import set_qpdf_limits

    previous = set_qpdf_limits(flate_max_memory=_MAX_STREAM, run_length_max_memory=_MAX_STREAM, max_stream_filters=4)
    try:
        yield
    finally:
        set_qpdf_limits(**previous)  # type: ignore[arg-type]


def _refuse(pdf: pikepdf.Pdf, max_pages: int, *, public: bool) -> None:
    if pdf.is_encrypted:
        raise _ENCRYPTED
    if not (pages := len(pdf.pages)):
        raise RefusedPdf("damaged-annex", "has no pages", "save it again")
    if pages > max_pages:
        raise RefusedPdf("annex-too-large", f"has {pages:,} pages; it may have {max_pages:,}", "make it several annexes")
    if public and (marks := _redaction_marks(pdf)):
        message = f"has {marks} mark{'s' if marks > 1 else ''} for redaction; what they cover is still in the file"
        hint = "apply the redactions in the program that made them, and save the file"
        raise RefusedPdf("annex-with-redactions", message, hint)


def _cleaned(pdf: pikepdf.Pdf, name: str, location: Location | None, *, public: bool) -> CleanPdf:
    before = census(pdf)
    unseen, tagged = _clean(pdf, keep_scanned_text=not public)
    cleaned = _saved(pdf)
    pictures = set_as_pictures(pdf, cleaned) if public else {}
    if pictures:
        _clean(pdf, keep_scanned_text=False)
        cleaned = _saved(pdf)
    removed = before - census(pdf) + unseen + Counter(f"{reason} pages" for reason in pictures.values())
    sizes = tuple(page_size(page.obj) for page in pdf.pages)
    findings = _findings(name, location, pictures, repaired=bool(pdf.get_warnings()), tagged=tagged)
    return CleanPdf(cleaned, sizes, removed, tuple(findings))


def _clean(pdf: pikepdf.Pdf, *, keep_scanned_text: bool) -> tuple[Counter[str], bool]:
    """Clean a file in place; return what was removed from its contents, and whether it is tagged."""
    import pikepdf

    for page in pdf.pages:
        page.obj.Type = pikepdf.Name.Page
        show_only_visible(page.obj)
    flatten_annotations(pdf)
    removed, marks = remove_unseen(pdf, keep_scanned_text=keep_scanned_text)
    if tagged := is_sound(pdf):
        removed["file names of pictures"] += prune_tags(pdf, marks)
    elif "/StructTreeRoot" in pdf.Root:
        del pdf.Root.StructTreeRoot
    keep_allowed(pdf)
    removed["notes in pictures"] += strip_images(pdf)
    return removed, tagged


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _redaction_marks(pdf: pikepdf.Pdf) -> int:
    import pikepdf

    annotations = (annotation for page in pdf.pages for annotation in page.obj.get("/Annots", ()))
    return sum(isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Redact" for one in annotations)


_PICTURED: dict[Reason, tuple[str, str]] = {
    "cropped": ("content beyond the edges of", "crop it for good and save it again, to keep words that can be searched"),
    "clipped": (
        "photos that are cut off on",
        "delete their cropped areas where it comes from, to keep words that can be searched",
    ),
    "covered": ("words under something opaque on", "take the words out where it comes from, if they are not to be read"),
    "hidden": (
        "words that are cut off or too small to be read on",
        "take the words out where it comes from, if they are not to be read",
    ),
}
"""What a page has that is set as a picture, and what to do instead."""


def _findings(
    name: str, location: Location | None, pictures: Mapping[int, Reason], *, repaired: bool, tagged: bool
) -> Iterator[Finding]:
    for reason, (what, hint) in _PICTURED.items():
        if pages := ", ".join(str(number + 1) for number, why in pictures.items() if why == reason):
            message = f"the annex {name!r} has {what} page {pages}; a picture of what is seen stands there"
            yield Finding(f"annex-{reason}", message, location, hint, "warning")
    if repaired:
        message, hint = f"the annex {name!r} was damaged; it was mended", "look whether every page is there"
        yield Finding("mended-annex", message, location, hint, "warning")
    if not tagged:
        message = f"the annex {name!r} is not tagged: screen readers cannot follow it"
        yield Finding("untagged-annex", message, location, "save it as tagged PDF from where it comes", "warning")
