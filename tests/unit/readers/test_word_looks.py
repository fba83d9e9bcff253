"""Heads of tables, headings and lines across the page that a Word file shows by their look alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ipdocs.importing.document_draft import make_draft
from ipdocs.importing.import_release import compose_release
from ipdocs.source.segment import to_source_text
from ipdocs.workspace import Workspace

from .word_files import kinds_and_texts, paragraph, part, read_word_file, run, table, word_file

STYLES = part(
    "w:styles",
    '<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/><w:tblStylePr w:type="firstRow"/></w:style>'
    '<w:style w:type="table" w:styleId="Shaded"><w:name w:val="Shaded"/><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd/></w:tcPr>'
    "</w:tblStylePr></w:style>"
    '<w:style w:type="table" w:styleId="House"><w:name w:val="House"/><w:basedOn w:val="Shaded"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Line"><w:name w:val="Horizontal Line"/></w:style>',
)


def styled(properties: str, *rows: str) -> str:
    return table(*rows).replace("<w:tbl>", f"<w:tbl><w:tblPr>{properties}</w:tblPr>", 1)


def bold(row: str) -> str:
    """Return a row of a table with all of its cells in bold type."""
    return table(row).replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>").removeprefix("<w:tbl>").removesuffix("</w:tbl>")


def rows(*texts: str) -> str:
    return f"<w:tbl>{''.join(texts)}</w:tbl>"


def plain(row: str) -> str:
    return table(row).removeprefix("<w:tbl>").removesuffix("</w:tbl>")


LOOK = '<w:tblStyle w:val="{}"/><w:tblLook {}/>'


@pytest.mark.parametrize(
    ("body", "has_header"),
    [
        (styled(LOOK.format("Shaded", 'w:firstRow="1"'), "Pier|Boats", "East|4"), True),
        (styled(LOOK.format("House", 'w:val="04A0"'), "Pier|Boats", "East|4"), True),
        (styled(LOOK.format("House", 'w:val="0480"'), "Pier|Boats", "East|4"), False),
        (styled(LOOK.format("Shaded", 'w:val="04A0" w:firstRow="0"'), "Pier|Boats", "East|4"), False),
        (styled(LOOK.format("Plain", 'w:firstRow="1"'), "Pier|Boats", "East|4"), False),
        (styled('<w:tblStyle w:val="Shaded"/>', "Pier|Boats", "East|4"), False),
        (rows(bold("Pier|Boats"), plain("East|4")), True),
        (rows(bold("Pier|Boats"), bold("East|4")), False),
        (rows(plain("Pier|Boats"), bold("Total|4")), False),
    ],
)
def test_the_look_of_the_first_row_tells_the_head(tmp_path: Path, body: str, has_header: bool) -> None:
    (imported,) = read_word_file(tmp_path, body, {"styles": STYLES}).paragraphs
    assert imported.has_header is has_header
    if has_header:
        assert list(map(to_source_text, imported.rows[0])) == ["Pier", "Boats"]


LINE = '<w:p><w:pPr><w:pBdr><w:{} w:val="{}"/></w:pBdr></w:pPr></w:p>'


@pytest.mark.parametrize(
    ("line", "is_rule"),
    [
        (LINE.format("bottom", "single"), True),
        (LINE.format("top", "double"), True),
        (LINE.format("bottom", "nil"), False),
        (LINE.format("left", "single"), False),
        ('<w:p><w:pPr><w:pStyle w:val="Line"/></w:pPr></w:p>', True),
        ('<w:p><w:r><w:pict><v:rect style="width:0;height:1.5pt" o:hr="t"/></w:pict></w:r></w:p>', True),
        ('<w:p><w:r><w:pict><v:rect style="width:0;height:1.5pt"/></w:pict></w:r></w:p>', False),
    ],
)
def test_a_line_across_the_page_is_a_rule(tmp_path: Path, line: str, is_rule: bool) -> None:
    text = paragraph("The pier is closed.")
    body = line + paragraph("Pier closes") + line + text + line + line + text + line
    draft = make_draft(read_word_file(tmp_path, body, {"styles": STYLES}), "en", Workspace(tmp_path))
    assert [block.kind for block in draft.blocks] == (["paragraph", "rule", "paragraph"] if is_rule else ["paragraph"] * 2)


def test_bold_lines_in_both_languages_are_headings(tmp_path: Path) -> None:
    english = ("Pier closes", "The pier closes on Monday for repairs.", "Fares", "Children under 12 pay half the fare.")
    chinese = ("碼頭關閉", "碼頭於星期一關閉維修。", "票價", "十二歲以下兒童半價。")
    for name, (title, lead, heading, text) in {"en": english, "tc": chinese}.items():
        bold_line = f"<w:p>{run(heading, '<w:b/>')}</w:p>"
        content = word_file(paragraph(title) + paragraph(lead) + bold_line + paragraph(text))
        (tmp_path / f"a.{name}.docx").write_bytes(content)
    files = [tmp_path / "a.en.docx", tmp_path / "a.tc.docx"]
    release = compose_release(files, tmp_path / "release.yaml", datetime(2026, 5, 4, 9))
    assert 'heading:\n      en: "Fares"\n      tc: "票價"' in release.text
    alone = compose_release(files[:1], tmp_path / "other.yaml", datetime(2026, 5, 4, 9))
    assert 'paragraph:\n      en: "**Fares**"' in alone.text
    assert [finding.code for finding in alone.summary.findings if finding.code == "possible-heading"] == ["possible-heading"]


@pytest.mark.parametrize("properties", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_words_are_reported(tmp_path: Path, properties: str) -> None:
    body = f"<w:p>{run('At ')}{run('noon', properties)}{run(' or ')}{run(' dusk', properties)}{run('.')}</w:p>"
    imported = read_word_file(tmp_path, body)
    assert to_source_text(imported.paragraphs[0].content) == "At noon or dusk."
    assert [(finding.code, finding.location and finding.location.line) for finding in imported.findings] == [("struck-out", 1)]
    assert "“noon dusk”" in imported.findings[0].message


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:position w:val="8"/><w:sz w:val="19"/>', "m^2^"),
        ('<w:position w:val="-2"/><w:sz w:val="19"/>', "m~2~"),
        ('<w:position w:val="8"/>', "m2"),
        ('<w:position w:val="0"/><w:sz w:val="19"/>', "m2"),
    ],
)
def test_raised_text_of_another_size_is_superscript(tmp_path: Path, properties: str, text: str) -> None:
    imported = read_word_file(tmp_path, f"<w:p>{run('m')}{run('2', properties)}</w:p>")
    assert to_source_text(imported.paragraphs[0].content) == text


def test_a_subtitle_is_no_title(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="Title"/></w:style>'
        for name in ("Title", "Subtitle", "House")
    )
    body = "".join(paragraph(name, f'<w:pStyle w:val="{name}"/>') for name in ("House", "Subtitle"))
    imported = read_word_file(tmp_path, body, {"styles": part("w:styles", styles)})
    assert [entry.kind for entry in imported.paragraphs] == ["title", "paragraph"]


def tabbed(*cells: str, properties: str = "") -> str:
    """Return a paragraph with tabs between its words."""
    return f"<w:p>{'<w:r><w:tab/></w:r>'.join(run(cell, properties) if cell else '' for cell in cells)}</w:p>"


def test_lines_with_tabs_are_a_table(tmp_path: Path) -> None:
    body = tabbed("Name", "Post", properties="<w:b/>") + tabbed("Ho Mei", "", "Clerk") + tabbed("", "Au Yu", "Chief")
    imported = read_word_file(tmp_path, paragraph("Staff of the pier.") + body + paragraph("They work daily."))
    assert kinds_and_texts(imported) == [
        ("paragraph", "Staff of the pier."),
        ("table", "Name|Post / Ho Mei|Clerk / Au Yu|Chief"),
        ("paragraph", "They work daily."),
    ]
    assert imported.paragraphs[1].has_header


@pytest.mark.parametrize(
    "lines",
    [
        [("Date:", "May 4"), ("Place:", "Pier")],
        [("1.1", "The pier is open"), ("1.2", "Boats are free")],
        [("Article 1", "The pier is open."), ("Article 2", "Boats are free.")],
        [("A.", "The pier"), ("B.", "The boats")],
        [("Chairman", "主席"), ("Clerk", "秘書"), ("Members", "委員")],
        [("Ho Mei", "Clerk")],
        [("Ho Mei", "Clerk"), ("Au Yu", "Chief", "East Pier")],
        [("", "The pier is open"), ("", "Boats are free")],
    ],
)
def test_other_lines_with_tabs_stay_lines(tmp_path: Path, lines: list[tuple[str, ...]]) -> None:
    imported = read_word_file(tmp_path, "".join(tabbed(*line) for line in lines))
    assert kinds_and_texts(imported) == [("paragraph", " ".join(filter(None, line))) for line in lines]


def test_deeper_list_styles_of_word_are_levels(tmp_path: Path) -> None:
    names = ("List Number", "List Number 2", "List Bullet", "List Bullet 3")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{number}"><w:name w:val="{name}"/><w:pPr><w:numPr><w:numId w:val="{number}"/>'
        "</w:numPr></w:pPr></w:style>"
        for number, name in enumerate(names, 1)
    )
    shapes = ['<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'] * 2 + [
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="·"/>'
    ] * 2
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>{shape}</w:lvl></w:abstractNum>'
        for number, shape in enumerate(shapes, 1)
    ) + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, 5))
    body = "".join(paragraph("x", f'<w:pStyle w:val="S{number}"/>') for number in (1, 2, 1, 3, 4))
    imported = read_word_file(tmp_path, body, {"styles": part("w:styles", styles), "numbering": part("w:numbering", lists)})
    assert [(entry.list_style, entry.level, entry.number) for entry in imported.paragraphs] == [
        ("number", 0, 1),
        ("number", 1, 1),
        ("number", 0, 2),
        ("bullet", 0, 0),
        ("bullet", 2, 0),
    ]
