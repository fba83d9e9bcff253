"""TBX (ISO 30042:2019, TBX-Basic): write the glossary for terminology tools, and read terms from these tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import parse_xml
from ipdocs.locale.glossary import KINDS, Glossary, Term
from ipdocs.locale.language import languages
from ipdocs.locale.stated_language import stated_language
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED, _DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
Row = dict[str, str]
"""A row of the glossary: the text of each cell, keyed by column."""


def write(glossary: Glossary, codes: Iterable[str], workspace: Workspace) -> bytes:
    """Return a glossary as TBX, in the languages with the given codes; forbidden forms become deprecated terms.

    The domain and the kind of a term are its subject fields.
    """
    from lxml import etree

    tags = {code: languages(workspace)[code].tag for code in codes}
    root = etree.Element(f"{{{CORE}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, {None: CORE})
    header = etree.SubElement(root, f"{{{CORE}}}tbxHeader")
    source_description = etree.SubElement(etree.SubElement(header, f"{{{CORE}}}fileDesc"), f"{{{CORE}}}sourceDesc")
    etree.SubElement(source_description, f"{{{CORE}}}p").text = "The glossary of an ipdocs workspace"
    body = etree.SubElement(etree.SubElement(root, f"{{{CORE}}}text"), f"{{{CORE}}}body")
    for term in glossary.terms.values():
        entry = etree.SubElement(body, f"{{{CORE}}}conceptEntry", id=term.id)
        for subject in (term.domain, term.kind):
            etree.SubElement(entry, f"{{{CORE}}}descrip", type="subjectField").text = subject
        if term.source:
            etree.SubElement(entry, f"{{{CORE}}}admin", type="source").text = term.source
        if term.note:
            etree.SubElement(entry, f"{{{CORE}}}note").text = term.note
        for code, tag in tags.items():
            _write_language_section(entry, term, code, tag)
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write_language_section(entry: _Element, term: Term, code: str, tag: str) -> None:
    from lxml import etree

    if not term.text(code):
        return
    forms = [(term.text(code), _PREFERRED), *((form, _DEPRECATED) for form in term.forbidden.get(code, ()))]
    section = etree.SubElement(entry, f"{{{CORE}}}langSec", {_LANG: tag})
    for form, status in forms:
        term_section = etree.SubElement(section, f"{{{CORE}}}termSec")
        etree.SubElement(term_section, f"{{{CORE}}}term").text = form
        etree.SubElement(term_section, f"{{{CORE}}}termNote", type="administrativeStatus").text = status


def read(path: Path, workspace: Workspace) -> list[tuple[Row, int]]:
    """Return each concept of a TBX file as a glossary row, with its line number.

    A row has the columns id, kind, domain, source and note, and a column for each language.
    Domains are written in lower case with hyphens. Older TBX (martif, termEntry, langSet, tig)
    is read, too.

    Raises:
        IpdocsError: the file is unsafe, or not TBX.
    """
    root = parse_xml(read_bytes(path), path, allow_doctype=True)
    if _local_name(root) not in ("tbx", "martif"):
        raise unusable_file(
            "bad-tbx", "this file is not TBX: its root element is neither tbx nor martif", path, "export the terms as TBX-Basic"
        )
    entries = (element for element in root.iter() if _local_name(element) in ("conceptEntry", "termEntry"))
    return [(_row(entry, workspace), entry.sourceline or 0) for entry in entries]


def _local_name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _row(entry: _Element, workspace: Workspace) -> Row:
    row: Row = {"id": entry.get("id", "")}
    forbidden: list[str] = []
    for child in entry:
        name = _local_name(child)
        if name == "descrip" and child.get("type") == "subjectField":
            subject = " ".join((child.text or "").split())
            if subject in KINDS:
                row["kind"] = subject
            elif domain := re.sub("[^a-z0-9]+", "-", subject.lower()).strip("-0123456789"):
                row["domain"] = domain
        elif name == "admin" and child.get("type") == "source":
            row["source"] = " ".join((child.text or "").split())
        elif name == "note":
            row["note"] = " ".join((child.text or "").split())
        elif name in ("langSec", "langSet"):
            language = stated_language(child.get(_LANG) or "", workspace)
            code = language.code if language else ""
            for form, deprecated in _forms(child):
                if code and deprecated:
                    forbidden += [form] if code in ("en", "tc") else []
                elif code and form:
                    row.setdefault(code, form)
    return row | ({"forbidden": "; ".join(forbidden)} if forbidden else {})


def _forms(section: _Element) -> Iterator[tuple[str, bool]]:
    """Yield the forms of a term in one language, and whether each is deprecated."""
    for element in section.iter():
        if _local_name(element) == "term":
            parent = element.getparent()
            notes = [note.text or "" for note in parent if _local_name(note) == "termNote"] if parent is not None else []
            yield " ".join("".join(map(str, element.itertext())).split()), any("deprecated" in note for note in notes)
