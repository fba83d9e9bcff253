"""Kinds of paragraphs, lists and emphasis in Word files, stated directly or by styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from .word_files import cell, kinds_and_texts, paragraph, part, read_word_file, run


def style(name: str, properties: str = "", base: str = "", kind: str = "paragraph", run_properties: str = "") -> str:
    """Return a style; its id is its name without spaces."""
    based_on = f'<w:basedOn w:val="{base}"/>' if base else ""
    content = f'<w:name w:val="{name}"/>{based_on}<w:pPr>{properties}</w:pPr><w:rPr>{run_properties}</w:rPr>'
    return f'<w:style w:type="{kind}" w:styleId="{name.replace(" ", "")}">{content}</w:style>'


def level(number: int, number_format: str, text: str, start: int = 1, more: str = "") -> str:
    """Return a level of a list."""
    content = f'<w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{content}</w:lvl>'


LINKED, LINKED_BELOW = '<w:pStyle w:val="Numbered"/>', '<w:pStyle w:val="NumberedBelow"/>'
NUMBERING = part(
    "w:numbering",
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "(%2)")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}{level(1, "bullet", "–")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "lowerRoman", "(%1)", 4)}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="3">{level(0, "taiwaneseCountingThousand", "%1、")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="4">{level(0, "decimal", "%1.", 1, LINKED)}'
    f"{level(1, 'upperLetter', '%2.', 1, LINKED_BELOW)}</w:abstractNum>"
    + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(5))
    + '<w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    + "</w:num>",
)
LIST = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
STYLES = part(
    "w:styles",
    "".join(
        [
            style("Title", run_properties="<w:b/>"),
            style("heading 1", '<w:outlineLvl w:val="0"/>', run_properties="<w:b/>"),
            style("heading 2", '<w:outlineLvl w:val="1"/>', run_properties="<w:b/><w:i/>"),
            style("Office Head", base="heading2"),
            style("Office Head Deep", base="OfficeHead"),
            style("Chapter", LIST.format(0, 1), base="heading2"),
            style("Quote", run_properties="<w:i/>"),
            style("Witness", base="Quote"),
            style("caption", run_properties="<w:b/>"),
            style("List Bullet", LIST.format(0, 2)),
            style("Ticks", base="ListBullet"),
            style("No List", LIST.format(0, 0), base="ListBullet"),
            style("Numbered", '<w:numPr><w:numId w:val="5"/></w:numPr>'),
            style("Numbered Below", base="Numbered"),
            style("Warning", run_properties="<w:b/>"),
            style("Strong", kind="character", run_properties="<w:b/>"),
            style("Stronger", kind="character", base="Strong"),
            style("Calm", kind="character", run_properties="<w:b w:val='0'/>"),
        ]
    ),
)


def read(tmp_path: Path, *paragraphs: tuple[str, str]) -> list[tuple[str, str]]:
    body = "".join(paragraph(text, properties) for text, properties in paragraphs)
    return kinds_and_texts(read_word_file(tmp_path, body, {"styles": STYLES, "numbering": NUMBERING}))


STRONG = '<w:rStyle w:val="Strong"/>'


def of(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (of("heading2"), "heading"),
        (of("OfficeHead"), "heading"),
        (of("OfficeHeadDeep"), "heading"),
        (of("Witness"), "quotation"),
        (of("caption"), "caption"),
        (of("Ticks"), "item"),
        (of("Numbered"), "item"),
        (of("NoList"), "paragraph"),
        (of("OfficeHead") + '<w:outlineLvl w:val="9"/>', "paragraph"),
        ('<w:outlineLvl w:val="2"/>', "heading"),
        (of("ListBullet") + '<w:numPr><w:numId w:val="0"/></w:numPr>', "paragraph"),
        (LIST.format(0, 77), "paragraph"),
    ],
)
def test_styles_and_their_bases_give_the_kind(tmp_path: Path, properties: str, kind: str) -> None:
    kind_read, text = read(tmp_path, ("Harbour day", of("Title")), ("Words", properties))[1]
    assert (kind_read, text.strip("*")) == (kind, "Words")


def test_a_numbered_heading_is_a_heading_with_its_number(tmp_path: Path) -> None:
    """WPS repeats the list of a heading style in each heading: stffnb/edentext#3."""
    both = of("Chapter") + LIST.format(0, 1)
    assert read(tmp_path, ("T", of("Title")), ("Aims", of("Chapter")), ("Words", ""), ("Costs", both))[1:] == [
        ("heading", "1. Aims"),
        ("paragraph", "Words"),
        ("heading", "2. Costs"),
    ]
    assert read(tmp_path, ("T", of("Title")), ("目的", of("heading2") + LIST.format(0, 4)))[1] == ("heading", "一、目的")


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("<w:b/>", "**Mind** the gap"),
        ("<w:i/>", "*Mind* the gap"),
        ("<w:rStyle w:val='Strong'/>", "**Mind** the gap"),
        ("<w:rStyle w:val='Stronger'/>", "**Mind** the gap"),
        ("<w:rStyle w:val='Strong'/><w:b w:val='false'/>", "Mind the gap"),
        ("<w:b/><w:i/>", "***Mind*** the gap"),
        ("<w:vertAlign w:val='superscript'/>", "^Mind^ the gap"),
        ("<w:caps/><w:u w:val='single'/>", "Mind the gap"),
    ],
)
def test_emphasis_may_come_from_a_style(tmp_path: Path, properties: str, expected: str) -> None:
    assert read(tmp_path, (run("Mind", properties) + run(" the gap"), "")) == [("paragraph", expected)]


