"""Parser of the YAML of sources into nodes with positions; features of YAML beyond plain records are refused.

The nodes are built from ruamel.yaml's events without recursion. Scalars stay text. Tags, anchors, several documents, duplicate
keys and deep nesting are findings, and as many as possible are reported at once.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, in_order, raise_errors
from ipdocs.model.text import Text
from ipdocs.source.characters import refused_characters, replace_refused
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.scalar import ScalarSpan, decode
from ipdocs.source.syntax import explain_yaml_error

MAX_DEPTH = 40
MAX_EVENTS = 100_000
MAX_FINDINGS = 100

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "SourceText", "node_at", "parse_nodes", "read"]


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A text, its position in the file with its quotes or header, and its style: empty, ', ", | or >."""

    text: Text
    start: int
    end: int
    style: str


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and their values in order; `flow` is true if the mapping is written in braces."""

    start: int
    flow: bool
    end: int = 0
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return self.entries[key][1] if key in self.entries else None


@dataclass(slots=True, eq=False)
class Sequence:
    """Items in order; `flow` is true if the sequence is written in brackets."""

    start: int
    flow: bool
    end: int = 0
    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


def node_at(root: Node, keys: Iterable[str | int]) -> Node:
    """Return the node at some keys and indices.

    Raises:
        KeyError: there is no such node.
    """
    node: Node | None = root
    for key in keys:
        if isinstance(node, Sequence) and isinstance(key, int):
            node = node.items[key] if key < len(node.items) else None
        else:
            node = node.get(str(key)) if isinstance(node, Mapping) else None
        if node is None:
            raise KeyError(key)
    return node  # type: ignore[return-value]  # the loop has checked it


def read(path: Path) -> Node:
    """Read a YAML file as nodes.

    Raises:
        IpdocsError: the file has errors, or contains features or characters that are not allowed in a source.
    """
    node, findings = parse_nodes(read_text(path))
    raise_errors(findings)
    if node is None:
        raise AssertionError("a file without findings has no node")
    return node


def parse_nodes(file: SourceText) -> tuple[Node | None, list[Finding]]:
    """Return the nodes of a source, as far as it can be parsed, and the findings on its YAML and its characters."""
    builder = _Builder(file)
    builder.findings += _characters(file, file.text, None)
    builder.run()
    return builder.root, in_order(builder.findings)


def _characters(file: SourceText, text: str, place: ScalarSpan | None) -> Iterator[Finding]:
    """Yield a finding for each forbidden character of a file or of a scalar's text."""
    for offset, code, message, hint in islice(refused_characters(text, 0 if place else file.body), MAX_FINDINGS):
        yield Finding(code, message, place.locate(offset, 1) if place else file.locate(offset, 1), hint)


_TAG = re.compile(r"!\S*")
_DIRECTIVE = re.compile(r"\ufeff?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*(?P<directive>%[^\r\n]*)")


class _UnreadableError(Exception):
    """The rest of the source cannot be parsed."""


