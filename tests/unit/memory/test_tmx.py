from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.template_text import Content, rendered_text, template_source
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace


def write(path: Path, *units: MemoryUnit) -> str:
    text = "".join(tmx_codec.tmx_lines(units, Workspace(), tmx_codec.shared_properties(units)))
    path.write_text(text, "utf-8")
    return text


def foreign(path: Path, body: str, head: str = "") -> Path:
    path.write_text(
        f'<?xml version="1.0"?>{head}<tmx version="1.4"><header creationtool="other"/><body>{body}</body></tmx>', "utf-8"
    )
    return path


def read(path: Path) -> list[MemoryUnit]:
    return list(tmx_codec.read_units(path, Workspace()))


@pytest.fixture
def unit(text: Callable[..., Content]) -> MemoryUnit:
    return MemoryUnit(
        "gd-hk-ip-17",
        "lead.paragraph",
        {
            "en": text('The {{ period | years("學年") }} plan & “a < b” in {{ city }}.', "2018-19", "Guangzhou"),
            "tc": text("{{ city }}的計劃\n「甲」", "廣州"),
        },
        Date(2018, 8, 22),
        "reprint",
        "approved",
        "example",
        "2018-08-23",
    )


def test_written_units_read_back(tmp_path: Path, unit: MemoryUnit) -> None:
    draft = MemoryUnit("gd-hk-ip-16", "title", {"en": ("A title",), "tc": ("標題",)}, state="draft")
    path = tmp_path / "release.tmx"
    write(path, unit, draft)
    assert read(path) == [unit, draft]


def test_shared_properties_stand_once_in_the_header(tmp_path: Path, unit: MemoryUnit) -> None:
    text = write(tmp_path / "release.tmx", unit)
    assert text.splitlines()[2:] == [
        '  <header creationtool="ipdocs" creationtoolversion="1" segtype="block" o-tmf="ipdocs" adminlang="en" srclang="*all*" '
        'datatype="plaintext">',
        '    <prop type="x-document">gd-hk-ip-17</prop>',
        '    <prop type="x-issued">2018-08-22</prop>',
        '    <prop type="x-style">reprint</prop>',
        '    <prop type="x-state">approved</prop>',
        "  </header>",
        "  <body>",
        '    <tu tuid="lead.paragraph" changedate="20180823T000000Z" changeid="example">',
        '      <tuv xml:lang="en"><seg>The <hi type=\'period | years("學年")\' x="1">2018-19</hi> plan &amp; “a &lt; b” in '
        '<hi type="city" x="2">Guangzhou</hi>.</seg></tuv>',
        '      <tuv xml:lang="zh-Hant-HK"><seg><hi type="city" x="2">廣州</hi>的計劃',
        "「甲」</seg></tuv>",
        "    </tu>",
        "  </body>",
        "</tmx>",
    ]


def test_inline_codes_of_other_tools_are_dropped(tmp_path: Path) -> None:
    body = (
        '<tu><tuv xml:lang="EN-GB"><seg>A <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> '
        '<hi type="x-term">word</hi><ph/>.</seg></tuv>'
        '<tuv xml:lang="zh-HK"><seg>粗體<it pos="begin">x</it>字。</seg></tuv></tu>'
    )
    (unit,) = read(foreign(tmp_path / "other.tmx", body))
    assert {code: rendered_text(text) for code, text in unit.texts.items()} == {"en": "A bold word.", "tc": "粗體字。"}
    assert unit.state == "draft"


def test_fact_like_element_of_another_tool_is_text(tmp_path: Path) -> None:
    body = (
        '<tu><tuv xml:lang="en"><seg><hi type="city">Guangzhou</hi></seg></tuv><tuv xml:lang="zh-HK"><seg>廣州</seg></tuv></tu>'
    )
    (unit,) = read(foreign(tmp_path / "other.tmx", body))
    assert rendered_text(unit.texts["en"]) == template_source(unit.texts["en"]) == "Guangzhou"


def test_chinese_of_taiwan_is_skipped(tmp_path: Path) -> None:
    body = '<tu><tuv xml:lang="en"><seg>information</seg></tuv><tuv xml:lang="zh-TW"><seg>資訊</seg></tuv></tu>'
    summary = tmx_codec.TmxSummary()
    assert list(tmx_codec.read_units(foreign(tmp_path / "other.tmx", body), Workspace(), summary)) == []
    assert (summary.skipped_units, summary.tags["zh-TW"]) == (1, 1)