def test_bold_paragraph_styles_are_strong_and_cancel_bold_runs(tmp_path: Path) -> None:
    """Toggle properties of paragraph and character styles cancel each other out: ECMA-376 Part 1, 17.7.3."""
    parts = run("Mind ") + run("the", "<w:rStyle w:val='Strong'/>") + run(" gap")
    assert read(tmp_path, (parts, of("Warning"))) == [("paragraph", "**Mind** the **gap**")]


@pytest.mark.parametrize("name", ["Title", "heading2", "Witness", "caption"])
def test_the_look_of_a_heading_or_quotation_is_not_emphasis(tmp_path: Path, name: str) -> None:
    for properties in ("", "<w:b/>", "<w:i/>"):
        assert read(tmp_path, (run("Words of ") + run("old", ""), of(name)), (run("x", properties), of(name)))[1][1] == "x"
    assert read(tmp_path, (run("Words of ") + run("old", "<w:b/><w:i/>"), of("Witness")))[0][1] == "Words of **old**"


def items(tmp_path: Path, *properties: str) -> list[tuple[str, int, int]]:
    body = "".join(paragraph("x", prop) for prop in properties)
    imported = read_word_file(tmp_path, body, {"styles": STYLES, "numbering": NUMBERING})
    return [(entry.list_style, entry.level, entry.number) for entry in imported.paragraphs]


def test_levels_styles_and_numbers_of_lists_are_read(tmp_path: Path) -> None:
    number, letter, bullet, roman = (LIST.format(*place) for place in ((0, 1), (1, 1), (0, 2), (0, 3)))
    assert items(tmp_path, number, letter, letter, number) == [
        ("number", 0, 1),
        ("letter", 1, 1),
        ("letter", 1, 2),
        ("number", 0, 2),
    ]
    assert items(tmp_path, roman, roman, bullet) == [("roman", 0, 4), ("roman", 0, 5), ("bullet", 0, 0)]
    assert items(tmp_path, LIST.format(0, 6), LIST.format(0, 6)) == [("number", 0, 5), ("number", 0, 6)]
    assert items(tmp_path, of("Numbered"), of("NumberedBelow")) == [("number", 0, 1), ("letter", 1, 1)]


def test_a_list_that_goes_on_after_a_paragraph_keeps_its_number(tmp_path: Path) -> None:
    number = LIST.format(0, 1)
    body = paragraph("a", number) + paragraph("b", number) + paragraph("Between.") + paragraph("c", number)
    imported = read_word_file(tmp_path, body, {"numbering": NUMBERING})
    assert [(entry.kind, entry.number) for entry in imported.paragraphs] == [
        ("item", 1),
        ("item", 2),
        ("paragraph", 0),
        ("item", 3),
    ]


def test_formats_apply_in_cells_and_text_boxes(tmp_path: Path) -> None:
    row = f"<w:tr>{cell(run('Mind', STRONG))}{cell('7')}</w:tr>"
    imported = read_word_file(tmp_path, f"<w:tbl>{row}</w:tbl>", {"styles": STYLES})
    assert kinds_and_texts(imported) == [("table", "**Mind**|7")]
