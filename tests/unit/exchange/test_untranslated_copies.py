"""XLIFF 1.2 has a copy of the source for a text without a translation; an unchanged copy is no translation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from ipdocs.source.open import open_source
from ipdocs.source.segment import segment
from ipdocs.translation.export import export_translations
from ipdocs.translation.formats import xliff1
from ipdocs.translation.import_translations import import_translations

C1 = f"{{{xliff1.CORE}}}"
OPEN_UNIT = re.compile(r'(resname="open\.paragraph".*?<target state=")new(">)(.*?)(</target>)', re.DOTALL)


@pytest.fixture
def exported(small: Path, tmp_path: Path) -> Path:
    path = tmp_path / "job.xlf"
    path.write_bytes(export_translations(open_source(small, draft=True), "tc", "xliff1"))
    return path


def with_target(path: Path, state: str, text: str | None = None) -> None:
    content = path.read_text("utf-8")
    assert OPEN_UNIT.search(content)
    replacement = OPEN_UNIT.sub(lambda match: f"{match[1]}{state}{match[2]}{text or match[3]}{match[4]}", content)
    path.write_text(replacement, "utf-8")


def test_a_missing_translation_is_a_copy_of_the_source(exported: Path) -> None:
    units = etree.parse(exported).iter(f"{C1}trans-unit")
    unit = next(unit for unit in units if unit.get("resname") == "open.paragraph")
    source, target = unit.find(f"{C1}source"), unit.find(f"{C1}target")
    assert source is not None
    assert target is not None
    assert (target.text, target.get("state")) == (source.text, "new")


@pytest.mark.parametrize("state", ["new", "needs-translation"])
def test_an_unchanged_copy_changes_nothing(state: str, small: Path, exported: Path) -> None:
    before = small.read_bytes()
    with_target(exported, state, "  A third talk follows\n   on March 5. ")
    result = import_translations(small, [exported], to="tc")
    assert (result.changed, [finding for finding in result.findings if finding.severity == "error"]) == ((), [])
    assert small.read_bytes() == before


def test_a_translation_in_the_state_of_a_copy_is_imported(small: Path, exported: Path) -> None:
    with_target(exported, "new", "第三場講座於3月5日舉行。")
    import_translations(small, [exported], to="tc", accept=True)
    assert "第三場講座於3月5日舉行。" in small.read_text("utf-8")


def test_a_copy_that_was_confirmed_is_a_translation(exported: Path) -> None:
    with_target(exported, "translated")
    (unit,) = [unit for unit in xliff1.read(exported).units if unit.name == "open.paragraph"]
    assert unit.target == segment("A third talk follows on March 5.")
