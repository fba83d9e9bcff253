"""XLIFF 2.1 and 1.2: their structure, the OASIS schemas if installed, and files changed by other tools."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from ipdocs.source.open import open_source
from ipdocs.source.segment import segment
from ipdocs.translation.export import export_translations
from ipdocs.translation.formats import po, xliff1, xliff2
from ipdocs.translation.formats.code_notation import unit_note
from ipdocs.translation.import_translations import import_translations
from ipdocs.translation.job import TranslationJob, TranslationUnit, UnitMatch

SCHEMAS = Path(os.environ.get("XLIFF_SCHEMAS", "/usr/share/php/Symfony/Component/Translation/Resources/schemas"))
FIXTURES = ("gd-hk-ip-17/release.yaml", "example-gia/release.yaml", "gd-hk-ip-17-minutes/minutes.yaml")
C2, C1 = f"{{{xliff2.CORE}}}", f"{{{xliff1.CORE}}}"


def schema(name: str) -> etree.XMLSchema:
    text = (SCHEMAS / name).read_text("utf-8")
    text = re.sub(r'schemaLocation="[^"]*xml\.xsd"', 'schemaLocation="xml.xsd"', text)
    return etree.XMLSchema(etree.fromstring(text.encode(), base_url=f"{SCHEMAS}/{name}"))


@pytest.mark.skipif(
    not SCHEMAS.is_dir(),
    reason="install Debian's php-symfony-translation for the OASIS schemas, or set XLIFF_SCHEMAS to their folder",
)
@pytest.mark.parametrize(("form", "name"), [("xliff2", "xliff-core-2.0.xsd"), ("xliff1", "xliff-core-1.2-strict.xsd")])
@pytest.mark.parametrize("fixture", FIXTURES)
def test_files_are_valid_against_the_oasis_schemas(form: str, name: str, fixture: str, copied: Callable[[str], Path]) -> None:
    schema(name).assertValid(etree.fromstring(export_translations(open_source(copied(fixture), draft=True), "tc", form)))  # type: ignore[arg-type]


def with_offer() -> TranslationJob:
    source, target = segment("Held on {{ met | day }} **again**."), segment("{{ met | day }}**再次**舉行。")
    stored = segment("Held on {{ first | day }} **once again**.")
    return TranslationJob(
        "d",
        "en",
        "zh-Hant-HK",
        (TranslationUnit("lead", source, None, "initial", ("A note.",), (UnitMatch(stored, target, 98.5, "r 1"),)),),
    )


def test_matches_and_notes_stand_with_their_text() -> None:
    root = etree.fromstring(xliff2.write(with_offer()))
    match = next(root.iter(f"{{{xliff2.MATCHES}}}match"))
    assert match.get("matchQuality") == "98.5"
    assert root.find(f".//{C2}mrk[@id='m1']") is not None
    assert match.get("ref") == "#m1"
    old = etree.fromstring(xliff1.write(with_offer()))
    assert old.find(f".//{C1}alt-trans").get("match-quality") == "98.5%"
    assert [note.text for note in old.iter(f"{C1}note")] == ["A note."]


def test_match_has_the_stored_source() -> None:
    root, old = etree.fromstring(xliff2.write(with_offer())), etree.fromstring(xliff1.write(with_offer()))
    stored = [root.find(f".//{{{xliff2.MATCHES}}}match/{C2}source"), old.find(f".//{C1}alt-trans/{C1}source")]
    assert ["".join(source.itertext()) for source in stored if source is not None] == ["Held on  once again."] * 2
    assert "98.5 % r 1: “Held on once again.” = “再次舉行。”" in po.write(with_offer()).decode()
    assert unit_note(with_offer().units[0]).endswith("98.5 % r 1: “Held on once again.” = “再次舉行。”")


@pytest.mark.parametrize("name", FIXTURES)
def test_ids_are_unique_and_codes_correspond(name: str, copied: Callable[[str], Path]) -> None:
    root = etree.fromstring(export_translations(open_source(copied(name), draft=True), "tc", "xliff2"))
    units = list(root.iter(f"{C2}unit"))
    assert len({unit.get("id") for unit in units}) == len({unit.get("name") for unit in units}) == len(units) > 5
    for unit in units:
        data_ids = {data.get("id") for data in unit.iter(f"{C2}data")}
        for side in ("source", "target"):
            codes = [code for text in unit.iter(f"{C2}{side}") for code in text.iter(f"{C2}ph", f"{C2}pc")]
            numbers = [code.get("id") for code in codes]
            assert len(set(numbers)) == len(numbers)
            references = {code.get(key) for code in codes for key in ("dataRef", "dataRefStart", "dataRefEnd") if code.get(key)}
            assert references <= data_ids


def test_blanks_between_codes_are_preserved() -> None:
    job = TranslationJob(
        "d", "en", "zh-Hant-HK", (TranslationUnit("lead", segment("{{ a }} {{ b }}  *c* *d*"), None, "initial"),)
    )
    for write in (xliff2.write, xliff1.write):
        source = next(element for element in etree.fromstring(write(job)).iter() if str(element.tag).endswith("source"))
        assert "".join(source.itertext()) == "   c d"


def test_segments_split_by_a_tool_are_joined(release: Path) -> None:
    path = release.with_name("sent.xlf")
    text = export_translations(open_source(release, draft=True), "tc", "xliff2").decode()
    text = re.sub(
        r"<source>(Strengthening cooperation) on IP in the Bay Area</source>\s*<target>加強大灣區知.*?</target>\s*</segment>",
        r"""<source>\1 </source><target>加強大灣區</target></segment><ignorable><source>on </source></ignorable>
        <segment state="final"><source><mrk id="m" type="term">IP</mrk> in the Bay Area</source>
        <target>知識產權的<mrk id="m" type="term">合作</mrk></target></segment>""",
        text,
    )
    path.write_text(text, "utf-8")
    assert import_translations(release, [path]).changed == ("areas.list.items.1",)
    assert "加強大灣區知識產權的合作" in release.read_text("utf-8")


def test_codes_split_by_a_tool_are_read(small: Path) -> None:
    path = small.with_name("sent.xlf")
    text = export_translations(open_source(small, draft=True), "tc", "xliff2").decode()
    target = re.search(r"<target>(<pc id=\"1\"[^>]*>)(.*?)</pc>(.*?)</target>", text)
    assert target
    apart = f'<target><sc id="1" dataRef="d1"/>{target[2]}<ec startRef="1" dataRef="d1"/>{target[3]}</target>'
    path.write_text(text.replace(target[0], apart), "utf-8")
    assert import_translations(small, [path]).changed == ()


def test_memory_matches_are_offered_with_their_facts(copied: Callable[[str], Path], root: Path, tmp_path: Path) -> None:
    source = copied("gd-hk-ip-18/release.yaml")
    shutil.copytree(root / "locales/memory", tmp_path / "locales/memory")
    exported = etree.fromstring(export_translations(open_source(source, draft=True), "tc", "xliff2", cache=tmp_path / "cache"))
    unit = next(unit for unit in exported.iter(f"{C2}unit") if unit.get("name") == "lead.paragraph")
    match = next(unit.iter(f"{{{xliff2.MATCHES}}}match"))
    assert next(match.find(f"{C2}target").iter(f"{C2}ph")).get("disp") == "第十八"
