"""What may not be issued: every command that makes files asks here, and so does `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipdocs.checks.checked_document import read
from ipdocs.checks.conversion_gate import wrong_script_findings
from ipdocs.checks.run_rules import rule_errors
from ipdocs.checks.translation_status import stale_findings
from ipdocs.checks.withheld_words import CODE as WITHHELD_WORDS
from ipdocs.findings import Finding, in_order, raise_errors
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.model.text import Text
from ipdocs.source.disclosure import refuse_closed
from ipdocs.source.meeting_checks import quorum_findings
from ipdocs.source.open import Source


def release_findings(source: Source, documents: Iterable[LocalisedDocument]) -> list[Finding]:
    """Return what keeps a source from being released, and what its reader should be warned of, in the order of the places.

    A final document has no gap, no draft, no translation of earlier words and no character of the other script. A draft may
    have all of these.

    Args:
        source: the source, with its gaps.
        documents: the source in each language that is to be released.
    """
    findings = [*quorum_findings(source.document), *_reduced_pictures(source)]
    if not source.draft:
        findings += [*source.gaps, *stale_findings(source), *wrong_script_findings(source, documents)]
    return in_order(findings)


def refuse_disclosure(source: Source, refused: str) -> None:
    """Raise a finding if a document is not open as a whole, or one for each open text that tells what is withheld.

    A block may allow what its texts tell. Whatever takes open texts out of the house asks here: public versions, lists of
    actions, translators, machine translation, the memory.

    Args:
        source: the source.
        refused: what is not done with a closed document, as the second clause of the message.
    """
    refuse_closed(source, refused)
    raise_errors(rule_errors(WITHHELD_WORDS, read(source)))


def _reduced_pictures(source: Source) -> Iterator[Finding]:
    """Yield a warning for each picture of which something that its file shows is not in what is issued."""
    for name, picture in source.pictures.items():
        place = name.locate() if isinstance(name, Text) else None
        for loss in picture.left_out:
            hint = "save what is to be shown as a picture of its own"
            yield Finding("picture-reduced", f"the picture {str(name)!r}: {loss}", place, hint, "warning")
