"""Everything that is wrong with a source's text, all at once and each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
from ipdocs.source.expansion import expansion_findings
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.file_references import References, read_references
from ipdocs.source.inline import examine
from ipdocs.source.meeting_checks import meeting_findings
from ipdocs.source.name_checks import block_findings, defined_names, misplaced_note_findings, undefined_name_findings
from ipdocs.source.nodes import SourceNodes, read_nodes, validate_record
from ipdocs.source.table_checks import grid_findings
from ipdocs.source.texts import Keys
from ipdocs.workspace import Workspace

MAX_BLOCKS = 2000
MAX_TEXT = 20_000
MAX_FINDINGS = 1000

_PER_LANGUAGE = {"issued", "reference", "embargo", "contact", "phone", "email", "href"}

AnyBody = TypeVar("AnyBody", bound=Body)


@dataclass(frozen=True, slots=True)
class Validated(Generic[AnyBody]):
    """A source's text as a record of the model, with its nodes, the files it refers to, and what it lacks for a final document.

    `gaps` are findings that a draft may have: texts that are missing, unused or still drafts.
    """

    record: AnyBody
    nodes: SourceNodes
    references: References
    gaps: tuple[Finding, ...] = ()


def validate(
    text: SourceText, workspace: Workspace, *, draft: bool = False, pictures: Mapping[str, CleanPicture] | None = None
) -> Validated[Document]:
    """Return a source's text as the document it states.

    The workspace says which languages, styles and sections there are; pictures are those that are not in their places yet.
    Gaps alone are no error; beside errors they are told too, unless the text is a draft's.

    Raises:
        IpdocsError: what is wrong with the text, in the order of the places.
    """
    source, findings = read_nodes(text)
    model = document_kind(source, findings) if source else Document
    return _validated(source, model, findings, workspace, draft=draft, pictures=pictures)


def load_section(name: str, workspace: Workspace) -> Section:
    """Return a section of recurring text, templates/boilerplate/NAME.yaml."""
    path = workspace.find(f"templates/boilerplate/{name}.yaml") if re.fullmatch(ID, name) else None
    if path is None:
        close = nearest(name, [Path(one).stem for one in workspace.files("templates/boilerplate/*.yaml")])
        hint = f"did you mean {close}?" if close else f"write it as templates/boilerplate/{name}.yaml"
        raise IpdocsError([Finding("unknown-boilerplate", f"there is no boilerplate '{name}'", None, hint)])
    return _section(path, path.stat().st_mtime_ns, workspace)


def _no_section(name: str) -> Section:
    """Refuse a section within a section: what a document takes in is seen in its source."""
    raise IpdocsError([Finding("not-here", "a boilerplate section takes in no other", None, f"name '{name}' in the source too")])


@lru_cache(maxsize=128)
def _section(path: Path, changed: int, workspace: Workspace) -> Section:
    """Return a section as it was when it was last changed: every language of every document asks for it."""
    source, findings = read_nodes(read_text(path))
    return _validated(source, Section, findings, workspace, draft=True).record


def _validated(
    source: SourceNodes | None,
    model: type[AnyBody],
    findings: list[Finding],
    workspace: Workspace,
    *,
    draft: bool,
    pictures: Mapping[str, CleanPicture] | None = None,
) -> Validated[AnyBody]:
    """Return a source as a record of a model; raise what is wrong with it, but once for what YAML could not read."""
    record, references, gaps = None, References(), list[Finding]()
    if source:
        record, problems = validate_record(source, model, list(languages(workspace)))
        problems += block_findings(source, section=model is Section)
        problems += _unread(source, _languages(source))
        problems += _given(source, source.data, _languages(source))
        problems += _limits(source)
        problems += _misplaced_marks(source, model)
        texts = _texts(source, getattr(model, "IMPLICIT_FACTS", ()))
        problems += islice(texts, MAX_FINDINGS)
        problems += islice(expansion_findings(source, MAX_TEXT), MAX_FINDINGS)
        if next(texts, None):
            message = f"this source has more than {MAX_FINDINGS:,} findings; not all are told"
            problems.append(Finding("too-many-findings", message, source.file.locate(source.root.start), "mend these first"))
        gaps += islice(_gaps(source, _languages(source)), MAX_FINDINGS)
        refused = {problem.location for problem in problems}
        section = _no_section if model is Section else lambda name: load_section(name, workspace)
        references = read_references(source.data, source.file.path, workspace, section, pictures or {})
        problems += [finding for finding in references.findings if finding.location not in refused]
        if record:
            problems += grid_findings(source)
        if isinstance(record, Minutes):
            problems += meeting_findings(record, source)
        known = {(one.location.line, one.location.column) for one in findings if one.location}
        findings += [one for one in problems if not one.location or (one.location.line, one.location.column) not in known]
        gaps = [one for one in gaps if not one.location or (one.location.line, one.location.column) not in known]
    raise_errors(findings if draft or not findings else [*findings, *gaps])
    if record is None or source is None:
        raise AssertionError("a source without findings is a record")
    return Validated(record, source, references, tuple(gaps))


def document_kind(source: SourceNodes, findings: list[Finding]) -> type[Document]:
    """Return the kind of document that a source says it is; for one that is none, the nearest, so that reading can go on."""
    kind = source.data.get("kind")
    if isinstance(kind, Text) and kind not in KINDS:
        close = nearest(kind, KINDS)
        hint = f"did you mean {close}?" if close else f"the kinds are {', '.join(KINDS)}"
        findings.append(Finding("unknown-kind", f"there is no kind of document '{kind:.40}'", source.place(("kind",)), hint))
        return KINDS[close or next(iter(KINDS))]
    return KINDS.get(str(kind), next(iter(KINDS.values())))


def _limits(source: SourceNodes) -> Iterator[Finding]:
    body = source.data.get("body")
    if isinstance(body, list) and len(body) > MAX_BLOCKS:
        message = f"this source has {len(body):,} blocks; it may have {MAX_BLOCKS:,}"
        yield Finding("too-large", message, source.place(("body", MAX_BLOCKS)), "make it several documents")


def _languages(source: SourceNodes) -> tuple[str, ...]:
    """Return the languages in which a source says it is written."""
    written = source.data.get("languages")
    known = source.context["languages"]
    return tuple(name for name in written if isinstance(name, Text) and name in known) if isinstance(written, list) else ()


def _gaps(source: SourceNodes, written: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what keeps texts from being final: languages they lack, texts nobody reads, drafts."""
    for path, texts in source.texts():
        expected = _expected(source, path, written)
        missing = [name for name in expected if name not in texts]
        if texts and missing:
            message = f"no {' or '.join(missing)} text for this {_noun(path)}"
            yield Finding("missing-translation", message, source.key(path), "write it, or build with --draft")
        for name in texts.keys() - set(expected) & set(written) if expected else ():
            message = f"nobody will read this {name} text: here {' and '.join(expected)} is read"
            yield Finding("unused-text", message, texts[name].locate(), "take it away, or change `only:` or `absent:`")
        for text in texts.values():
            if written and len(text) <= MAX_TEXT and (opened := text.find("⟦")) >= 0:
                yield _draft(text, opened, source)


