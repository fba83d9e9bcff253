"""Insert translations into a source, each after its original text and in the same YAML style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from ipdocs.model.text import RESTRICTED
from ipdocs.source.edits import Edit
from ipdocs.source.file import SourceText
from ipdocs.source.scalar import decode, is_chinese
from ipdocs.source.yaml import Mapping, Node, Scalar, Sequence, node_at

WIDTH = 108
"""The maximum line length in block scalars; a Chinese character counts as two."""

_CLOSING_PUNCTUATION = "，。、；：！？」』）》〉”"
_UNIT = re.compile(rf"\{{\{{.*?\}}\}}|[!-~]+(?: [!-~]+)*|.[{_CLOSING_PUNCTUATION}]*", re.DOTALL)
"""Parts that cannot be split: an expression, a run of Latin text, or a Chinese character with the punctuation after it."""


def text_insertion(file: SourceText, texts: Mapping, text: str, language: str) -> Edit:
    """Return the edit that adds a text in another language at the end of `texts`, a mapping from languages to texts."""
    key, last_text = [entry for name, entry in texts.entries.items() if name != RESTRICTED][-1]
    if texts.flow:
        return Edit(last_text.end, last_text.end, f", {language}: {double_quoted(text)}")
    indent, newline = " " * (file.locate(key.start).column - 1), file.newline
    end = file.line_end(last_text.end)
    if isinstance(last_text, Scalar) and last_text.style in ("|", ">") and (block := block_lines(text)):
        lines = "".join(f"{newline}{indent}  {line}" for line in block)
        return Edit(end, end, f"{newline}{indent}{language}: |{lines}")
    return Edit(end, end, f"{newline}{indent}{language}: {double_quoted(text)}")


def language_insertions(file: SourceText, root: Node, languages: Iterable[str]) -> Iterator[Edit]:
    """Yield an edit that adds the missing languages to `languages` in the source; yield nothing if none is missing."""
    node = node_at(root, ("languages",))
    if not isinstance(node, Sequence):
        raise TypeError("the languages of this source are not a list")
    known_languages = {item.text for item in node.items if isinstance(item, Scalar)}
    new_languages = [language for language in dict.fromkeys(languages) if language not in known_languages]
    last_item = node.items[-1]
    if new_languages and node.flow:
        yield Edit(last_item.end, last_item.end, "".join(f", {language}" for language in new_languages))
    elif new_languages:
        indent, end = " " * (file.locate(node.start).column - 1), file.line_end(last_item.end)
        yield Edit(end, end, "".join(f"{file.newline}{indent}- {language}" for language in new_languages))


def double_quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def block_lines(text: str) -> list[str]:
    r"""Return the lines of a block scalar for a text; a backslash at the end of a line keeps a line break of the text.

    The result is empty if a block scalar cannot express the text.
    """
    if "  " in text or text != text.strip():
        return []
    *paragraphs, last_paragraph = [_wrap(paragraph) for paragraph in text.split("\n")]
    lines = [line for paragraph in paragraphs for line in (*paragraph[:-1], f"{paragraph[-1]}\\")] + last_paragraph
    scalar = "|" + "".join(f"\n {line}" for line in lines)
    decoded = decode(scalar, 0, len(scalar), "|", 0)
    return lines if "".join(decoded.characters) == text and not decoded.blank_lines else []


def _wrap(text: str) -> list[str]:
    if not is_chinese(text):
        return _wrap_words(text)
    lines: list[str] = []
    units = [match[0] for match in _UNIT.finditer(text)]
    while units:
        count = _units_in_line(units)
        lines.append("".join(units[:count]))
        units = units[count:]
    return lines


def _units_in_line(units: list[str]) -> int:
    """Return how many units fit in the next line, which should end after a clause or an expression."""
    width, fitting_count, count_to_clause_end = 0, 0, 0
    for count, unit in enumerate(units, 1):
        width += sum(1 if character.isascii() else 2 for character in unit)
        if width > WIDTH and fitting_count:
            return count_to_clause_end or fitting_count
        if count == len(units) or _may_break(unit[-1], units[count][0]):
            fitting_count = count
            if width > WIDTH / 2 and (unit[-1] in _CLOSING_PUNCTUATION or unit.endswith("}}")):
                count_to_clause_end = count
    return len(units)


def _may_break(before: str, after: str) -> bool:
    """Whether a line may break between two characters without adding or losing a space when the lines are joined again."""
    return not before.isspace() and not after.isspace() and not (before.isascii() and after.isascii()) and before != "\\"


def _wrap_words(text: str) -> list[str]:
    """Wrap Latin text into lines; an expression counts as a word."""
    protected = re.sub(r"\{\{.*?\}\}", lambda match: match[0].replace(" ", "\0"), text)
    lines = wrap(protected, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\0", " ") for line in lines] or [""]
