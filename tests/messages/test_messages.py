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


def test_the_page_on_checks_lists_every_check() -> None:
    assert REFERENCE.CHECKS_PAGE.read_text("utf-8") == REFERENCE.checks_page(), "run `make docs`"


ENTRIES = [pytest.param(area, entry, id=f"{area}-{entry.code}") for area in AREAS for entry in REFERENCE.entries(area)]
BANNED = re.compile(
    r"\b(mend(s|ed|ing)?|told|tells?|nobody|whoever|lest|thereof|therein|besides|asunder|heed|stands? (twice|already))\b"
    r"|\b(this|it|file|text) is no\b"
)
"""Words that plain English does without; "is no" only where it should be "is not a"."""
SENTENCE_START = re.compile(r"(The|This|These|There|A|An|No|It|Its|In|Not|Only|More|Several|Invalid|Missing|Unknown|Ignored)\b")
VERB = re.compile(
    r"(accept|add|answer|apply|ask|attach|begin|build|change|check|choose|close|compare|complete|confirm|convert|copy|correct|create"
    r"|crop|decide|delete|edit|embed|emphasise|end|enter|export|fill|find|fix|format|free|get|give|group|import|insert|install|keep|leave"
    r"|link|load|make|mark|move|name|open|print|put|raise|read|record|reduce|remove|rename|repeat|replace|restore|restrict|run|save|set|shorten|spell"
    r"|split|state|translate|type|use|verify|write)\b"
)
"""The verbs that hints begin with; add one if a new hint needs it."""
WITHOUT_PLACE = frozenset(
    {
        *("usage-error", "unknown-kind", "unknown-user", "process-killed", "unknown-item", "unknown-block"),
        *("unknown-language", "derived-language", "unknown-style", "no-conversion", "same-language", "bad-length"),
        *("nothing-to-translate", "no-workspace", "no-machine", "machine-failed"),
        *("desk-not-installed", "pages-not-built", "port-taken", "desk-not-answering", "request-refused", "desk-fault"),
        *("missing-font", "missing-library", "missing-picture", "no-fonts", "no-dictionary"),
    }
)
"""Errors in the arguments of a command, or in what is installed, which are in no file."""


def unquoted(text: str) -> str:
    """Return a text with an X for each quotation, code and example in it."""
    return re.sub(r"`[^`]*`|“[^”]*”|'[^']*'|\"[^\"]*\"", "X", text)


@pytest.mark.parametrize(("area", "entry"), ENTRIES)
def test_message_is_one_plain_clause(area: str, entry: SimpleNamespace) -> None:
    message = unquoted(entry.message)
    assert not SENTENCE_START.match(message), "a message begins in lower case"
    assert area == "checks" or not re.search(r"[^.…]\.$", message), "a message has no full stop"
    assert len(message.split(": ")[0].split()) <= 25
    assert not BANNED.search(message)


@pytest.mark.parametrize(("area", "entry"), ENTRIES)
def test_hint_is_an_instruction(area: str, entry: SimpleNamespace) -> None:
    hint = unquoted(entry.hint)
    assert VERB.match(hint) or hint.startswith("did you mean"), "a hint begins with a verb"
    assert not BANNED.search(hint)
    assert not re.search(r"[^.…]\.$", hint)


@pytest.mark.parametrize(("area", "entry"), ENTRIES)
def test_error_in_a_file_has_its_place(area: str, entry: SimpleNamespace) -> None:
    assert entry.severity == "warning" or entry.place or entry.code in WITHOUT_PLACE
