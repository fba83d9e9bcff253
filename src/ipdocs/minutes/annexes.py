"""Files of annexes: PDF, Word or picture in, what can be bound in out; nothing in them can run or reach out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.ooxml.package import open_package, write_package
from ipdocs.files.pdf.sanitise import sanitise
from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.kinds import kind_of, unread_kind
from ipdocs.files.pictures.picture import BadPicture, Picture
from ipdocs.files.reading import Reason, UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError
from ipdocs.model.text import Text
from ipdocs.source.file_references import bad_picture
from ipdocs.workspace import Workspace, inside

MAX_BYTES = 100_000_000
MAX_PAGES = 2_000
A4 = (595, 842)

Convert = Callable[[bytes, Text], bytes]
"""What turns a Word file into a PDF: its bytes, and the text that names it."""


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """A file ready to be bound in: a clean PDF with its pages' sizes in points, or a picture to set."""

    name: str
    pdf: bytes
    sizes: tuple[tuple[int, int], ...]
    picture: Picture | None = None
    findings: tuple[Finding, ...] = ()


def read_annex(name: Text, folder: Path, workspace: Workspace, convert: Convert) -> AnnexFile:
    """Return the file that a source names; one that is missing, damaged, encrypted, too large or elsewhere is a finding."""
    place = name.locate()
    path = inside(folder, name, workspace.root or folder, place)
    try:
        data = read_bytes(path, MAX_BYTES)
    except UnsafeFile as error:
        codes: dict[Reason, str] = {"missing": "no-such-file", "too-long": "annex-too-large"}
        raise error.relabelled(codes, "unreadable", place, f"the annex {str(name)!r} cannot be used: ") from error
    if b"%PDF-" in data[:1024]:
        return _pdf(name, data)
    if data.startswith(b"PK\x03\x04"):
        return _pdf(name, convert(_safe_word(name, data, path), name))
    if kind_of(data) is None and not unread_kind(data)[0]:
        hint = "give it as PDF, Word (.docx) or picture (PNG, JPEG, GIF, WebP, TIFF, BMP, SVG)"
        raise IpdocsError([Finding("unknown-annex-kind", f"{str(name)!r} is no PDF, Word file or picture", place, hint)])
    try:
        return AnnexFile(str(name), b"", (A4,), picture=clean_picture(data))
    except BadPicture as error:
        raise IpdocsError([bad_picture(str(name), error, place)]) from error


def _pdf(name: Text, data: bytes) -> AnnexFile:
    pdf, sizes, findings = sanitise(data, str(name), name.locate())
    if len(sizes) > MAX_PAGES:
        message = f"the annex {str(name)!r} has {len(sizes):,} pages; it may have {MAX_PAGES:,}"
        raise IpdocsError([Finding("annex-too-large", message, name.locate(), "make it several annexes")])
    return AnnexFile(str(name), pdf, sizes, findings=tuple(findings))


_CODES: dict[Reason, str] = {
    "encrypted": "encrypted-annex",
    "wrong-kind": "unknown-annex-kind",
    "unpacks": "annex-too-large",
    "active": "annex-with-macros",
    "external": "annex-reaches-out",
}


def _safe_word(name: Text, data: bytes, path: Path) -> bytes:
    """Return a Word file packed anew, so that LibreOffice reads what was looked at here and nothing else."""
    try:
        return write_package(open_package(data, path).parts)
    except UnsafeFile as error:
        subject = f"the annex {str(name)!r} cannot be used: "
        raise error.relabelled(_CODES, "damaged-annex", name.locate(), subject) from error
