"""Add units from sources to the translation memory of a workspace, and open an up-to-date index of the memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from weakref import finalize

from ipdocs.files.temporary import make_temporary_folder, remove
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.catalogs import catalog
from ipdocs.locale.glossary import OLD_FILE, PACKS, glossary
from ipdocs.locale.language import Language, language, languages
from ipdocs.locale.style import house_style
from ipdocs.localisation.language_context import LanguageContext, expression_renderer, scope_of
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Section
from ipdocs.model.text import Text
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.source.disclosure import open_texts
from ipdocs.source.draft_marks import MARK_START
from ipdocs.source.open import Source
from ipdocs.source.template_text import split_facts
from ipdocs.source.texts import TextPlace, iter_texts
from ipdocs.source.validation import load_section
from ipdocs.translation.memory import store
from ipdocs.translation.memory.audit import audit
from ipdocs.translation.memory.index import Index, build_index
from ipdocs.translation.memory.proper_names import proper_names
from ipdocs.translation.memory.segments import DEFAULT_STYLE, index_parts, memory_languages
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace, find_workspace

# The index is rebuilt when one of these files or `KEY_VERSION` changes.
INDEXED_FILES = (
    "locales/memory/*",
    "locales/*/phrases.po",
    "locales/*/language.yaml",
    PACKS,
    OLD_FILE,
    "locales/styles/*.yaml",
    "templates/boilerplate/*.yaml",
)
KEY_VERSION = 3
"""The version of the index's content; increase it when `AnalysedText.key` or `AnalysedText.search_text` changes."""


def add_to_memory(source: Source, *, by: str, on: str) -> store.MemoryUpdate:
    """Add the translations of a source to the memory of its workspace, as approved units.

    Args:
        source: the source; its earlier translations in the memory are replaced.
        by: the person who approves the translations.
        on: the day of the approval, in ISO 8601 format.

    Raises:
        IpdocsError: the source is in no workspace, the document is restricted, an open text reveals a withheld text, or there is
            no translation.
    """
    file = store.document_file(source.document.id, source.workspace)
    clean_up = f"; delete {file}, which holds its earlier texts" if file.is_file() else ""
    refuse_disclosure(source, f"it cannot be added to the memory{clean_up}")
    units = memory_units(source, by=by, on=on)
    if not units:
        message = "this source has no translation for the memory"
        hint = "write and confirm translations of its open texts first, because drafts are not added"
        raise IpdocsError([Finding("nothing-to-remember", message, Location(source.path), hint)])
    return store.replace_document(units[0].document, units, source.workspace)


def memory_units(source: Source, *, by: str = "", on: str = "") -> list[MemoryUnit]:
    """Return the memory units from a source: its open texts in two or more languages, without draft texts."""
    contexts = {code: language_context(source, language(code, source.workspace)) for code in memory_languages(source.workspace)}
    units = [_unit(place, source, contexts, by, on) for place in open_texts(source.document)]
    return [unit for unit in units if len(unit.texts) > 1]


def _unit(place: TextPlace, source: Source, contexts: Mapping[str, LanguageContext], by: str, on: str) -> MemoryUnit:
    contents = {
        code: split_facts(place.texts[Text(code)], expression_renderer(context))
        for code, context in contexts.items()
        if code in place.texts and MARK_START not in place.texts[Text(code)] and place.exists_in(code)
    }
    document = source.document
    return MemoryUnit(document.id, place.name, contents, issue_date(source), str(document.style), "approved", by, on)


def issue_date(source: Source) -> Date | None:
    """Return the day of issue of a source; relative dates in its texts refer to this day."""
    return language_context(source, next(iter(languages(source.workspace).values()))).value_context.issued


def check_memory(folder: Path) -> list[Finding]:
    """Return the findings about the memory of the workspace that contains a folder."""
    try:
        return audit(find_workspace(folder / "source.yaml"))
    except IpdocsError as error:
        return list(error.findings)