def test_further_texts_of_a_language_are_further_units(tmp_path: Path) -> None:
    text = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    variants = [("en-GB", "boat"), ("en-US", "vessel"), ("zh-HK", "船"), ("zh-HK", "船隻"), ("zh-HK", "船")]
    units = read(foreign(tmp_path / "other.tmx", f"<tu>{''.join(text.format(*variant) for variant in variants)}</tu>"))
    pairs = [(rendered_text(unit.texts["en"]), rendered_text(unit.texts["tc"])) for unit in units]
    assert pairs == [("boat", "船"), ("vessel", "船"), ("boat", "船隻")]


def test_the_last_change_of_a_text_counts(tmp_path: Path) -> None:
    body = (
        '<tu creationid="first" creationdate="20240101T000000Z"><tuv xml:lang="en"><seg>boat</seg></tuv>'
        '<tuv xml:lang="zh-HK" changeid="second" changedate="20260301T120000Z"><seg>船</seg></tuv></tu>'
    )
    (unit,) = read(foreign(tmp_path / "other.tmx", body))
    assert (unit.by, unit.on) == ("second", "2026-03-01")


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (("en", "boat"), ("zh-HK", " "), (0, 1)),
        (("en", "boat"), ("zh-HK", "船" * 20_001), (0, 1)),
        (("en", "boat"), ("zh-CN", "船"), (1, 0)),
        (("zh-HK", "船"), ("zh-CN", "船"), (1, 0)),
    ],
)
def test_units_without_two_written_texts_are_counted(
    first: tuple[str, str], second: tuple[str, str], counts: tuple[int, int], tmp_path: Path
) -> None:
    text = '<tuv xml:lang="{}"><note>Remark.</note><seg>{}</seg></tuv>'
    summary = tmx_codec.TmxSummary()
    path = foreign(tmp_path / "other.tmx", f"<tu>{text.format(*first)}{text.format(*second)}</tu>")
    assert list(tmx_codec.read_units(path, Workspace(), summary)) == []
    assert (summary.skipped_units, summary.empty_units, summary.note_count) == (*counts, 2)


def test_utf_16_and_a_document_type_are_read(tmp_path: Path) -> None:
    path = tmp_path / "other.tmx"
    body = '<tu><tuv lang="en"><seg>a</seg></tuv><tuv lang="zh-HK"><seg>甲</seg></tuv></tu>'
    head = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    content = f'{head}<tmx version="1.4"><header/><body>{body}</body></tmx>'
    path.write_bytes(content.encode("utf-16"))
    assert len(read(path)) == 1


def test_entities_are_refused(tmp_path: Path) -> None:
    path = foreign(tmp_path / "bad.tmx", "<tu/>", '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    with pytest.raises(IpdocsError) as raised:
        read(path)
    assert [finding.code for finding in raised.value.findings] == ["bad-tmx"]


@pytest.mark.parametrize(
    ("content", "line"), [("<tmx>\n<body><tu></body></tmx>", 2), ("\nno xml", 2), ("\n<html><body/></html>", 0)]
)
def test_invalid_tmx_is_a_finding_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    path = tmp_path / "bad.tmx"
    path.write_text(content, "utf-8")
    with pytest.raises(IpdocsError) as raised:
        read(path)
    (finding,) = raised.value.findings
    assert finding.code == "bad-tmx"
    assert (finding.location and finding.location.path, finding.location and finding.location.line) == (path, line)


def test_invalid_day_of_issue_is_a_finding(tmp_path: Path) -> None:
    body = (
        '<tu><prop type="x-issued">last week</prop><tuv xml:lang="en"><seg>a</seg></tuv>'
        '<tuv xml:lang="zh-HK"><seg>甲</seg></tuv></tu>'
    )
    with pytest.raises(IpdocsError, match="x-issued: 'last week'"):
        read(foreign(tmp_path / "bad.tmx", body))


def test_text_over_the_limit_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx_codec, "MAX_TEXT", 3)
    body = '<tu><tuv xml:lang="en"><seg>abcd</seg></tuv><tuv xml:lang="zh-HK"><seg>甲</seg></tuv></tu>'
    assert read(foreign(tmp_path / "long.tmx", body)) == []


def test_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx_codec, "MAX_BYTES", 10)
    with pytest.raises(IpdocsError, match=r"bytes.*\b10\b|\b10\b.*bytes"):
        read(foreign(tmp_path / "large.tmx", ""))
