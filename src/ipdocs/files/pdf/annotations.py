"""Annotations of PDFs: what is drawn becomes part of the page, links stay, and notes of readers go."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.forms import draw_values
from ipdocs.files.pdf.layers import layer_visibility
from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

COMMENTS = frozenset(("/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Redact"))
"""What readers put on a text: notes and marks, with their names and words."""

CARRIERS = frozenset(("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"))
"""What carries a file, a film or a sound; its picture on the page is no more than a button for it."""

DRAWINGS = frozenset(("/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp"))
"""What is written or drawn on a page, and which viewers draw by themselves where the file has no look of it."""

_PRINTED = 0x04
_HIDDEN = 0x01 | 0x02 | 0x20
"""The flags of an annotation that no viewer shows: Invisible, Hidden, NoView."""


def is_hidden(annotation: Any) -> bool:
    """Whether an annotation's own flags keep it from being shown."""
    flags = annotation.get("/F", 0)
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def is_printed(annotation: Any) -> bool:
    """Whether an annotation is shown on paper, too."""
    flags = annotation.get("/F", 0)
    return isinstance(flags, int) and bool(flags & _PRINTED)


def flatten_annotations(pdf: pikepdf.Pdf) -> None:
    """Draw the annotations and form fields that are printed on their pages, and keep nothing of them but links.

    Comments, what is hidden or on a layer that is off, and the values behind the form go.

    Raises:
        RefusedPdf: a form has values, or a page has drawings, that the file has no look of, and that cannot be drawn.
    """
    import pikepdf

    is_shown = layer_visibility(pdf)

    def is_drawn(annotation: Any) -> bool:
        subtype = str(annotation.get("/Subtype", ""))
        gone = subtype in COMMENTS or subtype in CARRIERS or subtype == "/Popup"
        return not gone and _is_whole(annotation) and not is_hidden(annotation) and is_shown(annotation.get("/OC"))

    for number, page in enumerate(pdf.pages, 1):
        _keep(page.obj, is_drawn)
        if any(_is_undrawn(annotation) for annotation in page.obj.get("/Annots", ())):
            message = f"has texts or drawings on page {number} whose look is not in the file"
            raise RefusedPdf("annex-drawing-not-drawn", message, "print it to a new PDF, and give that")
    with warnings.catch_warnings():  # a field may stand outside the form; its looks are kept
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        draw_values(pdf)
        pdf.flatten_annotations("print")
    for page in pdf.pages:
        _keep(page.obj, lambda annotation: annotation.get("/Subtype") == "/Link")
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm


def _is_undrawn(annotation: Any) -> bool:
    """Whether an annotation is printed by viewers that draw it themselves, and would be lost here."""
    import pikepdf

    looks = annotation.get("/AP")
    has_look = isinstance(looks, pikepdf.Dictionary) and "/N" in looks
    return annotation.Subtype in DRAWINGS and is_printed(annotation) and not has_look


def _is_whole(annotation: Any) -> bool:
    """Whether an annotation has a type, and a place on the page."""
    import pikepdf

    corners = annotation.get("/Rect")
    is_placed = isinstance(corners, pikepdf.Array) and len(corners) == 4
    is_placed = is_placed and all(isinstance(side, int | float | Decimal) for side in corners)
    return is_placed and isinstance(annotation.get("/Subtype"), pikepdf.Name)


def _keep(page: Any, is_kept: Callable[[Any], bool]) -> None:
    """Keep some of a page's annotations."""
    import pikepdf

    annotations = page.get("/Annots")
    kept = [
        annotation
        for annotation in (annotations if isinstance(annotations, pikepdf.Array) else ())
        if isinstance(annotation, pikepdf.Dictionary) and is_kept(annotation)
    ]
    if kept:
        page.Annots = pikepdf.Array(kept)
    elif annotations is not None:
        del page.Annots
