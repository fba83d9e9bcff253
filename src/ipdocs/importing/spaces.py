"""Findings on spaces in Word files that a source does not have, because an import joins or removes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ipdocs.checks.doubled_space import doubled_space
from ipdocs.checks.passage import Passage
from ipdocs.checks.run_rules import DEFAULT_SEVERITIES
from ipdocs.checks.settings import severities
from ipdocs.checks.space_at_edge import space_at_edge
from ipdocs.checks.violation import Highlight
from ipdocs.findings import Excerpt, Finding, Location, Severity
from ipdocs.importing.import_release import ComposedRelease
from ipdocs.importing.readers.list_markers import find_list_marker
from ipdocs.locale.language import Language, language
from ipdocs.locale.style import house_style
from ipdocs.model.text import Text
from ipdocs.source.open import Source
from ipdocs.source.scalar import is_chinese
from ipdocs.values.value_context import ValueContext

_RULES = {"doubled-space": doubled_space, "space-at-edge": space_at_edge}


def space_findings(release: ComposedRelease, source: Source) -> Iterator[Finding]:
    """Yield a finding for each file and message of the rules on doubled spaces and on spaces at the ends of a text.

    Spaces at the ends are invisible in Word, so they are only warnings. Other rules find spaces beside Chinese characters.
    """
    settings = severities(source.workspace, DEFAULT_SEVERITIES)
    style = house_style(source.document.style, source.workspace)
    places: dict[tuple[Path, str], list[Finding]] = {}
    for path, texts in release.spaced.items():
        languages = [language(code, source.workspace) for code, file in release.paths.items() if file == path]
        for number, written in texts:
            text = written.strip("\t\n\r\u3000")
            spoken = next((entry for entry in languages if entry.is_chinese == is_chinese(text)), languages[0])
            passage = Passage("paragraph", ValueContext(spoken, style), Text(text), source.workspace, plain=text)
            for code, rule in _RULES.items():
                for violation in rule(passage) if settings[code] != "off" else ():
                    highlight = violation.highlights[0]
                    if code == "doubled-space" and not _is_between_words(highlight, spoken):
                        continue
                    severity: Severity = "error" if settings[code] == "error" and code == "doubled-space" else "warning"
                    excerpt = Excerpt(spoken.code, text, highlight.start, highlight.end)
                    place = Location(path, number, unit="paragraph")
                    finding = Finding(code, violation.message, place, violation.hint, severity, (excerpt,))
                    places.setdefault((path, violation.message), []).append(finding)
    for first, *others in places.values():
        other_places = dict.fromkeys(finding.location for finding in others if finding.location)
        yield replace(first, other_places=tuple(other_places))


def _is_between_words(spaces: Highlight, spoken: Language) -> bool:
    """Whether spaces stand between words: neither after a typed list marker nor beside a Chinese character."""
    text = spaces.passage.plain
    start = len(text) - len(text.lstrip())
    marker = find_list_marker(text[start:])
    if marker is not None and spaces.end <= start + marker[1]:
        return False
    return not (spoken.is_chinese and re.search(r"[^\x00-\x7f]", text[spaces.start - 1] + text[spaces.end]))
