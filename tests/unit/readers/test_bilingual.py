"""Files with two or three languages: one after the other, alternately by paragraph, by line, or within a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdocs.importing.language_split import split_languages
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph, ParagraphKind
from ipdocs.source.segment import Code, Segment, segment, to_display_text, to_source_text
from ipdocs.workspace import Workspace

WORKSPACE = Workspace()
BREAK = Code("break", "alone", "\n", "break", "¶")
ENGLISH = ["Fair opens", "The fair opens on May 2 in the old harbour.", "Entry is free for all.", "Ships may not land."]
TRADITIONAL = ["市集開幕", "市集於五月二日在舊海港開幕。", "所有市民可免費入場。", "船隻不准靠岸。"]
SIMPLIFIED = ["市集开幕", "市集于五月二日在旧海港开幕。", "所有市民可免费入场。", "船只不准靠岸。"]


def file(*texts: str | Segment, kinds: Sequence[ParagraphKind] = ()) -> ImportedFile:
    contents = [(text,) if isinstance(text, str) else text for text in texts]
    all_kinds = [*kinds, *["paragraph"] * (len(texts) - len(kinds))]
    return ImportedFile(
        [ImportedParagraph(kind, content, 1) for kind, content in zip(all_kinds, contents, strict=True)]  # type: ignore[arg-type]
    )


def split(imported: ImportedFile) -> dict[str, list[str]]:
    return {
        code: [to_source_text(paragraph.content) for paragraph in part.paragraphs]
        for code, part in split_languages(imported, WORKSPACE).items()
    }


def alternating(*versions: Sequence[str]) -> list[str]:
    return [text for texts in zip(*versions, strict=True) for text in texts]


@pytest.mark.parametrize(
    "texts",
    [[*ENGLISH, *TRADITIONAL], [*TRADITIONAL, *ENGLISH], alternating(ENGLISH, TRADITIONAL), alternating(TRADITIONAL, ENGLISH)],
)
def test_languages_in_any_order_are_separated(texts: list[str]) -> None:
    assert split(file(*texts)) == {"en": ENGLISH, "tc": TRADITIONAL}


@pytest.mark.parametrize(
    "texts",
    [
        [*ENGLISH, *TRADITIONAL, *SIMPLIFIED],
        alternating(ENGLISH, TRADITIONAL, SIMPLIFIED),
        alternating(TRADITIONAL, SIMPLIFIED, ENGLISH),
    ],
)
def test_three_languages_are_separated(texts: list[str]) -> None:
    assert split(file(*texts)) == {"en": ENGLISH, "tc": TRADITIONAL, "sc": SIMPLIFIED}


def test_the_place_shows_the_script_of_equal_texts() -> None:
    traditional, simplified = [*TRADITIONAL, "不准入內。", "市民。"], [*SIMPLIFIED, "不准入内。", "市民。"]
    english = [*ENGLISH, "Do not enter.", "The public."]
    expected = {"en": english, "tc": traditional, "sc": simplified}
    assert split(file(*alternating(english, traditional, simplified))) == expected
    assert split(file(*english, *traditional, *simplified)) == expected


def test_lines_within_a_paragraph_are_separated() -> None:
    paragraphs = [(english, BREAK, chinese) for english, chinese in zip(ENGLISH, TRADITIONAL, strict=True)]
    assert split(file(*paragraphs)) == {"en": ENGLISH, "tc": TRADITIONAL}


def test_several_lines_of_each_language_stay_lines() -> None:
    content = (ENGLISH[0], BREAK, ENGLISH[1], BREAK, TRADITIONAL[0], BREAK, TRADITIONAL[1])
    assert split(file(content)) == {"en": ["\n".join(ENGLISH[:2])], "tc": ["\n".join(TRADITIONAL[:2])]}


@pytest.mark.parametrize(
    ("heading", "english", "chinese"),
    [
        ("Opening hours 開放時間", "Opening hours", "開放時間"),
        ("開放時間 Opening hours", "Opening hours", "開放時間"),
        ("Opening hours / 開放時間", "Opening hours", "開放時間"),
        ("**Opening hours 開放時間**", "**Opening hours**", "**開放時間**"),
        ("**Opening hours** *開放時間*", "**Opening hours**", "*開放時間*"),
    ],
)
def test_a_heading_in_both_languages_is_separated(heading: str, english: str, chinese: str) -> None:
    parts = split(file(segment(heading), *alternating(ENGLISH, TRADITIONAL), kinds=["heading"]))
    assert (parts["en"][0], parts["tc"][0]) == (english, chinese)


def test_a_chinese_heading_with_a_name_stays_whole() -> None:
    texts = ["DesignHatch 香港站", *TRADITIONAL, "DesignHatch in Hong Kong", "The harbour", *ENGLISH]
    kinds: list[ParagraphKind] = ["heading", *["paragraph"] * 4, "heading", "heading"]
    assert split(file(*texts, kinds=kinds))["tc"][0] == "DesignHatch 香港站"


def test_a_chinese_file_with_english_names_is_not_separated() -> None:
    texts = ["DesignHatch 香港站", *TRADITIONAL]
    assert split(file(*texts, kinds=["heading"])) == {"tc": texts}


def test_a_table_with_both_languages_in_its_cells_is_two_tables() -> None:
    rows = ((("Pier 碼頭",), ("Depth 水深",)), (("North Pier", BREAK, "北碼頭"), ("12",)))
    table = ImportedParagraph("table", (), 1, rows=rows)
    parts = split_languages(ImportedFile([*file(*alternating(ENGLISH, TRADITIONAL)).paragraphs, table]), WORKSPACE)
    tables = {code: [[to_display_text(cell) for cell in row] for row in part.paragraphs[-1].rows] for code, part in parts.items()}
    assert tables == {"en": [["Pier", "Depth"], ["North Pier", "12"]], "tc": [["碼頭", "水深"], ["北碼頭", "12"]]}


def test_equal_paragraphs_keep_their_places() -> None:
    texts = ["Note", *ENGLISH, "Note", *TRADITIONAL, "附註", "附註"]
    assert split(file(*texts)) == {"en": ["Note", *ENGLISH, "Note"], "tc": [*TRADITIONAL, "附註", "附註"]}


ENGLISH_WORDS = st.sampled_from(["harbour", "lamp", "net", "ship", "36", "May", "tide", "free"])
CHINESE_WORDS = st.sampled_from(["海港", "漁燈", "船隻", "36", "五月", "免費", "ABC", "。"])
ENGLISH_TEXT = st.lists(ENGLISH_WORDS, min_size=2, max_size=9).map(" ".join)
CHINESE_TEXT = st.lists(CHINESE_WORDS, min_size=2, max_size=9).map("".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(ENGLISH_TEXT, CHINESE_TEXT, st.tuples(ENGLISH_TEXT, st.sampled_from([" ", "\n"]), CHINESE_TEXT))))
def test_every_word_is_in_one_language(texts: list[str | tuple[str, str, str]]) -> None:
    whole = ["".join(text) for text in texts]
    contents = [join_breaks(text) for text in whole]
    parts = split_languages(file(*contents), WORKSPACE)
    found = [to_source_text(paragraph.content) for part in parts.values() for paragraph in part.paragraphs if paragraph.content]
    assert sorted(re.findall(r"[a-zA-Z0-9]+|[一-鿿]", " ".join(found))) == sorted(
        re.findall(r"[a-zA-Z0-9]+|[一-鿿]", " ".join(whole))
    )


def join_breaks(text: str) -> Segment:
    first, found, second = text.partition("\n")
    return (first, BREAK, second) if found else (text,)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("Tel 電話：2345 6789", "Tel: 2345 6789", "電話：2345 6789"),
        ("電話 Tel: 2345 6789", "Tel: 2345 6789", "電話：2345 6789"),
        ("Date / 日期: 2026-05-02", "Date: 2026-05-02", "日期: 2026-05-02"),
    ],
)
def test_a_value_after_two_labels_belongs_to_both_languages(text: str, english: str, chinese: str) -> None:
    parts = split_languages(file(ENGLISH[1], TRADITIONAL[1], text), WORKSPACE)
    assert [parts[code].paragraphs[-1].text for code in ("en", "tc")] == [english, chinese]
