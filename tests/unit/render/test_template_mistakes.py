"""Mistakes in the expressions of a template are findings with the template's line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

EXAMPLE = Path(__file__).resolve().parents[3] / "fixtures/example-gia"


def office(folder: Path, expression: str) -> Path:
    """Make a workspace whose releases have an expression on their second line, and return its source."""
    (folder / "templates/press-release").mkdir(parents=True)
    (folder / "locales").mkdir()
    text = f'<h1 data-block="head">{{{{ document.title }}}}</h1>\n<p data-block="lead">{expression}</p>\n'
    (folder / "templates/press-release/document.html").write_text(text, "utf-8")
    source = folder / "one/release.yaml"
    source.parent.mkdir()
    for path in EXAMPLE.iterdir():
        (source.parent / path.name).write_bytes(path.read_bytes())
    return source


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ("{{ 1 / 0 }}", "this expression fails: ZeroDivisionError: division by zero"),
        ("{% for number in range(10**9) %}{% endfor %}", "this expression fails: OverflowError: Range too big. "),
        ("{{ 'a' + 1 }}", "this expression fails: TypeError: can only concatenate str"),
        ("{{ document.issued | roman }}", "this expression fails: TypeError: '<=' not supported"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "this template"),
    ],
)
def test_mistake_in_an_expression_is_reported_with_its_line(expression: str, error: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        build([office(tmp_path, expression)], tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",)))
    (finding,) = caught.value.findings
    assert finding.code == "bad-template"
    assert finding.message.startswith(error)
    assert finding.location
    assert (finding.location.path.name, finding.location.line) == ("document.html", 2)
