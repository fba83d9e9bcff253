"""Validate sources, and report all findings at once, each with its location."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.findings import Finding, IpdocsError, nearest, raise_errors
from ipdocs.locale.language import languages
from ipdocs.model.document import Body, Document, Section
from ipdocs.model.kinds import KINDS
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import ID, RESTRICTED, Text
from ipdocs.source.draft_marks import MARK, MARK_END, MARK_START
from ipdocs.source.expansion import expansion_findings
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.file_references import References, read_references
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.meeting_checks import meeting_findings
from ipdocs.source.name_checks import block_findings, defined_names, misplaced_note_findings, undefined_name_findings
from ipdocs.source.nodes import SourceNodes, read_nodes, validate_record
from ipdocs.source.table_checks import table_findings
from ipdocs.source.texts import Keys
from ipdocs.workspace import Workspace

MAX_BLOCKS = 2000
MAX_TEXT = 20_000
"""The maximum length of a text in characters, also after its facts are inserted."""
MAX_FINDINGS = 1000

_FIELDS_PER_LANGUAGE = {"issued", "reference", "embargo", "contact", "phone", "email", "href"}
"""Fields that have one value for all languages, or one value for each language."""

AnyBody = TypeVar("AnyBody", bound=Body)


@dataclass(frozen=True, slots=True)
class ValidatedSource(Generic[AnyBody]):
    """The result of validating a source.

    Attributes:
        record: the source as a record of the model.
        nodes: the YAML nodes of the source.
        references: the content of the files that the source refers to.
        gaps: findings on missing, unused and draft texts, which are allowed in a draft only.
    """

    record: AnyBody
    nodes: SourceNodes
    references: References
    gaps: tuple[Finding, ...] = ()


def validate(
    text: SourceText, workspace: Workspace, *, draft: bool = False, pictures: Mapping[str, CleanPicture] | None = None
) -> ValidatedSource[Document]:
    """Validate the text of a document's source.

    Gaps alone are not an error. The exception for other errors also holds the gaps, unless `draft` is true.

    Args:
        text: the text of the source.
        workspace: the workspace with the languages, house styles and boilerplate sections.
        draft: whether gaps are allowed.
        pictures: pictures that are not on disk yet, keyed by name in the source.

    Raises:
        IpdocsError: the source has errors; the findings are in the order of the file.
    """
    source, findings = read_nodes(text)
    model = document_kind(source, findings) if source else Document
    return _validate(source, model, findings, workspace, draft=draft, pictures=pictures)


def load_section(name: str, workspace: Workspace) -> Section:
    """Read a boilerplate section from templates/boilerplate/NAME.yaml.

    Raises:
        IpdocsError: the section does not exist or is invalid.
    """
    path = workspace.find(f"templates/boilerplate/{name}.yaml") if re.fullmatch(ID, name) else None
    if path is None:
        similar = nearest(name, [Path(path).stem for path in workspace.files("templates/boilerplate/*.yaml")])
        hint = f"did you mean {similar}?" if similar else f"write the section in templates/boilerplate/{name}.yaml"
        raise IpdocsError([Finding("unknown-boilerplate", f"there is no boilerplate section '{name}'", None, hint)])
    return _cached_section(path, path.stat().st_mtime_ns, workspace)


def _refuse_nested_section(name: str) -> Section:
    """Refuse a section inside a section, so that the source of a document names all its sections."""
    message = "a boilerplate section cannot contain another section"
    raise IpdocsError([Finding("not-here", message, None, f"add `boilerplate: {name}` to the source of the document instead")])


@lru_cache(maxsize=128)
def _cached_section(path: Path, modified_ns: int, workspace: Workspace) -> Section:
    """Read a section; cache it until the modification time of the file changes, because many documents use it."""
    source, findings = read_nodes(read_text(path))
    return _validate(source, Section, findings, workspace, draft=True).record


def _validate(
    source: SourceNodes | None,
    model: type[AnyBody],
    findings: list[Finding],
    workspace: Workspace,
    *,
    draft: bool,
    pictures: Mapping[str, CleanPicture] | None = None,
) -> ValidatedSource[AnyBody]:
    """Validate a source with a model; at the position of a YAML error, no other finding is reported."""
    record, references, gaps = None, References(), list[Finding]()
    if source:
        record, problems = validate_record(source, model, list(languages(workspace)))
        problems += block_findings(source, is_section=model is Section)
        problems += _unused_block_findings(source, _languages(source))
        problems += _missing_value_findings(source, source.data, _languages(source))
        problems += _block_count_findings(source)
        problems += _misplaced_restriction_findings(source, model)
        text_findings = _text_findings(source, getattr(model, "IMPLICIT_FACTS", ()))
        problems += islice(text_findings, MAX_FINDINGS)
        problems += islice(expansion_findings(source, MAX_TEXT), MAX_FINDINGS)
        if next(text_findings, None):
            message = f"this source has more than {MAX_FINDINGS:,} findings; the others are not shown"
            problems.append(Finding("too-many-findings", message, source.file.locate(source.root.start), "fix these first"))
        gaps += islice(_gap_findings(source, _languages(source)), MAX_FINDINGS)
        reported_locations = {problem.location for problem in problems}
        read_section = _refuse_nested_section if model is Section else lambda name: load_section(name, workspace)
        references = read_references(source.data, source.file.path, workspace, read_section, pictures or {})
        problems += [finding for finding in references.findings if finding.location not in reported_locations]
        if record:
            problems += table_findings(source)
        if isinstance(record, Minutes):
            problems += meeting_findings(record, source)
        yaml_error_positions = {(finding.location.line, finding.location.column) for finding in findings if finding.location}
        findings += _findings_elsewhere(problems, yaml_error_positions)
        gaps = _findings_elsewhere(gaps, yaml_error_positions)
    raise_errors(findings if draft or not findings else [*findings, *gaps])
    if record is None or source is None:
        raise AssertionError("a source without findings has no record")
    return ValidatedSource(record, source, references, tuple(gaps))


def _findings_elsewhere(findings: list[Finding], positions: set[tuple[int, int]]) -> list[Finding]:
    """Return the findings that are not at `positions`, which are pairs of line and column."""
    return [
        finding
        for finding in findings
        if not finding.location or (finding.location.line, finding.location.column) not in positions
    ]


def document_kind(source: SourceNodes, findings: list[Finding]) -> type[Document]:
    """Return the model for the kind of a source; for an unknown kind, add a finding and return the model of a similar kind."""
    kind = source.data.get("kind")
    if isinstance(kind, Text) and kind not in KINDS:
        similar = nearest(kind, KINDS)
        hint = f"did you mean {similar}?" if similar else f"use one of the kinds {', '.join(KINDS)}"
        findings.append(Finding("unknown-kind", f"there is no kind of document '{kind:.40}'", source.locate(("kind",)), hint))
        return KINDS[similar or next(iter(KINDS))]
    return KINDS.get(str(kind), next(iter(KINDS.values())))


def _block_count_findings(source: SourceNodes) -> Iterator[Finding]:
    body = source.data.get("body")
    if isinstance(body, list) and len(body) > MAX_BLOCKS:
        message = f"this source has {len(body):,} blocks; the limit is {MAX_BLOCKS:,}"
        yield Finding("too-large", message, source.locate(("body", MAX_BLOCKS)), "split it into several documents")


def _languages(source: SourceNodes) -> tuple[str, ...]:
    """Return the known languages among the entries of `languages` in a source."""
    names = source.data.get("languages")
    known_languages = source.context["languages"]
    return tuple(name for name in names if isinstance(name, Text) and name in known_languages) if isinstance(names, list) else ()


def _gap_findings(source: SourceNodes, source_languages: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the findings on missing, unused and draft texts."""
    for keys, texts in source.texts():
        expected_languages = _expected_languages(source, keys, source_languages)
        missing_languages = [name for name in expected_languages if name not in texts]
        if texts and missing_languages and not _is_short_name(keys):
            message = f"this {_noun(keys)} has no {' or '.join(missing_languages)} text"
            yield Finding("missing-translation", message, source.locate_key(keys), "write it, or build with --draft")
        for name in texts.keys() - set(expected_languages) & set(source_languages) if expected_languages else ():
            message = f"this {name} text is never used: the text is for {' and '.join(expected_languages)} only"
            yield Finding("unused-text", message, texts[name].locate(), "delete it, or change `only:` or `absent:`")
        for text in texts.values():
            if source_languages and len(text) <= MAX_TEXT and (mark := MARK.search(text)):
                yield _draft_finding(text, mark, source)


