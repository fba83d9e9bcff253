"""Import of releases: plain text, built Word files without bookmarks, web pages, two languages in one file."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.importing.import_release import ImportSummary, import_release
from ipdocs.pipeline.build import build
from ipdocs.pipeline.check import check
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import open_source

ROOT = Path(__file__).resolve().parents[3]
SEED = ROOT / "fixtures/gd-hk-ip-17/seed.en.txt"
NOW = datetime(2026, 11, 22, 9, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    return tmp_path / "imported"


def without_ids(path: Path, to: Path) -> Path:
    """Copy a Word file without its bookmarks."""
    copy = to / path.name
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as out:
        for name in archive.namelist():
            data = archive.read(name)
            out.writestr(name, re.sub(rb"<w:bookmark(Start|End)[^>]*/>", b"", data) if name == "word/document.xml" else data)
    return copy


def words(text: str) -> list[str]:
    return re.sub("[•*]", " ", text).split()


def test_imported_text_builds_to_the_same_words(folder: Path) -> None:
    summary = import_release([SEED], folder, NOW)
    assert [(left_out.text, left_out.reason) for _, left_out in summary.left_out] == [
        ("Bookmark and Share", "sharing link"),
        ("Related Articles", "related content"),
        ("Law Firms", "related content"),
        ("Issued: August 22 2018", "written by the template"),
    ]
    (finding,) = summary.findings
    assert (finding.code, finding.location and finding.location.line) == ("run-together-items", 21)
    assert len(open_source(summary.path).document.body[1].list.items) == 7
    (output,) = build([summary.path], folder / "out", BuildRequest(editions=("en",), formats=("txt",)))
    seed = SEED.read_text("utf-8")
    for noise in ("Bookmark and Share", "Related Articles", "Law Firms"):
        seed = seed.replace(noise, "")
    assert words(output.path.read_text("utf-8")) == words(seed)


def test_word_files_without_bookmarks_give_blocks_and_facts(built: dict[str, Path], folder: Path, tmp_path: Path) -> None:
    summary = import_release([without_ids(built[name], tmp_path) for name in ("en.docx", "tc.docx")], folder, NOW)
    assert (summary.block_count, summary.paired_count, summary.findings) == (7, 7, ())
    document = open_source(summary.path).document
    assert document.facts.keys() == {"meeting", "day", "period", "areas"}
    assert "expert-group" in summary.terms
    outputs = build([summary.path], folder / "out", BuildRequest(editions=("en", "tc"), formats=("txt",)))
    for output, name in zip(outputs, ("en.txt", "tc.txt"), strict=True):
        assert output.path.read_text("utf-8") == built[name].read_text("utf-8")


@pytest.mark.parametrize("name", ["en-tc.docx", "en-tc.html"])
def test_a_file_with_two_languages_is_split(name: str, built: dict[str, Path], folder: Path) -> None:
    summary = import_release([built[name]], folder, NOW)
    assert (summary.block_count, summary.paired_count) == (7, 7)
    assert open_source(summary.path).document.languages == ["en", "tc"]


def test_web_pages_of_two_languages_are_aligned(built: dict[str, Path], folder: Path) -> None:
    summary = import_release([built["tc.html"], built["en.html"]], folder, NOW)
    assert (summary.block_count, summary.paired_count, summary.findings) == (7, 7, ())


def aligned(folder: Path, english: str, chinese: str) -> ImportSummary:
    folder.parent.joinpath("en.txt").write_text(english, "utf-8")
    folder.parent.joinpath("tc.txt").write_text(chinese, "utf-8")
    return import_release([folder.parent / "en.txt", folder.parent / "tc.txt"], folder, NOW)


def test_a_block_without_a_partner_is_reported(folder: Path) -> None:
    summary = aligned(
        folder,
        "A talk on trade marks held\n\nThe talk was held on March 5 for 140 people.\n\n"
        "It is good to know that this sentence stands in English alone, without any number.\n\nThe next talk is on April 9.",
        "商標講座舉行\n\n講座三月五日舉行，一百四十人出席。\n\n下次講座四月九日舉行。",
    )
    (finding,) = [finding for finding in summary.findings if finding.code == "no-partner"]
    assert "It is good to know" in finding.message
    assert "講座{{ day | day }}舉行" in summary.path.read_text("utf-8")


def test_differing_values_do_not_become_facts(folder: Path) -> None:
    summary = aligned(folder, "Held\n\nThe talk drew 140 people on March 5.", "舉行\n\n講座三月六日舉行，140人出席。")
    assert summary.facts == ("people",)


def test_an_existing_source_is_not_overwritten(folder: Path) -> None:
    folder.mkdir()
    (folder / "release.yaml").write_text("mine", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        import_release([SEED], folder, NOW)
    assert caught.value.findings[0].code == "file-exists"
    assert (folder / "release.yaml").read_text("utf-8") == "mine"


def test_two_files_of_one_language_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        import_release([SEED, Path(shutil.copy(SEED, tmp_path / "two.txt"))], folder, NOW)
    (finding,) = caught.value.findings
    assert (finding.code, finding.location and finding.location.path.name) == ("language-twice", "two.txt")
    assert "seed.en.txt" in finding.message


def test_an_unknown_kind_of_file_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.rtf").write_text("x", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        import_release([tmp_path / "x.rtf"], folder, NOW)
    (finding,) = caught.value.findings
    assert finding.code == "unknown-format"
    assert "'.rtf'" in finding.message


def test_a_file_with_too_many_paragraphs_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("A talk held\n\n" + "The talk was held for the press.\n\n" * 10_001, "utf-8")
    with pytest.raises(IpdocsError) as caught:
        import_release([tmp_path / "x.txt"], folder, NOW)
    (finding,) = caught.value.findings
    assert finding.code == "too-large"


def test_a_release_without_a_date_is_dated_today(folder: Path) -> None:
    summary = aligned(folder, "A talk held\n\nThe talk was held for the press.", "講座舉行\n\n講座為傳媒舉行。")
    assert [finding.code for finding in summary.findings] == ["no-date"]
    assert "issued: 2026-11-22\n" in summary.path.read_text("utf-8")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The office today (November 20) opened a counter.", "辦事處今日（十一月二十日）啟用新櫃位。"),
        ("The office yesterday (November 19) opened a counter.", "辦事處昨日（十一月十九日）啟用新櫃位。"),
        ("The office announced today (November 20) the hours.", "辦事處公布開放時間。"),
    ],
)
def test_the_day_called_today_dates_a_release(folder: Path, english: str, chinese: str) -> None:
    summary = aligned(folder, f"A counter opens\n\n{english}", f"新櫃位啟用\n\n{chinese}")
    assert not summary.findings
    assert "issued: 2026-11-20\n" in summary.path.read_text("utf-8")


def test_a_day_called_today_is_never_in_the_future(folder: Path) -> None:
    summary = aligned(folder, "A counter opens\n\nIt opened today (December 3).", "新櫃位啟用\n\n今日（十二月三日）啟用。")
    assert "issued: 2025-12-03\n" in summary.path.read_text("utf-8")


def test_weekdays_tell_the_year_of_a_day_called_today(folder: Path) -> None:
    english = "The office today (November 13) named the day: the fair opens on November 20 (Thursday)."
    chinese = "辦事處今日（十一月十三日）公布，市集於十一月二十日（星期四）開幕。"
    summary = aligned(folder, f"A fair opens\n\n{english}", f"市集開幕\n\n{chinese}")
    assert "issued: 2025-11-13\n" in summary.path.read_text("utf-8")


@pytest.mark.parametrize(
    ("english", "chinese", "issued"),
    [
        (
            "The figures for December 2024 came out today (January 20).",
            "二○二四年十二月的數字今日（一月二十日）公布。",
            "2025-01-20",
        ),
        ("Opened in May 2024, the pier closed today (June 3).", "碼頭於二○二四年五月啟用，今日（六月三日）關閉。", "2024-06-03"),
        ("The pier, built in 2019, closed today (June 3).", "碼頭於二○一九年建成，今日（六月三日）關閉。", "2019-06-03"),
        ("The pier, built in 2023, closed today (June 3).", "碼頭於二○二三年建成，今日（六月三日）關閉。", "2026-06-03"),
        (
            "The fair opens on July 4, 2025, it was said today (July 1).",
            "今日（七月一日）公布，市集二○二五年七月四日開幕。",
            "2025-07-01",
        ),
    ],
)
def test_dates_with_a_year_tell_the_year_of_a_day_called_today(folder: Path, english: str, chinese: str, issued: str) -> None:
    summary = aligned(folder, f"A pier\n\n{english}", f"碼頭\n\n{chinese}")
    assert f"issued: {issued}\n" in summary.path.read_text("utf-8")


def test_a_place_may_come_before_the_day_called_today(folder: Path) -> None:
    chinese = "碼頭\n\n代表團昨日（里斯本時間十一月十日）參觀碼頭。"
    summary = aligned(folder, "A pier\n\nThe group saw a pier.", chinese)
    assert "issued: 2026-11-11\n" in summary.path.read_text("utf-8")


def test_an_end_block_may_lack_the_year(folder: Path) -> None:
    end = "Ends/Thursday, November 13\nIssued at HKT 18:30"
    summary = aligned(folder, f"A fair\n\nThe fair is open.\n\n{end}", "市集\n\n市集現已開放。")
    assert "issued: 2025-11-13T18:30+08:00\n" in summary.path.read_text("utf-8")


def test_web_addresses_do_not_make_a_chinese_file_bilingual(folder: Path) -> None:
    address = "www.example.org/harbour/publications/guides-and-leaflets/index.html"
    summary = aligned(folder, f"Guide out\n\nSee:\n\n{address}", f"指引公布\n\n請瀏覽：\n\n{address}")
    assert len(open_source(summary.path).document.body) == 2


def test_items_with_chinese_numbers_become_a_list(folder: Path) -> None:
    chinese = (
        "新櫃位啟用\n\n服務包括：\n\n（一）派發表格；\n（二）解答查詢；及\n（三）收取費用。\n\n完\n2026年11月20日（星期五）\nNNNN"
    )
    english = (
        "A counter opens\n\nThe services are:\n\n(1) giving out forms;\n(2) answering questions; and\n(3) receiving fees.\n\n"
        "Ends/Friday, November 20, 2026\nNNNN"
    )
    summary = aligned(folder, english, chinese)
    assert not summary.findings
    (block,) = open_source(summary.path).document.body
    assert [str(item["tc"]) for item in block.list.items] == ["派發表格", "解答查詢", "收取費用"]


def test_two_ways_of_counting_give_an_enumeration(folder: Path) -> None:
    english = "Question on piers\n\nWill the Government state:\n\n(a) the number of piers; and\n\n(b) their ages?"
    chinese = "有關碼頭的提問\n\n政府可否告知：\n\n（一）碼頭數目；及\n\n（二）碼頭樓齡？"
    (block,) = open_source(aligned(folder, english, chinese).path).document.body
    assert block.list.style == "enumeration"


def test_a_salutation_before_a_list_is_a_paragraph(folder: Path) -> None:
    english = "Reply on piers\n\nPresident,\n\n(1) The piers stay.\n\n(2) No pier will close."
    chinese = "有關碼頭的答覆\n\n主席：\n\n（一）碼頭將予保留。\n\n（二）沒有碼頭會關閉。"
    salutation, replies = open_source(aligned(folder, english, chinese).path).document.body
    assert str(salutation.paragraph["tc"]) == "主席："
    assert [str(item["tc"]) for item in replies.list.items] == ["碼頭將予保留。", "沒有碼頭會關閉。"]


def test_paragraphs_that_end_in_semicolons_become_a_list(folder: Path) -> None:
    items = ["mend the nets;", "paint the hull; and", "test the lamps."], ["修補漁網；", "髹漆船身；及", "測試燈具。"]
    english = "\n\n".join(["Harbour safety", "Crews are to:", *items[0], "The harbour opens daily."])
    chinese = "\n\n".join(["海港安全", "船員須：", *items[1], "海港每日開放。"])
    summary = aligned(folder, english, chinese)
    (block, paragraph) = open_source(summary.path).document.body
    assert len(block.list.items) == 3
    assert hasattr(paragraph, "paragraph")


def test_a_full_width_hyphen_begins_a_list_item(folder: Path) -> None:
    english = "Piers\n\nThese are closed:\n\n- North Pier;\n- Old Slip; and\n- East Quay.\n"
    chinese = "碼頭\n\n下列碼頭關閉：\n\n－北碼頭；\n－舊船台；及\n－東堤。\n"
    (block,) = open_source(aligned(folder, english, chinese).path).document.body
    assert [str(item["tc"]) for item in block.list.items] == ["北碼頭", "舊船台", "東堤"]


def test_paragraphs_that_end_in_colons_are_paired(folder: Path) -> None:
    english = "Notice\n\nNote for duty staff:\n\nPlease read this aloud:\n\nThis is for sailors.\n\nThe slipway is shut."
    chinese = "通告\n\n當值人員注意：\n\n請讀出下文：\n\n下水滑道關閉。"
    (finding,) = [finding for finding in aligned(folder, english, chinese).findings if finding.code == "no-partner"]
    assert "This is for sailors" in finding.message


def test_an_ideographic_space_of_a_title_is_kept(folder: Path) -> None:
    summary = aligned(folder, "Harbour fair in June\n\nThe fair opens.\n", "海港市集六月開鑼\u3000漁燈再亮\n\n市集開放。\n")
    assert "六月開鑼\u3000漁燈再亮" in summary.path.read_text("utf-8")


def test_values_as_the_style_writes_them_become_facts(folder: Path) -> None:
    summary = aligned(
        folder,
        "Held\n\nThe 36 stalls drew 21 500 visitors in the past 12 months, up 3.0%, from 2pm to 5.30pm.",
        "舉行\n\n過去十二個月，36個攤位有21 500名訪客，上升3.0%，下午二時至五時三十分開放。",
    )
    text = summary.path.read_text("utf-8")
    assert summary.facts == ("stalls", "visitors", "months", "share", "time")
    assert 'up {{ share | percent("%") }}, from {{ time | time }}.' in text
    assert "過去{{ months | number }}個月" in text
    assert "有{{ visitors | number }}名訪客" in text
    assert '上升{{ share | percent("%") }}，{{ time | time }}開放' in text
    assert check([summary.path]) == []


@pytest.mark.parametrize(
    ("chinese", "style"),
    [
        ("講座有一百四十人出席，其中八成半是學生，增加百分之十二。", "gia-numerals"),
        ("講座有140人出席，其中八成半是學生，增加12%。", "gia"),
        ("講座有三人出席。", "gia"),
    ],
)
def test_chinese_numerals_throughout_decide_on_the_style(folder: Path, chinese: str, style: str) -> None:
    summary = aligned(folder, "Held\n\nThe talk drew 140 people, up 12 per cent.", f"舉行\n\n{chinese}")
    assert f"style: {style}\n" in summary.path.read_text("utf-8")


def test_ranges_and_pairs_of_dates_become_facts(folder: Path) -> None:
    summary = aligned(
        folder,
        "Held\n\nStalls open from March 6 to 9, 2026; trees are planted from October to December 2026 and on May 2 and 5, 2026.",
        "舉行\n\n攤位於二○二六年三月六日至九日開放；二○二六年十月至十二月和二○二六年五月二日及五日植樹。",
    )
    text = summary.path.read_text("utf-8")
    assert "days: {date: 2026-03-06 to 2026-03-09}" in text
    assert "days_2: {date: 2026-10 to 2026-12}" in text
    assert "days_3: {date: 2026-05-02 and 2026-05-05}" in text
    assert check([summary.path]) == []


def test_a_paragraph_that_one_language_divides_is_joined(folder: Path) -> None:
    summary = aligned(
        folder,
        "Held\n\nThe fair in the old harbour drew 140 people on March 5. The next fair will open on June 9 with 60 stalls.\n\n"
        "Entry is free of charge for everybody.",
        "舉行\n\n舊海港的市集於三月五日舉行，吸引140人參加。\n\n下次市集將於六月九日舉行，設有60個攤位。\n\n所有市民均可免費入場。",
    )
    first, second = open_source(summary.path).document.body
    assert [finding.code for finding in summary.findings] == ["no-date", "paragraphs-joined"]
    assert str(first.paragraph["tc"]).count("\n") == 1
    assert str(second.paragraph["tc"]) == "所有市民均可免費入場。"


def test_a_paragraph_without_partner_is_not_joined(folder: Path) -> None:
    summary = aligned(
        folder,
        "Held\n\nThe fair drew many to the harbour.\n\nThe pier is closed to all ships until the summer.\n\nEntry is free.",
        "舉行\n\n市集吸引許多市民到海港。\n\n免費入場。",
    )
    assert [finding.code for finding in summary.findings] == ["no-date", "no-partner"]


def test_a_list_and_the_paragraphs_of_its_items_are_one_list(folder: Path) -> None:
    summary = aligned(
        folder,
        "Rules\n\nPlease note these rules:\n\n- Ships keep to the left.\n\n- Lamps are lit at 6pm.\n\nThe pier is open.",
        "規則\n\n請留意以下規則。\n\n船隻靠左。\n\n下午六時亮燈。\n\n碼頭開放。",
    )
    rules, pier = open_source(summary.path).document.body
    assert [str(item["tc"]) for item in rules.list.items] == ["船隻靠左。", "{{ time | time }}亮燈。"]
    assert str(pier.paragraph["tc"]) == "碼頭開放。"


def test_a_converted_version_is_left_out(folder: Path, tmp_path: Path) -> None:
    texts = {
        "en": "A fair opens\n\nThe stalls are new.\n\nEntry is free.",
        "tc": "市集開幕\n\n攤位全新。\n\n免費入場。",
        "sc": "市集开幕\n\n摊位全新。\n\n入场免费。",
    }
    for code, text in texts.items():
        (tmp_path / f"{code}.txt").write_text(text, "utf-8")
    summary = import_release([tmp_path / f"{code}.txt" for code in texts], folder, NOW)
    document = open_source(summary.path).document
    assert document.languages == ["en", "tc"]
    assert [left_out.text for _, left_out in summary.left_out] == ["摊位全新。", "市集开幕"]
    assert str(document.body[1].paragraph["sc"]) == "入场免费。"
    assert check([summary.path]) == []
