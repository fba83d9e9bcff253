"""Matches of the memory for paragraphs of several sentences, in exported files."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from ipdocs.source.open import open_source
from ipdocs.translation.export import export_translations
from ipdocs.translation.formats import xliff1, xliff2
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


def test_xliff_2_has_an_assembled_match_and_its_parts(source: Path) -> None:
    root = etree.fromstring(exported(source, "xliff2"))
    unit = next(unit for unit in root.iter(f"{C2}unit") if unit.get("name") == "lead.paragraph")
    matches = list(unit.iter(f"{{{xliff2.MATCHES}}}match"))
    assert [match.get("type") for match in matches] == ["am", "tm", "tm"]
    assembled = matches[0]
    assert words(assembled.find(f"{C2}source")) == "There are 14 stalls on the pier. The pier was painted white."
    assert words(assembled.find(f"{C2}target")) == "碼頭上有36個攤檔。⟦Nobody has seen them.⟧碼頭已髹上白色。"
    assert [words(match.find(f"{C2}source")) for match in matches[1:]] == [
        "There are 14 stalls on the pier.",
        "The pier was painted white.",
    ]
    whole, *parts = (int(match.get("matchQuality", "")) for match in matches)
    assert 50 < whole < 90
    assert all(0 < part < whole for part in parts)


def test_xliff_1_has_the_same_matches(source: Path) -> None:
    root = etree.fromstring(exported(source, "xliff1"))
    unit = next(unit for unit in root.iter(f"{C1}trans-unit") if unit.get("resname") == "lead.paragraph")
    matches = list(unit.iter(f"{C1}alt-trans"))
    assert len(matches) == 3
    assert words(matches[1].find(f"{C1}source")) == "There are 14 stalls on the pier."
    assert words(matches[1].find(f"{C1}target")) == "碼頭上有36個攤檔。"


def test_po_comments_have_each_part(source: Path) -> None:
    text = exported(source, "po").decode().replace("\n#. ", " ")
    assert "earlier b.paragraph: There are 14 stalls on the pier. = 碼頭上有36個攤檔。" in text
    assert "earlier a.paragraph: The pier was painted white. = 碼頭已髹上白色。" in text
