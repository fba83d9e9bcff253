"""Terms of other tools: TBX of every version and style, and tables of spreadsheet programs and OmegaT."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.findings import IpdocsError
from ipdocs.locale.glossary import COLUMNS, Term, clear_glossary
from ipdocs.locale.glossary import glossary as read_glossary
from ipdocs.pipeline.check import check
from ipdocs.translation.formats.term_row import term_id
from ipdocs.translation.terms import export_terms, import_terms
from ipdocs.workspace import find_workspace


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return an empty pack of a workspace."""
    path = tmp_path / "locales/glossary/office.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"{','.join(COLUMNS)}\n", "utf-8")
    return path


def own_terms(pack: Path) -> dict[str, Term]:
    clear_glossary()
    terms = read_glossary(find_workspace(pack)).terms
    return {name: term for name, term in terms.items() if term.location.path == pack}


def forms(term: Term) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    """Return the English and tc form of a term, and its forbidden and admitted forms in both languages."""
    forbidden, admitted = ((*lists["en"], *lists["tc"]) for lists in (term.forbidden, term.admitted))
    return term.text("en"), term.text("tc"), forbidden, admitted


def imported(pack: Path, text: str, name: str = "terms.tbx") -> dict[str, Term]:
    path = pack.parents[2] / name
    path.write_text(text, "utf-8")
    import_terms(pack, path)
    return own_terms(pack)


