"""Content of Word files: whatever stands around words, they arrive once and in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.files.ooxml.names import RELATIONSHIP_PREFIX

from .word_files import cell, kinds_and_texts, paragraph, part, read_word_file, run, table

LINK = f'<Relationship Id="rIdLink" Type="{RELATIONSHIP_PREFIX}hyperlink" Target="https://example.org/a" TargetMode="External"/>'


def field(code: str, result: str) -> str:
    """Return a complex field."""
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    instruction = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return f"{marks['begin']}{instruction}{marks['separate']}{result}{marks['end']}"


@pytest.mark.parametrize(
    ("wrapped", "text"),
    [
        (f'<w:bdo w:val="rtl">{run("Ms Kam")}</w:bdo>', "Ms Kam"),
        (f'<w:dir w:val="ltr">{run("Ms Kam")}</w:dir>', "Ms Kam"),
        (f'<w:customXml w:element="name">{run("Ms Kam")}</w:customXml>', "Ms Kam"),
        (f'<w:smartTag w:element="name">{run("Ms Kam")}</w:smartTag>', "Ms Kam"),
        (f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{run("Ms Kam")}</w:sdtContent></w:sdt>', "Ms Kam"),
        (f"<w:ins>{run('Ms Kam')}</w:ins>", "Ms Kam"),
        (f"<w:moveTo>{run('Ms Kam')}</w:moveTo>", "Ms Kam"),
        (f"<w:fldSimple w:instr=' REF name '>{run('Ms Kam')}</w:fldSimple>", "Ms Kam"),
        (f"<w14:unknown>{run('Ms Kam')}</w14:unknown>", "Ms Kam"),
        (f"<w:hyperlink w:anchor='place'>{run('Ms Kam')}</w:hyperlink>", "Ms Kam"),
        (f"<w:bdo w:val='ltr'><w:sdt><w:sdtContent><w:dir>{run('Ms Kam')}</w:dir></w:sdtContent></w:sdt></w:bdo>", "Ms Kam"),
        ("<w:r><w:t>Ms</w:t><w:tab/><w:t>Kam</w:t><w:softHyphen/></w:r>", "Ms Kam"),
        ("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>25</w:t></w:r>", "2024-25"),
        ("<w:r><w:t>Ms</w:t><w:br/><w:t>Kam</w:t><w:cr/></w:r>", "Ms\nKam"),
    ],
)
@pytest.mark.parametrize("place", ["paragraph", "cell", "note"])
def test_words_arrive_whatever_they_are_wrapped_in(tmp_path: Path, wrapped: str, text: str, place: str) -> None:
    content = paragraph(run("The guest ") + wrapped)
    if place == "paragraph":
        imported = read_word_file(tmp_path, content)
        assert kinds_and_texts(imported) == [("paragraph", f"The guest {text}")]
    elif place == "cell":
        imported = read_word_file(tmp_path, f"<w:tbl><w:tr><w:tc>{content}</w:tc>{cell('x')}</w:tr></w:tbl>")
        assert kinds_and_texts(imported) == [("table", f"The guest {text}|x")]
    else:
        notes = {"footnotes": part("w:footnotes", f'<w:footnote w:id="2">{content}</w:footnote>')}
        imported = read_word_file(tmp_path, paragraph(run("Text") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), notes)
        assert kinds_and_texts(imported)[1:] == [("note", f"The guest {text}")]
    assert imported.left_out == []


@pytest.mark.parametrize(
    "body",
    [
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Ms Kam')}</w:sdtContent></w:sdt>",
        f'<w:customXml w:element="name">{paragraph("Ms Kam")}</w:customXml>',
        f"<w:ins>{paragraph('Ms Kam')}</w:ins>",
        f"<w14:unknown><w:sdt><w:sdtContent>{paragraph('Ms Kam')}</w:sdtContent></w:sdt></w14:unknown>",
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{paragraph('Ms Kam')}</mc:Choice></mc:AlternateContent>",
        run("Ms Kam"),
        f"<w:sdt><w:sdtContent>{run('Ms Kam')}</w:sdtContent></w:sdt>",
    ],
)
def test_paragraphs_arrive_whatever_they_are_wrapped_in(tmp_path: Path, body: str) -> None:
    assert kinds_and_texts(read_word_file(tmp_path, body + paragraph("After"))) == [
        ("paragraph", "Ms Kam"),
        ("paragraph", "After"),
    ]


def sdt(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


ROW = f"<w:tr>{cell('Pier')}{cell('7')}</w:tr>"


@pytest.mark.parametrize(
    "row",
    [
        sdt(ROW),
        sdt(sdt(ROW)),
        f'<w:customXml w:element="r">{ROW}</w:customXml>',
        f"<w:ins>{ROW}</w:ins>",
        f"<w:moveTo>{ROW}</w:moveTo>",
        f"<w:tr>{sdt(cell('Pier'))}{cell('7')}</w:tr>",
        f"<w:tr>{cell('Pier')}{sdt(cell('7'))}</w:tr>",
        f"<w:tr>{sdt(cell('Pier') + cell('7'))}</w:tr>",
        f'<w:tr><w:customXml w:element="c">{cell("Pier")}</w:customXml>{cell("7")}</w:tr>',
        f"<w:tr><w:trPr/><w14:unknown>{cell('Pier')}</w14:unknown>{cell('7')}</w:tr>",
        f"<w:tr><w:tc>{sdt(paragraph('Pier'))}</w:tc><w:tc>{paragraph(sdt(run('7')))}</w:tc></w:tr>",
    ],
)
def test_wrapped_rows_and_cells_keep_their_place(tmp_path: Path, row: str) -> None:
    """A w:sdt may contain rows and cells: ECMA-376 Part 1, 17.5.2.30 and 17.5.2.32; docling-project/docling#3946."""
    imported = read_word_file(tmp_path, f"<w:tbl><w:tr>{cell('Place')}{cell('Bags')}</w:tr>{row}</w:tbl>")
    assert kinds_and_texts(imported) == [("table", "Place|Bags / Pier|7")]


