"""The translation memory of a workspace: what sources give to it, and its index, made anew when the memory has changed."""

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
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language, language, languages
from ipdocs.locale.style import house_style
from ipdocs.localisation.language_context import LanguageContext, expression_renderer, scope_of
from ipdocs.localisation.localise import language_context
from ipdocs.model.document import Section
from ipdocs.model.text import Text
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.source.disclosure import open_texts
from ipdocs.source.draft_marks import OPEN
from ipdocs.source.open import Source
from ipdocs.source.template_text import split_facts
from ipdocs.source.texts import TextPlace, texts
from ipdocs.source.validation import load_section
from ipdocs.translation.memory import store
from ipdocs.translation.memory.audit import audit
from ipdocs.translation.memory.index import Index, build_index
from ipdocs.translation.memory.proper_names import proper_names
from ipdocs.translation.memory.segments import DEFAULT_STYLE, index_parts, memory_languages
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace, find_workspace

# What an index is made of; it is rebuilt when one of these files changes, and when keys are made otherwise.
INDEXED_FILES = (
    "locales/memory/*",
    "locales/*/phrases.po",
    "locales/*/language.yaml",
    "locales/glossary.csv",
    "locales/styles/*.yaml",
    "templates/boilerplate/*.yaml",
)
KEY_VERSION = 2


def add_to_memory(source: Source, *, by: str, on: str) -> store.MemoryUpdate:
    """Take the translations of a source into the memory of its workspace, approved by a person on a day (ISO 8601).

    Raises:
        IpdocsError: the document is not open as a whole, an open text tells what is withheld, or there is no translation.
    """
    earlier = store.document_file(source.document.id, source.workspace)
    known = f"; delete {earlier}, which it took earlier" if earlier.is_file() else ""
    refuse_disclosure(source, f"the memory takes nothing of it{known}")
    learnt = memory_units(source, by=by, on=on)
    if not learnt:
        message, hint = (
            "this source has no translation for the memory",
            "its open texts are drafts, or written in one language alone",
        )
        raise IpdocsError([Finding("nothing-to-remember", message, Location(source.path), hint)])
    return store.replace_document(learnt[0].document, learnt, source.workspace)


def memory_units(source: Source, *, by: str = "", on: str = "") -> list[MemoryUnit]:
    """Return what a source gives to the memory: each open text in the languages people wrote it in, but no draft."""
    contexts = {code: language_context(source, language(code, source.workspace)) for code in memory_languages(source.workspace)}
    learnt = [_unit(place, source, contexts, by, on) for place in open_texts(source.document)]
    return [unit for unit in learnt if len(unit.texts) > 1]


def _unit(place: TextPlace, source: Source, contexts: Mapping[str, LanguageContext], by: str, on: str) -> MemoryUnit:
    contents = {
        code: split_facts(place.texts[Text(code)], expression_renderer(context))
        for code, context in contexts.items()
        if code in place.texts and OPEN not in place.texts[Text(code)] and place.stands_in(code)
    }
    document = source.document
    return MemoryUnit(document.id, place.name, contents, issue_date(source), str(document.style), "approved", by, on)


def issue_date(source: Source) -> Date | None:
    """Return the day from which a document's dates are read."""
    return language_context(source, next(iter(languages(source.workspace).values()))).setting.issued


def check_memory(folder: Path) -> list[Finding]:
    """Return what a careful reader finds in the memory of the workspace that a folder belongs to."""
    try:
        return audit(find_workspace(folder / "source.yaml"))
    except IpdocsError as error:
        return list(error.findings)


