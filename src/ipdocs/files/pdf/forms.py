"""Form fields of PDFs: what has been written into them, drawn where a viewer shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

_MAX_PARENTS = 50
_PASSWORD = 1 << 13


def draw_values(pdf: pikepdf.Pdf) -> None:
    """Give each field of a form that is shown the look that its value has; a password shows stars.

    A field has its own look, unless the file asks viewers to draw all of them anew. The library draws ASCII in fonts of one
    byte a character; what it cannot draw keeps a look of its own that has words.

    Raises:
        RefusedPdf: a field has neither, so that its words would be lost.
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
    for widget in widgets:
        if _is_password(widget):
            widget.V = pikepdf.String("*" * len(_value(widget)))
    is_stale = bool(form.get("/NeedAppearances"))
    undrawn = [widget for widget in widgets if (is_stale or not _look(widget)) and _value(widget)]
    drawable = [widget for widget in undrawn if _value(widget).isascii() and _has_simple_font(widget, form)]
    ours = {widget.objgen for widget in drawable}
    if not all(widget.objgen in ours or _WORDS.search(_look(widget)) for widget in undrawn):
        message = "has form fields whose words are not drawn in the file, and cannot be drawn here"
        raise RefusedPdf("annex-form-not-drawn", message, "print the form to a new PDF, and give that")
    looks = [(widget, widget.AP) for widget in widgets if widget.objgen not in ours and "/AP" in widget]
    if drawable:
        for widget, _ in looks:
            del widget.AP  # the library would write into it
        form.NeedAppearances = True
        pdf.generate_appearance_streams()
        for widget, look in looks:
            widget.AP = look
    form.NeedAppearances = False


_WORDS = re.compile(rb"\bT[jJ]\b")


def _look(widget: Any) -> bytes:
    """Return the content of what a field looks like; nothing where there is none."""
    import pikepdf

    looks = widget.get("/AP")
    look = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    return bytes(look.read_bytes()) if isinstance(look, pikepdf.Stream) else b""


def _has_simple_font(widget: Any, form: Any) -> bool:
    """Whether a field is set in a font of the form whose codes are bytes."""
    import pikepdf

    appearance = _inherited(widget, "/DA") or form.get("/DA")
    named = re.search(r"/(\S+)\s+[0-9.-]+\s+Tf", str(appearance)) if appearance is not None else None
    resources = form.get("/DR")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    font = fonts.get(f"/{named[1]}") if named and isinstance(fonts, pikepdf.Dictionary) else None
    return isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") in ("/Type1", "/TrueType", "/MMType1")


def _value(widget: Any) -> str:
    import pikepdf

    value = _inherited(widget, "/V")
    values = list(value) if isinstance(value, pikepdf.Array) else [value]
    return "".join(str(one) for one in values if isinstance(one, pikepdf.String))


def _is_password(widget: Any) -> bool:
    """Whether a field is for a password, which viewers do not show (ISO 32000-1, table 228)."""
    flags = _inherited(widget, "/Ff")
    return isinstance(flags, int) and bool(flags & _PASSWORD)


def _inherited(widget: Any, key: str) -> Any:
    import pikepdf

    for _ in range(_MAX_PARENTS):
        if key in widget:
            return widget[key]
        widget = widget.get("/Parent")
        if not isinstance(widget, pikepdf.Dictionary):
            break
    return None
