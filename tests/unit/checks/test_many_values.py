"""Comparison of texts with many different values."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from tests.unit.values.test_expressions import SENTENCES

from ipdocs.checks import values
from ipdocs.checks.equal_values import are_equal, find_values, has_end, index_values
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.pipeline.check import check
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import ValueSpan
from ipdocs.workspace import Workspace


def test_an_index_has_every_equal_value() -> None:
    workspace, spans = Workspace(), []
    for sentence, code, style, _ in SENTENCES:
        context = ValueContext(language(code, workspace), house_style(style, workspace), Date(2026, 1, 22))
        spans += recognise(sentence, context)
    spans = list({(span.value, span.surface): span for span in spans}.values())
    spans = [ValueSpan(span.value, span.surface, index, index + 1) for index, span in enumerate(spans)]
    index = index_values(spans)
    found = {(span.start, candidate.start) for span in spans for candidate in find_values(index, span)}
    expected = {
        (span.start, candidate.start)
        for span, candidate in product(spans, spans)
        if are_equal(span, candidate) or are_equal(candidate, span) or has_end(candidate, span)
    }
    assert len(expected) > len(spans) > 300
    assert expected <= found


@pytest.mark.parametrize("difference", [0, 3])
def test_the_time_is_linear_in_the_number_of_values(difference: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def counted(first: ValueSpan, second: ValueSpan) -> bool:
        nonlocal calls
        calls += 1
        return are_equal(first, second)

    monkeypatch.setattr(values, "are_equal", counted)
    numbers = range(2000, 5000, 10)
    path = tmp_path / "codes.yaml"
    path.write_text(
        "schema: 1\nkind: press-release\nid: codes\nstyle: gia\nissued: 2026-04-21\nlanguages: [en, tc]\n"
        'title: {en: "Codes", tc: "代號"}\nbody:\n  - id: lead\n    paragraph:\n'
        f'      en: "Codes {", ".join(map(str, numbers))} are in use."\n'
        f'      tc: "代號{"、".join(str(number + difference) for number in numbers)}已經使用。"\n',
        encoding="utf-8",
    )
    findings = check([path])
    assert sum(finding.code == "number-differs" for finding in findings) == (len(numbers) if difference else 0)
    assert calls < 20 * len(numbers)
