"""Edited Word files: reviewers' changes arrive in the source."""

from __future__ import annotations

import copy
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from ipdocs.findings import IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word.import_review import import_word_review
from ipdocs.source.open import open_source

ROOT = Path(__file__).resolve().parents[3]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIXTURES = ("gd-hk-ip-17/release.yaml", "example-gia/release.yaml", "gd-hk-ip-17-minutes/minutes.yaml")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return copied(tmp_path, "gd-hk-ip-17/release.yaml")


def copied(tmp_path: Path, name: str) -> Path:
    (tmp_path / "locales").mkdir()
    path = ROOT / "fixtures" / name
    shutil.copytree(path.parent, tmp_path / path.parent.name)
    return tmp_path / name


def built(source: Path, *languages: str, together: str = "") -> list[Path]:
    out = source.parents[1] / "out"
    outputs = build(
        [source], out, BuildRequest(editions=(*list(languages), *([together] if together else [])), formats=("docx",))
    )
    return [output.path for output in outputs]


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    document = Document(str(path))
    edit(document)
    document.save(str(path))
    return path


def paragraph(document: Any, start: str) -> Any:
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(start))


def replace_words(paragraph: Any, before: str, after: str) -> None:
    run = next(run for run in paragraph.runs if before in run.text.replace("\u00a0", " "))
    run.text = run.text.replace("\u00a0", " ").replace(before, after)


