"""The rows of a review: each text of a document in its languages, with what the tools know of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ipdocs.checks.checked_document import CheckedDocument, CheckedText, texts_of
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Violation
from ipdocs.findings import Finding
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.localisation.localise import language_context
from ipdocs.localisation.localised_text import Origin
from ipdocs.model.blocks import Block, Boilerplate
from ipdocs.model.text import Text, Texts
from ipdocs.review.page.marked_spans import Flat, Span, differing, flat, marked
from ipdocs.review.page.restricted import restriction_reasons
from ipdocs.source.open import Source
from ipdocs.source.state import Basis

_DRAFT = re.compile(r"⟦(?:draft: )?((?:fuzzy|machine|facts|exact|spelling|in part)[^⟧]*)⟧")
_CLOSING = ("office", "post")
"""Texts outside the body that stand after it: whom to ask."""

_ORIGINS = {"written": "written", "catalog": "catalog", "missing": "not written yet"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in one language: its HTML, how it came about, who confirmed it, what has changed in it; or why it is not there."""

    language: Language
    html: str = ""
    origin: str = ""
    confirmed: str = ""
    change: Markup | None = None
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding by its number on the page."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Row:
    """A text of the document: the block it stands in, what it is there, a cell for each language, its findings.

    Restricted is why a public version leaves it out; empty where it does not.
    """

    block: str
    role: str
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...] = ()
    restricted: str = ""

    @property
    def changed(self) -> bool:
        """Whether it is otherwise than in the version it is held against."""
        return any(cell.change is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows of one document share: who confirmed what, what was said before, and the findings by passage."""

    reading: CheckedDocument
    languages: Sequence[Language]
    confirmed: Mapping[tuple[str, str], Basis]
    before: Mapping[tuple[str, str, int, str], str] | None
    notes: Mapping[int, Sequence[tuple[Note, Violation]]]


def language_contexts(source: Source, languages: Sequence[Language]) -> dict[str, LanguageContext]:
    """Return what each language needs to say the texts of a source, gaps shown."""
    shown = replace(source, draft=True)
    return {language.code: language_context(shown, language) for language in languages}


def read_texts(source: Source, languages: Sequence[Language]) -> dict[tuple[str, str, int, str], str]:
    """Return what a source says, by block, role, place among those of the role, and language."""
    document, spoken = source.document, language_contexts(source, languages)
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str, int, str], str] = {}
    for role, block, texts in texts_of(document):
        name = _name(block)
        for code, wording in spoken.items():
            if _left_out(block, wording) is None:
                found[name, role, seen[name, role], code] = flat(wording.words(texts)).text
        seen[name, role] += 1
    return found


def rows(context: Context) -> Iterator[Row]:
    """Yield a row for each text, in the order of the document; facts are shown by themselves."""
    reading = context.reading
    spoken = language_contexts(reading.source, context.languages)
    reasons = restriction_reasons(reading.document)
    seen: Counter[tuple[str, str]] = Counter()
    for unit in _in_order(reading):
        if isinstance(unit, Boilerplate):
            yield from (replace(row, restricted=reasons.get(id(unit), "")) for row in _section(unit, spoken, context))
            continue
        name = _name(unit.block)
        key = name, unit.role, seen[name, unit.role]
        seen[name, unit.role] += 1
        cells = [
            _cell(unit.texts, unit.block, unit.passages.get(code), wording, context, key) for code, wording in spoken.items()
        ]
        yield Row(name, unit.role, tuple(cells), _notes(unit.passages.values(), context), reasons.get(id(unit.texts), ""))


def _in_order(reading: CheckedDocument) -> Iterator[CheckedText | Boilerplate]:
    """Yield the texts of a document, and its boilerplate sections, as a reader meets them."""
    loose = [unit for unit in reading.units if unit.block is None and unit.role != "fact"]
    of_block: dict[int, list[CheckedText]] = defaultdict(list)
    for unit in reading.units:
        of_block[id(unit.block)].append(unit)
    yield from (unit for unit in loose if unit.role not in _CLOSING)
    for block in reading.document.body:
        yield from [block] if isinstance(block, Boilerplate) else of_block[id(block)]
    yield from (unit for unit in loose if unit.role in _CLOSING)


def _name(block: Block | None) -> str:
    if isinstance(block, Boilerplate):
        return str(block.id or block.boilerplate)
    return str(block.id or "") if block else ""


def _section(block: Boilerplate, spoken: Mapping[str, LanguageContext], context: Context) -> Iterator[Row]:
    section = context.reading.source.sections[block.boilerplate]
    for role, inner, texts in texts_of(section):
        cells = []
        for wording in spoken.values():
            with wording.section(section):
                cells.append(_cell(texts, inner, None, wording, context, None))
        yield Row(_name(block), role, tuple(cells))


def _notes(passages: Iterable[Passage], context: Context) -> tuple[Note, ...]:
    found = {note.number: note for passage in passages for note, _ in context.notes.get(id(passage), ())}
    return tuple(found[number] for number in sorted(found))


def _left_out(block: Block | None, wording: LanguageContext) -> str | None:
    """Return why a block is not there in a language, or None where it is."""
    if block is None:
        return None
    if block.only is not None and block.only not in wording.chain:
        return f"in {block.only} only"
    reason = next((block.absent[Text(name)] for name in wording.chain if name in block.absent), None)
    return None if reason is None else str(reason)


def _cell(
    texts: Texts,
    block: Block | None,
    passage: Passage | None,
    wording: LanguageContext,
    context: Context,
    key: tuple[str, str, int] | None,
) -> Cell:
    """Return a text in one language with its spans."""
    language = wording.language
    if (reason := _left_out(block, wording)) is not None:
        return Cell(language, left_out=reason)
    read = flat(wording.words(texts))
    spans = [*read.spans, *_terms(read, passage, language, context), *_findings(passage, context)]
    change = None
    if context.before is not None and key:
        change = differing(context.before.get((*key, language.code), ""), read.text)
    basis = context.confirmed.get((key[0], language.code)) if key else None
    confirmed = f"confirmed by {basis.by or 'somebody'}{f' on {basis.on}' if basis.on else ''}" if basis and basis.made else ""
    return Cell(language, marked(read.text, spans), _origin(read), confirmed, change)


def _terms(read: Flat, passage: Passage | None, language: Language, context: Context) -> Iterator[Span]:
    terms = passage.terms if passage else glossary(context.reading.workspace).find(read.text, language.code)
    for match in terms:
        forms = " / ".join(form for code in ("en", "tc") if (form := match.term.text(code)))
        yield Span("term", match.start, match.end, forms)


def _findings(passage: Passage | None, context: Context) -> Iterator[Span]:
    for note, fault in context.notes.get(id(passage), ()) if passage else ():
        for mark in fault.marks:
            if mark.passage is passage and (mark.start < mark.end or mark is fault.marks[0]):
                yield Span("finding", mark.start, mark.end, note.finding.severity, note.number)


def _origin(read: Flat) -> str:
    """Return how a text came about in a few words: the least sure of its parts comes first."""
    if draft := _DRAFT.search(read.text):
        return f"draft from memory, {draft[1]}" if "machine" not in draft[1] else f"draft by {draft[1]}"
    told = [_told(origin) for origin in read.origins]
    return ", ".join(dict.fromkeys(filter(None, told))) or "from facts"


def _told(origin: Origin) -> str:
    if origin.made == "converted":
        return f"converted from {origin.source}"
    return _ORIGINS.get(origin.made, "")