def merged(rows: str, tmp_path: Path) -> tuple[list[tuple[str, str]], list[tuple[int, int, int, int]]]:
    imported = read_word_file(tmp_path, f"<w:tbl>{rows}</w:tbl>")
    spans = [(span.row, span.column, span.rows, span.columns) for span in imported.paragraphs[0].merged]
    return kinds_and_texts(imported), spans


DOWN, UP = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WIDE = '<w:gridSpan w:val="2"/>'
RIGHT = '<w:hMerge w:val="restart"/>'


@pytest.mark.parametrize(
    ("rows", "texts", "spans"),
    [
        (f"<w:tr>{cell('A', WIDE)}</w:tr><w:tr>{cell('b')}{cell('c')}</w:tr>", "A| / b|c", [(0, 0, 1, 2)]),
        (
            f"<w:tr>{cell('A', DOWN)}{cell('b')}</w:tr><w:tr>{cell('', UP)}{cell('c')}</w:tr>",
            "A|b / |c",
            [(0, 0, 2, 1)],
        ),
        (
            f"<w:tr>{cell('A', RIGHT)}{cell('', '<w:hMerge/>')}</w:tr><w:tr>{cell('b')}{cell('c')}</w:tr>",
            "A| / b|c",
            [(0, 0, 1, 2)],
        ),
        (
            f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('A')}</w:tr><w:tr>{cell('b')}{cell('c')}</w:tr>",
            "|A / b|c",
            [],
        ),
        (
            f"<w:tr><w:trPr><w:gridAfter w:val='1'/></w:trPr>{cell('A')}</w:tr><w:tr>{cell('b')}{cell('c')}</w:tr>",
            "A| / b|c",
            [],
        ),
        (
            f"<w:tr>{cell('A', DOWN + WIDE)}{cell('x')}</w:tr>"
            f"<w:tr>{cell('', UP + WIDE)}{cell('y')}</w:tr><w:tr>{cell('b')}{cell('c')}{cell('d')}</w:tr>",
            "A||x / ||y / b|c|d",
            [(0, 0, 2, 2)],
        ),
        (f"<w:tr>{cell('', UP)}{cell('b')}</w:tr><w:tr>{cell('c')}{cell('d')}</w:tr>", "|b / c|d", []),
        (
            f"<w:tr>{cell('A', DOWN)}{cell('b')}</w:tr><w:tr>{cell('B', DOWN)}{cell('c')}</w:tr>"
            f"<w:tr>{cell('', UP)}{cell('d')}</w:tr>",
            "A|b / B|c / |d",
            [(1, 0, 2, 1)],
        ),
        (
            f"<w:tr>{cell('A', DOWN)}{cell('b')}</w:tr>{sdt('<w:tr>' + cell('', UP) + sdt(cell('c')) + '</w:tr>')}",
            "A|b / |c",
            [(0, 0, 2, 1)],
        ),
        (
            f"<w:tr>{cell('A', DOWN)}{cell('b')}</w:tr><w:tr>{cell('more', UP)}{cell('c')}</w:tr>",
            "A\nmore|b / |c",
            [(0, 0, 2, 1)],
        ),
    ],
)
def test_merged_cells_are_read_with_their_spans(
    tmp_path: Path, rows: str, texts: str, spans: list[tuple[int, int, int, int]]
) -> None:
    assert merged(rows, tmp_path) == ([("table", texts)], spans)


