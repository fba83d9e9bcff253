"""The wheel: what is installed builds documents without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(root)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = out.glob("*.whl")
    return wheel


def test_wheel_has_templates_and_locales_but_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "ipdocs/data/templates/press-release/document.html" in names
    assert "ipdocs/data/locales/zh-Hant-HK/phrases.po" in names
    assert "ipdocs/data/docs/reference/findings.md" in names
    assert "ipdocs/py.typed" in names
    assert not [name for name in names if "test" in name.lower()]


def test_the_installed_wheel_builds_from_another_folder(wheel: Path, root: Path, tmp_path: Path) -> None:
    site, folder = tmp_path / "site", tmp_path / "office"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    folder.mkdir()
    shutil.copy(root / "fixtures/gd-hk-ip-17/release.yaml", folder)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    code = "import ipdocs.workspace as w; print(w.shipped_root())"
    where = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment, cwd=folder)
    assert where.stdout.strip() == str(site / "ipdocs/data")
    command = [sys.executable, "-c", "from ipdocs.cli import main; main()", "build", "release.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (folder / "out/gd-hk-ip-17").glob("gd-hk*")) == sorted(
        f"gd-hk-ip-17.{language}.{kind}" for language in ("en", "tc", "sc") for kind in ("docx", "pdf")
    )
