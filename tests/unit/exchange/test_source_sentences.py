"""Sentences that a tool without segments in its files, such as OmegaT, leaves in the source language."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.source.open import open_source
from ipdocs.translation.export import export_translations
from ipdocs.translation.import_translations import ImportResult, import_translations

SOURCE = """\
schema: 1
kind: press-release
id: pier
issued: 2027-06-03
languages: [en]
facts:
  lamps: {integer: 36}
title: {en: "Pier opened"}
body:
  - id: a
    paragraph: {en: "The pier has {{ lamps | number }} new lamps. The mayor opened it. Read on."}
"""


def returned(folder: Path, translation: str) -> tuple[str, ImportResult]:
    """Return the line of the source with the returned translation, and the result of the import."""
    (folder / "locales").mkdir()
    path, file = folder / "pier.yaml", folder / "pier.po"
    path.write_text(SOURCE, "utf-8")
    text = export_translations(open_source(path, draft=True), "tc", "po").decode()
    start = text.index('msgctxt "a.paragraph"')
    file.write_text(text[:start] + text[start:].replace('msgstr ""', f'msgstr "{translation}"', 1), "utf-8")
    result = import_translations(path, [file])
    return path.read_text("utf-8").splitlines()[-1], result


@pytest.mark.parametrize(
    ("translation", "expected", "count"),
    [
        (
            "碼頭有{{ lamps | number }}盞新燈。The mayor opened it. 請讀下去。",
            "盞新燈。⟦The mayor opened it.⟧ 請讀下去。",
            "1 of 3",
        ),
        (
            "The pier has {{ lamps | number }} new lamps. 由市長啟用。",
            "⟦The pier has {{ lamps | number }} new lamps.⟧ 由市長",
            "1 of 3",
        ),
        ("The mayor opened it. 有{{ lamps | number }}盞燈。", "⟦draft: in part⟧⟦The mayor opened it.⟧ 有", "1 of 3"),
    ],
)
def test_a_sentence_of_the_source_makes_a_draft(translation: str, expected: str, count: str, tmp_path: Path) -> None:
    line, result = returned(tmp_path, translation)
    assert expected in line
    (finding,) = result.findings
    assert (finding.code, finding.severity) == ("segments-not-translated", "warning")
    assert count in finding.message


@pytest.mark.parametrize(
    "translation", ["碼頭有{{ lamps | number }}盞新燈，由The mayor啟用。", "有{{ lamps | number }}盞燈。Read on."]
)
def test_a_few_words_of_the_source_are_no_sentence(translation: str, tmp_path: Path) -> None:
    line, result = returned(tmp_path, translation)
    assert f'tc: "{translation}"' in line
    assert result.findings == ()