def _texts(source: SourceNodes, stated: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what is wrong with texts: their length, their markup, the names they call."""
    known = defined_names(source, stated)
    for path, texts in source.texts():
        if not texts:
            message = f"no language is written for this {_noun(path)}"
            yield Finding("missing-translation", message, source.key(path), 'write it, for example en: "…"')
        for text in texts.values():
            if len(text) > MAX_TEXT:
                message = f"this text has {len(text):,} characters; it may have {MAX_TEXT:,}"
                yield Finding("too-large", message, text.locate(), "make it several paragraphs")
                continue
            content, findings = examine(text)
            yield from findings
            yield from undefined_name_findings(text, content, known)
            if path[0] == "facts" or "footnotes" in path or path[-1] == "alt":
                yield from misplaced_note_findings(text, content, _noun(path))


def _misplaced_marks(source: SourceNodes, model: type[Body]) -> Iterator[Finding]:
    """Yield the texts that are marked as restricted where nothing can be withheld: in what is no minutes, and in facts."""
    for path, _ in source.texts():
        if not source.has_key((*path, RESTRICTED)):
            continue
        place = source.key((*path, RESTRICTED))
        if not issubclass(model, Minutes):
            hint = "leave the text out of what is released, or write `classification: restricted` for the whole document"
            yield Finding("not-here", "only minutes have restricted texts", place, hint)
        elif path[0] == "facts":
            hint = "restrict the texts that name it: a fact goes where its name goes"
            yield Finding("restricted-fact", "facts are not restricted by themselves", place, hint)


def _unread(source: SourceNodes, written: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the blocks that no language has."""
    body = source.data.get("body")
    for index, block in enumerate(body if isinstance(body, list) else ()):
        absent = block.get("absent") if isinstance(block, dict) else None
        if written and isinstance(absent, dict) and absent.keys() >= set(written):
            message = "nobody will read this block: it is absent from every language"
            hint = "take a language out of `absent:`, or delete the block"
            yield Finding("unused-text", message, source.key(("body", index, "absent")), hint)


def _given(source: SourceNodes, value: Any, written: tuple[str, ...], path: Keys = ()) -> Iterator[Finding]:
    """Yield the languages that a date, a number or an address given per language lacks; no draft can do without."""
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        here = (*path, step if isinstance(step, int) else str(step))
        if step in _PER_LANGUAGE and isinstance(inner, dict) and inner and inner.keys() <= set(source.context["languages"]):
            missing = [name for name in written if name not in inner]
            if missing:
                message = f"no {' or '.join(missing)} value for '{step}'"
                yield Finding("missing-value", message, source.key(here), "write it, or one value for all languages")
        alone = (str(step),) if path[-1:] and path[-1] in _PER_LANGUAGE and step in written else written
        yield from _given(source, inner, alone, here)


def _draft(text: Text, opened: int, source: SourceNodes) -> Finding:
    """Report text that nobody has looked at yet, or that has a hole: ⟦draft: facts⟧, ⟦…⟧."""
    length = text.find("⟧", opened) + 1 - opened
    shown = text[opened : opened + length] if length > 0 else "⟦"
    hint = f"read it, write what is in ⟦ ⟧, and `ipdocs confirm {source.file.path}`; or build with --draft"
    return Finding("draft-text", f"this text is a draft: {shown:.80}", text.locate(opened, max(length, 1)), hint)


def _expected(source: SourceNodes, path: Keys, written: tuple[str, ...]) -> list[str]:
    """Return the languages that a text must have: those of the source, less those its block is not for."""
    if path[0] not in ("body", "facts") and path[1:2] and path[1] in written:
        return [str(path[1])]
    block = source.data["body"][path[1]] if path[0] == "body" else {}
    only, absent = block.get("only"), block.get("absent")
    if only is not None:
        return [name for name in written if name == only]
    return [name for name in written if not (isinstance(absent, dict) and name in absent)]


_NOUNS = {"items": "item", "rows": "cell", "head": "cell", "quotation": "paragraph"}


def _noun(path: Keys) -> str:
    """Return what people call the text at a path: item, paragraph, caption."""
    if path[0] == "facts":
        return "fact"
    if "footnotes" in path:
        return "footnote"
    key = next(str(step) for step in reversed(path) if isinstance(step, str) and step != "text")
    return _NOUNS.get(key, key)
