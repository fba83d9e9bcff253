"""Hyphens that no line ends with, in both formats: before a figure, and behind the short beginning of an English word."""

from __future__ import annotations

import re

_KEPT = {
    True: re.compile(r"(?<=\w)-(?=\d)"),
    False: re.compile(r"(?<=\w)-(?=\d)|(?<![\w'’-])([A-Za-z]{1,3})-(?=[A-Za-z])"),
}
"""2018-19 and COVID-19 in Chinese and in English; co-operation, re-export and non-local in English."""

_ADDRESS = re.compile(r"([!-~]*(?:://|www\.|@)[!-~]*)")


def parted(text: str, *, chinese: bool) -> list[str]:
    """Return the parts of a text between the hyphens that no line ends with; an address is copied as it is and keeps its own.

    Joined by hyphens the parts are the text.
    """
    if "-" not in text:
        return [text]
    parts = [""]
    for at, stretch in enumerate(_ADDRESS.split(text)):
        first, *rest = [stretch] if at % 2 else _parted(stretch, _KEPT[chinese])
        parts[-1] += first
        parts += rest
    return parts


def _parted(text: str, kept: re.Pattern[str]) -> list[str]:
    ends = [found.end() for found in kept.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*(end - 1 for end in ends), len(text)], strict=True)]
