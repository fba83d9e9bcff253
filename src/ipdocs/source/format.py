"""What `ipdocs format` writes into a source: ids for blocks that have none, quotes around text; nothing else changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import languages
from ipdocs.model.blocks import BLOCKS
from ipdocs.model.document import Body, Section
from ipdocs.model.text import Text
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.name_checks import blocks, names
from ipdocs.source.scalar import Span
from ipdocs.source.shape import Shape, shape, validated
from ipdocs.source.validation import document_kind
from ipdocs.source.yaml import Mapping, Sequence
from ipdocs.workspace import Workspace

_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def formatted(file: SourceText, workspace: Workspace) -> tuple[str, list[Finding]]:
    """Return a source's text with ids and quotes added, and the findings on text that only its author can quote.

    Formatting twice is formatting once. A source that is no YAML raises what is wrong with it.
    """
    source, findings = shape(file)
    if source is None or findings:
        raise IpdocsError(findings)
    model: type[Body] = Section if source.data.get("kind") == "boilerplate" else document_kind(source, [])
    validated(source, model, list(languages(workspace)))
    quotes = [_quoted(file, text) for _, texts in source.texts() for text in texts.values() if text and not text.quoted]
    ids = [] if model is Section else _ids(source)
    return splice(file, [*ids, *(edit for edit in quotes if isinstance(edit, Edit))]), [
        finding for finding in quotes if isinstance(finding, Finding)
    ]


def _quoted(file: SourceText, text: Text) -> Edit | Finding:
    """Return a plain text in quotes; one that a comment follows may have lost its end to it, which is not for us to tell."""
    span = text.place
    if not isinstance(span, Span):
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


def _ids(source: Shape) -> list[Edit]:
    """Return edits that give each block without an id one that no other has."""
    known = names(source)
    taken = {*known.ids, *(name.replace("_", "-") for name in known.values)}
    edits = []
    positions: Counter[str] = Counter()
    for index, block in blocks(source):
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


def _inserted(source: Shape, index: int, name: str) -> Edit:
    body = source.root.get("body") if isinstance(source.root, Mapping) else None
    block = body.items[index] if isinstance(body, Sequence) else None
    if not isinstance(block, Mapping):
        raise TypeError("a block is a mapping in the body")
    text = source.file.text
    if block.flow:
        return Edit(block.start + 1, block.start + 1, f"id: {name}, ")
    indent = " " * (source.file.locate(block.start).column - 1)
    end = next(iter(re.findall(r"\r\n|\n|\r", text)), "\n")
    return Edit(block.start, block.start, f"id: {name}{end}{indent}")
