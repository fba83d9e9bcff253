"""Stylesheets that load something, or would take for ever, are refused at once with line and column."""

from __future__ import annotations

import time
from base64 import b64encode
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.stylesheet_limits import read_stylesheet_text

SOURCE = """\
schema: 1
kind: press-release
id: x
issued: 2018-08-21
languages: [en, tc]
title: {en: "A title", tc: "標題"}
body:
  - {id: lead, paragraph: {en: "One text.", tc: "一段文字。"}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates/press-release").mkdir(parents=True)
    (tmp_path / "x.yaml").write_text(SOURCE, "utf-8")
    return tmp_path


def refused(folder: Path, css: str) -> str:
    path = folder / "templates/press-release/style.css"
    path.write_bytes(css.encode("utf-8"))
    start = time.process_time()
    with pytest.raises(IpdocsError) as raised:
        build([folder / "x.yaml"], folder / "out", BuildRequest(editions=("en",), formats=("docx", "pdf", "html")))
    assert time.process_time() - start < 5
    assert not (folder / "out").exists()
    return str(raised.value).replace(str(path), "CSS")


@pytest.mark.parametrize("css", ["p\n@import 'other.css';\n@page { margin: 1cm }", "p { color: red\n@font-face }"])
def test_rule_swallowed_by_an_unfinished_one_is_reported(folder: Path, css: str) -> None:
    report = refused(folder, css)
    assert "error[bad-style]: " in report
    assert "CSS:2:1" in report


@pytest.mark.parametrize(
    "rule",
    [
        '@import "other.css";',
        "@import url(//example.org/x.css);",
        "@im\\port 'http://example.org/x.css' print;",
        "@namespace svg url(http://example.org/svg);",
        "@font-face { font-family: x; src: url(http://example.org/x.woff) }",
        "@font-face { font-family: x; src: local('Arial') }",
        "p { background: url(http://example.org/x.png) }",
        "p { background: url('//example.org/x.png') }",
        "p { background: image-set('http://example.org/x.png' 1x) }",
        "p { content: url(file:///etc/hostname) }",
        "@media screen { p { background: url(seal.png) } }",
        "@page { @top-left { content: url(http://example.org/x.png) } }",
        "p { --x: url(http://example.org/x.png) }",
        "p { & b { background: src('http://example.org/x.png') } }",
        "p { background: url(data:text/css;base64,eA==) }",
        "p { background: url('data:image/svg+xml,<svg/>') }",
    ],
)
def test_stylesheet_that_loads_something_is_refused(rule: str, folder: Path) -> None:
    report = refused(folder, f"/* ours */\n{rule}\n")
    assert report.startswith("error[refused-url]: ")
    assert "  --> CSS:2:" in report
    assert "   = hint: " in report


@pytest.mark.parametrize(
    "rule",
    [
        "p { width: calc(" + "(" * 60 + "1px" + ")" * 61 + " }",
        ":not(" * 60 + "p" + ")" * 60 + " { color: red }",
        " ".join(["p"] * 500) + " { color: red }",
        "p { & & { & & { & & { & & { & & { & & { & & { color: red } } } } } } } }",
        ":root { --a: var(--b) var(--b); --b: var(--c) var(--c); --c: var(--a) } p { margin: var(--a) }",
        "".join(f":root {{ --v{n}: {f'var(--v{n + 1}) ' * 9} }}" for n in range(9)) + "p { margin: var(--v0) }",
        "@page { size: 0 }",
        "@page { size: 1px 2px }",
        "@page { size: 90000cm 90000cm }",
        "body { column-count: 99999999 }",
        "p { font-size: 1e9pt }",
        "p { width: 1e-30px }",
        "@counter-style x { pad: 999999999 '0' } ol { list-style: x }",
        "p { tab-size: 1e400 }",
        "p { line-height: calc(100% / 0) }",
        "p { line-height: calc(100% / (1 - 1)) }",
        "p { line-height: calc(100% / 1e-300 / 1e-300) }",
        "p { line-height: abs(100% / 0) }",
        "p { line-height: calc(100% / pi) }",
        "p { line-height: calc(100% / - 2) }",
        "p { line-height: calc(100% /) }",
        "p { line-height: calc(100% / 0.001 / 0.001 / 0.001 / 0.001 / 0.001) }",
        ":root { --small: / 0.001 } p { line-height: calc(100% var(--small)) }",
        ":root { --zero: 0 } p { line-height: calc(100% / var(--zero)) }",
        ":root { --part: 100% / 0 } p { line-height: calc(var(--part)) }",
        ":root { --most: 1px infinity } p { line-height: calc(1px * var(--most)) }",
        ":root { --over: / } p { line-height: calc(100% var(--over) 0) }",
        ":root { --more: * 10000 } p { width: calc(1px var(--more)) }",
        "p { width: max(1px, min(2px, 3px * 9999 * 9999 * 9999)) }",
        "p { line-height: calc(1px * infinity) }",
        "p { line-height: calc(1px * -Infinity) }",
        "p { line-height: calc(1px * exp(9999)) }",
        "p { line-height: calc(1px * pow(9999, 9999)) }",
    ],
)
def test_stylesheet_over_the_limits_is_refused_at_once(rule: str, folder: Path) -> None:
    report = refused(folder, f"/* ours */\n{rule}\n")
    assert report.startswith("error[style-limit]: ")
    assert "  --> CSS:2:" in report


@pytest.mark.parametrize("css", ["p { color: red }\0", "p::after { content: '</style><script>' }", "p { content: '\x1b[31m' }"])
def test_characters_that_break_a_web_page_are_refused(css: str, folder: Path) -> None:
    assert refused(folder, css).startswith("error[control-character]: ")


def test_stylesheet_over_the_size_limit_is_refused(folder: Path) -> None:
    assert refused(folder, "p { color: red }\n" * 700_000).startswith("error[too-large]: ")


def test_weasyprint_error_is_reported_with_its_place(folder: Path) -> None:
    report = refused(folder, "/* ours */\nh1 { color: red }\np { line-height: mod(1px, 0px) }\n")
    assert report.startswith("error[bad-style]: ")
    assert "'line-height: mod(1px, 0px)': ZeroDivisionError" in report
    assert "  --> CSS:3:5\n" in report


def test_shipped_stylesheets_are_within_the_limits(root: Path) -> None:
    for path in root.glob("templates/**/*.css"):
        assert read_stylesheet_text(path)


def test_arithmetic_with_numbers_is_allowed(folder: Path) -> None:
    path = folder / "templates/press-release/style.css"
    path.write_text(
        ":root { --gap: 12pt; --none: } h1 { color: rgb(0 0 0 / 0) } p { width: calc((9em - 2 * var(--gap)) / 3 * 2) }",
        "utf-8",
    )
    assert read_stylesheet_text(path)


def test_embedded_picture_in_a_stylesheet_is_allowed(folder: Path) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    address = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
    (folder / "templates/press-release/style.css").write_text(f'h1 {{ background: url("{address}") }}', "utf-8")
    build([folder / "x.yaml"], folder / "out", BuildRequest(editions=("en",), formats=("html",)))
    assert "background: url" in (folder / "out/x/x.en.html").read_text("utf-8")
