"""Titles of releases in Word files: below mastheads, on several lines, and among spaces that centre them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.importing.document_draft import Draft, make_draft
from ipdocs.source.segment import to_display_text
from ipdocs.workspace import Workspace

from .word_files import paragraph, part, read_word_file

STYLES = part("w:styles", '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>')
TITLE = '<w:pStyle w:val="Title"/>'
LEAD = paragraph("The pier will close on Monday for repairs, the harbour office said.")


def draft(folder: Path, body: str, language: str = "en") -> Draft:
    return make_draft(read_word_file(folder, body, {"styles": STYLES}), language, Workspace(folder))


@pytest.mark.parametrize("style", ["", TITLE])
@pytest.mark.parametrize(
    "lines",
    [
        ["PRESS RELEASE"],
        ["Media Statement", "For Immediate Release"],
        ["新 聞 稿　Press Release"],
        ["Press Release", "Issued: May 4, 2026", "For immediate release", "Reference: HO 12/2026"],
    ],
)
def test_a_masthead_is_not_the_title(tmp_path: Path, lines: list[str], style: str) -> None:
    release = draft(tmp_path, "".join(paragraph(line, style) for line in lines) + paragraph("Pier closes") + LEAD)
    assert release.title == ("Pier closes",)
    assert [" ".join(entry.text.split()) for entry in release.left_out] == [" ".join(line.split()) for line in lines]
    assert len(release.blocks) == 1


def test_words_of_a_masthead_in_the_text_stay(tmp_path: Path) -> None:
    release = draft(tmp_path, paragraph("Pier closes") + LEAD + paragraph("Press Release") + LEAD)
    assert [block.full_text for block in release.blocks][1] == "Press Release"


@pytest.mark.parametrize(
    ("lines", "title"),
    [(("Pier closes", "for repairs"), "Pier closes for repairs"), (("碼頭關閉", "進行維修"), "碼頭關閉進行維修")],
)
def test_a_title_may_have_several_lines(tmp_path: Path, lines: tuple[str, str], title: str) -> None:
    release = draft(tmp_path, "".join(paragraph(line, TITLE) for line in lines) + LEAD + paragraph("Fares", TITLE))
    assert release.title is not None
    assert to_display_text(release.title) == title
    assert [block.kind for block in release.blocks] == ["paragraph", "heading"]


def test_wide_spaces_around_words_are_no_text(tmp_path: Path) -> None:
    body = (
        paragraph("　　　新　聞　公　報")
        + paragraph("　　　碼頭關閉　")
        + paragraph("　　渡輪　　停航三天。")
        + paragraph("　　（一）快線")
    )
    release = draft(tmp_path, body, "tc")
    assert release.title == ("碼頭關閉",)
    assert [(block.kind, block.texts) for block in release.blocks] == [
        ("paragraph", (("渡輪　停航三天。",),)),
        ("list", (("快線",),)),
    ]
