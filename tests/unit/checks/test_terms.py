"""Glossary terms in checks: their domains, and what stands for them in the other language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ipdocs.findings import Finding
from ipdocs.locale.language import languages
from ipdocs.localisation.localise import localise
from ipdocs.pipeline.check import check
from ipdocs.pipeline.fix import fix
from ipdocs.source.open import open_source
from ipdocs.workspace import find_workspace

HEAD = """\
schema: 1
kind: press-release
id: any
issued: 2026-03-02
languages: [en, tc]
title: {en: "A title", tc: "題目"}
"""
CODES = ("term-differs", "forbidden-form", "unknown-domain")


def found(folder: Path, *paragraphs: tuple[str, str], domains: str = "", workspace: str = "") -> list[Finding]:
    """Check a release in a new workspace, and return the findings on terms."""
    path = source(folder, *paragraphs, domains=domains)
    if workspace:
        (folder / "locales/glossary/domains.yaml").write_text(f"domains: {workspace}\n", "utf-8")
    return [finding for finding in check([path]) if finding.code in CODES]


def source(folder: Path, *paragraphs: tuple[str, str], domains: str = "") -> Path:
    """Write a release in a new workspace."""
    (folder / "locales/glossary").mkdir(parents=True)
    body = "".join(f'- {{id: p{n}, paragraph: {{en: "{en}", tc: "{tc}"}}}}\n' for n, (en, tc) in enumerate(paragraphs))
    path = folder / "source.yaml"
    path.write_text(f"{HEAD}{f'domains: {domains}' if domains else ''}\nbody:\n{body}", "utf-8")
    return path


def test_words_of_other_trades_are_no_terms(tmp_path: Path) -> None:
    pairs = [
        ("The clinic gives free consultation on Sundays.", "診所逢星期日義診。"),
        ("Commercialisation of the wells is under study.", "水井商業化正在研究。"),
        ("Users reach the form via the Internet.", "市民可在網上填表。"),
    ]
    assert found(tmp_path, *pairs) == []


GROUP = ("The Expert Group will meet again.", "工作小組將再開會。")


def test_term_is_demanded_only_in_its_domain(tmp_path: Path) -> None:
    assert found(tmp_path / "general", GROUP) == []
    (finding,) = found(tmp_path / "source", GROUP, domains="[ip]")
    assert finding.code == "term-differs"
    assert "for the domain ip" in (finding.hint or "")
    assert len(found(tmp_path / "workspace", GROUP, workspace="[general, ip]")) == 1


def test_form_is_forbidden_only_in_its_domain(tmp_path: Path) -> None:
    pair = ("A panel met.", "專家組開會。")
    assert found(tmp_path / "general", pair) == []
    assert [finding.code for finding in found(tmp_path / "ip", pair, domains="[ip]")] == ["forbidden-form"]


def test_workspace_can_leave_out_general_terms(tmp_path: Path) -> None:
    pair = ("The Labour Department replied.", "勞動局已回覆。")
    assert len(found(tmp_path / "general", pair)) == 1
    assert found(tmp_path / "ip", pair, workspace="[ip]") == []


def test_common_word_needs_another_term_of_its_domain(tmp_path: Path) -> None:
    pair = ("Arbitration is quick.", "居中裁決甚快。")
    assert found(tmp_path / "alone", pair, domains="[law]") == []
    context = ("It replaces judicial review.", "它代替司法覆核。")
    assert len(found(tmp_path / "context", pair, context, domains="[law]")) == 1


def test_kind_of_a_document_is_a_domain(tmp_path: Path) -> None:
    pair = ("The Deputy Chairman spoke.", "副會長發言。")
    assert found(tmp_path / "release", pair) == []
    assert len(found(tmp_path / "listed", pair, domains="[minutes]")) == 1


def test_unknown_domain_is_reported_at_its_place(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, GROUP, domains="[law, ipp]")
    assert (finding.code, finding.hint) == ("unknown-domain", "did you mean ip?")
    assert finding.location is not None
    assert (finding.location.line, finding.location.column) == (7, 16)


def test_one_wrong_name_is_one_finding(tmp_path: Path) -> None:
    pairs = [(f"The Labour Department opened office {n}.", f"勞動局開設第{n}個辦事處。") for n in ("3", "4")]
    (finding,) = found(tmp_path, *pairs)
    assert finding.count == 2


@pytest.mark.parametrize(
    ("en", "tc"),
    [
        ("The Consumer Council tested ten fans.", "消委會測試了十款風扇。"),
        ("The Hong Kong Housing Authority sold the flats.", "房委會出售該批單位。"),
        ("The Department of Health followed up.", "該署已經跟進。"),
        ("The Fire Services Department replied.", "處方已回覆。"),
        ("The LD replied.", "勞工處已回覆。"),
        ("An ImmD officer and the DoJ replied.", "入境事務處及律政司的職員已回覆。"),
        ("The Hong Kong Observatory lowered the signal.", "天文台取消信號。"),
        ("Hong Kong Customs found the boxes.", "海關發現該批箱子。"),
        ("The Government Flying Service took off.", "飛行服務隊出動。"),
        ("The Home Ownership Scheme begins in May.", "居屋計劃五月開始。"),
        ("The Employment Ordinance protects them.", "他們受《條例》保障。"),
        ("The HKSAR Government set up a team.", "政府成立小組。"),
        ("Firms in the Guangdong-Hong Kong-Macao Greater Bay Area grew.", "把握大灣區的機遇，公司有所增長。"),
        ("A tour of the University of Macau began.", "參觀澳門大學的活動開始。"),
        ("The Hong Kong Polytechnic University won.", "理大勝出。"),
        ("Ms Lee met the President of the Court.", "衞生署署長李女士與院長會面。"),
        ("The chair of the FC spoke to Mr Lee.", "立法會財務委員會主席與李先生談話。"),
        ("A Member asked about San Francisco Bay Area firms.", "有議員問及三藩市灣區的公司。"),
        ("The Permanent Secretary for Security attended.", "保安局常任秘書長出席。"),
        ("Several Members spoke of Kai Tak.", "多名立法會議員談及啟德。"),
        ("A tour of Lantau by the Tourism Board began.", "香港旅遊發展局的大嶼山之旅開始。"),
        ("The Council of Shenzhen Education Bureau met.", "深圳市教育部門的理事會開會。"),
        ("Chairs were bought for the hall.", "消防處購置了禮堂的椅子。"),
    ],
)
def test_what_stands_for_a_name_is_accepted(tmp_path: Path, en: str, tc: str) -> None:
    assert found(tmp_path, (en, tc)) == []


def test_later_mention_may_be_left_out(tmp_path: Path) -> None:
    first = ("The Transport Department opened the road.", "運輸署開放該道路。")
    later = ("The Transport Department will watch traffic.", "有關方面會留意交通情況。")
    assert found(tmp_path / "after", first, later) == []
    assert len(found(tmp_path / "alone", later)) == 1


def test_title_is_no_later_mention(tmp_path: Path) -> None:
    path = source(tmp_path, ("The Labour Department replied.", "勞工處已回覆。"))
    title = 'title: {en: "Labour Department replies", tc: "勞動局回覆"}'
    path.write_text(path.read_text("utf-8").replace('title: {en: "A title", tc: "題目"}', title), "utf-8")
    assert [finding.code for finding in check([path])] == ["term-differs"]


@pytest.mark.parametrize(
    ("en", "tc"),
    [
        ("The Labour Department replied.", "勞動局已回覆。"),
        ("The Hong Kong Design Centre took part.", "香港設計局有參與。"),
        ("The Secretary for Housing opened the estate.", "運輸局局長為屋邨揭幕。"),
        ("The Land Registry moved.", "公司註冊處已經搬遷。"),
        ("Both the Constitution and Basic Law apply.", "憲法和民事法適用。"),
        ("The Noise Control Ordinance applies.", "《噪聲管制法》適用。"),
        ("Hong Kong Customs seized the goods.", "香港關務署檢獲有關貨品。"),
    ],
)
def test_wrong_name_is_found(tmp_path: Path, en: str, tc: str) -> None:
    assert [finding.code for finding in found(tmp_path, (en, tc))] == ["term-differs"]


NAMES = "id,kind,domain,en,tc,sc,cn,forbidden,allowed,confidence,source,note\n"
MARKED = ("The speech of Ms Lam Mei-king began.", "林美琼發表演辭。")


def test_name_in_the_other_script_is_kept_by_a_fix(tmp_path: Path) -> None:
    path = source(tmp_path, MARKED)
    assert [(finding.code, finding.severity) for finding in check([path])] == [("name-in-other-script", "warning")]
    fix([path])
    assert "林美[琼]{keep}發表" in path.read_text("utf-8")
    assert check([path]) == []


def test_person_in_the_glossary_keeps_its_characters(tmp_path: Path) -> None:
    first, second = source(tmp_path / "a", MARKED), source(tmp_path / "b", ("A note by Ms Lam Mei-king.", "林美琼的便條。"))
    pack = tmp_path / "locales/glossary/names.csv"
    pack.parent.mkdir(parents=True)
    pack.write_text(f"{NAMES}lam,person,general,Lam Mei-king,林美琼,,,,,high,,\n", "utf-8")
    for folder in ("a", "b"):
        shutil.rmtree(tmp_path / folder / "locales")
    assert check([first, second]) == []
    simplified = localise(open_source(first), languages(find_workspace(first))["sc"])
    assert any("林美琼发表演辞" in text.text for text in simplified.texts)
    first.write_text(first.read_text("utf-8").replace("Lam Mei-king", "Chan Siu-ming"), "utf-8")
    assert [finding.code for finding in check([first])] == ["term-differs"]
