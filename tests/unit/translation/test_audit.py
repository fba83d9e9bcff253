from __future__ import annotations

import subprocess
from pathlib import Path

import opencc
import pytest

from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.conversion.decisions import DICTIONARY_NAMES, FORMS_COLUMNS, ConversionDecision
from ipdocs.locale.tables import read_table
from ipdocs.workspace import Workspace, shipped_root


def audit(source: str, target: str, text: str, *choices: Choice) -> list[ConversionDecision]:
    return converter(source, target, Workspace(), choices).audit(text)


def test_undecided_span_has_its_place_and_alternatives() -> None:
    (decision,) = audit("tc", "sc", "第一行\n頭髮乾了。")
    assert decision == ConversionDecision(6, 7, "乾", "頭髮乾了。", "干", ("乾",), "OpenCC TSCharacters", False)


def test_deciding_rule_is_named_with_its_line() -> None:
    (decision,) = audit("tc", "cn", "透過")
    assert (decision.chosen, decision.alternatives, decision.settled) == ("通过", ("透过",), True)
    assert decision.by.startswith("zh-Hans-CN/conversion.csv:")
    assert decision.by.endswith(" 透过→通过")


def test_phrase_with_two_forms_is_one_decision() -> None:
    (decision,) = audit("sc", "tc", "编制")
    assert (decision.chosen, decision.alternatives, decision.by) == ("編制", ("編製",), "OpenCC STPhrases")


def test_guard_settles_its_characters() -> None:
    assert [decision.text for decision in audit("sc", "tc", "人事编制") if not decision.settled] == []


def test_names_and_choices_that_decide_are_listed() -> None:
    choice = Choice("sc", "tc", "编制", "編製")
    decisions = audit("sc", "tc", "余署长、苏锦梁：编制", choice)
    assert [(decision.text, decision.chosen, decision.by) for decision in decisions] == [
        ("余", "余", "surname"),
        ("苏锦梁", "蘇錦樑", "glossary"),
        ("编制", "編製", "choice"),
    ]


def test_forms_equal_in_the_language_are_not_a_decision() -> None:
    assert audit("sc", "tc", "启动") == []


def test_protected_spans_keep_places_and_are_not_decided() -> None:
    text = "[乾]{keep}{{ 乾 }}乾"
    (decision,) = audit("tc", "sc", text)
    assert (decision.start, decision.end) == (len(text) - 1, len(text))


def test_frequent_words_of_releases_are_settled() -> None:
    text = "於席上徵詢鍾先生對餘額、釐定線路及開展信託的意見，並覆核沈先生的願景。"
    assert [decision.text for decision in audit("tc", "sc", text) if not decision.settled] == []


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("market, 2026", 0), ("局长出席", 0), ("编制", 1), ("编制及编制", 2), ("会冲洗，要签署", 0)]
)
def test_undecided_spans_are_counted(text: str, count: int) -> None:
    conversion = converter("sc", "tc", Workspace())
    assert conversion.undecided_count(text) == count
    assert sum(not decision.settled for decision in conversion.audit(text)) == count


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x1d", "\x7f", "\x85", "\x9b", "\u2028", "\r"])
def test_control_characters_move_no_decision(character: str) -> None:
    text = f"{character}甲\n编制{character}编制"
    undecided = [decision for decision in converter("sc", "tc", Workspace()).audit(text) if not decision.settled]
    assert [text[decision.start : decision.start + len(decision.text)] for decision in undecided] == ["编制", "编制"]


def test_table_of_forms_is_that_of_opencc(tmp_path: Path) -> None:
    folder = Path(opencc.__file__).parent / "clib"
    rows = read_table(shipped_root() / "locales/characters/several-forms.csv", FORMS_COLUMNS)
    for name in (name for names in DICTIONARY_NAMES.values() for name in names):
        dump = tmp_path / f"{name}.txt"
        arguments = ["-i", folder / f"share/opencc/{name}.ocd2", "-o", dump, "-f", "ocd2", "-t", "text"]
        subprocess.run([folder / "bin/opencc_dict", *arguments], check=True, capture_output=True)
        entries = (line.split("\t") for line in dump.read_text("utf-8").splitlines())
        assert {text: forms for text, forms in entries if " " in forms} == {
            row["text"]: row["forms"] for row in rows if row["dictionary"] == name
        }
