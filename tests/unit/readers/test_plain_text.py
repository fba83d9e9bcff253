"""Plain text: list markers, end marks, the day of issue, headings, and lines that are no noise."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ipdocs.importing.document_draft import Draft, make_draft
from ipdocs.importing.end_marks import is_end_mark
from ipdocs.importing.import_release import ImportSummary, import_release
from ipdocs.importing.noise import without_noise
from ipdocs.importing.readers import text
from ipdocs.importing.readers.list_markers import find_list_marker, marker_readings, place_items
from ipdocs.locale.import_words import import_words
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import open_source
from ipdocs.source.segment import to_display_text
from ipdocs.workspace import Workspace

NOW = datetime(2026, 11, 22, 9, 0)
WORKSPACE = Workspace()


def drafted(folder: Path, content: str, language: str = "en") -> Draft:
    path = folder / "release.txt"
    path.write_text(content, "utf-8")
    return make_draft(without_noise(text.read(path), WORKSPACE), language, WORKSPACE)


def imported(folder: Path, *contents: str) -> ImportSummary:
    (folder / "locales").mkdir()
    paths = [folder / f"{number}.txt" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_text(content, "utf-8")
    return import_release(paths, folder / "release", NOW)


def texts_of(draft: Draft) -> list[str]:
    return [block.full_text for block in draft.blocks]


def left_out_of(draft: Draft) -> list[str]:
    return [left_out.text for left_out in draft.left_out]


@pytest.mark.parametrize(
    ("line", "list_style", "first", "number"),
    [
        ("（二十）維修", "number", "(一)", 20),
        ("(十一) 維修", "number", "(一)", 11),
        ("二、維修", "number", "一、", 2),
        ("第三、維修", "number", "第一、", 3),
        ("（乙）維修", "letter", "(甲)", 2),
        ("（丑）維修", "roman", "(子)", 2),
        ("③維修", "number", "①", 3),
        ("⑵ repairs", "number", "(1)", 2),
        ("㈡維修", "number", "(一)", 2),
        ("（ｉｉ）維修", "roman", "(i)", 2),
        ("b) repairs", "letter", "a)", 2),
        ("iv. repairs", "roman", "i.", 4),
        ("(B) repairs", "letter", "(A)", 2),
        ("2.維修", "number", "1.", 2),
    ],
)
def test_typed_markers_state_style_and_number(line: str, list_style: str, first: str, number: int) -> None:
    marker = find_list_marker(line)
    assert marker is not None
    reading = marker_readings(line[: marker[1]])[0]
    assert (marker[0], reading.list_style, reading.pattern, reading.number) == (list_style, list_style, first, number)


@pytest.mark.parametrize(
    "line",
    [
        "一、二月開放",
        "第一、二季",
        "三、四千人",
        "1、2號碼頭",
        "甲、乙兩方",
        "（一月）",
        "i.e. this",
        "A. Chan",
        "3.5 metres",
        "十八區",
    ],
)
def test_numbers_that_begin_a_sentence_are_no_markers(line: str) -> None:
    assert find_list_marker(line) is None


@pytest.mark.parametrize(
    ("markers", "levels"),
    [
        ("(1) (2) (a) (b) (i) (ii) (c) (3)", "0 0 1 1 2 2 1 0"),
        ("（一） （i） (a) (b) （ii） （二）", "0 1 2 2 1 0"),
        ("（1） （甲） (子) (丑) （乙） （2）", "0 1 2 2 1 0"),
        ("一、 （一） 1. 2. （二） 二、", "0 1 2 2 1 0"),
        ("(g) (h) (i) (j)", "0 0 0 0"),
        ("(h) (i) (ii) (i)", "0 1 1 0"),
        ("(iv) (v) (vi)", "0 0 0"),
        ("(1) • • (2)", "0 1 1 0"),
    ],
)
def test_kinds_of_marker_give_levels(markers: str, levels: str) -> None:
    assert " ".join(str(place.level) for place in place_items(markers.split())) == levels


def test_a_second_list_begins_from_one() -> None:
    assert [place.begins_list for place in place_items(["(1)", "(2)", "(1)", "(2)"])] == [True, False, True, False]


ENGLISH_LIST = """Plan for piers

