"""Reading of the files of a release: a draft for each language, and what the files have besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipdocs.files.ledger import missing_text
from ipdocs.files.reading import unusable_file
from ipdocs.findings import Finding, Location, collect, nearest
from ipdocs.importing.align import MAX_BLOCKS
from ipdocs.importing.document_draft import Draft, make_draft
from ipdocs.importing.draft_check import check_draft
from ipdocs.importing.formatting import without_chinese_subscript
from ipdocs.importing.item_endings import without_endings
from ipdocs.importing.language_split import split_languages
from ipdocs.importing.noise import without_noise
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers import text, web, word
from ipdocs.locale.import_words import import_words
from ipdocs.source.characters import replace_forbidden
from ipdocs.source.segment import Segment
from ipdocs.workspace import Workspace

READERS: dict[str, Callable[[Path], ImportedFile]] = {
    ".docx": word.read,
    ".docm": word.read,
    ".doc": word.read,
    ".html": web.read,
    ".htm": web.read,
    ".txt": text.read,
}


WORD_FORMATS = (".docx", ".docm", ".doc")
"""The formats whose text has numbered paragraphs instead of lines."""

_SAVE_HINT = "open it in Word or LibreOffice and save it as .docx"
_HINTS = {
    ".pdf": "get the file from which the PDF was made, and save it as .docx",
    **dict.fromkeys((".odt", ".rtf", ".wps", ".pages", ".docs", ".dotx", ".dot", ".mht"), _SAVE_HINT),
    ".md": "save it as .txt",
}
"""How to get a file of another format that can be read, keyed by the ending of its name."""


@dataclass(slots=True)
class ReadFiles:
    """The content of the files of a release.

    Attributes:
        drafts: the draft in each language, keyed by language code.
        paths: the path of the file with each language.
        paragraphs: the paragraphs in each language, without noise.
        expected: all words of each file without noise, which the source must have, keyed by path.
        accounted: words of each file that the source does not have, because a list or the house style writes them.
        spaced: the line number and text of each text of a file with spaces that the drafts do not have, keyed by path.
        noise_counts: the number of texts that each draft left out before it was made, keyed by language code.
        findings: the findings about the files.
    """

    drafts: dict[str, Draft] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    paragraphs: dict[str, Sequence[ImportedParagraph]] = field(default_factory=dict)
    expected: dict[Path, list[str]] = field(default_factory=dict)
    accounted: dict[Path, list[str]] = field(default_factory=dict)
    spaced: dict[Path, list[tuple[int, str]]] = field(default_factory=dict)
    noise_counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_file(path: Path, workspace: Workspace) -> ImportedFile:
    """Read a file of a release, without the noise around the release.

    Raises:
        IpdocsError: the kind of file is not supported, or the file is unsafe.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        suggestion = nearest(path.suffix.lower(), READERS)
        hint = f"did you mean {suggestion}?" if suggestion else "save the file as .docx, .html or .txt"
        hint = _HINTS.get(path.suffix.lower(), hint)
        raise unusable_file("unknown-format", f"files of the kind '{path.suffix[:20]}' cannot be read", path, hint)
    return without_noise(with_expressible_text(reader(path), path), workspace)


def with_expressible_text(imported: ImportedFile, path: Path) -> ImportedFile:
    """Return a file without the characters and subscript that a source cannot have; the words of the subscript stay.

    Each forbidden character becomes U+FFFD. Subscript with Chinese characters is reported.
    """

    def clean(content: Segment, line: int) -> Segment:
        content = tuple(replace_forbidden(part) if isinstance(part, str) else part for part in content)
        content, lost = without_chinese_subscript(content)
        if lost:
            message = f"Chinese characters in subscript become ordinary text: {', '.join(lost)}"
            hint = "write them in brackets, if readers need a mark"
            imported.findings.append(Finding("plain-subscript", message, Location(path, line), hint, "warning"))
        return content

    imported.paragraphs = [
        replace(
            paragraph,
            content=clean(paragraph.content, paragraph.line),
            rows=tuple(tuple(clean(cell, paragraph.line) for cell in row) for row in paragraph.rows),
        )
        for paragraph in imported.paragraphs
    ]
    return imported


def read_files(files: Sequence[Path], workspace: Workspace, *, as_written: bool) -> ReadFiles:
    """Read the files of a release.

    Args:
        files: one file for each language, or one file with several languages.
        workspace: the workspace, whose languages are recognised.
        as_written: whether the endings of list items stay in the drafts.

    Raises:
        IpdocsError: a file cannot be read or is unsafe; the files have no text, or two files in one language.
    """
    result = ReadFiles()
    for path, imported in zip(files, collect(lambda path: read_file(path, workspace), files), strict=True):
        result.findings += imported.findings
        result.expected[path] = [paragraph.words for paragraph in imported.paragraphs]
        result.accounted[path] = []
        result.spaced[path] = imported.spaced
        for line, line_text in imported.run_together:
            message = f"several list items on one line were separated: “{line_text[:60]}…”"
            hint = "check where each item begins"
            result.findings.append(Finding("run-together-items", message, Location(path, line), hint, "warning"))
        for code, part in split_languages(imported, workspace).items():
            if code in result.drafts:
                hint = "give one file for each language"
                raise unusable_file("language-twice", f"{result.paths[code].name} is also in {code}", path, hint)
            draft = make_draft(part, code, workspace)
            check_draft(draft, part, path)
            result.noise_counts[code] = len(part.left_out)
            result.accounted[path] += [marker for block in draft.blocks for marker in block.markers]
            if not as_written:
                blocks = without_endings(draft.blocks, import_words(workspace))
                before, after = ([block.full_text for block in version] for version in (draft.blocks, blocks))
                result.accounted[path].append(missing_text(before, after))
                draft.blocks = blocks
            if (count := len(draft.blocks)) > MAX_BLOCKS:
                message = f"this file has {count:,} paragraphs in {code}; a release may have {MAX_BLOCKS:,}"
                raise unusable_file("too-large", message, path, "split the file into several documents")
            result.drafts[code], result.paths[code], result.paragraphs[code] = draft, path, part.paragraphs
    if not any(draft.blocks or draft.title for draft in result.drafts.values()):
        hint = "run text recognition (OCR) on the file first, if it is a scan"
        raise unusable_file("nothing-to-import", "this file contains no text", files[0], hint)
    return result
