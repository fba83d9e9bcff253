from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.conversion.engine import DIRECTIONS, ConversionRule, conversion_rules
from ipdocs.locale.glossary import glossary
from ipdocs.workspace import Workspace

HERE = Path(__file__).parent
LAYERS = {"zh-Hant-HK": ("sc", "tc"), "zh-Hans-HK": ("tc", "sc"), "zh-Hans-CN": ("tc", "cn")}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def convert(source: str, target: str, text: str) -> str:
    return converter(source, target, Workspace()).convert(text)


@pytest.mark.parametrize("case", rows("cases.csv"), ids=lambda case: f"{case['source']}-{case['target']} {case['text']}")
def test_every_reference_row_converts_correctly(case: dict[str, str]) -> None:
    assert convert(case["source"], case["target"], case["text"]) == case["result"]


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        (rule.source or source, target, rule)
        for tag, (source, target) in LAYERS.items()
        for rule in conversion_rules(tag, Workspace())
    ],
    ids=lambda value: value.original if isinstance(value, ConversionRule) else value,
)
def test_every_rule_example_converts_as_stated(source: str, target: str, rule: ConversionRule) -> None:
    assert convert(source, target, rule.example) == rule.result


@pytest.mark.parametrize("tag", LAYERS)
def test_every_example_needs_its_rule(tag: str) -> None:
    assert [rule.name for rule in conversion_rules(tag, Workspace()) if rule.replacement not in rule.result] == []


def test_result_of_a_rule_is_not_changed_by_another() -> None:
    for source, target in DIRECTIONS:
        to_target = converter(source, target, Workspace())
        results = [rule.replacement for rule in to_target.engine.phrase_rules.values()]
        assert [text for text in results if to_target.convert(text) != text] == []


def chinese_lines(root: Path, *patterns: str) -> list[str]:
    files = [path.read_text("utf-8") for pattern in patterns for path in root.glob(pattern)]
    return [line for text in files for line in text.splitlines() if re.search(r"[\u4e00-\u9fff]", line)]


def test_shipped_texts_survive_a_round_trip(root: Path) -> None:
    texts = chinese_lines(root, "fixtures/*/*.yaml", "templates/**/*.yaml", "locales/zh-Hant-HK/phrases.po")
    texts += [term.text("tc") for term in glossary(Workspace()).terms.values()]
    assert len(texts) > 100
    assert [text for text in texts if convert("sc", "tc", convert("tc", "sc", text)) != _expected(text)] == []


def _expected(text: str) -> str:
    """Return the expected result of a round trip: the text with corner marks, except where a listed rule works one way only."""
    text = text.translate(str.maketrans("“”", "「」"))
    for row in rows("one_way.csv"):
        text = text.replace(row["text"], row["comes back as"])
    return text


def test_names_and_phrases_survive_a_mainland_round_trip(root: Path) -> None:
    texts = chinese_lines(root, "locales/zh-Hant-HK/phrases.po")
    texts += [term.text("tc") for term in glossary(Workspace()).terms.values()]
    assert [text for text in texts if convert("cn", "tc", convert("tc", "cn", text)) != text] == []


@pytest.mark.parametrize("row", rows("one_way.csv"), ids=lambda row: row["text"])
def test_round_trip_losses_are_listed_with_a_reason(row: dict[str, str]) -> None:
    assert convert("sc", "tc", convert("tc", "sc", row["text"])) == row["comes back as"]
    assert row["reason"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 說明 | 國語 }}",
        "[說明]{keep}",
        "[**說明**[^注]\\]說]{keep}",
        "https://example.org/說明/透過?值=資訊",
        "www.example.org/說明",
        "[A](說明/透過.html)",
        "[A](說明_(透過).html)",
        "\ue000\uf8ff\U000f0001\U0010fffd",
    ],
)
def test_protected_spans_stay_as_they_are(text: str) -> None:
    assert convert("tc", "cn", f"透過{text}，透過") == f"通过{text}，通过"


def test_link_text_is_converted_but_not_its_target() -> None:
    assert convert("tc", "sc", "見[說明](說明.html)。") == "见[说明](說明.html)。"


def test_line_breaks_are_preserved() -> None:
    assert convert("tc", "sc", "說明\r\n\r\n\t資訊\n") == "说明\r\n\r\n\t资讯\n"


def test_converted_clause_is_left_unchanged() -> None:
    assert convert("tc", "sc", "這是說明，乾县人著书。") == "这是说明，乾县人著书。"
    assert convert("sc", "tc", "这是说明，干預措施。") == "這是說明，干預措施。"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("他说：“甲‘乙’丙。”", "他說：「甲『乙』丙。」"),
        ("“IP”计划", "「IP」計劃"),
        ("Hong Kong’s “IP” plan", "Hong Kong’s “IP” plan"),
        ("他说‘it’s 知识’", "他說『it’s 知識』"),
        ("“[知识]{keep}”产权", "「[知识]{keep}」產權"),
    ],
)
def test_curly_quotation_marks_become_corner_brackets(text: str, result: str) -> None:
    assert convert("cn", "tc", text) == result


def test_corner_brackets_become_curly_only_in_cn() -> None:
    assert convert("tc", "cn", "「甲『乙』」") == "“甲‘乙’”"
    assert convert("tc", "sc", "「甲『乙』」") == "「甲『乙』」"


