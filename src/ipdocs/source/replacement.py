"""Replace and add texts in a source; a replacement changes only the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup

from ipdocs.source.differences import differences
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.insertion import block_lines, double_quoted, language_insertions, text_insertion
from ipdocs.source.scalar import ScalarSpan, decode
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Mapping, Node, Scalar, node_at

_DOCUMENT_END = re.compile(r"[\r\n](?:---|\.\.\.)(?:\s|$)")
"""The start of a line that would end the YAML document."""


def text_edits(file: SourceText, root: Node, texts: Lookup[tuple[Keys, str], str]) -> list[Edit]:
    """Return the edits that write `texts`, keyed by (keys, language), into a source.

    A text replaces the existing text in its language, or is added after the texts in other languages. A language that is new to
    the source is added to `languages`.
    """
    replacements: list[Edit] = []
    additions: list[Edit] = []
    languages: list[str] = []
    for (keys, language), text in texts.items():
        mapping = node_at(root, keys)
        if not isinstance(mapping, Mapping):
            raise TypeError(f"{'.'.join(map(str, keys))} is not a mapping from language to text")
        scalar = mapping.get(language)
        if scalar is None:
            additions.append(text_insertion(file, mapping, text, language))
            languages.append(language)
        elif not isinstance(scalar, Scalar):
            raise TypeError(f"{'.'.join(map(str, keys))} is not a text in {language}")
        elif scalar.text != text:
            replacements += _replacement_edits(file, mapping, scalar, text)
    return [*replacements, *additions, *(language_insertions(file, root, languages) if languages else ())]


def _replacement_edits(file: SourceText, mapping: Mapping, scalar: Scalar, text: str) -> list[Edit]:
    """Return the smallest edits after which a scalar reads as the new text."""
    indent = file.locate(mapping.start).column - 1
    for edits in _candidate_edits(file, scalar, text):
        new_scalar = splice(file, edits, scalar.start, scalar.end)
        decoded = decode(new_scalar, 0, len(new_scalar), new_scalar[0], indent)
        if "".join(decoded.characters) == text and not decoded.blank_lines and not _DOCUMENT_END.search(new_scalar):
            return edits
    return [Edit(scalar.start, scalar.end, double_quoted(text))]


def _candidate_edits(file: SourceText, scalar: Scalar, text: str) -> Iterator[list[Edit]]:
    """Yield sets of edits that may replace a text, the smallest set first."""
    span = scalar.text.span
    if not isinstance(span, ScalarSpan) or not scalar.style:
        return
    edits = list(_word_edits(span, str(scalar.text), text, scalar.style))
    if not any("\n" in edit.text for edit in edits):
        yield edits
    if scalar.style in ("|", ">") and scalar.text and (lines := block_lines(text)):
        indent = " " * (span.starts[0] - file.line_start(span.starts[0]))
        yield [Edit(scalar.start, scalar.end, "|" + "".join(f"{file.newline}{indent}{line}" for line in lines))]


def _word_edits(span: ScalarSpan, old: str, new: str, style: str) -> Iterator[Edit]:
    """Yield an edit for each part in which the old and the new text differ."""
    starts = [*span.starts, span.ends[-1] if span.ends else span.start]
    for start, end, words in differences(old, new):
        position = starts[start]
        yield Edit(position, span.ends[end - 1] if end > start else position, _escape_for_style(words, style))


def _escape_for_style(words: str, style: str) -> str:
    """Escape words for a scalar of a style."""
    match style:
        case '"':
            return double_quoted(words)[1:-1]
        case "'":
            return words.replace("'", "''")
        case _:
            return words
