from __future__ import annotations

from pathlib import Path

from ipdocs.pipeline.check import check
from ipdocs.pipeline.fix import fix

SOURCE = """\
# A comment, and its place
schema: 1
kind: press-release
id: any
issued: 2018-08-21   # when
languages: [en, tc]
title:
  tc: "題目"
  en: "A title."
body:
  - id: lead
    paragraph:
      en: 'It''s the «best» organization , in  2018.'
      tc: "在二〇一八年,署方宣佈 3項“計劃”。"
  - id: block
    paragraph:
      en: |
        A scheme of
        cooperation.
      tc: |
        合作的計劃,
        是新的。
"""
FIXED = """\
# A comment, and its place
schema: 1
kind: press-release
id: any
issued: 2018-08-21   # when
languages: [en, tc]
title:
  tc: "題目"
  en: "A title"
body:
  - id: lead
    paragraph:
      en: 'It''s the "best" organisation, in 2018.'
      tc: "在二○一八年，署方宣布3項「計劃」。"
  - id: block
    paragraph:
      en: |
        A scheme of
        co-operation.
      tc: |
        合作的計劃，
        是新的。
"""


def test_faults_with_one_right_answer_are_fixed(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(SOURCE, "utf-8")
    (fixed_source,), _ = fix([source])
    assert source.read_text("utf-8") == FIXED
    assert fixed_source.counts == {
        "title-full-stop": 1,
        "quotation-marks": 4,
        "house-spelling": 2,
        "space-at-punctuation": 1,
        "doubled-space": 1,
        "wrong-zero": 1,
        "half-width-punctuation": 2,
        "variant-character": 1,
        "space-in-chinese": 1,
    }


def test_fixing_again_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(SOURCE, "utf-8")
    fix([source])
    fixed, result = fix([source])
    assert fixed == []
    assert result.findings == check([source])


def test_quotation_marks_are_escaped_in_scalars(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(SOURCE.replace("'It''s the «best» organization , in  2018.'", '"The «best», in 2018."'), "utf-8")
    fix([source])
    assert 'en: "The \\"best\\", in 2018."' in source.read_text("utf-8")


def test_words_with_markup_between_them_are_not_fixed(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(SOURCE.replace("A scheme of", "A scheme, **,** of"), "utf-8")
    fix([source])
    assert "A scheme, **,** of" in source.read_text("utf-8")


def test_draft_mark_is_not_changed(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    mark = "⟦draft: 由機器,草稿...⟧"
    source.write_text(SOURCE.replace("在二〇一八年", f"{mark}在二〇一八年"), "utf-8")
    fix([source])
    assert f'"{mark}在二○一八年，署方' in source.read_text("utf-8")
