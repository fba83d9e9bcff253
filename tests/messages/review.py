"""Examples of findings on Word files that reviewers have edited."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml

from ipdocs.findings import Finding
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word.import_review import import_word_review

from .example import RELEASE, changed, produces, write

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SOURCE = (
    changed(
        RELEASE,
        ("body:\n", "facts: {day: {date: 2018-08-21}}\nbody:\n"),
        ("A meeting.", "The meeting was held on {{ day | date }}."),
        ("會議。", "會議於{{ day | date }}舉行。"),
    )
    + '- {id: second, paragraph: {en: "A second text.", tc: "第二段。"}}\n'
    + '- {id: third, paragraph: {en: "A third text.", tc: "第三段。"}}\n'
    + "- id: said\n  quotation:\n"
    + '  - {en: "One word.", tc: "一句。"}\n  - {en: "And another.", tc: "又一句。"}\n  - {en: "The last.", tc: "最後一句。"}\n'
    + "- {id: background, boilerplate: expert-group-background}\n"
)
NOTED = changed(SOURCE, ("A second text.", "A second text.[^n]"), ("第二段。", "第二段。[^n]")) + (
    '- {id: notes, footnotes: {n: {en: "By the office.", tc: "由本署提供。"}}}\n'
)
Edit = Callable[[Any], None]


def reviewed(folder: Path, *edits: Edit, languages: tuple[str, ...] = ("en",), source: str = SOURCE) -> Iterable[Finding]:
    """Build a source as Word, edit copies of the file as reviewers might, and import them."""
    (folder / "locales").mkdir()
    path_of_source = write(folder / "source.yaml", source)
    outputs = build([path_of_source], folder / "out", BuildRequest(editions=languages, formats=("docx",)))
    files = []
    for number, edit in enumerate(edits):
        path = Path(shutil.copy(outputs[0].path, folder / f"edited-{number}.docx"))
        document = Document(str(path))
        edit(document)
        document.save(str(path))
        files.append(path)
    return import_word_review(path_of_source, files).findings


def paragraph(document: Any, start: str) -> Any:
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(start))


def replace_words(start: str, before: str, after: str) -> Edit:
    def edit(document: Any) -> None:
        run = next(run for run in paragraph(document, start).runs if before in run.text.replace("\u00a0", " "))
        run.text = run.text.replace("\u00a0", " ").replace(before, after)

    return edit


def delete(start: str) -> Edit:
    def edit(document: Any) -> None:
        element = paragraph(document, start)._p
        element.getparent().remove(element)

    return edit


def move(start: str, before: str) -> Edit:
    return lambda document: paragraph(document, before)._p.addprevious(paragraph(document, start)._p)


def add(start: str, words: str) -> Edit:
    new = f'<w:p xmlns:w="{W}"><w:r><w:t>{words}</w:t></w:r></w:p>'
    return lambda document: paragraph(document, start)._p.addnext(parse_xml(new))


@produces("edited-fact")
def a_fact_that_a_reviewer_edited(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, replace_words("The meeting", "August 21", "August 23"))


@produces("not-of-the-source")
def a_word_of_a_boilerplate_section_that_a_reviewer_edited(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, replace_words("The Expert Group was", "established", "founded"))


@produces("changed-code")
def a_fact_that_a_reviewer_deleted(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, replace_words("The meeting", " on August 21, 2018", ""))


@produces("struck-out")
def a_paragraph_that_a_reviewer_struck_out(folder: Path) -> Iterable[Finding]:
    def strike_out(document: Any) -> None:
        for run in paragraph(document, "A second").runs:
            run.font.strike = True

    return reviewed(folder, strike_out)


@produces("formatting-not-imported")
def a_paragraph_that_a_reviewer_hid(folder: Path) -> Iterable[Finding]:
    def hide(document: Any) -> None:
        for run in paragraph(document, "A second").runs:
            run.font.hidden = True

    return reviewed(folder, hide)


@produces("cells-added")
def a_table_that_a_reviewer_added(folder: Path) -> Iterable[Finding]:
    def add_table(document: Any) -> None:
        table = document.add_table(1, 2)
        for cell, text in zip(table.rows[0].cells, ("Fee", "None"), strict=True):
            cell.text = text
        paragraph(document, "A second")._p.addnext(table._tbl)

    return reviewed(folder, add_table)


@produces("paragraphs-joined")
def a_paragraph_that_a_reviewer_joined_to_another(folder: Path) -> Iterable[Finding]:
    def join(document: Any) -> None:
        second, third = paragraph(document, "A second"), paragraph(document, "A third")
        for run in third.runs:
            second._p.append(run._r)
        third._p.getparent().remove(third._p)

    return reviewed(folder, join)


@produces("bookmarks-lost")
def an_edited_file_without_bookmarks(folder: Path) -> Iterable[Finding]:
    def remove(document: Any) -> None:
        for tag in ("bookmarkStart", "bookmarkEnd"):
            for mark in list(document.element.body.iter(f"{{{W}}}{tag}")):
                mark.getparent().remove(mark)

    return reviewed(folder, remove)


@produces("note-added")
def a_footnote_that_a_reviewer_added(folder: Path) -> Iterable[Finding]:
    def add(document: Any) -> None:
        notes = next(part for part in document.part.package.parts if part.partname.endswith("footnotes.xml"))
        new = b'<w:footnote w:id="50"><w:p><w:r><w:t>By a reviewer.</w:t></w:r></w:p></w:footnote></w:footnotes>'
        notes._blob = notes.blob.replace(b"</w:footnotes>", new)
        reference = f'<w:r xmlns:w="{W}"><w:footnoteReference w:id="50"/></w:r>'
        paragraph(document, "A third")._p.append(parse_xml(reference))

    return reviewed(folder, add, source=NOTED)


@produces("text-not-imported", "picture-not-imported")
def a_text_box_and_a_picture_that_a_reviewer_added(folder: Path) -> Iterable[Finding]:
    shape = (
        "<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Check this.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    )
    shapes = f"<w:pict>{shape}<v:shape><v:imagedata/></v:shape></w:pict>"
    picture = f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml">{shapes}</w:r>'
    return reviewed(folder, lambda document: paragraph(document, "A third")._p.append(parse_xml(picture)))


@produces("half-deleted")
def a_paragraph_that_a_reviewer_deleted_in_one_language(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, delete("A second"))


@produces("text-deleted")
def a_paragraph_of_a_quotation_that_a_reviewer_deleted(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, delete("And another"))


@produces("missing-translation")
def a_paragraph_that_a_reviewer_added_in_one_language(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, add("A second", "A new text."))


@produces("orders-differ")
def blocks_that_two_reviewers_moved_differently(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, move("A third", "A second"), move("A third", "The meeting"))


@produces("conflicting-texts")
def a_text_that_two_reviewers_edited_differently(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, replace_words("A second", "second", "next"), replace_words("A second", "second", "further"))


@produces("bad-text")
def a_character_without_a_meaning_that_a_reviewer_added(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, replace_words("A second", "text", "\ue000 text"))


@produces("derived-language")
def an_edited_file_in_simplified_chinese(folder: Path) -> Iterable[Finding]:
    return reviewed(folder, lambda document: None, languages=("sc",))


@produces("no-blocks")
def a_word_file_that_was_not_built_from_a_source(folder: Path) -> Iterable[Finding]:
    Document().save(str(folder / "a.docx"))
    return import_word_review(write(folder / "source.yaml", RELEASE), [folder / "a.docx"]).findings
