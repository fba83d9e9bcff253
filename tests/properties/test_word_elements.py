"""Every word of a Word file is imported once or named as left out, whatever elements it stands in."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from ipdocs.importing.import_release import import_release

from .word_elements import ELEMENTS, file_with, random_file

NOW = datetime(2026, 11, 22)
CASES = [(place, element) for place, elements in ELEMENTS.items() for element in elements]


def places_of_words(data: bytes) -> tuple[Counter[str], Counter[str]]:
    """Import a Word file; return how often each made-up word is in the source, and how often it is reported as left out."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(data)
        summary = import_release([path], Path(folder) / "new", NOW)
        source = re.sub(r"(?m)^(?:id| *(?:- )?id): .*$", "", summary.path.read_text("utf-8"))
    left_out = " ".join(entry.text for _, entry in summary.left_out)
    return Counter(re.findall("x[a-z]{6}q", source)), Counter(re.findall("x[a-z]{6}q", left_out))


def check(data: bytes, words: list[str]) -> None:
    taken, left_out = places_of_words(data)
    assert {word: (taken[word], left_out[word]) for word in words if taken[word] + left_out[word] != 1} == {}


@pytest.mark.parametrize(("place", "element"), CASES, ids=[f"{element} among {place}" for place, element in CASES])
def test_every_element_is_imported_or_left_out(place: str, element: str) -> None:
    for seed in range(3):
        check(*file_with(place, element, Random(f"{place} {element} {seed}")))


@pytest.mark.parametrize("seed", range(60))
def test_elements_within_each_other_are_accounted_for(seed: int) -> None:
    check(*random_file(Random(seed)))
