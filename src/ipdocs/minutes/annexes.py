"""Read annex files (PDF, Word and pictures), and remove hidden, private and active content from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipdocs.files.ooxml.clean import REMOVED_RELATIONSHIP_KINDS, clean_parts
from ipdocs.files.ooxml.package import open_package, write_package
from ipdocs.files.pdf.sanitise import sanitise
from ipdocs.files.pictures.cleaning import clean_picture, strip_metadata
from ipdocs.files.pictures.kinds import kind_of, unsupported_kind
from ipdocs.files.pictures.picture import BadPicture, CleanPicture
from ipdocs.files.reading import Reason, UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError
from ipdocs.model.text import Text
from ipdocs.source.file_references import bad_picture_finding
from ipdocs.workspace import Workspace, resolve_in_workspace

MAX_BYTES = 100_000_000
MAX_PAGES = 2_000
A4 = (595, 842)
"""The width and height of an A4 page in points."""

Convert = Callable[[bytes, Text], bytes]
"""A function that converts a Word file to PDF, given its bytes and its name in the source."""


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """A cleaned annex, ready to be bound.

    Attributes:
        name: the name of the file in the source.
        data: the bytes of the PDF or picture.
        suffix: the file extension for a copy: pdf, png, jpg or svg.
        sizes: the width and height of each page in points.
        picture: the picture to typeset; None for a PDF.
        removed: the number of items removed from the file, keyed by kind.
        accepted_changes: the number of tracked changes that were accepted.
        findings: warnings about the file.
    """

    name: str
    data: bytes
    suffix: str
    sizes: tuple[tuple[int, int], ...]
    picture: CleanPicture | None = None
    removed: Mapping[str, int] = field(default_factory=dict)
    accepted_changes: int = 0
    findings: tuple[Finding, ...] = ()


def read_annex(
    name: Text, folder: Path, workspace: Workspace, convert: Convert, *, accept_changes: bool = False, public: bool = False
) -> AnnexFile:
    """Read an annex file and remove its hidden, private and active content.

    Args:
        name: the name of the file in the source.
        folder: the folder of the source.
        workspace: the workspace, which must contain the file.
        convert: the function that converts a Word file to PDF.
        accept_changes: whether to accept tracked changes in a Word file; otherwise a file with tracked changes is refused.
        public: whether the annex is published; if so, invisible content such as text outside the crop box is also removed.

    Raises:
        IpdocsError: the file is missing, damaged, encrypted, too large, unsupported or outside the workspace, or it has
            tracked changes that are not accepted.
    """
    location = name.locate()
    path = resolve_in_workspace(folder, name, workspace.root or folder, location)
    try:
        data = read_bytes(path, MAX_BYTES)
    except UnsafeFile as error:
        codes: dict[Reason, str] = {"missing": "no-such-file", "too-large": "annex-too-large"}
        raise error.to_ipdocs_error(codes, "unreadable", location, f"the annex {str(name)!r} cannot be used: ") from error
    if b"%PDF-" in data[:1024]:
        return _pdf_annex(name, data, public=public)
    if data.startswith(b"PK\x03\x04"):
        return _word_annex(name, data, path, convert, accept_changes=accept_changes, public=public)
    if kind_of(data) is None and not unsupported_kind(data)[0]:
        hint = "save the annex as a PDF, a Word file (.docx) or a picture (PNG, JPEG, GIF, WebP, TIFF, BMP, SVG)"
        raise IpdocsError([Finding("unknown-annex-kind", f"{str(name)!r} is not a PDF, Word file or picture", location, hint)])
    try:
        picture = clean_picture(data)
    except BadPicture as error:
        raise IpdocsError([bad_picture_finding(str(name), error, location)]) from error
    suffix = "jpg" if picture.kind == "jpeg" else picture.kind
    removed = {"notes in pictures": 1} if strip_metadata(data) != data else {}
    findings = tuple(_picture_findings(name, picture, data))
    return AnnexFile(str(name), picture.data, suffix, (A4,), replace(picture, losses=()), removed, findings=findings)


def _pdf_annex(name: Text, data: bytes, *, public: bool) -> AnnexFile:
    location = name.locate()
    sanitised = sanitise(data, str(name), location, max_pages=MAX_PAGES, public=public)
    findings = (*_removal_findings(name, sanitised.removed), *sanitised.findings)
    return AnnexFile(str(name), sanitised.data, "pdf", sanitised.sizes, removed=sanitised.removed, findings=findings)


def _word_annex(name: Text, data: bytes, path: Path, convert: Convert, *, accept_changes: bool, public: bool) -> AnnexFile:
    """Return a Word file as a PDF annex.

    The checked parts are packed into a new ZIP archive, because LibreOffice might read parts of the original
    archive that ipdocs has not checked.
    """
    location = name.locate()
    try:
        parts, change_count, removed = clean_parts(open_package(data, path, ignored_kinds=REMOVED_RELATIONSHIP_KINDS))
    except UnsafeFile as error:
        subject = f"the annex {str(name)!r} cannot be used: "
        raise error.to_ipdocs_error(_CODES, "damaged-annex", location, subject) from error
    except BadPicture as error:
        message = f"a picture in the annex {str(name)!r} cannot be used: {error.message}"
        raise IpdocsError([Finding("damaged-annex", message, location, error.hint)]) from error
    if change_count and not accept_changes:
        message = f"the annex {str(name)!r} has {change_count:,} tracked change{'s' if change_count > 1 else ''}"
        hint = "accept or reject the changes in Word, or add `changes: accept` to the annex"
        raise IpdocsError([Finding("annex-with-changes", message, location, hint)])
    sanitised = sanitise(convert(write_package(parts), name), str(name), location, max_pages=MAX_PAGES, public=public)
    findings = (*_accepted_change_findings(name, change_count), *_removal_findings(name, removed), *sanitised.findings)
    return AnnexFile(str(name), sanitised.data, "pdf", sanitised.sizes, None, removed, change_count, findings)


_CODES: dict[Reason, str] = {
    "encrypted": "encrypted-annex",
    "wrong-kind": "unknown-annex-kind",
    "bomb": "annex-too-large",
    "active": "annex-with-macros",
    "external": "annex-reaches-out",
}
"""The code of the finding, keyed by the reason why a Word file cannot be used."""

_KINDS_IN_MOST_FILES = (
    *("properties", "records of metadata", "thumbnails", "custom data"),
    *("notes in pictures", "cropped pictures", "attached templates"),
)
_KINDS_WITHOUT_WARNING = frozenset((*_KINDS_IN_MOST_FILES, "cropped pages", "clipped pages", "covered pages", "hidden pages"))
"""Kinds of removed items that need no warning: nearly every file has them, or another finding reports them."""


def _removal_findings(name: Text, removed: Counter[str]) -> Iterator[Finding]:
    """Yield a warning that lists all kinds of removed items, if one of the kinds needs a warning."""
    if set(removed) - _KINDS_WITHOUT_WARNING:
        kinds = ", ".join(f"{kind} ({count:,})" for kind, count in sorted(removed.items()))
        message, hint = (
            f"the following was removed from the annex {str(name)!r}: {kinds}",
            "check that the annex is still complete",
        )
        yield Finding("annex-cleaned", message, name.locate(), hint, "warning")


def _picture_findings(name: Text, picture: CleanPicture, data: bytes) -> Iterator[Finding]:
    """Yield a warning for each part of a picture file that the annex does not show, such as the pages after the first."""
    is_tiff = kind_of(data) == "tiff"
    hint = "save the picture as PDF to show all pages" if is_tiff else "save the part to show as a separate picture"
    for loss in picture.losses:
        yield Finding("picture-reduced", f"the annex {str(name)!r}: {loss}", name.locate(), hint, "warning")


def _accepted_change_findings(name: Text, change_count: int) -> Iterator[Finding]:
    if change_count:
        message = f"{change_count:,} tracked change{'s were' if change_count > 1 else ' was'} accepted in the annex {str(name)!r}"
        yield Finding("changes-accepted", message, name.locate(), "check the text of the annex", "warning")
