"""Check that the words of imported files arrive in the source that was made from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.files.ledger import missing_text, unaccounted_finding
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.importing.read_files import ReadFiles
from ipdocs.locale.language import language
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.source.open import Source
from ipdocs.source.segment import Segment, segment
from ipdocs.source.texts import iter_texts


def check_arrival(content: ReadFiles, source: Source | None, other_texts: Sequence[str]) -> None:
    """Check that a source has each character of the files it was made from, or that the character is accounted for.

    Args:
        content: the content of the files.
        source: the source; None if its text cannot be parsed.
        other_texts: the text of the source, which counts if it cannot be parsed, and then the texts in place of which the source
            names a boilerplate section.

    Raises:
        IpdocsError: characters are missing; reported as `text-unaccounted`.
    """
    findings: list[Finding] = []
    for path, expected in content.expected.items():
        codes = [code for code, file in content.paths.items() if file == path]
        found = [*content.accounted[path], *other_texts[1:]]
        found += [entry.text for code in codes for entry in content.drafts[code].left_out[content.noise_counts[code] :]]
        found += [text for code in codes for text in _texts(source, code)] if source else other_texts[:1]
        if lost := missing_text(expected, found):
            findings.append(unaccounted_finding(lost, Location(path)))
    if findings:
        raise IpdocsError(findings)


def _texts(source: Source, code: str) -> Iterator[str]:
    """Yield the texts of a source in a language, with the values of facts."""
    render_expression = expression_renderer(language_context(source, language(code, source.workspace)))
    for place in iter_texts(source.document):
        for text_code, text in place.texts.items():
            if text_code == code:
                yield _plain_words(segment(text, render_expression))


def _plain_words(content: Segment) -> str:
    """Return the words of a text and the values of its facts, without any markup."""
    return "".join(part if isinstance(part, str) else part.display if part.kind == "fact" else "" for part in content)
