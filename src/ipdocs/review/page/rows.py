"""The rows of a review page: each text of a document in all languages, with findings and origins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ipdocs.checks.checked_document import CheckedDocument, CheckedUnit, texts_of
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Violation
from ipdocs.findings import Finding
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language, languages
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.localisation.localise import language_context
from ipdocs.localisation.localised_text import Origin
from ipdocs.model.blocks import Block, Boilerplate
from ipdocs.model.text import Text, Texts
from ipdocs.review.page.marked_spans import FlatText, MarkedSpan, flatten, mark_changes, mark_spans
from ipdocs.review.page.restricted import restriction_reasons
from ipdocs.source.open import Source
from ipdocs.source.state import Basis

_DRAFT = re.compile(r"⟦(?:draft: )?((?:fuzzy|machine|facts|exact|spelling|in part|unfinished|rejected)[^⟧]*)⟧")
"""Matches a draft mark, or the mark of a fuzzy match within a text."""

_CLOSING_ROLES = ("office", "post")
"""Roles of texts that follow the body, such as contact details."""

_ORIGIN_LABELS = {"written": "written", "catalog": "catalog", "missing": "not written yet"}
"""The label of each kind of origin: the text is written in the source, translated by the catalog, or missing."""


@dataclass(frozen=True, slots=True)
class PageCell:
    """A text in one language.

    Attributes:
        language: the language.
        html: the text with facts, terms and findings marked.
        origin: a short description of the text's origin.
        confirmation: a note such as "confirmed by A. Chan on 2026-03-14", or "".
        change: the text with the changes since the approved version marked, or None.
        omission: the reason why this language leaves out the block, or "".
    """

    language: Language
    html: str = ""
    origin: str = ""
    confirmation: str = ""
    change: Markup | None = None
    omission: str = ""


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding and its number on the page."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class PageRow:
    """A text of the document in all languages.

    Attributes:
        block: the id of the block.
        role: the role of the text in the block.
        cells: one cell for each language.
        findings: the findings about the text.
        restriction: the reason why a public version leaves out the text, or "".
    """

    block: str
    role: str
    cells: tuple[PageCell, ...]
    findings: tuple[NumberedFinding, ...] = ()
    restriction: str = ""

    @property
    def changed(self) -> bool:
        """Whether the text differs from the approved version in any language."""
        return any(cell.change is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """Data shared by all rows of a page.

    Attributes:
        checked: the document, with the passages that its checks have read.
        languages: the languages to show.
        bases: the recorded basis of each translation, keyed by block and language code.
        before: the texts of the approved version from `read_texts`, or None.
        findings: the findings about each passage, with their violations, keyed by Python's `id()`.
    """

    checked: CheckedDocument
    languages: Sequence[Language]
    bases: Mapping[tuple[str, str], Basis]
    before: Mapping[tuple[str, str, int, str], str] | None
    findings: Mapping[int, Sequence[tuple[NumberedFinding, Violation]]]


def language_contexts(source: Source, languages: Sequence[Language]) -> dict[str, LanguageContext]:
    """Return a context for each language, keyed by language code; missing translations appear as gaps."""
    draft = replace(source, draft=True)
    return {language.code: language_context(draft, language) for language in languages}


def read_texts(source: Source, languages: Sequence[Language]) -> dict[tuple[str, str, int, str], str]:
    """Return the texts of a source, keyed by block, role, index among the block's texts of this role, and language code."""
    document, contexts = source.document, language_contexts(source, languages)
    counts: Counter[tuple[str, str]] = Counter()
    result: dict[tuple[str, str, int, str], str] = {}
    for role, block, texts in texts_of(document):
        block_id = _block_id(block)
        for code, context in contexts.items():
            if _omission_reason(block, context) is None:
                result[block_id, role, counts[block_id, role], code] = flatten(context.localise(texts)).text
        counts[block_id, role] += 1
    return result


def rows(review: ReviewContext) -> Iterator[PageRow]:
    """Yield a row for each text except texts of facts, in reading order."""
    contexts = language_contexts(review.checked.source, review.languages)
    reasons = restriction_reasons(review.checked.source.document)
    counts: Counter[tuple[str, str]] = Counter()
    for unit in _in_reading_order(review.checked):
        if isinstance(unit, Boilerplate):
            yield from (replace(row, restriction=reasons.get(id(unit), "")) for row in _section_rows(unit, contexts, review))
            continue
        block_id = _block_id(unit.block)
        key = block_id, unit.role, counts[block_id, unit.role]
        counts[block_id, unit.role] += 1
        cells = [
            _cell(unit.texts, unit.block, unit.passages.get(code), context, review, key) for code, context in contexts.items()
        ]
        yield PageRow(
            block_id, unit.role, tuple(cells), _findings_in(unit.passages.values(), review), reasons.get(id(unit.texts), "")
        )


