"""Examples of findings on translations: files to and from translators, machine translation, the memory, the glossary."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document

from ipdocs.findings import Finding
from ipdocs.source.open import open_source
from ipdocs.translation.confirm import confirm
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.import_translations import import_translations
from ipdocs.translation.machine_drafts import machine_drafts
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.translation.memory.workspace_memory import add_to_memory, check_memory, open_memory
from ipdocs.translation.suggestions import translate_text
from ipdocs.translation.terms import import_terms
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace

from .example import RELEASE, ROOT, changed, produces, write

PACK = "locales/glossary/intellectual-property.csv"
SOURCE = (
    changed(
        RELEASE,
        ("body:\n", "facts: {day: {date: 2018-08-21}}\nbody:\n"),
        ("A meeting.", "A **first** meeting with 14 firms was held on {{ day | date }}."),
        ("會議。", "**首次**會議於{{ day | date }}舉行，十四間公司出席。"),
    )
    + '- id: more\n  paragraph: {en: "More followed.", tc: "其後繼續。"}\n'
)


def workspace(folder: Path, source: str = SOURCE) -> Path:
    (folder / "locales").mkdir(exist_ok=True)
    return write(folder / "source.yaml", source)


def returned(folder: Path, form: str, *changes: tuple[str, str], to: str = "", source: str = SOURCE) -> Iterable[Finding]:
    """Export a source, change the file as a translator might, and import it."""
    path = workspace(folder, source)
    text = export_translations(open_source(path, draft=True), "tc", form).decode()  # type: ignore[arg-type]
    file = write(folder / f"sent.{ENDINGS[form]}", changed(text, *changes))
    return import_translations(path, [file], to=to).findings


@produces("unknown-text", "text-not-returned")
def a_returned_text_under_another_name(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('"more.paragraph"', '"mor.paragraph"'))


@produces("repeated-text")
def a_text_that_is_returned_with_two_translations(folder: Path) -> Iterable[Finding]:
    return returned(folder, "xliff2", ('id="u3"', 'id="u3a"'), ('name="more.paragraph"', 'name="lead.paragraph"'))


@produces("changed-code")
def a_returned_text_that_lost_a_fact(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ("會議於{{ day | date }}舉行", "會議於八月舉行"))


@produces("unbalanced-codes")
def a_returned_text_with_emphasis_that_does_not_end(folder: Path) -> Iterable[Finding]:
    return returned(folder, "xliff1", ("首次</g>", '首次</g><bx id="1"/>'))


@produces("value-differs")
def a_returned_text_with_another_number(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ("十四間公司", "四十間公司"))


@produces("edited-fact")
def a_returned_text_with_words_typed_into_a_code(folder: Path) -> Iterable[Finding]:
    exported = 'equiv-text="二○一八年八月二十一日"'
    return returned(folder, "xliff1", (exported, 'equiv-text="九月一日"'))


@produces("translation-rejected")
def a_translation_that_a_reviewer_rejected(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgctxt "more.paragraph"', '#, fuzzy\nmsgctxt "more.paragraph"'))


@produces("segments-not-translated")
def a_returned_text_of_which_a_segment_is_not_translated(folder: Path) -> Iterable[Finding]:
    segments = "<segment><source>More</source><target>其後</target></segment><segment><source> followed.</source></segment>"
    exported = re.escape("<source>More followed.</source>")
    path = workspace(folder)
    text = export_translations(open_source(path, draft=True), "tc", "xliff2").decode()
    text = re.sub(rf"<segment[^>]*>\s*{exported}.*?</segment>", segments, text, flags=re.DOTALL)
    return import_translations(path, [write(folder / "sent.xlf", text)]).findings


@produces("source-differs")
def a_returned_text_of_an_earlier_source(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgid "More followed."', 'msgid "Nothing followed."'))


@produces("text-lost")
def a_returned_text_that_is_empty(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgstr "其後繼續。"', 'msgstr ""'))


@produces("not-translated")
def a_returned_text_that_is_not_translated(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgstr "其後繼續。"', 'msgstr "More followed."'))


@produces("empty-text")
def a_returned_text_of_spaces(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgstr "其後繼續。"', 'msgstr " "'))


@produces("too-large")
def a_returned_text_that_is_too_long(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgstr "其後繼續。"', f'msgstr "{"續" * 20_001}"'))


@produces("bad-text")
def a_returned_text_with_an_asterisk_without_a_partner(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgstr "其後繼續。"', 'msgstr "**其後繼續。"'))


@produces("note-from-translator")
def a_returned_text_with_a_question(folder: Path) -> Iterable[Finding]:
    note = "<notes><note>Is this the same day?</note></notes>"
    return returned(folder, "xliff2", ('name="more.paragraph">', f'name="more.paragraph">{note}'))


@produces("wrong-document")
def a_returned_file_of_another_document(folder: Path) -> Iterable[Finding]:
    return returned(folder, "xliff2", ('original="example"', 'original="other"'))


@produces("wrong-language")
def a_returned_file_in_another_language(folder: Path) -> Iterable[Finding]:
    return returned(folder, "xliff2", ('trgLang="zh-Hant-HK"', 'trgLang="fr"'), to="tc")


@produces("unknown-language")
def a_returned_file_in_a_language_that_does_not_exist(folder: Path) -> Iterable[Finding]:
    return returned(folder, "xliff2", ('trgLang="zh-Hant-HK"', 'trgLang="fr"'))


@produces("language-variant")
def a_returned_file_in_the_chinese_of_taiwan(folder: Path) -> Iterable[Finding]:
    return returned(folder, "xliff2", ('trgLang="zh-Hant-HK"', 'trgLang="zh-TW"'))


@produces("obsolete-text")
def a_returned_text_that_a_tool_marked_as_obsolete(folder: Path) -> Iterable[Finding]:
    entry = 'msgctxt "more.paragraph"\nmsgid "More followed."\nmsgstr "其後繼續。"'
    return returned(folder, "po", (entry, "#~ " + entry.replace("\n", "\n#~ ")))


@produces("plural-forms")
def a_returned_text_with_plural_forms(folder: Path) -> Iterable[Finding]:
    return returned(folder, "po", ('msgstr "其後繼續。"', 'msgstr[0] "其後繼續。"\nmsgstr[1] "其後均繼續。"'))


@produces("conflicting-texts")
def two_returned_files_that_disagree(folder: Path) -> Iterable[Finding]:
    path = workspace(folder)
    text = export_translations(open_source(path, draft=True), "tc", "po").decode()
    files = [write(folder / f"{words}.po", changed(text, ("其後繼續", words))) for words in ("其後再續", "然後繼續")]
    return import_translations(path, files).findings


def imported(folder: Path, name: str, content: str | bytes) -> Iterable[Finding]:
    return import_translations(workspace(folder), [write(folder / name, content)]).findings


@produces("unknown-format")
def a_returned_file_of_an_unknown_kind(folder: Path) -> Iterable[Finding]:
    return imported(folder, "sent.csv", "a,b")


@produces("bad-po")
def a_returned_po_file_with_a_quote_that_is_not_closed(folder: Path) -> Iterable[Finding]:
    return imported(folder, "sent.po", 'msgid "A"\nmsgstr "甲\nmsgid\n')


@produces("bad-xliff")
def a_returned_xliff_file_with_another_root(folder: Path) -> Iterable[Finding]:
    return imported(folder, "sent.xlf", "<a/>")


@produces("misplaced-translation")
def a_returned_file_in_which_two_translations_changed_places(folder: Path) -> Iterable[Finding]:
    return returned(
        folder, "po", ('msgstr "其後繼續。"', 'msgstr "MOVED"'), ('msgstr "標題"', 'msgstr "其後繼續。"'), ("MOVED", "標題")
    )


def returned_table(folder: Path, change: Callable[[Any], None]) -> Iterable[Finding]:
    """Export a source as a table in a Word file, change the table, and import the file."""
    path = workspace(folder)
    file = folder / "sent.docx"
    file.write_bytes(export_translations(open_source(path, draft=True), "tc", "docx"))
    document = Document(str(file))
    change(document.tables[0])
    document.save(str(file))
    return import_translations(path, [file]).findings


@produces("merged-cells")
def a_returned_table_with_merged_cells(folder: Path) -> Iterable[Finding]:
    return returned_table(folder, lambda table: table.cell(2, 2).merge(table.cell(3, 2)))


@produces("struck-out")
def a_returned_table_with_words_under_a_line(folder: Path) -> Iterable[Finding]:
    def change(table: Any) -> None:
        table.cell(2, 2).paragraphs[0].add_run("及後").font.strike = True

    return returned_table(folder, change)


@produces("bad-table")
def a_returned_table_with_a_column_between_the_others(folder: Path) -> Iterable[Finding]:
    def change(table: Any) -> None:
        table.cell(0, 2).text = "Back translation"

    return returned_table(folder, change)


@produces("bad-table")
def a_returned_word_file_without_a_table(folder: Path) -> Iterable[Finding]:
    path = workspace(folder)
    Document().save(str(folder / "sent.docx"))
    return import_translations(path, [folder / "sent.docx"]).findings


@produces("bad-tbx")
def a_glossary_file_with_another_root(folder: Path) -> None:
    import_terms(glossary_of(folder), write(folder / "terms.tbx", "<a/>"))


def glossary_of(folder: Path) -> Path:
    (folder / "locales/glossary").mkdir(parents=True)
    return Path(shutil.copy(ROOT / PACK, folder / PACK))


@produces("no-glossary")
def terms_that_are_imported_into_another_file(folder: Path) -> None:
    import_terms(workspace(folder), write(folder / "terms.tbx", "<a/>"))


def terms_file(folder: Path, *forms: tuple[str, str]) -> Path:
    """Write a TBX file with one term: expert-group in two languages, or the new term patent-box in one."""
    sections = "".join(f'<langSec xml:lang="{tag}"><termSec><term>{form}</term></termSec></langSec>' for tag, form in forms)
    name = "expert-group" if len(forms) > 1 else "patent-box"
    return write(
        folder / "terms.tbx", f'<tbx><text><body><conceptEntry id="{name}">{sections}</conceptEntry></body></text></tbx>'
    )


@produces("bad-term")
def a_term_without_a_form_in_traditional_chinese(folder: Path) -> None:
    import_terms(glossary_of(folder), terms_file(folder, ("en", "patent box")))


@produces("term-differs")
def a_term_with_another_form_than_in_the_glossary(folder: Path) -> None:
    import_terms(glossary_of(folder), terms_file(folder, ("en", "Expert Group"), ("zh-Hant-HK", "專責組")))


@produces("unknown-term")
def a_term_that_a_file_does_not_have(folder: Path) -> None:
    import_terms(glossary_of(folder), terms_file(folder, ("en", "Expert Group"), ("zh-HK", "專責小組")), only=["expert"])


@produces("terms-left-out")
def a_language_that_the_glossary_does_not_have(folder: Path) -> list[Finding]:
    forms = [("en", "Expert Group"), ("fr", "Groupe d'experts"), ("zh-HK", "專責小組")]
    return list(import_terms(glossary_of(folder), terms_file(folder, *forms)).findings)


@produces("nothing-to-translate")
def a_translation_into_the_only_language_of_a_source(folder: Path) -> None:
    source = changed(RELEASE, ("[en, tc]", "[tc]"), ('en: "A title", ', ""), ('en: "A meeting.", ', ""))
    export_translations(open_source(workspace(folder, source)), "tc", "po")


@produces("same-language")
def a_translation_from_english_into_english(folder: Path) -> None:
    translate_text("A meeting.", "en", "en", Workspace(folder), cache=folder / "cache")


@produces("bad-length")
def a_translation_of_nothing(folder: Path) -> None:
    translate_text(" ", "tc", "en", Workspace(folder), cache=folder / "cache")


@produces("no-workspace")
def a_memory_without_a_workspace(folder: Path) -> None:
    add_to_memory(open_source(write(folder / "source.yaml", RELEASE)), by="A. Reader", on="2018-08-22")


@produces("nothing-to-remember")
def a_source_without_translations_for_the_memory(folder: Path) -> None:
    source = changed(RELEASE, ("[en, tc]", "[en]"), (', tc: "標題"', ""), (', tc: "會議。"', ""))
    add_to_memory(open_source(workspace(folder, source)), by="A. Reader", on="2018-08-22")


@produces("bad-index")
def an_index_of_the_memory_that_is_damaged(folder: Path) -> None:
    workspace(folder)
    index = open_memory(Workspace(folder), folder / "cache")
    (path,) = (folder / "cache").iterdir()
    path.write_bytes(bytes(path.stat().st_size))
    try:
        index.counts()
    finally:
        index.close()


@produces("bad-tmx", "memory-two-translations", "memory-untranslated", "memory-numbers-disagree", "memory-guessed-number")
def a_memory_with_mistakes(folder: Path) -> Iterable[Finding]:
    texts = (
        ("It was held.", "已經舉行。"),
        ("It was held.", "經已舉行。"),
        ("Trade Marks Ordinance", "Trade Marks Ordinance"),
        ("It drew 140 people.", "有一百四十五人參加。"),
        ("The five winners shared it.", "五名得主共享。"),
    )
    units = [
        MemoryUnit("some", str(number), {"en": (english,), "tc": (chinese,)}, Date(2018, 8, 22), "gia", "approved")
        for number, (english, chinese) in enumerate(texts)
    ]
    lines = tmx_codec.tmx_lines(units, Workspace(), tmx_codec.shared_properties(units))
    write(folder / "locales/memory/some.tmx", "".join(lines))
    write(folder / "bad/locales/memory/bad.tmx", "<tmx>")
    return [*check_memory(folder), *check_memory(folder / "bad")]


@produces("open-text")
def a_confirmation_of_a_text_with_a_gap(folder: Path) -> None:
    confirm(workspace(folder, changed(RELEASE, ("會議。", "⟦…⟧會議。"))), [], "tc", by="A. Reader", on="2018-08-22")


@produces("missing-translation")
def a_confirmation_of_a_text_without_a_translation(folder: Path) -> None:
    source = changed(
        RELEASE,
        ('  paragraph: {en: "A meeting.", tc: "會議。"}', '  list:\n    items:\n    - {en: "One", tc: "一"}\n    - {en: "Two"}'),
    )
    confirm(workspace(folder, source), [], "tc", by="A. Reader", on="2018-08-22")


@produces("unknown-block")
def a_confirmation_of_a_block_that_does_not_exist(folder: Path) -> None:
    confirm(workspace(folder), ["laed"], "tc", by="A. Reader", on="2018-08-22")


class Lost:
    """A translator that loses every protected part."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        return ["譯" for _ in texts]


def drafted(folder: Path, settings: str, **options: object) -> Iterable[Finding]:
    """Draft the one missing text of a source by machine."""
    path = workspace(folder, changed(SOURCE, (', tc: "**首次**會議於{{ day | date }}舉行，十四間公司出席。"', "")))
    if settings:
        write(folder / "locales/machine.yaml", settings)
    return machine_drafts(path, "tc", log=lambda sent: None, **options).findings  # type: ignore[arg-type]


@produces("no-machine")
def a_workspace_without_machine_translation(folder: Path) -> Iterable[Finding]:
    return drafted(folder, "")


@produces("bad-machine")
def a_machine_translation_service_without_encryption(folder: Path) -> Iterable[Finding]:
    return drafted(folder, "provider: libretranslate\naddress: http://translate.example.org\n")


@produces("machine-failed")
def a_machine_translation_service_that_does_not_answer(folder: Path) -> Iterable[Finding]:
    return drafted(folder, "provider: libretranslate\naddress: http://127.0.0.1:9\n")


@produces("machine-lost")
def a_machine_translation_that_lost_a_fact(folder: Path) -> Iterable[Finding]:
    return drafted(folder, "provider: libretranslate\naddress: https://translate.example.org\n", translator=Lost())
