"""Writes docs/reference/findings.md from the lists of examples in tests/messages/, and the list in checks.md from its table.

Run it by `make docs`, or as `python docs/findings_reference.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ipdocs.checks.rule_table import CHECKS

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests/messages"
REFERENCE = ROOT / "docs/reference/findings.md"
CHECKS_PAGE = ROOT / "docs/reference/checks.md"
CHECKS_HEADING = """\
## All checks

`make docs` writes this list from `checks/rule_table.py`. `ipdocs check --explain RULE` shows one check, and how to allow it.
"""
AREAS = {
    "sources": "Sources",
    "checks": "Checks",
    "packs": "Packs, extracts and folders of results",
    "annexes": "Annexes",
    "layout": "Templates, stylesheets, letterheads and fonts",
    "locale_data": "Languages, house styles, phrases and the glossary",
    "translation": "Translations and the memory",
    "review": "Edited Word files",
    "facts": "Changes to facts",
    "imports": "Files from other programs",
    "verification": "Verification",
    "desk": "The desk",
    "commands": "Commands and the computer",
}
"""The areas of the examples, each a file of tests/messages/, with their headings."""
INTRODUCTION = """\
# Findings

Every error and warning of ipdocs, with an example of its message and hint. The list is generated: `make docs` writes it from the
examples in `tests/messages/`, which a test runs.

An error makes the command fail; a warning does not. Most commands print findings as JSON with `--json`. Codes do not change
between versions.
"""
CHECKS_NOTE = """\
`ipdocs check` runs these rules; `ipdocs check --list` lists them. To change the severity of a rule for a whole workspace, write
`CODE: off`, `CODE: warning` or `CODE: error` into `checks.yaml` at its root. To let one block or document pass, write
`allow: {CODE: "the reason"}` into it. The findings at the end of the table, which have no reason, concern these settings and the
state of translations.
"""


@dataclass(frozen=True)
class Entry:
    """One example of a finding.

    Attributes:
        code: the code of the finding.
        title: what is wrong in the example.
        severity: "error" or "warning".
        place: the file of the finding, with line and column; empty if it has none.
        message: its message.
        hint: its hint, or an empty text.
    """

    code: str
    title: str
    severity: str
    place: str
    message: str
    hint: str


ENTRY = re.compile(
    r"(?P<code>[a-z0-9-]+): (?P<title>.*)\n  (?P<severity>\w+)(?: at (?P<place>\S+))?: (?P<message>.*)(?:\n  hint: (?P<hint>.*))?"
)


def entries(area: str) -> list[Entry]:
    """Return the examples of an area."""
    text = (EXAMPLES / f"{area}.txt").read_text("utf-8")
    matches = [ENTRY.fullmatch(part) for part in text.strip().split("\n\n")]
    return [Entry(**match.groupdict(default="")) for match in matches if match]


def reference() -> str:
    """Return the list of all findings as Markdown."""
    return "\n".join([INTRODUCTION, *(line for area in AREAS for line in _section(area))])


def checks_page() -> str:
    """Return the page on checks: its own text, then the list of all checks with an example of each."""
    own_text = CHECKS_PAGE.read_text("utf-8").partition(CHECKS_HEADING.partition("\n")[0])[0]
    rows = [
        f"| `{check.code}` | {check.severity} | {' | '.join(map(_escaped, (check.reason, check.wrong, check.right)))} |"
        for check in sorted(CHECKS, key=lambda check: check.code)
    ]
    return "\n".join(
        [own_text + CHECKS_HEADING, "| check | severity | reason | wrong | right |", "|---|---|---|---|---|", *rows, ""]
    )


def _section(area: str) -> Iterator[str]:
    reasons = {check.code: check.reason for check in CHECKS} if area == "checks" else {}
    yield f"## {AREAS[area]}\n"
    if reasons:
        yield CHECKS_NOTE
    heads = ["code", "severity", *(["reason"] if reasons else []), "message", "hint"]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for entry in sorted(entries(area), key=lambda entry: (bool(reasons) and entry.code not in reasons, entry.code)):
        reason = [_escaped(reasons.get(entry.code, ""))] if reasons else []
        cells = [f"`{entry.code}`", entry.severity, *reason, _escaped(entry.message), _escaped(entry.hint)]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _escaped(text: str) -> str:
    """Return text as Markdown shows it in a table, with code between backticks as it is."""
    parts = re.split(r"(`[^`]*`)", text.replace("|", "\\|"))
    return "".join(part if part.startswith("`") else re.sub(r"([*_\[\]<>]|(?<=\])\()", r"\\\1", part) for part in parts)


if __name__ == "__main__":
    REFERENCE.write_text(reference(), "utf-8")
    CHECKS_PAGE.write_text(checks_page(), "utf-8")
