"""Examples of findings, read from the page docs/reference/findings.md, which is part of the installed package."""

from __future__ import annotations

import re

from ipdocs.files.reading import read_utf8
from ipdocs.workspace import shipped_root

PAGE = "docs/reference/findings.md"
_ROW = re.compile(r"\| `(?P<code>[a-z0-9-]+)` \| (?P<severity>error|warning) \| (?P<cells>.*) \|")


def example_findings() -> dict[str, dict[str, str]]:
    """Return an example of each finding, keyed by code, with the keys code, severity, message and hint.

    A code with several examples has the first.
    """
    examples: dict[str, dict[str, str]] = {}
    for line in read_utf8(shipped_root() / PAGE).splitlines():
        if match := _ROW.fullmatch(line):
            message, hint = map(_unescaped, re.split(r" (?<!\\)\| ", match["cells"])[-2:])
            row = {"code": match["code"], "severity": match["severity"], "message": message, "hint": hint}
            examples.setdefault(match["code"], row)
    return examples


def _unescaped(cell: str) -> str:
    """Return the text of a cell without the backslashes of Markdown; code between backticks stays as it is."""
    parts = re.split(r"(`[^`]*`)", cell.strip())
    return "".join(part if part.startswith("`") else re.sub(r"\\([*_\[\]<>()])", r"\1", part) for part in parts).replace(
        "\\|", "|"
    )
