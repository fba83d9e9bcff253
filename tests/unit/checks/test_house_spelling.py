"""Spellings that a house style does not use."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.pipeline.check import check

SOURCE = """\
schema: 1
kind: press-release
id: ferry
style: quay
languages: [en]
issued: 2026-11-02T10:00+08:00
title: {en: "Ferries"}
body:
  - id: lead
    paragraph: {en: "The Harbor office will organise a Programme."}
"""
STYLE = "about: Quay.\nbased-on: gia\nlanguages:\n  en:\n    spelling: %s\n"


def findings(folder: Path, spelling: str) -> list[tuple[str, str | None]]:
    (folder / "locales/styles").mkdir(parents=True)
    (folder / "locales/styles/quay.yaml").write_text(STYLE % spelling, "utf-8")
    (folder / "ferry.yaml").write_text(SOURCE, "utf-8")
    return [(finding.code, finding.hint) for finding in check([folder / "ferry.yaml"])]


def test_spelling_is_found_with_any_capitals(tmp_path: Path) -> None:
    assert findings(tmp_path, "[[organize, ORGANISE], [program, Programme]]") == [
        ("house-spelling", "write organize"),
        ("house-spelling", "write Program"),
    ]


def test_empty_spelling_is_an_error_in_the_style(tmp_path: Path) -> None:
    assert [code for code, _ in findings(tmp_path, '[["", harbor], [harbour, ""]]')] == ["bad-data", "bad-data"]


def words_found(folder: Path, title: str, text: str) -> list[str | None]:
    source = SOURCE.replace("style: quay", "style: gia").replace('"Ferries"', f'"{title}"')
    (folder / "ferry.yaml").write_text(source.replace("The Harbor office will organise a Programme.", text), "utf-8")
    return [finding.hint for finding in check([folder / "ferry.yaml"])]


@pytest.mark.parametrize(
    ("title", "text", "hints"),
    [
        ("Officers join Pilot Cooperation Forum", "They met.", []),
        ("Officers join cooperation forum", "They met.", ["write co-operation"]),
        ("Cooperation on Ferries", "They met.", ["write Co-operation"]),
        ("Ferries", "They signed the Charter of Cooperation there.", []),
        ("Ferries", "Cooperation is close.", ["write Co-operation"]),
        ("New Cross-border Goods Lanes", "They met.", ["write Cross-boundary Goods"]),
    ],
)
def test_a_name_keeps_its_spelling(tmp_path: Path, title: str, text: str, hints: list[str]) -> None:
    assert words_found(tmp_path, title, text) == hints
