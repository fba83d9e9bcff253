"""Open Office files within limits and without active content, and write ZIP archives with a fixed date."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.contents import CONTENT_TYPES_PART, content_problems
from ipdocs.files.ooxml.names import MAIN_PART
from ipdocs.files.ooxml.plain_names import with_plain_names
from ipdocs.files.ooxml.relationships import Relationship, is_relationships_part, read_relationships, relationships_part
from ipdocs.files.ooxml.strict import in_transitional_form
from ipdocs.files.reading import FileProblem, UnsafeFile
from ipdocs.files.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on what an Office file may unpack to.

    Attributes:
        part_count: Maximum number of parts.
        total_bytes: Maximum size of all parts together, in bytes.
        part_bytes: Maximum size of one part, in bytes.
        xml_bytes: Maximum size of all XML together, in bytes.
    """

    part_count: int = 2_000
    total_bytes: int = 200_000_000
    part_bytes: int = 40_000_000
    xml_bytes: int = 100_000_000


LIMITS = Limits()
ARCHIVE_LIMITS = Limits(total_bytes=1_000_000_000, part_bytes=500_000_000)
"""The limits for the ZIP archive of a pack, which contains bound PDFs with all annexes."""

MAX_RATIO = 200
"""Maximum ratio of the unpacked size to the packed size of a file or a part."""

_SMALL_PART, _SMALL_FILE = 1_000_000, 10_000_000
"""The unpacked sizes in bytes up to which a part or a file may exceed MAX_RATIO."""

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGE_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(LookupError, ArithmeticError, NotImplementedError, OSError, ValueError),
)
"""The errors that zipfile raises for a damaged archive or another kind of file; an encrypted archive raises RuntimeError."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can state, used for every file, so that equal content gives equal bytes."""


@dataclass(frozen=True, slots=True)
class Package:
    """An unpacked Office file.

    Attributes:
        path: The path of the file.
        parts: The content of the parts, keyed by name.
    """

    path: Path
    parts: dict[str, bytes]

    def root(self, name: str) -> _Element | None:
        """Parse a part and return its root element; None if there is no such part."""
        return parse_xml(self.parts[name], self.path, name) if name in self.parts else None

    def relationships(self) -> list[Relationship]:
        """Return the relationships of all parts and of the file itself."""
        return [
            relationship
            for name, content in self.parts.items()
            if is_relationships_part(name)
            for relationship in read_relationships(name, parse_xml(content, self.path, name))
        ]

    def related_part(self, kind: str, source: str = "") -> str | None:
        """Return the name of the first part to which a source has a relationship of a certain kind; None if there is none.

        Args:
            kind: The kind of relationship, such as "styles".
            source: The name of the part that has the relationship; empty for the file itself.
        """
        name = relationships_part(source)
        root = self.root(name)
        relationships = read_relationships(name, root) if root is not None else ()
        target = next((relationship.part for relationship in relationships if relationship.kind == kind), None)
        return next((part for part in self.parts if part.lower() == target), None)


def open_package(
    data: bytes, path: Path, required_part: str | None = MAIN_PART, limits: Limits = LIMITS, ignored_kinds: Collection[str] = ()
) -> Package:
    """Unpack an Office file and check its content; every untrusted Office file is opened here.

    Parts whose names have spaces or percent escapes get plain names. The main part, the styles and the other parts that a Word
    file has once get their usual names, whatever the file calls them. A strict file is returned in the transitional format.

    Args:
        data: The content of the file.
        path: The path of the file, for the locations of findings.
        required_part: The name of the part that a file of this kind must have; None if the name may differ.
        limits: Limits on what the file may unpack to.
        ignored_kinds: Kinds of relationships that may lead anywhere, since the caller removes them before use.

    Raises:
        UnsafeFile: The file is damaged, encrypted, of another kind or too large; or it contains macros, embedded objects or
            references that a program would fetch. All problems of the content are reported together.
    """
    parts = with_plain_names(_unpack(data, path, limits), path, limits.xml_bytes)
    if required_part and required_part not in parts:
        message = f"this is not an Office file of the expected kind: it has no {required_part}"
        raise UnsafeFile(path, [FileProblem("wrong-kind", message, "save it again as .docx or .xlsx")])
    if problems := content_problems(parts, path, limits.xml_bytes, ignored_kinds):
        raise UnsafeFile(path, problems)
    if transitional := in_transitional_form(parts, path):
        parts = transitional
        if problems := content_problems(parts, path, limits.xml_bytes, ignored_kinds):
            raise UnsafeFile(path, problems)
    return Package(path, parts)


