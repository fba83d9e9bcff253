"""Every word of a Word file is imported once or named as left out, whatever elements it stands in."""

from __future__ import annotations

from random import Random

import pytest

from .word_elements import ELEMENTS, file_with, random_file
from .word_mutations import change_elements, check_changed_file, places_of_words, seeds

CASES = [(place, element) for place, elements in ELEMENTS.items() for element in elements]


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


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(0, 400, 20))
def test_words_of_changed_files_are_accounted_for(seed: int) -> None:
    results = []
    for number in range(seed, seed + 20):
        random = Random(number)
        results.append(check_changed_file(change_elements(random.choice(seeds()), random)))
    assert sum(results) > len(results) / 2
