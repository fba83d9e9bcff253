"""TBX: write the glossary for terminology tools, and read terms from these tools.

Version 3 (ISO 30042:2019) is written in the style DCA. Version 2 (martif) is written for tools that read nothing else, such as
OmegaT and translate-toolkit. Both versions are read; version 3 in the styles DCA and DCT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import local_name, parse_xml, text_of
from ipdocs.findings import Finding
from ipdocs.locale.glossary import Glossary, Term
from ipdocs.locale.language import languages
from ipdocs.locale.stated_language import is_taiwan_tag, stated_language
from ipdocs.translation.formats.term_row import FormStatus, Row, TermForm, left_out, make_row
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:iso:std:iso:30042:ed-2"
OWN_SOURCE = "The glossary of an ipdocs workspace"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED, _ADMITTED, _DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
_NAMES_OF_VERSION_2 = {
    "tbx": "martif",
    "tbxHeader": "martifHeader",
    "conceptEntry": "termEntry",
    "langSec": "langSet",
    "termSec": "tig",
}
_STATUSES: dict[str, FormStatus] = {
    "preferred": "preferred",
    "standardized": "preferred",
    "standardised": "preferred",
    "regulated": "preferred",
    "legal": "preferred",
    "approved": "preferred",
    "admitted": "admitted",
    "allowed": "admitted",
    "deprecated": "forbidden",
    "superseded": "forbidden",
    "obsolete": "forbidden",
    "forbidden": "forbidden",
    "prohibited": "forbidden",
    "rejected": "forbidden",
    "notrecommended": "forbidden",
    "donotuse": "forbidden",
}
"""The status of a form, keyed by the value of the data category without its endings "Term" and "-admn-sts"."""
_SHORT_TYPES = ("abbreviation", "acronym", "initialism", "shortform", "symbol", "formula")


def write(glossary: Glossary, codes: Iterable[str], workspace: Workspace, *, version: int = 3) -> bytes:
    """Return a glossary as TBX, in the languages with the given codes; forbidden forms become deprecated terms.

    The domain and the kind of a term are its subject fields.

    Args:
        glossary: the terms.
        codes: the codes of the languages.
        workspace: the workspace of the languages.
        version: the version of TBX: 3, or 2 for tools that read only <martif>.
    """
    from lxml import etree

    tags = {code: languages(workspace)[code].tag for code in codes}
    if version == 3:
        root = etree.Element(f"{{{CORE}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, {None: CORE})
    else:
        root = etree.Element("martif", {"type": "TBX", _LANG: "en"})
    header = _child(root, "tbxHeader")
    _child(_child(_child(header, "fileDesc"), "sourceDesc"), "p").text = OWN_SOURCE
    if version == 2:
        description = etree.SubElement(etree.SubElement(header, "encodingDesc"), "p", type="XCSURI")
        description.text = "http://www.lisa.org/fileadmin/standards/tbx/TBXXCSV02.XCS"
    body = _child(_child(root, "text"), "body")
    for term in glossary.terms.values():
        entry = _child(body, "conceptEntry", id=term.id if version == 3 or not term.id[0].isdigit() else f"c-{term.id}")
        for subject in (term.domain, term.kind):
            _child(entry, "descrip", type="subjectField").text = subject
        if term.source:
            _child(entry, "admin", type="source").text = term.source
        if term.note:
            _child(entry, "note").text = term.note
        for code, tag in tags.items():
            _write_language_section(entry, term, code, tag)
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _child(parent: _Element, name: str, **attributes: str) -> _Element:
    """Return a new child element with a name of version 3, or with the name that it has in version 2."""
    from lxml import etree

    if str(parent.tag).startswith("{"):
        return etree.SubElement(parent, f"{{{CORE}}}{name}", attributes)
    return etree.SubElement(parent, _NAMES_OF_VERSION_2.get(name, name), attributes)


def _write_language_section(entry: _Element, term: Term, code: str, tag: str) -> None:
    if not term.text(code):
        return
    forms = [
        (term.text(code), _PREFERRED),
        *((form, _ADMITTED) for form in term.admitted.get(code, ())),
        *((form, _DEPRECATED) for form in term.forbidden.get(code, ())),
    ]
    section = _child(entry, "langSec")
    section.set(_LANG, tag)
    for form, status in forms:
        term_section = _child(section, "termSec")
        _child(term_section, "term").text = form
        _child(term_section, "termNote", type="administrativeStatus").text = status


def read(path: Path, workspace: Workspace) -> tuple[list[tuple[Row, int]], bool, list[Finding]]:
    """Return each concept of a TBX file as a glossary row, with its line number, whether ipdocs wrote the file, and warnings.

    A row has the columns id, kind, domain, source, note, forbidden and admitted, and a column for each language. Domains are
    written in lower case with hyphens.

    Raises:
        IpdocsError: the file is unsafe, or not TBX.
    """
    root = parse_xml(read_bytes(path), path, allow_doctype=True)
    if local_name(root) not in ("tbx", "martif"):
        raise unusable_file(
            "bad-tbx", "this file is not TBX: its root element is neither tbx nor martif", path, "export the terms as TBX-Basic"
        )
    entries = (element for element in root.iter() if local_name(element) in ("conceptEntry", "termEntry"))
    is_own = any(text_of(element) == OWN_SOURCE for element in root.iter() if local_name(element) == "sourceDesc")
    rows = [(_row(entry, workspace), entry.sourceline or 0) for entry in entries]
    tags = sorted({_tag(section) for section in _sections(root) if stated_language(_tag(section), workspace) is None})
    return rows, is_own, [left_out(f"the language {tag or '(not stated)'}", path) for tag in tags]


def _values(element: _Element, category: str) -> Iterator[str]:
    """Yield the values of a data category in an element: <descrip type="definition"> in DCA, <basic:definition> in DCT."""
    for child in element.iter():
        if category.lower() in (child.get("type", "").lower(), local_name(child).lower()) and (value := text_of(child)):
            yield value


def _row(entry: _Element, workspace: Workspace) -> Row:
    definitions = dict.fromkeys(_values(entry, "definition"))
    notes = dict.fromkeys(text_of(child) for child in entry.iter() if local_name(child) == "note")
    return make_row(
        name=entry.get("id", ""),
        forms=list(_forms(entry, workspace)),
        subjects=_values(entry, "subjectField"),
        source=next(_values(entry, "source"), ""),
        note="; ".join(filter(None, (*definitions, *notes))),
    )


def _forms(entry: _Element, workspace: Workspace) -> Iterator[TermForm]:
    """Yield the forms of a concept; those of Hong Kong come before those of the same language without a region.

    A form in Chinese of Taiwan has the tag of its language.
    """
    for section in sorted(_sections(entry), key=lambda section: "hk" not in re.split("[-_]", _tag(section).lower())):
        language = stated_language(_tag(section), workspace, text_of(section))
        code = language.code if language else _tag(section) if is_taiwan_tag(_tag(section)) else ""
        for term in (element for element in section.iter() if code and local_name(element) == "term"):
            yield TermForm(code, text_of(term), _status(_term_section(term)))


def _sections(element: _Element) -> Iterator[_Element]:
    return (section for section in element.iter() if local_name(section) in ("langSec", "langSet"))


def _tag(section: _Element) -> str:
    return section.get(_LANG) or section.get("lang") or ""


def _term_section(term: _Element) -> _Element:
    """Return the element with the notes on a term: <termSec> or <tig>, or <ntig>, in which <termGrp> contains the term."""
    section = term
    for ancestor in term.iterancestors():
        if local_name(ancestor) in ("langSec", "langSet"):
            break
        section = ancestor
    return section


def _status(section: _Element) -> FormStatus:
    for element in section.iter():
        category = (element.get("type") or local_name(element)).lower()
        if "status" in category or "authorization" in category:
            value = re.sub("[^a-z]", "", text_of(element).lower()).removesuffix("admnsts").removesuffix("term")
            if value in _STATUSES:
                return _STATUSES[value]
    types = {re.sub("[^a-z]", "", value.lower()) for value in _values(section, "termType")}
    return "abbreviated" if types.intersection(_SHORT_TYPES) else "unstated"