The plan covers:

(1) repairs, by means of:
(a) dives:
(i) by day; and
(ii) by night; and
(b) checks; and
(2) education.

These remain:

(b) the second point;

(c) the third point.
"""
CHINESE_LIST = """碼頭計劃

計劃包括：

（一）維修，方式為：
（i）潛水：
(a) 日間；及
(b) 夜間；及
（ii）檢查；及
（二）教育。

尚餘：

(b) 第二點；

(c) 第三點。
"""


def test_a_list_builds_with_the_markers_of_the_files(tmp_path: Path) -> None:
    summary = imported(tmp_path, ENGLISH_LIST, CHINESE_LIST)
    outputs = build([summary.path], tmp_path / "out", BuildRequest(editions=("en", "tc"), formats=("txt",)))
    for output, content in zip(outputs, (ENGLISH_LIST, CHINESE_LIST), strict=True):
        built = output.path.read_text("utf-8")
        lines = [line.strip(" \u3000") for line in built.splitlines() if line.strip(" \u3000")]
        assert [line for line in lines if find_list_marker(line)] == [
            line for line in content.splitlines() if find_list_marker(line)
        ]


def test_markers_that_begin_again_make_two_lists(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Piers\n\n(1) North.\n(2) South.\n(1) East.\n(3) West.\n")
    assert [(block.levels, block.numbers[0]) for block in draft.blocks] == [((0, 0), 1), ((0,), 1), ((0,), 3)]


def test_a_wrapped_item_that_ends_in_and_is_complete(tmp_path: Path) -> None:
    item = "派員巡視各區碼頭，檢查浮橋、纜樁及照明設備，並記錄損壞情況；及"
    draft = drafted(tmp_path, f"碼頭\n\n工作包括：\n\n（三）{item}\n（四）修補漁網。\n", "tc")
    assert [str(part) for (part,) in draft.blocks[0].texts[1:]] == [item, "修補漁網。"]


@pytest.mark.parametrize(
    "mark", ["Ends", "-- ENDS --", "End", "完", "【完】", "（完）", "- 完 -", "NNNN", "＃＃＃", "###", "-30-", "— 30 —", "[Ends]"]
)
def test_end_marks_are_recognised(mark: str) -> None:
    assert is_end_mark(mark, import_words(WORKSPACE))


@pytest.mark.parametrize("line", ["完善制度", "30", "Ends meet", "End of term", "(30)"])
def test_text_is_no_end_mark(line: str) -> None:
    assert not is_end_mark(line, import_words(WORKSPACE))


@pytest.mark.parametrize(
    ("block", "language"),
    [
        ("Ends/Tuesday, May 5, 2026\nIssued at HKT 9:05\nNNNN", "en"),
        ("End/Tuesday, May 5, 2026\nHKT 09:05", "en"),
        ("ENDS / May 5, 2026 / Issued at HKT 09:05", "en"),
        ("完\n2026年5月5日（星期二）\n香港時間9時05分", "tc"),
        ("完／2026年5月5日（星期二）／香港時間9時05分", "tc"),
        ("【完】\n二○二六年五月五日\n香港時間09時05分\nNNNN", "tc"),
    ],
)
def test_an_end_block_states_day_and_time(tmp_path: Path, block: str, language: str) -> None:
    title, sentence = ("Piers reopen", "The piers are open.") if language == "en" else ("碼頭重開", "碼頭現已開放。")
    draft = drafted(tmp_path, f"{title}\n\n{sentence}\n\n{block}\n", language)
    assert texts_of(draft) == [sentence]
    assert draft.issue_time == "09:05"
    assert "2026" in draft.issued or "二○二六" in draft.issued
    assert draft.style == "gia"


def test_text_after_the_end_mark_is_kept(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Piers\n\nOpen.\n\nEnds/Tuesday, May 5, 2026\n\nNote to editors: passes are at the gate.\n")
    assert texts_of(draft) == ["Open.", "Note to editors: passes are at the gate."]


def test_a_date_line_of_an_event_is_text(tmp_path: Path) -> None:
    lines = "Date: May 9, 2026 (Saturday)\n\nTime: 3pm\n"
    ended = drafted(tmp_path, f"Walk\n\nJoin us.\n\n{lines}\nEnds/Tuesday, May 5, 2026\n")
    assert (ended.issued, ended.style) == ("Tuesday, May 5, 2026", "gia")
    assert texts_of(ended) == ["Join us.", "Date: May 9, 2026 (Saturday)", "Time: 3pm"]
    for before in ("Walk\n\n", "Walk\n\nJoin us.\n\n"):
        draft = drafted(tmp_path, f"{before}{lines}")
        assert (draft.issued, draft.style) == ("", "")
        assert "Date: May 9, 2026 (Saturday)" in texts_of(draft)


def test_a_date_line_above_the_text_is_the_day_of_issue(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Piers reopen\n\nIssued: May 5, 2026\n\nThe piers are open.\n")
    assert (draft.issued, draft.style, texts_of(draft)) == ("May 5, 2026", "reprint", ["The piers are open."])


def test_a_masthead_may_state_the_day_of_issue(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "NEWS\nFor immediate release\nDate: 5 May 2026\n\nPiers reopen\n\nThe piers are open.\n")
    assert draft.issued == "5 May 2026"


def test_and_at_the_end_of_a_line_of_prose_continues(tmp_path: Path) -> None:
    lines = [
        "The piers of the northern shore are open again after repairs",
        "that took all of the winter, as had been expected by all; and",
        "they stay open.",
    ]
    assert texts_of(drafted(tmp_path, "\n".join(["Piers", "", *lines]))) == [" ".join(lines)]


def test_a_paragraph_that_begins_with_an_end_mark_is_text(tmp_path: Path) -> None:
    assert texts_of(drafted(tmp_path, "碼頭\n\n完善制度後將會開放碼頭。\n\n完\n", "tc")) == ["完善制度後將會開放碼頭。"]


@pytest.mark.parametrize(
    ("note", "language"),
    [
        ("(with photos)", "en"),
        ("(with photo/video)", "en"),
        ("(with map)", "en"),
        ("(With Photos and Video)", "en"),
        ("（附圖）", "tc"),
        ("（附圖／短片）", "tc"),
        ("（附图及短片）", "sc"),
    ],
)
def test_a_note_of_the_title_is_listed_as_left_out(tmp_path: Path, note: str, language: str) -> None:
    title = "Piers reopen" if language == "en" else "碼頭"
    draft = drafted(tmp_path, f"{title} {note}\n\n{title}.\n", language)
    assert draft.title == (title,)
    assert left_out_of(draft) == [note]


@pytest.mark.parametrize("title", ["LCQ12: Piers (annex)", "立法會十二題：碼頭（只有中文）"])
def test_other_titles_are_kept(tmp_path: Path, title: str) -> None:
    draft = drafted(tmp_path, f"{title}\n\nText.\n")
    assert (draft.title, left_out_of(draft)) == ((title,), [])


def test_a_related_heading_before_text_is_kept(tmp_path: Path) -> None:
    chinese = "展覽開幕\n\n今日揭幕。\n\n相關資料\n\n免費入場。\n\n查詢可致電0000 0000。\n"
    assert texts_of(drafted(tmp_path, chinese, "tc")) == ["今日揭幕。", "相關資料", "免費入場。", "查詢可致電0000 0000。"]
    english = "Fair\n\nIt is open.\n\nComments\n\nNorth Pier\n\nEnds/Tuesday, May 5, 2026\n"
    assert texts_of(drafted(tmp_path, english)) == ["It is open.", "Comments", "North Pier"]


def test_related_links_are_left_out(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Fair\n\nIt is open.\n\nRelated Links\n\nNorth Pier\n\nOld Slip\n")
    assert (texts_of(draft), left_out_of(draft)) == (["It is open."], ["Related Links", "North Pier", "Old Slip"])


@pytest.mark.parametrize(
    "line", ["(c) 2019 Harbour Office", "© Harbour Office", "Copyright 2019 Harbour Office", "版權所有 © 2019"]
)
def test_a_copyright_line_is_left_out(tmp_path: Path, line: str) -> None:
    assert left_out_of(drafted(tmp_path, f"Fair\n\nIt is open.\n\n{line}\n")) == [line]


@pytest.mark.parametrize(
    "lines",
    [
        ["(a) of the piers;", "(b) their ages; and", "(c) whether any will close?"],
        ["(a) fees;", "(b) fines; and", "(c) 2019 accounts."],
        ["• Print", "• Search", "• Radio"],
        ["Copyright Tribunal meets today.", "Disclaimer", "The figures are estimates."],
    ],
)
def test_content_is_not_taken_for_noise(tmp_path: Path, lines: list[str]) -> None:
    assert left_out_of(drafted(tmp_path, "\n".join(["Fair", "", "It is open.", "", *lines]))) == []


def test_a_short_line_in_both_languages_is_a_heading(tmp_path: Path) -> None:
    summary = imported(
        tmp_path,
        "Piers\n\nThe piers are open.\n\nHow to get there\n\nTake a ferry.\n\nDate: May 9, 2026\n\nDo come.\n",
        "碼頭\n\n碼頭現已開放。\n\n前往方法\n\n請乘搭渡輪。\n\n日期：二○二六年五月九日\n\n歡迎參觀。\n",
    )
    body: list[Any] = list(open_source(summary.path).document.body)
    assert [str(block.heading["tc"]) for block in body if hasattr(block, "heading")] == ["前往方法"]
    assert "possible-heading" not in {finding.code for finding in summary.findings}


def test_a_short_line_in_one_language_is_a_question(tmp_path: Path) -> None:
    summary = imported(
        tmp_path,
        "Piers\n\nThe piers are open.\n\nHow to get there\n\nTake a ferry.\n",
        "碼頭\n\n碼頭現已開放。\n\n請乘搭渡輪。\n",
    )
    (finding,) = [finding for finding in summary.findings if finding.code == "possible-heading"]
    assert finding.location is not None
    assert finding.location.line == 5


def test_the_columns_of_a_table_are_kept_as_lines(tmp_path: Path) -> None:
    rows = [
        "Pier                 Opening day       Number of berths   Length in metres",
        "North Pier\t\tMay 5\t\t12\t\t340 metres of berth",
    ]
    draft = drafted(tmp_path, "Piers\n\nThe table has the figures.\n\n" + "\n".join(rows) + "\n")
    assert texts_of(draft)[1:] == [" ".join(row.split()) for row in rows]


def test_copyright_line_after_a_list_with_c_is_a_footer(tmp_path: Path) -> None:
    items = "Members asked about:\n\n(a) rents;\n\n(b) fees; and\n\n(c) {}\n\n"
    draft = drafted(tmp_path, f"Questions\n\n{items.format('fares.')}(c) 2021 Bureau of Samples. All rights reserved.\n")
    assert [block.full_text for block in draft.blocks] == ["Members asked about: rents; fees; and fares."]
    assert [entry.reason for entry in draft.left_out] == ["page footer"]
    draft = drafted(tmp_path, f"Questions\n\n{items.format('2021 fares of the Bureau.')}")
    assert draft.blocks[0].full_text.endswith("and 2021 fares of the Bureau.")


@pytest.mark.parametrize(
    ("chinese", "reported"),
    [
        ("完\n2026年5月4日（星期一）\n香港時間17時02分", []),
        ("完\n2026年5月5日（星期二）\n香港時間17時02分", ["6: the day of issue is 2026-05-05 in tc, but 2026-05-04 in en"]),
        ("完\n2026年5月4日（星期一）\n香港時間17時20分", ["7: the time of issue is 17:20 in tc, but 17:02 in en"]),
    ],
)
def test_different_days_and_times_of_issue_are_reported(tmp_path: Path, chinese: str, reported: list[str]) -> None:
    english = "Hall closes\n\nThe hall closes.\n\nEnds/Monday, May 4, 2026\nIssued at HKT 17:02\n"
    summary = imported(tmp_path, english, f"禮堂關閉\n\n禮堂將會關閉。\n\n{chinese}\n")
    findings = [finding for finding in summary.findings if finding.code == "issue-dates-differ"]
    assert [f"{finding.location and finding.location.line}: {finding.message}" for finding in findings] == reported


def test_lines_with_tabs_are_a_table(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Pools\n\nThe hours are:\n\nPool\tOpens\tNote\nEast\t7:00\t\nWest\t8:30\tnew\n\nCall us.\n")
    table = draft.blocks[1]
    assert (table.kind, table.column_count, table.has_header) == ("table", 3, True)
    assert [to_display_text(cell) for cell in table.texts] == ["Pool", "Opens", "Note", "East", "7:00", "", "West", "8:30", "new"]
    assert [block.kind for block in draft.blocks] == ["paragraph", "table", "paragraph"]


@pytest.mark.parametrize("lines", ["Date:\tMay 4\nTime:\t3 pm", "1.\tOne\n2.\tTwo", "A line\twith a tab"])
def test_labels_and_items_with_tabs_are_no_table(tmp_path: Path, lines: str) -> None:
    assert "table" not in [block.kind for block in drafted(tmp_path, f"Pools\n\nText first.\n\n{lines}\n").blocks]


def test_marks_of_quoted_mail_are_left_out(tmp_path: Path) -> None:
    quoted = "> The pool in the east closes on Monday, and the one in the west will\n> remain open.\n>\n> Thank you.\n"
    draft = drafted(tmp_path, f"Pools\n\n{quoted}")
    assert [block.full_text for block in draft.blocks] == [
        "The pool in the east closes on Monday, and the one in the west will remain open.",
        "Thank you.",
    ]
    assert [(entry.text, entry.reason, entry.line) for entry in draft.left_out] == [("> × 4", "mark of quoted e-mail", 3)]
    assert drafted(tmp_path, "Pools\n\nText.\n\n> 5 per cent more.\n").blocks[1].full_text == "> 5 per cent more."


def test_each_message_of_a_chat_is_a_paragraph(tmp_path: Path) -> None:
    messages = [
        "[3/5/2026, 09:15:03] Desk: The pool in the east closes on Monday for cleaning",
        "[3/5/2026, 09:16:10] Desk: Thanks",
    ]
    draft = drafted(tmp_path, "Pools\n\n" + "\n".join(messages) + "\n")
    assert [block.full_text for block in draft.blocks] == messages


def test_the_salutation_of_a_letter_is_no_title(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Dear Madam,\n\nUse of the pool\n\nThe pool is open.\n")
    assert to_display_text(draft.title or ()) == "Use of the pool"


def test_a_byte_of_zero_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Pools in the east\n\nThe pool is \0 open on all days of the week.\n")
    imported_file = text.read(tmp_path / "a.txt")
    assert imported_file.paragraphs[1].text == "The pool is \ufffd open on all days of the week."
    assert [finding.code for finding in imported_file.findings] == ["unreadable-characters"]
