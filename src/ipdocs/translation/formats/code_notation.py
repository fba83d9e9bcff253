"""Codes for readers without a translator's tool: ‹1 17th› stands for a fact, ‹2›…‹/2› stand around emphasis and links."""

from __future__ import annotations

import re

from ipdocs.source.segment import Ref, ReturnedSegment, Segment, number_codes
from ipdocs.translation.job import TranslationJob, TranslationUnit

COLUMNS = ("place", "source", "target", "note")
RULES = (
    "Write the translation into the column on the right. Keep ‹1 …›, ‹2›…‹/2› as they are: they stand for facts, emphasis and "
    "links, and may be moved. Do not change the columns on the left."
)
_MARK = re.compile(r"‹‹|‹(?P<close>/?)(?P<id>\d{1,4})(?P<rest>[^‹›]*)›")


def write_codes(unit: TranslationUnit) -> tuple[str, str]:
    """Return a unit's source and translation with marks for their codes; the translation is empty where there is none."""
    ours, theirs = number_codes(unit.source, unit.target)
    return _spelt(unit.source, [number for number, _ in ours]), _spelt(unit.target or (), [number for number, _ in theirs])


def _spelt(parts: Segment, numbers: list[str]) -> str:
    made, position = [], 0
    for part in parts:
        if isinstance(part, str):
            made.append(part.replace("‹", "‹‹"))
            continue
        number = numbers[position]
        position += 1
        said = part.display.replace("‹", "(").replace("›", ")")
        if part.role == "close":
            made.append(f"‹/{number}›")
        else:
            made.append(f"‹{number} {said}›" if part.role == "alone" and said else f"‹{number}›")
    return "".join(made)


def parse_codes(text: str, paired: set[str]) -> ReturnedSegment:
    """Return a text with its marks as codes; paired names the ids that open and close."""
    parts: list[str | Ref] = []
    end = 0
    for match in _MARK.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match["id"] is None:
            parts.append("‹")
        elif match["close"]:
            parts.append(Ref(match["id"], "close"))
        else:
            parts.append(Ref(match["id"], "open" if match["id"] in paired else "alone"))
    return (*parts, text[end:])


def paired_ids(text: str) -> set[str]:
    """Return the ids that some mark of a text closes."""
    return {match["id"] for match in _MARK.finditer(text) if match["id"] and match["close"]}


def column_headings(exchange: TranslationJob) -> tuple[str, str, str, str]:
    """Return the heads of the columns: the languages are read back from them."""
    return (COLUMNS[0], exchange.source_tag, exchange.target_tag, COLUMNS[3])


def unit_note(unit: TranslationUnit) -> str:
    """Return what is to be known of a unit: how it stands, its notes, what the memory offers."""
    state = {"draft": "a draft", "stale": "made from other words", "initial": "to be translated"}.get(unit.state)
    offers = [f"{offer.percent:g} % {offer.origin}" for offer in unit.offers]
    return "; ".join([*([state] if state else []), *unit.notes, *offers])
