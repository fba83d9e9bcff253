"""Parse the YAML of sources into nodes with positions.

The nodes are built from the events of ruamel.yaml, without recursion. Scalars stay text. Tags, anchors, second documents,
duplicate keys and deep nesting are refused; as many findings as possible are reported at once.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, raise_errors, sort_findings
from ipdocs.model.text import Text
from ipdocs.source.characters import forbidden_characters, replace_forbidden
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.scalar import ScalarSpan, decode
from ipdocs.source.syntax import explain_yaml_error

MAX_DEPTH = 40
MAX_EVENTS = 100_000
MAX_FINDINGS = 100

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "SourceText", "node_at", "parse_nodes", "read"]


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A text with its range in the file, including its quotes or header, and its style: ', ", |, > or empty (unquoted)."""

    text: Text
    start: int
    end: int
    style: str


@dataclass(slots=True, eq=False)
class Mapping:
    """A mapping with its entries in order: (key, value) keyed by the text of the key; `flow` means written in braces."""

    start: int
    flow: bool
    end: int = 0
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None if the key is missing."""
        return self.entries[key][1] if key in self.entries else None


@dataclass(slots=True, eq=False)
class Sequence:
    """A list with its items in order; `flow` means written in brackets."""

    start: int
    flow: bool
    end: int = 0
    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


def node_at(root: Node, keys: Iterable[str | int]) -> Node:
    """Return the node that keys and indices lead to.

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
    return node  # type: ignore[return-value]  # the loop has excluded None


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
    """Return the nodes of a source, as far as the source can be parsed, and the findings on its YAML and characters."""
    builder = _Builder(file)
    builder.findings += _character_findings(file, file.text, None)
    builder.run()
    return builder.root, sort_findings(builder.findings)


def _character_findings(file: SourceText, text: str, span: ScalarSpan | None) -> Iterator[Finding]:
    """Yield a finding for each forbidden character in a file, or in the text of a scalar if `span` is given."""
    for offset, code, message, hint in islice(forbidden_characters(text, 0 if span else file.start), MAX_FINDINGS):
        yield Finding(code, message, span.locate(offset, 1) if span else file.locate(offset, 1), hint)


_TAG = re.compile(r"!\S*")
_DIRECTIVE = re.compile(r"\ufeff?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*(?P<directive>%[^\r\n]*)")


class _UnreadableError(Exception):
    """The rest of the source cannot be parsed."""


