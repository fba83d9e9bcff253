"""Lines that a template writes: masthead, day and time of issue, reference number, and the marks that close a release."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ipdocs.importing.end_marks import after_end_mark, is_end_mark, is_masthead, is_separator
from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.locale.import_words import ImportWords, import_words
from ipdocs.locale.language import Language, language
from ipdocs.source.segment import Segment
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, Weekday
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a template line states.

    Attributes:
        kind: a masthead such as "Press Release"; an end mark; the day of issue after a label such as "Issued:"; a day alone; the
            time of issue; the reference number; or a line that separates.
        value: the day or reference as written; the time as HH:MM.
    """

    kind: Literal["masthead", "end", "issued", "day", "time", "reference", "separator"]
    value: str = ""


@dataclass(slots=True)
class TemplateLines:
    """The lines of a release that a template writes.

    Attributes:
        paragraphs: the indexes of the paragraphs that consist of such lines only.
        mastheads: the indexes of those that consist of mastheads, which a letterhead writes.
        issued: the day of issue as written in the file.
        issue_time: the time of issue, as HH:MM.
        reference: the reference number.
        style: the house style whose template writes such lines.
    """

    paragraphs: set[int] = field(default_factory=set)
    mastheads: set[int] = field(default_factory=set)
    issued: str = ""
    issue_time: str = ""
    reference: str = ""
    style: str = ""


def find_template_lines(
    paragraphs: Sequence[ImportedParagraph], title_index: int | None, language_code: str, workspace: Workspace
) -> TemplateLines:
    """Find the lines that a template writes among the paragraphs of a release in one language.

    The day of issue is in the end block, as in "Ends/Friday, May 1, 2026". Without a day there, it is in a line such as
    "Date: May 1, 2026" before the first paragraph of the text; later lines of this kind give the date of an event, and are text.

    Args:
        paragraphs: the paragraphs of one language.
        title_index: the index of the title; None if there is none.
        language_code: the code of the language.
        workspace: the workspace with the words by which such lines are recognised.
    """
    words, own_language = import_words(workspace), language(language_code, workspace)
    statements = [
        tuple(_statements(paragraph, words, own_language)) if paragraph.kind in ("paragraph", "heading", "title") else ()
        for paragraph in paragraphs
    ]
    text = [index for index, stated in enumerate(statements) if not stated]
    first = next(
        (index for index in text if (title_index is None or index > title_index) and not _is_masthead(paragraphs, index)),
        len(paragraphs),
    )
    end_block = set(_end_block(statements))
    has_dated_end = any(statement.kind == "day" for index in end_block for statement in statements[index])
    last = text[-1] if text else -1
    result = TemplateLines()
    for index, stated in enumerate(statements):
        is_outside = index in end_block or index < first or index > last
        is_event = any(words.begins_with_label("event-label", other.text) for other in paragraphs[index + 1 : index + 2])
        allowed = {
            "masthead": index < first,
            "end": True,
            "separator": True,
            "issued": index < first and not has_dated_end and not is_event,
            "day": index in end_block,
            "time": is_outside,
            "reference": is_outside and not result.reference,
        }
        if stated and all(allowed[statement.kind] for statement in stated):
            result.paragraphs.add(index)
            if all(statement.kind == "masthead" for statement in stated):
                result.mastheads.add(index)
            _record(stated, result)
    return result


def _is_masthead(paragraphs: Sequence[ImportedParagraph], index: int) -> bool:
    """Whether one of the first paragraphs is a short line without an end mark, such as "For immediate release"."""
    paragraph = paragraphs[index]
    is_short = paragraph.kind == "paragraph" and len(paragraph.text) <= _MAX_MASTHEAD
    return index < _MASTHEAD_LINES and is_short and not re.search(r"[.:。：,，;；?？!！]", paragraph.text)


_MASTHEAD_LINES, _MAX_MASTHEAD = 5, 60


def _record(stated: Sequence[_Statement], result: TemplateLines) -> None:
    for statement in stated:
        match statement.kind:
            case "issued" | "day" if not result.issued:
                result.issued, result.style = statement.value, "reprint" if statement.kind == "issued" else "gia"
            case "time":
                result.issue_time = result.issue_time or statement.value
            case "reference":
                result.reference = result.reference or statement.value


def _end_block(statements: Sequence[Sequence[_Statement]]) -> Iterator[int]:
    """Yield the index of each paragraph with an end mark, and of the template lines directly after it."""
    is_inside = False
    for index, stated in enumerate(statements):
        is_inside = bool(stated) and (is_inside or any(statement.kind == "end" for statement in stated))
        if is_inside:
            yield index


def _statements(paragraph: ImportedParagraph, words: ImportWords, own_language: Language) -> Iterator[_Statement]:
    """Yield what each line of a paragraph states; yield nothing if a line is text."""
    lines = [list(_line_statements(line, words, own_language)) for line in lines_of(paragraph.content)]
    if all(lines):
        yield from (statement for line in lines for statement in line)


def lines_of(content: Segment) -> list[str]:
    """Return the lines of a text that are not blank."""
    text = "".join(part if isinstance(part, str) else "\n" if part.kind == "break" else part.display for part in content)
    return [line.strip() for line in text.split("\n") if line.strip()]


def _line_statements(line: str, words: ImportWords, own_language: Language) -> Iterator[_Statement]:
    if is_masthead(line, words):
        yield _Statement("masthead")
    elif is_end_mark(line, words):
        yield _Statement("end")
    elif is_separator(line):
        yield _Statement("separator")
    elif time := words.match("issue-time", line):
        yield _Statement("time", _time(time["time"]))
    elif (issued := words.match("issued-line", line)) and _is_day(issued["date"], own_language):
        yield _Statement("issued", issued["date"])
    elif reference := words.match("reference", line):
        yield _Statement("reference", reference["text"])
    elif _is_day(line, own_language):
        yield _Statement("day", line)
    elif (after := after_end_mark(line, words)) and (stated := _after_end(after, words, own_language)):
        yield _Statement("end")
        yield from stated


def _after_end(text: str, words: ImportWords, own_language: Language) -> list[_Statement]:
    """Return what the text after an end mark states, in parts that slashes divide; an empty list if a part is text."""
    if _is_day(text, own_language):
        return [_Statement("day", text)]
    parts = [list(_line_statements(part.strip(), words, own_language)) for part in re.split(r"\s*[/／]\s*", text) if part.strip()]
    return [statement for part in parts for statement in part] if all(parts) else []


def _time(text: str) -> str:
    digits = re.findall("[0-9]+", text)
    hour, minute = digits if len(digits) == 2 else (text[:-2], text[-2:])
    return f"{int(hour):02}:{minute}"


def _is_day(text: str, own_language: Language) -> bool:
    """Whether a text is a day, with or without its year and weekday, and nothing else."""
    if len(text) > 60:
        return False
    spans = recognise(text, own_language)
    days = [span for span in spans if isinstance(span.value, Date) and span.value.day]
    others = [span for span in spans if not isinstance(span.value, Date | Weekday)]
    rest = "".join(character for index, character in enumerate(text) if not any(span.start <= index < span.end for span in spans))
    return len(days) == 1 and not others and not re.search(r"\w", rest)