MATH = {
    "m:sSup": "<m:e>{}</m:e><m:sup>{}</m:sup>",
    "m:sSub": "<m:e>{}</m:e><m:sub>{}</m:sub>",
    "m:f": "<m:num>{}</m:num><m:den>{}</m:den>",
    "m:func": "<m:fName>{}</m:fName><m:e>{}</m:e>",
}


def math(kind: str, *arguments: str) -> str:
    runs = [argument if argument.startswith("<") else f"<m:r><m:t>{argument}</m:t></m:r>" for argument in arguments]
    return f"<{kind}>{MATH[kind].format(*runs)}</{kind}>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:r><m:t>a+1</m:t></m:r>", "a+1"),
        (math("m:sSup", "x", "2"), "x²"),
        (math("m:sSup", "x", "a+1"), "x^(a+1)"),
        (math("m:sSub", "CO", "2"), "CO₂"),
        (math("m:f", "a+b", "2"), "(a+b)/2"),
        (math("m:f", math("m:sSup", "a", "3"), "b"), "a³/b"),
        (math("m:func", "sin", "x"), "sin x"),
        ("<m:rad><m:deg/><m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad>", "√2"),
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>0</m:t></m:r></m:e></m:d>', "[0]"),
        (
            '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r>'
            "</m:sup><m:e><m:r><m:t>k</m:t></m:r></m:e></m:nary>",
            "∑₁ⁿ k",
        ),
        ("<m:r><w:t>plain</w:t></m:r>", "plain"),
        ("<m:unknown><m:e><m:r><m:t>k</m:t></m:r></m:e></m:unknown>", "k"),
    ],
)
def test_formulas_become_linear_text(tmp_path: Path, formula: str, text: str) -> None:
    for element in (f"<m:oMath>{formula}</m:oMath>", f"<m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara>"):
        body = paragraph(f"{run('Of ')}{element}{run(' per day')}")
        (imported,) = read_word_file(tmp_path, body).paragraphs
        assert imported.text == f"Of {text} per day"


@pytest.mark.parametrize(
    ("font", "code", "character"),
    [
        ("Symbol", "F0B3", "≥"),
        ("symbol", "B7", "•"),
        ("Symbol", "F061", "α"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "◻"),
        ("Wingdings 2", "F050", "✓"),
        ("Segoe UI Symbol", "2610", "☐"),
        ("MS Gothic", "2612", "☒"),
    ],
)
def test_symbols_become_unicode_characters(tmp_path: Path, font: str, code: str, character: str) -> None:
    body = paragraph(f'{run("From ")}<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>{run(" on")}')
    assert kinds_and_texts(read_word_file(tmp_path, body)) == [("paragraph", f"From {character} on")]


