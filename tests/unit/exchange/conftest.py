"""A workspace with a copy of a fixture, to write into."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[str], Path]:
    """Copy a fixture ("gd-hk-ip-17/release.yaml") with all beside it into a workspace of its own, and return its source."""

    def copy(name: str) -> Path:
        (tmp_path / "locales").mkdir(exist_ok=True)
        source = ROOT / "fixtures" / name
        shutil.copytree(source.parent, tmp_path / source.parent.name)
        return tmp_path / name

    return copy


@pytest.fixture
def release(copied: Callable[[str], Path]) -> Path:
    """The release of the 17th meeting, in a workspace of its own."""
    return copied("gd-hk-ip-17/release.yaml")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A release with every kind of code and with signs that look like markup."""
    (tmp_path / "locales").mkdir()
    path = tmp_path / "release.yaml"
    path.write_text(SMALL, "utf-8")
    return path


SMALL = r"""schema: 1
kind: press-release
id: small
issued: 2018-08-22
languages: [en, tc]
facts:
  met: {date: 2018-08-21}
  drew: {integer: 140}
title:
  en: "A talk held"
  tc: "講座舉行"
body:
  - id: lead
    paragraph:
      en: |
        The **[first]{keep} talk** was held on {{ met | day }} with {{ drew | number }} people on 40 m^2^, as
        [the site](https://www.example.org/a_b) says.[^count] It was \*free\* ‹and open›.
      tc: |
        **首次講座**{{ met | day }}舉行，{{ drew | number }}人出席，詳見[網站](https://www.example.org/a_b)（40 m^2^）。[^count]
  - id: more
    paragraph:
      en: "=Two lines\nhere, & <so> on."
      tc: '兩行\
        在此。'
  - id: open
    paragraph:
      en: "A third talk follows on March 5."
  - id: notes
    footnotes:
      count: {en: "By the door.", tc: "門口點算。"}
"""
