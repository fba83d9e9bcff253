"""A foreign PDF in, its pages as they are seen out: nothing hidden, private or active; what was removed is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from ipdocs.files.pdf.allowed import keep_allowed
from ipdocs.files.pdf.annotations import flatten_annotations
from ipdocs.files.pdf.boxes import page_size, set_as_pictures, show_only_visible
from ipdocs.files.pdf.census import census
from ipdocs.files.pdf.content import remove_unseen
from ipdocs.files.pdf.images import strip_images
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


def sanitise(data: bytes, name: str, location: Location | None, *, public: bool = False) -> CleanPdf:
    """Return a PDF that holds its pages as a viewer shows them, with their links, bookmarks and tags, and nothing else.

    Args:
        data: the file.
        name: what to call it in findings.
        location: the place that names it.
        public: whether content beyond the visible part of a page, and text behind scanned pages, is removed, too.

    Raises:
        IpdocsError: it cannot be read, or not without a password; or it has marks for redaction that were never applied.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise pikepdf.PasswordError
            if not len(pdf.pages):
                raise IpdocsError([Finding("damaged-annex", f"the annex {name!r} has no pages", location, "save it again")])
            if public and (marks := _redaction_marks(pdf)):
                message = f"the annex {name!r} has {marks} marks for redaction; what they cover is still in the file"
                hint = "apply the redactions in the program that made them, and save the file"
                raise IpdocsError([Finding("annex-with-redactions", message, location, hint)])
            before = census(pdf)
            unseen, tagged = _clean(pdf, keep_scanned_text=not public)
            cleaned = _saved(pdf)
            pictures = set_as_pictures(pdf, cleaned) if public else []
            if pictures:
                _clean(pdf, keep_scanned_text=False)
                cleaned = _saved(pdf)
            removed = before - census(pdf) + unseen
            sizes = tuple(page_size(page.obj) for page in pdf.pages)
            repaired = bool(pdf.get_warnings())
    except pikepdf.PasswordError as error:
        hint = "save it without a password"
        raise IpdocsError([Finding("encrypted-annex", f"the annex {name!r} is encrypted", location, hint)]) from error
    except _BROKEN as error:
        hint = "save it again from where it comes"
        raise IpdocsError([Finding("damaged-annex", f"the annex {name!r} is damaged", location, hint)]) from error
    except pikepdf.PdfError as error:
        hint = "save it again from where it comes"
        raise IpdocsError([Finding("damaged-annex", f"the annex {name!r} is damaged", location, hint)]) from error
    findings = tuple(_findings(name, location, pictures, repaired=repaired, tagged=tagged))
    return CleanPdf(cleaned, sizes, +removed + Counter({"cropped pages": len(pictures)}), findings)


_BROKEN = (ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError, OverflowError)
"""What a file raises whose objects are not what they should be, beside the errors of the library."""


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
    removed["notes in photos"] += strip_images(pdf)
    return removed, tagged


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _redaction_marks(pdf: pikepdf.Pdf) -> int:
    import pikepdf

    annotations = (annotation for page in pdf.pages for annotation in page.obj.get("/Annots", ()))
    return sum(isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Redact" for one in annotations)


def _findings(name: str, location: Location | None, pictures: list[int], *, repaired: bool, tagged: bool) -> Iterator[Finding]:
    if pictures:
        pages = ", ".join(str(number + 1) for number in pictures)
        message = f"the annex {name!r} has content beyond the edges of page {pages}; a picture of what is seen stands there"
        hint = "crop it for good and save it again, to keep words that can be searched and read out"
        yield Finding("annex-cropped", message, location, hint, "warning")
    if repaired:
        message, hint = f"the annex {name!r} was damaged; it was mended", "look whether every page is there"
        yield Finding("mended-annex", message, location, hint, "warning")
    if not tagged:
        message = f"the annex {name!r} is not tagged: screen readers cannot follow it"
        yield Finding("untagged-annex", message, location, "save it as tagged PDF from where it comes", "warning")
