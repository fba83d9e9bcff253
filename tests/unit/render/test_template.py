"""What templates put in: dates that stay whole where there is room, and words that may break where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.locale.language import language
from ipdocs.render.template import fragment
from ipdocs.source.load import load
from ipdocs.view import View, localise
from ipdocs.workspace import Workspace


@pytest.fixture(scope="module")
def minutes(root: Path) -> View:
    document = load(root / "fixtures/gd-hk-ip-17-minutes/minutes.yaml")
    return localise(document, language("en", Workspace()), Workspace())


def test_a_date_of_a_template_is_not_parted(minutes: View) -> None:
    made = fragment(minutes, Workspace())
    assert "held on 5\u00a0September\u00a02017 were" in made
    assert "Tuesday, 21\u00a0August 2018" in made
    assert '<span class="due">28\u00a0September 2018</span>' in made


def test_a_label_stays_with_its_letter(minutes: View) -> None:
    assert ">Annex\u00a0A</a>" in fragment(minutes, Workspace())


def test_in_the_narrow_column_of_a_list_a_date_may_be_parted(minutes: View) -> None:
    assert "<td>31 October 2018</td>" in fragment(minutes, Workspace(), "actions.html")