def test_private_characters_of_a_symbol_font_are_decoded(tmp_path: Path) -> None:
    body = paragraph(run("From ") + run("\uf0b3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run(" on"))
    assert kinds_and_texts(read_word_file(tmp_path, body)) == [("paragraph", "From ≥ on")]


def test_an_unknown_symbol_is_listed(tmp_path: Path) -> None:
    imported = read_word_file(tmp_path, paragraph(f'{run("From")}<w:r><w:sym w:font="Office Marks" w:char="F0E1"/></w:r>'))
    assert kinds_and_texts(imported) == [("paragraph", "From")]
    assert [entry.description for entry in imported.left_out] == ["unusable picture: character F0E1 of the font Office Marks"]


def test_a_reading_above_characters_stands_in_brackets(tmp_path: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('ㄏㄢˋ')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"
    assert kinds_and_texts(read_word_file(tmp_path, paragraph(ruby + run("字")))) == [("paragraph", "漢（ㄏㄢˋ）字")]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (field(' HYPERLINK "https://example.org/a" ', run("the page")), "[the page](https://example.org/a)"),
        (field(" HYPERLINK https://example.org/a ", run("the page")), "[the page](https://example.org/a)"),
        (field(' HYPERLINK "https://example.org/a" \\l "part" \\o "tip" ', run("it")), "[it](https://example.org/a#part)"),
        (field(' HYPERLINK \\l "part" ', run("the part")), "the part"),
        (
            field(' hyperlink "https://example.org/a" ', run("the ") + run("page", "<w:b/>")),
            "[the **page**](https://example.org/a)",
        ),
        (
            field(' HYPERLINK "https://</w:instrText></w:r><w:r><w:instrText>example.org/a" ', run("the page")),
            "[the page](https://example.org/a)",
        ),
        (
            field(" IF 1 = 1 ", field(' HYPERLINK "https://example.org/a" ', run("yes")) + run(" no")),
            "[yes](https://example.org/a) no",
        ),
        (field(' HYPERLINK "https://example.org/a" ', field(" REF x ", run("it"))), "[it](https://example.org/a)"),
        (
            f"<w:fldSimple w:instr=' HYPERLINK \"https://example.org/a\" '>{run('it')}</w:fldSimple>",
            "[it](https://example.org/a)",
        ),
        (field(" REF place \\h ", run("section 2")), "section 2"),
        (field(" PAGEREF place ", run("14")), "14"),
        (f'<w:hyperlink r:id="rIdLink">{run("the ")}{run("page")}</w:hyperlink>', "[the page](https://example.org/a)"),
        (f'<w:hyperlink r:id="rIdLink" w:anchor="part">{run("it")}</w:hyperlink>', "[it](https://example.org/a#part)"),
        (f'<w:hyperlink r:id="rIdLink"><w:bdo>{run("it")}</w:bdo></w:hyperlink>', "[it](https://example.org/a)"),
    ],
)
def test_links_and_fields_keep_words_and_addresses(tmp_path: Path, content: str, text: str) -> None:
    imported = read_word_file(tmp_path, paragraph(run("See ") + content + run(" now")), relationships=LINK)
    assert kinds_and_texts(imported) == [("paragraph", f"See {text} now")]


def test_a_field_without_an_end_does_not_swallow_text(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    imported = read_word_file(tmp_path, paragraph(run("One ") + begin + run("two")) + paragraph("Three"))
    assert kinds_and_texts(imported) == [("paragraph", "One two"), ("paragraph", "Three")]


def test_an_address_that_a_source_cannot_have_is_listed(tmp_path: Path) -> None:
    address = "file:///c:/plans/pier.doc"
    simple = f"<w:fldSimple w:instr=' HYPERLINK \"{address}\" '>{run('plan')}</w:fldSimple>"
    for content in (field(f' HYPERLINK "{address}" ', run("plan")), simple):
        imported = read_word_file(tmp_path, paragraph(run("The ") + content))
        assert kinds_and_texts(imported) == [("paragraph", "The plan")]
        assert [(entry.text, entry.description) for entry in imported.left_out] == [
            (address, "address that a source cannot link to")
        ]


def test_a_text_box_of_a_running_head_is_listed_once(tmp_path: Path) -> None:
    header = part("w:hdr", paragraph(f"<w:r>{alternatives(NEW_BOX, OLD_BOX)}</w:r>"))
    imported = read_word_file(tmp_path, paragraph("One"), {"header1": header})
    assert [entry.text for entry in imported.left_out] == ["Boxed."]


def test_a_field_without_a_result_is_listed(tmp_path: Path) -> None:
    entry = field(' XE "harbour" ', "").replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")
    imported = read_word_file(tmp_path, paragraph(run("Page ") + field(" PAGE ", run("3")) + entry))
    assert kinds_and_texts(imported) == [("paragraph", "Page 3")]
    assert [(left_out.text, left_out.description) for left_out in imported.left_out] == [
        ('XE "harbour"', "instruction of a field")
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (" EQ \\o\\ac(○,3) ", "③"),
        ("eq \\o\\ac(○,</w:instrText><w:instrText>乙)", "(乙)"),
        (' EQ \\* jc2 \\* "Font:Sample" \\* hps10 \\o\\ad(\\s\\up 9(ㄏㄢˋ),漢)', "漢（ㄏㄢˋ）"),
        (" EQ \\f(a+1,2) ", "(a+1)/2"),
        (" EQ \\r(3,x) ", "3√x"),
        (" EQ \\f(1\\,5;2) ", "(1,5)/2"),
        (' SYMBOL 179 \\f "Symbol" \\s 10 ', "≥"),
        (" SYMBOL 0xB0 ", "°"),
    ],
)
@pytest.mark.parametrize("has_separator", [True, False])
def test_fields_that_compute_text_show_it(tmp_path: Path, code: str, text: str, has_separator: bool) -> None:
    """Word and WPS write circled characters and phonetic guides as EQ fields without a result: docxtemplater#537.

    See also "Word EQ Field and East Asian Formatting" (Murray Sargent, Microsoft, 2008).
    """
    content = field(code, "")
    if not has_separator:
        content = content.replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")
    imported = read_word_file(tmp_path, paragraph(run("A ") + content + run(" z")))
    assert kinds_and_texts(imported) == [("paragraph", f"A {text} z")]
    assert imported.left_out == []


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="East"/><w:listEntry w:val="West"/></w:ddList>', "West"),
    ],
)
def test_form_fields_show_their_state(tmp_path: Path, data: str, text: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    imported = read_word_file(tmp_path, paragraph(run("Area ") + begin + end))
    assert kinds_and_texts(imported) == [("paragraph", f"Area {text}")]


def drawing(content: str) -> str:
    return (
        f"<w:drawing><wp:inline><a:graphic><a:graphicData uri='x'><wps:wsp>{content}</wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing>"
    )


def alternatives(choice: str, fallback: str) -> str:
    branches = f"<mc:Choice Requires='wps'>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
    return f"<mc:AlternateContent>{branches}</mc:AlternateContent>"


BOX = f"<w:txbxContent>{paragraph('Boxed.')}</w:txbxContent>"
NEW_BOX, OLD_BOX = drawing(f"<wps:txbx>{BOX}</wps:txbx>"), f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    "shape",
    [
        alternatives(NEW_BOX, OLD_BOX),
        alternatives("", OLD_BOX),
        NEW_BOX,
        OLD_BOX,
        f"<w:pict><v:group><v:rect><v:textbox>{BOX}</v:textbox></v:rect></v:group></w:pict>",
        "<w:pict><v:shape><v:textpath string='Boxed.'/></v:shape></w:pict>",
        drawing("<a:txBody><a:p><a:r><a:rPr/><a:t>Boxed.</a:t></a:r></a:p></a:txBody>"),
        f"<w:drawing><wp:anchor><wp:positionH><wp:posOffset>-635</wp:posOffset></wp:positionH>{NEW_BOX}"
        "<wp14:sizeRelH><wp14:pctWidth>0</wp14:pctWidth></wp14:sizeRelH></wp:anchor></w:drawing>",
    ],
)
def test_a_text_box_is_a_paragraph_of_its_own(tmp_path: Path, shape: str) -> None:
    """Word writes each box twice, as DrawingML and VML: microsoft/markitdown#2514."""
    for body, order in (
        (paragraph(f"<w:r>{shape}</w:r>{run('Beside.')}"), ["Boxed.", "Beside."]),
        (paragraph(f"{run('Beside')}<w:r>{shape}</w:r>{run('.')}"), ["Beside.", "Boxed."]),
    ):
        imported = read_word_file(tmp_path, body + paragraph("After"))
        assert kinds_and_texts(imported) == [("paragraph", text) for text in (*order, "After")]
        assert imported.left_out == []


