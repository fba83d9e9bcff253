"""Open texts that reveal what a public version withholds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.minutes.pack import extract_item, make_pack
from ipdocs.pipeline.check import check
from ipdocs.pipeline.request import BuildRequest

SOURCE = """\
schema: 1
kind: minutes
id: pier
status: confirmed
languages: [en, tc]
committee: {en: "Pier Committee", tc: "碼頭委員會"}
meeting:
  number: 2
  date: 2026-03-10
  begins: 10:00
  ends: 11:00
  venue: {en: "Hall", tc: "禮堂"}
  online:
    en: "Meeting ID 918 273 645, passcode tide88, https://meet.example.org/j/918"
    tc: "會議編號918 273 645"
    restricted: true
facts:
  chair: {person: {name: {en: "KWOK Lai-yee", tc: "郭麗儀"}}}
attendance:
  present:
    - name: {en: "NAME", tc: "TSEUNG"}
      post: {en: "Member", tc: "委員"}
      restricted: true
papers:
  - {id: deal, number: {en: "Paper 1", tc: "第1號文件"}, title: {en: "Sale of the ferry", tc: "出售渡輪"}, annex: terms}
annexes:
  - {id: terms, title: {en: "Terms of the sale", tc: "出售條款"}, file: terms.pdf, classification: confidential}
body:
  - id: items
    item: {heading: {en: "Piers", tc: "碼頭"}, papers: [deal]}
  - id: said
    paragraph: {en: "EN", tc: "TC"}
  - id: secret
    restricted: true
    definitions: [{term: {en: "Gull", tc: "海鷗計劃"}, text: {en: "the buyer", tc: "買家"}}]
