from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.glossary import glossary
from ipdocs.workspace import Workspace

HEAD = "id,kind,domain,en,tc,sc,cn,forbidden,allowed,confidence,source,note"
PACK = "locales/glossary/office.csv"
NAMES = {
    "Guangdong/Hong Kong Expert Group on the Protection of Intellectual Property Rights": "粵港保護知識產權合作專責小組",
    "Expert Group": "專責小組",
    "17th Meeting": "第十七次會議",
    "Guangdong-Hong Kong-Macao Greater Bay Area": "粵港澳大灣區",
    "Bay Area": "大灣區",
    "Belt and Road Initiative": "「一帶一路」倡議",
    "Hengqin area of the Guangdong Pilot Free Trade Zone": "廣東自由貿易試驗區橫琴片區",
    "Guangdong/Hong Kong Seminar on IP and Development of Small and Medium Enterprises": "粵港知識產權與中小企業發展研討會",
    "Business of IP Asia Forum": "亞洲知識產權營商論壇",
    "Hong Kong Trade Development Council": "香港貿易發展局",
    "Hong Kong Design Centre": "香港設計中心",
    "Sixth Plenary of the Hong Kong/Guangdong Co-operation Joint Conference": "粵港合作聯席會議第六次會議",
    "Brand Development of Classic Old Shops/Time-honoured Brands": "老店／老字號品牌發展",
    "Supporting Young Entrepreneurs through High-end IP Services": "高端知識產權服務助力青年創業",
    "Intellectual Property Department": "知識產權署",
    "Director of Intellectual Property": "知識產權署署長",
    "Hong Kong Customs": "香港海關",
    "Guangdong Sub-Administration, General Administration of Customs": "海關總署廣東分署",
    "Guangdong Intellectual Property Office": "廣東省知識產權局",
    "HKSAR Government": "特區政府",
    "IP trading": "知識產權貿易",
    "commercialisation": "商品化",
    "research results": "科研成果",
    "arbitration": "仲裁",
    "mediation": "調解",
    "co-operation project": "合作項目",
    "annual co-operation plan": "年度合作計劃",
}


def test_every_reference_name_is_in_the_glossary() -> None:
    known = {term.text("en"): term.text("tc") for term in glossary(Workspace()).terms.values()}
    assert {name: known.get(name) for name in NAMES} == NAMES


def test_every_shipped_term_has_a_source() -> None:
    terms = glossary(Workspace()).terms.values()
    assert [term.id for term in terms if not term.source] == []
    assert {term.domain for term in terms} == {"general", "ip", "law", "minutes"}
    assert sum(term.domain == "general" and bool(term.text("en")) for term in terms) >= 150


def test_no_english_name_has_two_chinese_forms() -> None:
    terms = [term for term in glossary(Workspace()).terms.values() if term.text("en")]
    assert len({term.text("en") for term in terms}) == len(terms)


def test_names_of_low_confidence_are_marked() -> None:
    terms = glossary(Workspace()).terms.values()
    assert {term.id for term in terms if term.confidence == "low"} == {"time-honoured-brands", "young-entrepreneurs"}
    assert {term.id for term in terms if term.confidence == "medium"} == {"hengqin-area"}


def test_empty_simplified_columns_are_converted_by_script() -> None:
    term = glossary(Workspace()).term("belt-and-road-initiative")
    assert (term.text("sc"), term.text("cn")) == ("「一带一路」倡议", "“一带一路”倡议")
    assert term.derived == {"sc", "cn"}
    assert glossary(Workspace()).term("stakeholders").text("cn") == "利益相关方"


def test_the_longest_term_wins_without_word_boundaries() -> None:
    matches = glossary(Workspace()).find("粵港保護知識產權合作專責小組在粵港澳大灣區", "tc")
    assert [match.term.id for match in matches] == ["expert-group-full", "greater-bay-area-full"]
    assert [(match.start, match.end) for match in matches] == [(0, 14), (15, 21)]


