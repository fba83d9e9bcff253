"""What a template's own expressions do wrong is a finding with the template's line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

EXAMPLE = Path(__file__).resolve().parents[3] / "fixtures/example-gia"


def office(folder: Path, expression: str) -> Path:
    """A workspace whose releases say an expression on their second line, with a release."""
    (folder / "templates/press-release").mkdir(parents=True)
    (folder / "locales").mkdir()
    text = f'<h1 data-block="head">{{{{ document.title }}}}</h1>\n<p data-block="lead">{expression}</p>\n'
    (folder / "templates/press-release/document.html").write_text(text, "utf-8")
    source = folder / "one/release.yaml"
    source.parent.mkdir()
    for one in EXAMPLE.iterdir():
        (source.parent / one.name).write_bytes(one.read_bytes())
    return source


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("{{ 1 / 0 }}", "ZeroDivisionError: division by zero"),
        ("{% for one in range(10**9) %}{% endfor %}", "OverflowError: Range too big. "),
        ("{{ 'a' + 1 }}", "TypeError: can only concatenate str"),
        ("{{ document.issued | roman }}", "TypeError: '<=' not supported"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "this template includes or calls itself without end"),
    ],
)
def test_what_an_expression_does_wrong_is_a_finding_with_its_line(expression: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        build([office(tmp_path, expression)], tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",)))
    (finding,) = caught.value.findings
    assert finding.code == "bad-template"
    assert finding.message.startswith(message)
    assert finding.location
    assert (finding.location.path.name, finding.location.line) == ("document.html", 2)
