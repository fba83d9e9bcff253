"""A foreign PDF in, the same without what could run, open or carry something out; what was taken out is told."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.structure_graft import is_sound
from ipdocs.findings import Finding, IpdocsError, Location

if TYPE_CHECKING:
    import pikepdf

SCHEMES = ("http:", "https:", "mailto:", "tel:")
_CARRIERS = {
    "/FileAttachment": "attachment",
    "/Movie": "film",
    "/Sound": "sound",
    "/Screen": "film",
    "/RichMedia": "film",
    "/3D": "3D model",
}
_ACTIONS = {"/JavaScript": "script", "/Launch": "launch action", "/ImportData": "form action", "/SubmitForm": "form action"}


def sanitise(data: bytes, name: str, location: Location | None) -> tuple[bytes, tuple[tuple[int, int], ...], list[Finding]]:
    """Return a PDF without scripts, actions and attachments, the size of each page in points, and warnings.

    Raises:
        IpdocsError: it cannot be read, or not without a password; the finding is at the location that names it.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise pikepdf.PasswordError
            removed = Counter(_remove(pdf))
            sizes = tuple(_size(page) for page in pdf.pages)
            tagged = is_sound(pdf)
            if not tagged and "/StructTreeRoot" in pdf.Root:
                del pdf.Root.StructTreeRoot
            repaired = bool(pdf.get_warnings())
            out = BytesIO()
            with warnings.catch_warnings():  # a form may have lost its list of fields; their looks are kept
                warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
                pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    except pikepdf.PasswordError as error:
        hint = "save it without a password"
        raise IpdocsError([Finding("encrypted-annex", f"the annex {name!r} is encrypted", location, hint)]) from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, AttributeError, KeyError) as error:
        hint = "save it again from where it comes"
        raise IpdocsError([Finding("damaged-annex", f"the annex {name!r} is damaged", location, hint)]) from error
    if not sizes:
        raise IpdocsError([Finding("damaged-annex", f"the annex {name!r} has no pages", location, "save it again")])
    return out.getvalue(), sizes, [*_told(name, location, removed, repaired=repaired, tagged=tagged)]


def _told(name: str, location: Location | None, removed: Counter[str], *, repaired: bool, tagged: bool) -> Iterator[Finding]:
    if removed:
        what = ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in sorted(removed.items()))
        message, hint = f"taken out of the annex {name!r}: {what}", "look whether it still says what it should"
        yield Finding("annex-cleaned", message, location, hint, "warning")
    if repaired:
        message, hint = f"the annex {name!r} was damaged; it was mended", "look whether every page is there"
        yield Finding("mended-annex", message, location, hint, "warning")
    if not tagged:
        message = f"the annex {name!r} is not tagged: screen readers cannot follow it"
        yield Finding("untagged-annex", message, location, "save it as tagged PDF from where it comes", "warning")


def _size(page: pikepdf.Page) -> tuple[int, int]:
    """Return how wide and high a page is as it is seen, in whole points."""
    left, bottom, right, top = (float(number) for number in page.cropbox)
    across, down = abs(right - left), abs(top - bottom)
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (round(down), round(across)) if turned else (round(across), round(down))


def _remove(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Take out what could run, open or carry something; yield the kind of each."""
    import pikepdf

    root = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names:
        yield from ("script" for _ in pikepdf.NameTree(names.JavaScript))
        del names["/JavaScript"]
    if "/EmbeddedFiles" in names:
        yield from ("attachment" for _ in pikepdf.NameTree(names.EmbeddedFiles))
        del names["/EmbeddedFiles"]
    if "/OpenAction" in root:
        yield from _action(root, "/OpenAction")
    form = root.get("/AcroForm", pikepdf.Dictionary())
    for holder, key, kind in ((root, "/AF", "attachment"), (root, "/Collection", "attachment"), (form, "/XFA", "form script")):
        if key in holder:
            yield kind
            del holder[key]
    yield from _holder(root)
    for field in form.get("/Fields", pikepdf.Array()):
        yield from _form(field)
    for page in pdf.pages:
        yield from _holder(page.obj)
        yield from _annotations(page.obj)


def _form(field: Any) -> Iterator[str]:
    yield from _holder(field)
    for kid in field.get("/Kids", ()):
        yield from _form(kid)


def _annotations(page: Any) -> Iterator[str]:
    import pikepdf

    kept = []
    for annotation in page.get("/Annots", ()):
        if not isinstance(annotation, pikepdf.Dictionary):
            continue
        if carried := _CARRIERS.get(str(annotation.get("/Subtype", ""))):
            yield carried
            continue
        yield from _holder(annotation)
        kept.append(annotation)
    if "/Annots" in page:
        page.Annots = pikepdf.Array(kept)


def _holder(holder: Any) -> Iterator[str]:
    """Take the actions and files out of a page, a field or an annotation."""
    for key in ("/AA", "/AF", "/PA"):
        if key in holder:
            yield "attachment" if key == "/AF" else "script"
            del holder[key]
    if "/A" in holder:
        yield from _action(holder, "/A")


def _action(holder: Any, key: str) -> Iterator[str]:
    """Keep an action that goes to a page or to the web; take out any other, and all that would follow one."""
    import pikepdf

    action = holder[key]
    if not isinstance(action, pikepdf.Dictionary):
        return
    kind = str(action.get("/S", ""))
    if kind == "/GoTo" or (kind == "/URI" and str(action.get("/URI", "")).lower().startswith(SCHEMES)):
        if "/Next" in action:
            yield "script"
            del action["/Next"]
        return
    yield _ACTIONS.get(kind, "action")
    del holder[key]
