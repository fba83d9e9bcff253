"""Time to recognise the values of a segment: about 0.1 ms is fast enough for the memory and checks."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

SEGMENTS = {
    "en": "The Expert Group was established after the Sixth Plenary of the Joint Conference in August 2003, and its 17th Meeting "
    "on August 21, 2018 set aside $14 million for seven projects in 2018-19, 3.9 per cent more than a year ago.",
    "tc": "專責小組在二○○三年八月粵港合作聯席會議第六次會議後成立，第十七次會議於二○一八年八月二十一日舉行，"
    "為二○一八至一九年度七個合作項目預留一千四百萬元，較去年增加百分之三點九，進一步推動「一帶一路」倡議。",
}


@pytest.mark.bench
@pytest.mark.parametrize("code", SEGMENTS)
def test_values_of_a_dense_segment_are_found_in_time(code: str, benchmark: BenchmarkFixture) -> None:
    value_context = ValueContext(language(code, Workspace()), house_style("gia", Workspace()), Date(2018, 8, 22))
    value_spans = benchmark(recognise, SEGMENTS[code], value_context)
    assert len([value_span for value_span in value_spans if value_span.form]) == 8
