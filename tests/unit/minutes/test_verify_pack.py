"""Verification of packs, public versions and extracts by their manifests."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from ipdocs.cli import app
from ipdocs.minutes.pack import extract_item, make_pack
from ipdocs.pipeline.manifest import NAME, PUBLIC_NAME, read_manifest
from ipdocs.pipeline.request import BuildRequest

Write = Callable[..., Path]
REQUEST = BuildRequest(editions=("en", "en+tc"))


def annexed(minutes: Write) -> Path:
    """Return minutes with an annex of two pages."""
    source = minutes(("body:\n", 'annexes:\n  - {id: list, label: A, title: {en: "Books", tc: "書目"}, file: list.pdf}\nbody:\n'))
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(source.with_name("list.pdf"))
    return source


def verify(*paths: Path) -> Result:
    return CliRunner().invoke(app, ["verify", *map(str, paths)])


def replace_in_word(path: Path, before: str, after: str) -> None:
    """Replace words in the body of a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize("public", [False, True], ids=["whole", "public"])
def test_a_pack_states_what_its_source_states(public: bool, minutes: Write, tmp_path: Path) -> None:
    pack = make_pack(annexed(minutes), tmp_path / "out", REQUEST, public=public)
    folder = tmp_path / "out/small" / ("public" if public else "pack")
    name = PUBLIC_NAME if public else NAME
    manifest = read_manifest(folder / name)
    assert (manifest.kind, manifest.id) == (folder.name, "small")
    listed = {folder / entry.file for entry in manifest.files}
    assert listed == {path for path in pack.files if path.suffix != ".zip" and path.name != name}
    assert {entry.findings for entry in manifest.files if entry.part} == {()}
    result = verify(folder)
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == len(listed) + 1
    version = ".public" if public else ""
    assert f"small.pack{version}.en-tc.pdf: " in result.output
    assert re.search(rf"annex-A{re.escape(version)}\.pdf: .*2 pages", result.output)
    assert not re.search(r"\b1 (pages|lines|facts)\b", result.output)


