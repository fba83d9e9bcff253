"""Examples of findings on the data of a workspace's locales/: languages, house styles, phrases, the glossary, tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ipdocs.files.yaml import read_yaml
from ipdocs.findings import Finding
from ipdocs.locale.catalog_review import catalog_findings
from ipdocs.locale.catalog_update import extract_messages
from ipdocs.locale.conversion.engine import Engine, conversion_rules, word_boundaries
from ipdocs.locale.counterparts import read_counterparts
from ipdocs.locale.file_names import file_name_words
from ipdocs.locale.glossary import glossary, old_glossary_findings, workspace_domains
from ipdocs.locale.import_words import import_words
from ipdocs.locale.language import language, languages, written_language
from ipdocs.locale.style import house_style
from ipdocs.locale.translation_states import tool_states
from ipdocs.templating.fonts import fonts
from ipdocs.workspace import Workspace

from .example import produces, write

FRENCH = "code: fr\nname: français\nin-english: French\nscript: Latn\n"
FRENCH_STYLE = """based-on: en
cldr: fr_FR
ordinal: "{}e"
date: {full: d MMMM y, day: d MMMM, issue-line: d MMMM y, end-block: EEEE d MMMM y, today: "'aujourd’hui'", yesterday: "'hier'",
  tomorrow: "'demain'"}
