"""Writes docs/reference/styles.md: each house style with its keys, an example of each, and how often a form was seen.

Run it by `make docs`, or as `python docs/styles_reference.py`. The evidence is in locales/styles/evidence.csv.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ipdocs.locale.language import languages
from ipdocs.locale.list_markers import parse_marker
from ipdocs.locale.style import HouseStyle, LanguageStyle, house_style
from ipdocs.locale.style_files import style_names
from ipdocs.localisation.localise import localise
from ipdocs.source.file import SourceText
from ipdocs.source.open import SourceContext, parse_source
from ipdocs.values.filters import apply_filter
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/styles.md"
EVIDENCE = ROOT / "locales/styles/evidence.csv"
WORKSPACE = Workspace(ROOT)
INTRODUCTION = """\
# House styles

Each house style, with its keys, an example of each as ipdocs writes it, and how often official texts have the form. The page is
generated: `make docs` writes it from `locales/styles/`. [locales/README.md](../../locales/README.md) explains the keys, and
`locales/styles/evidence.csv` has the sources of the counts.

`sc` and `cn` have the keys of `tc`, except those in their own tables. The day of issue of all examples is March 5, 2026.
"""
PERSON = (
    'person: {name: {en: "Chan Tai-man", tc: "陳大文"}, title: {en: "Mr", tc: "先生"},'
    ' post: {en: "Director of Parks", tc: "公園署署長"}, acting: "false"}'
)
ACTING = PERSON.replace('"false"', '"true"')
NO_POST = 'person: {name: {en: "Chan Tai-man", tc: "陳大文"}, title: {en: "Mr", tc: "先生"}}'

EXAMPLES: Mapping[str, Sequence[tuple[str, str]]] = {
    "numerals.number": [("integer: 36", "number")],
    "numerals.count": [("integer: 8", "count")],
    "numerals.ordinal": [("ordinal: 17", "ordinal")],
    "numerals.date": [("date: 2026-03-05", "date")],
    "numerals.time": [('time: "14:30"', "time")],
    "numerals.years": [("years: 2026-2027", "years")],
    "numerals.percent": [("percent: 2.6", "percent")],
    "numerals.money": [("money: HKD 36000000", "money")],
    "numerals.end-block": [("date: 2026-03-05", 'date("end-block")')],
    "zero.in-years": [("date: 2030-01-01", "year")],
    "zero.in-numbers": [("ordinal: 105", "ordinal")],
    "figures-from": [("integer: 3", "count"), ("integer: 8", "count"), ("integer: 11", "count"), ("integer: 36", "count")],
    "number": [("integer: 152300", "number")],
    "amount": [("money: HKD 7050", "money")],
    "thousands-from": [("integer: 6120", "number"), ("integer: 41200", "number")],
    "large": [("integer: 260000", "number"), ("integer: 30000000", "number")],
    "ordinal": [("ordinal: 3", "ordinal"), ("ordinal: 17", "ordinal")],
    "percent": [("percent: 2.6", "percent"), ("percent: 3.0", "percent")],
    "money.HKD": [("money: HKD 7000", "money"), ("money: HKD 12.50", "money"), ("money: HKD 14000000", "money")],
    **{f"money.{code}": [(f"money: {code} 300", "money")] for code in ("USD", "CNY", "MOP", "EUR", "GBP", "JPY")},
    "date.full": [("date: 2026-03-05", "date")],
    "date.day": [("date: 2026-03-05", "day")],
    "date.month": [("date: 2026-03-05", "month")],
    "date.year": [("date: 2026-03-05", "year")],
    "date.yesterday": [("date: 2026-03-04", "today")],
    "date.today": [("date: 2026-03-05", "today")],
    "date.tomorrow": [("date: 2026-03-06", "today")],
    "date.issue-line": [("date: 2026-03-05", 'date("issue-line")')],
    "date.end-block": [("date: 2026-03-05", 'date("end-block")')],
    "time.hour": [('time: "10:00"', "time")],
    "time.minutes": [('time: "14:05"', "time")],
    "time.noon": [('time: "12:00"', "time")],
    "time.midnight": [('time: "00:00"', "time")],
    "time.end-block": [('time: "18:05"', 'time("end-block")')],
    "time.to": [('time: "14:30-17:00"', "time")],
    "weekday": [("date: 2026-03-05", "weekday")],
    "years": [("years: 2026-2027", "years")],
    "periods.quarters": [("period: 2026-Q3", 'period("without-year")')],
    "periods.halves": [("period: 2026-H1", 'period("without-year")')],
    "periods.with-year": [("period: 2026-Q3", "period")],
    "periods.decade": [("period: 1990s", "period")],
    "fractions.1/2": [("fraction: 1/2", "fraction")],
    "fractions.2/3": [("fraction: 2/3", "fraction")],
    "fractions.other": [("fraction: 3/8", "fraction")],
    "telephone": [('phone: "23456789"', "phone")],
    "person.full": [(PERSON, "person")],
    "person.without-post": [(NO_POST, "person")],
    "person.name": [(PERSON, "name")],
    "person.later": [(PERSON, "short")],
    "person.acting": [(ACTING, "post")],
}
"""Facts and filters whose results show a key."""
_LISTS = {
    "en": ("maps", "plans", "models"),
    "tc": ("地圖", "圖則", "模型"),
    "sc": ("地图", "图则", "模型"),
    "cn": ("地图", "图则", "模型"),
}


@dataclass(frozen=True)
class Evidence:
    """A row of locales/styles/evidence.csv: a form that a style writes or accepts, and how often it was seen.

    Attributes:
        key: the key of the style, with dots between nested keys.
        use: "writes" or "accepts".
        fact: the fact that the form states, as in a source; empty if the form is the value of the key.
        filter: the filter that writes the fact.
        count: how often the form was seen.
        of: the number of places that could have had the form.
    """

    point: str
    style: str
    language: str
    key: str
    use: str
    form: str
    fact: str
    filter: str
    count: str
    of: str
    where: str
    note: str


def evidence() -> list[Evidence]:
    """Return the rows of the evidence."""
    with EVIDENCE.open(encoding="utf-8-sig", newline="") as file:
        return [Evidence(**row) for row in csv.DictReader(file)]


def written(style: str, code: str, expressions: Sequence[tuple[str, str]]) -> list[str]:
    """Return what a style writes in a language for facts with filters, such as ("percent: 2.6", "percent")."""
    numbered = [(index, *pair) for index, pair in enumerate(expressions) if not pair[0].startswith("list:")]
    facts = [f"  f{index}: {{{fact}}}\n" for index, fact, _ in numbered]
    texts = ["{{ " + f"f{index} | {filter_name}" + " }}" for index, _, filter_name in numbered]
    blocks = [
        f"  - id: b{index}\n    paragraph: {{en: '{text}', tc: '{text}'}}\n"
        for (index, *_), text in zip(numbered, texts, strict=True)
    ]
    if not blocks:
        blocks = ['  - id: b\n    paragraph: {en: "Words", tc: "文字"}\n']
    text = (
        f"schema: 1\nkind: press-release\nid: styles\nstyle: {style}\nissued: 2026-03-05\nlanguages: [en, tc]\n"
        f'{"facts:" if facts else ""}\n{"".join(facts)}title: {{en: "Styles", tc: "樣式"}}\nbody:\n{"".join(blocks)}'
    )
    path = ROOT / "styles.yaml"
    source = parse_source(SourceText(path, text), SourceContext(path, WORKSPACE))
    document = localise(source, languages(WORKSPACE)[code]).document
    results = {block.id: str(block.paragraph).replace("\u00a0", " ") for block in document.body}
    return [
        results[f"b{index}"] if f"b{index}" in results else _joined(style, code, fact.removeprefix("list:").split(";"))
        for index, (fact, _) in enumerate(expressions)
    ]


def _joined(style: str, code: str, items: Sequence[str]) -> str:
    value_context = ValueContext(languages(WORKSPACE)[code], house_style(style, WORKSPACE), Date(2026, 3, 5))
    return apply_filter("list", tuple(item.strip() for item in items), (), {}, value_context)


def key_values(record: BaseModel, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each key of a section of a style with its value; nested keys have dots between them."""
    for name, model_field in type(record).model_fields.items():
        value, key = getattr(record, name), f"{prefix}{model_field.alias or name}"
        if isinstance(value, BaseModel):
            yield from key_values(value, f"{key}.")
        elif isinstance(value, dict):
            yield from ((f"{key}.{inner}", inner_value) for inner, inner_value in value.items())
        else:
            yield key, value


