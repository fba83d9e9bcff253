"""Form fields of PDFs: what has been written into them, drawn where a viewer shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

_MAX_PARENTS = 50


def draw_values(pdf: pikepdf.Pdf) -> None:
    """Give each field of a form that is shown the look that its value has.

    A field has its own look, unless the file asks viewers to draw all of them anew.

    Raises:
        RefusedPdf: a value has to be drawn in other characters than those of ASCII, for which the library has no fonts.
    """
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    widgets = [
        annotation
        for page in pdf.pages
        for annotation in page.obj.get("/Annots", ())
        if annotation.get("/Subtype") == "/Widget" and _inherited(annotation, "/FT") in ("/Tx", "/Ch")
    ]
    redraw = bool(form.get("/NeedAppearances"))
    drawn = [widget for widget in widgets if not redraw and _has_look(widget)]
    values = [_value(widget) for widget in widgets if redraw or not _has_look(widget)]
    if not any(values):
        return
    if not all(value.isascii() for value in values):
        message = "has form fields whose words are not drawn in the file, in other letters than English has"
        raise RefusedPdf("annex-form-not-drawn", message, "print the form to a new PDF, and give that")
    looks = [(widget, widget.AP) for widget in drawn]
    for widget in drawn:
        del widget.AP  # the library would write into it
    form.NeedAppearances = True
    pdf.generate_appearance_streams()
    for widget, look in looks:
        widget.AP = look


def _has_look(widget: Any) -> bool:
    import pikepdf

    looks = widget.get("/AP")
    return isinstance(looks, pikepdf.Dictionary) and isinstance(looks.get("/N"), pikepdf.Stream | pikepdf.Dictionary)


def _value(widget: Any) -> str:
    import pikepdf

    value = _inherited(widget, "/V")
    values = list(value) if isinstance(value, pikepdf.Array) else [value]
    return "".join(str(one) for one in values if isinstance(one, pikepdf.String))


def _inherited(widget: Any, key: str) -> Any:
    import pikepdf

    for _ in range(_MAX_PARENTS):
        if key in widget:
            return widget[key]
        widget = widget.get("/Parent")
        if not isinstance(widget, pikepdf.Dictionary):
            break
    return None
