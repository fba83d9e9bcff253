"""Draw the values of PDF form fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

_MAX_PARENTS = 50
_PASSWORD = 1 << 13


def draw_values(pdf: pikepdf.Pdf) -> None:
    """Give each form field an appearance that shows its value, or asterisks for a password.

    An existing appearance stays, unless the file tells viewers to draw all fields again (/NeedAppearances). pikepdf can draw
    only ASCII text in simple fonts. A field that pikepdf cannot draw keeps an appearance that contains text.

    Raises:
        RefusedPdf: A field cannot be drawn and has no appearance with text, so its value would be lost.
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
    to_draw = [widget for widget in widgets if (is_stale or not _appearance(widget)) and _value(widget)]
    drawable = [widget for widget in to_draw if _value(widget).isascii() and _has_simple_font(widget, form)]
    drawable_ids = {widget.objgen for widget in drawable}
    if not all(widget.objgen in drawable_ids or _SHOW_TEXT.search(_appearance(widget)) for widget in to_draw):
        message = "has form fields whose values are not drawn in the file and cannot be drawn by ipdocs"
        raise RefusedPdf("annex-form-not-drawn", message, "print the form to a new PDF, and use that")
    kept_appearances = [(widget, widget.AP) for widget in widgets if widget.objgen not in drawable_ids and "/AP" in widget]
    if drawable:
        for widget, _ in kept_appearances:
            del widget.AP  # else pikepdf would change this appearance
        form.NeedAppearances = True
        pdf.generate_appearance_streams()
        for widget, appearance in kept_appearances:
            widget.AP = appearance
    form.NeedAppearances = False


_SHOW_TEXT = re.compile(rb"\bT[jJ]\b")


def _appearance(widget: Any) -> bytes:
    """Return the content of the normal appearance of a field; empty if there is none."""
    import pikepdf

    appearances = widget.get("/AP")
    appearance = appearances.get("/N") if isinstance(appearances, pikepdf.Dictionary) else None
    return bytes(appearance.read_bytes()) if isinstance(appearance, pikepdf.Stream) else b""


def _has_simple_font(widget: Any, form: Any) -> bool:
    """Whether a field uses a simple font of the form, with one byte for each character."""
    import pikepdf

    default_appearance = _inherited(widget, "/DA") or form.get("/DA")
    match = re.search(r"/(\S+)\s+[0-9.-]+\s+Tf", str(default_appearance)) if default_appearance is not None else None
    resources = form.get("/DR")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    font = fonts.get(f"/{match[1]}") if match and isinstance(fonts, pikepdf.Dictionary) else None
    return isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") in ("/Type1", "/TrueType", "/MMType1")


def _value(widget: Any) -> str:
    import pikepdf

    value = _inherited(widget, "/V")
    values = list(value) if isinstance(value, pikepdf.Array) else [value]
    return "".join(str(item) for item in values if isinstance(item, pikepdf.String))


def _is_password(widget: Any) -> bool:
    """Whether a field holds a password, which viewers do not show (ISO 32000-1, table 228)."""
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
