"""Read tables of terms: CSV files of spreadsheet programs and glossaries of OmegaT.

A table has a row of headings, perhaps below a title, or two or three columns: the English form, the Chinese form, and a note.
Each cell may have several forms, separated by semicolons, of which the first is the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ipdocs.files.character_sets import decode_text
from ipdocs.files.csv_table import find_delimiter, parse_csv
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.findings import Finding
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.language import languages
from ipdocs.locale.stated_language import is_taiwan_tag, stated_language
from ipdocs.locale.tables import MAX_BYTES
from ipdocs.translation.formats.term_row import FormStatus, Row, TermForm, left_out, make_row
from ipdocs.workspace import Workspace

ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".utf8")
_HEADINGS = {
    "id": "id", "kind": "kind", "domain": "domain", "subject": "domain", "subject field": "domain", "category": "domain",
    "source of term": "source", "reference": "source", "note": "note", "notes": "note", "comment": "note", "comments": "note",
    "remark": "note", "remarks": "note", "definition": "note", "備註": "note", "备注": "note", "定義": "note",
    "forbidden": "forbidden", "deprecated": "forbidden", "admitted": "admitted", "synonyms": "admitted", "synonym": "admitted",
    "allowed": "", "confidence": "", "location": "", "context": "", "fuzzy": "",
    "english": "en", "english term": "en", "英文": "en", "英語": "en", "chinese": "tc", "chinese term": "tc", "中文": "tc",
    "traditional chinese": "tc", "繁體中文": "tc", "中文(繁體)": "tc", "繁體": "tc", "繁中": "tc", "正體中文": "tc",
    "cantonese": "tc",
    "simplified chinese": "cn", "簡體中文": "cn", "简体中文": "cn", "中文(簡體)": "cn", "中文(简体)": "cn",
    "簡體": "cn", "简体": "cn",
    "chinese (hong kong)": "tc", "chinese (hong kong s.a.r.)": "tc", "chinese (prc)": "cn",
    "term": "first", "source": "first", "source term": "first", "target": "second", "target term": "second",
    "translation": "second",
}  # fmt: skip
"""The column of the glossary for each heading; "first" and "second" are languages that the cells show. Others are unused."""
_COMMENT = re.compile("^# .*$", re.MULTILINE)
_OMEGAT_COMMENT = re.compile("^#.*$", re.MULTILINE)
_NEUTRAL_WORDS = re.compile(
    r"\b(?:terms?|names?|words?|texts?|version|equivalents?)\b|名稱|名称|譯名|译名|詞彙|词汇|詞語|词语|用語|用语|版本"
)
_CHINESE = re.compile(f"[{HAN}]")


def read(path: Path, workspace: Workspace) -> tuple[list[tuple[Row, int]], list[Finding]]:
    """Return each row of a table of terms as a glossary row, with its line number, and warnings.

    Raises:
        IpdocsError: the file is not text in a known character set, is not a table, or has no column of Chinese terms.
    """
    decoded = decode_text(read_bytes(path, MAX_BYTES), path)
    table = [(line, cells) for line, cells in _cells(decoded.text, path) if any(cells)]
    title_count = next((index for index, (_, cells) in enumerate(table) if len(list(filter(None, cells))) > 1), 0)
    headings = table[title_count][1] if table else []
    heading_missing = not _is_heading(headings, workspace)
    if heading_missing:
        rows, columns, warnings = table, ["first", "second", "note"], []
    else:
        rows = table[title_count + 1 :]
        columns = [_column(cell, workspace) or "" for cell in headings]
        unused = [cell for cell in headings if cell and (_column(cell, workspace) is None or is_taiwan_tag(cell))]
        warnings = [
            *(left_out(f"the title {''.join(cells)!r:.60}", path, line) for line, cells in table[:title_count]),
            *(left_out(f"the column {cell!r:.60}", path) for cell in unused),
        ]
    columns = _with_languages(columns, [cells for _, cells in rows], workspace)
    if heading_missing and not any(len(list(filter(None, cells))) > 1 for _, cells in rows):
        rows = []
    chinese = [index for index, column in enumerate(columns) if column == "tc" or is_taiwan_tag(column)]
    if not any(_CHINESE.search(_cell(cells, index)) for _, cells in rows for index in chinese):
        hint = "give its columns the headings en and tc, and save it as CSV UTF-8"
        raise unusable_file("bad-table", "this file is not a table with English and Chinese terms", path, hint)
    cells_by_column = [(_by_column(columns, cells), line) for line, cells in rows]
    return _with_synonyms(cells_by_column), [*decoded.findings, *warnings]


def _by_column(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return cells, keyed by column; several columns of a language have several forms."""
    by_column: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        earlier = by_column.get(column, "")
        by_column[column] = "; ".join(filter(None, (earlier, cell)))
    return by_column