VERSION_2 = """<?xml version="1.0"?>{doctype}<martif type="TBX"><text><body><termEntry id="{id}">
<descripGrp><descrip type="definition">A boat for the public.</descrip></descripGrp>
<langSet xml:lang="en">
<{tig}><term>{open}passenger boat{close}<termNote type="administrativeStatus">{bad}</termNote></{tig}>
<{tig}>{open}ferry{close}<termNote type="administrativeStatus">{good}</termNote></{tig}>
<{tig}>{open}ferryboat{close}<termNote type="administrativeStatus">{also}</termNote></{tig}></langSet>
<langSet xml:lang="zh-HK"><{tig}>{open}渡海船{close}<termNote type="administrativeStatus">{bad}</termNote></{tig}>
<{tig}>{open}渡輪{close}</{tig}></langSet></termEntry></body></text></martif>"""
DCA = """<tbx type="TBX-Basic" style="dca" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="{id}">
<descrip type="definition">A boat for the public.</descrip><langSec xml:lang="en-GB">
<termSec><term>passenger boat</term><termNote type="administrativeStatus">{bad}</termNote></termSec>
<termSec><term>ferry</term><termNote type="administrativeStatus">{good}</termNote></termSec>
<termSec><term>ferryboat</term><termNote type="administrativeStatus">{also}</termNote></termSec></langSec>
<langSec xml:lang="zh-Hant"><termSec><term>渡海船</term><termNote type="administrativeStatus">{bad}</termNote></termSec>
<termSec><term>渡輪</term></termSec></langSec></conceptEntry></body></text></tbx>"""
DCT = """<tbx type="TBX-Basic" style="dct" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:m="https://example.org/ns/min"
 xmlns:b="https://example.org/ns/basic"><text><body><conceptEntry id="{id}"><b:definition>A boat for the public.</b:definition>
<langSec xml:lang="en"><termSec><term>passenger boat</term><m:administrativeStatus>{bad}</m:administrativeStatus></termSec>
<termSec><term>ferry</term><m:administrativeStatus>{good}</m:administrativeStatus></termSec>
<termSec><term>ferryboat</term><m:administrativeStatus>{also}</m:administrativeStatus></termSec></langSec>
<langSec xml:lang="zh_HK"><termSec><term>渡海船</term><m:administrativeStatus>{bad}</m:administrativeStatus></termSec>
<termSec><term>渡輪</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def version_2(tig: str, doctype: str, **values: str) -> str:
    start, end = ("<termGrp><term>", "</term></termGrp>") if tig == "ntig" else ("<term>", "</term>")
    text = VERSION_2.replace("<term>{open}passenger boat{close}", "{open}passenger boat{close}")
    return text.format(tig=tig, doctype=doctype, open=start, close=end, **values)


SPELLINGS = [
    {"good": "preferredTerm-admn-sts", "also": "admittedTerm-admn-sts", "bad": "deprecatedTerm-admn-sts"},
    {"good": "standardizedTerm-admn-sts", "also": "admittedTerm", "bad": "supersededTerm-admn-sts"},
    {"good": "preferred", "also": "admitted", "bad": "Superseded"},
    {"good": "preferredTerm", "also": "Admitted", "bad": "obsolete"},
]


@pytest.mark.parametrize("style", ["dca", "dct", "tig", "ntig", "public doctype"])
@pytest.mark.parametrize("statuses", SPELLINGS)
def test_status_decides_which_form_is_the_term(style: str, statuses: dict[str, str], pack: Path) -> None:
    doctypes = {"public doctype": '<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd">'}
    if style in ("dca", "dct"):
        text = (DCA if style == "dca" else DCT).format(id="c1", **statuses)
    else:
        tig = "ntig" if style == "ntig" else "tig"
        text = version_2(tig, doctypes.get(style, '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'), id="c1", **statuses)
    (term,) = imported(pack, text).values()
    assert forms(term) == ("ferry", "渡輪", ("passenger boat", "渡海船"), ("ferryboat",))
    assert (term.id, term.note) == ("ferry", "A boat for the public.")


@pytest.mark.parametrize("name", ["C_12", "ID42", "eid-MKT-3", "", "會議", "12"])
def test_any_id_of_a_concept_is_read(name: str, pack: Path) -> None:
    assert list(imported(pack, DCA.format(id=name, **SPELLINGS[0]))) == ["ferry"]


def test_same_terms_are_imported_once(pack: Path) -> None:
    first = imported(pack, DCA.format(id="a", **SPELLINGS[0]))
    second = imported(pack, DCT.format(id="b7", **SPELLINGS[1]).replace("ferry<", "Ferry<"))
    assert list(first) == list(second) == ["ferry"]


def test_another_translation_of_a_term_is_a_difference(pack: Path) -> None:
    imported(pack, DCA.format(id="a", **SPELLINGS[0]))
    with pytest.raises(IpdocsError, match="term-differs"):
        imported(pack, DCA.format(id="x", **SPELLINGS[0]).replace("渡輪", "輪渡"))


def test_more_synonyms_are_added_to_those_of_a_term(pack: Path) -> None:
    imported(pack, DCA.format(id="a", **SPELLINGS[0]))
    path = pack.parents[2] / "more.tbx"
    path.write_text(DCA.format(id="x", **SPELLINGS[0]).replace("渡海船", "渡船仔").replace("ferryboat", "ferry boat"), "utf-8")
    import_terms(pack, path, accept=True)
    (term,) = own_terms(pack).values()
    assert forms(term) == ("ferry", "渡輪", ("passenger boat", "渡海船", "渡船仔"), ("ferryboat", "ferry boat"))


def test_hong_kong_comes_before_taiwan_and_no_region(pack: Path) -> None:
    sections = "".join(
        f'<langSec xml:lang="{tag}"><termSec><term>{form}</term></termSec></langSec>'
        for tag, form in (("zh-TW", "攤位"), ("zh-Hant", "檔位"), ("zh-HK", "攤檔"), ("zh-CN", "摊位"), ("en", "stall"))
    )
    text = f"<tbx><text><body><conceptEntry>{sections}</conceptEntry></body></text></tbx>"
    (term,) = imported(pack, text).values()
    assert forms(term) == ("stall", "攤檔", (), ("檔位",))
    assert term.text("cn") == "摊位"


def test_abbreviation_is_an_admitted_form(pack: Path) -> None:
    text = """<tbx><text><body><conceptEntry><langSec xml:lang="en"><termSec><term>LD</term>
    <termNote type="termType">acronym</termNote></termSec><termSec><term>Lamp Depot</term></termSec></langSec>
    <langSec xml:lang="zh-HK"><termSec><term>燈具庫</term></termSec>
    </langSec></conceptEntry></body></text></tbx>"""
    (term,) = imported(pack, text).values()
    assert forms(term) == ("Lamp Depot", "燈具庫", (), ("LD",))


def test_good_terms_are_imported_and_others_listed(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack.parents[2])
    Path("terms.csv").write_text("en,tc\npier,碼頭\nquay,\nbuoy,浮\u202e標\n", "utf-8")
    result = CliRunner().invoke(app, ["import", "terms.csv", "--into", str(pack), "--json"])
    output = json.loads(result.stdout)
    assert (result.exit_code, output["changed"]) == (1, ["pier"])
    assert [(finding["code"], finding["line"]) for finding in output["findings"]] == [
        ("bad-term", 3),
        ("bidirectional-control", 4),
    ]
    assert list(own_terms(pack)) == ["pier"]


TABLE = 'English;Chinese;Comment\npier;碼頭;"a note,\nin two lines"\nlighthouse;燈塔;\n'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5hkscs"])
def test_tables_that_excel_writes(delimiter: str, encoding: str, pack: Path) -> None:
    path = pack.parents[2] / "terms.csv"
    path.write_bytes(TABLE.replace(";", delimiter).replace("\n", "\r\n").encode(encoding))
    import_terms(pack, path)
    terms = own_terms(pack)
    assert {name: (term.text("en"), term.text("tc"), term.note) for name, term in terms.items()} == {
        "pier": ("pier", "碼頭", "a note, in two lines"),
        "lighthouse": ("lighthouse", "燈塔", ""),
    }


@pytest.mark.parametrize(
    "headings",
    [
        "Term EN,Term ZH",
        "英文名稱 English Name,中文譯名",
        "English,Chinese_Hong Kong S.A.R.",
        "EN,TC",
        "en-GB,zh-HK",
        "English,繁體中文",
        "source,target",
        "Term,Translation",
        "英文,中文",
        "sep=,\nen,tc",
    ],
)
def test_headings_of_many_tables(headings: str, pack: Path) -> None:
    terms = imported(pack, f"{headings}\nsea wall,海堤\n", "terms.csv")
    assert {name: forms(term)[:2] for name, term in terms.items()} == {"sea-wall": ("sea wall", "海堤")}


@pytest.mark.parametrize("rows", ["sea wall,海堤\nThe Pool,泳池\n", "海堤,sea wall\n泳池,The Pool\n"])
def test_two_columns_need_no_headings(rows: str, pack: Path) -> None:
    terms = imported(pack, rows, "terms.csv")
    assert [forms(term)[:2] for term in terms.values()] == [("sea wall", "海堤"), ("The Pool", "泳池")]


def test_glossary_of_omegat(pack: Path) -> None:
    text = '# Glossary in tab-separated format\n#no term\nsea wall\t海堤\tnot 海牆\nquay "B"\t乙碼頭\nsea wall\t防波牆\n'
    terms = imported(pack, text, "glossary.txt")
    assert forms(terms["sea-wall"]) == ("sea wall", "海堤", (), ("防波牆",))
    assert terms["sea-wall"].note == "not 海牆"
    assert forms(terms["quay-b"])[:2] == ('quay "B"', "乙碼頭")


def test_columns_of_a_pack_in_any_order_and_case(pack: Path) -> None:
    text = "TC;EN;Forbidden;Domain;ID\n海堤;sea wall;海牆|x;Works;wall-1\n".replace("|x", "")
    (term,) = imported(pack, text, "terms.csv").values()
    assert (term.id, term.domain, forms(term)) == ("wall-1", "works", ("sea wall", "海堤", ("海牆",), ()))


@pytest.mark.parametrize("text", ["", "one column\nonly\n", "a,b\nno,chinese\n", "en|tc\nsea wall|海堤\n"])
def test_a_file_without_pairs_is_refused(text: str, pack: Path) -> None:
    before = pack.read_bytes()
    with pytest.raises(IpdocsError):
        imported(pack, text, "terms.csv")
    assert pack.read_bytes() == before


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16")])
def test_a_pack_that_excel_has_saved_is_read_and_extended(delimiter: str, encoding: str, pack: Path) -> None:
    row = dict.fromkeys(COLUMNS, "") | {"id": "pier", "kind": "term", "domain": "general", "en": "pier", "tc": "碼頭"}
    row["confidence"] = "high"
    pack.write_bytes("".join(delimiter.join(cells) + "\r\n" for cells in (COLUMNS, row.values())).encode(encoding))
    assert forms(own_terms(pack)["pier"])[:2] == ("pier", "碼頭")
    terms = imported(pack, "en,tc\nsea wall,海堤\n", "terms.csv")
    assert list(terms) == ["pier", "sea-wall"]
    assert pack.read_text("utf-8-sig").startswith(",".join(COLUMNS))


def test_ids_are_made_from_english() -> None:
    names = ["Women's Café (HK)", "渡輪", "", "word " * 30]
    assert [term_id(name, 7, ["term-7"]) for name in names] == ["womens-cafe-hk", "term-7-2", "term-7-2", "-".join(["word"] * 12)]


SOURCE = """\
schema: 1
kind: press-release
id: any
issued: 2026-03-02
languages: [en, tc]
title: {en: "A title", tc: "題目"}
body:
- {id: lead, paragraph: {en: "The new ferryboat sails.", tc: "新汽車渡輪開航。"}}
- {id: next, paragraph: {en: "The car ferry is white.", tc: "輪渡為白色。"}}
"""


def test_admitted_forms_are_right_and_go_out_again(pack: Path) -> None:
    imported(pack, DCA.format(id="a", **SPELLINGS[0]).replace(">ferry<", ">car ferry<").replace("渡輪", "汽車渡輪"))
    source = pack.parents[2] / "source.yaml"
    source.write_text(SOURCE, "utf-8")
    assert [finding.code for finding in check([source])] == ["term-differs"]
    pack.write_text(pack.read_text("utf-8").replace(",ferryboat", ",ferryboat; 輪渡"), "utf-8")
    clear_glossary()
    assert check([source]) == []
    for version in (3, 2):
        path = pack.parents[2] / "out.tbx"
        path.write_bytes(export_terms(source, version=version))
        chinese_count = 3 if version == 3 else 1  # tc, sc and cn, or tc alone
        assert path.read_text("utf-8").count("admittedTerm-admn-sts") == 1 + chinese_count
        result = import_terms(pack, path)
        assert (result.new, result.changed) == ((), ())


def test_the_last_line_names_the_rows_to_read(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack.parents[2])
    Path("terms.csv").write_text("en,tc\nsea wall,海堤\n", "utf-8")
    result = CliRunner().invoke(app, ["import", "terms.csv", "--into", "locales/glossary/office.csv"])
    assert result.stdout.splitlines() == [
        "locales/glossary/office.csv: sea-wall",
        "1 change imported; read the rows of these terms in locales/glossary",
    ]


def concept(english: str, chinese: str, tag: str = "zh-HK", more: str = "") -> str:
    sections = f'<langSec xml:lang="en"><termSec><term>{english}</term></termSec></langSec>'
    sections += f'<langSec xml:lang="{tag}"><termSec><term>{chinese}</term></termSec></langSec>'
    return f"<conceptEntry>{more}{sections}</conceptEntry>"


def run_import(pack: Path, content: str, *arguments: str, name: str = "terms.tbx") -> tuple[int, list[str], list[str]]:
    """Import terms; return the exit code, the ids of changed terms, and the messages of the findings."""
    path = pack.parents[2] / name
    path.write_text(f"<tbx><text><body>{content}</body></text></tbx>" if name.endswith("tbx") else content, "utf-8")
    result = CliRunner().invoke(app, ["import", str(path), "--into", str(pack), "--json", *arguments])
    output = json.loads(result.stdout)
    return result.exit_code, output.get("changed", []), [finding["message"] for finding in output["findings"]]


def test_a_form_of_taiwan_is_named(pack: Path) -> None:
    message = "the term 'sea wall' has only a Chinese form of Taiwan: 海堤 (zh-TW)"
    for content, name in ((concept("sea wall", "海堤", "zh-TW"), "a.tbx"), ("en,zh-TW\nsea wall,海堤\n", "a.csv")):
        code, changed, messages = run_import(pack, content, name=name)
        assert (code, changed, messages[-1]) == (1, [], message)


def test_terms_can_be_accepted_one_by_one(pack: Path) -> None:
    run_import(pack, concept("pier", "碼頭") + concept("quay", "堤岸"))
    content = concept("pier", "突堤") + concept("quay", "岸壁") + concept("buoy", "浮標")
    assert run_import(pack, content, "--only", "quay")[:2] == (1, [])
    assert run_import(pack, content, "--only", "quay", "--accept") == (0, ["quay"], [])
    assert run_import(pack, content, "--only", "quay", "--accept") == (0, [], [])
    assert run_import(pack, content, "--only", "quays")[1:] == ([], ["the file has no term with the id 'quays'"])
    assert [forms(term)[1] for term in own_terms(pack).values()] == ["碼頭", "岸壁"]


def test_accept_does_not_hide_a_bad_term(pack: Path) -> None:
    run_import(pack, concept("pier", "碼頭"))
    code, changed, messages = run_import(pack, concept("pier", "突堤") + concept("quay", ""), "--accept")
    assert (code, changed, messages) == (1, ["pier"], ["the term 'quay' has no tc form"])


def test_definitions_and_synonyms_are_added_to_a_known_term(pack: Path) -> None:
    run_import(pack, concept("pier", "碼頭", more="<note>not 船塢</note>"))
    synonym = concept("pier", "碼頭").replace("</term></termSec></langSec></c", "</term></termSec>{}</langSec></c")
    content = concept("pier", "碼頭", more='<descrip type="definition">For boats.</descrip>')
    for form in ("突堤", "浮橋"):
        content += synonym.format(f"<termSec><term>{form}</term></termSec>")
    assert run_import(pack, content, "--accept") == (0, ["pier"], [])
    (term,) = own_terms(pack).values()
    assert (term.note, term.admitted["tc"]) == ("not 船塢; For boats.", ("突堤", "浮橋"))
    assert run_import(pack, content) == (0, [], [])


def test_languages_and_columns_that_are_left_out_are_named(pack: Path) -> None:
    _, changed, messages = run_import(pack, concept("pier", "碼頭") + concept("quay", "quai", "fr"))
    assert (changed, messages) == (
        ["pier"],
        ["the language fr is left out: the glossary has no place for it", "the term 'quay' has no tc form"],
    )
    table = "Terms of the Harbour Office,,\nEnglish Name,Chinese Name (Traditional),Date\n,,\nbuoy,浮標,1/2/2026\n"
    _, changed, messages = run_import(pack, table, name="a.csv")
    assert (changed, [message.partition(" is ")[0] for message in messages]) == (
        ["buoy"],
        ["the column 'Date'", "the title 'Terms of the Harbour Office'"],
    )


def test_rows_named_like_languages_are_terms(pack: Path) -> None:
    assert list(imported(pack, "French,法文\nEnglish,英文\n", "terms.csv")) == ["french", "english"]


def test_third_column_in_simplified_chinese_is_no_note(pack: Path) -> None:
    terms = imported(pack, "sea wall,海濱長堤,海滨长堤\npier,碼頭,码头\n", "terms.csv")
    assert [(term.forms["cn"], term.note) for term in terms.values()] == [("海滨长堤", ""), ("码头", "")]


def test_simplified_form_does_not_become_traditional(pack: Path) -> None:
    code, changed, messages = run_import(pack, "英文,中文\npier,码头\n", name="a.csv")
    assert (code, changed, messages) == (1, [], ["the tc form '码头' has Simplified characters: 码头"])


def test_own_glossary_comes_back_as_a_table_unchanged(pack: Path) -> None:
    rows = 'pier,term,ip,pier,碼頭,,,突堤,,high,A publication,"a; ""note""",wharf\n=,term,ip,\'=A1,甲一,,,,,low,,,\n'
    pack.write_text(f"{','.join(COLUMNS)},admitted\n{rows.replace('=,', 'a1,')}", "utf-8")
    table = pack.read_text("utf-8")
    assert run_import(pack, table, name="copy.csv") == (0, [], [])
    shipped = Path(__file__).parents[3] / "locales/glossary/government.csv"
    assert run_import(pack, shipped.read_text("utf-8-sig"), name="copy.csv") == (0, [], [])


def test_several_columns_of_a_language_have_synonyms(pack: Path) -> None:
    terms = imported(pack, "English,English,Chinese,Chinese,備註 Remarks\nsea wall,seawall,海堤,,not 海牆\n", "terms.csv")
    assert forms(terms["sea-wall"]) == ("sea wall", "海堤", (), ("seawall",))
    assert terms["sea-wall"].note == "not 海牆"
