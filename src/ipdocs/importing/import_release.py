"""Word files, web pages and text in, a source out: languages aligned, facts proposed, what was left out listed."""

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
from ipdocs.importing.align import DOUBTFUL, Pair, align
from ipdocs.importing.boilerplate_noise import without_noise
from ipdocs.importing.document_draft import Block, Draft, draft, without_endings
from ipdocs.importing.fact_proposals import Facts, propose
from ipdocs.importing.imported_release import ImportedRelease, Versions, compose
from ipdocs.importing.language_split import parted
from ipdocs.importing.paragraph import ImportedFile, LeftOut
from ipdocs.importing.readers import text, web, word
from ipdocs.locale.glossary import Match, glossary
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style, style_names
from ipdocs.localisation.localise import language_context
from ipdocs.source.characters import replaced
from ipdocs.source.file import SourceText
from ipdocs.source.format import formatted
from ipdocs.source.open import SourceContext, parse_source
from ipdocs.source.segment import Segment, shown, written
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
_ORDER = ("en", "tc", "sc", "cn")


@dataclass(frozen=True, slots=True)
class Imported:
    """A source made of files: where it is, its blocks, facts and terms of the glossary, what was left out of which file."""

    path: Path
    blocks: int
    paired: int
    facts: tuple[str, ...]
    terms: tuple[str, ...]
    left_out: tuple[tuple[Path, LeftOut], ...]
    findings: tuple[Finding, ...]


def import_release(files: Sequence[Path], folder: Path, now: datetime, *, name: str = "", style: str = "") -> Imported:
    """Write FOLDER/release.yaml from the files of a release, and return a summary of what was imported.

    Blocks that have no counterpart in the other language, or a doubtful one, are findings with both texts.

    Args:
        files: Word files, web pages or text files: one for each language, or one with two languages.
        folder: the folder of the new source.
        now: the time to use if the files give no date of issue.
        name: the id of the new document; by default words of its title.
        style: the name of its house style; by default the style that its last lines show.

    Raises:
        UnsafeFile: a file cannot be read or is refused, or the source exists already.
        IpdocsError: there is no such house style, or the files have no text.
    """
    target = folder / "release.yaml"
    if target.exists():
        raise unsafe_file("file-exists", "this file is there already and stays as it is", target, "choose another folder")
    workspace = find_workspace(target)
    drafts, origins, findings = _drafts(files, workspace)
    order = [short for short in _ORDER if short in drafts]
    chosen = _style(style, drafts, workspace)
    issued, day = _issued(drafts, order, workspace, now, findings, files[0])
    settings = {short: Setting(language(short, workspace), house_style(chosen, workspace), day) for short in order}
    pairs = _aligned(drafts, order, settings, workspace, origins, findings)
    title = {short: written(one.title) for short in order if (one := drafts[short]).title}
    made = ImportedRelease(name or _slug(title, folder), chosen, issued, order, title or dict.fromkeys(order, "⟦title⟧"))
    made.reference = {short: drafts[short].reference for short in order if drafts[short].reference}
    versions = [_by_language(pair, order) for pair in pairs]
    facts = Facts()
    body: list[Versions | str] = [
        one if isinstance(one, str) else _with_facts(one, order, settings, facts)
        for one in _with_sections(versions, made, target, workspace)
    ]
    made.facts, made.body = facts.found, body
    pictures = _pictures(versions, made)
    text, more = formatted(SourceText(target, compose(made)), workspace)
    findings += more
    try:
        parse_source(SourceText(target, text), SourceContext(target, workspace, pictures=pictures), draft=True)
    except IpdocsError as error:
        findings += [replace(one, severity="warning") for one in error.findings]
    place({**{folder / name: picture.data for name, picture in pictures.items()}, target: text.encode()})
    left = tuple((origins[short], one) for short in order for one in drafts[short].left_out)
    terms = {match.term.id for short in order for one in drafts[short].blocks for match in _terms(one, short, workspace)}
    both = sum(pair.ours is not None and pair.theirs is not None for pair in pairs)
    return Imported(target, len(pairs), both, tuple(facts.found), tuple(sorted(terms)), left, tuple(in_order(findings)))


