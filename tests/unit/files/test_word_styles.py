"""Effective properties of paragraphs and runs in Word files, and the numbers of their lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from ipdocs.files.ooxml.numbering import ListCounter, format_number
from ipdocs.files.ooxml.package import Package
from ipdocs.files.ooxml.styles import ParagraphProperties, RunProperties, Styles, read_styles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def xml(content: str, root: str = "x") -> bytes:
    return f'<w:{root} xmlns:w="{W}">{content}</w:{root}>'.encode()


def style(name: str, properties: str = "", base: str = "", kind: str = "paragraph", more: str = "") -> str:
    based_on = f'<w:basedOn w:val="{base}"/>' if base else ""
    identifier = name.title().replace(" ", "")
    start = f'<w:style w:type="{kind}" w:styleId="{identifier}" {more}>'
    return f'{start}<w:name w:val="{name}"/>{based_on}{properties}</w:style>'


def styles_of(styles: str = "", numbering: str = "") -> Styles:
    parts = {"word/styles.xml": xml(styles, "styles"), "word/numbering.xml": xml(numbering, "numbering")}
    return read_styles(Package(Path("a.docx"), parts))


def paragraph_properties(styles: Styles, properties: str) -> ParagraphProperties:
    return styles.paragraph_properties(etree.fromstring(xml(f"<w:pPr>{properties}</w:pPr>", "p")))


def run_properties(styles: Styles, paragraph: str, run: str) -> RunProperties:
    element = etree.fromstring(xml(f"<w:rPr>{run}</w:rPr>", "r"))
    return styles.run_properties(element, paragraph_properties(styles, paragraph))


BOLD, NOT_BOLD = "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:b w:val="off"/></w:rPr>'
SCENES = (
    style("normal", more='w:default="1"')
    + style("heading 1", f'<w:pPr><w:outlineLvl w:val="0"/></w:pPr>{BOLD}', "Normal")
    + style("office heading", "", "Heading1")
    + style("light heading", NOT_BOLD, "OfficeHeading")
    + style("strong", BOLD, kind="character")
    + style("stronger", "", "Strong", kind="character")
    + style("secret", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    + style("raised", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', kind="character")
    + style("one", "", "Two")
    + style("two", "", "One")
    + style("lead", '<w:link w:val="LeadChar"/>')
    + style("lead char", '<w:link w:val="Lead"/><w:rPr><w:i/></w:rPr>', kind="character")
)


def style_of(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ("", None),
        (style_of("Heading1"), 0),
        (style_of("OfficeHeading"), 0),
        (style_of("LightHeading"), 0),
        (style_of("OfficeHeading") + '<w:outlineLvl w:val="9"/>', None),
        ('<w:outlineLvl w:val="2"/>', 2),
        (style_of("One"), None),
        (style_of("Missing"), None),
    ],
)
def test_outline_level_follows_base_styles(properties: str, level: int | None) -> None:
    assert paragraph_properties(styles_of(SCENES), properties).outline_level == level


@pytest.mark.parametrize(
    ("paragraph", "run", "is_bold"),
    [
        ("", "", False),
        ("", "<w:b/>", True),
        ("", '<w:rStyle w:val="Strong"/>', True),
        ("", '<w:rStyle w:val="Stronger"/>', True),
        ("", '<w:rStyle w:val="Strong"/><w:b w:val="0"/>', False),
        ("", '<w:rStyle w:val="Missing"/>', False),
        (style_of("OfficeHeading"), "", True),
        (style_of("OfficeHeading"), '<w:rStyle w:val="Strong"/>', False),
        (style_of("OfficeHeading"), '<w:rStyle w:val="Strong"/><w:b/>', True),
        (style_of("LightHeading"), "", False),
        (style_of("LightHeading"), '<w:rStyle w:val="Strong"/>', True),
    ],
)
def test_bold_of_two_styles_cancels_out(paragraph: str, run: str, is_bold: bool) -> None:
    assert run_properties(styles_of(SCENES), paragraph, run).is_bold == is_bold


def test_defaults_of_the_file_apply_to_every_run() -> None:
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>"
    styles = styles_of(defaults + SCENES)
    assert run_properties(styles, "", "").is_italic
    assert not run_properties(styles, "", '<w:i w:val="false"/>').is_italic
    assert run_properties(styles_of(), "", "") == RunProperties()


def test_linked_and_hidden_and_raised_styles() -> None:
    styles = styles_of(SCENES)
    assert run_properties(styles, "", '<w:rStyle w:val="Lead"/>').is_italic
    assert paragraph_properties(styles, style_of("LeadChar")).style_names == ("lead",)
    assert run_properties(styles, "", '<w:rStyle w:val="Secret"/>').is_hidden
    assert not run_properties(styles, "", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>').is_hidden
    assert run_properties(styles, "", '<w:rStyle w:val="Raised"/>').vertical == "superscript"
    assert run_properties(styles, "", '<w:rStyle w:val="Raised"/><w:vertAlign w:val="baseline"/>').vertical == ""


def level(index: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(identifier: int, *content: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(content)}</w:abstractNum>'


def numbered_list(identifier: int, definition_id: int, *overrides: str) -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{definition_id}"/>{"".join(overrides)}</w:num>'


def in_list(identifier: int, index: int | None = None) -> str:
    return (
        f'<w:numPr><w:ilvl w:val="{index}"/>' if index is not None else "<w:numPr>"
    ) + f'<w:numId w:val="{identifier}"/></w:numPr>'


LISTS = (
    definition(
        0,
        level(0, "decimal", "%1.", '<w:pStyle w:val="Clause"/>'),
        level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="Sub"/>'),
        level(2, "lowerRoman", "%1.%3"),
    )
    + definition(1, '<w:numStyleLink w:val="Office"/>')
    + definition(2, '<w:styleLink w:val="Office"/>', level(0, "taiwaneseCountingThousand", "（%1）"))
    + definition(3, '<w:numStyleLink w:val="Circle"/>')
    + numbered_list(1, 0)
    + numbered_list(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    + numbered_list(3, 1)
    + numbered_list(4, 2)
    + numbered_list(5, 3)
    + numbered_list(6, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "bullet", "•")}</w:lvlOverride>')
)
LIST_STYLES = (
    style("clause", f"<w:pPr>{in_list(1)}</w:pPr>")
    + style("sub", '<w:pPr><w:numPr><w:ilvl w:val="4"/></w:numPr></w:pPr>', "Clause")
    + style("own clause", "", "Sub")
    + style("no clause", f"<w:pPr>{in_list(0)}</w:pPr>", "Clause")
    + style("office", f"<w:pPr>{in_list(4)}</w:pPr>", kind="numbering")
    + style("circle", f"<w:pPr>{in_list(5)}</w:pPr>", kind="numbering")
)


@pytest.mark.parametrize(
    ("properties", "place"),
    [
        (in_list(1, 2), ("1", 2)),
        (in_list(1), ("1", 0)),
        (style_of("Clause"), ("1", 0)),
        (style_of("Sub"), ("1", 1)),
        (style_of("OwnClause"), ("1", 1)),
        (style_of("Clause") + '<w:numPr><w:ilvl w:val="2"/></w:numPr>', ("1", 2)),
        (style_of("NoClause"), ("", 0)),
        (style_of("Clause") + in_list(0), ("", 0)),
        (style_of("Clause") + in_list(4), ("4", 0)),
        (in_list(77), ("", 0)),
    ],
)
def test_list_and_level_come_from_the_style(properties: str, place: tuple[str, int]) -> None:
    paragraph = paragraph_properties(styles_of(LIST_STYLES, LISTS), properties)
    assert (paragraph.list_id, paragraph.list_level) == place


@pytest.mark.parametrize(("list_id", "kind"), [("1", "number"), ("3", "number"), ("6", "bullet"), ("5", None)])
def test_levels_are_found_through_numbering_styles(list_id: str, kind: str | None) -> None:
    found = styles_of(LIST_STYLES, LISTS).numbering.level(list_id, 0)
    assert (found.list_style if found else None) == kind


@pytest.mark.parametrize(
    ("number_format", "text", "kind"),
    [
        ("lowerLetter", "(%1)", "letter"),
        ("upperRoman", "%1.", "roman"),
        ("ideographTraditional", "%1、", "number"),
        ("bullet", "\uf0b7", "bullet"),
        ("decimal", "–", "bullet"),
        ("none", "%1", ""),
        ("bullet", "", ""),
    ],
)
def test_the_list_style_is_what_word_shows(number_format: str, text: str, kind: str) -> None:
    lists = definition(0, level(0, number_format, text)) + numbered_list(1, 0)
    found = styles_of(numbering=lists).numbering.level("1", 0)
    assert found is not None
    assert found.list_style == kind


@pytest.mark.parametrize(
    ("text", "has_words"),
    [
        ("Article %1:", True),
        ("第%1條", True),
        ("附件%1", True),
        ("(%1)", False),
        ("%1、", False),
        ("o", False),
        ("\uf0b7", False),
    ],
)
def test_words_before_items_are_more_than_a_number(text: str, has_words: bool) -> None:
    lists = definition(0, level(0, "decimal", text)) + numbered_list(1, 0)
    found = styles_of(numbering=lists).numbering.level("1", 0)
    assert found is not None
    assert found.has_words == has_words


def numbers(*places: tuple[int, int]) -> list[str]:
    counter = ListCounter(styles_of(LIST_STYLES, LISTS).numbering)
    counted = [counter.count(str(list_id), index) for list_id, index in places]
    return [entry.text if entry else "" for entry in counted]


def test_deeper_levels_start_again() -> None:
    assert numbers((1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2)) == ["1.", "(a)", "(b)", "2.", "(a)", "2.i"]


def test_lists_of_one_definition_count_on() -> None:
    assert numbers((1, 0), (2, 0), (2, 0), (1, 0)) == ["1.", "5.", "6.", "7."]
    assert numbers((3, 0), (4, 0), (3, 0), (9, 0)) == ["（一）", "（二）", "（三）", ""]


def test_skipped_levels_show_the_number_before_the_first() -> None:
    assert numbers((1, 2), (1, 2), (1, 0)) == ["0.i", "0.ii", "1."]


def test_levels_that_go_on_are_not_started_again() -> None:
    lists = definition(0, level(0, "decimal", "%1"), level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>', 3)) + numbered_list(
        1, 0
    )
    counter = ListCounter(styles_of(numbering=lists).numbering)
    counted = [counter.count("1", index) for index in (0, 1, 0, 1)]
    assert [entry.number for entry in counted if entry] == [1, 3, 2, 4]


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (21, "taiwaneseCounting", "二十一"),
        (10, "ideographDigital", "一〇"),
        (2, "ideographTraditional", "乙"),
        (3, "decimalEnclosedCircle", "③"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (0, "lowerRoman", "0"),
        (5000, "lowerRoman", "5000"),
        (9, "chicago", "9"),
    ],
)
def test_numbers_are_written_in_their_format(number: int, number_format: str, text: str) -> None:
    assert format_number(number, number_format) == text
