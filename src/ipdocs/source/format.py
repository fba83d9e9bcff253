"""What `ipdocs format` writes into a source: ids for blocks that have none, quotes around text; nothing else changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import languages
from ipdocs.model.blocks import BLOCKS
from ipdocs.model.document import Body, Section
from ipdocs.model.text import Text
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.name_checks import defined_names, written_blocks
from ipdocs.source.nodes import SourceNodes, read_nodes, validate_record
from ipdocs.source.scalar import ScalarSpan
from ipdocs.source.update import write_text
from ipdocs.source.validation import document_kind
from ipdocs.source.yaml import Mapping, Sequence
from ipdocs.workspace import Workspace, find_workspace

_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def format_source(path: Path, workspace: Workspace | None = None) -> tuple[bool, list[Finding]]:
    """Add ids and quotes to the source in a file; return whether it changed, and what only its author can quote.

    Args:
        path: the YAML file of a document, or of a boilerplate section; it may lack what a source must have.
        workspace: by default the one in which the file stands.

    Raises:
        IpdocsError: it is no YAML, or it was changed by something else meanwhile.
    """
    source = _read(read_text(path))
    edits, findings = _edits(source, workspace or find_workspace(path))
    if not edits:
        return False, findings
    text = splice(source.file, edits)
    if _without_new_ids(_read(SourceText(path, text)), source) != source.data:
        raise AssertionError(f"{path} does not read back as it was")
    write_text(source.file, text)
    return True, findings


def format_text(file: SourceText, workspace: Workspace) -> tuple[str, list[Finding]]:
    """Return a source's text with ids and quotes added, and the findings on text that only its author can quote.

    The operation is idempotent. A source that is no YAML raises what is wrong with it.
    """
    edits, findings = _edits(_read(file), workspace)
    return splice(file, edits), findings


def _edits(source: SourceNodes, workspace: Workspace) -> tuple[list[Edit], list[Finding]]:
    """Return the edits that add ids and quotes to a source, and the findings on text that only its author can quote."""
    model: type[Body] = Section if source.data.get("kind") == "boilerplate" else document_kind(source, [])
    validate_record(source, model, list(languages(workspace)))
    quotes = [_quoted(source.file, text) for _, texts in source.texts() for text in texts.values() if text and not text.quoted]
    ids = [] if model is Section else _ids(source)
    edits = [*ids, *(edit for edit in quotes if isinstance(edit, Edit))]
    return edits, [finding for finding in quotes if isinstance(finding, Finding)]


def _read(file: SourceText) -> SourceNodes:
    source, findings = read_nodes(file)
    if source is None or findings:
        raise IpdocsError(findings)
    return source


def _without_new_ids(formatted: SourceNodes, source: SourceNodes) -> Any:
    """Return the plain values of a formatted source without the ids that were added to it."""
    for (_, block), (_, before) in zip(written_blocks(formatted), written_blocks(source), strict=True):
        if "id" not in before:
            block.pop("id", None)
    return formatted.data


def _quoted(file: SourceText, text: Text) -> Edit | Finding:
    """Return a plain text in quotes; one that a comment follows may have lost its end to it, which is not for us to tell."""
    span = text.place
    if not isinstance(span, ScalarSpan):
        raise TypeError("a text of a source has a span")
    if comment := _COMMENT.match(file.text, span.end):
        place = file.locate(comment.end() - len(comment[0].lstrip()), len(comment[0].lstrip()))
        hint = 'put the text in "…", with or without what follows #'
        return Finding("unquoted-text", "without quotes this may be the end of the text or a comment", place, hint)
    words = file.text[span.start : span.end]
    if '"' in words and "'" not in words:
        return Edit(span.start, span.end, f"'{words}'")
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return Edit(span.start, span.end, f'"{escaped}"')


def _ids(source: SourceNodes) -> list[Edit]:
    """Return edits that give each block without an id one that no other has."""
    known = defined_names(source)
    taken = {*known.ids, *(name.replace("_", "-") for name in known.values)}
    edits = []
    positions: Counter[str] = Counter()
    for index, block in written_blocks(source):
        kind = next((kind for kind in BLOCKS if kind in block), None)
        if kind is None or kind == "boilerplate":
            continue
        positions[kind] += 1
        if "id" not in block:
            name = next(name for name in _names(kind, positions[kind], block) if name not in taken)
            taken.add(name)
            edits.append(_inserted(source, index, name))
    return edits


def _names(kind: str, position: int, block: dict[str, Any]) -> Iterator[str]:
    """Yield ids for a block, the best first: a heading's own words, the lead, or its kind with its position among those."""
    if kind == "heading" and isinstance(block["heading"], dict):
        words = re.findall("[a-z0-9]+", str(block["heading"].get("en", "")).lower())
        if words:
            yield "-".join(words[:4])[:60]
    if kind == "paragraph" and position == 1:
        yield "lead"
    if kind == "footnotes":
        yield "notes"
    yield from (f"{kind}-{number}" for number in count(position))


def _inserted(source: SourceNodes, index: int, name: str) -> Edit:
    body = source.root.get("body") if isinstance(source.root, Mapping) else None
    block = body.items[index] if isinstance(body, Sequence) else None
    if not isinstance(block, Mapping):
        raise TypeError("a block is a mapping in the body")
    if block.flow:
        return Edit(block.start + 1, block.start + 1, f"id: {name}, ")
    indent = " " * (source.file.locate(block.start).column - 1)
    return Edit(block.start, block.start, f"id: {name}{source.file.newline}{indent}")
