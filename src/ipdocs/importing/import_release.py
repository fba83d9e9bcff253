"""Import of a release from Word files, web pages or text files as a source with aligned languages and proposed facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.files.placing import place
from ipdocs.files.reading import unsafe_file
from ipdocs.findings import Excerpt, Finding, IpdocsError, Location, collect, in_order, nearest
from ipdocs.importing.align import DOUBTFUL, MAX_BLOCKS, AlignedPair, align
from ipdocs.importing.boilerplate_noise import without_noise
from ipdocs.importing.document_draft import Draft, DraftBlock, make_draft, without_endings
from ipdocs.importing.fact_proposals import ProposedFacts, propose_facts
from ipdocs.importing.imported_release import ImportedRelease, Versions, compose
from ipdocs.importing.language_split import split_languages
from ipdocs.importing.paragraph import ImportedFile, LeftOut
from ipdocs.importing.readers import text, web, word
from ipdocs.locale.glossary import Match, glossary
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style, style_names
from ipdocs.localisation.localise import language_context
from ipdocs.source.characters import replace_refused
from ipdocs.source.file import SourceText
from ipdocs.source.format import format_text
from ipdocs.source.open import SourceContext, parse_source
from ipdocs.source.segment import Segment, to_display_text, to_source_text
from ipdocs.source.validation import load_section
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace, find_workspace

READERS: dict[str, Callable[[Path], ImportedFile]] = {
    ".docx": word.read,
    ".docm": word.read,
    ".doc": word.read,
    ".html": web.read,
    ".htm": web.read,
    ".txt": text.read,
}
_LANGUAGE_ORDER = ("en", "tc", "sc", "cn")


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """A summary of an import.

    Attributes:
        path: the path of the new source.
        blocks: the number of blocks.
        paired: the number of blocks that have a text in both languages.
        facts: the names of the proposed facts.
        terms: the ids of the glossary terms in the texts.
        left_out: each text that was not imported, with the path of its file.
        findings: warnings for the editor.
    """

    path: Path
    blocks: int
    paired: int
    facts: tuple[str, ...]
    terms: tuple[str, ...]
    left_out: tuple[tuple[Path, LeftOut], ...]
    findings: tuple[Finding, ...]


def import_release(files: Sequence[Path], folder: Path, now: datetime, *, name: str = "", style: str = "") -> ImportSummary:
    """Create FOLDER/release.yaml from the files of a release, and return a summary of the import.

    Blocks that have no counterpart in the other language, or only a doubtful counterpart, are reported as findings.

    Args:
        files: Word files, web pages or text files: one for each language, or one with two languages.
        folder: the folder of the new source.
        now: the current time, which is used if the files state no date of issue.
        name: the id of the new document; by default the first words of the title.
        style: the name of the house style; by default the style that the last lines of the files suggest.

    Raises:
        UnsafeFile: a file cannot be read, is unsafe or has no text, or the source exists already.
        IpdocsError: the house style is unknown.
    """
    target = folder / "release.yaml"
    if target.exists():
        raise unsafe_file("file-exists", "this file exists already", target, "choose another folder")
    workspace = find_workspace(target)
    drafts, paths, findings = _drafts(files, workspace)
    order = [code for code in _LANGUAGE_ORDER if code in drafts]
    style_name = _choose_style(style, drafts, workspace)
    issued, day = _issue_date(drafts, order, workspace, now, findings, files[0])
    settings = {code: Setting(language(code, workspace), house_style(style_name, workspace), day) for code in order}
    pairs = _align_blocks(drafts, order, settings, workspace, paths, findings)
    title = {code: to_source_text(heading) for code in order if (heading := drafts[code].title)}
    release = ImportedRelease(name or _slug(title, folder), style_name, issued, order, title or dict.fromkeys(order, "⟦title⟧"))
    release.reference = {code: drafts[code].reference for code in order if drafts[code].reference}
    versions = [_by_language(pair, order) for pair in pairs]
    facts = ProposedFacts()
    body: list[Versions | str] = [
        entry if isinstance(entry, str) else _with_facts(entry, order, settings, facts)
        for entry in _with_sections(versions, release, target, workspace)
    ]
    release.facts, release.body = facts.by_name, body
    pictures = _pictures(versions, release)
    text, format_findings = format_text(SourceText(target, compose(release)), workspace)
    findings += format_findings
    try:
        parse_source(SourceText(target, text), SourceContext(target, workspace, pictures=pictures), draft=True)
    except IpdocsError as error:
        findings += [replace(finding, severity="warning") for finding in error.findings]
    place({**{folder / name: picture.data for name, picture in pictures.items()}, target: text.encode()})
    left_out = tuple((paths[code], item) for code in order for item in drafts[code].left_out)
    terms = {match.term.id for code in order for block in drafts[code].blocks for match in _terms(block, code, workspace)}
    paired = sum(pair.first is not None and pair.second is not None for pair in pairs)
    return ImportSummary(
        target, len(pairs), paired, tuple(facts.by_name), tuple(sorted(terms)), left_out, tuple(in_order(findings))
    )


def read_file(path: Path) -> ImportedFile:
    """Read a file of a release, without the noise around the release.

    Raises:
        IpdocsError: the kind of file is not supported, or the file is unsafe.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        suggestion = nearest(path.suffix.lower(), READERS)
        hint = f"did you mean {suggestion}?" if suggestion else "save the file as .docx, .html or .txt"
        raise unsafe_file("unknown-format", f"files of the kind '{path.suffix[:20]}' cannot be imported", path, hint)
    return without_noise(_with_allowed_characters(reader(path)))


