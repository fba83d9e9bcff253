"""Facts in the blocks of a release, and findings about values that may not be the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ipdocs.findings import Excerpt, Finding, Location
from ipdocs.importing.fact_proposals import ProposedFacts, ProposedTexts, propose_facts, with_facts_of
from ipdocs.importing.imported_release import Versions
from ipdocs.importing.stated_values import StatedValue
from ipdocs.source.segment import to_display_text
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace


def with_facts(
    versions: Versions,
    languages: list[str],
    settings: dict[str, ValueContext],
    facts: ProposedFacts,
    paths: dict[str, Path],
    findings: list[Finding],
    workspace: Workspace,
) -> Versions:
    """Replace the values that a block states in its first two languages with facts, also in the other languages that state them.

    Args:
        versions: the versions of the block, keyed by language code.
        languages: the language codes; the values of the first two are compared.
        settings: language, house style and day of issue, keyed by language code.
        facts: the facts proposed so far, to which new facts are added.
        paths: the path of the file of each language.
        findings: the list to which a finding is added for each pair of values that may not be the same thing.
        workspace: the workspace with the glossary and the table of units.
    """
    if not all(code in versions for code in languages[:2]) or len(languages) < 2:
        return versions
    first, second = (versions[code] for code in languages[:2])
    if len(first.texts) != len(second.texts):
        return versions
    both_settings = (settings[languages[0]], settings[languages[1]])
    texts = [propose_facts(*pair, both_settings, facts, workspace) for pair in zip(first.texts, second.texts, strict=True)]
    for proposed in texts:
        findings += _doubtful_values(proposed, languages, Location(paths[languages[0]], first.line))
    others = {
        code: replace(
            versions[code],
            texts=tuple(
                with_facts_of(text, proposed.names, other, (settings[languages[0]], settings[code]), workspace)
                for text, proposed, other in zip(first.texts, texts, versions[code].texts, strict=True)
            ),
        )
        for code in versions
        if code not in languages[:2] and len(versions[code].texts) == len(first.texts)
    }
    return {
        **versions,
        **others,
        languages[0]: replace(first, texts=tuple(proposed.first for proposed in texts)),
        languages[1]: replace(second, texts=tuple(proposed.second for proposed in texts)),
    }


def _doubtful_values(proposed: ProposedTexts, languages: list[str], location: Location) -> Iterator[Finding]:
    """Yield a finding for each pair of equal values that may not be the same thing."""
    displays = to_display_text(proposed.first), to_display_text(proposed.second)
    for pair in proposed.doubtful:
        values = (pair.first, pair.second)
        words = " and ".join(f"“{_with_context(text, value)}”" for text, value in zip(displays, values, strict=True))
        message = f"{pair.first.surface} and {pair.second.surface} may not be the same thing: {words}"
        hint = "write both as one fact, {{ name }}, if they are the same"
        excerpts = tuple(
            Excerpt(code, text, value.start, value.end) for code, text, value in zip(languages, displays, values, strict=False)
        )
        yield Finding("doubtful-value", message, location, hint, "warning", excerpts)


def _with_context(text: str, value: StatedValue) -> str:
    """Return a value with the words around it."""
    return text[max(value.start - 12, 0) : value.end + 16].strip()
