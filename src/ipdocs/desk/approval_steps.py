"""What a step does for approving: a block is read, the document is approved, a remark is made or settled. No word changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ipdocs.desk.approval_view import remark_id
from ipdocs.desk.change_values import Change, optional_text, value
from ipdocs.desk.errors import bad_request, stale
from ipdocs.localisation.approval import approve, block_digests, read_block, read_by
from ipdocs.source.changes import SourceChanges
from ipdocs.source.characters import forbidden_characters
from ipdocs.source.open import Source
from ipdocs.source.state_entries import Remark
from ipdocs.source.texts import texts_by_block
from ipdocs.values.types import HONG_KONG

MAX_REMARK = 2000
"""The maximum length of a remark, in characters."""


def mark_read(source: Source, change: Change) -> SourceChanges:
    """Return the changes with which a person has read a row, whose digest must be the one that the page has shown.

    Raises:
        DeskError: the change is malformed, or the row reads differently in the meantime.
    """
    row, digest, by = value(change, "row", str), value(change, "digest", str), _person(change)
    digests = block_digests(source)
    if digests.get(row) != digest:
        raise stale()
    return SourceChanges() if row in read_by(source, by, digests) else read_block(source, row, by=by, at=_now())


def approve_document(source: Source, change: Change) -> SourceChanges:
    """Return the changes with which a person approves the document; that person must have read all of it.

    Raises:
        DeskError: the change is malformed, or something is not read as it stands now.
    """
    by, digests = _person(change), block_digests(source)
    if read_by(source, by, digests).keys() != digests.keys():
        raise stale()
    return approve(source, by=by, at=_now())


def make_remark(source: Source, change: Change) -> SourceChanges:
    """Return the changes that add a remark to a row, about one language or all.

    Raises:
        DeskError: the change is malformed, there is no such row, or the remark cannot stand in a file.
    """
    row, text, language = value(change, "row", str), value(change, "text", str).strip(), optional_text(change, "lang") or ""
    if not text or len(text) > MAX_REMARK or any(forbidden_characters(text.replace("\n", " "))):
        raise bad_request("a remark has words, and no control characters")
    if language and language not in map(str, source.document.languages):
        raise bad_request("a remark is about a language of the document")
    if row not in block_digests(source) and row not in texts_by_block(source.document):
        raise stale()
    return SourceChanges(remarks=(Remark(row, language, text, _person(change), _now()),))


def settle_remark(source: Source, change: Change) -> SourceChanges:
    """Return the changes with which a person settles a remark; nothing if it is settled already.

    Raises:
        DeskError: the change is malformed, or there is no such remark.
    """
    by, name = _person(change), value(change, "remark", str)
    remark = next((remark for remark in source.state.remarks if remark_id(remark) == name), None)
    if remark is None:
        raise stale()
    if remark.settled_by:
        return SourceChanges()
    return SourceChanges(remarks=(replace(remark, settled_by=by, settled_at=_now()),))


def _person(change: Change) -> str:
    by = str(value(change, "by", str)).strip()
    if not by or "\n" in by or any(forbidden_characters(by)):
        raise bad_request("an approval needs a name")
    return by


def _now() -> str:
    return datetime.now(HONG_KONG).isoformat(timespec="seconds")
