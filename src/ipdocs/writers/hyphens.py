"""Find the hyphens that are non-breaking in Word and PDF files: before a digit, or after a short prefix in English."""

from __future__ import annotations

import re

_NON_BREAKING = {
    True: re.compile(r"(?<=\w)-(?=\d)"),
    False: re.compile(r"(?<=\w)-(?=\d)|(?<![\w'’-])([A-Za-z]{1,3})-(?=[A-Za-z])"),
}
"""Patterns for Chinese (True) and English (False): 2018-19 and COVID-19 in both, and co-operation or non-local in English."""

_ADDRESS = re.compile(r"([!-~]*(?:://|www\.|@)[!-~]*)")
"""A web or e-mail address."""


def split_at_hyphens(text: str, *, chinese: bool) -> list[str]:
    """Return the parts of a text between its non-breaking hyphens; addresses are not split.

    `"-".join(parts)` restores the text.
    """
    if "-" not in text:
        return [text]
    parts = [""]
    for index, piece in enumerate(_ADDRESS.split(text)):
        is_address = bool(index % 2)
        first, *rest = [piece] if is_address else _split(piece, _NON_BREAKING[chinese])
        parts[-1] += first
        parts += rest
    return parts


def _split(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Split a text at the hyphens that a pattern finds."""
    ends = [match.end() for match in pattern.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*(end - 1 for end in ends), len(text)], strict=True)]
