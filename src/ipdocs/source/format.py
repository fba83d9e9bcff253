"""Format sources for `ipdocs format`: add missing ids to blocks and quotes to text, and change nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
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
from ipdocs.source.name_checks import defined_names, plain_blocks
from ipdocs.source.nodes import SourceNodes, read_nodes, validate_record
from ipdocs.source.scalar import ScalarSpan
from ipdocs.source.update import write_text
from ipdocs.source.validation import document_kind
from ipdocs.source.yaml import Mapping, Sequence
from ipdocs.workspace import Workspace, find_workspace

_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def format_source(path: Path, workspace: Workspace | None = None) -> tuple[bool, list[Finding]]:
    """Add ids and quotes to the source in a file.

    Args:
        path: the YAML file of a document or a boilerplate section, which may be incomplete.
        workspace: the workspace; by default the workspace that contains the file.

    Returns:
        True if the file was changed, and the findings on text that the author has to quote by hand.

    Raises:
        IpdocsError: the file is not valid YAML, or another program changed the file in the meantime.
    """
    source = _read_valid_nodes(read_text(path))
    edits, findings = _edits(source, workspace or find_workspace(path))
    if not edits:
        return False, findings
    text = splice(source.file, edits)
    if _without_new_ids(_read_valid_nodes(SourceText(path, text)), source) != source.data:
        raise AssertionError(f"{path} reads back differently after formatting")
    write_text(source.file, text)
    return True, findings


def format_text(file: SourceText, workspace: Workspace) -> tuple[str, list[Finding]]:
    """Return the text of a source with ids and quotes added, and the findings on text that the author has to quote by hand.

    The operation is idempotent.

    Raises:
        IpdocsError: the source is not valid YAML.
    """
    edits, findings = _edits(_read_valid_nodes(file), workspace)
    return splice(file, edits), findings


def _edits(source: SourceNodes, workspace: Workspace) -> tuple[list[Edit], list[Finding]]:
    """Return the edits that add ids and quotes to a source, and the findings on text that the author has to quote by hand."""
    model: type[Body] = Section if source.data.get("kind") == "boilerplate" else document_kind(source, [])
    validate_record(source, model, list(languages(workspace)))
    results = [_quote(source.file, text) for _, texts in source.texts() for text in texts.values() if text and not text.quoted]
    id_edits = [] if model is Section else _id_edits(source)
    edits = [*id_edits, *(edit for edit in results if isinstance(edit, Edit))]
    return edits, [finding for finding in results if isinstance(finding, Finding)]


def _read_valid_nodes(file: SourceText) -> SourceNodes:
    source, findings = read_nodes(file)
    if source is None or findings:
        raise IpdocsError(findings)
    return source


def _without_new_ids(formatted: SourceNodes, source: SourceNodes) -> Any:
    """Return the plain values of a formatted source without the added ids."""
    for (_, block), (_, old_block) in zip(plain_blocks(formatted), plain_blocks(source), strict=True):
        if "id" not in old_block:
            block.pop("id", None)
    return formatted.data


def _quote(file: SourceText, text: Text) -> Edit | Finding:
    """Return the edit that puts an unquoted text in quotes, or a finding if the comment after it may belong to the text."""
    span = text.span
    if not isinstance(span, ScalarSpan):
        raise TypeError("this text has no position in the source")
    if comment := _COMMENT.match(file.text, span.end):
        location = file.locate(comment.end() - len(comment[0].lstrip()), len(comment[0].lstrip()))
        hint = 'put the text in "…", with the part after # if it belongs to the text'
        return Finding("unquoted-text", "this may be a comment, or part of the unquoted text before it", location, hint)
    unquoted = file.text[span.start : span.end]
    if '"' in unquoted and "'" not in unquoted:
        return Edit(span.start, span.end, f"'{unquoted}'")
    escaped = unquoted.replace("\\", "\\\\").replace('"', '\\"')
    return Edit(span.start, span.end, f'"{escaped}"')


def _id_edits(source: SourceNodes) -> list[Edit]:
    """Return edits that add a unique id to each block without an id."""
    names = defined_names(source)
    used_ids = {*names.ids, *(name.replace("_", "-") for name in names.values)}
    edits = []
    counts: Counter[str] = Counter()
    for index, block in plain_blocks(source):
        kind = next((kind for kind in BLOCKS if kind in block), None)
        if kind is None or kind == "boilerplate":
            continue
        counts[kind] += 1
        if "id" not in block:
            heading = block["heading"] if kind == "heading" else None
            name = new_block_id(kind, counts[kind], str(heading.get("en", "")) if isinstance(heading, dict) else "", used_ids)
            used_ids.add(name)
            edits.append(_id_edit(source, index, name))
    return edits


def new_block_id(kind: str, number_in_kind: int, heading: str, used_ids: Collection[str]) -> str:
    """Return an id for a block that has none.

    Args:
        kind: the kind of block, such as "paragraph".
        number_in_kind: the number of the block among the blocks of its kind.
        heading: the English text of a heading, whose expressions are no part of the id; empty for other blocks.
        used_ids: the ids that are taken.
    """
    return next(name for name in _suggested_ids(kind, number_in_kind, heading) if name not in used_ids)


def _suggested_ids(kind: str, number_in_kind: int, heading: str) -> Iterator[str]:
    """Yield possible ids for a block, the best first."""
    if words := re.findall("[a-z0-9]+", re.sub(r"\{\{.*?\}\}", " ", heading.lower())):
        yield "-".join(words[:4])[:60]
    if kind == "paragraph" and number_in_kind == 1:
        yield "lead"
    if kind == "footnotes":
        yield "notes"
    yield from (f"{kind}-{number}" for number in count(number_in_kind))


def _id_edit(source: SourceNodes, index: int, name: str) -> Edit:
    body = source.root.get("body") if isinstance(source.root, Mapping) else None
    block = body.items[index] if isinstance(body, Sequence) else None
    if not isinstance(block, Mapping):
        raise TypeError("this block is not a mapping in the body")
    if block.flow:
        return Edit(block.start + 1, block.start + 1, f"id: {name}, ")
    indent = " " * (source.file.locate(block.start).column - 1)
    return Edit(block.start, block.start, f"id: {name}{source.file.newline}{indent}")
