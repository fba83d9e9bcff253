"""Office files in and out: ZIP archives opened within limits and with nothing in them that acts, and written with fixed dates."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.contents import TYPES, content_problems
from ipdocs.files.ooxml.names import MAIN
from ipdocs.files.ooxml.relationships import relationships, relationships_name
from ipdocs.files.reading import FileProblem, UnsafeFile
from ipdocs.files.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an Office file may be: its parts, and in bytes all that it unpacks to, one part, and all its XML."""

    parts: int = 2_000
    unpacked: int = 200_000_000
    part: int = 40_000_000
    xml: int = 100_000_000


LIMITS = Limits()
ARCHIVE_LIMITS = Limits(unpacked=1_000_000_000, part=500_000_000)
"""How large the ZIP of a pack may be: it holds bound PDFs with all annexes."""

MAX_RATIO = 200
"""How many times its size a file may unpack to, and each of its parts."""

_SMALL_PART, _SMALL_FILE = 1_000_000, 10_000_000
"""Bytes up to which a part and a whole file may unpack any way they like."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(LookupError, ArithmeticError, NotImplementedError, OSError, ValueError),
)
"""What Python's reader of archives raises when a file is damaged, or lies about itself; RuntimeError says it is encrypted."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can name: every file of every build has it, so that equal contents have equal bytes."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an Office file by name, unpacked."""

    path: Path
    parts: dict[str, bytes]

    def root(self, name: str) -> _Element | None:
        """Return a part as XML, or None where there is none."""
        return parse_xml(self.parts[name], self.path, name) if name in self.parts else None

    def related(self, kind: str, source: str = "") -> str | None:
        """Return the name of the first part of a kind ("styles") that a part refers to, or that the file itself does."""
        name = relationships_name(source)
        root = self.root(name)
        found = relationships(name, root) if root is not None else ()
        wanted = next((one.part for one in found if one.kind == kind), None)
        return next((name for name in self.parts if name.lower() == wanted), None)


def open_package(
    data: bytes, path: Path, main: str | None = MAIN, limits: Limits = LIMITS, taken_out: Collection[str] = ()
) -> Package:
    """Return an Office file unpacked: every Office file that the program has not just written itself enters here.

    Args:
        data: The file's bytes.
        path: The file, for the locations of findings.
        main: The part without which it is no file of its kind; None if its name may be any.
        limits: How large it may be.
        taken_out: The kinds of relationships that the caller takes out before anything else reads the file.

    Raises:
        UnsafeFile: It is damaged, encrypted, of another kind or too large, or holds macros, embedded objects, or anything
            that would be fetched or taken in from elsewhere, with all its problems at once.
    """
    parts = _unpack(data, path, limits)
    if main and main not in parts:
        message = f"this is no such Office file: it has no {main}"
        raise UnsafeFile(path, [FileProblem("wrong-kind", message, "save it again as .docx or .xlsx")])
    if problems := content_problems(parts, path, limits.xml, taken_out):
        raise UnsafeFile(path, problems)
    return Package(path, parts)


def _unpack(data: bytes, path: Path, limits: Limits) -> dict[str, bytes]:
    if data.startswith(_OLE):
        raise UnsafeFile(path, [_old_or_locked(data)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if problem := next(_archive_problems(members, len(data), limits), None):
                raise UnsafeFile(path, [problem])
            return {member.filename: _unpack_member(archive, member) for member in members if not member.is_dir()}
    except _BROKEN as error:
        raise UnsafeFile(path, [FileProblem("damaged", f"this is no Office file that can be opened: {error}", _SAVE)]) from error
    except RuntimeError as error:
        raise UnsafeFile(path, [_ENCRYPTED]) from error


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return one part; no more is unpacked than the archive says of it, which `ZipFile.read` would do first and cut then."""
    with archive.open(member) as stream:
        return stream.read(member.file_size + 1)


_SAVE = "get it again, or save it again in Word or LibreOffice"
_ENCRYPTED = FileProblem("encrypted", "this file is encrypted", "save it without a password")


def _old_or_locked(data: bytes) -> FileProblem:
    """Return what to say of an OLE file: an Office file under a password, or one of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _ENCRYPTED
    hint = "open it in Word or LibreOffice and save it as .docx"
    return FileProblem("old-format", "this is a file of Word 97 to 2003 (.doc)", hint)


def _archive_problems(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> Iterator[FileProblem]:
    """Yield what is wrong with an archive by what it says of its members, before any of them is unpacked."""
    hint = "it may be a ZIP bomb; if it is not, save it without its pictures' originals"
    total = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    if len(members) > limits.parts or total > limits.unpacked or largest > limits.part:
        message = f"this file unpacks to {len(members):,} parts of {total:,} bytes, more than is allowed"
        yield FileProblem(
            "bomb", f"{message}: {limits.parts:,} parts, {limits.part:,} bytes each, {limits.unpacked:,} in all", hint
        )
    if total > max(_SMALL_FILE, MAX_RATIO * size):
        yield FileProblem(
            "bomb", f"this file unpacks to {total // max(size, 1):,} times its size; {MAX_RATIO} is the limit", hint
        )
    names: set[str] = set()
    for member in members:
        name, shown = member.filename.replace("\\", "/"), f"{member.filename[:80]!r}"
        if member.file_size > max(_SMALL_PART, MAX_RATIO * member.compress_size):
            times = member.file_size // max(member.compress_size, 1)
            yield FileProblem("bomb", f"its part {shown} unpacks to {times:,} times its size; {MAX_RATIO} is the limit", hint)
        if name.startswith("/") or ".." in PurePosixPath(name).parts:
            yield FileProblem("unsafe-path", f"its part {shown} would lie outside it", "get it again from its author")
        if name.lower() in names:
            yield FileProblem("unsafe-path", f"it has two parts of the name {shown}", _SAVE)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield FileProblem("damaged", f"its part {shown} is packed as in no Office file", _SAVE)
        names.add(name.lower())


def read_archive(data: bytes, path: Path) -> dict[str, bytes]:
    """Return the files in a ZIP as `write_archive` makes them, by name.

    Raises:
        UnsafeFile: it is damaged or too large.
    """
    return _unpack(data, path, ARCHIVE_LIMITS)


def own_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file that a library has just written for us, by name and in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Return an Office file of some parts, the list of their types first and the others in their order.

    Equal parts give equal bytes.
    """
    names = sorted(parts, key=lambda name: name != TYPES)
    return _archive((name, parts[name], zipfile.ZIP_DEFLATED, 0o600) for name in names)


_PACKED = (".docx", ".pdf", ".png", ".jpg")


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Return files in one ZIP that everybody may read; those that are packed already are stored as they are."""
    return _archive(
        (name, data, zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED, 0o644)
        for name, data in files.items()
    )


def _archive(entries: Iterator[tuple[str, bytes, int, int]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data, compression, mode in entries:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = compression
            info.external_attr = mode << 16
            archive.writestr(info, data)
    return out.getvalue()
