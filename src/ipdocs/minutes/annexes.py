"""Files of annexes: PDF, Word or picture in, what can be bound in out, without anything hidden, private or active."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipdocs.files.ooxml.clean import TAKEN_OUT, clean_parts
from ipdocs.files.ooxml.package import open_package, write_package
from ipdocs.files.pdf.sanitise import sanitise
from ipdocs.files.pictures.cleaning import clean_picture, strip_metadata
from ipdocs.files.pictures.kinds import kind_of, unsupported_kind
from ipdocs.files.pictures.picture import BadPicture, CleanPicture
from ipdocs.files.reading import Reason, UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError
from ipdocs.model.text import Text
from ipdocs.source.file_references import bad_picture
from ipdocs.workspace import Workspace, resolve_in_workspace

MAX_BYTES = 100_000_000
MAX_PAGES = 2_000
A4 = (595, 842)

Convert = Callable[[bytes, Text], bytes]
"""What turns a Word file into a PDF: its bytes, and the text that names it."""


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """A clean file ready to be bound in.

    Attributes:
        name: the file as the source names it.
        data: the PDF, or the file of the picture.
        suffix: what the name of a copy ends with: pdf, png, jpg or svg.
        sizes: the width and height of each page in points.
        picture: the picture to set; None for a PDF.
        removed: how much was removed from it, by kind.
        accepted: how many tracked changes were accepted in it.
        findings: warnings about it.
    """

    name: str
    data: bytes
    suffix: str
    sizes: tuple[tuple[int, int], ...]
    picture: CleanPicture | None = None
    removed: Mapping[str, int] = field(default_factory=dict)
    accepted: int = 0
    findings: tuple[Finding, ...] = ()


def read_annex(
    name: Text, folder: Path, workspace: Workspace, convert: Convert, *, accept_changes: bool = False, public: bool = False
) -> AnnexFile:
    """Return the file that a source names, without anything hidden, private or active.

    Args:
        name: the file, as the source names it.
        folder: the folder of the source.
        workspace: the workspace, in which the file has to lie.
        convert: what turns a Word file into a PDF.
        accept_changes: whether tracked changes of a Word file are accepted; otherwise it is refused if it has any.
        public: whether it is published, so that nothing beyond the edges of its pages may stay in the file.

    Raises:
        IpdocsError: it is missing, damaged, encrypted, too large, elsewhere, of another kind, or has tracked changes.
    """
    place = name.locate()
    path = resolve_in_workspace(folder, name, workspace.root or folder, place)
    try:
        data = read_bytes(path, MAX_BYTES)
    except UnsafeFile as error:
        codes: dict[Reason, str] = {"missing": "no-such-file", "too-large": "annex-too-large"}
        raise error.with_codes(codes, "unreadable", place, f"the annex {str(name)!r} cannot be used: ") from error
    if b"%PDF-" in data[:1024]:
        return _pdf(name, data, public=public)
    if data.startswith(b"PK\x03\x04"):
        return _word(name, data, path, convert, accept_changes=accept_changes, public=public)
    if kind_of(data) is None and not unsupported_kind(data)[0]:
        hint = "give it as PDF, Word (.docx) or picture (PNG, JPEG, GIF, WebP, TIFF, BMP, SVG)"
        raise IpdocsError([Finding("unknown-annex-kind", f"{str(name)!r} is no PDF, Word file or picture", place, hint)])
    try:
        picture = clean_picture(data)
    except BadPicture as error:
        raise IpdocsError([bad_picture(str(name), error, place)]) from error
    suffix = "jpg" if picture.kind == "jpeg" else picture.kind
    removed = {"notes in pictures": 1} if strip_metadata(data) != data else {}
    findings = tuple(_reduction(name, picture, data))
    return AnnexFile(str(name), picture.data, suffix, (A4,), replace(picture, losses=()), removed, findings=findings)


def _pdf(name: Text, data: bytes, *, public: bool) -> AnnexFile:
    place = name.locate()
    clean = sanitise(data, str(name), place, max_pages=MAX_PAGES, public=public)
    findings = (*_removal(name, clean.removed), *clean.findings)
    return AnnexFile(str(name), clean.data, "pdf", clean.sizes, removed=clean.removed, findings=findings)


def _word(name: Text, data: bytes, path: Path, convert: Convert, *, accept_changes: bool, public: bool) -> AnnexFile:
    """Return a Word file as a PDF; LibreOffice reads a file packed anew of what was looked at here, and nothing else."""
    place = name.locate()
    try:
        parts, changes, removed = clean_parts(open_package(data, path, taken_out=TAKEN_OUT))
    except UnsafeFile as error:
        subject = f"the annex {str(name)!r} cannot be used: "
        raise error.with_codes(_CODES, "damaged-annex", place, subject) from error
    except BadPicture as error:
        message = f"a picture in the annex {str(name)!r} cannot be used: {error.message}"
        raise IpdocsError([Finding("damaged-annex", message, place, error.hint)]) from error
    if changes and not accept_changes:
        message = f"the annex {str(name)!r} has {changes:,} tracked change{'s' if changes > 1 else ''}"
        hint = "accept or reject the changes in Word, or write changes: accept in the annex"
        raise IpdocsError([Finding("annex-with-changes", message, place, hint)])
    clean = sanitise(convert(write_package(parts), name), str(name), place, max_pages=MAX_PAGES, public=public)
    findings = (*_acceptance(name, changes), *_removal(name, removed), *clean.findings)
    return AnnexFile(str(name), clean.data, "pdf", clean.sizes, None, removed, changes, findings)


_CODES: dict[Reason, str] = {
    "encrypted": "encrypted-annex",
    "wrong-kind": "unknown-annex-kind",
    "bomb": "annex-too-large",
    "active": "annex-with-macros",
    "external": "annex-reaches-out",
}

_QUIET_KINDS = (
    *("properties", "records of metadata", "thumbnails", "custom data"),
    *("notes in pictures", "cropped pictures", "attached templates"),
)
_QUIET = frozenset((*_QUIET_KINDS, "cropped pages", "clipped pages", "covered pages", "hidden pages"))
"""The kinds that nearly every file has, or that a finding of their own tells of: nobody has to look at the annex for them."""


def _removal(name: Text, removed: Counter[str]) -> Iterator[Finding]:
    """Yield a warning of what was removed, unless it is only what nearly every file has."""
    if set(removed) - _QUIET:
        kinds = ", ".join(f"{kind} ({count:,})" for kind, count in sorted(removed.items()))
        message, hint = f"removed from the annex {str(name)!r}: {kinds}", "look whether it still says what it should"
        yield Finding("annex-cleaned", message, name.locate(), hint, "warning")


def _reduction(name: Text, picture: CleanPicture, data: bytes) -> Iterator[Finding]:
    """Yield a warning for each thing that the file of a picture shows and the annex does not."""
    is_tiff = kind_of(data) == "tiff"
    hint = "save it as PDF to show all pages" if is_tiff else "save what is to be shown as a picture of its own"
    for loss in picture.losses:
        yield Finding("picture-reduced", f"the annex {str(name)!r}: {loss}", name.locate(), hint, "warning")


def _acceptance(name: Text, changes: int) -> Iterator[Finding]:
    if changes:
        message = f"{changes:,} tracked change{'s were' if changes > 1 else ' was'} accepted in the annex {str(name)!r}"
        yield Finding("changes-accepted", message, name.locate(), "look whether it says what was meant", "warning")
