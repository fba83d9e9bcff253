"""A document on its way to a translator and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ipdocs.translation.exchange.segment import Raw, Segment

State = Literal["initial", "draft", "stale", "translated", "reviewed"]
"""How a translation stands: not there, a draft of memory or machine, made from other words, written, confirmed by a person."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the memory has for a text: its words, how alike what they translate is in per cent, and where they come from."""

    target: Segment
    percent: float
    origin: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One text: its place ("lead.paragraph"), its words and their translation, if there is one."""

    name: str
    source: Segment
    target: Segment | None
    state: State
    notes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """The texts of a document in two languages, by the tags of BCP 47."""

    document: str
    source: str
    target: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """A text that came back, with the line (or row) of the file where it begins; done says that it is no longer a draft.

    source is None where a format does not carry it.
    """

    name: str
    source: Raw | None
    target: Raw | None
    line: int = 0
    done: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back: for which document it is and in which languages, as far as it says so."""

    document: str
    target: str
    units: tuple[ReturnedUnit, ...]
