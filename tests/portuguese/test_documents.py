"""Documents in English, Chinese and Portuguese: Portuguese is a folder of this workspace, and no code is written for it."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html

from ipdocs.importing.import_release import import_release
from ipdocs.locale.catalog_review import catalog_findings
from ipdocs.locale.catalog_update import update
from ipdocs.locale.glossary import glossary
from ipdocs.locale.style import house_style
from ipdocs.minutes.pack import make_pack
from ipdocs.pipeline.build import build
from ipdocs.pipeline.check import check
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.page.review_page import render_review_page
from ipdocs.review.redline import redline
from ipdocs.review.word.import_review import import_word_review
from ipdocs.source.open import open_source
from ipdocs.templating.layout import LAYOUTS, Layout
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.import_translations import import_translations
from ipdocs.translation.memory.workspace_memory import add_to_memory
from ipdocs.translation.suggestions import suggest_translations
from ipdocs.translation.terms import export_terms, import_terms
from ipdocs.workspace import Workspace

HERE = Path(__file__).parent
SOURCES = ("release.yaml", "minutes.yaml")
NOW = datetime(2026, 12, 21, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the workspace."""
    return Path(shutil.copytree(HERE, tmp_path / "office", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def changed(folder: Path, old: str, new: str, name: str = "release.yaml") -> Path:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_documents_have_no_findings() -> None:
    assert check([HERE / name for name in SOURCES]) == []


def test_catalog_is_complete() -> None:
    assert [finding for finding in catalog_findings(Workspace(HERE)) if "pt-MO" in str(finding.location)] == []
    assert update(Workspace(HERE), NOW) == []


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", SOURCES)
def test_documents_are_built_in_every_layout_and_format(name: str, layout: Layout, folder: Path, tmp_path: Path) -> None:
    editions = ("pt", "en+tc+pt") if layout == LAYOUTS[0] else ("en+tc+pt",)
    request = BuildRequest(editions=editions, layout=layout, formats=("docx", "pdf", "html", "txt"))
    outputs = build([folder / name], tmp_path / "out", request)
    assert len(outputs) == 4 * len(editions)
    assert {finding.code for output in outputs for finding in output.findings} <= {"note-moved"}


def test_text_is_portuguese_in_every_part(folder: Path, tmp_path: Path) -> None:
    request = BuildRequest(editions=("pt",), formats=("txt",))
    release, minutes = (build([folder / name], tmp_path / "out", request)[0].path.read_text("utf-8") for name in SOURCES)
    for words in (
        "Abertura da 17.ª Feira do Livro em Macau (com fotografias)",
        "inaugurou hoje (20 de Dezembro) a 17.ª Feira",
        "A Directora do Gabinete de Exemplos, em exercício, Dr.ª Ana Lam, afirmou",
        "12.345 pessoas, mais 3,5% do que no ano passado, das quais 40,0%",
        "aberta das 9h00 às 17h30",
        "MOP 1.234,50, num orçamento de HKD 14.000.000",
        "livros ilustrados; e\n",
        "Sob embargo até às 20h00 de 20 de Dezembro de 2026",
        "Fim/domingo, 20 de Dezembro de 2026\nEmitido às 18h30\n",
    ):
        assert words in release.replace("\u00a0", " ")
    for words in (
        "Acta da 17.ª reunião",
        "A acta da 16.ª reunião, realizada em 10 de Março de 2026, foi aprovada",
        "(apenas versão em português)",
        "A 18.ª reunião realizar-se-á em 16 de Março de 2027, às 14h30",
    ):
        assert words in minutes.replace("\u00a0", " ")
    assert "⟦" not in release + minutes


def test_files_state_their_language(folder: Path, tmp_path: Path) -> None:
    request = BuildRequest(editions=("pt", "en+pt"), formats=("docx", "pdf", "html"))
    outputs = {output.path.name: output.path for output in build([folder / "release.yaml"], tmp_path / "out", request)}
    assert sorted(outputs) == [f"feira-do-livro.{name}.{kind}" for name in ("en-pt", "pt") for kind in ("docx", "html", "pdf")]
    with pikepdf.open(outputs["feira-do-livro.pt.pdf"]) as pdf:
        assert str(pdf.Root.Lang) == "pt-MO"
    assert html.parse(str(outputs["feira-do-livro.pt.html"])).getroot().get("lang") == "pt-MO"
    styles = zipfile.ZipFile(outputs["feira-do-livro.pt.docx"]).read("word/styles.xml").decode()
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]*)"', styles)) == {"pt-PT"}