def _with_allowed_characters(imported: ImportedFile) -> ImportedFile:
    """Replace each character that a source may not contain with U+FFFD."""

    def clean(content: Segment) -> Segment:
        return tuple(replace_refused(part) if isinstance(part, str) else part for part in content)

    imported.paragraphs = [
        replace(
            paragraph, content=clean(paragraph.content), rows=tuple(tuple(clean(cell) for cell in row) for row in paragraph.rows)
        )
        for paragraph in imported.paragraphs
    ]
    return imported


def _drafts(files: Sequence[Path], workspace: Workspace) -> tuple[dict[str, Draft], dict[str, Path], list[Finding]]:
    """Return the draft for each language, the path of each language's file, and findings about the files."""
    drafts: dict[str, Draft] = {}
    paths: dict[str, Path] = {}
    findings: list[Finding] = []
    for path, imported in zip(files, collect(read_file, files), strict=True):
        for line, words in imported.run_together:
            message = f"several list items on one line were separated: “{words[:60]}…”"
            findings.append(
                Finding("run-together-items", message, Location(path, line), "check where each item begins", "warning")
            )
        for code, part in split_languages(imported, workspace).items():
            if code in drafts:
                hint = "give one file for each language"
                raise unsafe_file("language-twice", f"{paths[code].name} is also in {code}", path, hint)
            drafts[code], paths[code] = make_draft(part, code), path
            drafts[code].blocks = without_endings(drafts[code].blocks)
            if (count := len(drafts[code].blocks)) > MAX_BLOCKS:
                message = f"this file has {count:,} paragraphs in {code}; a release may have {MAX_BLOCKS:,}"
                raise unsafe_file("too-large", message, path, "split the file into several documents")
    if not any(draft.blocks or draft.title for draft in drafts.values()):
        hint = "run text recognition (OCR) on the file first, if it is a scan"
        raise unsafe_file("nothing-to-import", "this file contains no text", files[0], hint)
    return drafts, paths, findings


def _choose_style(name: str, drafts: dict[str, Draft], workspace: Workspace) -> str:
    """Return the given name of a house style, or the name that the drafts suggest if none is given."""
    if name and name not in style_names(workspace):
        hint = f"choose one of {', '.join(style_names(workspace))}"
        raise IpdocsError([Finding("unknown-style", f"there is no house style '{name}'", None, hint)])
    return name or next((draft.style for draft in drafts.values() if draft.style), "gia")


