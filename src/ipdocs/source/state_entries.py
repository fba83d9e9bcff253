"""The approvals, readings, remarks and inherited facts of a state file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from ipdocs.findings import IpdocsError
from ipdocs.source.state_values import BRIEF, Locator, malformed, scalar_text


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's approval of a document.

    Attributes:
        by: who approved the document.
        at: the date and time of the approval in ISO 8601 format.
        digests: a digest of each approved block, keyed by the id of the block in the order of the document, to detect later
            changes; see `localisation.approval`.
    """

    by: str
    at: str
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A block that a person has read before approving the document.

    Attributes:
        block: the id of the block.
        digest: the digest of the block as it was read.
        by: who read it.
        at: the date and time in ISO 8601 format.
    """

    block: str
    digest: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark of a reader on a block.

    Attributes:
        block: the id of the block.
        language: the language of the words that the remark is about; empty for all languages.
        text: the remark.
        by: who made it.
        at: its date and time in ISO 8601 format.
        settled_by: who settled it; empty while it is open.
        settled_at: when it was settled, in ISO 8601 format; empty while it is open.
    """

    block: str
    language: str
    text: str
    by: str
    at: str
    settled_by: str = ""
    settled_at: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells the remark from others: everything but who settled it."""
        return self.block, self.language, self.text, self.by, self.at


_APPROVAL_HINT = "write by and at, and the digests of the approved blocks"
_READING_HINT = "write block, digest, by and at"
_REMARK_HINT = "write block, language, text, by and at, and optionally settled_by and settled_at"
_INHERITED_HINT = "write the names of facts, each with the value that it had: day: date 2018-08-21"


def read_approvals(state: dict[str, Any], locator: Locator) -> tuple[Approval, ...]:
    """Return the approvals of a state file.

    Raises:
        IpdocsError: an approval is malformed.
    """
    return tuple(
        Approval(
            scalar_text(entry["by"], partial(place, "by"), _APPROVAL_HINT),
            scalar_text(entry["at"], partial(place, "at"), _APPROVAL_HINT),
            _scalars(entry.get("digests") or {}, partial(place, "digests"), _APPROVAL_HINT),
        )
        for entry, place in _entries(state, "approvals", {"by", "at"}, {"digests"}, locator, _APPROVAL_HINT)
    )


def approval_entry(approval: Approval) -> dict[str, Any]:
    """Return the entry of a state file for an approval."""
    return asdict(approval)


def read_readings(state: dict[str, Any], locator: Locator) -> tuple[Reading, ...]:
    """Return the readings of a state file.

    Raises:
        IpdocsError: a reading is malformed.
    """
    names = {"block", "digest", "by", "at"}
    return tuple(
        Reading(**{name: scalar_text(entry[name], partial(place, name), _READING_HINT) for name in names})
        for entry, place in _entries(state, "readings", names, set(), locator, _READING_HINT)
    )


def reading_entry(reading: Reading) -> dict[str, str]:
    """Return the entry of a state file for a reading."""
    return asdict(reading)


def read_remarks(state: dict[str, Any], locator: Locator) -> tuple[Remark, ...]:
    """Return the remarks of a state file.

    Raises:
        IpdocsError: a remark is malformed.
    """
    required, optional = {"block", "text", "by", "at"}, {"language", "settled_by", "settled_at"}
    return tuple(
        Remark(**{name: scalar_text(entry.get(name, ""), partial(place, name), _REMARK_HINT) for name in required | optional})
        for entry, place in _entries(state, "remarks", required, optional, locator, _REMARK_HINT)
    )


def remark_entry(remark: Remark) -> dict[str, str]:
    """Return the entry of a state file for a remark."""
    return {name: value for name, value in asdict(remark).items() if value}


def read_inherited(state: dict[str, Any], locator: Locator) -> dict[str, str]:
    """Return the values that facts were taken over with, keyed by the name of the fact.

    Raises:
        IpdocsError: the entry is malformed.
    """
    return _scalars(state.get("inherited") or {}, partial(locator, "inherited"), _INHERITED_HINT)


def _scalars(entries: Any, locator: Locator, hint: str) -> dict[str, str]:
    """Return a mapping of a state file from names to single values."""
    if not isinstance(entries, dict):
        raise IpdocsError([malformed(locator(), f"{BRIEF.repr(entries):.80} is not a mapping", hint)])
    return {str(name): scalar_text(value, partial(locator, name), hint) for name, value in entries.items()}


def _entries(
    state: dict[str, Any], key: str, required: set[str], optional: set[str], locator: Locator, hint: str
) -> Iterator[tuple[dict[str, Any], Locator]]:
    """Yield the entries of a list in a state file, each with a function that locates its values."""
    entries = state.get(key) or []
    if not isinstance(entries, list):
        raise IpdocsError([malformed(locator(key), f"{key} is not a list", hint)])
    for index, entry in enumerate(entries):
        place = partial(locator, key, index)
        if not isinstance(entry, dict) or not required <= entry.keys() <= required | optional:
            raise IpdocsError([malformed(place(), f"{BRIEF.repr(entry):.80} is not an entry of {key}", hint)])
        yield entry, place