def open_memory(workspace: Workspace, cache: Path, on_progress: Callable[[str], None] = lambda step: None) -> Index:
    """Return the index of a workspace's memory, kept in the folder cache; it is made anew when the memory has changed."""
    root = str(workspace.root or "")
    path = cache / f"memory-{blake2b(os.fsencode(root), digest_size=8).hexdigest()}.sqlite"
    wanted = _fingerprint(workspace)
    if (index := _opened(path)) and index.fingerprint == wanted:
        return index
    if index:
        index.close()
    on_progress("index the memory")
    try:
        return _built(path, wanted, workspace)
    except (OSError, sqlite3.Error) as error:
        refused = error
    folder = make_temporary_folder()
    try:
        index = _built(folder / path.name, wanted, workspace)
    except (OSError, sqlite3.Error) as error:
        remove(folder)
        message = f"the index of the memory can be kept neither in {cache} ({refused}) nor in {folder.parent} ({error})"
        hint = "set XDG_CACHE_HOME or TMPDIR to a folder with room"
        raise IpdocsError([Finding("cannot-write", message, None, hint)]) from error
    finalize(index, remove, folder)
    return index


def _built(path: Path, fingerprint: str, workspace: Workspace) -> Index:
    build_index(path, ((unit, index_parts(unit, workspace)) for unit in _every(workspace)), fingerprint)
    return Index(path)


def _opened(path: Path) -> Index | None:
    """Return the index in a file, or None where there is none that can be read."""
    try:
        return Index(path) if path.is_file() else None
    except (OSError, sqlite3.DatabaseError):
        return None


def _fingerprint(workspace: Workspace) -> str:
    found = {name: path for pattern in INDEXED_FILES for name, path in workspace.files(pattern).items()}
    stated = [(name, str(path), path.stat().st_size, path.stat().st_mtime_ns) for name, path in sorted(found.items())]
    return blake2b(repr((KEY_VERSION, stated)).encode(), digest_size=16).hexdigest()


def _every(workspace: Workspace) -> Iterator[MemoryUnit]:
    """Yield everything the memory knows: what is least particular first, for the latest is tried first."""
    yield from _terms(workspace)
    yield from _phrases(workspace)
    for name in workspace.files("templates/boilerplate/*.yaml"):
        yield from _section(load_section(Path(name).stem, workspace), workspace)
    yield from store.stored_units(workspace)


def _terms(workspace: Workspace) -> Iterator[MemoryUnit]:
    for term in glossary(workspace).terms.values():
        forms = {short: (term.text(short),) for short in ("en", "tc") if term.text(short)}
        if len(forms) > 1:
            yield MemoryUnit("", term.id, forms, state="draft" if term.confidence == "low" else "approved", origin="glossary")
    for name, english in proper_names(workspace).english.items():
        if len(english) == 1:
            yield MemoryUnit("", english[0], {"en": english, "tc": (name.chinese,)}, origin="glossary")


def _phrases(workspace: Workspace) -> Iterator[MemoryUnit]:
    """Yield the phrases of templates, less those that only make sense with what a template fills in."""
    for short in memory_languages(workspace):
        table = catalog(language(short, workspace), workspace).tables[short]
        for key, forms in table.forms.items():
            if short != "en" and len(forms) == 1 and "%(" not in key.text and "{{" not in key.text:
                yield MemoryUnit("", "", {"en": (key.text,), short: (forms[0],)}, origin="catalog")


def _section(section: Section, workspace: Workspace) -> Iterator[MemoryUnit]:
    spoken = {short: _speaking(section, language(short, workspace), workspace) for short in memory_languages(workspace)}
    for one in texts(section):
        said = {}
        for short, wording in spoken.items():
            phrase = wording.catalog.phrase(one.texts[Text("en")])
            if written := one.texts.get(Text(short)) or (phrase.text if phrase else None):
                said[short] = split_facts(written, expression_renderer(wording))
        if one.block != "facts" and len(said) > 1:
            yield MemoryUnit(str(section.id), one.name, said, origin="boilerplate")


def _speaking(section: Section, spoken: Language, workspace: Workspace) -> LanguageContext:
    return LanguageContext(
        setting=Setting(spoken, house_style(DEFAULT_STYLE, workspace)),
        catalog=catalog(spoken, workspace),
        workspace=workspace,
        known=scope_of(section),
        draft=True,
    )
