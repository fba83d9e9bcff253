"""The text of templates: dates that do not break, except in narrow columns, and titles for the properties."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.locale.language import language
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.source.open import open_source
from ipdocs.templating.render_html import render_html
from ipdocs.templating.template import render_fragment
from ipdocs.workspace import Workspace
from ipdocs.writers.docx.writer import write

RELEASE = """\
schema: 1
kind: press-release
id: small
issued: 2018-08-21
embargo: 2018-08-22
languages: [en, tc]
title: {en: "A *title*[^why]", tc: "標題[^why]"}
body:
  - id: chart
    figure: {file: chart.svg, alt: {en: "A *chart* of [\\"cases\\"](https://example.org)", tc: "*圖*"}}
  - id: notes
    footnotes: {why: {en: "Because.", tc: "因為。"}}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40"/></svg>'


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "chart.svg").write_text(PICTURE, "utf-8")
    path = tmp_path / "release.yaml"
    path.write_text(RELEASE, "utf-8")
    return path


def view(path: Path, code: str) -> LocalisedDocument:
    return localise(open_source(path), language(code, Workspace()))


@pytest.fixture(scope="module")
def minutes(root: Path) -> LocalisedDocument:
    source = open_source(root / "fixtures/gd-hk-ip-17-minutes/minutes.yaml")
    return localise(source, language("en", Workspace()))


def test_dates_in_templates_do_not_break(minutes: LocalisedDocument) -> None:
    html = render_fragment(minutes)
    assert "held on 5\u00a0September\u00a02017 were" in html
    assert "Tuesday, 21\u00a0August 2018" in html
    assert '<span class="due">28\u00a0September 2018</span>' in html


def test_a_label_stays_with_its_letter(minutes: LocalisedDocument) -> None:
    assert ">Annex\u00a0A</a>" in render_fragment(minutes)


def test_dates_in_narrow_columns_may_break(minutes: LocalisedDocument) -> None:
    assert "<td>31 October 2018</td>" in render_fragment(minutes, "actions.html")


@pytest.mark.parametrize(
    ("code", "words"), [("en", "Embargoed until August\u00a022,\u00a02018"), ("tc", "禁止在二○一八年八月二十二日前發布")]
)
def test_embargo_may_have_no_time(release: Path, code: str, words: str) -> None:
    assert words in render_fragment(view(release, code))


def test_alternative_text_is_plain(release: Path) -> None:
    html = render_fragment(view(release, "en"))
    assert 'alt="A chart of &#34;cases&#34;"' in html


def test_title_property_has_no_notes(release: Path) -> None:
    tree = render_html([view(release, "en")])
    assert tree.metadata.title == "A title (with photo)"


def test_long_title_property_is_shortened_for_word(release: Path) -> None:
    release.write_text(RELEASE.replace("A *title*[^why]", "A long title " * 20 + "[^why]"), "utf-8")
    tree = render_html([view(release, "en"), view(release, "tc")])
    assert len(tree.metadata.title) == 255
    assert tree.metadata.title.endswith("A long …")
    assert write(tree, Workspace()).data
