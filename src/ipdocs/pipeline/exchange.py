"""A source's texts out to translators, and what comes back into the source: checked first, spliced in, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.values import differences
from ipdocs.findings import Finding, IpdocsError, Location, each, in_order, nearest
from ipdocs.locale.language import Language, language, languages
from ipdocs.locale.style import house_style
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.pipeline.memory import sayer
from ipdocs.pipeline.status import Standing, basis_of, status
from ipdocs.pipeline.translate import translate
from ipdocs.source.edit import write_atomically
from ipdocs.source.file import read_text
from ipdocs.source.load import load
from ipdocs.source.replace import put_texts
from ipdocs.source.state import keep_bases
from ipdocs.translation.exchange import memory, po, sheet, word, xliff1, xliff2
from ipdocs.translation.exchange.compare import Compared, Differ, compare
from ipdocs.translation.exchange.safe import read_bytes, refused, xml
from ipdocs.translation.exchange.segment import Code, Segment, segment, written
from ipdocs.translation.exchange.unit import Exchange, Offer, Returned, State, Unit
from ipdocs.translation.memory.content import written as content_written
from ipdocs.translation.memory.draft import MARK
from ipdocs.translation.memory.places import Placed, blocks, texts
from ipdocs.values.setting import Setting
from ipdocs.view.localise import wording_of
from ipdocs.workspace import Workspace, find_workspace

Format = Literal["xliff2", "xliff1", "po", "tmx", "docx", "xlsx"]
FORMATS: tuple[str, ...] = get_args(Format)
ENDINGS = {"xliff2": "xlf", "xliff1": "1.2.xlf", "po": "po", "tmx": "tmx", "docx": "docx", "xlsx": "xlsx"}
_STATES: dict[Standing, State] = {
    "confirmed": "reviewed",
    "current": "translated",
    "unrecorded": "translated",
    "stale": "stale",
    "draft": "translated",
    "missing": "translated",
}
"""How a text stands of a block that stands so: a draft, and what is missing, are seen on the text itself."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came back into a source: the texts that changed, those that are drafts no longer, and what was found on the way."""

    changed: tuple[str, ...]
    settled: tuple[str, ...]
    findings: tuple[Finding, ...]


def exchange_of(path: Path, to: str, *, source: str = "", cache: Path | None = None) -> Exchange:
    """Return the texts of a source that are to be read in a language, each with its translation as far as there is one.

    What is restricted stays at home. source is the language to translate from (by default the first in which the source
    is written). With a folder for the memory's index each text that lacks a translation has what the memory offers.
    """
    workspace = find_workspace(path)
    document = load(path, workspace, draft=True)
    target = _written(language(to, workspace))
    first = _written(language(source, workspace)) if source else _first(document, target, workspace)
    standing = {(one.block, one.language): one.standing for one in status(path)}
    say = {one.short: sayer(wording_of(document, one, workspace, draft=True)) for one in (first, target)}
    offers = _offers(path, target.short, first.short, cache, say[target.short]) if cache else {}
    units = tuple(
        _unit(one, first.short, target.short, standing.get((one.block, target.short), "unrecorded"), say, offers)
        for one in texts(document)
        if first.short in one.texts and not one.restricted and one.stands_in(target.short) and one.stands_in(first.short)
    )
    return Exchange(str(document.id), first.tag, target.tag, units)


def _written(found: Language) -> Language:
    if found.made_from:
        hint = f"--to {found.made_from}; {found.short} is converted from it when the document is built"
        raise IpdocsError([Finding("derived-language", f"{found.short} is not translated but converted", None, hint)])
    return found


def _first(document: Document, target: Language, workspace: Workspace) -> Language:
    """Return the first language in which a document is written and into which it is not to be translated."""
    for name in document.languages:
        if name != target.short and not (found := language(name, workspace)).made_from:
            return found
    hint = f"it is written in {', '.join(document.languages)}"
    raise IpdocsError(
        [Finding("nothing-to-translate", f"there is no language to translate into {target.short} from", None, hint)]
    )