def test_columns_with_latin_letters_are_equally_wide(folder: Path, tmp_path: Path) -> None:
    output = build([folder / "release.yaml"], tmp_path / "out", BuildRequest(editions=("en+tc+pt",), formats=("docx",)))[0]
    document = zipfile.ZipFile(output.path).read("word/document.xml").decode()
    english, chinese, portuguese = map(int, re.findall(r'<w:gridCol w:w="(\d+)"/>', document)[:3])
    assert english == portuguese > chinese


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("às 10h00 e às 15h00", "às 10h00 , e às 15h00", "space-at-punctuation"),
        ("«Ler *tudo*»", '\\"Ler *tudo*\\"', "quotation-marks"),
        ("«Ler *tudo*»", "«Ler *tudo*", "unpaired-quote"),
        ('pt: "Programa"', 'pt: "Programa 計劃"', "chinese-in-english"),
        ('pt: "infantil, com"', 'pt: "infantil，com"', "full-width-punctuation"),
        ("Há visitas guiadas", "Há há visitas guiadas", "doubled-word"),
        ("a {{ fair | ordinal('feminine') }} Feira do Livro.[^why]", "a 16.ª Feira do Livro.[^why]", "ordinal-differs"),
        ("mais {{ rise | percent }}", "mais 3,6%", "percent-differs"),
        ("é de {{ grant | money }}", "é de MOP 1.334,50", "money-differs"),
        ("das {{ hours | time }}", "das 9h00 às 18h30", "time-differs"),
        ("em {{ talk | date }}, {{ talk | weekday }}", "em 6 de Janeiro de 2027, quarta-feira", "date-differs"),
        ("em {{ talk | date }}, {{ talk | weekday }}", "em {{ talk | date }}, quarta-feira", "weekday-wrong"),
        ("em {{ talk | date }}, {{ talk | weekday }}", "em quarta-feira, 5 de Janeiro de 2027", "weekday-wrong"),
        ('pt: "Realiza-se todos os anos."', 'pt: "It is held every year."', "untranslated"),
        ('pt: "livros ilustrados"', 'pt: "{{ council }}"', "fact-missing"),
        ("{{ opened | today }} a {{", "hoje (21 de Dezembro) a {{", "today-wrong"),
    ],
)
def test_mistakes_in_portuguese_are_found(old: str, new: str, code: str, folder: Path) -> None:
    assert code in {finding.code for finding in check([changed(folder, old, new)])}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mais {{ rise | percent }}", "mais 3,5 por cento"),
        ("é de {{ grant | money }}", "é de 1.234,50 patacas"),
        ("tem {{ halls | count }} pavilhões", "tem dois pavilhões"),
        ("inscreveram {{ visitors | number }}", "inscreveram 12 345"),
        ("das {{ hours | time }}", "das 9h00 às 17h30"),
        ("Há visitas guiadas", "O art. 5.º e o n.º 3 a cerca de um programa da organização, cooperation centre"),
        ("Há visitas guiadas", "segundo a Directora. há visitas guiadas à A Tribuna e ao FMi"),
    ],
)
def test_correct_portuguese_has_no_findings(old: str, new: str, folder: Path) -> None:
    allowed = {"unused-fact"}
    assert {finding.code for finding in check([changed(folder, old, new)])} <= allowed


def test_numbers_in_words_need_the_words_of_the_style(folder: Path) -> None:
    source = changed(folder, "Há visitas guiadas", "Há três visitas guiadas")
    changed(
        folder,
        "    only: pt\n    paragraph: {pt:",
        '    paragraph: {en: "Four tours, at 10am and 3pm.", tc: "上午十時及下午三時共四次。", pt:',
    )
    assert {finding.code for finding in check([source])} == {"number-differs"}
    style = folder / "locales/pt-MO/style.yaml"
    style.write_text(re.sub("(?m)^  words: .*\n", "", style.read_text("utf-8")), "utf-8")
    house_style.cache_clear()
    assert check([source]) == []


def test_review_page_has_a_column_for_portuguese(folder: Path) -> None:
    page = html.fromstring(render_review_page(folder / "release.yaml"))
    assert "Conselho para a Leitura" in page.text_content()
    assert page.xpath('//*[@lang="pt-MO"]')


@pytest.mark.parametrize("form", ENDINGS)
@pytest.mark.parametrize("name", SOURCES)
def test_translation_files_read_back_unchanged(name: str, form: Any, folder: Path) -> None:
    source = folder / name
    before = source.read_bytes()
    sent = source.with_suffix(f".{ENDINGS[form]}")
    sent.write_bytes(export_translations(open_source(source, draft=True), "pt", form))
    result = import_translations(source, [sent], to="pt")
    assert (result.changed, result.finished_drafts, source.read_bytes()) == ((), (), before)