def _in_reading_order(checked: CheckedDocument) -> Iterator[CheckedUnit | Boilerplate]:
    """Yield the texts and boilerplate sections of a document in reading order."""
    outside_body = [unit for unit in checked.units if unit.block is None and unit.role != "fact"]
    by_block: dict[int, list[CheckedUnit]] = defaultdict(list)
    for unit in checked.units:
        by_block[id(unit.block)].append(unit)
    yield from (unit for unit in outside_body if unit.role not in _CLOSING_ROLES)
    for block in checked.source.document.body:
        yield from [block] if isinstance(block, Boilerplate) else by_block[id(block)]
    yield from (unit for unit in outside_body if unit.role in _CLOSING_ROLES)


def _block_id(block: Block | None) -> str:
    if isinstance(block, Boilerplate):
        return str(block.id or block.boilerplate)
    return str(block.id or "") if block else ""


def _section_rows(block: Boilerplate, contexts: Mapping[str, LanguageContext], review: ReviewContext) -> Iterator[PageRow]:
    section = review.checked.source.sections[block.boilerplate]
    for role, inner_block, texts in texts_of(section):
        cells = []
        for context in contexts.values():
            with context.section(section):
                cells.append(_cell(texts, inner_block, None, context, review, None))
        yield PageRow(_block_id(block), role, tuple(cells))


def _findings_in(passages: Iterable[Passage], review: ReviewContext) -> tuple[NumberedFinding, ...]:
    by_number = {numbered.number: numbered for passage in passages for numbered, _ in review.findings.get(id(passage), ())}
    return tuple(by_number[number] for number in sorted(by_number))


def _omission_reason(block: Block | None, context: LanguageContext) -> str | None:
    """Return the reason why a language leaves out a block, or None if the language includes the block."""
    if block is None:
        return None
    if block.only is not None and block.only not in context.chain:
        return f"in {block.only} only"
    reason = next((block.absent[Text(name)] for name in context.chain if name in block.absent), None)
    return None if reason is None else str(reason)


def _cell(
    texts: Texts,
    block: Block | None,
    passage: Passage | None,
    context: LanguageContext,
    review: ReviewContext,
    key: tuple[str, str, int] | None,
) -> PageCell:
    """Return the cell for a text in one language; `key` identifies the text in `review.before`."""
    language = context.language
    if (reason := _omission_reason(block, context)) is not None:
        return PageCell(language, omission=reason)
    flat = flatten(context.localise(texts))
    spans = [*flat.spans, *_term_spans(flat, passage, language, review), *_finding_spans(passage, review)]
    change = None
    if review.before is not None and key:
        change = mark_changes(review.before.get((*key, language.code), ""), flat.text)
    basis = review.bases.get((key[0], language.code)) if key else None
    confirmation = (
        f"confirmed by {basis.by or 'an unnamed person'}{f' on {basis.on}' if basis.on else ''}"
        if basis and basis.digests
        else ""
    )
    return PageCell(language, mark_spans(flat.text, spans), _origin(flat), confirmation, change)


def _term_spans(flat: FlatText, passage: Passage | None, language: Language, review: ReviewContext) -> Iterator[MarkedSpan]:
    terms = passage.terms if passage else glossary(review.checked.workspace).find(flat.text, language.code)
    for match in terms:
        written = (known.code for known in languages(review.checked.workspace).values() if not known.converted_from)
        forms = " / ".join(form for code in written if (form := match.term.text(code)))
        yield MarkedSpan("term", match.start, match.end, forms)


def _finding_spans(passage: Passage | None, review: ReviewContext) -> Iterator[MarkedSpan]:
    for numbered, violation in review.findings.get(id(passage), ()) if passage else ():
        for highlight in violation.highlights:
            if highlight.passage is passage and (highlight.start < highlight.end or highlight is violation.highlights[0]):
                yield MarkedSpan("finding", highlight.start, highlight.end, numbered.finding.severity, numbered.number)


def _origin(flat: FlatText) -> str:
    """Return a short description of a text's origin, from its draft mark if it has one."""
    if draft := _DRAFT.search(flat.text):
        return f"draft from memory, {draft[1]}" if "machine" not in draft[1] else f"draft by {draft[1]}"
    labels = [_origin_label(origin) for origin in flat.origins]
    return ", ".join(dict.fromkeys(filter(None, labels))) or "from facts"


def _origin_label(origin: Origin) -> str:
    if origin.kind == "converted":
        return f"converted from {origin.source}"
    return _ORIGIN_LABELS.get(origin.kind, "")
