"""Properties of checks on any source: no rule raises an exception, and fixing is idempotent."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ipdocs.pipeline.check import check, run_checks
from ipdocs.pipeline.fix import fix, is_fixable

PIECES = st.sampled_from(
    [
        *("The fee", " is", " waived", "the the", " cooperation", " organize", " THe", " an project", " a 8th", " 21th", " Ends"),
        *(
            "費用",
            "獲豁免",
            "的",
            "的的",
            "軟體",
            "宣佈",
            "裡",
            "國",
            "国",
            "二〇一八年",
            "二O一八年",
            "一百○五",
            "十四宗",
            "星期五",
            "八月三十一日",
        ),
        *(
            " ",
            "  ",
            "\u3000",
            "\u00a0",
            "\u200b",
            "\u00ad",
            ",",
            ".",
            ";",
            ":",
            "!",
            "?",
            "...",
            "…",
            "--",
            "，",
            "。",
            "；",
            "：",
            "、",
            "！",
        ),
        *('"', "“", "”", "「", "」", "『", "』", "《", "》", "‘", "’", "(", ")", "（", "）", "[", "]", "／", "/", "’s"),
        *(
            "14",
            "15",
            "1,400",
            "14,0000",
            "１４",
            "ＴＭ",
            "TM12",
            "$14 million",
            "3.9%",
            "2.30pm",
            "25:10",
            "August 30 to 28",
            "Monday",
        ),
        *(
            "https://example.org/a",
            "x@example.org",
            "{{ n }}",
            "{{ n | ordinal }}",
            "**",
            "*",
            "[a](https://example.org)",
            "[b]{keep}",
        ),
        *("\\*", "\\\\", "&amp;", "<b>", "XX", "○○", "â€™", "の", "сх", "⺠", "ﬁ", "\n", "𠮷", "è", "'"),
    ]
)
TEXT = st.lists(PIECES, min_size=1, max_size=12).map("".join)
BLOCK = st.tuples(TEXT, TEXT)


def _quoted(text: str, style: str) -> str:
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\u200b", "\\u200b") + '"'


def _source(path: Path, blocks: list[tuple[str, str]], style: str, house: str) -> Path:
    lines = [
        "schema: 1  # stays",
        "kind: press-release",
        "id: any",
        f"style: {house}",
        "issued: 2018-08-21",
        "languages: [en, tc]",
    ]
    lines += ["facts:", "  n: {integer: 8}", "title:", '  en: "A title"', '  tc: "題目"', "body:"]
    for number, (english, chinese) in enumerate(blocks):
        lines += [f"  - id: b{number}", "    paragraph:  # and this", f"      en: {_quoted(english, style)}"]
        lines.append(f"      tc: {_quoted(chinese, style)}")
    source = path / "release.yaml"
    source.write_text("\n".join(lines) + "\n", "utf-8")
    return source


SOURCES = given(st.lists(BLOCK, min_size=1, max_size=4), st.sampled_from("\"'"), st.sampled_from(["gia", "legco", "reprint"]))
QUIET = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@example([("[a](https://example.org)（", "「“」")], '"', "gia")
@SOURCES
def test_no_rule_raises_on_any_source(tmp_path: Path, blocks: list[tuple[str, str]], style: str, house: str) -> None:
    for finding in check([_source(tmp_path, blocks, style, house)]):
        for excerpt in finding.excerpts:
            assert 0 <= excerpt.start <= excerpt.end <= len(excerpt.text)
            assert excerpt.location is not None
            assert excerpt.location.line


@QUIET
@SOURCES
def test_fixing_is_idempotent_and_fixes_everything(tmp_path: Path, blocks: list[tuple[str, str]], style: str, house: str) -> None:
    source = _source(tmp_path, blocks, style, house)
    before, findings = source.read_text("utf-8"), check([source])
    fix([source])
    once = source.read_text("utf-8")
    fix([source])
    assert source.read_text("utf-8") == once
    assert [row.finding for row in run_checks([source]).rule_findings if is_fixable(row.violation)] == []
    assert once.count("#") == before.count("#")
    assert once.count("\n") == before.count("\n")
    if not any(finding.code in ("bad-markup", "bad-link", "unpaired-marker") for finding in findings):
        assert not any(finding.code in ("bad-yaml", "bad-markup", "bad-link", "unpaired-marker") for finding in check([source]))