def _is_short_name(keys: Sequence[Any]) -> bool:
    """Whether a text is the short name of a person, which may be in some languages only: the house style has the other forms."""
    return keys[0] == "facts" and tuple(keys[2:]) == ("person", "short")


def _text_findings(source: SourceNodes, implicit_facts: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the findings on the length, markup and references of texts."""
    names = defined_names(source, implicit_facts)
    for keys, texts in source.texts():
        if not texts:
            message = f"this {_noun(keys)} has no text in any language"
            yield Finding("missing-translation", message, source.locate_key(keys), 'write the text, for example en: "…"')
        for text in texts.values():
            if len(text) > MAX_TEXT:
                message = f"this text has {len(text):,} characters; the limit is {MAX_TEXT:,}"
                yield Finding("too-large", message, text.locate(), "split it into several paragraphs")
                continue
            content, findings = parse_with_findings(text)
            yield from findings
            yield from undefined_name_findings(text, content, names)
            if keys[0] == "facts" or "footnotes" in keys or keys[-1] == "alt":
                yield from misplaced_note_findings(text, content, _noun(keys))


def _misplaced_restriction_findings(source: SourceNodes, model: type[Body]) -> Iterator[Finding]:
    """Yield findings on texts marked `restricted` in facts or outside minutes, where this is not allowed."""
    for keys, _ in source.texts():
        if not source.has_key((*keys, RESTRICTED)):
            continue
        location = source.locate_key((*keys, RESTRICTED))
        if not issubclass(model, Minutes):
            hint = "delete the text, or write `classification: restricted` for the whole document"
            yield Finding("not-here", "restricted texts are allowed in minutes only", location, hint)
        elif keys[0] == "facts":
            hint = "restrict the texts that refer to the fact"
            yield Finding("restricted-fact", "a fact cannot be restricted", location, hint)


def _unused_block_findings(source: SourceNodes, source_languages: tuple[str, ...]) -> Iterator[Finding]:
    """Yield findings on blocks that are absent from all languages."""
    body = source.data.get("body")
    for index, block in enumerate(body if isinstance(body, list) else ()):
        absent = block.get("absent") if isinstance(block, dict) else None
        if source_languages and isinstance(absent, dict) and absent.keys() >= set(source_languages):
            message = "this block is never used: it is absent from every language"
            hint = "remove a language from `absent:`, or delete the block"
            yield Finding("unused-text", message, source.locate_key(("body", index, "absent")), hint)


def _missing_value_findings(
    source: SourceNodes, value: Any, source_languages: tuple[str, ...], keys: Keys = ()
) -> Iterator[Finding]:
    """Yield findings on dates, numbers and addresses that lack a value for a language; even a draft needs these values."""
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        inner_keys = (*keys, step if isinstance(step, int) else str(step))
        if (
            step in _FIELDS_PER_LANGUAGE
            and isinstance(inner, dict)
            and inner
            and inner.keys() <= set(source.context["languages"])
        ):
            missing_languages = [name for name in source_languages if name not in inner]
            if missing_languages:
                message = f"'{step}' has no {' or '.join(missing_languages)} value"
                yield Finding("missing-value", message, source.locate_key(inner_keys), "write it, or one value for all languages")
        is_language = keys[-1:] and keys[-1] in _FIELDS_PER_LANGUAGE and step in source_languages
        yield from _missing_value_findings(source, inner, (str(step),) if is_language else source_languages, inner_keys)


def _draft_finding(text: Text, mark: re.Match[str], source: SourceNodes) -> Finding:
    """Return the finding for a text with a mark: ⟦draft: facts⟧ for an unconfirmed text, ⟦…⟧ for a gap."""
    start, words = mark.start(), mark[0] if mark[0].endswith(MARK_END) else MARK_START
    hint = f"check the text, replace the parts in ⟦ ⟧, and run `ipdocs confirm {source.file.path}`; or build with --draft"
    return Finding("draft-text", f"this text is a draft: {words:.80}", text.locate(start, len(words)), hint)


def _expected_languages(source: SourceNodes, keys: Keys, source_languages: tuple[str, ...]) -> list[str]:
    """Return the languages that a text needs: the languages of the source, except the languages that its block excludes."""
    if keys[0] not in ("body", "facts") and keys[1:2] and keys[1] in source_languages:
        return [str(keys[1])]
    block = source.data["body"][keys[1]] if keys[0] == "body" else {}
    only, absent = block.get("only"), block.get("absent")
    if only is not None:
        return [name for name in source_languages if name == only]
    return [name for name in source_languages if not (isinstance(absent, dict) and name in absent)]


_NOUNS = {"items": "item", "rows": "cell", "head": "cell", "quotation": "paragraph"}


def _noun(keys: Keys) -> str:
    """Return the noun by which messages call a text, such as item, paragraph or caption; `keys` lead to the text."""
    if keys[0] == "facts":
        return "fact"
    if "footnotes" in keys:
        return "footnote"
    key = next(str(step) for step in reversed(keys) if isinstance(step, str) and step != "text")
    return _NOUNS.get(key, key)
