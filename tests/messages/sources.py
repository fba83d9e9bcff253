"""Examples of findings on sources: those of tests/errors/cases, and texts of releases and minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.minutes.pack import make_pack
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.changes import SourceChanges
from ipdocs.source.edits import Edit
from ipdocs.source.open import Source, open_source
from ipdocs.source.structure.blocks import put_text
from ipdocs.source.structure.items import change_level
from ipdocs.source.update import update_source

from .example import EXAMPLES, MINUTES, RELEASE, Example, changed, produces, register_sources, write

FIGURE = '- {{id: figure, figure: {{file: {}, alt: {{en: "A", tc: "甲"}}}}}}\n'
CASES = sorted((Path(__file__).resolve().parents[1] / "errors/cases").glob("*.yaml"))


def read(path: Path) -> Iterable[Finding]:
    open_source(path)
    return ()


def register_cases() -> None:
    """Register the first case of tests/errors/cases that has a code as its example."""
    known: set[str] = set()
    for path in CASES:
        text = path.read_text("utf-8-sig")
        codes = tuple(dict.fromkeys(re.findall(r"^#: \d+:\d+:\d+ ([a-z0-9-]+)", text, re.M)))
        if new := tuple(code for code in codes if code not in known):
            known |= set(new)
            title = path.stem.replace("-", " ")
            EXAMPLES.setdefault("sources", []).append(Example(new, title, lambda folder, path=path: read(path)))


register_cases()
register_sources(
    "sources",
    read,
    [
        ("draft-text", "a text that is not finished", changed(RELEASE, ("A meeting.", "A ⟦meeting⟧."))),
        ("not-here", "a decision in a press release", RELEASE + '- {id: x, decision: {en: "Agreed.", tc: "通過。"}}\n'),
        (
            "restricted-fact",
            "a restricted fact",
            f'{MINUTES}facts: {{city: {{text: {{en: "X", tc: "甲", restricted: true}}}}}}\n',
        ),
        ("end-before-start", "a meeting that ends too early", changed(MINUTES, ("ends: 16:00", "ends: 14:00"))),
        ("meetings-out-of-order", "a next meeting before this one", changed(MINUTES, ("date: 2019-02-19", "date: 2018-08-20"))),
        ("unknown-paper", "a paper that is not listed", changed(MINUTES, ("papers: [plan]", "papers: [plane]"))),
        ("unknown-office", "an office that is not listed", changed(MINUTES, ("owner: [library]", "owner: [libary]"))),
        ("unknown-item", "an item that is not there", changed(MINUTES, ("role: chair}", "role: chair, items: [bocks]}"))),
        ("unknown-annex", "an annex that is not listed", changed(MINUTES, ("{id: plan", "{id: plan, annex: b"))),
        (
            "no-item",
            "a paragraph before the first item",
            changed(MINUTES, ("- {id: books", '- {id: x, paragraph: {en: "A", tc: "甲"}}\n- {id: books')),
        ),
        (
            "restricted-notes",
            "restricted footnotes",
            MINUTES + '- {id: notes, footnotes: {a: {en: "A", tc: "甲"}}, restricted: true}\n',
        ),
        (
            "restricted-post",
            "a restricted entry without a name",
            changed(MINUTES, ("role: chair", "role: chair, restricted: true")),
        ),
        (
            "present-and-absent",
            "a member who is present and absent",
            changed(
                MINUTES, ("papers:\n", '  absent:\n  - {post: {en: "Chief Librarian", tc: "總館長"}, office: library}\npapers:\n')
            ),
        ),
        ("too-many-findings", "more than a thousand mistakes", changed(RELEASE, ("A meeting.", "*a " * 1500))),
        ("too-large", "a text that is too long", changed(RELEASE, ("A meeting.", "a" * 20_001))),
    ],
)


@produces("not-utf8")
def a_source_in_another_encoding(folder: Path) -> Iterable[Finding]:
    return read(write(folder / "source.yaml", "title: 粵港".encode("big5hkscs")))


@produces("bad-state")
def a_state_file_that_is_a_list(folder: Path) -> Iterable[Finding]:
    write(folder / "source.state.yaml", "- choices\n")
    return read(write(folder / "source.yaml", RELEASE))


@produces("no-such-file")
def a_source_that_does_not_exist(folder: Path) -> Iterable[Finding]:
    return read(folder / "none.yaml")


@produces("no-quorum")
def a_meeting_without_a_quorum(folder: Path) -> Iterable[Finding]:
    from ipdocs.pipeline.check import check

    return check([write(folder / "minutes.yaml", changed(MINUTES, ("quorum: 1", "quorum: 5")))])


@produces("duplicate-id")
def two_sources_with_one_id(folder: Path) -> None:
    sources = [write(folder / name, RELEASE) for name in ("first.yaml", "second.yaml")]
    build(sources, folder / "out", BuildRequest(editions=("en",), formats=("txt",)))


@produces("document-not-open")
def a_public_version_of_a_restricted_document(folder: Path) -> None:
    source = write(folder / "minutes.yaml", MINUTES + "classification: restricted\n")
    make_pack(source, folder / "out", BuildRequest(editions=("en",), formats=("txt",)), public=True)


@produces("picture-too-large")
def a_picture_that_is_too_large(folder: Path) -> Iterable[Finding]:
    write(folder / "large.png", bytes(20_000_001))
    return read(write(folder / "source.yaml", RELEASE + FIGURE.format("large.png")))


@produces("bad-picture")
def a_text_instead_of_a_picture(folder: Path) -> Iterable[Finding]:
    write(folder / "text.png", "no picture")
    return read(write(folder / "source.yaml", RELEASE + FIGURE.format("text.png")))


@produces("source-changed-on-disk")
def a_source_that_is_saved_in_an_editor_at_the_same_time(folder: Path) -> None:
    path = write(folder / "source.yaml", RELEASE)

    def change(source: Source) -> SourceChanges:
        write(path, RELEASE + "# a comment\n")
        return SourceChanges(texts={(("title",), "en"): "A new title"})

    update_source(path, change)


@produces("would-disclose")
def a_change_that_opens_a_restricted_text(folder: Path) -> None:
    path = write(folder / "minutes.yaml", changed(MINUTES, ("- {id: said,", "- {id: said, restricted: true,")))
    start = path.read_text("utf-8").index(" restricted: true,")
    update_source(path, lambda source: SourceChanges(edits=(Edit(start, start + len(" restricted: true,"), ""),)))


@produces("not-read-back")
def a_change_with_a_character_that_yaml_reads_as_a_line_break(folder: Path) -> None:
    path = write(folder / "source.yaml", RELEASE)
    update_source(path, lambda source: put_text(source, ("title",), "en", "one\rtwo"))


@produces("not-possible")
def an_item_without_one_above_it(folder: Path) -> None:
    path = write(folder / "source.yaml", RELEASE + '- id: areas\n  list:\n    items:\n    - {en: "One", tc: "一"}\n')
    update_source(path, lambda source: change_level(source, ("body", 1, "list", "items", 0), 1))


@produces("empty-list")
def a_list_without_any_item_left(folder: Path) -> None:
    path = write(folder / "source.yaml", RELEASE + '- id: areas\n  list:\n    items:\n    - {en: "One", tc: "一"}\n')
    update_source(path, lambda source: SourceChanges(removals=(("body", 1, "list", "items", 0),)))