def read_file(path: Path) -> ImportedFile:
    """Return what a file holds, noise left out; a file of a kind that nobody reads is a finding."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        close = nearest(path.suffix.lower(), READERS)
        hint = f"did you mean {close}?" if close else "save it as .docx, .html or .txt"
        raise unsafe_file("unknown-format", f"'{path.suffix[:20]}' is no format that is read", path, hint)
    return without_noise(_readable(reader(path)))


def _readable(imported: ImportedFile) -> ImportedFile:
    """Return an imported file with U+FFFD for each character that a source may not hold."""

    def clean(content: Segment) -> Segment:
        return tuple(replaced(part) if isinstance(part, str) else part for part in content)

    imported.paragraphs = [
        replace(one, content=clean(one.content), rows=tuple(tuple(map(clean, row)) for row in one.rows))
        for one in imported.paragraphs
    ]
    return imported


def _drafts(files: Sequence[Path], workspace: Workspace) -> tuple[dict[str, Draft], dict[str, Path], list[Finding]]:
    """Return a draft a language, the file each is from, and what was found on the way."""
    drafts: dict[str, Draft] = {}
    origins: dict[str, Path] = {}
    findings: list[Finding] = []
    for path, imported in zip(files, collect(read_file, files), strict=True):
        for line, words in imported.run_together:
            message = f"items run together in one line and were parted: “{words[:60]}…”"
            findings.append(Finding("run-together-items", message, Location(path, line), "look at them", "warning"))
        for short, part in parted(imported, workspace).items():
            if short in drafts:
                hint = "name one file a language"
                raise unsafe_file("language-twice", f"{origins[short].name} is in {short} too", path, hint)
            drafts[short], origins[short] = draft(part, short), path
            drafts[short].blocks = without_endings(drafts[short].blocks)
    if not any(one.blocks or one.title for one in drafts.values()):
        raise unsafe_file(
            "nothing-to-import", "there are no words in it", files[0], "is it a scan? those have to be read by OCR first"
        )
    return drafts, origins, findings


def _style(given: str, drafts: dict[str, Draft], workspace: Workspace) -> str:
    if given and given not in style_names(workspace):
        hint = f"there are {', '.join(style_names(workspace))}"
        raise IpdocsError([Finding("unknown-style", f"there is no house style '{given}'", None, hint)])
    return given or next((one.style for one in drafts.values() if one.style), "gia")


def _issued(
    drafts: dict[str, Draft], order: list[str], workspace: Workspace, now: datetime, findings: list[Finding], path: Path
) -> tuple[str, Date | None]:
    """Return when a document says that it was issued, as a source writes it, and the day; without one it is today."""
    for short in order:
        for slot in recognise(drafts[short].issued, language(short, workspace)):
            if isinstance(slot.value, Date) and slot.value.year and slot.value.day:
                day = notation(slot.value)
                clock = next((one.clock for one in drafts.values() if one.clock), "")
                return (f"{day}T{clock}+08:00" if clock else day), slot.value
    message = "the file does not say when it was issued; today stands in the source"
    findings.append(Finding("no-date", message, Location(path), "write `issued:`", "warning"))
    return now.date().isoformat(), Date(now.year, now.month, now.day)


def _aligned(
    drafts: dict[str, Draft],
    order: list[str],
    settings: dict[str, Setting],
    workspace: Workspace,
    origins: dict[str, Path],
    findings: list[Finding],
) -> list[Pair]:
    first = drafts[order[0]].blocks
    if len(order) == 1:
        return [Pair(block, None, 0.0) for block in first]
    second = drafts[order[1]].blocks
    pairs = align(first, second, (settings[order[0]], settings[order[1]]), workspace)
    pairs = [one for pair in pairs for one in _like(pair)]
    for pair in pairs:
        findings += _doubts(pair, order, origins)
    return pairs


def _like(pair: Pair) -> Iterator[Pair]:
    """Yield a pair, or its two blocks apart where they are of different kinds and could not be one block."""
    ours, theirs = pair.ours, pair.theirs
    if ours is None or theirs is None or (ours.kind == theirs.kind and _same_shape(ours, theirs)):
        yield pair
    elif {ours.kind, theirs.kind} <= {"paragraph", "quotation", "heading"} and len(ours.texts) == len(theirs.texts) == 1:
        yield Pair(ours, replace(theirs, kind=ours.kind, level=ours.level), pair.doubt)
    else:
        yield Pair(ours, None, pair.doubt)
        yield Pair(None, theirs, pair.doubt)


def _same_shape(ours: Block, theirs: Block) -> bool:
    if ours.kind == "table":
        return (ours.columns, len(ours.texts)) == (theirs.columns, len(theirs.texts))
    return ours.kind != "footnotes" or ours.names == theirs.names


def _doubts(pair: Pair, order: list[str], origins: dict[str, Path]) -> Iterator[Finding]:
    sides = [(short, block) for short, block in zip(order, (pair.ours, pair.theirs), strict=False) if block]
    short, block = sides[0]
    place = Location(origins[short], block.line)
    said = tuple(Excerpt(name, one.words[:200], 0, min(len(one.words), 200)) for name, one in sides)
    if len(sides) == 1 and block.words.strip():
        other = order[1] if short == order[0] else order[0]
        message = f"this {block.kind} has no partner in {other}: “{block.words[:60]}”"
        yield Finding("no-partner", message, place, f"write it, or say `only: {short}`", "warning", said)
    elif len(sides) == 2 and pair.doubt > DOUBTFUL:
        message = f"“{block.words[:50]}” and “{sides[1][1].words[:50]}” may not say the same"
        yield Finding("doubtful-pair", message, place, "compare them", "warning", said)
    counts = [len(one.levels) for _, one in sides]
    if len(sides) == 2 and counts[0] != counts[1]:
        message = f"this list has {counts[0]} items in {order[0]} and {counts[1]} in {order[1]}"
        yield Finding("items-differ", message, place, "find the item that lacks its partner", "warning", said)


def _by_language(pair: Pair, order: list[str]) -> Versions:
    return {short: block for short, block in zip(order, (pair.ours, pair.theirs), strict=False) if block}


def _with_facts(versions: Versions, order: list[str], settings: dict[str, Setting], facts: Facts) -> Versions:
    """Return a block with facts in the place of the values that both of its languages state."""
    if len(versions) < 2:
        return versions
    ours, theirs = (versions[short] for short in order[:2])
    if len(ours.texts) != len(theirs.texts):
        return versions
    pair = (settings[order[0]], settings[order[1]])
    made = [propose(one, other, pair, facts) for one, other in zip(ours.texts, theirs.texts, strict=True)]
    return {
        order[0]: replace(ours, texts=tuple(one for one, _ in made)),
        order[1]: replace(theirs, texts=tuple(other for _, other in made)),
    }


def _with_sections(versions: list[Versions], made: ImportedRelease, target: Path, workspace: Workspace) -> list[Versions | str]:
    """Return the blocks with recurring text by its name: a section stands where every language says what it says."""
    sections = _sections(made, target, workspace)
    found: list[Versions | str] = []
    index = 0
    while index < len(versions):
        name, length = next(
            (
                (name, len(said))
                for name, said in sections.items()
                if said and _says(versions[index : index + len(said)], said, made.languages)
            ),
            ("", 1),
        )
        found += [name] if name else versions[index : index + 1]
        index += length
    return found


def _says(versions: list[Versions], said: list[dict[str, str]], languages: Sequence[str]) -> bool:
    return len(versions) == len(said) and all(
        one.keys() == set(languages) and all(" ".join(block.words.split()) == words[short] for short, block in one.items())
        for one, words in zip(versions, said, strict=True)
    )


def _sections(made: ImportedRelease, target: Path, workspace: Workspace) -> dict[str, list[dict[str, str]]]:
    """Return what the paragraphs of each section of recurring text say in the document's languages and style."""
    source = parse_source(SourceText(target, compose(made)), SourceContext(target, workspace), draft=True)
    found: dict[str, list[dict[str, str]]] = {}
    for path in workspace.files("templates/boilerplate/*.yaml"):
        section = load_section(Path(path).stem, workspace)
        said: list[dict[str, str]] = [{} for _ in section.body]
        for short in made.languages:
            context = language_context(source, language(short, workspace))
            with context.section(section):
                for words, block in zip(said, section.body, strict=True):
                    texts = getattr(block, "paragraph", None)
                    words[short] = " ".join(str(context.words(texts)).split()) if texts else "\0"
        found[Path(path).stem] = said
    return found


def _pictures(versions: list[Versions], made: ImportedRelease) -> dict[str, CleanPicture]:
    """Return the pictures of a document by the names that they get beside its source, and give the release those names."""
    pictures: dict[str, CleanPicture] = {}
    names: dict[str, str] = {}
    for version in versions:
        image = next((block.image for block in version.values() if block.image), None)
        if image and image.name not in names:
            names[image.name] = re.sub(r"[^A-Za-z0-9._-]+", "-", image.name).lstrip(".-")[:60] or "picture.png"
            pictures[names[image.name]] = image.picture
    made.pictures = names
    return pictures


def _slug(title: dict[str, str], folder: Path) -> str:
    found = re.findall("[a-z0-9]+", title.get("en", "").lower()) or re.findall("[a-z0-9]+", folder.resolve().name.lower())
    return "-".join(found[:5])[:60] or "imported"


def _terms(block: Block, short: str, workspace: Workspace) -> list[Match]:
    return [match for one in block.texts for match in glossary(workspace).find(shown(one), short)]