def _issue_date(
    drafts: dict[str, Draft], order: list[str], workspace: Workspace, now: datetime, findings: list[Finding], path: Path
) -> tuple[str, Date | None]:
    """Return the date of issue in YAML notation, and as a value.

    If the release states no date, return today's date, and add a warning to `findings`.
    """
    for code in order:
        for slot in recognise(drafts[code].issued, language(code, workspace)):
            if isinstance(slot.value, Date) and slot.value.year and slot.value.day:
                day = notation(slot.value)
                clock = next((draft.clock for draft in drafts.values() if draft.clock), "")
                return (f"{day}T{clock}+08:00" if clock else day), slot.value
    message = "this file has no date of issue, so today's date is used"
    findings.append(Finding("no-date", message, Location(path), "correct `issued:` in the source", "warning"))
    return now.date().isoformat(), Date(now.year, now.month, now.day)


def _align_blocks(
    drafts: dict[str, Draft],
    order: list[str],
    settings: dict[str, Setting],
    workspace: Workspace,
    paths: dict[str, Path],
    findings: list[Finding],
) -> list[AlignedPair]:
    """Return the aligned blocks of the first two languages, and add findings about doubtful pairs to `findings`."""
    first = drafts[order[0]].blocks
    if len(order) == 1:
        return [AlignedPair(block, None, 0.0) for block in first]
    second = drafts[order[1]].blocks
    pairs = align(first, second, (settings[order[0]], settings[order[1]]), workspace)
    pairs = [compatible_pair for pair in pairs for compatible_pair in _compatible_pairs(pair)]
    for pair in pairs:
        findings += _alignment_findings(pair, order, paths)
    return pairs


def _compatible_pairs(pair: AlignedPair) -> Iterator[AlignedPair]:
    """Yield a pair, or its two blocks separately if they cannot be translations in a single block."""
    first, second = pair.first, pair.second
    if first is None or second is None or (first.kind == second.kind and _same_shape(first, second)):
        yield pair
    elif {first.kind, second.kind} <= {"paragraph", "quotation", "heading"} and len(first.texts) == len(second.texts) == 1:
        yield AlignedPair(first, replace(second, kind=first.kind, level=first.level), pair.doubt)
    else:
        yield AlignedPair(first, None, pair.doubt)
        yield AlignedPair(None, second, pair.doubt)


def _same_shape(first: DraftBlock, second: DraftBlock) -> bool:
    if first.kind == "table":
        return (first.columns, len(first.texts)) == (second.columns, len(second.texts))
    return first.kind != "footnotes" or first.names == second.names


def _alignment_findings(pair: AlignedPair, order: list[str], paths: dict[str, Path]) -> Iterator[Finding]:
    """Yield findings about blocks without a counterpart, doubtful pairs, and lists with different numbers of items."""
    sides = [(code, block) for code, block in zip(order, (pair.first, pair.second), strict=False) if block]
    code, block = sides[0]
    location = Location(paths[code], block.line)
    excerpts = tuple(Excerpt(name, side.words[:200], 0, min(len(side.words), 200)) for name, side in sides)
    if len(sides) == 1 and block.words.strip():
        other = order[1] if code == order[0] else order[0]
        message = f"this {block.kind} has no counterpart in {other}: “{block.words[:60]}”"
        yield Finding("no-partner", message, location, f"add the {other} text, or write `only: {code}`", "warning", excerpts)
    elif len(sides) == 2 and pair.doubt > DOUBTFUL:
        message = f"“{block.words[:50]}” and “{sides[1][1].words[:50]}” may not correspond"
        yield Finding("doubtful-pair", message, location, "check that the texts translate each other", "warning", excerpts)
    counts = [len(side.levels) for _, side in sides]
    if len(sides) == 2 and counts[0] != counts[1]:
        message = f"this list has {counts[0]} items in {order[0]} and {counts[1]} in {order[1]}"
        yield Finding("items-differ", message, location, "add the items that are missing in one language", "warning", excerpts)


