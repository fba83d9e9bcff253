"""The wheel: what is installed builds documents without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

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
    assert {"ipdocs/desk/static/main.js", "ipdocs/desk/static/index.html", "ipdocs/desk/static/licences.txt"} <= set(names)
    assert "ipdocs/data/locales/desk/tc.po" in names
    assert not [name for name in names if "frontend" in name or name.endswith(".ts")]
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


def test_the_installed_wheel_opens_the_desk_without_node(wheel: Path, root: Path, tmp_path: Path) -> None:
    site, folder = tmp_path / "site", tmp_path / "office"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    shutil.copytree(root / "fixtures/example-gia", folder / "seminar")
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment = {**os.environ, **state, "PYTHONPATH": str(site), "PYTHONUNBUFFERED": "1", "PATH": ""}
    command = [sys.executable, "-m", "ipdocs", "desk", "--no-browser", "--port", "0", str(folder)]
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder)
    try:
        assert desk.stdout
        address = desk.stdout.readline().partition("#")[0]
        with urlopen(f"{address}static/main.js") as answer:  # noqa: S310 - the address of the desk
            assert len(answer.read()) > 100_000
    finally:
        desk.terminate()
        desk.communicate(timeout=30)