class _Builder:
    """Builds nodes from the events of the YAML parser.

    Attributes:
        file: the text of the source.
        root: the finished root node.
        findings: the findings so far.
        open_nodes: the open mappings and sequences, from the outermost to the innermost.
        pending_keys: for each open node, the key that still needs a value; None in a sequence, or if a key comes next.
        document_count: the number of YAML documents so far.
        anchors: the anchors and aliases that have been reported.
        last_quoted: the scalar before the current event, if the scalar is in quotes.
    """

    def __init__(self, file: SourceText) -> None:
        self.file = file
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.open_nodes: list[Mapping | Sequence] = []
        self.pending_keys: list[Scalar | None] = []
        self.document_count = 0
        self.anchors: set[str] = set()
        self.last_quoted: Scalar | None = None

    def run(self) -> None:
        """Build nodes from all events, or up to an error after which the rest cannot be parsed."""
        from ruamel.yaml import YAML

        yaml = YAML(typ="safe", pure=True)
        _, parser = yaml.get_constructor_parser(replace_forbidden(self.file.text[self.file.start :]))
        try:
            self.refuse_directives()
            for _ in range(MAX_EVENTS):
                if (event := self.next_event(parser, yaml.reader)) is None:
                    break
                self.handle(event)
            else:
                message = f"this source has more than {MAX_EVENTS:,} values; the rest was not read"
                position = yaml.reader.index + self.file.start
                self.report("too-large", message, position, position, "split it into several documents")
                return
        except _UnreadableError:
            return
        if self.root is None:
            self.report("empty-source", "this source is empty", 0, 0, "run `ipdocs new press-release NAME` to write one")

    def next_event(self, parser: Any, reader: Any) -> Any:
        """Return the next event of the parser, or None at the end; an error becomes a finding and ends the parsing."""
        try:
            return parser.get_event() if parser.check_event() else None
        except Exception as error:  # ruamel.yaml also raises ValueError and IndexError, for some escapes and directives
            self.findings.append(explain_yaml_error(error, self.file, reader.index + self.file.start, self.last_quoted))
            raise _UnreadableError from error

    def refuse_directives(self) -> None:
        """Refuse YAML directives at the start of the file."""
        if match := _DIRECTIVE.match(self.file.text):
            start = match.start("directive")
            self.report("yaml-directive", "YAML directives are not allowed in a source", start, match.end(), "delete this line")
            raise _UnreadableError

    def report(self, code: str, message: str, start: int, end: int, hint: str | None) -> None:
        """Add a finding on the text from `start` to `end`; too many findings end the parsing."""
        self.findings.append(Finding(code, message, self.file.locate(start, end - start), hint))
        if len(self.findings) >= MAX_FINDINGS:
            message = f"more than {MAX_FINDINGS} findings; the rest was not read"
            self.findings.append(Finding("too-many-findings", message, self.file.locate(end), "fix the findings above first"))
            raise _UnreadableError

    def handle(self, event: Any) -> None:
        """Add an event of the parser to the nodes."""
        start, end = event.start_mark.index + self.file.start, event.end_mark.index + self.file.start
        kind = type(event).__name__
        self.report_refused(event, kind, start, end)
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
                scalar = self.build_scalar(start, end, event.style or "")
                self.last_quoted = scalar if scalar.style in ("'", '"') else None
                self.add(scalar)
            case "AliasEvent":
                empty = array("l")
                self.add(Scalar(Text("", ScalarSpan(self.file, start, end, empty, empty)), start, end, "*"))

    def report_refused(self, event: Any, kind: str, start: int, end: int) -> None:
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
        self.document_count += 1
        if self.document_count > 1:
            self.report("several-documents", "a second YAML document begins here", start, end, "move it to a separate file")
            raise _UnreadableError

    def begin(self, node: Mapping | Sequence) -> None:
        if len(self.open_nodes) == MAX_DEPTH:
            message = f"this is nested more than {MAX_DEPTH} levels deep; the rest was not read"
            self.report("too-deep", message, node.start, node.start + 1, "reduce the nesting; ten levels are enough for a source")
            raise _UnreadableError
        if self.file.text[node.start - 1 : node.start + 1] == "{{":
            hint = 'put the whole text in "…"'
            self.report("unquoted-text", "this text begins with {{ and has no quotes", node.start - 1, node.start + 1, hint)
            raise _UnreadableError
        self.open_nodes.append(node)
        self.pending_keys.append(None)

    def finish(self, end: int) -> None:
        node = self.open_nodes.pop()
        self.pending_keys.pop()
        inner = [value for _, value in node.entries.values()] if isinstance(node, Mapping) else node.items
        node.end = end if node.flow or not inner else inner[-1].end
        self.add(node)

    def add(self, node: Node) -> None:
        """Add a finished node to the open sequence or mapping."""
        if not self.open_nodes:
            self.root = node
            return
        parent = self.open_nodes[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self.pending_keys[-1] is None:
            self.pending_keys[-1] = node if isinstance(node, Scalar) else self.refuse_key(node)
        else:
            self.add_entry(parent, self.pending_keys[-1], node)
            self.pending_keys[-1] = None

    def refuse_key(self, node: Mapping | Sequence) -> Scalar:
        self.report("bad-key", "a list or mapping cannot be a key", node.start, node.end, "put text with [ or { in quotes")
        return Scalar(Text(""), node.start, node.end, "?")

    def add_entry(self, parent: Mapping, key: Scalar, value: Node) -> None:
        if key.style == "?":
            return
        if parent.flow and value.start == value.end and ":" not in self.file.text[key.end : value.start]:
            self.report_cut_text(parent, key)
            return
        if key.text in parent.entries:
            first_line = self.file.locate(parent.entries[key.text][0].start).line
            hint = f"delete one of the keys; the first is in line {first_line}"
            self.report("duplicate-key", f"the key '{key.text}' is used twice", key.start, key.end, hint)
            return
        parent.entries[key.text] = (key, value)

    def report_cut_text(self, parent: Mapping, key: Scalar) -> None:
        """Report words that a comma has cut off from an unquoted text."""
        before = next(reversed(parent.entries), None)
        message = f"'{key.text}' is cut off from the text before it, because a comma ends text without quotes"
        self.report("unquoted-text", message, key.start, key.end, f'{before}: "…, {key.text}"' if before else 'put it in "…"')

    def build_scalar(self, start: int, end: int, style: str) -> Scalar:
        indents = [self.indentation(node) for node in self.open_nodes if not node.flow]
        decoded = decode(self.file.text, start, end, style, indents[-1] if indents else 0)
        span = ScalarSpan(self.file, start, end, decoded.starts, decoded.ends)
        characters = "".join(decoded.characters)
        text = Text(characters.encode("utf-8", "replace").decode("utf-8"), span, bool(style))  # surrogates are replaced
        for position in decoded.blank_lines:
            hint = "begin another block, or end the line before with \\ for a line break"
            self.report("blank-line", "this text has a blank line", position, position, hint)
        if style == '"':
            self.findings += _character_findings(self.file, characters, span)
        if "\t" in text:
            location = span.locate(text.index("\t"), 1)
            self.findings.append(Finding("control-character", "tabs are not allowed in a text", location, "write a space"))
        return Scalar(text, start, max(decoded.ends[-1:], default=end) if style in ("|", ">") else end, style)

    def indentation(self, node: Node) -> int:
        """Return the indentation of a collection."""
        return self.file.locate(node.start).column - 1
