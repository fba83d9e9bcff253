"""Flatten PDF annotations: draw drawings and form fields into the page, keep links, and remove comments."""

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
"""Notes and marks that readers have added; they contain the names of the readers."""

MEDIA = frozenset(("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"))
"""Annotations that contain a file, a film or a sound; the page shows only a button."""

DRAWINGS = frozenset(("/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp"))
"""Texts and drawings; viewers draw them even if the file has no appearance for them."""

_PRINTED = 0x04
_HIDDEN = 0x01 | 0x02 | 0x20
"""The flags Invisible, Hidden and NoView."""


def is_hidden(annotation: Any) -> bool:
    """Whether the flags of an annotation hide it on the screen."""
    flags = annotation.get("/F", 0)
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def is_printed(annotation: Any) -> bool:
    """Whether the flags of an annotation include it in print."""
    flags = annotation.get("/F", 0)
    return isinstance(flags, int) and bool(flags & _PRINTED)


def flatten_annotations(pdf: pikepdf.Pdf) -> None:
    """Draw printed annotations and form fields into their pages, and remove all annotations except links.

    Comments, hidden annotations and annotations on a hidden layer are removed, not drawn. The form itself (/AcroForm) is removed
    after its fields are drawn.

    Raises:
        RefusedPdf: A form field or a drawing has no appearance in the file and cannot be drawn.
    """
    import pikepdf

    is_layer_shown = layer_visibility(pdf)

    def is_visible(annotation: Any) -> bool:
        subtype = str(annotation.get("/Subtype", ""))
        if subtype in COMMENTS or subtype in MEDIA or subtype == "/Popup":
            return False
        return _is_valid(annotation) and not is_hidden(annotation) and is_layer_shown(annotation.get("/OC"))

    for number, page in enumerate(pdf.pages, 1):
        _filter_annotations(page.obj, is_visible)
        if any(_lacks_appearance(annotation) for annotation in page.obj.get("/Annots", ())):
            message = f"has texts or drawings on page {number} without an appearance in the file"
            raise RefusedPdf("annex-drawing-not-drawn", message, "print it to a new PDF, and use that")
    with warnings.catch_warnings():  # pikepdf warns of fields that are not part of the form, but draws them
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        draw_values(pdf)
        pdf.flatten_annotations("print")
    for page in pdf.pages:
        _filter_annotations(page.obj, lambda annotation: annotation.get("/Subtype") == "/Link")
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm


def _lacks_appearance(annotation: Any) -> bool:
    """Whether an annotation would be lost: viewers print it, but the file has no appearance for it."""
    import pikepdf

    appearances = annotation.get("/AP")
    has_appearance = isinstance(appearances, pikepdf.Dictionary) and "/N" in appearances
    return annotation.Subtype in DRAWINGS and is_printed(annotation) and not has_appearance


def _is_valid(annotation: Any) -> bool:
    """Whether an annotation has a subtype and a rectangle."""
    import pikepdf

    rectangle = annotation.get("/Rect")
    has_rectangle = (
        isinstance(rectangle, pikepdf.Array)
        and len(rectangle) == 4
        and all(isinstance(side, int | float | Decimal) for side in rectangle)
    )
    return has_rectangle and isinstance(annotation.get("/Subtype"), pikepdf.Name)


def _filter_annotations(page: Any, predicate: Callable[[Any], bool]) -> None:
    """Remove the annotations of a page that do not satisfy a predicate."""
    import pikepdf

    annotations = page.get("/Annots")
    remaining = [
        annotation
        for annotation in (annotations if isinstance(annotations, pikepdf.Array) else ())
        if isinstance(annotation, pikepdf.Dictionary) and predicate(annotation)
    ]
    if remaining:
        page.Annots = pikepdf.Array(remaining)
    elif annotations is not None:
        del page.Annots
