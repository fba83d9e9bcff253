"""Findings for display on a terminal, with excerpts of the texts in which the wrong words are marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.cli.visible import visible
from ipdocs.findings import Excerpt, Finding

if TYPE_CHECKING:
    from rich.text import Text

MARGIN = 28
"""Maximum number of characters shown before and after the marked words."""


def styled_finding(finding: Finding, location: str) -> Text:
    """Return a finding as styled text: code, message, location, excerpts and hint.

    Args:
        finding: the finding.
        location: the location as text, or an empty string.
    """
    from rich.text import Text

    colour = "red" if finding.severity == "error" else "yellow"
    text = Text.assemble((f"{finding.severity}[{finding.code}]", f"bold {colour}"), (f": {visible(finding.message)}", "bold"))
    if location:
        text.append("\n  --> ", "blue").append(visible(location))
    if finding.other_places:
        text.append("\n   = ", "blue").append(finding.summary_of_places)
    for excerpt in finding.excerpts:
        for line in _excerpt_lines(excerpt, colour):
            text.append("\n").append_text(line)
    if finding.hint:
        text.append("\n   = ", "blue").append(f"hint: {visible(finding.hint)}")
    return text


def _excerpt_lines(excerpt: Excerpt, colour: str) -> Iterator[Text]:
    """Yield a line with the excerpt, and a line that underlines its marked words."""
    from rich.cells import cell_len
    from rich.text import Text

    before, words, after = _cropped_parts(excerpt)
    head = f"{excerpt.language:>5} | "
    line = Text.assemble((head, "blue"), before, (words, f"bold {colour}"), after)
    yield line
    if words:
        yield Text.assemble((" " * 5 + " | ", "blue"), " " * cell_len(before), ("^" * max(cell_len(words), 1), colour))


def _cropped_parts(excerpt: Excerpt) -> tuple[str, str, str]:
    """Return the text before the marked words, these words, and the text after them, each cut to fit on a line.

    If no words are marked, the third part is the beginning of the text.
    """
    before, words, after = (visible(part, keep="") for part in _parts(excerpt))
    if len(before) > MARGIN:
        before = f"…{before[-MARGIN:]}"
    if len(words) > 2 * MARGIN:
        words = f"{words[: 2 * MARGIN]}…"
    if len(after) > MARGIN:
        after = f"{after[: MARGIN if words else 2 * MARGIN]}…"
    return before, words, after


def _parts(excerpt: Excerpt) -> tuple[str, str, str]:
    return excerpt.text[: excerpt.start], excerpt.words, excerpt.text[excerpt.end :]