def _unpack(data: bytes, path: Path, limits: Limits) -> dict[str, bytes]:
    if data.startswith(_OLE_SIGNATURE):
        raise UnsafeFile(path, [_ole_problem(data)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if problem := next(_archive_problems(members, len(data), limits), None):
                raise UnsafeFile(path, [problem])
            return {member.filename: _unpack_member(archive, member) for member in members if not member.is_dir()}
    except _DAMAGE_ERRORS as error:
        raise UnsafeFile(path, [_foreign_problem(data)]) from error
    except RuntimeError as error:
        raise UnsafeFile(path, [_ENCRYPTED_PROBLEM]) from error


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Unpack one part, up to its stated size; `ZipFile.read` would unpack everything and then cut the result."""
    with archive.open(member) as stream:
        return stream.read(member.file_size + 1)


_SAVE_HINT = "get the file again, or save it again in Word or LibreOffice"
_RESAVE_HINT = "open it in Word or LibreOffice and save it as .docx"
_FOREIGN_KINDS: Mapping[str, tuple[bytes, ...]] = {
    "a Rich Text file": (b"{\\rtf",),
    "a PDF": (b"%pdf-",),
    "a web page or an XML file": (b"<", b"mime-version:"),
}
"""The kinds of files that get the names of Office files, each with the bytes with which it may begin."""

_ENCRYPTED_PROBLEM = FileProblem("encrypted", "this file is encrypted", "save it without a password")


def _ole_problem(data: bytes) -> FileProblem:
    """Return the problem of an OLE file: an Office file that has a password or is in a format from before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _ENCRYPTED_PROBLEM
    return FileProblem("old-format", "this is a file of Word 97 to 2003 (.doc)", _RESAVE_HINT)


def _foreign_problem(data: bytes) -> FileProblem:
    """Return the problem of a file that is not a ZIP archive, whatever its name says."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return FileProblem("damaged", "this file is empty", "get the file again")
    for kind, beginnings in _FOREIGN_KINDS.items():
        if start.startswith(beginnings):
            return FileProblem("wrong-kind", f"this is {kind}, not an Office file", _RESAVE_HINT)
    return FileProblem("damaged", "this file is damaged, or is not an Office file", _SAVE_HINT)


def _archive_problems(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> Iterator[FileProblem]:
    """Yield the problems that the directory of an archive shows, before anything is unpacked."""
    hint = "save it with smaller pictures, or get it again from its author: it may be a ZIP bomb"
    total = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    if len(members) > limits.part_count or total > limits.total_bytes or largest > limits.part_bytes:
        message = f"this file unpacks to {len(members):,} parts of {total:,} bytes in total, the largest of {largest:,}"
        size_limits = f"{limits.total_bytes:,} bytes in total and {limits.part_bytes:,} bytes for each part"
        limit = f"the limits are {limits.part_count:,} parts, {size_limits}"
        yield FileProblem("bomb", f"{message}; {limit}", hint)
    if total > max(_SMALL_FILE, MAX_RATIO * size):
        yield FileProblem(
            "bomb", f"this file unpacks to {total // max(size, 1):,} times its size; the limit is {MAX_RATIO}", hint
        )
    names: set[str] = set()
    for member in members:
        name, quoted = member.filename.replace("\\", "/"), f"{member.filename[:80]!r}"
        if member.file_size > max(_SMALL_PART, MAX_RATIO * member.compress_size):
            ratio = member.file_size // max(member.compress_size, 1)
            yield FileProblem("bomb", f"its part {quoted} unpacks to {ratio:,} times its size; the limit is {MAX_RATIO}", hint)
        if name.startswith("/") or ".." in PurePosixPath(name).parts:
            message = f"its part {quoted} would be unpacked into another folder"
            yield FileProblem("unsafe-path", message, "get it again from its author")
        if name.lower() in names:
            yield FileProblem("unsafe-path", f"it has two parts named {quoted}", _SAVE_HINT)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield FileProblem("damaged", f"its part {quoted} is compressed in a way that Office does not use", _SAVE_HINT)
        names.add(name.lower())


def read_archive(data: bytes, path: Path) -> dict[str, bytes]:
    """Return the files in a ZIP archive that `write_archive` has made, keyed by name.

    Raises:
        UnsafeFile: The archive is damaged or too large.
    """
    return _unpack(data, path, ARCHIVE_LIMITS)


def unpack_trusted(data: bytes) -> dict[str, bytes]:
    """Unpack an Office file that a library has just written, without checks; return the parts in order, keyed by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Return an Office file: the list of content types, then the other parts in order. Equal parts give equal bytes."""
    names = sorted(parts, key=lambda name: name != CONTENT_TYPES_PART)
    return _archive((name, parts[name], zipfile.ZIP_DEFLATED, 0o600) for name in names)


_COMPRESSED_ENDINGS = (".docx", ".pdf", ".png", ".jpg")


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of files that everyone may read; files of compressed formats are not compressed again."""
    return _archive(
        (name, data, zipfile.ZIP_STORED if name.endswith(_COMPRESSED_ENDINGS) else zipfile.ZIP_DEFLATED, 0o644)
        for name, data in files.items()
    )


def _archive(entries: Iterator[tuple[str, bytes, int, int]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data, compression, mode in entries:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = compression
            info.external_attr = mode << 16
            archive.writestr(info, data)
    return stream.getvalue()
