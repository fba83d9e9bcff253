"""No word of a returned XLIFF or PO file is lost in silence, whatever was inserted, moved or deleted in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ipdocs.findings import IpdocsError
from ipdocs.source.segment import Ref, segment
from ipdocs.translation.formats import po, xliff1, xliff2, xliff2_reader
from ipdocs.translation.job import ReturnedFile, TranslationJob, TranslationUnit, UnitMatch

WORD = "樂韻"
ELEMENTS = ("g", "ph", "pc", "mrk", "note", "target", "source", "segment", "unit", "trans-unit", "alt-trans", "group", "x", "seg")
READERS: dict[str, tuple[str, Callable[[TranslationJob], bytes], Callable[[Path], ReturnedFile]]] = {
    "xliff1": (xliff1.CORE, xliff1.write, xliff1.read),
    "xliff2": (xliff2.CORE, xliff2.write, xliff2_reader.read),
}


@cache
def job() -> TranslationJob:
    match = UnitMatch(segment("It sailed."), segment("已啟航。"), 80, "other")
    units = (
        TranslationUnit(
            "a", segment("**Two** boats. They [sail](https://www.example.org)."), None, "initial", ("Note.",), (match,)
        ),
        TranslationUnit("b", segment("{{ n | number }} boats"), segment("{{ n | number }}艘船"), "translated"),
    )
    return TranslationJob("d", "en", "zh-Hant-HK", units)


@pytest.mark.parametrize("form", list(READERS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_word_inserted_anywhere_is_accounted_for(form: str, data: st.DataObject, tmp_path: Path) -> None:
    core, write, read = READERS[form]
    root = etree.fromstring(write(job()))
    for _ in range(data.draw(st.integers(0, 3))):
        _rearrange(root, core, data)
    place = data.draw(st.sampled_from(list(root.iter())))
    if place is not root and data.draw(st.booleans()):
        place.tail = f"{WORD}{place.tail or ''}"
        place = place.getparent()
    else:
        place.text = f"{WORD}{place.text or ''}"
    path = tmp_path / "x.xlf"
    path.write_bytes(etree.tostring(root))
    try:
        returned = read(path)
    except IpdocsError as error:
        assert {finding.code for finding in error.findings} == {"text-unaccounted"}  # noqa: PT017
        return
    if WORD not in _reported(returned):
        assert _is_left_out(place), etree.tostring(root).decode()


def _rearrange(root: etree._Element, core: str, data: st.DataObject) -> None:
    """Add, move or remove an element."""
    elements = list(root.iter())[1:]
    if not elements:
        return
    element, parent = (data.draw(st.sampled_from(elements)) for _ in range(2))
    match data.draw(st.sampled_from(("add", "move", "remove"))):
        case "add":
            name, namespace = data.draw(st.sampled_from(ELEMENTS)), data.draw(st.sampled_from((core, "urn:tool")))
            etree.SubElement(parent, f"{{{namespace}}}{name}", id="9").text = data.draw(st.sampled_from(("", "文")))
        case "move" if parent is not element and element not in parent.iterancestors():
            parent.append(element)
        case "remove" if (grandparent := element.getparent()) is not None:
            grandparent.remove(element)


def _reported(returned: ReturnedFile) -> str:
    """Return what a user sees of a file: names, translations, source texts that are compared, and notes."""
    parts = [part for unit in returned.units for part in (*(unit.target or ()), *(unit.source or ()))]
    texts = [part if isinstance(part, str) else f"{part.display} {part.data}" for part in parts if isinstance(part, str | Ref)]
    notes = [*(note.text for note in returned.notes), *(note for unit in returned.units for note in unit.notes)]
    return "\n".join([*texts, *notes, *(unit.name for unit in returned.units)])


def _is_left_out(place: etree._Element) -> bool:
    """Whether text in an element is nothing that a person reads: a match, an exported note, markup, or of another tool."""
    elements = [place, *place.iterancestors()]
    is_exported_note = any("ipdocs" in (element.get("from"), element.get("category")) for element in elements)
    names = {etree.QName(element).localname for element in elements}
    is_foreign = any(etree.QName(element).namespace == "urn:tool" for element in elements)
    return is_exported_note or is_foreign or bool(names & {"alt-trans", "matches", "originalData", "cp"})


PO = po.write(job()).decode()
LINES = (  # lines to insert
    'msgctxt "z"',
    'msgid "z"',
    f'msgstr "{WORD}"',
    f'"{WORD}"',
    f"# {WORD}",
    f"#~ {WORD}",
    WORD,
    "",
    "#, fuzzy",
    '#~ msgid "q"',
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(insertions=st.lists(st.tuples(st.integers(0, PO.count("\n")), st.sampled_from(LINES)), min_size=1, max_size=5))
def test_lines_inserted_into_po_are_accounted_for(insertions: list[tuple[int, str]], tmp_path: Path) -> None:
    lines = PO.split("\n")
    for position, line in insertions:
        lines.insert(position, line)
    path = tmp_path / "x.po"
    path.write_text("\n".join(lines), "utf-8")
    try:
        returned = po.read(path)
    except IpdocsError as error:
        assert {finding.code for finding in error.findings} == {"bad-po"}  # noqa: PT017
        return
    body = lines[lines.index('msgctxt "a"') :]
    if any(WORD in line for line in body):
        assert WORD in _reported(returned) or any(finding.code == "obsolete-text" for finding in returned.findings)
