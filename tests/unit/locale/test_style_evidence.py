"""The evidence for the house styles: each style writes or accepts the form of each row, and the page on styles is current."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ipdocs.locale.language import languages
from ipdocs.locale.style import house_style
from ipdocs.locale.style_files import style_names
from ipdocs.pipeline.check import check
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

ROOT = Path(__file__).parents[3]


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"docs/{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE: Any = _load("styles_reference")
ROWS = REFERENCE.evidence()
STYLE_RULES = {
    *("quotation-marks", "mixed-quotation-marks", "quote-nesting", "half-width-punctuation", "full-width-punctuation"),
    *("list-ending", "doubled-punctuation", "comma-before-and", "variant-character", "ellipsis-or-dash", "house-spelling"),
    *("mixed-numerals", "wrong-zero", "number-grouping", "counts-two-ways", "unpaired-quote", "unpaired-bracket"),
}
"""The rules that report forms which a house style does not have."""


def _id(row: Any) -> str:
    return f"{row.style}-{row.language}-{row.form}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.use == "writes"], ids=_id)
def test_a_style_writes_the_form_of_the_evidence(row: Any) -> None:
    if row.fact:
        assert REFERENCE.written(row.style, row.language, [(row.fact, row.filter)]) == [row.form]
    else:
        assert row.form in REFERENCE.forms_of(house_style(row.style, Workspace()), row.language, row.key)


@pytest.mark.parametrize("row", [row for row in ROWS if row.use == "accepts"], ids=_id)
def test_a_style_accepts_the_form_of_the_evidence(row: Any, tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    title = "Title" if row.language == "en" else "題目"
    source.write_text(
        f"schema: 1\nkind: press-release\nid: row\nstyle: {row.style}\nissued: 2026-03-05\nlanguages: [{row.language}]\n"
        f'title: {{{row.language}: "{title}"}}\nbody:\n  - id: lead\n    paragraph: {{{row.language}: "{row.form}"}}\n',
        "utf-8",
    )
    assert [finding for finding in check([source]) if finding.code in STYLE_RULES] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.use == "accepts" and row.fact], ids=_id)
def test_a_value_is_read_in_the_accepted_form(row: Any) -> None:
    style = house_style(row.style, Workspace())
    value_context = ValueContext(languages(Workspace())[row.language], style, Date(2026, 3, 5))
    (own_form,) = REFERENCE.written(row.style, row.language, [(row.fact, row.key.split(".")[0])])
    ((own_span,), (span,)) = (recognise(text, value_context) for text in (own_form, row.form))
    assert (span.value, span.surface) == (own_span.value, row.form)


def test_each_row_names_a_style_a_language_and_a_key() -> None:
    for row in ROWS:
        style = house_style(row.style, Workspace())
        keys = {key for key, _ in REFERENCE.key_values(style.languages[row.language])} | {"release.end-mark"}
        assert row.key in keys, row
        assert row.use in ("writes", "accepts"), row
        assert row.where, row


def test_no_count_exceeds_its_total() -> None:
    assert [row for row in ROWS if row.of and int(row.count) > int(row.of)] == []


def test_each_style_has_evidence() -> None:
    assert sorted({row.style for row in ROWS}) == style_names(Workspace())


def test_the_page_on_styles_is_current() -> None:
    assert REFERENCE.PAGE.read_text("utf-8") == REFERENCE.page(), "run `make docs`"
