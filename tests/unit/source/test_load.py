"""Opening of sources as documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.model.blocks import Boilerplate, ListBlock
from ipdocs.model.document import PressRelease
from ipdocs.model.facts import Quantity, TextFact
from ipdocs.model.text import ByLanguage
from ipdocs.source.open import open_source
from ipdocs.source.validation import load_section
from ipdocs.source.yaml import Mapping, Scalar, Sequence, read
from ipdocs.values.types import Date, Ordinal
from ipdocs.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
RELEASE = ROOT / "fixtures/gd-hk-ip-17/release.yaml"


def test_a_release_is_opened() -> None:
    document = open_source(RELEASE).document
    assert isinstance(document, PressRelease)
    meeting, met, city = (document.facts[name] for name in ("meeting", "met", "city"))  # type: ignore[index]
    assert isinstance(meeting, Quantity)
    assert meeting.value == Ordinal(17)
    assert met.value == Date(2018, 8, 21)
    assert isinstance(city, TextFact)
    assert city.text == {"en": "Guangzhou", "tc": "廣州"}
    areas = document.body[1]
    assert isinstance(areas, ListBlock)
    assert len(areas.list.items) == 7
    assert isinstance(document.body[-1], Boilerplate)


def test_a_text_has_its_line() -> None:
    document = open_source(RELEASE).document
    place = document.title["en"].locate()  # type: ignore[index]
    assert place
    lines = RELEASE.read_text("utf-8").splitlines()
    assert lines[place.line - 1][place.column - 1 :].startswith("Guangdong/Hong Kong IP Meeting")


def test_values_are_common_or_by_language(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text(
        "schema: 1\nkind: press-release\nid: a\nissued: {en: 2018-08-22, tc: 2018-08-21}\nlanguages: [en, tc]\n"
        'title: {en: "A", tc: "甲"}\nreference: "12/2018"\ncontact: {office: {en: "Press", tc: "新聞組"}}\n'
    )
    document = open_source(path).document
    assert isinstance(document, PressRelease)
    assert document.issued == {"en": Date(2018, 8, 22), "tc": Date(2018, 8, 21)}
    assert isinstance(document.issued, ByLanguage)
    assert document.issued.first_of("sc", "tc") == ("tc", Date(2018, 8, 21))
    assert document.issued.first_of("sc") is None
    assert document.reference == "12/2018"
    assert document.contact
    assert not isinstance(document.contact, ByLanguage)


def test_a_draft_may_lack_translations_only(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    source = "schema: 1\nkind: press-release\nid: a\nissued: 2018-08-22\nlanguages: [en, tc]\n"
    path.write_text(source + 'title: {en: "A"}\n')
    assert open_source(path, draft=True).document.id == "a"
    path.write_text(source + 'title: {en: "{{ b }}"}\n')
    with pytest.raises(IpdocsError, match="undefined-fact"):
        open_source(path, draft=True)


def test_a_boilerplate_section_is_read_by_name() -> None:
    section = load_section("expert-group-background", Workspace())
    assert section.id == "expert-group-background"
    assert section.body[0].id is None


@pytest.mark.parametrize("name", ["no-such-section", "../secret", "..", "a/b", ""])
def test_an_unknown_section_is_a_finding(name: str) -> None:
    with pytest.raises(IpdocsError) as raised:
        load_section(name, Workspace())
    assert raised.value.findings[0].code == "unknown-boilerplate"


def test_findings_are_in_the_order_of_their_places() -> None:
    with pytest.raises(IpdocsError) as raised:
        open_source(ROOT / "tests/errors/cases/shape-wrong.yaml")
    places = [finding.location for finding in raised.value.findings]
    assert places == sorted(places)  # type: ignore[type-var]
    assert len(places) > 5


def test_a_file_is_read_as_nodes_with_positions(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text('key: {inner: ["one", two]}\n')
    root = read(path)
    assert isinstance(root, Mapping)
    inner = root.get("key")
    assert isinstance(inner, Mapping)
    assert (inner.flow, inner.start, inner.end) == (True, 5, 26)
    items = inner.get("inner")
    assert isinstance(items, Sequence)
    assert [(item.text, item.style, item.start, item.end) for item in items.items if isinstance(item, Scalar)] == [
        ("one", '"', 14, 19),
        ("two", "", 21, 24),
    ]


def test_anchors_and_aliases_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: &x 1\nb: *x\n")
    with pytest.raises(IpdocsError) as raised:
        read(path)
    assert [finding.code for finding in raised.value.findings] == ["yaml-anchor", "yaml-alias"]
