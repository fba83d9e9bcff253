"""Every finding that the source code can report has an example here. The lists of this folder show its wording.

`make golden` writes the lists, one for each area, and `make docs` writes docs/reference/findings.md from them.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from ipdocs.findings import Finding

from .codes import emitted_codes
from .example import EXAMPLES, ROOT, Example

HERE = Path(__file__).resolve().parent
REFERENCE = SimpleNamespace(**runpy.run_path(str(ROOT / "docs/findings_reference.py")))
AREAS = list(REFERENCE.AREAS)

for name in AREAS:
    import_module(f".{name}", __package__)


def test_every_module_of_examples_is_an_area() -> None:
    modules = {path.stem for path in HERE.glob("*.py")} - {"__init__", "codes", "example", "test_messages"}
    assert modules == set(AREAS)


def test_every_code_has_an_example_and_no_other_has() -> None:
    shown = {code for examples in EXAMPLES.values() for example in examples for code in example.codes}
    emitted = emitted_codes()
    assert {code: module for code, module in emitted.items() if code not in shown} == {}
    assert sorted(shown - emitted.keys()) == []


@pytest.mark.parametrize("area", AREAS)
def test_examples_produce_their_findings(
    area: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, Path], None]
) -> None:
    entries = []
    for number, example in enumerate(EXAMPLES[area]):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        entries += [listed(example, finding, folder) for finding in example.findings(folder)]
    golden("\n\n".join(entries) + "\n", HERE / f"{area}.txt")


def listed(example: Example, finding: Finding, folder: Path) -> str:
    """Return a finding as the lists have it, without the folders that differ between computers."""
    place = f" at {finding.location}" if finding.location else ""
    lines = [f"{finding.code}: {example.title}", f"  {finding.severity}{place}: {finding.message}"]
    if finding.hint:
        lines.append(f"  hint: {finding.hint}")
    text = "\n".join(lines)
    for root in (folder, ROOT):
        text = text.replace(f"{root}/", "").replace(str(root), ".")
    return re.sub("memory-[0-9a-f]{16}", "memory-INDEX", text)


def test_the_reference_is_generated_from_the_lists() -> None:
    assert REFERENCE.REFERENCE.read_text("utf-8") == REFERENCE.reference(), "run `make docs`"
