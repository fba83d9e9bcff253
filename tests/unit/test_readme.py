"""The examples of the README, run in a folder with a new release."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ipdocs
from ipdocs.cli import app


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["new", "press-release", "seminar"]).exit_code == 0
    return tmp_path


def import_all_submodules() -> None:
    for module in pkgutil.walk_packages(ipdocs.__path__, "ipdocs."):
        if module.name != "ipdocs.__main__":
            importlib.import_module(module.name)


def test_examples_run_after_all_submodules_are_imported(folder: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_all_submodules()
    examples = re.findall(r"^```python\n(.*?)^```", (root / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(examples) == 3
    namespace: dict[str, object] = {}
    for example in examples:
        exec(example, namespace)  # noqa: S102 - the README is ours
    printed = capsys.readouterr().out
    assert "out/seminar/seminar.tc.docx" in printed
    assert sorted(path.name for path in (folder / "out/seminar").glob("*.pdf")) == [
        *("seminar.en-tc.pdf", "seminar.en.pdf", "seminar.sc.pdf", "seminar.tc.pdf"),
    ]
    assert "Community forum held" in (folder / "seminar/release.yaml").read_text("utf-8")


def test_the_yaml_example_is_what_new_writes(folder: Path, root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    written = {line.strip() for line in (folder / "seminar/release.yaml").read_text("utf-8").splitlines()}
    lines = [re.sub(r"20\d\d-\d\d-\d\d", "DATE", line.strip()) for line in example[1].splitlines()]
    assert [line for line in lines if line not in {re.sub(r"20\d\d-\d\d-\d\d", "DATE", known) for known in written}] == []


def test_the_shown_mistake_has_the_shown_finding(folder: Path, root: Path) -> None:
    source = folder / "seminar/release.yaml"
    source.write_text(source.read_text("utf-8").replace("{{ held | today }}", "{{ held | tody }}", 1), "utf-8")
    result = CliRunner().invoke(app, ["check", "seminar/release.yaml"])
    shown = re.search(r"```\n( *error\[.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown
    assert [line.strip() for line in shown[1].splitlines() if line.strip()] == [
        line.strip() for line in result.stderr.splitlines() if line.strip().startswith(("error[", "-->", "="))
    ]
