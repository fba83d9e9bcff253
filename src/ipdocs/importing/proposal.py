"""What an import proposes to an editor: pairs of texts, facts, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.importing.align import DOUBTFUL_COST
from ipdocs.importing.block_pairs import PairedBlocks
from ipdocs.importing.document_draft import DraftBlock
from ipdocs.importing.import_release import ComposedRelease, ImportDecisions, compose_release, place_in_file
from ipdocs.source.segment import Code, to_display_text
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReadText:
    """A block of a file as it was read.

    Attributes:
        kind: the kind of block.
        texts: its texts as a reader sees them.
        has_intro: whether the first text introduces a list, or is the caption of a table.
    """

    kind: str
    texts: tuple[str, ...]
    has_intro: bool


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Texts that become one block.

    Attributes:
        indices: the positions of the texts among those of each language.
        doubt: why an editor should look: "alone" without a counterpart, "doubtful" if they may not correspond, "joined" if
            several became one, "items" for lists of different lengths; "" if they agree.
    """

    indices: Mapping[str, tuple[int, ...]]
    doubt: str


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """A value that the languages share.

    Attributes:
        name: the name of the fact.
        type: the type of the fact.
        notation: the value as the source writes it.
        reads: how each language writes the value where it first occurs.
        uses: the number of blocks with the value.
    """

    name: str
    type: str
    notation: str
    reads: Mapping[str, str]
    uses: int


@dataclass(frozen=True, slots=True)
class LeftOutText:
    """A text of a file that is not imported: the name of the file, the place in it, the text and the reason."""

    file: str
    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportProposal:
    """What an import would make of its files.

    Attributes:
        languages: the codes of the languages of the source.
        title: the title in each language.
        id: the id of the new document.
        style: the name of the house style.
        issued: the day of issue.
        texts: the texts of each language in order.
        pairs: the pairs in order.
        facts: the proposed facts, also those that the editor has refused.
        left_out: the texts that are left out.
        findings: warnings, in the order of their places.
    """

    languages: tuple[str, ...]
    title: Mapping[str, str]
    id: str
    style: str
    issued: str
    texts: Mapping[str, tuple[ReadText, ...]]
    pairs: tuple[ProposedPair, ...]
    facts: tuple[ProposedFact, ...]
    left_out: tuple[LeftOutText, ...]
    findings: tuple[Finding, ...]


def propose_release(
    files: Sequence[Path],
    target: Path,
    now: datetime,
    workspace: Workspace,
    *,
    pairs: Sequence[Mapping[str, Sequence[int]]] | None = None,
    style: str = "",
) -> ImportProposal:
    """Return what an import would make of files; nothing is written.

    Args:
        files: Word files, web pages or text files: one for each language, or one with several languages.
        target: the path of the new source, which need not exist.
        now: the current time in Hong Kong.
        workspace: the workspace.
        pairs: the pairs that an editor has decided; by default they are found.
        style: the name of the house style; by default it is found.

    Raises:
        ValueError: the pairs are not those of these files.
        IpdocsError: the release cannot be composed; see `compose_release`.
    """
    release = compose_release(files, target, now, workspace=workspace, style=style, decisions=ImportDecisions(pairs))
    left_out = [
        LeftOutText(path.name, _place(path, entry.line), entry.text, entry.description)
        for path, entry in release.summary.left_out
    ]
    return ImportProposal(
        languages=tuple(release.drafts),
        title={code: to_display_text(draft.title) for code, draft in release.drafts.items() if draft.title is not None},
        id=release.release.id,
        style=release.release.style,
        issued=release.release.issued,
        texts={code: tuple(map(_read_text, draft.blocks)) for code, draft in release.drafts.items()},
        pairs=tuple(ProposedPair(row.indices, _doubt(row, release, decided=pairs is not None)) for row in release.rows),
        facts=tuple(_proposed_facts(release)),
        left_out=tuple(left_out),
        findings=release.summary.findings,
    )


def _place(path: Path, line: int) -> str:
    """Return a place in a file for people to read, such as "paragraph 12"; "" for the whole file."""
    location = place_in_file(path, line)
    return f"{location.unit} {line}" if line else ""


def _read_text(block: DraftBlock) -> ReadText:
    return ReadText(block.kind, tuple(map(to_display_text, block.texts)), block.has_intro)


def _doubt(row: PairedBlocks, release: ComposedRelease, *, decided: bool) -> str:
    """Return why an editor should look at a row; a pair that an editor has decided is in no doubt."""
    codes = [code for code in release.release.languages if code in release.drafts]
    versions = list(row.versions.values())
    if not set(codes[:2]) <= row.versions.keys() and len(codes) > 1:
        return "alone" if any(version.texts for version in versions) else ""
    if len({len(version.levels) for version in versions}) > 1:
        return "items"
    if decided:
        return ""
    if row.doubt > DOUBTFUL_COST:
        return "doubtful"
    is_list = any(version.kind == "list" for version in versions)
    return "joined" if not is_list and any(len(indices) > 1 for indices in row.indices.values()) else ""


def _proposed_facts(release: ComposedRelease) -> Iterator[ProposedFact]:
    """Yield the proposed facts in the order of the text."""
    entries = [release.titles, *(entry for entry in release.release.body if not isinstance(entry, str))]
    uses = Counter[str]()
    reads: dict[str, dict[str, str]] = {}
    for versions in entries:
        shown = {
            (code.name, language): code.display
            for language, block in reversed([*versions.items()])
            for text in reversed(block.texts)
            for code in reversed(text)
            if isinstance(code, Code) and code.kind == "fact"
        }
        for (name, language), display in shown.items():
            reads.setdefault(name, {}).setdefault(language, display)
        uses.update({name for name, _ in shown})
    for name, (fact_type, notation) in release.release.facts.items():
        yield ProposedFact(name, fact_type, notation, reads.get(name, {}), uses[name])
