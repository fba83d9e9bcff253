"""Write into a source that a check is not applied to a block or to the whole document, with the reason."""

from __future__ import annotations

from ipdocs.source.edits import Edit
from ipdocs.source.insertion import double_quoted
from ipdocs.source.open import Source
from ipdocs.source.yaml import Mapping, Scalar, Sequence, node_at

KEY = "allow"


def allowance_edit(source: Source, block: int | None, code: str, reason: str) -> Edit:
    """Return the edit that adds a check to `allow` of a block, or of the document; everything else stays byte for byte.

    A block in braces gets `allow` at its end; any other block, and the document, as a line of its own. An entry for the same
    check is replaced.

    Args:
        source: the source.
        block: the index of the block in the body; None for the document.
        code: the code of the check.
        reason: why the words are right; it must have a character other than a space.
    """
    if not reason.strip():
        raise ValueError("an allowance needs a reason")
    reason = " ".join(reason.split())
    owner = node_at(source.nodes.root, () if block is None else ("body", block))
    if not isinstance(owner, Mapping):
        raise TypeError("a block and a document are mappings")
    entry = f"{code}: {double_quoted(reason)}"
    allowed = owner.get(KEY)
    if isinstance(allowed, Mapping):
        known = allowed.get(code)
        if isinstance(known, Scalar):
            return Edit(known.start, known.end, double_quoted(reason))
        return _appended(source, allowed, entry)
    if owner.flow:
        return _appended(source, owner, f"{KEY}: {{{entry}}}")
    return _new_line(source, owner, f"{KEY}: {{{entry}}}")


def _appended(source: Source, mapping: Mapping, entry: str) -> Edit:
    """Return the edit that adds an entry at the end of a mapping: after a comma in braces, otherwise as a line."""
    file = source.text
    if mapping.flow:
        if not mapping.entries:
            return Edit(mapping.start + 1, mapping.start + 1, entry)
        end = max(value.end for _, value in mapping.entries.values())
        return Edit(end, end, f", {entry}")
    key = next(iter(mapping.entries.values()))[0]
    indent = " " * (file.locate(key.start).column - 1)
    return Edit(key.start, key.start, f"{entry}{file.newline}{indent}")


def _new_line(source: Source, owner: Mapping, line: str) -> Edit:
    """Return the edit that adds a line to a block or document: after its languages or id, or before its first key."""
    file = source.text
    first_key = next(iter(owner.entries.values()))[0]
    indent = " " * (file.locate(first_key.start).column - 1)
    before = next((owner.get(name) for name in ("languages", "id") if name in owner.entries), None)
    if before is None:
        return Edit(first_key.start, first_key.start, f"{line}{file.newline}{indent}")
    if isinstance(before, Sequence) and not before.flow:
        before = before.items[-1]
    start = file.next_line(before.end)
    if not file.text[:start].endswith(("\n", "\r")):
        return Edit(start, start, f"{file.newline}{indent}{line}")
    return Edit(start, start, f"{indent}{line}{file.newline}")
