"""Edited Word files whose bookmarks, footnotes or running heads are not those of the built file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word.import_review import ReviewResult, import_word_review

SOURCE = """\
schema: 1
kind: press-release
id: flower-market
style: gia
issued: 2026-11-24T18:30+08:00
languages: [en, tc]
title: {en: "Flower market opens", tc: "花市揭幕"}
body:
  - id: end
    paragraph: {en: "The market opened today.[^count]", tc: "花市今日揭幕。[^count]"}
  - id: zones
    table:
      head: [{en: "Zone", tc: "分區"}, {en: "Stalls", tc: "攤位"}]
      rows:
        - [{en: "Pond side", tc: "池畔"}, {en: "20", tc: "20"}]
        - [{en: "Hill side", tc: "山邊"}, {en: "20", tc: "20"}]
  - id: speech
    quotation:
      - {en: "We shall be back.", tc: "我們會再來。"}
      - {en: "Thank you.", tc: "多謝各位。"}
    by: {en: "The organiser", tc: "主辦機構"}
  - id: rules
    list:
      style: number
      intro: {en: "The rules are:", tc: "守則如下："}
      items:
        - {en: "no open fires", tc: "不得生火"}
        - {en: "no dogs", tc: "不得攜犬"}
  - id: notes
    footnotes:
      count: {en: "Visitors counted at each gate.", tc: "各入口均有點算人數。"}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    path = tmp_path / "release.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


def reviewed(source: Path, change: Callable[[str, str], str], *languages: str, bilingual: str = "") -> ReviewResult:
    """Build Word files, change the XML of their parts, and import them."""
    editions = (*languages, *([bilingual] if bilingual else []))
    paths = [output.path for output in build([source], source.parent / "out", BuildRequest(editions=editions, formats=("docx",)))]
    for path in paths:
        with zipfile.ZipFile(path) as before:
            parts = {name: before.read(name) for name in before.namelist()}
        with zipfile.ZipFile(path, "w") as after:
            for name, data in parts.items():
                after.writestr(name, change(name, data.decode()) if name.startswith("word/") else data)
    return import_word_review(source, paths)


def without_marks(*blocks: str) -> Callable[[str, str], str]:
    """Return a change that removes the bookmarks of blocks; all bookmarks if no block is named."""

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        for match in re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="ipX(?:en|tc)X([a-z]+)"/>', text):
            if not blocks or match[1] in blocks:
                text = re.sub(rf'<w:bookmark(?:Start|End) w:id="{match[0]}"(?: w:name="[^"]*")?/>', "", text)
        return text

    return change


def both(*changes: Callable[[str, str], str]) -> Callable[[str, str], str]:
    def change(name: str, text: str) -> str:
        for each in changes:
            text = each(name, text)
        return text

    return change


def replaced(before: str, after: str) -> Callable[[str, str], str]:
    return lambda name, text: text.replace(before, after)


def changes(result: ReviewResult) -> list[tuple[str, str, str, str]]:
    return [(change.block, change.language, change.kind, change.text) for change in result.changes]


@pytest.mark.parametrize(
    "blocks", [("speech",), ("end",), ("rules",), ("zones",), ("zones", "speech", "rules"), ("speech", "notes", "end")]
)
@pytest.mark.parametrize("bilingual", ["", "en+tc"])
def test_blocks_without_their_bookmarks_are_recognised(blocks: tuple[str, ...], bilingual: str, source: Path) -> None:
    result = reviewed(source, without_marks(*blocks), *([] if bilingual else ["en", "tc"]), bilingual=bilingual)
    assert (result.changes, result.findings) == ((), ())
    assert source.read_text("utf-8") == SOURCE


def test_an_edit_in_a_block_without_its_bookmark_arrives_there(source: Path) -> None:
    result = reviewed(source, both(without_marks("speech"), replaced("多謝各位。", "多謝各位光臨。")), "tc")
    assert changes(result) == [("speech", "tc", "text changed", "多謝各位光臨。")]


def test_a_moved_block_without_its_bookmark_is_not_added_again(source: Path) -> None:
    def move(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        speech = [
            match[0] for match in re.finditer(r"<w:p>(?:(?!</w:p>).)*</w:p>", text) if re.search("再來|多謝|主辦機構", match[0])
        ]
        for paragraph in speech:
            text = text.replace(paragraph, "", 1)
        end = text.index("<w:sectPr")
        return text[:end] + "".join(speech) + text[end:]

    result = reviewed(source, both(without_marks("speech"), move), "tc")
    assert "我們會再來。" in source.read_text("utf-8")
    assert source.read_text("utf-8").count("我們會再來。") == 1
    assert [change.kind for change in result.changes if change.kind != "block moved"] in ([], ["blocks moved"])


def test_an_edited_footnote_arrives(source: Path) -> None:
    result = reviewed(source, replaced("各入口均有點算人數。", "各入口設有人數統計。"), "tc")
    assert changes(result) == [("notes", "tc", "text changed", "各入口設有人數統計。")]
    assert result.findings == ()


def test_footnotes_of_a_bilingual_file_belong_to_their_language(source: Path) -> None:
    result = reviewed(source, replaced("Visitors counted at each gate.", "Visitors counted at all gates."), bilingual="en+tc")
    assert changes(result) == [("notes", "en", "text changed", "Visitors counted at all gates.")]


def test_a_deleted_footnote_is_reported(source: Path) -> None:
    def delete(name: str, text: str) -> str:
        return re.sub(r"<w:footnoteReference [^>]*/>", "", text)

    with pytest.raises(IpdocsError) as caught:
        reviewed(source, delete, "tc")
    assert [finding.code for finding in caught.value.findings] == ["text-deleted"]


def test_an_added_footnote_is_reported(source: Path) -> None:
    def add(name: str, text: str) -> str:
        if name == "word/footnotes.xml":
            note = '<w:footnote w:id="77"><w:p><w:r><w:t>By our staff.</w:t></w:r></w:p></w:footnote>'
            return text.replace("</w:footnotes>", f"{note}</w:footnotes>")
        return text.replace(
            '<w:t xml:space="preserve">山邊</w:t></w:r>', '<w:t>山邊</w:t></w:r><w:r><w:footnoteReference w:id="77"/></w:r>'
        )

    with pytest.raises(IpdocsError) as caught:
        reviewed(source, add, "tc")
    assert [(finding.code, "By our staff." in finding.message) for finding in caught.value.findings] == [("note-added", True)]


def test_words_of_a_new_text_box_and_of_the_footer_are_reported(source: Path) -> None:
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Check this</w:t>'
        "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )

    def change(name: str, text: str) -> str:
        if name == "word/document.xml":
            return text.replace("</w:p>", box, 1)
        return text.replace("</w:p>", "<w:r><w:t>Final version</w:t></w:r></w:p>", 1) if "footer" in name else text

    result = reviewed(source, change, "tc")
    assert result.changes == ()
    assert [finding.code for finding in result.findings] == ["text-not-imported"] * 2
    assert {word for finding in result.findings for word in ("Check this", "Final version") if word in finding.message} == {
        "Check this",
        "Final version",
    }
