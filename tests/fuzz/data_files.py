"""Targets for the data files of a workspace: languages, styles, fonts, checks, phrases and dictionaries."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from ipdocs.checks.forms import forms
from ipdocs.checks.run_rules import DEFAULT_SEVERITIES
from ipdocs.checks.settings import severities
from ipdocs.findings import raise_errors
from ipdocs.locale.catalogs import catalog
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.counterparts import read_counterparts
from ipdocs.locale.glossary import glossary, workspace_domains
from ipdocs.locale.import_words import import_words
from ipdocs.locale.language import languages
from ipdocs.locale.spelling.dictionary import own_words
from ipdocs.locale.spelling.hunspell import read_forms
from ipdocs.locale.spelling.word_list import from_forms
from ipdocs.locale.spelling.word_list import load as load_words
from ipdocs.locale.style import house_style
from ipdocs.pipeline.check import check
from ipdocs.templating.fonts import fonts
from ipdocs.translation.libretranslate import machine_settings
from ipdocs.translation.memory.opposites import opposites
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

from ..properties.mutate import damage
from .sources import ROOT, SMALL, all_of, single_file
from .target import Case, Target
from .yaml_cases import WORD, bombs, encoded, load, trees


def _small(folder: Path) -> None:
    """Put a small source into a workspace of its own."""
    (folder / "locales").mkdir(exist_ok=True)
    (folder / "d").mkdir(exist_ok=True)
    (folder / "d/x.yaml").write_text(SMALL, "utf-8")


def _yaml(name: str, *aliases: str) -> st.SearchStrategy[Case]:
    """Cases of a data file, changed from the shipped file; some have aliases that expand."""
    seed = load((ROOT / name).read_text("utf-8"))
    return single_file(name, st.one_of(trees([seed]), trees([seed]), *(bombs(alias) for alias in aliases)))


def _languages(folder: Path) -> None:
    found = languages(Workspace(folder))
    all_of(*(lambda language=language: fonts(language, Workspace(folder)) for language in found.values()))


def _style(folder: Path) -> None:
    style = house_style("gia", Workspace(folder))
    all_of(*(lambda language=language: style.for_language(language) for language in languages(Workspace(folder)).values()))
    raise_errors(check([folder / "d/x.yaml"]))


PORTUGUESE = ROOT / "tests/portuguese/locales/pt-MO"
PORTUGUESE_TEXT = (
    "A 17.ª reunião, de 20 a 22 de Dezembro de 2026 (domingo), das 9h00 às 17h30, com 1.234,50 patacas e 3 a 5%; "
    "hoje, ſeis e um, 20/12/2026, 5 p.m., o 1.º de Maio, 2025/2026 e MOP 3 milhões."
)

EXPRESSIONS = "{{ n }} {{ d }} {{ m }} {{ t }}"
PORTUGUESE_SOURCE = f"""\
schema: 1
kind: press-release
id: x
issued: 2026-12-20
languages: [en, pt]
facts: {{n: {{decimal: 1234.5}}, d: {{date: 2026-12-20}}, m: {{money: MOP 3000000}}, t: {{time: "09:00-17:30"}}}}
title: {{en: "A title", pt: "Um título"}}
body:
  - id: a
    paragraph:
      en: "{EXPRESSIONS}"