def _with_synonyms(table: Sequence[tuple[dict[str, str], int]]) -> list[tuple[Row, int]]:
    """Return the rows of a table; in a table without ids, Chinese forms of the same English form are synonyms."""
    cells_by_term: dict[str, tuple[dict[str, str], int]] = {}
    for cells, line in table:
        english = cells.get("en", "").casefold()
        key = english if english and "id" not in cells else f"\n{line}"
        if key in cells_by_term:
            first = cells_by_term[key][0]
            for column in ("tc", "note", *_STATUSES):
                first[column] = "; ".join(dict.fromkeys([*_listed(first.get(column, "")), *_listed(cells.get(column, ""))]))
        else:
            cells_by_term[key] = dict(cells), line
    return [(_row(cells), line) for cells, line in cells_by_term.values()]


def _cells(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the cells of each row, without the comments of OmegaT's glossaries."""
    text = (_COMMENT if path.suffix.lower() == ".csv" else _OMEGAT_COMMENT).sub("", text)
    delimiter = find_delimiter(text)
    try:
        rows = list(parse_csv(text, delimiter))
    except ValueError:
        try:
            rows = list(parse_csv(text, delimiter, quoted=False))
        except ValueError as error:
            hint = "save the table as CSV UTF-8"
            raise unusable_file("bad-table", f"this file is not valid CSV: {error}", path, hint) from error
    for line, cells in rows:
        yield line, [" ".join(cell.split()) for cell in cells]


def _is_heading(cells: Sequence[str], workspace: Workspace) -> bool:
    columns = {_column(cell, workspace) for cell in cells}
    return bool(columns & {"en", "tc", "first", "second"}) and len(columns - {None}) > 1


def _heading_words(heading: str) -> list[str]:
    """Return the words of a heading without those that make no difference, as in "Chinese Name (Traditional)"."""
    return sorted(re.findall(r"[^\W_]+", _NEUTRAL_WORDS.sub(" ", heading)))


def _column(heading: str, workspace: Workspace) -> str | None:
    """Return the column that a heading names, an empty string for an unused column, or None if it may be no heading."""
    name = heading.strip().lower()
    if name in _HEADINGS:
        return _HEADINGS[name]
    if name in languages(workspace):
        return name
    if is_taiwan_tag(name):
        return heading.strip()
    words = _heading_words(name)
    if not words:
        return None
    if column := next((column for known, column in _HEADINGS.items() if _heading_words(known) == words), ""):
        return column
    columns = {_HEADINGS.get(word, "") for word in words}
    if len(columns) == 1 and any(columns):
        return columns.pop()  # a heading in two languages, such as "備註 Remarks"
    if len(words) == 1 and words != [name]:
        return _column(words[0], workspace)
    language = stated_language(name, workspace) if re.fullmatch("[a-z]{2,3}([-_][a-z]{2,4}){0,2}", name) else None
    return language.code if language else None


def _with_languages(columns: Sequence[str], rows: Sequence[Sequence[str]], workspace: Workspace) -> list[str]:
    """Return columns with the languages of the first and second column, of which the Chinese one is that with more Chinese.

    In a table with the headings en and tc, the column "source" has publications. Without headings, a third column with the second
    one in Simplified Chinese is no note.
    """
    if {"en", "tc"} <= set(columns):
        columns = ["source" if column == "first" else "" if column == "second" else column for column in columns]
    if not {"first", "second"} & set(columns):
        return list(columns)
    counts = {
        name: sum(bool(_CHINESE.search(_cell(cells, columns.index(name)))) for cells in rows)
        for name in ("first", "second")
        if name in columns
    }
    is_first_chinese = counts.get("first", 0) > counts.get("second", 0)
    names = {"first": "tc", "second": "en"} if is_first_chinese else {"first": "en", "second": "tc"}
    if columns == ["first", "second", "note"] and not is_first_chinese:
        convert = converter("tc", "cn", workspace).convert
        triples = [(_cell(cells, 1), _cell(cells, 2)) for cells in rows]
        if sum(bool(third) and convert(second) == convert(third) for second, third in triples) > len(rows) / 2:
            return ["en", "tc", "cn"]
    return [names.get(column, column) for column in columns]


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _row(cells: dict[str, str]) -> Row:
    form_columns = [column for column in cells if column not in ("", "id", "kind", "domain", "source", "note", *_STATUSES)]
    forms = [
        TermForm(column, form, "unstated" if index == 0 else "admitted")
        for column in form_columns
        for index, form in enumerate(_listed(cells[column]))
    ]
    forms += [
        TermForm("tc" if _CHINESE.search(form) else "en", form, status)
        for column, status in _STATUSES.items()
        for form in _listed(cells.get(column, ""))
    ]
    subjects = [cells.get("domain", ""), cells.get("kind", "").lower()]
    return make_row(cells.get("id", ""), forms, filter(None, subjects), cells.get("source", ""), cells.get("note", ""))


_STATUSES: dict[str, FormStatus] = {"forbidden": "forbidden", "admitted": "admitted"}


def _listed(cell: str) -> list[str]:
    return [form.strip() for form in re.split("[;；]", cell) if form.strip()]