@pytest.mark.parametrize(
    "text",
    ["余署長表示", "署長余志明致辭", "余志明議員及范徐麗泰議員", "向岳先生致謝", "于博士、涂女士及郁先生", "與朴先生會面"],
)
def test_surnames_beside_a_title_are_unchanged(text: str) -> None:
    assert convert("sc", "tc", convert("tc", "sc", text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "其餘議員",
        "餘下委員",
        "百餘代表",
        "署長餘下任期",
        "範圍主任",
        "由於主席缺席",
        "對於署長的建議",
        "局長於會上表示",
        "於多名議員見證下",
        "於立法會議員宿舍",
        "塗料工程師",
        "樸素女士",
        "終於先生了解",
    ],
)
def test_words_that_begin_like_a_surname_are_not_names(text: str) -> None:
    assert convert("sc", "tc", convert("tc", "sc", text)) == text


def test_choice_applies_wherever_its_text_stands() -> None:
    to_cn = converter("tc", "cn", Workspace(), (Choice("tc", "cn", "透過窗戶", "透过窗户"), Choice("tc", "sc", "資訊", "信息")))
    assert to_cn.convert("透過窗戶，透過資訊") == "透过窗户，通过信息"


def test_workspace_has_its_own_choices_rules_and_names(tmp_path: Path) -> None:
    locales = tmp_path / "locales"
    (locales / "zh-Hans-CN").mkdir(parents=True)
    (locales / "choices.csv").write_text("source,target,text,form,by,on\ntc,cn,支援小組,支援小组,,\n", "utf-8")
    (locales / "zh-Hans-CN/conversion.csv").write_text(
        "kind,from,to,source,example,result,note\nword,透过,经由,,透過,经由,\n", "utf-8"
    )
    (locales / "glossary.csv").write_text(
        "id,kind,en,tc,sc,cn,forbidden,allowed,confidence,note\nx,place,,資訊樓,,信息大厦,,,high,\n", "utf-8"
    )
    to_cn = converter("tc", "cn", Workspace(tmp_path))
    assert to_cn.convert("透過支援小組在資訊樓支援專責小組") == "经由支援小组在信息大厦支持专责小组"


def test_surnames_and_posts_are_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "locales/zh-Hant-HK/surnames.csv"
    path.parent.mkdir(parents=True)
    path.write_text("kind,from,to,unless,strict,note\nsurname,于余,于余,,,\npost,主任(二,主任(二,,,\ntitle,,,,,\n", "utf-8")
    assert converter("sc", "tc", Workspace(tmp_path)).convert("于余女士及余款") == "于余女士及餘款"


def test_characters_and_words_of_names_are_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "locales/zh-Hant-HK/names.csv"
    path.parent.mkdir(parents=True)
    rows = [
        f"{kind},{text},"
        for kind in ("given", "not-given", "place", "lane", "not-lane", "after")
        for text in ("\\", "]", "(", "a-")
    ]
    path.write_text("\n".join(["kind,text,note", *rows, ""]), "utf-8")
    assert converter("sc", "tc", Workspace(tmp_path)).convert("余局长及余款") == "余局長及餘款"


def test_word_after_a_name_can_be_added(tmp_path: Path) -> None:
    path = tmp_path / "locales/zh-Hant-HK/names.csv"
    path.parent.mkdir(parents=True)
    path.write_text("kind,text,note\nafter,吹奏,\n", "utf-8")
    assert converter("sc", "tc", Workspace()).convert("于志明吹奏") == "於志明吹奏"
    assert converter("sc", "tc", Workspace(tmp_path)).convert("于志明吹奏") == "于志明吹奏"


def test_unknown_direction_is_a_finding() -> None:
    with pytest.raises(IpdocsError) as caught:
        converter("en", "tc", Workspace())
    (finding,) = caught.value.findings
    assert finding.code == "no-conversion"
    assert "'en' to 'tc'" in finding.message
    assert "tc to sc, tc to cn, sc to tc, cn to tc" in (finding.hint or "")


@pytest.mark.parametrize(
    ("row", "code", "quoted"),
    [
        ("words,a,b,,,,", "bad-rule", "'words'"),
        ("word,a,,,,,", "bad-rule", "'to'"),
        ("character,ab,c,,,,", "bad-rule", "'ab'"),
        ("word,a,b,,,,\nword,a,c,,,,", "repeated-row", "'a'"),
    ],
)
def test_invalid_rule_is_a_finding_with_its_line(tmp_path: Path, row: str, code: str, quoted: str) -> None:
    path = tmp_path / "locales/zh-Hans-HK/conversion.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"kind,from,to,source,example,result,note\n{row}\n", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        converter("tc", "sc", Workspace(tmp_path))
    (finding,) = caught.value.findings
    assert (finding.code, quoted in finding.message) == (code, True), finding.message
    assert str(finding.location) == f"{path}:{row.count(chr(10)) + 2}:1"


def test_no_conversion_gives_taiwan_forms() -> None:
    text = "知识产权 软件 硬件 数码 数字化 网络 互联网 数据库 信息 利益相关方 质量 项目 计划 会议纪录 服务器 打印 程序"
    forbidden = glossary(Workspace()).find_forbidden(convert("cn", "tc", text) + convert("sc", "tc", text), "tc")
    assert [match.text for match in forbidden] == []