class _Builder:
    """Builder of nodes from the events of the parser."""

    def __init__(self, file: SourceText) -> None:
        self.file = file
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.open: list[Mapping | Sequence] = []
        self.keys: list[Scalar | None] = []
        self.documents = 0
        self.anchors: set[str] = set()
        self.quoted: Scalar | None = None

    def run(self) -> None:
        """Build nodes from all events, or up to one after which the rest cannot be parsed."""
        from ruamel.yaml import YAML

        yaml = YAML(typ="safe", pure=True)
        _, parser = yaml.get_constructor_parser(replace_refused(self.file.text[self.file.body :]))
        try:
            self.directives()
            for _ in range(MAX_EVENTS):
                if (event := self.next(parser, yaml.reader)) is None:
                    break
                self.take(event)
            else:
                message = f"this source has more than {MAX_EVENTS:,} values; the rest was not read"
                position = yaml.reader.index + self.file.body
                self.report("too-large", message, position, position, "split it into several documents")
                return
        except _UnreadableError:
            return
        if self.root is None:
            self.report("empty-source", "this source is empty", 0, 0, "run `ipdocs new press-release NAME` to write one")

    def next(self, parser: Any, reader: Any) -> Any:
        """Return the parser's next event, or None at the end; an error is a finding and ends the parsing."""
        try:
            return parser.get_event() if parser.check_event() else None
        except Exception as error:  # ruamel.yaml also raises ValueError and IndexError, for some escapes and directives
            self.findings.append(explain_yaml_error(error, self.file, reader.index + self.file.body, self.quoted))
            raise _UnreadableError from error

    def directives(self) -> None:
        """Refuse YAML directives at the start of the file."""
        if match := _DIRECTIVE.match(self.file.text):
            start = match.start("directive")
            self.report("yaml-directive", "YAML directives are not allowed in a source", start, match.end(), "delete this line")
            raise _UnreadableError

    def report(self, code: str, message: str, start: int, end: int, hint: str | None) -> None:
        """Add a finding at a position; too many findings end the parsing."""
        self.findings.append(Finding(code, message, self.file.locate(start, end - start), hint))
        if len(self.findings) >= MAX_FINDINGS:
            message = f"more than {MAX_FINDINGS} findings; the rest was not read"
            self.findings.append(Finding("too-many-findings", message, self.file.locate(end), "fix the findings before it first"))
            raise _UnreadableError

    def take(self, event: Any) -> None:
        """Update the nodes by an event."""
        start, end = event.start_mark.index + self.file.body, event.end_mark.index + self.file.body
        kind = type(event).__name__
        self.refuse(event, kind, start, end)
        match kind:
            case "DocumentStartEvent":
                self.begin_document(start, end)
            case "MappingStartEvent":
                self.begin(Mapping(start, bool(event.flow_style)))
            case "SequenceStartEvent":
                self.begin(Sequence(start, bool(event.flow_style)))
            case "MappingEndEvent" | "SequenceEndEvent":
                self.finish(end)
            case "ScalarEvent":
                scalar = self.scalar(start, end, event.style or "")
                self.quoted = scalar if scalar.style in ("'", '"') else None
                self.add(scalar)
            case "AliasEvent":
                empty = array("l")
                self.add(Scalar(Text("", ScalarSpan(self.file, start, end, empty, empty)), start, end, "*"))

    def refuse(self, event: Any, kind: str, start: int, end: int) -> None:
        """Report tags, anchors and aliases, which are not allowed in a source."""
        if anchor := getattr(event, "anchor", None):
            word, name = ("aliases", f"*{anchor}") if kind == "AliasEvent" else ("anchors", f"&{anchor}")
            if name not in self.anchors:
                hint = "put text that begins with & or * in quotes, or write the value out"
                code = "yaml-alias" if kind == "AliasEvent" else "yaml-anchor"
                self.report(code, f"YAML {word} are not allowed in a source: {name}", start, start + len(name), hint)
            self.anchors.add(name)
        if getattr(event, "tag", None):
            tag = _TAG.search(self.file.text, start)
            hint = "put text that begins with ! in quotes, or delete the tag"
            self.report(
                "yaml-tag",
                f"YAML tags are not allowed in a source: {tag[0] if tag else '!'}",
                start,
                tag.end() if tag else start,
                hint,
            )

    def begin_document(self, start: int, end: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.report("several-documents", "a second YAML document begins here", start, end, "move it to a separate file")
            raise _UnreadableError

    def begin(self, node: Mapping | Sequence) -> None:
        if len(self.open) == MAX_DEPTH:
            message = f"this is nested more than {MAX_DEPTH} deep; the rest was not read"
            self.report(
                "too-deep", message, node.start, node.start + 1, "nest it less deeply; ten levels are enough for a source"
            )
            raise _UnreadableError
        if self.file.text[node.start - 1 : node.start + 1] == "{{":
            hint = 'put the whole text in "…"'
            self.report("unquoted-text", "this text begins with {{ and has no quotes", node.start - 1, node.start + 1, hint)
            raise _UnreadableError
        self.open.append(node)
        self.keys.append(None)

    def finish(self, end: int) -> None:
        node = self.open.pop()
        self.keys.pop()
        inner = [value for _, value in node.entries.values()] if isinstance(node, Mapping) else node.items
        node.end = end if node.flow or not inner else inner[-1].end
        self.add(node)

    def add(self, node: Node) -> None:
        """Add a finished node to the open sequence or mapping."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = node if isinstance(node, Scalar) else self.invalid_key(node)
        else:
            self.pair(parent, self.keys[-1], node)
            self.keys[-1] = None

    def invalid_key(self, node: Mapping | Sequence) -> Scalar:
        self.report("bad-key", "a list or mapping cannot be a key", node.start, node.end, "put text with [ or { in quotes")
        return Scalar(Text(""), node.start, node.end, "?")

    def pair(self, parent: Mapping, key: Scalar, value: Node) -> None:
        if key.style == "?":
            return
        if parent.flow and value.start == value.end and ":" not in self.file.text[key.end : value.start]:
            self.report_cut_text(parent, key)
            return
        if key.text in parent.entries:
            first = self.file.locate(parent.entries[key.text][0].start).line
            hint = f"delete one of them; the first is in line {first}"
            self.report("duplicate-key", f"the key '{key.text}' is used twice", key.start, key.end, hint)
            return
        parent.entries[key.text] = (key, value)

    def report_cut_text(self, parent: Mapping, key: Scalar) -> None:
        """Report words that a comma has separated from the text before them."""
        before = next(reversed(parent.entries), None)
        message = f"'{key.text}' is not part of the text before it, because a comma ends text without quotes"
        self.report("unquoted-text", message, key.start, key.end, f'{before}: "…, {key.text}"' if before else 'put it in "…"')

    def scalar(self, start: int, end: int, style: str) -> Scalar:
        blocks = [self.column(node) for node in self.open if not node.flow]
        decoded = decode(self.file.text, start, end, style, blocks[-1] if blocks else 0)
        span = ScalarSpan(self.file, start, end, decoded.starts, decoded.ends)
        characters = "".join(decoded.characters)
        text = Text(characters.encode("utf-8", "replace").decode("utf-8"), span, bool(style))  # surrogates are replaced
        for blank in decoded.blank_lines:
            hint = "begin another block, or end the line before with \\ for a line break"
            self.report("blank-line", "this text has a blank line", blank, blank, hint)
        if style == '"':
            self.findings += _characters(self.file, characters, span)
        if "\t" in text:
            tab = span.locate(text.index("\t"), 1)
            self.findings.append(Finding("control-character", "tabs are not allowed in a text", tab, "write a space"))
        return Scalar(text, start, max(decoded.ends[-1:], default=end) if style in ("|", ">") else end, style)

    def column(self, node: Node) -> int:
        """Return the indentation of a collection."""
        return self.file.locate(node.start).column - 1