def replace_tracked(paragraph: Any, before: str, after: str, author: str = "A. Reviewer") -> None:
    """Replace words of a paragraph as Word does when changes are tracked."""
    run = next(run for run in paragraph.runs if before in run.text)
    head, tail = run.text.split(before, 1)
    attributes = f'xmlns:w="{W}" w:id="900" w:author="{author}" w:date="2026-01-01T00:00:00Z"'
    space = 'xml:space="preserve"'
    run.text = head
    end = copy.deepcopy(run._r)
    end.find(f"{{{W}}}t").text = tail
    end.find(f"{{{W}}}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    deleted = parse_xml(f"<w:del {attributes}><w:r><w:delText {space}>{before}</w:delText></w:r></w:del>")
    inserted = parse_xml(f"<w:ins {attributes}><w:r><w:t {space}>{after}</w:t></w:r></w:ins>")
    run._r.addnext(deleted)
    deleted.addnext(inserted)
    inserted.addnext(end)


@pytest.mark.parametrize("name", FIXTURES)
def test_an_unchanged_file_changes_nothing(name: str, tmp_path: Path) -> None:
    path = copied(tmp_path, name)
    before = path.read_bytes()
    result = import_word_review(path, built(path, "en", "tc", together="en+tc"))
    assert (result.changes, result.comments, result.findings) == ((), (), ())
    assert path.read_bytes() == before


def english(document: Any) -> None:
    replace_words(paragraph(document, "At the meeting"), "completed in the past year", "finished last year")
    replace_tracked(paragraph(document, "Other completed"), "co-organized by", "organized by")
    item = paragraph(document, "Strengthening cooperation on IP in the Bay")
    new = copy.deepcopy(item._p)
    item._p.addnext(new)
    new.xpath("./w:r/w:t")[0].text = "Training examiners in both places;"
    moved = paragraph(document, "As for cross-border")._p
    paragraph(document, "Key cooperation")._p.addprevious(moved)
    replace_words(paragraph(document, "The 17th Meeting"), "August 21", "August 23")
    sentence = " The two sides will mount other joint project operations in a timely manner according to changing situations."
    replace_words(paragraph(document, "As for"), sentence, "")
    document.add_comment(paragraph(document, "Key cooperation").runs, text="Is this final?", author="B. Reviewer", initials="B")


def chinese(document: Any) -> None:
    replace_words(paragraph(document, "會上"), "雙方回顧了過去一年完成", "雙方檢視了去年完成")
    replace_tracked(paragraph(document, "其他"), "邀請專責小組的廣東成員", "邀請專責小組廣東方面的成員")
    item = paragraph(document, "加強大灣區")
    new = copy.deepcopy(item._p)
    item._p.addnext(new)
    new.xpath("./w:r/w:t")[0].text = "在兩地培訓審查員；"
    moved = paragraph(document, "在跨境")._p
    paragraph(document, "來年的")._p.addprevious(moved)


@pytest.mark.parametrize(
    ("start", "index"), [("strengthening co-operation in the Bay", 0), ("holding a high-end", 1), ("bringing training", 2)]
)
def test_a_new_item_of_a_nested_list_is_imported(start: str, index: int, tmp_path: Path) -> None:
    def add(document: Any) -> None:
        item = paragraph(document, start)
        new = copy.deepcopy(paragraph(document, "holding a high-end")._p)
        item._p.addnext(new)
        new.xpath("./w:r/w:t")[0].text = "publishing a guide;"

    source = copied(tmp_path, "gd-hk-ip-17-minutes/minutes.yaml")
    import_word_review(source, [edited(path, add) for path in built(source, "en")])
    (areas,) = [block for block in open_source(source, draft=True).document.body if block.id == "areas"]
    inner = areas.list.items[1].list.items
    assert [item["en"].split()[0] for item in inner] == [
        *["holding", "bringing"][:index],
        "publishing",
        *["holding", "bringing"][index:],
    ]
    assert inner[index] == {"en": "publishing a guide"}


def test_edits_in_two_languages_arrive_in_their_blocks(source: Path) -> None:
    english_file, chinese_file = built(source, "en", "tc")
    result = import_word_review(source, [edited(english_file, english), edited(chinese_file, chinese)])
    document = open_source(source).document
    assert [block.id or block.boilerplate for block in document.body] == [
        "lead",
        "areas",
        "review",
        "completed",
        "enforcement",
        "coming",
        "expert-group-background",
    ]
    texts = {str(block.id): block for block in document.body}
    assert "projects finished last year. With" in texts["review"].paragraph["en"]
    assert texts["review"].paragraph["tc"].startswith("會上，雙方檢視了去年完成的合作項目。")
    assert "Forum organized by the Hong Kong" in texts["completed"].paragraph["en"]
    assert "邀請專責小組廣東方面的成員及" in texts["completed"].paragraph["tc"]
    assert len(texts["areas"].list.items) == 8
    assert texts["areas"].list.items[2] == {"en": "Training examiners in both places", "tc": "在兩地培訓審查員"}
    assert texts["enforcement"].paragraph["en"].endswith("through Hong Kong.")
    assert "{{ met | day }}" in texts["lead"].paragraph["en"]
    (finding,) = result.findings
    assert (finding.code, finding.severity) == ("edited-fact", "warning")
    assert all(words in finding.message for words in ("August 21", "August 23", "lead.paragraph", "met"))
    ((block, comment),) = result.comments
    assert (block, comment.author, comment.text) == ("coming", "B. Reviewer", "Is this final?")
    authors = {(change.block, change.language): change.authors for change in result.changes if change.authors}
    assert authors == {("completed", "en"): ("A. Reviewer",), ("completed", "tc"): ("A. Reviewer",)}
    build([source], source.parents[1] / "again", BuildRequest(editions=("en", "tc", "sc"), formats=("docx",)))


def test_the_words_of_a_comment_keep_their_hyphens(source: Path) -> None:
    (path,) = built(source, "en")

    def edit(document: Any) -> None:
        document.add_comment(paragraph(document, "Cooperation projects").runs, text="Which?", author="B. Reviewer", initials="B")

    ((_, comment),) = import_word_review(source, [edited(path, edit)]).comments
    assert "2018-19" in comment.about


def test_edits_in_a_bilingual_file_arrive_in_both_languages(source: Path) -> None:
    (path,) = built(source, together="en+tc")

    def edit(document: Any) -> None:
        paragraphs = [text for table in document.tables for row in table.rows for cell in row.cells for text in cell.paragraphs]
        replace_words(next(text for text in paragraphs if text.text.startswith("At the meeting")), "the two sides", "both sides")
        replace_words(next(text for text in paragraphs if text.text.startswith("會上")), "雙方回顧", "兩地回顧")

    result = import_word_review(source, [edited(path, edit)])
    assert {(change.block, change.language) for change in result.changes} == {("review", "en"), ("review", "tc")}


def test_emphasis_and_links_survive_edits_around_them(tmp_path: Path) -> None:
    source = copied(tmp_path, "example-gia/release.yaml")
    (path,) = built(source, "en")

    def edit(document: Any) -> None:
        replace_words(paragraph(document, '"A trade mark'), " that a small enterprise owns", " a small firm owns")
        replace_words(paragraph(document, "The next seminar"), "Details are on ", "Look at ")

    import_word_review(source, [edited(path, edit)])
    text = source.read_text("utf-8")
    assert "the **most valuable thing** a small firm owns." in " ".join(text.split())
    assert "Look at [the department's website]" in " ".join(text.split())


def test_an_edit_of_template_text_is_reported(source: Path) -> None:
    (path,) = built(source, "en")
    before = source.read_bytes()
    edit = edited(path, lambda document: replace_words(paragraph(document, "The Expert Group was"), "established", "founded"))
    (finding,) = import_word_review(source, [edit]).findings
    assert finding.code == "not-of-the-source"
    assert "expert-group-background" in finding.message
    assert source.read_bytes() == before


def test_a_block_deleted_in_one_language_stays(source: Path) -> None:
    (path,) = built(source, "en")

    def edit(document: Any) -> None:
        element = paragraph(document, "Key cooperation")._p
        element.getparent().remove(element)

    before = source.read_bytes()
    (finding,) = import_word_review(source, [edited(path, edit)]).findings
    assert (finding.code, finding.severity) == ("half-deleted", "warning")
    assert "'coming'" in finding.message
    assert source.read_bytes() == before


def test_a_block_deleted_in_every_language_is_removed(source: Path) -> None:
    def edit(start: str) -> Callable[[Any], None]:
        def remove(document: Any) -> None:
            element = paragraph(document, start)._p
            element.getparent().remove(element)

        return remove

    english_file, chinese_file = built(source, "en", "tc")
    import_word_review(source, [edited(english_file, edit("Key cooperation")), edited(chinese_file, edit("來年的"))])
    assert "coming" not in [block.id for block in open_source(source).document.body]


def test_a_new_paragraph_becomes_a_block(source: Path) -> None:
    def edit(start: str, words: str) -> Callable[[Any], None]:
        def add(document: Any) -> None:
            before = paragraph(document, start)._p
            new = parse_xml(f'<w:p xmlns:w="{W}"><w:r><w:t>{words}</w:t></w:r></w:p>')
            before.addnext(new)

        return add

    english_file, chinese_file = built(source, "en", "tc")
    new_english, new_chinese = edit("At the meeting", "A new one."), edit("會上", "新的一段。")
    import_word_review(source, [edited(english_file, new_english), edited(chinese_file, new_chinese)])
    assert open_source(source).document.body[3].paragraph == {"en": "A new one.", "tc": "新的一段。"}


def test_a_file_without_bookmarks_is_refused(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    document = Document()
    document.add_paragraph("Words")
    document.save(str(path))
    with pytest.raises(IpdocsError) as caught:
        import_word_review(source, [path])
    assert caught.value.findings[0].code == "no-blocks"


def test_a_file_in_a_derived_language_is_refused(source: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        import_word_review(source, built(source, "sc"))
    (finding,) = caught.value.findings
    assert finding.code == "derived-language"
    assert "tc" in finding.hint


def test_an_edited_translation_loses_its_confirmation(source: Path) -> None:
    from ipdocs.checks.translation_status import translation_statuses
    from ipdocs.translation.confirm import confirm

    confirm(source, [], "tc", by="C. Reader", on="2026-01-01")
    (path,) = built(source, "tc")
    import_word_review(
        source, [edited(path, lambda document: replace_words(paragraph(document, "會上"), "雙方回顧", "兩地回顧"))]
    )
    statuses = translation_statuses(open_source(source, draft=True))
    states = {status.block: (status.state, status.by) for status in statuses if status.language == "tc"}
    assert states["review"] == ("current", "")
    assert states["completed"] == ("confirmed", "C. Reader")


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXTURES)
def test_a_file_saved_by_libreoffice_changes_nothing(name: str, tmp_path: Path) -> None:
    import subprocess

    source = copied(tmp_path, name)
    files = built(source, "en", "tc")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=120)
    saved = [tmp_path / "saved" / path.name for path in files]
    assert all(zipfile.is_zipfile(path) for path in saved)
    before = source.read_bytes()
    result = import_word_review(source, saved)
    assert (result.changes, result.comments, result.findings) == ((), (), ())
    assert source.read_bytes() == before


def edits(start: str, before: str, after: str) -> Callable[[Any], None]:
    return lambda document: replace_words(paragraph(document, start), before, after)


def test_edits_of_two_reviewers_are_combined(source: Path, tmp_path: Path) -> None:
    (path,) = built(source, "en")
    other = Path(shutil.copy(path, tmp_path / "other.docx"))
    edited(path, edits("At the meeting", "the two sides", "both sides"))
    edited(other, edits("As for", "changing situations", "the situation"))
    import_word_review(source, [path, other])
    text = " ".join(source.read_text("utf-8").split())
    assert "At the meeting, both sides" in text
    assert "according to the situation" in text


def test_conflicting_edits_of_a_text_are_reported(source: Path, tmp_path: Path) -> None:
    (path,) = built(source, "en")
    other = Path(shutil.copy(path, tmp_path / "other.docx"))
    edited(path, edits("At the meeting", "the two sides", "both sides"))
    edited(other, edits("At the meeting", "the two sides", "the parties"))
    before = source.read_bytes()
    with pytest.raises(IpdocsError) as caught:
        import_word_review(source, [path, other])
    (finding,) = caught.value.findings
    assert finding.code == "conflicting-texts"
    assert "'review.paragraph'" in finding.message
    assert source.read_bytes() == before
    assert import_word_review(source, [path, other], accept=True).findings == (finding,)
    assert "the parties" in source.read_text("utf-8")


def test_a_new_item_does_not_make_its_translation_stale(source: Path) -> None:
    from ipdocs.checks.translation_status import translation_statuses
    from ipdocs.translation.confirm import confirm

    def add(start: str, words: str, more: Callable[[Any], None] = lambda document: None) -> Callable[[Any], None]:
        def edit(document: Any) -> None:
            more(document)
            item = paragraph(document, start)
            new = copy.deepcopy(item._p)
            item._p.addnext(new)
            new.xpath("./w:r/w:t")[0].text = words

        return edit

    confirm(source, [], "tc", by="C. Reader", on="2026-01-01")
    english_file, chinese_file = built(source, "en", "tc")
    edited(english_file, add("Strengthening cooperation on IP in the Bay", "Training examiners in both places;"))
    edited(chinese_file, add("加強大灣區", "在兩地培訓審查員；", edits("鞏固兩地", "鞏固兩地", "加強兩地")))
    import_word_review(source, [english_file, chinese_file])
    states = {status.block: status.state for status in translation_statuses(open_source(source)) if status.language == "tc"}
    assert states["areas"] == "current"


def test_a_paragraph_added_by_two_reviewers_is_added_once(source: Path, tmp_path: Path) -> None:
    def add(start: str, *words: str) -> Callable[[Any], None]:
        def edit(document: Any) -> None:
            before = paragraph(document, start)._p
            for text in reversed(words):
                before.addnext(parse_xml(f'<w:p xmlns:w="{W}"><w:r><w:t>{text}</w:t></w:r></w:p>'))

        return edit

    (path,) = built(source, "en")
    other = Path(shutil.copy(path, tmp_path / "other.docx"))
    import_word_review(
        source, [edited(path, add("At the meeting", "Same.", "Same.")), edited(other, add("At the meeting", "Same.", "New."))]
    )
    body = open_source(source, draft=True).document.body
    assert [block.paragraph["en"] for block in body[3:6]] == ["Same.", "Same.", "New."]


def test_a_block_moved_in_one_of_two_files_is_moved(source: Path, tmp_path: Path) -> None:
    def move(document: Any) -> None:
        paragraph(document, "Key cooperation")._p.addprevious(paragraph(document, "As for cross-border")._p)

    (path,) = built(source, "en")
    other = Path(shutil.copy(path, tmp_path / "other.docx"))
    edited(path, move)
    edited(other, edits("At the meeting", "the two sides", "both sides"))
    before = [block.id for block in open_source(source).document.body]
    import_word_review(source, [path, other])
    after = [block.id for block in open_source(source).document.body]
    assert after != before
    assert sorted(map(str, after)) == sorted(map(str, before))


def test_an_edit_beside_a_measure_word_is_imported(source: Path) -> None:
    """The style writes 十二個月 and 18個 for the same filter, so the text after a fact decides on its numerals."""
    text = """\
schema: 1
kind: press-release
id: course
issued: 2026-03-10
languages: [en, tc]
facts: {months: {integer: 12}}
title: {en: "A course", tc: "課程"}
body:
  - {id: lead, paragraph: {en: "It runs for {{ months | count }} months.", tc: "為期{{ months | count }}個月，費用全免。"}}
"""
    source.write_text(text, "utf-8")
    (path,) = built(source, "tc")
    edited(path, lambda document: replace_words(paragraph(document, "為期十二個月"), "費用全免", "不收費用"))
    assert not import_word_review(source, [path]).findings
    assert "為期{{ months | count }}個月，不收費用。" in source.read_text("utf-8")
