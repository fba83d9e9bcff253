"""Templates that lose words, load something or never end are refused at once with their line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import languages
from ipdocs.localisation.localise import localise
from ipdocs.source.open import open_source
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html
from ipdocs.workspace import Workspace

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

BEGINNING = '<h1 data-block="head">{{ document.title }}</h1>\n<p class="x" data-block="a"><span>x</span></p>\n'


def render(folder: Path, template: str) -> HtmlDocument:
    (folder / "templates/press-release").mkdir(parents=True, exist_ok=True)
    (folder / "x.yaml").write_text(SOURCE, "utf-8")
    (folder / "templates/press-release/document.html").write_text(BEGINNING + template, "utf-8")
    source = open_source(folder / "x.yaml")
    return render_html([localise(source, languages(Workspace(folder))[code]) for code in ("en", "tc")])


def refused(folder: Path, template: str) -> str:
    start = time.process_time()
    with pytest.raises(IpdocsError) as raised:
        render(folder, template)
    assert time.process_time() - start < 5
    return str(raised.value.findings[0]).replace(str(folder / "templates/press-release/document.html"), "HTML")


@pytest.mark.parametrize(
    ("template", "code", "place"),
    [
        ("<p>No name.</p>", "no-block-name", "HTML:3:1"),
        ('<p data-block="a">Twice.</p>', "duplicate-block", "HTML"),
        ("Words that stand alone", "stray-text", "HTML:3:1"),
        ('<p data-block="b" onclick="x()">x</p>', "unknown-attribute", "HTML:3:1"),
        ('<p data-block="b" style="background: url(http://example.org/x)">x</p>', "unknown-attribute", "HTML:3:1"),
        ('<img data-block="b" srcset="http://example.org/x 1x" src="x.png" alt="x">', "unknown-attribute", "HTML:3:1"),
        ('<p data-block="b"><a href="javascript:alert(1)">x</a></p>', "bad-template", "HTML:3:19"),
        ('<img data-block="b" src="x.png">', "bad-template", "HTML:3:1"),
        ('<img data-block="b" src="none.png" alt="x">', "no-such-file", "HTML:3:26"),
        ('<ol data-block="b" start="99999999999"><li>x</li></ol>', "bad-template", "HTML:3:1"),
        ('<div data-block="b">' + "<div>" * 200 + "x" + "</div>" * 201, "bad-template", "HTML:3:21"),
        ('<p data-block="b">\x0c</p>', "bad-template", "HTML:1"),
    ],
)
def test_html_that_no_layout_can_show_is_refused(template: str, code: str, place: str, tmp_path: Path) -> None:
    report = refused(tmp_path, template)
    assert report.startswith(f"error[{code}]: ")
    assert f"  --> {place}" in report
    assert "   = hint: " in report


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
        "{{ 'x' * 1000000000 }}",
        "{{ [0] * 1000000000 }}",
        "{{ 10 ** 10 ** 9 }}",
        "{% set n = namespace(x='xxxxxxxxxx') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='xxxxxxxxxx') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{{ 'x' | center(1000000000) }}",
        "{{ 'x'.rjust(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 99999999999 | roman }}",
        "{{ 1 / 0 }}",
        "{% include 'press-release/document.html' %}",
        "{% import '../../../../etc/hostname' as x %}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{% for x in range(2) %}" * 30 + "{% endfor %}" * 30,
        "{% if %}",
    ],
)
def test_endless_template_is_refused_at_once(template: str, tmp_path: Path) -> None:
    report = refused(tmp_path, template)
    assert report.startswith(("error[bad-template]: ", "error[no-template]: "))
    assert "  --> " in report


@pytest.mark.parametrize("name", ["document.html", "more.html"])
def test_endless_include_is_reported_at_its_line(name: str, tmp_path: Path) -> None:
    shipped = '{% import "_shared/blocks.html" as blocks with context %}\n'
    (tmp_path / "templates/press-release").mkdir(parents=True)
    (tmp_path / "templates/press-release/more.html").write_text(
        f"{shipped}{{% include 'press-release/document.html' %}}", "utf-8"
    )
    report = refused(tmp_path, f"{shipped}{{% include 'press-release/{name}' %}}")
    assert report.startswith("error[bad-template]: ")
    assert "  --> HTML:4\n" in report
    assert "   = hint: " in report


def test_template_of_a_million_lines_is_refused(tmp_path: Path) -> None:
    assert "1,000,000" in refused(tmp_path, "<!-- nothing -->\n" * 1_000_000)


def test_comments_between_blocks_are_ignored(tmp_path: Path) -> None:
    html = render(tmp_path, '<!-- ours --> \n<p data-block="b">One<!-- inside --> word.</p>\n')
    assert "One word." in html.body.text_content()
    assert "ours" not in html.body.text_content()


def test_block_with_the_name_of_a_template_block_is_refused(tmp_path: Path) -> None:
    template = '{% for block in document.body %}<p data-block="{{ block.id }}">{{ block.paragraph }}</p>{% endfor %}'
    report = refused(tmp_path, f'<p data-block="lead">The template\'s own.</p>{template}')
    assert report.startswith("error[duplicate-block]: ")
    assert "'lead'" in report
