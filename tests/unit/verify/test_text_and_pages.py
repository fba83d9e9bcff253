"""Text files and web pages are verified by their content, and not only by their bytes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ipdocs.minutes.verify import verify_files
from ipdocs.pipeline.build import build
from ipdocs.pipeline.manifest import NAME
from ipdocs.pipeline.request import BuildRequest

RELEASE = Path(__file__).resolve().parents[3] / "fixtures/gd-hk-ip-17/release.yaml"
LAST = "As for cross-border protection"


@pytest.fixture(scope="module")
def built_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("text")
    build([RELEASE], out, BuildRequest(editions=("en", "tc", "en+tc"), formats=("txt", "html")))
    return out / "gd-hk-ip-17"


def codes(folder: Path, name: str, change: Callable[[str], str]) -> list[str]:
    """Change a file, update its hash in the manifest, and return the codes of its findings."""
    path = folder / f"gd-hk-ip-17.{name}"
    text = path.read_text("utf-8")
    assert change(text) != text
    path.write_text(change(text), "utf-8")
    manifest = json.loads((folder / NAME).read_text("utf-8"))
    for entry in manifest["files"]:
        if entry["file"] == path.name:
            entry["sha256"], entry["bytes"] = sha256(path.read_bytes()).hexdigest(), path.stat().st_size
    (folder / NAME).write_text(json.dumps(manifest), "utf-8")
    (result,) = verify_files([path], RELEASE)
    return [finding.code for finding in result.findings]


@pytest.fixture
def folder(built_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_folder, tmp_path / "gd-hk-ip-17"))


def test_built_files_agree_with_their_source(built_folder: Path) -> None:
    results = verify_files([built_folder], RELEASE)
    assert len(results) == 6
    assert [finding for result in results for finding in result.findings] == []
    assert all(result.lines and result.facts for result in results)


@pytest.mark.parametrize("form", ["txt", "html"])
@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("en", "August\u00a021", "August\u00a022", "fact-differs"),
        ("tc", "第十七次", "第十六次", "fact-differs"),
        ("en", "arbitration and mediation", "arbitration or mediation", "block-differs"),
        ("en", "cross-border protection", "protection", "block-differs"),
        ("en", LAST, f"Nobody said this. {LAST}", "unexpected-text"),
        ("en-tc", "第十七次", "", "fact-differs"),
    ],
)
def test_changed_words_are_reported(folder: Path, form: str, name: str, old: str, new: str, code: str) -> None:
    plain = [part.replace("\u00a0", " ") if form == "txt" else part for part in (old, new)]
    reported = codes(folder, f"{name}.{form}", lambda text: text.replace(plain[0], plain[1], 1 if name == "en" else -1))
    assert code in reported or (code == "unexpected-text" and "block-differs" in reported)


@pytest.mark.parametrize("form", ["txt", "html"])
def test_missing_paragraph_is_reported(folder: Path, form: str) -> None:
    def without_last(text: str) -> str:
        if form == "txt":
            return "\n".join(line for line in text.split("\n") if LAST not in line)
        start = text.rindex("<p", 0, text.index(LAST))
        return text[:start] + text[text.index("</p>", start) + 4 :]

    assert set(codes(folder, f"en.{form}", without_last)) == {"block-missing"}


@pytest.mark.parametrize("form", ["txt", "html"])
def test_file_with_only_different_bytes_is_reported(folder: Path, form: str) -> None:
    path = folder / f"gd-hk-ip-17.en.{form}"
    path.write_text(path.read_text("utf-8") + " \n", "utf-8")
    (result,) = verify_files([path], RELEASE)
    assert [finding.code for finding in result.findings] == ["file-changed"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<title>", "<title>Draft of ", "wrong-title"),
        ('<html lang="en"', '<html lang="zh-Hant-HK"', "wrong-language"),
        ("</body>", "<script>grow()</script></body>", "active-content"),
        ("</body>", '<img src="https://example.org/count.png" alt=""></body>', "active-content"),
        ("<body", '<body onload="grow()"', "active-content"),
        ("</style>", "@import url(https://example.org/a.css);</style>", "active-content"),
        ("<h1", "<h2", "wrong-headings"),
    ],
)
def test_changed_web_page_is_reported(folder: Path, old: str, new: str, code: str) -> None:
    closing = [(old.replace("<", "</") + ">", new.replace("<", "</") + ">")] if code == "wrong-headings" else []

    def change(text: str) -> str:
        for before, after in [(old, new), *closing]:
            text = text.replace(before, after, 1)
        return text

    assert code in codes(folder, "en.html", change)
