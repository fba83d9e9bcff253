"""Examples of findings: small inputs that produce each finding as a user would get it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.findings import Finding, IpdocsError, Location

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"

Run = Callable[[Path], Iterable[Finding] | None]

RELEASE = """\
schema: 1
kind: press-release
id: example
issued: 2018-08-22
languages: [en, tc]
title: {en: "A title", tc: "標題"}
body:
- id: lead
  paragraph: {en: "A meeting.", tc: "會議。"}
"""
MINUTES = """\
schema: 1
kind: minutes
id: small
status: confirmed
languages: [en, tc]
committee: {en: "Reading Committee", tc: "閱讀委員會"}
issued: 2018-09-01
meeting: {number: 3, date: 2018-08-21, begins: 14:30, ends: 16:00, venue: {en: "Room 1", tc: "一號室"}}
previous: {number: 2, date: 2018-02-20}
next: {number: 4, date: 2019-02-19, begins: 10:00, venue: {en: "Room 2", tc: "二號室"}}
offices:
  library: {name: {en: "Central Library", tc: "中央圖書館"}}
attendance:
  quorum: 1
  present:
  - {post: {en: "Chief Librarian", tc: "總館長"}, office: library, role: chair}
papers:
- {id: plan, number: {en: "Paper 3/1", tc: "第3/1號文件"}, title: {en: "Plan", tc: "計劃"}}
body:
- {id: books, item: {heading: {en: "New books", tc: "新書"}, papers: [plan]}}
- {id: said, paragraph: {en: "Members considered the plan.", tc: "委員審議計劃。"}}
- {id: buy, action: {what: {en: "Buy the books.", tc: "購買圖書。"}, owner: [library], due: 2018-10-31}}
"""


@dataclass(frozen=True)
class Example:
    """An input that produces findings with some codes.

    Attributes:
        codes: the codes of the findings that it is an example of; it may produce others, too.
        title: what is wrong in it.
        run: produces the findings, in an empty folder, which is also the working directory.
    """

    codes: tuple[str, ...]
    title: str
    run: Run

    def findings(self, folder: Path) -> list[Finding]:
        """Return the first finding with each code, in the order of the codes."""
        try:
            findings = list(self.run(folder) or ())
        except IpdocsError as error:
            findings = list(error.findings)
        by_code = {finding.code: finding for finding in reversed(findings)}
        missing = [code for code in self.codes if code not in by_code]
        assert not missing, f"'{self.title}' does not produce {missing}, but {findings}"
        return [by_code[code] for code in self.codes]


EXAMPLES: dict[str, list[Example]] = {}
"""The examples of each area: a module of this folder."""


def produces(*codes: str) -> Callable[[Run], Run]:
    """Register a function as an example: its name says what is wrong in it."""

    def register(function: Run) -> Run:
        area = function.__module__.rpartition(".")[2]
        EXAMPLES.setdefault(area, []).append(Example(codes, function.__name__.replace("_", " "), function))
        return function

    return register


def register_sources(area: str, run: Callable[[Path], Iterable[Finding] | None], sources: Iterable[tuple[str, str, str]]) -> None:
    """Register sources as examples, each with a code, what is wrong in it, and its text."""
    for code, title, text in sources:
        EXAMPLES.setdefault(area, []).append(Example((code,), title, _on_source(run, text)))


def _on_source(run: Callable[[Path], Iterable[Finding] | None], text: str) -> Run:
    return lambda folder: run(write(folder / "source.yaml", text))


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with changes, each to words that it has once."""
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def write(path: Path, content: str | bytes) -> Path:
    """Write a file, with its folder, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def copied(folder: Path, name: str) -> Path:
    """Copy a fixture, such as gd-hk-ip-17, into a workspace at the folder, and return its source."""
    (folder / "locales").mkdir(exist_ok=True)
    shutil.copytree(FIXTURES / name, folder / name)
    return next(path for path in (folder / name).glob("*.yaml"))


def command(*arguments: object) -> list[Finding]:
    """Run a command with --json and return its findings."""
    result = CliRunner().invoke(app, [*map(str, arguments), "--json"], catch_exceptions=False)
    return [
        Finding(
            finding["code"],
            finding["message"],
            Location(Path(finding["path"]), finding["line"], finding["column"]) if finding["path"] else None,
            finding["hint"],
            finding["severity"],
        )
        for finding in json.loads(result.stdout)["findings"]
    ]
