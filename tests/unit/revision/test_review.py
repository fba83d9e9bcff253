"""Built Word files come back from review, and what was changed in them arrives in the source."""

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
    return [one.path for one in outputs]


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    document = Document(str(path))
    edit(document)
    document.save(str(path))
    return path


def paragraph(document: Any, start: str) -> Any:
    return next(one for one in document.paragraphs if one.text.startswith(start))


def said(one: Any, before: str, after: str) -> None:
    run = next(run for run in one.runs if before in run.text.replace("\u00a0", " "))
    run.text = run.text.replace("\u00a0", " ").replace(before, after)


def tracked(one: Any, before: str, after: str, author: str = "A. Reviewer") -> None:
    """Replace words of a paragraph as Word does with changes tracked."""
    run = next(run for run in one.runs if before in run.text)
    head, tail = run.text.split(before, 1)
    about = f'xmlns:w="{W}" w:id="900" w:author="{author}" w:date="2026-01-01T00:00:00Z"'
    space = 'xml:space="preserve"'
    run.text = head
    end = copy.deepcopy(run._r)
    end.find(f"{{{W}}}t").text = tail
    end.find(f"{{{W}}}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    gone = parse_xml(f"<w:del {about}><w:r><w:delText {space}>{before}</w:delText></w:r></w:del>")
    new = parse_xml(f"<w:ins {about}><w:r><w:t {space}>{after}</w:t></w:r></w:ins>")
    run._r.addnext(gone)
    gone.addnext(new)
    new.addnext(end)


@pytest.mark.parametrize("name", FIXTURES)
def test_a_file_that_nobody_changed_changes_nothing(name: str, tmp_path: Path) -> None:
    path = copied(tmp_path, name)
    before = path.read_bytes()
    taken = import_word_review(path, built(path, "en", "tc", together="en+tc"))
    assert (taken.changes, taken.comments, taken.findings) == ((), (), ())
    assert path.read_bytes() == before


def english(document: Any) -> None:
    said(paragraph(document, "At the meeting"), "completed in the past year", "finished last year")
    tracked(paragraph(document, "Other completed"), "co-organized by", "organized by")
    item = paragraph(document, "Strengthening cooperation on IP in the Bay")
    new = copy.deepcopy(item._p)
    item._p.addnext(new)
    new.xpath("./w:r/w:t")[0].text = "Training examiners in both places;"
    moved = paragraph(document, "As for cross-border")._p
    paragraph(document, "Key cooperation")._p.addprevious(moved)
    said(paragraph(document, "The 17th Meeting"), "August 21", "August 23")
    sentence = " The two sides will mount other joint project operations in a timely manner according to changing situations."
    said(paragraph(document, "As for"), sentence, "")
    document.add_comment(paragraph(document, "Key cooperation").runs, text="Is this final?", author="B. Reviewer", initials="B")


def chinese(document: Any) -> None:
    said(paragraph(document, "會上"), "雙方回顧了過去一年完成", "雙方檢視了去年完成")
    tracked(paragraph(document, "其他"), "邀請專責小組的廣東成員", "邀請專責小組廣東方面的成員")
    item = paragraph(document, "加強大灣區")
    new = copy.deepcopy(item._p)
    item._p.addnext(new)
    new.xpath("./w:r/w:t")[0].text = "在兩地培訓審查員；"
    moved = paragraph(document, "在跨境")._p
    paragraph(document, "來年的")._p.addprevious(moved)


@pytest.mark.parametrize(
    ("start", "index"), [("strengthening co-operation in the Bay", 0), ("holding a high-end", 1), ("bringing training", 2)]
)
def test_an_item_put_into_a_list_within_an_item_arrives_there(start: str, index: int, tmp_path: Path) -> None:
    def add(document: Any) -> None:
        item = paragraph(document, start)
        new = copy.deepcopy(paragraph(document, "holding a high-end")._p)
        item._p.addnext(new)
        new.xpath("./w:r/w:t")[0].text = "publishing a guide;"

    source = copied(tmp_path, "gd-hk-ip-17-minutes/minutes.yaml")
    import_word_review(source, [edited(path, add) for path in built(source, "en")])
    (areas,) = [block for block in open_source(source, draft=True).document.body if block.id == "areas"]
    inner = areas.list.items[1].list.items
    assert [one["en"].split()[0] for one in inner] == [
        *["holding", "bringing"][:index],
        "publishing",
        *["holding", "bringing"][index:],
    ]
    assert inner[index] == {"en": "publishing a guide"}


def test_ten_edits_in_two_languages_arrive_in_the_right_blocks(source: Path) -> None:
    one, other = built(source, "en", "tc")
    taken = import_word_review(source, [edited(one, english), edited(other, chinese)])
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
    (fact,) = taken.findings
    assert fact.code == "edited-fact"
    assert fact.message == "“August 21” in 'lead.paragraph' (en) is now “August 23”: it is the fact met"
    ((block, comment),) = taken.comments
    assert (block, comment.author, comment.text) == ("coming", "B. Reviewer", "Is this final?")
    by = {(one.block, one.language): one.tracked for one in taken.changes if one.tracked}
    assert by == {("completed", "en"): ("A. Reviewer",), ("completed", "tc"): ("A. Reviewer",)}
    build([source], source.parents[1] / "again", BuildRequest(editions=("en", "tc", "sc"), formats=("docx",)))


def test_a_comment_is_about_its_words_with_their_hyphens(source: Path) -> None:
    (path,) = built(source, "en")

    def edit(document: Any) -> None:
        document.add_comment(paragraph(document, "Cooperation projects").runs, text="Which?", author="B. Reviewer", initials="B")

    ((_, comment),) = import_word_review(source, [edited(path, edit)]).comments
    assert "2018-19" in comment.about


def test_edits_in_a_file_of_two_languages_arrive_in_each(source: Path) -> None:
    (path,) = built(source, together="en+tc")

    def edit(document: Any) -> None:
        cells = [one for table in document.tables for row in table.rows for cell in row.cells for one in cell.paragraphs]
        said(next(one for one in cells if one.text.startswith("At the meeting")), "the two sides", "both sides")
        said(next(one for one in cells if one.text.startswith("會上")), "雙方回顧", "兩地回顧")

    taken = import_word_review(source, [edited(path, edit)])
    assert {(one.block, one.language) for one in taken.changes} == {("review", "en"), ("review", "tc")}


def test_emphasis_and_links_keep_their_place_when_words_around_them_change(tmp_path: Path) -> None:
    source = copied(tmp_path, "example-gia/release.yaml")
    (path,) = built(source, "en")

    def edit(document: Any) -> None:
        said(paragraph(document, '"A trade mark'), " that a small enterprise owns", " a small firm owns")
        said(paragraph(document, "The next seminar"), "Details are on ", "Look at ")

    import_word_review(source, [edited(path, edit)])
    text = source.read_text("utf-8")
    assert "the **most valuable thing** a small firm owns." in " ".join(text.split())
    assert "Look at [the department's website]" in " ".join(text.split())


def test_what_a_template_writes_is_told_and_left(source: Path) -> None:
    (path,) = built(source, "en")
    before = source.read_bytes()
    edit = edited(path, lambda document: said(paragraph(document, "The Expert Group was"), "established", "founded"))
    (found,) = import_word_review(source, [edit]).findings
    assert found.code == "not-of-the-source"
    assert "expert-group-background" in found.message
    assert source.read_bytes() == before


def test_a_block_that_is_gone_in_one_language_stays_and_is_told(source: Path) -> None:
    (path,) = built(source, "en")

    def edit(document: Any) -> None:
        one = paragraph(document, "Key cooperation")._p
        one.getparent().remove(one)

    before = source.read_bytes()
    (found,) = import_word_review(source, [edited(path, edit)]).findings
    assert found.message == "the block 'coming' is gone in en, and stands in tc"
    assert source.read_bytes() == before


def test_a_block_that_is_gone_in_every_language_is_taken_out(source: Path) -> None:
    def edit(start: str) -> Callable[[Any], None]:
        def remove(document: Any) -> None:
            one = paragraph(document, start)._p
            one.getparent().remove(one)

        return remove

    one, other = built(source, "en", "tc")
    import_word_review(source, [edited(one, edit("Key cooperation")), edited(other, edit("來年的"))])
    assert "coming" not in [block.id for block in open_source(source).document.body]


def test_a_new_paragraph_becomes_a_block_behind_the_one_before_it(source: Path) -> None:
    def edit(start: str, words: str) -> Callable[[Any], None]:
        def add(document: Any) -> None:
            one = paragraph(document, start)._p
            new = parse_xml(f'<w:p xmlns:w="{W}"><w:r><w:t>{words}</w:t></w:r></w:p>')
            one.addnext(new)

        return add

    one, other = built(source, "en", "tc")
    import_word_review(source, [edited(one, edit("At the meeting", "A new one.")), edited(other, edit("會上", "新的一段。"))])
    assert open_source(source).document.body[3].paragraph == {"en": "A new one.", "tc": "新的一段。"}


def test_a_file_without_marks_is_refused(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    made = Document()
    made.add_paragraph("Words")
    made.save(str(path))
    with pytest.raises(IpdocsError) as caught:
        import_word_review(source, [path])
    assert caught.value.findings[0].code == "no-blocks"


def test_a_file_in_a_derived_language_is_refused(source: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        import_word_review(source, built(source, "sc"))
    assert caught.value.findings[0].hint == "edit the tc file: sc is converted from it when the document is built"


def test_confirmation_of_an_edited_translation_is_gone(source: Path) -> None:
    from ipdocs.checks.translation_status import translation_statuses
    from ipdocs.translation.confirm import confirm

    confirm(source, [], "tc", by="C. Reader", on="2026-01-01")
    (path,) = built(source, "tc")
    import_word_review(source, [edited(path, lambda document: said(paragraph(document, "會上"), "雙方回顧", "兩地回顧"))])
    standing = {
        one.block: (one.state, one.by) for one in translation_statuses(open_source(source, draft=True)) if one.language == "tc"
    }
    assert standing["review"] == ("current", "")
    assert standing["completed"] == ("confirmed", "C. Reader")


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXTURES)
def test_a_file_that_libreoffice_has_saved_changes_nothing(name: str, tmp_path: Path) -> None:
    import subprocess

    source = copied(tmp_path, name)
    files = built(source, "en", "tc")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=120)
    saved = [tmp_path / "saved" / path.name for path in files]
    assert all(zipfile.is_zipfile(path) for path in saved)
    before = source.read_bytes()
    taken = import_word_review(source, saved)
    assert (taken.changes, taken.comments, taken.findings) == ((), (), ())
    assert source.read_bytes() == before


def edits(start: str, before: str, after: str) -> Callable[[Any], None]:
    return lambda document: said(paragraph(document, start), before, after)


def test_two_reviewers_of_one_file_are_one_change(source: Path, tmp_path: Path) -> None:
    (path,) = built(source, "en")
    other = Path(shutil.copy(path, tmp_path / "other.docx"))
    edited(path, edits("At the meeting", "the two sides", "both sides"))
    edited(other, edits("As for", "changing situations", "the situation"))
    import_word_review(source, [path, other])
    text = " ".join(source.read_text("utf-8").split())
    assert "At the meeting, both sides" in text
    assert "according to the situation" in text


def test_reviewers_who_change_a_text_differently_are_told(source: Path, tmp_path: Path) -> None:
    (path,) = built(source, "en")
    other = Path(shutil.copy(path, tmp_path / "other.docx"))
    edited(path, edits("At the meeting", "the two sides", "both sides"))
    edited(other, edits("At the meeting", "the two sides", "the parties"))
    before = source.read_bytes()
    with pytest.raises(IpdocsError) as caught:
        import_word_review(source, [path, other])
    (finding,) = caught.value.findings
    assert finding.code == "conflicting-texts"
    assert finding.message.startswith("the en text of 'review.paragraph' is changed in two ways: ")
    assert source.read_bytes() == before
    assert import_word_review(source, [path, other], accept=True).findings == (finding,)
    assert "the parties" in source.read_text("utf-8")


def test_an_item_that_is_new_is_part_of_what_a_changed_translation_was_made_from(source: Path) -> None:
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
    one, other = built(source, "en", "tc")
    edited(one, add("Strengthening cooperation on IP in the Bay", "Training examiners in both places;"))
    edited(other, add("加強大灣區", "在兩地培訓審查員；", edits("鞏固兩地", "鞏固兩地", "加強兩地")))
    import_word_review(source, [one, other])
    states = {status.block: status.state for status in translation_statuses(open_source(source)) if status.language == "tc"}
    assert states["areas"] == "current"


def test_two_reviewers_may_add_the_same_paragraph_and_others(source: Path, tmp_path: Path) -> None:
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


def test_a_move_in_one_of_two_files_of_a_language_is_kept(source: Path, tmp_path: Path) -> None:
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