def rewrite_archive(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as new:
        for name, data in files.items():
            new.writestr(name, data)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda files: files.update({"small.actions.public.en.txt": b"whole"}), "small.actions.public.en.txt"),
        (lambda files: files.pop("small.actions.public.en.txt"), "small.actions.public.en.txt"),
        (lambda files: files.update({"small.minutes.en.docx": b"whole"}), "small.minutes.en.docx"),
        (lambda files: files.update({PUBLIC_NAME: b"{}"}), PUBLIC_NAME),
    ],
)
def test_a_zip_with_other_files_is_reported(
    minutes: Write, tmp_path: Path, change: Callable[[dict[str, bytes]], object], named: str
) -> None:
    make_pack(minutes(), tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",)), public=True)
    archive = tmp_path / "out/small/public/small.public.zip"
    assert verify(archive).exit_code == 0
    rewrite_archive(archive, change)
    result = verify(archive.parent)
    assert result.exit_code == 1, result.output
    assert re.search(rf"small\.public\.zip .*{re.escape(named)}", result.output), result.output


def test_a_truncated_zip_is_reported(minutes: Write, tmp_path: Path) -> None:
    make_pack(minutes(), tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",)))
    archive = tmp_path / "out/small/pack/small.zip"
    archive.write_bytes(archive.read_bytes()[:-40])
    result = verify(archive.parent)
    assert (result.exit_code, "damaged-file" in result.output) == (1, True), result.output


def test_a_second_extract_stays_listed_with_the_first(minutes: Write, tmp_path: Path) -> None:
    source = minutes()
    for item in ("books", "2"):
        extract_item(source, tmp_path / "out", item, BuildRequest(editions=("tc",), formats=("docx",)))
    result = verify(tmp_path / "out/small/extract")
    assert result.exit_code == 0, result.output
    assert [line.partition(":")[0].rpartition("/")[2] for line in result.output.splitlines()] == [
        "small.item-2.tc.docx",
        "small.item-books.tc.docx",
    ]


def test_a_public_extract_leaves_the_full_one_unchanged(minutes: Write, tmp_path: Path) -> None:
    source, request = minutes(), BuildRequest(editions=("en",), formats=("docx",))
    for public in (False, True):
        extract_item(source, tmp_path / "out", "books", request, public=public)
    folders = [tmp_path / "out/small" / name for name in ("extract", "public-extract")]
    listed = [
        entry.file
        for folder, name in zip(folders, (NAME, PUBLIC_NAME), strict=True)
        for entry in read_manifest(folder / name).files
    ]
    assert listed == ["small.item-books.en.docx", "small.item-books.public.en.docx"]
    result = verify(tmp_path / "out")
    assert (result.exit_code, len(result.output.splitlines())) == (0, 2)


def test_pack_and_extract_are_verified_from_their_folder(minutes: Write, tmp_path: Path) -> None:
    source, request = minutes(), BuildRequest(editions=("en",), formats=("docx",))
    make_pack(source, tmp_path / "out", request)
    extract_item(source, tmp_path / "out", "books", request)
    result = verify(tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == 8


def test_an_altered_word_in_a_pack_is_reported(minutes: Write, tmp_path: Path) -> None:
    make_pack(minutes(), tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    path = tmp_path / "out/small/pack/small.decisions.en.docx"
    replace_in_word(path, "The plan was agreed.", "The plan was refused.")
    result = verify(path)
    assert result.exit_code == 1
    assert "error[block-differs]" in result.output
    assert "'decisions'" in result.output


def test_an_altered_annex_of_a_pack_is_reported(minutes: Write, tmp_path: Path) -> None:
    make_pack(annexed(minutes), tmp_path / "out", BuildRequest(editions=("en",), formats=("pdf",)))
    annex = tmp_path / "out/small/pack/annexes/annex-A.pdf"
    annex.write_bytes(annex.read_bytes() + b"\n")
    assert "error[file-changed]" in verify(annex).output


def test_a_bound_pdf_without_a_part_is_reported(minutes: Write, tmp_path: Path) -> None:
    make_pack(minutes(), tmp_path / "out", BuildRequest(editions=("en",), formats=("pdf",)))
    folder = tmp_path / "out/small/pack"
    bound = folder / "small.pack.en.pdf"
    bound.write_bytes((folder / "small.minutes.en.pdf").read_bytes())
    result = verify(bound)
    assert result.exit_code == 1
    assert "error[pages-differ]" in result.output


def test_the_zip_contains_every_file_and_the_manifest(minutes: Write, tmp_path: Path) -> None:
    make_pack(annexed(minutes), tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    folder = tmp_path / "out/small/pack"
    listed = [entry["file"] for entry in json.loads((folder / NAME).read_text("utf-8"))["files"]]
    with zipfile.ZipFile(folder / "small.zip") as archive:
        assert archive.namelist() == [*listed, NAME]
        assert all(archive.read(name) == (folder / name).read_bytes() for name in archive.namelist())


def test_the_hash_of_a_public_manifest_covers_open_text_only(minutes: Write, tmp_path: Path) -> None:
    hashes: dict[str, list[str]] = {"public": [], "pack": []}
    for amount in ("1", "2"):
        talk = (
            f'  - {{id: talk, restricted: true, paragraph: {{en: "The sum is {amount} million.", tc: "數目為{amount}百萬。"}}}}\n'
        )
        path = minutes(("  - id: heading\n", talk + "  - id: heading\n"))
        for kind, digests in hashes.items():
            make_pack(path, tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)), public=kind == "public")
            digests.append(
                read_manifest(tmp_path / "out/small" / kind / (PUBLIC_NAME if kind == "public" else NAME)).source_sha256
            )
    assert hashes["public"][0] == hashes["public"][1]
    assert hashes["pack"][0] != hashes["pack"][1]
    path.write_text(path.read_text("utf-8").replace("2 million", "3 million"), "utf-8")
    assert "source-changed" not in verify(tmp_path / "out/small/public").output
    assert "source-changed" in verify(tmp_path / "out/small/pack").output
    path.write_text(path.read_text("utf-8").replace("The plan was agreed.", "The plan was refused."), "utf-8")
    assert "source-changed" in verify(tmp_path / "out/small/public").output