def _unit(
    one: Placed,
    source: str,
    target: str,
    standing: Standing,
    say: Mapping[str, Callable[[str], str]],
    offers: Mapping[str, tuple[Offer, ...]],
) -> Unit:
    text = one.texts.get(Text(target))
    mark = MARK.match(text) if text else None
    words = text[mark.end() :] if text and mark else text
    state: State = "initial" if text is None else "draft" if mark else _STATES[standing]
    notes = ("Made from other words than stand here now.",) if state == "stale" else ()
    back = segment(words, say[target]) if words else None
    return Unit(one.name, segment(one.texts[Text(source)], say[source]), back, state, notes, offers.get(one.name, ()))


def _offers(path: Path, to: str, source: str, cache: Path, say: Callable[[str], str]) -> dict[str, tuple[Offer, ...]]:
    """Return what the memory has for whole texts that are missing."""
    found: dict[str, tuple[Offer, ...]] = {}
    for asked in translate(path, to, source=source, cache=cache):
        matches = [one.match for one in asked.segments]
        if len(matches) == 1 and (match := matches[0]):
            found[asked.placed.name] = (
                Offer(segment(content_written(match.target), say), float(match.percent), match.unit.name),
            )
    return found


def export(path: Path, to: str, format: Format, *, source: str = "", cache: Path | None = None) -> bytes:  # noqa: A002 - its name
    """Return a source's texts as a file for translators."""
    made = exchange_of(path, to, source=source, cache=cache)
    if format == "tmx":
        return memory.write(made, find_workspace(path))
    writers: dict[str, Callable[[Exchange], bytes]] = {
        "xliff2": xliff2.write,
        "xliff1": xliff1.write,
        "po": po.write,
        "docx": word.write,
        "xlsx": sheet.write,
    }
    return writers[format](made)


def take_in(path: Path, files: Sequence[Path], *, to: str = "", source: str = "", accept: bool = False) -> Taken:
    """Put what came back from translators into a source; nothing is written while a finding says that something is wrong.

    All files are checked before the first is taken. With accept what the findings doubt is taken all the same, but for
    what a source cannot hold. Where nothing was changed the source stays byte for byte as it is.
    """
    first, *_ = each(lambda file: _checked(path, file, to, source, accept), files)
    taken: list[Compared] = []
    for index, file in enumerate(files):
        document, found, target = _checked(path, file, to, source, accept) if index else first
        _write(path, document, found, target.short, find_workspace(path))
        taken.append(found)
    return Taken(
        tuple(name for one in taken for name in one.changes),
        tuple(name for one in taken for name in one.settled),
        tuple(in_order(finding for one in taken for finding in one.findings)),
    )


def _checked(path: Path, file: Path, to: str, source: str, accept: bool) -> tuple[Document, Compared, Language]:
    """Return what a file changes in a source, and its language; what keeps it from being taken is raised."""
    workspace = find_workspace(path)
    back, first, target = _read(path, file, to, source, workspace)
    sent = exchange_of(path, target.short, source=first.short)
    document = load(path, workspace, draft=True)
    found = compare(sent, back, file, _differ(document, first, target, workspace))
    errors = [one for one in found.findings if one.severity == "error"]
    if errors and (not accept or any(one.code in ("wrong-document", "wrong-language") for one in errors)):
        raise IpdocsError(in_order(found.findings))
    return document, found, target


