"""Texts of a source put in the place of others: only the words that differ are touched, every other character stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ipdocs.source.differences import differences
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.insertion import add_texts, lines, quoted
from ipdocs.source.scalar import Span
from ipdocs.source.shape import Path as Keys
from ipdocs.source.yaml import Mapping as MappingNode
from ipdocs.source.yaml import Node, Scalar, Sequence, parse


def put_texts(file: SourceText, texts: Mapping[tuple[Keys, str], str]) -> str:
    """Return a source with texts by their keys and language: in the place of those that are there, beside the others else."""
    root = _root(file)
    there = {place: text for place, text in texts.items() if _scalar(root, *place)}
    changed = file.text
    for place, text in there.items():
        changed = _replaced(SourceText(file.path, changed), *place, text)
    for language in dict.fromkeys(language for _, language in texts):
        missing = {keys: text for (keys, one), text in texts.items() if one == language and (keys, one) not in there}
        if missing:
            changed = add_texts(SourceText(file.path, changed), missing, language)
    return changed


def _root(file: SourceText) -> Node:
    root, findings = parse(file)
    if root is None or findings:
        raise ValueError("only a source that can be read is written to")
    return root


def _scalar(root: Node, keys: Keys, language: str) -> Scalar | None:
    node: Node | None = root
    for key in (*keys, language):
        if isinstance(node, Sequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
        else:
            node = node.get(str(key)) if isinstance(node, MappingNode) else None
    return node if isinstance(node, Scalar) else None


def _replaced(file: SourceText, keys: Keys, language: str, text: str) -> str:
    """Return a source with one text replaced: the way that touches least and reads back as the text."""
    scalar = _scalar(_root(file), keys, language)
    if scalar is None or scalar.text == text:
        return file.text
    for edits in _ways(file, scalar, text):
        changed = splice(file, edits)
        root, findings = parse(SourceText(file.path, changed))
        after = _scalar(root, keys, language) if root is not None and not findings else None
        if after is not None and after.text == text:
            return changed
    raise AssertionError(f"{'.'.join(map(str, keys))} does not read back as it was written")


def _ways(file: SourceText, scalar: Scalar, text: str) -> Iterator[list[Edit]]:
    span = scalar.text.place
    if isinstance(span, Span) and scalar.style:
        yield list(_differing(span, str(scalar.text), text, scalar.style))
    if scalar.style in ("|", ">") and "  " not in text and text == text.strip():
        first = file.text.find("\n", scalar.start) + 1
        indent = " " * (len(file.text[first:]) - len(file.text[first:].lstrip(" ")))
        newline = "\r\n" if "\r\n" in file.text else "\n"
        yield [Edit(scalar.start, scalar.end, "|" + "".join(f"{newline}{indent}{line}" for line in lines(text)))]
    yield [Edit(scalar.start, scalar.end, quoted(text))]


def _differing(span: Span, old: str, new: str, style: str) -> Iterator[Edit]:
    """Yield an edit for each stretch of words that differs."""
    starts = [*span.starts, span.ends[-1] if span.ends else span.start]
    for first, last, words in differences(old, new):
        start = starts[first]
        yield Edit(start, span.ends[last - 1] if last > first else start, _in_style(words, style))


def _in_style(words: str, style: str) -> str:
    match style:
        case '"':
            return quoted(words)[1:-1]
        case "'":
            return words.replace("'", "''")
        case _:
            return words