def open_memory(workspace: Workspace, cache: Path, on_progress: Callable[[str], None] = lambda step: None) -> Index:
    """Return the index of a workspace's memory, rebuilt if the memory has changed.

    Args:
        workspace: the workspace.
        cache: the folder for the index; if ipdocs cannot write to it, a temporary folder is used.
        on_progress: called with the name of the step before the index is built.

    Raises:
        IpdocsError: the index cannot be written to the cache or to a temporary folder.
    """
    root = str(workspace.root or "")
    path = cache / f"memory-{blake2b(os.fsencode(root), digest_size=8).hexdigest()}.sqlite"
    fingerprint = _fingerprint(workspace)
    index = _open_index(path)
    if index and index.fingerprint == fingerprint:
        return index
    if index:
        index.close()
    on_progress("index the memory")
    try:
        return _build(path, fingerprint, workspace)
    except (OSError, sqlite3.Error) as error:
        cache_error = error
    folder = make_temporary_folder()
    try:
        index = _build(folder / path.name, fingerprint, workspace)
    except (OSError, sqlite3.Error) as error:
        remove(folder)
        message = f"cannot write the memory index to {cache} ({cache_error}) or to {folder.parent} ({error})"
        hint = "set XDG_CACHE_HOME or TMPDIR to a folder with enough space"
        raise IpdocsError([Finding("cannot-write", message, None, hint)]) from error
    finalize(index, remove, folder)
    return index


def _build(path: Path, fingerprint: str, workspace: Workspace) -> Index:
    build_index(path, ((unit, index_parts(unit, workspace)) for unit in _all_units(workspace)), fingerprint)
    return Index(path)


def _open_index(path: Path) -> Index | None:
    """Return the index in a file, or None if the file is missing or unreadable."""
    try:
        return Index(path) if path.is_file() else None
    except (OSError, sqlite3.DatabaseError):
        return None


def _fingerprint(workspace: Workspace) -> str:
    files = {name: path for pattern in INDEXED_FILES for name, path in workspace.files(pattern).items()}
    stats = [(name, str(path), path.stat().st_size, path.stat().st_mtime_ns) for name, path in sorted(files.items())]
    return blake2b(repr((KEY_VERSION, stats)).encode(), digest_size=16).hexdigest()


def _all_units(workspace: Workspace) -> Iterator[MemoryUnit]:
    """Yield all units of the memory; general units come first, because a look-up prefers later units."""
    yield from _term_units(workspace)
    yield from _phrase_units(workspace)
    for name in workspace.files("templates/boilerplate/*.yaml"):
        yield from _section_units(load_section(Path(name).stem, workspace), workspace)
    yield from store.stored_units(workspace)


def _term_units(workspace: Workspace) -> Iterator[MemoryUnit]:
    for term in glossary(workspace).terms.values():
        forms = {code: (term.text(code),) for code in ("en", "tc") if term.text(code)}
        if len(forms) > 1:
            yield MemoryUnit("", term.id, forms, state="draft" if term.confidence == "low" else "approved", origin="glossary")
    for name, english_forms in proper_names(workspace).english.items():
        if len(english_forms) == 1:
            yield MemoryUnit("", english_forms[0], {"en": english_forms, "tc": (name.chinese,)}, origin="glossary")


def _phrase_units(workspace: Workspace) -> Iterator[MemoryUnit]:
    """Yield units for the phrases of the catalogs, except plural forms and phrases with placeholders."""
    for code in memory_languages(workspace):
        table = catalog(language(code, workspace), workspace).tables[code]
        for key, forms in table.forms.items():
            if code != "en" and len(forms) == 1 and "%(" not in key.text and "{{" not in key.text:
                yield MemoryUnit("", "", {"en": (key.text,), code: (forms[0],)}, origin="catalog")


def _section_units(section: Section, workspace: Workspace) -> Iterator[MemoryUnit]:
    contexts = {code: _section_context(section, language(code, workspace), workspace) for code in memory_languages(workspace)}
    for place in iter_texts(section):
        contents = {}
        for code, context in contexts.items():
            phrase = context.catalog.phrase(place.texts[Text("en")])
            if text := place.texts.get(Text(code)) or (phrase.text if phrase else None):
                contents[code] = split_facts(text, expression_renderer(context))
        if place.block != "facts" and len(contents) > 1:
            yield MemoryUnit(str(section.id), place.name, contents, origin="boilerplate")


def _section_context(section: Section, language: Language, workspace: Workspace) -> LanguageContext:
    return LanguageContext(
        value_context=ValueContext(language, house_style(DEFAULT_STYLE, workspace)),
        catalog=catalog(language, workspace),
        workspace=workspace,
        scope=scope_of(section),
        draft=True,
    )
