"""Import of a release from Word files, web pages or text files as a source with aligned languages and proposed facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from ipdocs.files.ledger import LeftOut
from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.files.placing import place_files
from ipdocs.files.reading import unusable_file
from ipdocs.findings import Finding, IpdocsError, Location, sort_findings
from ipdocs.importing.accounting import check_arrival
from ipdocs.importing.block_facts import with_facts
from ipdocs.importing.block_pairs import Alignment, PairedBlocks, align_blocks, pair_blocks, without_converted
from ipdocs.importing.document_draft import Draft, DraftBlock
from ipdocs.importing.fact_proposals import ProposedFacts, count_written
from ipdocs.importing.imported_release import ImportedRelease, Versions, compose
from ipdocs.importing.issue_date import issue_date
from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.read_files import WORD_FORMATS, read_files
from ipdocs.importing.sections import with_sections
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import language
from ipdocs.locale.language import languages as all_languages
from ipdocs.locale.style import house_style
from ipdocs.locale.style_files import style_names
from ipdocs.source.file import SourceText
from ipdocs.source.format import format_text
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.segment import segment, to_display_text, to_source_text
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace, find_workspace


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """A summary of an import.

    Attributes:
        path: the path of the new source.
        block_count: the number of blocks.
        paired_count: the number of blocks that have texts in several languages.
        facts: the names of the proposed facts.
        terms: the ids of the glossary terms in the texts.
        left_out: each text that was not imported, with the path of its file.
        findings: warnings for the editor.
    """

    path: Path
    block_count: int
    paired_count: int
    facts: tuple[str, ...]
    terms: tuple[str, ...]
    left_out: tuple[tuple[Path, LeftOut], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ImportDecisions:
    """What an editor has decided about an import.

    Attributes:
        pairs: for each block of the source, the positions of its paragraphs in the draft of each language (see `pair_blocks`);
            None to pair them by their content.
        refused_facts: the names of the proposed facts whose values stay words.
    """

    pairs: Sequence[Mapping[str, Sequence[int]]] | None = None
    refused_facts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class ComposedRelease:
    """A new source in memory, made from the files of a release.

    Attributes:
        text: the text of the source.
        source: the parsed source, or None if the text has errors; the summary has them as findings.
        pictures: the pictures of the source, keyed by the file name that the source gives them.
        paths: the path of the imported file, keyed by language code.
        paragraphs: the paragraphs of the imported file in each language, without noise.
        lines: the line or paragraph number of each block of the source in the imported file, keyed by language code.
        spaced: the paragraph number and text of each text with spaces that the source does not have, keyed by path.
        summary: the summary of the import.
        release: the contents of the source, with its facts.
        titles: the title in each language, with facts.
        rows: the blocks of the source, with the positions of their paragraphs in the drafts.
        drafts: what the files say, keyed by language code.
    """

    text: str
    source: Source | None
    pictures: Mapping[str, CleanPicture]
    paths: Mapping[str, Path]
    paragraphs: Mapping[str, Sequence[ImportedParagraph]]
    lines: Sequence[Mapping[str, int]]
    spaced: Mapping[Path, Sequence[tuple[int, str]]]
    summary: ImportSummary
    release: ImportedRelease
    titles: Versions
    rows: Sequence[PairedBlocks]
    drafts: Mapping[str, Draft]

    def files(self) -> dict[Path, bytes]:
        """Return the content of the files of the source: its pictures and its text."""
        path = self.summary.path
        pictures = {path.parent / name: picture.data for name, picture in self.pictures.items()}
        return {**pictures, path: self.text.encode()}


def import_release(files: Sequence[Path], folder: Path, now: datetime, *, name: str = "", style: str = "") -> ImportSummary:
    """Create FOLDER/release.yaml from the files of a release, and return a summary of the import.

    Args:
        files: Word files, web pages or text files: one for each language, or one with several languages.
        folder: the folder of the new source.
        now: the current time in Hong Kong, whose date is used if the files state no date of issue.
        name: the id of the new document; by default the first words of the title.
        style: the name of the house style; by default the line that states the date of issue and the numerals decide.

    Raises:
        IpdocsError: the release cannot be composed (see `compose_release`), or the source exists already or cannot be written.
    """
    target = folder / "release.yaml"
    if target.exists():
        raise unusable_file("file-exists", "this file exists already", target, "choose another folder")
    release = compose_release(files, target, now, name=name, style=style)
    place_files(release.files())
    return release.summary


def compose_release(
    files: Sequence[Path],
    target: Path,
    now: datetime,
    *,
    workspace: Workspace | None = None,
    name: str = "",
    style: str = "",
    as_written: bool = False,
    decisions: ImportDecisions | None = None,
) -> ComposedRelease:
    """Compose a source from the files of a release in memory; nothing is written.

    The findings report blocks without a counterpart in the other language, and doubtful pairs.

    Args:
        files: Word files, web pages or text files: one for each language, or one with several languages.
        target: the path of the new source, which need not exist.
        now: the current time in Hong Kong, whose date is used if the files state no date of issue.
        workspace: the workspace; by default the workspace that contains the new source.
        name: the id of the new document; by default the first words of the title.
        style: the name of the house style; by default the line that states the date of issue and the numerals decide.
        as_written: whether texts stay as they are written: without facts and boilerplate sections in place of words, and with the
            endings of list items.
        decisions: what an editor has decided about pairs and facts.

    Raises:
        ValueError: the decided pairs do not have each block of each language once, or join blocks that cannot be joined.
        IpdocsError: a file cannot be read or is unsafe; the files have no text, or two files in one language; the house style is
            unknown; or words of a file would be lost.
    """
    workspace = workspace or find_workspace(target)
    content = read_files(files, workspace, as_written=as_written)
    drafts, paths, findings = content.drafts, content.paths, content.findings
    languages = [code for code in all_languages(workspace) if code in drafts]
    style_name = _choose_style(style, drafts, workspace)
    issued, day = issue_date(drafts, languages, workspace, now, findings, paths)
    settings = {code: ValueContext(language(code, workspace), house_style(style_name, workspace), day) for code in languages}
    alignment = Alignment(languages, settings, paths, workspace)
    titles: Versions = {
        code: DraftBlock("heading", (title,), 1) for code in languages if (title := drafts[code].title) is not None
    }
    decisions = decisions or ImportDecisions()
    rows = (
        align_blocks(drafts, alignment, findings)
        if decisions.pairs is None
        else pair_blocks(drafts, alignment, decisions.pairs, findings)
    )
    blocks = without_converted([row.versions for row in rows], alignment, drafts)
    titles = without_converted([titles], alignment, drafts)[0]
    languages = [code for code in languages if settings[code].language.converted_from not in languages]
    title_texts = {code: to_source_text(title.texts[0]) for code, title in titles.items()}
    release_id = name or _slug(title_texts, target.parent)
    release = ImportedRelease(release_id, style_name, issued, languages, title_texts or dict.fromkeys(languages, "⟦title⟧"))
    release.markers = {code: setting.language_style.markers for code, setting in settings.items()}
    release.reference = {code: drafts[code].reference for code in languages if drafts[code].reference}
    entries: list[Versions | str] = [*blocks] if as_written else with_sections(blocks, release, target, workspace)
    facts = ProposedFacts(decisions.refused_facts)
    if titles and not as_written:
        titles = with_facts(titles, languages, settings, facts, paths, findings, workspace)
        release.title = {code: to_source_text(title.texts[0]) for code, title in titles.items()}
    body: list[Versions | str] = (
        entries
        if as_written
        else [
            entry if isinstance(entry, str) else with_facts(entry, languages, settings, facts, paths, findings, workspace)
            for entry in entries
        ]
    )
    release.facts, release.body = facts.by_name, body
    pictures = _name_pictures(blocks, release)
    text = compose(release)
    source: Source | None = None
    try:
        source = parse_source(SourceText(target, text), SourceContext(target, workspace, pictures=pictures), draft=True)
    except IpdocsError as error:
        if any(finding.code != "too-large" for finding in error.findings):
            text, format_findings = format_text(SourceText(target, text), workspace)  # raises errors that nobody could correct
            findings += format_findings
        findings += [replace(finding, severity="warning") for finding in error.findings]
    left_out = tuple((paths[code], left_out_text) for code in drafts for left_out_text in drafts[code].left_out)
    terms = set[str]().union(*(_find_terms(draft, workspace) for draft in drafts.values()))
    paired_count = sum(len(versions) > 1 for versions in blocks)
    names, terms_in_order = tuple(facts.by_name), tuple(sorted(terms))
    replaced = [block for block in blocks if not any(entry is block for entry in entries)]
    check_arrival(content, source, [text, *(version.full_text for block in replaced for version in block.values())])
    ordered = tuple(map(with_paragraph_numbers, sort_findings(findings)))
    summary = ImportSummary(target, len(blocks), paired_count, names, terms_in_order, left_out, ordered)
    lines = [{code: version.line for code, version in block.items()} for block in blocks]
    return ComposedRelease(
        text, source, pictures, paths, content.paragraphs, lines, content.spaced, summary, release, titles, rows, drafts
    )


def with_paragraph_numbers(finding: Finding) -> Finding:
    """Return a finding whose location says that it has the number of a paragraph, if it is in a Word file."""
    location = finding.location
    return replace(finding, location=replace(location, unit=place_in_file(location.path).unit)) if location else finding


def place_in_file(path: Path, line: int = 0) -> Location:
    """Return the location of a line, or of a paragraph if the file is a Word file."""
    return Location(path, line, unit="paragraph" if path.suffix.lower() in WORD_FORMATS else "line")


def _choose_style(name: str, drafts: dict[str, Draft], workspace: Workspace) -> str:
    """Return the given name of a house style, or the name that the drafts suggest if none is given."""
    if name and name not in style_names(workspace):
        hint = f"choose one of {', '.join(style_names(workspace))}"
        raise IpdocsError([Finding("unknown-style", f"there is no house style '{name}'", None, hint)])
    return name or _with_numerals(next((draft.style for draft in drafts.values() if draft.style), "gia"), drafts, workspace)


_MAX_SAMPLE = 200
"""The number of texts from which the numerals of a style are chosen."""


def _with_numerals(style: str, drafts: dict[str, Draft], workspace: Workspace) -> str:
    """Return the variant of a style with Chinese numerals throughout, if it writes more of the Chinese values as they are."""
    chinese = next((draft for code, draft in drafts.items() if language(code, workspace).is_chinese), None)
    names = [name for name in (style, f"{style}-numerals") if name in style_names(workspace)]
    if not chinese or len(names) < 2:
        return style
    texts = [text for block in chinese.blocks for text in block.texts][:_MAX_SAMPLE]
    contexts = {name: ValueContext(language(chinese.language, workspace), house_style(name, workspace)) for name in names}
    return max(names, key=lambda name: count_written(texts, contexts[name]))


def _name_pictures(blocks: list[Versions], release: ImportedRelease) -> dict[str, CleanPicture]:
    """Choose file names for the pictures, store them in `release.pictures`, and return the pictures keyed by file name."""
    pictures: dict[str, CleanPicture] = {}
    names: dict[bytes, str] = {}
    for versions in blocks:
        image = next((block.image for block in versions.values() if block.image), None)
        if image and image.picture.data not in names:
            name = names[image.picture.data] = _file_name(image.name, pictures)
            pictures[name] = image.picture
    release.pictures = names
    return pictures


def _file_name(name: str, used: Collection[str]) -> str:
    """Return a file name for a picture with the given name, different from those in use."""
    stem, _, extension = name.rpartition(".")
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip(".-")[:50] or "picture"
    names = (f"{stem}{number}.{extension}" for number in chain([""], (f"-{number}" for number in count(2))))
    return next(candidate for candidate in names if candidate.lower() not in {other.lower() for other in used})


def _slug(title: dict[str, str], folder: Path) -> str:
    first_title = unicodedata.normalize("NFKC", to_display_text(segment(title.get("en") or next(iter(title.values()), ""))))
    words = re.findall("[a-z0-9]+", re.sub("['’]", "", first_title.lower())) or re.findall(
        "[a-z0-9]+", folder.resolve().name.lower()
    )
    return "-".join(words[:5])[:60] or "imported"


def _find_terms(draft: Draft, workspace: Workspace) -> set[str]:
    """Return the ids of the glossary terms in a draft."""
    texts = (to_display_text(text) for block in draft.blocks for text in block.texts)
    return {match.term.id for text in texts for match in glossary(workspace).find(text, draft.language)}