def _by_language(pair: AlignedPair, order: list[str]) -> Versions:
    return {code: block for code, block in zip(order, (pair.first, pair.second), strict=False) if block}


def _with_facts(versions: Versions, order: list[str], settings: dict[str, Setting], facts: ProposedFacts) -> Versions:
    """Replace the values that a block states in both languages by facts."""
    if len(versions) < 2:
        return versions
    first, second = (versions[code] for code in order[:2])
    if len(first.texts) != len(second.texts):
        return versions
    both_settings = (settings[order[0]], settings[order[1]])
    texts = [propose_facts(*pair, both_settings, facts) for pair in zip(first.texts, second.texts, strict=True)]
    return {
        order[0]: replace(first, texts=tuple(text for text, _ in texts)),
        order[1]: replace(second, texts=tuple(text for _, text in texts)),
    }


def _with_sections(
    versions: list[Versions], release: ImportedRelease, target: Path, workspace: Workspace
) -> list[Versions | str]:
    """Replace blocks with the name of a boilerplate section if they have the section's text in every language."""
    sections = _section_texts(release, target, workspace)
    body: list[Versions | str] = []
    index = 0
    while index < len(versions):
        name, length = next(
            (
                (name, len(paragraphs))
                for name, paragraphs in sections.items()
                if paragraphs and _are_section(versions[index : index + len(paragraphs)], paragraphs, release.languages)
            ),
            ("", 1),
        )
        body += [name] if name else versions[index : index + 1]
        index += length
    return body


def _are_section(versions: list[Versions], paragraphs: list[dict[str, str]], languages: Sequence[str]) -> bool:
    """Whether blocks have the same texts as the paragraphs of a section in every language."""
    return len(versions) == len(paragraphs) and all(
        blocks.keys() == set(languages) and all(" ".join(block.words.split()) == texts[code] for code, block in blocks.items())
        for blocks, texts in zip(versions, paragraphs, strict=True)
    )


def _section_texts(release: ImportedRelease, target: Path, workspace: Workspace) -> dict[str, list[dict[str, str]]]:
    """Return the paragraphs of each boilerplate section, keyed by section name; a paragraph maps language codes to texts."""
    source = parse_source(SourceText(target, compose(release)), SourceContext(target, workspace), draft=True)
    sections: dict[str, list[dict[str, str]]] = {}
    for path in workspace.files("templates/boilerplate/*.yaml"):
        section = load_section(Path(path).stem, workspace)
        paragraphs: list[dict[str, str]] = [{} for _ in section.body]
        for code in release.languages:
            context = language_context(source, language(code, workspace))
            with context.section(section):
                for texts, block in zip(paragraphs, section.body, strict=True):
                    text = getattr(block, "paragraph", None)
                    # A NUL never equals an imported text, so a section with other kinds of blocks never matches.
                    texts[code] = " ".join(str(context.localise(text)).split()) if text else "\0"
        sections[Path(path).stem] = paragraphs
    return sections


def _pictures(versions: list[Versions], release: ImportedRelease) -> dict[str, CleanPicture]:
    """Return the pictures, keyed by their new file names, and set `release.pictures`."""
    pictures: dict[str, CleanPicture] = {}
    names: dict[str, str] = {}
    for blocks in versions:
        image = next((block.image for block in blocks.values() if block.image), None)
        if image and image.name not in names:
            names[image.name] = re.sub(r"[^A-Za-z0-9._-]+", "-", image.name).lstrip(".-")[:60] or "picture.png"
            pictures[names[image.name]] = image.picture
    release.pictures = names
    return pictures


def _slug(title: dict[str, str], folder: Path) -> str:
    words = re.findall("[a-z0-9]+", title.get("en", "").lower()) or re.findall("[a-z0-9]+", folder.resolve().name.lower())
    return "-".join(words[:5])[:60] or "imported"


def _terms(block: DraftBlock, code: str, workspace: Workspace) -> list[Match]:
    return [match for text in block.texts for match in glossary(workspace).find(to_display_text(text), code)]
