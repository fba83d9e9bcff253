"""A letterhead in, its bytes out when they can be trusted: a plain .docx without macros, objects or files from elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ipdocs.files.ooxml.elements import name
from ipdocs.findings import Finding, IpdocsError, Location

LARGEST = 10_000_000
LARGEST_OPEN = 60_000_000
MOST_PARTS = 500
"""A letterhead's size in bytes, packed and unpacked, and how many parts it may have: many times what an office's has."""

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE = ("vbaproject", "activex", "embeddings/", "oleobject")
_FETCHING = {"DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"}
_PARSER = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_HARMLESS = ("http://", "https://", "mailto:")


def read_letterhead(path: Path) -> bytes:
    """Return the bytes of a letterhead; what makes it unfit is raised as findings, all at once."""
    place = Location(path)
    if not path.is_file():
        raise IpdocsError([Finding("no-such-file", f"there is no letterhead {str(path)!r}", place)])
    if path.stat().st_size > LARGEST:
        message = f"the letterhead has {path.stat().st_size:,} bytes; {LARGEST:,} is the limit"
        raise IpdocsError([Finding("letterhead-too-large", message, place, "shrink its pictures")])
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = [Finding("bad-letterhead", message, place, hint) for message, hint in faults(package)]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
        hint = "save it in Word as .docx"
        raise IpdocsError([Finding("bad-letterhead", f"this is no Word file: {error}", place, hint)]) from error
    if found:
        raise IpdocsError(found)
    return data


def faults(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield what makes a package unfit, and what would mend it; nothing is unpacked before its size is known."""
    members = package.infolist()
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > LARGEST_OPEN:
        yield f"it unpacks to more than {MOST_PARTS} parts or {LARGEST_OPEN:,} bytes", "save it without its pictures' originals"
        return
    types = package.read("[Content_Types].xml")
    if _MAIN.encode() not in types:
        yield "its main part is no Word document", "save it in Word as .docx, not as a template or with macros"
    for member in members:
        lower = member.filename.lower()
        if any(mark in lower for mark in _ACTIVE):
            yield f"it holds {member.filename}, which can run", "save it as .docx without macros and objects"
        if not lower.endswith((".xml", ".rels")):
            continue
        content = package.read(member)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            yield f"{member.filename} declares a document type", "save it again in Word or LibreOffice"
        elif lower.endswith(".rels"):
            yield from _outside(content)
        elif b"instrText" in content or b"fldSimple" in content:
            yield from _fetched(member.filename, content)


def _fetched(part: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the fields of a part that would fetch what they show."""
    for code in _fields(content):
        if code.split()[:1] and code.split()[0].upper() in _FETCHING:
            hint = "let the field become what it shows: Ctrl+Shift+F9 in Word"
            yield f"{part} fetches what a field shows: {' '.join(code.split())}", hint


def _fields(content: bytes) -> Iterator[str]:
    """Yield the code of each field: in an attribute, or in pieces between marks, a field within a field by itself."""
    open_ones: list[str] = []
    for one in etree.fromstring(content, _PARSER).iter(name("fldSimple"), name("fldChar"), name("instrText")):
        kind = one.get(name("fldCharType"))
        if one.tag == name("fldSimple"):
            yield one.get(name("instr"), "")
        elif kind == "begin":
            open_ones.append("")
        elif kind == "end" and open_ones:
            yield open_ones.pop()
        elif one.tag == name("instrText") and open_ones:
            open_ones[-1] += one.text or ""
    yield from open_ones


def _outside(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the relationships that would fetch something from elsewhere; a link that a reader may click is none."""
    for one in etree.fromstring(content, _PARSER):
        target = one.get("Target", "")
        if one.get("TargetMode") == "External" and not (one.get("Type") == _LINK and target.startswith(_HARMLESS)):
            yield f"it refers to {target!r} outside itself", "put the picture into the file, or take out the attached template"