def _read(path: Path, file: Path, to: str, source: str, workspace: Workspace) -> tuple[Returned, Language, Language]:
    """Return what a file says, with the languages it is from and in."""
    document = load(path, workspace, draft=True)
    ending = file.suffix.lower()
    if ending == ".tmx":
        target = _written(language(to or _other(document, workspace), workspace))
        first = language(source, workspace) if source else _first(document, target, workspace)
        return memory.read(file, workspace, first.short, target.short), first, target
    readers: dict[str, Callable[[Path], Returned]] = {
        ".xlf": _xliff,
        ".xliff": _xliff,
        ".po": po.read,
        ".docx": word.read,
        ".xlsx": sheet.read,
    }
    if ending not in readers:
        close = nearest(ending, [*readers, ".tmx"])
        hint = f"did you mean {close}?" if close else f"there are {', '.join([*readers, '.tmx'])}"
        raise refused("unknown-format", f"'{ending[:20]}' is no format of exchange", file, hint)
    back = readers[ending](file)
    tags = {one.tag.lower(): one for one in languages(workspace).values()}
    named = tags.get(back.target.lower())
    if named is None and not to:
        raise refused(
            "unknown-language", f"this file does not say in which language it is: {back.target!r:.40}", file, "say --to"
        )
    target = _written(language(to, workspace) if to else named or language(back.target, workspace))
    first = language(source, workspace) if source else _first(document, target, workspace)
    return back, first, target


def _xliff(file: Path) -> Returned:
    root = xml(read_bytes(file), file)
    return xliff1.read(file) if str(root.tag) == f"{{{xliff1.CORE}}}xliff" else xliff2.read(file)


def _other(document: Document, workspace: Workspace) -> str:
    """Return the second language of a document, into which it is translated unless another is named."""
    written = [name for name in document.languages if not language(name, workspace).made_from]
    return str(written[1] if len(written) > 1 else written[0])


def _differ(document: Document, first: Language, target: Language, workspace: Workspace) -> Differ:
    def passage(parts: Segment, spoken: Language) -> Passage:
        setting = Setting(spoken, house_style(document.style, workspace), wording_of(document, spoken, workspace).setting.issued)
        made = Passage("paragraph", setting, Text(""), workspace)
        for part in parts:
            start = len(made.plain)
            made.plain += part if isinstance(part, str) else part.shown if part.kind == "fact" else ""
            if isinstance(part, Code) and part.kind == "fact":
                made.expressions.append(Span(start, len(made.plain), part.name))
        return made

    def told(source: Segment, translation: Segment) -> list[str]:
        found = differences(passage(source, first), passage(translation, target))
        return [
            f"{first.short} says {one.source.surface if one.source else 'nothing of it'}, "
            f"{target.short} says {one.target.surface if one.target else 'nothing of it'}"
            for one in found
        ]

    return told


def _write(path: Path, document: Document, found: Compared, to: str, workspace: Workspace) -> None:
    """Put texts into a source, and note that their blocks' translations were made from what stands there now."""
    placed = {one.name: one for one in texts(document)}
    new = {(placed[name].keys, to): written(parts) for name, parts in found.changes.items()}
    for name in found.settled:
        text = placed[name].texts[Text(to)]
        mark = MARK.match(text)
        new[placed[name].keys, to] = text[mark.end() :] if mark else text
    if not new:
        return
    put(path, put_texts(read_text(path), new), workspace)
    touched = {placed[name].block for name in (*found.changes, *found.settled)}
    after = blocks(load(path, workspace, draft=True))
    keep_bases(path, {(block, to): basis_of(after[block], to, workspace) for block in sorted(touched) if block in after})


def put(path: Path, text: str, workspace: Workspace) -> None:
    """Write a source, unless it could not be read any more: then it stays as it was, and the findings say why."""
    check = path.with_name(f".{path.stem}.incoming.yaml")
    try:
        write_atomically(check, text.encode())
        load(check, workspace, draft=True)
    except IpdocsError as error:
        raise IpdocsError(list(_relocated(error.findings, check, path))) from error
    finally:
        check.unlink(missing_ok=True)
    write_atomically(path, text.encode())


def _relocated(findings: tuple[Finding, ...], here: Path, there: Path) -> Iterator[Finding]:
    from dataclasses import replace

    for one in findings:
        place = one.location
        at_home = place and place.path == here
        yield replace(one, location=Location(there, place.line, place.column, place.length)) if place and at_home else one