def test_english_terms_are_whole_words_of_either_case() -> None:
    find = glossary(Workspace()).find
    assert [match.text for match in find("Arbitration and the Expert Group.", "en")] == ["Arbitration", "Expert Group"]
    assert find("prearbitration, expert group, Expert Groups", "en") == []


@pytest.mark.parametrize(
    ("text", "language", "forms"),
    [
        ("專家組成立", "tc", ["專家組"]),
        ("专家组成立", "sc", ["专家组"]),
        ("智慧財產權局、軟體及數位化", "tc", ["智慧財產權", "軟體", "數位化"]),
        ("數位議員、柔軟體操及重複核對", "tc", ["軟體"]),
        ("品质、计划、复核、会议记录", "cn", []),
    ],
)
def test_forbidden_forms_are_found_and_longer_words_allowed(text: str, language: str, forms: list[str]) -> None:
    allowed = "柔軟體操" in text
    forbidden = [match.text for match in glossary(Workspace()).find_forbidden(text, language)]
    assert forbidden == ([] if allowed else forms)


def test_no_correct_form_is_forbidden() -> None:
    known = glossary(Workspace())
    wrong = [
        (term.id, match.text)
        for code in ("en", "tc", "sc", "cn")
        for term in known.terms.values()
        for match in known.find_forbidden(term.text(code), code)
    ]
    assert wrong == []


def test_the_files_open_in_a_spreadsheet(root: Path) -> None:
    for path in [
        *root.glob("locales/glossary/*.csv"),
        *root.glob("locales/*/conversion.csv"),
        *root.glob("locales/*/surnames.csv"),
    ]:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), f"{path} has no byte order mark"
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


def write(folder: Path, rows: str, head: str = HEAD) -> Workspace:
    (folder / "locales/glossary").mkdir(parents=True)
    (folder / PACK).write_text(f"{head}\n{rows}\n", "utf-8")
    return Workspace(folder)


def test_workspace_row_replaces_the_shipped_row(tmp_path: Path) -> None:
    workspace = write(tmp_path, "expert-group,organisation,ip,Panel,小組,,,,,high,,")
    assert glossary(workspace).term("expert-group").text("en") == "Panel"
    assert glossary(workspace).term("ipd").text("tc") == "知識產權署"


@pytest.mark.parametrize(
    ("row", "quoted"),
    [
        (",term,general,x,甲,,,,,high,,", "id"),
        ("x,word,general,x,甲,,,,,high,,", "'word'"),
        ("x,term,,x,甲,,,,,high,,", "'x' has no domain"),
        ("x,term,Civil law,x,甲,,,,,high,,", "'Civil law'"),
        ("x,term,general,x,甲,,,,,sure,,", "'sure'"),
        ("x,term,general,x,,,,,,high,,", "'x'"),
        ("x,term,general,x,甲,,,,,high,,a,b", "cells"),
        ("x,term,general,x,甲,,,,,high,,\nx,term,ip,x,乙,,,,,high,,", "'x'"),
    ],
)
def test_invalid_row_is_a_finding(tmp_path: Path, row: str, quoted: str) -> None:
    with pytest.raises(IpdocsError) as caught:
        glossary(write(tmp_path, row))
    (finding,) = caught.value.findings
    assert quoted in finding.message
    assert finding.hint
    assert str(finding.location).startswith(f"{tmp_path / PACK}:{row.count(chr(10)) + 2}")


def test_misspelt_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        glossary(write(tmp_path, "x,term,general,x,甲,,,,,high,,", HEAD.replace("forbidden", "forbiden")))
    (finding,) = caught.value.findings
    assert (finding.code, "'forbidden'" in finding.message) == ("bad-table", True)
    assert "'forbiden'" in (finding.hint or "")


def test_wrong_encoding_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "locales/glossary").mkdir(parents=True)
    (tmp_path / PACK).write_bytes("id,kind\n專責".encode("big5"))
    with pytest.raises(IpdocsError, match=r"bad-table.*UTF-8"):
        glossary(Workspace(tmp_path))