def test_second_forms_with_other_words_are_listed(tmp_path: Path) -> None:
    fallback = f"<w:pict><v:textbox><w:txbxContent>{paragraph('Update your program.')}</w:txbxContent></v:textbox></w:pict>"
    imported = read_word_file(tmp_path, paragraph(f"<w:r>{alternatives(NEW_BOX, fallback)}</w:r>"))
    assert kinds_and_texts(imported) == [("paragraph", "Boxed.")]
    assert [(entry.text, entry.description) for entry in imported.left_out] == [
        ("Update your program.", "second form of the same content")
    ]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_of_both_kinds_and_of_several_paragraphs_arrive(tmp_path: Path, kind: str) -> None:
    note = f'<w:{kind} w:id="4">{paragraph("Counted by hand.")}{paragraph("On Sunday.")}</w:{kind}>'
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    notes = {f"{kind}s": part(f"w:{kind}s", separator + note)}
    imported = read_word_file(tmp_path, paragraph(f'{run("Some")}<w:r><w:{kind}Reference w:id="4"/></w:r>{run(".")}'), notes)
    assert kinds_and_texts(imported) == [("paragraph", "Some[^note-1]."), ("note", "Counted by hand.\nOn Sunday.")]
    assert imported.left_out == []


def test_the_mark_of_a_note_with_its_own_mark_is_not_text(tmp_path: Path) -> None:
    notes = {"footnotes": part("w:footnotes", f'<w:footnote w:id="4">{paragraph("Counted.")}</w:footnote>')}
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>'
    imported = read_word_file(tmp_path, paragraph(run("Some") + mark + run(" went")), notes)
    assert kinds_and_texts(imported) == [("paragraph", "Some[^note-1] went"), ("note", "Counted.")]


