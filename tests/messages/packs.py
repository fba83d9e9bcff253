"""Examples of findings on packs of minutes, extracts, the next minutes, and the folders of results."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding
from ipdocs.minutes.next_minutes import next_minutes_source
from ipdocs.minutes.pack import extract_item, make_pack
from ipdocs.minutes.verify import verify_files
from ipdocs.pipeline.build import build
from ipdocs.pipeline.manifest import NAME
from ipdocs.pipeline.request import BuildRequest

from .example import MINUTES, RELEASE, changed, produces, write

TEXT = BuildRequest(editions=("en",), formats=("txt",))


def minutes(folder: Path, *changes: tuple[str, str]) -> Path:
    return write(folder / "minutes.yaml", changed(MINUTES, *changes))


@produces("no-minutes")
def a_pack_of_a_press_release(folder: Path) -> None:
    make_pack(write(folder / "release.yaml", RELEASE), folder / "out", TEXT)


@produces("unknown-item")
def an_extract_of_an_item_that_does_not_exist(folder: Path) -> None:
    extract_item(minutes(folder), folder / "out", "7", TEXT)


@produces("item-not-open")
def a_public_extract_of_a_restricted_item(folder: Path) -> None:
    extract_item(minutes(folder, ("- {id: books,", "- {id: books, restricted: true,")), folder / "out", "1", TEXT, public=True)


@produces("source-not-public")
def a_public_version_with_its_source(folder: Path) -> None:
    make_pack(minutes(folder), folder / "out", BuildRequest(attach_source=True), public=True)


@produces("access-published")
def a_public_version_that_says_how_to_join(folder: Path) -> Iterable[Finding]:
    online = ', online: {en: "Meeting ID 123", tc: "會議編號123"}}\nprevious'
    return make_pack(minutes(folder, ("}\nprevious", f"{online}")), folder / "out", TEXT, public=True).findings


@produces("no-next-meeting")
def minutes_that_agree_on_no_next_meeting(folder: Path) -> None:
    line = next(line for line in MINUTES.splitlines(keepends=True) if line.startswith("next:"))
    next_minutes_source(minutes(folder, (line, "")), "next")


@produces("cannot-carry")
def an_action_that_names_the_meeting_before_the_last(folder: Path) -> None:
    next_minutes_source(minutes(folder, ("Buy the books.", "Buy the books of {{ previous_meeting | ordinal }}.")), "next")


@produces("removed-file", "other-file")
def a_folder_with_a_file_of_an_earlier_run_and_one_of_somebody_else(folder: Path) -> Iterable[Finding]:
    path = minutes(folder)
    make_pack(path, folder / "out", BuildRequest(editions=("en", "tc"), formats=("txt",)))
    write(folder / "out/small/pack/notes.txt", "words")
    return make_pack(path, folder / "out", TEXT).findings


def verified(
    folder: Path, change: Callable[[Path, Any], None], name: str = "example.en.txt", form: str = "txt"
) -> Iterable[Finding]:
    """Build a release, let a function change its folder or its manifest, and verify a file."""
    source = write(folder / "source.yaml", RELEASE)
    build([source], folder, BuildRequest(editions=("en",), formats=(form,)))  # type: ignore[arg-type]
    path = folder / "example" / NAME
    manifest = json.loads(path.read_text("utf-8"))
    change(folder / "example", manifest)
    write(path, json.dumps(manifest))
    return [finding for result in verify_files([folder / "example" / name], source) for finding in result.findings]


@produces("file-changed")
def a_file_that_was_changed_after_the_build(folder: Path) -> Iterable[Finding]:
    def change(results: Path, manifest: Any) -> None:
        path = results / "example.en.txt"
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")

    return verified(folder, change)


@produces("source-changed")
def a_source_that_was_changed_after_the_build(folder: Path) -> Iterable[Finding]:
    return verified(folder, lambda results, manifest: write(folder / "source.yaml", RELEASE + "# a comment\n"))


@produces("pages-differ")
def a_pdf_with_another_number_of_pages(folder: Path) -> Iterable[Finding]:
    return verified(folder, lambda results, manifest: manifest["files"][0].update(pages=2), "example.en.pdf", "pdf")


@produces("unknown-file")
def a_file_that_the_manifest_does_not_list(folder: Path) -> Iterable[Finding]:
    return verified(folder, lambda results, manifest: write(results / "other.txt", "words"), "other.txt")


@produces("bad-manifest")
def a_manifest_without_files(folder: Path) -> Iterable[Finding]:
    return verified(folder, lambda results, manifest: manifest.update(files=[]))


@produces("no-such-file")
def a_folder_without_a_manifest(folder: Path) -> None:
    verify_files([folder])
