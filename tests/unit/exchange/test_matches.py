"""Matches of the memory for paragraphs of several sentences, in exported files."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from lxml import etree

from ipdocs.source.open import open_source
from ipdocs.translation.export import export_translations
from ipdocs.translation.formats import xliff1, xliff2
from ipdocs.translation.import_translations import import_translations
from ipdocs.translation.memory.workspace_memory import add_to_memory

C2, C1 = f"{{{xliff2.CORE}}}", f"{{{xliff1.CORE}}}"
HEAD = """\
schema: 1
kind: press-release
id: {id}
issued: 2018-08-21
languages: [{languages}]
facts:
  stalls: {{integer: {stalls}}}
title: {title}
body:
"""
EARLIER = """\
  - {id: a, paragraph: {en: "The pier was painted white.", tc: "碼頭已髹上白色。"}}
  - {id: b, paragraph: {en: "There are {{ stalls | number }} stalls on the pier.", tc: "碼頭上有{{ stalls | number }}個攤檔。"}}
"""
LATER = """\
  - id: lead
    paragraph: {en: "There are {{ stalls | number }} stalls on the pier. Nobody has seen them. The pier was painted white."}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A release to translate, in a workspace whose memory has two of its three sentences."""
    (tmp_path / "locales").mkdir()
    earlier, later = tmp_path / "earlier.yaml", tmp_path / "later.yaml"
    title = '{en: "The pier", tc: "碼頭"}'
    earlier.write_text(HEAD.format(id="earlier", languages="en, tc", stalls=14, title=title) + EARLIER, "utf-8")
    later.write_text(HEAD.format(id="later", languages="en", stalls=36, title='{en: "The pier"}') + LATER, "utf-8")
    add_to_memory(open_source(earlier), by="a translator", on="2018-08-22")
    return later


def exported(source: Path, form: str) -> bytes:
    return export_translations(open_source(source, draft=True), "tc", form, cache=source.parent / "cache")  # type: ignore[arg-type]


def words(element: etree._Element | None) -> str:
    """Return the text of an element, with the displayed text of its codes."""
    assert element is not None
    codes = {code: code.get("disp") or code.get("equiv-text") or "" for code in element.iter() if code is not element}
    return (element.text or "") + "".join(display + (code.tail or "") for code, display in codes.items())


def unit_of(root: etree._Element) -> etree._Element:
    return next(unit for unit in root.iter(f"{C2}unit") if unit.get("name") == "lead.paragraph")


def test_xliff_2_has_a_segment_for_each_sentence(source: Path) -> None:
    unit = unit_of(etree.fromstring(exported(source, "xliff2")))
    segments = unit.findall(f"{C2}segment")
    matches = list(unit.iter(f"{{{xliff2.MATCHES}}}match"))
    assert [(match.get("type"), match.get("matchQuality")) for match in matches] == [("tm", "100"), ("tm", "100")]
    assert [words(match.find(f"{C2}source")) for match in matches] == [
        "There are 14 stalls on the pier.",
        "The pier was painted white.",
    ]
    marks = {f"#{mark.get('id')}": words(mark) for mark in unit.iter(f"{C2}mrk")}
    assert [marks[match.get("ref", "")] for match in matches] == [
        "There are 36 stalls on the pier.",
        "The pier was painted white.",
    ]
    sources = [words(next(segment.iter(f"{C2}mrk"), segment.find(f"{C2}source"))) for segment in segments]
    assert sources == ["There are 36 stalls on the pier.", "Nobody has seen them.", "The pier was painted white."]
    assert [words(space.find(f"{C2}source")) for space in unit.findall(f"{C2}ignorable")] == [" ", " "]


def test_copied_matches_come_back_as_one_text(source: Path, tmp_path: Path) -> None:
    root = etree.fromstring(exported(source, "xliff2"))
    unit = unit_of(root)
    for match, segment in zip(unit.iter(f"{{{xliff2.MATCHES}}}match"), unit.findall(f"{C2}segment")[::2], strict=True):
        target = match.find(f"{C2}target")
        assert target is not None
        segment.append(copy.deepcopy(target))
        segment.set("state", "translated")
    middle = unit.findall(f"{C2}segment")[1]
    etree.SubElement(middle, f"{C2}target").text = "無人見過。"
    middle.set("state", "translated")
    path = tmp_path / "returned.xlf"
    path.write_bytes(etree.tostring(root))
    import_translations(source, [path])
    assert '"碼頭上有{{ stalls | number }}個攤檔。無人見過。碼頭已髹上白色。"' in source.read_text("utf-8")


REPEATED = """\
  - id: lead
    paragraph: {en: "Of {{ stalls | number }} stalls, few sell food. There are {{ stalls | number }} stalls on the pier."}
"""


def test_codes_of_a_match_are_those_of_its_sentence(source: Path) -> None:
    source.write_text(source.read_text("utf-8").replace(LATER, REPEATED), "utf-8")
    unit = unit_of(etree.fromstring(exported(source, "xliff2")))
    (match,) = unit.iter(f"{{{xliff2.MATCHES}}}match")
    codes = [[code.get("id") for code in element.iter(f"{C2}ph")] for element in (*unit.findall(f"{C2}segment"), match)]
    assert codes == [["1"], ["2"], ["2", "2"]]


def test_emphasis_over_two_sentences_keeps_one_segment(source: Path) -> None:
    sentences = "Nobody has seen them. The pier was painted white."
    source.write_text(source.read_text("utf-8").replace(sentences, f"**{sentences}**"), "utf-8")
    root = etree.fromstring(exported(source, "xliff2"))
    assert len(unit_of(root).findall(f"{C2}segment")) == 1


def test_spaces_in_xml_are_those_of_the_text(source: Path) -> None:
    root = etree.fromstring(exported(source, "xliff2"))
    texts = ["".join(map(str, element.itertext())) for element in root.iter(f"{C2}source", f"{C2}target")]
    assert texts
    assert [text for text in texts if text != text.strip() and text != " "] == []


def test_xliff_1_has_the_same_matches(source: Path) -> None:
    root = etree.fromstring(exported(source, "xliff1"))
    unit = next(unit for unit in root.iter(f"{C1}trans-unit") if unit.get("resname") == "lead.paragraph")
    matches = list(unit.iter(f"{C1}alt-trans"))
    assert len(matches) == 3
    assert words(matches[1].find(f"{C1}source")) == "There are 14 stalls on the pier."
    assert words(matches[1].find(f"{C1}target")) == "碼頭上有36個攤檔。"


def test_po_comments_have_each_part(source: Path) -> None:
    text = exported(source, "po").decode().replace("\n#. ", " ")
    assert "earlier b.paragraph: “There are 14 stalls on the pier.” = “碼頭上有36個攤檔。”" in text
    assert "earlier a.paragraph: “The pier was painted white.” = “碼頭已髹上白色。”" in text
