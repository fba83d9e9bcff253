"""The house: what must be true of the tree itself."""

from __future__ import annotations

import re
import subprocess
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
import typer

ROOT = Path(__file__).resolve().parents[1]
PROSE = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "templates/README.md", "locales/README.md")
NAMESPACES = (
    "http://docbook.org/",
    "http://json-schema.org/",
    "https://json-schema.org/",
    "https://json.schemastore.org/",
    "http://ns.adobe.com/",
    "http://openoffice.org/2001/",
    "http://purl.oclc.org/ooxml/",
    "http://purl.org/",
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "https://docs.oasis-open.org/",
    "http://www.aiim.org/",
    "http://www.apache.org/licenses/",
    "http://www.lisa.org/",
    "http://www.w3.org/",
    "https://www.w3.org/",
)
"""Addresses that are names of formats and lead nowhere."""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        if path.name in {"LICENSE", "test_house.py"}:
            continue
        try:
            found.append((path.relative_to(ROOT), path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_place_on_one_machine() -> None:
    machine = re.compile(r"(?<![\w.:/])/(?:root|home|work|Users)/\w+")
    assert {str(path): machine.findall(text) for path, text in texts() if machine.search(text)} == {}


def test_no_file_names_a_host_but_examples_and_names_of_formats() -> None:
    strange = {}
    for path, text in texts():
        for address in re.findall(r"https?://[^\s\"'<>)\]}|\\]+", text):
            host = address.split("/")[2] if address.count("/") > 1 else ""
            known = re.search(r"(^|\.)example\.(org|com|net)(:\d+)?$", host) or host.split(":")[0] in {"127.0.0.1", "localhost"}
            if "." in host and not known and not address.startswith(NAMESPACES):
                strange.setdefault(str(path), []).append(address)
    assert strange == {}


def test_nothing_is_left_to_do_in_the_sources() -> None:
    left = re.compile(r"(?:#|\"\"\").*\b(?:TODO|FIXME|XXX)\b")
    found = {str(path): left.findall(text) for path, text in texts() if path.suffix == ".py" and left.search(text)}
    assert found == {}


def test_no_module_is_too_long_to_read() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in (ROOT / "src").rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length > 350} == {}


def test_no_modules_import_one_another_in_a_circle() -> None:
    """Imports for type checking alone and imports within functions count: a circle is one however late it is closed."""
    graph = grimp.build_graph("ipdocs", cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imported) > 300
    TopologicalSorter(imported).prepare()  # a circle is a CycleError, which names its modules


def commands() -> set[str]:
    from ipdocs.cli import app

    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_readme_lists_every_command_and_no_other() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"`ipdocs ([a-z]+)", text)) == commands()


@pytest.mark.parametrize("name", PROSE)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_every_folder_of_templates_and_locales_is_explained() -> None:
    for area in ("templates", "locales"):
        text = (ROOT / area / "README.md").read_text("utf-8")
        folders = [path.name for path in (ROOT / area).iterdir() if path.is_dir() and not path.name.startswith(("_", "."))]
        assert [name for name in folders if name not in text] == []


def test_the_version_is_in_the_changelog() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert version
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
