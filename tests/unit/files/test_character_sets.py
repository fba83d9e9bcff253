"""Text in the character sets that old web pages and text files have."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.files.character_sets import DecodedText, decode_text, decode_web_page
from ipdocs.findings import IpdocsError

PATH = Path("a.html")
CHINESE = "委員會今日在深水埗及鰂魚涌舉行會議，討論海濱長廊的工程。"
SIMPLIFIED = "委员会今天在海边举行会议，讨论长廊的工程，谢谢各位。"


def page(label: str, data: bytes) -> DecodedText:
    return decode_web_page(b'<meta charset="' + label.encode() + b'"><p>' + data, PATH)


def codes(decoded: DecodedText) -> list[str]:
    return [finding.code for finding in decoded.findings]


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("big5", CHINESE.encode("big5hkscs"), CHINESE),
        ("Big5-HKSCS", CHINESE.encode("big5hkscs"), CHINESE),
        ("x-x-big5", b"\xa3\xe1\xa1\x45\xa1\xc2\xa2\x44", "€‧¯￥"),
        ("big5", b"\xf9\xf9\xf9\xfe\xf9\xd6\xf9\xda\x87\xa4\x88\x62", "═￭碁恒龗Ê̄"),
        ("gb2312", "鎔基、喆、镕".encode("gbk"), "鎔基、喆、镕"),
        ("gbk", b"\x80 \xa6\xd9 \x95\x32\x82\x36", "€ ︐ 𠀀"),
        ("iso-8859-1", b"\x93caf\xe9\x94 \x80", "“café” €"),
        ("ascii", b"\x91a\x92", "‘a’"),
        ("shift_jis", "①髙".encode("cp932"), "①髙"),
        ("euc-kr", "뷁".encode("cp949"), "뷁"),
    ],
)
def test_labels_mean_what_browsers_read(label: str, data: bytes, text: str) -> None:
    decoded = page(label, data)
    assert (decoded.text.partition("<p>")[2], codes(decoded)) == (text, [])


@pytest.mark.parametrize(
    "head",
    [
        b"<meta http-equiv=Content-Type content='text/html; charset=big5'>",
        b"<META CHARSET = Big5 >",
        b"<!-- <meta charset=gbk> --><meta name=x content='charset=gbk'><meta charset=big5>",
        b'<?xml version="1.0" encoding="Big5"?>',
        b"<script>" + b" " * 2000 + b"</script><meta charset=big5>",
    ],
)
def test_the_stated_character_set_is_found(head: bytes) -> None:
    decoded = decode_web_page(head + "中文".encode("big5"), PATH)
    assert decoded.text.endswith("中文")
    assert codes(decoded) == []


def test_bytes_that_form_no_character_do_not_end_the_text() -> None:
    decoded = page("big5", "一".encode("big5") + b"\x81\x41\n\xff" + "二".encode("big5") + b"\xa4")
    assert decoded.text.endswith("一\ufffdA\n\ufffd二\ufffd")
    assert [(finding.code, finding.location and finding.location.line) for finding in decoded.findings] == [
        ("unreadable-characters", 1),
        ("unreadable-characters", 2),
    ]


def test_a_file_with_many_unreadable_lines_gets_few_findings() -> None:
    decoded = page("utf-8", ("會議".encode() + b"\xff\n") * 400)
    assert len(decoded.findings) == 21
    assert "380 more lines" in decoded.findings[-1].message


@pytest.mark.parametrize(
    ("label", "data", "encoding"),
    [
        ("iso-8859-1", "café".encode(), "utf-8"),
        ("big5", CHINESE.encode(), "utf-8"),
        ("utf-8", CHINESE.encode("big5hkscs"), "big5"),
    ],
)
def test_a_wrong_statement_is_reported(label: str, data: bytes, encoding: str) -> None:
    decoded = page(label, data)
    assert (decoded.encoding, codes(decoded)) == (encoding, ["assumed-encoding"])
    assert "\ufffd" not in decoded.text


def test_gbk_that_is_utf8_by_chance_is_gbk() -> None:
    assert page("gb2312", "谢谢".encode("gbk")).text.endswith("谢谢")


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (CHINESE, "big5hkscs", "big5"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "utf-16-le", "utf-16le"),
        (CHINESE, "utf-16-be", "utf-16be"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (SIMPLIFIED + "\r\nAgenda", "utf-16-le", "utf-16le"),
        ("Agenda\nItem", "utf-16-be", "utf-16be"),
        ("The “plan” of the café – its résumé", "cp1252", "windows-1252"),
        ("中文", "big5", "big5"),
        ("中文", "gbk", "gb18030"),
    ],
)
def test_text_files_without_a_mark_are_recognised(text: str, codec: str, encoding: str) -> None:
    decoded = decode_text(text.encode(codec), PATH)
    assert (decoded.text, decoded.encoding, codes(decoded)) == (text, encoding, ["assumed-encoding"])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_with_a_mark_or_in_utf8_need_no_warning(codec: str) -> None:
    decoded = decode_text((CHINESE + "\nEnd").encode(codec), PATH)
    assert (decoded.text, codes(decoded)) == (CHINESE + "\nEnd", [])


def test_a_damaged_byte_leaves_the_rest_of_a_utf8_file() -> None:
    decoded = decode_text(CHINESE.encode() + b"\xe5\n" + CHINESE.encode(), PATH)
    assert decoded.text == f"{CHINESE}\ufffd\n{CHINESE}"
    assert codes(decoded) == ["unreadable-characters"]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", bytes(range(256))])
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(IpdocsError) as caught:
        decode_text(data, PATH)
    assert [finding.code for finding in caught.value.findings] == ["not-utf8"]
