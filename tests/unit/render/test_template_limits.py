"""A template that loses words, reaches out or never ends is refused at once, with its line."""

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
    begun = time.process_time()
    with pytest.raises(IpdocsError) as raised:
        render(folder, template)
    assert time.process_time() - begun < 5
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
def test_what_no_layout_can_show_is_a_finding(template: str, code: str, place: str, tmp_path: Path) -> None:
    told = refused(tmp_path, template)
    assert told.startswith(f"error[{code}]: ")
    assert f"  --> {place}" in told
    assert "   = hint: " in told


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
def test_a_template_that_never_ends_is_refused_at_once(template: str, tmp_path: Path) -> None:
    told = refused(tmp_path, template)
    assert told.startswith(("error[bad-template]: ", "error[no-template]: "))
    assert "  --> " in told


@pytest.mark.parametrize("name", ["document.html", "more.html"])
def test_a_template_that_includes_itself_is_told_at_its_own_line(name: str, tmp_path: Path) -> None:
    shipped = '{% import "_shared/blocks.html" as blocks with context %}\n'
    (tmp_path / "templates/press-release").mkdir(parents=True)
    (tmp_path / "templates/press-release/more.html").write_text(
        f"{shipped}{{% include 'press-release/document.html' %}}", "utf-8"
    )
    told = refused(tmp_path, f"{shipped}{{% include 'press-release/{name}' %}}")
    assert told.startswith("error[bad-template]: this template includes or calls itself without end")
    assert "  --> HTML:4\n" in told
    assert "   = hint: take out the include" in told


def test_a_template_of_a_million_lines_is_refused(tmp_path: Path) -> None:
    assert "characters" in refused(tmp_path, "<!-- nothing -->\n" * 1_000_000)


def test_comments_and_blanks_between_blocks_are_no_words(tmp_path: Path) -> None:
    html = render(tmp_path, '<!-- ours --> \n<p data-block="b">One<!-- inside --> word.</p>\n')
    assert "One word." in html.body.text_content()
    assert "ours" not in html.body.text_content()


def test_a_block_of_the_source_that_has_a_templates_name_is_told(tmp_path: Path) -> None:
    template = '{% for block in document.body %}<p data-block="{{ block.id }}">{{ block.paragraph }}</p>{% endfor %}'
    told = refused(tmp_path, f'<p data-block="lead">The template\'s own.</p>{template}')
    assert told.startswith("error[duplicate-block]: two elements at the top have the name 'lead'")