"""


def _portuguese(folder: Path) -> None:
    """Put Portuguese and a source in it into a workspace."""
    (folder / "locales/pt-MO").mkdir(parents=True, exist_ok=True)
    (folder / "d").mkdir(exist_ok=True)
    (folder / "locales/pt-MO/language.yaml").write_bytes((PORTUGUESE / "language.yaml").read_bytes())
    (folder / "d/x.yaml").write_text(PORTUGUESE_SOURCE + f'      pt: "{EXPRESSIONS} {PORTUGUESE_TEXT}"\n', "utf-8")


def _language_style(folder: Path) -> None:
    workspace = Workspace(folder)
    language, style = languages(workspace)["pt"], house_style("gia", workspace)
    style.for_language(language)
    recognise(PORTUGUESE_TEXT, ValueContext(language, style, Date(2026, 12, 20)))
    raise_errors(check([folder / "d/x.yaml"]))


def _fonts(folder: Path) -> None:
    workspace = Workspace(folder)
    fonts(languages(workspace)["tc"], workspace)


def _checks(folder: Path) -> None:
    severities(Workspace(folder), DEFAULT_SEVERITIES)


CHECKS = load('doubled-word: off\nnumber-differs: warning\n"wrong-script": error\n')
DOMAINS = load("domains: [general, ip]\n")
MACHINE = load("provider: libretranslate\naddress: http://127.0.0.1:5000\nlanguages: {tc: zt, en: en}\n")


def _tables(name: str) -> st.SearchStrategy[Case]:
    """Cases of a table, changed from the shipped one: cells, rows and quotation marks."""
    text = (ROOT / name).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    return _tabular(rows[0], rows[1:40]).map(lambda content: {name: content})


CELL = st.one_of(WORD, st.sampled_from(("=1+1", '"', '""', ",", "\n", "a;b;;c", "字" * 200, "x" * 200_000, "干 乾", " ", "yes")))
QUOTES = ('"', "'", "")


@st.composite
def _tabular(draw: st.DrawFn, heads: list[str], rows: list[list[str]]) -> bytes:
    start = draw(st.integers(0, len(rows) - 1))
    chosen = [list(row) for row in rows[start : start + draw(st.integers(0, 8))]]
    heads = list(heads)
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.sampled_from([heads, *chosen]))
        match draw(st.sampled_from(("cell", "cell", "cell", "drop", "add", "double", "swap"))):
            case "cell" if row:
                row[draw(st.integers(0, len(row) - 1))] = draw(CELL)
            case "drop" if row:
                del row[draw(st.integers(0, len(row) - 1))]
            case "add":
                row.append(draw(CELL))
            case "double":
                chosen.append(list(row))
            case "swap" if len(row) > 1:
                row.reverse()
    out = io.StringIO()
    quote = draw(st.sampled_from(QUOTES))
    for cells in (heads, *chosen):
        out.write(",".join(_cell(cell, quote) for cell in cells) + draw(st.sampled_from(("\n", "\n", "\r\n", "\r", ""))))
    data = draw(st.sampled_from((b"", b"\xef\xbb\xbf", b"\xff\xfe"))) + encoded(out.getvalue())
    return damage(data, Random(draw(st.integers(0, 2**32)))) if draw(st.integers(0, 5)) == 0 else data


def _cell(text: str, quote: str) -> str:
    needs = any(mark in text for mark in ',"\n\r')
    return quote + text.replace('"', '""') + quote if quote and needs else text


def _glossary(folder: Path) -> None:
    found = glossary(Workspace(folder))
    for code in ("en", "tc", "sc"):
        found.find("Expert Group 專責小組", code)
        found.find_forbidden("專家組 expert", code)


def _converted(folder: Path) -> None:
    workspace = Workspace(folder)
    for pair in (("tc", "sc"), ("tc", "cn"), ("sc", "tc")):
        converter(*pair, workspace).convert("余先生説，廣東省的乾旱與編製年報。")


def _import_words(folder: Path) -> None:
    import_words(Workspace(folder)).is_line_of("copyright", "(c) 2018 Harbour Office")


def _counterparts(folder: Path) -> None:
    read_counterparts(Workspace(folder)).any_code.search("LCQ 12 and CO2")


def _forms(folder: Path) -> None:
    workspace = Workspace(folder)
    for kind in ("taiwan", "variant"):
        forms(languages(workspace)["tc"], kind, workspace)


def _own_words(folder: Path) -> None:
    workspace = Workspace(folder)
    own_words(languages(workspace)["en"], workspace)


AFF_LINES = (
    *(
        "SET UTF-8",
        "SET ISO8859-1",
        "SET punycode",
        "SET undefined",
        "FLAG num",
        "FLAG long",
        "FLAG UTF-8",
        "AF 2",
        "AF AB",
        "AF 1",
    ),
    *(
        "PFX A Y 1",
        "PFX A 0 un .",
        "PFX A 0 un/B .",
        "SFX B Y 2",
        "SFX B y ies [^aeiou]y",
        "SFX B 0 s .",
        "SFX B 0 s/B .",
        "SFX B 0 0/A",
    ),
    *(
        "SFX B Y",
        "SFX",
        "SFX B 0",
        "SFX B 0 s [a",
        "SFX B 0 s [^]",
        "SFX B 0 s []",
        "SFX B 0 s (a+)+$",
        "SFX B 0 s " + "[ab]" * 300,
    ),
    *(
        "NEEDAFFIX A",
        "FORBIDDENWORD B",
        "NOSUGGEST A",
        "ONLYINCOMPOUND",
        "REP 2",
        "REP a b",
        "TRY abc",
        "COMPOUNDRULE (A)*",
        "# note",
    ),
)
DIC_LINES = (
    *(
        "2",
        "kind/AB",
        "kind/1",
        "kind/0",
        "kind/-1",
        "kind/65,66",
        "tidy/B",
        r"and\/or/A",
        "a/" + "AB" * 300,
        "k" * 3000,
        "/",
        "/A",
    ),
    *("word po:noun", "word\tst:word", "\t", "é/B", "\ufeffx", "x\u2028y", "a b/A", "\x85", "kind/" + "9" * 5000),
)


@st.composite
def _dictionaries(draw: st.DrawFn) -> Case:
    case = {}
    for name, lines in (("xx.aff", AFF_LINES), ("xx.dic", DIC_LINES)):
        text = "\n".join(draw(st.lists(st.one_of(st.sampled_from(lines), WORD), max_size=12)))
        data = draw(st.sampled_from((b"", b"\xef\xbb\xbf"))) + encoded(text)
        case[name] = damage(data, Random(draw(st.integers(0, 2**32)))) if draw(st.integers(0, 3)) == 0 else data
    return case


def _dictionary(folder: Path) -> None:
    forms = read_forms((folder / "xx.aff").read_bytes(), (folder / "xx.dic").read_bytes(), folder / "xx.dic")
    words = from_forms(forms)
    stored = load_words(words.stored)
    assert stored
    assert stored.words == words.words
    assert all(form in words for form in forms.accepted)
    words.similar_words("kimds")


def _opposites(folder: Path) -> None:
    workspace = Workspace(folder)
    opposites(languages(workspace)["en"], workspace)


def _catalog(folder: Path) -> None:
    workspace = Workspace(folder)
    for code in ("tc", "sc", "en"):
        found = catalog(languages(workspace)[code], workspace)
        found.gettext("Media enquiries")
        found.ngettext("{{ title }} (with photo)", "{{ title }} (with photos)", 2)


PHRASES = (
    'msgid "Media enquiries"\nmsgstr "傳媒查詢"\n\n',
    'msgid "Tel: %(phone)s"\nmsgstr "電話：%(phone)s"\n\n',
    'msgid "%(title)s (with photo)"\nmsgid_plural "%(title)s (with photos)"\nmsgstr[0] "%(title)s（附圖）"\n\n',
    '#, fuzzy\nmsgctxt "x"\nmsgid "a"\nmsgstr "b"\n\n',
    '#~ msgid "old"\n#~ msgstr "舊"\n\n',
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n',
)
ODD_PHRASES = (
    'msgid ""\nmsgstr "Plural-Forms: nplurals=99999; plural=n%0;\\n"\n\n',
    'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=((((((((((n))))))))));\\n"\n\n',
    f'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural={"(" * 500}n{")" * 500};\\n"\n\n',
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-7\\n"\n\n',
    'msgid ""\nmsgstr "POT-Creation-Date: 9999-99-99 99:99+9999\\nLanguage: xx\\n"\n\n',
    'msgid "a\nmsgstr',
    'msgstr[7] "x"\n',
    'msgid "%(title"\nmsgstr "%s %d %(x)s"\n\n',
)


@st.composite
def _phrases(draw: st.DrawFn) -> bytes:
    parts = draw(st.lists(st.one_of(st.sampled_from(PHRASES), st.sampled_from(ODD_PHRASES), WORD), min_size=1, max_size=8))
    data = encoded("".join(parts))
    return damage(data, Random(draw(st.integers(0, 2**32)))) if draw(st.booleans()) else data


def _table(name: str, table: str, run: Callable[[Path], None]) -> Target:
    return Target(name, "open", _tables(table), run, _small, caches=("ipdocs.locale", "ipdocs.checks"), weight=5)


def _data(name: str, file: st.SearchStrategy[Case], run: Callable[[Path], None]) -> Target:
    return Target(name, "open", file, run, _small, caches=("ipdocs.locale", "ipdocs.templating.fonts"), weight=5)


DATA_TARGETS = (
    _data("language.yaml", _yaml("locales/zh-Hant-HK/language.yaml", "code: @\ntag: @\n", "@: x\n"), _languages),
    _data("style.yaml", _yaml("locales/styles/gia.yaml", "languages: @\n", "languages: {en: @}\n", "about: @\n"), _style),
    Target(
        "language-style.yaml",
        "open",
        single_file(
            "locales/pt-MO/style.yaml",
            st.one_of(
                trees([load((PORTUGUESE / "style.yaml").read_text("utf-8"))]), bombs("reading: @\nbased-on: en\ncldr: pt\n")
            ),
        ),
        _language_style,
        _portuguese,
        caches=("ipdocs.locale",),
        weight=5,
    ),
    _data("fonts.yaml", _yaml("locales/zh-Hant-HK/fonts.yaml", "serif: @\n"), _fonts),
    _data(
        "checks.yaml",
        single_file("checks.yaml", st.one_of(trees([CHECKS]), bombs("doubled-word: @\n"), bombs("@: off\n"))),
        _checks,
    ),
    _data(
        "domains.yaml",
        single_file("locales/glossary/domains.yaml", st.one_of(trees([DOMAINS]), bombs("domains: @\n"))),
        lambda folder: workspace_domains(Workspace(folder)),
    ),
    _data(
        "machine.yaml",
        single_file(
            "locales/machine.yaml", st.one_of(trees([MACHINE]), bombs("provider: x\naddress: @\n"), bombs("languages: @\n"))
        ),
        lambda folder: machine_settings(Workspace(folder)),
    ),
    _table("glossary.csv", "locales/glossary/intellectual-property.csv", _glossary),
    _table("conversion.csv", "locales/zh-Hant-HK/conversion.csv", _converted),
    _table("conversion-sc.csv", "locales/zh-Hans-HK/conversion.csv", _converted),
    _table("surnames.csv", "locales/zh-Hant-HK/surnames.csv", _converted),
    _table("names.csv", "locales/zh-Hant-HK/names.csv", _converted),
    _table("counterparts.csv", "locales/counterparts.csv", _counterparts),
    _table("import.csv", "locales/import.csv", _import_words),
    _table("forms.csv", "locales/zh-Hant-HK/forms.csv", _forms),
    _data(
        "words.txt",
        st.lists(WORD, max_size=9).map(lambda words: {"locales/en/words.txt": encoded("\n".join(words))}),
        _own_words,
    ),
    Target("dictionary", "open", _dictionaries(), _dictionary, is_text=False, weight=5),
    _table("opposites.csv", "locales/en/opposites.csv", _opposites),
    Target(
        "phrases.po",
        "open",
        _phrases().map(lambda data: {"locales/zh-Hant-HK/phrases.po": data}),
        _catalog,
        _small,
        caches=("ipdocs.locale",),
        weight=5,
    ),
)