time: {hour: H, minutes: "H:mm", noon: "'midi'", midnight: "'minuit'", to: " à "}
items: {last-but-one: "; et"}
person: {acting: "{post} par intérim"}
"""
GLOSSARY = "id,kind,domain,en,tc,sc,cn,forbidden,allowed,confidence,source,note\n"
PHRASES = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@produces("unknown-language")
def a_language_that_does_not_exist(folder: Path) -> None:
    language("tcc", Workspace(folder))


@produces("derived-language")
def a_translation_into_a_language_that_is_converted(folder: Path) -> None:
    written_language("sc", Workspace(folder))


@produces("bad-data")
def a_language_without_a_code(folder: Path) -> None:
    write(folder / "locales/fr/language.yaml", "name: français\nin-english: French\nscript: Latn\n")
    languages(Workspace(folder))


@produces("bad-data")
def a_house_style_with_one_measure_word_instead_of_a_list(folder: Path) -> None:
    write(folder / "locales/styles/ours.yaml", "based-on: gia\nlanguages:\n  tc:\n    no-figures-before: 個月\n")
    house_style("ours", Workspace(folder))


@produces("bad-data")
def a_house_style_with_a_number_as_the_marker_of_letters(folder: Path) -> None:
    write(folder / "locales/styles/ours.yaml", "based-on: gia\nlanguages:\n  en:\n    markers: {letter: (1)}\n")
    house_style("ours", Workspace(folder))


@produces("bad-yaml")
def a_data_file_with_a_bracket_that_is_not_closed(folder: Path) -> None:
    read_yaml(write(folder / "style.yaml", "a: [1,\nb: 2\n"))


@produces("not-utf8")
def a_data_file_in_another_encoding(folder: Path) -> None:
    read_yaml(write(folder / "style.yaml", b"a: \xff\n"))


@produces("unknown-style")
def a_house_style_that_does_not_exist(folder: Path) -> None:
    house_style("giaa", Workspace(folder))


@produces("circular-style")
def house_styles_that_are_based_on_each_other(folder: Path) -> None:
    write(folder / "locales/styles/first.yaml", "based-on: second\n")
    write(folder / "locales/styles/second.yaml", "based-on: first\n")
    house_style("first", Workspace(folder))


@produces("style-without-language")
def a_house_style_that_does_not_cover_a_language(folder: Path) -> None:
    write(folder / "locales/fr/language.yaml", FRENCH)
    house_style("gia", Workspace(folder)).for_language(language("fr", Workspace(folder)))


@produces("style-without-key")
def a_language_that_does_not_say_how_it_writes_percentages_and_months(folder: Path) -> None:
    write(folder / "locales/fr/language.yaml", FRENCH)
    write(folder / "locales/fr/style.yaml", FRENCH_STYLE)
    house_style("gia", Workspace(folder)).for_language(language("fr", Workspace(folder)))


@produces("no-fonts")
def a_language_without_fonts(folder: Path) -> None:
    write(folder / "locales/ja/language.yaml", "code: ja\nname: 日本語\nin-english: Japanese\nscript: Jpan\n")
    fonts(language("ja", Workspace(folder)), Workspace(folder))


@produces("bad-translation-state")
def a_state_of_a_translation_tool_that_means_nothing(folder: Path) -> None:
    row = "namespace,attribute,value,state\nhttps://example.org/tool,status,ok,done\n"
    write(folder / "locales/translation-states.csv", row)
    tool_states(Workspace(folder))


@produces("bad-table")
def a_table_that_lacks_a_column(folder: Path) -> None:
    write(folder / "locales/glossary/office.csv", GLOSSARY.replace(",note", ""))
    glossary(Workspace(folder))


@produces("repeated-row")
def a_term_that_is_in_the_glossary_twice(folder: Path) -> None:
    write(folder / "locales/glossary/office.csv", GLOSSARY + "cat,term,general,cat,貓,,,,,high,,\n" * 2)
    glossary(Workspace(folder))


@produces("bad-term")
def a_term_of_a_kind_that_does_not_exist(folder: Path) -> None:
    write(folder / "locales/glossary/office.csv", GLOSSARY + "cat,animal,general,cat,貓,,,,,high,,\n")
    glossary(Workspace(folder))


@produces("old-glossary")
def a_glossary_of_an_earlier_version(folder: Path) -> Iterable[Finding]:
    write(folder / "locales/glossary.csv", "id,kind,en,tc,sc,cn,forbidden,allowed,confidence,note\n")
    return old_glossary_findings(Workspace(folder))


@produces("unknown-domain")
def a_domain_that_no_term_has(folder: Path) -> None:
    write(folder / "locales/glossary/domains.yaml", "domains: [general, ipp]\n")
    workspace_domains(Workspace(folder))


@produces("bad-counterpart")
def a_code_with_a_number_that_its_words_lack(folder: Path) -> None:
    write(folder / "locales/counterparts.csv", "english,chinese,note\nT{n},某級,\n")
    read_counterparts(Workspace(folder))


@produces("bad-counterpart")
def a_code_with_an_unknown_number(folder: Path) -> None:
    write(folder / "locales/counterparts.csv", "english,chinese,note\nT{x},第{x}級,\n")
    read_counterparts(Workspace(folder))


@produces("bad-import-word")
def a_word_for_imports_of_a_kind_that_does_not_exist(folder: Path) -> None:
    write(folder / "locales/import.csv", "language,kind,text,note\nen,end-marks,Fin,\n")
    import_words(Workspace(folder))


@produces("bad-import-word")
def a_word_for_imports_without_its_placeholder(folder: Path) -> None:
    write(folder / "locales/import.csv", "language,kind,text,note\nen,issued-line,Dated,\n")
    import_words(Workspace(folder))


@produces("bad-file-name-word")
def a_word_of_file_names_for_an_unknown_language(folder: Path) -> None:
    write(folder / "locales/file-names.csv", "language,text,note\neng,english,\n")
    file_name_words(Workspace(folder))


@produces("bad-file-name-word")
def a_row_of_file_names_without_a_word(folder: Path) -> None:
    write(folder / "locales/file-names.csv", "language,text,note\nen,,to be written\n")
    file_name_words(Workspace(folder))


@produces("bad-rule")
def a_conversion_rule_of_a_kind_that_does_not_exist(folder: Path) -> None:
    write(folder / "locales/zh-Hans-HK/conversion.csv", "kind,from,to,source,example,result,note\nsentence,甲,乙,,,,\n")
    conversion_rules("zh-Hans-HK", Workspace(folder))


@produces("bad-rule")
def a_context_without_the_end_of_a_word(folder: Path) -> None:
    write(folder / "locales/zh-Hant-HK/contexts.csv", "text,example,result,note\n统一出口,,,\n")
    word_boundaries("zh-Hant-HK", Workspace(folder))


@produces("no-conversion")
def a_conversion_from_english(folder: Path) -> None:
    Engine("en", "tc", Workspace(folder))


@produces("bad-catalog")
def a_catalog_with_more_plural_forms_than_it_announces(folder: Path) -> None:
    write(folder / "locales/zh-Hant-HK/phrases.po", PHRASES + 'msgid "page"\nmsgid_plural "pages"\nmsgstr[2] "頁"\n')
    catalog_findings(Workspace(folder))


@produces("missing-phrase", "fuzzy-phrase", "plural-forms-differ", "placeholder-differs")
def a_catalog_with_gaps_and_mistakes(folder: Path) -> Iterable[Finding]:
    write(
        folder / "locales/zh-Hant-HK/phrases.po",
        PHRASES
        + 'msgid "A new phrase"\nmsgstr ""\n\n'
        + '#, fuzzy\nmsgid "Issued at %(time)s"\nmsgstr "發出"\n\n'
        + 'msgid "%(count)s page"\nmsgid_plural "%(count)s pages"\nmsgstr[0] "%(count)s頁"\nmsgstr[1] ""\n',
    )
    return catalog_findings(Workspace(folder))


@produces("bad-template")
def a_template_whose_phrases_cannot_be_collected(folder: Path) -> None:
    write(folder / "templates/letter/document.html", "<p>{% trans %}Issued{% endtras %}</p>\n")
    extract_messages(folder)