def test_translations_come_back_into_a_source_without_them(folder: Path) -> None:
    sent = folder / "release.xlf"
    sent.write_bytes(export_translations(open_source(folder / "release.yaml"), "pt", "xliff2"))
    source = changed(folder, ', pt: "Programa"}', "}")
    assert {finding.code for finding in check([source])} == {"missing-translation"}
    result = import_translations(source, [sent])
    assert [str(place) for place in result.changed] == ["programme.heading"]
    assert source.read_text("utf-8") == (HERE / "release.yaml").read_text("utf-8")


NEXT_RELEASE = """schema: 1
kind: press-release
id: next
issued: 2027-12-19T18:30+08:00
languages: [en, pt]
title: {en: "Programme"}
body:
  - id: lead
    paragraph:
      en: |
        The fair has two halls and is open from 10am to 6.45pm. It was founded in August 2004, and this edition belongs to
        the programme of 2027-28. The grant is MOP9,876.50 of a budget of $15 million.
"""


def test_memory_writes_new_values_into_portuguese_sentences(folder: Path, tmp_path: Path) -> None:
    add_to_memory(open_source(folder / "release.yaml"), by="A", on="2026-12-21")
    (folder / "next.yaml").write_text(NEXT_RELEASE, "utf-8")
    missing = suggest_translations(open_source(folder / "next.yaml", draft=True), "pt", cache=tmp_path / "cache")
    drafts = " ".join(str(text.draft) for text in missing).replace("\u00a0", " ")
    for words in (
        "aberta das 10h00 às 18h45",
        "criada em Agosto de 2004",
        "programa de 2027-2028",
        "MOP 9.876,50, num orçamento de HKD 15.000.000",
        "Programa",
    ):
        assert words in drafts


def test_terms_in_portuguese_are_exported_and_imported(folder: Path) -> None:
    pack = folder / "locales/glossary/office.csv"
    file = folder / "terms.tbx"
    file.write_bytes(export_terms(folder / "release.yaml").replace(b"Conselho para a Leitura", b"Conselho da Leitura"))
    pack.write_text(pack.read_text("utf-8").replace(",pt,", ",").replace(",Conselho para a Leitura,", ","), "utf-8")
    glossary.cache_clear()
    assert import_terms(pack, file, accept=True).changed == ("reading-council",)
    assert glossary(Workspace(folder)).term("reading-council").text("pt") == "Conselho da Leitura"


def test_edits_in_word_and_comparisons_are_in_portuguese(folder: Path, tmp_path: Path) -> None:
    source = folder / "release.yaml"
    old = Path(shutil.copy(source, folder / "old.yaml"))
    output = build([source], tmp_path / "out", BuildRequest(editions=("pt",), formats=("docx",)))[0]
    review = import_word_review(source, [output.path])
    assert (review.changes, review.comments, review.findings) == ((), (), ())
    changed(folder, "a entrada é livre", "a entrada é gratuita")
    assert redline(old, source, "pt", author="A", now=NOW).changed == 1


def test_finished_releases_are_imported_with_their_values(folder: Path, tmp_path: Path) -> None:
    request = BuildRequest(editions=("en", "pt"), formats=("docx",))
    files = [output.path for output in build([folder / "release.yaml"], tmp_path / "out", request)]
    summary = import_release(files, folder / "new", now=NOW)
    source = open_source(summary.path, draft=True)
    assert source.document.languages == ["en", "pt"]
    text = source.path.read_text("utf-8")
    assert "amount: {money: MOP 1234.50}" in text
    assert "Sob embargo até às {{ time | time }} de {{ issued | date }}" in text


def test_a_release_in_portuguese_alone_is_not_taken_for_english(folder: Path, tmp_path: Path) -> None:
    request = BuildRequest(editions=("pt",), formats=("txt",))
    (output,) = build([folder / "release.yaml"], tmp_path / "out", request)
    summary = import_release([output.path], folder / "new", now=NOW)
    assert "languages: [pt]" in summary.path.read_text("utf-8")


def test_pack_of_minutes_is_made_in_portuguese(folder: Path, tmp_path: Path) -> None:
    pack = make_pack(folder / "minutes.yaml", tmp_path / "out", BuildRequest(editions=("pt",), formats=("pdf",)), public=True)
    names = {path.name for path in pack.files}
    assert {"acta.minutes.public.pt.pdf", "acta.pack.public.pt.pdf", "acta.next-meeting.public.pt.ics"} <= names
    calendar = next(path for path in pack.files if path.suffix == ".ics").read_text("utf-8")
    assert "SUMMARY:Comissão da Leitura: 18.ª reunião" in calendar
