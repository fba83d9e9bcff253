"""Superscript and subscript in edited Word files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word.import_review import import_word_review

SOURCE = """\
schema: 1
kind: press-release
id: garden
issued: 2026-03-02
languages: [en, tc]
facts:
  power: {integer: 12}
title: {en: "A garden of 400 m^2^", tc: "400 m^2^的花園"}
body:
  - id: lead
    paragraph:
      en: "The garden has 400 m^2^ and stores CO~2~, about 10^{{ power }}^ grams[^one]."
      tc: "花園有400 m^2^，儲存CO~2~，約10^{{ power | number }}^克[^one]。"
  - id: notes
    footnotes:
      one: {en: "Measured over 3 m^2^.", tc: "以3 m^2^量度。"}
  - id: items
    list:
      items:
        - {en: "one", tc: "一"}
        - {en: "two", tc: "二"}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    path = tmp_path / "garden.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


def built(source: Path) -> Path:
    (output,) = build([source], source.parent / "out", BuildRequest(editions=("en",), formats=("docx",)))
    return output.path


def paragraph(document: Any, words: str) -> Any:
    return next(paragraph for paragraph in document.paragraphs if words in paragraph.text)


def test_an_unchanged_file_changes_nothing(source: Path) -> None:
    assert import_word_review(source, [built(source)]).changes == ()


def test_edits_around_superscript_keep_it(source: Path) -> None:
    path = built(source)
    document = Document(str(path))
    lead = paragraph(document, "The garden has")
    lead.runs[0].text = "The new garden has 450 m"
    lead.runs[1].text = "3"
    document.save(str(path))
    import_word_review(source, [path])
    assert '"The new garden has 450 m^3^ and stores CO~2~, about 10^{{ power }}^ grams[^one]."' in source.read_text("utf-8")


def test_superscript_of_a_reviewer_arrives(source: Path) -> None:
    path = built(source)
    document = Document(str(path))
    item = paragraph(document, "two")
    item.runs[0].text = "two km"
    item.add_run("2").font.superscript = True
    item.add_run(" of land and H")
    item.add_run("2").font.subscript = True
    item.add_run("O")
    lead = paragraph(document, "The garden has")
    lead.runs[1].font.superscript = False
    document.save(str(path))
    import_word_review(source, [path])
    text = source.read_text("utf-8")
    assert '{en: "two km^2^ of land and H~2~O", tc: "二"}' in text
    assert '"The garden has 400 m2 and stores' in text


def test_a_new_paragraph_keeps_its_superscript(source: Path) -> None:
    path = built(source)
    document = Document(str(path))
    new = paragraph(document, "The garden has").insert_paragraph_before("Visitors see all 9 km")
    new.add_run("2").font.superscript = True
    document.save(str(path))
    import_word_review(source, [path])
    assert "Visitors see all 9 km^2^" in source.read_text("utf-8")


def test_an_edited_fact_in_superscript_is_reported(source: Path) -> None:
    path = built(source)
    document = Document(str(path))
    run = next(run for run in paragraph(document, "The garden has").runs if run.text == "12")
    run.text = "13"
    document.save(str(path))
    (finding,) = import_word_review(source, [path]).findings
    assert (finding.code, "from “12” to “13”" in finding.message) == ("edited-fact", True)
