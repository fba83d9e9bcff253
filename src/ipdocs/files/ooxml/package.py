"""Files from elsewhere, opened with care: XML without document types, ZIP archives within limits."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.files.xml import xml
from ipdocs.findings import Finding, IpdocsError, Location

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_OPEN = 200_000_000
MAX_PART = 40_000_000
MAX_PARTS = 2_000
MAX_RATIO = 200
"""The size of a file, of all it unpacks to, of one part of it; how many parts it has; how far a part may unpack.

A part under a megabyte may unpack any way it likes.
"""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAY_CLICK = ("hyperlink",)
_CONTENT_TYPES = "[Content_Types].xml"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can name: every part has it, so that equal parts give equal bytes."""

_BROKEN = (NotImplementedError, OSError, ValueError)
"""What Python's reader of archives raises besides its own errors when a file lies about itself."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an Office file by name, unpacked."""

    path: Path
    parts: dict[str, bytes]

    def root(self, name: str) -> _Element | None:
        """Return a part as XML, or None where there is none."""
        return xml(self.parts[name], self.path, name) if name in self.parts else None


def package(path: Path, main: str) -> Package:
    """Return an Office file unpacked; main names the part without which it is none of its kind ("word/document.xml").

    A file that is not what its name says, encrypted, damaged or too large, with macros, objects or anything it would
    fetch from elsewhere is refused, all its findings at once.
    """
    data = read_bytes(path)
    if data.startswith(_OLE):
        raise _old_or_locked(data, path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, path)
            parts = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        EOFError,
        LookupError,
        ArithmeticError,
        *_BROKEN,
    ) as error:
        hint = "it may be damaged: get it again, or save it again as .docx"
        raise unsafe_file("damaged-file", f"this is no Office file that can be opened: {error}", path, hint) from error
    except RuntimeError as error:
        raise unsafe_file("encrypted-file", "this file is encrypted", path, "save it without a password") from error
    if main not in parts:
        raise unsafe_file(
            "damaged-file", f"this is no such Office file: it has no {main}", path, "save it again as .docx or .xlsx"
        )
    if found := [Finding("hostile-file", message, Location(path), hint) for message, hint in _faults(parts, path)]:
        raise IpdocsError(found)
    return Package(path, parts)


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Return an Office file of some parts, its table of contents first and the others in their order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(parts, key=lambda name: name != _CONTENT_TYPES):
            target.writestr(zipfile.ZipInfo(name, _FIRST_DAY), parts[name], zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _old_or_locked(data: bytes, path: Path) -> IpdocsError:
    """Return what to say of an OLE file: an Office file under a password, or one of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return unsafe_file("encrypted-file", "this file is encrypted", path, "save it without a password")
    return unsafe_file(
        "old-format", "this is a file of Word 97 to 2003 (.doc)", path, "open it in Word or LibreOffice and save it as .docx"
    )


def _check_size(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    total = sum(one.file_size for one in members)
    hint = "it may be a zip bomb; if it is not, save it without its pictures' originals"
    if len(members) > MAX_PARTS or total > MAX_OPEN or any(one.file_size > MAX_PART for one in members):
        raise unsafe_file(
            "hostile-file", f"this file unpacks to {len(members):,} parts of {total:,} bytes, more than is allowed", path, hint
        )
    for one in members:
        if one.file_size > 1_000_000 and one.file_size > MAX_RATIO * max(one.compress_size, 1):
            message = f"{one.filename[:80]!r} unpacks to {one.file_size // max(one.compress_size, 1):,} times its size"
            raise unsafe_file("hostile-file", message, path, hint)
        if one.filename.startswith(("/", "\\")) or ".." in PurePosixPath(one.filename.replace("\\", "/")).parts:
            raise unsafe_file(
                "hostile-file", f"its part {one.filename[:80]!r} would lie outside it", path, "get it again from its author"
            )


def _faults(parts: dict[str, bytes], path: Path) -> list[tuple[str, str]]:
    """Return what in a package can run, or would be fetched from elsewhere, each with its hint."""
    found: list[tuple[str, str]] = []
    for name, content in parts.items():
        lower = name.lower()
        if "vbaproject" in lower or "activex" in lower or lower.endswith((".exe", ".dll", ".js", ".vbs")):
            found.append((f"it holds {name[:80]!r}, which can run", "save it as .docx or .xlsx without macros"))
        if not lower.endswith(".rels"):
            continue
        for one in xml(content, path, name).iter(_RELATIONSHIP):
            kind = one.get("Type", "").rpartition("/")[2]
            if one.get("TargetMode") == "External" and kind not in _MAY_CLICK:
                message = f"it would fetch {one.get('Target', '')[:80]!r} from elsewhere ({kind[:40]})"
                found.append((message, "put the picture into the file, or take out the attached template"))
    return found
