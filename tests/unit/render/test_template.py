"""What templates put in: dates that stay whole where there is room, and words that may break where there is none."""

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


def view(path: Path, short: str) -> LocalisedDocument:
    return localise(open_source(path), language(short, Workspace()))


@pytest.fixture(scope="module")
def minutes(root: Path) -> LocalisedDocument:
    source = open_source(root / "fixtures/gd-hk-ip-17-minutes/minutes.yaml")
    return localise(source, language("en", Workspace()))


def test_a_date_of_a_template_is_not_parted(minutes: LocalisedDocument) -> None:
    made = render_fragment(minutes)
    assert "held on 5\u00a0September\u00a02017 were" in made
    assert "Tuesday, 21\u00a0August 2018" in made
    assert '<span class="due">28\u00a0September 2018</span>' in made


def test_a_label_stays_with_its_letter(minutes: LocalisedDocument) -> None:
    assert ">Annex\u00a0A</a>" in render_fragment(minutes)


def test_in_the_narrow_column_of_a_list_a_date_may_be_parted(minutes: LocalisedDocument) -> None:
    assert "<td>31 October 2018</td>" in render_fragment(minutes, "actions.html")


@pytest.mark.parametrize(
    ("short", "words"), [("en", "Embargoed until August\u00a022,\u00a02018"), ("tc", "禁止在二○一八年八月二十二日前發布")]
)
def test_an_embargo_needs_no_time_of_day(release: Path, short: str, words: str) -> None:
    assert words in render_fragment(view(release, short))


def test_the_words_for_a_picture_are_plain(release: Path) -> None:
    made = render_fragment(view(release, "en"))
    assert 'alt="A chart of &#34;cases&#34;"' in made


def test_the_title_among_the_properties_has_no_notes(release: Path) -> None:
    tree = render_html([view(release, "en")])
    assert tree.metadata.title == "A title (with photo)"


def test_a_title_among_the_properties_is_cut_to_what_word_has_room_for(release: Path) -> None:
    release.write_text(RELEASE.replace("A *title*[^why]", "A long title " * 20 + "[^why]"), "utf-8")
    tree = render_html([view(release, "en"), view(release, "tc")])
    assert len(tree.metadata.title) == 255
    assert tree.metadata.title.endswith("A long …")
    assert write(tree, Workspace()).data
