"""TBX (ISO 30042:2019, TBX-Basic): the glossary out to terminology tools, and terms from them into rows of the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.files.xml import parse_xml
from ipdocs.locale.glossary import Glossary, Term
from ipdocs.locale.language import languages
from ipdocs.translation.memory.tmx_codec import ALIASES
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED, _DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
Row = dict[str, str]


def write(glossary: Glossary, shorts: Iterable[str], workspace: Workspace) -> bytes:
    """Return a glossary as TBX in some languages (by short name): forbidden forms as deprecated terms."""
    from lxml import etree

    tags = {short: languages(workspace)[short].tag for short in shorts}
    root = etree.Element(f"{{{CORE}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, {None: CORE})
    header = etree.SubElement(root, f"{{{CORE}}}tbxHeader")
    described = etree.SubElement(etree.SubElement(header, f"{{{CORE}}}fileDesc"), f"{{{CORE}}}sourceDesc")
    etree.SubElement(described, f"{{{CORE}}}p").text = "The glossary of an ipdocs workspace"
    body = etree.SubElement(etree.SubElement(root, f"{{{CORE}}}text"), f"{{{CORE}}}body")
    for term in glossary.terms.values():
        entry = etree.SubElement(body, f"{{{CORE}}}conceptEntry", id=term.id)
        etree.SubElement(entry, f"{{{CORE}}}descrip", type="subjectField").text = term.kind
        if term.note:
            etree.SubElement(entry, f"{{{CORE}}}note").text = term.note
        for short, tag in tags.items():
            _section(entry, term, short, tag)
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _section(entry: _Element, term: Term, short: str, tag: str) -> None:
    from lxml import etree

    forms = [(term.text(short), _PREFERRED), *((form, _DEPRECATED) for form in term.forbidden.get(short, ()))]
    if not term.text(short):
        return
    section = etree.SubElement(entry, f"{{{CORE}}}langSec", {_LANG: tag})
    for form, status in forms:
        one = etree.SubElement(section, f"{{{CORE}}}termSec")
        etree.SubElement(one, f"{{{CORE}}}term").text = form
        etree.SubElement(one, f"{{{CORE}}}termNote", type="administrativeStatus").text = status


def read(path: Path, workspace: Workspace) -> list[tuple[Row, int]]:
    """Return the concepts of a TBX file as rows of the glossary (id, kind, note, a column a language), each with its line.

    Older TBX (martif, termEntry, langSet, tig) is read too.
    """
    root = parse_xml(read_bytes(path), path)
    if _local(root) not in ("tbx", "martif"):
        raise unsafe_file("bad-tbx", "this is no TBX: its root is another", path, "export it as TBX-Basic")
    known = ALIASES | {one.tag.lower(): one.code for one in languages(workspace).values()}
    return [(_row(one, known), one.sourceline or 0) for one in root.iter() if _local(one) in ("conceptEntry", "termEntry")]


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _row(entry: _Element, known: dict[str, str]) -> Row:
    row: Row = {"id": entry.get("id", "")}
    forbidden: list[str] = []
    for one in entry:
        if _local(one) == "descrip" and one.get("type") == "subjectField":
            row["kind"] = (one.text or "").strip()
        elif _local(one) == "note":
            row["note"] = " ".join((one.text or "").split())
        elif _local(one) in ("langSec", "langSet"):
            tag = (one.get(_LANG) or "").lower()
            short = known.get(tag) or known.get(tag.partition("-")[0])
            for form, deprecated in _terms(one):
                if short and deprecated:
                    forbidden += [form] if short in ("en", "tc") else []
                elif short and form:
                    row.setdefault(short, form)
    return row | ({"forbidden": "; ".join(forbidden)} if forbidden else {})


def _terms(section: _Element) -> Iterator[tuple[str, bool]]:
    for one in section.iter():
        if _local(one) == "term":
            parent = one.getparent()
            notes = [note.text or "" for note in parent if _local(note) == "termNote"] if parent is not None else []
            yield " ".join("".join(map(str, one.itertext())).split()), any("deprecated" in note for note in notes)
