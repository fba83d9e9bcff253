"""Files of annexes: PDF, Word or picture in, what can be bound in out; nothing in them can run or reach out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ipdocs.files.pdf.sanitise import sanitise
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError
from ipdocs.model.text import Text
from ipdocs.workspace import Workspace, inside

MAX_BYTES = 100_000_000
MAX_PAGES = 2_000
MAX_UNPACKED = 500_000_000
A4 = (595, 842)

Convert = Callable[[bytes, Text], bytes]
"""What turns a Word file into a PDF: its bytes, and the text that names it."""


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """A file ready to be bound in: a clean PDF with its pages' sizes in points, or the bytes of a picture to set."""

    name: str
    pdf: bytes
    sizes: tuple[tuple[int, int], ...]
    picture: bytes = b""
    findings: tuple[Finding, ...] = ()


def read_annex(name: Text, folder: Path, workspace: Workspace, convert: Convert) -> AnnexFile:
    """Return the file that a source names; one that is missing, damaged, encrypted, too large or elsewhere is a finding."""
    place = name.locate()
    path = inside(folder, name, workspace.root or folder, place)
    if path.stat().st_size > MAX_BYTES:
        message = f"the annex {str(name)!r} has {path.stat().st_size / 1e6:,.0f} MB; it may have {MAX_BYTES // 1_000_000}"
        raise IpdocsError([Finding("annex-too-large", message, place, "save it smaller, or make it several annexes")])
    data = read_bytes(path, MAX_BYTES)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return AnnexFile(str(name), b"", (A4,), picture=data)
    if b"%PDF-" in data[:1024]:
        return _pdf(name, data)
    if data.startswith(b"PK\x03\x04"):
        _refuse_active(name, data)
        return _pdf(name, convert(data, name))
    hint = "give it as PDF, Word (.docx), PNG or JPEG"
    raise IpdocsError([Finding("unknown-annex-kind", f"{str(name)!r} is no PDF, Word file or picture", place, hint)])


def _pdf(name: Text, data: bytes) -> AnnexFile:
    pdf, sizes, findings = sanitise(data, str(name), name.locate())
    if len(sizes) > MAX_PAGES:
        message = f"the annex {str(name)!r} has {len(sizes):,} pages; it may have {MAX_PAGES:,}"
        raise IpdocsError([Finding("annex-too-large", message, name.locate(), "make it several annexes")])
    return AnnexFile(str(name), pdf, sizes, findings=tuple(findings))


_OUTSIDE = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>')


def _refuse_active(name: Text, data: bytes) -> None:
    """Refuse a Word file with macros, with what it would load from outside, or that unpacks beyond measure."""

    def refused(code: str, message: str, hint: str) -> IpdocsError:
        return IpdocsError([Finding(code, f"the annex {str(name)!r} {message}", name.locate(), hint)])

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if sum(one.file_size for one in package.infolist()) > MAX_UNPACKED:
                raise refused("annex-too-large", f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB", "save it smaller")
            if "word/document.xml" not in names:
                raise refused("unknown-annex-kind", "is no Word file", "give it as PDF, Word (.docx), PNG or JPEG")
            if any(one.lower().endswith("vbaproject.bin") for one in names):
                raise refused("annex-with-macros", "has macros", "save it as .docx, without macros")
            for part in names:
                if part.endswith(".rels") and (loaded := _loaded(package.read(part))):
                    raise refused("annex-reaches-out", f"would load {loaded[:60]!r}", "put what it links to into the file")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise refused("damaged-annex", "is damaged: no Word file can be read from it", "save it again in Word") from error


def _loaded(relationships: bytes) -> str | None:
    """Return the first address outside a file that Word would load by itself: any but a link to click on."""
    for match in _OUTSIDE.finditer(relationships):
        if b"/hyperlink" not in match[0]:
            target = re.search(rb'Target="([^"]*)"', match[0])
            return target[1].decode("utf-8", "replace") if target else "?"
    return None