def forms_of(style: HouseStyle, code: str, key: str) -> list[str]:
    """Return the forms that the value of a key has: each text in it, and each pair of marks as one form."""
    if key == "release.end-mark":
        return [style.release.end_mark.get(code, "")]
    return list(_texts(dict(key_values(style.languages[code]))[key]))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, str) and len(part) == 1 for part in value):
        yield "".join(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif value is not None:
        yield str(value)


def page() -> str:
    """Return the page on the house styles as Markdown."""
    return "\n".join([INTRODUCTION, *(line for name in style_names(WORKSPACE) for line in _style_section(name))])


def _style_section(name: str) -> Iterator[str]:
    style = house_style(name, WORKSPACE)
    end_marks = style.release.end_mark if style.release.end_block else {}  # without an end block, there is no mark below it
    marks = ", ".join(f"{mark} ({code})" for code, mark in end_marks.items() if mark)
    places = [
        *(["a line under the title"] if style.release.issued_line else []),
        *(["the end block"] if style.release.end_block else []),
    ]
    yield f"## {name}\n"
    yield f"{style.about} Issue date: {' and '.join(places)}. End mark: {marks or 'none'}. Fonts: {style.design}.\n"
    for language in languages(WORKSPACE).values():
        if language.code in style.languages:
            yield from _language_section(style, language.code, language.in_english, language.converted_from)


def _language_section(style: HouseStyle, code: str, language: str, base: str | None) -> Iterator[str]:
    section, base_values = style.languages[code], dict(key_values(style.languages[base])) if base else {}
    keys = {key: value for key, value in key_values(section) if _is_used(value) and (not base or base_values.get(key) != value)}
    if not languages(WORKSPACE)[code].is_chinese:
        del keys["ellipses"]  # only Chinese is checked
    expressions = [pair for key in keys for pair in EXAMPLES.get(key, ())]
    results = dict(zip(expressions, written(style.name, code, expressions), strict=True))
    rows = [row for row in evidence() if (row.style, row.language) == (style.name, code)]
    yield f"### {style.name}: {language}\n"
    yield "| key | value | example | seen |\n|---|---|---|---|"
    for key, value in keys.items():
        example = ", ".join(results[pair] for pair in EXAMPLES.get(key, ())) or _own_example(key, value, section, code)
        seen = "; ".join(filter(None, (_seen(row) for row in rows if row.key == key)))
        yield f"| `{key}` | {_escaped(_shown(value))} | {_escaped(example)} | {_escaped(seen)} |"
    yield ""


def _is_used(value: Any) -> bool:
    return value not in (None, "", ())


def _seen(row: Evidence) -> str:
    """Return the count of a form, with what distinguishes it from other forms."""
    count = f"{row.count} of {row.of}" if row.of else row.count
    verb = "" if row.use == "writes" else "accepted: "
    return f"{verb}{row.form}, {count}" if count else f"{verb}{row.form}" if row.use == "accepts" else ""


def _own_example(key: str, value: Any, section: LanguageStyle, code: str) -> str:
    """Return an example of a key whose forms are not those of facts."""
    if key.startswith("markers.") and isinstance(value, str):
        marker = parse_marker(value)
        return " ".join(marker.text(number).strip() for number in (1, 2, 3))
    if key == "markers.levels":
        return " ".join(section.markers.pattern(kind) for kind in value)
    if key == "items.each":
        return " ".join(f"{item}{ending}" for item, ending in zip(_LISTS[code], (value, *_last_endings(section)), strict=True))
    if key == "quotes":
        (opening, closing), (inner_opening, inner_closing) = value
        return f"{opening}A {inner_opening}B{inner_closing} C{closing}"
    if key == "and":
        return apply_filter("list", _LISTS[code], (), {}, ValueContext(languages(WORKSPACE)[code], house_style("gia", WORKSPACE)))
    return ""


def _last_endings(section: LanguageStyle) -> tuple[str, str]:
    return section.items.last_but_one, section.items.last


def _shown(value: Any) -> str:
    """Return the value of a key as text; of many pairs of words only the first are shown."""
    if isinstance(value, tuple):
        shown = [f"{part[0]} {part[1]}" if isinstance(part, tuple) else str(part) for part in value[:4]]
        return ", ".join(shown) + (f" and {len(value) - 4} more" if len(value) > 4 else "")
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