"""


def write(folder: Path, en: str, tc: str, name: tuple[str, str] = ("Mr HO Ka-ming", "何家明先生"), more: str = "") -> Path:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "terms.pdf").write_bytes(b"%PDF-1.4")
    text = SOURCE.replace("NAME", name[0]).replace("TSEUNG", name[1]).replace('"EN"', f'"{en}"').replace('"TC"', f'"{tc}"')
    path = folder / "minutes.yaml"
    path.write_text(text.replace("  - id: said\n", f"  - id: said\n{more}"), "utf-8")
    return path


def findings_for(folder: Path, en: str = "Noted.", tc: str = "備悉。", **other: tuple[str, str]) -> list[Finding]:
    return [finding for finding in check([write(folder, en, tc, **other)]) if finding.code == "withheld-words"]


def words(findings: list[Finding]) -> list[str]:
    return [finding.excerpts[0].words for finding in findings]


@pytest.mark.parametrize(
    ("en", "marked"),
    [
        ("Mr HO Ka-ming asked.", "HO Ka-ming"),
        ("Ka-ming HO asked.", "Ka-ming HO"),
        ("Mr Ho asked.", "Mr Ho"),
        ("Mr. Ho asked.", "Mr. Ho"),
        ("Members thanked Ka-ming.", "Ka-ming"),
        ("Members thanked Ho Ka Ming.", "Ho Ka Ming"),
        ("HO asked.", "HO"),
        ("The *Sale  of the ferry* was noted.", "Sale of the ferry"),
        ("It is in the terms of the sale.", "terms of the sale"),
        ("Gull would pay.", "Gull"),
        ("Dial 918 273 645.", "918 273 645"),
        ("The passcode was tide88.", "tide88"),
        ("See https://meet.example.org/j/918.", "https://meet.example.org/j/918"),
    ],
)
def test_withheld_words_are_found_in_open_english(tmp_path: Path, en: str, marked: str) -> None:
    assert words(findings_for(tmp_path, en.replace("  ", " "))) == [marked]


@pytest.mark.parametrize(
    ("tc", "marked"),
    [
        ("何家明先生提問。", "何家明"),
        ("何先生提問。", "何先生"),
        ("何主席提問。", "何主席"),
        ("會議審議出售條款。", "出售條款"),
        ("海鷗計劃會付款。", "海鷗計劃"),
    ],
)
def test_withheld_words_are_found_in_open_chinese(tmp_path: Path, tc: str, marked: str) -> None:
    assert words(findings_for(tmp_path, tc=tc)) == [marked]


@pytest.mark.parametrize(
    "en",
    [
        "Ms HO Mei-lan asked.",
        "Mr HO Siu-keung asked.",
        "How much is it?",
        "The hoarding stays.",
        "The ferry was sold.",
        "The seagulls stay.",
        "The year is 2026.",
    ],
)
def test_similar_words_are_not_reported(tmp_path: Path, en: str) -> None:
    assert findings_for(tmp_path, en) == []


@pytest.mark.parametrize(
    ("name", "text", "marked"),
    [
        ("Hon Starry YUEN Wai-king, SBS, JP", "Ms YUEN asked.", "Ms YUEN"),
        ("Hon Starry YUEN Wai-king, SBS, JP", "Starry Yuen asked.", "Starry Yuen"),
        ("Dr Priscilla YUEN Mei-fun", "Priscilla YUEN asked.", "Priscilla YUEN"),
        ("Mr John Porter", "Dr Porter asked.", "Dr Porter"),
        ("AU YEUNG Siu-ling", "Ms AU YEUNG asked.", "Ms AU YEUNG"),
    ],
)
def test_names_are_found_in_their_usual_forms(tmp_path: Path, name: str, text: str, marked: str) -> None:
    assert words(findings_for(tmp_path, text, name=(name, "其他"))) == [marked]


@pytest.mark.parametrize(
    ("text", "is_reported"),
    [
        ("Mr WONG asked.", False),
        ("Dr WONG asked.", False),
        ("Ms WONG asked.", True),
        ("Miss Wong asked.", True),
        ("Ms WONG Lai-kuen asked.", False),
        ("WONG asked.", False),
    ],
)
def test_form_of_a_namesake_is_not_reported(tmp_path: Path, text: str, is_reported: bool) -> None:
    path = write(tmp_path, text, "備悉。", ("Ms WONG Siu-mei", "黃小美女士"))
    namesake = '    - {name: {en: "Mr WONG Tai-man", tc: "黃大文先生"}, post: {en: "Member", tc: "委員"}}\n'
    path.write_text(path.read_text("utf-8").replace("papers:\n", f"{namesake}papers:\n"), "utf-8")
    assert bool([finding for finding in check([path]) if finding.code == "withheld-words"]) == is_reported


def test_name_from_a_fact_is_found(tmp_path: Path) -> None:
    findings = findings_for(tmp_path, "{{ chair }} took the chair.", name=("Ms {{ chair.name }}", "{{ chair.name }}女士"))
    assert words(findings) == ["KWOK Lai-yee"]
    assert findings[0].location is not None
    assert findings[0].location.line == 32


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/people/ho-ka-ming.html",
        "https://example.org/?by=Mr%20Ho",
        "mailto:kaming.ho@example.org",
        "https://example.org/%E4%BD%95%E5%AE%B6%E6%98%8E",
        "https://meet.example.org/j/918",
    ],
)
def test_addresses_of_links_are_searched(tmp_path: Path, address: str) -> None:
    (finding,) = findings_for(tmp_path, f"See the [note]({address}).")
    assert words([finding]) == ["note"]
    assert finding.location is not None
    assert finding.location.line == 32


def test_addresses_in_text_are_searched_by_their_parts(tmp_path: Path) -> None:
    assert words(findings_for(tmp_path, "See https://example.org/ho_kaming/note now.")) == ["https://example.org/ho_kaming/note"]
    assert words(findings_for(tmp_path, "See [Ka-ming](https://example.org/ka-ming).")) == ["Ka-ming"]
    assert findings_for(tmp_path, "See the [note](https://example.org/hospital).") == []


@pytest.mark.parametrize(
    ("field", "line"), [('number: "Paper of Mr HO"', 25), ('number: "何家明先生文件"', 25), ("paper", 7), ("reference", 7)]
)
def test_numbers_and_references_are_searched(tmp_path: Path, field: str, line: int) -> None:
    path = write(tmp_path, "Noted.", "備悉。")
    text = path.read_text("utf-8")
    if field.startswith("number"):
        text = text.replace('number: {en: "Paper 1", tc: "第1號文件"}', field)
    else:
        text = text.replace("meeting:\n", f'{field}: "Paper of Mr HO"\nmeeting:\n', 1)
    path.write_text(text, "utf-8")
    (finding,) = [finding for finding in check([path]) if finding.code == "withheld-words"]
    assert finding.location is not None
    assert finding.location.line == line
    assert words([finding])[0] in ("Mr HO", "何家明")


def test_finding_gives_both_places(tmp_path: Path) -> None:
    (finding,) = findings_for(tmp_path, "Mr Ho asked.")
    assert (finding.severity, finding.location and finding.location.line) == ("warning", 32)
    assert [excerpt.location.line for excerpt in finding.excerpts if excerpt.location] == [32, 21]
    assert "minutes.yaml:21:" in finding.message


def test_written_simplified_text_is_searched(tmp_path: Path) -> None:
    path = write(tmp_path, "Noted.", "備悉。", ("Ms CHAN", "陳麗儀女士"))
    text = path.read_text("utf-8").replace('tc: "備悉。"', 'tc: "備悉。", sc: "陈丽仪女士提问。"')
    path.write_text(text, "utf-8")
    assert words([finding for finding in check([path]) if finding.code == "withheld-words"]) == ["陈丽仪"]


def test_withheld_words_stop_a_public_pack_only(tmp_path: Path) -> None:
    path = write(tmp_path, "Mr Ho asked.", "備悉。")
    for make in (
        lambda: make_pack(path, tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",)), public=True),
        lambda: extract_item(path, tmp_path / "out", "1", BuildRequest(editions=("en",), formats=("txt",)), public=True),
    ):
        with pytest.raises(IpdocsError) as raised:
            make()
        assert [(finding.code, finding.severity) for finding in raised.value.findings] == [("withheld-words", "error")]
    assert not (tmp_path / "out").exists()
    extract_item(path, tmp_path / "out", "1", BuildRequest(editions=("en",), formats=("txt",)))


def test_check_that_is_off_still_stops_a_public_pack(tmp_path: Path) -> None:
    (tmp_path / "checks.yaml").write_text("withheld-words: off\n", "utf-8")
    assert findings_for(tmp_path, "Mr Ho asked.") == []
    with pytest.raises(IpdocsError) as raised:
        make_pack(tmp_path / "minutes.yaml", tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",)), public=True)
    assert [finding.code for finding in raised.value.findings] == ["withheld-words"]


def test_block_that_allows_the_check_is_published(tmp_path: Path) -> None:
    path = write(tmp_path, "Mr Ho asked.", "備悉。", more='    allow: {withheld-words: "another Mr Ho"}\n')
    extract_item(path, tmp_path / "out", "1", BuildRequest(editions=("en",), formats=("txt",)), public=True)
    assert "Mr Ho asked." in next((tmp_path / "out").rglob("*.txt")).read_text("utf-8")