@pytest.mark.parametrize("separator", [". ", " ", "）", "", ") "])
def test_the_sign_after_the_number_of_a_note_is_not_text(tmp_path: Path, separator: str) -> None:
    note = f"<w:p><w:r><w:footnoteRef/></w:r>{run(separator)}{run('. Counted')}</w:p>"
    notes = {"footnotes": part("w:footnotes", f'<w:footnote w:id="4">{note}</w:footnote>')}
    imported = read_word_file(tmp_path, paragraph(run("Some") + '<w:r><w:footnoteReference w:id="4"/></w:r>'), notes)
    assert kinds_and_texts(imported)[1] == ("note", ". Counted")
    assert imported.left_out == []


DELETED_CELL = '<w:cellDel w:id="1"/>'
DELETED = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (paragraph("One ", DELETED) + paragraph("two"), ["One two"]),
        (paragraph("One ", DELETED) + paragraph("two ", DELETED) + paragraph("three"), ["One two three"]),
        (paragraph("One ", DELETED.replace("w:del", "w:moveFrom")) + paragraph("two"), ["One two"]),
        (paragraph("One", DELETED) + table("a|b"), ["One", "a|b"]),
        (
            table("a|b") + paragraph(f"<w:del>{run('x').replace('w:t', 'w:delText')}</w:del>", DELETED) + paragraph("two"),
            ["a|b", "two"],
        ),
        (
            f"<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('a')}{cell('b')}</w:tr>"
            f"<w:tr>{cell('c')}{cell('d')}</w:tr></w:tbl>",
            ["c|d"],
        ),
        (f"<w:tbl><w:tr>{cell('a', DELETED_CELL)}{cell('b')}{cell('c')}</w:tr></w:tbl>", ["b|c"]),
    ],
)
def test_deletions_of_ends_rows_and_cells_are_accepted(tmp_path: Path, body: str, texts: list[str]) -> None:
    assert [text for _, text in kinds_and_texts(read_word_file(tmp_path, body))] == texts


def test_deleted_words_are_listed(tmp_path: Path) -> None:
    body = paragraph(run("Kept") + f"<w:del>{run(' gone').replace('w:t', 'w:delText')}</w:del>")
    imported = read_word_file(tmp_path, body)
    assert kinds_and_texts(imported) == [("paragraph", "Kept")]
    assert [(entry.text, entry.description, entry.line) for entry in imported.left_out] == [("gone", "tracked deletion", 1)]


HIDDEN_BOX = NEW_BOX.replace("<wp:inline>", "<wp:inline><wp:docPr id='1' hidden='1'/>").replace("Boxed.", "unseen")
STYLES = {
    "styles": part(
        "w:styles",
        '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Quiet"><w:name w:val="Quiet"/><w:rPr><w:vanish/></w:rPr></w:style>',
    )
}


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph(run("Kept") + run(" unseen", "<w:vanish/>")),
        paragraph(run("Kept") + run(" unseen", '<w:rStyle w:val="Secret"/>')),
        paragraph("Kept") + paragraph("unseen", '<w:pStyle w:val="Quiet"/>'),
        f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>{cell('unseen')}{cell('')}</w:tr></w:tbl>" + paragraph("Kept"),
        paragraph(run("Kept") + f"<w:r>{HIDDEN_BOX}</w:r>"),
    ],
)
def test_hidden_content_is_listed_as_hidden(tmp_path: Path, hidden: str) -> None:
    imported = read_word_file(tmp_path, hidden, STYLES)
    assert [text for _, text in kinds_and_texts(imported) if text] == ["Kept"]
    assert [(entry.text, entry.description) for entry in imported.left_out] == [("unseen", "hidden")]


def test_a_large_first_letter_belongs_to_its_paragraph(tmp_path: Path) -> None:
    body = paragraph("T", '<w:framePr w:dropCap="drop" w:lines="3"/>') + paragraph("he pier opens.")
    assert kinds_and_texts(read_word_file(tmp_path, body)) == [("paragraph", "The pier opens.")]


def test_direction_marks_do_not_count_as_lost_text(tmp_path: Path) -> None:
    for text in ("One \u202etwo", "One\u200f two", "One\ufeff two", "One\u2028two"):
        assert len(read_word_file(tmp_path, paragraph(text)).paragraphs) == 1
        assert len(read_word_file(tmp_path, paragraph(run(text) + run("x", "<w:b/>"))).paragraphs) == 1


def test_comments_and_running_heads_are_listed(tmp_path: Path) -> None:
    comments = "".join(
        f'<w:comment w:id="{number}">{paragraph(text)}</w:comment>' for number, text in enumerate(("First?", "Second?"))
    )
    marks = "".join(f'<w:r><w:commentReference w:id="{number}"/></w:r>' for number in range(2))
    parts = {
        "comments": part("w:comments", comments),
        "header1": part("w:hdr", paragraph("Example") + paragraph(run("Page ") + field(" PAGE ", run("2")))),
        "header2": part("w:hdr", paragraph("Example") + paragraph(run("Page ") + field(" PAGE ", run("2")))),
        "footer1": part("w:ftr", paragraph("1 Example Street")),
        "glossaryDocument": part("w:glossaryDocument", paragraph("Choose a day.")),
    }
    imported = read_word_file(tmp_path, paragraph("One") + paragraph(run("Two") + marks), parts)
    assert kinds_and_texts(imported) == [("paragraph", "One"), ("paragraph", "Two")]
    assert [(entry.text, entry.description, entry.line) for entry in imported.left_out] == [
        ("First?", "comment", 2),
        ("Second?", "comment", 2),
        ("Example Page 2", "running header or footer", 0),
        ("1 Example Street", "running header or footer", 0),
        ("Choose a day.", "hidden", 0),
    ]


def test_the_words_of_a_chart_are_listed(tmp_path: Path) -> None:
    parts = {"chart1": part("c:chartSpace", "<c:v>Visitors</c:v>")}
    chart = drawing("<c:chart r:id='rIdPart0'/>")
    imported = read_word_file(tmp_path, paragraph(f"{run('One')}<w:r>{chart}</w:r>"), parts)
    assert [(entry.text, entry.description) for entry in imported.left_out] == [
        ("chart", "chart or diagram"),
        ("Visitors", "chart or diagram"),
    ]


def test_text_where_no_text_belongs_is_left_out(tmp_path: Path) -> None:
    imported = read_word_file(tmp_path, f"<w:p>{run('One')}stray words</w:p>")
    assert kinds_and_texts(imported) == [("paragraph", "One")]
    assert [(entry.text, entry.description) for entry in imported.left_out] == [
        ("stray words", "outside the text that a program shows")
    ]


def test_the_content_of_a_rectangle_among_blocks_is_read(tmp_path: Path) -> None:
    imported = read_word_file(tmp_path, f"{paragraph(run('One'))}<v:rect><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></v:rect>")
    assert kinds_and_texts(imported) == [("paragraph", "One"), ("paragraph", "x")]
